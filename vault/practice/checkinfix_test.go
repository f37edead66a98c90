package practice_test

import (
	"errors"
	"testing"

	"ebb/vault"
	"ebb/vault/practice"
)

// typed is what both drawers keep of a sheet.
func (o *office) typed(c *practice.Case, member, id practice.ID) (plain, apart map[int][]string) {
	o.t.Helper()
	k, err := c.CheckIns.CheckIn(o.t.Context(), member, id)
	if err != nil && !errors.Is(err, practice.ErrNotFound) {
		o.t.Fatal(err)
	}
	apart, _, err = c.CheckIns.Apart(o.t.Context(), member, id)
	o.must(err)
	return k.Answers, apart
}

// What was typed wrongly is corrected in both drawers by one act, what was typed before
// stays readable in each, and removing leaves nothing. Both take the second unlock, also
// of a sheet with nothing apart.
func TestCheckInIsCorrectedAndRemoved(t *testing.T) {
	ctx := t.Context()
	o := newOffice(t)
	c, m := o.settled("S-1", "Ilse", "Marek")
	both := practice.CheckIn{ID: practice.NewID(), Member: m[0], Day: "2026-03-03", Answers: map[int][]string{1: {"often"}, 8: {"sleep", "joy"}, 10: {"yes"}, 12: {canary}}}
	plain := practice.CheckIn{ID: practice.NewID(), Member: m[0], Day: "2026-03-03", Answers: map[int][]string{1: {"often"}}}
	o.stepUp()
	for _, k := range []practice.CheckIn{both, plain} {
		o.must(c.CheckIns.Enter(ctx, k))
	}
	o.must(o.StepDown(ctx))
	for _, k := range []practice.CheckIn{both, plain} {
		delete(k.Answers, 10)
		refuses(t, "correcting", c.CheckIns.Correct(ctx, k), practice.ErrStepUp)
		refuses(t, "removing", c.CheckIns.Remove(ctx, m[0], k.ID), practice.ErrStepUp)
	}
	o.stepUp()
	refuses(t, "somebody else's", c.CheckIns.Remove(ctx, m[1], both.ID), practice.ErrNotFound)
	refuses(t, "none", c.CheckIns.Remove(ctx, m[0], practice.NewID()), practice.ErrNotFound)
	refuses(t, "correcting to nothing", c.CheckIns.Correct(ctx, practice.CheckIn{ID: both.ID, Member: m[0]}), practice.ErrEmpty)
	right := practice.CheckIn{ID: both.ID, Member: m[0], Day: "2026-03-02", Answers: map[int][]string{1: {"hardly"}, 8: {"joy"}, 11: {"no"}}}
	o.must(c.CheckIns.Correct(ctx, right))
	o.must(c.CheckIns.Correct(ctx, right)) // the same once more is no correction
	is, apart := o.typed(c, m[0], both.ID)
	if len(is) != 2 || is[1][0] != "hardly" || len(is[8]) != 1 || len(apart) != 1 || apart[11][0] != "no" {
		t.Errorf("kept: %v, %v", is, apart)
	}
	safety, err := c.Safety(ctx, m[0])
	o.must(err)
	was, err := c.CheckIns.Earlier(ctx, both.ID)
	o.must(err)
	wasApart, err := safety.EarlierPressure(ctx, both.ID)
	o.must(err)
	if len(was) != 1 || was[0].Day != "2026-03-03" || was[0].Answers[12][0] != canary || len(was[0].Answers[8]) != 2 || was[0].Answers[10] != nil ||
		len(wasApart) != 1 || len(wasApart[0].Answers) != 1 || wasApart[0].Answers[10][0] != "yes" {
		t.Errorf("before: %+v, %+v", was, wasApart)
	}
	for _, k := range []practice.CheckIn{both, plain} {
		o.must(c.CheckIns.Remove(ctx, m[0], k.ID))
		if is, apart := o.typed(c, m[0], k.ID); len(is)+len(apart) != 0 {
			t.Errorf("after removing: %v, %v", is, apart)
		}
	}
	if was, err := c.CheckIns.Earlier(ctx, both.ID); err != nil || len(was) != 0 {
		t.Errorf("after removing, before: %+v, %v", was, err)
	}
	if was, err := safety.EarlierPressure(ctx, both.ID); err != nil || len(was) != 0 {
		t.Errorf("after removing, before and apart: %+v, %v", was, err)
	}
	o.must(c.Close(ctx))
	refuses(t, "in a closed case", c.CheckIns.Remove(ctx, m[0], both.ID), practice.ErrCaseClosed)
	o.lock()
}

