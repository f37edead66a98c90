package practice

import (
	"context"
	"errors"
	"slices"

	"ebb/exercises"
	"ebb/vault/drawer"
)

// ItemState says how an exercise stands on the menu of a case.
type ItemState string

// The states.
const (
	Offered ItemState = "offered"
	Resting ItemState = "resting"
	Retired ItemState = "retired"
)

// Off is a reason why an offered exercise cannot start. It is for the office alone: at
// home there is one page for all reasons.
type Off string

// The reasons.
const (
	OffLimit    Off = "limit"
	OffConsent  Off = "consent"
	OffScreened Off = "seen alone"
	OffReviewed Off = "reviewed"
)

// What can be refused about offers.
var (
	// ErrNoExercise: there is no such exercise, or it is not on the menu.
	ErrNoExercise = errors.New("there is no such exercise on the menu")
	// ErrNotScreened: not everybody was seen alone yet.
	ErrNotScreened = errors.New("not everybody was seen alone yet")
	// ErrLimited: a limit switches the exercise off.
	ErrLimited = errors.New("a limit switches this off")
	// ErrNoConsent: not everybody's consent to exercises is in force.
	ErrNoConsent = errors.New("the consent to exercises is not in place")
	// ErrNotReviewed: an exercise of closeness 4 is gone through with the people on the
	// day for which it is offered.
	ErrNotReviewed = errors.New("this is to be gone through with them first")
)

// An Item is an exercise on the menu of a case.
type Item struct {
	*exercises.Exercise
	State      ItemState
	Note       string // to the couple
	Since      string // YYYY-MM-DD
	ReviewedOn string // of closeness 4
	Own        bool
	Off        []Off // why it cannot start now; empty if nothing is in the way
}

// An Offer puts an exercise on the menu.
type Offer struct {
	Exercise string
	Note     string // to the couple, may be empty
	// Override is why an exercise of closeness 1 is offered although not everybody was
	// seen alone. The reason is kept. There is none for closeness 2 and more, nor for
	// the practices with which touch begins.
	Override string
	// ReviewedOn is today for an exercise of closeness 4, which is offered for this one
	// day.
	ReviewedOn string
}

// Menu is what is offered to the people of a case. It has no order that leads
// anywhere, and what was offered is not what was done.
type Menu struct{ c *Case }

// Offer puts an exercise on the menu, or offers it again.
//
// Errors: ErrNoExercise, ErrLimited, ErrNotScreened, ErrNoConsent, ErrNotReviewed.
func (r *Menu) Offer(ctx context.Context, o Offer) error {
	e, own, err := r.find(ctx, o.Exercise)
	if err != nil {
		return err
	}
	if err := errors.Join(lines(MaxLine, &o.Note), texts(&o.Override)); err != nil {
		return err
	}
	// Looked at before it is told, and once more when it is done.
	if err := r.c.record.View(ctx, func(tx *drawer.Tx) error { _, err := r.may(ctx, tx, e, o); return err }); err != nil {
		return err
	}
	today := r.c.p.today()
	return r.c.act(ctx, event{verb: Changed, class: ClassMenu}, func(tx *drawer.Tx) error {
		overridden, err := r.may(ctx, tx, e, o)
		if err != nil {
			return err
		}
		if overridden {
			if _, err := tx.Exec(ctx, `INSERT INTO override (exercise, reason, day) VALUES (?, ?, ?)`, e.ID, o.Override, today); err != nil {
				return err
			}
		}
		if own != "" {
			if _, err := tx.Exec(ctx, `INSERT OR REPLACE INTO own_exercise (id, text) VALUES (?, ?)`, e.ID, own); err != nil {
				return err
			}
		}
		return r.putIn(ctx, tx, e.ID, Offered, &o.Note, o.ReviewedOn)
	})
}

// Library returns what every menu chooses from, besides own exercises.
func (r *Menu) Library() *exercises.Library { return r.c.p.library }

// InTheWay returns everything that stands in the way of offering an exercise now, for
// the office alone: nothing if it can be offered, and OffReviewed always for closeness
// 4, which is gone through anew each time. What was offered with a reason does not
// count: another offer needs another reason.
//
// Errors: ErrNoExercise.
func (r *Menu) InTheWay(ctx context.Context, id string) (off []Off, err error) {
	e, _, err := r.find(ctx, id)
	if err != nil {
		return nil, err
	}
	err = r.c.record.View(ctx, func(tx *drawer.Tx) error {
		g, err := r.offIn(ctx, tx)
		g.overridden = nil
		off = g.of(&Item{Exercise: e}, r.c.p.today())
		return err
	})
	return off, err
}

