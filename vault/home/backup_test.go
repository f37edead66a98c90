package home_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"ebb/vault"
	"ebb/vault/backup"
	"ebb/vault/drawer"
	"ebb/vault/home"
	"ebb/vault/keys"
)

// choose sets the place for backups of the first person and returns it.
func choose(t *testing.T, c *clock, dir string) (place string) {
	t.Helper()
	place = t.TempDir()
	visit(t, c, dir, passA, func(_ *vault.Session, h *home.Home) {
		if got, err := h.Settings.BackupPlace(t.Context()); err != nil || got != "" {
			t.Errorf("at first the place is %q, %v", got, err)
		}
		if err := h.Settings.SetBackupPlace(t.Context(), place); err != nil {
			t.Fatal(err)
		}
		if got, err := h.Settings.BackupPlace(t.Context()); err != nil || got != place {
			t.Errorf("the place is %q, %v", got, err)
		}
	})
	return place
}

func TestBackupSettings(t *testing.T) {
	c := newClock()
	dir := newVault(t, c)
	here, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	odd := "/media/Adas \u202e stick/\xff\xfe/\U0001F60A"
	visit(t, c, dir, passA, func(_ *vault.Session, h *home.Home) {
		for place, want := range map[string]string{odd: odd, "stick": filepath.Join(here, "stick"), "": ""} {
			if err := h.Settings.SetBackupPlace(t.Context(), place); err != nil {
				t.Fatal(err)
			}
			if got, err := h.Settings.BackupPlace(t.Context()); err != nil || got != want {
				t.Errorf("the place %q is %q, %v", place, got, err)
			}
		}
		at := time.Date(2026, 3, 4, 23, 30, 5, 0, time.FixedZone("somewhere", -5*60*60))
		if err := h.Settings.SetBackedUp(t.Context(), at); err != nil {
			t.Fatal(err)
		}
		if got, err := h.Settings.BackedUp(t.Context()); err != nil || !got.Equal(at) {
			t.Errorf("backed up at %v, %v", got, err)
		}
	})
}

// Locking makes a backup where the person chose a place, with everything in it that
// was kept, and what it was is known at the next visit.
func TestLockMakesABackup(t *testing.T) {
	c := newClock()
	dir := newVault(t, c)
	join(t, c, dir)
	place := choose(t, c, dir)
	c.move(time.Hour)
	s, h := unlock(t, c, dir, passA)
	if at, err := h.Settings.BackedUp(t.Context()); err != nil || !at.IsZero() {
		t.Errorf("before the first: %v, %v", at, err)
	}
	save(t, h, "kept in the last minute")
	result, err := h.Lock(t.Context(), nil)
	if err != nil || result.Err != nil || result.Place != place || !result.Made.Backup.Time.Equal(c.at) {
		t.Fatalf("%+v, %v", result, err)
	}
	if k := result.Made.Check; k == nil || !k.Sound() || k.NotChecked == 0 || result.Made.Left != nil {
		t.Errorf("the check: %+v, %v", k, result.Made.Left)
	}
	if _, err := s.Private(t.Context()); !errors.Is(err, vault.ErrLocked) {
		t.Errorf("after locking: %v", err)
	}
	made := c.at
	c.move(time.Hour)
	visit(t, c, dir, passA, func(_ *vault.Session, h *home.Home) {
		all, err := h.Backups(t.Context())
		if err != nil || len(all) != 1 || all[0] != result.Made.Backup {
			t.Errorf("%+v, %v", all, err)
		}
		if at, err := h.Settings.BackedUp(t.Context()); err != nil || !at.Equal(made) {
			t.Errorf("remembered is %v, %v", at, err)
		}
		proof, err := h.Try(t.Context(), all[0], []byte(passA))
		if err != nil || !proof.Sound() {
			t.Errorf("%+v, %v", proof, err)
		}
	})
	restored := filepath.Join(t.TempDir(), "Restored.ebb")
	if _, err := backup.Restore(t.Context(), result.Made.Backup.Path, restored, backup.Options{Vault: options(c)}); err != nil {
		t.Fatal(err)
	}
	visit(t, c, restored, passA, func(_ *vault.Session, h *home.Home) {
		if n, err := h.Journal.Count(t.Context()); err != nil || n != 1 {
			t.Errorf("%d entries, %v", n, err)
		}
	})
	// The other person chose no place, and makes none.
	_, other := unlock(t, c, dir, passB)
	if result, err := other.Lock(t.Context(), nil); err != nil || result.Err != nil || result.Place != "" {
		t.Errorf("%+v, %v", result, err)
	}
	if all, err := os.ReadDir(place); err != nil || len(all) != 1 {
		t.Errorf("%d folders, %v", len(all), err)
	}
}

