package keys

import (
	"context"
	"fmt"
)

// Change is a change of passphrase under way: both were typed, and nothing was
// written.
type Change struct {
	seat   *Seat
	root   []byte // of the new passphrase
	words  string // new recovery words, and their root
	second []byte
	stepUp [32]byte
}

// Change checks what is to be changed: current has to open this seat, as its
// passphrase or its recovery words, or the error is [ErrWrongPassphrase]; fresh may
// open nothing, or it is [ErrWeakPassphrase]. It costs an evaluation of Argon2id
// for each, and one for new recovery words if there are any now.
func (s *Seat) Change(ctx context.Context, current, fresh []byte) (_ *Change, err error) {
	if s.ring == nil {
		return nil, ErrClosed
	}
	s.file.mu.Lock()
	defer s.file.mu.Unlock()
	c := &Change{seat: s}
	defer func() {
		if err != nil {
			c.Close()
		}
	}()
	if err := s.verify(ctx, current, &c.stepUp); err != nil {
		return nil, fmt.Errorf("change the passphrase: %w", err)
	}
	normal, err := normalize(fresh)
	if err != nil {
		return nil, err
	}
	defer clear(normal)
	if c.root, err = stretch(ctx, normal, s.file.now.salt(), s.file.now.params()); err != nil {
		return nil, err
	}
	var seed [32]byte
	defer clear(seed[:])
	if slot, err := openSlots(s.file.now, c.root, &seed); err != nil || slot >= 0 {
		return nil, ErrWeakPassphrase
	}
	if s.ring.recovery != ([32]byte{}) {
		if c.words, c.second, err = s.drawRecovery(ctx); err != nil {
			return nil, fmt.Errorf("change the passphrase: %w", err)
		}
	}
	return c, nil
}

// Apply changes the passphrase: a new seed, and with it a new key of the ring,
// behind the new passphrase. private is the prepared drawer, whose file is whole,
// that takes the place of the private one; shared is the same for the shared one,
// as in [Seat.Rekey], and may be nil. All of it is one write, so that a crash leaves
// the old state or the new.
//
// It returns new recovery words if there were any. An older copy of the file opens,
// with the old passphrase, nothing of what is written from now on: neither the
// ring nor the drawers. The person's identity stays, because the others have pinned
// it.
//
// After an error the change may be in the file or not: the seat must be closed,
// and unlocking tells.
func (c *Change) Apply(private, shared *Drawer) (recovery string, err error) {
	s := c.seat
	err = s.update(func(b body) error {
		if err := s.ring.replacePrivate(private); err != nil {
			return err
		}
		if shared != nil {
			if err := s.putRekeyed(b, shared); err != nil {
				return err
			}
		}
		random(s.ring.keys.seed[:])
		sealSlot(b, int(s.ring.Seat), c.root, s.ring.keys.seed, &c.stepUp)
		if c.second == nil {
			random(b.slot(s.recoverySlot()))
			return nil
		}
		s.sealRecovery(b, c.second, &c.stepUp)
		return nil
	})
	if err != nil {
		return "", err
	}
	s.recovered = false
	return c.words, nil
}

// Close wipes what was stretched.
func (c *Change) Close() {
	clear(c.root)
	clear(c.second)
	clear(c.stepUp[:])
	c.root, c.second, c.words = nil, nil, ""
}
