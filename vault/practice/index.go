package practice

import (
	"context"
	"errors"

	"ebb/vault"
	"ebb/vault/drawer"
)

// act changes the record of an open case and tells it: the event first, then the
// change.
func (c *Case) act(ctx context.Context, told event, change func(*drawer.Tx) error) error {
	if err := c.open(ctx); err != nil {
		return err
	}
	return c.actClosed(ctx, told, change)
}

// actClosed is act, also in a closed case.
func (c *Case) actClosed(ctx context.Context, told event, change func(*drawer.Tx) error) error {
	told.of = c.ID
	if err := c.p.tell(ctx, told); err != nil {
		return err
	}
	return c.record.Update(ctx, change)
}

// write changes the record of an open case without an event: what is written often
// and says little by itself.
func (c *Case) write(ctx context.Context, change func(*drawer.Tx) error) error {
	if err := c.open(ctx); err != nil {
		return err
	}
	return c.record.Update(ctx, change)
}

// indexed changes the record and brings the index in the practice drawer up to it.
// The case is marked as stale first, so that an act that is cut off between the two is
// finished when the practice is opened. told may be nil.
func (c *Case) indexed(ctx context.Context, told *event, change func(*drawer.Tx) error) error {
	err := c.p.caseload.Update(ctx, func(tx *drawer.Tx) error {
		if told != nil {
			told.of = c.ID
			if err := c.p.tellIn(ctx, tx, *told); err != nil {
				return err
			}
		}
		return changed(tx.Exec(ctx, `UPDATE case_file SET stale = 1 WHERE id = ?`, c.ID[:]))
	})
	if err != nil {
		return err
	}
	err = c.record.Update(ctx, change)
	if err == nil {
		// The record has it; what becomes of the index does not make it undone.
		ctx = context.WithoutCancel(ctx)
	}
	return errors.Join(err, c.index(ctx))
}

// mend makes the index of the cases anew that were being written to.
func (p *Practice) mend(ctx context.Context) error {
	stale, err := list(ctx, p.caseload, scanID, `SELECT id FROM case_file WHERE stale = 1`)
	if err != nil {
		return err
	}
	for _, id := range stale {
		c := p.caseOf(id, "")
		switch err := c.index(ctx); {
		case errors.Is(err, vault.ErrDamaged):
			continue // it is told when the case is opened, and keeps nobody from the others
		case err != nil:
			return err
		}
		if err := c.Done(ctx); err != nil {
			return err
		}
	}
	return nil
}

// indexRow is a row of the index, as the record has it or as the practice drawer has.
type indexRow struct {
	id    ID
	at    int64
	zone  string
	date  string
	state string
	noted bool
}

func scanIndexRow(row scanner) (r indexRow, err error) {
	var id []byte
	err = row.Scan(&id, &r.at, &r.zone, &r.date, &r.state, &r.noted)
	r.id = idOf(id)
	return r, err
}

// index writes to the practice drawer what differs from the record, and takes the mark
// away.
func (c *Case) index(ctx context.Context) error {
	var meetings, reviews []indexRow
	err := c.record.View(ctx, func(tx *drawer.Tx) (err error) {
		// A meeting has its note when one of the record is signed. Notes in other
		// drawers do not count: they would tell that they are there.
		if meetings, err = read(ctx, tx, scanIndexRow, `SELECT id, at, zone, local_date, state,
			EXISTS (SELECT 1 FROM note WHERE note.meeting = meeting.id AND note.state = 'signed') FROM meeting`); err != nil {
			return err
		}
		reviews, err = read(ctx, tx, scanIndexRow, `SELECT id, 0, '', due_on, kind, 0 FROM review WHERE done_on = ''`)
		return err
	})
	if err != nil {
		return err
	}
	return c.p.caseload.Update(ctx, func(tx *drawer.Tx) error {
		if err := c.even(ctx, tx, meetings, `SELECT meeting, at, zone, local_date, state, noted FROM case_meeting WHERE case_id = ?`,
			`DELETE FROM case_meeting WHERE meeting = ?`,
			func(r indexRow) error {
				_, err := tx.Exec(ctx, `INSERT OR REPLACE INTO case_meeting (meeting, case_id, at, zone, local_date, state, noted) VALUES (?, ?, ?, ?, ?, ?, ?)`,
					r.id[:], c.ID[:], r.at, r.zone, r.date, r.state, r.noted)
				return err
			}); err != nil {
			return err
		}
		if err := c.even(ctx, tx, reviews, `SELECT review, 0, '', due_on, kind, 0 FROM case_review WHERE case_id = ?`,
			`DELETE FROM case_review WHERE review = ?`,
			func(r indexRow) error {
				_, err := tx.Exec(ctx, `INSERT OR REPLACE INTO case_review (review, case_id, kind, due_on) VALUES (?, ?, ?, ?)`, r.id[:], c.ID[:], r.state, r.date)
				return err
			}); err != nil {
			return err
		}
		_, err := tx.Exec(ctx, `UPDATE case_file SET stale = 0 WHERE id = ?`, c.ID[:])
		return err
	})
}

// even brings the rows that the practice drawer has to those of the record.
func (c *Case) even(ctx context.Context, tx *drawer.Tx, want []indexRow, query, drop string, put func(indexRow) error) error {
	have, err := read(ctx, tx, scanIndexRow, query, c.ID[:])
	if err != nil {
		return err
	}
	there := make(map[ID]indexRow, len(have))
	for _, r := range have {
		there[r.id] = r
	}
	for _, r := range want {
		if there[r.id] != r {
			if err := put(r); err != nil {
				return err
			}
		}
		delete(there, r.id)
	}
	for id := range there {
		if _, err := tx.Exec(ctx, drop, id[:]); err != nil {
			return err
		}
	}
	return nil
}
