package practice_test

import (
	"strings"
	"testing"

	"ebb/vault/practice"
)

// What lies on the table comes from nobody alone: not from a line about one person, not
// from a review of limits, and not from somebody who is no longer part of the case.
func TestPrepPages(t *testing.T) {
	o := newOffice(t)
	c, m := o.settled("P-4", "Ilse", "Marek", "Noor")
	ctx := t.Context()
	_, err := c.Prep.AddAlone(ctx, m[0], canary)
	o.must(err)
	_, err = c.Prep.AddAlone(ctx, practice.ID{}, "x")
	refuses(t, "alone with nobody", err, practice.ErrNotFound)
	_, err = c.Prep.AddAlone(ctx, practice.NewID(), "x")
	refuses(t, "alone with a stranger", err, practice.ErrNotFound)
	_, err = c.Prep.AddAlone(ctx, m[0], " \n")
	refuses(t, "nothing", err, practice.ErrEmpty)
	mine, err := c.Prep.Mine(ctx)
	if err != nil || len(mine.Lines) != 1 || mine.Lines[0].Member != m[0] || mine.Lines[0].Text != canary {
		t.Errorf("%+v, %v", mine.Lines, err)
	}
	for kind, due := range map[practice.ReviewKind]string{
		practice.ReviewPlan: "2026-03-04", practice.ReviewLimits: "2020-01-01", practice.ReviewConsents: "2100-01-01",
	} {
		_, err := c.Reviews.Put(ctx, kind, due)
		o.must(err)
	}
	leaving, err := c.Progress.Put(ctx, practice.Observation{Member: m[2], Domain: practice.Affection, Words: canary, Source: practice.Told, Released: true})
	o.must(err)
	stays, err := c.Progress.Put(ctx, practice.Observation{Member: m[0], Domain: practice.Affection, Words: "the hand on the shoulder", Source: practice.Told, Released: true})
	o.must(err)
	o.must(c.People.Leave(ctx, leaving.Member))
	table, err := c.Prep.Table(ctx)
	o.must(err)
	if len(table.Reviews) != 1 || table.Reviews[0].Kind != practice.ReviewPlan {
		t.Errorf("reviews on the table: %+v", table.Reviews)
	}
	if len(table.Released) != 1 || table.Released[0].ID != stays.ID {
		t.Errorf("released on the table: %+v", table.Released)
	}
	if strings.Contains(everythingOf(t, table), canary) {
		t.Error("what is for the screen, or of somebody who left, lies on the table")
	}
	o.lock()
}

// A release ends whatever else is in force; how often is released by nobody.
func TestTakeBackAndHowOften(t *testing.T) {
	o := newOffice(t)
	c, m := o.settled("P-5", "Ilse", "Marek")
	ctx := t.Context()
	often := practice.Observation{Member: m[0], Domain: practice.HowOften, Words: "once in a season would be plenty", Source: practice.Told}
	kept, err := c.Progress.Put(ctx, often)
	o.must(err)
	kept.Released = true
	_, err = c.Progress.Put(ctx, kept)
	refuses(t, "releasing how often", err, practice.ErrUnknown)
	kept.Released, kept.Band = false, "often"
	_, err = c.Progress.Put(ctx, kept)
	refuses(t, "a band for how often", err, practice.ErrUnknown)

	told, err := c.Progress.Put(ctx, practice.Observation{Member: m[0], Domain: practice.Closeness, Words: "more of the small things", Source: practice.Told, Released: true})
	o.must(err)
	policy, err := c.Consents.Policy(ctx)
	o.must(err)
	o.must(c.Consents.Decide(ctx, practice.Decision{Member: m[0], Document: policy.Name, Kind: practice.Withdrawn, Method: practice.Spoken}))
	o.must(c.Close(ctx))
	o.must(c.Progress.TakeBack(ctx, told.ID))
	if both, err := c.Progress.Released(ctx, m[0], m[1]); err != nil || len(both[0]) != 0 {
		t.Errorf("what was taken back is there: %+v, %v", both, err)
	}
	refuses(t, "taking nothing back", c.Progress.TakeBack(ctx, practice.NewID()), practice.ErrNotFound)
	o.lock()
}

