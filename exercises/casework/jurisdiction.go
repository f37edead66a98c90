package casework

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// A Jurisdiction is a notice about privacy under one body of law, as a template that a
// practitioner edits, and what to ask counsel about. It is no advice.
type Jurisdiction struct {
	ID   string `toml:"id"` // "us", "uk", "eu"
	Name string `toml:"name"`
	// Version counts up with every change of the notice.
	Version int `toml:"version"`
	// Mark says that it is a template and no advice. It stands above the template
	// wherever it is shown or printed, until it was edited.
	Mark         string        `toml:"mark"`
	AsOf         string        `toml:"as_of"`       // when it was written, and what is not in it
	Placeholders []Placeholder `toml:"placeholder"` // what the practitioner fills in
	Notice       []Part        `toml:"notice"`      // for the people who come, with placeholders in brackets
	Checks       []Section     `toml:"check"`       // for the practitioner, to go through with counsel
	Sources      []string      `toml:"sources"`
}

// A Placeholder is a word in brackets that the practitioner replaces.
type Placeholder struct {
	ID    string `toml:"id"` // what stands in the brackets
	About string `toml:"about"`
}

// Jurisdictions are all of them.
func (c *Casework) Jurisdictions() []*Jurisdiction {
	return []*Jurisdiction{&c.US, &c.UK, &c.EU}
}

// Notices begin the names that notices have in a vault.
const Notices = "notice-"

// Document is the name of the notice in a vault.
func (j *Jurisdiction) Document() string { return Notices + j.ID }

// Text is the notice as it is kept, shown and printed, each part under its heading. What
// is in brackets in it is still to be filled in.
func (j *Jurisdiction) Text() string {
	var parts []string
	for _, p := range j.Notice {
		parts = append(parts, p.Heading+"\n"+p.Text)
	}
	return strings.Join(parts, "\n\n")
}

// Fill puts words in the place of a placeholder, wherever it stands in a text.
func Fill(text, id, words string) string { return strings.ReplaceAll(text, "["+id+"]", words) }

var bracketed = regexp.MustCompile(`\[([^\[\]\n]+)\]`)

// Open returns what a text still has in brackets, each once, in order. A notice with
// any left is not ready to be handed out.
func Open(text string) []string {
	var open []string
	for _, found := range bracketed.FindAllStringSubmatch(text, -1) {
		if !slices.Contains(open, found[1]) {
			open = append(open, found[1])
		}
	}
	return open
}

// check reports placeholders that nothing explains, and those that stand nowhere.
func (j *Jurisdiction) check() error {
	var problems []error
	var explained []string
	for _, p := range j.Placeholders {
		explained = append(explained, p.ID)
	}
	problems = append(problems, unique(j.ID+".placeholder", explained), unique(j.ID+".check", idsOf(j.Checks)))
	used := make(map[string]bool)
	for _, part := range j.Notice {
		for _, id := range Open(part.Text) {
			used[id] = true
			if !slices.Contains(explained, id) {
				problems = append(problems, fmt.Errorf("%s: nothing explains [%s]", j.ID, id))
			}
		}
	}
	for _, id := range explained {
		if !used[id] {
			problems = append(problems, fmt.Errorf("%s: [%s] stands nowhere", j.ID, id))
		}
	}
	return errors.Join(problems...)
}
