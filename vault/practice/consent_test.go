package practice_test

import (
	"crypto/sha256"
	"slices"
	"strings"
	"testing"

	"ebb/exercises"
	"ebb/vault/practice"
)

func TestDocuments(t *testing.T) {
	o := newOffice(t)
	ctx := t.Context()
	first, err := o.Documents.Publish(ctx, practice.PolicyOpen, "en", practice.Full, "  The relationship is my client.  ")
	o.must(err)
	if first.Version != 1 || first.Hash != sha256.Sum256([]byte("The relationship is my client.")) || first.Issued != "2026-03-04" {
		t.Errorf("%+v", first)
	}
	again, err := o.Documents.Publish(ctx, practice.PolicyOpen, "en", practice.Full, "The relationship is my client.")
	if err != nil || again.Version != 1 {
		t.Errorf("the same text is version %d, %v", again.Version, err)
	}
	second, err := o.Documents.Publish(ctx, practice.PolicyOpen, "en", practice.Full, "The relationship is my client. Safety is not.")
	o.must(err)
	all, err := o.Documents.All(ctx)
	if err != nil || len(all) != 2 || all[0] != second || all[1] != first {
		t.Errorf("%+v, %v", all, err)
	}
	for what, x := range map[string]struct {
		name, level, text string
		want              error
	}{
		"no text":    {"a", practice.Full, " ", practice.ErrEmpty},
		"no name":    {" ", practice.Full, "a", practice.ErrEmpty},
		"a level":    {"a", "easy", "a", practice.ErrUnknown},
		"a long one": {"a", practice.Full, strings.Repeat("a", practice.MaxText+1), practice.ErrTooLong},
	} {
		_, err := o.Documents.Publish(ctx, x.name, "en", x.level, x.text)
		refuses(t, what, err, x.want)
	}
	o.lock()
}

// inputs are all ways in which something that comes from one person alone is taken in.
func inputs(t *testing.T, c *practice.Case, m practice.ID) map[string]error {
	ctx := t.Context()
	note := c.Notes.New(practice.Individual, m, practice.Template{Name: practice.Free, Keys: []string{"text"}})
	note.Sections[0].Text = "alone"
	_, told := c.Progress.Put(ctx, practice.Observation{Member: m, Domain: practice.Closeness, Words: "less, for now", Source: practice.Told})
	_, feedback := c.Feedback.Put(ctx, practice.FeedbackEntry{Member: m, Keep: "the quiet start"})
	return map[string]error{
		"a note": save(ctx, c.Notes, note), "a draft": c.Notes.SaveDraft(ctx, note), "an observation": told, "feedback": feedback,
		"an intake":  c.Intake.Put(ctx, m, practice.IntakeSections[0], "in my words"),
		"a check-in": c.CheckIns.Enter(ctx, practice.CheckIn{ID: practice.NewID(), Member: m, Answers: map[int][]string{1: {"often"}}}),
	}
}

