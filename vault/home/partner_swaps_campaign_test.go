package home_test

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"ebb/scripts/proof"
	"ebb/vault"
	"ebb/vault/home"
	"ebb/vault/keys"
)

// A swap puts parts of files in the place of others.
type swap struct {
	what  string
	parts []swapPart
}

type swapPart struct {
	name       string // of the file that is written
	from       string // path of the file that is read
	at, length int64  // which bytes of both; the whole file, if length is 0
}

// do swaps in a copy of the vault. changed is false if everything was there already.
func (s swap) do(dir string) (changed bool, err error) {
	for _, p := range s.parts {
		path := filepath.Join(dir, p.name)
		before, err := os.ReadFile(path)
		if err != nil {
			return false, err
		}
		content, err := os.ReadFile(p.from)
		if errors.Is(err, os.ErrNotExist) {
			continue // it had another name at that time
		}
		if err != nil {
			return false, err
		}
		if p.length > 0 {
			part := content[p.at:][:p.length]
			content = bytes.Clone(before)
			copy(content[p.at:], part)
		}
		changed = changed || !bytes.Equal(content, before)
		if err := os.WriteFile(path, content, 0o600); err != nil {
			return false, err
		}
	}
	return changed, nil
}

// whole swaps both files of a drawer.
func whole(to, dir, from string) []swapPart {
	return []swapPart{
		{name: to, from: filepath.Join(dir, from)},
		{name: to + "-wal", from: filepath.Join(dir, from+"-wal")},
	}
}

// stranger is another vault of the same two people, with the same passphrases.
func stranger(t *testing.T) (s snapshot) {
	t.Helper()
	s.when, s.dir = "another vault", couple(t, newClock())
	visit(t, newClock(), s.dir, passA, func(_ *vault.Session, h *home.Home) { save(t, h, "of another vault") })
	s.has, s.own = rawDrawers(t, s.dir, passB), rawDrawers(t, s.dir, passA)
	return s
}

// partnerSwapsIn lists what B can swap in a folder: whole ciphertexts for those of
// another time, another drawer, another vault, and single pages and frames.
func partnerSwapsIn(t *testing.T, all []snapshot) (now snapshot, swaps []swap) {
	t.Helper()
	now = at(all, "B has written")
	others := []snapshot{at(all, "B has joined"), at(all, "A has written"), at(all, "A is in the middle of it"), at(all, "A has written under the new passphrase"), stranger(t)}
	a, b, shared := inUse(t, now.own, keys.Private).name, inUse(t, now.has, keys.Private).name, inUse(t, now.own, keys.Shared).name
	key := func(s snapshot) []swapPart { return []swapPart{{name: "keys", from: filepath.Join(s.dir, "keys")}} }
	for _, s := range others {
		hisA, hisB, hisShared := a, b, shared // where the drawers are the same, so are their names
		if s.when == "another vault" {
			hisA, hisB, hisShared = inUse(t, s.own, keys.Private).name, inUse(t, s.has, keys.Private).name, inUse(t, s.own, keys.Shared).name
		}
		for what, parts := range map[string][]swapPart{
			"A's drawer": whole(a, s.dir, hisA), "A's main file": whole(a, s.dir, hisA)[:1], "A's log": whole(a, s.dir, hisA)[1:],
			"the shared drawer": whole(shared, s.dir, hisShared), "the shared log": whole(shared, s.dir, hisShared)[1:],
			"the key file":                key(s),
			"the key file and A's drawer": append(key(s), whole(a, s.dir, hisA)...),
			"A's drawer, for B's":         whole(b, s.dir, hisA),
			"B's drawer, for A's":         whole(a, s.dir, hisB),
			"one copy of the key file":    {{name: "keys", from: filepath.Join(s.dir, "keys"), length: 106_496}},
		} {
			swaps = append(swaps, swap{what + " of when " + s.when, parts})
		}
	}
	for what, pair := range map[string][2]string{
		"B's drawer in the place of A's": {a, b}, "the shared drawer in the place of A's": {a, shared}, "A's drawer in the place of the shared one": {shared, a},
	} {
		parts := whole(pair[0], now.dir, pair[1])
		swaps = append(swaps, swap{what, parts}, swap{what + ", the main file", parts[:1]}, swap{what + ", the log", parts[1:]})
	}
	swaps = append(swaps, swap{"A's and B's drawers under each other's names", append(whole(a, now.dir, b), whole(b, now.dir, a)...)})
	const block = 4096
	for i := range int64(proof.Size(10, 40, 1000)) { // single pages and frames, of an earlier time
		from, file := others[i%2], []string{a, a + "-wal"}[i/2%2]
		swaps = append(swaps, swap{fmt.Sprint("block ", i, " of when ", from.when), []swapPart{{file, filepath.Join(from.dir, file), block * (i * i % 60), block}}})
	}
	slices.SortFunc(swaps, func(a, b swap) int { return strings.Compare(a.what, b.what) })
	return now, swaps
}

