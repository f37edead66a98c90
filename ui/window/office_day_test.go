package window

import (
	"context"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"ebb/ui/kit"
	store "ebb/vault/practice"
)

// fillsIn puts words into the n-th field of a name, counted from 0.
func (p *person) fillsIn(name string, n int, words string) {
	p.t.Helper()
	for _, o := range p.everything() {
		f, ok := o.(interface {
			fyne.Focusable
			fyne.Accessible
			SetText(text string)
		})
		if ok && strings.HasPrefix(f.AccessibilityLabel(), name) {
			if n == 0 {
				p.w.Canvas().Focus(f)
				f.SetText(words)
				return
			}
			n--
		}
	}
	p.t.Fatalf("there are fewer fields called %q:\n%s", name, p.reads())
}

// Time alone is planned for everybody or for nobody, comes round again by itself, and
// another person comes first then.
func TestTimeAloneForEverybody(t *testing.T) {
	p, _ := newOffice(t)
	id := p.caseOf("K-12", "", "Ada", "Ben")
	alone := func() (all []store.Meeting, due []store.Review) {
		t.Helper()
		p.inCase(id, func(ctx context.Context, c *store.Case) {
			all = must[[]store.Meeting](t)(c.Meetings.All(ctx, store.Page{}))
			for _, r := range must[[]store.Review](t)(c.Reviews.All(ctx)) {
				if r.Done == "" {
					due = append(due, r)
				}
			}
		})
		return all, due
	}
	p.menu("Caseload")
	p.chooses("K-12")
	p.chooses("Time alone")
	p.fillsIn("Day", 0, "2026-03-10")
	p.fillsIn("Time", 0, "17:30")
	p.fillsIn("Day", 1, "next week")
	p.chooses("Plan it for everybody")
	p.sees("Ben needs a day and a time, too.")
	if all, _ := alone(); len(all) != 0 {
		t.Fatalf("planned for one and not for all: %+v", all)
	}
	p.fillsIn("Day", 1, "2026-03-12")
	p.fillsIn("Time", 1, "09:00")
	p.fillsIn("Minutes", 0, "soon")
	p.chooses("Plan it for everybody")
	p.sees("Write the minutes as a number")
	p.fillsIn("Minutes", 0, "45")
	p.picks("It comes round again after", "4 weeks")
	p.chooses("Plan it for everybody")
	p.sees("Time alone is planned for everybody.")
	all, due := alone()
	if len(all) != 2 || all[0].Member == all[1].Member || all[0].Minutes != 45 || all[1].Minutes != 45 {
		t.Fatalf("%+v", all)
	}
	if len(due) != 1 || due[0].Kind != store.ReviewIndividual || due[0].Due != "2026-04-09" {
		t.Fatalf("%+v", due)
	}
	first := all[1].Member

	p.now = time.Date(2026, 4, 9, 9, 0, 0, 0, time.UTC)
	p.menu("Caseload")
	p.sees("Time alone, with each")
	p.chooses("K-12")
	p.chooses("Plan…")
	p.tells("Nothing planned yet.")
	p.chooses("Plan it for everybody")
	all, due = alone()
	if len(all) != 4 || len(due) != 1 || due[0].Due != "2026-05-28" {
		t.Fatalf("%d meetings, %+v", len(all), due)
	}
	if all[1].Member == first {
		t.Error("the same person comes first again")
	}
}

// The name of somebody of the case is no interpreter's, however it is written.
func TestInterpreterIsNobodyOfTheCase(t *testing.T) {
	p, _, id := officeWithCase(t)
	p.chooses("Open")
	p.fillsIn("Interpreter", 0, "  ben ")
	p.chooses("Keep")
	p.sees("An interpreter is never a partner and never family")
	p.inCase(id, func(ctx context.Context, c *store.Case) {
		if m := must[[]store.Meeting](t)(c.Meetings.All(ctx, store.Page{})); m[0].Interpreter != "" {
			t.Errorf("%q was kept", m[0].Interpreter)
		}
	})
	p.fillsIn("Interpreter", 0, "Benno Sand, sworn")
	p.chooses("Keep")
	p.sees("Who is part of it")
}

// A meeting by video asks where, who can hear, and shows the word that means that somebody
// listens; from a meeting the safety plan is two actions away, too.
func TestMeetingByVideo(t *testing.T) {
	p, _, id := officeWithCase(t)
	p.inCase(id, func(ctx context.Context, c *store.Case) {
		people := must[[]store.Member](t)(c.People.All(ctx))
		if err := c.People.SetSheet(ctx, people[0].ID, store.Sheet{CodeWord: "the parcel"}); err != nil {
			t.Fatal(err)
		}
	})
	p.chooses("Open")
	p.tellsNot("the parcel")
	p.tellsNot("Whose device")
	p.chooses("Ada by video: No")
	p.tells("the parcel")
	p.chooses("Prompts: Meeting by video")
	p.tells("Whose device")
	p.chooses("Prompts: Meeting by video")
	p.tellsNot("Whose device")
	p.chooses("Before you call Ben")
	p.sees("Not asked yet")
	p.presses(fyne.KeyEscape)
	p.chooses("Safety plan of Ada") // one
	p.types(passA + "\n")           // two
	p.tells("Kept apart: what Ada told about their safety.")
}

// tellsNot is the opposite of tells.
func (p *person) tellsNot(text string) {
	p.t.Helper()
	for _, o := range p.everything() {
		if t, ok := o.(*kit.Text); ok && strings.Contains(t.String(), text) {
			p.t.Fatalf("the page tells %q", text)
		}
	}
}

