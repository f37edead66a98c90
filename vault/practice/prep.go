package practice

import (
	"context"
	"slices"

	"ebb/vault/drawer"
)

// Prep is the preparation of a session on two pages, which are two types so that
// neither can be taken for the other: one is safe to lie on the table and can be
// printed, the other is for the practitioner's screen alone.
type Prep struct{ c *Case }

// The pages that a line can stand on.
const (
	OnTable = "table"
	OnMine  = "mine"
)

// A PrepLine is a line of the practitioner's own, such as an open question.
type PrepLine struct {
	ID     ID
	Member ID // whom to ask alone; none for all others, and on the table
	Text   string
}

// Table is the page that is safe on the table: nothing that came from one person
// alone, unless that person released it.
type Table struct {
	Offered  []Item // without the reasons why one cannot start
	Resting  []Item
	Released []Observation // of those who are part of the case, each by its own person; those who released nothing are not named
	Reviews  []Review      // due today; none of limits, whose very name would ask for a reason
	Lines    []PrepLine
}

// Mine is the page for the practitioner's screen. What lies behind the second unlock
// is not on it either.
type Mine struct {
	Feedback  []FeedbackEntry // not answered yet
	Reviews   []Review        // due today
	Drafts    []NoteRow       // notes that are not signed
	Overrides []Override
	Lines     []PrepLine
}

// Add puts a line on a page.
func (r *Prep) Add(ctx context.Context, page, text string) (ID, error) {
	return r.add(ctx, page, ID{}, text)
}

// AddAlone puts a line about one person on the page for the screen: what to ask them
// alone.
func (r *Prep) AddAlone(ctx context.Context, member ID, text string) (ID, error) {
	if member == (ID{}) {
		return ID{}, ErrNotFound
	}
	return r.add(ctx, OnMine, member, text)
}

func (r *Prep) add(ctx context.Context, page string, member ID, text string) (ID, error) {
	if err := among(page, OnTable, OnMine); err != nil {
		return ID{}, err
	}
	if err := texts(&text); err != nil {
		return ID{}, err
	}
	if !seen(text) {
		return ID{}, ErrEmpty
	}
	id := NewID()
	return id, r.c.write(ctx, func(tx *drawer.Tx) error {
		if member != (ID{}) {
			if err := memberIn(ctx, tx, member); err != nil {
				return err
			}
		}
		_, err := tx.Exec(ctx, `INSERT INTO prep_line (id, page, member, text) VALUES (?, ?, ?, ?)`, id[:], page, member.null(), text)
		return err
	})
}

// Remove takes a line off.
func (r *Prep) Remove(ctx context.Context, id ID) error {
	return r.c.write(ctx, func(tx *drawer.Tx) error {
		return changed(tx.Exec(ctx, `DELETE FROM prep_line WHERE id = ?`, id[:]))
	})
}

func linesIn(ctx context.Context, tx *drawer.Tx, page string) ([]PrepLine, error) {
	return read(ctx, tx, func(row scanner) (l PrepLine, err error) {
		var id, member []byte
		err = row.Scan(&id, &member, &l.Text)
		l.ID, l.Member = idOf(id), idOf(member)
		return l, err
	}, `SELECT id, member, text FROM prep_line WHERE page = ? ORDER BY seq LIMIT ?`, page, MostRows)
}

// Table returns the page that is safe on the table.
func (r *Prep) Table(ctx context.Context) (t Table, err error) {
	err = r.c.record.View(ctx, func(tx *drawer.Tx) error {
		items, err := r.c.Menu.itemsIn(ctx, tx)
		if err != nil {
			return err
		}
		limits, err := limitsIn(ctx, tx)
		if err != nil {
			return err
		}
		limits = slices.DeleteFunc(limits, func(l Limit) bool { return !l.AtOnce })
		for _, item := range items {
			// Where there is danger nothing invites to it. Any other limit leaves the page
			// as it is until the menu changes, so that it does not point at a meeting.
			if forbids(limits, item.Exercise) {
				continue
			}
			item.Off, item.ReviewedOn = nil, ""
			if item.State == Resting {
				t.Resting = append(t.Resting, item)
			} else {
				t.Offered = append(t.Offered, item)
			}
		}
		if t.Released, err = read(ctx, tx, scanObservation, observationColumns+`WHERE released = 1 AND member IN (SELECT id FROM member WHERE left_on = '') ORDER BY day DESC, seq DESC LIMIT ?`, PageSize); err != nil {
			return err
		}
		if t.Reviews, err = read(ctx, tx, scanReview, reviewColumns+`WHERE done_on = '' AND due_on <= ? AND kind <> ? ORDER BY due_on LIMIT ?`, r.c.p.today(), string(ReviewLimits), PageSize); err != nil {
			return err
		}
		t.Lines, err = linesIn(ctx, tx, OnTable)
		return err
	})
	return t, err
}

// Mine returns the page for the practitioner's screen.
func (r *Prep) Mine(ctx context.Context) (m Mine, err error) {
	err = r.c.record.View(ctx, func(tx *drawer.Tx) error {
		if m.Feedback, err = read(ctx, tx, scanFeedback, feedbackColumns+`WHERE changed_on = '' ORDER BY day DESC, seq DESC LIMIT ?`, PageSize); err != nil {
			return err
		}
		if m.Reviews, err = read(ctx, tx, scanReview, reviewColumns+`WHERE done_on = '' AND due_on <= ? ORDER BY due_on LIMIT ?`, r.c.p.today(), PageSize); err != nil {
			return err
		}
		if m.Drafts, err = read(ctx, tx, scanNoteRow, noteRows+`AND state <> 'signed' ORDER BY local_date DESC, seq DESC LIMIT ?4`, "", nil, "", PageSize); err != nil {
			return err
		}
		if m.Overrides, err = read(ctx, tx, scanOverride, overrideColumns+`ORDER BY seq DESC LIMIT ?`, PageSize); err != nil {
			return err
		}
		m.Lines, err = linesIn(ctx, tx, OnMine)
		return err
	})
	return m, err
}
