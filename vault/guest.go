package vault

import (
	"context"
	"errors"

	"ebb/vault/drawer"
	"ebb/vault/keys"
)

// ErrAlreadyHere: the passphrase is that of somebody who is here already.
var ErrAlreadyHere = errors.New("this person is here already")

// A Guest is another person of the vault who sat down beside the one whose session
// it is, with a passphrase of their own, for something that all of them do together.
// Only their private drawer can be asked for.
type Guest struct {
	session *Session
}

// Admit opens another person's seat beside this session's. Who sat down twice, or is
// the session's own person, gets ErrAlreadyHere; whatever opens no seat, an
// invitation's words included, ErrWrongPassphrase.
func (s *Session) Admit(ctx context.Context, passphrase []byte, here ...*Guest) (*Guest, error) {
	if _, err := s.named(); err != nil {
		return nil, err
	}
	seat, invitation, err := s.vault.file.Unlock(ctx, passphrase)
	if err != nil {
		return nil, keysError(err)
	}
	if invitation != nil {
		return nil, errors.Join(ErrWrongPassphrase, invitation.Close())
	}
	number := seat.Ring().Seat
	taken := number == s.number
	for _, g := range here {
		taken = taken || g.Seat() == number
	}
	if taken {
		return nil, errors.Join(ErrAlreadyHere, seat.Close())
	}
	guest := s.vault.session(seat)
	if err := s.backUpBeforeAdmitting(ctx, guest); err != nil {
		return nil, errors.Join(err, seat.Close())
	}
	return &Guest{guest}, nil
}

// Seat returns the number of the guest's seat.
func (g *Guest) Seat() uint8 { return g.session.Seat() }

// Members returns everybody who has a seat, as far as the guest's ring knows.
func (g *Guest) Members() []keys.Member { return g.session.Members() }

// Private opens the guest's private drawer.
func (g *Guest) Private(ctx context.Context) (*drawer.Drawer, error) { return g.session.Private(ctx) }

// Leave closes the guest's drawer, remembers the state in which it was left and
// wipes the ring. Files are evened when the session that admitted the guest locks.
func (g *Guest) Leave() error {
	s := g.session
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.locked {
		return nil
	}
	s.locked = true
	return errors.Join(s.shut(), s.seat.Close())
}
