package practice_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"ebb/vault"
	"ebb/vault/practice"
)

// files counts the drawers of a vault's folder.
func files(t testing.TB, dir string) (n int) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if name := e.Name(); len(name) == 16 || len(name) == 24 {
			n++
		}
	}
	return n
}

func TestNewCase(t *testing.T) {
	o := newOffice(t)
	two := []practice.Member{{Name: "Ilse", Pronouns: "she/they"}, {Name: "Marek"}}
	_, err := o.NewCase(t.Context(), practice.NewCase{Code: "K-1", Members: two})
	refuses(t, "a case without the second unlock", err, practice.ErrStepUp)
	o.stepUp()
	for what, c := range map[string]struct {
		of   practice.NewCase
		want error
	}{
		"no code":     {practice.NewCase{Members: two}, practice.ErrEmpty},
		"a long code": {practice.NewCase{Code: strings.Repeat("K", 25), Members: two}, practice.ErrTooLong},
		"one alone":   {practice.NewCase{Code: "K-1", Members: two[:1]}, practice.ErrMembers},
		"seven":       {practice.NewCase{Code: "K-1", Members: make([]practice.Member, 7)}, practice.ErrMembers},
		"no name":     {practice.NewCase{Code: "K-1", Members: []practice.Member{{Name: "A"}, {Name: "\u200b \x07"}}}, practice.ErrEmpty},
		"a level":     {practice.NewCase{Code: "K-1", Members: []practice.Member{{Name: "A"}, {Name: "B", Level: "hard"}}}, practice.ErrUnknown},
		"a day":       {practice.NewCase{Code: "K-1", Members: []practice.Member{{Name: "A"}, {Name: "B", JoinedOn: "2026-02-30"}}}, practice.ErrDay},
	} {
		_, err := o.NewCase(t.Context(), c.of)
		refuses(t, what, err, c.want)
	}
	if n := files(t, o.dir); n != 1 {
		t.Errorf("what was refused left %d drawers", n)
	}
	id, err := o.NewCase(t.Context(), practice.NewCase{Code: " K-1 ", Label: "two trains", Members: two})
	o.must(err)
	if n := files(t, o.dir); n != 1+5 {
		t.Errorf("a case of two has %d drawers beside the practice's, want record, process and three safety", n-1)
	}
	for name, info := range entrusted(t, o.dir) {
		if info.Size() != 512<<10 {
			t.Errorf("a file of a new case (a log: %v) has %d bytes", strings.HasSuffix(name, "-wal"), info.Size())
		}
	}
	_, err = o.NewCase(t.Context(), practice.NewCase{Code: "k-1", Members: two})
	refuses(t, "a code twice", err, practice.ErrCode)
	o.must(o.StepDown(t.Context()))
	c := o.open(id)
	members, err := c.People.All(t.Context())
	o.must(err)
	if len(members) != 2 || members[0].Name != "Ilse" || members[0].Pronouns != "she/they" || members[1].JoinedOn != "2026-03-04" || members[1].Level != practice.Full {
		t.Errorf("members %+v", members)
	}
	o.must(o.Recode(t.Context(), id, "L-9"))
	o.must(o.Relabel(t.Context(), id, "the lighthouse"))
	rows, err := o.again().Caseload(t.Context(), practice.Query{})
	o.must(err)
	if len(rows) != 1 || rows[0].Code != "L-9" || rows[0].Label != "the lighthouse" || rows[0].OpenedOn != "2026-03-04" {
		t.Errorf("rows %+v", rows)
	}
}

