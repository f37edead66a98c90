package practice_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"ebb/vault/drawer"
	"ebb/vault/practice"
)

func TestNotes(t *testing.T) {
	o := newOffice(t)
	c, m := o.settled("N-1", "Ilse", "Marek")
	ctx := t.Context()
	n := c.Notes
	soap := n.New(practice.Joint, practice.ID{}, o.template(practice.SOAP))
	if len(soap.Sections) != 4 || soap.Date != "2026-03-04" {
		t.Fatalf("%+v", soap)
	}
	soap.Sections[0].Text = "Quiet week, one walk."
	soap.Sections = append(soap.Sections, practice.Section{Key: "modality", Text: "in the room"}, practice.Section{Key: "what each brought", Member: m[1], Text: "tiredness"})
	o.must(n.SaveDraft(ctx, soap))
	drafts, err := n.Drafts(ctx)
	if err != nil || len(drafts) != 1 || drafts[0].Note.Sections[5].Member != m[1] {
		t.Fatalf("%+v, %v", drafts, err)
	}
	if rows, err := n.List(ctx, practice.NoteFilter{}, practice.Page{}); err != nil || len(rows) != 0 {
		t.Errorf("a draft is listed as a note: %+v, %v", rows, err)
	}
	soap, err = n.Save(ctx, soap)
	o.must(err)
	if drafts, err := n.Drafts(ctx); err != nil || len(drafts) != 0 {
		t.Errorf("drafts %+v, %v", drafts, err)
	}
	refuses(t, "amending an open note", n.Amend(ctx, soap.ID, soap.Sections, "why"), practice.ErrNotSigned)
	o.must(n.Lock(ctx, soap.ID))
	_, err = n.Save(ctx, soap)
	refuses(t, "changing a locked note", err, practice.ErrLockedNote)
	refuses(t, "discarding a locked note", n.Discard(ctx, soap.ID), practice.ErrLockedNote)
	refuses(t, "opening it without a reason", n.Reopen(ctx, soap.ID, " \u200b"), practice.ErrReason)
	o.must(n.Reopen(ctx, soap.ID, "a date was wrong"))
	o.c.move(time.Hour)
	soap.Sections[0].Text = "Quiet week, two walks."
	_, err = n.Save(ctx, soap)
	o.must(err)
	refuses(t, "discarding a note with a history", n.Discard(ctx, soap.ID), practice.ErrLockedNote)
	later := soap
	later.Sections = append([]practice.Section(nil), soap.Sections...)
	later.Sections[0].Text = "Quiet week, two walks, and more that is being typed"
	o.must(n.SaveDraft(ctx, later))
	o.must(n.Sign(ctx, soap.ID))
	if drafts, err := n.Drafts(ctx); err != nil || len(drafts) != 1 {
		t.Errorf("signing lost what was being typed: %+v, %v", drafts, err)
	}
	for what, err := range map[string]error{
		"signing again": n.Sign(ctx, soap.ID), "locking": n.Lock(ctx, soap.ID), "opening": n.Reopen(ctx, soap.ID, "why"), "discarding": n.Discard(ctx, soap.ID),
	} {
		refuses(t, what+" a signed note", err, practice.ErrSigned)
	}
	_, err = n.Save(ctx, soap)
	refuses(t, "changing a signed note", err, practice.ErrSigned)
	o.must(c.Close(ctx))
	_, err = n.Save(ctx, n.New(practice.Joint, practice.ID{}, o.template(practice.Free)))
	refuses(t, "a note of a closed case", err, practice.ErrCaseClosed)
	o.must(n.SaveDraft(ctx, later)) // of an amendment
	o.must(n.Amend(ctx, soap.ID, later.Sections, "the second walk was on Sunday"))
	versions, err := n.Versions(ctx, soap.ID)
	o.must(err)
	var acts []string
	for _, v := range versions {
		acts = append(acts, string(v.Act))
	}
	if got := strings.Join(acts, " "); got != "locked reopened signed amended" || versions[2].Sections[0].Text != "Quiet week, two walks." || versions[3].Reason == "" {
		t.Errorf("versions %s, %+v", got, versions)
	}
	got, err := n.Note(ctx, soap.ID)
	if err != nil || got.Sections[0].Text != later.Sections[0].Text || got.State != practice.SignedNote {
		t.Errorf("%+v, %v", got, err)
	}
	o.must(n.Verify(ctx, soap.ID))
	o = o.again()
	o.must(o.open(c.ID).Notes.Verify(ctx, soap.ID))
	o.lock()
}

