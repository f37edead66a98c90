package drawer

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"

	sqlite3 "github.com/mattn/go-sqlite3"
)

// The ledger is what the campaigns keep in their drawers: n transactions, posted
// in order, leave exactly what ledgerAfter(n) says, so that a lost, a doubled, a
// mixed or an altered one shows.

var (
	ledgerKey = Key{0x1e, 0xd9, 0xe4, 1}
	ledgerID  = ID{0x1e, 0xd9, 0xe4, 2}
)

const ledgerTables = `
	CREATE TABLE line (id INTEGER PRIMARY KEY, revision INTEGER NOT NULL, body TEXT NOT NULL) STRICT;
	CREATE TABLE account (posted INTEGER NOT NULL) STRICT;
	INSERT INTO account VALUES (0);
	CREATE VIRTUAL TABLE line_text USING fts5 (body, content = 'line', content_rowid = 'id');
	INSERT INTO line_text (line_text, rank) VALUES ('secure-delete', 1);
	CREATE TRIGGER line_added AFTER INSERT ON line BEGIN
		INSERT INTO line_text (rowid, body) VALUES (new.id, new.body);
	END;
	CREATE TRIGGER line_removed AFTER DELETE ON line BEGIN
		INSERT INTO line_text (line_text, rowid, body) VALUES ('delete', old.id, old.body);
	END;
	CREATE TRIGGER line_changed AFTER UPDATE ON line BEGIN
		INSERT INTO line_text (line_text, rowid, body) VALUES ('delete', old.id, old.body);
		INSERT INTO line_text (rowid, body) VALUES (new.id, new.body);
	END;`

// ledgerSchema returns the ledger's schema with some migrations more. Each of
// them copies the lines into a table of its own and drops the one before.
func ledgerSchema(more int) Schema {
	s := Schema{ApplicationID: 0x45420aa0, Migrations: []Migration{{Name: "0001_ledger", SQL: ledgerTables}}}
	for i := 1; i <= more; i++ {
		sql := fmt.Sprintf(`CREATE TABLE copy_%d (id INTEGER PRIMARY KEY, body TEXT NOT NULL) STRICT;
			INSERT INTO copy_%d SELECT id, body FROM line;`, i, i)
		if i > 1 {
			sql += fmt.Sprintf("DROP TABLE copy_%d;", i-1)
		}
		s.Migrations = append(s.Migrations, Migration{Name: fmt.Sprintf("%04d_copy", i+1), SQL: sql})
	}
	return s
}

// canary is in every line of the ledger, and must be in no file.
const canary = "kanarienvogel"

// body returns the text of a line: mostly some hundred bytes, now and then
// enough for several pages.
func body(id, revision int) string {
	times := 2 + (id*7+revision*3)%40
	if id%13 == 0 {
		times += 200
	}
	return strings.Repeat(fmt.Sprintf("%s line%d revision%d ", canary, id, revision), times)
}

var ledgers struct {
	mu    sync.Mutex
	after []map[int]int
}

// ledgerAfter returns the revision of every line after n transactions.
func ledgerAfter(n int) map[int]int {
	ledgers.mu.Lock()
	defer ledgers.mu.Unlock()
	if len(ledgers.after) == 0 {
		ledgers.after = append(ledgers.after, map[int]int{})
	}
	for k := len(ledgers.after); k <= n; k++ {
		lines := make(map[int]int, k)
		for id, revision := range ledgers.after[k-1] {
			lines[id] = revision
		}
		lines[k] = 0
		if _, ok := lines[k-5]; ok && k%3 == 0 {
			lines[k-5]++
		}
		if k%7 == 0 {
			delete(lines, k-3)
		}
		ledgers.after = append(ledgers.after, lines)
	}
	return ledgers.after[n]
}

// post makes transaction n, which adds a line and may change and remove others.
func post(ctx context.Context, d *Drawer, n int) error {
	return d.Update(ctx, func(tx *Tx) error { return postIn(ctx, tx, n) })
}

func postIn(ctx context.Context, tx *Tx, n int) error {
	lines := ledgerAfter(n)
	if _, err := tx.Exec(ctx, `INSERT INTO line VALUES (?, 0, ?)`, n, body(n, 0)); err != nil {
		return err
	}
	if revision, ok := lines[n-5]; ok && n%3 == 0 {
		if _, err := tx.Exec(ctx, `UPDATE line SET revision = ?, body = ? WHERE id = ?`, revision, body(n-5, revision), n-5); err != nil {
			return err
		}
	}
	if n%7 == 0 {
		if _, err := tx.Exec(ctx, `DELETE FROM line WHERE id = ?`, n-3); err != nil {
			return err
		}
	}
	_, err := tx.Exec(ctx, `UPDATE account SET posted = ?`, n)
	return err
}

