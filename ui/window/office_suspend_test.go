package window

import (
	"context"
	"testing"
	"time"

	store "ebb/vault/practice"
)

// atApart shows an apart note of the case that is open: of a tab, and of whom.
func (p *person) atApart(tab, whose string) {
	p.t.Helper()
	if p.offers("New note") {
		p.chooses("New note")
	}
	p.turnsTo(tab)
	if p.offers("Unlock…") {
		p.chooses("Unlock…")
		p.types(passA + "\n")
	}
	if whose != "" {
		p.picks("Whose", whose)
	}
}

// ticks lets the window's clock strike, so long after what was done last.
func (p *person) strikes(d time.Duration) {
	p.now = p.now.Add(d)
	p.w.tickIdle()
}

// The last words of a note behind the second unlock are there again, whatever took them
// off the screen before a draft was sealed: a lock, a sleep of the computer, the end of
// the fifteen minutes, and every way to another page, also in the moments when the time
// is up and the window has not noticed it yet.
func TestLastWordsBehindTheSecondUnlock(t *testing.T) {
	over := func(p *person) { p.now = p.now.Add(store.StepUpTime + time.Second) }
	for name, leaves := range map[string]func(p *person){
		"lock":               func(p *person) { p.menu("Lock") },
		"the window closed":  func(p *person) { p.w.lockThen(func() { p.replaced = append(p.replaced, "") }) },
		"hidden":             func(p *person) { p.menu("Hide now"); p.presses("Space") },
		"idle":               func(p *person) { p.everySecond(5 * time.Minute) },
		"a night asleep":     func(p *person) { p.strikes(9 * time.Hour) },
		"a short sleep":      func(p *person) { p.everySecond(14 * time.Minute); p.strikes(80 * time.Second) },
		"a clock put back":   func(p *person) { p.strikes(-time.Hour) },
		"the time is up":     func(p *person) { p.everySecond(store.StepUpTime) },
		"closed by hand":     func(p *person) { p.chooses("Close now") },
		"another tab":        func(p *person) { p.turnsTo("Joint") },
		"its case":           func(p *person) { p.chooses("K-12") },
		"the caseload":       func(p *person) { p.menu("Caseload") },
		"up: lock":           func(p *person) { over(p); p.menu("Lock") },
		"up: hidden":         func(p *person) { over(p); p.menu("Hide now"); p.presses("Space") },
		"up: another tab":    func(p *person) { over(p); p.turnsTo("Joint") },
		"up: its case":       func(p *person) { over(p); p.chooses("K-12") },
		"up: the caseload":   func(p *person) { over(p); p.menu("Caseload") },
		"up: a draft is due": func(p *person) { over(p); p.wait(); p.strikes(time.Second) },
		"up: read, and lock": func(p *person) { over(p); p.chooses("Form: Free"); p.menu("Lock") },
		"up: kept by hand":   func(p *person) { over(p); p.menu("Keep what I wrote"); p.strikes(time.Second) },
	} {
		t.Run(name, func(t *testing.T) {
			p, dir, _ := officeWithCase(t)
			for i, at := range [][2]string{{"Process", ""}, {"Safety", "Ben"}, {"Safety", "The case itself"}} {
				if i > 0 && name != "lock" && name != "a night asleep" && name != "up: another tab" && name != "the time is up" {
					continue // the drawers differ, and the ways through the page do not
				}
				p.atApart(at[0], at[1])
				p.writesNote("quill")
				p.wait()
				p.sees("Draft kept.")
				p.types("wort")
				leaves(p)
				p.seesNot("quillwort")
				if len(p.replaced) > 0 {
					p = atOffice(t, dir)
				}
				if until := p.w.open.practice.StepUpUntil(); name != "another tab" && name != "its case" && !until.IsZero() {
					t.Errorf("the second unlock lasts until %v", until)
				}
				p.toCase("K-12")
				p.atApart(at[0], at[1])
				if p.offers("Wednesday, 4 March") { // kept, and not a draft
					p.chooses("Wednesday, 4 March")
				}
				p.sees("quillwort")
				p.toCase("K-12")
			}
		})
	}
}

// everySecond lets time pass with the window looking at its clock; before the last
// minutes somebody touches it now and then.
func (p *person) everySecond(d time.Duration) {
	for i := range int(d / time.Second) {
		if d > 5*time.Minute && i%60 == 0 {
			p.w.touch()
		}
		p.strikes(time.Second)
		if len(p.replaced) > 0 {
			return
		}
	}
}

// Words that were all taken back before the time was up do not come back from the draft.
func TestNoWordsBehindTheSecondUnlock(t *testing.T) {
	p, dir, id := officeWithCase(t)
	p.atApart("Process", "")
	p.writesNote("quillwort")
	p.wait()
	p.writesNote("")
	p.strikes(9 * time.Hour)
	p = atOffice(t, dir)
	p.inCase(id, func(ctx context.Context, c *store.Case) {
		if err := p.w.open.practice.StepUp(ctx, []byte(passA)); err != nil {
			t.Fatal(err)
		}
		n := must[*store.Notes](t)(c.Process(ctx))
		if drafts := must[[]store.Draft](t)(n.Drafts(ctx)); len(drafts) != 0 {
			t.Errorf("%d drafts are there", len(drafts))
		}
	})
}
