package window

import (
	"context"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"ebb/ui/kit"
	store "ebb/vault/practice"
)

// asksAbout reports whether the sheet lies over the page that asks before a form is left.
func (p *person) asksAbout() bool { return strings.Contains(p.reads(), "This is not kept yet") }

// Words that are kept with a verb only are not forgotten without a question, by whatever
// way the page is left; whoever goes on is asked once, and locking asks nobody.
func TestFormsAskBeforeTheyForget(t *testing.T) {
	forms := map[string]struct {
		opens, changes func(p *person)
		holds          string
	}{
		"a new case":    {func(p *person) { p.menu("New case") }, func(p *person) { p.fillsIn("Private label", 0, "second room") }, "second room"},
		"a new meeting": {func(p *person) { p.chooses("New meeting") }, func(p *person) { p.fillsIn("Interpreter", 0, "Mx Lund") }, "Mx Lund"},
		"limits": {
			func(p *person) { p.chooses("How far the menu goes") }, func(p *person) { p.picks("Up to", "Words only") },
			"How far the menu goes",
		},
		"time alone": {func(p *person) { p.chooses("Time alone") }, func(p *person) { p.fillsIn("Minutes", 0, "35") }, "35"},
		"an own exercise": {func(p *person) {
			p.menu("Forms")
			p.chooses("Own exercises")
			p.chooses("Write one of your own…")
		}, func(p *person) { p.fillsIn("What it is called", 0, "Two cups") }, "Two cups"},
		"an exercise that is not offered": {func(p *person) {
			p.chooses("The menu")
			p.chooses("Six quiet minutes")
		}, func(p *person) { p.fillsIn("A note to them", 0, "with tea") }, "with tea"},
	}
	for name, form := range forms {
		t.Run(name, func(t *testing.T) {
			p, dir, _ := officeWithCase(t)
			p.tall()
			form.opens(p)
			p.menu("Forms")
			p.sees("Forms")
			if p.asksAbout() {
				t.Fatal("it asks about a form on which nothing was changed")
			}
			p.menu("Caseload")
			p.chooses("K-12")
			form.opens(p)
			form.changes(p)
			for _, way := range []string{"Forms", "My data", "New case", "Caseload"} {
				p.menu(way)
				if !p.asksAbout() || len(p.w.Canvas().Overlays().List()) != 1 {
					t.Fatalf("%s: %d sheets; the screen says:\n%s", way, len(p.w.Canvas().Overlays().List()), p.reads())
				}
				p.presses(fyne.KeyEscape)
				if p.asksAbout() {
					t.Fatal("Escape does not lead back to the form")
				}
				p.holds(form.holds)
			}
			p.menu("Forms")
			p.chooses("Forget it")
			if p.asksAbout() {
				t.Fatal("it asks once more")
			}
			p.menu("Forms")
			p.sees("Forms")
			if p.asksAbout() {
				t.Fatal("what was forgotten is asked about")
			}
			p.menu("Caseload")
			p.chooses("K-12")
			form.opens(p)
			form.changes(p)
			p.locks()
			atOffice(t, dir)
		})
	}
}

// holds looks for words on the page, also those that stand in a field.
func (p *person) holds(text string) {
	p.t.Helper()
	for _, o := range p.everything() {
		if f, ok := o.(interface{ Text() string }); ok && f.Text() == text {
			return
		}
	}
	p.sees(text)
}

// Limits are changed for one person at a time: turning to another asks as well, and
// setting back what was changed leaves nothing to ask about.
func TestLimitsAskBeforeTurning(t *testing.T) {
	p, _, id := officeWithCase(t)
	p.tall()
	p.chooses("Change how far the menu goes")
	p.chooses("Repair")
	p.last("Whose limit") // Ben
	p.sees("This is not kept yet")
	p.presses(fyne.KeyEscape)
	p.chooses("Repair")
	p.last("Whose limit")
	if p.asksAbout() {
		t.Fatal("it asks although all is as it was kept")
	}
	p.picks("Up to", "More skin")
	p.picks("Whose limit", "Ben") // who is shown
	p.menu("Caseload")
	p.sees("This is not kept yet")
	p.chooses("Forget it")
	p.menu("Caseload")
	p.chooses("K-12")
	p.chooses("Change how far the menu goes")
	p.picks("Up to", "Touch, clothes on")
	p.menu("Keep what I wrote")
	p.menu("Caseload")
	p.inCase(id, func(ctx context.Context, c *store.Case) {
		all := must[[]store.Limit](t)(c.Limits.Current(ctx))
		if len(all) != 1 || all[0].Member != (store.ID{}) || all[0].Closeness != 2 || len(all[0].Categories) != 0 {
			t.Errorf("%+v", all)
		}
	})
}

