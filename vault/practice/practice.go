package practice

import (
	"context"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"strconv"
	"sync"
	"time"

	"ebb/exercises"
	"ebb/vault"
	"ebb/vault/drawer"
	"ebb/vault/keys"
)

//go:embed schema
var schemas embed.FS

// kinds are the folders of the migrations and the application ids, as SQLite's
// header stores them, by role. Ids tell one kind of drawer from another inside the
// encrypted database.
var kinds = map[keys.Role]struct {
	folder string
	id     int32
}{
	keys.Caseload:   {"schema/caseload", 0x45420003},
	keys.Record:     {"schema/record", 0x45420004},
	keys.Process:    {"schema/process", 0x45420005},
	keys.SafetyRole: {"schema/safety", 0x45420006},
}

// Schema gives the schema of a practice vault's drawers.
func Schema(role keys.Role) drawer.Schema {
	kind := kinds[role]
	sub, err := fs.Sub(schemas, kind.folder)
	if err == nil {
		var migrations []drawer.Migration
		if migrations, err = drawer.ReadMigrations(sub); err == nil {
			return drawer.Schema{ApplicationID: kind.id, Migrations: migrations}
		}
	}
	// The migrations are embedded: only a broken build gets here.
	panic(fmt.Sprintf("practice: embedded migrations: %v", err))
}

// Options for a vault of this kind; now may be nil for the system's clock.
func Options(now func() time.Time) vault.Options {
	return vault.Options{Schemas: Schema, Now: now, BackUp: backUpFirst}
}

// Create makes a practice vault in a new folder, for the one person whose name used
// is name, and leaves it closed.
func Create(ctx context.Context, dir, name string, passphrase []byte, o vault.Options) error {
	name, err := CleanName(name)
	if err != nil {
		return err
	}
	return vault.Create(ctx, dir, keys.Practice, name, passphrase, o)
}

// CleanName is the form in which a practitioner's name used is kept: one line, at most
// MaxName characters.
//
// Errors: ErrTooLong, ErrEmpty.
func CleanName(name string) (string, error) {
	name, err := line(name, MaxName)
	if err == nil && !seen(name) {
		err = ErrEmpty
	}
	return name, err
}

// Practice is a practitioner's view of a practice vault.
type Practice struct {
	Documents *Documents
	Exercises *OwnExercises
	Templates *Templates
	Referrals *Referrals
	Audit     *Audit

	session  *vault.Session
	caseload store
	second   second
	gone     sync.Map // ids of the cases that were destroyed since this was opened
	library  *exercises.Library
	now      func() time.Time
}

// The kinds of refusal on which a caller branches.
var (
	// ErrNotPractice: the session is that of a home.
	ErrNotPractice = errors.New("this is not a practice vault")
	// ErrNotFound: there is nothing with this id in the drawer.
	ErrNotFound = errors.New("not found")
	// ErrTooLong: a text, a name or a list is longer than a drawer keeps.
	ErrTooLong = errors.New("too long to be kept")
	// ErrEmpty: something that needs a visible character has none.
	ErrEmpty = errors.New("empty")
	// ErrDay: a day is not written as YYYY-MM-DD, or there is none like it.
	ErrDay = errors.New("not a day")
	// ErrUnknown: a word that stands for a kind is none of those that there are.
	ErrUnknown = errors.New("not one of the known words")
	// ErrStepUp: what was asked for lies behind the second unlock.
	ErrStepUp = errors.New("the second unlock is needed")
	// ErrCaseGone: the case was destroyed while somebody had it open.
	ErrCaseGone = errors.New("the case is no longer here")
	// ErrCaseClosed: the case is closed; only what closing leaves open can be written.
	ErrCaseClosed = errors.New("the case is closed")
	// ErrPolicy: this person has not signed the policy on secrets that is in force, so
	// nothing that comes from them alone is taken in.
	ErrPolicy = errors.New("the policy is not in place for this person")
	// ErrInput: the policy is in place for this person and the consent to individual
	// input, which was put before the people of the case, is not.
	ErrInput = errors.New("the consent to individual input is not in place for this person")
)

