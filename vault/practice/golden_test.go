package practice_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"ebb/scripts/reader/golden"
	"ebb/vault"
	"ebb/vault/drawer"
	"ebb/vault/keys"
	"ebb/vault/practice"
)

var update = flag.Bool("update", false, "make the golden practice anew, in the place of the one that was kept")

// The golden practice is a vault of an earlier day, kept for ever as those of homes are:
// see vault/testdata/golden/README.md. OFFICE.json says what is in it.
const (
	goldenFolder = "testdata/golden"
	goldenName   = "office"
)

// goldenOffice is what stands in office.json.
type goldenOffice struct {
	About      string            `json:"about"`
	Name       string            `json:"name"` // of the practitioner
	Passphrase string            `json:"passphrase"`
	Recovery   string            `json:"recovery"` // recovery words
	Records    map[string]string `json:"records"`  // by the code of the case, as ebb export writes them
	Apart      map[string][]room `json:"apart"`    // by the code of the case
}

// A room is what lies in one drawer behind the second unlock.
type room struct {
	Role   string   `json:"role"`
	Member string   `json:"member,omitempty"` // the member's name; none for that of the case
	Notes  []string `json:"notes"`            // first sections, the latest first
	Drafts []string `json:"drafts"`
}

func readGolden(t testing.TB) (g goldenOffice) {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(goldenFolder, goldenName+".json"))
	if err != nil {
		t.Fatal(err)
	}
	strict := json.NewDecoder(bytes.NewReader(text))
	strict.DisallowUnknownFields()
	if err := strict.Decode(&g); err != nil {
		t.Fatal(err)
	}
	return g
}

// described is what a practice holds, as it is to be kept beside it.
func (o *office) described() (records map[string]string, apart map[string][]room) {
	o.t.Helper()
	ctx := o.t.Context()
	records, apart = map[string]string{}, map[string][]room{}
	open, err := o.Caseload(ctx, practice.Query{})
	o.must(err)
	closed, err := o.Caseload(ctx, practice.Query{Closed: true})
	o.must(err)
	for _, row := range append(open, closed...) {
		c := o.open(row.ID)
		var record bytes.Buffer
		o.must(c.Export(ctx, &record))
		records[row.Code] = record.String()
		look := func(role, member string, n *practice.Notes, err error) {
			o.t.Helper()
			o.must(err)
			r := room{Role: role, Member: member, Notes: []string{}, Drafts: []string{}}
			rows, err := n.List(ctx, practice.NoteFilter{}, practice.Page{})
			o.must(err)
			for _, row := range rows {
				note, err := n.Note(ctx, row.ID)
				o.must(err)
				r.Notes = append(r.Notes, note.Sections[0].Text)
			}
			drafts, err := n.Drafts(ctx)
			o.must(err)
			for _, d := range drafts {
				r.Drafts = append(r.Drafts, d.Note.Sections[0].Text)
			}
			apart[row.Code] = append(apart[row.Code], r)
		}
		process, err := c.Process(ctx)
		look("process", "", process, err)
		risk, err := c.Risk(ctx)
		look("safety", "", risk, err)
		members, err := c.People.All(ctx)
		o.must(err)
		for _, m := range members {
			safety, err := c.Safety(ctx, m.ID)
			look("safety", m.Name, safety, err)
		}
	}
	return records, apart
}

// What was written in an office once opens in every later Ebb, with the same words in
// it, and what lies behind the second unlock with them.
func TestGoldenPractice(t *testing.T) {
	if *update {
		makeGolden(t)
	}
	g := readGolden(t)
	for _, passphrase := range []string{g.Passphrase, g.Recovery} {
		dir := filepath.Join(t.TempDir(), "Office.ebb")
		if err := golden.Unpack(filepath.Join(goldenFolder, goldenName+".ebb"), dir); err != nil {
			t.Fatal(err)
		}
		c := newClock()
		v, err := vault.Open(dir, options(c))
		if err != nil {
			t.Fatal(err)
		}
		s, _, err := v.Unlock(t.Context(), []byte(passphrase))
		if err != nil {
			t.Fatal(err)
		}
		p, err := practice.Open(t.Context(), s, c.now)
		if err != nil {
			t.Fatal(err)
		}
		o := &office{p, t, c, dir, s}
		o.must(o.StepUp(t.Context(), []byte(passphrase)))
		records, apart := o.described()
		for code, want := range g.Records {
			if records[code] != want {
				t.Errorf("the record of %s is\n%s\nand was\n%s", code, records[code], want)
			}
		}
		before, err := json.Marshal(g.Apart)
		o.must(err)
		after, err := json.Marshal(apart)
		o.must(err)
		if len(records) != len(g.Records) || !bytes.Equal(before, after) {
			t.Errorf("%d records; what lies apart is\n%s\nand was\n%s", len(records), after, before)
		}
		o.must(o.Audit.Verify(t.Context(), practice.Event{}))
		if report, err := o.Check(t.Context(), nil); err != nil || !report.Sound() || report.NotChecked != 0 {
			t.Errorf("%+v, %v", report, err)
		}
		o.lock()
	}
}

