package command

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"ebb/ui/lang"
)

// program builds Ebb as it ships, but for the graphics of the window.
func program(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "ebb")
	build := exec.Command("go", "build", "-tags", "sqlite_fts5 sqlite_omit_load_extension no_animations migrated_fynedo ci", "-o", path, ".")
	build.Dir = "../.."
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	return path
}

var counts = regexp.MustCompile(`(\d+) (?:entry was|entries were) (added|here already)\.`)

// counted reads the counts from the report of an import.
func counted(t *testing.T, report string) (added, known int) {
	t.Helper()
	for _, m := range counts.FindAllStringSubmatch(report, -1) {
		n, err := strconv.Atoi(m[1])
		if err != nil {
			t.Fatal(err)
		}
		if m[2] == "added" {
			added = n
		} else {
			known = n
		}
	}
	return added, known
}

// The program itself, at full cost and with its network denied: Ctrl-C while it
// brings in 3,000 files loses nothing, and the second run adds what is missing.
func TestAnInterruptedImportLosesNothing(t *testing.T) {
	const all = 3000
	ebb := program(t)
	notes := filepath.Join(t.TempDir(), "notes")
	if err := writeNotes(notes, all, 4000); err != nil {
		t.Fatal(err)
	}
	secret := file(t, typed).Name()

	// The key comes when the first progress is shown. A machine may be so quick, or
	// so busy elsewhere, that the import has ended by then; that is no interruption,
	// and is tried again with a new vault.
	var dir string
	var before int
	for attempt := 0; before == 0; attempt++ {
		if attempt == 5 {
			t.Fatal("no import was interrupted")
		}
		dir = newVault(t, ebb)
		c := newConsole(t, nil, nil, ebb, "import", dir, "--format", "markdown", notes)
		c.expect(lang.T("command.ask.passphrase"))
		c.enter(typed + "\n")
		c.expect(lang.T("command.importing"))
		c.enter("\x03")
		code := c.exit()
		added, known := counted(t, c.transcript())
		switch {
		case code == exitDone && added == all:
			continue
		case code != exitCannotRun || known != 0 || added == 0 || added >= all:
			t.Fatalf("exit code %d: %q", code, c.transcript())
		case !strings.Contains(c.transcript(), lang.T("fault.stopped")) || strings.Contains(c.transcript(), typed[:5]):
			t.Fatalf("it shows %q", c.transcript())
		case !c.echoes():
			t.Fatal("the terminal stays silent")
		}
		before = added
	}

	run := func(args ...string) string {
		t.Helper()
		out, err := exec.Command(ebb, append(args, "--passphrase-file", secret)...).CombinedOutput()
		if err != nil {
			t.Fatalf("ebb %s: %v: %s", args[0], err, out)
		}
		return string(out)
	}
	if added, known := counted(t, run("import", dir, "--format", "markdown", notes)); known != before || added != all-before {
		t.Errorf("%d were kept; then %d were here already and %d were added", before, known, added)
	}
	run("check", dir)
	out := filepath.Join(t.TempDir(), "out")
	run("export", dir, "--format", "json", out)
	data, err := os.ReadFile(filepath.Join(out, "journal.json"))
	if err != nil {
		t.Fatal(err)
	}
	var journal struct{ Entries []struct{ ID, Text string } }
	if err := json.Unmarshal(data, &journal); err != nil {
		t.Fatal(err)
	}
	texts := map[string]bool{}
	for _, e := range journal.Entries {
		texts[strings.SplitN(e.Text, "\n", 2)[0]] = true
	}
	for i := range all {
		if note := fmt.Sprintf("Note %05d.", i); !texts[note] {
			t.Errorf("%s is lost", note)
		}
	}
	if len(journal.Entries) != all {
		t.Errorf("%d entries, want %d", len(journal.Entries), all)
	}
}
