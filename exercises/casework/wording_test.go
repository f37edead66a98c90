package casework

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func TestHintsFind(t *testing.T) {
	c := english(t)
	for i := range c.Hints {
		h := &c.Hints[i]
		finds := func(text string) bool {
			for _, f := range c.Look(text) {
				if f.Hint == h {
					return true
				}
			}
			return false
		}
		for _, text := range h.Finds {
			if !finds(text) {
				t.Errorf("%s finds nothing in %q", h.ID, text)
			}
			if finds(`said "` + text + `" and left`) {
				t.Errorf("%s finds something in somebody's own word, %q", h.ID, text)
			}
		}
		for _, text := range h.Spares {
			if finds(text) {
				t.Errorf("%s finds something in %q", h.ID, text)
			}
		}
		for _, gentle := range h.Instead {
			if found := c.Look(gentle); len(found) > 0 {
				t.Errorf("%s offers %q, for which %s has a hint", h.ID, gentle, found[0].Hint.ID)
			}
		}
	}
	if len(c.Hints) < 25 {
		t.Errorf("%d hints", len(c.Hints))
	}
}

// Our own prompts for notes need no hint.
func TestOwnPromptsNeedNoHint(t *testing.T) {
	c := english(t)
	for _, template := range c.Templates {
		for _, s := range template.Sections {
			if found := c.Look(s.Prompt); len(found) > 0 {
				t.Errorf("%s, %s: %q", template.ID, s.ID, s.Prompt[found[0].Start:found[0].End])
			}
		}
	}
	for _, s := range c.RecordFields {
		if found := c.Look(s.Prompt); len(found) > 0 {
			t.Errorf("%s: %q", s.ID, s.Prompt[found[0].Start:found[0].End])
		}
	}
}

func TestLook(t *testing.T) {
	c := english(t)
	const text = "Ärger: the low-desire partner denies it; “the refuser”, says K."
	var found []string
	for _, f := range c.Look(text) {
		found = append(found, f.Hint.ID+" "+text[f.Start:f.End])
	}
	if got, want := strings.Join(found, "|"), "label-desire low-desire partner|denies denies"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	for _, odd := range []string{"", " ", "\x00", "\xff\xfe", strings.Repeat("\"", 1001), strings.Repeat("denies ", 2000), "„offen"} {
		for _, f := range c.Look(odd) {
			if f.Start < 0 || f.End > len(odd) || f.Start >= f.End || utf8.ValidString(odd) && !utf8.ValidString(odd[f.Start:f.End]) {
				t.Errorf("%.10q: from %d to %d", odd, f.Start, f.End)
			}
		}
	}
}
