package backup

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"ebb/vault"
)

// Options for making, checking and restoring.
type Options struct {
	// Vault are the options that the vault itself is opened with. Its clock names
	// backups.
	Vault vault.Options
	// Check, if set, reads every page of a new backup that its keys open before the
	// backup gets its name. Where it finds damage the backup is kept, and none of the
	// older ones is removed.
	Check *vault.Checker
	// KeepOlder leaves all older backups where they are: for a copy of something that
	// is known to be damaged.
	KeepOlder bool
	// Progress may be nil.
	Progress Progress
}

func (o Options) now() time.Time {
	if o.Vault.Now == nil {
		return time.Now()
	}
	return o.Vault.Now()
}

// Made is what Make did.
type Made struct {
	Backup Backup
	// Check is what reading the backup found; nil if no keys were there.
	Check *vault.CheckReport
	// Removed are older backups that the new one has made superfluous.
	Removed []Backup
	// Cleared is how many unfinished folders of earlier runs were removed.
	Cleared int
	// Left says why something that could have been removed is still there, as far as
	// that is worth a word; nil if nothing is. It takes nothing from the new backup.
	Left error
}

// Make makes a backup of the vault at dir in the folder destination and removes
// what the rotation no longer keeps. The vault is at rest, and its process lock is
// held by the caller.
//
// On an error there is no new backup, and the older ones are as they were. Errors:
// ErrAbsent, ErrNotFolder, ErrLink, ErrInside, ErrReadOnly, ErrFull, ErrDiffers,
// ErrUnreadable, ErrClock (there is no such year), ErrInUse, those of
// vault.Inspect for dir, and that of ctx.
func Make(ctx context.Context, dir, destination string, o Options) (made Made, err error) {
	info, err := vault.Inspect(dir, o.Vault)
	if err != nil {
		return made, err
	}
	if destination, err = filepath.Abs(destination); err != nil {
		return made, placeError(err)
	}
	if err := fits(destination, o.Vault); err != nil {
		return made, err
	}
	made.Cleared, made.Left = clearLeftovers(destination, info.ID)
	if err := ctx.Err(); err != nil {
		return made, err
	}
	p, err := newPart(filepath.Join(destination, partName(info.ID)))
	if err != nil {
		return made, err
	}
	if made.Check, err = p.fillAndCheck(ctx, dir, o); err == nil {
		made.Backup, err = p.named(destination, o.now())
	}
	if err != nil {
		return made, errors.Join(err, p.abandon(), stillThere(destination))
	}
	made.Backup.Vault, made.Backup.Bytes = info.ID, p.bytes
	if made.Check != nil && (!made.Check.Sound() || made.Check.Missing > 0) {
		made.Left = errors.Join(made.Left, fmt.Errorf("the new backup is damaged, as the vault is: %w", vault.ErrDamaged))
		return made, nil
	}
	if o.KeepOlder {
		return made, nil
	}
	removed, left := rotate(ctx, destination, made.Backup, o.Vault)
	made.Removed, made.Left = removed, errors.Join(made.Left, left)
	return made, nil
}

func (p *part) fillAndCheck(ctx context.Context, dir string, o Options) (*vault.CheckReport, error) {
	if err := p.fill(ctx, dir, o.Progress); err != nil || o.Check == nil {
		return nil, err
	}
	report, err := o.Check.Check(ctx, p.path, o.Progress.ofDrawers())
	return &report, err
}

// named gives the part the name of a backup made now, or of the first second after
// that which is free.
func (p *part) named(folder string, now time.Time) (Backup, error) {
	at := now.UTC().Truncate(time.Second)
	for range 60 {
		name := vault.BackupName(at)
		if _, ok := vault.BackupTime(name); !ok {
			return Backup{}, fmt.Errorf("no year has such a number: %w", ErrClock)
		}
		path := filepath.Join(folder, name)
		switch _, err := os.Lstat(path); {
		case errors.Is(err, fs.ErrNotExist):
			return Backup{Path: path, Time: at}, p.become(path)
		case err != nil:
			return Backup{}, placeError(err)
		}
		at = at.Add(time.Second)
	}
	return Backup{}, fmt.Errorf("every name is taken: %w", ErrClock)
}

// stillThere adds to an error that the place went away meanwhile, where a device
// that was pulled out answered something else.
func stillThere(destination string) error {
	if _, err := os.Stat(destination); errors.Is(err, fs.ErrNotExist) {
		return ErrAbsent
	}
	return nil
}

// fits reports why a folder cannot be a place for backups, or nil.
func fits(destination string, o vault.Options) error {
	info, err := os.Lstat(destination)
	if err != nil {
		return placeError(err)
	}
	switch {
	case info.Mode()&(fs.ModeSymlink|fs.ModeIrregular) != 0:
		return ErrLink
	case !info.IsDir():
		return ErrNotFolder
	}
	return outside(destination, o)
}

// outside reports ErrInside if a folder is a vault's or lies in one: of the vault
// that is copied, or of any other.
func outside(folder string, o vault.Options) error {
	folder, err := filepath.EvalSymlinks(folder) // the folders around it may be links
	if err != nil {
		return placeError(err)
	}
	for {
		if isVault(folder, o) {
			return ErrInside
		}
		parent := filepath.Dir(folder)
		if parent == folder {
			return nil
		}
		folder = parent
	}
}

// isVault reports whether a folder is a vault or a copy of one, whatever its
// condition.
func isVault(dir string, o vault.Options) bool {
	if _, err := os.Lstat(filepath.Join(dir, "keys")); err != nil {
		return false
	}
	_, err := vault.Inspect(dir, o)
	return err == nil || errors.Is(err, vault.ErrNewer) || errors.Is(err, vault.ErrDamaged)
}
