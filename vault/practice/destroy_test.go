package practice_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"ebb/vault/drawer"
	"ebb/vault/practice"
)

func TestDestroy(t *testing.T) {
	o := newOffice(t)
	kept, m := o.settled("D-1", "Ilse", "Marek")
	o.write(kept.Notes, practice.Joint, practice.ID{}, "what stays")
	gone, g := o.newCase("D-2", "Aya", "Bo")
	o.must(o.Relabel(t.Context(), gone.ID, canary))
	fillApart(o, gone, g)
	o.write(gone.Notes, practice.Joint, practice.ID{}, canary)
	_, err := gone.Meetings.Put(t.Context(), practice.Meeting{At: o.c.now()})
	o.must(err)
	ctx := t.Context()
	destroy := func() error { return second(o.Destroy(ctx, gone.ID, "seven years after the last contact", nil)) }
	refuses(t, "an open case", destroy(), practice.ErrNotClosed)
	o.must(gone.Close(ctx))
	o.must(gone.Keep(ctx, "2026-03-05", false))
	refuses(t, "before its day", destroy(), practice.ErrKept)
	o.must(gone.Keep(ctx, "2026-03-04", true))
	refuses(t, "while it is held", destroy(), practice.ErrKept)
	refuses(t, "no day", gone.Keep(ctx, "later", false), practice.ErrDay)
	o.must(gone.Keep(ctx, "2026-03-04", false))
	refuses(t, "without a rule", second(o.Destroy(ctx, gone.ID, " ", nil)), practice.ErrEmpty)
	refuses(t, "a case that there is not", second(o.Destroy(ctx, practice.NewID(), "a rule", nil)), practice.ErrNotFound)
	before := copyFolder(t, o.dir)
	cert, err := o.Destroy(ctx, gone.ID, "seven years after the last contact", nil)
	o.must(err)
	if cert.Drawers != 5 || len(cert.Files) != 5 || len(cert.Left) != 0 || cert.Day != "2026-03-04" {
		t.Errorf("%+v", cert)
	}
	for _, file := range cert.Files {
		for _, name := range []string{file, file + "-wal"} {
			if _, err := os.Stat(filepath.Join(o.dir, name)); !os.IsNotExist(err) {
				t.Errorf("a file of it is there: %v", err)
			}
			// The certificate finds what is left in a copy from before.
			if _, err := os.Stat(filepath.Join(before, name)); err != nil {
				t.Errorf("an earlier copy lacks it: %v", err)
			}
		}
	}
	_, err = o.OpenCase(ctx, gone.ID)
	refuses(t, "opening it", err, practice.ErrNotFound)
	o = o.again()
	// Neither a key, nor the code, the label, an id or a meeting of it is left; only
	// what the audit told and the certificate.
	d, err := o.CaseloadDrawer(ctx)
	o.must(err)
	left := dump(o, d, "audit")
	for _, trace := range []string{"D-2", canary, string(gone.ID[:])} {
		if strings.Contains(left, trace) || strings.Contains(left, strings.Trim(fmt.Sprintf("%q", trace), `"`)) {
			t.Errorf("%q is left", trace)
		}
	}
	if n := strings.Count(left, "case_drawer"); n != 5 {
		t.Errorf("%d drawers are known, want those of the other case", n)
	}
	all, err := o.Certificates(ctx)
	if err != nil || len(all) != 1 || all[0].ID != cert.ID || all[0].KeysHash != cert.KeysHash || all[0].Rule != cert.Rule {
		t.Errorf("%+v, %v", all, err)
	}
	other := o.open(kept.ID)
	if rows, err := other.Notes.List(ctx, practice.NoteFilter{}, practice.Page{}); err != nil || len(rows) != 1 {
		t.Errorf("the other case: %+v, %v", rows, err)
	}
	o.stepUp()
	if _, err := other.Safety(ctx, m[0]); err != nil {
		t.Errorf("the other case's safety: %v", err)
	}
	// The code is free again.
	_, _ = o.newCase("D-2", "Cleo", "Dee")
	o.must(o.Audit.Verify(ctx, practice.Event{}))
	o.lock()
}

// A file that cannot be removed is on the certificate until it can.
func TestDestroyTellsWhatIsLeft(t *testing.T) {
	o := newOffice(t)
	c, _ := o.newCase("D-3", "Aya", "Bo")
	ctx := t.Context()
	o.must(c.Close(ctx))
	file, id, _, err := o.ApartDrawer(ctx, c.ID, true, practice.ID{})
	o.must(err)
	o.must(c.Done(ctx))
	// Something else stands where the file was: it is not overwritten.
	path := filepath.Join(o.dir, file)
	elsewhere := filepath.Join(t.TempDir(), "elsewhere")
	o.must(os.WriteFile(elsewhere, []byte("a letter"), 0o600))
	o.must(os.Remove(path))
	o.must(os.Symlink(elsewhere, path))
	cert, err := o.Destroy(ctx, c.ID, "a rule", nil)
	o.must(err)
	if len(cert.Left) != 1 || cert.Left[0] != file {
		t.Errorf("left %v of %v", cert.Left, id)
	}
	if b, err := os.ReadFile(elsewhere); err != nil || string(b) != "a letter" {
		t.Errorf("what the link led to was touched: %q, %v", b, err)
	}
	o.must(os.Remove(path))
	o = o.again()
	all, err := o.Certificates(ctx)
	if err != nil || len(all) != 1 || len(all[0].Left) != 0 {
		t.Errorf("%+v, %v", all, err)
	}
	o.lock()
}

