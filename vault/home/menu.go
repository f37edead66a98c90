package home

import (
	"context"
	"errors"
	"maps"
	"slices"
	"time"

	"ebb/exercises"
	"ebb/vault"
	"ebb/vault/drawer"
)

// Menu is what the people of a home can try: the library's exercises as far as they
// stand on their menu, and their own.
type Menu struct {
	library *exercises.Library
	seat    uint8
	session *vault.Session
	private kept
	shared  circle   // the newest
	circles []circle // all, the newest first
	now     func() time.Time
	read    map[string]*exercises.Exercise // their own, by text
}

// ItemState says how an exercise stands on the menu.
type ItemState string

// The states. An exercise without one stands on the menu if it is self-serve, and is
// absent otherwise.
const (
	Offered ItemState = "offered"
	Resting ItemState = "resting"
	Retired ItemState = "retired"
)

// An Item is an exercise that stands on the menu, as this person sees it.
type Item struct {
	*exercises.Exercise
	State  ItemState // Offered or Resting
	Note   string    // a practitioner's, to the people; may be empty
	Since  string    // YYYY-MM-DD, if the state was ever changed
	Own    bool      // an exercise of their own
	Hidden bool      // put out of this person's sight
}

// A Change of the menu, as its history tells it: what and when, never by whom.
type Change struct {
	Exercise string
	State    ItemState
	Day      string // YYYY-MM-DD
}

// ErrNoExercise: nothing of this id stands on the menu. Retired, absent and unknown
// are the same to see.
var ErrNoExercise = errors.New("there is no such exercise on the menu")

// Items returns what stands on the menu, in its order, with what this person hid.
func (m *Menu) Items(ctx context.Context) ([]Item, error) {
	if m.shared.err != nil {
		return nil, m.shared.err
	}
	hidden, err := m.hidden(ctx)
	if err != nil {
		return nil, err
	}
	limit, err := m.limit(ctx)
	if err != nil {
		return nil, err
	}
	states, own := map[string]itemState{}, map[string]*exercises.Exercise{}
	err = m.everyCircle(ctx, func(tx *drawer.Tx) error {
		if err := itemStates(ctx, tx, states); err != nil {
			return err
		}
		return m.ownIn(ctx, tx, own)
	})
	if err != nil {
		return nil, err
	}
	mine := slices.Collect(maps.Values(own))
	exercises.Sort(mine)
	var items []Item
	for _, e := range append(mine, m.library.Menu()...) {
		if _, decided := states[e.VersionOf]; decided && own[e.ID] == nil {
			continue // the whole stands there, or a practitioner took it off
		}
		s, changed := states[e.ID]
		if !changed {
			if own[e.ID] == nil && !selfServe(e) {
				continue
			}
			s.State = Offered
		}
		if s.State == Retired || e.Closeness > limit {
			continue
		}
		items = append(items, Item{Exercise: e, State: s.State, Note: s.Note, Since: s.Since, Own: own[e.ID] != nil, Hidden: hidden[e.ID]})
	}
	return items, nil
}

// everyCircle reads from all shared drawers that can be read, the newest first: what
// stands in an earlier one is still there for those who were there.
func (m *Menu) everyCircle(ctx context.Context, read func(*drawer.Tx) error) error {
	for _, c := range m.circles {
		if c.err != nil {
			continue
		}
		if err := c.drawer.View(ctx, read); err != nil {
			return err
		}
	}
	return nil
}

// selfServe exercises stand on every menu from the start.
func selfServe(e *exercises.Exercise) bool { return e.Gate == exercises.Self && e.Closeness <= 1 }

// Find returns one item, or ErrNoExercise.
func (m *Menu) Find(ctx context.Context, id string) (Item, error) {
	items, err := m.Items(ctx)
	if err != nil {
		return Item{}, err
	}
	for _, item := range items {
		if item.ID == id {
			return item, nil
		}
	}
	return Item{}, ErrNoExercise
}

// Hide puts an exercise out of this person's sight, or back into it. Nobody else
// sees that.
func (m *Menu) Hide(ctx context.Context, id string, hide bool) error {
	return m.private.Update(ctx, func(tx *drawer.Tx) error {
		if !hide {
			_, err := tx.Exec(ctx, `DELETE FROM hidden WHERE exercise = ?`, id)
			return err
		}
		_, err := tx.Exec(ctx, `INSERT INTO hidden (exercise) VALUES (?) ON CONFLICT DO NOTHING`, id)
		return err
	})
}