func TestMembersAndPairs(t *testing.T) {
	o := newOffice(t)
	c, m := o.newCase("T-3", "Aya", "Bo", "Cleo")
	pairs, err := c.People.Pairs(t.Context())
	o.must(err)
	if len(pairs) != 3 {
		t.Fatalf("three people are %d pairs", len(pairs))
	}
	o.must(c.People.SetPair(t.Context(), practice.Pair{First: m[2], Second: m[0], Words: "nesting partners"}))
	pairs, err = c.People.Pairs(t.Context())
	o.must(err)
	words := 0
	for _, p := range pairs {
		if p.Words == "nesting partners" {
			words++
		}
	}
	if words != 1 {
		t.Errorf("pairs %+v", pairs)
	}
	refuses(t, "a pair of one", c.People.SetPair(t.Context(), practice.Pair{First: m[0], Second: m[0]}), practice.ErrNotFound)
	refuses(t, "a pair with a stranger", c.People.SetPair(t.Context(), practice.Pair{First: m[0], Second: practice.NewID()}), practice.ErrNotFound)

	_, err = c.People.Add(t.Context(), practice.Member{Name: "Dee"})
	refuses(t, "adding without the second unlock", err, practice.ErrStepUp)
	o.stepUp()
	dee, err := c.People.Add(t.Context(), practice.Member{Name: "Dee"})
	o.must(err)
	if _, err := c.Safety(t.Context(), dee); err != nil {
		t.Errorf("the safety drawer of somebody new: %v", err)
	}
	for _, name := range []string{"Eli", "Fay"} {
		_, err = c.People.Add(t.Context(), practice.Member{Name: name})
		o.must(err)
	}
	before := files(t, o.dir)
	_, err = c.People.Add(t.Context(), practice.Member{Name: "Gus"})
	refuses(t, "a seventh", err, practice.ErrMembers)
	if n := files(t, o.dir); n != before {
		t.Errorf("a refused member left %d drawers", n-before)
	}
	for i := range 3 {
		o.must(c.People.Leave(t.Context(), m[i]))
	}
	present, err := c.People.Present(t.Context())
	o.must(err)
	if len(present) != 3 || present[0].ID != dee {
		t.Errorf("present %+v", present)
	}
	o.must(c.People.Leave(t.Context(), dee))
	refuses(t, "leaving one alone", c.People.Leave(t.Context(), present[1].ID), practice.ErrMembers)

	set := present[1]
	set.Name, set.Description = "Eliot", "nonbinary, grey-asexual"
	o.must(c.People.Set(t.Context(), set))
	sheet := practice.Sheet{Number: "mobile, never the house", Voicemail: practice.VoicemailNeutral, Times: "after four", CodeWord: "the blue kettle", EmergencyName: "a sister"}
	o.must(c.People.SetSheet(t.Context(), set.ID, sheet))
	got, err := c.People.Sheet(t.Context(), set.ID)
	if err != nil || got != sheet {
		t.Errorf("%+v, %v", got, err)
	}
	if got, err = c.People.Sheet(t.Context(), present[2].ID); err != nil || got != (practice.Sheet{}) {
		t.Errorf("another's sheet: %+v, %v", got, err)
	}
	_, err = c.People.Sheet(t.Context(), practice.NewID())
	refuses(t, "a stranger's sheet", err, practice.ErrNotFound)
	sheet.Voicemail = "perhaps"
	refuses(t, "an unknown word", c.People.SetSheet(t.Context(), set.ID, sheet), practice.ErrUnknown)
	o.lock()
}

// A long caseload comes in pages, in the same order as all of it.
func TestCaseloadInPages(t *testing.T) {
	o := newOffice(t)
	ctx := t.Context()
	for _, code := range []string{"B-2", "A-1", "Ü-3", "C-3"} {
		o.newCase(code, "Ilse", "Marek")
	}
	for _, c := range []struct {
		q    practice.Query
		want string
	}{
		{practice.Query{}, "A-1 B-2 C-3 Ü-3"},
		{practice.Query{Page: practice.Page{Size: 3}}, "A-1 B-2 C-3"},
		{practice.Query{Page: practice.Page{From: 3, Size: 3}}, "Ü-3"},
		{practice.Query{Page: practice.Page{From: 1}}, "B-2 C-3 Ü-3"},
		{practice.Query{Page: practice.Page{From: -5, Size: 1}}, "A-1"},
		{practice.Query{Page: practice.Page{From: 9, Size: 3}}, ""},
		{practice.Query{Text: "-3", Page: practice.Page{From: 1, Size: 1}}, "Ü-3"},
		{practice.Query{Text: "Ü"}, "Ü-3"},
		{practice.Query{Text: "c"}, "C-3"},
	} {
		rows, err := o.Caseload(ctx, c.q)
		o.must(err)
		var codes []string
		for _, r := range rows {
			codes = append(codes, r.Code)
		}
		if got := strings.Join(codes, " "); got != c.want {
			t.Errorf("%+v: %q, want %q", c.q, got, c.want)
		}
	}
	o.lock()
}

