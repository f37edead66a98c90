package backup_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"ebb/vault"
	"ebb/vault/backup"
	"ebb/vault/home"
)

func TestRestoreRefuses(t *testing.T) {
	w := newWorld(t)
	good := w.make().Backup.Path
	folder := filepath.Dir(w.place)
	file := filepath.Join(folder, "letter.txt")
	taken := filepath.Join(folder, "Taken.ebb.part")
	half := filepath.Join(w.place, backup.PartName(w.id()))
	damaged := map[string]string{}
	for name, spoil := range map[string]func(path string) error{
		"no key file":    func(path string) error { return os.Remove(filepath.Join(path, "keys")) },
		"a key file cut": func(path string) error { return os.Truncate(filepath.Join(path, "keys"), 5000) },
		"no drawers": func(path string) error {
			drawers, err := filepath.Glob(filepath.Join(path, "????????????????*"))
			for _, d := range drawers {
				err = errors.Join(err, os.Remove(d))
			}
			return err
		},
	} {
		damaged[name] = filepath.Join(folder, name)
		if err := errors.Join(os.CopyFS(damaged[name], os.DirFS(good)), spoil(damaged[name])); err != nil {
			t.Fatal(err)
		}
	}
	for _, err := range []error{
		os.WriteFile(file, []byte("mine"), 0o600), os.Mkdir(half, 0o700), os.Mkdir(taken, 0o700),
		os.WriteFile(filepath.Join(taken, "letter.txt"), []byte("mine"), 0o600),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	before := print(t, folder)
	fresh := filepath.Join(folder, "Fresh.ebb")
	for name, c := range map[string]struct {
		from, to string
		want     error
	}{
		"from nothing":                {filepath.Join(folder, "none"), fresh, backup.ErrAbsent},
		"from a file":                 {file, fresh, vault.ErrNotVault},
		"from a folder of backups":    {w.place, fresh, vault.ErrNotVault},
		"from something unfinished":   {half, fresh, backup.ErrUnfinished},
		"without a key file":          {damaged["no key file"], fresh, vault.ErrDamaged},
		"with half a key file":        {damaged["a key file cut"], fresh, vault.ErrDamaged},
		"without drawers":             {damaged["no drawers"], fresh, vault.ErrDamaged},
		"onto a vault":                {good, w.dir, vault.ErrExists},
		"onto a file":                 {good, file, vault.ErrExists},
		"below a file":                {good, filepath.Join(file, "Fresh.ebb"), backup.ErrNotFolder},
		"into no folder":              {good, filepath.Join(folder, "none", "Fresh.ebb"), backup.ErrAbsent},
		"into a vault":                {good, filepath.Join(w.dir, "Fresh.ebb"), backup.ErrInside},
		"into the backup":             {good, filepath.Join(good, "Fresh.ebb"), backup.ErrInside},
		"under the name of a backup":  {good, filepath.Join(folder, "2026-01-01T000000Z"), backup.ErrName},
		"beside something of its own": {good, strings.TrimSuffix(taken, ".part"), vault.ErrExists},
		"into here":                   {good, "", vault.ErrExists},
	} {
		if _, err := backup.Restore(t.Context(), c.from, c.to, w.options()); !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", name, err, c.want)
		}
	}
	if print(t, folder) != before {
		t.Error("something was written")
	}
}

