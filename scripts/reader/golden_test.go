package reader

import (
	"crypto/sha256"
	"encoding/json"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"ebb/scripts/proof"
	"ebb/scripts/reader/golden"
	"ebb/vault/drawer"
	"ebb/vault/home"
	"ebb/vault/keys"
)

const goldenFolder = "../../vault/testdata/golden"

// goldenPerson is a part of what vault/home knows of a golden vault.
type goldenPerson struct {
	Name, Passphrase, Recovery string
	Shared                     []circle
}

// circle is a shared drawer, as the reader prints it.
type circle struct {
	People []struct {
		Seat                  int
		Name, Pronouns, About string
	}
	Lines []struct {
		ID       string
		Seat     int
		Text     string
		SharedOn string
	}
}

func goldenNames(t testing.TB) (names []string) {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(goldenFolder, "*.json"))
	if err != nil || len(files) == 0 {
		t.Fatalf("there are no golden vaults: %v", err)
	}
	for _, file := range files {
		names = append(names, strings.TrimSuffix(filepath.Base(file), ".json"))
	}
	return names
}

// unpack makes the folder of a golden vault, in memory where there is such a place:
// it has tens of megabytes.
func unpack(t testing.TB, name string) (dir string, people []goldenPerson) {
	t.Helper()
	dir = filepath.Join(proof.Folder(t), name+".ebb")
	if err := golden.Unpack(filepath.Join(goldenFolder, name+".ebb"), dir); err != nil {
		t.Fatal(err)
	}
	people, _ = describe(t, name)
	return dir, people
}

// describe tells who is in a golden vault, and which passphrases open nothing any more.
func describe(t testing.TB, name string) (people []goldenPerson, gone []string) {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(goldenFolder, name+".json"))
	if err != nil {
		t.Fatal(err)
	}
	var g struct {
		People []goldenPerson
		Gone   []string
	}
	if err := json.Unmarshal(text, &g); err != nil {
		t.Fatal(err)
	}
	return g.People, g.Gone
}

// The reader and Ebb find the same in every golden vault. What a crash left is there
// when the reader comes: Ebb mends it only after.
func TestReaderReadsGoldenVaults(t *testing.T) {
	for _, name := range goldenNames(t) {
		t.Run(name, func(t *testing.T) {
			dir, people := unpack(t, name)
			before := contents(t, dir)
			var journals []string
			for _, p := range people {
				if r := read(t, dir, p.Passphrase).must(t); !strings.HasPrefix(r.out, p.Name+", in seat ") || strings.Contains(r.notes, "older") {
					t.Errorf("as %s the reader says %s%s", p.Name, r.out, r.notes)
				}
				journals = append(journals, read(t, dir, p.Passphrase, "--json").must(t).out)
				var shared []circle
				if err := json.Unmarshal([]byte(read(t, dir, p.Passphrase, "--shared").must(t).out), &shared); err != nil {
					t.Fatal(err)
				}
				if !reflect.DeepEqual(shared, p.Shared) {
					t.Errorf("%s shares %+v, and not %+v", p.Name, shared, p.Shared)
				}
				if p.Recovery != "" {
					if r := read(t, dir, p.Recovery, "--json").must(t); r.out != journals[0] {
						t.Errorf("with the recovery words the reader writes\n%s", r.out)
					}
				}
			}
			_, gone := describe(t, name)
			for _, passphrase := range gone {
				if r := read(t, dir, passphrase); r.code != 3 {
					t.Errorf("with a passphrase that is gone the reader ends with %d: %s", r.code, r.out)
				}
			}
			if contents(t, dir) != before {
				t.Error("the reader changed the vault")
			}
			for i, p := range people {
				if want := export(t, dir, p.Passphrase); journals[i] != want {
					t.Errorf("as %s the reader writes\n%s\nand ebb\n%s", p.Name, journals[i], want)
				}
			}
		})
	}
}

// contents is a sum over all files of a folder.
func contents(t testing.TB, dir string) (sum [sha256.Size]byte) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	h := sha256.New()
	for _, e := range entries {
		b, err := os.ReadFile(filepath.Join(dir, e.Name()))
		if err != nil {
			t.Fatal(err)
		}
		one := sha256.Sum256(b)
		h.Write([]byte(e.Name()))
		h.Write(one[:])
	}
	return [sha256.Size]byte(h.Sum(nil))
}

// goldenSchema is the schema of the golden vaults' drawers.
const goldenSchema = 1

// The pages that the reader finds in a drawer which a crash left are those that Ebb
// finds too: bringing them home changes none of them.
func TestReaderFindsTheSamePages(t *testing.T) {
	for _, name := range goldenNames(t) {
		v := openGolden(t, name)
		before := read(t, v.dir, v.passphrase, "--raw", v.private.Name).must(t).out
		schema := home.Schema(keys.Private)
		schema.Migrations = schema.Migrations[:goldenSchema] // bringing it up to date would change pages
		d, err := drawer.Open(t.Context(), v.main(), drawer.ID(v.private.ID), v.key, schema, drawer.Options{})
		if err != nil {
			t.Fatal(err)
		}
		if err := d.Close(); err != nil {
			t.Fatal(err)
		}
		if after := read(t, v.dir, v.passphrase, "--raw", v.private.Name).must(t).out; after != before || len(after) != 65 {
			t.Errorf("%s: the pages are %s and, at home, %s", name, before, after)
		}
		if survey := read(t, v.dir, v.passphrase).must(t).out; !strings.Contains(survey, "private: clean") || !strings.Contains(survey, " 0 frames") {
			t.Errorf("%s: at home the drawer is %s", name, survey)
		}
	}
	dir, people := unpack(t, "journal")
	if r := read(t, dir, people[0].Passphrase, "--raw", "0123456789abcdef"); r.code != 2 || !strings.Contains(r.notes, "no drawer of that name") {
		t.Errorf("of a drawer that is not there the reader says %s", r.notes)
	}
}