func TestCaseload(t *testing.T) {
	o := newOffice(t)
	c, m := o.settled("K-12", "Ilse", "Marek")
	other, _ := o.newCase("L-2", "Aya", "Bo")
	ctx := t.Context()
	o.must(o.Relabel(ctx, c.ID, "two trains"))
	past, err := c.Meetings.Put(ctx, practice.Meeting{At: o.c.now().Add(-48 * time.Hour), Minutes: 75})
	o.must(err)
	_, err = c.Meetings.Put(ctx, practice.Meeting{At: o.c.now().Add(72 * time.Hour), Minutes: 75})
	o.must(err)
	soon, err := c.Meetings.Put(ctx, practice.Meeting{At: o.c.now().Add(24 * time.Hour), Minutes: 50, Member: m[0]})
	o.must(err)
	_, err = other.Meetings.Put(ctx, practice.Meeting{At: o.c.now().Add(time.Hour), State: practice.Cancelled})
	o.must(err)
	row := func(code string) practice.CaseRow {
		t.Helper()
		rows, err := o.Caseload(ctx, practice.Query{Text: code})
		o.must(err)
		if len(rows) != 1 {
			t.Fatalf("%d rows for %s", len(rows), code)
		}
		return rows[0]
	}
	if r := row("k-12"); !r.Next.Equal(soon.At) || r.NoteDue != past.Date || r.ReviewDue != "" {
		t.Errorf("%+v", r)
	}
	if r := row("L-2"); !r.Next.IsZero() || r.NoteDue != "" {
		t.Errorf("a cancelled meeting counts: %+v", r)
	}
	need, err := o.NeedsNote(ctx, practice.Page{})
	if err != nil || len(need) != 1 || need[0].Meeting != past.ID || need[0].Code != "K-12" {
		t.Errorf("%+v, %v", need, err)
	}
	if need, err = c.Meetings.NeedNote(ctx, practice.Page{}); err != nil || len(need) != 1 || need[0].Meeting != past.ID {
		t.Errorf("of the case: %+v, %v", need, err)
	}
	if need, err = other.Meetings.NeedNote(ctx, practice.Page{}); err != nil || len(need) != 0 {
		t.Errorf("of another case: %+v, %v", need, err)
	}
	upcoming, err := o.Upcoming(ctx, o.c.now().Add(100*time.Hour))
	if err != nil || len(upcoming) != 2 || upcoming[0].Meeting != soon.ID {
		t.Errorf("%+v, %v", upcoming, err)
	}
	// A joint note answers the need for one, and only when it is signed.
	note := c.Notes.New(practice.Joint, practice.ID{}, o.template(practice.DAP))
	note.Meeting, note.Sections[0].Text = past.ID, "both spoke of the week"
	note, err = c.Notes.Save(ctx, note)
	o.must(err)
	o.must(o.Reindex(ctx, c.ID))
	if row("K-12").NoteDue == "" {
		t.Error("a note that is not signed is enough")
	}
	o.must(c.Notes.Sign(ctx, note.ID))
	if row("K-12").NoteDue != "" {
		t.Error("a signed note is not enough")
	}
	if about, err := c.Notes.About(ctx, past.ID, practice.Page{}); err != nil || len(about) != 1 || about[0].ID != note.ID {
		t.Errorf("about the meeting: %+v, %v", about, err)
	}
	if about, err := c.Notes.About(ctx, soon.ID, practice.Page{}); err != nil || len(about) != 0 {
		t.Errorf("about a meeting without a note: %+v, %v", about, err)
	}
	// Time passes without a write: what was planned needs a note.
	o.c.move(25 * time.Hour)
	if r := row("K-12"); r.NoteDue != soon.Date || r.Next.Sub(soon.At) != 48*time.Hour {
		t.Errorf("a day later: %+v", r)
	}
	review, err := c.Reviews.Put(ctx, practice.ReviewPlan, "2026-03-05")
	o.must(err)
	if r := row("K-12"); r.ReviewDue != "2026-03-05" || r.ReviewKind != practice.ReviewPlan {
		t.Errorf("%+v", r)
	}
	due, err := o.ReviewsDue(ctx, "2026-03-31")
	if err != nil || len(due) != 1 || due[0].Kind != practice.ReviewPlan {
		t.Errorf("%+v, %v", due, err)
	}
	o.must(c.Reviews.Done(ctx, review))
	if r := row("K-12"); r.ReviewDue != "" {
		t.Errorf("%+v", r)
	}
	for query, want := range map[string]string{
		"2026": "K-12 L-2", "2026-03-02": "K-12", "2026-03-0": "K-12 L-2", "12": "K-12", "trains": "", "spoke": "", "Ilse": "", "%": "", "2031": "", "2": "K-12 L-2", "2026-03-02' OR 1": "",
	} {
		rows, err := o.Caseload(ctx, practice.Query{Text: query})
		o.must(err)
		var codes []string
		for _, r := range rows {
			codes = append(codes, r.Code)
		}
		if got := strings.Join(codes, " "); got != want {
			t.Errorf("search for %q finds %q, want %q", query, got, want)
		}
	}
	_, err = o.ReviewsDue(ctx, "soon")
	refuses(t, "no day", err, practice.ErrDay)
	_, err = c.Meetings.Put(ctx, practice.Meeting{At: time.Date(99999, 1, 1, 0, 0, 0, 0, time.UTC)})
	refuses(t, "a far year", err, practice.ErrDay)
	_, err = c.Meetings.Put(ctx, practice.Meeting{At: o.c.now(), Member: practice.NewID()})
	refuses(t, "a meeting with a stranger", err, practice.ErrNotFound)
	o.lock()
}

