package window

import (
	"context"
	"errors"
	"strings"
	"testing"

	store "ebb/vault/practice"
)

// The plan is written as a draft that survives a kill, kept as a version that stays,
// and every earlier version can be read.
func TestPlanHasVersions(t *testing.T) {
	p, dir, id := officeWithCase(t)
	p.tall()
	p.chooses("Treatment plan")
	p.sees("There is no middle between two wishes.")
	p.sees("There is no plan yet.")
	p.chooses("Write the plan")
	p.chooses("Keep as version 1")
	p.sees("There is a line that needs a word in it.")
	p.chooses("Add “What each hopes for”")
	p.chooses("Add “What stays as it is”")
	p.inEditor("What each hopes for\n\n\nWhat stays as it is\n")
	p.writesNote("walnut, half a pl")
	p.wait()
	p.sees("Draft kept.")

	q := atOffice(t, p.asKilled(dir))
	q.tall()
	q.chooses("K-12")
	q.chooses("Treatment plan")
	q.sees("A first version is being written.")
	q.seesNot("walnut")
	q.chooses("Go on writing")
	q.sees("walnut, half a pl")
	q.locks()

	p.writesNote("walnut")
	p.chooses("Keep as version 1")
	p.sees("Kept as version 1.")
	p.sees("walnut")
	p.seesNot("being written")
	p.chooses("Write the next version")
	p.chooses("Keep as version 2")
	p.sees("There is no change to keep.")
	p.writesNote("walnut and elm")
	p.chooses("Treatment plan") // leaving keeps a draft
	p.sees("A next version is being written.")
	p.seesNot("elm")
	p.chooses("Go on writing")
	p.sees("walnut and elm")
	p.locks()

	p = atOffice(t, dir)
	p.tall()
	p.chooses("K-12")
	p.chooses("Treatment plan")
	p.chooses("Go on writing")
	p.sees("walnut and elm")
	p.chooses("Forget this draft…")
	p.presses("Escape")
	p.sees("walnut and elm")
	p.chooses("Keep as version 2")
	p.sees("walnut and elm")
	p.sees("Earlier versions")
	p.chooses("Write the next version")
	p.writesNote("a slip")
	p.chooses("Forget this draft…")
	p.chooses("Forget it")
	p.seesNot("being written")
	p.seesNot("a slip")
	p.chooses("Read")
	p.sees("Version 1, Wednesday, 4 March")
	p.presses("Escape")
	p.inCase(id, func(ctx context.Context, c *store.Case) {
		all := must[[]store.PlanVersion](t)(c.Plan.History(ctx))
		if len(all) != 2 || all[0].Text != "walnut and elm" || all[1].Text != "walnut" {
			t.Errorf("the versions: %+v", all)
		}
		if draft, err := c.Plan.Draft(ctx); !errors.Is(err, store.ErrNotFound) {
			t.Errorf("a draft is left: %q, %v", draft, err)
		}
	})
}

// inEditor fails unless the first editor on the page holds a text.
func (p *person) inEditor(text string) {
	p.t.Helper()
	for _, o := range p.everything() {
		if e, ok := o.(interface{ Text() string }); ok && e.Text() != text {
			p.t.Errorf("the editor holds %q, not %q", e.Text(), text)
		} else if ok {
			return
		}
	}
}

// Long words and words that control a screen are kept as they are; a draft that is the
// plan again is none; a closed case is read only.
func TestOddPlans(t *testing.T) {
	p, _, id := officeWithCase(t)
	p.tall()
	odd := strings.Repeat("word ", 2000) + "a\u202eb\x1b[31m שלום 🌊"
	p.chooses("Treatment plan")
	p.chooses("Write the plan")
	p.writesNote(odd)
	p.menu("Keep what I wrote")
	p.sees("Draft kept.")
	p.chooses("Keep as version 1")
	p.inCase(id, func(ctx context.Context, c *store.Case) {
		if plan := must[store.PlanVersion](t)(c.Plan.Current(ctx)); plan.Text != odd {
			t.Errorf("kept: %q", plan.Text)
		}
	})
	p.chooses("Write the next version")
	p.writesNote("something else")
	p.wait()
	p.writesNote(odd)
	p.chooses("Treatment plan")
	p.seesNot("being written")
	p.inCase(id, func(ctx context.Context, c *store.Case) {
		if err := c.Close(ctx); err != nil {
			t.Fatal(err)
		}
	})
	p.menu("Caseload")
	p.picks("Which cases", "Closed")
	p.chooses("K-12")
	p.chooses("Treatment plan")
	p.sees("This case is closed.")
	p.seesNot("Write the next version")
}