func TestInputWaitsForThePolicy(t *testing.T) {
	o := newOffice(t)
	c, m := o.newCase("C-1", "Ilse", "Marek")
	ctx := t.Context()
	all := func(what string, member practice.ID, want error) {
		t.Helper()
		for of, err := range inputs(t, c, member) {
			refuses(t, what+": "+of, err, want)
		}
	}
	all("without a policy", m[0], practice.ErrPolicy)
	all("of a stranger", practice.NewID(), practice.ErrNotFound)
	o.publish()
	_, err := c.Consents.Choose(ctx, "policy-none")
	refuses(t, "a fourth policy", err, practice.ErrUnknown)
	policy, err := c.Consents.Choose(ctx, practice.PolicyLimited)
	o.must(err)
	all("before anybody signed", m[0], practice.ErrPolicy)
	o.sign(c, practice.PolicyLimited, m[0])
	all("after one signed", m[0], nil)
	all("the other", m[1], practice.ErrPolicy)
	// Safety goes before policy, and what the practitioner saw is no input.
	o.stepUp()
	safety, err := c.Safety(ctx, m[1])
	o.must(err)
	o.write(safety, practice.SafetyNote, practice.ID{}, "what was said at the door")
	_, err = c.Progress.Put(ctx, practice.Observation{Member: m[1], Domain: practice.Communication, Words: "looks up more", Source: practice.Observed})
	o.must(err)
	states, err := c.Consents.State(ctx)
	if err != nil || len(states) != 2 || !states[0].Policy || states[1].Policy {
		t.Errorf("%+v, %v", states, err)
	}
	if s, err := c.Consents.Stops(ctx, m[0], practice.PolicyLimited); err != nil || !s.IndividualInput {
		t.Errorf("%+v, %v", s, err)
	}
	// A new version asks everybody again; the earlier one stays readable.
	_, err = o.Documents.Publish(ctx, practice.PolicyLimited, "en", practice.Full, "A second version, with supervision named.")
	o.must(err)
	all("while the new one is not before them", m[0], nil)
	_, err = c.Consents.Choose(ctx, practice.PolicyLimited)
	o.must(err)
	all("with a new version", m[0], practice.ErrPolicy)
	refuses(t, "signing the old one", c.Consents.Decide(ctx, practice.Decision{Member: m[0], Document: practice.PolicyLimited, Version: policy.Version, Kind: practice.Given, Method: practice.OnPaper}), practice.ErrNotIssued)
	documents, err := c.Consents.Documents(ctx)
	if err != nil || len(documents) != 2 || documents[1] != policy {
		t.Errorf("%+v, %v", documents, err)
	}
	o.sign(c, practice.PolicyLimited, m...)
	all("signed again", m[0], nil)
	// Another policy, too; and going back counts what was signed.
	_, err = c.Consents.Choose(ctx, practice.PolicyOpen)
	o.must(err)
	all("with another policy", m[0], practice.ErrPolicy)
	_, err = c.Consents.Choose(ctx, practice.PolicyLimited)
	o.must(err)
	all("with the one that was signed", m[0], nil)
	// A withdrawal counts at once, needs no reason, and touches nobody else.
	o.must(c.Consents.Decide(ctx, practice.Decision{Member: m[0], Document: practice.PolicyLimited, Kind: practice.Withdrawn, Method: practice.Spoken}))
	all("withdrawn", m[0], practice.ErrPolicy)
	all("the other one's", m[1], nil)
	mine, err := c.Consents.Of(ctx, m[0])
	if err != nil || len(mine) != 3 || mine[0].Kind != practice.Withdrawn || mine[2].Hash != policy.Hash {
		t.Errorf("%+v, %v", mine, err)
	}
	for what, d := range map[string]practice.Decision{
		"a kind":   {Member: m[0], Document: practice.PolicyLimited, Kind: "perhaps", Method: practice.OnPaper},
		"a method": {Member: m[0], Document: practice.PolicyLimited, Kind: practice.Withdrawn, Method: "nodded"},
	} {
		refuses(t, what, c.Consents.Decide(ctx, d), practice.ErrUnknown)
	}
	refuses(t, "a stranger", c.Consents.Decide(ctx, practice.Decision{Member: practice.NewID(), Document: practice.PolicyLimited, Kind: practice.Withdrawn, Method: practice.OnPaper}), practice.ErrNotFound)
	refuses(t, "what nobody issued", c.Consents.Decide(ctx, practice.Decision{Member: m[0], Document: "photographs", Kind: practice.Given, Method: practice.OnPaper}), practice.ErrNotIssued)
	o.must(c.Close(ctx))
	o.must(c.Consents.Decide(ctx, practice.Decision{Member: m[1], Document: practice.PolicyLimited, Kind: practice.Withdrawn, Method: practice.OnPaper}))
	refuses(t, "signing in a closed case", c.Consents.Decide(ctx, practice.Decision{Member: m[1], Document: practice.PolicyLimited, Version: 2, Kind: practice.Given, Method: practice.OnPaper}), practice.ErrCaseClosed)
	o.lock()
}

// pick finds an exercise of the library by what it is like.
func pick(t *testing.T, like func(*exercises.Exercise) bool) string {
	t.Helper()
	library, err := exercises.English()
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range library.All() {
		if like(e) {
			return e.ID
		}
	}
	t.Fatal("the library has none like that")
	return ""
}