func TestMeetingsAndContacts(t *testing.T) {
	o := newOffice(t)
	c, m := o.newCase("V-1", "Ilse", "Marek")
	ctx := t.Context()
	meeting, err := c.Meetings.Put(ctx, practice.Meeting{At: o.c.now(), Minutes: 50, Interpreter: "from the agency"})
	o.must(err)
	here := practice.Attendance{Member: m[0], State: practice.Present, Video: true, Place: "the car, parked", Earshot: "nobody"}
	o.must(c.Meetings.Attend(ctx, meeting.ID, here))
	o.must(c.Meetings.Attend(ctx, meeting.ID, practice.Attendance{Member: m[1], State: practice.Absent}))
	o.must(c.Meetings.Attend(ctx, meeting.ID, practice.Attendance{Member: m[1], State: practice.Part}))
	got, err := c.Meetings.Meeting(ctx, meeting.ID)
	if err != nil || len(got.Attendance) != 2 || got.Attendance[0] != here || got.Attendance[1].State != practice.Part || got.Interpreter != "from the agency" {
		t.Errorf("%+v, %v", got, err)
	}
	refuses(t, "attending nothing", c.Meetings.Attend(ctx, practice.NewID(), here), practice.ErrNotFound)
	here.State = "asleep"
	refuses(t, "an unknown word", c.Meetings.Attend(ctx, meeting.ID, here), practice.ErrUnknown)
	k, err := c.Contacts.Put(ctx, practice.Contact{Member: m[1], At: o.c.now(), Way: "call", Incoming: true, Words: "moved the meeting"})
	o.must(err)
	o.must(c.Close(ctx))
	_, err = c.Contacts.Put(ctx, practice.Contact{At: o.c.now().Add(time.Hour), Way: "letter", Words: "from the GP"})
	o.must(err)
	all, err := c.Contacts.All(ctx, practice.Page{})
	if err != nil || len(all) != 2 || all[1].ID != k.ID || !all[1].Incoming {
		t.Errorf("%+v, %v", all, err)
	}
	_, err = c.Meetings.Put(ctx, practice.Meeting{At: o.c.now()})
	refuses(t, "a meeting of a closed case", err, practice.ErrCaseClosed)
	o.must(c.Reopen(ctx))
	_, err = c.Meetings.Put(ctx, practice.Meeting{At: o.c.now()})
	o.must(err)
	o.lock()
}

