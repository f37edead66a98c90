package drawer

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
)

// CopyTo makes a drawer at path that holds what this one holds, under another id
// and another key. It copies page by page: nothing is read or written unsealed, and
// no page of the one is a page of the other. Nothing may be at path yet.
//
// When CopyTo returns nil, the copy is on the device, closed in order, and was
// compared page by page. Until then it says of itself that it is unfinished, and
// after an error it is removed. The drawer stays open, and stands still meanwhile.
// progress is called with the number of pages done and to do, counting each page
// twice, to copy and to compare; it may be nil.
func (d *Drawer) CopyTo(ctx context.Context, path string, id ID, key Key, progress func(done, total int64)) error {
	defer clear(key[:])
	if err := d.enter(ctx); err != nil {
		return err
	}
	defer d.leave()
	return d.copyTo(ctx, path, id, key, progress)
}

// MoveTo is CopyTo and closes this drawer: from now on the copy is to be used.
// taken is called in between, once the copy is whole, to note down just that.
// Nothing can be written to this drawer after it was copied, so nothing that
// [Drawer.Update] acknowledged is missing from the copy.
//
// If the copy cannot be made, taken is not called and the drawer stays open. Once
// taken was called the drawer is closed, whatever taken returned, and MoveTo
// returns just that: after an error it is unknown which of the two counts.
func (d *Drawer) MoveTo(ctx context.Context, path string, id ID, key Key, progress func(done, total int64), taken func() error) error {
	defer clear(key[:])
	if err := d.enter(ctx); err != nil {
		return err
	}
	defer d.leave()
	if err := d.copyTo(ctx, path, id, key, progress); err != nil {
		return err
	}
	err := taken()
	_ = d.close() // it is whole or can be made so, and no longer the one that counts
	return err
}

func (d *Drawer) copyTo(ctx context.Context, path string, id ID, key Key, progress func(done, total int64)) (err error) {
	defer clear(key[:])
	if err := ctx.Err(); err != nil {
		return err
	}
	path, err = filepath.Abs(path)
	if err != nil {
		return diskError(err)
	}
	if err := d.checkpoint(ctx); err != nil {
		return err
	}
	target, err := d.store.lookalike(path, &id, &key)
	if err != nil {
		return diskError(err)
	}
	defer func() {
		err = diskError(errors.Join(err, target.main.close(), target.log.close()))
		if err == nil {
			err = syncFolder(path)
		}
		if err != nil { // what is left of it opens as unfinished, or not at all
			_ = os.Remove(path)
			_ = os.Remove(path + logSuffix)
		}
	}()
	c := copying{ctx: ctx, from: d.store, to: target, progress: progress}
	for _, step := range []func() error{target.lay, c.copy, c.compare, target.finishBuilding, target.leave} {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

// lookalike opens the files of a new drawer on the same kind of disk.
func (s *store) lookalike(path string, id *ID, key *Key) (*store, error) {
	for _, name := range []string{path, path + logSuffix} {
		if _, err := os.Lstat(name); err == nil {
			return nil, &os.PathError{Op: "copy", Path: name, Err: os.ErrExist}
		}
	}
	main, err := createDisk(path, mainFile, s.main.hooks)
	if err != nil {
		return nil, err
	}
	log, err := createDisk(path+logSuffix, logFile, s.log.hooks)
	if err != nil {
		return nil, errors.Join(err, main.close(), os.Remove(path))
	}
	main.small, log.small = s.main.small, s.log.small
	return newStore(main, log, id, key), nil
}

// copying is one copy under way.
type copying struct {
	ctx      context.Context
	from, to *store
	progress func(done, total int64)
	done     int64
	page     [pageSize]byte
}

// each calls fn with every page of the main file, opened. It holds the whole
// drawer: the log was checkpointed, so nothing is in it alone.
func (c *copying) each(fn func(number uint32) error) error {
	for number := range c.from.tags.pages() {
		if err := c.from.readPage(c.page[:], number); err != nil {
			return err
		}
		if err := fn(number); err != nil {
			return err
		}
		if c.done++; c.done%64 == 0 {
			if err := c.ctx.Err(); err != nil {
				return err
			}
			c.tell()
		}
	}
	c.tell()
	return c.ctx.Err()
}

func (c *copying) tell() {
	if c.progress != nil {
		c.progress(c.done, 2*int64(c.from.tags.pages()))
	}
}

func (c *copying) copy() error {
	defer clear(c.page[:])
	return c.each(func(number uint32) error { return c.to.writePage(c.page[:], number) })
}

// compare reads the copy back. What it was made from will be thrown away.
func (c *copying) compare() error {
	defer clear(c.page[:])
	var copied [pageSize]byte
	defer clear(copied[:])
	return c.each(func(number uint32) error {
		if err := c.to.readPage(copied[:], number); err != nil {
			return err
		}
		if !bytes.Equal(copied[:], c.page[:]) {
			return ErrDamaged
		}
		return nil
	})
}

// Scramble overwrites both files of the drawer at path with random bytes, so that
// what is left is a [Placeholder]. It needs no key. A file that is missing is not
// its business. The drawer may not be open.
func Scramble(ctx context.Context, path string) error {
	for _, name := range []string{path, path + logSuffix} {
		if err := scramble(ctx, name); err != nil {
			return diskError(err)
		}
	}
	return nil
}

func scramble(ctx context.Context, name string) (err error) {
	info, err := os.Lstat(name)
	switch {
	case errors.Is(err, os.ErrNotExist):
		return nil
	case err != nil:
		return err
	case !info.Mode().IsRegular(): // a link leads to something else
		return ErrDamaged
	}
	release, err := claim(name)
	if err != nil {
		return err
	}
	defer release()
	file, err := os.OpenFile(name, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	d := &disk{file: file, filler: newFiller()}
	defer func() { err = errors.Join(err, d.close()) }()
	for off := int64(0); off < info.Size(); off += diskChunk {
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := d.scramble(off, min(off+diskChunk, info.Size())); err != nil {
			return err
		}
	}
	return d.sync()
}

// Remove is Scramble, and removes both files.
func Remove(ctx context.Context, path string) error {
	if err := Scramble(ctx, path); err != nil {
		return err
	}
	for _, name := range []string{path, path + logSuffix} {
		if err := os.Remove(name); err != nil && !errors.Is(err, os.ErrNotExist) {
			return diskError(err)
		}
	}
	return syncFolder(path)
}
