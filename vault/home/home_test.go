package home_test

import (
	"context"
	"os"
	"path/filepath"
	"testing"
	"time"

	"ebb/scripts/proof"
	"ebb/vault"
	"ebb/vault/home"
	"ebb/vault/keys"
)

// clock is a clock that a test moves by hand.
type clock struct{ at time.Time }

func (c *clock) now() time.Time { return c.at }

func (c *clock) move(d time.Duration) { c.at = c.at.Add(d) }

func newClock() *clock {
	return &clock{time.Date(2026, 3, 4, 21, 30, 0, 0, time.UTC)}
}

// options makes guessing cheap: these vaults protect nothing.
func options(c *clock) vault.Options {
	o := home.Options(c.now)
	o.KDF, o.Insecure = keys.InsecureParams, true
	return o
}

const (
	passA = "velvet harbour seventeen quiet spoons"
	passB = "lantern orchard gravel mitten thunder"
)

// newVault makes a home vault with one person and returns its folder.
func newVault(t testing.TB, c *clock) string {
	t.Helper()
	dir := filepath.Join(proof.Folder(t), "Home.ebb")
	if err := home.Create(t.Context(), dir, "Ada", []byte(passA), options(c)); err != nil {
		t.Fatal(err)
	}
	return dir
}

// join lets a second person take a seat.
func join(t testing.TB, c *clock, dir string) {
	t.Helper()
	code := inviteCode(t, c, dir)
	v, err := vault.Open(dir, options(c))
	if err != nil {
		t.Fatal(err)
	}
	_, invitation, err := v.Unlock(t.Context(), []byte(code))
	if err != nil || invitation == nil {
		t.Fatalf("the code opened no invitation: %v", err)
	}
	s, err := invitation.Join(t.Context(), []byte(passB), "Bo")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := home.Open(t.Context(), s, c.now); err != nil {
		t.Fatal(err)
	}
	if err := s.Lock(t.Context()); err != nil {
		t.Fatal(err)
	}
}

func inviteCode(t testing.TB, c *clock, dir string) (code string) {
	t.Helper()
	visit(t, c, dir, passA, func(s *vault.Session, _ *home.Home) {
		var err error
		if code, err = s.Invite(nil); err != nil {
			t.Fatal(err)
		}
	})
	return code
}

// visit unlocks, runs fn and locks.
func visit(t testing.TB, c *clock, dir, passphrase string, fn func(*vault.Session, *home.Home)) {
	t.Helper()
	s, h := unlock(t, c, dir, passphrase)
	fn(s, h)
	if err := s.Lock(context.Background()); err != nil {
		t.Fatal(err)
	}
}

func unlock(t testing.TB, c *clock, dir, passphrase string) (*vault.Session, *home.Home) {
	t.Helper()
	v, err := vault.Open(dir, options(c))
	if err != nil {
		t.Fatal(err)
	}
	s, _, err := v.Unlock(context.Background(), []byte(passphrase))
	if err != nil {
		v.Close()
		t.Fatal(err)
	}
	h, err := home.Open(context.Background(), s, c.now)
	if err != nil {
		t.Fatal(err)
	}
	return s, h
}

// entry returns a new entry with a text.
func entry(h *home.Home, text string) home.Entry {
	e := h.Journal.New()
	e.Text = text
	return e
}

func save(t testing.TB, h *home.Home, text string) home.Entry {
	t.Helper()
	e, err := h.Journal.Save(context.Background(), entry(h, text))
	if err != nil {
		t.Fatal(err)
	}
	return e
}

func copyFolder(t testing.TB, from string) string {
	t.Helper()
	to := filepath.Join(proof.Folder(t), "Copy.ebb")
	if err := os.CopyFS(to, os.DirFS(from)); err != nil {
		t.Fatal(err)
	}
	return to
}
