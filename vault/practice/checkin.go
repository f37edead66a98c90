package practice

import (
	"context"
	"slices"
	"strings"

	"ebb/vault/drawer"
	"ebb/vault/keys"
)

// The items of a check-in (content.md, 3.3), by number.
const (
	ItemPressure      = 10 // "did anything between you feel like pressure"
	ItemKeepingPeace  = 11 // "did you ever go along to keep the peace"
	firstItem         = 1
	lastItem          = 14
	firstFreeTextItem = 12
)

var (
	often   = []string{"hardly", "now and then", "often", "nearly always"}
	more    = []string{"less", "as it is", "more", "varies"}
	content = []string{"not", "a little", "fairly", "very"}
	whether = []string{"no", "a little", "yes", "not sure"}
)

// CheckInChoices are the answers to each item that is no free text. Item 8 may have
// several. "Rather not say" is none of them: it is kept as no answer is, which is not
// at all.
var CheckInChoices = map[int][]string{
	1: often, 2: often, 3: more, 4: content, 5: more, 6: append(slices.Clone(more), "not part of what I want"), 7: more,
	8: {"sleep", "pain", "health", "medicines", "work", "money", "caring", "family", "grief", "worry", "joy", "other"},
	9: {"passing", "season", "longer", "not sure"}, ItemPressure: whether, ItemKeepingPeace: whether,
}

// A CheckIn is one that a person filled in on paper.
type CheckIn struct {
	ID      ID // drawn when the form is begun, so that entering it twice keeps it once
	Member  ID
	Day     string           // on which it was filled in
	Answers map[int][]string // by item; several for item 8, one for all others
}

// CheckIns are check-ins that were filled in on paper and are entered by hand.
type CheckIns struct{ c *Case }

// Enter keeps a check-in. The answers to items 10 and 11 go to that person's safety
// drawer and leave nothing in the record, whatever they are: so these two need the
// second unlock, and nothing at all is kept without it (ErrStepUp). A form with nothing
// else leaves not even its day there, since an empty one would point at them; one with
// nothing at all is ErrEmpty.
func (r *CheckIns) Enter(ctx context.Context, k CheckIn) error {
	plain, apart, err := r.sorted(&k)
	if err != nil {
		return err
	}
	if err := r.c.open(ctx); err != nil {
		return err
	}
	if err := r.c.Consents.input(ctx, k.Member); err != nil {
		return err
	}
	if len(apart) > 0 {
		if err := r.keepApart(ctx, k, apart); err != nil {
			return err
		}
	}
	return r.c.record.Update(ctx, func(tx *drawer.Tx) error {
		if _, err := tx.Exec(ctx, `DELETE FROM check_in WHERE id = ? AND member = ?`, k.ID[:], k.Member[:]); err != nil {
			return err
		}
		return k.put(ctx, tx, insertSheet, plain)
	})
}

// sorted checks a check-in that is to be kept, and tells what goes to the record from
// what goes to the safety drawer.
func (r *CheckIns) sorted(k *CheckIn) (plain, apart []checkInAnswer, err error) {
	if k.ID == (ID{}) {
		return nil, nil, ErrEmpty
	}
	if err := dayOr(&k.Day, r.c.p.today()); err != nil {
		return nil, nil, err
	}
	if plain, apart, err = parted(k.Answers); err == nil && len(apart)+len(plain) == 0 {
		err = ErrEmpty
	}
	return plain, apart, err
}

// parted cleans answers.
func parted(all map[int][]string) (plain, apart []checkInAnswer, err error) {
	for item, answers := range all {
		for _, answer := range answers {
			a, err := cleanAnswer(item, answer, len(answers))
			if err != nil {
				return nil, nil, err
			}
			switch {
			case a.answer == "":
			case item == ItemPressure || item == ItemKeepingPeace:
				apart = append(apart, a)
			default:
				plain = append(plain, a)
			}
		}
	}
	return plain, apart, nil
}

// The row of a check-in: of one that is not there, or whoever's it is.
const (
	insertSheet = `INSERT INTO check_in (id, member, day) VALUES (?1, ?2, ?3)`
	changeSheet = insertSheet + ` ON CONFLICT (id) DO UPDATE SET day = ?3`
)

// put writes what goes to the record, unless that is nothing, and drops the draft. No
// answer of the check-in is there.
func (k *CheckIn) put(ctx context.Context, tx *drawer.Tx, row string, plain []checkInAnswer) error {
	if err := dropSheet(ctx, tx, k.ID); err != nil || len(plain) == 0 {
		return err
	}
	if _, err := tx.Exec(ctx, row, k.ID[:], k.Member[:], k.Day); err != nil {
		return err
	}
	for _, a := range plain {
		if _, err := tx.Exec(ctx, `INSERT INTO check_in_answer (check_in, item, answer) VALUES (?1, ?2, ?3)
			ON CONFLICT (check_in, item) DO UPDATE SET answer = answer || char(10) || ?3`, k.ID[:], a.item, a.answer); err != nil {
			return err
		}
	}
	return nil
}

