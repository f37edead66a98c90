package practice_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"ebb/vault/drawer"
	"ebb/vault/practice"
)

// Size of the practice that is measured: as many cases as a practitioner has in 20
// years, and one of them that went on through all of it.
const (
	benchCases    = 500
	benchMeetings = 40 // of an ordinary case
	benchYears    = 20
	benchPerYear  = 26 // meetings of the long one
)

// bigOffice is a practice of 500 cases. The index of all of them is in the practice
// drawer as it would be; one case has drawers with 20 years of meetings and notes, and
// the others have none, which no page of the caseload looks at.
func bigOffice(b *testing.B) (*office, *practice.Case, []practice.ID) {
	b.Helper()
	o := newOffice(b)
	c, m := o.settled("K-0", "Ilse", "Marek")
	d, err := o.CaseloadDrawer(b.Context())
	o.must(err)
	o.must(d.Update(b.Context(), func(tx *drawer.Tx) error {
		for i := 1; i < benchCases; i++ {
			id, began := practice.NewID(), o.c.now().AddDate(-i*benchYears/benchCases, 0, 0)
			closed := ""
			if i > 60 {
				closed = began.AddDate(1, 6, 0).Format(time.DateOnly)
			}
			if _, err := tx.Exec(b.Context(), `INSERT INTO case_file VALUES (?, ?, ?, ?, ?, '', 0, 0)`, id[:], fmt.Sprintf("K-%d", i), fmt.Sprintf("label %d", i), began.Format(time.DateOnly), closed); err != nil {
				return err
			}
			for n := range benchMeetings {
				meeting, at := practice.NewID(), began.AddDate(0, 0, 14*n)
				if _, err := tx.Exec(b.Context(), `INSERT INTO case_meeting VALUES (?, ?, ?, 'UTC', ?, ?, ?)`, meeting[:], id[:], at.UnixMilli(), at.Format(time.DateOnly),
					map[bool]string{true: "planned", false: "held"}[at.After(o.c.now())], n%19 != 3); err != nil {
					return err
				}
			}
			review := practice.NewID()
			if _, err := tx.Exec(b.Context(), `INSERT INTO case_review VALUES (?, ?, 'plan', ?)`, review[:], id[:], o.c.now().AddDate(0, 0, i%60-10).Format(time.DateOnly)); err != nil {
				return err
			}
		}
		return nil
	}))
	d, err = o.RecordDrawer(b.Context(), c.ID)
	o.must(err)
	text := strings.Repeat("They spoke of the week, of work and of an evening without plans. ", 30)
	o.must(d.Update(b.Context(), func(tx *drawer.Tx) error {
		for n := range benchYears * benchPerYear {
			meeting, note, at := practice.NewID(), practice.NewID(), o.c.now().AddDate(-benchYears, 0, 14*n)
			if _, err := tx.Exec(b.Context(), `INSERT INTO meeting VALUES (?, ?, 'UTC', ?, 75, NULL, 'held', '')`, meeting[:], at.UnixMilli(), at.Format(time.DateOnly)); err != nil {
				return err
			}
			words := fmt.Sprintf("word%d %s", n, text)
			sections := everythingOf(b, []map[string]string{{"key": "data", "text": words}})
			if _, err := tx.Exec(b.Context(), `INSERT INTO note (id, audience, member, meeting, template, local_date, state, sections, text, title, created_at, edited_at)
				VALUES (?, 'joint', NULL, ?, 'DAP', ?, 'signed', ?, ?, ?, ?, ?)`, note[:], meeting[:], at.Format(time.DateOnly), sections, words, words[:60], at.UnixMilli(), at.UnixMilli()); err != nil {
				return err
			}
			observation := practice.NewID()
			if _, err := tx.Exec(b.Context(), `INSERT INTO observation (id, member, day, domain, words, band, context, lasting, source, released) VALUES (?, ?, ?, 'communication', ?, 'often', '[]', '', 'observed', 0)`, observation[:], m[n%2][:], at.Format(time.DateOnly), words[:200]); err != nil {
				return err
			}
		}
		return nil
	}))
	o.must(o.Reindex(b.Context(), c.ID))
	return o, c, m
}

