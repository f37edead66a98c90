package window

import (
	"context"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"ebb/exercises/casework"
	store "ebb/vault/practice"
)

// The areas of the guide are those that a vault keeps.
func TestIntakeAreasAreThoseOfTheVault(t *testing.T) {
	var areas []string
	for _, q := range must[*casework.Casework](t)(casework.English()).Intake.Sections {
		areas = append(areas, q.ID)
	}
	if !slices.Equal(areas, store.IntakeSections) {
		t.Errorf("the guide has %q, the vault %q", areas, store.IntakeSections)
	}
}

// asKilled is an office as a kill leaves it now.
func (p *person) asKilled(dir string) string {
	p.t.Helper()
	killed := filepath.Join(p.t.TempDir(), "Practice.ebb")
	copyVault(p.t.(*testing.T), dir, killed)
	return killed
}

// What is written of a history is kept as it is written: a kill in the middle returns
// it, locking does, and so does going on to another area. It is one person's.
func TestIntakeIsKeptAsYouGo(t *testing.T) {
	p, dir, id := officeWithCase(t)
	p.tall()
	p.chooses("Sexual history")
	p.sees("Leave to ask, and words")
	p.sees("Ada’s own record. They may ask to read it.")
	p.writesNote("walnut, half a sen")
	p.wait()
	p.sees("Kept.")

	q := atOffice(t, p.asKilled(dir))
	q.chooses("K-12")
	q.chooses("Sexual history")
	q.sees("walnut, half a sen")
	q.locks()

	p.chooses("On: What brings you now")
	p.seesNot("walnut")
	p.writesNote("larch")
	p.chooses("How desire is for me") // before the words were kept by themselves
	p.writesNote("elm, and in the middle of")
	p.picks("Whose", "Ben")
	p.sees("Leave to ask, and words")
	p.seesNot("walnut")
	p.picks("Whose", "Ada")
	p.sees("walnut, half a sen")
	p.chooses("How desire is for me")
	p.sees("elm, and in the middle of")
	p.writesNote("elm, and then the door")
	p.locks()

	p = atOffice(t, dir)
	p.inCase(id, func(ctx context.Context, c *store.Case) {
		all := must[[]store.Member](t)(c.People.All(ctx))
		parts := must[[]store.IntakePart](t)(c.Intake.Of(ctx, all[0].ID))
		if len(parts) != 3 || parts[0].Text != "walnut, half a sen" || parts[1].Text != "larch" || parts[2].Text != "elm, and then the door" {
			t.Errorf("kept: %+v", parts)
		}
		if other := must[[]store.IntakePart](t)(c.Intake.Of(ctx, all[1].ID)); len(other) != 0 {
			t.Errorf("the other one has %+v", other)
		}
	})
	p.tall()
	p.chooses("K-12")
	p.chooses("Sexual history")
	p.chooses("Read it as a whole")
	for _, words := range []string{"walnut", "larch", "elm, and then the door"} {
		p.sees(words)
	}
	p.presses("Escape")

	// Words that are taken out again leave nothing.
	p.writesNote("  ")
	p.menu("Keep what I wrote")
	p.inCase(id, func(ctx context.Context, c *store.Case) {
		ada := must[[]store.Member](t)(c.People.All(ctx))[0]
		if parts := must[[]store.IntakePart](t)(c.Intake.Of(ctx, ada.ID)); len(parts) != 2 {
			t.Errorf("kept: %+v", parts)
		}
	})
}

// Without the policy, after somebody left, and in a closed case nothing is taken in,
// and what was kept can be read.
func TestIntakeWaitsForThePolicy(t *testing.T) {
	p, _ := newOffice(t)
	p.tall()
	p.publishes(store.PolicyLimited)
	id := p.caseOf("K-12", "", "Ada", "Ben", "Cleo")
	shows := func() {
		p.menu("Caseload")
		p.chooses("K-12")
		p.chooses("Sexual history")
	}
	shows()
	p.sees("Ada has not signed the policy in force")
	p.chooses("Forms of Ada")
	p.sees("One person at a time.")
	p.signs(id, store.PolicyLimited)
	shows()
	p.writesNote("walnut")
	p.chooses("K-12")
	p.inCase(id, func(ctx context.Context, c *store.Case) {
		ada := must[[]store.Member](t)(c.People.All(ctx))[0]
		if err := c.People.Leave(ctx, ada.ID); err != nil {
			t.Fatal(err)
		}
	})
	shows() // begins with somebody who is there
	p.sees("Ben’s own record")
	p.picks("Whose", "Ada")
	p.sees("Ada is no longer part of the case")
	p.sees("walnut")
	p.inCase(id, func(ctx context.Context, c *store.Case) {
		if err := c.Close(ctx); err != nil {
			t.Fatal(err)
		}
	})
	p.menu("Caseload")
	p.picks("Which cases", "Closed")
	p.chooses("K-12")
	p.chooses("Sexual history")
	p.sees("This case is closed")
}

// Long words, words that control a screen, and a policy that is taken back while
// somebody writes: nothing is lost, and the page says so.
func TestOddIntakes(t *testing.T) {
	p, _, id := officeWithCase(t)
	p.tall()
	p.chooses("Sexual history")
	odd := strings.Repeat("word ", 2000) + "a\u202eb\x1b[31m שלום 🌊"
	p.writesNote(odd)
	p.wait()
	p.sees("Kept.")
	p.inCase(id, func(ctx context.Context, c *store.Case) {
		ada := must[[]store.Member](t)(c.People.All(ctx))[0]
		if parts := must[[]store.IntakePart](t)(c.Intake.Of(ctx, ada.ID)); len(parts) != 1 || parts[0].Text != odd {
			t.Errorf("kept: %+v", parts)
		}
		if err := c.Consents.Decide(ctx, store.Decision{Member: ada.ID, Document: store.PolicyLimited, Kind: store.Withdrawn, Method: store.Spoken}); err != nil {
			t.Fatal(err)
		}
	})
	p.writesNote("after it was taken back")
	p.wait()
	p.sees("This person has not signed the policy in force")
	p.chooses("On: What brings you now")
	p.sees("after it was taken back") // the page stays with the words
}
