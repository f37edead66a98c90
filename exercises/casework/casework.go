package casework

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"reflect"
	"slices"
	"sync"

	"github.com/BurntSushi/toml"
)

//go:embed data
var data embed.FS

// Casework is all texts of one language.
type Casework struct {
	Documents []Document `toml:"document"`
	// SharedLimits stand in every policy; Load puts them before its last part.
	SharedLimits []Part `toml:"limit"`

	Templates    []Template `toml:"template"`     // of notes: DAP, SOAP, BIRP, free
	RecordFields []Section  `toml:"record_field"` // what belongs in the record and never in process notes
	Audiences    []Section  `toml:"audience"`     // the four audiences of a note, in the order of the composer
	Interview    Interview  `toml:"interview"`    // of one person alone, unscored
	SafetyPlan   Template   `toml:"safety_plan"`  // of one person
	Formulation  Template   `toml:"formulation"`  // of risk, of the case
	Intake       Intake     `toml:"intake"`       // the sexual history of one person
	Plan         Template   `toml:"plan"`         // of treatment, joint
	Guides       []Guide    `toml:"guide"`        // prompts for the things of a day

	CheckIn     CheckIn     `toml:"check_in"` // on paper
	Feedback    Feedback    `toml:"feedback"` // keep, change, drop
	HandOver    HandOver    `toml:"hand_over"`
	Certificate Certificate `toml:"certificate"` // of a case that was destroyed

	Wording Wording `toml:"wording"`
	Hints   []Hint  `toml:"hint"`

	US Jurisdiction `toml:"us"`
	UK Jurisdiction `toml:"uk"`
	EU Jurisdiction `toml:"eu"`
}

// English returns the built-in texts.
var English = sync.OnceValues(func() (*Casework, error) {
	folder, err := fs.Sub(data, "data/en")
	if err != nil {
		return nil, err
	}
	return Load(folder)
})

// Load reads the texts from the TOML files of a folder. It is strict, and reports
// everything that is wrong at once: keys that nobody knows, a key in two files, texts
// that are missing, ids that are there twice.
func Load(folder fs.FS) (*Casework, error) {
	names, err := fs.Glob(folder, "*.toml")
	if err != nil {
		return nil, err
	}
	c := &Casework{}
	var problems []error
	home := make(map[string]string) // top-level key to the file that it is in
	for _, name := range names {
		text, err := fs.ReadFile(folder, name)
		if err != nil {
			return nil, err
		}
		meta, err := toml.Decode(string(text), c)
		if err != nil {
			problems = append(problems, fmt.Errorf("%s: %w", path.Base(name), err))
			continue
		}
		for _, key := range meta.Undecoded() {
			problems = append(problems, fmt.Errorf("%s: unknown key %s", path.Base(name), key))
		}
		for _, key := range meta.Keys() {
			if len(key) == 1 && home[key[0]] != "" && home[key[0]] != name {
				problems = append(problems, fmt.Errorf("%s: %s is in %s already", path.Base(name), key[0], path.Base(home[key[0]])))
			}
			home[key[0]] = name
		}
	}
	problems = append(problems, c.finish())
	if err := errors.Join(problems...); err != nil {
		return nil, err
	}
	return c, nil
}

// finish puts the texts together and reports what is wrong with them.
func (c *Casework) finish() error {
	var documents []string
	for i := range c.Documents {
		d := &c.Documents[i]
		documents = append(documents, d.ID)
		if d.Kind == Policy && len(d.Parts) > 0 {
			d.Parts = slices.Insert(d.Parts, len(d.Parts)-1, c.SharedLimits...)
		}
	}
	problems := []error{whole("", reflect.ValueOf(*c)), unique("document", documents)}
	for _, id := range []string{PolicyOpen, PolicyLimited, PolicyConfidential, ExercisesConsent, IndividualInput} {
		if d := c.Document(id); d == nil {
			problems = append(problems, fmt.Errorf("document %s is missing", id))
		} else {
			problems = append(problems, d.check())
		}
	}
	for _, j := range c.Jurisdictions() {
		problems = append(problems, j.check())
	}
	var hints []string
	for i := range c.Hints {
		hints = append(hints, c.Hints[i].ID)
		problems = append(problems, c.Hints[i].compile())
	}
	return errors.Join(append(problems, unique("hint", hints),
		c.checkNotes(), c.checkGuides(), c.CheckIn.check(), c.HandOver.check(), c.Certificate.check())...)
}
