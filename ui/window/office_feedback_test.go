package window

import (
	"context"
	"strings"
	"testing"

	store "ebb/vault/practice"
)

// What Ada said about the work stands on her own page and in what is mine about her, and
// nowhere else: on no page about Ben, on none that both may see, in no search.
func TestFeedbackCrossesNowhere(t *testing.T) {
	p, _, id := officeWithCase(t)
	p.tall()
	p.talksAlone(id)
	p.inCase(id, func(ctx context.Context, c *store.Case) {
		ada := must[[]store.Member](t)(c.People.All(ctx))[0].ID
		f := must[[]store.FeedbackEntry](t)(c.Feedback.Of(ctx, ada, store.Page{}))
		if err := c.Feedback.Reply(ctx, f[0].ID, "larkspur: we begin slowly"); err != nil {
			t.Fatal(err)
		}
	})
	for _, ways := range [][]string{
		nil,
		{"Prepare: on the table"},
		{"Prepare: mine"},
		{"Progress log"},
		{"Progress log", "Progress of Ben"},
		{"Progress log", "Show…", "Show them"},
		{"Feedback"},
		{"Feedback", "Feedback of Ben"},
		{"Feedback", "Feedback of Ben", "Write it down…"},
		{"Feedback", "Feedback of Ben", "Hand over…", "Show the form"},
	} {
		p.walksTo(ways, "")
		p.seesNot("larkspur")
	}
	p.chooses("Begin")
	p.seesNot("larkspur")
	p.chooses("Hand it back")
	p.seesNot("larkspur")
	p.chooses("For the practitioner")
	p.types(passA + "\n")
	p.sees("Feedback of Ben")
	p.walksTo([]string{"Prepare: mine"}, "")
	p.picks("Whom it is about", "Ben")
	p.seesNot("larkspur")
	p.menu("Search the caseload")
	p.types("larkspur\n")
	p.sees("No case with this code or date")
	p.walksTo([]string{"Feedback", "Feedback of Ada"}, "")
	p.sees("larkspur: the slow beginning")
	p.sees("larkspur: we begin slowly")
}

// Every step of a form in somebody else's hands holds hard texts without a fault, and can
// be walked with Tab alone, also at 200 % in the smallest window.
func TestHandedFormHoldsHardTexts(t *testing.T) {
	p, _, id := officeWithCase(t)
	p.hardPrep(id)
	for _, percent := range []int{100, 200} {
		p.w.setTextSize(percent)
		p.walksTo([]string{"Feedback", "Feedback of ", "Hand over…", "Show the form"}, "Wilhelmina-Wilhelmina-Wilhelmina-Zoë")
		p.chooses("Begin")
		for step := range 4 {
			p.writesNote(longWord+" "+mixed, strings.Repeat("word ", 2000), "\u202e\x07")
			p.tidy("a step")
			p.tabs("a step")
			if step < 3 {
				p.chooses("Go on")
			}
		}
		p.sees("I will tell you, alone, what I changed")
		p.chooses("Hand it back")
		p.sees("Thank you.")
		p.chooses("For the practitioner")
		p.types(passA + "\n")
		p.seesNot("[[")
	}
}

// Without a signed policy no feedback is taken in, and the page leads to the forms.
func TestPolicyBeforeFeedback(t *testing.T) {
	p, _ := newOffice(t)
	p.caseOf("K-12", "", "Ada", "Ben")
	p.menu("Caseload")
	p.chooses("K-12")
	p.chooses("Feedback")
	p.chooses("Feedback of Ada")
	p.sees("Ada has not signed the policy in force")
	p.seesNot("Hand over…")
	p.seesNot("Write it down…")
	p.chooses("Forms of Ada")
	p.sees("Forms that count in this case")
}

