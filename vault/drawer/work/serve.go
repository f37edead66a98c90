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
	Took  time.Duration
	CPU   time.Duration // that the process used meanwhile; 0: not known here
	Peak  int64         // most memory that the process had meanwhile, in bytes; 0: not known here
	Pages int           // of the database, of 4096 bytes, if it is open
	Error string        // empty: all went well
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
	db   Database // its DB is nil while it is closed
}

func (s *server) answer(r Request, a *Answer) (err error) {
	ctx := context.Background()
	opens := r.Do == "create" || r.Do == "open" || r.Do == "open-cold"
	if opens != (s.db.DB == nil) {
		return fmt.Errorf("%s: at the wrong moment", r.Do)
	}
	switch r.Do {
	case "create":
		err = a.measure(func() error { return s.opened(r.Path, true) })
	case "open-cold":
		if err = forgetCached(r.Path, r.Path+"-wal"); err != nil {
			return err
		}
		fallthrough
	case "open":
		err = a.measure(func() error {
			if err := s.opened(r.Path, false); err != nil {
				return err
			}
			return firstQuery(ctx, s.db.DB, r.Seed)
		})
	case "close":
		err = a.measure(s.db.Close)
		s.db = Database{}
		return err
	default:
		err = a.measure(func() error { return r.Amount.Run(ctx, s.db.DB, r.Do, r.Seed) })
	}
	if err != nil {
		return err
	}
	return s.db.QueryRowContext(ctx, `PRAGMA page_count`).Scan(&a.Pages)
}

func (s *server) opened(path string, fresh bool) (err error) {
	s.db, err = s.open(path, fresh)
	return err
}

func (a *Answer) measure(do func() error) error {
	began, used := time.Now(), processorTime()
	err := do()
	a.Took, a.CPU = time.Since(began), processorTime()-used
	return err
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