// A stick that lies elsewhere keeps nobody from locking, nor does somebody who does
// not want to wait.
func TestLockWithoutABackup(t *testing.T) {
	c := newClock()
	dir := newVault(t, c)
	place := choose(t, c, dir)
	if err := os.Rename(place, place+" away"); err != nil {
		t.Fatal(err)
	}
	_, h := unlock(t, c, dir, passA)
	save(t, h, "some words")
	if result, err := h.Lock(t.Context(), nil); err != nil || !errors.Is(result.Err, backup.ErrAbsent) || result.Place != place {
		t.Errorf("%+v, %v", result, err)
	}
	if _, err := os.Lstat(place); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("the place was made: %v", err)
	}
	visit(t, c, dir, passA, func(_ *vault.Session, h *home.Home) {
		if all, err := h.Backups(t.Context()); !errors.Is(err, backup.ErrAbsent) || len(all) != 0 {
			t.Errorf("%v, %v", all, err)
		}
	})
	if err := os.Rename(place+" away", place); err != nil {
		t.Fatal(err)
	}
	_, h = unlock(t, c, dir, passA)
	ctx, cancel := context.WithCancel(t.Context())
	result, err := h.Lock(ctx, func(backup.Step, int64, int64) { cancel() })
	if err != nil || !errors.Is(result.Err, context.Canceled) {
		t.Errorf("%+v, %v", result, err)
	}
	if left, err := os.ReadDir(place); err != nil || len(left) != 0 {
		t.Errorf("%d are left, %v", len(left), err)
	}
	visit(t, c, dir, passA, func(s *vault.Session, h *home.Home) {
		if n, err := h.Journal.Count(t.Context()); err != nil || n != 1 {
			t.Errorf("%d entries, %v", n, err)
		}
	})
	// Where locking itself goes wrong there is no backup of what is half written.
	_, h = unlock(t, c, dir, passA)
	if err := os.Rename(dir, dir+" moved"); err != nil {
		t.Fatal(err)
	}
	if result, err := h.Lock(t.Context(), nil); !errors.Is(err, vault.ErrGone) || result.Err == nil {
		t.Errorf("%+v, %v", result, err)
	}
	if left, err := os.ReadDir(place); err != nil || len(left) != 0 {
		t.Errorf("%d are left, %v", len(left), err)
	}
}

