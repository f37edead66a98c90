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
		_, err := j.numbered(ctx, n)
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

// numbered reads one entry by its place in the list.
func (j *Journal) numbered(ctx context.Context, n int64) (e Entry, err error) {
	err = j.private.View(ctx, func(tx *drawer.Tx) error {
		e, err = scanEntry(tx.QueryRow(ctx, `SELECT `+entryColumns+` FROM entry WHERE seq = ?`, n))
		return err
	})
	return e, err
}

// reachable lists the entries that an index or the table leads to, the oldest
// first as far as that is known; all is true if one of them is whole. Where none
// is, each is read from both of its ends, up to the damage.
func (j *Journal) reachable(ctx context.Context) (numbers []int64, all bool, err error) {
	found := map[int64]bool{}
	for _, from := range []string{
		`INDEXED BY entry_by_time ORDER BY written_at, seq`, `INDEXED BY entry_by_time ORDER BY written_at DESC, seq DESC`,
		`ORDER BY id`, `ORDER BY id DESC`, `NOT INDEXED ORDER BY seq`, `NOT INDEXED ORDER BY seq DESC`,
	} {
		err = j.private.View(ctx, func(tx *drawer.Tx) error {
			rows, err := tx.Query(ctx, `SELECT seq FROM entry `+from)
			if err != nil {
				return err
			}
			defer rows.Close()
			for rows.Next() {
				var n int64
				if err := rows.Scan(&n); err != nil {
					return err
				}
				if !found[n] {
					found[n] = true
					numbers = append(numbers, n)
				}
			}
			return rows.Err()
		})
		if err == nil || !errors.Is(err, vault.ErrDamaged) || errors.Is(err, vault.ErrGone) {
			return numbers, err == nil, err
		}
	}
	return numbers, false, nil
}