// fillRecord puts something in every table that an export has, but for own exercises.
func fillRecord(o *office, c *practice.Case, m []practice.ID) {
	o.t.Helper()
	ctx := o.t.Context()
	o.must(c.People.SetPair(ctx, practice.Pair{First: m[0], Second: m[1], Words: "married, they say"}))
	o.must(c.People.SetSheet(ctx, m[0], practice.Sheet{Number: "+49 30 0", Voicemail: practice.VoicemailNo, CodeWord: "heron"}))
	_, err := c.Contacts.Put(ctx, practice.Contact{Member: m[1], At: o.c.now().Add(-time.Hour), Way: "call", Incoming: true, Words: "asked for another day"})
	o.must(err)
	o.must(c.Intake.Put(ctx, m[0], practice.IntakeSections[0], "in her own words"))
	_, err = c.Consents.Issue(ctx, practice.ExercisesConsent)
	o.must(err)
	o.sign(c, practice.ExercisesConsent, m...)
	var near, words string
	for _, e := range c.Menu.Library().All() {
		if e.Closeness == 1 && near == "" {
			near = e.ID
		} else if e.Closeness == 0 && words == "" {
			words = e.ID
		}
	}
	o.must(c.Menu.Offer(ctx, practice.Offer{Exercise: near, Override: "one of them comes next week"}))
	o.must(c.Menu.Offer(ctx, practice.Offer{Exercise: words, Note: "if you like"}))
	o.must(c.Menu.Rest(ctx, near))
	o.must(c.Screening.SeenAlone(ctx, m[0], ""))
	o.must(c.Limits.Set(ctx, practice.Limit{Closeness: 2}))
	_, err = c.Progress.Put(ctx, practice.Observation{Member: m[0], Domain: practice.Communication, Words: "we spoke in the car", Context: []string{"work"}, Source: practice.Told, Released: true})
	o.must(err)
	feedback, err := c.Feedback.Put(ctx, practice.FeedbackEntry{Member: m[0], Keep: "the quiet", Change: "the hour"})
	o.must(err)
	o.must(c.Feedback.Reply(ctx, feedback.ID, "we begin later"))
	_, err = c.Prep.Add(ctx, practice.OnTable, "how was the walk?")
	o.must(err)
	_, err = c.Prep.Add(ctx, practice.OnMine, "less from me")
	o.must(err)
	_, err = c.Prep.AddAlone(ctx, m[0], "to ask alone")
	o.must(err)
	_, err = c.Reviews.Put(ctx, practice.ReviewPlan, "2026-06-01")
	o.must(err)
	var record bytes.Buffer
	o.must(c.Export(ctx, &record))
	var tables map[string]json.RawMessage
	o.must(json.Unmarshal(record.Bytes(), &tables))
	for _, name := range practice.ExportedTables() {
		if string(tables[name]) == "[]" && name != "ownExercises" && !strings.HasPrefix(name, "checkIns") {
			o.t.Errorf("%s is empty", name)
		}
	}
}

