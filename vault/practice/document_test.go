package practice_test

import (
	"strings"
	"testing"

	"ebb/exercises"
	"ebb/exercises/casework"
	"ebb/vault/practice"
)

// A home has version 1 of the text about exercises by itself: an office goes on from it.
func TestExercisesCountOnFromHome(t *testing.T) {
	library, err := exercises.English()
	if err != nil {
		t.Fatal(err)
	}
	texts, err := casework.English()
	if err != nil {
		t.Fatal(err)
	}
	o := newOffice(t)
	for i := range texts.Documents {
		doc := &texts.Documents[i]
		d, err := o.Documents.Publish(t.Context(), doc.ID, "en", practice.Plain, doc.Text())
		o.must(err)
		if d.Version != doc.Version || d.Hash != doc.Hash() {
			t.Errorf("%s is version %d here and %d in the texts; the same hash: %v", doc.ID, d.Version, doc.Version, d.Hash == doc.Hash())
		}
		if doc.ID == practice.ExercisesConsent && d.Version <= library.Texts().Consent.Version {
			t.Errorf("version %d, and a home has %d by itself", d.Version, library.Texts().Consent.Version)
		}
	}
	own, err := o.Documents.Publish(t.Context(), practice.ExercisesConsent, "en", practice.Plain, "Our own words.")
	if err != nil || own.Version != 3 {
		t.Errorf("the next version is %d, %v", own.Version, err)
	}
	o.lock()
}

func TestDocumentDrafts(t *testing.T) {
	o := newOffice(t)
	ctx := t.Context()
	draft := func(want string) {
		t.Helper()
		got, err := o.Documents.Draft(ctx, practice.PolicyOpen)
		if want == "" {
			refuses(t, "no draft", err, practice.ErrNotFound)
			refuses(t, "dropping none", o.Documents.DropDraft(ctx, practice.PolicyOpen), practice.ErrNotFound)
		} else if err != nil || got != want {
			t.Errorf("%q, %v", got, err)
		}
	}
	draft("")
	refuses(t, "a draft of nothing", o.Documents.SaveDraft(ctx, " ", "a"), practice.ErrEmpty)
	refuses(t, "a long one", o.Documents.SaveDraft(ctx, "a", strings.Repeat("a", practice.MaxText+1)), practice.ErrTooLong)
	o.must(o.Documents.SaveDraft(ctx, practice.PolicyOpen, "half a sen"))
	o.must(o.Documents.SaveDraft(ctx, practice.PolicyOpen, "half a sentence"))
	o = o.again()
	draft("half a sentence")
	if _, err := o.Documents.Current(ctx, practice.PolicyOpen); err == nil {
		t.Error("a draft is in force")
	}
	o.must(o.Documents.SaveDraft(ctx, practice.PolicyLimited, "another"))
	_, err := o.Documents.Publish(ctx, practice.PolicyOpen, "en", practice.Plain, "half a sentence, ended")
	o.must(err)
	draft("")
	if other, err := o.Documents.Draft(ctx, practice.PolicyLimited); err != nil || other != "another" {
		t.Errorf("the other one is %q, %v", other, err)
	}
	o.must(o.Documents.DropDraft(ctx, practice.PolicyLimited))
	o.lock()
}

// The consent to individual input is asked for where it was put before people, is one
// person's alone, and ends at once; their safety and what the practitioner saw go on.
func TestConsentToIndividualInput(t *testing.T) {
	o := newOffice(t)
	c, m := o.settled("C-1", "Ilse", "Marek")
	ctx := t.Context()
	all := func(what string, member practice.ID, want error) {
		t.Helper()
		for of, err := range inputs(t, c, member) {
			refuses(t, what+": "+of, err, want)
		}
		states, err := c.Consents.State(ctx)
		o.must(err)
		for _, s := range states {
			if s.Member == member && s.Input != (want == nil) {
				t.Errorf("%s: %+v", what, s)
			}
		}
	}
	all("where it was not asked for", m[0], nil)
	_, err := o.Documents.Publish(ctx, practice.IndividualInput, "en", practice.Plain, "What you give me alone.")
	o.must(err)
	_, err = c.Consents.Issue(ctx, practice.IndividualInput)
	o.must(err)
	all("before they decided", m[0], practice.ErrInput)
	o.sign(c, practice.IndividualInput, m[0])
	all("of one who agreed", m[0], nil)
	all("of the other", m[1], practice.ErrInput)
	stops, err := c.Consents.Stops(ctx, m[0], practice.IndividualInput)
	if err != nil || !stops.IndividualInput || len(stops.Exercises) > 0 {
		t.Errorf("%+v, %v", stops, err)
	}
	if stops, err := c.Consents.Stops(ctx, m[1], practice.IndividualInput); err != nil || stops.IndividualInput {
		t.Errorf("of one who did not agree: %+v, %v", stops, err)
	}
	o.must(c.Consents.Decide(ctx, practice.Decision{Member: m[0], Document: practice.IndividualInput, Kind: practice.Withdrawn, Method: practice.Spoken}))
	all("taken back", m[0], practice.ErrInput)
	o.stepUp()
	safety, err := c.Safety(ctx, m[0])
	o.must(err)
	o.write(safety, practice.SafetyNote, practice.ID{}, "what was said at the door")
	// Agreed to, and the policy taken back: the policy stands before it.
	o.sign(c, practice.IndividualInput, m...)
	o.must(c.Consents.Decide(ctx, practice.Decision{Member: m[1], Document: practice.PolicyLimited, Kind: practice.Withdrawn, Method: practice.Spoken}))
	all("without the policy", m[1], practice.ErrPolicy)
	all("the other one's", m[0], nil)
	o.lock()
}

func TestCover(t *testing.T) {
	o := newOffice(t)
	ctx := t.Context()
	if c, err := o.Cover(ctx); err != nil || c != (practice.Cover{}) {
		t.Errorf("%+v, %v", c, err)
	}
	refuses(t, "a long line", o.SetCover(ctx, practice.Cover{Away: strings.Repeat("a", practice.MaxLine+1)}), practice.ErrTooLong)
	o.must(o.SetCover(ctx, practice.Cover{Supervisor: "Dr\u202e Orr\n020", Hours: "every other Friday", May: "codes and dates"}))
	o = o.again()
	if c, err := o.Cover(ctx); err != nil || c != (practice.Cover{Supervisor: "Dr Orr 020", Hours: "every other Friday", May: "codes and dates"}) {
		t.Errorf("%+v, %v", c, err)
	}
	o.lock()
}
