package backup

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"ebb/vault"
	"ebb/vault/guard"
)

// A part is a folder that is being filled under a name that no backup and no vault
// has. It becomes one by a rename, or goes.
type part struct {
	path  string    // empty if it is not to be removed any more
	lock  io.Closer // nil where the file system has no locks
	bytes int64     // of the files that were copied into it
}

// newPart makes the folder and takes the lock in it: that is how another run knows
// that somebody is at work, and that it is not the leftover of a kill.
func newPart(path string) (*part, error) {
	if err := os.Mkdir(path, 0o700); err != nil {
		return nil, placeError(err)
	}
	lock, err := guard.LockFile(filepath.Join(path, lockName))
	if err == nil {
		return &part{path: path, lock: lock}, nil
	}
	if errors.Is(err, ErrInUse) {
		return nil, err // somebody took it for a leftover in this very moment
	}
	if _, missing := os.Lstat(filepath.Join(path, lockName)); missing != nil {
		return nil, errors.Join(placeError(err), clearFolder(path))
	}
	return &part{path: path}, nil // the file is there: it is locks that are not
}

// unlock gives the lock up. Windows renames no folder in which a file is open.
func (p *part) unlock() error {
	if p.lock == nil {
		return nil
	}
	err := p.lock.Close()
	p.lock = nil
	return err
}

// become gives the folder its name, for good. If it cannot be sure that the name
// lasts, the folder gets its old one back; where not even that is possible, it stays
// what it is, which is whole.
func (p *part) become(path string) error {
	if err := p.unlock(); err != nil {
		return placeError(err)
	}
	before := p.path
	if err := os.Rename(before, path); err != nil {
		return placeError(err)
	}
	p.path = ""
	err := placeError(syncDir(filepath.Dir(path)))
	if err != nil && os.Rename(path, before) == nil {
		p.path = before
	}
	return err
}

// abandon removes what was made so far. What cannot be removed stays for the next
// run.
func (p *part) abandon() error {
	if p.path == "" {
		return nil
	}
	return errors.Join(placeError(p.unlock()), clearFolder(p.path))
}

// clearFolder removes a folder of Ebb's files with what systems leave in every
// folder. If there is anything else in it, nothing is removed: ErrForeign.
func clearFolder(path string) error {
	entries, err := ownFiles(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return placeError(err)
	}
	for _, e := range entries {
		if err := remove(filepath.Join(path, e.Name())); err != nil {
			return placeError(err)
		}
	}
	return placeError(remove(path))
}

// ownFiles lists what lies in a folder, or is ErrForeign if that is not all Ebb's.
func ownFiles(path string) ([]fs.DirEntry, error) {
	entries, err := os.ReadDir(path)
	if err != nil {
		return nil, err
	}
	for _, e := range entries {
		if !e.Type().IsRegular() || !ownFile.MatchString(e.Name()) && !litter.MatchString(e.Name()) {
			return nil, ErrForeign
		}
	}
	return entries, nil
}

// claimed reports ErrInUse if somebody is at work in a folder of Ebb's.
func claimed(path string) error {
	lock, err := guard.LockFile(filepath.Join(path, lockName))
	if errors.Is(err, ErrInUse) {
		return ErrInUse
	}
	if err != nil {
		return nil // the file system has no locks
	}
	return placeError(lock.Close())
}

// clearLeft is clearFolder for what a kill left behind: ErrInUse if somebody
// is still at work in it.
func clearLeft(path string) error {
	info, err := os.Lstat(path)
	if err != nil {
		return placeError(err)
	}
	if !info.IsDir() {
		return ErrForeign
	}
	if _, err := ownFiles(path); err != nil {
		return placeError(err)
	}
	if err := claimed(path); err != nil {
		return err
	}
	return clearFolder(path)
}

// clearLeftovers removes what earlier runs for this vault left unfinished in a
// folder, and says how many there were. One that somebody is at work in, or in
// which something else lies, stays; the error says so.
func clearLeftovers(folder string, id vault.ID) (cleared int, err error) {
	entries, err := os.ReadDir(folder)
	if err != nil {
		return 0, placeError(err)
	}
	var errs []error
	for _, e := range entries {
		if !isPart(e.Name(), id) {
			continue
		}
		if err := clearLeft(filepath.Join(folder, e.Name())); err != nil {
			errs = append(errs, fmt.Errorf("what an earlier run left: %w", err))
			continue
		}
		cleared++
	}
	return cleared, errors.Join(errs...)
}

// fill copies the files of one folder into the part, each onto the device, and then
// reads everything back and compares it.
func (p *part) fill(ctx context.Context, from string, progress Progress) error {
	names, err := vault.Files(from)
	if err != nil {
		return sourceError(err)
	}
	t := &transfer{from: from, to: p.path, progress: progress}
	for _, name := range names {
		info, err := os.Lstat(filepath.Join(from, name))
		if err != nil {
			return sourceError(err)
		}
		if !info.Mode().IsRegular() {
			return sourceError(errNotOrdinary)
		}
		t.files = append(t.files, member{name, info.Size(), info.ModTime()})
		t.total += info.Size()
	}
	if err := t.each(ctx, Copying, t.copy); err != nil {
		return err
	}
	if err := placeError(syncDir(p.path)); err != nil {
		return err
	}
	if err := t.each(ctx, Comparing, t.compare); err != nil {
		return err
	}
	copied, err := vault.Files(p.path)
	if err != nil {
		return placeError(err)
	}
	if len(copied) != len(names) {
		return ErrDiffers
	}
	p.bytes = t.total
	return nil
}

// A member is one file that is copied.
type member struct {
	name string
	size int64
	at   time.Time
}
