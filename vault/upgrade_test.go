package vault_test

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"testing"

	"ebb/vault"
	"ebb/vault/drawer"
	"ebb/vault/keys"
)

// schemas gives every drawer the same schema, with so many migrations.
func schemas(migrations int) vault.Schemas {
	return func(keys.Role) drawer.Schema {
		s := drawer.Schema{ApplicationID: 0x45420bb0}
		for i := range migrations {
			s.Migrations = append(s.Migrations, drawer.Migration{
				Name: fmt.Sprintf("%04d_step", i+1),
				SQL:  fmt.Sprintf("CREATE TABLE step_%d (x INTEGER) STRICT", i+1),
			})
		}
		return s
	}
}

// A world makes and opens one vault; its backups note what they find in it.
type world struct {
	*testing.T
	dir     string
	backups []int // by each, how many tables the private drawer had
	deny    error // what a backup answers
}

func (w *world) options(migrations int) vault.Options {
	return vault.Options{
		Schemas: schemas(migrations), KDF: keys.InsecureParams, Insecure: true,
		BackUp: func(ctx context.Context, at vault.At) error {
			w.Helper()
			n := 0
			if err := at.View(ctx, func(tx *drawer.Tx) (err error) { n, err = tables(ctx, tx); return err }); err != nil {
				w.Error(err)
			}
			w.backups = append(w.backups, n)
			return w.deny
		},
	}
}

func tables(ctx context.Context, tx *drawer.Tx) (n int, err error) {
	return n, tx.QueryRow(ctx, `SELECT count(*) FROM sqlite_schema WHERE name GLOB 'step_*'`).Scan(&n)
}

func (w *world) unlock(passphrase string, migrations int) *vault.Session {
	w.Helper()
	v, err := vault.Open(w.dir, w.options(migrations))
	if err != nil {
		w.Fatal(err)
	}
	s, _, err := v.Unlock(w.Context(), []byte(passphrase))
	if err != nil {
		w.Fatal(errors.Join(err, v.Close()))
	}
	return s
}

func (w *world) has(d *drawer.Drawer, err error, want int) {
	w.Helper()
	n := 0
	if err == nil {
		err = d.View(w.Context(), func(tx *drawer.Tx) (err error) { n, err = tables(w.Context(), tx); return err })
	}
	if err != nil || n != want {
		w.Errorf("%d tables, want %d, %v", n, want, err)
	}
}

func (w *world) lock(s *vault.Session) {
	w.Helper()
	if err := s.Lock(w.Context()); err != nil {
		w.Fatal(err)
	}
}

const (
	own    = "velvet harbour seventeen quiet spoons"
	others = "lantern orchard gravel mitten thunder"
)

func newWorld(t *testing.T, kind keys.Kind) *world {
	t.Helper()
	w := &world{T: t, dir: filepath.Join(t.TempDir(), "A.ebb")}
	if err := vault.Create(t.Context(), w.dir, kind, "Ada", []byte(own), w.options(1)); err != nil {
		t.Fatal(err)
	}
	return w
}

// Whatever kind of vault it is: before the first of its drawers gets a newer schema in a
// session, there is one backup of all of them as they were left. It closes what was
// open, and that opens again.
func TestBackupBeforeMigratingEveryKind(t *testing.T) {
	for kind, name := range map[keys.Kind]string{keys.Home: "home", keys.Practice: "practice"} {
		w := newWorld(t, kind)
		mine := func(s *vault.Session) (*drawer.Drawer, error) {
			if kind == keys.Practice {
				return s.Caseload(t.Context())
			}
			return s.Private(t.Context())
		}
		s := w.unlock(own, 1)
		d, err := mine(s)
		w.has(d, err, 1)
		e, key := vault.NewEntrusted(keys.Record)
		another := func(s *vault.Session) (*drawer.Drawer, error) { return s.Entrust(t.Context(), e, key) }
		if kind == keys.Home {
			another = func(s *vault.Session) (*drawer.Drawer, error) {
				circles, err := s.Circles(t.Context())
				if err != nil {
					return nil, err
				}
				return circles[0].Drawer, circles[0].Err
			}
		} else if _, err := s.Build(t.Context(), e, key); err != nil {
			t.Fatal(err)
		}
		w.lock(s)
		if len(w.backups) != 0 {
			t.Errorf("%s: %d backups on an ordinary day", name, len(w.backups))
		}
		s = w.unlock(own, 3)
		d, err = mine(s)
		w.has(d, err, 3)
		d, err = another(s)
		w.has(d, err, 3)
		d, err = mine(s)
		w.has(d, err, 3)
		w.lock(s)
		if len(w.backups) != 1 || w.backups[0] != 1 {
			t.Errorf("%s: the backups found %v", name, w.backups)
		}
		// No room for one keeps nobody out, and is told.
		w.deny = vault.ErrFull
		s = w.unlock(own, 4)
		d, err = mine(s)
		w.has(d, err, 4)
		told := 0
		for _, n := range s.Notices() {
			if n.Kind == vault.NotBackedUp {
				told++
			}
		}
		w.lock(s)
		if told != 1 || len(w.backups) != 2 {
			t.Errorf("%s: told %d times of %d backups", name, told, len(w.backups)-1)
		}
	}
}

