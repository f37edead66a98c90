package keys

import (
	"context"
	"errors"
	"fmt"
)

// StepUp is the second compartment of a slot, opened: a secret that wraps the keys
// of drawers which an unlocked session alone is not to open. It is not kept after
// unlocking; whoever needs it types the passphrase again.
type StepUp struct {
	memory Secret
	key    *[32]byte // derived from the secret
	vault  body      // its header
}

const (
	wrapLabel = "ebb/keys/1 wrap"

	// WrappedSize is the size of a wrapped key in bytes.
	WrappedSize = nonceSize + 32 + tagSize
)

var errWrapped = errors.New("a wrapped key does not open")

// StepUp opens the second compartment with what opens the first, the passphrase or
// the recovery words; both give the same secret. [ErrWrongPassphrase] if it is
// another's or none.
func (s *Seat) StepUp(ctx context.Context, passphrase []byte) (*StepUp, error) {
	if s.ring == nil {
		return nil, ErrClosed
	}
	s.file.mu.Lock()
	defer s.file.mu.Unlock()
	memory, err := s.file.options.memory(32)
	if err != nil {
		return nil, fmt.Errorf("step up: %w", err)
	}
	u := &StepUp{memory: memory, key: (*[32]byte)(memory.Bytes()), vault: append(body(nil), s.file.now.header()...)}
	if err := s.verify(ctx, passphrase, u.key); err != nil {
		return nil, errors.Join(fmt.Errorf("step up: %w", err), u.Close())
	}
	wrap := derive(u.vault, u.key[:], 32, wrapLabel)
	defer clear(wrap)
	copy(u.key[:], wrap)
	return u, nil
}

// Wrap seals the key of the drawer id, [WrappedSize] bytes, to be stored wherever
// the session can read it.
func (u *StepUp) Wrap(id [16]byte, key *[32]byte) ([]byte, error) {
	if u.memory == nil {
		return nil, ErrClosed
	}
	nonce := make([]byte, nonceSize, WrappedSize)
	random(nonce)
	return seal(nonce, u.key[:], nonce, key[:], u.aad(id)), nil
}

// Unwrap undoes Wrap. A key that was wrapped for another drawer, in another vault
// or under another's secret is an error.
func (u *StepUp) Unwrap(id [16]byte, wrapped []byte, key *[32]byte) error {
	if u.memory == nil {
		return ErrClosed
	}
	if len(wrapped) != WrappedSize {
		return errWrapped
	}
	plain, err := unseal(nil, u.key[:], wrapped[:nonceSize], wrapped[nonceSize:], u.aad(id))
	if err != nil {
		return errWrapped
	}
	copy(key[:], plain)
	clear(plain)
	return nil
}

// aad names the vault, the purpose and the drawer.
func (u *StepUp) aad(id [16]byte) []byte {
	return append(aad(u.vault, forWrapped, 0, 0, 0), id[:]...)
}

// Close wipes the secret.
func (u *StepUp) Close() error {
	if u.memory == nil {
		return nil
	}
	clear(u.key[:])
	memory := u.memory
	u.memory, u.key = nil, nil
	return memory.Close()
}
