package practice_test

import (
	"errors"
	"testing"

	"ebb/vault"
	"ebb/vault/practice"
)

// A new passphrase opens everything that the old one did, the second unlock among it,
// and the old one nothing.
func TestChangeOfPassphrase(t *testing.T) {
	const fresh = "lantern orchard gravel mitten thunder"
	o := newOffice(t)
	c, m := o.settled("X-1", "Ilse", "Marek")
	fillApart(o, c, m)
	joint := o.write(c.Notes, practice.Joint, practice.ID{}, "before")
	ctx := t.Context()
	before := files(t, o.dir)
	_, err := o.session.ChangePassphrase(ctx, []byte("not this one at all"), []byte(fresh), nil)
	refuses(t, "with a wrong one", err, vault.ErrWrongPassphrase)
	words, err := o.session.NewRecovery(ctx, []byte(pass))
	o.must(err)
	again, err := o.session.ChangePassphrase(ctx, []byte(pass), []byte(fresh), nil)
	o.must(err)
	if again == "" || again == words {
		t.Error("the recovery words were not drawn anew")
	}
	// The session goes on with the new practice drawer.
	o.must(c.Plan.Put(ctx, "written after"))
	refuses(t, "the old one as second unlock", o.StepUp(ctx, []byte(pass)), vault.ErrWrongPassphrase)
	o.lock()
	for what, passphrase := range map[string]string{"the old passphrase": pass, "the old words": words} {
		v, err := vault.Open(o.dir, options(o.c))
		o.must(err)
		_, _, err = v.Unlock(ctx, []byte(passphrase))
		refuses(t, what, errors.Join(err, v.Close()), vault.ErrWrongPassphrase)
	}
	for _, passphrase := range []string{fresh, again} {
		v, err := vault.Open(o.dir, options(o.c))
		o.must(err)
		s, _, err := v.Unlock(ctx, []byte(passphrase))
		o.must(err)
		p, err := practice.Open(ctx, s, o.c.now)
		o.must(err)
		o.must(p.StepUp(ctx, []byte(passphrase)))
		c, err := p.OpenCase(ctx, c.ID)
		o.must(err)
		if note, err := c.Notes.Note(ctx, joint.ID); err != nil || note.Sections[0].Text != "before" {
			t.Errorf("the record: %+v, %v", note, err)
		}
		safety, err := c.Safety(ctx, m[0])
		o.must(err)
		if rows, err := safety.Search(ctx, "amended", practice.Page{}); err != nil || len(rows) != 1 {
			t.Errorf("the safety record: %+v, %v", rows, err)
		}
		for _, n := range s.Notices() {
			t.Errorf("told: %+v", n)
		}
		o.must(p.Audit.Verify(ctx, practice.Event{}))
		o.must(p.Lock(ctx))
	}
	if n := files(t, o.dir); n != before {
		t.Errorf("%d drawers lie in the folder, %d before", n, before)
	}
	noPlaintext(t, o.dir)
}
