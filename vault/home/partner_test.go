package home_test

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"ebb/vault"
	"ebb/vault/home"
	"ebb/vault/keys"
)

// What the other person can do with the folder while somebody is away, and what
// the program says or does about it.

func readKeys(t *testing.T, dir string) []byte {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(dir, "keys"))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func writeKeys(t *testing.T, dir string, b []byte) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(dir, "keys"), b, 0o600); err != nil {
		t.Fatal(err)
	}
}

// A key file from before the last visit carries an older ring, with every sum and
// MAC in order. Only the private drawer remembers that there was a later one.
func TestOlderRingIsReported(t *testing.T) {
	c := newClock()
	dir := newVault(t, c)
	join(t, c, dir)
	visit(t, c, dir, passA, func(*vault.Session, *home.Home) {})
	before := readKeys(t, dir)
	visit(t, c, dir, passA, func(s *vault.Session, _ *home.Home) {
		if n := kinds(s)[vault.KeyFileAltered]; n != 0 {
			t.Errorf("an ordinary visit is told %d times that the key file was altered", n)
		}
	})
	writeKeys(t, dir, before)
	visit(t, c, dir, passA, func(s *vault.Session, _ *home.Home) {
		if n := kinds(s)[vault.KeyFileAltered]; n != 1 {
			t.Errorf("an older ring was reported %d times: %v", n, s.Notices())
		}
	})
	visit(t, c, dir, passA, func(s *vault.Session, _ *home.Home) {
		if n := kinds(s)[vault.KeyFileAltered]; n != 0 {
			t.Errorf("it is reported again: %v", s.Notices())
		}
	})
	visit(t, c, dir, passB, func(s *vault.Session, _ *home.Home) {
		if n := kinds(s)[vault.KeyFileAltered]; n != 0 {
			t.Errorf("the other person, whose ring is the same in both, hears of it: %v", s.Notices())
		}
	})
}

// A kill is no older ring.
func TestKillIsNoOlderRing(t *testing.T) {
	c := newClock()
	dir := newVault(t, c)
	visit(t, c, dir, passA, func(*vault.Session, *home.Home) {})
	s, h := unlock(t, c, dir, passA)
	save(t, h, "before the power went")
	cut := copyFolder(t, dir)
	if err := s.Lock(t.Context()); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		visit(t, c, cut, passA, func(s *vault.Session, _ *home.Home) {
			if n := kinds(s)[vault.KeyFileAltered]; n != 0 {
				t.Errorf("after a kill: %v", s.Notices())
			}
		})
	}
}

// shared names the main files of the shared drawers that a person opens.
func sharedFiles(t *testing.T, c *clock, dir, passphrase string) (names []string) {
	t.Helper()
	f, err := keys.Open(filepath.Join(dir, "keys"), keys.InsecureCheapKDF())
	if err != nil {
		t.Fatal(err)
	}
	seat, _, err := f.Unlock(t.Context(), []byte(passphrase))
	if err != nil {
		t.Fatal(err)
	}
	defer seat.Close()
	for _, d := range seat.Ring().Drawers {
		if d.Role == keys.Shared {
			names = append(names, d.Name)
		}
	}
	return names
}

// Everybody who shares a drawer can spoil it. That must not take anybody's own
// journal from them.
func TestJournalOpensWithoutTheSharedDrawer(t *testing.T) {
	for name, spoil := range map[string]func(t *testing.T, path string){
		"damaged": func(t *testing.T, path string) {
			for _, p := range []string{path, path + "-wal"} {
				if err := os.WriteFile(p, make([]byte, 4<<20), 0o600); err != nil {
					t.Fatal(err)
				}
			}
		},
		"missing": func(t *testing.T, path string) {
			for _, p := range []string{path, path + "-wal"} {
				if err := os.Remove(p); err != nil {
					t.Fatal(err)
				}
			}
		},
	} {
		t.Run(name, func(t *testing.T) {
			c := newClock()
			dir := newVault(t, c)
			join(t, c, dir)
			var mine home.Entry
			visit(t, c, dir, passA, func(_ *vault.Session, h *home.Home) { mine = save(t, h, "mine alone") })
			for _, file := range sharedFiles(t, c, dir, passB) {
				spoil(t, filepath.Join(dir, file))
			}
			visit(t, c, dir, passA, func(s *vault.Session, h *home.Home) {
				if got, err := h.Journal.Entry(t.Context(), mine.ID); err != nil || got.Text != mine.Text {
					t.Errorf("%q, %v", got.Text, err)
				}
				save(t, h, "written after")
				if n := kinds(s)[vault.SharedDamaged]; n != 1 {
					t.Errorf("reported %d times: %v", n, s.Notices())
				}
				all, err := h.People.All(t.Context())
				if err != nil || len(all) != 2 || all[0].Name != "Ada" || all[1].Name != "Bo" {
					t.Errorf("people %+v, %v", all, err)
				}
				if lines, err := h.Lines.All(t.Context()); err != nil || len(lines) != 0 {
					t.Errorf("lines %+v, %v", lines, err)
				}
				// Above all it is not shared with another circle than the page says.
				if _, err := h.Lines.Share(t.Context(), mine.ID, "a line"); !errors.Is(err, vault.ErrDamaged) {
					t.Errorf("sharing gives %v", err)
				}
				if err := h.Lines.TakeBack(t.Context(), home.NewID()); !errors.Is(err, vault.ErrDamaged) {
					t.Errorf("taking back gives %v", err)
				}
				if err := h.People.SetMe(t.Context(), home.Profile{Name: "Ada L."}); !errors.Is(err, vault.ErrDamaged) {
					t.Errorf("changing the profile gives %v", err)
				}
				report, err := s.Check(t.Context(), nil)
				if err != nil || report.Sound() {
					t.Errorf("the check finds %+v, %v", report, err)
				}
			})
		})
	}
}

