package casework

// An Interview is the guide for a conversation with one person alone (care.md, 18).
// Its types hold texts and nothing else: there is no place for a number, so nothing can
// be added up and nothing follows from answers by itself.
type Interview struct {
	ID         string     `toml:"id"` // the name of its template in a vault
	Title      string     `toml:"title"`
	About      string     `toml:"about"`
	Before     []string   `toml:"before"`     // what has to be so before the first question
	Disclosure []string   `toml:"disclosure"` // what to do when somebody tells of danger
	Ending     []string   `toml:"ending"`     // how the talk ends
	Never      []string   `toml:"never"`      // what would do harm
	Questions  []Question `toml:"section"`
	DrawsOn    []string   `toml:"draws_on"`
}

// A Question is one area of the interview, with openers to choose from.
type Question struct {
	ID      string   `toml:"id"` // the key of its section in a vault
	Heading string   `toml:"heading"`
	Why     string   `toml:"why"` // for the practitioner's eyes
	Ask     []string `toml:"ask"` // openers, to say in one's own words
}

// Template returns the interview as a template of the note that is written after it:
// the prompt of a section is its first opener.
func (i *Interview) Template() Template {
	t := Template{ID: i.ID, Title: i.Title, About: i.About, Before: i.Before, Never: i.Never, DrawsOn: i.DrawsOn}
	for _, q := range i.Questions {
		t.Sections = append(t.Sections, Section{ID: q.ID, Heading: q.Heading, Prompt: q.Ask[0]})
	}
	return t
}
