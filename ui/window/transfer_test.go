package window

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
)

// among moves to the choice with a name and chooses its word n, counted from 0.
func (p *person) among(name string, n int) {
	p.t.Helper()
	p.focusOn(name)
	p.presses(fyne.KeyHome)
	for range n {
		p.presses(fyne.KeyRight)
	}
	p.presses(fyne.KeyReturn)
}

func laidOut(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, content := range files {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// Every format that the command takes in is offered in the window, with a word
// about its files, and what was left out is told.
func TestBringingIn(t *testing.T) {
	dir := laidOut(t, map[string]string{
		"journal.txt":         "[2026-01-02 09:00] First. *\nWith words.\n\n[2026-02-31 09:00] No such day.\n",
		"red/2026-01.txt":     "3: {text: 'A **day**.'}\n",
		"red/tea.jpg":         "x",
		"notes/2026-01-04.md": "A note.",
		"sealed.txt":          "JRNLv3 and so on",
		"own.json":            `{"format":"ebb-journal","version":1,"entries":[{"id":"a","written":"2026-01-05T10:00:00Z","localDate":"2026-01-05","text":"Own."}]}`,
		"dayone.json":         `{"metadata":{"version":"1.0"},"entries":[{"uuid":"A","creationDate":"2026-01-06T10:00:00Z","timeZone":"UTC","text":"One."}]}`,
	})
	p, _ := newHome(t)
	p.menu("My data")
	p.chooses("Bring in…")
	for _, in := range []struct {
		format int
		path   string
		about  string
		says   []string
	}{
		{0, "dayone.json", "The zip that Day One exports", []string{"1 entry was added."}},
		{1, "journal.txt", "a folder with a file for each day", []string{"1 entry was added.", "Entry 2 was not taken in: it has a date that cannot be read."}},
		{1, "sealed.txt", "If jrnl encrypted it", []string{"This journal is encrypted, so Ebb cannot read it."}},
		{2, "red", "The folder with a file for each month", []string{"1 entry was added.", "Left out: 1 photo."}},
		{3, "notes", "A folder of Markdown", []string{"1 entry was added."}},
		{4, "own.json", "journal.json", []string{"1 entry was added."}},
		{4, "own.json", "journal.json", []string{"0 entries were added.", "1 entry was here already."}},
		{4, "journal.txt", "journal.json", []string{"This file is not of the kind you chose. Nothing was added."}},
	} {
		p.among("What it is", in.format)
		p.sees(in.about)
		p.focusOn("File or folder")
		p.clears()
		p.types(filepath.Join(dir, in.path) + "\n")
		for _, line := range in.says {
			p.sees(line)
		}
	}
	p.menu("Journal")
	for _, title := range []string{"First.", "A day.", "A note.", "Own.", "One."} {
		p.sees(title)
	}
	p.locks()
}

// Every format goes out, and what it has no place for is told.
func TestTakingOut(t *testing.T) {
	p, _ := newHome(t)
	p.menu("New entry")
	p.types("Words to take out.")
	p.menu("Keep what I wrote")
	p.menu("My data")
	p.chooses("Take out…")
	dir := t.TempDir()
	for format, out := range []struct{ name, about, file string }{
		{"markdown", "A file for each entry", "2026/03/2026-03-04-1.md"},
		{"json", "nothing is lost on the way", "journal.json"},
		{"dayone", "A zip that Day One can bring in.", "Journal.zip"},
	} {
		p.among("What it is", format)
		p.sees(out.about)
		p.focusOn("A new folder")
		p.clears()
		p.types(filepath.Join(dir, out.name) + "\n")
		p.sees("1 entry was written.")
		if _, err := os.Stat(filepath.Join(dir, out.name, out.file)); err != nil {
			t.Error(err)
		}
	}
	p.locks()
}

// clears empties the field that has the keyboard.
func (p *person) clears() {
	p.t.Helper()
	for range 400 {
		p.presses(fyne.KeyBackspace)
	}
}

// A folder that can be brought in is chosen, any other is walked into.
func TestFoldersThatArePicked(t *testing.T) {
	for name, c := range map[string]struct {
		files map[string]string
		want  bool
	}{
		"notes":              {map[string]string{"a.md": "x"}, true},
		"RedNotebook's":      {map[string]string{"2026-01.txt": "x"}, true},
		"jrnl's":             {map[string]string{"2026/01/02.txt": "x"}, true},
		"Ebb's":              {map[string]string{"2026/01/2026-01-02-1.md": "x"}, true},
		"photos by year":     {map[string]string{"2026/01/a.jpg": "x", "2026/b.txt": "x"}, false},
		"folders of folders": {map[string]string{"words/2026/01/02.txt": "x", "20260/01/02.txt": "x"}, false},
		"nothing":            {nil, false},
	} {
		if got := hasText(laidOut(t, c.files)); got != c.want {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
	}
	if hasText(filepath.Join(t.TempDir(), strings.Repeat("gone", 3))) {
		t.Error("a folder that is not there")
	}
}
