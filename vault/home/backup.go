package home

import (
	"context"
	"errors"

	"ebb/vault"
	"ebb/vault/backup"
	"ebb/vault/drawer"
)

// A BackupResult says what came of a backup that was to be made.
type BackupResult struct {
	Place string // where it was to go; "" if the person chose no place, and none was made
	Made  backup.Made
	Err   error // why there is none; nil if there is one, or none was asked for
}

// Lock locks the session, and makes a backup before the process lock is given up if
// the person chose a place for backups. The backup is checked with their keys. The
// end of ctx ends the backup, and not the locking. progress may be nil.
//
// The error is about locking, as that of [vault.Session.Lock] is. What came of the
// backup is in the result: a stick that lies elsewhere keeps nobody from locking.
func (h *Home) Lock(ctx context.Context, progress backup.Progress) (result BackupResult, err error) {
	place, err := h.Settings.BackupPlace(ctx)
	if err != nil || place == "" {
		result.Err = err
		return result, h.session.Lock(ctx)
	}
	result.Place = place
	checker, err := h.session.Checker()
	if err != nil {
		result.Err = err
		return result, h.session.Lock(ctx)
	}
	result.Err = errNotAtRest
	err = h.session.LockThen(ctx, func(dir string) error {
		result.Made, result.Err = backup.Make(ctx, dir, place, backup.Options{Vault: h.session.Options(), Check: checker, Progress: progress})
		return nil
	})
	return result, errors.Join(err, checker.Close())
}

// errNotAtRest: the vault could not be closed in order, which is told by itself.
var errNotAtRest = errors.New("the vault was not closed in order")

// BackUpNow makes a backup in the middle of a session. Everything is closed for it,
// so it returns the home anew; h must not be used any more, whatever the result. The
// error is about opening the home again.
func (h *Home) BackUpNow(ctx context.Context, progress backup.Progress) (fresh *Home, result BackupResult, err error) {
	result.Place, result.Err = h.Settings.BackupPlace(ctx)
	if result.Err != nil || result.Place == "" {
		return h, result, nil
	}
	checker, err := h.session.Checker()
	if err != nil {
		return nil, result, err
	}
	result.Err = h.session.AtRest(func(dir string) (err error) {
		result.Made, err = backup.Make(ctx, dir, result.Place, backup.Options{Vault: h.session.Options(), Check: checker, Progress: progress})
		return err
	})
	fresh, err = Open(context.WithoutCancel(ctx), h.session, h.now)
	err = errors.Join(err, checker.Close())
	if err == nil && result.Err == nil {
		err = fresh.Settings.SetBackedUp(context.WithoutCancel(ctx), result.Made.Backup.Time)
	}
	return fresh, result, err
}

// Backups lists the backups of this vault at the place that the person chose, the
// newest first, and remembers when the newest whole one was made: one that is made
// while the vault is locked cannot be noted in it. The place may be on a disk that
// takes its time.
//
// Errors: backup.ErrAbsent and others of backup.List. Without a place there are none.
func (h *Home) Backups(ctx context.Context) ([]backup.Backup, error) {
	place, err := h.Settings.BackupPlace(ctx)
	if err != nil || place == "" {
		return nil, err
	}
	info, err := vault.Inspect(h.session.Dir(), h.session.Options())
	if err != nil {
		return nil, err
	}
	all, err := backup.List(place, info.ID, h.session.Options())
	if err != nil {
		return nil, err
	}
	for _, b := range all {
		if b.Problem != nil {
			continue
		}
		known, err := h.Settings.BackedUp(ctx)
		if err == nil && !known.Equal(b.Time) {
			err = h.Settings.SetBackedUp(ctx, b.Time)
		}
		return all, err
	}
	return all, nil
}

// Try lets a backup prove itself with a passphrase of its day: see [backup.Drill].
func (h *Home) Try(ctx context.Context, b backup.Backup, passphrase []byte) (backup.Proof, error) {
	return backup.Drill(ctx, b.Path, "", passphrase, nil, backup.Options{Vault: h.session.Options()})
}

// backUpFirst makes a backup where this person chose a place, before something that
// changes much of the vault.
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
