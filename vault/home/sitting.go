package home

import (
	"context"
	"errors"
	"slices"

	"ebb/exercises"
	"ebb/vault"
	"ebb/vault/drawer"
)

// A Sitting is everybody of a home, sitting down for one exercise. It was named
// before anybody joined, and one answer comes out, the same for the rest of the day.
// While it lasts, nothing private of anybody is read but whether they opened this
// exercise.
type Sitting struct {
	menu     *Menu
	exercise *exercises.Exercise
	guests   []*vault.Guest
}

// SitDown begins a sitting for an exercise that needs openings. Whether there is such
// an exercise for these people is part of the answer: the id may be any of the
// library's.
func (m *Menu) SitDown(id string) (*Sitting, error) {
	e := m.library.Find(id)
	if e == nil {
		return nil, ErrNoExercise
	}
	if !e.NeedsOpening() {
		return nil, ErrNoOpening
	}
	return &Sitting{menu: m, exercise: e}, nil
}

// Join lets one more person sit down, with their own passphrase, and returns their
// seat.
func (s *Sitting) Join(ctx context.Context, passphrase []byte) (uint8, error) {
	g, err := s.menu.session.Admit(ctx, passphrase, s.guests...)
	if err != nil {
		return 0, err
	}
	s.guests = append(s.guests, g)
	return g.Seat(), nil
}

// Missing returns the seats of those who have not sat down. It is not kept.
func (s *Sitting) Missing() []uint8 {
	var missing []uint8
	for _, m := range s.menu.session.Members() {
		here := m.Seat == s.menu.seat || slices.ContainsFunc(s.guests, func(g *vault.Guest) bool { return g.Seat() == m.Seat })
		if !here {
			missing = append(missing, m.Seat)
		}
	}
	return missing
}

// Start reports whether the exercise starts, and lets all guests go, whatever
// happens. The same question on the same day has the same answer: what does not start
// rests until tomorrow, as it does by itself on some days.
//
// Whether it rests by itself is drawn before openings are read, and openings are read
// whether or not it rests.
func (s *Sitting) Start(ctx context.Context) (bool, error) {
	start, err := s.start(ctx)
	if err := errors.Join(err, s.Leave()); err != nil {
		return false, err
	}
	return start, nil
}

func (s *Sitting) start(ctx context.Context) (bool, error) {
	m, today := s.menu, s.menu.today()
	if len(s.Missing()) > 0 {
		return false, ErrNotAllHere
	}
	sitting := exercises.Sitting{Exercise: s.exercise}
	var err error
	if sitting.Rests, err = m.restsToday(ctx, s.exercise.ID); err != nil {
		return false, err
	}
	if item, err := m.Find(ctx, s.exercise.ID); err == nil {
		sitting.Offered, sitting.Within = item.State == Offered, true
	} else if !errors.Is(err, ErrNoExercise) {
		return false, err
	}
	document, err := m.consentDocument(ctx)
	if err != nil {
		return false, err
	}
	parts := []viewer{m.private}
	for _, g := range s.guests {
		d, err := g.Private(ctx)
		if err != nil {
			return false, err
		}
		parts = append(parts, d)
	}
	for _, private := range parts {
		part, err := partIn(ctx, private, s.exercise.ID, document, today)
		if err != nil {
			return false, err
		}
		sitting.Parts = append(sitting.Parts, part)
	}
	start := sitting.Start()
	if start || sitting.Rests {
		return start, nil
	}
	return false, m.shared.drawer.Update(ctx, func(tx *drawer.Tx) error {
		return addRest(ctx, tx, s.exercise.ID, today, exercises.ShortestRest)
	})
}

// ErrNotAllHere: somebody of the home has not sat down.
var ErrNotAllHere = errors.New("not everybody has sat down")

// A viewer is somebody's private drawer, to be read.
type viewer interface {
	View(ctx context.Context, fn func(*drawer.Tx) error) error
}

// partIn reads from one person's private drawer what they bring to a sitting: nothing
// but whether they opened the exercise and agree to the document that is in force.
func partIn(ctx context.Context, private viewer, id string, document Document, today exercises.Day) (part exercises.Part, err error) {
	err = private.View(ctx, func(tx *drawer.Tx) (err error) {
		if part.Opened, err = openedIn(ctx, tx, id, today); err != nil {
			return err
		}
		if part.Resting, err = ownRestIn(ctx, tx); err != nil {
			return err
		}
		part.Consented, err = consentedIn(ctx, tx, document)
		return err
	})
	return part, err
}

// Leave lets all guests go: their drawers are closed. It may be called again.
func (s *Sitting) Leave() error {
	var errs []error
	for _, g := range s.guests {
		errs = append(errs, g.Leave())
	}
	s.guests = nil
	return errors.Join(errs...)
}
