package home_test

import (
	"errors"
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"

	"ebb/vault"
	"ebb/vault/home"
)

func TestEntrySurvivesLocking(t *testing.T) {
	c := newClock()
	dir := newVault(t, c)
	berlin, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	var kept home.Entry
	visit(t, c, dir, passA, func(_ *vault.Session, h *home.Home) {
		e := entry(h, "# After the walk\n\nWe took the *long* way.\x00\u202e bidi")
		e.SetWritten(time.Date(2026, 3, 1, 23, 30, 0, 0, berlin))
		e.Moods, e.Tags = []string{"lighter", " lighter", "", "tired"}, []string{"walks"}
		if kept, err = h.Journal.Save(t.Context(), e); err != nil {
			t.Fatal(err)
		}
	})
	visit(t, c, dir, passA, func(_ *vault.Session, h *home.Home) {
		got, err := h.Journal.Entry(t.Context(), kept.ID)
		if err != nil {
			t.Fatal(err)
		}
		if got.Text != kept.Text || !got.Written.Equal(kept.Written) || got.Zone != "Europe/Berlin" || got.Date != "2026-03-01" ||
			!reflect.DeepEqual(got.Moods, []string{"lighter", "tired"}) || !reflect.DeepEqual(got.Tags, []string{"walks"}) {
			t.Errorf("read back %+v", got)
		}
		if hour := got.Written.Hour(); hour != 23 {
			t.Errorf("the hour on the writer's clock reads %d", hour)
		}
	})
}

func titles(t *testing.T, h *home.Home, places []home.Place) []string {
	t.Helper()
	rows, err := h.Journal.Rows(t.Context(), places)
	if err != nil {
		t.Fatal(err)
	}
	out := []string{}
	for _, r := range rows {
		out = append(out, r.Title)
	}
	return out
}