func TestMenuGates(t *testing.T) {
	o := newOffice(t)
	c, m := o.settled("M-1", "Ilse", "Marek")
	ctx := t.Context()
	at := func(closeness exercises.Closeness, opening bool) string {
		return pick(t, func(e *exercises.Exercise) bool { return e.Closeness == closeness && e.NeedsOpening() == opening })
	}
	talk, near, touch, wide := at(0, false), at(1, false), at(2, true), at(4, true)
	offer := func(id, override string) error {
		return c.Menu.Offer(ctx, practice.Offer{Exercise: id, Override: override, Note: "when you like"})
	}
	state := func(id string) practice.Item {
		t.Helper()
		items, err := c.Menu.Items(ctx)
		o.must(err)
		for _, item := range items {
			if item.ID == id {
				return item
			}
		}
		return practice.Item{}
	}
	off := func(id string) string {
		t.Helper()
		var all []string
		for _, reason := range state(id).Off {
			all = append(all, string(reason))
		}
		return strings.Join(all, ", ")
	}
	inTheWay := func(id, want string) {
		t.Helper()
		reasons, err := c.Menu.InTheWay(ctx, id)
		o.must(err)
		var all []string
		for _, reason := range reasons {
			all = append(all, string(reason))
		}
		if got := strings.Join(all, ", "); got != want {
			t.Errorf("in the way of %s stands %q, and not %q", id, got, want)
		}
	}
	_, err := c.Menu.InTheWay(ctx, "Z9")
	refuses(t, "what stands in the way of nothing", err, practice.ErrNoExercise)
	refuses(t, "what there is not", offer("Z9", ""), practice.ErrNoExercise)
	inTheWay(talk, "")
	inTheWay(near, "seen alone")
	inTheWay(wide, "seen alone, consent, reviewed")
	o.must(offer(talk, ""))
	refuses(t, "near, before they were seen alone", offer(near, ""), practice.ErrNotScreened)
	refuses(t, "near, with an empty reason", offer(near, " \u200b "), practice.ErrNotScreened)
	o.must(offer(near, "holding hands is what they do at the door"))
	overrides, err := c.Menu.Overrides(ctx)
	if err != nil || len(overrides) != 1 || overrides[0].Reason != "holding hands is what they do at the door" {
		t.Errorf("%+v, %v", overrides, err)
	}
	if got := off(near); got != "" {
		t.Errorf("what was offered with a reason is off because of %s", got)
	}
	inTheWay(near, "seen alone") // another offer needs another reason
	// No reason stands above seeing everybody alone where touch begins.
	_, err = c.Consents.Issue(ctx, practice.ExercisesConsent)
	o.must(err)
	o.sign(c, practice.ExercisesConsent, m...)
	for _, id := range []string{touch, wide, "D1", "D2", "E2"} {
		refuses(t, id+" with a reason, unseen", offer(id, "they ask for it"), practice.ErrNotScreened)
	}
	o.must(c.Screening.SeenAlone(ctx, m[0], "2026-03-01"))
	refuses(t, "one of two was seen", offer(touch, "they ask for it"), practice.ErrNotScreened)
	refuses(t, "a day to come", c.Screening.SeenAlone(ctx, m[1], "2026-03-05"), practice.ErrDay)
	o.must(c.Screening.SeenAlone(ctx, m[1], ""))
	if seen, err := c.Screening.State(ctx); err != nil || seen[0].Last != "2026-03-01" || seen[1].Last != "2026-03-04" {
		t.Errorf("%+v, %v", seen, err)
	}
	o.must(c.Screening.SeenAlone(ctx, m[0], "2026-02-03"))
	o.must(c.Screening.SeenAlone(ctx, m[0], "2026-03-01")) // noted twice
	if days, err := c.Screening.Of(ctx, m[0]); err != nil || !slices.Equal(days, []string{"2026-03-01", "2026-02-03"}) {
		t.Errorf("the days of one of them: %q, %v", days, err)
	}
	inTheWay(touch, "")
	inTheWay(wide, "reviewed")
	o.must(offer(touch, ""))
	if overrides, err := c.Menu.Overrides(ctx); err != nil || len(overrides) != 1 {
		t.Errorf("%+v, %v", overrides, err)
	}
	// Closeness 4 is gone through with them, for one day.
	refuses(t, "closeness 4, not reviewed", offer(wide, ""), practice.ErrNotReviewed)
	refuses(t, "closeness 4, reviewed before", c.Menu.Offer(ctx, practice.Offer{Exercise: wide, ReviewedOn: "2026-03-03"}), practice.ErrNotReviewed)
	o.must(c.Menu.Offer(ctx, practice.Offer{Exercise: wide, ReviewedOn: "2026-03-04"}))
	o.c.move(24 * 3600 * 1e9)
	if got := off(wide); got != string(practice.OffReviewed) {
		t.Errorf("a day later it is off because of %q", got)
	}
	// What a withdrawal stops is read out before, and stops after it.
	stops, err := c.Consents.Stops(ctx, m[0], practice.ExercisesConsent)
	if err != nil || len(stops.Exercises) != 1 || stops.Exercises[0] != touch || stops.IndividualInput {
		t.Errorf("%+v, %v", stops, err)
	}
	o.must(c.Consents.Decide(ctx, practice.Decision{Member: m[0], Document: practice.ExercisesConsent, Kind: practice.Withdrawn, Method: practice.OnScreen}))
	if got := off(touch); got != string(practice.OffConsent) {
		t.Errorf("after a withdrawal it is off because of %q", got)
	}
	refuses(t, "without consent", offer(touch, ""), practice.ErrNoConsent)
	o.must(offer(talk, "")) // needs none
	o.sign(c, practice.ExercisesConsent, m[0])
	// Limits: the case's and each person's together.
	o.must(c.Limits.Set(ctx, practice.Limit{Member: m[1], Closeness: 1}))
	if got := off(touch); got != string(practice.OffLimit) {
		t.Errorf("beyond a person's limit it is off because of %q", got)
	}
	refuses(t, "beyond a person's limit", offer(touch, ""), practice.ErrLimited)
	o.must(c.Limits.Set(ctx, practice.Limit{Closeness: 4, Categories: []exercises.Category{state(talk).Category}, Exercises: []string{near}, AtOnce: true}))
	switched, err := c.Limits.SwitchedOff(ctx)
	o.must(err)
	for _, e := range switched {
		if e.Closeness <= 1 && e.Category != state(talk).Category && e.ID != near {
			t.Errorf("%s is switched off", e.ID)
		}
	}
	for _, id := range []string{talk, near, touch, wide} {
		if off(id) == "" {
			t.Errorf("%s is not off", id)
		}
	}
	o.must(c.Limits.Set(ctx, practice.Limit{Member: m[1], Closeness: 4}))
	o.must(c.Limits.Set(ctx, practice.Limit{Closeness: 4}))
	if current, err := c.Limits.Current(ctx); err != nil || len(current) != 2 || current[0].Member != (practice.ID{}) || current[1].Closeness != 4 {
		t.Errorf("%+v, %v", current, err)
	}
	if history, err := c.Limits.History(ctx); err != nil || len(history) != 4 || !history[2].AtOnce {
		t.Errorf("%+v, %v", history, err)
	}
	o.must(offer(touch, ""))
	for what, l := range map[string]practice.Limit{
		"above": {Closeness: 5}, "below": {Closeness: -1}, "a category": {Categories: []exercises.Category{"sports"}},
	} {
		refuses(t, what, c.Limits.Set(ctx, l), practice.ErrUnknown)
	}
	refuses(t, "a stranger's limit", c.Limits.Set(ctx, practice.Limit{Member: practice.NewID()}), practice.ErrNotFound)

	o.must(c.Menu.Rest(ctx, touch))
	o.must(c.Menu.SetNote(ctx, touch, "another week"))
	if item := state(touch); item.State != practice.Resting || item.Note != "another week" || item.Since != "2026-03-05" {
		t.Errorf("%+v", item)
	}
	o.must(c.Menu.Retire(ctx, touch))
	if item := state(touch); item.Exercise != nil {
		t.Errorf("retired, and on the menu: %+v", item)
	}
	for what, err := range map[string]error{"resting": c.Menu.Rest(ctx, touch), "retiring": c.Menu.Retire(ctx, "Z9"), "a note": c.Menu.SetNote(ctx, touch, "x")} {
		refuses(t, what+" what is not on the menu", err, practice.ErrNoExercise)
	}
	history, err := c.Menu.History(ctx, practice.Page{})
	if err != nil || len(history) != 8 || history[0] != (practice.MenuChange{Exercise: touch, State: practice.Retired, Day: "2026-03-05"}) {
		t.Errorf("%d changes, %+v, %v", len(history), history, err)
	}
	o.lock()
}

