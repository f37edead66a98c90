package practice_test

import (
	"os"
	"strings"
	"testing"

	"ebb/vault"
	"ebb/vault/backup"
	"ebb/vault/keys"
	"ebb/vault/practice"
)

// Whoever takes the computer back shows that it is theirs. That opens nothing, and it
// is not told as a second unlock.
func TestConfirmOpensNothing(t *testing.T) {
	o := newOffice(t)
	c, _ := o.newCase("C-1", "Ilse", "Marek")
	ctx := t.Context()
	before, err := o.Audit.Head(ctx)
	o.must(err)
	refuses(t, "a wrong passphrase", o.Confirm(ctx, []byte("not this one at all")), vault.ErrWrongPassphrase)
	refuses(t, "an empty one", o.Confirm(ctx, nil), keys.ErrPassphraseForm)
	o.must(o.Confirm(ctx, []byte(pass)))
	words, err := o.session.NewRecovery(ctx, []byte(pass))
	o.must(err)
	o.must(o.Confirm(ctx, []byte(words)))
	if !o.StepUpUntil().IsZero() {
		t.Error("the second unlock is in force")
	}
	_, err = o.processNotes(c)
	refuses(t, "process notes", err, practice.ErrStepUp)
	if head, err := o.Audit.Head(ctx); err != nil || head != before {
		t.Errorf("the audit has %+v, %v", head, err)
	}
	o.lock()
	refuses(t, "after locking", o.Confirm(ctx, []byte(pass)), vault.ErrLocked)
}

// processNotes reads the process notes of a case.
func (o *office) processNotes(c *practice.Case) ([]practice.NoteRow, error) {
	n, err := c.Process(o.t.Context())
	if err != nil {
		return nil, err
	}
	return n.List(o.t.Context(), practice.NoteFilter{}, practice.Page{})
}

// Before a new passphrase there is a backup at the place that was chosen, which opens
// with the old one.
func TestBackupBeforeANewPassphrase(t *testing.T) {
	o := newOffice(t)
	c, m := o.newCase("C-2", "Ilse", "Marek")
	fillApart(o, c, m)
	ctx, place := t.Context(), t.TempDir()
	const fresh = "lantern orchard gravel mitten thunder"
	_, err := o.session.ChangePassphrase(ctx, []byte(pass), []byte(fresh), nil)
	o.must(err)
	_, err = o.session.ChangePassphrase(ctx, []byte(fresh), []byte(pass), nil)
	o.must(err)
	if n := o.session.Notices(); len(n) > 0 {
		t.Errorf("without a place it is told %+v", n)
	}
	o.must(o.SetBackupPlace(ctx, place))
	o.stepUp()
	_, err = o.session.ChangePassphrase(ctx, []byte(pass), []byte(fresh), nil)
	o.must(err)
	for _, n := range o.session.Notices() {
		t.Errorf("told: %+v", n)
	}
	all, err := backup.List(place, vault.ID{}, options(o.c))
	if err != nil || len(all) != 1 || all[0].Problem != nil {
		t.Fatalf("%+v, %v", all, err)
	}
	o.lock()
	restored := copyFolder(t, all[0].Path)
	again := openOffice(t, o.c, restored) // with the old passphrase
	if rows, err := again.Caseload(ctx, practice.Query{}); err != nil || len(rows) != 1 {
		t.Errorf("%+v, %v", rows, err)
	}
	again.lock()
	// A stick that lies elsewhere keeps nobody from a new passphrase, and is told.
	v, err := vault.Open(o.dir, options(o.c))
	o.must(err)
	s, _, err := v.Unlock(ctx, []byte(fresh))
	o.must(err)
	o.must(os.RemoveAll(place))
	_, err = s.ChangePassphrase(ctx, []byte(fresh), []byte(pass), nil)
	o.must(err)
	if n := s.Notices(); len(n) != 1 || n[0].Kind != vault.NotBackedUp {
		t.Errorf("told: %+v", n)
	}
	o.must(s.Lock(ctx))
}

func TestCleanName(t *testing.T) {
	for in, want := range map[string]string{" Dana  Weiss\n": "Dana Weiss", "D\u202Eana\x1b": "Dana"} {
		if got, err := practice.CleanName(in); got != want || err != nil {
			t.Errorf("%q is kept as %q, %v", in, got, err)
		}
	}
	for in, want := range map[string]error{"": practice.ErrEmpty, " \u200b\n": practice.ErrEmpty, strings.Repeat("ü", practice.MaxName+1): practice.ErrTooLong} {
		_, err := practice.CleanName(in)
		refuses(t, in, err, want)
	}
}
