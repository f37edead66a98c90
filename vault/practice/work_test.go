package practice_test

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"ebb/vault/practice"
)

// What is answered about pressure goes to that person's safety drawer, and leaves
// nothing in the record, whatever the answer.
func TestPressureAnswersLieApart(t *testing.T) {
	o := newOffice(t)
	c, m := o.settled("P-1", "Ilse", "Marek")
	ctx := t.Context()
	form := practice.CheckIn{ID: practice.NewID(), Member: m[0], Day: "2026-03-03", Answers: map[int][]string{
		1: {"often"}, 8: {"sleep", "joy"}, 10: {"yes"}, 11: {"not sure"}, 12: {"the walk\nand the soup"}, 13: {" "}, 5: {""},
	}}
	refuses(t, "without the second unlock", c.CheckIns.Enter(ctx, form), practice.ErrStepUp)
	if all, err := c.CheckIns.Of(ctx, m[0], practice.Page{}); err != nil || len(all) != 0 {
		t.Fatalf("what was refused was kept: %+v, %v", all, err)
	}
	o.stepUp()
	o.must(c.CheckIns.Enter(ctx, form))
	o.must(c.CheckIns.Enter(ctx, form)) // once more, as after a crash
	safety, err := c.Safety(ctx, m[0])
	o.must(err)
	pressure, err := safety.Pressure(ctx)
	if err != nil || len(pressure) != 2 || pressure[0] != (practice.PressureAnswer{CheckIn: form.ID, Item: 10, Day: "2026-03-03", Answer: "yes"}) {
		t.Errorf("%+v, %v", pressure, err)
	}
	other, err := c.Safety(ctx, m[1])
	o.must(err)
	if pressure, err := other.Pressure(ctx); err != nil || len(pressure) != 0 {
		t.Errorf("%+v, %v", pressure, err)
	}
	process, err := c.Process(ctx)
	o.must(err)
	_, err = process.Pressure(ctx)
	refuses(t, "process", err, practice.ErrAudience)
	_, err = c.Notes.Pressure(ctx)
	refuses(t, "the record", err, practice.ErrAudience)
	o.must(o.StepDown(ctx))
	all, err := c.CheckIns.Of(ctx, m[0], practice.Page{})
	if err != nil || len(all) != 1 || len(all[0].Answers) != 3 || all[0].Answers[10] != nil || strings.Join(all[0].Answers[8], "+") != "sleep+joy" || all[0].Answers[12][0] != "the walk\nand the soup" {
		t.Errorf("%+v, %v", all, err)
	}
	// No answer, and one of a form without these items, are the same to see.
	plain := practice.CheckIn{ID: practice.NewID(), Member: m[0], Day: "2026-03-02", Answers: map[int][]string{1: {"often"}, 10: {""}}}
	o.must(c.CheckIns.Enter(ctx, plain))
	refuses(t, "a blank form", c.CheckIns.Enter(ctx, practice.CheckIn{ID: practice.NewID(), Member: m[0], Answers: map[int][]string{1: {""}, 10: {""}, 12: {" "}}}), practice.ErrEmpty)
	// A form with these items alone leaves no day in the record that would point at them.
	o.stepUp()
	o.must(c.CheckIns.Enter(ctx, practice.CheckIn{ID: practice.NewID(), Member: m[0], Day: "2026-03-01", Answers: map[int][]string{11: {"a little"}}}))
	if all, err := c.CheckIns.Of(ctx, m[0], practice.Page{}); err != nil || len(all) != 2 {
		t.Errorf("the record has %d forms, of two that left something in it: %v", len(all), err)
	}
	o.must(o.StepDown(ctx))
	for what, answers := range map[string]map[int][]string{
		"an item": {15: {"x"}}, "item 0": {0: {"x"}}, "a word": {1: {"always"}}, "two words": {1: {"often", "hardly"}}, "two words apart": {10: {"no", "yes"}},
	} {
		refuses(t, what, c.CheckIns.Enter(ctx, practice.CheckIn{ID: practice.NewID(), Member: m[0], Answers: answers}), practice.ErrUnknown)
	}
	refuses(t, "no id", c.CheckIns.Enter(ctx, practice.CheckIn{Member: m[0]}), practice.ErrEmpty)
	refuses(t, "no day", c.CheckIns.Enter(ctx, practice.CheckIn{ID: practice.NewID(), Member: m[0], Day: "Tuesday"}), practice.ErrDay)
	if err := c.CheckIns.Enter(ctx, practice.CheckIn{ID: form.ID, Member: m[1], Answers: map[int][]string{1: {"often"}}}); err == nil {
		t.Error("a form was entered for two people")
	}
	o.lock()
}