func TestContentsAreNewestFirst(t *testing.T) {
	c := newClock()
	dir := newVault(t, c)
	visit(t, c, dir, passA, func(_ *vault.Session, h *home.Home) {
		for i := range 5 {
			save(t, h, fmt.Sprint("entry ", i))
			c.move(time.Minute)
		}
		old := entry(h, "from long ago")
		old.SetWritten(c.now().AddDate(-1, 0, 0))
		if _, err := h.Journal.Save(t.Context(), old); err != nil {
			t.Fatal(err)
		}
		places, err := h.Journal.Contents(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		want := []string{"entry 4", "entry 3", "entry 2", "entry 1", "entry 0", "from long ago"}
		if got := titles(t, h, places); !reflect.DeepEqual(got, want) {
			t.Errorf("contents %q", got)
		}
	})
}

func TestSearch(t *testing.T) {
	c := newClock()
	dir := newVault(t, c)
	visit(t, c, dir, passA, func(_ *vault.Session, h *home.Home) {
		for _, text := range []string{"Café crème by the weir", "Straße und Zärtlichkeit", "夜の散歩は静かだった", "plain words", "O'Brien said \"hello\" AND left"} {
			save(t, h, text)
			c.move(time.Minute)
		}
		tagged := entry(h, "nothing particular")
		tagged.Moods, tagged.Tags = []string{"tender"}, []string{"garden"}
		if _, err := h.Journal.Save(t.Context(), tagged); err != nil {
			t.Fatal(err)
		}
		for query, want := range map[string]int{
			"cafe": 1, "CAFÉ": 1, "caf": 1, "creme weir": 1, "creme plain": 0, "zartlich": 1, "散歩": 1,
			"tender": 1, "gard": 1, "o'brien": 1, "\"hello": 1, "and": 1, "": 6, "  ": 6, "***": 0,
			"text:plain": 0, "NEAR(plain words)": 0, "plain OR cafe": 0, "wor*": 1, "-plain": 1, "plain\x00": 1,
		} {
			places, err := h.Journal.Search(t.Context(), query)
			if err != nil {
				t.Errorf("%q: %v", query, err)
			} else if len(places) != want {
				t.Errorf("%q finds %q, want %d", query, titles(t, h, places), want)
			}
		}
	})
}

func TestEditingChangesTheIndex(t *testing.T) {
	c := newClock()
	dir := newVault(t, c)
	visit(t, c, dir, passA, func(_ *vault.Session, h *home.Home) {
		e := save(t, h, "the kettle")
		e.Text = "the radiator"
		if _, err := h.Journal.Save(t.Context(), e); err != nil {
			t.Fatal(err)
		}
		for query, want := range map[string]int{"kettle": 0, "radiator": 1} {
			if places, err := h.Journal.Search(t.Context(), query); err != nil || len(places) != want {
				t.Errorf("%q finds %d, %v", query, len(places), err)
			}
		}
	})
}

func TestDiscard(t *testing.T) {
	c := newClock()
	dir := newVault(t, c)
	visit(t, c, dir, passA, func(_ *vault.Session, h *home.Home) {
		e := save(t, h, "to be discarded")
		gone := func() bool {
			_, err := h.Journal.Entry(t.Context(), e.ID)
			if err != nil && !errors.Is(err, home.ErrNotFound) {
				t.Fatal(err)
			}
			places, search := h.Journal.Search(t.Context(), "discarded")
			if search != nil {
				t.Fatal(search)
			}
			if (len(places) == 0) != (err != nil) {
				t.Fatal("the index and the journal differ")
			}
			return err != nil
		}
		if err := h.Journal.Discard(t.Context(), e.ID); err != nil || !gone() {
			t.Fatalf("discarding: %v", err)
		}
		if err := h.Journal.Restore(t.Context(), e.ID); err != nil || gone() {
			t.Fatalf("bringing back: %v", err)
		}
		if err := h.Journal.Discard(t.Context(), e.ID); err != nil {
			t.Fatal(err)
		}
		if err := h.Journal.Purge(t.Context()); err != nil {
			t.Fatal(err)
		}
		if err := h.Journal.Restore(t.Context(), e.ID); !errors.Is(err, home.ErrNotFound) {
			t.Errorf("after the purge it came back: %v", err)
		}
		if err := h.Journal.Discard(t.Context(), e.ID); !errors.Is(err, home.ErrNotFound) {
			t.Errorf("discarding what is gone: %v", err)
		}
	})
}

func TestDraft(t *testing.T) {
	c := newClock()
	dir := newVault(t, c)
	var kept home.Entry
	visit(t, c, dir, passA, func(_ *vault.Session, h *home.Home) {
		kept = save(t, h, "kept")
		changed := kept
		changed.Text = "kept and chan"
		if err := h.Journal.SaveDraft(t.Context(), changed); err != nil {
			t.Fatal(err)
		}
		c.move(time.Second)
		if err := h.Journal.SaveDraft(t.Context(), entry(h, "in the middle of a wo")); err != nil {
			t.Fatal(err)
		}
	})
	visit(t, c, dir, passA, func(_ *vault.Session, h *home.Home) {
		drafts, err := h.Journal.Drafts(t.Context())
		if err != nil || len(drafts) != 2 {
			t.Fatalf("%d drafts, %v", len(drafts), err)
		}
		if !drafts[0].New || drafts[0].Entry.Text != "in the middle of a wo" || drafts[1].New || drafts[1].Entry.Text != "kept and chan" {
			t.Errorf("drafts %+v", drafts)
		}
		if e, err := h.Journal.Entry(t.Context(), kept.ID); err != nil || e.Text != "kept" {
			t.Errorf("a draft changed the kept entry: %q, %v", e.Text, err)
		}
		if _, err := h.Journal.Save(t.Context(), drafts[0].Entry); err != nil {
			t.Fatal(err)
		}
		if err := h.Journal.DropDraft(t.Context(), kept.ID); err != nil {
			t.Fatal(err)
		}
		if drafts, err = h.Journal.Drafts(t.Context()); err != nil || len(drafts) != 0 {
			t.Errorf("%d drafts are left, %v", len(drafts), err)
		}
	})
}

func TestTextSizes(t *testing.T) {
	c := newClock()
	dir := newVault(t, c)
	long := strings.Repeat("all the words of a long night ", 1<<20/30)
	visit(t, c, dir, passA, func(_ *vault.Session, h *home.Home) {
		e := save(t, h, long)
		if got, err := h.Journal.Entry(t.Context(), e.ID); err != nil || got.Text != long {
			t.Errorf("a text of 1 MiB: %d bytes came back, %v", len(got.Text), err)
		}
		too := entry(h, strings.Repeat("x", home.MaxText+1))
		if _, err := h.Journal.Save(t.Context(), too); !errors.Is(err, home.ErrTooLong) {
			t.Errorf("a text over the limit: %v", err)
		}
		if err := h.Journal.SaveDraft(t.Context(), too); !errors.Is(err, home.ErrTooLong) {
			t.Errorf("a draft over the limit: %v", err)
		}
		empty := save(t, h, "")
		if got, err := h.Journal.Entry(t.Context(), empty.ID); err != nil || got.Text != "" {
			t.Errorf("an empty text: %q, %v", got.Text, err)
		}
		broken := save(t, h, "half a letter \xc3 here")
		if got, err := h.Journal.Entry(t.Context(), broken.ID); err != nil || got.Text != "half a letter \uFFFD here" {
			t.Errorf("invalid UTF-8: %q, %v", got.Text, err)
		}
	})
}