// The label keeps one case from being taken for another; a code that another case has is
// answered, and what was typed stays.
func TestCodeAndLabelChange(t *testing.T) {
	p, _, _ := officeWithCase(t)
	p.caseOf("K-9", "", "Cleo", "Dan")
	p.chooses("Code and label…")
	p.fillsIn("Code", 0, "K-9")
	p.fillsIn("Private label", 0, "Thursdays\u202e\u0007, blue folder")
	p.presses(fyne.KeyEscape)
	p.sees("Leaving once more forgets it.")
	p.presses(fyne.KeyEscape)
	p.chooses("Code and label…")
	p.fillsIn("Code", 0, "K-9")
	p.fillsIn("Private label", 0, "Thursdays\u202e\u0007, blue folder")
	p.onSheet("Keep")
	p.sees("Another case has this code.")
	p.fillsIn("Code", 0, "K-13")
	p.onSheet("Keep")
	p.sees("Thursdays, blue folder")
	p.sees("K-13")
	p.menu("Caseload")
	p.sees("Thursdays, blue folder")
	p.seesNot("K-12")
}

// Supervision and cover: kept by the verb, by Enter in the last line and by leaving, and
// found again after locking. A line that is too long is answered.
func TestSupervisionAndCover(t *testing.T) {
	p, dir := newOffice(t)
	kept := func() store.Cover {
		t.Helper()
		return must[store.Cover](t)(p.w.open.practice.Cover(context.Background()))
	}
	p.menu("Forms")
	p.chooses("Open your practice")
	p.fillsIn("Supervision: when", 0, strings.Repeat("a", 10_000))
	p.menu("Caseload")
	p.sees("Supervision and cover") // it stays
	p.fillsIn("Supervision: when", 0, "every other Friday\u202e")
	p.types("\n")
	p.types("August\n")
	p.types("Dr Orr\n")
	p.types("codes and dates\n")
	if c := kept(); c != (store.Cover{Hours: "every other Friday", Away: "August", Locum: "Dr Orr", May: "codes and dates"}) {
		t.Fatalf("%+v", c)
	}
	p.fillsIn("Supervision: with whom", 0, "Mx Lund")
	p.menu("Caseload")
	p.sees("No cases yet")
	if kept().Supervisor != "Mx Lund" {
		t.Fatalf("leaving did not keep: %+v", kept())
	}
	p.menu("Your practice")
	p.fillsIn("Hours and days", 0, "never on Mondays")
	p.locks()
	p = atOffice(t, dir)
	if c := must[store.Cover](t)(p.w.open.practice.Cover(context.Background())); c.Away != "never on Mondays" {
		t.Errorf("%+v", c)
	}
}

// Hints on wording are off until somebody turns them on, find labels, spare what stands in
// quotation marks, and block nothing.
func TestHintsOnWording(t *testing.T) {
	p, dir, _ := officeWithCase(t)
	p.chooses("Write")
	p.writesNote("The low-desire partner spoke. Ada says: “I am the low-desire partner.” Ben calls her \"the refuser\".")
	p.wait()
	p.tellsNot("perhaps")
	p.chooses("Wording hints: No")
	hints := 0
	for _, o := range p.everything() {
		if text, ok := o.(*kit.Text); ok && strings.Contains(text.String(), "perhaps") {
			hints++
			if !strings.Contains(text.String(), "“low-desire partner”: perhaps the partner who would like less closeness at present") {
				t.Errorf("it says %q", text.String())
			}
		}
	}
	if hints != 1 {
		t.Errorf("%d hints", hints)
	}
	p.writesNote("They spoke about the walk.")
	p.wait()
	p.tells("Nothing found. Your words may be right as they stand.")
	p.chooses("Sign and lock…")
	p.chooses("Sign")
	p.sees("This note is signed")

	// The office remembers it.
	p.locks()
	p = atOffice(t, dir)
	p.chooses("K-12")
	p.chooses("New note")
	p.focusOn("Wording hints: Yes")
}

// The help of a practice has pages for whoever works there, each reached and left by
// keyboard; the help of a home, and the help before unlocking, have none of them.
func TestHelpOfAnOffice(t *testing.T) {
	pages := map[string]string{
		"A working day":                          "the plan is two actions away",
		"The four records":                       "Safety never waits for a policy.",
		"The second unlock":                      "not from somebody who knows what you type",
		"What is on the table, and what is not":  "on the screen only",
		"Forms, notices and your own templates":  "templates, not legal advice",
		"Closing, destroying, backups":           "the page does not claim it",
		"What Ebb cannot protect, in a practice": "There is one passphrase, of one person.",
		"What Ebb does not do":                   "No number for how often.",
	}
	p, dir := newOffice(t)
	p.menu("Help & contacts")
	p.tells("For the practitioner")
	p.tells("Numbers to know")
	p.tellsNot("Your journal, its drafts")
	for title, holds := range pages {
		p.chooses(title)
		p.sees("The people who come to you do not see this page.")
		p.tells(holds)
		p.presses(fyne.KeyReturn) // the way back has the keyboard
		p.tells("For the practitioner")
	}
	p.chooses("What Ebb does not do")
	p.tells("No billing, and no codes for insurers.")
	p.locks()
	p = sit(t, filepath.Dir(dir), dir)
	p.menu("Help & contacts")
	p.tellsNot("For the practitioner")
	home, _ := newHome(t)
	home.menu("Help & contacts")
	home.tellsNot("For the practitioner")
	home.tells("Your journal, its drafts")
}
