package drawer

import (
	"context"
	"database/sql"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	sqlite3 "github.com/mattn/go-sqlite3"
)

// How much BenchmarkRatios does. Each pair of runs is one plain and one sealed
// database, in alternating order; the ratio of a pair is sealed to plain.
const (
	benchPairs   = 9
	benchEntries = 20_000 // about 1 KB each, with a full-text index
	benchCommits = 200
	benchPoints  = 20_000
	benchQueries = 300
)

// benchEntry returns an entry of about 1 KB that is the same each time.
func benchEntry(i int) string {
	random := rand.New(rand.NewPCG(uint64(i), 1))
	var b strings.Builder
	for b.Len() < 1000 {
		fmt.Fprintf(&b, "word%d ", random.IntN(5000))
	}
	return b.String()
}

// BenchmarkRatios compares a drawer with a plain SQLite database that has the
// same settings, and prints for each kind of work
//
//	ratio NAME MEDIAN spread MIN MAX
//
// and how long it takes to open a drawer of 100 MB and run the first query.
func BenchmarkRatios(b *testing.B) {
	for b.Loop() {
		dir := b.TempDir()
		entries := make([]string, benchEntries)
		for i := range entries {
			entries[i] = benchEntry(i)
		}
		works := []string{"commit", "bulk", "point", "fts", "scan", "vacuum", "vacuum-again"}
		ratios := map[string][]float64{}
		for pair := range benchPairs {
			dbs := [2]*sql.DB{
				openPlain(b, filepath.Join(dir, fmt.Sprint("plain", pair))),
				openSealed(b, filepath.Join(dir, fmt.Sprint("sealed", pair))),
			}
			for _, work := range works {
				var took [2]time.Duration
				for turn := range 2 {
					i := (pair + turn) % 2
					began := benchClock()
					benchWork(b, dbs[i], work, entries, pair)
					took[i] = benchClock() - began
				}
				ratios[work] = append(ratios[work], float64(took[1])/float64(took[0]))
			}
			for i, db := range dbs {
				db.Close()
				for _, suffix := range []string{"", logSuffix} { // what one pair wrote is not to be on its way to the disk under the next
					os.Remove(filepath.Join(dir, fmt.Sprint([]string{"plain", "sealed"}[i], pair)+suffix))
				}
			}
		}
		for _, work := range works {
			r := ratios[work]
			slices.Sort(r)
			fmt.Printf("ratio %s %.2f spread %.2f %.2f\n", work, r[len(r)/2], r[0], r[len(r)-1])
		}
		fmt.Printf("open-100MB-ms %.1f\n", benchOpen(b, filepath.Join(dir, "opening")))
	}
}

var benchBegan = time.Now()

// benchClock is the time on the wall.
var benchClock = func() time.Duration { return time.Since(benchBegan) }

// benchSchema is like that of a journal.
var benchSchema = Schema{ApplicationID: 1, Migrations: []Migration{{Name: "0001", SQL: `
	CREATE TABLE entry (id INTEGER PRIMARY KEY, text TEXT NOT NULL) STRICT;
	CREATE VIRTUAL TABLE entry_text USING fts5 (text, content = 'entry', content_rowid = 'id');
	CREATE TABLE counter (n INTEGER NOT NULL) STRICT;`}}}

func openPlain(b *testing.B, path string) *sql.DB {
	db := sql.OpenDB(&connector{
		name: "file:" + path + "?_locking_mode=EXCLUSIVE&_sync=FULL",
		driver: &sqlite3.SQLiteDriver{ConnectHook: func(conn *sqlite3.SQLiteConn) error {
			for _, p := range settings {
				if p.name == "cache_size" {
					continue // SQLite's own
				}
				if p.name == "mmap_size" {
					p.want = "0"
				}
				if err := p.apply(conn); err != nil {
					return err
				}
			}
			return nil
		}},
	})
	db.SetMaxOpenConns(1)
	if _, err := db.Exec(benchSchema.Migrations[0].SQL); err != nil {
		b.Fatal(err)
	}
	return db
}