// The practitioner writes down what was said, answers it, and removes it again.
func TestFeedbackByHand(t *testing.T) {
	p, _, id := officeWithCase(t)
	p.tall()
	p.chooses("Feedback")
	p.chooses("Feedback of Ada")
	p.chooses("Write it down…")
	p.chooses("Keep what they said")
	p.sees("A word in one of the three is needed first.")
	p.picks("About", "The exercises")
	p.writesNote("", "shorter ones")
	p.focusOn("Day")
	p.types("x")
	p.chooses("Feedback of Ada") // the page stays, and says why
	p.sees("This is not a day.")
	p.presses("BackSpace")
	p.presses("Return")
	p.sees("The exercises, Wednesday, 4 March")
	p.sees("shorter ones")
	p.chooses("Say what you changed…")
	p.chooses("Keep the answer")
	p.sees("A few words are needed first.")
	p.writesNote("five minutes from now on")
	p.chooses("Keep the answer")
	p.sees("What I changed, ")
	p.sees("five minutes from now on")
	p.chooses("Remove…")
	p.presses("Escape")
	p.sees("shorter ones")
	p.chooses("Remove…")
	p.chooses("Remove it")
	p.seesNot("shorter ones")
	p.inCase(id, func(ctx context.Context, c *store.Case) {
		for _, m := range must[[]store.Member](t)(c.People.All(ctx)) {
			if of := must[[]store.FeedbackEntry](t)(c.Feedback.Of(ctx, m.ID, store.Page{})); len(of) != 0 {
				t.Errorf("%s still has %+v", m.Name, of)
			}
		}
	})
}

// A form in somebody else's hands comes in as theirs when it is handed back, and not
// before; the end is the same whatever was written.
func TestHandedFeedback(t *testing.T) {
	ends := map[string][]byte{}
	for _, how := range []string{"written", "left", "locked", "at once"} {
		p, dir, id := officeWithCase(t)
		p.chooses("Feedback")
		p.chooses("Feedback of Ben")
		p.chooses("Hand over…")
		p.chooses("Show the form")
		p.seesNot("K-12")
		if how == "at once" {
			p.chooses("Hand it back")
		} else {
			p.chooses("Begin")
			p.sees("I read this, and nobody else among you does.")
			p.seesNot("Ben")
			p.writesNote("larkspur", "", strings.Repeat("w", 10000)+"\u202e\x07")
			p.chooses("Go on")
			p.sees("The exercises")
			p.writesNote("yarrow")
		}
		switch how {
		case "written":
			p.chooses("Back")
			p.sees("larkspur")
			p.chooses("Hand it back")
		case "left":
			p.chooses("Back")
			p.chooses("Leave this one")
			p.chooses("Leave this one")
			p.seesNot("yarrow")
			p.chooses("Hand it back")
		case "locked":
			p.menu("Caseload")
			if len(p.replaced) != 1 {
				t.Error("the caseload could be reached from a form in somebody else's hands")
			}
			p = atOffice(t, dir)
		}
		if how != "locked" {
			p.sees("Thank you.")
			p.seesNot("larkspur")
			ends[how] = p.picture()
			p.chooses("For the practitioner")
			p.types(passA + "\n")
			p.sees("Feedback of Ben")
		}
		p.inCase(id, func(ctx context.Context, c *store.Case) {
			people := must[[]store.Member](t)(c.People.All(ctx))
			of := must[[]store.FeedbackEntry](t)(c.Feedback.Of(ctx, people[1].ID, store.Page{}))
			if (len(of) == 2) != (how == "written") || how != "written" && len(of) != 0 {
				t.Errorf("%s: %d entries came in", how, len(of))
			}
			for _, f := range of {
				if f.Member != people[1].ID || f.Day != "2026-03-04" || f.About == "meetings" && f.Keep != "larkspur" || f.About == "exercises" && f.Keep != "yarrow" {
					t.Errorf("%s: %.60v", how, f)
				}
			}
			if of := must[[]store.FeedbackEntry](t)(c.Feedback.Of(ctx, people[0].ID, store.Page{})); len(of) != 0 {
				t.Errorf("%s: it came in as somebody else's", how)
			}
		})
	}
	for how, end := range ends {
		samePicture(t, "end of a form that was "+how, end, ends["at once"])
	}
}
