package drawer

import (
	"context"
	"errors"
	"fmt"
	"strings"
)

// Report is what Check found. It names numbers of pages and frames and names of
// tables, and nothing that was written.
type Report struct {
	Pages    int64    `json:"pages"`    // of the main file, all of them read
	Frames   int64    `json:"frames"`   // of the log, all of them read
	Problems []string `json:"problems"` // empty: all is well
}

// maxProblems is how many problems of one kind are told one by one.
const maxProblems = 20

// Check reads and authenticates every page of the main file and every frame of
// the log, and has SQLite check its own structures: integrity_check,
// foreign_key_check and the integrity of every full-text index. progress is
// called with the number of steps done and to do, and may be nil.
//
// What is wrong with the drawer is in the report; an error says that the check
// could not be finished.
func (d *Drawer) Check(ctx context.Context, progress func(done, total int64)) (Report, error) {
	report := Report{Problems: []string{}}
	if err := d.enter(ctx); err != nil {
		return report, err
	}
	defer d.leave()
	s := d.store
	const structure = 3 // steps of SQLite's
	c := newChecker(&report, s, structure, progress)
	if err := c.readAll(ctx, s); err != nil {
		return report, err
	}
	for _, check := range []func(context.Context, *Report) error{d.checkIntegrity, d.checkForeignKeys, d.checkIndexes} {
		err := d.inOwnName(func() error { return check(ctx, &report) })
		if err = sqlError(err, s.fault); err != nil && !errors.Is(err, ErrDamaged) {
			return report, err
		}
		s.fault = nil
		if err := c.step(ctx, err, "a structure of the database cannot be read"); err != nil {
			return report, err
		}
	}
	return report, nil
}

// Verify reads a drawer that nobody has open, such as a copy of one, and writes
// nothing, not even to a file system that would let it: every page of the main file
// and every frame of the log has to authenticate, with the tags that the state
// vouches for. What only SQLite can say, whether indexes fit their tables, it does
// not. progress is as in [Drawer.Check].
//
// ErrDamaged and ErrUnfinished are about the drawer as a whole; single pages and
// frames are in the report.
func Verify(ctx context.Context, path string, id ID, key Key, progress func(done, total int64)) (report Report, err error) {
	defer clear(key[:])
	report.Problems = []string{}
	s, release, err := openToRead(path, &id, &key)
	if err != nil {
		return report, err
	}
	defer func() { err = errors.Join(err, release()) }()
	if _, err := s.load(false); err != nil {
		return report, diskError(err)
	}
	err = newChecker(&report, s, 0, progress).readAll(ctx, s)
	return report, err
}

type checker struct {
	report      *Report
	progress    func(done, total int64)
	done, total int64
}

func newChecker(report *Report, s *store, more int64, progress func(done, total int64)) *checker {
	report.Pages, report.Frames = int64(s.tags.pages()), int64(len(s.frames.list))
	return &checker{report: report, progress: progress, total: report.Pages + report.Frames + more}
}

// readAll reads every page of the main file and every frame of the log.
func (c *checker) readAll(ctx context.Context, s *store) error {
	for page := range s.tags.pages() {
		var err error
		if !s.tags.unknown.has(page) { // else the log holds it
			err = s.readPage(s.page[:], page)
		}
		if err := c.step(ctx, err, "page %d is damaged", page+1); err != nil {
			return err
		}
	}
	for i := range s.frames.list {
		if err := c.step(ctx, s.readFrame(s.frames.reading[:], i+1), "frame %d of the log is damaged", i+1); err != nil {
			return err
		}
	}
	return nil
}

// step counts one step, and notes the problem if its result is ErrDamaged.
func (c *checker) step(ctx context.Context, result error, problem string, args ...any) error {
	if result != nil && !errors.Is(result, ErrDamaged) {
		return diskError(result)
	}
	if result != nil {
		c.report.add(fmt.Sprintf(problem, args...))
	}
	c.done++
	if c.progress != nil && (c.done%64 == 0 || c.done == c.total) {
		c.progress(c.done, c.total)
	}
	return ctx.Err()
}

// add notes a problem, unless there are very many already.
func (r *Report) add(problem string) {
	switch n := len(r.Problems); {
	case n < maxProblems:
		r.Problems = append(r.Problems, problem)
	case n == maxProblems:
		r.Problems = append(r.Problems, "and more")
	}
}

func (d *Drawer) checkIntegrity(ctx context.Context, r *Report) error {
	rows, err := d.db.QueryContext(ctx, fmt.Sprintf("PRAGMA integrity_check(%d)", maxProblems))
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var said string
		if err := rows.Scan(&said); err != nil {
			return err
		}
		if said != "ok" {
			r.add("integrity: " + said)
		}
	}
	return rows.Err()
}

func (d *Drawer) checkForeignKeys(ctx context.Context, r *Report) error {
	rows, err := d.db.QueryContext(ctx, `SELECT "table", parent, count(*) FROM pragma_foreign_key_check GROUP BY 1, 2`)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var table, parent string
		var n int64
		if err := rows.Scan(&table, &parent, &n); err != nil {
			return err
		}
		r.add(fmt.Sprintf("%d rows of %s refer to rows of %s that do not exist", n, table, parent))
	}
	return rows.Err()
}

// checkIndexes compares every FTS5 index with the content it was made from.
func (d *Drawer) checkIndexes(ctx context.Context, r *Report) error {
	names, err := d.indexes(ctx)
	if err != nil {
		return err
	}
	for _, name := range names {
		quoted := `"` + strings.ReplaceAll(name, `"`, `""`) + `"`
		_, err := d.db.ExecContext(ctx, fmt.Sprintf("INSERT INTO %s (%s, rank) VALUES ('integrity-check', 1)", quoted, quoted))
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if err = sqlError(err, d.store.fault); errors.Is(err, ErrDamaged) {
			r.add("the full-text index " + name + " does not fit its content")
		} else if err != nil {
			return err
		}
	}
	return nil
}

func (d *Drawer) indexes(ctx context.Context) (names []string, err error) {
	rows, err := d.db.QueryContext(ctx, `SELECT name FROM sqlite_schema WHERE type = 'table' AND sql LIKE 'CREATE VIRTUAL TABLE%USING fts5%' ORDER BY name`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			return nil, err
		}
		names = append(names, name)
	}
	return names, rows.Err()
}
