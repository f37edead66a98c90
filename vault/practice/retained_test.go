package practice_test

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"ebb/vault/backup"
	"ebb/vault/practice"
)

// Closed cases come with how long they are kept, the first due first, and open ones not
// at all.
func TestRetained(t *testing.T) {
	o := newOffice(t)
	ctx := t.Context()
	for _, c := range []struct {
		code, until string
		held        bool
	}{{"R-1", "", false}, {"R-2", "2033-01-01", false}, {"R-3", "2027-01-01", true}} {
		one, _ := o.newCase(c.code, "Aya", "Bo")
		o.must(one.Close(ctx))
		o.must(one.Keep(ctx, c.until, c.held))
	}
	_, _ = o.newCase("R-4", "Aya", "Bo")
	all, err := o.Retained(ctx)
	o.must(err)
	var codes []string
	for _, r := range all {
		codes = append(codes, r.Code)
	}
	if len(all) != 3 || codes[0] != "R-3" || codes[1] != "R-2" || codes[2] != "R-1" || !all[0].Held || all[1].KeepUntil != "2033-01-01" || all[2].ClosedOn != "2026-03-04" {
		t.Errorf("%+v", all)
	}
	o.lock()
}

// The place that is chosen for backups stands on the certificate as not reached, from
// the moment the keys are gone until somebody has looked there; and so does a backup
// that has the case's files and whose key file cannot be read.
func TestCertificateNamesTheChosenPlace(t *testing.T) {
	o := newOffice(t)
	c, _ := o.newCase("R-5", "Aya", "Bo")
	ctx := t.Context()
	place := t.TempDir()
	o.must(o.SetBackupPlace(ctx, place))
	o.must(c.Close(ctx))
	o.must(c.Done(ctx))
	var made []string
	for range 2 {
		result, err := o.BackUpNow(ctx, nil)
		o.must(err)
		o.must(result.Err)
		made = append(made, result.Made.Backup.Path)
		o.c.move(24 * time.Hour)
	}
	var told []int
	cert, err := o.Destroy(ctx, c.ID, "a rule", func(done, total int) { told = append(told, done, total) })
	o.must(err)
	if len(told) != 10 || told[0] != 0 || told[1] != 5 || told[8] != 4 {
		t.Errorf("told %v", told)
	}
	never := func(cert practice.Certificate) bool {
		for _, b := range cert.Backups {
			if b.Backup == "" && !b.Cleared {
				return true
			}
		}
		return false
	}
	if !never(cert) {
		t.Errorf("before anybody looked: %+v", cert.Backups)
	}
	// Another folder is not the place that was chosen, and one that is not there is none.
	cert, err = o.ClearBackups(ctx, cert.ID, t.TempDir(), nil)
	if err != nil || !never(cert) {
		t.Errorf("another folder: %+v, %v", cert.Backups, err)
	}
	o.must(os.Rename(place, place+" away"))
	_, err = o.ClearBackups(ctx, cert.ID, place, nil)
	refuses(t, "a place that is away", err, backup.ErrAbsent)
	if all, err := o.Certificates(ctx); err != nil || !never(all[0]) {
		t.Errorf("%+v, %v", all, err)
	}
	o.must(os.Rename(place+" away", place))
	o.must(os.WriteFile(filepath.Join(made[0], "keys"), []byte("nothing"), 0o600))
	told = nil
	cert, err = o.ClearBackups(ctx, cert.ID, place, func(done, total int) { told = append(told, done, total) })
	if err != nil || never(cert) || len(cert.Backups) != 2 || !cert.Backups[0].Cleared || cert.Backups[1].Cleared || len(told) != 4 {
		t.Errorf("%+v, told %v, %v", cert.Backups, told, err)
	}
	if _, err := os.Stat(filepath.Join(made[0], cert.Files[0])); err != nil {
		t.Errorf("a backup that may be anybody's was touched: %v", err)
	}
	o.lock()
}

