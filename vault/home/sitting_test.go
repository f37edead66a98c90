package home_test

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"ebb/exercises"
	"ebb/vault"
	"ebb/vault/home"
)

// atTheTable is a home of two, with touch offered and every exercise consented to.
func atTheTable(t *testing.T) (*clock, string) {
	t.Helper()
	c := newClock()
	dir := newVault(t, c)
	join(t, c, dir)
	for _, passphrase := range []string{passA, passB} {
		visit(t, c, dir, passphrase, func(_ *vault.Session, h *home.Home) {
			decide(t, h, home.Given)
		})
	}
	offer(t, c, dir, "D3", home.Offered)
	return c, dir
}

// decide decides about the document that is in force.
func decide(t *testing.T, h *home.Home, d home.Decision) {
	t.Helper()
	if err := h.Consents.Decide(t.Context(), inForce(t, h), d); err != nil {
		t.Fatal(err)
	}
}

func inForce(t *testing.T, h *home.Home) home.Document {
	t.Helper()
	d, err := h.Consents.Exercises(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// newly is the document about exercises in a later version.
func newly(version int, text string) home.Document {
	return home.Document{Name: home.ExercisesConsent, Version: version, Title: "Doing exercises", Summary: "They are invitations.", Text: text}
}

func issue(t *testing.T, c *clock, dir string, d home.Document) {
	t.Helper()
	visit(t, c, dir, passA, func(_ *vault.Session, h *home.Home) {
		if err := h.Menu.Issue(t.Context(), d); err != nil {
			t.Fatal(err)
		}
	})
}

func offer(t *testing.T, c *clock, dir, id string, state home.ItemState) {
	t.Helper()
	visit(t, c, dir, passA, func(_ *vault.Session, h *home.Home) {
		if err := h.Menu.Set(t.Context(), id, state, ""); err != nil {
			t.Fatal(err)
		}
	})
}

func opens(t *testing.T, c *clock, dir, passphrase, id string) {
	t.Helper()
	visit(t, c, dir, passphrase, func(_ *vault.Session, h *home.Home) {
		if err := h.Menu.Open(t.Context(), id); err != nil {
			t.Fatal(err)
		}
	})
}

// sitDown lets Bo sit down beside Ada.
func sitDown(t *testing.T, c *clock, dir, id string) (start bool) {
	t.Helper()
	visit(t, c, dir, passA, func(_ *vault.Session, h *home.Home) {
		s, err := h.Menu.SitDown(id)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := s.Join(t.Context(), []byte(passB)); err != nil {
			t.Fatal(err)
		}
		if start, err = s.Start(t.Context()); err != nil {
			t.Fatal(err)
		}
	})
	return start
}

// awake moves to a day on which the exercise does not rest by itself, and lets both
// open it there if they are to: it starts on some day within a few weeks.
func startsOnSomeDay(t *testing.T, c *clock, dir, id string) bool {
	t.Helper()
	for range 25 {
		opens(t, c, dir, passA, id)
		opens(t, c, dir, passB, id)
		if sitDown(t, c, dir, id) {
			return true
		}
		c.move(24 * time.Hour)
	}
	return false
}

func TestAllOpenAndItStarts(t *testing.T) {
	c, dir := atTheTable(t)
	if !startsOnSomeDay(t, c, dir, "D3") {
		t.Error("both opened it for 25 days, and it never started")
	}
	// An opening ends with its day.
	c.move(24 * time.Hour)
	for range 25 {
		if sitDown(t, c, dir, "D3") {
			t.Fatal("it starts on an opening of another day")
		}
		c.move(24 * time.Hour)
	}
}

// T4, T5 and the home half of T7: whatever the reason, it does not start, and it does
// not on a second try that day even when the reason is gone.
func TestEveryReasonRests(t *testing.T) {
	for name, reason := range map[string]func(t *testing.T, c *clock, dir string) (mend func()){
		"the other did not open it": func(t *testing.T, c *clock, dir string) func() {
			opens(t, c, dir, passA, "D3")
			return func() { opens(t, c, dir, passB, "D3") }
		},
		"I did not open it": func(t *testing.T, c *clock, dir string) func() {
			opens(t, c, dir, passB, "D3")
			return func() { opens(t, c, dir, passA, "D3") }
		},
		"the opening was taken back": func(t *testing.T, c *clock, dir string) func() {
			opens(t, c, dir, passA, "D3")
			opens(t, c, dir, passB, "D3")
			visit(t, c, dir, passB, func(_ *vault.Session, h *home.Home) {
				if err := h.Menu.Close(t.Context(), "D3"); err != nil {
					t.Fatal(err)
				}
			})
			return func() { opens(t, c, dir, passB, "D3") }
		},
		"the other rests": func(t *testing.T, c *clock, dir string) func() {
			opens(t, c, dir, passA, "D3")
			opens(t, c, dir, passB, "D3")
			set := func(rest bool) {
				visit(t, c, dir, passB, func(_ *vault.Session, h *home.Home) {
					if err := h.Menu.RestMine(t.Context(), rest); err != nil {
						t.Fatal(err)
					}
				})
			}
			set(true)
			return func() { set(false) }
		},
		"the other withdrew their consent": func(t *testing.T, c *clock, dir string) func() {
			opens(t, c, dir, passA, "D3")
			opens(t, c, dir, passB, "D3")
			set := func(d home.Decision) {
				visit(t, c, dir, passB, func(_ *vault.Session, h *home.Home) { decide(t, h, d) })
			}
			set(home.Withdrawn)
			return func() { set(home.Given) }
		},
		"the document has a new version, and the other agreed to the old one": func(t *testing.T, c *clock, dir string) func() {
			opens(t, c, dir, passA, "D3")
			opens(t, c, dir, passB, "D3")
			issue(t, c, dir, newly(2, "Exercises are invitations, newly worded."))
			agree := func(passphrase string) {
				visit(t, c, dir, passphrase, func(_ *vault.Session, h *home.Home) { decide(t, h, home.Given) })
			}
			agree(passA)
			return func() { agree(passB) }
		},
		"it was put to rest": func(t *testing.T, c *clock, dir string) func() {
			opens(t, c, dir, passA, "D3")
			opens(t, c, dir, passB, "D3")
			offer(t, c, dir, "D3", home.Resting)
			return func() { offer(t, c, dir, "D3", home.Offered) }
		},
		"it was retired": func(t *testing.T, c *clock, dir string) func() {
			opens(t, c, dir, passA, "D3")
			opens(t, c, dir, passB, "D3")
			offer(t, c, dir, "D3", home.Retired)
			return func() { offer(t, c, dir, "D3", home.Offered) }
		},
		"a limit forbids it": func(t *testing.T, c *clock, dir string) func() {
			opens(t, c, dir, passA, "D3")
			opens(t, c, dir, passB, "D3")
			set := func(limit exercises.Closeness) {
				visit(t, c, dir, passA, func(_ *vault.Session, h *home.Home) {
					if err := h.Menu.SetLimit(t.Context(), limit); err != nil {
						t.Fatal(err)
					}
				})
			}
			set(1)
			return func() { set(exercises.MostCloseness) }
		},
	} {
		t.Run(name, func(t *testing.T) {
			c, dir := atTheTable(t)
			mend := reason(t, c, dir)
			if sitDown(t, c, dir, "D3") {
				t.Fatal("it starts")
			}
			mend()
			if sitDown(t, c, dir, "D3") {
				t.Error("a second try the same day has another answer")
			}
			c.move(24 * time.Hour)
			if !startsOnSomeDay(t, c, dir, "D3") {
				t.Error("it never starts again")
			}
		})
	}
}

// On no day does an exercise start on agreement to a text that is not the one in force,
// or to none: on several days, since on any one it may rest by itself.
func TestOlderAgreementStartsNothing(t *testing.T) {
	for name, bo := range map[string]func(h *home.Home){
		"agreed to the first version": func(*home.Home) {},
		"took it back": func(h *home.Home) {
			if err := h.Consents.Withdraw(t.Context(), home.ExercisesConsent); err != nil {
				t.Fatal(err)
			}
		},
	} {
		c, dir := atTheTable(t)
		issue(t, c, dir, newly(2, "Exercises are invitations, newly worded."))
		visit(t, c, dir, passA, func(_ *vault.Session, h *home.Home) { decide(t, h, home.Given) })
		visit(t, c, dir, passB, func(_ *vault.Session, h *home.Home) { bo(h) })
		for range 8 {
			opens(t, c, dir, passA, "D3")
			opens(t, c, dir, passB, "D3")
			if sitDown(t, c, dir, "D3") {
				t.Fatalf("it starts, although the other %s", name)
			}
			c.move(24 * time.Hour)
		}
		visit(t, c, dir, passB, func(_ *vault.Session, h *home.Home) { decide(t, h, home.Given) })
		if !startsOnSomeDay(t, c, dir, "D3") {
			t.Errorf("the other %s, and with agreement to the second it never starts", name)
		}
	}
}

func TestSittingIsForEverybody(t *testing.T) {
	c, dir := atTheTable(t)
	visit(t, c, dir, passA, func(s *vault.Session, h *home.Home) {
		ctx := t.Context()
		for id, want := range map[string]error{"D3": nil, "D1": nil, "A1": home.ErrNoOpening, "C2": home.ErrNoOpening, "Z9": home.ErrNoExercise, "": home.ErrNoExercise} {
			if _, err := h.Menu.SitDown(id); !errors.Is(err, want) {
				t.Errorf("%q: %v, want %v", id, err, want)
			}
		}
		sitting, err := h.Menu.SitDown("D3")
		if err != nil {
			t.Fatal(err)
		}
		if _, err := sitting.Start(ctx); !errors.Is(err, home.ErrNotAllHere) {
			t.Errorf("one person alone: %v", err)
		}
		for passphrase, want := range map[string]error{passA: vault.ErrAlreadyHere, "nobody's words": vault.ErrWrongPassphrase, "": nil} {
			if _, err := sitting.Join(ctx, []byte(passphrase)); err == nil || want != nil && !errors.Is(err, want) {
				t.Errorf("%q: %v, want %v", passphrase, err, want)
			}
		}
		code, err := s.Invite(nil)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := sitting.Join(ctx, []byte(code)); !errors.Is(err, vault.ErrWrongPassphrase) {
			t.Errorf("an invitation sits down: %v", err)
		}
		seat, err := sitting.Join(ctx, []byte(passB))
		if err != nil || len(sitting.Missing()) != 0 || seat == s.Seat() {
			t.Fatal(seat, sitting.Missing(), err)
		}
		if _, err := sitting.Join(ctx, []byte(passB)); !errors.Is(err, vault.ErrAlreadyHere) {
			t.Errorf("twice: %v", err)
		}
		if err := sitting.Leave(); err != nil {
			t.Fatal(err)
		}
		if !slices.Equal(sitting.Missing(), []uint8{seat}) {
			t.Error("somebody who was let go is still here")
		}
	})
	// Whoever sat down opens their own as before.
	visit(t, c, dir, passB, func(s *vault.Session, h *home.Home) {
		if n := s.Notices(); len(n) != 0 {
			t.Errorf("sitting down left notices: %v", n)
		}
	})
}

// What a person opened, hid or rests is in nobody else's view of the menu, and a
// second person's items are the same whether the first did any of it or not.
func TestChoicesAreNobodyElses(t *testing.T) {
	items := func(act func(ctx context.Context, m *home.Menu)) (seen []home.Item) {
		c, dir := atTheTable(t)
		visit(t, c, dir, passA, func(_ *vault.Session, h *home.Home) { act(t.Context(), h.Menu) })
		visit(t, c, dir, passB, func(_ *vault.Session, h *home.Home) {
			var err error
			if seen, err = h.Menu.Items(t.Context()); err != nil {
				t.Fatal(err)
			}
			if history, err := h.Menu.History(t.Context()); err != nil || len(history) != 1 {
				t.Errorf("history: %v %v", history, err)
			}
		})
		return seen
	}
	nothing := items(func(context.Context, *home.Menu) {})
	much := items(func(ctx context.Context, m *home.Menu) {
		for _, err := range []error{m.Open(ctx, "D3"), m.Open(ctx, "D1"), m.Hide(ctx, "A1", true), m.RestMine(ctx, true)} {
			if err != nil {
				t.Error(err)
			}
		}
		item, err := m.Find(ctx, "A1")
		if err != nil || !item.Hidden {
			t.Errorf("not hidden for the person: %v", err)
		}
	})
	if len(nothing) == 0 || len(nothing) != len(much) {
		t.Fatalf("%d and %d items", len(nothing), len(much))
	}
	for i := range nothing {
		if a, b := nothing[i], much[i]; a.ID != b.ID || a.State != b.State || a.Hidden != b.Hidden || a.Note != b.Note || a.Since != b.Since {
			t.Errorf("differs: %v %v", a, b)
		}
	}
}

func TestMenuHoldsWhatIsOffered(t *testing.T) {
	c := newClock()
	dir := newVault(t, c)
	has := func(id string) (found bool) {
		visit(t, c, dir, passA, func(_ *vault.Session, h *home.Home) {
			_, err := h.Menu.Find(t.Context(), id)
			if found = err == nil; err != nil && !errors.Is(err, home.ErrNoExercise) {
				t.Fatal(err)
			}
		})
		return found
	}
	if !has("A1") || !has("D1") || has("D3") || has("B2") || has("nothing") {
		t.Error("a home without a practitioner has its self-serve exercises and no others")
	}
	offer(t, c, dir, "D3", home.Offered)
	offer(t, c, dir, "A1", home.Retired)
	offer(t, c, dir, "A2", home.Resting)
	if !has("D3") || has("A1") || !has("A2") {
		t.Error("what was offered, retired and put to rest")
	}
	// The private half of H5 is there for anybody; the whole is a practitioner's to offer,
	// and then takes its place.
	for _, step := range []struct {
		state       home.ItemState
		whole, part bool
	}{{"", false, true}, {home.Offered, true, false}, {home.Resting, true, false}, {home.Retired, false, false}} {
		if step.state != "" {
			offer(t, c, dir, "H5", step.state)
		}
		if has("H5") != step.whole || has("H5a") != step.part {
			t.Errorf("H5 is %q: on the menu is the whole: %v, its private half: %v", step.state, has("H5"), has("H5a"))
		}
	}
}
