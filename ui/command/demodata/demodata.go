package demodata

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"time"
	_ "time/tzdata" // the places of the entries must be known everywhere

	"github.com/BurntSushi/toml"

	"ebb/vault/portable"
)

//go:embed data/*.toml data/*.md data/*.pdf
var data embed.FS

// maxDaysAgo keeps a demo within about three months.
const maxDaysAgo = 92

// A Person is one invented author.
type Person struct {
	Name     string
	Pronouns string
	About    string // how they describe themselves
	AskMe    string // what to ask rather than assume
	Entries  []portable.Entry
	Lines    []Line
	Part     Part
}

// A Line is a sentence that its author shares from an entry.
type Line struct {
	SourceID string // of the entry
	Text     string // as it stands there
}

// profile is a person in people.toml.
type profile struct {
	Name     string   `toml:"name"`
	Pronouns string   `toml:"pronouns"`
	About    string   `toml:"about"`
	AskMe    string   `toml:"ask_me"`
	Zone     string   `toml:"zone"`
	Journal  []string `toml:"journal"`
	Agreed   int      `toml:"agreed_days_ago"` // 0: not
	Opens    []string `toml:"opens"`
	Hides    []string `toml:"hides"`
}

// front is what stands above an entry.
type front struct {
	DaysAgo int      `toml:"days_ago"`
	Time    string   `toml:"time"` // 15:04 on the clock of the place
	Zone    string   `toml:"zone"` // where it is not the author's own
	Moods   []string `toml:"moods"`
	Tags    []string `toml:"tags"`
	Starred bool     `toml:"starred"`
	Line    string   `toml:"line"`
}

// People returns the authors with their journals, oldest entry first, as if
// they had written until the day before today. Of today only the calendar day
// at the authors' place counts.
func People(today time.Time) ([]Person, error) { return decode(data, today) }

func decode(fsys fs.FS, today time.Time) ([]Person, error) {
	var file struct {
		Person []profile `toml:"person"`
	}
	raw, err := fs.ReadFile(fsys, "data/people.toml")
	if err != nil {
		return nil, err
	}
	if err := strict(string(raw), &file); err != nil {
		return nil, fmt.Errorf("people.toml: %w", err)
	}
	var people []Person
	for _, p := range file.Person {
		person, err := p.decode(fsys, today)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", p.Name, err)
		}
		people = append(people, person)
	}
	return people, nil
}

// strict decodes TOML and refuses fields that nobody asked for.
func strict(s string, into any) error {
	meta, err := toml.Decode(s, into)
	if err != nil {
		return err
	}
	if unknown := meta.Undecoded(); len(unknown) > 0 {
		return fmt.Errorf("there is no field %q", unknown[0])
	}
	return nil
}

func (p profile) decode(fsys fs.FS, today time.Time) (Person, error) {
	if p.Name == "" || p.Pronouns == "" || p.About == "" || p.AskMe == "" || len(p.Journal) == 0 {
		return Person{}, errors.New("the profile is not complete")
	}
	person := Person{Name: p.Name, Pronouns: p.Pronouns, About: strings.TrimSpace(p.About), AskMe: p.AskMe}
	home, err := zone(p.Zone)
	if err != nil {
		return Person{}, err
	}
	person.Part = Part{Opens: p.Opens, Hides: p.Hides}
	if p.Agreed != 0 {
		if person.Part.Agreed, err = noon(p.Agreed, home, today); err != nil {
			return Person{}, err
		}
	}
	last := time.Time{}
	for _, name := range p.Journal {
		raw, err := fs.ReadFile(fsys, "data/"+name)
		if err != nil {
			return Person{}, err
		}
		parts := strings.Split("\n"+string(raw), "\n+++\n")
		if len(parts)%2 == 0 || parts[0] != "" {
			return Person{}, fmt.Errorf("%s: front matter is not closed", name)
		}
		for i := 1; i < len(parts); i += 2 {
			e, line, err := entry(parts[i], parts[i+1], p.Name, home, today)
			if err == nil && !e.Written.After(last) {
				err = errors.New("it is not later than the one before")
			}
			if err != nil {
				return Person{}, fmt.Errorf("%s, entry %d: %w", name, i/2+1, err)
			}
			last = e.Written
			person.Entries = append(person.Entries, e)
			if line != "" {
				person.Lines = append(person.Lines, Line{e.SourceID, line})
			}
		}
	}
	return person, nil
}

func entry(head, body, author string, home *time.Location, today time.Time) (e portable.Entry, line string, err error) {
	var f front
	if err := strict(head, &f); err != nil {
		return e, "", err
	}
	if f.DaysAgo < 1 || f.DaysAgo > maxDaysAgo {
		return e, "", fmt.Errorf("days_ago is %d, not from 1 to %d", f.DaysAgo, maxDaysAgo)
	}
	clock, err := time.Parse("15:04", f.Time)
	if err != nil {
		return e, "", fmt.Errorf("the time is %q", f.Time)
	}
	place := home
	if f.Zone != "" {
		if place, err = zone(f.Zone); err != nil {
			return e, "", err
		}
	}
	text := strings.TrimSpace(body)
	switch {
	case text == "":
		return e, "", errors.New("it has no text")
	case len(f.Moods) == 0 || len(f.Tags) == 0:
		return e, "", errors.New("it has no moods or no tags")
	case !strings.Contains(text, f.Line):
		return e, "", errors.New("its line does not stand in it")
	}
	// The day is the author's at home, the clock that of the place.
	year, month, day := today.In(home).AddDate(0, 0, -f.DaysAgo).Date()
	written := time.Date(year, month, day, clock.Hour(), clock.Minute(), 0, 0, place)
	return portable.Entry{
		SourceID: fmt.Sprintf("demo:%s:%d:%s", strings.ToLower(author), f.DaysAgo, strings.ReplaceAll(f.Time, ":", "")),
		Text:     text, Moods: f.Moods, Tags: f.Tags, Starred: f.Starred,
		Written: written.UTC(), Zone: place.String(), LocalDate: written.Format(time.DateOnly),
		Created: written.UTC(), Edited: written.UTC(),
	}, f.Line, nil
}

// zone refuses "" and Local, which mean this machine.
func zone(name string) (*time.Location, error) {
	if name == "" || name == "Local" {
		return nil, fmt.Errorf("%q names no place", name)
	}
	return time.LoadLocation(name)
}