// In the middle of a session everything is closed for a backup, and opened again.
func TestBackUpNow(t *testing.T) {
	c := newClock()
	dir := newVault(t, c)
	place := choose(t, c, dir)
	s, h := unlock(t, c, dir, passA)
	save(t, h, "before the backup")
	own, err := s.Private(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	fresh, result, err := h.BackUpNow(t.Context(), nil)
	if err != nil || result.Err != nil || result.Made.Check == nil || !result.Made.Check.Sound() {
		t.Fatalf("%+v, %v", result, err)
	}
	if err := own.View(t.Context(), func(*drawer.Tx) error { return nil }); !errors.Is(err, vault.ErrLocked) {
		t.Errorf("a drawer that was handed out before: %v", err)
	}
	save(t, fresh, "after the backup")
	if at, err := fresh.Settings.BackedUp(t.Context()); err != nil || !at.Equal(c.at) {
		t.Errorf("remembered is %v, %v", at, err)
	}
	if err := os.RemoveAll(place); err != nil {
		t.Fatal(err)
	}
	fresh, result, err = fresh.BackUpNow(t.Context(), nil)
	if err != nil || !errors.Is(result.Err, backup.ErrAbsent) {
		t.Fatalf("without the place: %+v, %v", result, err)
	}
	save(t, fresh, "and on")
	for _, n := range s.Notices() {
		t.Errorf("a notice: %+v", n)
	}
	if err := s.Lock(t.Context()); err != nil {
		t.Fatal(err)
	}
	sameSizes(t, dir)
	visit(t, c, dir, passA, func(s *vault.Session, h *home.Home) {
		if n, err := h.Journal.Count(t.Context()); err != nil || n != 3 {
			t.Errorf("%d entries, %v", n, err)
		}
		if report, err := s.Check(t.Context(), nil); err != nil || !report.Sound() {
			t.Errorf("%+v, %v", report, err)
		}
		if len(s.Notices()) != 0 {
			t.Errorf("notices: %v", s.Notices())
		}
	})
	if err := s.AtRest(func(string) error { return nil }); !errors.Is(err, vault.ErrLocked) {
		t.Errorf("at rest after locking: %v", err)
	}
}

// newer are the options of a later version, in which some kinds of drawer have one
// migration more.
func newer(c *clock, roles ...keys.Role) vault.Options {
	o := options(c)
	schemas := o.Schemas
	o.Schemas = func(role keys.Role) drawer.Schema {
		s := schemas(role)
		if slices.Contains(roles, role) {
			s.Migrations = append(slices.Clone(s.Migrations), drawer.Migration{Name: "9999_later.sql", SQL: `CREATE TABLE later (one INTEGER) STRICT`})
		}
		return s
	}
	return o
}

// openWith unlocks with other options.
func openWith(t *testing.T, c *clock, dir string, o vault.Options) (*vault.Session, *home.Home) {
	t.Helper()
	v, err := vault.Open(dir, o)
	if err != nil {
		t.Fatal(err)
	}
	s, _, err := v.Unlock(t.Context(), []byte(passA))
	if err != nil {
		t.Fatal(err)
	}
	h, err := home.Open(t.Context(), s, c.now)
	if err != nil {
		t.Fatal(err)
	}
	return s, h
}

// Before a newer version brings a drawer up to date, whichever it is, there is a
// backup of all as the older version left it.
func TestBackupBeforeMigrating(t *testing.T) {
	for name, roles := range map[string][]keys.Role{
		"the private drawer": {keys.Private}, "a shared one": {keys.Shared}, "all": {keys.Private, keys.Shared},
	} {
		t.Run(name, func(t *testing.T) {
			c := newClock()
			dir := newVault(t, c)
			join(t, c, dir)
			place := choose(t, c, dir)
			visit(t, c, dir, passA, func(_ *vault.Session, h *home.Home) { save(t, h, "by the older version") })
			c.move(time.Hour)
			s, h := openWith(t, c, dir, newer(c, roles...))
			if k := kinds(s)[vault.NotBackedUp]; k != 0 {
				t.Errorf("notices: %v", s.Notices())
			}
			save(t, h, "by the newer version")
			if err := s.Lock(t.Context()); err != nil {
				t.Fatal(err)
			}
			all, err := os.ReadDir(place)
			if err != nil || len(all) != 1 {
				t.Fatalf("%d backups, %v", len(all), err)
			}
			// The older version opens it.
			proof, err := backup.Drill(t.Context(), filepath.Join(place, all[0].Name()), "", []byte(passA), func(ctx context.Context, s *vault.Session) error {
				h, err := home.Open(ctx, s, c.now)
				if err != nil {
					return err
				}
				if n, err := h.Journal.Count(ctx); err != nil || n != 1 {
					t.Errorf("%d entries in the backup, %v", n, err)
				}
				return nil
			}, backup.Options{Vault: options(c)})
			if err != nil || !proof.Sound() {
				t.Errorf("%+v, %v", proof, err)
			}
			// Once is enough.
			c.move(time.Hour)
			s, _ = openWith(t, c, dir, newer(c, roles...))
			if err := s.Lock(t.Context()); err != nil {
				t.Fatal(err)
			}
			if again, err := os.ReadDir(place); err != nil || len(again) != 1 {
				t.Errorf("%d backups after the second opening, %v", len(again), err)
			}
			v, err := vault.Open(dir, options(c))
			if err != nil {
				t.Fatal(err)
			}
			defer v.Close()
			s, _, err = v.Unlock(t.Context(), []byte(passA))
			if err != nil {
				t.Fatal(err)
			}
			if _, err := home.Open(t.Context(), s, c.now); !errors.Is(err, vault.ErrNewer) {
				t.Errorf("the older version opens what the newer one changed: %v", err)
			}
			if err := s.Lock(t.Context()); err != nil {
				t.Fatal(err)
			}
		})
	}
}

// Where no backup can be made, somebody's own words open all the same, and they are
// told. Where none is wanted, nothing is said.
func TestMigratingWithoutABackup(t *testing.T) {
	c := newClock()
	dir := newVault(t, c)
	wanted := copyFolder(t, dir)
	place := choose(t, c, wanted)
	if err := os.RemoveAll(place); err != nil {
		t.Fatal(err)
	}
	for path, told := range map[string]int{dir: 0, wanted: 1} {
		visit(t, c, path, passA, func(_ *vault.Session, h *home.Home) { save(t, h, "by the older version") })
		s, h := openWith(t, c, path, newer(c, keys.Private))
		if k := kinds(s)[vault.NotBackedUp]; k != told {
			t.Errorf("told %d times, want %d: %v", k, told, s.Notices())
		}
		if n, err := h.Journal.Count(t.Context()); err != nil || n != 1 {
			t.Errorf("%d entries, %v", n, err)
		}
		if err := s.Lock(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := os.Lstat(place); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("the place was made: %v", err)
	}
}

// While the vault is at rest everything is closed and looks alike, and nobody else
// gets in.
func TestAtRest(t *testing.T) {
	c := newClock()
	dir := newVault(t, c)
	join(t, c, dir)
	s, h := unlock(t, c, dir, passA)
	c.move(time.Hour)
	look := func(at string) error {
		if at != dir {
			t.Errorf("at rest in %q", at)
		}
		sameSizes(t, dir)
		if info, err := os.Stat(filepath.Join(dir, "keys")); err != nil || !info.ModTime().Equal(c.at) {
			t.Errorf("evened at %v, %v", info.ModTime(), err)
		}
		if _, err := vault.Open(dir, options(c)); !errors.Is(err, vault.ErrInUse) {
			t.Errorf("somebody else opens it: %v", err)
		}
		for _, file := range sharedFiles(t, c, copyFolder(t, dir), passA) {
			d, err := drawer.Verify(t.Context(), filepath.Join(dir, file), drawer.ID{}, drawer.Key{}, nil)
			if !errors.Is(err, drawer.ErrDamaged) { // with a key of nobody's: but not in use
				t.Errorf("a drawer is open: %+v, %v", d, err)
			}
		}
		return nil
	}
	save(t, h, strings.Repeat("a longer text ", 100_000))
	if err := s.AtRest(look); err != nil {
		t.Fatal(err)
	}
	errLook := errors.New("what was done at rest went wrong")
	if err := s.AtRest(func(string) error { return errLook }); !errors.Is(err, errLook) {
		t.Errorf("its error: %v", err)
	}
	looked := 0
	err := s.LockThen(t.Context(), func(at string) error {
		looked++
		return errors.Join(look(at), errLook)
	})
	if !errors.Is(err, errLook) || looked != 1 {
		t.Errorf("looked %d times, %v", looked, err)
	}
	if err := s.LockThen(t.Context(), look); err != nil || looked != 1 {
		t.Errorf("locked twice: looked %d times, %v", looked, err)
	}
	visit(t, c, dir, passA, func(_ *vault.Session, h *home.Home) {
		if n, err := h.Journal.Count(t.Context()); err != nil || n != 1 {
			t.Errorf("%d entries, %v", n, err)
		}
	})
}

// What could not be closed in order is not at rest, and nothing is made of it.
func TestNotAtRest(t *testing.T) {
	c := newClock()
	dir := newVault(t, c)
	s, h := unlock(t, c, dir, passA)
	save(t, h, "some words")
	if err := os.Rename(dir, dir+" moved"); err != nil {
		t.Fatal(err)
	}
	called := func(string) error { t.Error("it was called"); return nil }
	if err := s.AtRest(called); !errors.Is(err, vault.ErrGone) {
		t.Errorf("at rest: %v", err)
	}
	if err := s.LockThen(t.Context(), called); !errors.Is(err, vault.ErrGone) {
		t.Errorf("locking: %v", err)
	}
}
