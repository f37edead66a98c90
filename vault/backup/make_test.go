package backup_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"ebb/vault"
	"ebb/vault/backup"
)

func TestMakeListVerifyRestore(t *testing.T) {
	w := newWorld(t)
	w.write("kept before the backup")
	var steps []backup.Step
	var last, total int64
	o := w.options()
	o.Progress = func(step backup.Step, done, all int64) {
		if len(steps) == 0 || steps[len(steps)-1] != step {
			if last != total {
				t.Errorf("step %d ends at %d of %d", steps[len(steps)-1], last, total)
			}
			steps = append(steps, step)
		}
		last, total = done, all
	}
	s, h := w.unlock(w.dir, passA)
	checker, err := s.Checker()
	if err != nil {
		t.Fatal(err)
	}
	defer checker.Close()
	o.Check = checker
	w.save(h, "and this as well")
	var made backup.Made
	if err := s.LockThen(t.Context(), func(dir string) (err error) {
		made, err = backup.Make(t.Context(), dir, w.place, o)
		return err
	}); err != nil || made.Left != nil {
		t.Fatal(err, made.Left)
	}
	if len(steps) != 3 || steps[0] != backup.Copying || steps[1] != backup.Comparing || steps[2] != backup.Checking || last != total {
		t.Errorf("steps %v, at the end %d of %d", steps, last, total)
	}
	if name := filepath.Base(made.Backup.Path); name != "2026-03-04T203005Z" || !made.Backup.Time.Equal(w.at) {
		t.Errorf("the backup is called %s, of %v", name, made.Backup.Time)
	}
	// Ada's own and the two shared drawers that she is in; Bo's is not hers to read.
	if c := made.Check; c == nil || !c.Sound() || len(c.Drawers) != 3 || c.NotChecked != 1 || c.Missing != 0 {
		t.Errorf("the check: %+v", made.Check)
	}
	sameFiles(t, w.dir, made.Backup.Path)
	all := w.list()
	if len(all) != 1 || all[0] != made.Backup {
		t.Errorf("listed %+v, made %+v", all, made.Backup)
	}
	before := print(t, made.Backup.Path)
	for name, passphrase := range map[string]string{"Ada": passA, "Bo": passB} {
		r, err := backup.VerifyWith(t.Context(), made.Backup.Path, []byte(passphrase), w.options())
		if err != nil || !r.Sound() || len(r.Check.Drawers) < 2 || r.Check.NotChecked == 0 {
			t.Errorf("%s verifies: %+v, %v", name, r, err)
		}
	}
	if _, err := backup.VerifyWith(t.Context(), made.Backup.Path, []byte("not the words"), w.options()); !errors.Is(err, vault.ErrWrongPassphrase) {
		t.Errorf("a wrong passphrase verifies: %v", err)
	}
	restored := filepath.Join(t.TempDir(), "Restored.ebb")
	if _, err := backup.Restore(t.Context(), made.Backup.Path, restored, w.options()); err != nil {
		t.Fatal(err)
	}
	sameFiles(t, w.dir, restored)
	if n := w.entries(restored); n != 2 {
		t.Errorf("%d entries in the restored vault", n)
	}
	if print(t, made.Backup.Path) != before {
		t.Error("looking at the backup changed it")
	}
}

// A backup is not opened where it lies. Under another name it is.
func TestBackupIsNotOpened(t *testing.T) {
	w := newWorld(t)
	made := w.make()
	if _, err := vault.Open(made.Backup.Path, w.options().Vault); !errors.Is(err, vault.ErrBackup) {
		t.Errorf("opening a backup: %v", err)
	}
	renamed := filepath.Join(w.place, "Old home.ebb")
	if err := os.Rename(made.Backup.Path, renamed); err != nil {
		t.Fatal(err)
	}
	w.entries(renamed)
	w.at = w.at.Add(100 * 24 * time.Hour)
	for range 6 { // it is nobody's backup any more, and stays
		w.at = w.at.Add(24 * time.Hour)
		w.make()
	}
	w.entries(renamed)
}

