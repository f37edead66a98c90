package casework

import (
	"errors"
	"fmt"
	"slices"
)

// A Template is an order of sections for a note.
type Template struct {
	// ID is the template's name in a vault, such as "DAP".
	ID       string    `toml:"id"`
	Title    string    `toml:"title"`
	About    string    `toml:"about"` // when it is of use, in a sentence or two
	Sections []Section `toml:"section"`
	// Before, Never and DrawsOn are there where a template needs more than headings.
	Before  []string `toml:"before" may:"be empty"` // to think of before writing
	Never   []string `toml:"never" may:"be empty"`  // what would do harm
	DrawsOn []string `toml:"draws_on" may:"be empty"`
}

// A Section is a part of a note, with what may stand in it.
type Section struct {
	ID      string `toml:"id"` // its key in a vault
	Heading string `toml:"heading"`
	Prompt  string `toml:"prompt"` // one line, grey, where nothing is written yet
	// RecordOnly: the definition of psychotherapy notes leaves this out of them (45 CFR
	// 164.501), so it is offered in the record and never in process notes.
	RecordOnly bool `toml:"record_only"`
}

// Template returns the template of notes with the id, the safety plan and the
// formulation of risk among them, or nil. The interview is no template of its own: see
// [Interview.Template].
func (c *Casework) Template(id string) *Template {
	for i := range c.Templates {
		if c.Templates[i].ID == id {
			return &c.Templates[i]
		}
	}
	for _, t := range []*Template{&c.SafetyPlan, &c.Formulation} {
		if t.ID == id {
			return t
		}
	}
	return nil
}

// checkNotes reports what the templates lack beyond empty texts.
func (c *Casework) checkNotes() error {
	var problems []error
	only := idsOf(c.RecordFields)
	problems = append(problems, unique("record_field", only))
	for _, f := range c.RecordFields {
		if !f.RecordOnly {
			problems = append(problems, fmt.Errorf("record_field %s is not record_only", f.ID))
		}
	}
	for _, t := range append(slices.Clone(c.Templates), c.SafetyPlan, c.Formulation) {
		problems = append(problems, unique(t.ID+".section", idsOf(t.Sections)))
		for _, s := range t.Sections {
			if s.RecordOnly != slices.Contains(only, s.ID) {
				problems = append(problems, fmt.Errorf("%s: section %s is record_only in one place only", t.ID, s.ID))
			}
		}
	}
	if !slices.Equal(idsOf(c.Audiences), []string{"joint", "individual", "process", "safety"}) {
		problems = append(problems, errors.New("audience: not the four audiences of a note"))
	}
	return errors.Join(problems...)
}

func idsOf(sections []Section) []string {
	ids := make([]string, len(sections))
	for i, s := range sections {
		ids[i] = s.ID
	}
	return ids
}
