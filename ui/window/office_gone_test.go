package window

import (
	"context"
	"strings"
	"testing"
	"time"

	"ebb/ui/lang"
	store "ebb/vault/practice"
)

// A roomOfCase is a page of a case, with how it is come to from the case's own.
type roomOfCase struct {
	name  string
	enter func(p *person)
}

// roomsOfCase are all of them, and those where somebody writes.
func (p *person) roomsOfCase() []roomOfCase {
	all := []roomOfCase{
		{"the case", func(*person) {}},
		{"a question over the case", func(p *person) { p.chooses("Code and label…") }},
		{"the second unlock over the case", func(p *person) { p.chooses("Safety plan of Ada") }},
		{"a note", func(p *person) { p.chooses("New note"); p.writesNote("quillwort") }},
		{"its draft", func(p *person) { p.chooses("New note"); p.writesNote("quillwort"); p.wait() }},
		{"a note apart", func(p *person) { p.atApart("Process", ""); p.writesNote("quillwort") }},
		{"signing", func(p *person) { p.chooses("New note"); p.writesNote("quillwort"); p.chooses("Sign and lock…") }},
		{"a person", func(p *person) { p.chooses("About Ada") }},
		{"a sheet", func(p *person) { p.atSheet(); p.writesNote("quillwort") }},
		{"a plan", func(p *person) { p.chooses("Treatment plan"); p.chooses("Write the plan"); p.writesNote("quillwort") }},
		{"a form handed over", func(p *person) { p.walksOn("Feedback", "Feedback of Ben", "Hand over…"); p.onSheet("Show the form") }},
	}
	for _, room := range p.roomsOf() {
		all = append(all, roomOfCase{room, func(p *person) { p.chooses(room) }})
	}
	return all
}

// walksOn presses one thing after the other.
func (p *person) walksOn(ways ...string) {
	p.t.Helper()
	for _, w := range ways {
		p.chooses(w)
	}
}

// destroys destroys a case, as by a page that went on while another was opened.
func (p *person) destroys(id store.ID) {
	p.t.Helper()
	p.inCase(id, func(ctx context.Context, c *store.Case) {
		if err := c.Close(ctx); err != nil {
			p.t.Fatal(err)
		}
	})
	must[store.Certificate](p.t)(p.w.open.practice.Destroy(context.Background(), id, "asked for", nil))
}

// A case that is destroyed while one of its pages is open leaves the screen with a
// sentence, by the next second, by what is pressed, and by every way on; the rest of the
// office is as it was, and nothing asks to be written any more.
func TestCaseGoesUnderItsPage(t *testing.T) {
	p, dir := newOffice(t)
	p.publishes(store.PolicyLimited)
	other := p.caseOf("K-90", "", "Cleo", "Dan")
	n := 0
	for _, how := range []struct {
		name string
		goes func(p *person)
	}{
		{"a second passes", func(p *person) { p.strikes(time.Second) }},
		{"pressed", func(p *person) {
			for _, w := range p.ways() {
				if w.label == lang.T("practice-caseload.title") {
					continue // the way that leads there in any case
				}
				p.goes(w)
				if p.w.open == nil || p.offers(lang.T("practice-caseload.new")) {
					return
				}
			}
			p.strikes(time.Second)
		}},
		{"what is written is kept", func(p *person) { p.wait(); p.menu("Keep what I wrote"); p.strikes(time.Second) }},
		{"the caseload", func(p *person) { p.menu("Caseload") }},
		{"locked", func(p *person) { p.menu("Lock") }},
	} {
		for i := 0; ; i++ {
			n++
			code := "K-" + string(rune('A'+n/26)) + string(rune('A'+n%26))
			id := p.caseOf(code, "by the river", "Ada", "Ben")
			p.meets(id, evening, store.ID{})
			p.signs(id, store.PolicyLimited)
			p.toCase(code)
			rooms := p.roomsOfCase()
			if how.name == "locked" || how.name == "the caseload" || how.name == "what is written is kept" {
				rooms = rooms[:11] // where something is written or lies above; the others have nothing to keep
			}
			if i >= len(rooms) {
				p.destroys(id)
				p.strikes(time.Second)
				break
			}
			at := rooms[i].name + ", " + how.name
			p.w.touch()
			rooms[i].enter(p)
			p.destroys(id)
			how.goes(p)
			for _, words := range []string{code, "by the river", "quillwort"} {
				if strings.Contains(p.reads(), words) {
					t.Fatalf("%s: the screen still says %q:\n%s", at, words, p.reads())
				}
			}
			if len(p.replaced) > 0 {
				if how.name != "locked" && rooms[i].name != "a form handed over" {
					t.Errorf("%s: the office was locked", at)
				}
				p = atOffice(t, dir)
			}
			p.sees("K-90")
			p.sees(lang.T("practice-caseload.search"))
		}
	}
	p.toCase("K-90")
	p.chooses("New note")
	p.writesNote("elm")
	p.locks()
	p = atOffice(t, dir)
	p.inCase(other, func(ctx context.Context, c *store.Case) {
		if all := must[[]store.Draft](t)(c.Notes.Drafts(ctx)); len(all) != 1 {
			t.Errorf("%d drafts", len(all))
		}
	})
	p.locks()
}

