package practice_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"ebb/vault"
	"ebb/vault/drawer"
	"ebb/vault/keys"
	"ebb/vault/practice"
)

func TestSecondUnlock(t *testing.T) {
	o := newOffice(t)
	c, m := o.newCase("S-1", "Ilse", "Marek")
	ctx := t.Context()
	needs := func(what string) {
		t.Helper()
		_, err := c.Process(ctx)
		refuses(t, what+": process", err, practice.ErrStepUp)
		_, err = c.Safety(ctx, m[0])
		refuses(t, what+": safety", err, practice.ErrStepUp)
		_, err = c.Risk(ctx)
		refuses(t, what+": risk", err, practice.ErrStepUp)
		if !o.StepUpUntil().IsZero() {
			t.Errorf("%s: it says that it lasts until %v", what, o.StepUpUntil())
		}
	}
	needs("at first")
	refuses(t, "a wrong passphrase", o.StepUp(ctx, []byte("not this one at all")), vault.ErrWrongPassphrase)
	needs("after a wrong passphrase")
	o.stepUp()
	began := o.c.now()
	process, err := c.Process(ctx)
	o.must(err)
	note := o.write(process, practice.ProcessNote, practice.ID{}, "what went on in me")
	o.c.move(practice.StepUpTime - time.Millisecond)
	// Using it does not make it longer.
	_, err = process.Note(ctx, note.ID)
	o.must(err)
	if !o.StepUpUntil().Equal(began.Add(practice.StepUpTime)) {
		t.Errorf("it lasts until %v", o.StepUpUntil())
	}
	if ended, err := o.Expire(ctx); ended || err != nil {
		t.Errorf("it ended early: %v", err)
	}
	o.c.move(time.Millisecond)
	// Nobody called Expire, and still nothing answers.
	for what, err := range map[string]error{
		"reading":   second(process.Note(ctx, note.ID)),
		"listing":   second(process.List(ctx, practice.NoteFilter{}, practice.Page{})),
		"searching": second(process.Search(ctx, "went", practice.Page{})),
		"drafting":  process.SaveDraft(ctx, note),
		"saving":    save(ctx, process, note),
		"signing":   process.Sign(ctx, note.ID),
		"drafts":    second(process.Drafts(ctx)),
	} {
		refuses(t, what+" after the time", err, practice.ErrStepUp)
	}
	needs("after the time")
	o.stepUp()
	if got, err := process.Note(ctx, note.ID); err != nil || got.Sections[0].Text != "what went on in me" {
		t.Errorf("unlocked again: %+v, %v", got, err)
	}
	o.c.move(-time.Second)
	_, err = process.Note(ctx, note.ID)
	refuses(t, "with a clock that went back", err, practice.ErrStepUp)
	o.c.move(time.Second)
	needs("after a clock that went back")
	o.stepUp()
	o.must(o.StepDown(ctx))
	needs("after the end")
	o.stepUp()
	o = o.again()
	c = o.open(c.ID)
	needs("after a lock")
	o.lock()
}

func second[T any](_ T, err error) error { return err }

// When its time is up, the drawers are closed and their keys are gone, also if nobody
// asks for anything.
func TestExpireClosesDrawers(t *testing.T) {
	o := newOffice(t)
	c, m := o.newCase("S-2", "Ilse", "Marek")
	o.stepUp()
	safety, err := c.Safety(t.Context(), m[0])
	o.must(err)
	o.write(safety, practice.SafetyNote, practice.ID{}, "a note")
	file, _, _, err := o.ApartDrawer(t.Context(), c.ID, false, m[0])
	o.must(err)
	// A drawer that is open here cannot be opened once more.
	_, err = drawer.Verify(t.Context(), filepath.Join(o.dir, file), drawer.ID{}, drawer.Key{}, nil)
	refuses(t, "while it lasts", err, drawer.ErrInUse)
	o.c.move(practice.StepUpTime)
	ended, err := o.Expire(t.Context())
	if !ended || err != nil {
		t.Fatalf("ended %v, %v", ended, err)
	}
	_, err = drawer.Verify(t.Context(), filepath.Join(o.dir, file), drawer.ID{}, drawer.Key{}, nil)
	refuses(t, "after it", err, drawer.ErrDamaged)
	o.lock()
}

