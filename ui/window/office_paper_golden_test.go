package window

import (
	"context"
	"slices"
	"testing"

	store "ebb/vault/practice"
)

// TestOfficePaperPages is TestPages for check-ins on paper, the history, the plan and
// the time alone.
func TestOfficePaperPages(t *testing.T) {
	inLooks(t, officeLooks, func(t *testing.T, a *album) {
		p := a.office()
		shows := func(name string) {
			t.Helper()
			if a.look.name != "light" && slices.Contains(once, name) {
				return
			}
			a.shows(p, name)
		}
		p.publishes(store.PolicyLimited)
		id := p.caseOf("Case 14", "evenings, second room", "Ada", longName, "Cleo")
		room := func(steps ...string) {
			t.Helper()
			p.menu("Caseload")
			p.chooses("Case 14")
			for _, step := range steps {
				p.chooses(step)
			}
		}
		room("Check-ins on paper")
		shows("office-checkins-waiting")
		p.signs(id, store.PolicyLimited)
		p.fillsPaper(id)
		room("Check-ins on paper")
		shows("office-checkins")
		p.chooses("Save the form as PDF…")
		shows("office-checkins-print")
		p.presses("Escape")
		p.toSheet("Correct or remove the sheet of")
		p.focusOn("Remove this sheet…")
		shows("office-checkin-fix")
		room("Sexual history")
		shows("office-intake")
		p.chooses("Read it as a whole")
		shows("office-intake-whole")
		p.presses("Escape")
		room("Treatment plan")
		shows("office-plan")
		p.chooses("Write the next version")
		shows("office-plan-write")
		room("Time alone")
		shows("office-alone")
		p.chooses("Read the interview guide")
		shows("office-alone-guide")
		p.presses("Escape")
		p.chooses("Seen alone on a day…")
		shows("office-alone-day")
		p.presses("Escape")
		room("Check-ins on paper", "Enter a filled sheet…")
		p.ticks(1, "often")
		p.ticks(0, "more would be good")
		shows("office-checkin-entry")
		p.chooses("Enter these two…")
		p.types(passA + "\n")
		shows("office-checkin-apart")
	})
}

// once are the pictures that are taken in one look only: sheets of parts that others have,
// too.
var once = []string{"office-checkins-waiting", "office-intake-whole", "office-alone-guide", "office-alone-day"}

// fillsPaper grows what an office keeps of two of three people.
func (p *person) fillsPaper(id store.ID) {
	p.t.Helper()
	p.inCase(id, func(ctx context.Context, c *store.Case) {
		people := must[[]store.Member](p.t)(c.People.All(ctx))
		ada := people[0].ID
		for _, err := range []error{
			c.CheckIns.Enter(ctx, store.CheckIn{ID: store.NewID(), Member: ada, Day: "2026-02-17", Answers: map[int][]string{
				1: {"often"}, 3: {"as it is"}, 8: {"sleep", "caring", "joy"}, 9: {"season"}, 12: {"The walk on Sunday, and the soup after it."},
			}}),
			c.CheckIns.Enter(ctx, store.CheckIn{ID: store.NewID(), Member: ada, Day: "2026-01-20", Answers: map[int][]string{2: {"now and then"}, 13: {longWord + " and time for it."}}}),
			c.Intake.Put(ctx, ada, "leave and words", "Asks for “body” and not for parts. Rather not: anything about the first marriage, for now."),
			c.Intake.Put(ctx, ada, "how desire is", "Comes along rather than first. "+longWord),
			c.Plan.Put(ctx, "The situation\nDesire differs at the moment, since the second move."),
			c.Plan.Put(ctx, "The situation\nDesire differs at the moment, since the second move. Evenings are short, and kind.\n\nWhat each hopes for\nAda: “Quiet, and to be asked.”\nThe other two each: “Nothing more for now”, and “More of the laughing”.\n\nWhat stays as it is\n"+longWord),
			c.Screening.SeenAlone(ctx, ada, "2026-02-10"),
			c.Screening.SeenAlone(ctx, ada, "2025-11-04"),
			c.Screening.SeenAlone(ctx, people[2].ID, "2026-02-11"),
		} {
			if err != nil {
				p.t.Fatal(err)
			}
		}
		must[store.ID](p.t)(c.Reviews.Put(ctx, store.ReviewIndividual, "2026-05-12"))
	})
}