// openSealed returns a drawer's own database, without the transactions that View
// and Update put around, which plain SQLite does not have either.
func openSealed(b *testing.B, path string) *sql.DB {
	d, err := Create(context.Background(), path, testID, testKey, benchSchema, Options{})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { d.Close() })
	if err := d.conn.SetFileControlInt("main", controlTrust, 1); err != nil { // VACUUM
		b.Fatal(err)
	}
	return d.db
}

func benchWork(b *testing.B, db *sql.DB, work string, entries []string, seed int) {
	var err error
	switch work {
	case "commit":
		for i := range benchCommits {
			if _, err = db.Exec(`INSERT INTO counter VALUES (?)`, i); err != nil {
				break
			}
		}
	case "bulk":
		err = bulk(db, entries)
	case "point":
		err = points(db, seed)
	case "fts":
		var n int
		for i := 0; i < benchQueries && err == nil; i++ {
			err = db.QueryRow(`SELECT count(*) FROM entry_text WHERE entry_text MATCH ?`, fmt.Sprint("word", (i*37+seed)%5000)).Scan(&n)
		}
	case "scan":
		var n int
		err = db.QueryRow(`SELECT sum(length(text)) FROM entry`).Scan(&n)
	case "vacuum", "vacuum-again": // the second finds a log that is long enough
		_, err = db.Exec(`VACUUM`)
	}
	if err != nil {
		b.Fatal(work, ": ", err)
	}
}

func bulk(db *sql.DB, entries []string) error {
	for len(entries) > 0 {
		batch := entries[:min(500, len(entries))]
		entries = entries[len(batch):]
		tx, err := db.Begin()
		if err != nil {
			return err
		}
		for _, text := range batch {
			result, err := tx.Exec(`INSERT INTO entry (text) VALUES (?)`, text)
			if err != nil {
				return err
			}
			id, err := result.LastInsertId()
			if err != nil {
				return err
			}
			if _, err := tx.Exec(`INSERT INTO entry_text (rowid, text) VALUES (?, ?)`, id, text); err != nil {
				return err
			}
		}
		if err := tx.Commit(); err != nil {
			return err
		}
	}
	return nil
}

func points(db *sql.DB, seed int) error {
	random := rand.New(rand.NewPCG(uint64(seed), 2))
	stmt, err := db.Prepare(`SELECT text FROM entry WHERE id = ?`)
	if err != nil {
		return err
	}
	defer stmt.Close()
	for range benchPoints {
		var text string
		if err := stmt.QueryRow(1 + random.IntN(benchEntries)).Scan(&text); err != nil {
			return err
		}
	}
	return nil
}

// benchOpen returns the median time, in milliseconds, to open a drawer of 100 MB
// that was closed cleanly, and read one row.
func benchOpen(b *testing.B, path string) float64 {
	ctx := context.Background()
	d, err := Create(ctx, path, testID, testKey, benchSchema, Options{})
	if err != nil {
		b.Fatal(err)
	}
	if err := d.Update(ctx, func(tx *Tx) error {
		for range 100 {
			if _, err := tx.Exec(ctx, `INSERT INTO entry (text) VALUES (?)`, strings.Repeat("x", 1<<20)); err != nil {
				return err
			}
		}
		return nil
	}); err != nil {
		b.Fatal(err)
	}
	if err := d.Close(); err != nil {
		b.Fatal(err)
	}
	var took []float64
	for range benchPairs {
		began := time.Now()
		d, err := Open(ctx, path, testID, testKey, benchSchema, Options{})
		if err != nil {
			b.Fatal(err)
		}
		if err := d.View(ctx, func(tx *Tx) error {
			var n int
			return tx.QueryRow(ctx, `SELECT count(*) FROM counter`).Scan(&n)
		}); err != nil {
			b.Fatal(err)
		}
		took = append(took, float64(time.Since(began).Microseconds())/1000)
		d.Close()
	}
	slices.Sort(took)
	return took[len(took)/2]
}