// B puts parts of the folder in the place of others. A reads what A wrote, or is told
// that something is wrong; never something else, and never less without a word.
func partnerSwaps(t *testing.T, all []snapshot) {
	c := proof.Start(t, "partner/swaps")
	now, swaps := partnerSwapsIn(t, all)
	c.Shuffle(len(swaps), func(i, j int) { swaps[i], swaps[j] = swaps[j], swaps[i] })
	want := journalOf(t, now.dir, passA)
	if len(want) != 6 {
		t.Fatalf("A has %d entries", len(want))
	}
	for _, s := range swaps {
		if !c.TimeLeft() {
			break
		}
		dir := filepath.Join(proof.Folder(t), "Home.ebb")
		if err := os.CopyFS(dir, os.DirFS(now.dir)); err != nil {
			t.Fatal(err)
		}
		changed, err := s.do(dir)
		if err != nil {
			t.Fatal(err)
		}
		note, err := afterSwap(t, dir, want)
		if err != nil {
			c.Failure("%s: %v", s.what, err)
			note = "failed"
		}
		c.Ran(changed, note)
		if err := os.RemoveAll(filepath.Dir(dir)); err != nil {
			t.Fatal(err)
		}
	}
}

// journalOf reads all entries of a copy.
func journalOf(t *testing.T, dir, passphrase string) (texts []string) {
	t.Helper()
	visit(t, newClock(), copyFolder(t, dir), passphrase, func(_ *vault.Session, h *home.Home) {
		for e, err := range h.Journal.Exported(t.Context()) {
			if err != nil {
				t.Fatal(err)
			}
			texts = append(texts, e.Text)
		}
	})
	return texts
}

// afterSwap visits as A, and says what came of it.
func afterSwap(t *testing.T, dir string, want []string) (note string, err error) {
	c := newClock()
	v, err := vault.Open(dir, options(c))
	if err != nil {
		return refusal(err)
	}
	s, _, err := v.Unlock(t.Context(), []byte(passA))
	if err != nil {
		return refusal(errors.Join(err, v.Close()))
	}
	defer func() { _ = s.Lock(t.Context()) }() // what is damaged may not lock in order
	h, err := home.Open(t.Context(), s, c.now)
	if err != nil {
		return refusal(err)
	}
	var found []string
	for e, err := range h.Journal.Exported(t.Context()) {
		if err != nil {
			return refusal(err)
		}
		found = append(found, e.Text)
	}
	for _, text := range found {
		if !slices.Contains(want, text) && !strings.HasPrefix(text, secretOfA) {
			return "", errors.New("A reads what A never wrote")
		}
	}
	told := len(s.Notices()) > 0
	for _, text := range want {
		switch {
		case slices.Contains(found, text):
		case told:
			return "less of A's, and told", nil
		default:
			return "", fmt.Errorf("%d entries of %d, without a word", len(found), len(want))
		}
	}
	if told {
		return "all there, and told", nil
	}
	return "all there", nil
}

// refusal is the note of an error that has a kind.
func refusal(err error) (string, error) {
	for _, kind := range []error{vault.ErrDamaged, vault.ErrWrongPassphrase} {
		if errors.Is(err, kind) {
			return "refused", nil
		}
	}
	return "", fmt.Errorf("refused without a kind: %w", err)
}