// find returns an exercise and, of an own one, its text. One that the practice took away
// stays where it was offered.
func (r *Menu) find(ctx context.Context, id string) (e *exercises.Exercise, text string, err error) {
	if e, text, err = r.c.p.Exercises.find(ctx, id); !errors.Is(err, ErrNoExercise) {
		return e, text, err
	}
	text, err = one(ctx, r.c.record, scanOf[string], `SELECT text FROM own_exercise WHERE id = ?`, id)
	if errors.Is(err, ErrNotFound) {
		return nil, "", ErrNoExercise
	}
	if err == nil {
		e, err = exercises.Parse([]byte(text))
	}
	return e, text, err
}

// CanOverride reports whether an exercise can be offered, with a reason that is kept,
// before everybody was seen alone: at closeness 1, but for the practices with which
// touch begins. There is no such way for anything closer (care.md, 18).
func CanOverride(e *exercises.Exercise) bool { return e.Closeness == 1 && !e.NeedsOpening() }

// may is an error if an exercise may not be offered now. overridden: it may, by the
// reason that was given.
func (r *Menu) may(ctx context.Context, tx *drawer.Tx, e *exercises.Exercise, o Offer) (overridden bool, err error) {
	off, err := r.offIn(ctx, tx)
	if err != nil {
		return false, err
	}
	switch {
	case forbids(off.limits, e):
		return false, ErrLimited
	case e.Closeness > 0 && !off.screened && (!CanOverride(e) || !seen(o.Override)):
		return false, ErrNotScreened
	case e.NeedsOpening() && !off.consent:
		return false, ErrNoConsent
	case e.Closeness == exercises.MostCloseness && o.ReviewedOn != r.c.p.today():
		return false, ErrNotReviewed
	case e.Closeness < exercises.MostCloseness && o.ReviewedOn != "":
		return false, ErrNotReviewed
	}
	return e.Closeness > 0 && !off.screened, nil
}

// gates are what stands between an offer and a beginning.
type gates struct {
	limits     []Limit
	screened   bool            // everybody was seen alone
	consent    bool            // everybody's consent to exercises is in force
	overridden map[string]bool // exercises that were offered with a reason
}

func (r *Menu) offIn(ctx context.Context, tx *drawer.Tx) (g gates, err error) {
	if g.limits, err = limitsIn(ctx, tx); err != nil {
		return g, err
	}
	alone, err := seenIn(ctx, tx)
	if err != nil {
		return g, err
	}
	g.screened = !slices.ContainsFunc(alone, func(s Seen) bool { return s.Last == "" })
	states, err := statesIn(ctx, tx)
	if err != nil {
		return g, err
	}
	g.consent = !slices.ContainsFunc(states, func(s PersonState) bool { return !s.Exercises })
	overridden, err := read(ctx, tx, scanOf[string], `SELECT DISTINCT exercise FROM override`)
	g.overridden = map[string]bool{}
	for _, id := range overridden {
		g.overridden[id] = true
	}
	return g, err
}

// of says why an item cannot start.
func (g *gates) of(item *Item, today string) (off []Off) {
	if forbids(g.limits, item.Exercise) {
		off = append(off, OffLimit)
	}
	if item.Closeness > 0 && !g.screened && (!CanOverride(item.Exercise) || !g.overridden[item.ID]) {
		off = append(off, OffScreened)
	}
	if item.NeedsOpening() && !g.consent {
		off = append(off, OffConsent)
	}
	if item.Closeness == exercises.MostCloseness && item.ReviewedOn != today {
		off = append(off, OffReviewed)
	}
	return off
}

// Items returns the menu of the case in its order, without what was retired.
func (r *Menu) Items(ctx context.Context) (items []Item, err error) {
	err = r.c.record.View(ctx, func(tx *drawer.Tx) error {
		items, err = r.itemsIn(ctx, tx)
		return err
	})
	return items, err
}