// The sentence is told where somebody is led away.
func TestCaseThatWentIsTold(t *testing.T) {
	p, _, id := officeWithCase(t)
	p.chooses("Files")
	p.destroys(id)
	p.strikes(time.Second)
	p.sees("This case is no longer here: it was destroyed.")
	p.sees("No cases yet")
}

// officeOfThree has a case of three people, of whom one can leave.
func officeOfThree(t *testing.T) (*person, store.ID) {
	t.Helper()
	p, _ := newOffice(t)
	p.publishes(store.PolicyLimited)
	id := p.caseOf("K-12", "", "Ada", "Ben", "Cleo")
	p.meets(id, evening, store.ID{})
	p.signs(id, store.PolicyLimited)
	p.toCase("K-12")
	return p, id
}

// A case that is closed, or a person who leaves it, while a page of it is open: what was
// written is held, and every way leads on.
func TestCaseClosesUnderItsPage(t *testing.T) {
	for name, change := range map[string]func(ctx context.Context, c *store.Case) error{
		"closed": func(ctx context.Context, c *store.Case) error { return c.Close(ctx) },
		"left": func(ctx context.Context, c *store.Case) error {
			return c.People.Leave(ctx, must[[]store.Member](t)(c.People.All(ctx))[0].ID)
		},
	} {
		t.Run(name, func(t *testing.T) {
			p, id := officeOfThree(t)
			for _, room := range p.roomsOfCase() {
				if room.name == "a plan" || room.name == "a form handed over" {
					continue // says so, and stays
				}
				p.toCase("K-12")
				p.w.touch()
				room.enter(p)
				p.inCase(id, func(ctx context.Context, c *store.Case) {
					if err := change(ctx, c); err != nil {
						t.Fatal(err)
					}
				})
				p.strikes(time.Second)
				p.menu("Caseload")
				p.sees(lang.T("practice-caseload.search"))
				if len(p.replaced) > 0 {
					t.Fatalf("%s: locked", room.name)
				}
				p.inCase(id, func(ctx context.Context, c *store.Case) {
					if name == "closed" {
						if err := c.Reopen(ctx); err != nil {
							t.Fatal(err)
						}
					}
				})
				if name == "left" {
					p.locks()
					p, id = officeOfThree(t)
				}
			}
			p.toCase("K-12")
			p.locks()
		})
	}
}

// The day until which a case is kept comes while its page stays open over midnight: the
// page and the list say so, and nothing is destroyed by itself.
func TestDayComesOverMidnight(t *testing.T) {
	p, _, _ := officeWithCase(t)
	p.tall()
	p.w.watchIdle(24 * time.Hour)
	p.chooses("Closing and keeping")
	p.closesCase("2026-03-05")
	p.seesNot("Destroy this case…")
	for p.now.Day() == 4 {
		p.strikes(time.Minute)
	}
	p.sees("Destroy this case…")
	p.sees("K-12")
	p.menu("Caseload")
	p.picks("Which cases", "Closed")
	p.sees("K-12") // still there
	p.chooses("K-12")
	p.locks()
}