// checkInAnswer is an answer to an item.
type checkInAnswer struct {
	item   int
	answer string
}

func cleanAnswer(item int, answer string, of int) (checkInAnswer, error) {
	if item < firstItem || item > lastItem || of > 1 && item != 8 {
		return checkInAnswer{}, ErrUnknown
	}
	if item >= firstFreeTextItem {
		if err := texts(&answer); err != nil {
			return checkInAnswer{}, err
		}
		if !seen(answer) {
			answer = ""
		}
		return checkInAnswer{item, answer}, nil
	}
	if answer == "" {
		return checkInAnswer{item, ""}, nil
	}
	return checkInAnswer{item, answer}, among(answer, CheckInChoices[item]...)
}

// Of returns a member's check-ins, the latest day first. Items 10 and 11 are never
// among the answers ([Notes.Pressure] has them).
func (r *CheckIns) Of(ctx context.Context, member ID, page Page) (all []CheckIn, err error) {
	size, from := page.limits()
	err = r.c.record.View(ctx, func(tx *drawer.Tx) error {
		all, err = read(ctx, tx, func(row scanner) (k CheckIn, err error) {
			var id []byte
			err = row.Scan(&id, &k.Day)
			k.ID, k.Member = idOf(id), member
			return k, err
		}, `SELECT id, day FROM check_in WHERE member = ? ORDER BY day DESC, id LIMIT ? OFFSET ?`, member[:], size, from)
		if err != nil {
			return err
		}
		for i := range all {
			if all[i].Answers, err = answersIn(ctx, tx, `SELECT item, answer FROM check_in_answer WHERE check_in = ?`, all[i].ID); err != nil {
				return err
			}
		}
		return nil
	})
	return all, err
}

// answersIn reads the answers of one check-in, by item.
func answersIn(ctx context.Context, tx *drawer.Tx, query string, id ID) (map[int][]string, error) {
	answers, err := read(ctx, tx, scanAnswer, query, id[:])
	all := make(map[int][]string, len(answers))
	for _, a := range answers {
		all[a.item] = a.split()
	}
	return all, err
}

func scanAnswer(row scanner) (a checkInAnswer, err error) {
	err = row.Scan(&a.item, &a.answer)
	return a, err
}

// split undoes how several answers are kept: a line each. Free text is one answer.
func (a checkInAnswer) split() []string {
	if a.item >= firstFreeTextItem {
		return []string{a.answer}
	}
	return strings.Split(a.answer, "\n")
}

// keepApart keeps the answers to items 10 and 11 in the person's safety drawer.
func (r *CheckIns) keepApart(ctx context.Context, k CheckIn, answers []checkInAnswer) error {
	in := r.c.apartStore(keys.SafetyRole, k.Member)
	if err := in.View(ctx, func(*drawer.Tx) error { return nil }); err != nil {
		return err
	}
	if err := r.c.p.tell(ctx, event{verb: Changed, class: ClassApart}); err != nil {
		return err
	}
	return in.Update(ctx, func(tx *drawer.Tx) error { return k.putApart(ctx, tx, answers) })
}

// putApart writes what goes to the safety drawer, and drops the draft of it.
func (k *CheckIn) putApart(ctx context.Context, tx *drawer.Tx, answers []checkInAnswer) error {
	for _, a := range answers {
		if _, err := tx.Exec(ctx, `INSERT OR REPLACE INTO pressure_answer (check_in, item, day, answer) VALUES (?, ?, ?, ?)`, k.ID[:], a.item, k.Day, a.answer); err != nil {
			return err
		}
	}
	return dropApart(ctx, tx, k.ID)
}

// A PressureAnswer is what a person answered to item 10 or 11.
type PressureAnswer struct {
	CheckIn ID
	Item    int
	Day     string
	Answer  string
}

// Pressure returns, from a member's safety drawer, what that person answered to items
// 10 and 11, the latest day first. Other drawers have none: ErrAudience.
func (n *Notes) Pressure(ctx context.Context) ([]PressureAnswer, error) {
	if n.audiences[0] != SafetyNote {
		return nil, ErrAudience
	}
	return list(ctx, n.in, func(row scanner) (p PressureAnswer, err error) {
		var id []byte
		err = row.Scan(&id, &p.Item, &p.Day, &p.Answer)
		p.CheckIn = idOf(id)
		return p, err
	}, `SELECT check_in, item, day, answer FROM pressure_answer ORDER BY day DESC, check_in, item LIMIT ?`, MostRows)
}
