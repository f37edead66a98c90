package backup

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"syscall"
	"time"
)

// open opens an ordinary file for reading.
func open(path string) (*os.File, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	if info, err := f.Stat(); err != nil || !info.Mode().IsRegular() {
		return nil, errors.Join(err, errNotOrdinary, f.Close())
	}
	return f, nil
}

var errNotOrdinary = errors.New("not an ordinary file")

// create makes a file that was not there.
func create(path string) (*os.File, error) {
	return os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
}

// read fills p as far as the file goes: less than that, with no error, is its end.
func read(f *os.File, p []byte) (int, error) {
	n, err := io.ReadFull(f, p)
	if err == io.EOF || err == io.ErrUnexpectedEOF {
		err = nil
	}
	return n, err
}

// settle gives a file its modification time and waits until it is on the device.
// What the system holds of it in memory is dropped, as far as it lets us, so that
// what is read back comes from the device.
func settle(f *os.File, at time.Time) error {
	if err := os.Chtimes(f.Name(), at, at); err != nil {
		return err
	}
	if err := f.Sync(); err != nil {
		return err
	}
	pastCache(f)
	return nil
}

// remove removes a file or an empty folder. That it is gone already is no error.
func remove(path string) error {
	if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}

// syncDir makes the names in a folder durable. Some file systems, and Windows,
// cannot; there is nothing better to do there.
func syncDir(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	if err := f.Sync(); err != nil && !errors.Is(err, syscall.EINVAL) && !errors.Is(err, syscall.ENOTSUP) && !errors.Is(err, fs.ErrPermission) {
		return err
	}
	return nil
}