func (r *Menu) itemsIn(ctx context.Context, tx *drawer.Tx) ([]Item, error) {
	g, err := r.offIn(ctx, tx)
	if err != nil {
		return nil, err
	}
	own, err := r.ownIn(ctx, tx)
	if err != nil {
		return nil, err
	}
	byID := map[string]*exercises.Exercise{}
	for _, e := range own {
		byID[e.ID] = e
	}
	today := r.c.p.today()
	items, err := read(ctx, tx, func(row scanner) (item Item, err error) {
		var id string
		if err = row.Scan(&id, &item.State, &item.Note, &item.Since, &item.ReviewedOn); err != nil {
			return item, err
		}
		if item.Exercise = r.c.p.library.Find(id); item.Exercise == nil {
			item.Exercise, item.Own = byID[id], true
		}
		return item, nil
	}, `SELECT exercise, state, note, since, reviewed_on FROM menu_item WHERE state <> 'retired'`)
	items = slices.DeleteFunc(items, func(item Item) bool { return item.Exercise == nil })
	order := make([]*exercises.Exercise, len(items))
	for i := range items {
		items[i].Off = g.of(&items[i], today)
		order[i] = items[i].Exercise
	}
	exercises.Sort(order)
	slices.SortFunc(items, func(a, b Item) int { return slices.Index(order, a.Exercise) - slices.Index(order, b.Exercise) })
	return items, err
}

// ownIn are the own exercises that were offered in this case.
func (r *Menu) ownIn(ctx context.Context, tx *drawer.Tx) ([]*exercises.Exercise, error) {
	stored, err := read(ctx, tx, scanOf[string], `SELECT text FROM own_exercise`)
	return parsed(stored), err
}

// Rest puts an exercise on the menu to rest.
func (r *Menu) Rest(ctx context.Context, id string) error { return r.turn(ctx, id, Resting) }

// Retire takes an exercise off the menu. Its history stays.
func (r *Menu) Retire(ctx context.Context, id string) error { return r.turn(ctx, id, Retired) }

func (r *Menu) turn(ctx context.Context, id string, state ItemState) error {
	return r.c.act(ctx, event{verb: Changed, class: ClassMenu}, func(tx *drawer.Tx) error {
		there, err := scanOf[bool](tx.QueryRow(ctx, `SELECT EXISTS (SELECT 1 FROM menu_item WHERE exercise = ? AND state <> 'retired')`, id))
		if err != nil {
			return err
		}
		if !there {
			return ErrNoExercise
		}
		return r.putIn(ctx, tx, id, state, nil, "")
	})
}

// putIn changes how an exercise stands on the menu, and its note unless that is nil.
func (r *Menu) putIn(ctx context.Context, tx *drawer.Tx, id string, state ItemState, note *string, reviewed string) error {
	today := r.c.p.today()
	if _, err := tx.Exec(ctx, `INSERT INTO menu_item (exercise, state, note, since, reviewed_on) VALUES (?1, ?2, coalesce(?3, ''), ?4, ?5)
		ON CONFLICT (exercise) DO UPDATE SET state = ?2, note = coalesce(?3, note), since = ?4, reviewed_on = ?5`, id, string(state), note, today, reviewed); err != nil {
		return err
	}
	_, err := tx.Exec(ctx, `INSERT INTO menu_change (exercise, state, day) VALUES (?, ?, ?)`, id, string(state), today)
	return err
}

// SetNote changes the note to the couple on an exercise of the menu.
func (r *Menu) SetNote(ctx context.Context, id, note string) error {
	if err := lines(MaxLine, &note); err != nil {
		return err
	}
	return r.c.write(ctx, func(tx *drawer.Tx) error {
		err := changed(tx.Exec(ctx, `UPDATE menu_item SET note = ? WHERE exercise = ? AND state <> 'retired'`, note, id))
		if errors.Is(err, ErrNotFound) {
			return ErrNoExercise
		}
		return err
	})
}

// A MenuChange is one of the menu's history.
type MenuChange struct {
	Exercise string
	State    ItemState
	Day      string
}

// History returns how the menu came to be, the latest change first.
func (r *Menu) History(ctx context.Context, page Page) ([]MenuChange, error) {
	size, from := page.limits()
	return list(ctx, r.c.record, func(row scanner) (m MenuChange, err error) {
		err = row.Scan(&m.Exercise, &m.State, &m.Day)
		return m, err
	}, `SELECT exercise, state, day FROM menu_change ORDER BY seq DESC LIMIT ? OFFSET ?`, size, from)
}

// An Override is an offer that was made before everybody was seen alone.
type Override struct {
	Exercise string
	Reason   string
	Day      string
}

// Overrides returns them, the latest first.
func (r *Menu) Overrides(ctx context.Context) ([]Override, error) {
	return list(ctx, r.c.record, scanOverride, overrideColumns+`ORDER BY seq DESC LIMIT ?`, MostRows)
}

func scanOverride(row scanner) (o Override, err error) {
	err = row.Scan(&o.Exercise, &o.Reason, &o.Day)
	return o, err
}

const overrideColumns = `SELECT exercise, reason, day FROM override `