func TestPlanIntakeAndPrep(t *testing.T) {
	o := newOffice(t)
	c, m := o.settled("P-2", "Ilse", "Marek")
	ctx := t.Context()
	_, err := c.Plan.Current(ctx)
	refuses(t, "no plan", err, practice.ErrNotFound)
	refuses(t, "an empty plan", c.Plan.Put(ctx, " "), practice.ErrEmpty)
	o.must(c.Plan.Put(ctx, "listen first"))
	o.must(c.Plan.SaveDraft(ctx, "listen"))
	o.must(c.Plan.SaveDraft(ctx, "listen first, then"))
	if draft, err := c.Plan.Draft(ctx); err != nil || draft != "listen first, then" {
		t.Errorf("the draft: %q, %v", draft, err)
	}
	refuses(t, "an empty plan", c.Plan.Put(ctx, " "), practice.ErrEmpty)
	if draft, err := c.Plan.Draft(ctx); err != nil || draft == "" {
		t.Errorf("the draft after a refusal: %q, %v", draft, err)
	}
	o.must(c.Plan.Put(ctx, "listen first, then rest"))
	plan, err := c.Plan.Current(ctx)
	if err != nil || plan.Version != 2 || plan.Text != "listen first, then rest" {
		t.Errorf("%+v, %v", plan, err)
	}
	if all, err := c.Plan.History(ctx); err != nil || len(all) != 2 || all[1].Text != "listen first" {
		t.Errorf("%+v, %v", all, err)
	}
	_, err = c.Plan.Draft(ctx)
	refuses(t, "no draft after a version was kept", err, practice.ErrNotFound)
	o.must(c.Intake.Put(ctx, m[0], "good enough", "peace about a difference"))
	o.must(c.Intake.Put(ctx, m[0], "messages and ease", "nobody spoke"))
	o.must(c.Intake.Put(ctx, m[0], "good enough", "ease"))
	refuses(t, "no such section", c.Intake.Put(ctx, m[0], "score", "9"), practice.ErrUnknown)
	parts, err := c.Intake.Of(ctx, m[0])
	if err != nil || len(parts) != 2 || parts[0].Section != "messages and ease" || parts[1].Text != "ease" {
		t.Errorf("%+v, %v", parts, err)
	}
	o.must(c.Intake.Put(ctx, m[0], "good enough", ""))
	if parts, err = c.Intake.Of(ctx, m[1]); err != nil || len(parts) != 0 {
		t.Errorf("the other one's: %+v, %v", parts, err)
	}
	_, err = c.Prep.Add(ctx, "floor", "x")
	refuses(t, "a third page", err, practice.ErrUnknown)
	_, err = c.Prep.Add(ctx, practice.OnTable, "who would like to begin?")
	o.must(err)
	secret, err := c.Prep.Add(ctx, practice.OnMine, canary)
	o.must(err)
	_, err = c.Feedback.Put(ctx, practice.FeedbackEntry{Member: m[0], Change: canary})
	o.must(err)
	_, err = c.Progress.Put(ctx, practice.Observation{Member: m[0], Domain: practice.Affection, Words: canary, Source: practice.Told})
	o.must(err)
	o.write(c.Notes, practice.Individual, m[0], canary)
	o.must(c.Menu.Offer(ctx, practice.Offer{Exercise: "A1"}))
	table, err := c.Prep.Table(ctx)
	o.must(err)
	if shown := everythingOf(t, table); strings.Contains(shown, canary) || !strings.Contains(shown, "who would like to begin?") || !strings.Contains(shown, "A1") {
		t.Errorf("on the table: %s", shown)
	}
	mine, err := c.Prep.Mine(ctx)
	if err != nil || len(mine.Feedback) != 1 || len(mine.Drafts) != 1 || len(mine.Lines) != 1 {
		t.Errorf("%+v, %v", mine, err)
	}
	o.must(c.Prep.Remove(ctx, secret))
	o.must(c.Feedback.Reply(ctx, mine.Feedback[0].ID, "we sit differently"))
	if mine, err = c.Prep.Mine(ctx); err != nil || len(mine.Feedback) != 0 || len(mine.Lines) != 0 {
		t.Errorf("%+v, %v", mine, err)
	}
	if f, err := c.Feedback.Of(ctx, m[0], practice.Page{}); err != nil || len(f) != 1 || f[0].Changed != "we sit differently" {
		t.Errorf("%+v, %v", f, err)
	}
	if f, err := c.Feedback.Of(ctx, m[1], practice.Page{}); err != nil || len(f) != 0 {
		t.Errorf("the other one's: %+v, %v", f, err)
	}
	refuses(t, "a reply to nothing", c.Feedback.Reply(ctx, practice.NewID(), "x"), practice.ErrNotFound)
	o.lock()
}

