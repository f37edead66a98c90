package demodata

import (
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"time"
)

// An Office is an invented practice.
type Office struct {
	Practitioner string
	Documents    map[string]string // texts by name
	Cases        []Case            // in the order in which they were opened
}

// A Case is one of it. Members are named by their place among Members, from 0.
type Case struct {
	Code, Label string
	Opened      time.Time
	Closed      time.Time // zero while it is open
	Policy      string    // name of a document; empty if none was chosen
	Signed      []int     // members who signed it
	Exercises   []int     // members whose consent to exercises was given
	Withdrawn   []int     // and taken back
	SeenAlone   []Seen
	Limit       *int // closeness
	Plan        string
	Review      *Review
	Members     []CaseMember
	Pairs       []Pair
	Meetings    []Meeting // in order
	Menu        []Change
	Observed    []Observation
	Feedback    []Feedback
	Process     string
	Safety      []Safety
	Risk        string
}

// A CaseMember is a person of a case.
type CaseMember struct {
	Name        string `toml:"name"`
	Pronouns    string `toml:"pronouns"`
	Description string `toml:"description"`
	Ask         string `toml:"ask"`
	Number      string `toml:"number"`
	Voicemail   string `toml:"voicemail"`
	CodeWord    string `toml:"code_word"`
}

// A Pair is what two members call what is between them.
type Pair struct {
	First, Second int
	Words         string
}

// A Seen is that a member was seen alone.
type Seen struct {
	Member int
	At     time.Time
}

// A Review is something to look at again.
type Review struct {
	Kind string
	At   time.Time
}

// A Meeting is one that was, or is to come.
type Meeting struct {
	At       time.Time
	Alone    *int   // with this member; nil: with everybody
	Note     string // empty: not written yet
	Template string
	Signed   bool
}

// An Observation is a line of the progress log, told by that member.
type Observation struct {
	Member              int
	At                  time.Time
	Domain, Words, Band string
	Released            bool
}

// Feedback is what a member said about the work.
type Feedback struct {
	Member              int
	At                  time.Time
	Keep, Change, Reply string
}

// A Safety is a note in a member's safety record.
type Safety struct {
	Member int    `toml:"member"`
	Text   string `toml:"text"`
}

// caseFile is a case as data/cases.toml has it.
type caseFile struct {
	Code      string       `toml:"code"`
	Label     string       `toml:"label"`
	Opened    int          `toml:"opened"`
	Closed    int          `toml:"closed"`
	Policy    string       `toml:"policy"`
	Signed    []int        `toml:"signed"`
	Exercises []int        `toml:"exercises"`
	Withdrawn []int        `toml:"withdrawn"`
	SeenAlone [][2]int     `toml:"seen_alone"`
	Limit     *int         `toml:"limit"`
	Plan      string       `toml:"plan"`
	Review    []any        `toml:"review"`
	Members   []CaseMember `toml:"member"`
	Pairs     [][]any      `toml:"pair"`
	Meetings  []struct {
		Days     int    `toml:"days"`
		Alone    *int   `toml:"alone"`
		Note     string `toml:"note"`
		Template string `toml:"template"`
		Signed   bool   `toml:"signed"`
	} `toml:"meeting"`
	Menu     [][]any `toml:"menu"`
	Observed []struct {
		Member   int    `toml:"member"`
		Days     int    `toml:"days"`
		Domain   string `toml:"domain"`
		Words    string `toml:"words"`
		Band     string `toml:"band"`
		Released bool   `toml:"released"`
	} `toml:"observation"`
	Feedback []struct {
		Member int    `toml:"member"`
		Days   int    `toml:"days"`
		Keep   string `toml:"keep"`
		Change string `toml:"change"`
		Reply  string `toml:"reply"`
	} `toml:"feedback"`
	Process string   `toml:"process"`
	Safety  []Safety `toml:"safety"`
	Risk    string   `toml:"risk"`
}

// TheOffice returns the invented practice as it stands today.
func TheOffice(today time.Time) (Office, error) { return decodeOffice(data, today) }

