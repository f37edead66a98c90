package vault

import (
	"context"
	"errors"
	"path/filepath"
	"slices"

	"ebb/vault/drawer"
	"ebb/vault/keys"
)

// HasRecovery reports whether there are recovery words for this person's seat.
func (s *Session) HasRecovery() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return !s.locked && s.seat.HasRecovery()
}

// Recovered reports whether the session was opened with recovery words, and the
// passphrase was not changed since. Whoever needed the words wants a new one.
func (s *Session) Recovered() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.seat.Recovered()
}

// NewRecovery makes recovery words: ten words and a check word, which are typed
// where the passphrase is and open everything that it opens. They are returned this
// once and kept nowhere. Earlier words end.
//
// passphrase is what opens the seat now, the passphrase or the earlier words: an
// open window is not enough to make a second way in. ErrWrongPassphrase if it is
// not.
func (s *Session) NewRecovery(ctx context.Context, passphrase []byte) (words string, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.locked {
		return "", ErrLocked
	}
	if words, err = s.seat.NewRecovery(ctx, passphrase); err != nil {
		return "", s.present(keysError(err))
	}
	return words, nil
}

// ChangePassphrase gives this person's seat a new passphrase, and new keys to
// everything that they write to: their ring, their private drawer and the shared
// drawer in use are copied or written anew, so that an older copy of the key file
// opens, with the old passphrase, nothing of what is written from now on. It
// returns new recovery words if there were any, "" otherwise.
//
// In a practice it is the ring and the practice drawer that get new keys. Drawers that
// are entrusted to that keep theirs: an older copy of the whole folder and the old
// passphrase still give those.
//
// current is the passphrase or the recovery words: ErrWrongPassphrase if it does
// not open this seat. A fresh one that opens anything here already is
// ErrWeakPassphrase. progress is called with bytes done and to do; it may be nil.
//
// The session goes on with the new drawers: [Session.Private] and [Session.Circle]
// give them. If the very last write fails the session is over (ErrLocked), and the
// next opening finds the old passphrase in force, with everything, or the new one.
func (s *Session) ChangePassphrase(ctx context.Context, current, fresh []byte, progress func(done, total int64)) (recovery string, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.locked {
		return "", ErrLocked
	}
	change, err := s.seat.Change(ctx, current, fresh)
	if err != nil {
		return "", s.present(keysError(err))
	}
	defer change.Close()
	if err := s.backUpFirst(ctx); err != nil {
		return "", err
	}
	roles := []keys.Role{keys.Private}
	if s.kind == keys.Practice {
		roles[0] = keys.Caseload
	} else if _, err := s.openInUse(ctx, keys.Shared); err == nil {
		roles = append(roles, keys.Shared)
	} else if !errors.Is(err, ErrDamaged) { // what is damaged cannot be written to, so it needs no new key
		return "", err
	}
	su, err := s.prepare(ctx, roles...)
	if err != nil {
		return "", err
	}
	err = su.run(ctx, progress, func() (err error) {
		var shared *keys.Drawer
		if len(su.heirs) > 1 {
			shared = su.heirs[1].new
		}
		recovery, err = change.Apply(su.heirs[0].new, shared)
		return err
	})
	if err != nil {
		return "", err
	}
	s.destroyLater(ctx)
	return recovery, nil
}

// Rekey puts a copy of the shared drawer under a new key in its place, for
// everybody who is still there. The others find the key in their inbox when they
// come; the old drawer goes when all of them have opened the new one. A one-time
// code that is in force ends. progress is called with bytes done and to do; it may
// be nil.
//
// ErrNotHome in a practice, which shares nothing.
// ErrAway: it was done too often while somebody has not been here. If the very
// last write fails the session is over, as with [Session.ChangePassphrase].
func (s *Session) Rekey(ctx context.Context, progress func(done, total int64)) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.locked {
		return ErrLocked
	}
	if s.kind != keys.Home {
		return ErrNotHome
	}
	if err := s.rekey(ctx, progress); err != nil {
		return err
	}
	s.destroyLater(ctx)
	return nil
}

func (s *Session) rekey(ctx context.Context, progress func(done, total int64)) error {
	if err := s.backUpFirst(ctx); err != nil {
		return err
	}
	su, err := s.prepare(ctx, keys.Shared)
	if err != nil {
		return err
	}
	return su.run(ctx, progress, func() error { return s.seat.Rekey(su.heirs[0].new) })
}

