package command

import (
	"path/filepath"
	"testing"
	"time"

	"ebb/ui/command/demodata"
	"ebb/vault"
	"ebb/vault/keys"
	"ebb/vault/practice"
)

// The invented practice can be kept by the same calls as a real one, and has something
// of everything: meetings to come, notes to write, a case that is closed, papers that
// are not signed, and something behind the second unlock.
func TestDemoPractice(t *testing.T) {
	ctx, at := t.Context(), time.Date(2026, 3, 4, 20, 30, 0, 0, time.UTC)
	office, err := demodata.TheOffice(at)
	if err != nil {
		t.Fatal(err)
	}
	dir := filepath.Join(t.TempDir(), "Practice.ebb")
	options := practice.Options(func() time.Time { return at })
	options.KDF, options.Insecure = keys.InsecureParams, true
	passphrase := []byte("heron reeds evening bench")
	if err := practice.Create(ctx, dir, office.Practitioner, passphrase, options); err != nil {
		t.Fatal(err)
	}
	v, err := vault.Open(dir, options)
	if err != nil {
		t.Fatal(err)
	}
	s, _, err := v.Unlock(ctx, passphrase)
	if err != nil {
		t.Fatal(err)
	}
	p, err := practice.Open(ctx, s, func() time.Time { return at })
	if err != nil {
		t.Fatal(err)
	}
	if err := settleIn(ctx, p, office, passphrase, &at, func(done, total int) {
		if done >= total {
			t.Errorf("step %d of %d", done, total)
		}
	}); err != nil {
		t.Fatal(err)
	}
	if !p.StepUpUntil().IsZero() {
		t.Error("the second unlock is left open")
	}
	open, err := p.Caseload(ctx, practice.Query{})
	if err != nil || len(open) != 11 {
		t.Fatalf("%d open cases, %v", len(open), err)
	}
	closed, err := p.Caseload(ctx, practice.Query{Closed: true})
	if err != nil || len(closed) != 1 {
		t.Errorf("%d closed cases, %v", len(closed), err)
	}
	next, notes := 0, 0
	for _, row := range open {
		if !row.Next.IsZero() {
			next++
		}
		if row.NoteDue != "" {
			notes++
		}
	}
	if next < 8 || notes < 3 {
		t.Errorf("%d cases have a meeting to come, %d need a note", next, notes)
	}
	for _, row := range append(open, closed...) {
		c, err := p.OpenCase(ctx, row.ID)
		if err != nil {
			t.Fatal(err)
		}
		states, err := c.Consents.State(ctx)
		if err != nil || len(states) < 2 {
			t.Errorf("%s: %d people, %v", row.Code, len(states), err)
		}
		if _, err := c.Prep.Table(ctx); err != nil {
			t.Errorf("%s: %v", row.Code, err)
		}
		if err := c.Done(ctx); err != nil {
			t.Error(err)
		}
	}
	if err := p.Audit.Verify(ctx, practice.Event{}); err != nil {
		t.Error(err)
	}
	if err := p.Lock(ctx); err != nil {
		t.Error(err)
	}
}