// Open opens the practice drawer of a session and finishes what a crash cut off:
// files that were being made or destroyed are destroyed, and the index of a case that
// was being written to is made anew. Where the disk has no room for that, it waits for
// the next opening. now may be nil for the system's clock.
func Open(ctx context.Context, s *vault.Session, now func() time.Time) (*Practice, error) {
	if s.Kind() != keys.Practice {
		return nil, ErrNotPractice
	}
	if now == nil {
		now = time.Now
	}
	library, err := exercises.English()
	if err != nil {
		return nil, err
	}
	// What a change of passphrase left to be destroyed.
	if err := s.Settle(ctx, nil); err != nil {
		return nil, err
	}
	caseload := storeOf(s, s.Caseload)
	p := &Practice{session: s, caseload: caseload, library: library, now: now}
	p.second.now = now
	p.Documents = &Documents{caseload: caseload, audit: p.tell, today: p.today}
	p.Exercises = &OwnExercises{caseload: caseload, library: library, today: p.today}
	p.Templates = &Templates{caseload: caseload}
	p.Referrals = &Referrals{caseload: caseload}
	p.Audit = &Audit{caseload: caseload}
	if err := p.witnessRing(ctx); err != nil {
		return nil, err
	}
	if err := p.clear(ctx); err != nil && !errors.Is(err, vault.ErrFull) {
		return nil, err
	}
	if err := p.mend(ctx); err != nil && !errors.Is(err, vault.ErrFull) {
		return nil, err
	}
	return p, nil
}

// today is the date on the clock of the room.
func (p *Practice) today() string { return p.now().Format(time.DateOnly) }

// ringName is where the number of the person's ring is remembered.
const ringName = "ring-sequence"

// witnessRing notices an older ring that was put back, and remembers the one that is
// there now. See [vault.Session.WitnessRing].
func (p *Practice) witnessRing(ctx context.Context) error {
	value, err := p.setting(ctx, ringName)
	if err != nil {
		return err
	}
	remembered, err := strconv.ParseUint(value, 10, 64)
	if err != nil {
		remembered = 0 // the first visit, or written by something else
	}
	now, err := p.session.WitnessRing(remembered)
	if err == nil {
		err = p.set(ctx, ringName, strconv.FormatUint(now, 10))
	}
	if errors.Is(err, vault.ErrFull) {
		return nil // somebody who needs room must be able to open what takes it
	}
	return err
}

// setting reads a setting; "" if it was never set.
func (p *Practice) setting(ctx context.Context, name string) (value string, err error) {
	err = p.caseload.View(ctx, func(tx *drawer.Tx) error {
		return tx.QueryRow(ctx, `SELECT coalesce((SELECT value FROM setting WHERE name = ?), '')`, name).Scan(&value)
	})
	return value, err
}

func (p *Practice) set(ctx context.Context, name, value string) error {
	return p.caseload.Update(ctx, func(tx *drawer.Tx) error {
		_, err := tx.Exec(ctx, `INSERT INTO setting (name, value) VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET value = ?2`, name, value)
		return err
	})
}

// Bounds and default of the time after which an idle window locks itself.
const (
	DefaultIdle = 5 * time.Minute
	MinIdle     = time.Minute
	MaxIdle     = 60 * time.Minute
)

const idleName = "idle-seconds"

// Idle returns after how long without a touch the window locks itself.
func (p *Practice) Idle(ctx context.Context) (time.Duration, error) {
	value, err := p.setting(ctx, idleName)
	if err != nil {
		return DefaultIdle, err
	}
	seconds, err := strconv.Atoi(value)
	if err != nil || seconds < 0 || seconds > int(MaxIdle/time.Second) {
		return DefaultIdle, nil // never set, or written by something else: the default is safe
	}
	return max(time.Duration(seconds)*time.Second, MinIdle), nil
}

// SetIdle stores it, held within MinIdle and MaxIdle.
func (p *Practice) SetIdle(ctx context.Context, d time.Duration) error {
	d = min(max(d, MinIdle), MaxIdle)
	return p.set(ctx, idleName, strconv.Itoa(int(d/time.Second)))
}

// Lock ends the second unlock, remembers in which state every case's drawers were
// left, and locks the session.
func (p *Practice) Lock(ctx context.Context) error {
	err := errors.Join(p.StepDown(ctx), p.closeAll(ctx))
	return errors.Join(err, p.session.Lock(ctx))
}
