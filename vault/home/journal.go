package home

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"time"

	"ebb/vault/drawer"
)

// A Journal is one person's private journal.
type Journal struct {
	private kept
	now     func() time.Time
}

// New returns an empty entry about this moment, not stored yet.
func (j *Journal) New() Entry {
	e := Entry{ID: NewID()}
	e.SetWritten(j.now())
	return e
}

// Save stores an entry, new or changed, and removes its draft. It returns the
// entry as stored, after the commit is on disk.
func (j *Journal) Save(ctx context.Context, e Entry) (Entry, error) {
	if len(e.Text) > MaxText {
		return e, ErrTooLong
	}
	e.Edited = j.now()
	if e.Created.IsZero() {
		e.Created = e.Edited
	}
	err := j.private.Update(ctx, func(tx *drawer.Tx) error {
		if err := putEntry(ctx, tx, &e); err != nil {
			return err
		}
		_, err := tx.Exec(ctx, `DELETE FROM draft WHERE id = ?`, e.ID[:])
		return err
	})
	return e, err
}

func putEntry(ctx context.Context, tx *drawer.Tx, e *Entry) error {
	e.Text = strings.ToValidUTF8(e.Text, "\uFFFD")
	e.Moods, e.Tags = words(e.Moods), words(e.Tags)
	moods, err := encodeWords(e.Moods)
	if err != nil {
		return err
	}
	tags, err := encodeWords(e.Tags)
	if err != nil {
		return err
	}
	title, preview := heading(e.Text)
	_, err = tx.Exec(ctx, `
		INSERT INTO entry (id, source, text, moods, tags, title, preview, written_at, zone, local_date, all_day, starred, created_at, edited_at)
		VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)
		ON CONFLICT (id) DO UPDATE SET
			text = ?3, moods = ?4, tags = ?5, title = ?6, preview = ?7, written_at = ?8, zone = ?9, local_date = ?10,
			all_day = ?11, starred = ?12, edited_at = ?14`,
		e.ID[:], nullable(e.Source), e.Text, moods, tags, title, preview,
		e.Written.UnixMilli(), e.Zone, e.Date, e.AllDay, e.Starred, e.Created.UnixMilli(), e.Edited.UnixMilli())
	return err
}

func nullable(s string) any {
	if s == "" {
		return nil
	}
	return s
}

const entryColumns = `id, coalesce(source, ''), text, moods, tags, written_at, zone, local_date, all_day, starred, created_at, edited_at`

type scanner interface{ Scan(...any) error }

func scanEntry(row scanner) (Entry, error) {
	var (
		e                        Entry
		id                       []byte
		moods, tags              string
		written, created, edited int64
	)
	if err := row.Scan(&id, &e.Source, &e.Text, &moods, &tags, &written, &e.Zone, &e.Date, &e.AllDay, &e.Starred, &created, &edited); err != nil {
		return e, notFound(err)
	}
	copy(e.ID[:], id)
	e.Written, e.Created, e.Edited = inZone(written, e.Zone), time.UnixMilli(created), time.UnixMilli(edited)
	var err error
	if e.Moods, err = decodeWords(moods); err != nil {
		return e, fmt.Errorf("the words of an entry: %w", err)
	}
	if e.Tags, err = decodeWords(tags); err != nil {
		return e, fmt.Errorf("the tags of an entry: %w", err)
	}
	return e, nil
}

// notFound is the one place where the database's word for it becomes ours.
func notFound(err error) error {
	if errors.Is(err, sql.ErrNoRows) {
		return ErrNotFound
	}
	return err
}

// Entry reads one entry.
func (j *Journal) Entry(ctx context.Context, id ID) (e Entry, err error) {
	err = j.private.View(ctx, func(tx *drawer.Tx) error {
		e, err = scanEntry(tx.QueryRow(ctx, `SELECT `+entryColumns+` FROM entry WHERE id = ?`, id[:]))
		return err
	})
	return e, err
}

