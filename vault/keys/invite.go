package keys

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"errors"
	"fmt"
)

// codeWords is how many words a code has: it opens a slot as any passphrase
// does, so it has to be as good.
const codeWords = 6

const admissionLabel = "ebb admission"

// admissionKey is what a member can give to somebody who may take a seat, so
// that the other members can check that a member did. It comes from the key of
// the shared drawer, and opens nothing.
func admissionKey(b body, shared *[32]byte, seat uint8) []byte {
	return derive(b, shared[:], 32, admissionLabel, seat)
}

// Invitation is what a code opens: the right to take one seat, once.
type Invitation struct {
	file      *File
	keys      *keyring // its seed, the key of the file, and in the first place for drawers the admission key
	admission *[32]byte
	seat      uint8
	from      uint8
	shared    string // file name for the new shared drawer
	private   string // and for the new private one
	members   []Member
	spare     []string

	slot, ring []byte // as read
}

// Invite makes a code of six words for the lowest free seat. The code opens
// nothing but the right to join: what it gives access to is founded anew when
// somebody joins. A code that was made before ends with this, and every code
// ends when somebody joins, because the shared drawer that it vouches with is no
// longer the one in use.
//
// names are what the persons are called now, by seat; whoever is missing there
// keeps the name that they joined with. Errors are [ErrNoSeat], [ErrNoShared] and
// those of [Seat.Save].
func (s *Seat) Invite(names map[uint8]string) (code string, err error) {
	if s.ring == nil {
		return "", ErrClosed
	}
	s.file.mu.Lock()
	defer s.file.mu.Unlock()
	// Somebody may have joined since the seat was unlocked: their seat is not
	// free, and their shared drawer is the one that vouches.
	if err := s.file.load(); err != nil {
		return "", fmt.Errorf("invite: %w", err)
	}
	if err := s.readInbox(); err != nil {
		return "", fmt.Errorf("invite: %w", err)
	}
	seat, err := s.freeSeat()
	if err != nil {
		return "", err
	}
	shared := s.ring.Drawer(Shared)
	if shared == nil {
		return "", ErrNoShared
	}
	for i, m := range s.ring.Members {
		if name, ok := names[m.Seat]; ok {
			s.ring.Members[i].Name = cleanName(name)
		}
	}
	code, err = GeneratePassphrase(codeWords)
	if err != nil {
		return "", err
	}
	root, err := stretch(context.Background(), []byte(code), s.file.now.salt(), s.file.now.params())
	if err != nil {
		return "", err
	}
	defer clear(root)
	keys, err := newKeyring(s.file.options.memory)
	if err != nil {
		return "", fmt.Errorf("invite: %w", err)
	}
	defer func() { err = errors.Join(err, wipe(keys)) }()
	i := &Invitation{keys: keys, admission: keys.take(), seat: seat, from: s.ring.Seat, members: s.ring.Members, spare: s.ring.Spare}
	i.shared = s.ring.freshName()
	if len(i.spare) > 0 {
		i.private, i.spare = i.spare[0], i.spare[1:]
	} else if i.private = s.ring.freshName(); i.private == i.shared {
		return "", errors.New("invite: the system's random numbers repeat")
	}
	random(keys.seed[:])
	*keys.file = *s.ring.keys.file
	copy(i.admission[:], admissionKey(s.file.now, shared.Key, seat))
	if err := s.write(func(b body) error { return i.put(b, root) }); err != nil {
		return "", fmt.Errorf("invite: %w", err)
	}
	return code, nil
}

// freeSeat is the lowest one that no member has.
func (s *Seat) freeSeat() (uint8, error) {
	if s.ring.Kind != Home {
		return 0, ErrNoSeat
	}
	for seat := range uint8(Seats) {
		if s.ring.Member(seat) == nil {
			return seat, nil
		}
	}
	return 0, ErrNoSeat
}

// put writes the invitation into its slot and ring, over every earlier one.
func (i *Invitation) put(b body, root []byte) error {
	endInvitations(b)
	index := firstInvitation + int(i.seat)
	w := &writer{b: i.keys.plain}
	w.bytes([]byte{invitationType, encodingFormat, i.seat, i.from})
	w.bytes(i.admission[:])
	w.bytes(i.keys.file[:])
	w.fileName(i.shared)
	w.fileName(i.private)
	w.members(i.members)
	w.spare(i.spare)
	if err := w.end(); err != nil {
		return err
	}
	var none [32]byte // an invitation has nothing behind a second unlock
	random(none[:])
	sealSlot(b, index, root, i.keys.seed, &none)
	sealRing(b, index, forInvitation, i.keys.seed, 0, i.keys.plain)
	clear(i.keys.plain)
	return nil
}

// endInvitations overwrites the slots and rings of all codes.
func endInvitations(b body) {
	for i := firstInvitation; i < firstRecovery; i++ {
		random(b.slot(i))
		random(b.ring(i))
	}
}