func TestAudit(t *testing.T) {
	o := newOffice(t)
	c, m := o.settled("A-1", "Ilse", "Marek")
	ctx := t.Context()
	note := o.write(c.Notes, practice.Individual, m[0], canary)
	o.must(c.Notes.Sign(ctx, note.ID))
	o.must(c.Notes.Amend(ctx, note.ID, note.Sections, canary))
	o.must(o.Recode(ctx, c.ID, canary[:20]))
	o.must(o.Audit.Verify(ctx, practice.Event{}))
	head, err := o.Audit.Head(ctx)
	o.must(err)
	o.must(c.Plan.Put(ctx, canary))
	o.must(o.Audit.Verify(ctx, head))
	events, err := o.Audit.Events(ctx, practice.Page{Size: 3})
	if err != nil || len(events) != 3 || events[0].Seq != head.Seq+1 || events[2].Verb != practice.Amended || events[2].Object != note.ID || events[2].Class != practice.ClassIndividual {
		t.Errorf("%+v, %v", events, err)
	}
	d, err := o.CaseloadDrawer(ctx)
	o.must(err)
	if told := dump(o, d, ""); len(rowsOf(told, "audit")) == 0 || strings.Contains(rowsOf(told, "audit"), canary[:20]) || strings.Contains(rowsOf(told, "audit"), "Ilse") {
		t.Error("the audit holds a text")
	}
	for _, query := range []string{`UPDATE audit SET verb = 'made'`, `DELETE FROM audit`} {
		if err := d.Update(ctx, func(tx *drawer.Tx) error { _, err := tx.Exec(ctx, query); return err }); err == nil {
			t.Errorf("%s was let through", query)
		}
	}
	// Whoever gets around that is noticed.
	other := head
	other.Hash[0] ^= 1
	refuses(t, "another head", o.Audit.Verify(ctx, other), practice.ErrAudit)
	other = head
	other.Seq += 100
	refuses(t, "a head that is not there", o.Audit.Verify(ctx, other), practice.ErrAudit)
	o.lock()
	for what, spoil := range map[string]string{
		"a verb":     `UPDATE audit SET verb = 'opened' WHERE verb = 'signed'`,
		"a time":     `UPDATE audit SET at = at - 1000 WHERE seq = 3`,
		"whose":      `UPDATE audit SET object = zeroblob(16) WHERE verb = 'signed'`,
		"one is out": `DELETE FROM audit WHERE seq = 4`,
		"the first":  `DELETE FROM audit WHERE seq = 1`,
		"one is in":  `INSERT INTO audit SELECT seq + 1, at, verb, class, case_id, object, hash FROM audit ORDER BY seq DESC LIMIT 1`,
	} {
		t.Run(what, func(t *testing.T) {
			o := openOffice(t, o.c, copyFolder(t, o.dir))
			d, err := o.CaseloadDrawer(t.Context())
			o.must(err)
			o.must(d.Update(t.Context(), func(tx *drawer.Tx) error {
				_, err := tx.Exec(t.Context(), `DROP TRIGGER audit_stays; DROP TRIGGER audit_remains; `+spoil)
				return err
			}))
			refuses(t, "verifying", o.Audit.Verify(t.Context(), practice.Event{}), practice.ErrAudit)
			o.lock()
		})
	}
	// Computing the hash of one anew does not help: those behind it are bound to it.
	forged := openOffice(t, o.c, copyFolder(t, o.dir))
	o.must(forged.ForgeEvent(ctx, 4, practice.Opened))
	refuses(t, "a forged event", forged.Audit.Verify(ctx, practice.Event{}), practice.ErrAudit)
	forged.lock()
	// The last ones can only be missed by who knows that they were there.
	o = openOffice(t, o.c, o.dir)
	last, err := o.Audit.Head(ctx)
	o.must(err)
	d, err = o.CaseloadDrawer(ctx)
	o.must(err)
	o.must(d.Update(ctx, func(tx *drawer.Tx) error {
		_, err := tx.Exec(ctx, `DROP TRIGGER audit_remains; DELETE FROM audit WHERE seq = (SELECT max(seq) FROM audit)`)
		return err
	}))
	o.must(o.Audit.Verify(ctx, practice.Event{}))
	refuses(t, "an earlier head", o.Audit.Verify(ctx, last), practice.ErrAudit)
	o.lock()
}

// rowsOf are the lines of a dump that are of one table.
func rowsOf(dump, table string) string {
	var rows []string
	for line := range strings.Lines(dump) {
		if strings.HasPrefix(line, table+" ") {
			rows = append(rows, line)
		}
	}
	return strings.Join(rows, "")
}
