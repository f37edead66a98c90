package window

import (
	"bytes"
	"context"
	"crypto/sha256"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"ebb/exercises"
	"ebb/ui/print"
	store "ebb/vault/practice"
)

// plainTitle is of closeness 0.
const plainTitle = "Three ordinary thank-yous"

// painWords are what Ada says of pain, and what the practitioner thinks about it.
var painWords = []string{"soreness", "smarting", "stinging", "burning", "throbbing"}

// touchCase makes an office at one place, with a case in which touch is offered.
func touchCase(t *testing.T, folder string) (p *person, id store.ID) {
	t.Helper()
	if err := os.RemoveAll(folder); err != nil {
		t.Fatal(err)
	}
	p = officeAt(t, folder)
	p.publishes(store.PolicyLimited)
	id = p.caseOf("K-12", "", "Ada", "Ben")
	p.meets(id, evening.Add(-24*time.Hour), store.ID{})
	p.signs(id, store.PolicyLimited)
	p.seesAlone(id)
	p.consents(id)
	p.inCase(id, func(ctx context.Context, c *store.Case) {
		for _, err := range []error{
			c.Menu.Offer(ctx, store.Offer{Exercise: offered, Note: "For a slow evening."}),
			c.Menu.Offer(ctx, store.Offer{Exercise: "J1"}),
		} {
			if err != nil {
				t.Fatal(err)
			}
		}
		must[store.ID](t)(c.Prep.Add(ctx, store.OnTable, "Who would like to begin?"))
		must[store.ID](t)(c.Reviews.Put(ctx, store.ReviewPlan, "2026-03-04"))
	})
	return p, id
}

// tellsOfPain is what Ada says alone about pain: in a note, on a check-in, in her
// history and in her progress, and what the practitioner keeps for their own screen.
func (p *person) tellsOfPain(id store.ID) {
	p.t.Helper()
	p.toCase("K-12")
	p.chooses("New note")
	p.turnsTo("Individual")
	p.writesNote("soreness, since the autumn")
	p.toCase("K-12")
	p.atSheet()
	p.ticks(0, "pain")
	p.writesNote("smarting")
	p.chooses("Keep")
	p.sees("Kept.")
	p.toCase("K-12")
	p.chooses("Sexual history")
	p.writesNote("stinging, after the operation")
	p.toCase("K-12")
	p.inCase(id, func(ctx context.Context, c *store.Case) {
		ada := must[[]store.Member](p.t)(c.People.All(ctx))[0].ID
		must[store.Observation](p.t)(c.Progress.Put(ctx, store.Observation{Member: ada, Domain: store.Closeness, Words: "burning", Context: []string{"pain"}, Source: store.Told}))
		must[store.ID](p.t)(c.Prep.AddAlone(ctx, ada, "throbbing: has a doctor looked?"))
	})
	record, _ := p.exported(id)
	for _, part := range []string{"notes", "checkIns", "intake", "observations", "prep"} {
		if len(record[part]) == 0 {
			p.t.Errorf("nothing of it was kept as %s", part)
		}
	}
}

// wholeCase stands for nobody's place: the limit is that of the case.
const wholeCase = -1

// limits sets how far the menu goes for a person, by place, or for the whole case.
func (p *person) limits(id store.ID, member int) {
	p.t.Helper()
	p.inCase(id, func(ctx context.Context, c *store.Case) {
		var of store.ID
		if member != wholeCase {
			of = must[[]store.Member](p.t)(c.People.All(ctx))[member].ID
		}
		if err := c.Limits.Set(ctx, store.Limit{Member: of, Closeness: 1}); err != nil {
			p.t.Fatal(err)
		}
	})
}

// saves saves a sheet into a folder of its own, and returns it.
func (p *person) saves(verb string) []byte {
	p.t.Helper()
	folder := p.t.TempDir()
	p.chooses(verb)
	p.chooses("Choose a folder…")
	p.focusOn("Folder or file")
	for range p.w.o.Folder + "/00" { // where the picker begins
		p.presses(fyne.KeyBackspace)
	}
	p.types(folder + "\n")
	p.sees("Saved as sheet.pdf.")
	return must[[]byte](p.t)(os.ReadFile(filepath.Join(folder, "sheet.pdf")))
}