// fillApart writes the canary wherever something lies behind the second unlock.
func fillApart(o *office, c *practice.Case, m []practice.ID) {
	o.t.Helper()
	ctx := o.t.Context()
	o.stepUp()
	process, err := c.Process(ctx)
	o.must(err)
	risk, err := c.Risk(ctx)
	o.must(err)
	safety, err := c.Safety(ctx, m[0])
	o.must(err)
	for i, n := range []*practice.Notes{process, risk, safety} {
		audience := practice.SafetyNote
		if i == 0 {
			audience = practice.ProcessNote
		}
		signed := o.write(n, audience, practice.ID{}, canary+" signed")
		o.must(n.Sign(ctx, signed.ID))
		o.must(n.Amend(ctx, signed.ID, []practice.Section{{Key: "text", Text: canary + " amended"}}, canary+" because"))
		o.write(n, audience, practice.ID{}, canary+" open")
		gone := o.write(n, audience, practice.ID{}, canary+" discarded")
		o.must(n.Discard(ctx, gone.ID))
		draft := n.New(audience, practice.ID{}, o.template(practice.Free))
		draft.Sections[0].Text = canary + " draft"
		o.must(n.SaveDraft(ctx, draft))
	}
	o.must(o.StepDown(ctx))
}

// everything is what the office shows of a case without the second unlock, and every
// row that its record and the practice drawer hold but the audit.
func everything(o *office, c *practice.Case, m []practice.ID) string {
	o.t.Helper()
	ctx := o.t.Context()
	var b strings.Builder
	show := func(what string, v any, err error) {
		o.t.Helper()
		if err != nil {
			o.t.Fatalf("%s: %v", what, err)
		}
		encoded, err := json.Marshal(v)
		o.must(err)
		fmt.Fprintf(&b, "%s: %s\n", what, encoded)
	}
	for _, query := range []string{"", "signed", canary, "2026", "S-3"} {
		rows, err := o.Caseload(ctx, practice.Query{Text: query})
		show("caseload "+query, rows, err)
		found, err := c.Notes.Search(ctx, query, practice.Page{})
		show("search "+query, found, err)
	}
	need, err := o.NeedsNote(ctx, practice.Page{})
	show("needs note", need, err)
	due, err := o.ReviewsDue(ctx, "2100-01-01")
	show("due", due, err)
	rows, err := c.Notes.List(ctx, practice.NoteFilter{}, practice.Page{})
	show("list", rows, err)
	drafts, err := c.Notes.Drafts(ctx)
	show("drafts", drafts, err)
	for _, template := range []string{practice.Interview, practice.SafetyPlan, practice.Free} {
		if _, err := c.Notes.Latest(ctx, template); err != nil && !errors.Is(err, practice.ErrNotFound) {
			o.t.Error(err)
		}
	}
	for _, id := range m {
		k, err := c.CheckIns.Of(ctx, id, practice.Page{})
		show("check-ins", k, err)
	}
	table, err := c.Prep.Table(ctx)
	show("table", table, err)
	mine, err := c.Prep.Mine(ctx)
	show("mine", mine, err)
	items, err := c.Menu.Items(ctx)
	show("menu", items, err)
	report, err := o.session.Check(ctx, nil)
	show("check", report.Sound(), err)
	d, err := o.RecordDrawer(ctx, c.ID)
	o.must(err)
	b.WriteString(dump(o, d, ""))
	d, err = o.CaseloadDrawer(ctx)
	o.must(err)
	b.WriteString(dump(o, d, "audit"))
	return b.String()
}

