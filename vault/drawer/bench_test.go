package drawer

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"ebb/vault/drawer/work"

	sqlite3 "github.com/mattn/go-sqlite3"
)

// benchPairs is how often BenchmarkRatios does everything. Each pair of runs is one
// plain and one sealed database, in alternating order; the ratio of a pair is sealed
// to plain.
const benchPairs = 9

// BenchmarkRatios compares a drawer with a plain SQLite database that has the
// same settings, and prints for each kind of work
//
//	ratio NAME MEDIAN spread MIN MAX
//
// and how long it takes to open a drawer of 100 MB and run the first query. What the
// numbers mean is in vault/BENCHMARKS.md.
func BenchmarkRatios(b *testing.B) {
	ctx := b.Context()
	kinds := []struct {
		name string
		open work.Opener
	}{{"plain", openPlain}, {"sealed", openSealed}}
	work.Entry(0)
	for b.Loop() {
		dir := b.TempDir()
		// The second vacuum finds a log that is long enough.
		works := append(slices.Clone(work.Names), "vacuum")
		ratios := make([][]float64, len(works))
		for pair := range benchPairs {
			var dbs [2]work.Database
			for i, kind := range kinds {
				var err error
				if dbs[i], err = kind.open(filepath.Join(dir, fmt.Sprint(kind.name, pair)), true); err != nil {
					b.Fatal(err)
				}
			}
			for w, name := range works {
				var took [2]time.Duration
				for turn := range 2 {
					i := (pair + turn) % 2
					began := time.Now()
					if err := work.Typical.Run(ctx, dbs[i].DB, name, pair); err != nil {
						b.Fatal(name, ": ", err)
					}
					took[i] = time.Since(began)
				}
				ratios[w] = append(ratios[w], float64(took[1])/float64(took[0]))
			}
			for i, kind := range kinds {
				if err := dbs[i].Close(); err != nil {
					b.Fatal(err)
				}
				for _, suffix := range []string{"", logSuffix} { // what one pair wrote is not to be on its way to the disk under the next
					_ = os.Remove(filepath.Join(dir, fmt.Sprint(kind.name, pair)+suffix))
				}
			}
		}
		for w, name := range works {
			if w >= len(work.Names) {
				name += "-again"
			}
			r := ratios[w]
			slices.Sort(r)
			fmt.Printf("ratio %s %.2f spread %.2f %.2f\n", name, r[len(r)/2], r[0], r[len(r)-1])
		}
		fmt.Printf("open-100MB-ms %.1f\n", benchOpen(b, filepath.Join(dir, "opening")))
	}
}

// BenchmarkReads does each kind of reading on a plain database and on a drawer that
// hold the same, for profiles: -bench Reads/scan/sealed -cpuprofile FILE.
func BenchmarkReads(b *testing.B) {
	for _, name := range []string{"point", "fts", "scan"} {
		for kind, open := range map[string]work.Opener{"plain": openPlain, "sealed": openSealed} {
			b.Run(name+"/"+kind, func(b *testing.B) {
				db, err := open(filepath.Join(b.TempDir(), kind), true)
				if err == nil {
					err = work.Typical.Run(b.Context(), db.DB, "bulk", 0)
				}
				if err != nil {
					b.Fatal(err)
				}
				for seed := 0; b.Loop(); seed++ {
					if err := work.Typical.Run(b.Context(), db.DB, name, seed); err != nil {
						b.Fatal(err)
					}
				}
				if err := db.Close(); err != nil {
					b.Fatal(err)
				}
			})
		}
	}
}

// openPlain opens a database of the same library that is as like a drawer as a plain
// file can be. Its memory for pages is SQLite's own choice.
func openPlain(path string, fresh bool) (work.Database, error) {
	db := sql.OpenDB(&connector{
		name: "file:" + path + "?_locking_mode=EXCLUSIVE&_sync=FULL",
		driver: &sqlite3.SQLiteDriver{ConnectHook: func(conn *sqlite3.SQLiteConn) error {
			for _, p := range settings {
				if p.name == "cache_size" {
					continue
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
	if fresh {
		if _, err := db.Exec(work.Schema); err != nil {
			return work.Database{}, errors.Join(err, db.Close())
		}
	}
	return work.Database{DB: db, Close: db.Close}, nil
}

// benchSchema is that of the work.
var benchSchema = Schema{ApplicationID: 1, Migrations: []Migration{{Name: "0001", SQL: work.Schema}}}

// openSealed opens a drawer and gives out its own database, without the transactions
// that View and Update put around, which plain SQLite does not have either.
func openSealed(path string, fresh bool) (work.Database, error) {
	ctx := context.Background()
	open := Open
	if fresh {
		open = Create
	}
	d, err := open(ctx, path, testID, testKey, benchSchema, Options{})
	if err != nil {
		return work.Database{}, err
	}
	if err := d.conn.SetFileControlInt("main", controlTrust, 1); err != nil { // VACUUM
		return work.Database{}, errors.Join(err, d.Close())
	}
	return work.Database{DB: d.db, Close: d.Close}, nil
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

// benchServes names, in the environment, the kind of database that this test binary
// is to serve to scripts/bench: plain or sealed.
const benchServes = "EBB_DRAWER_BENCH"

// TestBenchServer is the program that scripts/bench starts, twice; by itself it does
// nothing.
func TestBenchServer(t *testing.T) {
	open := map[string]work.Opener{"plain": openPlain, "sealed": openSealed}[os.Getenv(benchServes)]
	if open == nil {
		return
	}
	if err := work.Serve(os.Stdin, os.Stdout, open); err != nil {
		t.Fatal(err)
	}
}

// What the benchmarks ask of a server is done by both kinds of database, and what
// cannot be done is said.
func TestBenchRequests(t *testing.T) {
	little := work.Amount{Commits: 2, Points: 3, Queries: 2, Entries: 30}
	for kind, open := range map[string]work.Opener{"plain": openPlain, "sealed": openSealed} {
		path := filepath.Join(t.TempDir(), kind)
		requests := []work.Request{{Do: "scan"}, {Do: "create", Path: path}, {Do: "whistle"}}
		for range 2 {
			for _, name := range append(slices.Clone(work.Names), "close", "open") {
				requests = append(requests, work.Request{Do: name, Path: path, Amount: little, Seed: len(requests)})
			}
		}
		requests = append(requests, work.Request{Do: "close"}, work.Request{Do: "close"})
		var in, out bytes.Buffer
		for _, r := range requests {
			line, err := json.Marshal(r)
			if err != nil {
				t.Fatal(err)
			}
			in.Write(append(line, '\n'))
		}
		if err := work.Serve(&in, &out, open); err != nil {
			t.Fatal(err)
		}
		for i, r := range requests {
			line, err := out.ReadString('\n')
			if err != nil {
				t.Fatal(err)
			}
			var a work.Answer
			if err := json.Unmarshal([]byte(strings.TrimPrefix(line, work.Mark)), &a); err != nil {
				t.Fatal(err)
			}
			impossible := i == 0 || r.Do == "whistle" || i == len(requests)-1
			if impossible != (a.Error != "") || !impossible && r.Do != "create" && r.Do != "close" && (a.Took <= 0 || a.Pages == 0) {
				t.Errorf("%s, request %d, %s: %+v", kind, i, r.Do, a)
			}
		}
	}
}