// Whether anything lies apart cannot be told from the audit of a correction.
func TestCorrectingTellsTheSame(t *testing.T) {
	ctx := t.Context()
	var told [][]practice.Event
	for _, answers := range []map[int][]string{{1: {"often"}}, {1: {"often"}, 10: {"yes"}}} {
		o := newOffice(t)
		c, m := o.settled("S-1", "Ilse", "Marek")
		o.stepUp()
		k := practice.CheckIn{ID: practice.NewID(), Member: m[0], Answers: answers}
		o.must(c.CheckIns.Enter(ctx, k))
		head, err := o.Audit.Head(ctx)
		o.must(err)
		k.Answers[1] = []string{"hardly"}
		o.must(c.CheckIns.Correct(ctx, k))
		o.must(c.CheckIns.Remove(ctx, m[0], k.ID))
		all, err := o.Audit.Events(ctx, practice.Page{})
		o.must(err)
		told = append(told, all[:all[0].Seq-head.Seq])
		o.lock()
	}
	if len(told[0]) != len(told[1]) || len(told[0]) != 4 {
		t.Fatalf("%d and %d events", len(told[0]), len(told[1]))
	}
	for i, e := range told[0] {
		if f := told[1][i]; e.Verb != f.Verb || e.Class != f.Class {
			t.Errorf("%v %v and %v %v", e.Verb, e.Class, f.Verb, f.Class)
		}
	}
}

// A sheet that is being entered is found again in two halves, of which neither tells of
// the other; what is ticked apart can still be sealed when the time is up.
func TestSheetIsADraft(t *testing.T) {
	ctx := t.Context()
	o := newOffice(t)
	c, m := o.settled("S-1", "Ilse", "Marek")
	k := practice.CheckIn{ID: practice.NewID(), Member: m[0], Day: "next Tues", Answers: map[int][]string{12: {canary}, 10: {"yes"}}}
	refuses(t, "the half that lies apart", c.CheckIns.SealApartDraft(ctx, k), practice.ErrStepUp)
	o.must(c.CheckIns.SaveDraft(ctx, k))
	o.stepUp()
	_, _, err := c.CheckIns.Apart(ctx, m[0], k.ID) // opens the drawer
	o.must(err)
	o.c.move(practice.StepUpTime)
	o.must(c.CheckIns.SealApartDraft(ctx, k))
	_, _, err = c.CheckIns.Apart(ctx, m[0], k.ID)
	refuses(t, "reading it back", err, practice.ErrStepUp)
	o = o.again()
	c = o.open(c.ID)
	drafts, err := c.CheckIns.Drafts(ctx, m[0])
	o.must(err)
	if len(drafts) != 1 || drafts[0].ID != k.ID || drafts[0].Day != "next Tues" || len(drafts[0].Answers) != 1 || drafts[0].Answers[12][0] != canary {
		t.Fatalf("%+v", drafts)
	}
	if all, err := c.CheckIns.Of(ctx, m[0], practice.Page{}); err != nil || len(all) != 0 {
		t.Errorf("a draft counts as handed in: %+v, %v", all, err)
	}
	o.stepUp()
	apart, begun, err := c.CheckIns.Apart(ctx, m[0], k.ID)
	o.must(err)
	if !begun || apart[10][0] != "yes" {
		t.Errorf("%v, %v", apart, begun)
	}
	_, err = c.CheckIns.ApartDraft(ctx, m[0])
	refuses(t, "a draft whose other half is known", err, practice.ErrNotFound)
	k.Answers = map[int][]string{}
	o.must(c.CheckIns.SaveDraft(ctx, k)) // nothing leaves nothing
	if id, err := c.CheckIns.ApartDraft(ctx, m[0]); err != nil || id != k.ID {
		t.Errorf("%v, %v", id, err)
	}
	k.Day, k.Answers = "", map[int][]string{1: {"often"}, 10: {"yes"}}
	o.must(c.CheckIns.Correct(ctx, k))
	_, begun, err = c.CheckIns.Apart(ctx, m[0], k.ID)
	o.must(err)
	if begun {
		t.Error("the draft outlives the keeping")
	}
	for what, bad := range map[string]map[int][]string{"an item that is none": {15: {"x"}}, "an answer that is none": {1: {"x"}}} {
		refuses(t, what, c.CheckIns.SaveDraft(ctx, practice.CheckIn{ID: k.ID, Member: m[0], Answers: bad}), practice.ErrUnknown)
	}
	if err := c.CheckIns.SealApartDraft(ctx, practice.CheckIn{ID: k.ID, Member: practice.NewID()}); err == nil || errors.Is(err, vault.ErrDamaged) {
		t.Errorf("nobody's safety drawer: %v", err)
	}
	o.lock()
}
