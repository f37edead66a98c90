package window

import (
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"sort"
	"strings"
	"testing"

	"ebb/vault"
	store "ebb/vault/home"
	"ebb/vault/portable"
)

// Scenario T1: two people join, each while the other is away. What the second
// sees, finds, exports and can count is the same to the byte whether the first
// wrote three entries, was cut off in the middle of the third, or wrote nothing.
func TestScenarioT1(t *testing.T) {
	// All runs happen at one place, because the settings page shows it.
	folder := filepath.Join(t.TempDir(), "Ebb")
	dir := filepath.Join(folder, "Home.ebb")
	entries := []string{"ARCHIPELAGO one. I said nothing.", "ARCHIPELAGO two.\n\nA longer one, with more said.", "ARCHIPELAGO three, in the middle of a"}
	runs := map[string]func(*person){
		"nothing": func(*person) {},
		"three entries": func(p *person) {
			for _, e := range entries {
				p.menu("New entry")
				p.types(e)
				p.menu("Keep what I wrote")
			}
		},
		"cut off": func(p *person) {
			for _, e := range entries[:2] {
				p.menu("New entry")
				p.types(e)
				p.menu("Keep what I wrote")
			}
			p.menu("New entry")
			p.types(entries[2])
			p.wait() // a draft is sealed
		},
	}
	seen := map[string]map[string]string{}
	for name, run := range runs {
		if err := os.RemoveAll(folder); err != nil {
			t.Fatal(err)
		}
		p := homeAt(t, folder)
		p.locks()
		joins(t, dir)
		p = unlocked(t, dir, passA)
		run(p)
		if name == "cut off" {
			// What lies on the disk now is what a kill leaves.
			asKilled := filepath.Join(t.TempDir(), "killed")
			copyVault(t, dir, asKilled)
			p.locks()
			if err := os.RemoveAll(dir); err != nil {
				t.Fatal(err)
			}
			copyVault(t, asKilled, dir)
		} else {
			p.locks()
		}
		seen[name] = everythingBSees(t, dir)
		if name == "nothing" {
			continue
		}
		p = unlocked(t, dir, passA)
		p.menu("Journal")
		p.sees("ARCHIPELAGO")
		p.locks()
	}
	want := seen["nothing"]
	for name, got := range seen {
		for what := range want {
			if got[what] != want[what] {
				t.Errorf("%s differs when the other wrote %s:\n%.2000s\n--- instead of\n%.2000s", what, name, got[what], want[what])
			}
		}
		if len(got) != len(want) {
			t.Errorf("%d things to see when the other wrote %s, otherwise %d", len(got), name, len(want))
		}
	}
}

// seen is a fingerprint of the pixels on the screen. Under the race detector, where
// painting takes minutes, the texts have to do.
func (p *person) seen() string {
	if testing.Short() {
		return ""
	}
	return fmt.Sprintf("%x", sha256.Sum256(p.picture()))
}

func copyVault(t *testing.T, from, to string) {
	t.Helper()
	if err := os.CopyFS(to, os.DirFS(from)); err != nil {
		t.Fatal(err)
	}
	files, err := os.ReadDir(to)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		if err := os.Chmod(filepath.Join(to, f.Name()), 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

// everythingBSees is what the second person can learn: every page as a picture and
// as text, a search, an export, the check, and the folder's files.
func everythingBSees(t *testing.T, dir string) map[string]string {
	t.Helper()
	seen := map[string]string{}
	p := unlocked(t, dir, passB)
	for _, page := range []string{"Today", "Journal", "Our menu", "Shared lines", "People", "My data", "Settings", "Help & contacts"} {
		p.menu(page)
		seen[page+", read"] = p.reads()
		seen[page+", seen"] = p.seen()
	}
	p.menu("Search")
	p.types("archipelago")
	seen["search, read"] = p.reads()
	seen["search, seen"] = p.seen()
	for _, lines := range seen {
		if strings.Contains(lines, "ARCHIPELAGO") {
			t.Errorf("the other's words are on the screen:\n%s", lines)
		}
	}
	p.locks()

	v, err := vault.Open(dir, cheap(p.w.o.Now))
	if err != nil {
		t.Fatal(err)
	}
	s, _, err := v.Unlock(t.Context(), []byte(passB))
	if err != nil {
		t.Fatal(err)
	}
	h, err := store.Open(t.Context(), s, p.w.o.Now)
	if err != nil {
		t.Fatal(err)
	}
	out := filepath.Join(t.TempDir(), "export")
	sum, err := portable.ExportJSON(t.Context(), out, h.Journal.Exported(t.Context()))
	if err != nil {
		t.Fatal(err)
	}
	seen["export"] = fmt.Sprint(sum.Entries)
	report, err := s.Check(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	seen["check"] = asJSON(t, report)
	if err := s.Lock(t.Context()); err != nil {
		t.Fatal(err)
	}
	info, err := vault.Inspect(dir, cheap(p.w.o.Now))
	if err != nil {
		t.Fatal(err)
	}
	seen["info"] = asJSON(t, info)
	seen["files"] = files(t, dir)
	return seen
}

func asJSON(t *testing.T, v any) string {
	t.Helper()
	b, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// files lists the kinds, sizes and times of a vault's files. Drawers' names are
// random, so they are left out.
func files(t *testing.T, dir string) string {
	t.Helper()
	all, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var lines []string
	for _, f := range all {
		info, err := f.Info()
		if err != nil {
			t.Fatal(err)
		}
		name := f.Name()
		if len(name) >= 16 {
			name = "drawer" + name[16:]
		}
		lines = append(lines, fmt.Sprintf("%s %d %s %s", name, info.Size(), info.Mode(), info.ModTime().UTC()))
	}
	sort.Strings(lines)
	return strings.Join(lines, "\n")
}
