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

// three makes a vault for three who have all been there, and shared a line each.
func three(t testing.TB, c *clock) string {
	t.Helper()
	dir := couple(t, c)
	joinAs(t, c, dir, passB, passC, "Chris")
	for passphrase, line := range map[string]string{passA: "Ada to all", passB: "Bo to all", passC: "Chris to all"} {
		visit(t, c, dir, passphrase, func(_ *vault.Session, h *home.Home) { share(t, h, line) })
	}
	return dir
}

func leave(t testing.TB, c *clock, dir, passphrase string) {
	t.Helper()
	s, h := unlock(t, c, dir, passphrase)
	if err := s.Leave(t.Context(), []byte("not my passphrase")); !errors.Is(err, vault.ErrWrongPassphrase) {
		t.Fatalf("leaving with the wrong passphrase: %v", err)
	}
	save(t, h, "still here") // and the session goes on
	if err := s.Leave(t.Context(), []byte(passphrase)); err != nil {
		t.Fatal(err)
	}
	if _, err := h.Journal.Count(t.Context()); !errors.Is(err, vault.ErrLocked) {
		t.Errorf("the journal after leaving: %v", err)
	}
	if err := s.Lock(t.Context()); err != nil {
		t.Errorf("locking after leaving: %v", err)
	}
}

func TestLeaving(t *testing.T) {
	c := newClock()
	dir := three(t, c)
	visit(t, c, dir, passC, func(s *vault.Session, h *home.Home) { save(t, h, "secret of Chris") })
	old, oldKeys := keysOf(t, dir, passC), readKeys(t, dir)
	var words string
	visit(t, c, dir, passC, func(s *vault.Session, _ *home.Home) {
		var err error
		if words, err = s.NewRecovery(t.Context(), []byte(passC)); err != nil {
			t.Fatal(err)
		}
	})
	files := drawerFiles(t, dir)
	leave(t, c, dir, passC)
	sameSizes(t, dir)
	for _, typed := range []string{passC, words} {
		opensNot(t, c, dir, typed)
	}
	// Nothing can be seen of it but another key file and a drawer of other noise.
	if got := drawerFiles(t, dir); !slices.Equal(got, files) {
		t.Errorf("the files are others: %d, %d before", len(got), len(files))
	}
	if texts := whatOpens(t, dir, old); slices.ContainsFunc(texts, func(s string) bool { return strings.HasPrefix(s, "secret") }) {
		t.Errorf("the private drawer still opens: %q", texts)
	}
	for n, passphrase := range []string{passA, passB} {
		visit(t, c, dir, passphrase, func(s *vault.Session, h *home.Home) {
			if k := kinds(s); k[vault.MemberLeft] != 1 || len(s.Notices()) != 1 {
				t.Errorf("notices %v", s.Notices())
			}
			if m, f := s.Members(), s.Former(); len(m) != 2 || len(f) != 1 || f[0].Seat != 2 || f[0].Name != "Chris" {
				t.Errorf("members %v, former %v", m, f)
			}
			if all, err := h.People.All(t.Context()); err != nil || len(all) != 2 {
				t.Errorf("people %v, %v", all, err)
			}
			lines, err := h.Lines.All(t.Context())
			if err != nil || len(lines) != 5+n {
				t.Errorf("%d lines, %v", len(lines), err)
			}
			for _, line := range lines {
				if line.Text == "Chris to all" && (line.Author != "Chris" || !slices.Equal(line.Seats, []uint8{0, 1})) {
					t.Errorf("a line of %q for %v", line.Author, line.Seats)
				}
			}
			share(t, h, "secret after leaving")
			sound(t, s)
		})
		visit(t, c, dir, passphrase, func(s *vault.Session, _ *home.Home) {
			if len(s.Notices()) != 0 {
				t.Errorf("told again: %v", s.Notices())
			}
		})
	}
	if texts := whatOpens(t, dir, old); slices.ContainsFunc(texts, func(s string) bool { return strings.HasPrefix(s, "secret") }) {
		t.Errorf("with the old keys opens %q", texts)
	}
	// The file of the person who left stays, and nobody's is more.
	visit(t, c, dir, passA, func(*vault.Session, *home.Home) {})
	if n := len(drawerFiles(t, dir)); n != len(files) {
		t.Errorf("%d drawers, %d before", n, len(files))
	}
	// With the key file of before, put in its place, the person who left reads
	// nothing of what came after.
	writeKeys(t, dir, oldKeys)
	if err := tryVisit(t, c, dir, passC); !errors.Is(err, vault.ErrDamaged) {
		t.Errorf("with the old key file: %v", err)
	}
}

