package practice

import (
	"context"

	"ebb/vault/drawer"
)

// MaxReferrals is how many contacts for referral a practice can have.
const MaxReferrals = 1000

// A Referral is somebody to whom people may be referred, such as a physician. It belongs
// to the practice and to no case: nothing says who was sent there.
type Referral struct {
	ID     ID
	Field  string // what they do
	Name   string
	Reach  string // how they are reached
	Remark string
}

// Referrals are the contacts for referral of a practice.
type Referrals struct{ caseload store }

// All returns the contacts by what they do and then by name.
func (r *Referrals) All(ctx context.Context) ([]Referral, error) {
	return list(ctx, r.caseload, func(row scanner) (one Referral, err error) {
		var id []byte
		err = row.Scan(&id, &one.Field, &one.Name, &one.Reach, &one.Remark)
		one.ID = idOf(id)
		return one, err
	}, `SELECT id, field, name, reach, remark FROM referral ORDER BY lower(field), lower(name), id LIMIT ?`, MaxReferrals)
}

// Put keeps a contact; one without an id is new. ErrEmpty without a name, ErrTooLong
// also if there is no room for one more.
func (r *Referrals) Put(ctx context.Context, one Referral) (ID, error) {
	if err := lines(MaxName, &one.Field, &one.Name); err != nil {
		return ID{}, err
	}
	if err := lines(MaxLine, &one.Reach, &one.Remark); err != nil {
		return ID{}, err
	}
	if !seen(one.Name) {
		return ID{}, ErrEmpty
	}
	fresh := one.ID == (ID{})
	if fresh {
		one.ID = NewID()
	}
	return one.ID, r.caseload.Update(ctx, func(tx *drawer.Tx) error {
		if !fresh {
			return changed(tx.Exec(ctx, `UPDATE referral SET field = ?, name = ?, reach = ?, remark = ? WHERE id = ?`, one.Field, one.Name, one.Reach, one.Remark, one.ID[:]))
		}
		var others int
		if err := tx.QueryRow(ctx, `SELECT count(*) FROM referral`).Scan(&others); err != nil {
			return err
		}
		if others >= MaxReferrals {
			return ErrTooLong
		}
		_, err := tx.Exec(ctx, `INSERT INTO referral (id, field, name, reach, remark) VALUES (?, ?, ?, ?, ?)`, one.ID[:], one.Field, one.Name, one.Reach, one.Remark)
		return err
	})
}

// Remove takes a contact off the list for good.
func (r *Referrals) Remove(ctx context.Context, id ID) error {
	return r.caseload.Update(ctx, func(tx *drawer.Tx) error {
		return changed(tx.Exec(ctx, `DELETE FROM referral WHERE id = ?`, id[:]))
	})
}
