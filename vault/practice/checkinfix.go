package practice

import (
	"context"
	"encoding/json"
	"errors"
	"maps"
	"slices"
	"time"

	"ebb/vault/drawer"
	"ebb/vault/keys"
)

// An EarlierCheckIn is how a check-in was typed before it was corrected. What the paper
// says was never changed by that.
type EarlierCheckIn struct {
	Day     string
	Answers map[int][]string
	At      time.Time // when it was corrected
}

// Correct keeps a check-in in place of what was typed of it before, in both drawers: what
// is not among its answers is no longer there, and what was typed stays readable
// ([CheckIns.Earlier]). It takes the second unlock whatever is corrected (ErrStepUp), and
// the audit is told the same whatever lies apart: so neither shows whether anything does.
// ErrEmpty if nothing would be left; that is removing. What comes from a sheet of which
// nothing was kept yet waits for the policy, as with Enter.
func (r *CheckIns) Correct(ctx context.Context, k CheckIn) error {
	plain, apart, err := r.sorted(&k)
	if err != nil {
		return err
	}
	if err := r.c.open(ctx); err != nil {
		return err
	}
	in, known, err := r.both(ctx, k.Member, k.ID)
	if err != nil {
		return err
	}
	if known == "" {
		if err := r.c.Consents.input(ctx, k.Member); err != nil {
			return err
		}
	}
	if err := r.tellBoth(ctx, Changed, known == inRecord, k.ID); err != nil {
		return err
	}
	at := r.c.p.now()
	err = in.Update(ctx, func(tx *drawer.Tx) error {
		if err := keepEarlier(ctx, tx, k, apart, at, `SELECT DISTINCT day FROM pressure_answer WHERE check_in = ?`, apartAnswers, `pressure_earlier`); err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, `DELETE FROM pressure_answer WHERE check_in = ?`, k.ID[:]); err != nil {
			return err
		}
		return k.putApart(ctx, tx, apart)
	})
	if err != nil {
		return err
	}
	return r.c.record.Update(ctx, func(tx *drawer.Tx) error {
		if err := keepEarlier(ctx, tx, k, plain, at, `SELECT day FROM check_in WHERE id = ?`, plainAnswers, `check_in_earlier`); err != nil {
			return err
		}
		query := `DELETE FROM check_in_answer WHERE check_in = ?`
		if len(plain) == 0 { // an empty row would point at what lies apart
			query = `DELETE FROM check_in WHERE id = ?`
		}
		if _, err := tx.Exec(ctx, query, k.ID[:]); err != nil {
			return err
		}
		return k.put(ctx, tx, changeSheet, plain)
	})
}

// Remove removes a check-in for good, with all that was typed of it at any time, from
// both drawers. As with Correct it takes the second unlock, whatever lies apart.
func (r *CheckIns) Remove(ctx context.Context, member, id ID) error {
	if err := r.c.open(ctx); err != nil {
		return err
	}
	in, known, err := r.both(ctx, member, id)
	if err != nil {
		return err
	}
	if known == "" {
		return ErrNotFound
	}
	if err := r.tellBoth(ctx, Removed, known == inRecord, id); err != nil {
		return err
	}
	err = in.Update(ctx, func(tx *drawer.Tx) error {
		for _, query := range []string{`DELETE FROM pressure_answer WHERE check_in = ?`, `DELETE FROM pressure_earlier WHERE check_in = ?`} {
			if _, err := tx.Exec(ctx, query, id[:]); err != nil {
				return err
			}
		}
		return dropApart(ctx, tx, id)
	})
	if err != nil {
		return err
	}
	return r.c.record.Update(ctx, func(tx *drawer.Tx) error {
		if _, err := tx.Exec(ctx, `DELETE FROM check_in WHERE id = ?`, id[:]); err != nil {
			return err
		}
		return dropSheet(ctx, tx, id)
	})
}

// Where something of a check-in is kept.
const (
	inRecord = "record" // and perhaps apart, too
	isApart  = "apart"
)

const (
	plainAnswers = `SELECT item, answer FROM check_in_answer WHERE check_in = ?`
	apartAnswers = `SELECT item, answer FROM pressure_answer WHERE check_in = ?`
)

