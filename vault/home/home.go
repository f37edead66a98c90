package home

import (
	"context"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"time"

	"ebb/exercises"
	"ebb/vault"
	"ebb/vault/drawer"
	"ebb/vault/keys"
)

//go:embed schema
var schemas embed.FS

// Application ids of the two kinds of drawer, as SQLite's header stores them.
// They tell a shared drawer from a private one inside the encrypted database.
const (
	privateApplication = 0x45420001
	sharedApplication  = 0x45420002
)

// Schema gives the schema of a home vault's drawers.
func Schema(role keys.Role) drawer.Schema {
	folder, application := "schema/shared", int32(sharedApplication)
	if role == keys.Private {
		folder, application = "schema/private", privateApplication
	}
	sub, err := fs.Sub(schemas, folder)
	if err == nil {
		var migrations []drawer.Migration
		if migrations, err = drawer.ReadMigrations(sub); err == nil {
			return drawer.Schema{ApplicationID: application, Migrations: migrations}
		}
	}
	// The migrations are embedded: only a broken build gets here.
	panic(fmt.Sprintf("home: embedded migrations: %v", err))
}

// Options for a vault of this kind; now may be nil for the system's clock.
func Options(now func() time.Time) vault.Options {
	return vault.Options{Schemas: Schema, Now: now, BackUp: backUpFirst}
}

// Create makes a home vault in a new folder with its first person and leaves it
// closed.
func Create(ctx context.Context, dir, name string, passphrase []byte, o vault.Options) error {
	name, err := CleanName(name)
	if err != nil {
		return err
	}
	return vault.Create(ctx, dir, keys.Home, name, passphrase, o)
}

// Home is one person's view of a home vault.
type Home struct {
	People   *People
	Journal  *Journal
	Lines    *Lines
	Settings *Settings
	Menu     *Menu
	Consents *Consents

	session *vault.Session
	now     func() time.Time
}

// Open opens the drawers of a session and brings them up to date: what was
// discarded is removed for good, the person's profile is brought into a shared
// drawer that was founded since they were last here, and if somebody has left, what
// the others share gets a new key. A shared drawer that is
// damaged does not keep a person from their journal: what needs it answers
// vault.ErrDamaged, and the session has a notice.
func Open(ctx context.Context, s *vault.Session, now func() time.Time) (*Home, error) {
	if now == nil {
		now = time.Now
	}
	library, err := exercises.English()
	if err != nil {
		return nil, err
	}
	own, err := s.Private(ctx)
	if err != nil {
		return nil, err
	}
	private := keptBy(s, own, s.Private)
	if err := s.Settle(ctx, nil); err != nil {
		return nil, err
	}
	all, err := s.Circles(ctx)
	if err != nil {
		return nil, err
	}
	if len(all) == 0 {
		return nil, vault.ErrDamaged
	}
	circles := make([]circle, len(all))
	for i, c := range all {
		again := func(ctx context.Context) (*drawer.Drawer, error) { return s.Circle(ctx, c.ID) }
		circles[i] = circle{keptBy(s, c.Drawer, again), c.Seats, c.Err}
	}
	people := &People{session: s, private: private, shared: circles[0]}
	h := &Home{
		People:   people,
		Journal:  &Journal{private: private, now: now},
		Lines:    &Lines{seat: s.Seat(), people: people, private: private, circles: circles, now: now},
		Settings: &Settings{private: private},
		Menu:     &Menu{library: library, seat: s.Seat(), session: s, private: private, shared: circles[0], circles: circles, now: now},
		session:  s, now: now,
	}
	h.Consents = &Consents{private: private, menu: h.Menu, today: func() string { return now().Format(time.DateOnly) }}
	if err := h.Journal.Purge(ctx); err != nil {
		return nil, err
	}
	if err := h.Settings.witnessRing(ctx, s); err != nil {
		return nil, err
	}
	if circles[0].err != nil {
		return h, nil
	}
	if err := h.People.publish(ctx); err != nil {
		return nil, err
	}
	return h, h.Menu.arrive(ctx)
}

// ErrNotFound: there is nothing with this id in the drawer.
var ErrNotFound = errors.New("not found")