// makeGolden makes the golden practice.
//
//	go test -tags "…" -run TestGoldenPractice -update ./vault/practice
func makeGolden(t *testing.T) {
	t.Helper()
	ctx := t.Context()
	o := newOffice(t)
	g := goldenOffice{About: "one practitioner with one case of two people, and something in each drawer", Name: "Dana", Passphrase: pass}
	c, m := o.settled("K-1", "Ilse", "Marek")
	o.must(o.Relabel(ctx, c.ID, "the two from the mill <&> \u2028 \"quoted\""))
	meeting, err := c.Meetings.Put(ctx, practice.Meeting{At: o.c.now().Add(-26 * time.Hour), Interpreter: "Yusuf"})
	o.must(err)
	o.must(c.Meetings.Attend(ctx, meeting.ID, practice.Attendance{Member: m[0], State: practice.Present}))
	joint := c.Notes.New(practice.Joint, practice.ID{}, o.template(practice.DAP))
	joint.Meeting = meeting.ID
	joint.Sections[0].Text = "They spoke of sleep & of <rest>.\n\tNo more than that, \u2028 \"in their words\" \\ é \u00e9 日本."
	joint, err = c.Notes.Save(ctx, joint)
	o.must(err)
	o.must(c.Notes.Sign(ctx, joint.ID))
	o.c.move(90 * time.Minute)
	o.must(c.Notes.Amend(ctx, joint.ID, []practice.Section{{Key: "data", Text: "amended: they spoke of rest"}}, "a word was wrong"))
	o.write(c.Notes, practice.Individual, m[0], "what Ilse said alone, which is part of the record")
	o.must(c.Plan.Put(ctx, "to meet six times"))
	_, err = c.Files.Attach(ctx, "letter", m[1], bytes.NewReader([]byte("%PDF-1.7\na letter")))
	o.must(err)
	fillRecord(o, c, m)
	o.stepUp()
	sheet := practice.CheckIn{ID: practice.NewID(), Member: m[0], Answers: map[int][]string{1: {"often"}, 10: {"a little"}}}
	o.must(c.CheckIns.Enter(ctx, sheet))
	sheet.Answers = map[int][]string{1: {"hardly"}, 10: {"yes"}}
	o.must(c.CheckIns.Correct(ctx, sheet))
	process, err := c.Process(ctx)
	o.must(err)
	o.write(process, practice.ProcessNote, practice.ID{}, "what went on in me: apart")
	risk, err := c.Risk(ctx)
	o.must(err)
	o.write(risk, practice.SafetyNote, practice.ID{}, "of the case: apart")
	safety, err := c.Safety(ctx, m[0])
	o.must(err)
	signed := o.write(safety, practice.SafetyNote, practice.ID{}, "of Ilse: apart")
	o.must(safety.Sign(ctx, signed.ID))
	draft := safety.New(practice.SafetyNote, practice.ID{}, o.template(practice.Free))
	draft.Sections[0].Text = "of Ilse, being written: apart"
	o.must(safety.SaveDraft(ctx, draft))
	g.Recovery, err = o.session.NewRecovery(ctx, []byte(pass))
	o.must(err)
	o = o.again()
	o.stepUp()
	g.Records, g.Apart = o.described()
	drawers, err := o.DrawerKeys(ctx)
	o.must(err)
	o.lock()

	file, err := keys.Open(filepath.Join(o.dir, "keys"), keys.InsecureCheapKDF())
	o.must(err)
	seat, _, err := file.Unlock(ctx, []byte(pass))
	o.must(err)
	defer seat.Close()
	const copySize, pagesAt, pageSize = 106_496, 16_384, 4_096
	counts := map[string][]golden.Part{"keys": {{Size: copySize}, {At: copySize, Size: copySize}}}
	for _, d := range slices.Concat(seat.Ring().Drawers, drawers) {
		report, err := drawer.Verify(ctx, filepath.Join(o.dir, d.Name), drawer.ID(d.ID), drawer.Key(*d.Key), nil)
		if err != nil || len(report.Problems) > 0 {
			t.Fatalf("%+v, %v", report, err)
		}
		counts[d.Name] = []golden.Part{{Size: 84}, {At: 8192, Size: 84}, {At: pagesAt, Size: report.Pages * pageSize}}
		counts[d.Name+"-wal"] = []golden.Part{{Size: 16*report.Pages + 40}} // the table of tags
	}
	// The second copy of the key file is the first one again, which is packed once.
	both, err := os.ReadFile(filepath.Join(o.dir, "keys"))
	o.must(err)
	copy(both[len(both)/2:], both)
	o.must(os.WriteFile(filepath.Join(o.dir, "keys"), both, 0o600))
	packed := filepath.Join(goldenFolder, goldenName+".ebb")
	o.must(os.RemoveAll(packed))
	o.must(os.MkdirAll(goldenFolder, 0o755))
	o.must(golden.Pack(packed, o.dir, counts))
	var text bytes.Buffer
	e := json.NewEncoder(&text)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	o.must(e.Encode(g))
	o.must(os.WriteFile(filepath.Join(goldenFolder, goldenName+".json"), text.Bytes(), 0o644))
}
