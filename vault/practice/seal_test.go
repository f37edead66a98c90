package practice_test

import (
	"testing"

	"ebb/vault/practice"
)

// What was being written when the time was up can be sealed until the second unlock is
// really ended, in a drawer that was open in its time and in no other; it shows nothing.
func TestLastWordsAfterTheTime(t *testing.T) {
	o := newOffice(t)
	c, m := o.newCase("S-3", "Ilse", "Marek")
	o.stepUp()
	process, err := c.Process(t.Context())
	o.must(err)
	note := o.write(process, practice.ProcessNote, practice.ID{}, "what went on in me")
	safety, err := c.Safety(t.Context(), m[0]) // opens its drawer
	o.must(err)
	other := safety.New(practice.SafetyNote, m[0], o.template(practice.Free))
	o.must(o.StepDown(t.Context()))
	o.stepUp()
	_, err = process.Note(t.Context(), note.ID)
	o.must(err)
	o.c.move(practice.StepUpTime)
	note.Sections[0].Text += " and on"
	o.must(process.SealDraft(t.Context(), note))
	refuses(t, "a drawer that was not open", safety.SealDraft(t.Context(), other), practice.ErrStepUp)
	refuses(t, "keeping", save(t.Context(), process, note), practice.ErrStepUp)
	_, err = process.Drafts(t.Context())
	refuses(t, "reading it back", err, practice.ErrStepUp)
	ended, err := o.Expire(t.Context())
	o.must(err)
	if !ended {
		t.Error("it lasts")
	}
	refuses(t, "after the end", process.SealDraft(t.Context(), note), practice.ErrStepUp)
	refuses(t, "dropping after the end", process.DropDraft(t.Context(), note.ID), practice.ErrStepUp)
	o.stepUp()
	drafts, err := process.Drafts(t.Context())
	o.must(err)
	if len(drafts) != 1 || drafts[0].Note.Sections[0].Text != "what went on in me and on" {
		t.Errorf("%+v", drafts)
	}
	o.lock()
}