// BenchmarkPages measures what each list page reads in a practice of 500 cases, and in
// a case of 20 years. The aim is 150 ms for the slowest.
func BenchmarkPages(b *testing.B) {
	o, c, m := bigOffice(b)
	ctx := b.Context()
	page := func(name string, read func() (int, error)) {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				if n, err := read(); err != nil || n == 0 {
					b.Fatal(n, err)
				}
			}
		})
	}
	page("caseload", func() (int, error) { r, err := o.Caseload(ctx, practice.Query{}); return len(r), err })
	page("caseload-closed", func() (int, error) { r, err := o.Caseload(ctx, practice.Query{Closed: true}); return len(r), err })
	page("caseload-by-date", func() (int, error) { r, err := o.Caseload(ctx, practice.Query{Text: "2026"}); return len(r), err })
	page("needs-note", func() (int, error) { r, err := o.NeedsNote(ctx, practice.Page{}); return len(r), err })
	page("reviews-due", func() (int, error) { r, err := o.ReviewsDue(ctx, "2026-04-30"); return len(r), err })
	page("open-case", func() (int, error) {
		c, err := o.OpenCase(ctx, c.ID)
		if err != nil {
			return 0, err
		}
		r, err := c.Notes.List(ctx, practice.NoteFilter{}, practice.Page{})
		if err != nil {
			return 0, err
		}
		return len(r), c.Done(ctx)
	})
	page("notes", func() (int, error) {
		r, err := c.Notes.List(ctx, practice.NoteFilter{}, practice.Page{})
		return len(r), err
	})
	page("notes-last-page", func() (int, error) {
		r, err := c.Notes.List(ctx, practice.NoteFilter{}, practice.Page{From: benchYears*benchPerYear - 40})
		return len(r), err
	})
	page("search-rare", func() (int, error) { r, err := c.Notes.Search(ctx, "word77", practice.Page{}); return len(r), err })
	page("search-in-all", func() (int, error) { r, err := c.Notes.Search(ctx, "evening", practice.Page{}); return len(r), err })
	page("meetings", func() (int, error) { r, err := c.Meetings.All(ctx, practice.Page{}); return len(r), err })
	page("progress", func() (int, error) { r, err := c.Progress.Of(ctx, m[0], practice.Page{}); return len(r), err })
	page("audit", func() (int, error) { r, err := o.Audit.Events(ctx, practice.Page{}); return len(r), err })
	page("prep", func() (int, error) {
		_, err := c.Prep.Table(ctx)
		if err == nil {
			_, err = c.Prep.Mine(ctx)
		}
		return 1, err
	})
	page("put-meeting", func() (int, error) {
		_, err := c.Meetings.Put(ctx, practice.Meeting{At: o.c.now()})
		return 1, err
	})
	o.lock()
}

// BenchmarkFirstPage measures what opening the same practice costs beyond Argon2id:
// from the right passphrase to the rows of the caseload, and of one case's notes.
func BenchmarkFirstPage(b *testing.B) {
	o, c, _ := bigOffice(b)
	o.lock()
	for b.Loop() {
		o := openOffice(b, o.c, o.dir)
		rows, err := o.Caseload(b.Context(), practice.Query{})
		if err != nil || len(rows) == 0 {
			b.Fatal(len(rows), err)
		}
		notes, err := o.open(c.ID).Notes.List(b.Context(), practice.NoteFilter{}, practice.Page{})
		if err != nil || len(notes) != practice.PageSize {
			b.Fatal(len(notes), err)
		}
		b.StopTimer()
		o.lock()
		b.StartTimer()
	}
}
