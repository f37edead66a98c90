package keys

import (
	"bytes"
	"context"
	"errors"
	"os"
	"slices"
	"testing"
)

const passNew = "a passphrase of another year"

// prepare does what comes before the files of new drawers are built.
func prepare(t testing.TB, s *Seat, roles ...Role) (all []*Drawer) {
	t.Helper()
	for _, role := range roles {
		d, err := s.Ring().Prepare(role)
		if err != nil {
			t.Fatal(err)
		}
		d.Seen = 1
		all = append(all, d)
	}
	if err := s.Save(); err != nil {
		t.Fatal(err)
	}
	return all
}

func tryChange(s *Seat, current, fresh string) (string, error) {
	c, err := s.Change(context.Background(), []byte(current), []byte(fresh))
	if err != nil {
		return "", err
	}
	defer c.Close()
	private, err := s.Ring().Prepare(Private)
	if err != nil {
		return "", err
	}
	shared, err := s.Ring().Prepare(Shared)
	if err != nil {
		return "", err
	}
	shared.Seen = 1
	if err := s.Save(); err != nil {
		return "", err
	}
	return c.Apply(private, shared)
}

func change(t testing.TB, s *Seat, current, fresh string) (words string) {
	t.Helper()
	words, err := tryChange(s, current, fresh)
	if err != nil {
		t.Fatal(err)
	}
	return words
}

func bodyOf(t testing.TB, path string) body { return bodyIn(t, content(t, path)) }

func bodyIn(t testing.TB, disk []byte) body {
	t.Helper()
	c, err := decodeCopies(disk, true)
	if err != nil {
		t.Fatal(err)
	}
	return c.body
}

func TestChangePassphrase(t *testing.T) {
	path, first := newHome(t, passA, "Anna")
	join(t, path, first, passB, "Ben")
	a := unlock(t, path, passA)
	before := bodyOf(t, path)
	private, shared := *a.Ring().Drawer(Private), *a.Ring().Drawer(Shared)
	privateKey, sharedKey, seed := *private.Key, *shared.Key, *a.ring.keys.seed
	if words := change(t, a, passA, passNew); words != "" {
		t.Errorf("recovery words where there were none: %q", words)
	}
	opensNothing(t, path, passA)
	s := unlock(t, path, passNew)
	r := s.Ring()
	switch {
	case *r.keys.seed == seed:
		t.Error("the seed is the same")
	case *r.Drawer(Private).Key == privateKey, r.Drawer(Private).ID == private.ID, r.Drawer(Private).Name == private.Name:
		t.Error("the private drawer is the same")
	case *r.Drawer(Shared).Key == sharedKey, r.Drawer(Shared).ID == shared.ID:
		t.Error("the shared drawer is the same")
	case *r.keys.box != *a.ring.keys.box, *r.keys.sign != *a.ring.keys.sign:
		t.Error("the identity is another")
	case !slices.Contains(r.Doomed, Doomed{Name: private.Name}), len(r.Doomed) != 1:
		t.Errorf("doomed: %v", r.Doomed)
	case len(s.Notices()) != 0:
		t.Errorf("notices: %v", s.Notices())
	}
	// Nothing of Ben's was touched but the cell with the message.
	after := bodyOf(t, path)
	if !bytes.Equal(before.slot(1), after.slot(1)) || !bytes.Equal(before.ring(1), after.ring(1)) {
		t.Error("the other person's slot or ring changed")
	}
	if bytes.Equal(before.slot(8), after.slot(8)) {
		t.Error("that the slot of the recovery words stays tells that there are none")
	}
	b := unlock(t, path, passB)
	if *b.Ring().Drawer(Shared).Key != *r.Drawer(Shared).Key || len(b.Notices()) != 0 {
		t.Errorf("the other person does not share: %v", b.Notices())
	}
	if *b.Ring().Member(0) != *unlock(t, path, passB).Ring().Member(0) {
		t.Error("the pinned keys changed")
	}
	if err := a.Save(); err != nil { // the seat goes on
		t.Fatal(err)
	}
	unlock(t, path, passNew)
}

