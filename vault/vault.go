package vault

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"ebb/vault/guard"
	"ebb/vault/keys"
)

// Inspect tells what anybody who holds the folder may know, without taking its
// lock.
func Inspect(dir string, o Options) (Info, error) {
	c, err := list(dir)
	if err != nil {
		return Info{}, err
	}
	k, err := keys.Inspect(filepath.Join(dir, keysName), o.keyOptions()...)
	if err != nil {
		return Info{}, orphaned(dir, keysError(err))
	}
	return Info{
		ID:           k.Vault,
		Format:       int(k.Format),
		Drawers:      len(c.all()),
		Bytes:        c.bytes,
		ForeignFiles: len(c.foreign),
		MemoryKiB:    k.KDF.MemoryKiB,
		Time:         k.KDF.Time,
		Threads:      k.KDF.Threads,
	}, nil
}

// A Vault is a folder whose process lock this program holds, still locked.
type Vault struct {
	dir     string
	o       Options
	file    *keys.File
	lock    io.Closer
	notices []Notice
}

// Open takes the process lock of the vault at dir, repairs a damaged copy of the
// key file from the sound one and evens out what a crash left. It decrypts
// nothing.
//
// Errors: ErrNotVault, ErrBackup, ErrInUse, ErrReadOnly, ErrFull, ErrNewer,
// ErrDamaged.
func Open(dir string, o Options) (_ *Vault, err error) {
	if _, err := os.Stat(filepath.Join(dir, keysName)); err != nil {
		return nil, orphaned(dir, folderError(err))
	}
	if isBackup(dir) {
		return nil, ErrBackup
	}
	lockPath := filepath.Join(dir, lockName)
	_, err = os.Lstat(lockPath)
	lockIsNew := errors.Is(err, os.ErrNotExist)
	lock, err := guard.LockFile(lockPath)
	if err != nil {
		if errors.Is(err, guard.ErrInUse) {
			return nil, ErrInUse
		}
		return nil, folderError(err)
	}
	v := &Vault{dir: dir, o: o, lock: lock}
	defer func() {
		if err != nil {
			err = errors.Join(err, lock.Close())
		}
		if lockIsNew && errors.Is(err, ErrNotVault) {
			// A folder that is not ours, and has a file called keys, is left as it was.
			err = errors.Join(err, folderError(os.Remove(lockPath)))
		}
	}()
	if v.file, err = keys.Open(filepath.Join(dir, keysName), o.keyOptions()...); err != nil {
		return nil, orphaned(dir, keysError(err))
	}
	if v.file.Repaired() {
		v.notices = append(v.notices, Notice{Kind: KeyFileRepaired})
	}
	c, err := list(dir)
	if err != nil {
		return nil, err
	}
	v.notices = append(v.notices, lying(dir, c)...)
	if err := even(dir, o.now()); err != nil {
		return nil, folderError(err)
	}
	return v, nil
}

// lying tells what is to be known of where a vault lies, and of what lies in it.
func lying(dir string, c contents) (notices []Notice) {
	if by := SyncedBy(dir); by != "" {
		notices = append(notices, Notice{Kind: SyncedFolder, Drawer: -1, Detail: by})
	}
	for _, name := range c.foreign {
		if kind := copyOf(name); kind != "" {
			notices = append(notices, Notice{Kind: ConflictCopy, Drawer: -1, Detail: kind})
		} else {
			notices = append(notices, Notice{Kind: ForeignFile})
		}
	}
	return notices
}

// Dir returns the vault's folder.
func (v *Vault) Dir() string { return v.dir }

// Unlock opens whatever the passphrase opens: a person's session, or an
// invitation if it is a one-time code. Exactly one of the two results is not
// nil if err is nil.
//
// A wrong passphrase gives ErrWrongPassphrase, after the same time whatever is
// wrong with it; the vault stays open for another attempt.
func (v *Vault) Unlock(ctx context.Context, passphrase []byte) (*Session, *Invitation, error) {
	seat, invitation, err := v.file.Unlock(ctx, passphrase)
	if err != nil {
		return nil, nil, keysError(err)
	}
	if invitation != nil {
		return nil, &Invitation{vault: v, invitation: invitation}, nil
	}
	return v.session(seat), nil, nil
}

// Close releases the lock of a vault that was not unlocked, or whose session was
// locked.
func (v *Vault) Close() error {
	if v.lock == nil {
		return nil
	}
	err := v.lock.Close()
	v.lock = nil
	return err
}

// orphaned tells a vault that lost its key file from a folder that is no vault.
func orphaned(dir string, err error) error {
	if !errors.Is(err, ErrNotVault) {
		return err
	}
	if c, unread := list(dir); unread != nil || !c.paired {
		return err
	}
	return fmt.Errorf("the key file is missing, or is none: %w", ErrDamaged)
}

func keysError(err error) error {
	switch {
	case errors.Is(err, keys.ErrNewerFormat):
		return ErrNewer
	case errors.Is(err, keys.ErrNotKeyFile):
		return ErrNotVault
	case errors.Is(err, keys.ErrNoSeat):
		return ErrUnitFull
	case errors.Is(err, keys.ErrDamaged), errors.Is(err, keys.ErrParams), errors.Is(err, keys.ErrChanged):
		return fmt.Errorf("the key file: %w", errors.Join(ErrDamaged, err))
	}
	var path *os.PathError
	var link *os.LinkError
	if errors.As(err, &path) || errors.As(err, &link) {
		return folderError(err)
	}
	return err
}
