package window

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	store "ebb/vault/practice"
)

// talksAlone fills a case with what each person said alone, and with what they released.
// Words that only Ada's own pages may show begin with "larkspur".
func (p *person) talksAlone(id store.ID) {
	p.t.Helper()
	p.inCase(id, func(ctx context.Context, c *store.Case) {
		people := must[[]store.Member](p.t)(c.People.All(ctx))
		ada, ben := people[0].ID, people[1].ID
		must[store.FeedbackEntry](p.t)(c.Feedback.Put(ctx, store.FeedbackEntry{Member: ada, About: "meetings", Keep: "larkspur: the slow beginning", Drop: "larkspur: homework"}))
		must[store.Observation](p.t)(c.Progress.Put(ctx, store.Observation{Member: ada, Domain: store.Closeness, Words: "larkspur: less, while the nights are short", Band: "less", Context: []string{"sleep"}, Source: store.Told}))
		must[store.Observation](p.t)(c.Progress.Put(ctx, store.Observation{Member: ada, Domain: store.HowOften, Words: "larkspur: once in a season would be plenty", Source: store.Told}))
		must[store.Observation](p.t)(c.Progress.Put(ctx, store.Observation{Member: ada, Domain: store.Affection, Words: "The hand on my shoulder on Sunday was good.", Band: "fairly", Context: []string{"grief"}, Source: store.Told, Released: true}))
		must[store.Observation](p.t)(c.Progress.Put(ctx, store.Observation{Member: ben, Domain: store.Communication, Words: "bramble: it is easier to say things while walking", Band: "often", Source: store.Told}))
		must[store.ID](p.t)(c.Prep.AddAlone(ctx, ada, "larkspur: how the visit went"))
		must[store.ID](p.t)(c.Prep.Add(ctx, store.OnMine, "hyssop: whom I side with"))
		must[store.ID](p.t)(c.Prep.Add(ctx, store.OnTable, "Who would like to begin?"))
	})
}

// The two pages of the preparation are reached from the case alone, and neither shows a
// part of the other.
func TestPrepPagesStayApart(t *testing.T) {
	p, _, id := officeWithCase(t)
	p.tall()
	p.talksAlone(id)
	p.menu("Caseload")
	p.chooses("K-12")
	p.seesNot("larkspur")
	p.chooses("Prepare: on the table")
	p.sees("Who would like to begin?")
	p.sees("The hand on my shoulder on Sunday was good.")
	p.sees("Satisfaction with affection")
	for _, hidden := range []string{"larkspur", "hyssop", "bramble", "grief", "fairly", "Mine"} {
		p.seesNot(hidden)
	}
	p.chooses("K-12")
	p.chooses("Prepare: mine")
	p.sees("Mine, on the screen only")
	p.sees("hyssop: whom I side with")
	for _, hidden := range []string{"larkspur", "bramble", "Save as PDF", "Who would like to begin?", "On the table", "on the table,"} {
		p.seesNot(hidden)
	}
	p.picks("Whom it is about", "Ada")
	p.sees("larkspur: homework")
	p.sees("larkspur: how the visit went")
	p.sees("larkspur: less, while the nights are short")
	p.seesNot("bramble")
	p.seesNot("hyssop")
	p.picks("Whom it is about", "Ben")
	p.sees("bramble")
	p.seesNot("larkspur")
	p.picks("Whom it is about", "Ada")
	p.menu("Hide now")
	p.seesNot("larkspur")
	p.seesNot("Mine")
}

// savesPDF saves a sheet from the page into a folder, and returns it.
func (p *person) savesPDF(folder string) []byte {
	p.t.Helper()
	p.chooses("Save as PDF…")
	p.chooses("Choose a folder…")
	p.focusOn("Folder or file")
	for range 400 {
		p.presses("BackSpace")
	}
	p.types(folder + "\n")
	all := must[[]string](p.t)(filepath.Glob(filepath.Join(folder, "sheet*.pdf")))
	if len(all) == 0 {
		p.t.Fatalf("nothing was saved; the screen says:\n%s", p.reads())
	}
	slices.SortFunc(all, func(a, b string) int { return len(a) - len(b) + strings.Compare(a, b) })
	return must[[]byte](p.t)(os.ReadFile(all[len(all)-1]))
}