// Of one day, what was written last stands first, also after it was changed.
func TestOrderWithinADay(t *testing.T) {
	o := newOffice(t)
	c, m := o.settled("P-7", "Ilse", "Marek")
	ctx := t.Context()
	var first practice.Observation
	for _, words := range []string{"one", "two", "three", "four", "five"} {
		kept, err := c.Progress.Put(ctx, practice.Observation{Member: m[0], Domain: practice.Affection, Words: words, Source: practice.Observed})
		o.must(err)
		if words == "one" {
			first = kept
		}
		_, err = c.Feedback.Put(ctx, practice.FeedbackEntry{Member: m[0], Keep: words})
		o.must(err)
	}
	first.Words = "one, still"
	_, err := c.Progress.Put(ctx, first)
	o.must(err)
	log, err := c.Progress.Of(ctx, m[0], practice.Page{})
	o.must(err)
	said, err := c.Feedback.Of(ctx, m[0], practice.Page{})
	o.must(err)
	for i, want := range []string{"five", "four", "three", "two", "one"} {
		if !strings.HasPrefix(log[i].Words, want) || said[i].Keep != want {
			t.Errorf("in place %d stand %q and %q, not %q", i, log[i].Words, said[i].Keep, want)
		}
	}
	o.lock()
}

// An answer needs words, and feedback that was removed is gone with its answer.
func TestFeedbackAnswers(t *testing.T) {
	o := newOffice(t)
	c, m := o.settled("P-6", "Ilse", "Marek")
	ctx := t.Context()
	f, err := c.Feedback.Put(ctx, practice.FeedbackEntry{Member: m[0], About: "exercises", Drop: "the timer"})
	o.must(err)
	refuses(t, "an answer of nothing", c.Feedback.Reply(ctx, f.ID, " \n"), practice.ErrEmpty)
	if all, err := c.Feedback.Of(ctx, m[0], practice.Page{}); err != nil || len(all) != 1 || all[0].ChangedOn != "" {
		t.Errorf("%+v, %v", all, err)
	}
	o.must(c.Feedback.Reply(ctx, f.ID, "no timer from now on"))
	o.must(c.Feedback.Remove(ctx, f.ID))
	refuses(t, "removing it twice", c.Feedback.Remove(ctx, f.ID), practice.ErrNotFound)
	if all, err := c.Feedback.Of(ctx, m[0], practice.Page{}); err != nil || len(all) != 0 {
		t.Errorf("%+v, %v", all, err)
	}
	o.lock()
}

// A limit leaves the table as it is, so that no exercise that goes points at a meeting;
// one that holds at once, because there is danger, takes what lies beyond it off.
func TestTableAndLimits(t *testing.T) {
	o := newOffice(t)
	c, m := o.settled("P-6", "Ilse", "Marek")
	ctx := t.Context()
	o.must(c.Menu.Offer(ctx, practice.Offer{Exercise: "A1"}))
	offered := func() int {
		t.Helper()
		table, err := c.Prep.Table(ctx)
		o.must(err)
		return len(table.Offered) + len(table.Resting)
	}
	o.must(c.Limits.Set(ctx, practice.Limit{Member: m[0], Closeness: 4, Exercises: []string{"A1"}}))
	if n := offered(); n != 1 {
		t.Errorf("a limit changed the table: %d exercises", n)
	}
	o.must(c.Limits.Set(ctx, practice.Limit{Member: m[0], Closeness: 4, Exercises: []string{"A1"}, AtOnce: true}))
	if n := offered(); n != 0 {
		t.Errorf("in danger the table invites to %d exercises", n)
	}
	o.must(c.Limits.Set(ctx, practice.Limit{Member: m[0], Closeness: 4, AtOnce: true}))
	if n := offered(); n != 1 {
		t.Errorf("after it the table has %d exercises", n)
	}
	o.lock()
}