func decodeOffice(fsys fs.FS, today time.Time) (Office, error) {
	var file struct {
		Practitioner string            `toml:"practitioner"`
		Zone         string            `toml:"zone"`
		Documents    map[string]string `toml:"documents"`
		Cases        []caseFile        `toml:"case"`
	}
	raw, err := fs.ReadFile(fsys, "data/cases.toml")
	if err != nil {
		return Office{}, err
	}
	if err := strict(string(raw), &file); err != nil {
		return Office{}, fmt.Errorf("cases.toml: %w", err)
	}
	place, err := zone(file.Zone)
	if err != nil {
		return Office{}, fmt.Errorf("cases.toml: %w", err)
	}
	o := Office{Practitioner: file.Practitioner, Documents: file.Documents}
	for _, f := range file.Cases {
		c, err := f.decode(calendar{place, today})
		if err != nil {
			return Office{}, fmt.Errorf("cases.toml, %s: %w", f.Code, err)
		}
		o.Cases = append(o.Cases, c)
	}
	slices.SortStableFunc(o.Cases, func(a, b Case) int { return a.Opened.Compare(b.Opened) })
	return o, nil
}

// calendar counts days back from today.
type calendar struct {
	place *time.Location
	today time.Time
}

// at is an hour of a day so many days ago, or to come.
func (c calendar) at(daysAgo, hour int) time.Time {
	year, month, day := c.today.In(c.place).AddDate(0, 0, -daysAgo).Date()
	return time.Date(year, month, day, hour, 0, 0, 0, c.place)
}

var errShape = errors.New("a list has not the shape that it should have")

func (f caseFile) decode(days calendar) (Case, error) {
	c := Case{
		Code: f.Code, Label: f.Label, Opened: days.at(f.Opened, 9), Policy: f.Policy, Signed: f.Signed, Exercises: f.Exercises, Withdrawn: f.Withdrawn,
		Limit: f.Limit, Plan: f.Plan, Members: f.Members, Process: f.Process, Safety: f.Safety, Risk: f.Risk,
	}
	if f.Closed > 0 {
		c.Closed = days.at(f.Closed, 18)
	}
	for _, s := range f.SeenAlone {
		c.SeenAlone = append(c.SeenAlone, Seen{s[0], days.at(s[1], 12)})
	}
	for _, p := range f.Pairs {
		if len(p) != 3 {
			return c, errShape
		}
		first, one := p[0].(int64)
		second, two := p[1].(int64)
		words, three := p[2].(string)
		if !one || !two || !three {
			return c, errShape
		}
		c.Pairs = append(c.Pairs, Pair{int(first), int(second), words})
	}
	for i, m := range f.Meetings {
		c.Meetings = append(c.Meetings, Meeting{days.at(m.Days, 10+i%5), m.Alone, m.Note, m.Template, m.Signed})
	}
	for _, m := range f.Menu {
		if len(m) != 4 {
			return c, errShape
		}
		exercise, one := m[0].(string)
		state, two := m[1].(string)
		note, three := m[2].(string)
		ago, four := m[3].(int64)
		if !one || !two || !three || !four {
			return c, errShape
		}
		c.Menu = append(c.Menu, Change{exercise, state, note, days.at(int(ago), 13)})
	}
	for _, o := range f.Observed {
		c.Observed = append(c.Observed, Observation{o.Member, days.at(o.Days, 14), o.Domain, o.Words, o.Band, o.Released})
	}
	for _, b := range f.Feedback {
		c.Feedback = append(c.Feedback, Feedback{b.Member, days.at(b.Days, 15), b.Keep, b.Change, b.Reply})
	}
	if f.Review == nil {
		return c, nil
	}
	if len(f.Review) != 2 {
		return c, errShape
	}
	kind, one := f.Review[0].(string)
	in, two := f.Review[1].(int64)
	if !one || !two {
		return c, errShape
	}
	c.Review = &Review{kind, days.at(-int(in), 9)}
	return c, nil
}
