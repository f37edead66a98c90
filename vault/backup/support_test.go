package backup_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
	"time"

	"ebb/scripts/proof"
	"ebb/vault"
	"ebb/vault/backup"
	"ebb/vault/guard"
	"ebb/vault/home"
	"ebb/vault/keys"
)

const (
	passA = "velvet harbour seventeen quiet spoons"
	passB = "lantern orchard gravel mitten thunder"
)

// clock is a clock that a test moves by hand.
type clock struct{ at time.Time }

func (c *clock) now() time.Time { return c.at }

func newClock() *clock { return &clock{time.Date(2026, 3, 4, 20, 30, 5, 0, time.UTC)} }

// options make guessing cheap: these vaults protect nothing.
func (c *clock) options() backup.Options {
	o := home.Options(c.now)
	o.KDF, o.Insecure = keys.InsecureParams, true
	return backup.Options{Vault: o}
}

// world is a vault of two persons and a place for its backups, in memory where there
// is one.
type world struct {
	*clock
	testing.TB
	dir, place string
}

func newWorld(t testing.TB) *world {
	t.Helper()
	w := newLonely(t)
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
	s, err := invitation.Join(t.Context(), []byte(passB), "Bo")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := home.Open(t.Context(), s, w.now); err != nil {
		t.Fatal(err)
	}
	if err := s.Lock(t.Context()); err != nil {
		t.Fatal(err)
	}
	return w
}

// newLonely is newWorld with one person.
func newLonely(t testing.TB) *world {
	t.Helper()
	folder := proof.Folder(t)
	w := &world{clock: newClock(), TB: t, dir: filepath.Join(folder, "Home.ebb"), place: filepath.Join(folder, "place")}
	if err := os.Mkdir(w.place, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := home.Create(t.Context(), w.dir, "Ada", []byte(passA), w.options().Vault); err != nil {
		t.Fatal(err)
	}
	return w
}

func (w *world) open(dir string) *vault.Vault {
	w.Helper()
	v, err := vault.Open(dir, w.options().Vault)
	if err != nil {
		w.Fatal(err)
	}
	return v
}

// visit unlocks, runs fn and locks.
func (w *world) visit(dir, passphrase string, fn func(*vault.Session, *home.Home)) {
	w.Helper()
	s, h := w.unlock(dir, passphrase)
	fn(s, h)
	if err := s.Lock(context.Background()); err != nil {
		w.Fatal(err)
	}
}

func (w *world) unlock(dir, passphrase string) (*vault.Session, *home.Home) {
	w.Helper()
	v := w.open(dir)
	s, _, err := v.Unlock(context.Background(), []byte(passphrase))
	if err != nil {
		w.Fatal(errors.Join(err, v.Close()))
	}
	h, err := home.Open(context.Background(), s, w.now)
	if err != nil {
		w.Fatal(err)
	}
	return s, h
}

// write keeps an entry.
func (w *world) write(text string) {
	w.Helper()
	w.visit(w.dir, passA, func(_ *vault.Session, h *home.Home) { w.save(h, text) })
}

func (w *world) save(h *home.Home, text string) {
	w.Helper()
	e := h.Journal.New()
	e.Text = text
	if _, err := h.Journal.Save(context.Background(), e); err != nil {
		w.Fatal(err)
	}
}

// entries counts the entries of a vault's first person, and checks all that opens.
func (w *world) entries(dir string) (n int) {
	w.Helper()
	w.visit(dir, passA, func(s *vault.Session, h *home.Home) {
		var err error
		if n, err = h.Journal.Count(w.Context()); err != nil {
			w.Fatal(err)
		}
		if report, err := s.Check(w.Context(), nil); err != nil || !report.Sound() {
			w.Fatalf("%+v, %v", report, err)
		}
	})
	return n
}

// try makes a backup of the vault at rest.
func (w *world) try(o backup.Options) (backup.Made, error) {
	w.Helper()
	v := w.open(w.dir)
	made, err := backup.Make(w.Context(), w.dir, w.place, o)
	if err := v.Close(); err != nil {
		w.Fatal(err)
	}
	return made, err
}

// make makes a backup, which has to work.
func (w *world) make() backup.Made {
	w.Helper()
	made, err := w.try(w.options())
	if err != nil || made.Left != nil {
		w.Fatalf("making a backup: %v, %v", err, made.Left)
	}
	return made
}

// id is that of the vault.
func (w *world) id() vault.ID {
	w.Helper()
	info, err := vault.Inspect(w.dir, w.options().Vault)
	if err != nil {
		w.Fatal(err)
	}
	return info.ID
}

// list is what is offered as this vault's backups.
func (w *world) list() []backup.Backup {
	w.Helper()
	all, err := backup.List(w.place, w.id(), w.options().Vault)
	if err != nil {
		w.Fatal(err)
	}
	return all
}

// print is a sum over all that lies in a folder: names, kinds and content.
func print(t testing.TB, dir string) string {
	t.Helper()
	var all []byte
	err := filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name, err := filepath.Rel(dir, path)
		if err != nil {
			return err
		}
		all = fmt.Appendf(all, "%s %v ", name, e.Type())
		if e.Type().IsRegular() {
			b, err := os.ReadFile(path)
			if err != nil {
				return err
			}
			all = fmt.Appendf(all, "%x", sha256.Sum256(b))
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return fmt.Sprintf("%x", sha256.Sum256(all))
}

// sameFiles holds two folders to the same files, of the same content.
func sameFiles(t testing.TB, a, b string) {
	t.Helper()
	list := func(dir string) map[string][]byte {
		entries, err := os.ReadDir(dir)
		if err != nil {
			t.Fatal(err)
		}
		files := map[string][]byte{}
		for _, e := range entries {
			content, err := os.ReadFile(filepath.Join(dir, e.Name()))
			if err != nil {
				t.Fatal(err)
			}
			files[e.Name()] = content
		}
		return files
	}
	one, other := list(a), list(b)
	if len(one) != len(other) || len(one) < 9 {
		t.Fatalf("%d files and %d", len(one), len(other))
	}
	for name, content := range one {
		if !bytes.Equal(content, other[name]) {
			t.Errorf("the file %s differs", name)
		}
	}
}

// vaultLock takes the lock in a folder, as a program at work does.
func vaultLock(dir string) (io.Closer, error) { return guard.LockFile(filepath.Join(dir, "lock")) }
