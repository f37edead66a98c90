package window

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	store "ebb/vault/practice"
)

// Size of the office whose pages are measured. What 500 cases cost in the index is
// measured in package practice; here it is more rows than the caseload lays out, and
// one case of six people that went on for twenty years.
const (
	benchOpen     = 45
	benchMeetings = 520
)

// BenchmarkOfficePages measures the pages of a large office, from what was pressed to
// the parts in their places. The aim is 150 ms for each.
func BenchmarkOfficePages(b *testing.B) {
	p, _ := newOffice(b)
	p.publishes(store.PolicyLimited)
	id := p.caseOf("K-0", "twenty years", "Ada", "Ben", "Cleo", "Dan", "Esi", "Finn")
	p.signs(id, store.PolicyLimited)
	text := strings.Repeat("They spoke of the week, of work and of an evening without plans. ", 30)
	p.inCase(id, func(ctx context.Context, c *store.Case) {
		dap := store.Template{Name: store.DAP, Keys: []string{"data", "assessment", "plan"}}
		for n := range benchMeetings {
			m := must[store.Meeting](b)(c.Meetings.Put(ctx, store.Meeting{At: evening.AddDate(0, 0, -14*n-1), Minutes: 75, State: store.Held}))
			note := c.Notes.New(store.Joint, store.ID{}, dap)
			note.Meeting, note.Date = m.ID, m.Date
			for i := range note.Sections {
				note.Sections[i].Text = fmt.Sprintf("word%d %s", n, text)
			}
			note = must[store.Note](b)(c.Notes.Save(ctx, note))
			if n == 0 {
				continue // the note of yesterday is to finish
			}
			if err := c.Notes.Sign(ctx, note.ID); err != nil {
				b.Fatal(err)
			}
		}
	})
	for i := range benchOpen {
		next := p.caseOf(fmt.Sprintf("K-%d", i+1), fmt.Sprintf("label %d", i), "Ada", "Ben")
		for n := range 4 {
			p.meets(next, evening.Add(time.Duration(n*48-72)*time.Hour), store.ID{})
		}
	}
	page := func(name, sees string, from, to func()) {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				b.StopTimer()
				from()
				b.StartTimer()
				to()
			}
			p.t = b
			p.sees(sees)
		})
	}
	forms := func() { p.menu("Forms") }
	toCase := func() { p.menu("Caseload"); p.chooses("K-0") }
	page("caseload", "twenty years", forms, func() { p.menu("Caseload") })
	page("case", "Who is part of it", func() { p.menu("Caseload") }, func() { p.chooses("K-0") })
	page("notes", "word0 They spoke", toCase, func() { p.chooses("All notes, and search") })
	page("composer", "word0 They spoke", toCase, func() { p.chooses("Write") })
	page("composer-new", "Joint record", toCase, func() { p.chooses("New note") })
	for _, room := range []string{
		"The menu", "How far the menu goes", "Prepare: on the table", "Prepare: mine", "Progress log", "Feedback", "Files",
		"Check-ins on paper", "Sexual history", "Treatment plan", "Time alone", "Whom to refer to", "Closing and keeping",
	} {
		page(room, "", toCase, func() { p.chooses(room) })
		p.seesNot("Who is part of it")
	}
	for _, place := range []string{"Caseload", "Forms", "Your practice", "My data", "Settings"} {
		page("rail: "+place, "", toCase, func() { p.menu(place) })
	}
	page("composer-tab", "Joint record", func() { toCase(); p.chooses("Write"); p.turnsTo("Individual") }, func() { p.turnsTo("Joint") })
}
