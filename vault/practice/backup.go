package practice

import (
	"context"
	"errors"
	"path/filepath"
	"time"

	"ebb/vault"
	"ebb/vault/backup"
	"ebb/vault/drawer"
	"ebb/vault/keys"
)

// placeName is where the folder for backups is remembered.
const placeName = "backup-place"

// BackupPlace returns the folder where backups are to go, or "" if none was chosen.
func (p *Practice) BackupPlace(ctx context.Context) (string, error) {
	return p.setting(ctx, placeName)
}

// SetBackupPlace chooses the folder; "" chooses none.
func (p *Practice) SetBackupPlace(ctx context.Context, place string) (err error) {
	if place != "" {
		if place, err = filepath.Abs(place); err != nil {
			return err
		}
	}
	return p.set(ctx, placeName, place)
}

// Checker returns one for copies of this vault: for the practice drawer and every
// record, and for the apart drawers if the second unlock is in force. It outlives the
// session, and whoever asked closes it.
func (p *Practice) Checker(ctx context.Context) (*vault.Checker, error) {
	all, err := list(ctx, p.caseload, scanDrawer, drawerColumns)
	if err != nil {
		return nil, err
	}
	known := make([]keys.Drawer, 0, len(all))
	defer func() {
		for _, d := range known {
			clear(d.Key[:])
		}
	}()
	for _, d := range all {
		key := new([32]byte)
		if d.Role == keys.Record {
			copy(key[:], d.key)
			clear(d.key)
		} else if err := p.second.using(func(up *vault.StepUp) error { return up.Unwrap(d.ID, d.key, key) }); err != nil {
			continue // without the second unlock, or spoiled, which is told when it is asked for
		}
		known = append(known, keys.Drawer{Role: d.Role, Name: d.File, ID: [16]byte(d.ID), Key: key})
	}
	return p.session.Checker(known...)
}

// A BackupResult says what came of a backup that was to be made.
type BackupResult struct {
	Place string // where it was to go; "" if no place was chosen, and none was made
	Made  backup.Made
	Err   error // why there is none; nil if there is one, or none was asked for
}

// backedUpName is where it is remembered when the last backup was made that is known of.
const backedUpName = "backed-up"

// BackedUp returns when the last backup was made that was known to be whole; zero if
// none is known of. One that was made while the vault was locked becomes known when
// the backups are listed.
func (p *Practice) BackedUp(ctx context.Context) (time.Time, error) {
	value, err := p.setting(ctx, backedUpName)
	if err != nil {
		return time.Time{}, err
	}
	at, err := time.Parse(time.RFC3339, value)
	if err != nil {
		return time.Time{}, nil // never set, or written by something else
	}
	return at, nil
}

func (p *Practice) setBackedUp(ctx context.Context, at time.Time) error {
	return p.set(ctx, backedUpName, at.UTC().Format(time.RFC3339))
}

// BackUpNow makes a backup in the middle of a session. Every drawer is closed for it
// and opened again when it is next asked for, and the second unlock ends. The backup is
// checked with the keys that were at hand. progress may be nil.
//
// The error is about the vault, and what came of the backup is in the result. Without
// a place none is made.
func (p *Practice) BackUpNow(ctx context.Context, progress backup.Progress) (result BackupResult, err error) {
	result.Place, result.Err = p.BackupPlace(ctx)
	if result.Err != nil || result.Place == "" {
		return result, nil
	}
	checker, err := p.Checker(ctx)
	if err != nil {
		return result, err
	}
	err = errors.Join(p.StepDown(context.WithoutCancel(ctx)), p.closeAll(context.WithoutCancel(ctx)))
	if result.Err = errNotAtRest; err == nil {
		result.Err = p.session.AtRest(func(dir string) (err error) {
			result.Made, err = backup.Make(ctx, dir, result.Place, backup.Options{Vault: p.session.Options(), Check: checker, Progress: progress})
			return err
		})
	}
	err = errors.Join(err, checker.Close())
	if err == nil && result.Err == nil {
		err = p.setBackedUp(context.WithoutCancel(ctx), result.Made.Backup.Time)
	}
	return result, err
}

