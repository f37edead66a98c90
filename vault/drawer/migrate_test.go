package drawer

import (
	"context"
	"errors"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
)

func TestReadMigrations(t *testing.T) {
	file := func(text string) *fstest.MapFile { return &fstest.MapFile{Data: []byte(text)} }
	got, err := ReadMigrations(fstest.MapFS{"0002_more.sql": file("b"), "0001_first.sql": file("a")})
	if err != nil || len(got) != 2 || got[0].SQL != "a" || got[1] != (Migration{Name: "0002_more.sql", SQL: "b"}) {
		t.Errorf("%v, %v", got, err)
	}
	for name, fsys := range map[string]fstest.MapFS{
		"a gap":           {"0001_a.sql": file(""), "0003_b.sql": file("")},
		"a number twice":  {"0001_a.sql": file(""), "0001_b.sql": file("")},
		"no first":        {"0000_a.sql": file("")},
		"another name":    {"0001_a.sql": file(""), "readme.txt": file("")},
		"a short number":  {"1_a.sql": file("")},
		"a folder":        {"0001_a.sql/x": file("")},
		"an upper letter": {"0001_A.sql": file("")},
	} {
		if got, err := ReadMigrations(fsys); err == nil {
			t.Errorf("%s: %v", name, got)
		}
	}
}

// grown is testSchema with steps of later versions.
func grown(steps ...string) Schema {
	s := testSchema
	s.Migrations = append([]Migration(nil), s.Migrations...)
	for _, step := range steps {
		s.Migrations = append(s.Migrations, Migration{Name: "later", SQL: step})
	}
	return s
}

func TestMigrationOfAnOlderDrawer(t *testing.T) {
	path := made(t)
	d := open1(t, path, Options{})
	insert(t, d, "kept")
	closeDrawer(t, d)

	schema := grown(`ALTER TABLE note ADD COLUMN mood TEXT`, `UPDATE note SET mood = 'calm'`)
	refusal := errors.New("no backup, no migration")
	from, to := 0, 0
	before := readBoth(t, path)
	_, err := Open(t.Context(), path, testID, testKey, schema, Options{BeforeMigrate: func(_ context.Context, f, u int) error {
		from, to = f, u
		return refusal
	}})
	if !errors.Is(err, refusal) || from != 1 || to != 3 {
		t.Fatalf("from %d to %d: %v", from, to, err)
	}
	if readBoth(t, path) != before {
		t.Error("the files changed although the migration was refused")
	}

	calls := 0
	count := Options{BeforeMigrate: func(context.Context, int, int) error { calls++; return nil }}
	for range 2 { // the second time there is nothing to do
		d, err := Open(t.Context(), path, testID, testKey, schema, count)
		if err != nil {
			t.Fatal(err)
		}
		var mood string
		if err := d.View(t.Context(), func(tx *Tx) error {
			return tx.QueryRow(t.Context(), `SELECT mood FROM note`).Scan(&mood)
		}); err != nil || mood != "calm" {
			t.Errorf("mood %q, %v", mood, err)
		}
		closeDrawer(t, d)
	}
	if calls != 1 {
		t.Errorf("BeforeMigrate was called %d times, want once", calls)
	}
	if _, err := Open(t.Context(), path, testID, testKey, testSchema, Options{}); !errors.Is(err, ErrNewerSchema) {
		t.Errorf("the older version opens it: %v", err)
	}
}

// A step that fails leaves the steps before it, and nothing of itself.
func TestFailingMigration(t *testing.T) {
	path := made(t)
	bad := grown(`CREATE TABLE one (a)`, `CREATE TABLE two (a); INSERT INTO nowhere VALUES (1)`)
	if _, err := Open(t.Context(), path, testID, testKey, bad, Options{}); err == nil {
		t.Fatal("no error")
	}
	d, err := Open(t.Context(), path, testID, testKey, grown(`CREATE TABLE one (a)`), Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	mustBeSound(t, d)
	for table, want := range map[string]bool{"one": true, "two": false} {
		err := d.View(t.Context(), func(tx *Tx) error {
			rows, err := tx.Query(t.Context(), `SELECT * FROM `+table)
			if err == nil {
				err = rows.Close()
			}
			return err
		})
		if (err == nil) != want {
			t.Errorf("table %s: %v", table, err)
		}
	}
}

// A migration has no more rights than a caller.
func TestMigrationCannotReachOutside(t *testing.T) {
	for _, step := range []string{`PRAGMA journal_mode = DELETE`, `ATTACH ':memory:' AS other`, `VACUUM`} {
		path := filepath.Join(t.TempDir(), "drawer")
		if _, err := Create(t.Context(), path, testID, testKey, grown(step), Options{}); err == nil {
			t.Errorf("%s: allowed", step)
		}
		if _, err := Open(t.Context(), path, testID, testKey, testSchema, Options{}); !errors.Is(err, ErrUnfinished) {
			t.Errorf("%s: the drawer that was not made: %v", step, err)
		}
	}
}

// A drawer larger than 1 GiB is refused before it gets there, and stays usable.
func TestTooLarge(t *testing.T) {
	d := open1(t, made(t), Options{})
	insert(t, d, "small")
	if err := d.inOwnName(func() error { // a nearer limit, so that this takes no gigabyte
		_, err := d.db.Exec(`PRAGMA max_page_count = 40`)
		return err
	}); err != nil {
		t.Fatal(err)
	}
	err := d.Update(t.Context(), func(tx *Tx) error {
		_, err := tx.Exec(t.Context(), `INSERT INTO note (text) VALUES (?)`, strings.Repeat("large ", 100_000))
		return err
	})
	if !errors.Is(err, ErrTooLarge) {
		t.Errorf("error %v", err)
	}
	insert(t, d, "small again")
	mustBeSound(t, d)
}

func TestLimits(t *testing.T) {
	if end := pageAt(maxPages); end > 1<<30 {
		t.Errorf("the last page ends at %d", end)
	}
	if frameAt(autoCheckpoint+1) > smallestClass*9/10+blockSize {
		t.Errorf("an ordinary log takes %d bytes", frameAt(autoCheckpoint+1))
	}
	if frameAt(keptFrames+1) > smallestClass {
		t.Errorf("frames are kept beyond the smallest class: %d", keptFrames)
	}
	for n, want := range map[int64]int64{0: 4 << 20, 1: 4 << 20, 4 << 20: 4 << 20, 4<<20 + 1: 8 << 20, 100 << 20: 128 << 20} {
		if got := sizeClass(n); got != want {
			t.Errorf("%d bytes: class %d, want %d", n, got, want)
		}
	}
}