// TestLeavingAlone: the last person, and the last but one.
func TestLeavingAlone(t *testing.T) {
	c := newClock()
	dir := couple(t, c)
	visit(t, c, dir, passA, func(_ *vault.Session, h *home.Home) { save(t, h, "secret") })
	old := append(keysOf(t, dir, passA), keysOf(t, dir, passB)...)
	leave(t, c, dir, passB)
	visit(t, c, dir, passA, func(s *vault.Session, h *home.Home) {
		if got := linesOf(t, h); !slices.Equal(got, []string{"a line of Ada", "a line of Bo"}) {
			t.Errorf("lines %q", got)
		}
		if _, err := h.Lines.Share(t.Context(), home.NewID(), "to nobody"); !errors.Is(err, home.ErrNobodyElse) {
			t.Errorf("sharing with nobody: %v", err)
		}
		save(t, h, "on my own")
	})
	leave(t, c, dir, passA)
	for _, passphrase := range []string{passA, passB} {
		opensNot(t, c, dir, passphrase)
	}
	if texts := whatOpens(t, dir, old); len(texts) != 0 {
		t.Errorf("something still opens: %q", texts)
	}
	sameSizes(t, dir)
}

// TestLeftDrawerIsOverwrittenByTheOthers: who was cut off before their drawer was
// overwritten is helped by whoever reads that they left.
func TestLeftDrawerIsOverwrittenByTheOthers(t *testing.T) {
	c := newClock()
	dir := couple(t, c)
	var private string
	for _, d := range keysOf(t, dir, passB) {
		if d.Role == keys.Private {
			private = filepath.Join(dir, d.Name)
		}
	}
	old := keysOf(t, dir, passB)
	visit(t, c, dir, passB, func(_ *vault.Session, h *home.Home) { save(t, h, "secret") })
	before, err := os.ReadFile(private)
	if err != nil {
		t.Fatal(err)
	}
	leave(t, c, dir, passB)
	if err := os.WriteFile(private, before, 0o600); err != nil { // as if it had been cut off
		t.Fatal(err)
	}
	if texts := whatOpens(t, dir, old); !slices.Contains(texts, "secret") {
		t.Fatal("there is nothing to overwrite")
	}
	visit(t, c, dir, passA, func(*vault.Session, *home.Home) {})
	if texts := whatOpens(t, dir, old); slices.Contains(texts, "secret") {
		t.Error("it was left as it was")
	}
	if _, err := os.Stat(private); err != nil {
		t.Errorf("the placeholder: %v", err)
	}
	sameSizes(t, dir)
}

