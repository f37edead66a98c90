package home_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"ebb/vault"
	"ebb/vault/home"
)

// changedDrawers names the main files of the drawers that changed between two copies of
// a vault.
func changedDrawers(t *testing.T, before, after string) []string {
	t.Helper()
	files, err := os.ReadDir(after)
	if err != nil {
		t.Fatal(err)
	}
	var changed []string
	for _, f := range files {
		a, err := os.ReadFile(filepath.Join(before, f.Name()))
		if err != nil {
			t.Fatal(err)
		}
		b, err := os.ReadFile(filepath.Join(after, f.Name()))
		if err != nil {
			t.Fatal(err)
		}
		if string(a) != string(b) && len(f.Name()) == 16 {
			changed = append(changed, f.Name())
		}
	}
	return changed
}

func TestOpenRefuses(t *testing.T) {
	c := newClock()
	dir := newVault(t, c)
	empty := t.TempDir()
	file := filepath.Join(empty, "file")
	if err := os.WriteFile(file, []byte("something"), 0o600); err != nil {
		t.Fatal(err)
	}
	foreign := t.TempDir()
	if err := os.WriteFile(filepath.Join(foreign, "keys"), []byte(strings.Repeat("no key file ", 20000)), 0o600); err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]error{
		filepath.Join(empty, "missing"): vault.ErrNotVault,
		empty:                           vault.ErrNotVault,
		foreign:                         vault.ErrNotVault,
	} {
		if _, err := vault.Open(path, options(c)); !errors.Is(err, want) {
			t.Errorf("opening gives %v, want %v", err, want)
		}
	}
	if _, err := vault.Open(file, options(c)); err == nil {
		t.Error("a file opened as a vault")
	}
	for _, taken := range []string{dir, empty, file} {
		if err := home.Create(t.Context(), taken, "Ada", []byte(passA), options(c)); !errors.Is(err, vault.ErrExists) {
			t.Errorf("creating where something is gives %v", err)
		}
	}
	if got, err := os.ReadFile(file); err != nil || string(got) != "something" {
		t.Errorf("the file is %q now, %v", got, err)
	}
	for _, name := range []string{"", "  ", strings.Repeat("x", 10000)} {
		path := filepath.Join(empty, "New.ebb")
		if err := home.Create(t.Context(), path, name, []byte(passA), options(c)); err == nil {
			t.Errorf("a name of %d characters was accepted", len(name))
		}
		if _, err := os.Lstat(path); !errors.Is(err, os.ErrNotExist) {
			t.Errorf("a refused vault left something: %v", err)
		}
	}
}

func TestOpenTwice(t *testing.T) {
	c := newClock()
	dir := newVault(t, c)
	visit(t, c, dir, passA, func(*vault.Session, *home.Home) {
		if _, err := vault.Open(dir, options(c)); !errors.Is(err, vault.ErrInUse) {
			t.Errorf("a second opening gives %v", err)
		}
		if _, err := vault.Inspect(dir, options(c)); err != nil {
			t.Errorf("inspecting while it is open: %v", err)
		}
	})
	visit(t, c, dir, passA, func(*vault.Session, *home.Home) {})
}

