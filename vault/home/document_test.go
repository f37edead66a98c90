package home_test

import (
	"errors"
	"strings"
	"testing"

	"ebb/vault"
	"ebb/vault/home"
)

// The latest version is in force, in whatever order versions come, and one that lacks
// something never is. It holds on when somebody joins and the shared drawer is another.
func TestDocumentVersions(t *testing.T) {
	c := newClock()
	dir := newVault(t, c)
	three := newly(3, "The third.")
	visit(t, c, dir, passA, func(_ *vault.Session, h *home.Home) {
		ctx := t.Context()
		own := inForce(t, h)
		if own.Version != 1 || own.Text == "" {
			t.Errorf("the program's own: %+v", own)
		}
		for name, d := range map[string]home.Document{
			"another name": {Name: "anything", Version: 2, Title: "T", Summary: "S", Text: "T"},
			"no name":      {Version: 2, Title: "T", Summary: "S", Text: "T"},
			"no version":   newly(0, "T"), "a negative version": newly(-1, "T"),
			"no text": newly(2, " \n"), "too long": newly(2, strings.Repeat("x", home.MaxDocument+1)),
			"no title":   {Name: home.ExercisesConsent, Version: 2, Summary: "S", Text: "T"},
			"no summary": {Name: home.ExercisesConsent, Version: 2, Title: "T", Text: "T"},
		} {
			if err := h.Menu.Issue(ctx, d); !errors.Is(err, home.ErrNotDocument) {
				t.Errorf("%s: %v", name, err)
			}
		}
		for _, d := range []home.Document{newly(1, "Not the program's."), three, newly(2, "The second."), newly(3, "Another third.")} {
			if err := h.Menu.Issue(ctx, d); err != nil {
				t.Fatal(err)
			}
			if d.Version == 1 && inForce(t, h) != own {
				t.Error("an equal version takes the place of the program's own")
			}
		}
		if got := inForce(t, h); got != three {
			t.Errorf("in force is %+v", got)
		}
	})
	join(t, c, dir)
	for _, passphrase := range []string{passA, passB} {
		visit(t, c, dir, passphrase, func(_ *vault.Session, h *home.Home) {
			if got := inForce(t, h); got != three {
				t.Errorf("after somebody joined, in force is %+v", got)
			}
		})
	}
}

// What stood on the menu before somebody joined still stands there for whoever saw it
// then; what a practitioner set holds for everybody, until it is set anew.
func TestMenuAfterSomebodyJoined(t *testing.T) {
	c := newClock()
	dir := newVault(t, c)
	visit(t, c, dir, passA, func(_ *vault.Session, h *home.Home) {
		ctx := t.Context()
		if _, err := h.Menu.Add(ctx, []byte(strings.Replace(string(ownText(t, "own-tea", "Tea on the step")), "closeness = 1", "closeness = 0", 1))); err != nil {
			t.Fatal(err)
		}
		if err := errors.Join(h.Menu.Set(ctx, "A2", home.Resting, ""), h.Menu.SetLimit(ctx, 0)); err != nil {
			t.Fatal(err)
		}
	})
	join(t, c, dir)
	stands := func(passphrase, id string) (state home.ItemState) {
		visit(t, c, dir, passphrase, func(_ *vault.Session, h *home.Home) {
			item, err := h.Menu.Find(t.Context(), id)
			if err != nil && !errors.Is(err, home.ErrNoExercise) {
				t.Fatal(err)
			}
			state = item.State
		})
		return state
	}
	for _, one := range []struct {
		passphrase, id string
		want           home.ItemState
	}{
		{passA, "own-tea", home.Offered},
		{passA, "A2", home.Resting},
		{passA, "C2", ""},
		{passB, "own-tea", ""},
		{passB, "A2", home.Offered},
		{passB, "C2", ""},
	} {
		if got := stands(one.passphrase, one.id); got != one.want {
			t.Errorf("%s stands as %q, want %q, for %.6s", one.id, got, one.want, one.passphrase)
		}
	}
	visit(t, c, dir, passB, func(_ *vault.Session, h *home.Home) {
		if err := h.Menu.SetLimit(t.Context(), 1); err != nil {
			t.Fatal(err)
		}
	})
	visit(t, c, dir, passA, func(_ *vault.Session, h *home.Home) {
		ctx := t.Context()
		if err := errors.Join(h.Menu.Remove(ctx, "own-tea"), h.Menu.Set(ctx, "A2", home.Offered, "")); err != nil {
			t.Fatal(err)
		}
		if history, err := h.Menu.History(ctx); err != nil || len(history) != 2 {
			t.Errorf("history: %+v %v", history, err)
		}
	})
	for id, want := range map[string]home.ItemState{"own-tea": "", "A2": home.Offered, "C2": home.Offered} {
		if got := stands(passA, id); got != want {
			t.Errorf("afterwards %s stands as %q, want %q", id, got, want)
		}
	}
}

// What a person marked is theirs: it is there again when they come back, and the other
// has none of it.
func TestMarks(t *testing.T) {
	c, dir := atTheTable(t)
	marked := func(passphrase string, m home.Mark) (on bool) {
		visit(t, c, dir, passphrase, func(_ *vault.Session, h *home.Home) {
			var err error
			if on, err = h.Settings.Marked(t.Context(), m); err != nil {
				t.Fatal(err)
			}
		})
		return on
	}
	for _, m := range []home.Mark{home.MarkPain, home.MarkNotTool} {
		for _, on := range []bool{false, true, true, false} {
			visit(t, c, dir, passA, func(_ *vault.Session, h *home.Home) {
				if err := h.Settings.SetMark(t.Context(), m, on); err != nil {
					t.Fatal(err)
				}
			})
			if marked(passA, m) != on || marked(passB, m) {
				t.Errorf("%s: set to %v, and it is %v for the one and %v for the other", m, on, marked(passA, m), marked(passB, m))
			}
		}
	}
}
