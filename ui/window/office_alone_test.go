package window

import (
	"context"
	"testing"
	"time"

	store "ebb/vault/practice"
)

// Everybody has the days on which they were seen alone, and the way to the interview.
// What is said there shows on no page but the composer's, behind the second unlock.
func TestTimeAlone(t *testing.T) {
	p, _, id := officeWithCase(t)
	p.tall()
	p.chooses("Time alone")
	p.sees("Everybody is seen alone")
	p.sees("Not seen alone yet.")
	p.chooses("Seen alone on a day…")
	p.clears()
	p.types("2026-03-05")
	p.chooses("Keep")
	p.sees("This is not a day.") // it has not come yet
	p.clears()
	p.types("Tuesday")
	p.chooses("Keep")
	p.sees("This is not a day.")
	p.clears()
	p.types("2026-02-10")
	p.chooses("Keep")
	p.sees("Tuesday, 10 February")
	p.chooses("Seen alone on a day…")
	p.chooses("Keep") // today
	p.sees("Wednesday, 4 March")
	p.sees("Tuesday, 10 February")

	p.chooses("The interview with Ada…")
	p.presses("Escape")
	p.sees("Not seen alone yet.") // Ben
	p.chooses("The interview with Ada…")
	p.types(passA + "\n")
	p.sees("Kept apart: what Ada told about their safety.")
	p.sees("How disagreements end")
	p.writesNote("hazel")
	p.chooses("K-12")
	p.chooses("Time alone")
	p.seesNot("hazel")
	p.seesNot("How disagreements end")
	p.chooses("K-12")
	p.seesNot("hazel")

	// The interview that is not signed goes on; the next one after that is another talk.
	p.chooses("Time alone")
	p.chooses("The interview with Ada…")
	p.sees("hazel")
	p.chooses("Sign and lock…")
	p.chooses("Sign")
	p.chooses("K-12")
	p.chooses("Time alone")
	p.chooses("The interview with Ada…")
	p.seesNot("hazel")
	p.sees("How disagreements end")
	p.writesNote("rowan")
	p.wait()
	p.passed(store.StepUpTime)
	p.seesNot("rowan")
	p.chooses("K-12")
	p.chooses("Time alone")
	p.chooses("The interview with Ada…")
	p.types(passA + "\n")
	p.sees("rowan")

	p.inCase(id, func(ctx context.Context, c *store.Case) {
		all := must[[]store.Member](t)(c.People.All(ctx))
		if days := must[[]string](t)(c.Screening.Of(ctx, all[1].ID)); len(days) != 0 {
			t.Errorf("the other one was seen on %q", days)
		}
		if rows := must[[]store.NoteRow](t)(c.Notes.List(ctx, store.NoteFilter{}, store.Page{})); len(rows) != 0 {
			t.Errorf("the record lists %+v", rows)
		}
	})
}

// The next time is one day for everybody, and comes up on the caseload.
func TestTimeAloneIsOnASchedule(t *testing.T) {
	p, _, id := officeWithCase(t)
	p.tall()
	p.chooses("Time alone")
	p.sees("No day is set.")
	p.chooses("Set a day…")
	p.clears()
	p.types("soon")
	p.chooses("Keep")
	p.sees("This is not a day.")
	p.clears()
	p.types("2026-03-10")
	p.chooses("Keep")
	p.sees("Tuesday, 10 March")
	p.chooses("Everybody was seen")
	p.sees("No day is set.")
	p.inCase(id, func(ctx context.Context, c *store.Case) {
		all := must[[]store.Review](t)(c.Reviews.All(ctx))
		if len(all) != 1 || all[0].Kind != store.ReviewIndividual || all[0].Done != evening.Format(time.DateOnly) {
			t.Errorf("the reviews: %+v", all)
		}
	})
	p.chooses("Read the interview guide")
	p.sees("Asked of everyone, alone")
	p.presses("Escape")
	p.sees("When everybody is seen again")
}