func TestRekeying(t *testing.T) {
	c := newClock()
	dir := three(t, c)
	for _, passphrase := range []string{passA, passB, passC} { // so that nothing is left to do
		visit(t, c, dir, passphrase, func(*vault.Session, *home.Home) {})
	}
	files := drawerFiles(t, dir)
	old := keysOf(t, dir, passC)
	visit(t, c, dir, passA, func(s *vault.Session, h *home.Home) {
		before := linesOf(t, h)
		if err := s.Rekey(t.Context(), nil); err != nil {
			t.Fatal(err)
		}
		if got := linesOf(t, h); !slices.Equal(got, before) {
			t.Errorf("lines %q, were %q", got, before)
		}
		share(t, h, "secret since")
		if err := h.People.SetMe(t.Context(), home.Profile{Name: "Ada L."}); err != nil {
			t.Error(err)
		}
		sound(t, s)
	})
	if n := len(drawerFiles(t, dir)); n != len(files)+1 {
		t.Errorf("%d drawers, %d before", n, len(files))
	}
	if texts := whatOpens(t, dir, old); slices.Contains(texts, "secret since") {
		t.Error("the old key opens what was shared since")
	}
	for _, passphrase := range []string{passB, passC} {
		visit(t, c, dir, passphrase, func(s *vault.Session, h *home.Home) {
			if got := linesOf(t, h); !slices.Contains(got, "secret since") || len(got) < 4 || len(got) != len(slices.Compact(got)) {
				t.Errorf("lines %q", got)
			}
			if all, err := h.People.All(t.Context()); err != nil || all[0].Name != "Ada L." {
				t.Errorf("people %v, %v", all, err)
			}
			if len(s.Notices()) != 0 {
				t.Errorf("notices %v", s.Notices())
			}
			sound(t, s)
		})
	}
	visit(t, c, dir, passA, func(*vault.Session, *home.Home) {})
	if n := len(drawerFiles(t, dir)); n != len(files) {
		t.Errorf("%d drawers, %d before", n, len(files))
	}
	sameSizes(t, dir)
	visit(t, c, dir, passB, func(s *vault.Session, h *home.Home) {
		if got := linesOf(t, h); !slices.Contains(got, "secret since") {
			t.Errorf("lines %q", got)
		}
		if len(s.Notices()) != 0 {
			t.Errorf("notices %v", s.Notices())
		}
	})
}

// TestLineTakenBackAfterRekeying: what is mine stays mine to take back.
func TestLineTakenBackAfterRekeying(t *testing.T) {
	c := newClock()
	dir := couple(t, c)
	visit(t, c, dir, passA, func(s *vault.Session, h *home.Home) {
		if err := s.Rekey(t.Context(), nil); err != nil {
			t.Fatal(err)
		}
		lines, err := h.Lines.All(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		for _, line := range lines {
			if line.Mine {
				if err := h.Lines.TakeBack(t.Context(), line.ID); err != nil {
					t.Error(err)
				}
			}
		}
	})
	visit(t, c, dir, passB, func(_ *vault.Session, h *home.Home) {
		if got := linesOf(t, h); !slices.Equal(got, []string{"a line of Bo"}) {
			t.Errorf("lines %q", got)
		}
	})
}

// TestDamagedSharedDrawerAndChanges: what others can spoil keeps nobody from
// changing their passphrase, or from leaving.
func TestDamagedSharedDrawerAndChanges(t *testing.T) {
	c := newClock()
	dir := couple(t, c)
	for _, file := range sharedFiles(t, c, dir, passB) {
		for _, p := range []string{filepath.Join(dir, file), filepath.Join(dir, file+"-wal")} {
			if err := os.WriteFile(p, make([]byte, 4<<20), 0o600); err != nil {
				t.Fatal(err)
			}
		}
	}
	visit(t, c, dir, passA, func(s *vault.Session, h *home.Home) {
		save(t, h, "mine")
		if err := s.Rekey(t.Context(), nil); !errors.Is(err, vault.ErrDamaged) {
			t.Errorf("re-keying what is damaged: %v", err)
		}
		if _, err := s.ChangePassphrase(t.Context(), []byte(passA), []byte(passNew), nil); err != nil {
			t.Errorf("changing the passphrase: %v", err)
		}
	})
	leave(t, c, dir, passB)
	visit(t, c, dir, passNew, func(s *vault.Session, h *home.Home) {
		if n, err := h.Journal.Count(t.Context()); err != nil || n != 1 {
			t.Errorf("%d entries, %v", n, err)
		}
		if k := kinds(s); k[vault.MemberLeft] != 1 || k[vault.SharedDamaged] != 1 {
			t.Errorf("notices %v", s.Notices())
		}
	})
}
