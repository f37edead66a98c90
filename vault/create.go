package vault

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"syscall"
	"time"

	"ebb/vault/drawer"
	"ebb/vault/guard"
	"ebb/vault/keys"
)

// Schemas gives the schema of each role of drawer. The package that knows what
// is kept in them (home, practice) provides it.
type Schemas func(keys.Role) drawer.Schema

// Options for making and opening vaults.
type Options struct {
	// Schemas is required.
	Schemas Schemas
	// KDF is the cost of one guess at a passphrase; the zero value means
	// keys.Default. It is only looked at when a vault is made.
	KDF keys.Params
	// Insecure accepts costs below keys.Floor: for tests alone.
	Insecure bool
	// Now is the clock; nil means time.Now.
	Now func() time.Time
	// BackUp, if set, makes a backup before something that changes much: a newer
	// schema, a new key of the shared drawer, a new passphrase. Its error is told as
	// the notice NotBackedUp.
	BackUp func(ctx context.Context, at At) error
}

func (o Options) now() time.Time {
	if o.Now == nil {
		return time.Now()
	}
	return o.Now()
}

func (o Options) kdf() keys.Params {
	if o.KDF == (keys.Params{}) {
		return keys.Default
	}
	return o.KDF
}

// keyOptions are the options of the key file: where its secrets live.
func (o Options) keyOptions() []keys.Option {
	options := []keys.Option{keys.WithMemory(lockedMemory)}
	if o.Insecure {
		options = append(options, keys.InsecureCheapKDF())
	}
	return options
}

// lockedMemory keeps seeds and rings where the system neither swaps nor dumps
// them. Where the system refuses to lock memory, ordinary memory has to do.
func lockedMemory(size int) (keys.Secret, error) {
	return guard.NewLockedBytes(size)
}

// partSuffix marks a vault that is still being made. It gets its real name by a
// rename once it is whole, so a crash while making leaves no half vault.
const partSuffix = ".part"

// Create makes a vault in a new folder dir with one person, whose name used is
// name, and leaves it closed. Nothing may exist at dir yet.
//
// A home vault starts with that person's private drawer, a shared drawer that
// nobody else can open, and a placeholder that looks like a second person's
// private drawer. A practice vault starts with the practice drawer alone; the drawers
// of cases are entrusted to it ([Session.Entrust]).
func Create(ctx context.Context, dir string, kind keys.Kind, name string, passphrase []byte, o Options) error {
	if _, err := os.Lstat(dir); err == nil {
		return ErrExists
	} else if !errors.Is(err, os.ErrNotExist) {
		return parentError(err)
	}
	part := dir + partSuffix
	// Only a crash can have left this, and nobody was told that it was kept.
	if err := removePart(part); err != nil {
		return err
	}
	if err := os.Mkdir(part, 0o700); err != nil {
		return parentError(err)
	}
	if err := fill(ctx, part, kind, name, passphrase, o); err != nil {
		if rm := removePart(part); rm != nil {
			return errors.Join(err, rm)
		}
		return err
	}
	if err := os.Rename(part, dir); err != nil {
		return folderError(err)
	}
	return syncFolder(filepath.Dir(dir))
}

func fill(ctx context.Context, dir string, kind keys.Kind, name string, passphrase []byte, o Options) error {
	seat, err := keys.Create(filepath.Join(dir, keysName), kind, passphrase, o.kdf(), name, func(r *keys.Ring) error {
		roles := []keys.Role{keys.Private, keys.Shared}
		if kind == keys.Practice {
			roles = []keys.Role{keys.Caseload}
		}
		for _, role := range roles {
			if _, err := r.Add(role, "", r.Seat); err != nil {
				return err
			}
		}
		if err := build(ctx, dir, r, o); err != nil || kind == keys.Practice {
			return err
		}
		spare, err := r.AddSpare()
		if err != nil {
			return err
		}
		return drawer.Placeholder(filepath.Join(dir, spare))
	}, o.keyOptions()...)
	if err != nil {
		return keysError(err)
	}
	if err := seat.Close(); err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(dir, lockName), nil, 0o600); err != nil {
		return folderError(err)
	}
	if err := even(dir, o.now()); err != nil {
		return err
	}
	return syncFolder(dir)
}

// build makes the files of the drawers that a ring names and that have none yet,
// before any key file names them. Whatever a crash left under their names is
// replaced.
func build(ctx context.Context, dir string, r *keys.Ring, o Options) error {
	for i := range r.Drawers {
		d := &r.Drawers[i]
		if !d.Founding {
			continue
		}
		made, err := drawer.Create(ctx, filepath.Join(dir, d.Name), drawer.ID(d.ID), drawer.Key(*d.Key), o.Schemas(d.Role), drawer.Options{})
		if err != nil {
			return fmt.Errorf("making a drawer: %w", err)
		}
		if err := made.Close(); err != nil {
			return fmt.Errorf("making a drawer: %w", err)
		}
		d.Founding = false
	}
	return nil
}

// removePart removes what a crash left of a vault being made: only names that
// Ebb gives are touched, so a foreign folder of that name survives.
func removePart(part string) error {
	if _, err := os.Lstat(part); errors.Is(err, os.ErrNotExist) {
		return nil
	} else if err != nil {
		return folderError(err)
	}
	c, err := list(part)
	if err != nil {
		return err
	}
	const unnamed = keysName + ".new" // the key file before it has its name
	c.foreign = slices.DeleteFunc(c.foreign, func(name string) bool { return name == unnamed })
	if len(c.foreign) > 0 {
		return ErrExists
	}
	// A log may be there without its drawer: where the power went before the folder
	// was on the device, and where removing was cut off.
	names := append([]string{keysName, unnamed, lockName}, c.all()...)
	for log := range c.logs {
		names = append(names, log+logSuffix)
	}
	for _, name := range names {
		if err := os.Remove(filepath.Join(part, name)); err != nil && !errors.Is(err, os.ErrNotExist) {
			return folderError(err)
		}
	}
	if err := os.Remove(part); err != nil {
		return ErrExists
	}
	return nil
}

// parentError is folderError for a folder that is to be made: a missing parent
// is not a missing vault.
func parentError(err error) error {
	if errors.Is(err, os.ErrNotExist) || errors.Is(err, syscall.ENOTDIR) {
		return fmt.Errorf("the folder around the new vault: %w", os.ErrNotExist)
	}
	return folderError(err)
}
