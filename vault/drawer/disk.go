package drawer

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"syscall"
)

// disk is one of a drawer's two files: the main file or the log. All physical
// reading and writing of an open drawer goes through it.
type disk struct {
	file   *os.File
	role   fileRole
	size   int64 // physical size in bytes
	small  bool  // its least size class is smallClass
	hooks  *hooks
	filler *filler
	chunk  []byte // for filler, allocated when first needed
	ahead  readAhead
}

const diskChunk = 64 << 10

// readAhead is a stretch of the file that was read in one piece, because what was
// read before lay in order. It holds sealed bytes only.
type readAhead struct {
	buf      []byte
	off, end int64 // what of the file is in buf
	last     int64 // where the last fetch was
	run      int   // how many fetches in a row went forward by little
}

const (
	readAheadSize = 64 << 10
	readAheadStep = 8 << 10 // going forward by no more than this counts as in order
	readAheadRun  = 4
)

// openDisk opens a file for reading and writing. It must exist.
func openDisk(path string, role fileRole, h *hooks) (*disk, error) {
	return newDisk(path, os.O_RDWR, role, h)
}

// createDisk opens a file, or makes one. Whatever it holds stays until empty.
func createDisk(path string, role fileRole, h *hooks) (*disk, error) {
	return newDisk(path, os.O_RDWR|os.O_CREATE, role, h)
}

func newDisk(path string, how int, role fileRole, h *hooks) (*disk, error) {
	file, err := os.OpenFile(path, how, 0o600)
	if err != nil {
		return nil, diskError(err)
	}
	info, err := file.Stat()
	if err == nil && !info.Mode().IsRegular() {
		err = ErrDamaged
	}
	if err != nil {
		return nil, errors.Join(diskError(err), file.Close())
	}
	return &disk{file: file, role: role, size: info.Size(), hooks: h, filler: newFiller()}, nil
}

// leastClass is the size that the file never falls short of.
func (d *disk) leastClass() int64 {
	if d.small {
		return smallClass
	}
	return smallestClass
}

// class is the size that the file is given if it holds n bytes.
func (d *disk) class(n int64) int64 { return classFrom(d.leastClass(), n) }

// measure finds out how large the file is: another process may have made it larger
// before the drawer was locked.
func (d *disk) measure() error {
	info, err := d.file.Stat()
	if err != nil {
		return diskError(err)
	}
	d.size = info.Size()
	return nil
}

// empty throws away what the file holds and fills it to the smallest size class.
// That nobody else uses the file must be certain.
func (d *disk) empty() error {
	if _, err := d.hooks.before(access{op: opCreate, file: d.role}); err != nil {
		return err
	}
	if err := d.file.Truncate(0); err != nil {
		return err
	}
	d.size = 0
	return d.grow(d.leastClass())
}

// read fills p from off. Less than that in the file is io.ErrUnexpectedEOF.
func (d *disk) read(p []byte, off int64) error {
	if d.hooks != nil {
		if _, err := d.hooks.before(access{op: opRead, file: d.role, offset: off, length: len(p)}); err != nil {
			return err
		}
	}
	n, err := d.file.ReadAt(p, off)
	if n == len(p) {
		return nil
	}
	if err == io.EOF {
		return io.ErrUnexpectedEOF
	}
	return err
}

// fetch returns the len(p) bytes at off: in p, or, where they were read ahead,
// elsewhere. They are valid until the disk is used again.
func (d *disk) fetch(p []byte, off int64) ([]byte, error) {
	a := &d.ahead
	if off > a.last && off-a.last <= readAheadStep {
		a.run++
	} else if off != a.last {
		a.run = 0
	}
	a.last = off
	if off >= a.off && off+int64(len(p)) <= a.end {
		return a.buf[off-a.off:][:len(p)], nil
	}
	n := min(readAheadSize, d.size-off)
	if a.run < readAheadRun || n < int64(len(p)) {
		return p, d.read(p, off)
	}
	if a.buf == nil {
		a.buf = make([]byte, readAheadSize)
	}
	a.off, a.end = off, off
	if err := d.read(a.buf[:n], off); err != nil {
		return p, err
	}
	a.end = off + n
	return a.buf[:len(p)], nil
}

// write writes p at off. Where that is past the end of the file, the file first
// grows to its next size class: at no moment does its size say how much it holds.
func (d *disk) write(p []byte, off int64) error {
	if end := off + int64(len(p)); end > d.size {
		if err := d.grow(end); err != nil {
			return err
		}
	}
	return d.put(p, off)
}

func (d *disk) put(p []byte, off int64) error {
	if off < d.ahead.end && off+int64(len(p)) > d.ahead.off {
		d.ahead.end = d.ahead.off
	}
	if d.hooks != nil {
		n, err := d.hooks.before(access{op: opWrite, file: d.role, offset: off, length: len(p), data: p})
		if err != nil {
			if n = min(max(n, 0), len(p)); n > 0 {
				if _, short := d.file.WriteAt(p[:n], off); short == nil {
					d.size = max(d.size, off+int64(n))
				}
			}
			return err
		}
	}
	n, err := d.file.WriteAt(p, off)
	d.size = max(d.size, off+int64(n))
	return err
}

// grow extends the file with random filler to the size class that holds end. Where
// there is no room for that, the file gets its size back: part of a class would have
// to be brought to the whole of it before anything could be opened again.
func (d *disk) grow(end int64) error {
	before := d.size
	err := d.scramble(before, d.class(end))
	if err != nil && diskError(err) == ErrFull && d.file.Truncate(before) == nil {
		d.size = before
	}
	return err
}

// scramble overwrites the bytes from off to end with random ones.
func (d *disk) scramble(off, end int64) error {
	if off < end && d.chunk == nil {
		d.chunk = make([]byte, diskChunk)
	}
	for off < end {
		p := d.chunk[:min(int64(len(d.chunk)), end-off)]
		d.filler.fill(p)
		if err := d.put(p, off); err != nil {
			return err
		}
		off += int64(len(p))
	}
	return nil
}

// sync returns when all that was written is on the device.
func (d *disk) sync() error {
	if d.hooks != nil {
		if _, err := d.hooks.before(access{op: opSync, file: d.role}); err != nil {
			return err
		}
	}
	return d.file.Sync()
}

func (d *disk) close() error { return diskError(d.file.Close()) }

// syncFolder makes the names in the folder of path durable. Some file systems,
// and Windows, cannot; there is nothing better to do there.
func syncFolder(path string) error {
	f, err := os.Open(filepath.Dir(path))
	if err != nil {
		return diskError(err)
	}
	defer f.Close()
	if err := f.Sync(); err != nil && !errors.Is(err, syscall.EINVAL) && !errors.Is(err, syscall.ENOTSUP) && !errors.Is(err, os.ErrPermission) {
		return diskError(err)
	}
	return nil
}
