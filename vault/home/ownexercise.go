package home

import (
	"context"
	"errors"
	"fmt"

	"ebb/exercises"
	"ebb/vault/drawer"
)

// MaxOwn is how many exercises of their own the people of a home can have.
const MaxOwn = 1000

// ErrTooMany: there is no room for another exercise of one's own.
var ErrTooMany = errors.New("there is no room for more exercises")

// Add puts an exercise of their own on everybody's menu, from its file, and returns
// it. One with the same id takes the place of the earlier one. A file that lacks a
// field that keeps people safe is refused, with everything that is wrong
// ([exercises.Exercise.Check]).
func (m *Menu) Add(ctx context.Context, text []byte) (*exercises.Exercise, error) {
	if m.shared.err != nil {
		return nil, m.shared.err
	}
	e, err := exercises.Parse(text)
	if err != nil {
		return nil, err
	}
	if m.library.Find(e.ID) != nil {
		return nil, fmt.Errorf("%w: the library has one with the id %s", exercises.ErrNotExercise, e.ID)
	}
	return e, m.shared.drawer.Update(ctx, func(tx *drawer.Tx) error {
		var others int
		if err := tx.QueryRow(ctx, `SELECT count(*) FROM own_exercise WHERE id <> ?`, e.ID).Scan(&others); err != nil {
			return err
		}
		if others >= MaxOwn {
			return ErrTooMany
		}
		_, err := tx.Exec(ctx, `INSERT INTO own_exercise (id, text, added_on) VALUES (?1, ?2, ?3) ON CONFLICT (id) DO UPDATE SET text = ?2`,
			e.ID, string(text), m.today().String())
		return err
	})
}

// Remove takes an exercise of their own away for good.
func (m *Menu) Remove(ctx context.Context, id string) error {
	if m.shared.err != nil {
		return m.shared.err
	}
	for _, c := range m.circles {
		if c.err != nil {
			continue
		}
		err := c.drawer.Update(ctx, func(tx *drawer.Tx) error {
			_, err := tx.Exec(ctx, `DELETE FROM own_exercise WHERE id = ?`, id)
			return err
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// ownIn adds the exercises of their own that are in one circle to those of newer ones,
// which count. One that was spoiled is left out.
func (m *Menu) ownIn(ctx context.Context, tx *drawer.Tx, all map[string]*exercises.Exercise) error {
	rows, err := tx.Query(ctx, `SELECT text FROM own_exercise`)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var text string
		if err := rows.Scan(&text); err != nil {
			return err
		}
		if e, err := m.parsed(text); err == nil && all[e.ID] == nil {
			all[e.ID] = e
		}
	}
	return rows.Err()
}

// parsed reads an exercise, from memory if it was read before: five hundred of them
// are read for every page of the menu.
func (m *Menu) parsed(text string) (*exercises.Exercise, error) {
	if e := m.read[text]; e != nil {
		return e, nil
	}
	e, err := exercises.Parse([]byte(text))
	if err != nil {
		return nil, err
	}
	if m.read == nil || len(m.read) > MaxOwn {
		m.read = map[string]*exercises.Exercise{}
	}
	m.read[text] = e
	return e, nil
}
