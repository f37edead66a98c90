package keys

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
)

// Recovered reports whether the seat was opened with its recovery words. Whoever
// needed them has no passphrase: [Seat.ChangePassphrase] gives them one.
func (s *Seat) Recovered() bool { return s.recovered }

// HasRecovery reports whether there are recovery words that open this seat.
func (s *Seat) HasRecovery() bool {
	if s.ring == nil || s.ring.recovery == ([32]byte{}) {
		return false
	}
	s.file.mu.Lock()
	defer s.file.mu.Unlock()
	return s.recoveryStands(s.file.now)
}

// recoveryStands reports whether the slot of the recovery words is the one that
// the ring remembers.
func (s *Seat) recoveryStands(b body) bool {
	return sha256.Sum256(b.slot(s.recoverySlot())) == s.ring.recovery
}

func (s *Seat) recoverySlot() int { return firstRecovery + int(s.ring.Seat) }

// NewRecovery makes recovery words for this seat, which open it as its passphrase
// does, both compartments, and returns them: they are kept nowhere. Earlier ones
// open nothing any more in this file. In an older copy of it they still do; for
// that there is [Seat.ChangePassphrase].
//
// passphrase is what opens the seat now, the passphrase or the earlier words: a
// session that somebody left open must not be enough to make a second way in. If
// it is not, the error is [ErrWrongPassphrase].
func (s *Seat) NewRecovery(ctx context.Context, passphrase []byte) (words string, err error) {
	if s.ring == nil {
		return "", ErrClosed
	}
	s.file.mu.Lock()
	defer s.file.mu.Unlock()
	var stepUp [32]byte
	defer clear(stepUp[:])
	if err := s.verify(ctx, passphrase, &stepUp); err != nil {
		return "", fmt.Errorf("make recovery words: %w", err)
	}
	words, root, err := s.drawRecovery(ctx)
	if err != nil {
		return "", fmt.Errorf("make recovery words: %w", err)
	}
	defer clear(root)
	before := s.ring.recovery
	if err := s.write(func(b body) error { s.sealRecovery(b, root, &stepUp); return nil }); err != nil {
		s.ring.recovery = before
		return "", err
	}
	return words, nil
}

// drawRecovery draws words and stretches them.
func (s *Seat) drawRecovery(ctx context.Context) (words string, root []byte, err error) {
	if words, err = newRecoveryWords(); err != nil {
		return "", nil, err
	}
	root, err = stretch(ctx, []byte(words), s.file.now.salt(), s.file.now.params())
	return words, root, err
}

// sealRecovery fills the slot of the recovery words, and remembers what is in it:
// somebody who overwrites it is noticed before the words are needed.
func (s *Seat) sealRecovery(b body, root []byte, stepUp *[32]byte) {
	sealSlot(b, s.recoverySlot(), root, s.ring.keys.seed, stepUp)
	s.ring.recovery = sha256.Sum256(b.slot(s.recoverySlot()))
}

// verify checks that what was typed opens this seat, by its passphrase or its
// recovery words, and gives the step-up secret behind it. f.mu is held.
func (s *Seat) verify(ctx context.Context, typed []byte, stepUp *[32]byte) error {
	normal, err := normalize(typed)
	if err != nil {
		return err
	}
	defer clear(normal)
	root, err := stretch(ctx, normal, s.file.now.salt(), s.file.now.params())
	if err != nil {
		return err
	}
	defer clear(root)
	var seed [32]byte
	defer clear(seed[:])
	slot, err := openSlots(s.file.now, root, &seed)
	switch {
	case err != nil:
		return err
	case slot != int(s.ring.Seat) && slot != s.recoverySlot(): // another's, or none
		return wrong(normal)
	case seed != *s.ring.keys.seed:
		return fmt.Errorf("%w: the slot is another", ErrChanged)
	}
	return openStepUp(s.file.now, slot, root, stepUp)
}

// Verify checks that passphrase opens this seat, by its passphrase or its recovery
// words: [ErrWrongPassphrase] if not.
func (s *Seat) Verify(ctx context.Context, passphrase []byte) error {
	if s.ring == nil {
		return ErrClosed
	}
	s.file.mu.Lock()
	defer s.file.mu.Unlock()
	var stepUp [32]byte
	defer clear(stepUp[:])
	return s.verify(ctx, passphrase, &stepUp)
}

// wrong is the error for a text that does not open what it should.
func wrong(normal []byte) error {
	if mistyped(normal) {
		return errors.Join(ErrWrongPassphrase, ErrMistyped)
	}
	return ErrWrongPassphrase
}