// BySource reads the entry that was imported from a source.
func (j *Journal) BySource(ctx context.Context, source string) (e Entry, err error) {
	err = j.private.View(ctx, func(tx *drawer.Tx) error {
		e, err = scanEntry(tx.QueryRow(ctx, `SELECT `+entryColumns+` FROM entry WHERE source = ?`, source))
		return err
	})
	return e, err
}

// Count returns how many entries there are. It is for the reader of the journal
// alone: no page that another person sees may depend on it.
func (j *Journal) Count(ctx context.Context) (n int, err error) {
	err = j.private.View(ctx, func(tx *drawer.Tx) error {
		return tx.QueryRow(ctx, `SELECT count(*) FROM entry`).Scan(&n)
	})
	return n, err
}

// Each calls fn with every entry, the oldest first, until it returns an error.
func (j *Journal) Each(ctx context.Context, fn func(Entry) error) error {
	return j.private.View(ctx, func(tx *drawer.Tx) error {
		rows, err := tx.Query(ctx, `SELECT `+entryColumns+` FROM entry ORDER BY written_at, seq`)
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			e, err := scanEntry(rows)
			if err != nil {
				return err
			}
			if err := fn(e); err != nil {
				return err
			}
		}
		return rows.Err()
	})
}

// movedColumns are those that a discarded entry keeps. Its place in the list (seq)
// is not among them: another entry may have taken it when it comes back.
const movedColumns = `id, source, text, moods, tags, title, preview, written_at, zone, local_date, all_day, starred, created_at, edited_at`

// Discard takes an entry and its draft out of the journal and out of the index.
// Restore brings it back, until Erase or Purge removes it for good.
func (j *Journal) Discard(ctx context.Context, id ID) error {
	return j.private.Update(ctx, func(tx *drawer.Tx) error {
		if _, err := tx.Exec(ctx, `DELETE FROM draft WHERE id = ?`, id[:]); err != nil {
			return err
		}
		moved, err := tx.Exec(ctx, `INSERT INTO discarded (discarded_at, `+movedColumns+`) SELECT ?, `+movedColumns+` FROM entry WHERE id = ?`, j.now().UnixMilli(), id[:])
		if err != nil {
			return err
		}
		if n, err := moved.RowsAffected(); err != nil || n == 0 {
			return errors.Join(err, ErrNotFound)
		}
		_, err = tx.Exec(ctx, `DELETE FROM entry WHERE id = ?`, id[:])
		return err
	})
}

// Restore brings a discarded entry back, as it was.
func (j *Journal) Restore(ctx context.Context, id ID) error {
	return j.private.Update(ctx, func(tx *drawer.Tx) error {
		moved, err := tx.Exec(ctx, `INSERT INTO entry (`+movedColumns+`) SELECT `+movedColumns+` FROM discarded WHERE id = ?`, id[:])
		if err != nil {
			return err
		}
		if n, err := moved.RowsAffected(); err != nil || n == 0 {
			return errors.Join(err, ErrNotFound)
		}
		_, err = tx.Exec(ctx, `DELETE FROM discarded WHERE id = ?`, id[:])
		return err
	})
}

// Erase removes one discarded entry for good: its discarding can no longer be
// undone. It is not an error if it came back or has gone already.
func (j *Journal) Erase(ctx context.Context, id ID) error {
	return j.private.Update(ctx, func(tx *drawer.Tx) error {
		_, err := tx.Exec(ctx, `DELETE FROM discarded WHERE id = ?`, id[:])
		return err
	})
}

// Purge removes for good whatever was discarded, whenever that was: it is called
// after opening and before locking.
func (j *Journal) Purge(ctx context.Context) error {
	var any bool
	err := j.private.View(ctx, func(tx *drawer.Tx) error {
		return tx.QueryRow(ctx, `SELECT EXISTS (SELECT 1 FROM discarded)`).Scan(&any)
	})
	if err != nil || !any {
		return err
	}
	return j.private.Update(ctx, func(tx *drawer.Tx) error {
		_, err := tx.Exec(ctx, `DELETE FROM discarded`)
		return err
	})
}