// destroyLater destroys what is doomed now, or at the next opening: what was asked
// for is done already.
func (s *Session) destroyLater(ctx context.Context) { _ = s.destroy(ctx) }

// Settle finishes what could not be finished before: it destroys files that nobody
// needs, and puts a new key to the shared drawer if somebody who left has the old
// one. It is called once when a session begins, after the person's private drawer
// was opened. A shared drawer that is damaged, or a disk without room, keeps nobody
// from their own: then it is tried again the next time.
func (s *Session) Settle(ctx context.Context, progress func(done, total int64)) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.locked {
		return ErrLocked
	}
	if s.seat.Ring().RekeyDue() {
		err := s.rekey(ctx, progress)
		if err != nil && (s.locked || !errors.Is(err, ErrDamaged) && !errors.Is(err, ErrFull) && !errors.Is(err, ErrAway)) {
			return err
		}
	}
	if s.seat.Settle() {
		if err := s.seat.Save(); err != nil {
			return s.present(keysError(err))
		}
	}
	return s.destroy(ctx)
}

// Leave destroys this person's seat: their slots and their ring in the key file, and
// every drawer that they alone open, which leaves a placeholder of random bytes. The
// others are told by a message that nobody else can sign. What they share stays, and
// gets a new key when one of them comes. Older copies of the folder, and backups,
// still open as before.
//
// passphrase is this person's, or their recovery words; ErrWrongPassphrase leaves
// everything as it was and the session open, and so does ErrNotHome: who gives up a
// practice destroys its cases, or its folder. In all other cases the session is over.
// An error says that the seat is still there, or that it is gone and a file of it
// could not be overwritten; unlocking tells which.
func (s *Session) Leave(ctx context.Context, passphrase []byte) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.locked {
		return ErrLocked
	}
	if s.kind != keys.Home {
		return ErrNotHome
	}
	if err := s.seat.Verify(ctx, passphrase); err != nil {
		return s.present(keysError(err))
	}
	mine := s.mine()
	var errs []error
	for _, d := range s.opened {
		errs = append(errs, drawerError(d.Close()))
	}
	clear(s.opened)
	if err := s.seat.Leave(); err != nil {
		return errors.Join(append(errs, s.present(keysError(err)), s.end())...)
	}
	// Nobody can open these any more. That they were overwritten, too, is for the
	// case that somebody has an older copy of the key file.
	for _, d := range mine {
		unmake := drawer.Remove
		if d.Keep {
			unmake = drawer.Scramble
		}
		errs = append(errs, unmake(context.WithoutCancel(ctx), filepath.Join(s.vault.dir, d.Name)))
	}
	errs = append(errs, even(s.vault.dir, s.vault.o.now()), s.end())
	return errors.Join(errs...)
}

// mine are the files that nobody needs when this person has left.
func (s *Session) mine() []keys.Doomed {
	ring := s.seat.Ring()
	files := slices.Clone(ring.Doomed)
	alone := len(ring.Present()) == 1
	for _, d := range ring.Drawers {
		if d.Name != "" && (alone || slices.Equal(d.Seats, []uint8{ring.Seat})) {
			files = append(files, keys.Doomed{Name: d.Name, Keep: true})
		}
	}
	return files
}

// end ends the session without saving the ring. s.mu is held.
func (s *Session) end() error {
	s.locked = true
	var errs []error
	for _, d := range s.opened {
		errs = append(errs, drawerError(d.Close()))
	}
	clear(s.opened)
	return errors.Join(append(errs, s.seat.Close(), s.vault.Close())...)
}

// Confirm checks that passphrase is this person's, or their recovery words, and opens
// nothing: [ErrWrongPassphrase] if it is not.
func (s *Session) Confirm(ctx context.Context, passphrase []byte) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.locked {
		return ErrLocked
	}
	if err := s.seat.Verify(ctx, passphrase); err != nil {
		return s.present(keysError(err))
	}
	return nil
}

// StepUp is the second compartment of a seat, opened with its passphrase: it wraps
// the keys of drawers that an open session alone is not to open.
type StepUp = keys.StepUp

// StepUp opens the second compartment of this person's seat. passphrase is theirs,
// or their recovery words; both give the same. Whoever asked closes it.
func (s *Session) StepUp(ctx context.Context, passphrase []byte) (*StepUp, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.locked {
		return nil, ErrLocked
	}
	u, err := s.seat.StepUp(ctx, passphrase)
	if err != nil {
		return nil, s.present(keysError(err))
	}
	return u, nil
}
