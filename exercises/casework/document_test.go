package casework

import (
	"bufio"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
)

// What people signed can be found again for ever: a text that changes gets a new
// version and a new line in testdata/documents.golden, and no line of it ever changes.
func TestDocumentsAreThoseOfTheirVersion(t *testing.T) {
	golden, err := os.Open("testdata/documents.golden")
	if err != nil {
		t.Fatal(err)
	}
	defer golden.Close()
	known := make(map[string]string)
	for lines := bufio.NewScanner(golden); lines.Scan(); {
		fields := strings.Fields(lines.Text())
		if len(fields) != 3 || len(fields[2]) != 64 {
			t.Fatalf("%q is no id, version and hash", lines.Text())
		}
		name := fields[0] + " " + fields[1]
		if known[name] != "" {
			t.Errorf("%s is there twice", name)
		}
		known[name] = fields[2]
	}
	for _, d := range english(t).Documents {
		name, hash := fmt.Sprintf("%s %d", d.ID, d.Version), fmt.Sprintf("%x", d.Hash())
		switch known[name] {
		case hash:
		case "":
			t.Errorf("a new version; after its review, add the line\n%s %s", name, hash)
		default:
			t.Errorf("%s is another text than people signed under that version: count the version up", name)
		}
	}
}

// Each policy names its limits, and says the same about safety (care.md, 15).
func TestPoliciesNameTheirLimits(t *testing.T) {
	c := english(t)
	var policies []*Document
	for _, id := range []string{PolicyOpen, PolicyLimited, PolicyConfidential} {
		d := c.Document(id)
		policies = append(policies, d)
		text := d.Text()
		for _, says := range []string{
			"serious danger", "a child", "adult who cannot protect", "court", "supervisor", "no names",
			"slow, change or end joint work for many reasons, including my own", "Safety is planned before anything ends",
			"kept apart from everything shared", "without your agreement, unless the law or serious danger", "needs no reason", "They may still guess",
		} {
			if !strings.Contains(text, says) {
				t.Errorf("%s does not say %q", id, says)
			}
		}
		if !strings.HasPrefix(text, d.Title+"\n\nIn short: "+d.Summary+"\n") {
			t.Errorf("%s does not begin with its summary", id)
		}
		if d.Parts[len(d.Parts)-1].ID != "back" {
			t.Errorf("%s does not end with how to take it back", id)
		}
	}
	for i, d := range policies {
		for _, other := range policies[i+1:] {
			if d.Summary == other.Summary || d.Hash() == other.Hash() {
				t.Errorf("%s and %s say the same", d.ID, other.ID)
			}
		}
	}
}

// A document that begins at a home has another version there.
func TestExercisesConsentCountsOnFromHome(t *testing.T) {
	d := english(t).Document(ExercisesConsent)
	if d.Version < 2 {
		t.Errorf("version %d: a home has version 1 already", d.Version)
	}
	for _, says := range []string{
		"Exercises are invitations", "Ebb will not tell anyone. Your partner may still guess. If saying no is not safe, speak to me alone, or use Help & contacts.",
		"after violence, with pain, soon after a betrayal, or while trauma is very near",
	} {
		if !strings.Contains(d.Text(), says) {
			t.Errorf("it does not say %q", says)
		}
	}
}

func TestTextHoldsEverything(t *testing.T) {
	for _, d := range english(t).Documents {
		text := d.Text()
		for _, p := range d.Parts {
			if !strings.Contains(text, "\n"+p.Heading+"\n"+p.Text+"\n") {
				t.Errorf("%s: %s is not in the text", d.ID, p.ID)
			}
		}
		if text != strings.TrimSpace(text) {
			t.Errorf("%s has space at an end: a vault would keep another text", d.ID)
		}
		for _, s := range d.Stops {
			if !strings.Contains(text+"\n", "\n- "+s+"\n") {
				t.Errorf("%s: what stops is not in the text: %s", d.ID, s)
			}
		}
		if strings.ContainsAny(text, "[]{}") {
			t.Errorf("%s has something to fill in", d.ID)
		}
	}
	if english(t).Document("gone") != nil {
		t.Error("a document that is not there was found")
	}
}

// A changed word is another text.
func TestHashFollowsEveryWord(t *testing.T) {
	d := *english(t).Document(PolicyOpen)
	before := d.Hash()
	d.Stops = append(slices.Clone(d.Stops), "x")
	if d.Hash() == before {
		t.Error("what stops is not hashed")
	}
	d = *english(t).Document(PolicyOpen)
	d.Parts = slices.Clone(d.Parts)
	d.Parts[3].Text += "."
	if d.Hash() == before {
		t.Error("a part is not hashed")
	}
}