func TestOwnExercises(t *testing.T) {
	o := newOffice(t)
	c, _ := o.newCase("M-2", "Ilse", "Marek")
	ctx := t.Context()
	library, err := exercises.English()
	o.must(err)
	own := *library.Find("A1")
	own.ID, own.Title = exercises.NewID(), "Two stones"
	text, err := own.Encode()
	o.must(err)
	added, err := o.Exercises.Add(ctx, text)
	o.must(err)
	_, err = o.Exercises.Add(ctx, []byte("title = 'half'"))
	refuses(t, "half an exercise", err, exercises.ErrNotExercise)
	text, err = library.Find("A1").Encode()
	o.must(err)
	_, err = o.Exercises.Add(ctx, text)
	refuses(t, "the library's own", err, exercises.ErrNotExercise)
	o.must(c.Menu.Offer(ctx, practice.Offer{Exercise: added.ID}))
	// The menu keeps what it was offered.
	o.must(o.Exercises.Remove(ctx, added.ID))
	refuses(t, "removing nothing", o.Exercises.Remove(ctx, added.ID), practice.ErrNotFound)
	if all, err := o.Exercises.All(ctx); err != nil || len(all) != 0 {
		t.Errorf("%v, %v", all, err)
	}
	o.must(c.Menu.Rest(ctx, added.ID))
	o.must(c.Menu.Offer(ctx, practice.Offer{Exercise: added.ID}))
	items, err := c.Menu.Items(ctx)
	if err != nil || len(items) != 1 || items[0].Title != "Two stones" || !items[0].Own {
		t.Errorf("%+v, %v", items, err)
	}
	o.lock()
}