// Of a practice the practice drawer may be up to date and a case's not be: the backup
// comes when that case is opened.
func TestBackupBeforeACaseIsMigrated(t *testing.T) {
	w := newWorld(t, keys.Practice)
	s := w.unlock(own, 1)
	e, key := vault.NewEntrusted(keys.Record)
	if _, err := s.Build(t.Context(), e, key); err != nil {
		t.Fatal(err)
	}
	w.lock(s)
	o := w.options(1)
	o.Schemas = func(role keys.Role) drawer.Schema {
		if role == keys.Record {
			return schemas(2)(role)
		}
		return schemas(1)(role)
	}
	v, err := vault.Open(w.dir, o)
	if err != nil {
		t.Fatal(err)
	}
	if s, _, err = v.Unlock(t.Context(), []byte(own)); err != nil {
		t.Fatal(err)
	}
	first, err := s.Caseload(t.Context())
	w.has(first, err, 1)
	if len(w.backups) != 0 {
		t.Errorf("%d backups before anything has an older schema", len(w.backups))
	}
	d, err := s.Entrust(t.Context(), e, key)
	w.has(d, err, 2)
	// What was open was closed for it.
	if err := first.View(t.Context(), func(*drawer.Tx) error { return nil }); !errors.Is(err, vault.ErrLocked) {
		t.Errorf("the practice drawer stayed open during the backup: %v", err)
	}
	w.lock(s)
	if len(w.backups) != 1 || w.backups[0] != 1 {
		t.Errorf("the backups found %v", w.backups)
	}
}

// Somebody sits down whose drawer is of an earlier time. The backup is made by the
// session that admits them, with everything at rest, before they are there.
func TestBackupBeforeAGuestIsMigrated(t *testing.T) {
	w := newWorld(t, keys.Home)
	s := w.unlock(own, 1)
	code, err := s.Invite(nil)
	if err != nil {
		t.Fatal(err)
	}
	w.lock(s)
	v, err := vault.Open(w.dir, w.options(1))
	if err != nil {
		t.Fatal(err)
	}
	_, invitation, err := v.Unlock(t.Context(), []byte(code))
	if err != nil {
		t.Fatal(err)
	}
	if s, err = invitation.Join(t.Context(), []byte(others), "Bo"); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Private(t.Context()); err != nil {
		t.Fatal(err)
	}
	w.lock(s)

	s = w.unlock(own, 2)
	mine, err := s.Private(t.Context())
	w.has(mine, err, 2)
	w.backups = nil
	guest, err := s.Admit(t.Context(), []byte(others))
	if err != nil {
		t.Fatal(err)
	}
	if len(w.backups) != 1 || w.backups[0] != 2 { // of the session's own person, at rest
		t.Errorf("the backups found %v", w.backups)
	}
	mine, err = s.Private(t.Context())
	w.has(mine, err, 2)
	theirs, err := guest.Private(t.Context())
	w.has(theirs, err, 2)
	if err := guest.Leave(); err != nil {
		t.Fatal(err)
	}
	if guest, err = s.Admit(t.Context(), []byte(others)); err != nil {
		t.Fatal(err)
	}
	theirs, err = guest.Private(t.Context())
	w.has(theirs, err, 2)
	if err := guest.Leave(); err != nil {
		t.Fatal(err)
	}
	w.lock(s)
	if len(w.backups) != 1 {
		t.Errorf("the backups found %v", w.backups)
	}
}
