package home_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"ebb/scripts/proof"
	"ebb/vault"
	"ebb/vault/home"
	"ebb/vault/portable"
)

// Whatever A did meanwhile, and also if A was killed: what B's program shows, counts,
// finds, exports and checks is the same, and the folder has the same names, sizes and
// times.
func TestPartnerLearnsNothing(t *testing.T) {
	t.Parallel()
	c := proof.Start(t, "partner/learns nothing")
	first := newClock()
	dir := newVault(t, first)
	join(t, first, dir)
	visit(t, first, dir, passA, func(*vault.Session, *home.Home) {})
	visit(t, first, dir, passB, func(_ *vault.Session, h *home.Home) { save(t, h, secretOfB) })
	meanwhile := map[string]func(t *testing.T, c *clock, dir string){
		"comes and goes": func(t *testing.T, c *clock, dir string) { visit(t, c, dir, passA, func(*vault.Session, *home.Home) {}) },
		"writes three entries": func(t *testing.T, c *clock, dir string) {
			visit(t, c, dir, passA, func(_ *vault.Session, h *home.Home) {
				for i := range 3 {
					save(t, h, fmt.Sprint(secretOfA, " ", i))
				}
			})
		},
		"writes for an hour": func(t *testing.T, c *clock, dir string) {
			visit(t, c, dir, passA, func(_ *vault.Session, h *home.Home) {
				for i := range 60 {
					save(t, h, fmt.Sprint(secretOfA, " ", i, strings.Repeat(" words", 400)))
				}
			})
		},
		"leaves a draft": func(t *testing.T, c *clock, dir string) {
			visit(t, c, dir, passA, func(_ *vault.Session, h *home.Home) {
				if err := h.Journal.SaveDraft(t.Context(), entry(h, secretOfA)); err != nil {
					t.Fatal(err)
				}
			})
		},
		"throws an entry away": func(t *testing.T, c *clock, dir string) {
			visit(t, c, dir, passA, func(_ *vault.Session, h *home.Home) {
				e := save(t, h, secretOfA)
				if err := h.Journal.Discard(t.Context(), e.ID); err != nil {
					t.Fatal(err)
				}
			})
		},
		"changes a setting": func(t *testing.T, c *clock, dir string) {
			visit(t, c, dir, passA, func(_ *vault.Session, h *home.Home) {
				if err := h.Settings.SetIdle(t.Context(), 7*time.Minute); err != nil {
					t.Fatal(err)
				}
			})
		},
		"is killed in the middle of the third entry": func(t *testing.T, c *clock, dir string) {
			s, h := unlock(t, c, dir, passA)
			save(t, h, secretOfA)
			save(t, h, secretOfA+" too")
			if err := h.Journal.SaveDraft(t.Context(), entry(h, secretOfA+" in the mid")); err != nil {
				t.Fatal(err)
			}
			cut := copyFolder(t, dir)
			if err := s.Lock(t.Context()); err != nil {
				t.Fatal(err)
			}
			replaceFolder(t, dir, cut)
		},
	}
	var want *seenByB
	for _, what := range append([]string{"comes and goes"}, sortedKeys(meanwhile)...) {
		place := filepath.Join(proof.Folder(t), "Home.ebb")
		if err := os.CopyFS(place, os.DirFS(dir)); err != nil {
			t.Fatal(err)
		}
		here := *first
		meanwhile[what](t, &here, place)
		here.move(time.Hour)
		got := seeAsB(t, &here, place)
		if want == nil {
			want = got
		}
		if !reflect.DeepEqual(got, want) {
			c.Failure("A %s: B sees %+v, and otherwise %+v", what, got, want)
		}
		c.Ran(true, "looked")
		if err := os.RemoveAll(filepath.Dir(place)); err != nil {
			t.Fatal(err)
		}
	}
}

// How much the largest drawer holds shows, and not whose it is.
func TestDrawersGrowTogether(t *testing.T) {
	t.Parallel()
	c := newClock()
	dir := newVault(t, c)
	join(t, c, dir)
	visit(t, c, dir, passA, func(_ *vault.Session, h *home.Home) {
		for range 2 {
			save(t, h, secretOfA+strings.Repeat(" much", 500_000))
		}
	})
	sameSizes(t, dir)
	if info, err := os.Stat(drawerFiles(t, dir)[0]); err != nil || info.Size() <= 4<<20 {
		t.Errorf("nothing grew: %v, %v", info, err)
	}
}

