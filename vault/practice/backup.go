package practice

import (
	"context"
	"errors"
	"path/filepath"

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
