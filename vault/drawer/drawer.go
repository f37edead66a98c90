package drawer

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	sqlite3 "github.com/mattn/go-sqlite3"
)

// A Drawer is an open drawer. Its methods may be called from several goroutines;
// transactions run one after the other. A transaction must not be begun inside
// another one of the same drawer: it would wait for ever.
type Drawer struct {
	store   *store
	handle  int
	db      *sql.DB
	conn    *sqlite3.SQLiteConn // the one connection of db
	release func()              // lets the file be opened again in this process
	repairs []Repair
	turn    chan struct{} // holds a token while the drawer is used
	closed  bool          // guarded by turn
}

// enter waits for the drawer to be free, or for ctx to end.
func (d *Drawer) enter(ctx context.Context) error {
	select {
	case d.turn <- struct{}{}:
	case <-ctx.Done():
		return ctx.Err()
	}
	if d.closed {
		d.leave()
		return ErrClosed
	}
	d.store.fault = nil
	return nil
}

func (d *Drawer) leave() { <-d.turn }

// Tx is a transaction. It is valid until the function it was given to returns.
type Tx struct {
	tx *sql.Tx
	d  *Drawer
}

var errTakenBackBySQLite = errors.New("the transaction was taken back after an error")

// over returns why nothing more can be done in the transaction, or nil. When a
// disk fails, SQLite takes the whole transaction back, and a statement after that
// would be a transaction of its own.
func (t *Tx) over() error {
	if t.d.conn.AutoCommit() {
		return errTakenBackBySQLite
	}
	return nil
}

// Exec runs SQL that returns no rows.
func (t *Tx) Exec(ctx context.Context, query string, args ...any) (sql.Result, error) {
	if err := t.over(); err != nil {
		return nil, err
	}
	result, err := t.tx.ExecContext(ctx, query, args...)
	return result, sqlError(err, t.d.store.fault)
}

// Query runs SQL that returns rows. The caller closes them.
func (t *Tx) Query(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	if err := t.over(); err != nil {
		return nil, err
	}
	rows, err := t.tx.QueryContext(ctx, query, args...)
	return rows, sqlError(err, t.d.store.fault)
}

// QueryRow runs SQL that returns at most one row.
func (t *Tx) QueryRow(ctx context.Context, query string, args ...any) *sql.Row {
	if err := t.over(); err != nil { // the row gives it back
		ended, end := context.WithCancelCause(ctx)
		end(err)
		ctx = ended
	}
	return t.tx.QueryRowContext(ctx, query, args...)
}

// View runs fn in a transaction that is rolled back in any case, so that it sees
// one state of the drawer and changes nothing. It returns the error of fn.
//
// SQL of callers, here and in [Drawer.Update], reads and writes tables; it cannot
// attach other databases, set pragmas, VACUUM or load extensions.
func (d *Drawer) View(ctx context.Context, fn func(*Tx) error) error {
	if err := d.enter(ctx); err != nil {
		return err
	}
	defer d.leave()
	return d.transact(ctx, false, func(tx *sql.Tx) error { return fn(&Tx{tx, d}) })
}

// Update runs fn in a transaction and commits it. It returns nil only after the
// commit is on the device. If fn returns an error or panics, or the commit fails,
// nothing is changed.
//
// ErrFull, ErrTooLarge and ErrReadOnly leave the drawer usable; after ErrDamaged
// it should be closed.
func (d *Drawer) Update(ctx context.Context, fn func(*Tx) error) error {
	if err := d.enter(ctx); err != nil {
		return err
	}
	defer d.leave()
	return d.transact(ctx, true, func(tx *sql.Tx) error { return fn(&Tx{tx, d}) })
}

// transact runs fn in a transaction and commits it if fn returns nil and keep is
// set; otherwise it is rolled back.
func (d *Drawer) transact(ctx context.Context, keep bool, fn func(*sql.Tx) error) error {
	// database/sql would roll back behind our back when ctx ends, while the
	// drawer is somebody else's already. The statements and the last check heed
	// ctx instead.
	tx, err := d.db.BeginTx(context.WithoutCancel(ctx), nil)
	if err != nil {
		return sqlError(err, d.store.fault)
	}
	ended := false
	defer func() {
		if !ended { // fn panicked, and that is what is told
			_ = tx.Rollback()
			_ = d.forgetIndexes(ctx)
		}
	}()
	err = fn(tx)
	if err == nil {
		err = ctx.Err()
	}
	ended = true
	if d.conn.AutoCommit() { // SQLite ended it by itself
		if err == nil {
			err = errors.Join(errTakenBackBySQLite, diskError(d.store.fault))
		}
		_ = tx.Rollback() // which database/sql wants to see
		return errors.Join(sqlError(err, d.store.fault), d.forgetIndexes(ctx))
	}
	if err == nil && keep {
		if err := tx.Commit(); err != nil {
			return errors.Join(sqlError(err, d.store.fault), d.forgetIndexes(ctx))
		}
		return nil
	}
	if undo := tx.Rollback(); undo != nil && err == nil {
		err = undo
	}
	return sqlError(err, d.store.fault)
}

// forgetIndexes has SQLite forget what it holds in memory of the schema. When it
// takes a transaction back in the middle of a statement of a full-text index, the
// index would keep words of that transaction, and write them with the next one.
func (d *Drawer) forgetIndexes(ctx context.Context) error {
	return d.inOwnName(func() error {
		_, err := d.db.ExecContext(context.WithoutCancel(ctx), "PRAGMA writable_schema = RESET")
		return err
	})
}

// Checkpoint copies what the log holds to the main file. It is worth calling when
// there is nothing else to do: it makes closing quick.
func (d *Drawer) Checkpoint(ctx context.Context) error {
	if err := d.enter(ctx); err != nil {
		return err
	}
	defer d.leave()
	return d.checkpoint(ctx)
}

func (d *Drawer) checkpoint(ctx context.Context) error {
	var busy, frames, copied int
	err := d.inOwnName(func() error {
		return d.db.QueryRowContext(ctx, "PRAGMA wal_checkpoint(PASSIVE)").Scan(&busy, &frames, &copied)
	})
	if err != nil {
		return sqlError(err, d.store.fault)
	}
	if busy != 0 || frames != copied {
		return fmt.Errorf("%d of %d frames were copied to the main file: %w", copied, frames, ErrInUse)
	}
	return nil
}

// Repairs returns what opening the drawer mended or noticed, in that order.
func (d *Drawer) Repairs() []Repair { return append([]Repair(nil), d.repairs...) }

// Sequence returns the number of the last state that was written to the drawer.
// It grows with use and never falls, unless somebody puts an older copy of the
// drawer in its place. It stays valid after Close.
func (d *Drawer) Sequence() uint64 { return d.store.sequence.Load() }
