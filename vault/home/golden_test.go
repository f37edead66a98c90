package home_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"ebb/scripts/reader/golden"
	"ebb/vault"
	"ebb/vault/drawer"
	"ebb/vault/home"
	"ebb/vault/portable"
)

// The golden vaults are vaults of earlier days, kept for ever: what was written once
// has to open in every later Ebb, with the same words in it. README.md beside them
// tells what they are.
const goldenFolder = "../testdata/golden"

// goldenNames are all of them, so that none is lost without a word.
var goldenNames = []string{"checkpoint", "journal", "killed", "people", "rekeyed", "slots", "unsynced"}

// goldenVault is what stands in NAME.json beside a golden vault.
type goldenVault struct {
	About  string         `json:"about"`
	Cheap  bool           `json:"cheap"`  // its costs are below the floor
	States []string       `json:"states"` // of the first person's private drawer, slot by slot
	People []goldenPerson `json:"people"`
	Gone   []string       `json:"gone,omitempty"` // passphrases that open nothing any more
}

// goldenPerson is what one passphrase opens.
type goldenPerson struct {
	Name       string            `json:"name"`
	Seat       uint8             `json:"seat"`
	Passphrase string            `json:"passphrase"`
	Recovery   string            `json:"recovery,omitempty"` // recovery words
	Entries    []json.RawMessage `json:"entries"`            // as the exported journal has them
	Drafts     []string          `json:"drafts"`             // texts, the latest first
	Shared     []goldenCircle    `json:"shared"`             // the oldest drawer first
}

// goldenCircle is what lies in a shared drawer. Opening a vault as somebody may add
// their profile.
type goldenCircle struct {
	People []goldenMember `json:"people"`
	Lines  []goldenLine   `json:"lines"`
}

type goldenMember struct {
	Seat     uint8  `json:"seat"`
	Name     string `json:"name"`
	Pronouns string `json:"pronouns"`
	About    string `json:"about"`
}

type goldenLine struct {
	ID       string `json:"id"`
	Seat     uint8  `json:"seat"`
	Text     string `json:"text"`
	SharedOn string `json:"sharedOn"`
}

// journal is journal.json as it is to be exported, byte for byte.
func (p goldenPerson) journal(t testing.TB) string {
	t.Helper()
	lines := make([]string, len(p.Entries))
	for i, e := range p.Entries {
		var line bytes.Buffer
		if err := json.Compact(&line, e); err != nil {
			t.Fatal(err)
		}
		lines[i] = "\n" + line.String()
	}
	return `{"format":"ebb-journal","version":1,"entries":[` + strings.Join(lines, ",") + "\n]}\n"
}

func readGolden(t testing.TB, name string) (g goldenVault) {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(goldenFolder, name+".json"))
	if err != nil {
		t.Fatal(err)
	}
	strict := json.NewDecoder(bytes.NewReader(text))
	strict.DisallowUnknownFields()
	if err := strict.Decode(&g); err != nil {
		t.Fatal(err)
	}
	return g
}

func unpackGolden(t testing.TB, name string) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), name+".ebb")
	if err := golden.Unpack(filepath.Join(goldenFolder, name+".ebb"), dir); err != nil {
		t.Fatal(err)
	}
	return dir
}

func TestGoldenVaults(t *testing.T) {
	found, err := filepath.Glob(filepath.Join(goldenFolder, "*.json"))
	if err != nil {
		t.Fatal(err)
	}
	for i, file := range found {
		found[i] = strings.TrimSuffix(filepath.Base(file), ".json")
	}
	if !slices.Equal(found, goldenNames) {
		t.Errorf("the golden vaults are %q", found)
	}
	for _, name := range goldenNames {
		t.Run(name, func(t *testing.T) {
			want := readGolden(t, name)
			if len(want.People) == 0 {
				t.Fatal("nobody is in it")
			}
			if got := stateSlots(t, unpackGolden(t, name), want.People[0].Passphrase); !slices.Equal(got, want.States) {
				t.Errorf("the slots are %q", got)
			}
			dir := unpackGolden(t, name)
			for _, passphrase := range want.Gone {
				if err := tryVisit(t, newClock(), dir, passphrase); !errors.Is(err, vault.ErrWrongPassphrase) {
					t.Errorf("a passphrase that is gone gives %v", err)
				}
			}
			for _, p := range want.People {
				first := lookAtGolden(t, dir, p, want.Cheap, vault.DrawerRepaired, vault.MemberJoined, vault.MemberLeft)
				if again := lookAtGolden(t, dir, p, want.Cheap); again != first {
					t.Errorf("opening as %s once more changed something:\n%s\nis now\n%s", p.Name, first, again)
				}
				if p.Recovery == "" {
					continue
				}
				p.Passphrase = p.Recovery
				if again := lookAtGolden(t, dir, p, want.Cheap); again != first {
					t.Errorf("opening with the recovery words of %s changed something:\n%s\nis now\n%s", p.Name, first, again)
				}
			}
		})
	}
}

