package command

import (
	"bytes"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"ebb/exercises"
	"ebb/ui/command/demodata"
	"ebb/vault"
	"ebb/vault/keys"
	"ebb/vault/practice"
)

// The invented practice can be kept by the same calls as a real one, and has something
// of everything: meetings to come, notes to write, a case that is closed, papers that
// are not signed, and something behind the second unlock.
func TestDemoPractice(t *testing.T) {
	ctx, at := t.Context(), time.Date(2026, 3, 4, 20, 30, 0, 0, time.UTC)
	office, err := demodata.TheOffice(at)
	if err != nil {
		t.Fatal(err)
	}
	dir := filepath.Join(t.TempDir(), "Practice.ebb")
	options := practice.Options(func() time.Time { return at })
	options.KDF, options.Insecure = keys.InsecureParams, true
	passphrase := []byte("heron reeds evening bench")
	if err := practice.Create(ctx, dir, office.Practitioner, passphrase, options); err != nil {
		t.Fatal(err)
	}
	v, err := vault.Open(dir, options)
	if err != nil {
		t.Fatal(err)
	}
	s, _, err := v.Unlock(ctx, passphrase)
	if err != nil {
		t.Fatal(err)
	}
	p, err := practice.Open(ctx, s, func() time.Time { return at })
	if err != nil {
		t.Fatal(err)
	}
	if err := settleIn(ctx, p, office, passphrase, &at, func(done, total int) {
		if done >= total {
			t.Errorf("step %d of %d", done, total)
		}
	}); err != nil {
		t.Fatal(err)
	}
	if !p.StepUpUntil().IsZero() {
		t.Error("the second unlock is left open")
	}
	open, err := p.Caseload(ctx, practice.Query{})
	if err != nil || len(open) != 11 {
		t.Fatalf("%d open cases, %v", len(open), err)
	}
	closed, err := p.Caseload(ctx, practice.Query{Closed: true})
	if err != nil || len(closed) != 1 {
		t.Errorf("%d closed cases, %v", len(closed), err)
	}
	next, notes := 0, 0
	for _, row := range open {
		if !row.Next.IsZero() {
			next++
		}
		if row.NoteDue != "" {
			notes++
		}
	}
	if next < 8 || notes < 3 {
		t.Errorf("%d cases have a meeting to come, %d need a note", next, notes)
	}
	found := map[string]bool{}
	for _, row := range append(open, closed...) {
		c, err := p.OpenCase(ctx, row.ID)
		if err != nil {
			t.Fatal(err)
		}
		contents(t, c, found)
		states, err := c.Consents.State(ctx)
		if err != nil || len(states) < 2 {
			t.Errorf("%s: %d people, %v", row.Code, len(states), err)
		}
		if _, err := c.Prep.Table(ctx); err != nil {
			t.Errorf("%s: %v", row.Code, err)
		}
		if err := c.Done(ctx); err != nil {
			t.Error(err)
		}
	}
	for _, thing := range []string{
		"check-in", "corrected", "history", "history, rather not", "lines for the table", "lines of one's own", "somebody to ask alone", "released", "part of a meeting",
		"absent", "by video", "an interpreter", "contact", "plan of two versions", "own exercise", "attached file", "withdrawn", "declined", "asked for individual input",
		"keeping date", "four people", "words for a pair", "amended", "limit of topics", "limit of one person", "what was changed", "feedback to answer",
	} {
		if !found[thing] {
			t.Errorf("no case has this: %s", thing)
		}
	}
	house(t, p)
	if err := p.Audit.Verify(ctx, practice.Event{}); err != nil {
		t.Error(err)
	}
	events, err := p.Audit.Events(ctx, practice.Page{Size: practice.MostRows})
	if err != nil || !slices.IsSortedFunc(events, func(a, b practice.Event) int { return b.At.Compare(a.At) }) {
		t.Errorf("what happened is told in another order than that of its days, %v", err)
	}
	if err := p.Lock(ctx); err != nil {
		t.Error(err)
	}
}