// gets is all that Ben, or both, can see of an office or get into their hands.
func (p *person) gets() map[string]string {
	p.t.Helper()
	seen := map[string]string{}
	print := func(what, verb string) {
		pdf := p.saves(verb)
		seen[what+", paper"], seen[what+", words"] = fmt.Sprintf("%x", sha256.Sum256(pdf)), paper(p.t, pdf)
	}
	p.toCase("K-12")
	p.chooses("Prepare: on the table")
	seen["the table, read"], seen["the table, seen"] = p.reads(), p.seen()
	print("the table", "Save as PDF…")
	p.toCase("K-12")
	p.chooses("The menu")
	print("the week", "Menu of the week as PDF…")
	for _, title := range []string{offeredTitle, plainTitle} {
		p.toCase("K-12")
		p.looksUp(title)
		if p.offers("Save as PDF…") {
			print(title, "Save as PDF…")
		}
	}
	p.toCase("K-12")
	p.chooses("New note")
	seen["the composer of a joint note"] = p.reads()
	for what, text := range p.handed("K-12", "Ben") {
		seen["a form that is handed over: "+what] = text
	}
	p.toCase("K-12")
	p.chooses("Feedback")
	p.chooses("Feedback of Ben")
	p.chooses("Hand over…")
	p.chooses("Show the form")
	p.chooses("Begin")
	seen["feedback"] = p.reads()
	p.chooses("Hand it back")
	p.chooses("For the practitioner")
	p.types(passA + "\n")
	p.toCase("K-12")
	p.chooses("Check-ins on paper")
	p.picks("Whose", "Ben")
	print("an empty check-in", "Save the form as PDF…")
	p.menu("Forms")
	seen["the forms of the practice"] = p.reads()
	return seen
}

// T7, in an office: what Ada tells of pain, alone, is on nothing that Ben or both can
// see or get into their hands. Where a limit is set, nothing of that says whose it is or
// why. The question about pain is on every hand-out of what comes close.
func TestScenarioT7Office(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "Ebb")
	nothing := func(*person, store.ID) {}
	worlds := []struct {
		name string
		do   func(*person, store.ID)
		like string // the world that looks the same
	}{
		{"nothing was said", nothing, ""},
		{"Ada told of pain", (*person).tellsOfPain, "nothing was said"},
		{"a limit for Ben", func(p *person, id store.ID) { p.limits(id, 1) }, ""},
		{"Ada told of pain, and a limit for Ada", func(p *person, id store.ID) {
			p.tellsOfPain(id)
			p.limits(id, 0)
		}, "a limit for Ben"},
		{"Ada told of pain, and a limit for the whole case", func(p *person, id store.ID) {
			p.tellsOfPain(id)
			p.limits(id, wholeCase)
		}, "a limit for Ben"},
	}
	seen := map[string]map[string]string{}
	for _, w := range worlds {
		p, id := touchCase(t, folder)
		w.do(p, id)
		p.locks()
		p = atOffice(t, filepath.Join(folder, "Practice.ebb"))
		got := p.gets()
		for what, text := range got {
			for _, word := range painWords {
				if strings.Contains(text, word) {
					t.Errorf("%s: %s says %q", w.name, what, word)
				}
			}
		}
		p.locks()
		seen[w.name] = got
		if w.like != "" {
			sameScreens(t, w.name, got, seen[w.like])
		}
	}
	if !strings.Contains(seen["nothing was said"]["the week, words"], offeredTitle) || strings.Contains(seen["a limit for Ben"]["the week, words"], offeredTitle) {
		t.Error("a limit does not change the menu of the week")
	}
}

// Every hand-out of what comes close asks everybody about pain, among its steps: nobody
// is handed another sheet than the others.
func TestPainIsAskedOnEveryHandOut(t *testing.T) {
	library := must[*exercises.Library](t)(exercises.English())
	near := 0
	for _, e := range library.All() {
		if e.Closeness < 2 {
			continue
		}
		near++
		var b bytes.Buffer
		if err := print.HandOut(&b, print.Offered{Exercise: e}, library.Texts(), print.Options{}); err != nil {
			t.Fatal(err)
		}
		words := strings.ToLower(strings.Join(strings.Fields(paper(t, b.Bytes())), " "))
		for _, asked := range []string{"pain with touch", "bleeding", "chest", "clinician"} {
			if !strings.Contains(words, asked) {
				t.Errorf("%s, of closeness %d, asks nobody about %q: %.900s", e.ID, e.Closeness, asked, words)
			}
		}
	}
	if near == 0 {
		t.Error("nothing comes close")
	}
}
