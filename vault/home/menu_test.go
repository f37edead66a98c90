package home_test

import (
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"ebb/exercises"
	"ebb/vault"
	"ebb/vault/home"
)

// ownText is the file of an exercise of people's own.
func ownText(t testing.TB, id, title string) []byte {
	t.Helper()
	text, err := os.ReadFile("../../exercises/data/en/c2-six-quiet-minutes.toml")
	if err != nil {
		t.Fatal(err)
	}
	e, err := exercises.Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	e.ID, e.Title = id, title
	own, err := e.Encode()
	if err != nil {
		t.Fatal(err)
	}
	return own
}

func TestOwnExercises(t *testing.T) {
	c, dir := atTheTable(t)
	visit(t, c, dir, passA, func(_ *vault.Session, h *home.Home) {
		ctx := t.Context()
		e, err := h.Menu.Add(ctx, ownText(t, "own-tea", "Tea on the step"))
		if err != nil {
			t.Fatal(err)
		}
		if item, err := h.Menu.Find(ctx, e.ID); err != nil || !item.Own || item.Title != "Tea on the step" {
			t.Errorf("%+v %v", item, err)
		}
		if _, err := h.Menu.Add(ctx, ownText(t, "own-tea", "Tea on the roof")); err != nil {
			t.Fatal(err)
		}
		if item, _ := h.Menu.Find(ctx, e.ID); item.Title != "Tea on the roof" {
			t.Errorf("changed to %q", item.Title)
		}
		for name, text := range map[string][]byte{
			"one of the library's": ownText(t, "A1", "Words"),
			"no consent":           []byte(strings.Replace(string(ownText(t, "own-x", "X")), "consent = ", "consent_ = ", 1)),
			"empty":                nil,
		} {
			if _, err := h.Menu.Add(ctx, text); !errors.Is(err, exercises.ErrNotExercise) {
				t.Errorf("%s: %v", name, err)
			}
		}
	})
	// It is everybody's.
	visit(t, c, dir, passB, func(_ *vault.Session, h *home.Home) {
		if _, err := h.Menu.Find(t.Context(), "own-tea"); err != nil {
			t.Error(err)
		}
		if err := h.Menu.Remove(t.Context(), "own-tea"); err != nil {
			t.Fatal(err)
		}
		if _, err := h.Menu.Find(t.Context(), "own-tea"); !errors.Is(err, home.ErrNoExercise) {
			t.Errorf("removed: %v", err)
		}
	})
}

// A run that a crash cut off can be gone on with that day, at its step, and is gone the
// next.
func TestRunSurvives(t *testing.T) {
	for id, alone := range map[string]bool{"C2": false, "B1": true} {
		c, dir := atTheTable(t)
		var e *exercises.Exercise
		visit(t, c, dir, passA, func(_ *vault.Session, h *home.Home) {
			e = h.Menu.Library().Find(id)
			run, err := h.Menu.Begin(t.Context(), e)
			if err == nil {
				_, err = h.Menu.At(t.Context(), run, 3)
			}
			if err != nil {
				t.Fatal(err)
			}
		})
		want := home.Run{Exercise: id, Step: 3, Alone: alone}
		visit(t, c, dir, passA, func(_ *vault.Session, h *home.Home) {
			if got, err := h.Menu.UnderWay(t.Context()); err != nil || got != want {
				t.Errorf("%s: %+v %v", id, got, err)
			}
		})
		visit(t, c, dir, passB, func(_ *vault.Session, h *home.Home) {
			got, err := h.Menu.UnderWay(t.Context())
			if seen := err == nil; seen == alone {
				t.Errorf("%s: the other sees %+v %v", id, got, err)
			}
		})
		visit(t, c, dir, passA, func(_ *vault.Session, h *home.Home) {
			if err := h.Menu.End(t.Context(), want); err != nil {
				t.Fatal(err)
			}
			if _, err := h.Menu.UnderWay(t.Context()); !errors.Is(err, home.ErrNotFound) {
				t.Errorf("%s: after its end: %v", id, err)
			}
			if _, err := h.Menu.Begin(t.Context(), e); err != nil {
				t.Fatal(err)
			}
		})
		c.move(24 * time.Hour)
		visit(t, c, dir, passA, func(_ *vault.Session, h *home.Home) {
			if _, err := h.Menu.UnderWay(t.Context()); !errors.Is(err, home.ErrNotFound) {
				t.Errorf("%s: the next day: %v", id, err)
			}
		})
	}
}

func TestConsents(t *testing.T) {
	c, dir := atTheTable(t)
	two := newly(2, "Exercises are invitations, newly worded.")
	visit(t, c, dir, passA, func(_ *vault.Session, h *home.Home) {
		ctx := t.Context()
		in := func(d home.Document) bool {
			in, err := h.Consents.InForce(ctx, d)
			if err != nil {
				t.Fatal(err)
			}
			return in
		}
		one := inForce(t, h)
		if !in(one) || in(two) {
			t.Error("consent to one text is consent to that text")
		}
		decide(t, h, home.Withdrawn)
		if in(one) || in(two) {
			t.Error("withdrawn and still in force")
		}
		if err := h.Consents.Decide(ctx, two, home.Given); err != nil {
			t.Fatal(err)
		}
		if err := h.Consents.Withdraw(ctx, home.ExercisesConsent); err != nil || in(two) {
			t.Errorf("taken back, and still in force: %v", err)
		}
		if err := h.Consents.Withdraw(ctx, home.ExercisesConsent); err != nil {
			t.Error(err)
		}
		if err := h.Consents.Decide(ctx, two, home.Given); err != nil {
			t.Fatal(err)
		}
		if in(one) || !in(two) {
			t.Error("the newer text is the one that counts")
		}
		history, err := h.Consents.History(ctx)
		if err != nil || len(history) != 5 || history[0].Document != two || history[1].Decision != home.Withdrawn || history[1].Document != two || history[4].Hash != one.Hash() || history[4].Document != one {
			t.Errorf("%+v %v", history, err)
		}
	})
	visit(t, c, dir, passB, func(_ *vault.Session, h *home.Home) {
		if history, err := h.Consents.History(t.Context()); err != nil || len(history) != 1 {
			t.Errorf("the other's history: %+v %v", history, err)
		}
	})
}

func BenchmarkFiveHundredOwn(b *testing.B) {
	c := newClock()
	dir := newVault(b, c)
	visit(b, c, dir, passA, func(_ *vault.Session, h *home.Home) {
		for i := range 500 {
			if _, err := h.Menu.Add(b.Context(), ownText(b, fmt.Sprintf("own-%03d", i), fmt.Sprintf("Number %d", i))); err != nil {
				b.Fatal(err)
			}
		}
		for b.Loop() {
			items, err := h.Menu.Items(b.Context())
			if err != nil || len(items) < 550 {
				b.Fatal(len(items), err)
			}
		}
	})
}