// lookAtGolden opens a golden vault as one person, compares what they find, and
// returns every row of every drawer that they open.
func lookAtGolden(t *testing.T, dir string, want goldenPerson, cheap bool, expected ...vault.NoticeKind) string {
	t.Helper()
	o := home.Options(newClock().now)
	o.Insecure = cheap
	v, err := vault.Open(dir, o)
	if err != nil {
		t.Fatal(err)
	}
	s, _, err := v.Unlock(t.Context(), []byte(want.Passphrase))
	if err != nil {
		t.Fatal(err)
	}
	h, err := home.Open(t.Context(), s, o.Now)
	if err != nil {
		t.Fatal(err)
	}
	if s.Seat() != want.Seat {
		t.Errorf("%s sits in seat %d", want.Name, s.Seat())
	}
	for _, n := range s.Notices() {
		if !slices.Contains(expected, n.Kind) {
			t.Errorf("opening as %s: %+v", want.Name, n)
		}
	}
	if report, err := s.Check(t.Context(), nil); err != nil || !report.Sound() {
		t.Errorf("checking as %s: %+v, %v", want.Name, report, err)
	}
	if got := goldenJournal(t, h); got != want.journal(t) {
		t.Errorf("%s exports\n%s\nand not\n%s", want.Name, got, want.journal(t))
	}
	drafts, err := h.Journal.Drafts(t.Context())
	texts := make([]string, len(drafts))
	for i, d := range drafts {
		texts[i] = d.Entry.Text
	}
	if err != nil || !slices.Equal(texts, want.Drafts) {
		t.Errorf("the drafts of %s are %q, %v", want.Name, texts, err)
	}
	lines, err := h.Lines.All(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	got, expectedLines := map[goldenLine]bool{}, map[goldenLine]bool{}
	for _, l := range lines {
		got[goldenLine{fmt.Sprintf("%x", l.ID), l.Seat, l.Text, l.Day}] = true
	}
	for _, circle := range want.Shared {
		for _, l := range circle.Lines {
			expectedLines[l] = true
		}
	}
	if !maps.Equal(got, expectedLines) {
		t.Errorf("%s reads %v, and not %v", want.Name, got, expectedLines)
	}
	rows := allRows(t, s)
	if err := s.Lock(t.Context()); err != nil {
		t.Fatal(err)
	}
	return rows
}

// goldenJournal is the journal as the command writes it.
func goldenJournal(t testing.TB, h *home.Home) string {
	t.Helper()
	to := filepath.Join(t.TempDir(), "export")
	if _, err := portable.ExportJSON(t.Context(), to, h.Journal.Exported(t.Context())); err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(filepath.Join(to, "journal.json"))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// allRows writes down every row of every table in every drawer of a session, but
// for the one that counts the visits.
func allRows(t testing.TB, s *vault.Session) string {
	t.Helper()
	private, err := s.Private(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	drawers := []*drawer.Drawer{private}
	circles, err := s.Circles(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range circles {
		drawers = append(drawers, c.Drawer)
	}
	var rows strings.Builder
	for _, d := range drawers {
		err := d.View(t.Context(), func(tx *drawer.Tx) error {
			var tables []string
			for _, row := range queryAll(t, tx, `SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'entry_text_%' ORDER BY name`) {
				tables = append(tables, fmt.Sprint(row...))
			}
			for _, table := range tables {
				for _, row := range queryAll(t, tx, `SELECT * FROM "`+table+`" ORDER BY 1`) {
					if table != "setting" || row[0] != "ring-sequence" {
						fmt.Fprintf(&rows, "%s %q\n", table, row)
					}
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return rows.String()
}

func queryAll(t testing.TB, tx *drawer.Tx, sql string) (all [][]any) {
	t.Helper()
	rows, err := tx.Query(t.Context(), sql)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	columns, err := rows.Columns()
	if err != nil {
		t.Fatal(err)
	}
	for rows.Next() {
		row, places := make([]any, len(columns)), make([]any, len(columns))
		for i := range row {
			places[i] = &row[i]
		}
		if err := rows.Scan(places...); err != nil {
			t.Fatal(err)
		}
		all = append(all, row)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return all
}
