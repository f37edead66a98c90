package guard

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
)

// LockFile takes the lock at path, which is made if it is not there and never
// removed. Closing gives it up; so does the end of the process, however it ends,
// and an exec. [ErrInUse] says that another process, or another lock in this
// one, has it; it is said at once.
//
// On a read-only disk the lock of a file that is there is taken all the same. It
// is advice between programs that ask: it keeps two Ebbs apart, and nobody out.
func LockFile(path string) (io.Closer, error) {
	for range 8 { // the file may be removed or replaced between opening and locking
		f, err := openLock(path)
		if err != nil {
			return nil, fmt.Errorf("take the lock: %w", err)
		}
		if err := lockFile(f); err != nil {
			return nil, errors.Join(fmt.Errorf("take the lock: %w", err), f.Close())
		}
		same, err := sameFile(f, path)
		if same && err == nil {
			return heldLock{f}, nil
		}
		if err := errors.Join(err, f.Close()); err != nil {
			return nil, fmt.Errorf("take the lock: %w", err)
		}
	}
	return nil, fmt.Errorf("take the lock: %w", ErrInUse)
}

// heldLock is a lock that was taken. It is given up before the file is closed: a
// process that is just being started has the open file too, until it runs its own
// program, and the lock would stay as long.
type heldLock struct{ file *os.File }

func (l heldLock) Close() error { return errors.Join(unlockFile(l.file), l.file.Close()) }

func openLock(path string) (*os.File, error) {
	if info, err := os.Stat(path); err == nil && !info.Mode().IsRegular() {
		return nil, &fs.PathError{Op: "lock", Path: path, Err: errors.New("not an ordinary file")}
	}
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err == nil {
		return f, nil
	}
	if readOnly, err := os.Open(path); err == nil {
		return readOnly, nil
	}
	return nil, err
}

// sameFile reports whether path still leads to f.
func sameFile(f *os.File, path string) (bool, error) {
	there, err := os.Stat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	held, err := f.Stat()
	return err == nil && os.SameFile(there, held), err
}