// contents notes what a case has that a page can show.
func contents(t *testing.T, c *practice.Case, found map[string]bool) {
	t.Helper()
	ctx := t.Context()
	note := func(what string, there bool, err error) {
		t.Helper()
		if err != nil {
			t.Errorf("%s, %s: %v", c.Code, what, err)
		}
		found[what] = found[what] || there
	}
	members, err := c.People.All(ctx)
	note("four people", len(members) == 4, err)
	pairs, err := c.People.Pairs(ctx)
	note("words for a pair", slices.ContainsFunc(pairs, func(p practice.Pair) bool { return p.Words != "" }), err)
	plans, err := c.Plan.History(ctx)
	note("plan of two versions", len(plans) == 2, err)
	items, err := c.Menu.Items(ctx)
	note("own exercise", slices.ContainsFunc(items, func(i practice.Item) bool { return i.Own }), err)
	contacts, err := c.Contacts.All(ctx, practice.Page{})
	note("contact", len(contacts) > 0, err)
	table, err := c.Prep.Table(ctx)
	note("lines for the table", len(table.Lines) > 0, err)
	note("released", len(table.Released) > 1, err)
	mine, err := c.Prep.Mine(ctx)
	note("feedback to answer", len(mine.Feedback) > 0, err)
	for _, line := range mine.Lines {
		note("lines of one's own", line.Member == practice.ID{}, nil)
		note("somebody to ask alone", line.Member != practice.ID{}, nil)
	}
	limits, err := c.Limits.Current(ctx)
	note("limit of topics", slices.ContainsFunc(limits, func(l practice.Limit) bool { return len(l.Categories) > 0 }), err)
	note("limit of one person", slices.ContainsFunc(limits, func(l practice.Limit) bool { return l.Member != practice.ID{} && l.Closeness < exercises.MostCloseness }), err)
	stand, err := c.Standing(ctx)
	note("keeping date", stand.KeepUntil != "", err)
	meetings, err := c.Meetings.All(ctx, practice.Page{})
	note("meeting", true, err)
	for _, m := range meetings {
		m, err := c.Meetings.Meeting(ctx, m.ID)
		note("an interpreter", m.Interpreter != "", err)
		for _, a := range m.Attendance {
			note("part of a meeting", a.State == practice.Part, nil)
			note("absent", a.State == practice.Absent, nil)
			note("by video", a.Video && a.Earshot != "", nil)
		}
	}
	notes, err := c.Notes.List(ctx, practice.NoteFilter{}, practice.Page{})
	note("note", true, err)
	for _, n := range notes {
		versions, err := c.Notes.Versions(ctx, n.ID)
		note("amended", len(versions) == 2 && versions[1].Act == practice.ActAmended, err)
		if err := c.Notes.Verify(ctx, n.ID); err != nil {
			t.Error(err)
		}
	}
	files, err := c.Files.All(ctx)
	for _, f := range files {
		var whole bytes.Buffer
		err := c.Files.Read(ctx, f.ID, &whole)
		note("attached file", bytes.HasPrefix(whole.Bytes(), []byte("%PDF-")), err)
	}
	note("file", true, err)
	filled := map[string]bool{}
	for _, m := range members {
		answered, err := c.CheckIns.Of(ctx, m.ID, practice.Page{})
		note("check-in", len(answered) > 1, err)
		for _, k := range answered {
			if filled[k.Day] {
				t.Errorf("%s: two check-ins of %s", c.Code, k.Day)
			}
			filled[k.Day] = true
			before, err := c.CheckIns.Earlier(ctx, k.ID)
			note("corrected", len(before) == 1, err)
		}
		history, err := c.Intake.Of(ctx, m.ID)
		note("history", len(history) > 1 && len(history) < len(practice.IntakeSections), err)
		note("history, rather not", slices.ContainsFunc(history, func(p practice.IntakePart) bool { return strings.HasPrefix(p.Text, "Rather not") }), nil)
		said, err := c.Feedback.Of(ctx, m.ID, practice.Page{})
		note("what was changed", slices.ContainsFunc(said, func(f practice.FeedbackEntry) bool { return f.Changed != "" }), err)
		decided, err := c.Consents.Of(ctx, m.ID)
		note("withdrawn", slices.ContainsFunc(decided, func(d practice.Decision) bool { return d.Kind == practice.Withdrawn }), err)
		note("declined", slices.ContainsFunc(decided, func(d practice.Decision) bool { return d.Kind == practice.Declined }), nil)
		note("asked for individual input", slices.ContainsFunc(decided, func(d practice.Decision) bool { return d.Document == practice.IndividualInput }), nil)
	}
}

// house is what the practice has for every case.
func house(t *testing.T, p *practice.Practice) {
	t.Helper()
	ctx := t.Context()
	cover, err := p.Cover(ctx)
	if err != nil || cover.Supervisor == "" || cover.Locum == "" || cover.Away == "" {
		t.Errorf("%+v, %v", cover, err)
	}
	referrals, err := p.Referrals.All(ctx)
	if err != nil || len(referrals) != 5 {
		t.Errorf("%d contacts for referral, %v", len(referrals), err)
	}
	texts, err := p.Documents.All(ctx)
	versions := map[string]int{}
	for _, d := range texts {
		versions[d.Name]++
		if strings.Contains(d.Text, "[your name]") {
			t.Errorf("%s still has places open", d.Name)
		}
	}
	if err != nil || len(versions) != 6 || versions[practice.PolicyLimited] != 2 {
		t.Errorf("texts in use: %v, %v", versions, err)
	}
	own, err := p.Exercises.All(ctx)
	if err != nil || len(own) != 1 {
		t.Errorf("%d own exercises, %v", len(own), err)
	}
}
