package home

import (
	"context"
	"errors"

	"ebb/exercises"
	"ebb/vault/drawer"
)

// A Run is an exercise that is under way: which, and at which step. Nothing else is
// kept of it, and nothing at all once it has ended.
type Run struct {
	Exercise string
	Step     int // from 0; the number of steps and beyond is the closing
	Alone    bool
}

// Begin notes that an exercise is under way. One for this person alone is noted in
// their private drawer, any other in the shared one. Of each kind there is one at a
// time: a new one takes its place.
func (m *Menu) Begin(ctx context.Context, e *exercises.Exercise) (Run, error) {
	r := Run{Exercise: e.ID, Alone: e.Who == exercises.Alone}
	return r, m.note(ctx, r)
}

// At notes which step a run has come to.
func (m *Menu) At(ctx context.Context, r Run, step int) (Run, error) {
	r.Step = step
	return r, m.note(ctx, r)
}

func (m *Menu) note(ctx context.Context, r Run) error {
	k, err := m.runsIn(r.Alone)
	if err != nil {
		return err
	}
	return k.Update(ctx, func(tx *drawer.Tx) error {
		_, err := tx.Exec(ctx, `INSERT INTO run (one, exercise, step, day) VALUES (1, ?1, ?2, ?3)
			ON CONFLICT (one) DO UPDATE SET exercise = ?1, step = ?2, day = ?3`, r.Exercise, r.Step, m.today().String())
		return err
	})
}

func (m *Menu) runsIn(alone bool) (kept, error) {
	if alone {
		return m.private, nil
	}
	return m.shared.drawer, m.shared.err
}

// UnderWay returns the run that was under way today when the vault was last closed,
// or ErrNotFound. One for this person alone comes first. What was begun on another
// day has ended.
func (m *Menu) UnderWay(ctx context.Context) (Run, error) {
	for _, alone := range []bool{true, false} {
		k, err := m.runsIn(alone)
		if err != nil {
			return Run{}, err
		}
		r := Run{Alone: alone}
		var day string
		err = k.View(ctx, func(tx *drawer.Tx) error {
			return notFound(tx.QueryRow(ctx, `SELECT exercise, step, day FROM run`).Scan(&r.Exercise, &r.Step, &day))
		})
		switch {
		case err == nil && day == m.today().String():
			return r, nil
		case err != nil && !errors.Is(err, ErrNotFound):
			return Run{}, err
		}
	}
	return Run{}, ErrNotFound
}

// End forgets a run: it was finished, stopped, or put back. All three leave nothing.
func (m *Menu) End(ctx context.Context, r Run) error {
	k, err := m.runsIn(r.Alone)
	if err != nil {
		return err
	}
	return k.Update(ctx, func(tx *drawer.Tx) error {
		_, err := tx.Exec(ctx, `DELETE FROM run`)
		return err
	})
}