// postUpTo posts until n transactions are in the drawer, beginning behind from.
func postUpTo(ctx context.Context, d *Drawer, from, n int) error {
	for k := from + 1; k <= n; k++ {
		if err := post(ctx, d, k); err != nil {
			return fmt.Errorf("transaction %d: %w", k, err)
		}
	}
	return nil
}

// errWrong: the drawer answered, and not with what was written.
var errWrong = errors.New("wrong data")

// audit reads the whole ledger and checks the whole drawer. It returns the number
// of transactions in it. An error that is errWrong is one that no attack may
// reach; any other is one the drawer has noticed.
func audit(ctx context.Context, d *Drawer) (posted int, err error) {
	if err := d.View(ctx, func(tx *Tx) error { posted, err = readLedger(ctx, tx); return err }); err != nil {
		return posted, classify(err)
	}
	if err := auditMigrations(ctx, d); err != nil {
		return posted, classify(err)
	}
	report, err := d.Check(ctx, nil)
	if err != nil {
		return posted, classify(err)
	}
	for _, problem := range report.Problems {
		if strings.HasSuffix(problem, " is damaged") { // a page or a frame
			return posted, fmt.Errorf("%s: %w", problem, ErrDamaged)
		}
	}
	if len(report.Problems) > 0 {
		return posted, fmt.Errorf("%w: %v", errWrong, report.Problems)
	}
	return posted, nil
}

// classify: what SQLite finds broken although everything authenticated is wrong
// data by another name.
func classify(err error) error {
	var se sqlite3.Error
	if errors.As(err, &se) && (se.Code == sqlite3.ErrCorrupt || se.Code == sqlite3.ErrNotADB || se.Code == sqlite3.ErrError) {
		return fmt.Errorf("%w: %w", errWrong, err)
	}
	return err
}

func readLedger(ctx context.Context, tx *Tx) (posted int, err error) {
	if err := tx.QueryRow(ctx, `SELECT posted FROM account`).Scan(&posted); err != nil {
		return 0, err
	}
	want := ledgerAfter(posted)
	rows, err := tx.Query(ctx, `SELECT id, revision, body FROM line ORDER BY id`)
	if err != nil {
		return posted, err
	}
	defer rows.Close()
	found := 0
	for rows.Next() {
		var id, revision int
		var text string
		if err := rows.Scan(&id, &revision, &text); err != nil {
			return posted, err
		}
		if r, ok := want[id]; !ok || r != revision || text != body(id, revision) {
			return posted, fmt.Errorf("%w: line %d, revision %d, after %d transactions", errWrong, id, revision, posted)
		}
		found++
	}
	if err := rows.Err(); err != nil {
		return posted, err
	}
	var indexed int
	if err := tx.QueryRow(ctx, `SELECT count(*) FROM line_text WHERE line_text MATCH ?`, canary).Scan(&indexed); err != nil {
		return posted, err
	}
	if found != len(want) || indexed != len(want) {
		return posted, fmt.Errorf("%w: %d lines and %d indexed, want %d", errWrong, found, indexed, len(want))
	}
	return posted, nil
}

// auditMigrations demands that exactly the table of the last migration is there.
func auditMigrations(ctx context.Context, d *Drawer) error {
	var version, copies int
	if err := d.pragma(ctx, "user_version", &version); err != nil {
		return err
	}
	err := d.View(ctx, func(tx *Tx) error {
		return tx.QueryRow(ctx, `SELECT count(*) FROM sqlite_schema WHERE name GLOB 'copy_*'`).Scan(&copies)
	})
	if err != nil {
		return err
	}
	if copies != min(version-1, 1) {
		return fmt.Errorf("%w: %d tables of migrations at version %d", errWrong, copies, version)
	}
	return nil
}

// errTakenBack ends a transaction that is not meant to stay.
var errTakenBack = errors.New("taken back")

// takeBack changes every line, several times more than fits in memory, and rolls
// everything back.
func takeBack(ctx context.Context, d *Drawer) error {
	if err := d.ownSQL(ctx, "PRAGMA cache_size = 10"); err != nil {
		return err
	}
	err := d.Update(ctx, func(tx *Tx) error {
		for range 3 {
			if _, err := tx.Exec(ctx, `UPDATE line SET body = body || ' taken back'`); err != nil {
				return err
			}
		}
		return errTakenBack
	})
	if !errors.Is(err, errTakenBack) {
		return fmt.Errorf("taking back: %w", err)
	}
	return nil
}

// vacuum rewrites the database, which makes it shorter. Nothing in Ebb does so,
// but the ways by which a file is cut are there and must hold.
func vacuum(ctx context.Context, d *Drawer) error { return d.ownSQL(ctx, "VACUUM") }

func (d *Drawer) ownSQL(ctx context.Context, sql string) error {
	if err := d.enter(ctx); err != nil {
		return err
	}
	defer d.leave()
	err := d.inOwnName(func() error {
		_, err := d.db.ExecContext(ctx, sql)
		return err
	})
	return sqlError(err, d.store.fault)
}