func TestPlacesThatWillNotDo(t *testing.T) {
	w := newWorld(t)
	w.make()
	folder := filepath.Dir(w.place)
	file := filepath.Join(folder, "letter.txt")
	link := filepath.Join(folder, "link")
	within := filepath.Join(w.dir, "within")
	for _, err := range []error{
		os.WriteFile(file, []byte("mine"), 0o600), os.Symlink(w.place, link), os.Mkdir(within, 0o700),
		os.Symlink(within, filepath.Join(folder, "way")), os.MkdirAll(filepath.Join(within, "deep"), 0o700),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	defer os.RemoveAll(within)
	before := print(t, folder)
	for name, c := range map[string]struct {
		place string
		want  error
	}{
		"nothing there":           {filepath.Join(folder, "none"), backup.ErrAbsent},
		"nothing around it":       {filepath.Join(folder, "none", "deeper"), backup.ErrAbsent},
		"a file":                  {file, backup.ErrNotFolder},
		"below a file":            {filepath.Join(file, "place"), backup.ErrNotFolder},
		"a link":                  {link, backup.ErrLink},
		"a link, with a slash":    {link + "/", backup.ErrLink},
		"the vault":               {w.dir, backup.ErrInside},
		"in the vault":            {within, backup.ErrInside},
		"in the vault, by a link": {filepath.Join(folder, "way", "deep"), backup.ErrInside},
		"a backup":                {w.list()[0].Path, backup.ErrInside},
		"a name that cannot be":   {folder + "/\x00", nil},
	} {
		_, err := backup.Make(t.Context(), w.dir, c.place, w.options())
		if err == nil || c.want != nil && !errors.Is(err, c.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if print(t, folder) != before {
		t.Error("something was written")
	}
	if _, err := backup.Make(t.Context(), filepath.Join(folder, "none"), w.place, w.options()); !errors.Is(err, vault.ErrNotVault) {
		t.Errorf("of no vault: %v", err)
	}
}

// Two backups in one second, of one vault and of two, are two backups.
func TestNamesThatAreTaken(t *testing.T) {
	w := newWorld(t)
	keep := w.options()
	keep.KeepOlder = true
	first, err := w.try(keep)
	if err != nil {
		t.Fatal(err)
	}
	second, err := w.try(keep)
	if err != nil {
		t.Fatal(err)
	}
	if !second.Backup.Time.Equal(first.Backup.Time.Add(time.Second)) {
		t.Errorf("of %v and %v", first.Backup.Time, second.Backup.Time)
	}
	other := newWorld(t)
	other.place = w.place
	third := other.make()
	if len(w.list()) != 2 || len(other.list()) != 1 || !third.Backup.Time.Equal(second.Backup.Time.Add(time.Second)) {
		t.Errorf("%d and %d backups, the third of %v", len(w.list()), len(other.list()), third.Backup.Time)
	}
	if all, err := backup.List(w.place, vault.ID{}, w.options().Vault); err != nil || len(all) != 3 {
		t.Errorf("%d backups of anybody, %v", len(all), err)
	}
	if _, err := backup.Newest(w.place, w.options().Vault); !errors.Is(err, backup.ErrSeveral) {
		t.Errorf("the newest of two vaults: %v", err)
	}
	w.at = time.Date(12026, 1, 1, 0, 0, 0, 0, time.UTC)
	before := print(t, w.place)
	if _, err := w.try(w.options()); !errors.Is(err, backup.ErrClock) {
		t.Errorf("in the year 12026: %v", err)
	}
	if print(t, w.place) != before {
		t.Error("something was left")
	}
}

// What a kill left of this vault goes, and is said. What is another's, what somebody
// is at work in, and what holds something else stays.
func TestLeftovers(t *testing.T) {
	w, other := newWorld(t), newWorld(t)
	made := w.make()
	half := func(of *world, files ...string) string {
		path := filepath.Join(w.place, backup.PartName(of.id()))
		if err := os.Mkdir(path, 0o700); err != nil {
			t.Fatal(err)
		}
		for _, name := range files {
			if err := os.WriteFile(filepath.Join(path, name), []byte("half"), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		return path
	}
	gone := []string{half(w), half(w, "keys"), half(w, "lock", "keys", "0123456789abcdef", "0123456789abcdef-wal", ".DS_Store")}
	stay := []string{half(other, "keys"), half(w, "keys", "letter.txt"), half(w, "keys")}
	busy, err := vaultLock(stay[2])
	if err != nil {
		t.Fatal(err)
	}
	defer busy.Close()
	if err := os.WriteFile(filepath.Join(w.place, "letter.txt"), []byte("mine"), 0o600); err != nil {
		t.Fatal(err)
	}
	if n := len(w.list()); n != 1 {
		t.Errorf("%d backups are offered", n)
	}
	w.at = w.at.Add(24 * time.Hour)
	next, err := w.try(w.options())
	if err != nil || next.Cleared != len(gone) || !errors.Is(next.Left, backup.ErrForeign) || !errors.Is(next.Left, backup.ErrInUse) {
		t.Errorf("%+v, %v", next, err)
	}
	for _, path := range gone {
		if _, err := os.Lstat(path); !errors.Is(err, os.ErrNotExist) {
			t.Errorf("still there: %v", err)
		}
	}
	for _, path := range append(stay, made.Backup.Path, next.Backup.Path, filepath.Join(w.place, "letter.txt")) {
		if _, err := os.Lstat(path); err != nil {
			t.Errorf("gone: %v", err)
		}
	}
	if files, err := os.ReadDir(stay[1]); err != nil || len(files) != 2 {
		t.Errorf("beside a foreign file there are %v, %v", files, err)
	}
	if _, err := backup.At(stay[1], w.options().Vault); !errors.Is(err, backup.ErrUnfinished) {
		t.Errorf("what was never finished is looked at: %v", err)
	}
}

// Interrupted, nothing is left.
func TestMakeIsInterrupted(t *testing.T) {
	w := newLonely(t)
	w.make()
	before := print(t, w.place)
	w.at = w.at.Add(time.Hour)
	for _, at := range []backup.Step{backup.Copying, backup.Comparing} {
		ctx, cancel := context.WithCancel(t.Context())
		o := w.options()
		o.Progress = func(step backup.Step, done, _ int64) {
			if step == at && done > 5<<20 {
				cancel()
			}
		}
		if _, err := backup.Make(ctx, w.dir, w.place, o); !errors.Is(err, context.Canceled) {
			t.Errorf("interrupted in step %d: %v", at, err)
		}
		if print(t, w.place) != before {
			t.Errorf("interrupted in step %d: something is left", at)
		}
	}
}

// Where the vault itself is damaged, the backup is made all the same, says so, and
// takes no older one's place.
func TestBackupOfADamagedVault(t *testing.T) {
	w := newWorld(t)
	w.write("some words")
	for range 5 {
		w.at = w.at.Add(24 * time.Hour)
		w.make()
	}
	older := w.list()
	w.at = w.at.Add(24 * time.Hour)
	s, _ := w.unlock(w.dir, passA)
	checker, err := s.Checker()
	if err != nil {
		t.Fatal(err)
	}
	defer checker.Close()
	o := w.options()
	o.Check = checker
	var made backup.Made
	err = s.LockThen(t.Context(), func(dir string) (err error) {
		drawers, err := filepath.Glob(filepath.Join(dir, "????????????????"))
		if err != nil {
			return err
		}
		for _, d := range drawers { // a page that opening does not read
			b, err := os.ReadFile(d)
			if err != nil {
				return err
			}
			b[0x8000] ^= 1
			if err := os.WriteFile(d, b, 0o600); err != nil {
				return err
			}
		}
		made, err = backup.Make(t.Context(), dir, w.place, o)
		return err
	})
	if err != nil || !errors.Is(made.Left, vault.ErrDamaged) || made.Check == nil || made.Check.Sound() || len(made.Removed) != 0 {
		t.Errorf("%+v, %v", made, err)
	}
	if n := len(w.list()); n != len(older)+1 {
		t.Errorf("%d backups after %d", n, len(older))
	}
	proof, err := backup.Drill(t.Context(), older[0].Path, "", []byte(passA), nil, w.options())
	if err != nil || !proof.Sound() {
		t.Errorf("the one before: %+v, %v", proof, err)
	}
	for _, prove := range []func() (bool, error){
		func() (bool, error) {
			r, err := backup.VerifyWith(t.Context(), made.Backup.Path, []byte(passA), w.options())
			return r.Sound(), err
		},
		func() (bool, error) {
			p, err := backup.Drill(t.Context(), made.Backup.Path, "", []byte(passA), nil, w.options())
			return p.Sound(), err
		},
	} {
		if sound, err := prove(); err != nil || sound {
			t.Errorf("the damaged one: sound %v, %v", sound, err)
		}
	}
}
