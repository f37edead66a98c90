package window

import (
	"context"
	"testing"

	store "ebb/vault/practice"
)

// A line is written by keyboard, words first; without words, or on a day that is none,
// the form says what is missing and keeps what was written.
func TestProgressLog(t *testing.T) {
	p, dir, id := officeWithCase(t)
	p.tall()
	p.chooses("Progress log")
	p.chooses("Progress of Ben")
	p.sees("Ben’s own record. They may ask to read it.")
	p.chooses("Keep")
	p.sees("A few words are needed first.")
	p.writesNote("laughs before he answers")
	p.picks("A word for it, if one fits", "often")
	p.chooses("work")
	p.chooses("joy")
	p.chooses("joy") // put back
	p.picks("It feels like", "a season")
	p.focusOn("Day")
	p.types("x")
	p.chooses("Keep")
	p.sees("This is not a day.")
	p.focusOn("Day")
	p.presses("BackSpace")
	p.chooses("Keep")
	p.sees("laughs before he answers")
	p.sees("Communication · often")
	p.sees("Taking up room: work")
	p.sees("It feels like: a season")
	p.sees("I saw it")
	p.seesNot("Released for the table")
	p.chooses("Remove")
	p.seesNot("laughs before he answers")
	p.chooses("Bring back")
	p.sees("laughs before he answers")
	p.writesNote("half a line") // kept when the page is left
	p.chooses("Progress log")
	p.seesNot("laughs")
	p.seesNot("half a line")
	p.chooses("Progress of Ada")
	p.seesNot("laughs")
	p.sees("Nothing is written down yet.")
	p.writesNote("half another") // kept when the vault is locked
	p.locks()
	p = atOffice(t, dir)
	p.inCase(id, func(ctx context.Context, c *store.Case) {
		people := must[[]store.Member](t)(c.People.All(ctx))
		for i, want := range []int{1, 2} {
			if of := must[[]store.Observation](t)(c.Progress.Of(ctx, people[i].ID, store.Page{})); len(of) != want {
				t.Errorf("%s has %d lines: %+v", people[i].Name, len(of), of)
			}
		}
	})
}

// What a person told can be released, line by line; a line that is changed has to be
// released anew, and one can be taken off the table when nothing else is in force any
// more. How often has no bands and no release.
func TestReleaseOfProgress(t *testing.T) {
	p, _, id := officeWithCase(t)
	p.tall()
	p.chooses("Progress log")
	p.chooses("Progress of Ada")
	p.seesNot("On the table")
	p.picks("Where it comes from", "They told me")
	p.picks("What it is about", "How often")
	p.seesNot("On the table")
	p.seesNot("A word for it, if one fits")
	p.sees("is never shown beside another’s")
	p.picks("What it is about", "Desired closeness")
	p.writesNote("more of the small things")
	p.chooses("On the table: No")
	p.chooses("Keep")
	p.sees("Released for the table")
	p.chooses("Change…")
	p.sees("ask again before you turn this on")
	p.writesNote("more of the small things, and fewer of the large")
	p.chooses("Keep")
	p.seesNot("Released for the table")
	p.chooses("Change…")
	p.chooses("On the table: No")
	p.chooses("Keep")
	p.sees("Released for the table")
	p.inCase(id, func(ctx context.Context, c *store.Case) {
		policy := must[store.Document](t)(c.Consents.Policy(ctx))
		people := must[[]store.Member](t)(c.People.All(ctx))
		if err := c.Consents.Decide(ctx, store.Decision{Member: people[0].ID, Document: policy.Name, Kind: store.Withdrawn, Method: store.Spoken}); err != nil {
			t.Fatal(err)
		}
		if err := c.Close(ctx); err != nil {
			t.Fatal(err)
		}
	})
	p.menu("Caseload")
	p.inCase(id, func(ctx context.Context, c *store.Case) {
		if err := c.Reopen(ctx); err != nil {
			t.Fatal(err)
		}
	})
	p.menu("Caseload")
	p.chooses("K-12")
	p.chooses("Progress log")
	p.chooses("Progress of Ada")
	p.sees("Ada has not signed the policy in force")
	p.seesNot("[[")
	p.seesNot("Change…")
	p.seesNot("Where it comes from")
	p.chooses("Take off the table")
	p.seesNot("Released for the table")
	p.chooses("Forms of Ada")
	p.sees("Forms that count in this case")
}

// Two people's words stand side by side only where both released, only after a yes, and
// without a word about who did not.
func TestSideBySide(t *testing.T) {
	p, _, id := officeWithCase(t)
	p.tall()
	p.talksAlone(id)
	p.chooses("Progress log")
	p.seesNot("The hand on my shoulder")
	p.chooses("Show…")
	p.sees("invites a comparison that nobody asked for")
	p.presses("Escape")
	p.seesNot("The hand on my shoulder")
	p.chooses("Show…")
	p.chooses("Show them")
	p.sees("There is nothing here that both released.")
	p.seesNot("The hand on my shoulder") // Ada alone released something
	none := p.reads()
	p.inCase(id, func(ctx context.Context, c *store.Case) {
		ben := must[[]store.Member](t)(c.People.All(ctx))[1].ID
		must[store.Observation](t)(c.Progress.Put(ctx, store.Observation{Member: ben, Domain: store.Communication, Words: "easier while walking", Source: store.Told, Released: true}))
	})
	p.walksTo([]string{"Progress log", "Show…", "Show them"}, "")
	if p.reads() != none {
		t.Errorf("the page says more than that nothing was released by both:\n%s", p.reads())
	}
	p.inCase(id, func(ctx context.Context, c *store.Case) {
		ben := must[[]store.Member](t)(c.People.All(ctx))[1].ID
		must[store.Observation](t)(c.Progress.Put(ctx, store.Observation{Member: ben, Domain: store.Affection, Words: "I notice the small things more.", Band: "very", Source: store.Told, Released: true}))
	})
	p.walksTo([]string{"Progress log", "Show…", "Show them"}, "")
	p.sees("The hand on my shoulder on Sunday was good.")
	p.sees("I notice the small things more.")
	for _, hidden := range []string{"larkspur", "bramble", "easier while walking", "grief", "fairly", "very"} {
		p.seesNot(hidden)
	}
}