func TestProgress(t *testing.T) {
	o := newOffice(t)
	c, m := o.settled("P-3", "Ilse", "Marek")
	ctx := t.Context()
	told := practice.Observation{Member: m[0], Domain: practice.Closeness, Words: "more of the small things", Band: "more", Context: []string{"work", "joy"}, Lasting: "season", Source: practice.Told}
	kept, err := c.Progress.Put(ctx, told)
	o.must(err)
	_, err = c.Progress.Put(ctx, practice.Observation{Member: m[1], Domain: practice.Closeness, Words: "not part of it", Band: "not part of what I want", Source: practice.Answered})
	o.must(err)
	both, err := c.Progress.Released(ctx, m[0], m[1])
	if err != nil || len(both[0]) != 0 || len(both[1]) != 0 {
		t.Errorf("what nobody released is there: %+v, %v", both, err)
	}
	kept.Released = true
	_, err = c.Progress.Put(ctx, kept)
	o.must(err)
	both, err = c.Progress.Released(ctx, m[0], m[1])
	if err != nil || len(both[0]) != 1 || len(both[1]) != 0 || strings.Join(both[0][0].Context, "+") != "work+joy" {
		t.Errorf("%+v, %v", both, err)
	}
	table, err := c.Prep.Table(ctx)
	if err != nil || len(table.Released) != 1 || strings.Contains(everythingOf(t, table), m[1].String()) {
		t.Errorf("%+v, %v", table, err)
	}
	if of, err := c.Progress.Of(ctx, m[1], practice.Page{}); err != nil || len(of) != 1 || of[0].Member != m[1] {
		t.Errorf("%+v, %v", of, err)
	}
	for what, spoil := range map[string]func(*practice.Observation){
		"a domain": func(o *practice.Observation) { o.Domain = "frequency" }, "a number": func(o *practice.Observation) { o.Band = "7" },
		"another's band": func(o *practice.Observation) { o.Band = "nearly always" }, "a source": func(o *practice.Observation) { o.Source = "guessed" },
		"a context": func(o *practice.Observation) { o.Context = []string{"weather"} }, "a length": func(o *practice.Observation) { o.Lasting = "for ever" },
		"releasing what was seen": func(o *practice.Observation) { o.Source, o.Released = practice.Observed, true },
	} {
		bad := told
		spoil(&bad)
		_, err := c.Progress.Put(ctx, bad)
		refuses(t, what, err, practice.ErrUnknown)
	}
	bad := told
	bad.Words = "  "
	_, err = c.Progress.Put(ctx, bad)
	refuses(t, "no words", err, practice.ErrEmpty)
	kept.Member = m[1]
	_, err = c.Progress.Put(ctx, kept)
	refuses(t, "giving a line to another", err, practice.ErrNotFound)
	o.must(c.Progress.Remove(ctx, kept.ID))
	refuses(t, "removing nothing", c.Progress.Remove(ctx, kept.ID), practice.ErrNotFound)
	o.lock()
}

func TestFiles(t *testing.T) {
	o := newOffice(t)
	c, m := o.newCase("P-4", "Ilse", "Marek")
	ctx := t.Context()
	content, err := io.ReadAll(pdf(1<<20 + 12345))
	o.must(err)
	f, err := c.Files.Attach(ctx, "signed consent", m[0], bytes.NewReader(content))
	o.must(err)
	small, err := c.Files.Attach(ctx, "letter", practice.ID{}, iotest.OneByteReader(pdf(100)))
	o.must(err)
	c = reopen(o, c)
	var out bytes.Buffer
	o.must(c.Files.Read(ctx, f.ID, &out))
	if !bytes.Equal(out.Bytes(), content) {
		t.Errorf("%d bytes came back of %d", out.Len(), len(content))
	}
	all, err := c.Files.All(ctx)
	if err != nil || len(all) != 2 || all[0] != small || all[1] != f {
		t.Errorf("%+v, %v", all, err)
	}
	parts := func() int {
		t.Helper()
		d, err := o.RecordDrawer(ctx, c.ID)
		o.must(err)
		return strings.Count(dump(o, d, ""), "attachment_part")
	}
	before := parts()
	broken := errors.New("the stick was pulled out")
	for what, x := range map[string]struct {
		title string
		of    practice.ID
		from  io.Reader
		want  error
	}{
		"no PDF":     {"x", m[0], strings.NewReader("<html>"), practice.ErrNotPDF},
		"nothing":    {"x", m[0], strings.NewReader(""), practice.ErrNotPDF},
		"no title":   {" ", m[0], pdf(100), practice.ErrEmpty},
		"too large":  {"x", m[0], pdf(practice.MaxFile + 1), practice.ErrFileTooLarge},
		"a stranger": {"x", practice.NewID(), pdf(100), practice.ErrNotFound},
		"a failure":  {"x", m[0], io.MultiReader(pdf(600<<10), iotest.ErrReader(broken)), broken},
	} {
		_, err := c.Files.Attach(ctx, x.title, x.of, x.from)
		refuses(t, what, err, x.want)
		if n := parts(); n != before {
			t.Errorf("%s left %d parts", what, n-before)
		}
	}
	refuses(t, "no such file", c.Files.Read(ctx, practice.NewID(), io.Discard), practice.ErrNotFound)
	o.must(c.Files.Remove(ctx, f.ID))
	refuses(t, "a removed file", c.Files.Read(ctx, f.ID, io.Discard), practice.ErrNotFound)
	if n := parts(); n != 1 {
		t.Errorf("%d parts are left", n)
	}
	o.lock()
}

func reopen(o *office, c *practice.Case) *practice.Case {
	o.t.Helper()
	o.must(c.Done(o.t.Context()))
	return o.open(c.ID)
}
