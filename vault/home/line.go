package home

import (
	"context"
	"errors"
	"slices"
	"sort"
	"strings"
	"time"
	"unicode/utf8"

	"ebb/vault/drawer"
)

// MaxLine is the longest shared line, in characters: a sentence or a few, not an
// entry.
const MaxLine = 1000

// ErrNobodyElse: there is nobody to share a line with yet.
var ErrNobodyElse = errors.New("nobody else has joined yet")

// ErrLineEmpty: there is no word in the line.
var ErrLineEmpty = errors.New("the line is empty")

// A Line is a sentence that its author chose to share.
type Line struct {
	ID     ID
	Seat   uint8  // of its author, who may have left
	Author string // what they are called
	Text   string
	Day    string  // YYYY-MM-DD
	Seats  []uint8 // of those who can read it
	Mine   bool
}

// A circle is a shared drawer with the seats of those who can read it.
type circle struct {
	drawer kept // only if err is nil
	seats  []uint8
	err    error // why it cannot be opened
}

// Lines are the sentences that people of the vault chose to share.
type Lines struct {
	seat    uint8
	people  *People
	private kept
	circles []circle // the newest first
	now     func() time.Time
}

// Share copies one sentence of the author's own entry to the drawer that
// everybody reads. Only the sentence is copied, with today's date; the entry
// cannot be found from it.
//
// The shared copy is written first and the author's own note of it after, under
// one random id, so that a crash between the two leaves a line that is shared and
// can be taken back.
func (l *Lines) Share(ctx context.Context, entry ID, text string) (Line, error) {
	text = strings.TrimSpace(strings.ToValidUTF8(text, "\uFFFD"))
	switch current := l.circles[0]; {
	case current.err != nil: // and an earlier circle is another audience
		return Line{}, current.err
	case len(current.seats) < 2:
		return Line{}, ErrNobodyElse
	case text == "":
		return Line{}, ErrLineEmpty
	case utf8.RuneCountInString(text) > MaxLine:
		return Line{}, ErrTooLong
	}
	line := Line{ID: NewID(), Seat: l.seat, Text: text, Day: l.now().Format(time.DateOnly), Seats: l.circles[0].seats, Mine: true}
	err := l.circles[0].drawer.Update(ctx, func(tx *drawer.Tx) error {
		_, err := tx.Exec(ctx, `INSERT INTO line (id, seat, text, shared_on) VALUES (?, ?, ?, ?)`, line.ID[:], line.Seat, line.Text, line.Day)
		return err
	})
	if err != nil {
		return Line{}, err
	}
	return line, l.private.Update(ctx, func(tx *drawer.Tx) error {
		_, err := tx.Exec(ctx, `INSERT INTO released (line, entry, released_at) VALUES (?, ?, ?)`, line.ID[:], entry[:], l.now().UnixMilli())
		return err
	})
}

// All returns the lines that this person can read, the newest day first. Those of a
// circle whose drawer cannot be opened are missing.
func (l *Lines) All(ctx context.Context) ([]Line, error) {
	called, err := l.people.everyone(ctx)
	if err != nil {
		return nil, err
	}
	var all []Line
	for _, circle := range l.circles {
		if circle.err != nil {
			continue
		}
		err := circle.drawer.View(ctx, func(tx *drawer.Tx) error {
			rows, err := tx.Query(ctx, `SELECT id, seat, text, shared_on FROM line`)
			if err != nil {
				return err
			}
			defer rows.Close()
			for rows.Next() {
				line := Line{Seats: circle.seats}
				var id []byte
				if err := rows.Scan(&id, &line.Seat, &line.Text, &line.Day); err != nil {
					return err
				}
				copy(line.ID[:], id)
				line.Text, _ = cut(strings.ToValidUTF8(line.Text, "\uFFFD"), MaxLine) // anything can stand there
				line.Mine, line.Author = line.Seat == l.seat, called[line.Seat]
				all = append(all, line)
			}
			return rows.Err()
		})
		if err != nil {
			return nil, err
		}
	}
	sort.SliceStable(all, func(i, k int) bool {
		if all[i].Day != all[k].Day {
			return all[i].Day > all[k].Day
		}
		return string(all[i].ID[:]) < string(all[k].ID[:])
	})
	return all, nil
}

// Unread reports whether there may be lines that All cannot read, because a drawer that
// this person shares is damaged.
func (l *Lines) Unread() bool {
	return slices.ContainsFunc(l.circles, func(c circle) bool { return c.err != nil })
}

// TakeBack removes one of this person's own lines from view. It cannot make
// anybody forget what they read.
func (l *Lines) TakeBack(ctx context.Context, id ID) error {
	found := false
	var unread error
	for _, circle := range l.circles {
		if circle.err != nil {
			unread = circle.err
			continue
		}
		err := circle.drawer.Update(ctx, func(tx *drawer.Tx) error {
			gone, err := tx.Exec(ctx, `DELETE FROM line WHERE id = ? AND seat = ?`, id[:], l.seat)
			if err != nil {
				return err
			}
			n, err := gone.RowsAffected()
			found = found || n > 0
			return err
		})
		if err != nil {
			return err
		}
	}
	switch {
	case found:
	case unread != nil:
		return unread
	default:
		return ErrNotFound
	}
	return l.private.Update(ctx, func(tx *drawer.Tx) error {
		_, err := tx.Exec(ctx, `DELETE FROM released WHERE line = ?`, id[:])
		return err
	})
}
