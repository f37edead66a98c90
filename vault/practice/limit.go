package practice

import (
	"context"
	"encoding/json"
	"slices"

	"ebb/exercises"
	"ebb/vault/drawer"
)

// A Limit is how far the menu of a case goes: for everybody, or because of what one
// person needs. Why is not kept here, and has no field: it lies behind the second
// unlock, or nowhere.
type Limit struct {
	Member     ID // none: of the case
	Closeness  exercises.Closeness
	Categories []exercises.Category // switched off
	Exercises  []string             // switched off
	// AtOnce: it goes home with the next packet, because there is danger; otherwise
	// with the next scheduled change of the menu, so that a menu that shrinks does not
	// point at a meeting (care.md, 6). Here it counts at once in any case.
	AtOnce bool
	Day    string // set by Set
}

// Limits are those of a case.
type Limits struct{ c *Case }

// Set sets the limit of the case or of one person in the place of the earlier one.
func (r *Limits) Set(ctx context.Context, l Limit) error {
	if l.Closeness < 0 || l.Closeness > exercises.MostCloseness {
		return ErrUnknown
	}
	for _, category := range l.Categories {
		if !slices.Contains(exercises.Categories, category) {
			return ErrUnknown
		}
	}
	if len(l.Categories) > len(exercises.Categories) || len(l.Exercises) > MostRows {
		return ErrTooLong
	}
	off := slices.Clone(l.Exercises)
	for i := range off {
		if err := lines(MaxName, &off[i]); err != nil {
			return err
		}
	}
	categories, err := json.Marshal(append([]exercises.Category{}, l.Categories...))
	if err != nil {
		return err
	}
	ids, err := json.Marshal(append([]string{}, off...))
	if err != nil {
		return err
	}
	return r.c.act(ctx, event{verb: Changed, class: ClassLimit}, func(tx *drawer.Tx) error {
		if l.Member != (ID{}) {
			if err := memberIn(ctx, tx, l.Member); err != nil {
				return err
			}
		}
		_, err := tx.Exec(ctx, `INSERT INTO menu_limit (member, closeness, categories, exercises, at_once, day) VALUES (?, ?, ?, ?, ?, ?)`,
			l.Member.null(), int(l.Closeness), string(categories), string(ids), l.AtOnce, r.c.p.today())
		return err
	})
}

func scanLimit(row scanner) (l Limit, err error) {
	var member []byte
	var categories, ids string
	if err = row.Scan(&member, &l.Closeness, &categories, &ids, &l.AtOnce, &l.Day); err != nil {
		return l, err
	}
	l.Member = idOf(member)
	if err = json.Unmarshal([]byte(categories), &l.Categories); err == nil {
		err = json.Unmarshal([]byte(ids), &l.Exercises)
	}
	return l, err
}

const limitColumns = `SELECT member, closeness, categories, exercises, at_once, day FROM menu_limit AS l `

// Current returns the limits in force: that of the case and those of the people who
// are part of it, each if it was ever set.
func (r *Limits) Current(ctx context.Context) (all []Limit, err error) {
	err = r.c.record.View(ctx, func(tx *drawer.Tx) error {
		all, err = limitsIn(ctx, tx)
		return err
	})
	return all, err
}

func limitsIn(ctx context.Context, tx *drawer.Tx) ([]Limit, error) {
	return read(ctx, tx, scanLimit, limitColumns+`WHERE seq = (SELECT max(seq) FROM menu_limit AS o WHERE o.member IS l.member)
		AND (member IS NULL OR EXISTS (SELECT 1 FROM member AS m WHERE m.id = l.member AND m.left_on = '')) ORDER BY member IS NOT NULL, seq`)
}

// History returns every limit that was set, the latest first.
func (r *Limits) History(ctx context.Context) ([]Limit, error) {
	return list(ctx, r.c.record, scanLimit, limitColumns+`ORDER BY seq DESC LIMIT ?`, MostRows)
}

// forbids reports whether any of the limits switches an exercise off.
func forbids(limits []Limit, e *exercises.Exercise) bool {
	return slices.ContainsFunc(limits, func(l Limit) bool {
		return e.Closeness > l.Closeness || slices.Contains(l.Categories, e.Category) || slices.Contains(l.Exercises, e.ID)
	})
}

// SwitchedOff returns which exercises of the library, and of those on the menu of the
// case, the limits switch off, in the order of the menu.
func (r *Limits) SwitchedOff(ctx context.Context) (off []*exercises.Exercise, err error) {
	err = r.c.record.View(ctx, func(tx *drawer.Tx) error {
		limits, err := limitsIn(ctx, tx)
		if err != nil {
			return err
		}
		own, err := r.c.Menu.ownIn(ctx, tx)
		if err != nil {
			return err
		}
		for _, e := range slices.Concat(r.c.p.library.All(), own) {
			if forbids(limits, e) {
				off = append(off, e)
			}
		}
		exercises.Sort(off)
		return nil
	})
	return off, err
}
