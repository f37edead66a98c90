package practice

import (
	"context"
	"encoding/json"
	"errors"
	"slices"

	"ebb/vault/drawer"
	"ebb/vault/keys"
)

// What is being entered of a sheet is a draft, in two halves as the sheet is: one in the
// record and one in the safety drawer, neither of which says that there is another.

// SaveDraft stores what is being entered of a sheet, or corrected, but for items 10 and
// 11. Its day may be any line. Nothing at all leaves nothing.
func (r *CheckIns) SaveDraft(ctx context.Context, k CheckIn) error {
	answers, err := draftOf(&k, true)
	if err != nil {
		return err
	}
	return r.c.record.Update(ctx, func(tx *drawer.Tx) error {
		if answers == "" {
			return dropSheet(ctx, tx, k.ID)
		}
		_, err := tx.Exec(ctx, `INSERT INTO check_in_draft (id, member, day, answers, saved_at) VALUES (?1, ?2, ?3, ?4, ?5)
			ON CONFLICT (id) DO UPDATE SET day = ?3, answers = ?4, saved_at = ?5`, k.ID[:], k.Member[:], k.Day, answers, r.c.p.now().UnixMilli())
		return err
	})
}

// SealApartDraft stores what is being entered of items 10 and 11 in the safety drawer, as
// long as [Notes.SealDraft] would. That nothing is ticked any more is stored, too.
func (r *CheckIns) SealApartDraft(ctx context.Context, k CheckIn) error {
	answers, err := draftOf(&k, false)
	if err != nil {
		return err
	}
	return r.c.lastStore(keys.SafetyRole, k.Member).Update(ctx, func(tx *drawer.Tx) error {
		_, err := tx.Exec(ctx, `INSERT OR REPLACE INTO pressure_draft (check_in, answers, saved_at) VALUES (?, ?, ?)`, k.ID[:], answers, r.c.p.now().UnixMilli())
		return err
	})
}

// draftOf is one half of a draft as JSON; "" for the half of the record with nothing in it.
func draftOf(k *CheckIn, record bool) (string, error) {
	plain, apart, err := parted(k.Answers)
	if err != nil {
		return "", err
	}
	if err := lines(MaxName, &k.Day); err != nil {
		return "", err
	}
	half := byItem(plain)
	if !record {
		half = byItem(apart)
	} else if len(plain) == 0 {
		return "", nil
	}
	b, err := json.Marshal(half)
	return string(b), err
}

// Drafts returns what is being entered of a member's sheets, but for items 10 and 11, the
// latest first.
func (r *CheckIns) Drafts(ctx context.Context, member ID) ([]CheckIn, error) {
	return list(ctx, r.c.record, func(row scanner) (k CheckIn, err error) {
		var id []byte
		var answers string
		if err = row.Scan(&id, &k.Day, &answers); err != nil {
			return k, err
		}
		k.ID, k.Member = idOf(id), member
		return k, json.Unmarshal([]byte(answers), &k.Answers)
	}, `SELECT id, day, answers FROM check_in_draft WHERE member = ? ORDER BY saved_at DESC, id`, member[:])
}

// CheckIn returns one check-in of a member, but for items 10 and 11.
func (r *CheckIns) CheckIn(ctx context.Context, member, id ID) (k CheckIn, err error) {
	k = CheckIn{ID: id, Member: member}
	err = r.c.record.View(ctx, func(tx *drawer.Tx) error {
		if err := notFound(tx.QueryRow(ctx, `SELECT day FROM check_in WHERE id = ? AND member = ?`, id[:], member[:]).Scan(&k.Day)); err != nil {
			return err
		}
		k.Answers, err = answersIn(ctx, tx, plainAnswers, id)
		return err
	})
	return k, err
}

// Apart returns the answers to items 10 and 11 of a sheet: as they are being entered, or
// else as they were kept. begun says that the former are there. ErrStepUp without the
// second unlock.
func (r *CheckIns) Apart(ctx context.Context, member, id ID) (answers map[int][]string, begun bool, err error) {
	err = r.c.apartStore(keys.SafetyRole, member).View(ctx, func(tx *drawer.Tx) error {
		var draft string
		err := notFound(tx.QueryRow(ctx, `SELECT answers FROM pressure_draft WHERE check_in = ?`, id[:]).Scan(&draft))
		if errors.Is(err, ErrNotFound) {
			answers, err = answersIn(ctx, tx, apartAnswers, id)
			return err
		}
		if err != nil {
			return err
		}
		begun = true
		return json.Unmarshal([]byte(draft), &answers)
	})
	return answers, begun, err
}

// ApartDraft returns the sheet of a member of which nothing but items 10 and 11 was begun,
// the latest; ErrNotFound if there is none. ErrStepUp without the second unlock.
func (r *CheckIns) ApartDraft(ctx context.Context, member ID) (ID, error) {
	all, err := list(ctx, r.c.apartStore(keys.SafetyRole, member), scanID,
		`SELECT check_in FROM pressure_draft WHERE check_in NOT IN (SELECT check_in FROM pressure_answer) ORDER BY saved_at DESC, check_in`)
	if err != nil {
		return ID{}, err
	}
	known, err := list(ctx, r.c.record, scanID, `SELECT id FROM check_in UNION SELECT id FROM check_in_draft`)
	if err != nil {
		return ID{}, err
	}
	for _, id := range all {
		if !slices.Contains(known, id) {
			return id, nil
		}
	}
	return ID{}, ErrNotFound
}

// DropDraft forgets what is being entered of a sheet, but for items 10 and 11.
func (r *CheckIns) DropDraft(ctx context.Context, id ID) error {
	return r.c.record.Update(ctx, func(tx *drawer.Tx) error { return dropSheet(ctx, tx, id) })
}

// DropApartDraft forgets what is being entered of items 10 and 11. ErrStepUp without the
// second unlock.
func (r *CheckIns) DropApartDraft(ctx context.Context, member, id ID) error {
	return r.c.apartStore(keys.SafetyRole, member).Update(ctx, func(tx *drawer.Tx) error { return dropApart(ctx, tx, id) })
}

func dropSheet(ctx context.Context, tx *drawer.Tx, id ID) error {
	_, err := tx.Exec(ctx, `DELETE FROM check_in_draft WHERE id = ?`, id[:])
	return err
}

func dropApart(ctx context.Context, tx *drawer.Tx, id ID) error {
	_, err := tx.Exec(ctx, `DELETE FROM pressure_draft WHERE check_in = ?`, id[:])
	return err
}
