package backup

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
	"path/filepath"
)

// A Step is what is being done, for somebody who waits.
type Step uint8

const (
	Copying   Step = iota + 1 // bytes
	Comparing                 // bytes, read back from the copy
	Checking                  // of the drawers that can be opened, in thousandths
)

// Progress is told what is being done and how much of it, in parts of a total that
// stays the same during a step. It may be nil.
type Progress func(step Step, done, total int64)

func (p Progress) tell(step Step, done, total int64) {
	if p != nil {
		p(step, done, total)
	}
}

// ofDrawers passes on what a check tells: drawers are taken for equally large.
func (p Progress) ofDrawers() func(drawer, drawers int, done, total int64) {
	const each = 1000
	return func(drawer, drawers int, done, total int64) {
		p.tell(Checking, int64(drawer)*each+done*each/max(1, total), int64(drawers)*each)
	}
}

// A transfer copies files from one folder to another and compares them.
type transfer struct {
	from, to    string
	files       []member
	done, total int64 // bytes, of this step
	progress    Progress
}

// chunkSize is how much is read and written at once.
const chunkSize = 1 << 20

// each does something with every file.
func (t *transfer) each(ctx context.Context, step Step, do func(m member, moved func(n int) error) error) error {
	t.done = 0
	for _, m := range t.files {
		err := do(m, func(n int) error {
			t.done += int64(n)
			t.progress.tell(step, t.done, t.total)
			return ctx.Err()
		})
		if err != nil {
			return err
		}
	}
	return ctx.Err()
}

// copy copies one file, with its modification time, onto the device.
func (t *transfer) copy(m member, moved func(n int) error) (err error) {
	from, err := open(filepath.Join(t.from, m.name))
	if err != nil {
		return sourceError(err)
	}
	defer func() { err = errors.Join(err, sourceError(from.Close())) }()
	to, err := create(filepath.Join(t.to, m.name))
	if err != nil {
		return placeError(err)
	}
	defer func() { err = errors.Join(err, placeError(to.Close())) }()
	chunk := make([]byte, chunkSize)
	for {
		n, err := read(from, chunk)
		if err != nil {
			return sourceError(err)
		}
		if n == 0 {
			break
		}
		if _, err := to.Write(chunk[:n]); err != nil {
			return placeError(err)
		}
		if err := moved(n); err != nil {
			return err
		}
	}
	return placeError(settle(to, m.at))
}

// compare reads a file and its copy, both to their ends.
func (t *transfer) compare(m member, moved func(n int) error) (err error) {
	from, err := open(filepath.Join(t.from, m.name))
	if err != nil {
		return sourceError(err)
	}
	defer func() { err = errors.Join(err, sourceError(from.Close())) }()
	to, err := open(filepath.Join(t.to, m.name))
	if errors.Is(err, fs.ErrNotExist) {
		return ErrDiffers
	}
	if err != nil {
		return placeError(err)
	}
	defer func() { err = errors.Join(err, placeError(to.Close())) }()
	pastCache(to)
	a, b := make([]byte, chunkSize), make([]byte, chunkSize)
	size := int64(0)
	for {
		n, err := read(from, a)
		if err != nil {
			return sourceError(err)
		}
		k, err := read(to, b)
		if err != nil {
			return placeError(err)
		}
		if !bytes.Equal(a[:n], b[:k]) {
			return ErrDiffers
		}
		if n == 0 {
			break
		}
		size += int64(n)
		if err := moved(n); err != nil {
			return err
		}
	}
	if size != m.size {
		return ErrDiffers
	}
	return nil
}
