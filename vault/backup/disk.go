package backup

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"syscall"
	"time"
)

// disk is how this package reaches a file system. Everything that a backup or a
// restore changes goes through it, and all it reads of drawers, so that a test can
// stand between.
type disk struct{ hooks *hooks }

// hooks are asked before every access. A write that is to fail still writes the
// first n bytes, as a device does that runs full.
type hooks struct {
	before func(op operation, length int) (n int, err error)
}

type operation string

const (
	opMkdir   operation = "mkdir"
	opReadDir operation = "readdir"
	opStat    operation = "stat"
	opOpen    operation = "open"
	opCreate  operation = "create"
	opRead    operation = "read"
	opWrite   operation = "write"
	opSync    operation = "sync"
	opTime    operation = "time"
	opClose   operation = "close"
	opRename  operation = "rename"
	opRemove  operation = "remove"
	opSyncDir operation = "syncdir"
)

func (d disk) before(op operation, length int) (int, error) {
	if d.hooks == nil {
		return length, nil
	}
	return d.hooks.before(op, length)
}

// may is before for what is done whole or not at all.
func (d disk) may(op operation) error {
	_, err := d.before(op, 0)
	return err
}

func (d disk) mkdir(path string) error {
	if err := d.may(opMkdir); err != nil {
		return err
	}
	return os.Mkdir(path, 0o700)
}

func (d disk) readDir(path string) ([]fs.DirEntry, error) {
	if err := d.may(opReadDir); err != nil {
		return nil, err
	}
	return os.ReadDir(path)
}

func (d disk) lstat(path string) (fs.FileInfo, error) {
	if err := d.may(opStat); err != nil {
		return nil, err
	}
	return os.Lstat(path)
}

func (d disk) rename(from, to string) error {
	if err := d.may(opRename); err != nil {
		return err
	}
	return os.Rename(from, to)
}

// remove removes a file or an empty folder. That it is gone already is no error.
func (d disk) remove(path string) error {
	if err := d.may(opRemove); err != nil {
		return err
	}
	if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}

// syncDir makes the names in a folder durable. Some file systems, and Windows,
// cannot; there is nothing better to do there.
func (d disk) syncDir(path string) error {
	if err := d.may(opSyncDir); err != nil {
		return err
	}
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

// file is an open file.
type file struct {
	disk
	f *os.File
}

// open opens an ordinary file for reading.
func (d disk) open(path string) (*file, error) {
	if err := d.may(opOpen); err != nil {
		return nil, err
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	if info, err := f.Stat(); err != nil || !info.Mode().IsRegular() {
		return nil, errors.Join(err, errNotOrdinary, f.Close())
	}
	return &file{d, f}, nil
}

var errNotOrdinary = errors.New("not an ordinary file")

// create makes a file that was not there.
func (d disk) create(path string) (*file, error) {
	if err := d.may(opCreate); err != nil {
		return nil, err
	}
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return nil, err
	}
	return &file{d, f}, nil
}

// read fills p as far as the file goes: less than that, with no error, is its end.
func (f *file) read(p []byte) (int, error) {
	if _, err := f.before(opRead, len(p)); err != nil {
		return 0, err
	}
	n, err := io.ReadFull(f.f, p)
	if err == io.EOF || err == io.ErrUnexpectedEOF {
		err = nil
	}
	return n, err
}

func (f *file) write(p []byte) error {
	if n, err := f.before(opWrite, len(p)); err != nil {
		_, short := f.f.Write(p[:min(max(n, 0), len(p))])
		return errors.Join(err, short)
	}
	_, err := f.f.Write(p)
	return err
}

// settle gives the file its modification time and waits until it is on the device.
// What the system holds of it in memory is dropped, as far as it lets us, so that
// what is read back comes from the device.
func (f *file) settle(at time.Time) error {
	if err := f.may(opTime); err != nil {
		return err
	}
	if err := os.Chtimes(f.f.Name(), at, at); err != nil {
		return err
	}
	if err := f.may(opSync); err != nil {
		return err
	}
	if err := f.f.Sync(); err != nil {
		return err
	}
	pastCache(f.f)
	return nil
}

// close closes the file in any case.
func (f *file) close() error {
	return errors.Join(f.may(opClose), f.f.Close())
}
