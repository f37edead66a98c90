package home

import (
	"context"
	"strings"
	"time"

	"ebb/vault/drawer"
)

// A Draft is what is being written and was not kept yet: a new entry, or changes
// to one that is kept.
type Draft struct {
	Entry Entry // the entry as it would be kept
	New   bool  // no entry of this id is kept yet
	Saved time.Time
}

// SaveDraft stores what is in the editor, so that it survives a lock, a crash and
// a power cut. It returns after the commit is on disk.
func (j *Journal) SaveDraft(ctx context.Context, e Entry) error {
	if len(e.Text) > MaxText {
		return ErrTooLong
	}
	moods, err := encodeWords(e.Moods)
	if err != nil {
		return err
	}
	tags, err := encodeWords(e.Tags)
	if err != nil {
		return err
	}
	return j.private.Update(ctx, func(tx *drawer.Tx) error {
		_, err := tx.Exec(ctx, `
			INSERT INTO draft (id, text, moods, tags, written_at, zone, local_date, saved_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
			ON CONFLICT (id) DO UPDATE SET text = ?2, moods = ?3, tags = ?4, written_at = ?5, zone = ?6, local_date = ?7, saved_at = ?8`,
			e.ID[:], strings.ToValidUTF8(e.Text, "\uFFFD"), moods, tags, e.Written.UnixMilli(), e.Zone, e.Date, j.now().UnixMilli())
		return err
	})
}

// Drafts returns what was being written, the latest first.
func (j *Journal) Drafts(ctx context.Context) (drafts []Draft, err error) {
	err = j.private.View(ctx, func(tx *drawer.Tx) error {
		rows, err := tx.Query(ctx, `
			SELECT d.id, coalesce(e.source, ''), d.text, d.moods, d.tags, d.written_at, d.zone, d.local_date,
				coalesce(e.all_day, 0), coalesce(e.starred, 0), coalesce(e.created_at, d.saved_at), coalesce(e.edited_at, d.saved_at), e.id IS NULL, d.saved_at
			FROM draft AS d LEFT JOIN entry AS e ON e.id = d.id ORDER BY d.saved_at DESC, d.id`)
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			var d Draft
			var saved int64
			if d.Entry, err = scanEntry(alsoScan{rows, []any{&d.New, &saved}}); err != nil {
				return err
			}
			d.Saved = time.UnixMilli(saved)
			drafts = append(drafts, d)
		}
		return rows.Err()
	})
	return drafts, err
}

// DropDraft forgets what was being written; the kept entry stays as it is.
func (j *Journal) DropDraft(ctx context.Context, id ID) error {
	return j.private.Update(ctx, func(tx *drawer.Tx) error {
		_, err := tx.Exec(ctx, `DELETE FROM draft WHERE id = ?`, id[:])
		return err
	})
}

// alsoScan scans more columns behind those of an entry.
type alsoScan struct {
	row  scanner
	more []any
}

func (a alsoScan) Scan(dest ...any) error { return a.row.Scan(append(dest, a.more...)...) }
