package vault

import (
	"context"
	"errors"
	"slices"

	"ebb/vault/keys"
)

// Invite makes a one-time code for one more person and returns its words. Only
// one invitation is open at a time; a new code takes the place of the last.
//
// The code goes to the new person by word of mouth. Whoever types it can take a
// seat and read what is shared from then on, and nothing that was there before.
//
// names are what the persons are called now, by seat. ErrNotHome in a practice.
func (s *Session) Invite(names map[uint8]string) (code string, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.locked {
		return "", ErrLocked
	}
	if s.kind != keys.Home {
		return "", ErrNotHome
	}
	if code, err = s.seat.Invite(names); err != nil {
		return "", s.present(keysError(err))
	}
	return code, nil
}

// An Invitation is an open one-time code: it admits one new person and opens
// nothing that was there.
type Invitation struct {
	vault      *Vault
	invitation *keys.Invitation
}

// Members returns those who are already there, in the order in which they
// joined.
func (i *Invitation) Members() []keys.Member {
	return slices.DeleteFunc(i.invitation.Members(), func(m keys.Member) bool { return m.Left })
}

// Join takes the seat: it makes the new person's private drawer and a new shared
// drawer for everybody, and then, in one write of the key file, a slot for their
// passphrase, the others' keys to the new shared drawer, and random bytes in
// place of the code. A crash before that write leaves the code usable.
//
// The code's words are not accepted as the passphrase, nor is one that opens any
// other slot: ErrWeakPassphrase.
func (i *Invitation) Join(ctx context.Context, passphrase []byte, name string) (*Session, error) {
	v := i.vault
	seat, err := i.invitation.Join(ctx, passphrase, name, func(r *keys.Ring) error {
		// The private drawer may stand under the placeholder's name, whose random
		// bytes it replaces.
		if err := build(ctx, v.dir, r, v.o); err != nil {
			return err
		}
		return syncFolder(v.dir)
	})
	if err != nil {
		return nil, keysError(err)
	}
	return v.session(seat), nil
}

// Close forgets an invitation that was not used and releases the vault's lock.
func (i *Invitation) Close() error {
	return errors.Join(i.invitation.Close(), i.vault.Close())
}
