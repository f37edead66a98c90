package home_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"ebb/vault"
	"ebb/vault/home"
	"ebb/vault/portable"
)

// bring brings in a file.
func bring(t *testing.T, h *home.Home, format, path string) home.ImportSummary {
	t.Helper()
	src, err := portable.Open(format, path)
	if err != nil {
		t.Fatal(err)
	}
	defer src.Close()
	sum, err := h.Journal.Import(t.Context(), src, nil)
	if err != nil {
		t.Fatal(err)
	}
	return sum
}

// What went to Day One and comes back from it is known, whatever it was before;
// and what came by way of Day One is known when the original comes.
func TestDayOneAndBackAddsNothing(t *testing.T) {
	c := newClock()
	first := newVault(t, c)
	jrnl := filepath.Join(t.TempDir(), "j.txt")
	if err := os.WriteFile(jrnl, []byte("[2026-01-02 09:00] Brought in.\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	out := t.TempDir()
	dayOne, own := filepath.Join(out, "dayone"), filepath.Join(out, "own")
	visit(t, c, first, passA, func(_ *vault.Session, h *home.Home) {
		save(t, h, "Written here.")
		if sum := bring(t, h, portable.Jrnl, jrnl); sum.Added != 1 {
			t.Fatalf("%+v", sum)
		}
		if _, err := portable.ExportDayOne(t.Context(), dayOne, h.Journal.Exported(t.Context())); err != nil {
			t.Fatal(err)
		}
		if _, err := portable.ExportJSON(t.Context(), own, h.Journal.Exported(t.Context())); err != nil {
			t.Fatal(err)
		}
		for range 2 {
			if sum := bring(t, h, portable.DayOne, filepath.Join(dayOne, "Journal.zip")); sum.Added != 0 || sum.Known != 2 {
				t.Errorf("back in the vault it came from: %+v", sum)
			}
		}
	})
	visit(t, c, newVault(t, c), passA, func(_ *vault.Session, h *home.Home) {
		if sum := bring(t, h, portable.DayOne, filepath.Join(dayOne, "Journal.zip")); sum.Added != 2 {
			t.Errorf("into another vault: %+v", sum)
		}
		for format, path := range map[string]string{portable.Ebb: own, portable.Jrnl: jrnl} {
			if sum := bring(t, h, format, path); sum.Added != 0 {
				t.Errorf("%s, after it came by way of Day One: %+v", format, sum)
			}
		}
	})
}

// salvaged is what an export of a damaged vault gives; opened is false if what
// every opening reads is damaged. Whatever comes has to be one of the texts, once,
// and all are lost if the export ends in an error.
func salvaged(t *testing.T, c *clock, dir string, texts map[string]bool) (entries, lost int, more, opened bool) {
	t.Helper()
	v, err := vault.Open(dir, options(c))
	if err != nil {
		t.Fatal(err)
	}
	s, _, err := v.Unlock(t.Context(), []byte(passA))
	if err != nil {
		t.Fatal(err)
	}
	defer s.Lock(context.Background()) // a damaged drawer says so once more
	h, err := home.Open(t.Context(), s, c.now)
	if errors.Is(err, vault.ErrDamaged) {
		return 0, 0, false, false
	}
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for e, err := range h.Journal.Exported(t.Context()) {
		switch {
		case errors.Is(err, portable.ErrLost):
			lost++
		case errors.Is(err, portable.ErrLostMore):
			more = true
		case errors.Is(err, vault.ErrDamaged) && len(seen)+lost == 0:
			return 0, len(texts), false, true
		case err != nil:
			t.Fatal(err)
		case !texts[e.Text] || seen[e.Text]:
			t.Errorf("an entry of %d bytes is changed, or comes twice", len(e.Text))
		default:
			seen[e.Text] = true
		}
	}
	return len(seen), lost, more, true
}

// A page that is damaged costs the entries on it, and no others: at whatever place
// it lies, the export gives the rest word for word, and counts what is lost. (One
// page leads to all of the table, and without it there is nothing to go on with.)
// Where so much is damaged that nobody can count, it gives what it finds, and says
// so.
func TestExportGoesOnPastDamage(t *testing.T) {
	const all = 60
	c := newClock()
	dir := newVault(t, c)
	texts := map[string]bool{}
	visit(t, c, dir, passA, func(_ *vault.Session, h *home.Home) {
		for i := range all {
			text := fmt.Sprintf("Entry %02d. ", i) + strings.Repeat(fmt.Sprintf("Words of %02d. ", i), 150)
			texts[text] = true
			save(t, h, text)
		}
	})
	const stride = 4096 // no longer than a page with what belongs to it
	damaged, worst, roots := 0, 0, 0
	var indexes []int64 // where nothing is lost: what lies there leads to entries, at best
	var holds []int64   // where an entry is lost
	for at := int64(3); at < 108; at++ {
		hurt := copyFolder(t, dir)
		flipAll(t, hurt, at*stride)
		entries, lost, more, opened := salvaged(t, c, hurt, texts)
		switch {
		case !opened:
			continue
		case entries+lost != all || more:
			t.Errorf("at %d: %d entries and %d lost of %d; more: %v", at, entries, lost, all, more)
		case lost == all: // the one page that leads to all others
			roots++
		case lost > 0:
			damaged++
			holds = append(holds, at*stride)
			worst = max(worst, lost)
		default:
			indexes = append(indexes, at*stride)
		}
	}
	t.Logf("%d pages cost entries, at worst %d of %d; %d cost all, %d none", damaged, worst, all, roots, len(indexes))
	if damaged < 5 || worst > 3 || roots > 1 {
		t.Fatalf("%d damaged pages cost an entry, one of them %d, and %d cost all", damaged, worst, roots)
	}

	hurt := copyFolder(t, dir)
	for _, at := range append(indexes, holds[len(holds)/3], holds[2*len(holds)/3]) {
		flipAll(t, hurt, at)
	}
	entries, lost, more, opened := salvaged(t, c, hurt, texts)
	t.Logf("without any index: %d entries, %d lost, more: %v", entries, lost, more)
	if !opened || !more || entries == 0 {
		t.Errorf("without any index: %d entries, %d lost, more: %v, opened: %v", entries, lost, more, opened)
	}
}

// flipAll changes a bit at a place in every drawer.
func flipAll(t *testing.T, dir string, at int64) {
	t.Helper()
	drawers, err := filepath.Glob(filepath.Join(dir, strings.Repeat("[0-9a-f]", 16)))
	if err != nil || len(drawers) == 0 {
		t.Fatalf("%d drawers, %v", len(drawers), err)
	}
	for _, name := range drawers {
		f, err := os.OpenFile(name, os.O_RDWR, 0)
		if err != nil {
			t.Fatal(err)
		}
		var b [1]byte
		if _, err := f.ReadAt(b[:], at); err != nil {
			t.Fatal(err)
		}
		b[0] ^= 1
		if _, err := f.WriteAt(b[:], at); err != nil {
			t.Fatal(err)
		}
		if err := f.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

// An import of any format that is stopped after any batch loses nothing, and goes
// on when it is run again.
func TestStoppedImportsGoOn(t *testing.T) {
	const all = 450 // three batches
	dir := t.TempDir()
	var jrnl, month strings.Builder
	records := make([]string, 0, all)
	for i := range all {
		fmt.Fprintf(&jrnl, "[2026-01-02 %02d:%02d] Note %03d.\n\n", i/60, i%60, i)
		records = append(records, fmt.Sprintf(`{"title":"Note %03d.","body":"","date":"2026-01-02","time":"%02d:%02d","tags":[],"starred":false}`, i, i/60, i%60))
	}
	if err := os.Mkdir(filepath.Join(dir, "red"), 0o700); err != nil {
		t.Fatal(err)
	}
	for i := range all {
		if fmt.Fprintf(&month, "%d: {text: Note %03d.}\n", i%28+1, i); i%28 == 27 || i == all-1 {
			name := fmt.Sprintf("red/%04d-%02d.txt", 2000+i/28/12, i/28%12+1)
			if err := os.WriteFile(filepath.Join(dir, name), []byte(month.String()), 0o600); err != nil {
				t.Fatal(err)
			}
			month.Reset()
		}
	}
	for name, content := range map[string]string{"j.txt": jrnl.String(), "j.json": `{"tags":{},"entries":[` + strings.Join(records, ",") + `]}`} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for _, from := range []struct{ format, path string }{{portable.Jrnl, "j.txt"}, {portable.Jrnl, "j.json"}, {portable.RedNotebook, "red"}} {
		c := newClock()
		visit(t, c, newVault(t, c), passA, func(_ *vault.Session, h *home.Home) {
			src, err := portable.Open(from.format, filepath.Join(dir, from.path))
			if err != nil {
				t.Fatal(err)
			}
			ctx, cancel := context.WithCancel(t.Context())
			sum, err := h.Journal.Import(ctx, src, func(done, total int) {
				if total != all {
					t.Errorf("%s: a total of %d", from.path, total)
				}
				cancel()
			})
			src.Close()
			if !errors.Is(err, context.Canceled) || sum.Added == 0 || sum.Added >= all {
				t.Fatalf("%s: %d added, %v", from.path, sum.Added, err)
			}
			before := sum.Added
			if sum := bring(t, h, from.format, filepath.Join(dir, from.path)); sum.Known != before || sum.Added != all-before || len(sum.Problems) > 0 {
				t.Errorf("%s: %d before, then %+v", from.path, before, sum)
			}
			if sum := bring(t, h, from.format, filepath.Join(dir, from.path)); sum.Added != 0 || sum.Known != all {
				t.Errorf("%s, a third time: %+v", from.path, sum)
			}
			var texts []string
			if err := h.Journal.Each(t.Context(), func(e home.Entry) error {
				texts = append(texts, e.Text)
				return nil
			}); err != nil {
				t.Fatal(err)
			}
			slices.Sort(texts)
			for i := range all {
				if len(texts) != all || texts[i] != fmt.Sprintf("Note %03d.", i) {
					t.Fatalf("%s: %d entries, and not each once", from.path, len(texts))
				}
			}
		})
	}
}