// openInvitation opens the ring of an invitation's slot. f.mu is held.
func (f *File) openInvitation(slot int, keys *keyring) (*Invitation, error) {
	sequence, err := openRing(f.now, slot, forInvitation, keys.seed, keys.plain)
	if err != nil {
		return nil, fmt.Errorf("unlock: %w", err)
	}
	defer clear(keys.plain)
	i := &Invitation{file: f, keys: keys, admission: keys.take()}
	r := &reader{b: keys.plain}
	r.expect(invitationType)
	r.expect(encodingFormat)
	i.seat, i.from = r.byte(), r.byte()
	copy(i.admission[:], r.bytes(32))
	copy(keys.file[:], r.bytes(32))
	i.shared = r.fileName()
	i.private = r.fileName()
	i.members = r.members()
	i.spare = r.spare()
	if err := r.end(); err != nil || sequence != 0 || slot != firstInvitation+int(i.seat) {
		return nil, fmt.Errorf("unlock: %w: an invitation cannot be read", ErrDamaged)
	}
	i.slot, i.ring = bytes.Clone(f.now.slot(slot)), bytes.Clone(f.now.ring(slot))
	return i, nil
}

// Seat is the seat that the invitation is for.
func (i *Invitation) Seat() uint8 { return i.seat }

// From is the seat of the person who made it.
func (i *Invitation) From() uint8 { return i.from }

// Members are the persons who are there already.
func (i *Invitation) Members() []Member { return append([]Member(nil), i.members...) }

// Close wipes what the code opened.
func (i *Invitation) Close() error {
	if i.keys == nil {
		return nil
	}
	err := wipe(i.keys)
	i.keys, i.admission = nil, nil
	return err
}

// inForce reports whether the code is still the one in b.
func (i *Invitation) inForce(b body) error {
	if i.keys == nil {
		return ErrClosed
	}
	index := firstInvitation + int(i.seat)
	if !bytes.Equal(i.slot, b.slot(index)) || !bytes.Equal(i.ring, b.ring(index)) {
		return ErrInvitation
	}
	return nil
}

// Join takes the seat. The seed, the identity and the key of the private drawer
// are made here and now, so that nobody else ever had them, and so is the key of
// a new shared drawer, which is sealed into the inbox of everybody who is there.
// found builds the files of both drawers, which are in the ring it gets; it runs
// before the key file is written. A crash anywhere leaves the code in force, and
// the same join can be run again: it uses the same file names.
//
// A passphrase that opens a slot, the code's own included, fails with
// [ErrWeakPassphrase]; a code that was used meanwhile with [ErrInvitation].
// The invitation is closed when Join succeeds.
func (i *Invitation) Join(ctx context.Context, passphrase []byte, name string, found func(*Ring) error) (*Seat, error) {
	normal, err := normalize(passphrase)
	if err != nil {
		return nil, err
	}
	defer clear(normal)
	if i.keys == nil {
		return nil, ErrClosed
	}
	f := i.file
	f.mu.Lock()
	defer f.mu.Unlock()
	if err := f.load(); err != nil {
		return nil, fmt.Errorf("join: %w", err)
	}
	if err := i.inForce(f.now); err != nil {
		return nil, fmt.Errorf("join: %w", err)
	}
	root, err := stretch(ctx, normal, f.now.salt(), f.now.params())
	if err != nil {
		return nil, err
	}
	defer clear(root)
	keys, err := newKeyring(f.options.memory)
	if err != nil {
		return nil, fmt.Errorf("join: %w", err)
	}
	s := &Seat{file: f, ring: &Ring{Kind: Home, Seat: i.seat, keys: keys}}
	if slot, err := openSlots(f.now, root, keys.seed); err != nil || slot >= 0 {
		return nil, errors.Join(ErrWeakPassphrase, s.Close())
	}
	if err := i.join(s, root, name, found); err != nil {
		return nil, errors.Join(fmt.Errorf("join: %w", err), s.Close())
	}
	return s, i.Close()
}

func (i *Invitation) join(s *Seat, root []byte, name string, found func(*Ring) error) error {
	ring := s.ring
	me, err := ring.newIdentity(name)
	if err != nil {
		return err
	}
	*ring.keys.file = *i.keys.file
	ring.Members = append(i.Members(), me)
	for _, m := range i.members {
		if m.Seat >= Seats || m.Seat == i.seat {
			return fmt.Errorf("%w: an invitation names a seat that cannot be", ErrDamaged)
		}
	}
	ring.Spare = append([]string(nil), i.spare...)
	if _, err := ring.Add(Private, i.private, i.seat); err != nil {
		return err
	}
	if _, err := ring.Add(Shared, i.shared, maskSeats(ring.present())...); err != nil {
		return err
	}
	if err := found(ring); err != nil {
		return err
	}
	return s.file.update(func(b body) error {
		if err := i.inForce(b); err != nil {
			return err
		}
		if err := ring.keepAdmission(i.announcement(b, ring, me)); err != nil {
			return err
		}
		if err := s.tell(b, false); err != nil {
			return err
		}
		for from := range uint8(Seats) {
			emptyCell(b.cell(i.seat, from))
		}
		endInvitations(b)
		random(b.slot(firstRecovery + int(i.seat)))
		s.takeSlot(b, root)
		if err := s.put(b); err != nil {
			return err
		}
		s.hold(b)
		return nil
	})
}

// announcement is what the new person tells everybody who is there.
func (i *Invitation) announcement(b body, ring *Ring, me Member) *admission {
	me.Private = i.private
	a := &admission{member: me, drawer: *ring.Drawer(Shared)}
	a.vouch(b, i.admission, ring.SignKey())
	return a
}

// mac authenticates a message with the admission key.
func mac(key, message []byte) []byte {
	m := hmac.New(sha256.New, key)
	m.Write(message)
	return m.Sum(nil)
}
