package keys

import (
	"bytes"
	"context"
	"errors"
	"os"
	"slices"
	"strings"
	"testing"
)

func newRecovery(t testing.TB, s *Seat, passphrase string) string {
	t.Helper()
	words, err := s.NewRecovery(context.Background(), []byte(passphrase))
	if err != nil {
		t.Fatal(err)
	}
	return words
}

// opensNothing fails if a text opens anything in the file.
func opensNothing(t testing.TB, path, typed string) {
	t.Helper()
	s, i, err := open(t, path).Unlock(context.Background(), []byte(typed))
	if !errors.Is(err, ErrWrongPassphrase) || s != nil || i != nil {
		t.Errorf("it opens something: %v", err)
	}
}

func TestRecoveryWordsOpenTheSeat(t *testing.T) {
	path, _, _ := couple(t)
	a := unlock(t, path, passA)
	if a.HasRecovery() || a.Recovered() {
		t.Error("there are recovery words from the start")
	}
	words := newRecovery(t, a, passA)
	if n := len(strings.Fields(words)); n != recoveryWords+1 {
		t.Errorf("%d words", n)
	}
	upper, spaced := strings.ToUpper(words), "\t"+strings.ReplaceAll(words, " ", "  \n ")
	for _, typed := range []string{words, upper, spaced} {
		s := unlock(t, path, typed)
		if !s.Recovered() || !s.HasRecovery() || s.Ring().Seat != 0 {
			t.Errorf("recovered %v, has %v, seat %d", s.Recovered(), s.HasRecovery(), s.Ring().Seat)
		}
		if *s.Ring().Drawer(Private).Key != *a.Ring().Drawer(Private).Key {
			t.Error("another ring")
		}
		if len(s.Notices()) != 0 {
			t.Errorf("notices: %v", s.Notices())
		}
	}
	if s := unlock(t, path, passA); s.Recovered() || !s.HasRecovery() {
		t.Error("the passphrase counts as the words")
	}
	if s := unlock(t, path, passB); s.HasRecovery() {
		t.Error("the other person has words, too")
	}
}

// TestNewRecoveryReplaces: one set of words is in force at a time.
func TestNewRecoveryReplaces(t *testing.T) {
	path, a := newHome(t, passA, "Anna")
	first := newRecovery(t, a, passA)
	second := newRecovery(t, a, first) // who lost the passphrase has the words
	opensNothing(t, path, first)
	unlock(t, path, second)
	unlock(t, path, passA)
}