func (m *Menu) hidden(ctx context.Context) (map[string]bool, error) {
	hidden := map[string]bool{}
	err := m.private.View(ctx, func(tx *drawer.Tx) error {
		rows, err := tx.Query(ctx, `SELECT exercise FROM hidden`)
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			var id string
			if err := rows.Scan(&id); err != nil {
				return err
			}
			hidden[id] = true
		}
		return rows.Err()
	})
	return hidden, err
}

// Set changes how an exercise stands on everybody's menu: put to rest, taken off, or
// offered again. Everybody sees that it changed and when, nobody by whom.
func (m *Menu) Set(ctx context.Context, id string, state ItemState, note string) error {
	if m.shared.err != nil {
		return m.shared.err
	}
	day := m.today().String()
	return m.shared.drawer.Update(ctx, func(tx *drawer.Tx) error {
		if _, err := tx.Exec(ctx, `INSERT INTO menu_item (exercise, state, note, since) VALUES (?1, ?2, ?3, ?4)
			ON CONFLICT (exercise) DO UPDATE SET state = ?2, note = ?3, since = ?4`, id, state, note, day); err != nil {
			return err
		}
		_, err := tx.Exec(ctx, `INSERT INTO menu_change (exercise, state, day) VALUES (?, ?, ?)`, id, state, day)
		return err
	})
}

// SetLimit holds the menu to a closeness, as a practitioner asked.
func (m *Menu) SetLimit(ctx context.Context, closeness exercises.Closeness) error {
	if m.shared.err != nil {
		return m.shared.err
	}
	return m.shared.drawer.Update(ctx, func(tx *drawer.Tx) error { return setLimitIn(ctx, tx, closeness) })
}

func setLimitIn(ctx context.Context, tx *drawer.Tx, closeness exercises.Closeness) error {
	_, err := tx.Exec(ctx, `INSERT INTO menu_limit (one, closeness) VALUES (1, ?1) ON CONFLICT (one) DO UPDATE SET closeness = ?1`, closeness)
	return err
}

// History returns the changes of the menu, the latest first.
func (m *Menu) History(ctx context.Context) (all []Change, err error) {
	if m.shared.err != nil {
		return nil, m.shared.err
	}
	err = m.everyCircle(ctx, func(tx *drawer.Tx) error {
		rows, err := tx.Query(ctx, `SELECT exercise, state, day FROM menu_change ORDER BY seq DESC`)
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			var c Change
			if err := rows.Scan(&c.Exercise, &c.State, &c.Day); err != nil {
				return err
			}
			all = append(all, c)
		}
		return rows.Err()
	})
	return all, err
}

// Library is what the menu is chosen from.
func (m *Menu) Library() *exercises.Library { return m.library }

func (m *Menu) today() exercises.Day { return exercises.DayOf(m.now()) }

// itemState is a row of menu_item.
type itemState struct {
	State       ItemState
	Note, Since string
}

// itemStates adds the states of one circle to those of newer ones, which count.
func itemStates(ctx context.Context, tx *drawer.Tx, states map[string]itemState) error {
	rows, err := tx.Query(ctx, `SELECT exercise, state, note, since FROM menu_item`)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var id string
		var s itemState
		if err := rows.Scan(&id, &s.State, &s.Note, &s.Since); err != nil {
			return err
		}
		s.Note, _ = cut(s.Note, MaxLine) // anything can stand there
		if _, newer := states[id]; !newer {
			states[id] = s
		}
	}
	return rows.Err()
}

// limit is the closest that a practitioner lets the menu come, and everything if there
// is none. One that was set before somebody joined holds on, although the shared
// drawer is another one now, until another is set.
func (m *Menu) limit(ctx context.Context) (exercises.Closeness, error) {
	limit, found := exercises.MostCloseness, false
	err := m.everyCircle(ctx, func(tx *drawer.Tx) error {
		set, has, err := limitIn(ctx, tx)
		if has && !found {
			limit, found = set, true
		}
		return err
	})
	return limit, err
}

// limitIn reads the limit of one circle.
func limitIn(ctx context.Context, tx *drawer.Tx) (limit exercises.Closeness, has bool, err error) {
	err = notFound(tx.QueryRow(ctx, `SELECT closeness FROM menu_limit`).Scan(&limit))
	if errors.Is(err, ErrNotFound) {
		return 0, false, nil
	}
	return limit, err == nil, err
}