// Backups lists the backups of this vault at the place that was chosen, the newest
// first, and remembers when the newest whole one was made.
//
// Errors: backup.ErrAbsent and others of backup.List. Without a place there are none.
func (p *Practice) Backups(ctx context.Context) ([]backup.Backup, error) {
	place, err := p.BackupPlace(ctx)
	if err != nil || place == "" {
		return nil, err
	}
	info, err := vault.Inspect(p.session.Dir(), p.session.Options())
	if err != nil {
		return nil, err
	}
	all, err := backup.List(place, info.ID, p.session.Options())
	if err != nil {
		return nil, err
	}
	for _, b := range all {
		if b.Problem != nil {
			continue
		}
		known, err := p.BackedUp(ctx)
		if err == nil && !known.Equal(b.Time) {
			err = p.setBackedUp(ctx, b.Time)
		}
		return all, err
	}
	return all, nil
}

// Try lets a backup prove itself with a passphrase of its day, see [backup.Drill]: every
// record in it is opened and read as well. What lies behind the second unlock is opened
// too, since the passphrase was just typed. Drawers of cases that were destroyed since,
// and are gone from the backup as well, are no damage.
func (p *Practice) Try(ctx context.Context, b backup.Backup, passphrase []byte) (backup.Proof, error) {
	certificates, err := p.Certificates(ctx)
	if err != nil {
		return backup.Proof{}, err
	}
	gone := map[string]bool{}
	for _, c := range certificates {
		for _, file := range c.Files {
			gone[file] = true
		}
	}
	var all *vault.CheckReport // nil unless everything before it was sound
	proof, err := backup.Drill(ctx, b.Path, "", passphrase, func(ctx context.Context, s *vault.Session) error {
		restored, err := Open(ctx, s, p.now)
		if err != nil {
			return err
		}
		if err := restored.StepUp(ctx, passphrase); err != nil {
			return err
		}
		report, err := restored.check(ctx, nil, gone)
		all = &report
		return errors.Join(err, restored.StepDown(context.WithoutCancel(ctx)))
	}, backup.Options{Vault: p.session.Options()})
	if err == nil && all != nil {
		proof.Check = *all
	}
	return proof, err
}

// errNotAtRest: the vault could not be closed in order, which is told by itself.
var errNotAtRest = errors.New("the vault was not closed in order")

// LockAndBackUp is [Practice.Lock], and makes a backup before the process lock is given
// up if a place for backups was chosen. The backup is checked with the keys that were
// at hand. The end of ctx ends the backup, and not the locking. progress may be nil.
//
// The error is about locking. What came of the backup is in the result: a stick that
// lies elsewhere keeps nobody from locking.
func (p *Practice) LockAndBackUp(ctx context.Context, progress backup.Progress) (result BackupResult, err error) {
	var checker *vault.Checker
	if result.Place, result.Err = p.BackupPlace(ctx); result.Err == nil && result.Place != "" {
		checker, result.Err = p.Checker(ctx)
	}
	if checker == nil {
		return result, p.Lock(context.WithoutCancel(ctx))
	}
	down := errors.Join(p.StepDown(context.WithoutCancel(ctx)), p.closeAll(context.WithoutCancel(ctx)))
	result.Err = errNotAtRest
	err = p.session.LockThen(context.WithoutCancel(ctx), func(dir string) error {
		result.Made, result.Err = backup.Make(ctx, dir, result.Place, backup.Options{Vault: p.session.Options(), Check: checker, Progress: progress})
		return nil
	})
	return result, errors.Join(down, err, checker.Close())
}

// backUpFirst makes a backup where the practitioner chose a place, before something
// that changes much of the vault.
func backUpFirst(ctx context.Context, at vault.At) error {
	var place string
	err := at.View(ctx, func(tx *drawer.Tx) error {
		return notFound(tx.QueryRow(ctx, `SELECT value FROM setting WHERE name = ?`, placeName).Scan(&place))
	})
	if errors.Is(err, ErrNotFound) || err == nil && place == "" {
		return nil
	}
	if err != nil {
		return err
	}
	_, err = backup.Make(ctx, at.Dir, place, backup.Options{Vault: at.Options})
	return err
}
