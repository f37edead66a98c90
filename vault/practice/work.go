package practice

import (
	"context"
	"slices"

	"ebb/vault/drawer"
)

// A PlanVersion is the treatment plan as it stood from a day on.
type PlanVersion struct {
	Version int
	Day     string
	Text    string
}

// Plan is the treatment plan of a case. Earlier versions stay.
type Plan struct{ c *Case }

func scanPlan(row scanner) (v PlanVersion, err error) {
	err = row.Scan(&v.Version, &v.Day, &v.Text)
	return v, err
}

// Put keeps a new version of the plan, and forgets the draft of it.
func (r *Plan) Put(ctx context.Context, text string) error {
	if err := texts(&text); err != nil {
		return err
	}
	if !seen(text) {
		return ErrEmpty
	}
	return r.c.act(ctx, event{verb: Changed, class: ClassRecord}, func(tx *drawer.Tx) error {
		if _, err := tx.Exec(ctx, `DELETE FROM plan_draft`); err != nil {
			return err
		}
		_, err := tx.Exec(ctx, `INSERT INTO plan (day, text) VALUES (?, ?)`, r.c.p.today(), text)
		return err
	})
}

// SaveDraft stores what is being written of the next version, so that it survives a
// lock, a kill and a power cut.
func (r *Plan) SaveDraft(ctx context.Context, text string) error {
	if err := texts(&text); err != nil {
		return err
	}
	return r.c.write(ctx, func(tx *drawer.Tx) error {
		_, err := tx.Exec(ctx, `INSERT OR REPLACE INTO plan_draft (only, text) VALUES (1, ?)`, text)
		return err
	})
}

// Draft returns what was being written of the next version, or ErrNotFound.
func (r *Plan) Draft(ctx context.Context) (string, error) {
	return one(ctx, r.c.record, scanOf[string], `SELECT text FROM plan_draft`)
}

// DropDraft forgets what was being written; every version stays.
func (r *Plan) DropDraft(ctx context.Context) error {
	return r.c.record.Update(ctx, func(tx *drawer.Tx) error {
		_, err := tx.Exec(ctx, `DELETE FROM plan_draft`)
		return err
	})
}

// Current returns the plan as it is now, or ErrNotFound.
func (r *Plan) Current(ctx context.Context) (PlanVersion, error) {
	return one(ctx, r.c.record, scanPlan, `SELECT version, day, text FROM plan ORDER BY version DESC LIMIT 1`)
}

// History returns every version, the latest first.
func (r *Plan) History(ctx context.Context) ([]PlanVersion, error) {
	return list(ctx, r.c.record, scanPlan, `SELECT version, day, text FROM plan ORDER BY version DESC LIMIT ?`, MostRows)
}

// IntakeSections are what a sexual-history intake asks one person about, alone, in
// this order. Every one may stay empty.
var IntakeSections = []string{
	"leave and words", "what brings you", "how desire is", "what invites, what slows", "beginnings and noes", "touch and pleasure",
	"body and health", "medicines and substances", "mind and mood", "relationships", "messages and ease", "what hurt",
	"care and protection", "good enough",
}

// An IntakePart is one section of somebody's intake.
type IntakePart struct {
	Section string
	Text    string
	Day     string
}

// Intake is the sexual-history intake of each member, which is theirs and nobody
// else's.
type Intake struct{ c *Case }

// Put keeps a section of a member's intake; an empty text removes it, which waits for
// no consent: whoever withdrew theirs can have it taken out.
func (r *Intake) Put(ctx context.Context, member ID, section, text string) error {
	if err := among(section, IntakeSections...); err != nil {
		return err
	}
	if err := texts(&text); err != nil {
		return err
	}
	if seen(text) {
		if err := r.c.Consents.input(ctx, member); err != nil {
			return err
		}
	}
	return r.c.write(ctx, func(tx *drawer.Tx) error {
		if !seen(text) {
			_, err := tx.Exec(ctx, `DELETE FROM intake WHERE member = ? AND section = ?`, member[:], section)
			return err
		}
		_, err := tx.Exec(ctx, `INSERT OR REPLACE INTO intake (member, section, text, day) VALUES (?, ?, ?, ?)`, member[:], section, text, r.c.p.today())
		return err
	})
}

// Of returns what was kept of one member's intake, in the order of IntakeSections.
func (r *Intake) Of(ctx context.Context, member ID) ([]IntakePart, error) {
	parts, err := list(ctx, r.c.record, func(row scanner) (p IntakePart, err error) {
		err = row.Scan(&p.Section, &p.Text, &p.Day)
		return p, err
	}, `SELECT section, text, day FROM intake WHERE member = ?`, member[:])
	slices.SortFunc(parts, func(a, b IntakePart) int {
		return slices.Index(IntakeSections, a.Section) - slices.Index(IntakeSections, b.Section)
	})
	return parts, err
}
