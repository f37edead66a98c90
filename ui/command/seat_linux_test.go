package command

import (
	"os/exec"
	"regexp"
	"strings"
	"testing"

	"ebb/ui/lang"
)

var elevenWords = regexp.MustCompile(`(?m)^([a-z-]+(?: [a-z-]+){10})\r?$`)

func opens(t *testing.T, dir, words string) bool {
	t.Helper()
	return exec.Command("ebb", "check", dir, "--passphrase-file", file(t, words).Name()).Run() == nil
}

func TestNewPassphraseOnATerminal(t *testing.T) {
	dir := newVault(t, "ebb")
	c := newConsole(t, nil, nil, "ebb", "passphrase", dir, "--recovery", "--generate")
	c.expect(lang.T("seat.ask-current"))
	c.enter(typed + "\n")
	c.expect(lang.T("seat.changed"))
	c.expect(lang.T("seat.words"))
	if code := c.exit(); code != exitDone {
		t.Fatalf("exit code %d: %q", code, c.transcript())
	}
	six, eleven := sixWords.FindStringSubmatch(c.transcript()), elevenWords.FindStringSubmatch(c.transcript())
	if six == nil || eleven == nil || strings.Contains(c.transcript(), typed[:5]) {
		t.Fatalf("%q", c.transcript())
	}
	if opens(t, dir, typed) || !opens(t, dir, six[1]) || !opens(t, dir, eleven[1]) {
		t.Error("it opens with the old one, or not with the new ones")
	}

	// Left empty, Ebb makes one here, too; the words go where the output goes.
	out := file(t, "")
	c = newConsole(t, out, nil, "ebb", "passphrase", dir)
	c.expect(lang.T("seat.ask-current"))
	c.enter(eleven[1] + "\n")
	c.expect(lang.T("command.ask.new-passphrase"))
	c.enter("\n")
	c.expect(lang.T("seat.words"))
	if code := c.exit(); code != exitDone {
		t.Fatalf("exit code %d: %q", code, c.transcript())
	}
	again := sixWords.FindStringSubmatch(c.transcript())
	words := elevenWords.FindStringSubmatch(content(t, out))
	if again == nil || words == nil || !opens(t, dir, again[1]) || !opens(t, dir, words[1]) || opens(t, dir, eleven[1]) {
		t.Errorf("%q, and in the file %q", c.transcript(), content(t, out))
	}
}

// Recovery words that nobody could read are told to be lost.
func TestRecoveryWordsThatGoNowhere(t *testing.T) {
	dir := newVault(t, "ebb")
	full, err := exec.Command("sh", "-c", `ebb recovery "$0" --passphrase-file "$1" 2>&1 >/dev/full`, dir, file(t, typed).Name()).CombinedOutput()
	if err == nil || !strings.Contains(string(full), lang.T("seat.words-lost")) || strings.Contains(string(full), lang.T("seat.words")) {
		t.Errorf("%v: %s", err, full)
	}
	if !opens(t, dir, typed) {
		t.Error("the passphrase no longer opens")
	}
}

func TestLeavingAsksForAWord(t *testing.T) {
	dir := newVault(t, "ebb")
	for _, answer := range []string{"no\n", "\n", "y\n", "\x04"} {
		c := newConsole(t, nil, nil, "ebb", "leave", dir)
		c.expect(lang.T("command.ask.passphrase"))
		c.enter(typed + "\n")
		c.expect(lang.T("seat.leave.alone"))
		c.expect(lang.F("seat.leave.ask", map[string]any{"Word": lang.T("seat.leave.word")}))
		c.enter(answer)
		c.expect(lang.T("seat.leave.kept"))
		if code := c.exit(); code != exitCannotRun {
			t.Errorf("exit code %d: %q", code, c.transcript())
		}
	}
	if !opens(t, dir, typed) {
		t.Fatal("somebody left who did not confirm it")
	}
	c := newConsole(t, nil, nil, "ebb", "leave", dir, "--passphrase-file", file(t, typed).Name())
	c.expect(lang.F("seat.leave.ask", map[string]any{"Word": lang.T("seat.leave.word")}))
	c.enter(" Leave\n")
	c.expect(lang.T("seat.leave.done"))
	if code := c.exit(); code != exitDone {
		t.Errorf("exit code %d: %q", code, c.transcript())
	}
	if opens(t, dir, typed) {
		t.Error("it still opens")
	}
}
