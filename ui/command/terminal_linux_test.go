package command

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"ebb/ui/lang"
)

const typed = "velvet harbour seventeen spoons"

// file makes a file in which a test keeps a passphrase, or what a program prints.
func file(t *testing.T, text string) *os.File {
	t.Helper()
	f, err := os.Create(filepath.Join(t.TempDir(), "file"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	if _, err := f.WriteString(text); err != nil {
		t.Fatal(err)
	}
	return f
}

func content(t *testing.T, f *os.File) string {
	t.Helper()
	data, err := os.ReadFile(f.Name())
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func newVault(t *testing.T, program string) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "Home.ebb")
	out, err := exec.Command(program, "create", dir, "--name", "Robin", "--passphrase-file", file(t, typed).Name()).CombinedOutput()
	if err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	return dir
}

func TestPassphrasesAreTypedUnseen(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "Home.ebb")
	c := newConsole(t, nil, nil, "ebb", "create", dir, "--name", "Robin")
	c.expect(lang.T("command.ask.new-passphrase"))
	c.enter(typed + "\n")
	c.expect(lang.T("command.ask.again"))
	c.enter(typed + "\n")
	c.expect(lang.T("command.created"))
	if code := c.exit(); code != exitDone {
		t.Errorf("exit code %d", code)
	}
	if strings.Contains(c.transcript(), typed[:5]) {
		t.Errorf("the passphrase is shown: %q", c.transcript())
	}
	if !c.echoes() {
		t.Error("the terminal stays silent afterwards")
	}

	c = newConsole(t, nil, nil, "ebb", "check", dir)
	c.expect(lang.T("command.ask.passphrase"))
	c.enter(typed + "\n")
	if code := c.exit(); code != exitDone {
		t.Errorf("exit code %d: %q", code, c.transcript())
	}
	if strings.Contains(c.transcript(), typed[:5]) {
		t.Errorf("the passphrase is shown: %q", c.transcript())
	}
}

func TestTwoDifferentPassphrasesMakeNothing(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "Home.ebb")
	c := newConsole(t, nil, nil, "ebb", "create", dir, "--name", "Robin")
	c.expect(lang.T("command.ask.new-passphrase"))
	c.enter(typed + "\n")
	c.expect(lang.T("command.ask.again"))
	c.enter(typed + "!\n")
	c.expect(lang.T("command.different"))
	if code := c.exit(); code != exitCannotRun {
		t.Errorf("exit code %d", code)
	}
	if _, err := os.Lstat(dir); err == nil {
		t.Error("there is a vault")
	}
}

var sixWords = regexp.MustCompile(`(?m)^ {4}([a-z-]+(?: [a-z-]+){5})$`)

// Nothing typed means that Ebb makes a passphrase. It is shown on the terminal,
// once, and not in a file to which an output goes.
func TestEbbMakesAPassphrase(t *testing.T) {
	for _, c := range []struct {
		name     string
		redirect [2]bool // stdout, stderr
	}{{"terminal", [2]bool{}}, {"stdout to a file", [2]bool{true, false}}, {"stderr to a file", [2]bool{false, true}}} {
		t.Run(c.name, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "Home.ebb")
			var out [2]*os.File
			for i, redirected := range c.redirect {
				if redirected {
					out[i] = file(t, "")
				}
			}
			c := newConsole(t, out[0], out[1], "ebb", "create", "--name", "Robin", dir)
			c.expect(lang.T("command.ask.new-passphrase"))
			c.enter("\n")
			if code := c.exit(); code != exitDone {
				t.Fatalf("exit code %d: %q", code, c.transcript())
			}
			words := sixWords.FindAllStringSubmatch(c.transcript(), -1)
			if len(words) != 1 {
				t.Fatalf("no passphrase, or several: %q", c.transcript())
			}
			for _, f := range out {
				if f != nil && strings.Contains(content(t, f), words[0][1]) {
					t.Error("the passphrase is in a file")
				}
			}
			said, err := exec.Command("ebb", "check", dir, "--passphrase-file", file(t, words[0][1]).Name()).CombinedOutput()
			if err != nil {
				t.Errorf("it does not open: %v: %s", err, said)
			}
		})
	}
}

func TestJoiningOnATerminal(t *testing.T) {
	dir := newVault(t, "ebb")
	code, err := exec.Command("ebb", "invite", dir, "--passphrase-file", file(t, typed).Name()).Output()
	if err != nil {
		t.Fatal(err)
	}
	c := newConsole(t, nil, nil, "ebb", "join", dir, "--name", "Kim")
	c.expect(lang.T("command.ask.code"))
	c.enter(string(code))
	c.expect(lang.T("command.ask.new-passphrase"))
	c.enter("\n")
	c.expect("Robin, Kim")
	if code := c.exit(); code != exitDone {
		t.Errorf("exit code %d", code)
	}
	if strings.Contains(c.transcript(), strings.TrimSpace(string(code))) {
		t.Error("the code is shown")
	}
}

// Ctrl-C at a prompt ends the command and gives the terminal back as it was; so
// does the end of the input.
func TestAPromptCanBeLeft(t *testing.T) {
	dir := newVault(t, "ebb")
	for _, c := range []struct{ name, keys, want string }{
		{"interruption", "velv\x03", lang.T("fault.stopped")},
		{"end of the input", "\x04", lang.T("command.no-passphrase")},
	} {
		t.Run(c.name, func(t *testing.T) {
			keys, want := c.keys, c.want
			c := newConsole(t, nil, nil, "ebb", "check", dir)
			c.expect(lang.T("command.ask.passphrase"))
			c.enter(keys)
			c.expect(want)
			if code := c.exit(); code != exitCannotRun {
				t.Errorf("exit code %d: %q", code, c.transcript())
			}
			if !c.echoes() {
				t.Error("the terminal stays silent")
			}
			if strings.Contains(c.transcript(), "velv") {
				t.Errorf("what was typed is shown: %q", c.transcript())
			}
		})
	}
}

// A command tells that a place is no vault before it asks for a passphrase.
func TestNothingIsAskedInVain(t *testing.T) {
	c := newConsole(t, nil, nil, "ebb", "check", t.TempDir())
	c.expect(lang.T("fault.not-vault"))
	if code := c.exit(); code != exitCannotRun || strings.Contains(c.transcript(), lang.T("command.ask.passphrase")) {
		t.Errorf("exit code %d: %q", code, c.transcript())
	}
	c = newConsole(t, nil, nil, "ebb", "create", t.TempDir(), "--name", "Robin")
	c.expect(lang.T("fault.exists"))
	if code := c.exit(); code != exitCannotRun || strings.Contains(c.transcript(), lang.T("command.ask.new-passphrase")) {
		t.Errorf("exit code %d: %q", code, c.transcript())
	}
}

// Progress belongs on the terminal, and in no file.
func TestProgressIsForATerminal(t *testing.T) {
	dir := newVault(t, "ebb")
	notes := filepath.Join(t.TempDir(), "notes")
	if err := writeNotes(notes, 450, 200); err != nil {
		t.Fatal(err)
	}
	out := file(t, "")
	c := newConsole(t, out, nil, "ebb", "import", dir, "--format", "markdown", notes, "--passphrase-file", file(t, typed).Name())
	c.expect(lang.T("command.importing"))
	if code := c.exit(); code != exitDone {
		t.Errorf("exit code %d: %q", code, c.transcript())
	}
	if got := content(t, out); got != "450 entries were added.\n" {
		t.Errorf("the file holds %q", got)
	}
	if err := os.RemoveAll(notes); err != nil {
		t.Fatal(err)
	}
}
