package home

import (
	"context"
	"errors"
	"time"

	"ebb/exercises"
	"ebb/vault/drawer"
)

// longestAbsence is for how many days rests are drawn after the fact: who comes back
// after a year draws no year of rests.
const longestAbsence = 60

// drawRests draws, for every exercise that needs openings, whether it rests on the
// days since it was last drawn for, up to yesterday. It is called at every visit, and
// depends on the calendar alone. Today is drawn for when people sit down: a rest that
// begins then by itself looks like one that began for a reason.
func (m *Menu) drawRests(ctx context.Context) error {
	if m.shared.err != nil {
		return m.shared.err
	}
	today := m.today()
	due, err := m.restsDue(ctx, today.Plus(-1))
	if err != nil || !due {
		return err // once a day is enough, and a visit that writes nothing needs no room
	}
	return m.shared.drawer.Update(ctx, func(tx *drawer.Tx) error {
		for _, e := range m.library.All() {
			if !e.NeedsOpening() {
				continue
			}
			if err := drawRestsOf(ctx, tx, e.ID, today.Plus(-1)); err != nil {
				return err
			}
		}
		// What has passed says nothing any more.
		_, err := tx.Exec(ctx, `DELETE FROM exercise_rest WHERE last_day < ?`, today.Plus(-exercises.LongestRest).String())
		return err
	})
}

// restsDue reports whether rests were not drawn up to a day for every exercise that
// needs openings.
func (m *Menu) restsDue(ctx context.Context, last exercises.Day) (due bool, err error) {
	err = m.shared.drawer.View(ctx, func(tx *drawer.Tx) error {
		for _, e := range m.library.All() {
			if !e.NeedsOpening() {
				continue
			}
			drawn, err := dayIn(ctx, tx, `SELECT day FROM rest_drawn WHERE exercise = ?`, e.ID)
			if err != nil {
				return err
			}
			due = due || drawn == nil || drawn.Before(last) || drawn.Days(last) < -exercises.LongestRest
		}
		return nil
	})
	return due, err
}

// drawRestsOf draws for one exercise up to a day.
func drawRestsOf(ctx context.Context, tx *drawer.Tx, id string, last exercises.Day) error {
	drawn, err := dayIn(ctx, tx, `SELECT day FROM rest_drawn WHERE exercise = ?`, id)
	if err != nil {
		return err
	}
	earliest := last.Plus(-longestAbsence)
	if drawn == nil || drawn.Before(earliest) || drawn.Days(last) < -exercises.LongestRest {
		drawn = &earliest // the first time, after long, or with a clock that went back
	}
	day := drawn.Plus(1)
	for !last.Before(day) {
		n := exercises.DrawRest()
		if n == 0 {
			day = day.Plus(1)
			continue
		}
		if err := addRest(ctx, tx, id, day, n); err != nil {
			return err
		}
		day = day.Plus(n)
	}
	_, err = tx.Exec(ctx, `INSERT INTO rest_drawn (exercise, day) VALUES (?1, ?2) ON CONFLICT (exercise) DO UPDATE SET day = ?2`, id, day.Plus(-1).String())
	return err
}

func addRest(ctx context.Context, tx *drawer.Tx, id string, first exercises.Day, days int) error {
	_, err := tx.Exec(ctx, `INSERT INTO exercise_rest (exercise, first_day, last_day) VALUES (?1, ?2, ?3)
		ON CONFLICT (exercise, first_day) DO UPDATE SET last_day = max(last_day, ?3)`, id, first.String(), first.Plus(days-1).String())
	return err
}

// restsIn reports whether an exercise rests on a day.
func restsIn(ctx context.Context, tx *drawer.Tx, id string, day exercises.Day) (rests bool, err error) {
	err = tx.QueryRow(ctx, `SELECT count(*) > 0 FROM exercise_rest WHERE exercise = ?1 AND first_day <= ?2 AND last_day >= ?2`, id, day.String()).Scan(&rests)
	return rests, err
}

// dayIn reads a day, or nil if there is none or it cannot be read.
func dayIn(ctx context.Context, tx *drawer.Tx, query string, args ...any) (*exercises.Day, error) {
	var text string
	if err := notFound(tx.QueryRow(ctx, query, args...).Scan(&text)); errors.Is(err, ErrNotFound) {
		return nil, nil
	} else if err != nil {
		return nil, err
	}
	t, err := time.Parse(time.DateOnly, text)
	if err != nil {
		return nil, nil // written by something else: as if it were not there
	}
	day := exercises.DayOf(t)
	return &day, nil
}

// restsToday draws for one exercise up to today and reports whether it rests.
func (m *Menu) restsToday(ctx context.Context, id string) (rests bool, err error) {
	if m.shared.err != nil {
		return false, m.shared.err
	}
	err = m.shared.drawer.Update(ctx, func(tx *drawer.Tx) error {
		if err := drawRestsOf(ctx, tx, id, m.today()); err != nil {
			return err
		}
		rests, err = restsIn(ctx, tx, id, m.today())
		return err
	})
	return rests, err
}