// TestOldFileOpensNothingNew: the old key file with the old passphrase, in whole or
// in parts.
func TestOldFileOpensNothingNew(t *testing.T) {
	path, first := newHome(t, passA, "Anna")
	join(t, path, first, passB, "Ben")
	a := unlock(t, path, passA)
	words := newRecovery(t, a, passA)
	earlier := content(t, path)
	old, err := decodeCopies(earlier, true)
	if err != nil {
		t.Fatal(err)
	}
	change(t, a, passA, passNew)
	sound := content(t, path)
	fresh := *unlock(t, path, passNew).Ring()
	newer := [][32]byte{*fresh.Drawer(Private).Key, *fresh.Drawer(Shared).Key, *fresh.keys.seed}

	if err := os.WriteFile(path, earlier, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, typed := range []string{passA, words} {
		for _, key := range secretsOf(unlock(t, path, typed)) {
			if slices.Contains(newer, key) {
				t.Fatal("the old file holds a new key")
			}
		}
	}
	for name, row := range map[string]struct {
		change func(x body)
		typed  string
		want   error
	}{
		"the old slot":               {func(x body) { copy(x.slot(0), old.body.slot(0)) }, passA, ErrDamaged},
		"the old words' slot":        {func(x body) { copy(x.slot(8), old.body.slot(8)) }, words, ErrDamaged},
		"the new words' place, old":  {func(x body) {}, words, ErrWrongPassphrase},
		"the old slot, new password": {func(x body) { copy(x.slot(0), old.body.slot(0)) }, passNew, ErrWrongPassphrase},
		"the old ring, new password": {func(x body) { copy(x.ring(0), old.body.ring(0)) }, passNew, ErrDamaged},
	} {
		if err := os.WriteFile(path, edit(t, sound, a.ring.keys.file, row.change), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, _, err := open(t, path).Unlock(context.Background(), []byte(row.typed)); !errors.Is(err, row.want) {
			t.Errorf("%s: %v, want %v", name, err, row.want)
		}
	}
	var plain [ringPlain]byte
	for _, key := range secretsOf(first) {
		if _, err := openRing(bodyIn(t, sound), 0, forRing, &key, plain[:]); err == nil {
			t.Error("an old key opens the new ring")
		}
	}
}

// TestChangeMakesNewWords: where there were recovery words there are new ones, and
// whoever needed them has a passphrase again.
func TestChangeMakesNewWords(t *testing.T) {
	path, a := newHome(t, passA, "Anna")
	first := newRecovery(t, a, passA)
	s := unlock(t, path, first)
	second := change(t, s, first, passNew)
	if second == "" || second == first || s.Recovered() || !s.HasRecovery() {
		t.Errorf("words again %v, recovered %v, has %v", second == first, s.Recovered(), s.HasRecovery())
	}
	opensNothing(t, path, first)
	opensNothing(t, path, passA)
	if s := unlock(t, path, second); !s.Recovered() || len(s.Notices()) != 0 {
		t.Errorf("the new words: %v", s.Notices())
	}
	unlock(t, path, passNew)
	third := change(t, s, second, "and another one")
	opensNothing(t, path, passNew)
	opensNothing(t, path, second)
	unlock(t, path, third)
}

func TestChangeRefuses(t *testing.T) {
	path, first := newHome(t, passA, "Anna")
	join(t, path, first, passB, "Ben")
	a := unlock(t, path, passA)
	words := newRecovery(t, a, passA)
	code, err := a.Invite(nil)
	if err != nil {
		t.Fatal(err)
	}
	before := content(t, path)
	for name, row := range map[string]struct {
		current, fresh string
		want           error
	}{
		"wrong":                {"not this", passNew, ErrWrongPassphrase},
		"the other's":          {passB, passNew, ErrWrongPassphrase},
		"a code":               {code, passNew, ErrWrongPassphrase},
		"mistyped words":       {words + "x", passNew, ErrMistyped},
		"empty":                {"", passNew, ErrPassphraseForm},
		"to the same":          {passA, passA, ErrWeakPassphrase},
		"to the other's":       {passA, passB, ErrWeakPassphrase},
		"to a code":            {passA, code, ErrWeakPassphrase},
		"to the words":         {passA, words, ErrWeakPassphrase},
		"from words to itself": {words, passA, ErrWeakPassphrase},
		"to nothing":           {passA, " ", ErrPassphraseForm},
	} {
		if _, err := tryChange(a, row.current, row.fresh); !errors.Is(err, row.want) {
			t.Errorf("%s: %v, want %v", name, err, row.want)
		}
	}
	ended, end := context.WithCancel(context.Background())
	end()
	if _, err := a.Change(ended, []byte(passA), []byte(passNew)); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
	if !bytes.Equal(before, content(t, path)) {
		t.Error("a refused change wrote something")
	}
	a.Close()
	if _, err := a.Change(context.Background(), []byte(passA), []byte(passNew)); !errors.Is(err, ErrClosed) {
		t.Errorf("after Close: %v", err)
	}
}

// TestPowerFailsInChange: the old passphrase opens everything or the new one does,
// and in either state the file of a half-made drawer is doomed and no other.
func TestPowerFailsInChange(t *testing.T) {
	path, first := newHome(t, passA, "Anna")
	join(t, path, first, passB, "Ben")
	a := unlock(t, path, passA)
	words := newRecovery(t, a, passA)
	before := content(t, path)
	bens := secretsOf(unlock(t, path, passB))
	old, fresh := 0, 0
	for _, cut := range cuts(fileSize) {
		for n, order := range orders(cut) {
			d := newDisk(t, before)
			s := unlockOn(t, d, passA)
			drawers := prepare(t, s, Private, Shared)
			was := s.Ring().Drawer(Private).Name
			c, err := s.Change(context.Background(), []byte(passA), []byte(passNew))
			if err != nil {
				t.Fatal(err)
			}
			d.fail(cut)
			if _, err := c.Apply(drawers[0], drawers[1]); err == nil && cut <= fileSize {
				t.Fatalf("cut %d: changed without power", cut)
			}
			d.restart(order)
			doomed := func(s *Seat, in, out string) bool {
				return slices.Contains(s.Ring().Doomed, Doomed{Name: in}) && !slices.Contains(s.Ring().Doomed, Doomed{Name: out}) && s.Ring().Drawer(Private).Name == out
			}
			again, _, errOld := d.open().Unlock(context.Background(), []byte(passA))
			renewed, _, errNew := d.open().Unlock(context.Background(), []byte(passNew))
			switch {
			case errOld == nil && errors.Is(errNew, ErrWrongPassphrase):
				old++
				if !doomed(again, drawers[0].Name, was) {
					t.Fatalf("cut %d: doomed %v", cut, again.Ring().Doomed)
				}
				unlockOn(t, d, words)
				again.Close()
			case errNew == nil && errors.Is(errOld, ErrWrongPassphrase):
				fresh++
				if !doomed(renewed, was, drawers[0].Name) || !renewed.HasRecovery() {
					t.Fatalf("cut %d: doomed %v", cut, renewed.Ring().Doomed)
				}
				renewed.Close()
			default:
				t.Fatalf("cut %d, order %d: old %v, new %v", cut, n, errOld, errNew)
			}
			b := unlockOn(t, d, passB)
			for _, key := range bens {
				if !slices.Contains(secretsOf(b), key) {
					t.Fatalf("cut %d: Ben has lost a key", cut)
				}
			}
			steady(t, d)
		}
	}
	if old == 0 || fresh == 0 {
		t.Fatalf("the campaign tried nothing: %d old, %d new", old, fresh)
	}
}
