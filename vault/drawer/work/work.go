// Package work is the work by which a drawer is compared with other SQLite
// databases: what a journal does to its database, in sizes and numbers that are the
// same for all of them. The benchmarks of package drawer run it in one process;
// [Serve] lets a program of its own run it on request, for libraries that cannot be
// linked together.
package work

import (
	"context"
	"database/sql"
	"fmt"
	"math/rand/v2"
	"strings"
	"sync"
)

// Schema is that of a journal, in words that older versions of SQLite know too.
const Schema = `
	CREATE TABLE entry (id INTEGER PRIMARY KEY, text TEXT NOT NULL);
	CREATE VIRTUAL TABLE entry_text USING fts5 (text, content = 'entry', content_rowid = 'id');
	CREATE TABLE counter (n INTEGER NOT NULL);`

// Names lists the kinds of work, in the order in which they are best run: those that
// only read find what the ones before them wrote.
//
//   - commit: Commits transactions of one row each
//   - bulk: entries with their full-text index, 500 to a transaction
//   - point: Points entries by their number, in any order, with one prepared statement
//   - fts: Queries full-text queries for one word
//   - scan: all entries, from the first to the last
//   - vacuum: the whole database written anew
var Names = []string{"commit", "bulk", "point", "fts", "scan", "vacuum"}

// Amount says how much is done.
type Amount struct {
	Commits, Points, Queries int
	Entries                  int // that bulk adds
}

// Typical takes some tenths of a second of each kind.
var Typical = Amount{Commits: 200, Points: 20_000, Queries: 300, Entries: 20_000}

const vocabulary = 5000

// Entry returns the text of an entry, the same each time: words, from 200 to 1,800
// bytes, about 1,000 on average. Lengths that hardly differ would make a benchmark
// of the remainder that they leave in a page. The texts repeat after 997 entries;
// the first call makes them.
func Entry(id int) string { return texts()[id%len(texts())] }

var texts = sync.OnceValue(func() []string {
	made := make([]string, 997)
	for i := range made {
		random := rand.New(rand.NewPCG(uint64(i), 1))
		var b strings.Builder
		for length := 200 + random.IntN(1600); b.Len() < length; {
			fmt.Fprintf(&b, "word%d ", random.IntN(vocabulary))
		}
		made[i] = b.String()
	}
	return made
})

// Run does one kind of work. Different seeds look for different things.
func (a Amount) Run(ctx context.Context, db *sql.DB, name string, seed int) (err error) {
	switch name {
	case "commit":
		for i := 0; i < a.Commits && err == nil; i++ {
			_, err = db.ExecContext(ctx, `INSERT INTO counter VALUES (?)`, i)
		}
	case "bulk":
		err = a.bulk(ctx, db)
	case "point":
		err = a.points(ctx, db, seed)
	case "fts":
		var n int
		for i := 0; i < a.Queries && err == nil; i++ {
			word := fmt.Sprint("word", (i*37+seed)%vocabulary)
			err = db.QueryRowContext(ctx, `SELECT count(*) FROM entry_text WHERE entry_text MATCH ?`, word).Scan(&n)
		}
	case "scan":
		var n sql.NullInt64
		err = db.QueryRowContext(ctx, `SELECT sum(length(text)) FROM entry`).Scan(&n)
	case "vacuum":
		_, err = db.ExecContext(ctx, `VACUUM`)
	default:
		err = fmt.Errorf("no such work: %q", name)
	}
	return err
}

// bulk adds entries behind those that are there.
func (a Amount) bulk(ctx context.Context, db *sql.DB) error {
	last, err := entries(ctx, db)
	if err != nil {
		return err
	}
	const batch = 500
	for next, end := last+1, last+a.Entries; next <= end; next += batch {
		if err := add(ctx, db, next, min(next+batch-1, end)); err != nil {
			return err
		}
	}
	return nil
}

// add puts the entries from first to last in, in one transaction.
func add(ctx context.Context, db *sql.DB, first, last int) error {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback() }() // does nothing after a commit
	for id := first; id <= last; id++ {
		text := Entry(id)
		if _, err := tx.ExecContext(ctx, `INSERT INTO entry (id, text) VALUES (?, ?)`, id, text); err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, `INSERT INTO entry_text (rowid, text) VALUES (?, ?)`, id, text); err != nil {
			return err
		}
	}
	return tx.Commit()
}

func (a Amount) points(ctx context.Context, db *sql.DB, seed int) error {
	last, err := entries(ctx, db)
	if err != nil || last == 0 {
		return err
	}
	random := rand.New(rand.NewPCG(uint64(seed), 2))
	stmt, err := db.PrepareContext(ctx, `SELECT text FROM entry WHERE id = ?`)
	if err != nil {
		return err
	}
	defer stmt.Close()
	for range a.Points {
		var text string
		if err := stmt.QueryRowContext(ctx, 1+random.IntN(last)).Scan(&text); err != nil {
			return err
		}
	}
	return nil
}

// entries returns how many entries there are, which is also the number of the last.
func entries(ctx context.Context, db *sql.DB) (n int, err error) {
	var last sql.NullInt64
	err = db.QueryRowContext(ctx, `SELECT max(id) FROM entry`).Scan(&last)
	return int(last.Int64), err
}