// The paper for the table is the same file, byte for byte, whatever is told alone, noted
// for the screen or kept apart; and another one when something is released.
func TestTablePaperHoldsNothingOfMine(t *testing.T) {
	p, _, id := officeWithCase(t)
	p.tall()
	p.inCase(id, func(ctx context.Context, c *store.Case) {
		must[store.ID](t)(c.Prep.Add(ctx, store.OnTable, "Who would like to begin?"))
		must[store.Observation](t)(c.Progress.Put(ctx, store.Observation{
			Member: must[[]store.Member](t)(c.People.All(ctx))[0].ID, Domain: store.Affection, Words: "The hand on my shoulder on Sunday was good.", Band: "fairly", Source: store.Told, Released: true,
		}))
	})
	folder := t.TempDir()
	p.chooses("Prepare: on the table")
	before := p.savesPDF(folder)
	p.sees("Saved as sheet.pdf.")
	p.inCase(id, func(ctx context.Context, c *store.Case) {
		people := must[[]store.Member](t)(c.People.All(ctx))
		for _, m := range people {
			must[store.FeedbackEntry](t)(c.Feedback.Put(ctx, store.FeedbackEntry{Member: m.ID, Drop: "homework"}))
			must[store.Observation](t)(c.Progress.Put(ctx, store.Observation{Member: m.ID, Domain: store.Closeness, Words: "less", Source: store.Told}))
			must[store.ID](t)(c.Prep.AddAlone(ctx, m.ID, "the visit"))
		}
		must[store.ID](t)(c.Prep.Add(ctx, store.OnMine, "whom I side with"))
		must[store.ID](t)(c.Reviews.Put(ctx, store.ReviewLimits, "2026-01-01"))
		if err := c.Limits.Set(ctx, store.Limit{Member: people[0].ID, Closeness: 1}); err != nil {
			t.Fatal(err)
		}
		note := c.Notes.New(store.Individual, people[0].ID, store.Template{Name: store.Free, Keys: []string{"text"}})
		note.Sections[0].Text = "said alone"
		must[store.Note](t)(c.Notes.Save(ctx, note))
	})
	p.menu("Caseload")
	p.chooses("K-12")
	p.chooses("Prepare: on the table")
	if !bytes.Equal(p.savesPDF(folder), before) {
		t.Error("the paper for the table changed with what is not on the table")
	}
	p.focusOn("A question or a line for the table")
	p.types("What can wait?") // not added yet, and on the paper all the same
	with := p.savesPDF(folder)
	if bytes.Equal(with, before) {
		t.Error("a line for the table is not on its paper")
	}
	p.sees("What can wait?")
}

// Lines are added and taken off by keyboard, with ten seconds to put one back; what
// stands in the field when the page is left is kept, each on its own page.
func TestPrepLines(t *testing.T) {
	p, dir, id := officeWithCase(t)
	p.tall()
	p.chooses("Prepare: on the table")
	p.focusOn("A question or a line for the table")
	p.types("  \n")
	p.sees("There is a line that needs a word in it.")
	p.types("What can wait?\n")
	p.types("half a line")
	p.chooses("K-12")
	p.chooses("Prepare: on the table")
	p.sees("half a line")
	p.chooses("Take off") // the first
	p.seesNot("What can wait?")
	p.sees("The line was taken off.")
	p.chooses("Put back")
	p.sees("What can wait?")
	p.chooses("K-12")
	p.chooses("Prepare: mine")
	p.seesNot("What can wait?")
	p.picks("Whom it is about", "Ben")
	p.focusOn("Something to ask Ben alone")
	p.types("the letter")
	p.picks("Whom it is about", "Ada") // it is kept as Ben's
	p.seesNot("the letter")
	p.focusOn("Something to ask Ada alone")
	p.types("the visit")
	p.locks()
	p = atOffice(t, dir)
	p.inCase(id, func(ctx context.Context, c *store.Case) {
		people := must[[]store.Member](t)(c.People.All(ctx))
		mine := must[store.Mine](t)(c.Prep.Mine(ctx))
		if len(mine.Lines) != 2 || mine.Lines[0].Member != people[1].ID || mine.Lines[0].Text != "the letter" || mine.Lines[1].Member != people[0].ID || mine.Lines[1].Text != "the visit" {
			t.Errorf("%+v", mine.Lines)
		}
		if table := must[store.Table](t)(c.Prep.Table(ctx)); len(table.Lines) != 2 {
			t.Errorf("%+v", table.Lines)
		}
	})
}

// hardPrep fills a case with texts that break layouts.
func (p *person) hardPrep(id store.ID) {
	p.t.Helper()
	p.inCase(id, func(ctx context.Context, c *store.Case) {
		people := must[[]store.Member](p.t)(c.People.All(ctx))
		ada, ben := people[0], people[1]
		ada.Name, ben.Name = "Wilhelmina-Wilhelmina-Wilhelmina-Zoë", mixed
		for _, m := range []store.Member{ada, ben} {
			if err := c.People.Set(ctx, m); err != nil {
				p.t.Fatal(err)
			}
			odd := longWord + " " + mixed + "\x07\u202e" + strings.Repeat(" word", 2000)
			for _, domain := range []store.Domain{store.Communication, store.Affection} {
				must[store.Observation](p.t)(c.Progress.Put(ctx, store.Observation{Member: m.ID, Domain: domain, Words: odd, Context: store.CheckInChoices[8], Lasting: "longer", Source: store.Told, Released: true}))
			}
			f := must[store.FeedbackEntry](p.t)(c.Feedback.Put(ctx, store.FeedbackEntry{Member: m.ID, About: longWord, Keep: odd, Change: mixed, Drop: longWord}))
			must[store.FeedbackEntry](p.t)(c.Feedback.Put(ctx, store.FeedbackEntry{Member: m.ID, About: "papers", Keep: mixed}))
			if err := c.Feedback.Reply(ctx, f.ID, longWord); err != nil {
				p.t.Fatal(err)
			}
			must[store.ID](p.t)(c.Prep.AddAlone(ctx, m.ID, longWord+mixed))
		}
		must[store.ID](p.t)(c.Prep.Add(ctx, store.OnTable, longWord+" "+mixed))
		must[store.ID](p.t)(c.Prep.Add(ctx, store.OnMine, mixed+longWord))
		must[store.ID](p.t)(c.Reviews.Put(ctx, store.ReviewPlan, "2026-03-04"))
		if err := c.Menu.Offer(ctx, store.Offer{Exercise: "A2", Note: longWord + " " + mixed}); err != nil {
			p.t.Fatal(err)
		}
	})
}