// dump is every row of every table of a drawer but one.
func dump(o *office, d *drawer.Drawer, but string) string {
	o.t.Helper()
	ctx := o.t.Context()
	var b strings.Builder
	o.must(d.View(ctx, func(tx *drawer.Tx) error {
		names, err := tx.Query(ctx, `SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'note_text%' AND name <> ? ORDER BY name`, but)
		if err != nil {
			return err
		}
		defer names.Close()
		var tables []string
		for names.Next() {
			var name string
			if err := names.Scan(&name); err != nil {
				return err
			}
			tables = append(tables, name)
		}
		for _, name := range tables {
			rows, err := tx.Query(ctx, `SELECT * FROM `+name)
			if err != nil {
				return err
			}
			columns, err := rows.Columns()
			if err != nil {
				return err
			}
			for rows.Next() {
				values, into := make([]any, len(columns)), make([]any, len(columns))
				for i := range values {
					into[i] = &values[i]
				}
				if err := rows.Scan(into...); err != nil {
					return err
				}
				if name == "case_drawer" {
					values = values[:len(values)-1] // seen: any opening of a drawer counts
				}
				fmt.Fprintf(&b, "%s %q\n", name, values)
			}
			if err := errors.Join(rows.Err(), rows.Close()); err != nil {
				return err
			}
		}
		return names.Err()
	}))
	return b.String()
}

// Whether or not anything lies behind the second unlock, everything else is the same:
// each page, each search, each export, each row, and how many files there are and how
// large.
func TestApartIsAbsent(t *testing.T) {
	o := newOffice(t)
	c, m := o.settled("S-3", "Ilse", "Marek")
	ctx := t.Context()
	meeting, err := c.Meetings.Put(ctx, practice.Meeting{At: o.c.now().Add(-time.Hour)})
	o.must(err)
	note := c.Notes.New(practice.Joint, practice.ID{}, o.template(practice.DAP))
	note.Meeting, note.Sections[0].Text = meeting.ID, "signed and seen"
	o.must(save(ctx, c.Notes, note))
	o.must(c.CheckIns.Enter(ctx, practice.CheckIn{ID: practice.NewID(), Member: m[0], Answers: map[int][]string{1: {"often"}}}))
	export := func() string {
		t.Helper()
		var b bytes.Buffer
		o.must(c.Export(ctx, &b))
		return b.String()
	}
	before, exportBefore, filesBefore := everything(o, c, m), export(), entrusted(t, o.dir)
	fillApart(o, c, m)
	after, exportAfter := everything(o, c, m), export()
	if before != after {
		t.Errorf("what is seen differs:\n%s\n---\n%s", before, after)
	}
	if exportBefore != exportAfter || !strings.Contains(exportAfter, "signed and seen") {
		t.Errorf("the exports differ:\n%s\n---\n%s", exportBefore, exportAfter)
	}
	var parsed map[string]any
	if err := json.Unmarshal([]byte(exportAfter), &parsed); err != nil || len(parsed) != len(practice.ExportedTables())+1 {
		t.Errorf("the export holds %d fields, %v", len(parsed), err)
	}
	for what, text := range map[string]string{"a page or a row": after, "an export": exportAfter} {
		for _, shape := range shapes() {
			// The search for the canary is named by its query.
			if n := bytes.Count([]byte(text), shape); n > strings.Count(text, "caseload "+canary)+strings.Count(text, "search "+canary) {
				t.Errorf("%s holds the canary", what)
			}
		}
	}
	// The audit says that something behind the second unlock was done, and not whose.
	events, err := o.Audit.Events(ctx, practice.Page{Size: practice.MostRows})
	o.must(err)
	apart := 0
	for _, e := range events {
		if e.Class != practice.ClassApart {
			continue
		}
		apart++
		if e.Case != (practice.ID{}) || e.Object != (practice.ID{}) {
			t.Errorf("an event says whose: %+v", e)
		}
	}
	if apart == 0 {
		t.Error("no event")
	}
	noPlaintext(t, o.dir)
	o.lock()
	noPlaintext(t, o.dir)
	filesAfter := entrusted(t, o.dir)
	if len(filesAfter) != len(filesBefore) {
		t.Errorf("%d files before, %d after", len(filesBefore), len(filesAfter))
	}
	for name, info := range filesAfter {
		if was := filesBefore[name]; was == nil || was.Size() != info.Size() {
			t.Errorf("a file has another name or size: %d bytes", info.Size())
		}
		if !info.ModTime().Equal(o.c.now()) {
			t.Errorf("a file has a time of its own: %v", info.ModTime())
		}
	}
}

