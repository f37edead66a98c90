package home_test

import (
	"errors"
	"os"
	"testing"

	"ebb/vault"
	"ebb/vault/home"
)

// A folder can go while its vault is open: a stick is pulled out, a program moves
// it, somebody deletes it. Files that are open can still be written then, to
// nowhere; that must not be called kept.
func TestVanishedFolder(t *testing.T) {
	c := newClock()
	dir := newVault(t, c)
	join(t, c, dir)
	s, h := unlock(t, c, dir, passA)
	kept := save(t, h, "kept before")
	away := dir + " moved"
	if err := os.Rename(dir, away); err != nil {
		t.Fatal(err)
	}
	for name, write := range map[string]func() error{
		"saving":          func() error { _, err := h.Journal.Save(t.Context(), entry(h, "to nowhere")); return err },
		"sealing a draft": func() error { return h.Journal.SaveDraft(t.Context(), entry(h, "to nowhere")) },
		"sharing":         func() error { _, err := h.Lines.Share(t.Context(), kept.ID, "a line"); return err },
		"a profile":       func() error { return h.People.SetMe(t.Context(), home.Profile{Name: "Ada L."}) },
		"a setting":       func() error { return h.Settings.SetIdle(t.Context(), home.MaxIdle) },
		"inviting":        func() error { _, err := s.Invite(nil); return err },
	} {
		if err := write(); !errors.Is(err, vault.ErrGone) || errors.Is(err, vault.ErrNotVault) {
			t.Errorf("%s gives %v", name, err)
		}
	}
	// What is in memory can still be read, and kept again once the folder is back.
	if e, err := h.Journal.Entry(t.Context(), kept.ID); err != nil || e.Text != kept.Text {
		t.Errorf("%q, %v", e.Text, err)
	}
	if err := os.Rename(away, dir); err != nil {
		t.Fatal(err)
	}
	save(t, h, "kept after")
	if err := os.RemoveAll(dir); err != nil {
		t.Fatal(err)
	}
	if _, err := h.Journal.Save(t.Context(), entry(h, "to nowhere")); !errors.Is(err, vault.ErrGone) {
		t.Errorf("saving into a deleted folder gives %v", err)
	}
	if err := s.Lock(t.Context()); !errors.Is(err, vault.ErrGone) || errors.Is(err, vault.ErrNotVault) {
		t.Errorf("locking gives %v", err)
	}
}

// A copy that was put in the place of the folder is another folder, although all
// its names are there.
func TestFolderReplacedByACopy(t *testing.T) {
	c := newClock()
	dir := newVault(t, c)
	s, h := unlock(t, c, dir, passA)
	defer s.Lock(t.Context())
	other := copyFolder(t, dir)
	if err := os.Rename(dir, dir+" moved"); err != nil {
		t.Fatal(err)
	}
	if err := os.CopyFS(dir, os.DirFS(other)); err != nil {
		t.Fatal(err)
	}
	if _, err := h.Journal.Save(t.Context(), entry(h, "to nowhere")); !errors.Is(err, vault.ErrGone) {
		t.Errorf("saving gives %v", err)
	}
}

// Locking may come in the middle of anything that runs beside the window.
func TestLockWhileChecking(t *testing.T) {
	c := newClock()
	dir := newVault(t, c)
	join(t, c, dir)
	for range 4 {
		s, _ := unlock(t, c, dir, passA)
		began, ended := make(chan struct{}), make(chan struct{})
		go func() {
			defer close(ended)
			close(began)
			for range 3 {
				if _, err := s.Check(t.Context(), nil); err != nil {
					t.Errorf("the check gives %v", err)
				}
			}
		}()
		<-began
		if err := s.Lock(t.Context()); err != nil {
			t.Errorf("locking gives %v", err)
		}
		<-ended
	}
}