// TestNewRecoveryAsks: an open session is not enough to make a second way in.
func TestNewRecoveryAsks(t *testing.T) {
	path, _, _ := couple(t)
	a := unlock(t, path, passA)
	code, err := a.Invite(nil)
	if err != nil {
		t.Fatal(err)
	}
	before := content(t, path)
	for name, typed := range map[string]string{"nothing right": "some other words", "the other person's": passB, "a code": code} {
		if _, err := a.NewRecovery(context.Background(), []byte(typed)); !errors.Is(err, ErrWrongPassphrase) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := a.NewRecovery(context.Background(), nil); !errors.Is(err, ErrPassphraseForm) {
		t.Errorf("empty: %v", err)
	}
	if !bytes.Equal(before, content(t, path)) || a.HasRecovery() {
		t.Error("something was written")
	}
	a.Close()
	if _, err := a.NewRecovery(context.Background(), []byte(passA)); !errors.Is(err, ErrClosed) || a.HasRecovery() {
		t.Errorf("after Close: %v", err)
	}
}

// TestBothCompartments: the words give what the passphrase gives, behind the
// second unlock too.
func TestBothCompartments(t *testing.T) {
	path, a := newHome(t, passA, "Anna")
	words := newRecovery(t, a, passA)
	var secrets [2][32]byte
	for i, typed := range []string{passA, words} {
		if err := unlock(t, path, typed).verify(context.Background(), []byte(typed), &secrets[i]); err != nil {
			t.Fatal(err)
		}
	}
	if secrets[0] != secrets[1] || secrets[0] == ([32]byte{}) {
		t.Error("the second compartments differ")
	}
}

// TestRecoverySlotIsWatched: what another member overwrites is told to its owner
// before the words are needed.
func TestRecoverySlotIsWatched(t *testing.T) {
	path, first := newHome(t, passA, "Anna")
	earlier := newRecovery(t, first, passA)
	old := content(t, path)
	b := join(t, path, first, passB, "Ben")
	a := unlock(t, path, passA)
	words := newRecovery(t, a, passA)
	sound := content(t, path)
	kept, err := decodeCopies(old, true)
	if err != nil {
		t.Fatal(err)
	}
	for name, change := range map[string]func(x body){
		"noise":         func(x body) { random(x.slot(firstRecovery)) },
		"earlier words": func(x body) { copy(x.slot(firstRecovery), kept.body.slot(firstRecovery)) },
	} {
		if err := os.WriteFile(path, edit(t, sound, b.ring.keys.file, change), 0o600); err != nil {
			t.Fatal(err)
		}
		s := unlock(t, path, passA)
		if kinds(s.Notices())[RecoveryLost] != 1 || s.HasRecovery() {
			t.Errorf("%s: %v", name, s.Notices())
		}
		opensNothing(t, path, words)
	}
	// With an older copy of the file the earlier words still open the same seed:
	// what ends that is a new passphrase, and the doc comment says so.
	s, _, err := open(t, path).Unlock(context.Background(), []byte(earlier))
	if err != nil || !s.Recovered() {
		t.Fatalf("the earlier words in their own slot: %v", err)
	}
	s.Close()
}

// TestRecoverySlotsOfOthers: slots that no seat has open nothing, and tell of a
// newer program if they do.
func TestRecoverySlotsOfOthers(t *testing.T) {
	path, a := newHome(t, passA, "Anna")
	words := newRecovery(t, a, passA)
	disk := edit(t, content(t, path), a.ring.keys.file, func(x body) {
		root, err := stretch(context.Background(), []byte(words+" more"), x.salt(), x.params())
		if err != nil {
			t.Fatal(err)
		}
		sealSlot(x, firstRecovery+Seats, root, a.ring.keys.seed, new([32]byte))
	})
	if err := os.WriteFile(path, disk, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, _, err := open(t, path).Unlock(context.Background(), []byte(words+" more")); !errors.Is(err, ErrNewerFormat) {
		t.Errorf("a slot without a use: %v", err)
	}
}

// TestMistypedWords: the check word finds a slip, and only where words were meant.
func TestMistypedWords(t *testing.T) {
	path, a := newHome(t, passA, "Anna")
	words := newRecovery(t, a, passA)
	list := strings.Fields(words)
	changed := func(change func(w []string) []string) string {
		return strings.Join(change(slices.Clone(list)), " ")
	}
	for name, row := range map[string]struct {
		typed string
		want  bool
	}{
		"two exchanged":       {changed(exchanged), true},
		"a letter":            {changed(func(w []string) []string { w[4] += "x"; return w }), true},
		"one left out":        {changed(func(w []string) []string { return w[1:] }), true},
		"no check word":       {changed(func(w []string) []string { return w[:recoveryWords] }), true},
		"one too many":        {words + " abacus", true},
		"another word":        {changed(otherFirst), true},
		"capitals, and a dot": {strings.ToUpper(words) + ".", true},
		"a passphrase":        {"six words that nobody has here", false},
		"a long passphrase":   {"one morning we walked down to where water comes in slowly", false},
		"right for elsewhere": {mustWords(t), false},
	} {
		_, _, err := open(t, path).Unlock(context.Background(), []byte(row.typed))
		if !errors.Is(err, ErrWrongPassphrase) || errors.Is(err, ErrMistyped) != row.want {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// Of 7776 slips the check word lets one pass, so these two look for another then.

// exchanged puts two neighbours in each other's place.
func exchanged(w []string) []string {
	for i := range recoveryWords - 1 {
		slip := slices.Clone(w)
		slip[i], slip[i+1] = w[i+1], w[i]
		if !checked(slip) {
			return slip
		}
	}
	panic("nine slips in a row pass")
}

// otherFirst puts another word in the place of the first.
func otherFirst(w []string) []string {
	for _, other := range longList().words {
		slip := slices.Clone(w)
		slip[0] = other
		if !checked(slip) {
			return slip
		}
	}
	panic("every slip passes")
}

func checked(w []string) bool {
	return checkWord([]byte(strings.Join(w[:recoveryWords], " "))) == w[recoveryWords]
}

func mustWords(t testing.TB) string {
	t.Helper()
	words, err := newRecoveryWords()
	if err != nil {
		t.Fatal(err)
	}
	return words
}

// TestCheckWord fixes how it is computed, for ever.
func TestCheckWord(t *testing.T) {
	list := longList()
	if len(list.words) != 7776 || list.words[0] != "abacus" || list.words[7775] != "zoom" || list.at["zoom"] != 7775 {
		t.Fatalf("the list is another: %d words", len(list.words))
	}
	for words, want := range checkWords {
		if got := checkWord([]byte(words)); got != want {
			t.Errorf("%q: %q, want %q", words, got, want)
		}
	}
}

// checkWords were computed with another program; FORMAT.md has the first.
var checkWords = map[string]string{
	"abacus abdomen abdominal abide abiding ability ablaze able abnormal abrasion": "copartner",
	"zoom zone zoning zookeeper zoologist zoology zips zips zit zodiac":            "catcall",
}

// TestOwnWordsArePassphrases: somebody's own eleven words are taken as they are
// typed, capitals and all.
func TestOwnWordsArePassphrases(t *testing.T) {
	words := mustWords(t)
	right := strings.ToUpper(words)
	wrong := strings.ToUpper(strings.Join(otherFirst(strings.Fields(words)), " "))
	for typed, want := range map[string]string{right: words, wrong: wrong, words: words, "  Own   Words ": "Own Words"} {
		got, err := normalize([]byte(typed))
		if err != nil || string(got) != want {
			t.Errorf("%q becomes %q, %v", typed, got, err)
		}
	}
	// And a passphrase that is such words opens whichever way it is typed.
	path, _ := newHome(t, right, "Anna")
	for _, typed := range []string{right, words} {
		if s := unlock(t, path, typed); s.Recovered() {
			t.Error("a passphrase counts as recovery words")
		}
	}
}

func TestPowerFailsInNewRecovery(t *testing.T) {
	path, first := newHome(t, passA, "Anna")
	earlier := newRecovery(t, first, passA)
	before := content(t, path)
	old, fresh := 0, 0
	for _, cut := range cuts(fileSize) {
		d := newDisk(t, before)
		s := unlockOn(t, d, passA)
		d.fail(cut)
		if _, err := s.NewRecovery(context.Background(), []byte(passA)); err == nil && cut <= fileSize {
			t.Fatalf("cut %d: made without power", cut)
		}
		d.restart(orders(cut)[1])
		again := unlockOn(t, d, passA)
		if !again.HasRecovery() || kinds(again.Notices())[RecoveryLost] != 0 {
			t.Fatalf("cut %d: %v", cut, again.Notices())
		}
		r, _, err := d.open().Unlock(context.Background(), []byte(earlier))
		switch {
		case err == nil:
			old++
			r.Close()
		case errors.Is(err, ErrWrongPassphrase):
			fresh++
		default:
			t.Fatalf("cut %d: %v", cut, err)
		}
		words := newRecovery(t, again, passA)
		unlockOn(t, d, words)
		steady(t, d)
	}
	if old == 0 || fresh == 0 {
		t.Fatalf("the campaign tried nothing: %d old, %d new", old, fresh)
	}
}
