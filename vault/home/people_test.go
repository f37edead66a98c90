package home_test

import (
	"errors"
	"reflect"
	"strings"
	"testing"

	"ebb/vault"
	"ebb/vault/home"
)

func TestCleanName(t *testing.T) {
	for in, want := range map[string]string{
		"Ada": "Ada", "  Ada \n Lovelace ": "Ada Lovelace", "Zoë": "Zoë", "愛": "愛",
		"A\u202eda": "Ada", "A\x07da": "Ada", strings.Repeat("x", home.MaxName): strings.Repeat("x", home.MaxName),
	} {
		if got, err := home.CleanName(in); err != nil || got != want {
			t.Errorf("CleanName(%q) = %q, %v", in, got, err)
		}
	}
	for in, want := range map[string]error{
		"": home.ErrNameEmpty, " \t\n": home.ErrNameEmpty, "\u202e\u200f": home.ErrNameEmpty, "\x00": home.ErrNameEmpty,
		strings.Repeat("x", 10000): home.ErrTooLong,
	} {
		if got, err := home.CleanName(in); !errors.Is(err, want) {
			t.Errorf("CleanName(%.20q) = %.20q, %v", in, got, err)
		}
	}
}

func TestPeopleAndLines(t *testing.T) {
	c := newClock()
	dir := newVault(t, c)
	visit(t, c, dir, passA, func(_ *vault.Session, h *home.Home) {
		e := save(t, h, "alone so far")
		if _, err := h.Lines.Share(t.Context(), e.ID, "a line"); !errors.Is(err, home.ErrNobodyElse) {
			t.Errorf("sharing with nobody: %v", err)
		}
		if err := h.People.SetMe(t.Context(), home.Profile{Name: "Ada", Pronouns: "she/her", About: "Slow mornings."}); err != nil {
			t.Fatal(err)
		}
	})
	join(t, c, dir)
	// Before Ada opens the vault again, Bo knows only her name.
	visit(t, c, dir, passB, func(_ *vault.Session, h *home.Home) {
		all, err := h.People.All(t.Context())
		want := []home.Profile{{Seat: 0, Name: "Ada"}, {Seat: 1, Name: "Bo"}}
		if err != nil || !reflect.DeepEqual(all, want) {
			t.Errorf("people %+v, %v", all, err)
		}
	})
	var line home.Line
	visit(t, c, dir, passA, func(_ *vault.Session, h *home.Home) {
		all, err := h.People.All(t.Context())
		want := []home.Profile{{Seat: 0, Name: "Ada", Pronouns: "she/her", About: "Slow mornings."}, {Seat: 1, Name: "Bo"}}
		if err != nil || !reflect.DeepEqual(all, want) {
			t.Errorf("people %+v, %v", all, err)
		}
		e := save(t, h, "Private sentence. A line for us. Another private one.")
		for text, want := range map[string]error{"  ": home.ErrLineEmpty, strings.Repeat("x", home.MaxLine+1): home.ErrTooLong} {
			if _, err := h.Lines.Share(t.Context(), e.ID, text); !errors.Is(err, want) {
				t.Errorf("sharing %.10q: %v", text, err)
			}
		}
		if line, err = h.Lines.Share(t.Context(), e.ID, "A line for us."); err != nil {
			t.Fatal(err)
		}
	})
	visit(t, c, dir, passB, func(_ *vault.Session, h *home.Home) {
		lines, err := h.Lines.All(t.Context())
		if err != nil || len(lines) != 1 || lines[0].Text != "A line for us." || lines[0].Seat != 0 || lines[0].Mine || lines[0].Day != "2026-03-04" {
			t.Fatalf("lines %+v, %v", lines, err)
		}
		if err := h.Lines.TakeBack(t.Context(), line.ID); !errors.Is(err, home.ErrNotFound) {
			t.Errorf("taking back somebody else's line: %v", err)
		}
		if places, err := h.Journal.Search(t.Context(), "private"); err != nil || len(places) != 0 {
			t.Errorf("search finds %d of somebody else's entries, %v", len(places), err)
		}
	})
	visit(t, c, dir, passA, func(_ *vault.Session, h *home.Home) {
		if err := h.Lines.TakeBack(t.Context(), line.ID); err != nil {
			t.Fatal(err)
		}
	})
	visit(t, c, dir, passB, func(_ *vault.Session, h *home.Home) {
		if lines, err := h.Lines.All(t.Context()); err != nil || len(lines) != 0 {
			t.Errorf("after taking back: %+v, %v", lines, err)
		}
	})
}
