package keys

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"sync"
)

// File is the key file of a vault. Its methods may be called from several
// goroutines; two Files of one path in one process may not be used at once.
type File struct {
	path    string
	options options

	mu      sync.Mutex
	now     body
	notices []Notice
}

// Info is what a key file tells without a passphrase: nothing private.
type Info struct {
	Format int
	KDF    Params
	Size   int64
	Vault  [16]byte // random, the same in every copy of the vault
}

// Open reads the key file at path. A copy in it that is damaged, torn by a crash
// or older than the other is written anew from the other; see [File.Repaired].
// Errors are [ErrNotKeyFile], [ErrDamaged], [ErrParams], [ErrNewerFormat] and
// those of the file system; the file is untouched then.
func Open(path string, opts ...Option) (*File, error) {
	f := &File{path: path, options: newOptions(opts)}
	if err := f.load(); err != nil {
		return nil, fmt.Errorf("open the key file: %w", err)
	}
	return f, nil
}

// Inspect tells what the key file at path tells everybody. Unlike Open it mends
// nothing, so it may be called while another program has the vault.
func Inspect(path string, opts ...Option) (Info, error) {
	f := &File{path: path, options: newOptions(opts)}
	d, c, err := f.read(os.O_RDONLY)
	if err != nil {
		return Info{}, fmt.Errorf("inspect the key file: %w", err)
	}
	f.now = c.body
	return f.Info(), d.Close()
}

// Info tells what the file tells everybody.
func (f *File) Info() Info {
	f.mu.Lock()
	defer f.mu.Unlock()
	return Info{Format: format, KDF: f.now.params(), Size: fileSize, Vault: f.now.vault()}
}

// Repaired reports whether Open, or a later reading, mended a copy.
func (f *File) Repaired() bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, n := range f.notices {
		if n.Kind == CopyRepaired {
			return true
		}
	}
	return false
}

// Notices tells what was seen in the file so far, before any passphrase.
func (f *File) Notices() []Notice {
	f.mu.Lock()
	defer f.mu.Unlock()
	return append([]Notice(nil), f.notices...)
}

func (f *File) notice(k NoticeKind) {
	for _, n := range f.notices {
		if n.Kind == k {
			return
		}
	}
	f.notices = append(f.notices, Notice{Kind: k})
}

// load reads the file and mends it. f.mu is held, or nobody else has f yet.
func (f *File) load() error {
	d, c, err := f.read(os.O_RDONLY)
	if err != nil {
		return err
	}
	if err := d.Close(); err != nil {
		return err
	}
	if !c.whole() {
		if err := f.mend(); err != nil {
			f.notice(CopyUnrepaired)
		} else {
			f.notice(CopyRepaired)
		}
	}
	f.now = c.body
	return nil
}

// mend reads the file again, to write what it says, and writes the copies that
// are not the state that counts.
func (f *File) mend() (err error) {
	d, c, err := f.read(os.O_RDWR)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, d.Close()) }()
	for i, stale := range c.stale {
		if stale {
			if err := writeCopy(d, i, c.body); err != nil {
				return err
			}
		}
	}
	if c.long {
		if err := d.Truncate(fileSize); err != nil {
			return err
		}
		return d.Sync()
	}
	return nil
}

// read opens the file and decodes it. Not more than its two copies is ever read,
// however long it is.
func (f *File) read(flag int) (device, copies, error) {
	info, err := os.Stat(f.path)
	if err != nil {
		return nil, copies{}, err
	}
	if !info.Mode().IsRegular() { // a pipe would block, a folder fails obscurely
		return nil, copies{}, ErrNotKeyFile
	}
	d, err := f.options.open(f.path, flag)
	if err != nil {
		return nil, copies{}, err
	}
	c, err := decodeDevice(d, f.options.insecure)
	if err != nil {
		return nil, copies{}, errors.Join(err, d.Close())
	}
	return d, c, nil
}

func decodeDevice(d device, insecure bool) (copies, error) {
	info, err := d.Stat()
	if err != nil {
		return copies{}, err
	}
	disk := make([]byte, min(info.Size(), fileSize))
	if n, err := d.ReadAt(disk, 0); err != nil && !(errors.Is(err, io.EOF) && n == len(disk)) {
		return copies{}, err
	}
	c, err := decodeCopies(disk, insecure)
	c.long = info.Size() > fileSize
	return c, err
}