func sortedKeys[V any](m map[string]V) (names []string) {
	for name := range m {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

func replaceFolder(t *testing.T, dir, with string) {
	t.Helper()
	if err := os.RemoveAll(dir); err != nil {
		t.Fatal(err)
	}
	if err := os.CopyFS(dir, os.DirFS(with)); err != nil {
		t.Fatal(err)
	}
}

// seenByB is everything that B's program can tell.
type seenByB struct {
	Before, After []string // names, sizes and, after B's own visit, times
	Info          vault.Info
	Notices       []vault.Notice
	People        []home.Profile
	Lines         []home.Line
	Found         int
	Count         int
	Exported      []portable.Entry
	Checked       vault.CheckReport
}

func seeAsB(t *testing.T, c *clock, dir string) *seenByB {
	t.Helper()
	var seen seenByB
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	listing := func(times bool) (all []string) {
		files, err := os.ReadDir(dir)
		must(err)
		for _, f := range files {
			info, err := f.Info()
			must(err)
			line := fmt.Sprint(f.Name(), " ", info.Size(), " ", info.Mode())
			if times {
				line += fmt.Sprint(" ", info.ModTime().UTC())
			}
			all = append(all, line)
		}
		return all
	}
	seen.Before = listing(false)
	var err error
	seen.Info, err = vault.Inspect(dir, options(c))
	must(err)
	visit(t, c, dir, passB, func(s *vault.Session, h *home.Home) {
		ctx := t.Context()
		seen.Notices = s.Notices()
		seen.People, err = h.People.All(ctx)
		must(err)
		seen.Lines, err = h.Lines.All(ctx)
		must(err)
		for _, query := range []string{secretOfA, "pelican", "words"} {
			places, err := h.Journal.Search(ctx, query)
			must(err)
			seen.Found += len(places)
		}
		seen.Count, err = h.Journal.Count(ctx)
		must(err)
		for e, err := range h.Journal.Exported(ctx) {
			must(err)
			seen.Exported = append(seen.Exported, e)
		}
		seen.Checked, err = s.Check(ctx, nil)
		must(err)
	})
	seen.After = listing(true)
	return &seen
}

// Every file of every copy is noise from end to end, and what changed between two
// copies is noise as well: a key file as a whole, at every visit, idle or not.
func partnerStatistics(t *testing.T, all []snapshot) {
	c := proof.Start(t, "partner/statistics")
	var before map[string][]byte
	for i, s := range all {
		if i%proof.Size(4, 2, 1) != 0 {
			continue
		}
		files, err := os.ReadDir(s.dir)
		if err != nil {
			t.Fatal(err)
		}
		now := map[string][]byte{}
		for _, f := range files {
			content, err := os.ReadFile(filepath.Join(s.dir, f.Name()))
			if err != nil {
				t.Fatal(err)
			}
			now[f.Name()] = content
			if f.Name() == "lock" {
				if len(content) > 0 {
					c.Failure("%s: the lock holds %d bytes", s.when, len(content))
				}
				continue
			}
			records := proof.Records{Start: 16 << 10, Length: 4096}
			if strings.HasSuffix(f.Name(), "-wal") {
				records = proof.Records{Start: 4096, Length: 4160}
			}
			if f.Name() == "keys" {
				records = proof.Records{}
			}
			if found := proof.Patterns(content, records); len(found) > 0 {
				c.Failure("%s, a file of %d bytes: %v", s.when, len(content), found)
			}
			c.Ran(true, "a file")
			if old := before[f.Name()]; len(old) == len(content) && !bytes.Equal(old, content) {
				if found := proof.Patterns(changedBytes(old, content), proof.Records{}); len(found) > 0 {
					c.Failure("%s, what changed in a file of %d bytes: %v", s.when, len(content), found)
				}
				c.Ran(true, "a difference")
			}
		}
		if before != nil && sameBlocks(before["keys"], now["keys"]) > 0 {
			c.Failure("%s: some of the key file is as it was", s.when)
		}
		before = now
	}
}

// changedBytes is the exclusive or of two files, where they differ, in whole blocks:
// records begin and end on a grid of these.
func changedBytes(a, b []byte) (out []byte) {
	const block = 16
	for at := 0; at+block <= len(a); at += block {
		if bytes.Equal(a[at:at+block], b[at:at+block]) {
			continue
		}
		for i := at; i < at+block; i++ {
			out = append(out, a[i]^b[i])
		}
	}
	return out
}

func sameBlocks(a, b []byte) (n int) {
	for at := 0; at+16 <= min(len(a), len(b)); at += 16 {
		if bytes.Equal(a[at:at+16], b[at:at+16]) {
			n++
		}
	}
	return n
}