// What a kill left of a restore is in nobody's way, unless somebody is at work in it.
func TestRestoreAfterAKill(t *testing.T) {
	w := newWorld(t)
	good := w.make().Backup.Path
	dir := filepath.Join(filepath.Dir(w.place), "Fresh.ebb")
	if err := os.Mkdir(dir+".part", 0o700); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"keys", "0123456789abcdef"} {
		if err := os.WriteFile(filepath.Join(dir+".part", name), []byte("half"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	busy, err := vaultLock(dir + ".part")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := backup.Restore(t.Context(), good, dir, w.options()); !errors.Is(err, backup.ErrInUse) {
		t.Errorf("while somebody is at work: %v", err)
	}
	if err := busy.Close(); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	o := w.options()
	o.Progress = func(backup.Step, int64, int64) { cancel() }
	if _, err := backup.Restore(ctx, good, dir, o); !errors.Is(err, context.Canceled) {
		t.Errorf("interrupted: %v", err)
	}
	for _, path := range []string{dir, dir + ".part"} {
		if _, err := os.Lstat(path); !errors.Is(err, os.ErrNotExist) {
			t.Errorf("after the interruption: %v", err)
		}
	}
	if _, err := backup.Restore(t.Context(), good, dir, w.options()); err != nil {
		t.Fatal(err)
	}
	sameFiles(t, good, dir)
	if info, err := os.Stat(dir); err != nil || info.Mode().Perm() != 0o700 {
		t.Errorf("the folder's permissions: %v, %v", info.Mode(), err)
	}
}

func TestNewest(t *testing.T) {
	w := newWorld(t)
	o := w.options().Vault
	if _, err := backup.Newest(w.place, o); !errors.Is(err, backup.ErrNone) {
		t.Errorf("an empty place: %v", err)
	}
	first := w.make()
	w.at = w.at.Add(day)
	second := w.make()
	for path, want := range map[string]backup.Backup{w.place: second.Backup, first.Backup.Path: first.Backup} {
		if got, err := backup.Newest(path, o); err != nil || got != want {
			t.Errorf("%+v, %v", got, err)
		}
	}
	if err := os.Truncate(filepath.Join(second.Backup.Path, "keys"), 100); err != nil {
		t.Fatal(err)
	}
	if got, err := backup.Newest(w.place, o); err != nil || got != first.Backup {
		t.Errorf("the newest whole one: %+v, %v", got, err)
	}
	file := filepath.Join(w.place, "letter.txt")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := backup.Newest(file, o); !errors.Is(err, backup.ErrNone) {
		t.Errorf("a file: %v", err)
	}
}

// A drill proves a backup as a person would after a loss, and leaves nothing.
func TestDrill(t *testing.T) {
	w := newWorld(t)
	w.write("some words")
	made := w.make()
	before := print(t, w.place)
	var dir string
	count := func(ctx context.Context, s *vault.Session) error {
		dir = s.Dir()
		if info, err := os.Stat(dir); err != nil || info.Mode().Perm() != 0o700 {
			t.Errorf("others can enter it: %v, %v", info.Mode(), err)
		}
		h, err := home.Open(ctx, s, w.now)
		if err != nil {
			return err
		}
		n, err := h.Journal.Count(ctx)
		if n != 1 {
			t.Errorf("%d entries", n)
		}
		return err
	}
	proof, err := backup.Drill(t.Context(), made.Backup.Path, "", []byte(passA), count, w.options())
	if err != nil || !proof.Sound() || len(proof.Check.Drawers) != 3 || proof.Check.NotChecked != 1 {
		t.Errorf("%+v, %v", proof, err)
	}
	if dir == "" || filepath.Dir(dir) != w.place {
		t.Errorf("it was opened at %q", dir)
	}
	elsewhere := t.TempDir()
	if proof, err := backup.Drill(t.Context(), made.Backup.Path, elsewhere, []byte(passB), nil, w.options()); err != nil || !proof.Sound() {
		t.Errorf("elsewhere: %+v, %v", proof, err)
	}
	errLook := errors.New("what the page wanted to see is not there")
	for name, c := range map[string]struct {
		beside, passphrase string
		look               error
		want               error
	}{
		"a wrong passphrase": {"", "not the words", nil, vault.ErrWrongPassphrase},
		"no such place":      {filepath.Join(elsewhere, "none"), passA, nil, backup.ErrAbsent},
		"in a vault":         {w.dir, passA, nil, backup.ErrInside},
		"a look that fails":  {"", passA, errLook, errLook},
	} {
		_, err := backup.Drill(t.Context(), made.Backup.Path, c.beside, []byte(c.passphrase), func(context.Context, *vault.Session) error { return c.look }, w.options())
		if !errors.Is(err, c.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	o := w.options()
	o.Progress = func(step backup.Step, _, _ int64) {
		if step == backup.Checking {
			cancel()
		}
	}
	if _, err := backup.Drill(ctx, made.Backup.Path, "", []byte(passA), nil, o); !errors.Is(err, context.Canceled) {
		t.Errorf("interrupted: %v", err)
	}
	if print(t, w.place) != before {
		t.Error("something is left, or was changed")
	}
	if left, err := os.ReadDir(elsewhere); err != nil || len(left) != 0 {
		t.Errorf("elsewhere %v is left, %v", left, err)
	}
}

// A session's keys open what they can of an older backup: a drawer that was made
// since is missing there, and that is no damage.
func TestVerifyAnOlderBackup(t *testing.T) {
	w := newWorld(t)
	older := w.make()
	var code string
	w.visit(w.dir, passA, func(s *vault.Session, _ *home.Home) {
		var err error
		if code, err = s.Invite(nil); err != nil {
			t.Fatal(err)
		}
	})
	v := w.open(w.dir)
	_, invitation, err := v.Unlock(t.Context(), []byte(code))
	if err != nil {
		t.Fatal(err)
	}
	s, err := invitation.Join(t.Context(), []byte("a third passphrase of four"), "Cem")
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Lock(t.Context()); err != nil {
		t.Fatal(err)
	}
	w.visit(w.dir, passA, func(s *vault.Session, _ *home.Home) {
		checker, err := s.Checker()
		if err != nil {
			t.Fatal(err)
		}
		defer checker.Close()
		r, err := backup.Verify(t.Context(), older.Backup.Path, checker, w.options())
		if err != nil || !r.Sound() || r.Check.Missing != 1 || len(r.Check.Drawers) != 3 || r.Check.NotChecked != 1 {
			t.Errorf("%+v, %v", r, err)
		}
		if _, err := backup.Verify(t.Context(), w.place, checker, w.options()); !errors.Is(err, vault.ErrNotVault) {
			t.Errorf("a folder of backups: %v", err)
		}
	})
	// With the backup's own keys everything has to be there.
	drawers, err := filepath.Glob(filepath.Join(older.Backup.Path, "????????????????"))
	if err != nil {
		t.Fatal(err)
	}
	missing := 0
	for _, d := range drawers {
		copied := filepath.Join(t.TempDir(), "copy")
		if err := os.CopyFS(copied, os.DirFS(older.Backup.Path)); err != nil {
			t.Fatal(err)
		}
		for _, suffix := range []string{"", "-wal"} {
			if err := os.Remove(filepath.Join(copied, filepath.Base(d)+suffix)); err != nil {
				t.Fatal(err)
			}
		}
		r, err := backup.VerifyWith(t.Context(), copied, []byte(passA), w.options())
		if err != nil {
			t.Fatal(err)
		}
		if !r.Sound() {
			missing++
		}
	}
	if missing != 3 {
		t.Errorf("without one of %d drawers, %d times it is told", len(drawers), missing)
	}
}
