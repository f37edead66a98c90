package drawer

import (
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"syscall"

	sqlite3 "github.com/mattn/go-sqlite3"
)

// The kinds of failure on which a caller branches. An error of this package
// holds no path, no key and nothing that was written in a drawer.
var (
	// ErrDamaged: something does not authenticate, or is not what it was when
	// the drawer was last written, and cannot be repaired.
	ErrDamaged = errors.New("the drawer is damaged")
	// ErrUnfinished: the drawer was never finished by Create, so that it holds
	// nothing yet.
	ErrUnfinished = errors.New("the drawer was never finished")
	// ErrNewerSchema: a newer version made it; nothing was changed.
	ErrNewerSchema = errors.New("the drawer was made by a newer version")
	// ErrInUse: it is open already, here or in another process.
	ErrInUse = errors.New("the drawer is in use")
	// ErrReadOnly: the file, its folder or the disk refuses writing.
	ErrReadOnly = errors.New("the drawer cannot be written to")
	// ErrFull: the disk has no room left.
	ErrFull = errors.New("the disk is full")
	// ErrTooLarge: a drawer holds at most 1 GiB.
	ErrTooLarge = errors.New("a drawer cannot hold more than 1 GiB")
	// ErrNotExist: there is no file of this name.
	ErrNotExist = errors.New("the drawer does not exist")
	// ErrClosed: the drawer was closed.
	ErrClosed = errors.New("the drawer is closed")
)

// diskError gives an error of the operating system one of this package's kinds,
// and takes the path out of it.
func diskError(err error) error {
	var errno syscall.Errno
	switch {
	case err == nil:
		return nil
	case errors.Is(err, fs.ErrNotExist):
		return ErrNotExist
	case errors.Is(err, fs.ErrPermission), errors.Is(err, syscall.EROFS):
		return ErrReadOnly
	case errors.As(err, &errno):
		if slices.Contains(fullErrors, errno) {
			return ErrFull
		}
		return fmt.Errorf("the disk: %w", errno)
	}
	var path *fs.PathError
	if errors.As(err, &path) {
		return fmt.Errorf("the disk: %w", path.Err)
	}
	return err
}

// sqlError gives an error that came through SQLite one of this package's kinds.
// fault is what the drawer's own files answered since the statement began, if
// anything: SQLite passes on a number, not a reason.
func sqlError(err, fault error) error {
	var se sqlite3.Error
	if err == nil || !errors.As(err, &se) {
		return err
	}
	switch se.Code {
	case sqlite3.ErrIoErr, sqlite3.ErrFull, sqlite3.ErrCorrupt, sqlite3.ErrNotADB, sqlite3.ErrCantOpen:
		if fault != nil {
			return diskError(fault)
		}
		if se.SystemErrno != 0 { // of the lock, which SQLite's own VFS holds
			return diskError(se.SystemErrno)
		}
	}
	switch se.Code {
	case sqlite3.ErrCorrupt, sqlite3.ErrNotADB:
		return fmt.Errorf("%w: %w", ErrDamaged, err)
	case sqlite3.ErrFull: // and not the disk: the greatest number of pages
		return ErrTooLarge
	case sqlite3.ErrReadonly:
		return ErrReadOnly
	case sqlite3.ErrBusy, sqlite3.ErrLocked:
		return ErrInUse
	}
	return err
}
