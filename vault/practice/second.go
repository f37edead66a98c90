package practice

import (
	"context"
	"errors"
	"sync"
	"time"

	"ebb/vault"
)

// StepUpTime is how long the second unlock lasts. Using it does not make it longer.
const StepUpTime = 15 * time.Minute

// second is the second unlock: the opened second compartment of the seat, while it
// lasts.
type second struct {
	mu    sync.Mutex
	up    *vault.StepUp
	began time.Time
	over  bool            // somebody asked when the time was up; no clock brings it back
	files map[string]bool // apart drawers that were opened in this time
	now   func() time.Time
}

// StepUp is the second unlock, with the passphrase (or the recovery words) typed once
// more. It lasts StepUpTime from now; doing it again begins that anew.
// vault.ErrWrongPassphrase leaves everything as it was.
func (p *Practice) StepUp(ctx context.Context, passphrase []byte) error {
	up, err := p.session.StepUp(ctx, passphrase)
	if err != nil {
		return err
	}
	if err := p.tell(ctx, event{verb: SteppedUp, class: ClassApart}); err != nil {
		return errors.Join(err, up.Close())
	}
	s := &p.second
	s.mu.Lock()
	defer s.mu.Unlock()
	earlier := s.up
	s.up, s.began, s.over = up, s.now(), false
	if s.files == nil {
		s.files = map[string]bool{}
	}
	if earlier != nil {
		return earlier.Close()
	}
	return nil
}

// Confirm checks the passphrase (or the recovery words) and opens nothing: it is asked
// of whoever takes the computer back. vault.ErrWrongPassphrase if it is not the
// practitioner's. The audit is not told: nothing was done.
func (p *Practice) Confirm(ctx context.Context, passphrase []byte) error {
	return p.session.Confirm(ctx, passphrase)
}

// StepUpUntil returns when the second unlock ends; the zero time if it is not in
// force.
func (p *Practice) StepUpUntil() time.Time {
	s := &p.second
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.holds() {
		return time.Time{}
	}
	return s.began.Add(StepUpTime)
}

// holds reports whether the second unlock is in force. A clock that went back ends
// it: otherwise setting the clock would make it longer. So does the time that passed
// while the computer slept, of which Go's monotonic clock, by which two instants of one
// process are compared, knows nothing. s.mu is held.
func (s *second) holds() bool {
	if s.up == nil || s.over {
		return false
	}
	now := s.now()
	passed, onTheWall := now.Sub(s.began), now.Round(0).Sub(s.began.Round(0))
	s.over = min(passed, onTheWall) < 0 || max(passed, onTheWall) >= StepUpTime
	return !s.over
}

// Expire ends the second unlock if its time is up, and reports whether it did. The
// window calls it every now and then, after what was being written was sealed; whether
// it did or not, nothing behind the second unlock answers when the time is up, and only
// [Notes.SealDraft] writes.
func (p *Practice) Expire(ctx context.Context) (ended bool, err error) {
	p.second.mu.Lock()
	ended = p.second.up != nil && !p.second.holds()
	p.second.mu.Unlock()
	if !ended {
		return false, nil
	}
	return true, p.StepDown(ctx)
}

// StepDown ends the second unlock at once: the apart drawers are closed, and the
// secret is wiped. What is being written in one of them waits for its commit.
func (p *Practice) StepDown(ctx context.Context) error {
	s := &p.second
	s.mu.Lock()
	up, files := s.up, s.files
	s.up, s.files = nil, nil
	s.mu.Unlock()
	if up == nil {
		return nil
	}
	errs := []error{up.Close()}
	for file := range files {
		errs = append(errs, p.closeDrawer(ctx, file))
	}
	return errors.Join(errs...)
}

// sealing is using for the last words of somebody who was writing when the time was up,
// or the computer asleep: until StepDown wipes the secret.
func (s *second) sealing(fn func(*vault.StepUp) error) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.up == nil {
		return ErrStepUp
	}
	return fn(s.up)
}

// using runs fn with the second compartment if the second unlock is in force, and is
// ErrStepUp otherwise.
func (s *second) using(fn func(*vault.StepUp) error) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.holds() {
		return ErrStepUp
	}
	return fn(s.up)
}
