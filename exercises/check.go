package exercises

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"
)

// What an exercise may hold, so that one from a file of somebody else's fits the
// screen and the drawer.
const (
	mostSteps   = 20
	mostText    = 4000 // characters in any one text
	mostMinutes = 240
)

// Check reports everything that is wrong with an exercise, joined.
func (e *Exercise) Check() error {
	c := &checker{}
	c.text("id", e.ID)
	c.text("title", e.Title)
	c.text("purpose", e.Purpose)
	c.text("leave_it", e.LeaveIt)
	c.text("consent", e.Consent)
	c.text("opening", e.Opening)
	c.oneOf("category", slices.Contains(Categories, e.Category))
	c.oneOf("energy", slices.Contains([]Energy{Low, Some, More}, e.Energy))
	c.oneOf("who", slices.Contains([]Who{Alone, AloneThenTogether, Together}, e.Who))
	c.oneOf("gate", e.Gate == Self || e.Gate == Practitioner)
	c.oneOf("stop", e.Stop == DefaultStop || e.Stop == StrictStop)
	c.between("minutes", e.Minutes, 1, mostMinutes)
	c.between("closeness", int(e.Closeness), 0, int(MostCloseness))
	if e.Closeness >= 2 && e.Gate != Practitioner {
		c.wrong("gate: closeness 2 and more is for a practitioner to offer")
	}
	if e.Closeness > 0 && e.Who == Alone {
		c.wrong("who: closeness takes more than one")
	}
	if e.VersionOf != "" && (e.Who != Alone || e.Gate != Self) {
		c.wrong("version_of: a version is for one person, from the start")
	}
	c.between("settings", len(e.Settings), 1, 5)
	for _, s := range e.Settings {
		c.oneOf("settings", slices.Contains([]Setting{AtHome, InBed, Outdoors, Anywhere, Apart}, s))
	}
	c.between("not_with", len(e.NotWith), 1, len(contraindications))
	for _, x := range e.NotWith {
		c.oneOf("not_with", slices.Contains(contraindications, x))
	}
	c.texts("needs", e.Needs, 1, 8)
	c.texts("draws_on", e.DrawsOn, 1, 8)
	c.between("steps", len(e.Steps), 1, mostSteps)
	for i, s := range e.Steps {
		c.text(fmt.Sprintf("steps[%d].title", i), s.Title)
		c.text(fmt.Sprintf("steps[%d].text", i), s.Text)
		c.between(fmt.Sprintf("steps[%d].minutes", i), s.Minutes, 0, mostMinutes)
	}
	c.text("variations.tired", e.Variations.Tired)
	c.text("variations.distance", e.Variations.Distance)
	c.text("variations.body", e.Variations.Body)
	c.text("variations.calm", e.Variations.Calm)
	c.text("after.closing", e.After.Closing)
	c.text("after.stop", e.After.Stop)
	c.text("after.badly", e.After.Badly)
	c.texts("after.reflect", e.After.Reflect, 2, 2)
	if e.After.Literal != "" {
		c.text("after.literal", e.After.Literal)
	}
	return errors.Join(c.problems...)
}

type checker struct{ problems []error }

func (c *checker) wrong(format string, a ...any) {
	c.problems = append(c.problems, fmt.Errorf(format, a...))
}

func (c *checker) text(name, text string) {
	switch {
	case strings.TrimSpace(text) == "":
		c.wrong("%s is missing", name)
	case !utf8.ValidString(text):
		c.wrong("%s is not UTF-8", name)
	case utf8.RuneCountInString(text) > mostText:
		c.wrong("%s has more than %d characters", name, mostText)
	case strings.ContainsFunc(text, control):
		c.wrong("%s holds control characters", name)
	}
}

// control reports what has no place in a text: all control characters but line ends
// and tabs, and those that turn the direction of writing.
func control(r rune) bool {
	return r < ' ' && r != '\n' && r != '\t' || r >= 0x7f && r < 0xa0 || r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069
}

func (c *checker) texts(name string, texts []string, least, most int) {
	c.between(name, len(texts), least, most)
	for i, text := range texts {
		c.text(fmt.Sprintf("%s[%d]", name, i), text)
	}
}

func (c *checker) oneOf(name string, ok bool) {
	if !ok {
		c.wrong("%s has a value that is not known", name)
	}
}

func (c *checker) between(name string, n, least, most int) {
	if n < least || n > most {
		c.wrong("%s: %d is not from %d to %d", name, n, least, most)
	}
}