// both finds the safety drawer of a member, and where a check-in of theirs is kept.
// ErrNotFound if it is somebody else's.
func (r *CheckIns) both(ctx context.Context, member, id ID) (in store, known string, err error) {
	in = r.c.apartStore(keys.SafetyRole, member)
	var there bool
	err = in.View(ctx, func(tx *drawer.Tx) error {
		return tx.QueryRow(ctx, `SELECT EXISTS (SELECT 1 FROM pressure_answer WHERE check_in = ?)`, id[:]).Scan(&there)
	})
	if err != nil {
		return in, "", err
	}
	if there {
		known = isApart
	}
	whose, err := one(ctx, r.c.record, scanID, `SELECT member FROM check_in WHERE id = ?`, id[:])
	switch {
	case errors.Is(err, ErrNotFound):
		return in, known, nil
	case err == nil && whose != member:
		return in, "", ErrNotFound
	}
	return in, inRecord, err
}

// tellBoth tells the audit of an act on both drawers, whether or not there was anything
// in the one apart.
func (r *CheckIns) tellBoth(ctx context.Context, verb Verb, record bool, id ID) error {
	return r.c.p.caseload.Update(ctx, func(tx *drawer.Tx) error {
		if err := r.c.p.tellIn(ctx, tx, event{verb: Changed, class: ClassApart}); err != nil || !record {
			return err
		}
		return r.c.p.tellIn(ctx, tx, event{verb: verb, class: ClassCheckIn, of: r.c.ID, what: id})
	})
}

// keepEarlier keeps what was typed of a check-in in one drawer, if it was and differs.
func keepEarlier(ctx context.Context, tx *drawer.Tx, k CheckIn, now []checkInAnswer, at time.Time, days, answers, into string) error {
	var day string
	err := notFound(tx.QueryRow(ctx, days, k.ID[:]).Scan(&day))
	if errors.Is(err, ErrNotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	was, err := answersIn(ctx, tx, answers, k.ID)
	if err != nil {
		return err
	}
	if day == k.Day && maps.EqualFunc(was, byItem(now), slices.Equal) {
		return nil
	}
	typed, err := json.Marshal(was)
	if err != nil {
		return err
	}
	_, err = tx.Exec(ctx, `INSERT INTO `+into+` (check_in, number, day, answers, at) SELECT ?1, coalesce(max(number), 0) + 1, ?2, ?3, ?4 FROM `+into+` WHERE check_in = ?1`,
		k.ID[:], day, string(typed), at.UnixMilli())
	return err
}

// byItem are answers by item, as they are kept.
func byItem(all []checkInAnswer) map[int][]string {
	items := map[int][]string{}
	for _, a := range all {
		items[a.item] = append(items[a.item], a.answer)
	}
	return items
}

// Earlier returns how a check-in was typed before, the latest first; of items 10 and 11
// nothing ([Notes.EarlierPressure]).
func (r *CheckIns) Earlier(ctx context.Context, id ID) ([]EarlierCheckIn, error) {
	return list(ctx, r.c.record, scanEarlier, `SELECT day, answers, at FROM check_in_earlier WHERE check_in = ? ORDER BY number DESC`, id[:])
}

// EarlierPressure returns how the answers to items 10 and 11 of a check-in were typed
// before, the latest first. ErrAudience as with Pressure.
func (n *Notes) EarlierPressure(ctx context.Context, id ID) ([]EarlierCheckIn, error) {
	if n.audiences[0] != SafetyNote {
		return nil, ErrAudience
	}
	return list(ctx, n.in, scanEarlier, `SELECT day, answers, at FROM pressure_earlier WHERE check_in = ? ORDER BY number DESC`, id[:])
}

func scanEarlier(row scanner) (e EarlierCheckIn, err error) {
	var answers string
	var at int64
	if err = row.Scan(&e.Day, &answers, &at); err != nil {
		return e, err
	}
	e.At = time.UnixMilli(at)
	return e, json.Unmarshal([]byte(answers), &e.Answers)
}