// The keys that an open session has, and all that the practice drawer holds, open
// nothing that lies behind the second unlock.
func TestRecordKeysDoNotOpenApart(t *testing.T) {
	o := newOffice(t)
	c, m := o.newCase("S-4", "Ilse", "Marek")
	fillApart(o, c, m)
	type place struct {
		file    string
		id      drawer.ID
		wrapped []byte
	}
	var places []place
	for _, of := range []struct {
		process bool
		member  practice.ID
	}{{true, practice.ID{}}, {false, practice.ID{}}, {false, m[0]}, {false, m[1]}} {
		file, id, wrapped, err := o.ApartDrawer(t.Context(), c.ID, of.process, of.member)
		o.must(err)
		if len(wrapped) != keys.WrappedSize {
			t.Fatalf("a wrapped key has %d bytes", len(wrapped))
		}
		places = append(places, place{file, id, wrapped})
	}
	// Every run of 32 bytes of what the practice drawer holds is tried as a key, and with
	// them the keys of the ring.
	var tried []drawer.Key
	window := func(b []byte) {
		for i := 0; i+len(drawer.Key{}) <= len(b); i++ {
			tried = append(tried, drawer.Key(b[i:]))
		}
	}
	d, err := o.CaseloadDrawer(t.Context())
	o.must(err)
	o.must(d.View(t.Context(), func(tx *drawer.Tx) error {
		rows, err := tx.Query(t.Context(), `SELECT key FROM case_drawer`)
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			var key []byte
			if err := rows.Scan(&key); err != nil {
				return err
			}
			window(key)
		}
		return rows.Err()
	}))
	o.lock()
	f, err := keys.Open(filepath.Join(o.dir, "keys"), keys.InsecureCheapKDF())
	o.must(err)
	seat, _, err := f.Unlock(t.Context(), []byte(pass))
	o.must(err)
	defer seat.Close()
	for _, d := range seat.Ring().Drawers {
		window(d.Key[:])
	}
	if len(seat.Ring().Drawers) != 1 || seat.Ring().Drawers[0].Role != keys.Caseload {
		t.Errorf("the ring names %d drawers", len(seat.Ring().Drawers))
	}
	if len(tried) < 1+1+4*41 {
		t.Fatalf("%d keys to try", len(tried))
	}
	for _, p := range places {
		for _, key := range tried {
			if _, err := drawer.Verify(t.Context(), filepath.Join(o.dir, p.file), p.id, key, nil); !errors.Is(err, drawer.ErrDamaged) {
				t.Fatalf("a key of the record opens it: %v", err)
			}
		}
	}
	// With the passphrase typed once more, they open; so the test could have failed.
	up, err := seat.StepUp(t.Context(), []byte(pass))
	o.must(err)
	defer up.Close()
	for i, p := range places {
		var key drawer.Key
		o.must(up.Unwrap(p.id, p.wrapped, (*[32]byte)(&key)))
		if _, err := drawer.Verify(t.Context(), filepath.Join(o.dir, p.file), p.id, key, nil); err != nil {
			t.Errorf("the right key does not open it: %v", err)
		}
		// And no key opens another's drawer.
		if err := up.Unwrap(places[(i+1)%len(places)].id, p.wrapped, (*[32]byte)(&key)); err == nil {
			t.Error("a wrapped key opens for another drawer")
		}
	}
}

// Two persons' safety records do not touch, and neither does the case's.
func TestSafetyRecordsAreEachTheirOwn(t *testing.T) {
	o := newOffice(t)
	c, m := o.newCase("S-5", "Ilse", "Marek")
	ctx := t.Context()
	o.stepUp()
	first, err := c.Safety(ctx, m[0])
	o.must(err)
	o.write(first, practice.SafetyNote, practice.ID{}, canary)
	other, err := c.Safety(ctx, m[1])
	o.must(err)
	risk, err := c.Risk(ctx)
	o.must(err)
	process, err := c.Process(ctx)
	o.must(err)
	for what, n := range map[string]*practice.Notes{"the other person's": other, "the case's": risk, "process": process} {
		rows, err := n.Search(ctx, canary, practice.Page{})
		if err != nil || len(rows) != 0 {
			t.Errorf("%s: %d found, %v", what, len(rows), err)
		}
	}
	if rows, err := first.Search(ctx, canary, practice.Page{}); err != nil || len(rows) != 1 {
		t.Errorf("its own: %d found, %v", len(rows), err)
	}
	o.lock()
}
