package home

import (
	"context"
	"errors"

	"ebb/vault"
	"ebb/vault/drawer"
)

// Lost tells how many of the entries cannot be read because the drawer is
// damaged, and how many there are. An error of kind vault.ErrDamaged means that
// so much is damaged that nobody can tell.
func (j *Journal) Lost(ctx context.Context) (lost, all int, err error) {
	numbers, err := j.numbers(ctx)
	if err != nil {
		return 0, 0, err
	}
	for _, n := range numbers {
		err := j.private.View(ctx, func(tx *drawer.Tx) error {
			_, err := scanEntry(tx.QueryRow(ctx, `SELECT `+entryColumns+` FROM entry WHERE seq = ?`, n))
			return err
		})
		switch {
		case errors.Is(err, vault.ErrDamaged), errors.Is(err, ErrNotFound):
			lost++
		case err != nil:
			return 0, 0, err
		}
	}
	return lost, len(numbers), nil
}

// numbers lists the entries from one of the indexes, which may be whole where the
// table is not.
func (j *Journal) numbers(ctx context.Context) (numbers []int64, err error) {
	for _, index := range []string{
		`SELECT seq FROM entry INDEXED BY entry_by_time`,
		`SELECT seq FROM entry ORDER BY id`,
	} {
		err = j.private.View(ctx, func(tx *drawer.Tx) error {
			numbers = nil
			rows, err := tx.Query(ctx, index)
			if err != nil {
				return err
			}
			defer rows.Close()
			for rows.Next() {
				var n int64
				if err := rows.Scan(&n); err != nil {
					return err
				}
				numbers = append(numbers, n)
			}
			return rows.Err()
		})
		if !errors.Is(err, vault.ErrDamaged) {
			break
		}
	}
	return numbers, err
}
