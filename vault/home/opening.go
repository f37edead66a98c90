package home

import (
	"context"
	"errors"

	"ebb/exercises"
	"ebb/vault"
	"ebb/vault/drawer"
)

// ErrNoOpening: the exercise asks for no opening; it begins with the spoken check.
var ErrNoOpening = errors.New("this exercise is not opened beforehand")

// Open says, for this person and until the end of the day, that they are open to an
// exercise. It lies in their private drawer, and nobody is told.
func (m *Menu) Open(ctx context.Context, id string) error {
	item, err := m.Find(ctx, id)
	if err != nil {
		return err
	}
	if !item.NeedsOpening() {
		return ErrNoOpening
	}
	return m.private.Update(ctx, func(tx *drawer.Tx) error {
		_, err := tx.Exec(ctx, `INSERT INTO opening (exercise, day) VALUES (?1, ?2) ON CONFLICT (exercise) DO UPDATE SET day = ?2`, id, m.today().String())
		return err
	})
}

// Close takes an opening back, at once and without a trace.
func (m *Menu) Close(ctx context.Context, id string) error {
	return m.private.Update(ctx, func(tx *drawer.Tx) error {
		_, err := tx.Exec(ctx, `DELETE FROM opening WHERE exercise = ?`, id)
		return err
	})
}

// Opened reports whether this person's opening is in force today.
func (m *Menu) Opened(ctx context.Context, id string) (opened bool, err error) {
	err = m.private.View(ctx, func(tx *drawer.Tx) error {
		opened, err = openedIn(ctx, tx, id, m.today())
		return err
	})
	return opened, err
}

// openedIn reads one opening from somebody's private drawer.
func openedIn(ctx context.Context, tx *drawer.Tx, id string, today exercises.Day) (bool, error) {
	var day string
	err := notFound(tx.QueryRow(ctx, `SELECT day FROM opening WHERE exercise = ?`, id).Scan(&day))
	if errors.Is(err, ErrNotFound) {
		return false, nil
	}
	return day == today.String(), err
}

// RestMine lets all openings of this person rest until they end it, or ends it:
// none of them counts meanwhile. Nothing is written where anybody else can see it.
func (m *Menu) RestMine(ctx context.Context, rest bool) error {
	return m.private.Update(ctx, func(tx *drawer.Tx) error {
		if !rest {
			_, err := tx.Exec(ctx, `DELETE FROM own_rest`)
			return err
		}
		_, err := tx.Exec(ctx, `INSERT INTO own_rest (one, since) VALUES (1, ?) ON CONFLICT DO NOTHING`, m.today().String())
		return err
	})
}

// MineRest reports whether this person's openings rest.
func (m *Menu) MineRest(ctx context.Context) (rest bool, err error) {
	err = m.private.View(ctx, func(tx *drawer.Tx) error {
		rest, err = ownRestIn(ctx, tx)
		return err
	})
	return rest, err
}

func ownRestIn(ctx context.Context, tx *drawer.Tx) (rest bool, err error) {
	err = tx.QueryRow(ctx, `SELECT count(*) > 0 FROM own_rest`).Scan(&rest)
	return rest, err
}

// arrive is what every visit does: openings of other days are forgotten, what was set
// before somebody joined is carried over, and rests are drawn.
func (m *Menu) arrive(ctx context.Context) error {
	err := m.forgetOpenings(ctx)
	if err == nil {
		err = m.carryOver(ctx)
	}
	if err == nil {
		err = m.drawRests(ctx)
	}
	if errors.Is(err, vault.ErrFull) {
		return nil // somebody who needs room must be able to open what takes it
	}
	return err
}

// forgetOpenings removes openings of days that have passed: they were for that day.
func (m *Menu) forgetOpenings(ctx context.Context) error {
	return m.private.Update(ctx, func(tx *drawer.Tx) error {
		_, err := tx.Exec(ctx, `DELETE FROM opening WHERE day <> ?`, m.today().String())
		return err
	})
}