// What was signed cannot be changed unnoticed, not even by somebody who writes to the
// opened drawer with SQL.
func TestHistoryHoldsTogether(t *testing.T) {
	for what, spoil := range map[string]string{
		"the note's text":      `UPDATE note SET sections = replace(sections, 'river', 'bridge')`,
		"the state":            `UPDATE note SET state = 'open'`,
		"a version's text":     `DROP TRIGGER note_version_stays; UPDATE note_version SET sections = replace(sections, 'river', 'bridge') WHERE number = 1`,
		"a reason":             `DROP TRIGGER note_version_stays; UPDATE note_version SET reason = 'another' WHERE number = 2`,
		"a time":               `DROP TRIGGER note_version_stays; UPDATE note_version SET at = at + 1 WHERE number = 1`,
		"the last version":     `DROP TRIGGER note_version_remains; DELETE FROM note_version WHERE number = 2`,
		"the first version":    `DROP TRIGGER note_version_remains; DELETE FROM note_version WHERE number = 1`,
		"whose it is":          `UPDATE note SET audience = 'individual'`,
		"its day":              `UPDATE note SET local_date = '2026-03-01'`,
		"its template":         `UPDATE note SET template = 'DAP'`,
		"its meeting":          `UPDATE note SET meeting = x'000102030405060708090a0b0c0d0e0f'`,
		"a version's day":      `DROP TRIGGER note_version_stays; UPDATE note_version SET local_date = '2026-03-01'; UPDATE note SET local_date = '2026-03-01'`,
		"a version's template": `DROP TRIGGER note_version_stays; UPDATE note_version SET template = 'DAP'; UPDATE note SET template = 'DAP'`,
		"a version's meeting":  `DROP TRIGGER note_version_stays; UPDATE note_version SET meeting = x'000102030405060708090a0b0c0d0e0f'; UPDATE note SET meeting = x'000102030405060708090a0b0c0d0e0f'`,
		"both, without a hash": `DROP TRIGGER note_version_stays; UPDATE note_version SET sections = replace(sections, 'river', 'bridge'); UPDATE note SET sections = replace(sections, 'river', 'bridge')`,
	} {
		t.Run(what, func(t *testing.T) {
			o := newOffice(t)
			c, _ := o.newCase("N-2", "Ilse", "Marek")
			note := o.write(c.Notes, practice.Joint, practice.ID{}, "by the river")
			o.must(c.Notes.Sign(t.Context(), note.ID))
			o.must(c.Notes.Amend(t.Context(), note.ID, []practice.Section{{Key: "text", Text: "by the river, twice"}}, "a second time"))
			o.must(c.Notes.Verify(t.Context(), note.ID))
			d, err := o.RecordDrawer(t.Context(), c.ID)
			o.must(err)
			o.must(d.Update(t.Context(), func(tx *drawer.Tx) error {
				_, err := tx.Exec(t.Context(), spoil)
				return err
			}))
			refuses(t, "verifying", c.Notes.Verify(t.Context(), note.ID), practice.ErrHistory)
			o.lock()
		})
	}
}

// Computing the hash of one version anew does not help: those behind it are bound to it.
func TestForgedVersion(t *testing.T) {
	o := newOffice(t)
	c, _ := o.newCase("N-9", "Ilse", "Marek")
	ctx := t.Context()
	note := o.write(c.Notes, practice.Joint, practice.ID{}, "by the river")
	o.must(c.Notes.Sign(ctx, note.ID))
	for range 2 {
		o.must(c.Notes.Amend(ctx, note.ID, note.Sections, "for a reason"))
	}
	o.must(c.Notes.Verify(ctx, note.ID))
	o.must(c.Notes.ForgeVersion(ctx, note.ID, 2, "for another reason"))
	refuses(t, "verifying", c.Notes.Verify(ctx, note.ID), practice.ErrHistory)
	o.lock()
}

