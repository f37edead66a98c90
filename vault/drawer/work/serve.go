package work

import (
	"bufio"
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"io"
	"time"
)

// Database is one that is measured.
type Database struct {
	*sql.DB
	Close func() error
}

// Opener opens the database at path with the schema in it, or makes it.
type Opener func(path string, fresh bool) (Database, error)

// Request asks a server for one thing.
type Request struct {
	Do     string // "create", "open", "open-cold", "close" or one of Names
	Path   string // create: where
	Amount Amount
	Seed   int
}

// Answer is what came of it.
type Answer struct {
	Took   time.Duration
	Closed time.Duration // open, open-cold: how long the closing before it took
	Peak   int64         // most memory that the process had meanwhile, in bytes; 0: not known here
	Pages  int           // of the database, of 4096 bytes
	Error  string        // empty: all went well
}

// Mark begins the lines that answer requests, among whatever else a server writes.
const Mark = "answer "

// Serve does what the requests in in ask for, one JSON object to a line, and writes
// one line for each to out: Mark and the answer as JSON. It returns when in ends.
func Serve(in io.Reader, out io.Writer, open Opener) error {
	s := server{open: open}
	texts()
	lines := bufio.NewScanner(in)
	for lines.Scan() {
		var r Request
		if err := json.Unmarshal(lines.Bytes(), &r); err != nil {
			return fmt.Errorf("a request: %w", err)
		}
		var a Answer
		resetPeak()
		if err := s.answer(r, &a); err != nil {
			a.Error = err.Error()
		}
		a.Peak = peak()
		text, err := json.Marshal(a)
		if err != nil {
			return err
		}
		if _, err := fmt.Fprintf(out, "%s%s\n", Mark, text); err != nil {
			return err
		}
	}
	if err := lines.Err(); err != nil {
		return err
	}
	if s.db.DB != nil {
		return s.db.Close()
	}
	return nil
}

type server struct {
	open Opener
	path string
	db   Database
}

func (s *server) answer(r Request, a *Answer) (err error) {
	ctx := context.Background()
	if s.db.DB == nil && r.Do != "create" && r.Do != "close" {
		return fmt.Errorf("%s: nothing is open", r.Do)
	}
	switch r.Do {
	case "create":
		s.path = r.Path
		s.db, err = s.open(r.Path, true)
	case "open", "open-cold":
		began := time.Now()
		if err = s.db.Close(); err != nil {
			return err
		}
		a.Closed, s.db = time.Since(began), Database{}
		resetPeak()
		if r.Do == "open-cold" {
			if err = forgetCached(s.path, s.path+"-wal"); err != nil {
				return err
			}
		}
		began = time.Now()
		if s.db, err = s.open(s.path, false); err != nil {
			return err
		}
		err = firstQuery(ctx, s.db.DB, r.Seed)
		a.Took = time.Since(began)
	case "close":
		began := time.Now()
		err = s.db.Close()
		a.Took, s.db = time.Since(began), Database{}
		return err
	default:
		began := time.Now()
		err = r.Amount.Run(ctx, s.db.DB, r.Do, r.Seed)
		a.Took = time.Since(began)
	}
	if err != nil {
		return err
	}
	return s.db.QueryRowContext(ctx, `PRAGMA page_count`).Scan(&a.Pages)
}

// firstQuery reads one entry, if there is any.
func firstQuery(ctx context.Context, db *sql.DB, seed int) error {
	last, err := entries(ctx, db)
	if err != nil || last == 0 {
		return err
	}
	var text string
	return db.QueryRowContext(ctx, `SELECT text FROM entry WHERE id = ?`, 1+seed*7919%last).Scan(&text)
}
