package window

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	store "ebb/vault/practice"
)

// triad makes an office at one place with a case of three, through the window.
func triad(t *testing.T, folder string) (p *person, id store.ID) {
	t.Helper()
	if err := os.RemoveAll(folder); err != nil {
		t.Fatal(err)
	}
	p = officeAt(t, folder)
	p.publishes(store.PolicyLimited)
	p.menu("New case")
	p.chooses("Another person")
	p.focusOn("Code")
	for _, line := range []string{"K-3", "", "Ada", "Ben", "Cleo"} {
		p.types(line + "\n")
	}
	p.types(passA + "\n")
	p.sees("Forms of Cleo")
	id = must[[]store.CaseRow](t)(p.w.open.practice.Caseload(context.Background(), store.Query{}))[0].ID
	p.signs(id, store.PolicyLimited)
	return p, id
}

// fills writes into a short field in place of what stands there.
func (p *person) fills(label, text string) {
	p.t.Helper()
	p.focusOn(label)
	for range "2026-03-04" {
		p.presses(fyne.KeyBackspace)
	}
	p.types(text)
}

// met keeps a meeting of a day with those who were there, and writes the first words of
// the joint note about it.
func (p *person) met(day, words string, there map[string]string) {
	p.t.Helper()
	p.menu("Caseload")
	p.chooses("K-3")
	p.chooses("New meeting")
	p.fills("Day", day)
	p.fills("Time", "17:30")
	p.chooses("Keep")
	p.chooses("Open") // the latest
	for _, name := range slices.Sorted(maps.Keys(there)) {
		p.picks(name, there[name])
	}
	p.chooses("Write the note")
	p.sees("Meeting note")
	p.writesNote(words)
}

// handed is everything that one person meets on a form that is handed over to them, and
// what the practitioner sees of it before and after.
func (p *person) handed(code, name string) map[string]string {
	p.t.Helper()
	seen := map[string]string{}
	look := func(step string) { seen[step] = p.reads() }
	p.menu("Caseload")
	p.chooses(code)
	p.chooses("Forms of " + name)
	look("forms")
	p.chooses("Hand over…")
	p.chooses("Show the form")
	look("welcome")
	p.chooses("Begin")
	look("form")
	seen["form, seen"] = p.seen()
	p.chooses("Hand it back")
	look("end")
	p.chooses("For the practitioner")
	look("before the passphrase")
	p.types(passA + "\n")
	p.sees("Forms of " + name)
	return seen
}

// exported is the record of a case as it is exported.
func (p *person) exported(id store.ID) (record map[string][]map[string]any, text string) {
	p.t.Helper()
	var out bytes.Buffer
	p.inCase(id, func(ctx context.Context, c *store.Case) {
		if err := c.Export(ctx, &out); err != nil {
			p.t.Fatal(err)
		}
	})
	var whole map[string]json.RawMessage
	if err := json.Unmarshal(out.Bytes(), &whole); err != nil {
		p.t.Fatal(err)
	}
	delete(whole, "ebbRecord") // the number of the format
	record = map[string][]map[string]any{}
	for name, rows := range whole {
		var of []map[string]any
		if err := json.Unmarshal(rows, &of); err != nil {
			p.t.Fatalf("%s: %v", name, err)
		}
		record[name] = of
	}
	return record, out.String()
}

// presentAt are those who an export says were at the meeting that a note is about.
func presentAt(record map[string][]map[string]any, words string) (names []string) {
	called := map[any]string{}
	for _, m := range record["members"] {
		called[m["id"]] = m["name"].(string)
	}
	for _, note := range record["notes"] {
		if !strings.Contains(note["sections"].(string), words) {
			continue
		}
		for _, a := range record["attendance"] {
			if a["meeting"] == note["meeting"] && a["state"] != store.Absent {
				names = append(names, called[a["member"]])
			}
		}
	}
	slices.Sort(names)
	return names
}

// drawersOf are the drawers of cases, in no order: what can be seen of each from outside.
func drawersOf(t *testing.T, dir string) (all []string) {
	t.Helper()
	for _, f := range must[[]os.DirEntry](t)(os.ReadDir(dir)) {
		name, kind, _ := strings.Cut(f.Name(), "-")
		if len(name) == 24 {
			info := must[os.FileInfo](t)(f.Info())
			all = append(all, fmt.Sprintf("drawer%s %d %s", kind, info.Size(), info.ModTime().UTC()))
		}
	}
	slices.Sort(all)
	return all
}

// names is the line of a note that says who was there.
func (p *person) names() string {
	for _, line := range strings.Split(p.reads(), "\n") {
		if strings.HasPrefix(line, "Present: ") {
			return line
		}
	}
	return ""
}

// T6, in an office: three people. Drawers apart are there for everybody and all pairs
// from the start and look alike; a note says who was there, and so does the record; what
// two of them did is on nothing that the third gets into their hands.
func TestScenarioT6Office(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "Ebb")
	dir := filepath.Join(folder, "Practice.ebb")
	seen := map[string]map[string]string{}
	var fresh []string
	for name, two := range map[string]func(*person){
		"as three": func(*person) {},
		"as two, too": func(p *person) {
			p.met("2026-03-03", "thistle", map[string]string{"Ada": "There", "Ben": "In part", "Cleo": "Not there"})
			if got := p.names(); got != "Present: Ada, Ben (in part)" {
				t.Errorf("the note about a meeting of two says %q", got)
			}
			p.turnsTo("Safety")
			p.chooses("Unlock…")
			p.types(passA + "\n")
			p.writesNote("hazel")
		},
	} {
		p, id := triad(t, folder)
		p.locks()
		fresh = drawersOf(t, dir)
		// The record, your own thoughts, the safety of each and of the case, each with its log.
		if len(slices.Compact(slices.Clone(fresh))) != 2 || len(fresh) != 2*6 {
			t.Fatalf("the drawers of a case of three: %q", fresh)
		}
		p = atOffice(t, dir)
		p.met("2026-03-02", "walnut", map[string]string{"Ada": "There", "Ben": "There", "Cleo": "There"})
		if got := p.names(); got != "Present: Ada, Ben, Cleo" {
			t.Errorf("the note about a meeting of three says %q", got)
		}
		two(p)
		seen[name] = p.handed("K-3", "Cleo")
		record, text := p.exported(id)
		if got := presentAt(record, "walnut"); !slices.Equal(got, []string{"Ada", "Ben", "Cleo"}) {
			t.Errorf("by the record those present were %q", got)
		}
		if strings.Contains(text, "hazel") {
			t.Error("the record holds what was told about safety")
		}
		p.inCase(id, func(ctx context.Context, c *store.Case) {
			if pairs := must[[]store.Pair](t)(c.People.Pairs(ctx)); len(pairs) != 3 {
				t.Errorf("%d pairs", len(pairs))
			}
		})
		p.locks()
		if now := drawersOf(t, dir); !slices.Equal(now, fresh) {
			t.Errorf("met %s: the drawers look like\n%q\ninstead of\n%q", name, now, fresh)
		}
	}
	sameScreens(t, "Ada and Ben met as two, too", seen["as two, too"], seen["as three"])
}
