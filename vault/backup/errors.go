package backup

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"syscall"

	"ebb/vault/guard"
)

// The kinds of failure on which a caller branches. What was there before is still
// there after each of them. No error of this package holds a path.
var (
	// ErrAbsent: the place where copies go is not there, or stopped answering: a
	// stick was pulled out, a network is down. It is never made by this package.
	ErrAbsent = errors.New("the place for the copy is not there")
	// ErrNotFolder: it is a file, or lies below one.
	ErrNotFolder = errors.New("the place for backups is not a folder")
	// ErrLink: it is a link, which may lead elsewhere tomorrow.
	ErrLink = errors.New("the place for backups is a link")
	// ErrInside: it is a vault's folder, or lies in one.
	ErrInside = errors.New("the place for backups lies in a vault")
	// ErrReadOnly: it refuses writing.
	ErrReadOnly = errors.New("the place for the copy cannot be written to")
	// ErrFull: there is no room for the copy.
	ErrFull = errors.New("there is no room for the copy")
	// ErrUnreadable: what is to be copied cannot be read.
	ErrUnreadable = errors.New("what is to be copied cannot be read")
	// ErrDiffers: the copy, read back, was not what had been copied. It is gone.
	ErrDiffers = errors.New("the copy is not the same as what was copied")
	// ErrClock: the clock says an earlier time than when other backups were made.
	ErrClock = errors.New("there are backups of a later time than now")
	// ErrForeign: something lies in a backup, or in what was left of one, that Ebb
	// did not put there. The folder is left alone.
	ErrForeign = errors.New("something else lies in a backup's folder")
	// ErrName: a vault cannot have a backup's name: it would be taken for one.
	ErrName = errors.New("a vault cannot have the name of a backup")
	// ErrUnfinished: a folder that was never finished, and so is no backup.
	ErrUnfinished = errors.New("the backup was never finished")
	// ErrInUse: another run is at work at this place.
	ErrInUse = guard.ErrInUse
	// ErrNone: there is no backup at this place.
	ErrNone = errors.New("there is no backup here")
	// ErrSeveral: there are backups of several vaults at this place.
	ErrSeveral = errors.New("there are backups of several vaults here")
)

// placeError gives an error of the file system where a copy goes one of the kinds
// above, and takes the path out of it.
func placeError(err error) error {
	var errno syscall.Errno
	_ = errors.As(err, &errno)
	switch {
	case err == nil, known(err):
		return err
	case slices.Contains(fullErrors, errno):
		return ErrFull
	case slices.Contains(readOnlyErrors, errno), errors.Is(err, fs.ErrPermission):
		return ErrReadOnly
	case errors.Is(err, syscall.ENOTDIR):
		return ErrNotFolder
	case slices.Contains(goneErrors, errno), errors.Is(err, fs.ErrNotExist):
		return ErrAbsent
	}
	return fmt.Errorf("the place for the copy: %w", pathless(err))
}

// sourceError is placeError for what is read.
func sourceError(err error) error {
	if err == nil || known(err) {
		return err
	}
	return fmt.Errorf("%w: %w", ErrUnreadable, pathless(err))
}

// known reports whether an error has its kind already.
func known(err error) bool {
	for _, kind := range []error{
		ErrAbsent, ErrNotFolder, ErrLink, ErrInside, ErrReadOnly, ErrFull, ErrUnreadable, ErrDiffers, ErrClock, ErrForeign,
		context.Canceled, context.DeadlineExceeded,
	} {
		if errors.Is(err, kind) {
			return true
		}
	}
	return false
}

// pathless takes the path out of an error of the operating system.
func pathless(err error) error {
	var path *fs.PathError
	var errno syscall.Errno
	switch {
	case errors.As(err, &errno):
		return errno
	case errors.As(err, &path):
		return path.Err
	}
	return err
}