// A drawer of a case that is put back to an older one is told when it is opened.
func TestOlderRecordIsTold(t *testing.T) {
	o := newOffice(t)
	c, _ := o.newCase("K-1", "Ilse", "Marek")
	o.write(c.Notes, practice.Joint, practice.ID{}, "the first")
	o = o.again()
	o.lock()
	before := copyFolder(t, o.dir)
	o = openOffice(t, o.c, o.dir)
	c = o.open(c.ID)
	o.write(c.Notes, practice.Joint, practice.ID{}, "the second")
	o.lock()
	putBack(t, before, o.dir)
	o = openOffice(t, o.c, o.dir)
	o.open(c.ID)
	older := 0
	for _, n := range o.session.Notices() {
		if n.Kind == vault.OlderDrawer {
			older++
		}
	}
	if older != 1 {
		t.Errorf("told %d times: %+v", older, o.session.Notices())
	}
	o.lock()
}

// putBack puts the drawers of cases back to what they were in an older copy. Those that
// it has not stay as they are.
func putBack(t *testing.T, from, to string) {
	t.Helper()
	entries, err := os.ReadDir(from)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if name := strings.TrimSuffix(e.Name(), "-wal"); len(name) == 24 {
			old, err := os.ReadFile(filepath.Join(from, e.Name()))
			if err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(filepath.Join(to, e.Name()), old, 0o600); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// A record that was put back to a day before somebody came has lost them, and takes
// nothing of theirs with it: what lies in their safety drawer is there.
func TestASafetyDrawerOutlivesItsRecord(t *testing.T) {
	o := newOffice(t)
	c, _ := o.newCase("K-1", "Ilse", "Marek")
	o = o.again()
	o.lock()
	before := copyFolder(t, o.dir)
	o = openOffice(t, o.c, o.dir)
	c = o.open(c.ID)
	o.stepUp()
	noa, err := c.People.Add(t.Context(), practice.Member{Name: "Noa"})
	o.must(err)
	safety, err := c.Safety(t.Context(), noa)
	o.must(err)
	note := o.write(safety, practice.SafetyNote, practice.ID{}, "what Noa said")
	o.lock()
	putBack(t, before, o.dir)
	o = openOffice(t, o.c, o.dir)
	c = o.open(c.ID)
	if all, err := c.People.All(t.Context()); err != nil || len(all) != 2 {
		t.Fatalf("the older record has %d people, %v", len(all), err)
	}
	o.stepUp()
	safety, err = c.Safety(t.Context(), noa)
	o.must(err)
	if got, err := safety.Note(t.Context(), note.ID); err != nil || got.Sections[0].Text != "what Noa said" {
		t.Errorf("%+v, %v", got, err)
	}
	o.lock()
}

// A crash between a new member's drawer and the member leaves neither.
func TestHalfAMember(t *testing.T) {
	o := newOffice(t)
	c, _ := o.newCase("K-1", "Ilse", "Marek")
	before := files(t, o.dir)
	o.stepUp()
	o.must(c.HalfAMember(t.Context()))
	if n := files(t, o.dir); n != before+1 {
		t.Fatalf("%d drawers more", n-before)
	}
	o = o.again()
	c = o.open(c.ID) // without the second unlock
	if n, err := c.Loose(t.Context()); err != nil || n != 0 {
		t.Errorf("%d are left, %v", n, err)
	}
	if n := files(t, o.dir); n != before {
		t.Errorf("%d drawers more", n-before)
	}
	if n, err := o.Unsettled(t.Context()); err != nil || n != 0 {
		t.Errorf("%d not settled, %v", n, err)
	}
	o.lock()
}