// The triggers refuse what the code never does.
func TestVersionsStay(t *testing.T) {
	o := newOffice(t)
	c, m := o.settled("N-3", "Ilse", "Marek")
	note := o.write(c.Notes, practice.Individual, m[0], "by the river")
	o.must(c.Notes.Sign(t.Context(), note.ID))
	d, err := o.RecordDrawer(t.Context(), c.ID)
	o.must(err)
	for _, query := range []string{
		`UPDATE note_version SET reason = 'another'`, `DELETE FROM note_version`, `DELETE FROM note`,
		`UPDATE decision SET decision = 'withdrawn'`, `DELETE FROM decision`, `UPDATE document SET text = 'another'`,
	} {
		if err := d.Update(t.Context(), func(tx *drawer.Tx) error { _, err := tx.Exec(t.Context(), query); return err }); err == nil {
			t.Errorf("%s was let through", query)
		}
	}
	o.lock()
}

func TestDiscardingNotes(t *testing.T) {
	o := newOffice(t)
	c, _ := o.newCase("N-4", "Ilse", "Marek")
	ctx := t.Context()
	note := o.write(c.Notes, practice.Joint, practice.ID{}, "a heron by the weir")
	found := func(want int) {
		t.Helper()
		if rows, err := c.Notes.Search(ctx, "heron", practice.Page{}); err != nil || len(rows) != want {
			t.Errorf("found %d, want %d, %v", len(rows), want, err)
		}
	}
	o.must(c.Notes.Discard(ctx, note.ID))
	found(0)
	o.must(c.Notes.Restore(ctx, note.ID))
	found(1)
	got, err := c.Notes.Note(ctx, note.ID)
	if err != nil || got.Sections[0].Text != "a heron by the weir" {
		t.Errorf("%+v, %v", got, err)
	}
	o.must(c.Notes.Discard(ctx, note.ID))
	o = o.again()
	c = o.open(c.ID)
	refuses(t, "restoring after the lock", c.Notes.Restore(ctx, note.ID), practice.ErrNotFound)
	refuses(t, "discarding nothing", c.Notes.Discard(ctx, note.ID), practice.ErrNotFound)
	o.must(c.Notes.Erase(ctx, note.ID))
	o.lock()
}

func TestSearchOfNotes(t *testing.T) {
	o := newOffice(t)
	c, m := o.settled("N-5", "Ilse", "Marek")
	other, _ := o.newCase("N-6", "Aya", "Bo")
	ctx := t.Context()
	o.write(c.Notes, practice.Joint, practice.ID{}, "Grüße from the lighthouse, 灯台の朝")
	o.write(c.Notes, practice.Individual, m[0], "the lighthouse again")
	o.write(other.Notes, practice.Joint, practice.ID{}, "another lighthouse")
	for query, want := range map[string]int{
		"lighthouse": 2, "LIGHT": 2, "grusse": 0, "gruße": 1, "light again": 1, "灯台": 1, "": 2, "?!": 0, `"`: 0, "light* OR x": 0, "NEAR(a b)": 0, "a\x00b": 0, "\xff": 0,
	} {
		rows, err := c.Notes.Search(ctx, query, practice.Page{})
		if err != nil || len(rows) != want {
			t.Errorf("%q finds %d, want %d, %v", query, len(rows), want, err)
		}
	}
	rows, err := c.Notes.List(ctx, practice.NoteFilter{Member: m[0]}, practice.Page{})
	if err != nil || len(rows) != 1 || rows[0].Title != "the lighthouse again" {
		t.Errorf("%+v, %v", rows, err)
	}
	if rows, err = c.Notes.List(ctx, practice.NoteFilter{Audience: practice.Joint, State: practice.OpenNote}, practice.Page{From: 1}); err != nil || len(rows) != 0 {
		t.Errorf("%+v, %v", rows, err)
	}
	o.lock()
}

