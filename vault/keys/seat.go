package keys

import (
	"bytes"
	"context"
	"errors"
	"fmt"
)

// Seat is one person's unlocked place in the vault. It is not safe for use by
// several goroutines at once; several seats of one [File] are.
type Seat struct {
	file    *File
	ring    *Ring
	notices []Notice

	recovered bool // opened with the recovery words

	fixed []byte   // the part of the header that never changes: vault, salt, costs
	slot  []byte   // as last read
	own   [][]byte // ring records that are ours: the one last read or written, and any that a failed save may have left
}

// Create makes a new key file with one person in seat 0, under a passphrase. p
// is checked against [Floor] and [Ceiling]. found adds the first drawers to the
// ring and builds their files; it runs before the key file is written, so that a
// crash leaves no vault, or a whole one. A file that is at path is never
// replaced: the error is fs.ErrExist then.
func Create(path string, kind Kind, passphrase []byte, p Params, name string, found func(*Ring) error, opts ...Option) (*Seat, error) {
	f := &File{path: path, options: newOptions(opts)}
	if kind != Home && kind != Practice {
		return nil, fmt.Errorf("create a key file: there is no kind %d", kind)
	}
	if err := p.check(f.options.insecure); err != nil {
		return nil, err
	}
	normal, err := normalize(passphrase)
	if err != nil {
		return nil, err
	}
	defer clear(normal)
	if err := absent(path); err != nil {
		return nil, err
	}
	keys, err := newKeyring(f.options.memory)
	if err != nil {
		return nil, fmt.Errorf("create a key file: %w", err)
	}
	s := &Seat{file: f, ring: &Ring{Kind: kind, keys: keys}}
	if err := s.create(normal, p, name, found); err != nil {
		return nil, errors.Join(fmt.Errorf("create a key file: %w", err), s.Close())
	}
	return s, nil
}

func (s *Seat) create(normal []byte, p Params, name string, found func(*Ring) error) error {
	b := newBody(p)
	me, err := s.ring.newIdentity(name)
	if err != nil {
		return err
	}
	random(s.ring.keys.file[:])
	s.ring.Members = []Member{me}
	root, err := stretch(context.Background(), normal, b.salt(), p)
	if err != nil {
		return err
	}
	defer clear(root)
	if err := found(s.ring); err != nil {
		return err
	}
	s.takeSlot(b, root)
	if err := s.put(b); err != nil {
		return err
	}
	b.sum()
	if err := create(s.file.path, b, s.file.options); err != nil {
		return err
	}
	s.file.now = b
	s.hold(b)
	return nil
}

// takeSlot seals the seat's seed, and a step-up secret that nobody has needed
// yet, under the stretched passphrase.
func (s *Seat) takeSlot(b body, root []byte) {
	var stepUp [32]byte
	random(stepUp[:])
	sealSlot(b, int(s.ring.Seat), root, s.ring.keys.seed, &stepUp)
	clear(stepUp[:])
}

// openSeat opens the ring of a seat whose seed is in keys. f.mu is held.
func (f *File) openSeat(seat int, keys *keyring) (*Seat, error) {
	sequence, err := openRing(f.now, seat, forRing, keys.seed, keys.plain)
	if err != nil {
		return nil, fmt.Errorf("unlock: %w", err)
	}
	ring, err := decodeRing(keys)
	clear(keys.plain)
	if err != nil || ring.Sequence != sequence || int(ring.Seat) != seat {
		return nil, fmt.Errorf("unlock: %w: a ring cannot be read", ErrDamaged)
	}
	s := &Seat{file: f, ring: ring}
	s.hold(f.now)
	s.notices = append(s.notices, f.notices...)
	if !f.now.authentic(keys.file) {
		s.notices = append(s.notices, Notice{Kind: FileAltered})
	}
	if f.now.sequence() < ring.fileSequence {
		s.notices = append(s.notices, Notice{Kind: FileOlder})
	}
	if ring.recovery != ([32]byte{}) && !s.recoveryStands(f.now) {
		s.notices = append(s.notices, Notice{Kind: RecoveryLost})
	}
	if err := s.readInbox(); err != nil {
		return nil, fmt.Errorf("unlock: %w", err)
	}
	return s, nil
}

// Ring is what the person can open.
func (s *Seat) Ring() *Ring { return s.ring }

// Notices tells what was seen while unlocking.
func (s *Seat) Notices() []Notice { return append([]Notice(nil), s.notices...) }

// hold remembers our own parts of the file, to notice when something else writes
// them.
func (s *Seat) hold(b body) {
	s.fixed = bytes.Clone(b[:sequenceAt])
	s.slot = bytes.Clone(b.slot(int(s.ring.Seat)))
	s.own = [][]byte{bytes.Clone(b.ring(int(s.ring.Seat)))}
}

// unchanged reports whether b still has what we last read or wrote.
func (s *Seat) unchanged(b body) error {
	if s.ring == nil {
		return ErrClosed
	}
	if !bytes.Equal(s.fixed, b[:sequenceAt]) {
		return fmt.Errorf("%w: it is another vault's, or its costs are others", ErrChanged)
	}
	if !bytes.Equal(s.slot, b.slot(int(s.ring.Seat))) {
		return fmt.Errorf("%w: the slot is another", ErrChanged)
	}
	for _, r := range s.own {
		if bytes.Equal(r, b.ring(int(s.ring.Seat))) {
			return nil
		}
	}
	return fmt.Errorf("%w: the ring is another", ErrChanged)
}

// Save writes the ring, and nothing else of the file. It returns nil when both
// copies are on the disk. [ErrChanged] means that the file at the path is not the
// one that was unlocked, or that the ring in it is not the one last read or
// saved; nothing is written then. After another error the ring may be saved or
// not, and Save may be called again.
func (s *Seat) Save() error {
	return s.update(func(body) error { return nil })
}

// update changes the file in one step, with the ring.
func (s *Seat) update(change func(b body) error) error {
	if s.ring == nil {
		return ErrClosed
	}
	s.file.mu.Lock()
	defer s.file.mu.Unlock()
	return s.write(change)
}

// write is update with the file's lock held.
func (s *Seat) write(change func(b body) error) error {
	var written body
	err := s.file.update(func(b body) error {
		if err := s.unchanged(b); err != nil {
			return err
		}
		if err := change(b); err != nil {
			return err
		}
		written = b
		return s.put(b)
	})
	if err != nil {
		if written != nil { // it may be on the disk in one of the copies
			s.own = append(s.own, bytes.Clone(written.ring(int(s.ring.Seat))))
		}
		return fmt.Errorf("save the key file: %w", err)
	}
	s.hold(written)
	return nil
}

// put seals the ring into b under its next number and authenticates the whole.
func (s *Seat) put(b body) error {
	r := s.ring
	before, file := r.Sequence, r.fileSequence
	r.Sequence, r.fileSequence = r.Sequence+1, b.sequence()
	if err := r.encode(); err != nil {
		r.Sequence, r.fileSequence = before, file
		return err
	}
	sealRing(b, int(r.Seat), forRing, r.keys.seed, r.Sequence, r.keys.plain)
	clear(r.keys.plain)
	if err := s.putReceipt(b); err != nil {
		return err
	}
	copy(b[macAt:], fileMAC(b, r.keys.file))
	return nil
}

// Close wipes the seed and the ring. The seat cannot be used after.
func (s *Seat) Close() error {
	if s.ring == nil {
		return nil
	}
	err := s.ring.forget()
	s.ring = nil
	return err
}
