package practice

import (
	"context"
	"database/sql"
	"errors"

	"ebb/vault"
	"ebb/vault/drawer"
)

// A store is a drawer, by the way to open it: it outlives the closing of the drawer
// in the middle of a session, and says so when its file has gone, so that nothing is
// acknowledged that was written to nowhere.
type store struct {
	session *vault.Session
	open    func(context.Context) (*drawer.Drawer, error)
}

func storeOf(s *vault.Session, open func(context.Context) (*drawer.Drawer, error)) store {
	return store{s, open}
}

// with runs do on the drawer, and on the one that is opened in its place if it was
// closed in between.
func (s store) with(ctx context.Context, do func(*drawer.Drawer) error) (*drawer.Drawer, error) {
	var last *drawer.Drawer
	for {
		d, err := s.open(ctx)
		if err != nil {
			return last, err
		}
		err = do(d)
		if !errors.Is(err, vault.ErrLocked) || d == last {
			return d, err
		}
		last = d
	}
}

// View is [drawer.Drawer.View].
func (s store) View(ctx context.Context, fn func(*drawer.Tx) error) error {
	d, err := s.with(ctx, func(d *drawer.Drawer) error { return d.View(ctx, fn) })
	return s.present(d, err)
}

// Update is [drawer.Drawer.Update].
func (s store) Update(ctx context.Context, fn func(*drawer.Tx) error) error {
	d, err := s.with(ctx, func(d *drawer.Drawer) error { return d.Update(ctx, fn) })
	return s.present(d, err)
}

// present adds to an outcome that the drawer's file has gone.
func (s store) present(d *drawer.Drawer, err error) error {
	if d == nil {
		return err
	}
	if gone := s.session.Present(d); gone != nil {
		return errors.Join(gone, err)
	}
	return err
}

type scanner interface{ Scan(...any) error }

// scanOf reads a row of one column.
func scanOf[T any](row scanner) (value T, err error) {
	err = row.Scan(&value)
	return value, err
}

// read collects the rows of a query.
func read[T any](ctx context.Context, tx *drawer.Tx, scan func(scanner) (T, error), query string, args ...any) ([]T, error) {
	rows, err := tx.Query(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var all []T
	for rows.Next() {
		one, err := scan(rows)
		if err != nil {
			return nil, err
		}
		all = append(all, one)
	}
	return all, rows.Err()
}

// list is read in a transaction of its own.
func list[T any](ctx context.Context, s store, scan func(scanner) (T, error), query string, args ...any) (all []T, err error) {
	err = s.View(ctx, func(tx *drawer.Tx) error {
		all, err = read(ctx, tx, scan, query, args...)
		return err
	})
	return all, err
}

// one reads a row, or is ErrNotFound.
func one[T any](ctx context.Context, s store, scan func(scanner) (T, error), query string, args ...any) (found T, err error) {
	err = s.View(ctx, func(tx *drawer.Tx) error {
		found, err = scan(tx.QueryRow(ctx, query, args...))
		return notFound(err)
	})
	return found, err
}

// notFound is the one place where the database's word for it becomes ours.
func notFound(err error) error {
	if errors.Is(err, sql.ErrNoRows) {
		return ErrNotFound
	}
	return err
}

// changed is ErrNotFound if a statement changed no row.
func changed(result sql.Result, err error) error {
	if err != nil {
		return err
	}
	n, err := result.RowsAffected()
	if err == nil && n == 0 {
		return ErrNotFound
	}
	return err
}
