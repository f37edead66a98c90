package sentence_test

import (
	"os"
	"regexp"
	"strings"
	"testing"

	"ebb/ui/sentence"
)

// sentencesIn splits prose into its sentences, whatever lines it stands on.
func sentencesIn(prose string) []string {
	flat := strings.Join(strings.Fields(prose), " ")
	return strings.Split(regexp.MustCompile(`([.?]) `).ReplaceAllString(flat, "$1\n"), "\n")
}

// The README says what Ebb cannot protect in the words of the help page, sentence for
// sentence.
func TestLimitsInTheReadme(t *testing.T) {
	readme, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	_, section, found := strings.Cut(string(readme), "**What it cannot protect.**\n\n- ")
	section, _, ended := strings.Cut(section, "\n\n")
	section = strings.ReplaceAll(section, "\n- ", "\n")
	if !found || !ended {
		t.Fatal("the README has no section about what Ebb cannot protect")
	}
	got, want := sentencesIn(section), sentencesIn(strings.Join(sentence.Limits(), " "))
	for i := range max(len(got), len(want)) {
		switch {
		case i >= len(got):
			t.Errorf("the README lacks %q", want[i])
		case i >= len(want):
			t.Errorf("the README says more: %q", got[i])
		case got[i] != want[i]:
			t.Errorf("sentence %d of the README is %q, and %q in the catalogue", i+1, got[i], want[i])
		}
	}
	if lines := strings.Count(string(readme), "\n"); lines > 66 {
		t.Errorf("the README has %d lines, more than a screen", lines)
	}
}

// limits are what the design names, each with words without which it would not be said.
var limits = map[string][]string{
	"an unlocked machine":                    {"unlocked computer"},
	"root and malware of the same user":      {"somebody else controls", "runs under your name"},
	"a keylogger":                            {"records your keys"},
	"coercion":                               {"makes you open it"},
	"unencrypted swap":                       {"swap space that is not encrypted"},
	"screen recorders and previews":          {"Screen recorders", "previews", "does not let Ebb refuse"},
	"a write cache that lies":                {"says it has written when it has not"},
	"a whole vault of an earlier time":       {"older copy opens", "remembers a later state"},
	"damage that looks like a torn write":    {"cut short", "earlier state", "cannot tell that there was more"},
	"the last checkpoint":                    {"when it was last closed in order", "is then lost"},
	"that the vault exists, and for whom":    {"this place exists", "how many people"},
	"how much there is, and when":            {"how much the largest drawer holds", "last locked"},
	"comparing copies":                       {"comparing copies", "which drawer changed", "how much was written"},
	"deleting and replacing":                 {"delete or replace"},
	"guessing offline":                       {"guess at your passphrase on their own computer"},
	"no signatures in what is shared":        {"not signed", "another’s name", "unreadable"},
	"a code that is overheard":               {"hears the words of an invitation", "stand between", "still work"},
	"copies open with their own passphrase":  {"Older copies and backups", "made under"},
	"an older copy has the keys of a person": {"act in your name", "next new key"},
	"remnants on the disk":                   {"snapshots", "disk may keep"},
	"a resting exercise":                     {"In a pair", "think of the other first", "doubt", "no secret"},
	"the format":                             {"its own", "nobody outside has reviewed it"},
	"a lost passphrase":                      {"lost, with its recovery words", "cannot be replaced by anybody"},
}

func TestEveryLimitIsSaid(t *testing.T) {
	for _, paragraph := range sentence.Limits() {
		if strings.Contains(paragraph, "[[") {
			t.Errorf("%q has no text", paragraph)
		}
	}
	all := strings.Join(sentence.Limits(), " ")
	for limit, words := range limits {
		for _, w := range words {
			if !strings.Contains(all, w) {
				t.Errorf("%s: %q is not said", limit, w)
			}
		}
	}
}
