package backup

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"ebb/vault"
)

// Restore copies the backup at path into the folder dir, where nothing may be yet,
// and compares every byte. The folder appears whole, or not at all. The backup stays
// as it is, and opens nothing: whoever has a passphrase of its day opens the folder.
//
// Errors: those of At for the backup, vault.ErrDamaged if it shows without a key that
// it is not whole, vault.ErrExists, ErrName, and for where dir is to be ErrAbsent,
// ErrInside, ErrReadOnly, ErrFull, ErrDiffers.
func Restore(ctx context.Context, path, dir string, o Options) (Backup, error) {
	b, err := whole(path, o)
	if err != nil {
		return b, err
	}
	if dir, err = filepath.Abs(dir); err != nil {
		return b, placeError(err)
	}
	if _, ok := vault.BackupTime(filepath.Base(dir)); ok {
		return b, ErrName
	}
	if err := absent(dir); err != nil {
		return b, err
	}
	if err := outside(filepath.Dir(dir), o.Vault); err != nil {
		return b, err
	}
	// Only a kill can have left this, and nobody was told that it was kept.
	half := dir + partSuffix
	switch err := clearLeft(half); {
	case errors.Is(err, ErrForeign):
		return b, vault.ErrExists
	case err != nil && !errors.Is(err, ErrAbsent):
		return b, err
	}
	p, err := newPart(half)
	if err != nil {
		return b, err
	}
	err = p.fill(ctx, b.Path, o.Progress)
	if err == nil {
		err = absent(dir)
	}
	if err == nil {
		err = p.become(dir)
	}
	if err != nil {
		return b, errors.Join(err, p.abandon(), stillThere(filepath.Dir(dir)))
	}
	return b, nil
}

// whole looks at a backup that is to be used.
func whole(path string, o Options) (Backup, error) {
	b, err := At(path, o.Vault)
	if err != nil {
		return b, err
	}
	return b, b.Problem
}

// absent reports vault.ErrExists if there is something at a path, and ErrAbsent if
// there is no folder around it.
func absent(path string) error {
	_, err := os.Lstat(path)
	if err == nil {
		return vault.ErrExists
	}
	if !errors.Is(err, fs.ErrNotExist) {
		return placeError(err)
	}
	if _, err := os.Lstat(filepath.Dir(path)); err != nil {
		return fmt.Errorf("the folder around it: %w", placeError(err))
	}
	return nil
}
