package reader

import (
	"encoding/json"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"ebb/scripts/proof"
	"ebb/scripts/reader/golden"
	"ebb/vault/keys"
)

const officeFolder = "../../vault/practice/testdata/golden"

// goldenOffice is what vault/practice knows of its golden vault.
type goldenOffice struct {
	Name, Passphrase, Recovery string
	Records                    map[string]string
	Apart                      map[string][]apartRoom
}

type apartRoom struct {
	Role, Member  string
	Notes, Drafts []string
}

func unpackOffice(t testing.TB) (dir string, g goldenOffice) {
	t.Helper()
	dir = filepath.Join(proof.Folder(t), "office.ebb")
	if err := golden.Unpack(filepath.Join(officeFolder, "office.ebb"), dir); err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(filepath.Join(officeFolder, "office.json"))
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(text, &g); err != nil {
		t.Fatal(err)
	}
	return dir, g
}

// Of a practice the reader finds the record as ebb exports it, to the byte, and what lies
// behind the second unlock only when it is told to.
func TestReaderReadsThePractice(t *testing.T) {
	dir, g := unpackOffice(t)
	before := contents(t, dir)
	for _, passphrase := range []string{g.Passphrase, g.Recovery} {
		survey := read(t, dir, passphrase).must(t)
		if !strings.HasPrefix(survey.out, g.Name+", in seat 0.") || !strings.Contains(survey.out, "caseload: clean") || !strings.Contains(survey.out, "K-1, record: clean: whole. Not looked at: 4 drawers") || survey.notes != "" {
			t.Errorf("the reader says %s%s", survey.out, survey.notes)
		}
		told := survey.out
		for code, record := range g.Records {
			r := read(t, dir, passphrase, "--record", code).must(t)
			if r.out != record {
				t.Errorf("of %s the reader writes\n%s\nand ebb wrote\n%s", code, r.out, record)
			}
			told += r.out
			var apart []apartRoom
			if err := json.Unmarshal([]byte(read(t, dir, passphrase, "--apart", code).must(t).out), &apart); err != nil {
				t.Fatal(err)
			}
			if !sameRooms(apart, g.Apart[code]) {
				t.Errorf("apart from %s lies %+v, and not %+v", code, apart, g.Apart[code])
			}
		}
		if strings.Contains(told, "apart") {
			t.Error("it tells of what lies behind the second unlock without being told to")
		}
	}
	for _, refused := range []struct {
		passphrase, option, value, why string
		code                           int
	}{
		{"not this one at all", "--record", "K-1", "does not open", 3},
		{"not this one at all", "--apart", "K-1", "does not open", 3},
		{g.Passphrase, "--record", "K-9", "No case has this code", 2},
		{g.Passphrase, "--apart", "", "No case has this code", 2},
	} {
		if r := read(t, dir, refused.passphrase, refused.option, refused.value); r.code != refused.code || !strings.Contains(r.notes, refused.why) {
			t.Errorf("%s %q ends with %d: %s%s", refused.option, refused.value, r.code, r.out, r.notes)
		}
	}
	for _, option := range []string{"--json", "--shared"} {
		if r := read(t, dir, g.Passphrase, option); option == "--json" && (r.code != 2 || !strings.Contains(r.notes, "is a practice")) || option == "--shared" && r.out != "[]\n" {
			t.Errorf("%s of a practice ends with %d: %s%s", option, r.code, r.out, r.notes)
		}
	}
	if contents(t, dir) != before {
		t.Error("the reader changed the vault")
	}
	// And ebb exports the same from the same folder.
	to := filepath.Join(t.TempDir(), "out")
	ebb(t, keys.Params{}, g.Passphrase+"\n", "export", dir, "--format", "json", "--case", "K-1", to)
	exported, err := os.ReadFile(filepath.Join(to, "case-K-1.json"))
	if err != nil || string(exported) != g.Records["K-1"] {
		t.Errorf("ebb exports\n%s\n%v", exported, err)
	}
	home, people := unpack(t, "journal")
	if r := read(t, home, people[0].Passphrase, "--record", "K-1"); r.code != 2 || !strings.Contains(r.notes, "is a home") {
		t.Errorf("of a home's record the reader says %s", r.notes)
	}
}

// sameRooms compares rooms in whatever order they come: that of members is by their ids.
func sameRooms(a, b []apartRoom) bool {
	by := func(rooms []apartRoom) map[string]apartRoom {
		all := map[string]apartRoom{}
		for _, r := range rooms {
			all[r.Role+" "+r.Member] = r
		}
		return all
	}
	return len(a) == len(b) && reflect.DeepEqual(by(a), by(b))
}

// A drawer of a case that is damaged is told as such, and keeps the reader from nothing
// else.
func TestReaderTellsDamageInAPractice(t *testing.T) {
	dir, g := unpackOffice(t)
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	damaged := 0
	for _, e := range entries {
		if len(e.Name()) != 24 {
			continue
		}
		path := filepath.Join(dir, e.Name())
		content, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		flipped := append([]byte(nil), content...)
		flipped[16_384+5*4_096+77] ^= 1
		write := func(b []byte) {
			if err := os.WriteFile(path, b, 0o600); err != nil {
				t.Fatal(err)
			}
		}
		write(flipped)
		record, apart := read(t, dir, g.Passphrase, "--record", "K-1"), read(t, dir, g.Passphrase, "--apart", "K-1")
		if apart.code != 1 && record.code != 1 || strings.Contains(record.out+apart.out, "apart\"") && apart.code == 1 {
			t.Errorf("with a damaged drawer the record ends with %d and what lies apart with %d", record.code, apart.code)
		}
		if record.code == 1 {
			damaged++
		}
		write(content)
	}
	if damaged != 1 {
		t.Errorf("%d drawers are the record", damaged)
	}
	if r := read(t, dir, g.Passphrase, "--record", "K-1"); r.code != 0 {
		t.Errorf("mended again it ends with %d: %s", r.code, r.notes)
	}
}
