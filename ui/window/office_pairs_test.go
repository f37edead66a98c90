package window

import (
	"context"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	store "ebb/vault/practice"
)

// wordsOfPairs are what is kept of the pairs of a case.
func (p *person) wordsOfPairs(id store.ID) (words []string) {
	p.t.Helper()
	p.inCase(id, func(ctx context.Context, c *store.Case) {
		for _, pair := range must[[]store.Pair](p.t)(c.People.Pairs(ctx)) {
			words = append(words, pair.Words)
		}
	})
	return words
}

// Each two of three have a line of their own; of two there is no such page. What is
// written is kept by whatever way the page is left, and what is too long keeps the page.
func TestPairsOfACase(t *testing.T) {
	p, dir := newOffice(t)
	p.tall()
	p.caseOf("K-2", "", "Ada", "Ben")
	id := p.caseOf("K-3", "", "Cleo", "Dan", "Esi")
	p.menu("Caseload")
	p.chooses("K-2")
	p.seesNot("Between each two")
	p.menu("Caseload")
	p.chooses("K-3")
	p.chooses("Between each two")
	text := p.reads()
	for _, two := range [][2]string{{"Cleo", "Dan"}, {"Cleo", "Esi"}, {"Dan", "Esi"}} {
		if !strings.Contains(text, two[0]+" and "+two[1]) && !strings.Contains(text, two[1]+" and "+two[0]) {
			t.Errorf("%v are not there:\n%s", two, text)
		}
	}
	p.types("married\u202e\x07 for nine years\n")
	p.types("\n")
	p.types("close friends\n")
	p.sees("Who is part of it")
	if got := strings.Join(p.wordsOfPairs(id), "|"); got != "married for nine years||close friends" {
		t.Errorf("kept is %q", got)
	}
	p.chooses("Between each two")
	p.writesOver(strings.Repeat("long ", 2000))
	p.menu("Caseload")
	p.sees("This is longer than fits here.")
	p.writesOver("nesting")
	p.locks()
	p = atOffice(t, dir)
	p.tall()
	if got := strings.Join(p.wordsOfPairs(id), "|"); got != "nesting||close friends" {
		t.Errorf("after locking, kept is %q", got)
	}
	p.inCase(id, func(ctx context.Context, c *store.Case) {
		if err := c.Close(ctx); err != nil {
			t.Fatal(err)
		}
	})
	p.picks("Which cases", "Closed")
	p.chooses("K-3")
	p.chooses("Between each two")
	p.sees("nesting")
	p.seesNot("Keep")
}

// TestOfficePairsPages is TestPages for the pairs of a case.
func TestOfficePairsPages(t *testing.T) {
	inLooks(t, officeLooks, func(t *testing.T, a *album) {
		p := a.office()
		shows := func(name string) { a.shows(p, name) }
		// All have one name, because the order of pairs is another in every run.
		p.caseOf("Case 9", "", longName, longName, longName)
		p.menu("Caseload")
		p.tall()
		p.chooses("Case 9")
		p.chooses("Between each two")
		p.w.win.Resize(fyne.NewSize(1180, 760))
		shows("office-pairs")
	})
}
