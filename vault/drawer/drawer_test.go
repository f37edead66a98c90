package drawer

import (
	"context"
	"database/sql"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

var (
	testKey = Key{1, 2, 3}
	testID  = ID{4, 5, 6}
)

// testSchema has one plain table and one full-text index over it.
var testSchema = Schema{ApplicationID: 0x45420099, Migrations: []Migration{{Name: "0001", SQL: `
	CREATE TABLE note (id INTEGER PRIMARY KEY, text TEXT NOT NULL) STRICT;
	CREATE TABLE mark (note INTEGER NOT NULL REFERENCES note (id)) STRICT;
	CREATE VIRTUAL TABLE note_text USING fts5 (text, content = 'note', content_rowid = 'id');
	INSERT INTO note_text (note_text, rank) VALUES ('secure-delete', 1);
	CREATE TRIGGER note_added AFTER INSERT ON note BEGIN
		INSERT INTO note_text (rowid, text) VALUES (new.id, new.text);
	END;`}}}

func create(t testing.TB, path string, o Options) *Drawer {
	t.Helper()
	d, err := Create(t.Context(), path, testID, testKey, testSchema, o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { d.Close() })
	return d
}

// made creates a drawer, closes it and returns its path.
func made(t testing.TB) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "drawer")
	closeDrawer(t, create(t, path, Options{}))
	return path
}

func open1(t testing.TB, path string, o Options) *Drawer {
	t.Helper()
	d, err := Open(t.Context(), path, testID, testKey, testSchema, o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { d.Close() })
	return d
}

func closeDrawer(t testing.TB, d *Drawer) {
	t.Helper()
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
}