func TestNotesOfTheRightDrawer(t *testing.T) {
	o := newOffice(t)
	c, m := o.settled("N-7", "Ilse", "Marek")
	ctx := t.Context()
	o.stepUp()
	process, err := c.Process(ctx)
	o.must(err)
	safety, err := c.Safety(ctx, m[0])
	o.must(err)
	risk, err := c.Risk(ctx)
	o.must(err)
	free := o.template(practice.Free)
	for what, err := range map[string]error{
		"process in the record": save(ctx, c.Notes, c.Notes.New(practice.ProcessNote, practice.ID{}, free)),
		"safety in the record":  save(ctx, c.Notes, c.Notes.New(practice.SafetyNote, practice.ID{}, free)),
		"joint in process":      save(ctx, process, process.New(practice.Joint, practice.ID{}, free)),
		"safety in process":     save(ctx, process, process.New(practice.SafetyNote, practice.ID{}, free)),
		"process about one":     save(ctx, process, process.New(practice.ProcessNote, m[0], free)),
		"joint about one":       save(ctx, c.Notes, c.Notes.New(practice.Joint, m[0], free)),
		"individual about none": save(ctx, c.Notes, c.Notes.New(practice.Individual, practice.ID{}, free)),
		"another's safety":      save(ctx, safety, practice.Note{Audience: practice.SafetyNote, Member: m[1]}),
		"one's, of the case":    save(ctx, risk, practice.Note{Audience: practice.SafetyNote, Member: m[0]}),
	} {
		refuses(t, what, err, practice.ErrAudience)
	}
	// What the definition of process notes leaves out is not offered, and refused.
	if note := process.New(practice.ProcessNote, practice.ID{}, o.template(practice.SOAP)); len(note.Sections) != 3 {
		t.Errorf("offered in a process note: %+v", note.Sections)
	}
	for _, key := range practice.ClinicalKeys {
		note := practice.Note{Audience: practice.ProcessNote, Sections: []practice.Section{{Key: key, Text: "something"}}}
		refuses(t, key, save(ctx, process, note), practice.ErrProcessField)
		refuses(t, key+" as a draft", process.SaveDraft(ctx, note), practice.ErrProcessField)
	}
	// A note keeps its audience.
	note := o.write(c.Notes, practice.Joint, practice.ID{}, "of both")
	note.Audience, note.Member = practice.Individual, m[0]
	refuses(t, "making a joint note one person's", save(ctx, c.Notes, note), practice.ErrAudience)
	_, err = c.Safety(ctx, practice.ID{})
	refuses(t, "nobody's safety record", err, practice.ErrNotFound)
	stranger, err := c.Safety(ctx, practice.NewID())
	if err == nil {
		t.Errorf("a stranger has a safety record: %v", stranger)
	}
	plan := safety.New(practice.SafetyNote, practice.ID{}, o.template(practice.SafetyPlan))
	plan.Sections[0].Text = "the second glass"
	o.must(save(ctx, safety, plan))
	if got, err := safety.Latest(ctx, practice.SafetyPlan); err != nil || got.ID != plan.ID {
		t.Errorf("%+v, %v", got, err)
	}
	o.lock()
}

func save(ctx context.Context, n *practice.Notes, note practice.Note) error {
	_, err := n.Save(ctx, note)
	return err
}

func TestBadNotes(t *testing.T) {
	o := newOffice(t)
	c, _ := o.newCase("N-8", "Ilse", "Marek")
	ctx := t.Context()
	section := func(key, text string) []practice.Section { return []practice.Section{{Key: key, Text: text}} }
	for what, x := range map[string]struct {
		note practice.Note
		want error
	}{
		"too long":          {practice.Note{Sections: section("text", strings.Repeat("x", practice.MaxText+1))}, practice.ErrTooLong},
		"too long together": {practice.Note{Sections: append(section("a", strings.Repeat("x", practice.MaxText)), section("b", "x")...)}, practice.ErrTooLong},
		"too many sections": {practice.Note{Sections: make([]practice.Section, practice.MaxSections+1)}, practice.ErrTooLong},
		"a long key":        {practice.Note{Sections: section(strings.Repeat("k", 100), "x")}, practice.ErrTooLong},
		"no day":            {practice.Note{Date: "04.03.2026"}, practice.ErrDay},
	} {
		x.note.Audience = practice.Joint
		refuses(t, what, save(ctx, c.Notes, x.note), x.want)
		refuses(t, what+" as a draft", c.Notes.SaveDraft(ctx, x.note), x.want)
	}
	// Whatever characters there are, they come back; what is no text is replaced.
	odd := "\u202e\U0001F469\u200d\U0001F680 tab\there \xff\xfe nul\x00 end"
	note := o.write(c.Notes, practice.Joint, practice.ID{}, odd)
	got, err := c.Notes.Note(ctx, note.ID)
	if err != nil || got.Sections[0].Text != "\u202e\U0001F469\u200d\U0001F680 tab\there \uFFFD nul end" {
		t.Errorf("%q, %v", got.Sections[0].Text, err)
	}
	_, err = c.Notes.Note(ctx, practice.NewID())
	refuses(t, "no such note", err, practice.ErrNotFound)
	for _, own := range []practice.Template{{Name: practice.DAP, Keys: []string{"a"}}, {Name: "mine"}, {Keys: []string{"a"}}, {Name: "mine", Keys: []string{" "}}, {Name: "mine", Keys: make([]string, 41)}} {
		if err := o.Templates.Put(ctx, own); err == nil {
			t.Errorf("kept %+v", own)
		}
	}
	o.must(o.Templates.Put(ctx, practice.Template{Name: "mine", Keys: []string{"weather", "plan"}}))
	if got := o.template("mine"); len(got.Keys) != 2 {
		t.Errorf("%+v", got)
	}
	o.must(o.Templates.Remove(ctx, "mine"))
	if err := o.Templates.Remove(ctx, "mine"); !errors.Is(err, practice.ErrNotFound) {
		t.Error(err)
	}
	o.lock()
}