// A link in the place of a log would lead the program to write over a file
// somewhere else.
func TestLinkedFilesAreRefused(t *testing.T) {
	for _, suffix := range []string{"", "-wal"} {
		c := newClock()
		dir := newVault(t, c)
		victim := filepath.Join(t.TempDir(), "letter")
		if err := os.WriteFile(victim, []byte("somewhere else"), 0o600); err != nil {
			t.Fatal(err)
		}
		drawers, err := filepath.Glob(filepath.Join(dir, "????????????????"))
		if err != nil || len(drawers) != 3 {
			t.Fatalf("%d drawers, %v", len(drawers), err)
		}
		for _, d := range drawers {
			if err := os.Remove(d + suffix); err != nil {
				t.Fatal(err)
			}
			if err := os.Symlink(victim, d+suffix); err != nil {
				t.Fatal(err)
			}
		}
		err = tryVisit(t, c, dir, passA)
		if !errors.Is(err, vault.ErrDamaged) {
			t.Errorf("%q: opening gives %v", suffix, err)
		}
		if got, err := os.ReadFile(victim); err != nil || string(got) != "somewhere else" {
			t.Errorf("%q: the other file has %d bytes now, %v", suffix, len(got), err)
		}
	}
}

// tryVisit opens, unlocks and locks.
func tryVisit(t *testing.T, c *clock, dir, passphrase string) error {
	t.Helper()
	v, err := vault.Open(dir, options(c))
	if err != nil {
		return err
	}
	s, _, err := v.Unlock(t.Context(), []byte(passphrase))
	if err != nil {
		return errors.Join(err, v.Close())
	}
	_, err = home.Open(t.Context(), s, c.now)
	return errors.Join(err, s.Lock(t.Context()))
}

// A file that is larger than a drawer can be is not one: all others would grow to
// its size, until the disk is full.
func TestHugeFileIsForeign(t *testing.T) {
	c := newClock()
	dir := newVault(t, c)
	huge := filepath.Join(dir, strings.Repeat("ab", 8))
	f, err := os.Create(huge)
	if err != nil {
		t.Fatal(err)
	}
	if err := f.Truncate(3 << 30); err != nil { // takes no room where files can have holes
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	info, err := vault.Inspect(dir, options(c))
	if err != nil || info.Drawers != 3 || info.ForeignFiles != 1 {
		t.Fatalf("%+v, %v", info, err)
	}
	visit(t, c, dir, passA, func(s *vault.Session, _ *home.Home) {
		if kinds(s)[vault.ForeignFile] != 1 {
			t.Errorf("notices %v", s.Notices())
		}
	})
	if err := os.Remove(huge); err != nil {
		t.Fatal(err)
	}
	sameSizes(t, dir)
}

// Whoever destroys the key file leaves a damaged vault, and not a folder that is
// somebody else's and may be thrown away.
func TestVaultWithoutKeyFileIsDamaged(t *testing.T) {
	c := newClock()
	for name, destroy := range map[string]func(dir string) error{
		"missing": func(dir string) error { return os.Remove(filepath.Join(dir, "keys")) },
		"empty":   func(dir string) error { return os.Truncate(filepath.Join(dir, "keys"), 0) },
		"noise": func(dir string) error {
			return os.WriteFile(filepath.Join(dir, "keys"), []byte(strings.Repeat("x", 212992)), 0o600)
		},
	} {
		dir := newVault(t, c)
		if err := destroy(dir); err != nil {
			t.Fatal(err)
		}
		if _, err := vault.Open(dir, options(c)); !errors.Is(err, vault.ErrDamaged) || errors.Is(err, vault.ErrNotVault) {
			t.Errorf("%s: opening gives %v", name, err)
		}
		if _, err := vault.Inspect(dir, options(c)); !errors.Is(err, vault.ErrDamaged) {
			t.Errorf("%s: inspecting gives %v", name, err)
		}
	}
}

// Inspecting takes no lock, so it must not write: another program may be in the
// middle of doing so.
func TestInspectWritesNothing(t *testing.T) {
	c := newClock()
	dir := newVault(t, c)
	b := readKeys(t, dir)
	b[len(b)/4] ^= 1 // in the first copy
	writeKeys(t, dir, b)
	if _, err := vault.Inspect(dir, options(c)); err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(readKeys(t, dir), b) {
		t.Error("inspecting changed the key file")
	}
}

// A crash between the two names of the key file leaves nothing that is in the way.
func TestCrashWhileKeyFileIsMade(t *testing.T) {
	c := newClock()
	dir := filepath.Join(t.TempDir(), "Home.ebb")
	if err := os.Mkdir(dir+".part", 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir+".part", "keys.new"), []byte("half a key file"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := home.Create(t.Context(), dir, "Ada", []byte(passA), options(c)); err != nil {
		t.Errorf("making a vault after a crash: %v", err)
	}
}