// last turns a choice to its last word with the keys, and looks at nothing.
func (p *person) last(name string) {
	p.t.Helper()
	for _, o := range p.everything() {
		if s, ok := o.(*kit.Segmented); ok && strings.HasPrefix(s.AccessibilityLabel(), name+":") {
			s.FocusGained()
			s.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEnd})
			s.TypedKey(&fyne.KeyEvent{Name: fyne.KeySpace})
			return
		}
	}
	p.t.Fatalf("no choice %q", name)
}

// Keep what I wrote works wherever something is to be kept.
func TestKeepOnEveryForm(t *testing.T) {
	forms := map[string]struct {
		writes func(p *person)
		kept   func(ctx context.Context, c *store.Case) string
	}{
		"somebody": {func(p *person) { p.chooses("About Ada"); p.fillsIn("Pronouns", 0, "she/they") }, func(ctx context.Context, c *store.Case) string {
			return must[[]store.Member](t)(c.People.All(ctx))[0].Pronouns
		}},
		"a meeting": {func(p *person) { p.chooses("Open"); p.fillsIn("Interpreter", 0, "Mx Lund") }, func(ctx context.Context, c *store.Case) string {
			return must[[]store.Meeting](t)(c.Meetings.All(ctx, store.Page{}))[0].Interpreter
		}},
		"a new meeting": {func(p *person) { p.chooses("New meeting"); p.fillsIn("Interpreter", 0, "Mx Lund") }, func(ctx context.Context, c *store.Case) string {
			return must[[]store.Meeting](t)(c.Meetings.All(ctx, store.Page{}))[0].Interpreter
		}},
		"a contact": {func(p *person) { p.chooses("Add a contact"); p.fillsIn("Call, letter", 0, "letter") }, func(ctx context.Context, c *store.Case) string {
			return must[[]store.Contact](t)(c.Contacts.All(ctx, store.Page{}))[0].Way
		}},
		"the table": {func(p *person) { p.chooses("Prepare: on the table"); p.fillsIn("A question or a line", 0, "the hour?") }, func(ctx context.Context, c *store.Case) string {
			return must[store.Table](t)(c.Prep.Table(ctx)).Lines[0].Text
		}},
		"mine": {func(p *person) { p.chooses("Prepare: mine"); p.fillsIn("A line for yourself", 0, "the hour?") }, func(ctx context.Context, c *store.Case) string {
			return must[store.Mine](t)(c.Prep.Mine(ctx)).Lines[0].Text
		}},
		"time alone": {func(p *person) { p.chooses("Time alone"); p.fillsIn("Minutes", 0, "35") }, func(ctx context.Context, c *store.Case) string {
			return strings.Repeat("|", must[[]store.Meeting](t)(c.Meetings.All(ctx, store.Page{}))[0].Minutes)
		}},
	}
	for name, form := range forms {
		t.Run(name, func(t *testing.T) {
			p, _, id := officeWithCase(t)
			p.tall()
			form.writes(p)
			p.menu("Keep what I wrote")
			p.inCase(id, func(ctx context.Context, c *store.Case) {
				if form.kept(ctx, c) == "" {
					t.Error("nothing was kept")
				}
			})
			p.menu("Forms")
			if p.asksAbout() {
				t.Error("what was kept is asked about")
			}
		})
	}
}

// Words in the fields of a sheet are not taken away by the first Escape, nor by the first
// way to another page.
func TestSheetsTellBeforeTheyForget(t *testing.T) {
	p, _, _ := officeWithCase(t)
	p.chooses("Whom to refer to")
	p.chooses("Add somebody")
	p.fillsIn("Name", 0, "Dr Orr")
	p.presses(fyne.KeyEscape)
	p.sees("Leaving once more forgets it.")
	p.holds("Dr Orr")
	p.presses(fyne.KeyEscape)
	p.seesNot("Leaving once more forgets it.")
	p.chooses("Add somebody")
	p.presses(fyne.KeyEscape) // nothing was typed
	p.chooses("Add somebody")
	p.fillsIn("Name", 0, "Dr Orr")
	p.menu("Forms")
	p.holds("Dr Orr")
	p.onSheet("Keep")
	p.sees("Dr Orr")
}