func insert(t testing.TB, d *Drawer, texts ...string) {
	t.Helper()
	err := d.Update(t.Context(), func(tx *Tx) error {
		for _, text := range texts {
			if _, err := tx.Exec(t.Context(), `INSERT INTO note (text) VALUES (?)`, text); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// texts returns what is in the drawer, in the order in which it was inserted.
func texts(t testing.TB, d *Drawer) (found []string) {
	t.Helper()
	err := d.View(t.Context(), func(tx *Tx) error {
		rows, err := tx.Query(t.Context(), `SELECT text FROM note ORDER BY id`)
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			var text string
			if err := rows.Scan(&text); err != nil {
				return err
			}
			found = append(found, text)
		}
		return rows.Err()
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func mustBeSound(t testing.TB, d *Drawer) Report {
	t.Helper()
	report, err := d.Check(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	if len(report.Problems) > 0 {
		t.Fatalf("problems: %v", report.Problems)
	}
	return report
}

func TestReopening(t *testing.T) {
	path := made(t)
	var want []string
	var sequence uint64
	for i := range 4 {
		d := open1(t, path, Options{})
		text := strings.Repeat("round ", 1+i*2000)
		insert(t, d, text)
		want = append(want, text)
		if got := texts(t, d); strings.Join(got, "|") != strings.Join(want, "|") {
			t.Fatalf("round %d: %d texts, want %d", i, len(got), len(want))
		}
		mustBeSound(t, d)
		if len(d.Repairs()) > 0 {
			t.Fatalf("round %d: repairs %v", i, d.Repairs())
		}
		closeDrawer(t, d)
		if d.Sequence() <= sequence {
			t.Fatalf("round %d: the sequence went from %d to %d", i, sequence, d.Sequence())
		}
		sequence = d.Sequence()
	}
}

func TestOpeningWithoutWritingChangesNothing(t *testing.T) {
	path := made(t)
	before := readBoth(t, path)
	d := open1(t, path, Options{})
	texts(t, d)
	mustBeSound(t, d)
	closeDrawer(t, d)
	if readBoth(t, path) != before {
		t.Error("the files changed")
	}
}

func readBoth(t testing.TB, path string) string {
	t.Helper()
	var all string
	for _, name := range []string{path, path + logSuffix} {
		b, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		all += string(b)
	}
	return all
}

func TestUpdateTakesBackWhatFailed(t *testing.T) {
	d := open1(t, made(t), Options{})
	insert(t, d, "kept")
	reason := errors.New("no")
	for name, run := range map[string]func(ctx context.Context) error{
		"error": func(ctx context.Context) error {
			return d.Update(ctx, func(tx *Tx) error {
				if _, err := tx.Exec(ctx, `DELETE FROM note`); err != nil {
					t.Fatal(err)
				}
				return reason
			})
		},
		"end of the context": func(ctx context.Context) error {
			ctx, cancel := context.WithCancelCause(ctx)
			err := d.Update(ctx, func(tx *Tx) error {
				_, err := tx.Exec(ctx, `DELETE FROM note`)
				cancel(reason)
				return err
			})
			if errors.Is(err, context.Canceled) {
				return reason
			}
			return err
		},
		"panic": func(ctx context.Context) (err error) {
			defer func() { err = recover().(error) }()
			return d.Update(ctx, func(tx *Tx) error {
				tx.Exec(ctx, `DELETE FROM note`)
				panic(reason)
			})
		},
		"view": func(ctx context.Context) error {
			if err := d.View(ctx, func(tx *Tx) error {
				_, err := tx.Exec(ctx, `DELETE FROM note`)
				return err
			}); err != nil {
				return err
			}
			return reason
		},
	} {
		if err := run(t.Context()); !errors.Is(err, reason) {
			t.Errorf("%s: %v", name, err)
		}
		if got := texts(t, d); len(got) != 1 {
			t.Errorf("%s: %d texts remain, want 1", name, len(got))
		}
	}
}

func TestClosedDrawer(t *testing.T) {
	d := open1(t, made(t), Options{})
	closeDrawer(t, d)
	closeDrawer(t, d) // again
	nothing := func(*Tx) error { return nil }
	_, checked := d.Check(t.Context(), nil)
	for name, err := range map[string]error{
		"View": d.View(t.Context(), nothing), "Update": d.Update(t.Context(), nothing),
		"Checkpoint": d.Checkpoint(t.Context()), "Check": checked,
	} {
		if !errors.Is(err, ErrClosed) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestCallersReachNothingOutside(t *testing.T) {
	path := made(t)
	d := open1(t, path, Options{})
	elsewhere := filepath.Join(filepath.Dir(path), "elsewhere")
	for _, query := range []string{
		`ATTACH DATABASE '` + elsewhere + `' AS other`,
		`ATTACH DATABASE ':memory:' AS other`,
		`DETACH DATABASE main`,
		`VACUUM`,
		`VACUUM INTO '` + elsewhere + `'`,
		`PRAGMA journal_mode = DELETE`,
		`PRAGMA synchronous = OFF`,
		`pragma writable_schema = 1`,
		`PRAGMA user_version`,
		`SELECT * FROM pragma_database_list`,
		`SELECT load_extension('x')`,
	} {
		err := d.Update(t.Context(), func(tx *Tx) error {
			_, err := tx.Exec(t.Context(), query)
			return err
		})
		if err == nil {
			t.Errorf("%s: allowed", query)
		}
	}
	if entries, err := os.ReadDir(filepath.Dir(path)); err != nil || len(entries) != 2 {
		t.Errorf("files: %v, %v", entries, err)
	}
	insert(t, d, "still works")
}

func TestOpenErrors(t *testing.T) {
	path := made(t)
	openAs := func(path string, id ID, key Key, s Schema) error {
		d, err := Open(t.Context(), path, id, key, s, Options{})
		if err == nil {
			d.Close()
		}
		return err
	}
	folder := t.TempDir()
	foreign := filepath.Join(folder, "foreign")
	if err := os.WriteFile(foreign, []byte("SQLite format 3"), 0o600); err != nil {
		t.Fatal(err)
	}
	empty := filepath.Join(folder, "empty")
	if err := os.WriteFile(empty, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	placeholder := filepath.Join(folder, "placeholder")
	if err := Placeholder(placeholder); err != nil {
		t.Fatal(err)
	}
	otherKind := testSchema
	otherKind.ApplicationID++
	for name, c := range map[string]struct {
		got, want error
	}{
		"missing":      {openAs(path+"x", testID, testKey, testSchema), ErrNotExist},
		"a folder":     {openAs(folder, testID, testKey, testSchema), nil},
		"another file": {openAs(foreign, testID, testKey, testSchema), ErrDamaged},
		"empty":        {openAs(empty, testID, testKey, testSchema), ErrDamaged},
		"placeholder":  {openAs(placeholder, testID, testKey, testSchema), ErrDamaged},
		"wrong key":    {openAs(path, testID, Key{9}, testSchema), ErrDamaged},
		"wrong id":     {openAs(path, ID{9}, testKey, testSchema), ErrDamaged},
		"other kind":   {openAs(path, testID, testKey, otherKind), ErrDamaged},
		"newer schema": {openAs(path, testID, testKey, Schema{ApplicationID: testSchema.ApplicationID}), ErrNewerSchema},
	} {
		if c.got == nil || c.want != nil && !errors.Is(c.got, c.want) {
			t.Errorf("%s: %v, want %v", name, c.got, c.want)
		}
		if c.got != nil && strings.Contains(c.got.Error(), folder) {
			t.Errorf("%s: the error names a path: %v", name, c.got)
		}
	}
	if d := open1(t, path, Options{}); d == nil {
		t.Error("none of this should have hurt the drawer")
	}
}

func TestOneOpeningAtATime(t *testing.T) {
	path := made(t)
	d := open1(t, path, Options{})
	hard, soft := path+"-hard", path+"-soft"
	if err := os.Link(path, hard); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(path, soft); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{path, hard, soft} {
		if _, err := Open(t.Context(), name, testID, testKey, testSchema, Options{}); !errors.Is(err, ErrInUse) {
			t.Errorf("opening %s again: %v", filepath.Base(name), err)
		}
		if _, err := Create(t.Context(), name, testID, testKey, testSchema, Options{}); !errors.Is(err, ErrInUse) {
			t.Errorf("making %s again: %v", filepath.Base(name), err)
		}
	}
	insert(t, d, "undisturbed")
	closeDrawer(t, d)
	if got := texts(t, open1(t, soft, Options{})); len(got) != 1 {
		t.Errorf("through a symbolic link: %v", got)
	}
}

func TestHandlesAreUsedAgain(t *testing.T) {
	path := made(t)
	for range 3 {
		d := open1(t, path, Options{})
		if d.handle != 0 {
			t.Fatalf("handle %d, want 0", d.handle)
		}
		closeDrawer(t, d)
	}
}

func TestPathsOfAllKinds(t *testing.T) {
	for _, name := range []string{"a b", "a?b=c", "100%25", "a#b", "über den Dächern", "a&vfs=unix", "'quoted'", `back\slash`, "日記"} {
		path := filepath.Join(t.TempDir(), name)
		d := create(t, path, Options{})
		insert(t, d, name)
		closeDrawer(t, d)
		d = open1(t, path, Options{})
		if got := texts(t, d); len(got) != 1 || got[0] != name {
			t.Errorf("%q: %v", name, got)
		}
		closeDrawer(t, d)
		if entries, err := os.ReadDir(filepath.Dir(path)); err != nil || len(entries) != 2 {
			t.Errorf("%q: files %v", name, entries)
		}
	}
}

func TestQueryRowWithoutRow(t *testing.T) {
	d := open1(t, made(t), Options{})
	err := d.View(t.Context(), func(tx *Tx) error {
		var n int
		return tx.QueryRow(t.Context(), `SELECT id FROM note`).Scan(&n)
	})
	if !errors.Is(err, sql.ErrNoRows) {
		t.Error(err)
	}
}