// prepRooms are the pages of this file's rooms, by how they are reached from the case.
var prepRooms = []struct {
	name string
	ways []string
}{
	{"table", []string{"Prepare: on the table", "Prompts"}},
	{"mine", []string{"Prepare: mine", "Prompts"}},
	{"progress", []string{"Progress log"}},
	{"progress-of", []string{"Progress log", "Progress of "}},
	{"both", []string{"Progress log", "Show…", "Show them"}},
	{"feedback", []string{"Feedback"}},
	{"feedback-of", []string{"Feedback", "Feedback of "}},
	{"feedback-enter", []string{"Feedback", "Feedback of ", "Write it down…"}},
	{"feedback-reply", []string{"Feedback", "Feedback of ", "Say what you changed…"}},
}

// walksTo reaches a page from the case; a way that ends in a space is that of a person.
func (p *person) walksTo(ways []string, name string) {
	p.t.Helper()
	p.menu("Caseload")
	p.chooses("K-12")
	for _, way := range ways {
		if strings.HasSuffix(way, " ") {
			way += name
		}
		p.chooses(way)
	}
}

// Every page holds hard texts without a fault and can be walked with Tab alone, also at
// 200 % in the smallest window.
func TestPrepPagesHoldHardTexts(t *testing.T) {
	p, _, id := officeWithCase(t)
	p.hardPrep(id)
	for _, percent := range []int{100, 200} {
		p.w.setTextSize(percent)
		for _, room := range prepRooms {
			name := fmt.Sprintf("%s at %d %%", room.name, percent)
			p.walksTo(room.ways, "Wilhelmina-Wilhelmina-Wilhelmina-Zoë")
			p.tidy(name)
			p.tabs(name)
			p.seesNot("[[") // a text that cannot be said
			if strings.Contains(p.reads(), "\u202e") || strings.Contains(p.reads(), "\x07") {
				t.Errorf("%s: control characters reach the screen", name)
			}
		}
	}
}

// TestOfficePrepPages is TestPages for the preparation, the log and the feedback.
func TestOfficePrepPages(t *testing.T) {
	inLooks(t, officeLooks, func(t *testing.T, a *album) {
		p, _, id := officeWithCase(t)
		p.talksAlone(id)
		p.inCase(id, func(ctx context.Context, c *store.Case) {
			people := must[[]store.Member](t)(c.People.All(ctx))
			must[store.Observation](t)(c.Progress.Put(ctx, store.Observation{
				Member: people[1].ID, Domain: store.Affection, Words: "I notice the small things more, and say so less than I would like.", Band: "very", Source: store.Told, Released: true,
			}))
			must[store.ID](t)(c.Reviews.Put(ctx, store.ReviewPlan, "2026-03-04"))
			for _, offer := range []store.Offer{{Exercise: "A2", Note: "Ten minutes are plenty."}, {Exercise: "B3"}} {
				if err := c.Menu.Offer(ctx, offer); err != nil {
					t.Fatal(err)
				}
			}
			if err := c.Menu.Rest(ctx, "B3"); err != nil {
				t.Fatal(err)
			}
			f := must[[]store.FeedbackEntry](t)(c.Feedback.Of(ctx, people[0].ID, store.Page{}))
			must[store.FeedbackEntry](t)(c.Feedback.Put(ctx, store.FeedbackEntry{Member: people[0].ID, Day: "2026-02-01", About: "exercises", Change: "Shorter ones, in the morning."}))
			if err := c.Feedback.Reply(ctx, f[0].ID, "We begin slowly, and I ask before I suggest anything to do at home."); err != nil {
				t.Fatal(err)
			}
		})
		a.dress(p)
		shows := func(name string) {
			t.Helper()
			// The two pages that only lead on look the same in every look.
			lead := name == "office-prep-progress" || name == "office-prep-feedback"
			if lead && a.look.name != "light" {
				return
			}
			a.shows(p, name)
		}
		for _, room := range prepRooms {
			p.walksTo(room.ways, "Ada")
			shows("office-prep-" + room.name)
			if room.name == "mine" {
				p.picks("Whom it is about", "Ada")
				shows("office-prep-mine-of")
			}
		}
		p.walksTo([]string{"Feedback", "Feedback of ", "Hand over…", "Show the form", "Begin"}, "Ada")
		shows("office-prep-handed")
	})
}