// update reads the file, lets change work on its body, and writes it back: the
// copy that does not hold the present state first, then the other, each on the
// disk before the next step. change must leave the file alone when it fails.
//
// The file is written in place and not replaced by a renamed one: it never needs
// a block that it does not have (except on a copying file system, where the
// first write fails and the second copy still stands), it keeps its name, owner
// and place in the folder, an old slot is overwritten and not left behind in
// free blocks, and the two copies do what a rename is for.
func (f *File) update(change func(b body) error) (err error) {
	d, c, err := f.read(os.O_RDWR)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, d.Close()) }()
	next := append(body(nil), c.body...)
	next.setSequence(c.body.sequence() + stride())
	if err := change(next); err != nil {
		return err
	}
	next.sum()
	order := [2]int{1, 0}
	if c.stale[0] {
		order = [2]int{0, 1}
	}
	for _, i := range order {
		if err := writeCopy(d, i, next); err != nil {
			return err
		}
	}
	f.now = next
	return nil
}

// writeCopy puts b into place i and waits until it is on the disk.
func writeCopy(d device, i int, b body) error {
	if _, err := d.WriteAt(encodeCopy(b), int64(i)*copySize); err != nil {
		return fmt.Errorf("write a copy of the key file: %w", err)
	}
	if err := d.Sync(); err != nil {
		return fmt.Errorf("write a copy of the key file: %w", err)
	}
	return nil
}

// create writes a new key file that appears whole or not at all.
func create(path string, b body, o options) error {
	building := path + ".new"
	if err := build(building, b, o); err != nil {
		return errors.Join(err, removeIfThere(building))
	}
	if err := absent(path); err != nil {
		return errors.Join(err, removeIfThere(building))
	}
	if err := os.Rename(building, path); err != nil {
		return errors.Join(err, removeIfThere(building))
	}
	return syncFolder(filepath.Dir(path))
}

func build(path string, b body, o options) (err error) {
	d, err := o.open(path, os.O_RDWR|os.O_CREATE|os.O_TRUNC)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, d.Close()) }()
	for _, i := range []int{1, 0} {
		if err := writeCopy(d, i, b); err != nil {
			return err
		}
	}
	return nil
}

func absent(path string) error {
	_, err := os.Lstat(path)
	if err == nil {
		return &fs.PathError{Op: "create", Path: path, Err: fs.ErrExist}
	}
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}

func removeIfThere(path string) error {
	if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}

// syncFolder makes a new name durable. Windows has no such call and needs none.
func syncFolder(path string) error {
	if runtime.GOOS == "windows" {
		return nil
	}
	d, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}

// Unlock tries the passphrase on every slot, at the cost of one evaluation of
// Argon2id. It returns the seat of the person whose passphrase it is, or whose
// recovery words, or the invitation that it is the code of; the other is nil.
// [ErrWrongPassphrase] says that nothing opened, and [ErrMistyped] goes with it
// where recovery words were meant; a passphrase that cannot be one wraps
// [ErrPassphraseForm]; [ErrDamaged] means that it is right and what it opens is
// not whole.
//
// Messages in the person's inbox are read: who joined since is pinned, their new
// shared drawer is added to the ring, and the ring is saved. [Seat.Notices]
// tells of it.
func (f *File) Unlock(ctx context.Context, passphrase []byte) (*Seat, *Invitation, error) {
	normal, err := normalize(passphrase)
	if err != nil {
		return nil, nil, err
	}
	defer clear(normal)
	f.mu.Lock()
	defer f.mu.Unlock()
	if err := f.load(); err != nil { // it may have lain there for hours since Open
		return nil, nil, fmt.Errorf("unlock: %w", err)
	}
	root, err := stretch(ctx, normal, f.now.salt(), f.now.params())
	if err != nil {
		return nil, nil, err
	}
	defer clear(root)
	keys, err := newKeyring(f.options.memory)
	if err != nil {
		return nil, nil, fmt.Errorf("unlock: %w", err)
	}
	seat, invitation, err := f.openSlot(root, keys)
	if err == ErrWrongPassphrase {
		err = wrong(normal)
	}
	if err != nil {
		return nil, nil, errors.Join(err, wipe(keys))
	}
	return seat, invitation, nil
}

func (f *File) openSlot(root []byte, keys *keyring) (*Seat, *Invitation, error) {
	slot, err := openSlots(f.now, root, keys.seed)
	switch {
	case err != nil:
		return nil, nil, fmt.Errorf("unlock: %w", err)
	case slot < 0:
		return nil, nil, ErrWrongPassphrase
	case slot >= firstRecovery+Seats:
		return nil, nil, fmt.Errorf("unlock: %w: a slot without a use", ErrNewerFormat)
	case slot >= firstRecovery:
		s, err := f.openSeat(slot-firstRecovery, keys)
		if s != nil {
			s.recovered = true
		}
		return s, nil, err
	case slot >= firstInvitation:
		i, err := f.openInvitation(slot, keys)
		return nil, i, err
	}
	s, err := f.openSeat(slot, keys)
	return s, nil, err
}

func wipe(k *keyring) error {
	clear(k.memory.Bytes())
	return k.memory.Close()
}