// An own template keeps its titles and prompts in order, is renamed in one piece, and
// what the definition keeps out of process notes stays out however it is written.
func TestOwnTemplates(t *testing.T) {
	o := newOffice(t)
	ctx := t.Context()
	for what, x := range map[string]struct {
		own  practice.Template
		want error
	}{
		"a built-in name":     {practice.Template{Name: "dap", Keys: []string{"a"}}, practice.ErrUnknown},
		"no name":             {practice.Template{Name: "\u202e\u0007 ", Keys: []string{"a"}}, practice.ErrEmpty},
		"a title of nothing":  {practice.Template{Name: "mine", Keys: []string{"a", "\u2066"}}, practice.ErrEmpty},
		"a title twice":       {practice.Template{Name: "mine", Keys: []string{"Plan", "a", "plan"}}, practice.ErrTwice},
		"a long title":        {practice.Template{Name: "mine", Keys: []string{strings.Repeat("a", practice.MaxName+1)}}, practice.ErrTooLong},
		"a long prompt":       {practice.Template{Name: "mine", Keys: []string{"a"}, Prompts: []string{strings.Repeat("a", practice.MaxLine+1)}}, practice.ErrTooLong},
		"prompts for nothing": {practice.Template{Name: "mine", Keys: []string{"a"}, Prompts: []string{"a", "b"}}, practice.ErrTooLong},
	} {
		refuses(t, what, o.Templates.Put(ctx, x.own), x.want)
	}
	mine := practice.Template{Name: "Evening", Keys: []string{"Weather between them", "PLAN", "Symptoms", "Last"}, Prompts: []string{"As each says it.", "", "One\nline"}}
	o.must(o.Templates.Put(ctx, mine))
	if len(mine.Prompts) != 3 {
		t.Error("keeping a template changed the one that was given")
	}
	got := o.template("Evening")
	if !slices.Equal(got.Keys, []string{"Weather between them", "PLAN", "Symptoms", "Last"}) || !slices.Equal(got.Prompts, []string{"As each says it.", "", "One line", ""}) {
		t.Errorf("%+v", got)
	}
	c, _ := o.newCase("C-1", "Ilse", "Marek")
	o.stepUp()
	process, err := c.Process(ctx)
	o.must(err)
	if note := process.New(practice.ProcessNote, practice.ID{}, got); len(note.Sections) != 2 {
		t.Errorf("a process note has %+v", note.Sections)
	}
	note := practice.Note{ID: practice.NewID(), Audience: practice.ProcessNote, Template: "Evening", Date: "2026-03-04", Sections: []practice.Section{{Key: "Diagnosis", Text: "a"}}}
	refuses(t, "a field of the record in capitals", save(ctx, process, note), practice.ErrProcessField)

	o.must(o.Templates.Put(ctx, practice.Template{Name: "Other", Keys: []string{"a"}}))
	mine.Name = "Morning"
	o.must(o.Templates.Replace(ctx, "Evening", mine))
	all, err := o.Templates.All(ctx)
	o.must(err)
	var names []string
	for _, one := range all {
		names = append(names, one.Name)
	}
	if slices.Contains(names, "Evening") || !slices.Contains(names, "Morning") || !slices.Contains(names, "Other") {
		t.Errorf("%q", names)
	}
	refuses(t, "a built-in one in its place", o.Templates.Replace(ctx, "Morning", practice.Template{Name: practice.SOAP, Keys: []string{"a"}}), practice.ErrUnknown)
	o = o.again()
	if len(o.template("Morning").Keys) != 4 {
		t.Error("the template did not outlast locking")
	}
	o.lock()
}