// What is discarded is off the list and in no export, can be brought back, and is gone
// when the case is opened again.
func TestDiscardedFiles(t *testing.T) {
	o := newOffice(t)
	c, _ := o.newCase("F-1", "Aya", "Bo")
	ctx := t.Context()
	f, err := c.Files.Attach(ctx, canary, practice.ID{}, pdf(300_000))
	o.must(err)
	o.must(c.Files.Discard(ctx, f.ID))
	refuses(t, "reading it", c.Files.Read(ctx, f.ID, io.Discard), practice.ErrNotFound)
	refuses(t, "discarding it again", c.Files.Discard(ctx, f.ID), practice.ErrNotFound)
	var out bytes.Buffer
	o.must(c.Export(ctx, &out))
	if all, err := c.Files.All(ctx); err != nil || len(all) != 0 || bytes.Contains(out.Bytes(), []byte(canary)) {
		t.Errorf("%+v, %v", all, err)
	}
	o.must(c.Files.Restore(ctx, f.ID))
	o.must(c.Files.Read(ctx, f.ID, io.Discard))
	o.must(c.Files.Discard(ctx, f.ID))
	o.must(c.Done(ctx))
	c = o.open(c.ID)
	refuses(t, "restoring it after that", c.Files.Restore(ctx, f.ID), practice.ErrNotFound)
	// Its room is free again.
	if left := o.Parts(ctx, c.ID); left != 0 {
		t.Errorf("%d parts are left", left)
	}
	// One is dropped, and another that was discarded can still be brought back.
	var two [2]practice.File
	for i := range two {
		if two[i], err = c.Files.Attach(ctx, "letter", practice.ID{}, pdf(1000)); err != nil {
			t.Fatal(err)
		}
		o.must(c.Files.Discard(ctx, two[i].ID))
	}
	o.must(c.Files.Drop(ctx, two[0].ID))
	refuses(t, "restoring what was dropped", c.Files.Restore(ctx, two[0].ID), practice.ErrNotFound)
	o.must(c.Files.Restore(ctx, two[1].ID))
	refuses(t, "dropping what is on the list", c.Files.Drop(ctx, two[1].ID), practice.ErrNotFound)
	o.must(c.Files.Read(ctx, two[1].ID, io.Discard))
	o.lock()
}

// An event is found by its number.
func TestAuditEvent(t *testing.T) {
	o := newOffice(t)
	_, _ = o.newCase("E-1", "Aya", "Bo")
	head, err := o.Audit.Head(t.Context())
	o.must(err)
	if e, err := o.Audit.Event(t.Context(), head.Seq); err != nil || e != head {
		t.Errorf("%+v, %v", e, err)
	}
	refuses(t, "one to come", second(o.Audit.Event(t.Context(), head.Seq+1)), practice.ErrNotFound)
	o.lock()
}

// Contacts for referral stand by what they do, are changed and removed, and are of the
// practice: no case has them in its export.
func TestReferrals(t *testing.T) {
	o := newOffice(t)
	c, _ := o.newCase("P-1", "Aya", "Bo")
	ctx := t.Context()
	refuses(t, "without a name", second(o.Referrals.Put(ctx, practice.Referral{Field: "physician", Name: " \u202e"})), practice.ErrEmpty)
	refuses(t, "a long name", second(o.Referrals.Put(ctx, practice.Referral{Name: strings.Repeat("x", practice.MaxName+1)})), practice.ErrTooLong)
	refuses(t, "one that is not there", second(o.Referrals.Put(ctx, practice.Referral{ID: practice.NewID(), Name: "Elm"})), practice.ErrNotFound)
	doctor, err := o.Referrals.Put(ctx, practice.Referral{Field: "physician", Name: "Dr Elm", Reach: canary})
	o.must(err)
	other, err := o.Referrals.Put(ctx, practice.Referral{Field: "pelvic-floor physiotherapist", Name: "Rowan\tAsh"})
	o.must(err)
	_, err = o.Referrals.Put(ctx, practice.Referral{ID: doctor, Field: "Physician", Name: "Dr Elm", Reach: canary, Remark: "mornings"})
	o.must(err)
	o = o.again()
	all, err := o.Referrals.All(ctx)
	if err != nil || len(all) != 2 || all[0].Name != "Rowan Ash" || all[1] != (practice.Referral{ID: doctor, Field: "Physician", Name: "Dr Elm", Reach: canary, Remark: "mornings"}) {
		t.Errorf("%+v, %v", all, err)
	}
	var out bytes.Buffer
	o.must(o.open(c.ID).Export(ctx, &out))
	if bytes.Contains(out.Bytes(), []byte(canary)) {
		t.Error("a contact of the practice is in a case's export")
	}
	o.must(o.Referrals.Remove(ctx, other))
	refuses(t, "removing it again", o.Referrals.Remove(ctx, other), practice.ErrNotFound)
	o.lock()
	noPlaintext(t, o.dir)
}