// Whoever withdraws does so from the text that they gave consent to, although another
// version is in force by then, and can have taken out what they told.
func TestWithdrawalIsFromWhatWasSigned(t *testing.T) {
	o := newOffice(t)
	c, m := o.newCase("K-1", "Ilse", "Marek")
	ctx := t.Context()
	o.publish()
	_, err := c.Consents.Choose(ctx, practice.PolicyLimited)
	o.must(err)
	o.sign(c, practice.PolicyLimited, m...)
	o.must(c.Intake.Put(ctx, m[0], "good enough", "ease"))
	signed, err := c.Consents.Policy(ctx)
	o.must(err)
	_, err = o.Documents.Publish(ctx, practice.PolicyLimited, "en", practice.Plain, "another text")
	o.must(err)
	later, err := c.Consents.Issue(ctx, practice.PolicyLimited)
	o.must(err)
	for _, member := range m {
		o.must(c.Consents.Decide(ctx, practice.Decision{Member: member, Document: practice.PolicyLimited, Kind: practice.Withdrawn, Method: practice.Spoken}))
		mine, err := c.Consents.Of(ctx, member)
		if err != nil || mine[0].Kind != practice.Withdrawn || mine[0].Version != signed.Version || mine[0].Hash != signed.Hash || later.Version == signed.Version {
			t.Errorf("withdrawn from version %d, signed was %d: %v", mine[0].Version, signed.Version, err)
		}
	}
	refuses(t, "telling more", c.Intake.Put(ctx, m[0], "good enough", "more"), practice.ErrPolicy)
	o.must(c.Intake.Put(ctx, m[0], "good enough", ""))
	if parts, err := c.Intake.Of(ctx, m[0]); err != nil || len(parts) != 0 {
		t.Errorf("it is still there: %+v, %v", parts, err)
	}
	o.lock()
}
