package home_test

import (
	"errors"
	"testing"
	"time"

	"ebb/vault"
	"ebb/vault/home"
)

// Whoever discards an entry goes on writing: what is written meanwhile must not
// take the place that the discarded one needs to come back.
func TestRestoreAfterWritingOn(t *testing.T) {
	c := newClock()
	dir := newVault(t, c)
	visit(t, c, dir, passA, func(_ *vault.Session, h *home.Home) {
		first := save(t, h, "first")
		if err := h.Journal.Discard(t.Context(), first.ID); err != nil {
			t.Fatal(err)
		}
		second := save(t, h, "second")
		if err := h.Journal.Restore(t.Context(), first.ID); err != nil {
			t.Fatalf("bringing back after another was written: %v", err)
		}
		for _, e := range []home.Entry{first, second} {
			if got, err := h.Journal.Entry(t.Context(), e.ID); err != nil || got.Text != e.Text {
				t.Errorf("%q, %v", got.Text, err)
			}
			if places, err := h.Journal.Search(t.Context(), e.Text); err != nil || len(places) != 1 {
				t.Errorf("%q is found %d times, %v", e.Text, len(places), err)
			}
		}
	})
}

func TestDiscardTwiceInTenSeconds(t *testing.T) {
	c := newClock()
	dir := newVault(t, c)
	visit(t, c, dir, passA, func(_ *vault.Session, h *home.Home) {
		var both []home.Entry
		for _, text := range []string{"first", "second"} {
			e := save(t, h, text)
			if err := h.Journal.Discard(t.Context(), e.ID); err != nil {
				t.Fatalf("discarding %s: %v", text, err)
			}
			both = append(both, e)
		}
		// The first can no longer be undone; the second still can.
		if err := h.Journal.Erase(t.Context(), both[0].ID); err != nil {
			t.Fatal(err)
		}
		if err := h.Journal.Restore(t.Context(), both[0].ID); !errors.Is(err, home.ErrNotFound) {
			t.Errorf("what was erased came back: %v", err)
		}
		if err := h.Journal.Restore(t.Context(), both[1].ID); err != nil {
			t.Errorf("bringing back the second: %v", err)
		}
	})
}

// Discarded means gone at the next opening, whatever happened to the clock.
func TestDiscardedIsGoneAfterAClockSetBack(t *testing.T) {
	c := newClock()
	dir := newVault(t, c)
	var e home.Entry
	var cut string
	s, h := unlock(t, c, dir, passA)
	e = save(t, h, "to be discarded")
	if err := h.Journal.Discard(t.Context(), e.ID); err != nil {
		t.Fatal(err)
	}
	cut = copyFolder(t, dir) // what a kill leaves
	c.move(-48 * time.Hour)
	if err := h.Journal.Purge(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := h.Journal.Restore(t.Context(), e.ID); !errors.Is(err, home.ErrNotFound) {
		t.Errorf("before locking: %v", err)
	}
	if err := s.Lock(t.Context()); err != nil {
		t.Fatal(err)
	}
	visit(t, c, cut, passA, func(_ *vault.Session, h *home.Home) {
		if err := h.Journal.Restore(t.Context(), e.ID); !errors.Is(err, home.ErrNotFound) {
			t.Errorf("after a kill: %v", err)
		}
	})
}