func TestLockedSessionIsOver(t *testing.T) {
	c := newClock()
	dir := newVault(t, c)
	s, h := unlock(t, c, dir, passA)
	if err := s.Lock(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := s.Lock(t.Context()); err != nil {
		t.Errorf("locking twice: %v", err)
	}
	if _, err := h.Journal.Save(t.Context(), entry(h, "too late")); err == nil {
		t.Error("an entry was saved after locking")
	}
	if _, err := s.Private(t.Context()); !errors.Is(err, vault.ErrLocked) {
		t.Errorf("a drawer after locking: %v", err)
	}
	if _, err := s.Invite(nil); !errors.Is(err, vault.ErrLocked) {
		t.Errorf("an invitation after locking: %v", err)
	}
}

func TestUnfinishedVaultIsMadeAnew(t *testing.T) {
	c := newClock()
	dir := newVault(t, c)
	part := filepath.Join(t.TempDir(), "Home.ebb.part")
	if err := os.CopyFS(part, os.DirFS(dir)); err != nil { // what a crash leaves
		t.Fatal(err)
	}
	target := strings.TrimSuffix(part, ".part")
	if err := home.Create(t.Context(), target, "Bo", []byte(passB), options(c)); err != nil {
		t.Fatal(err)
	}
	visit(t, c, target, passB, func(*vault.Session, *home.Home) {})
	if _, err := os.Lstat(part); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("the unfinished vault is still there: %v", err)
	}

	// A folder of that name that Ebb did not make is left alone.
	foreign := filepath.Join(t.TempDir(), "Other.ebb.part")
	if err := os.MkdirAll(foreign, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(foreign, "letter.txt"), []byte("mine"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := home.Create(t.Context(), strings.TrimSuffix(foreign, ".part"), "Bo", []byte(passB), options(c)); !errors.Is(err, vault.ErrExists) {
		t.Errorf("creating beside a foreign folder: %v", err)
	}
	if got, err := os.ReadFile(filepath.Join(foreign, "letter.txt")); err != nil || string(got) != "mine" {
		t.Errorf("the foreign file is %q now, %v", got, err)
	}
}

func kinds(s *vault.Session) map[vault.NoticeKind]int {
	found := map[vault.NoticeKind]int{}
	for _, n := range s.Notices() {
		found[n.Kind]++
	}
	return found
}

func TestOlderDrawerIsReported(t *testing.T) {
	c := newClock()
	dir := newVault(t, c)
	before := copyFolder(t, dir)
	c.move(time.Hour)
	visit(t, c, dir, passA, func(_ *vault.Session, h *home.Home) { save(t, h, "written later") })
	replaced := changedDrawers(t, before, dir)
	if len(replaced) == 0 {
		t.Fatal("writing changed no drawer")
	}
	for _, name := range replaced {
		for _, file := range []string{name, name + "-wal"} {
			b, err := os.ReadFile(filepath.Join(before, file))
			if err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(filepath.Join(dir, file), b, 0o600); err != nil {
				t.Fatal(err)
			}
		}
	}
	visit(t, c, dir, passA, func(s *vault.Session, h *home.Home) {
		if kinds(s)[vault.OlderDrawer] == 0 {
			t.Errorf("an older drawer was not reported: %v", s.Notices())
		}
		if n, err := h.Journal.Count(t.Context()); err != nil || n != 0 {
			t.Errorf("%d entries, %v", n, err)
		}
	})
	visit(t, c, dir, passA, func(s *vault.Session, _ *home.Home) {})
}

func TestForeignAndDamagedFilesAreReported(t *testing.T) {
	c := newClock()
	dir := newVault(t, c)
	conflict := filepath.Join(dir, "keys (conflicted copy)")
	for _, path := range []string{conflict, filepath.Join(dir, "letter.txt")} {
		if err := os.WriteFile(path, []byte("of a program that syncs"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	keyFile := filepath.Join(dir, "keys")
	b, err := os.ReadFile(keyFile)
	if err != nil {
		t.Fatal(err)
	}
	b[len(b)/4] ^= 1 // in the first copy
	if err := os.WriteFile(keyFile, b, 0o600); err != nil {
		t.Fatal(err)
	}
	visit(t, c, dir, passA, func(s *vault.Session, _ *home.Home) {
		if k := kinds(s); k[vault.ConflictCopy] != 1 || k[vault.ForeignFile] != 1 || k[vault.KeyFileRepaired] != 1 {
			t.Errorf("notices %v", s.Notices())
		}
	})
	visit(t, c, dir, passA, func(s *vault.Session, _ *home.Home) {
		if k := kinds(s); k[vault.KeyFileRepaired] != 0 {
			t.Errorf("the repair is reported again: %v", s.Notices())
		}
	})
	if _, err := os.Stat(conflict); err != nil {
		t.Errorf("the foreign file: %v", err)
	}
}

// Scenario "power cut" at the level of files: a copy of the folder taken while it
// is open is what a kill leaves.
func TestCopyOfAnOpenVaultOpens(t *testing.T) {
	c := newClock()
	dir := newVault(t, c)
	s, h := unlock(t, c, dir, passA)
	kept := save(t, h, "kept before the power went")
	if err := h.Journal.SaveDraft(t.Context(), entry(h, "in the middle of a wo")); err != nil {
		t.Fatal(err)
	}
	cut := copyFolder(t, dir)
	if err := s.Lock(t.Context()); err != nil {
		t.Fatal(err)
	}
	visit(t, c, cut, passA, func(s *vault.Session, h *home.Home) {
		if e, err := h.Journal.Entry(t.Context(), kept.ID); err != nil || e.Text != kept.Text {
			t.Errorf("%q, %v", e.Text, err)
		}
		if drafts, err := h.Journal.Drafts(t.Context()); err != nil || len(drafts) != 1 {
			t.Errorf("%d drafts, %v", len(drafts), err)
		}
		if report, err := s.Check(t.Context(), nil); err != nil || !report.Sound() {
			t.Errorf("%+v, %v", report, err)
		}
	})
	sameSizes(t, cut)
}
