package demodata

import (
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"ebb/exercises"
	"ebb/exercises/casework"
)

// Twelve cases, of people who are not alike, whose words keep to the voice.
func TestTheOffice(t *testing.T) {
	o, err := TheOffice(today)
	if err != nil {
		t.Fatal(err)
	}
	put := map[string]int{}
	for _, d := range o.Documents {
		put[d.Name]++
	}
	codes, sizes := map[string]bool{}, map[int]bool{}
	for _, c := range o.Cases {
		codes[c.Code], sizes[len(c.Members)] = true, true
		if c.Opened.After(today) || len(c.Meetings) == 0 || c.Label == "" {
			t.Errorf("%s: %+v", c.Code, c)
		}
		for _, p := range c.Papers {
			if put[p.Name] == 0 {
				t.Errorf("%s: there is no document %q", c.Code, p.Name)
			}
		}
	}
	if len(codes) != 12 || !sizes[2] || !sizes[3] || !sizes[4] {
		t.Errorf("%d cases, of %v people", len(codes), sizes)
	}
	if put["policy-limited"] != 2 || put["exercises"] != 2 {
		t.Errorf("put in use: %v", put)
	}
	if e, err := exercises.Parse(o.Exercise); err != nil || e.Check() != nil {
		t.Errorf("the practice's own exercise: %v", err)
	}
	if !strings.HasPrefix(string(o.Letter), "%PDF-") {
		t.Error("the letter is no PDF")
	}
}

// On whatever day a demo is made, everybody comes on a weekday, in office hours and
// with nobody else, and a case's meetings are in order.
func TestOfficeHours(t *testing.T) {
	for day := range 7 {
		now := today.AddDate(0, 0, day)
		o, err := TheOffice(now)
		if err != nil {
			t.Fatal(err)
		}
		taken := map[time.Time]string{}
		for _, c := range o.Cases {
			for i, m := range c.Meetings {
				weekday, hour := m.At.Weekday(), m.At.Hour()
				if weekday == time.Saturday || weekday == time.Sunday || hour < 9 || hour > 16 {
					t.Errorf("%s, from %s: a meeting on %s", c.Code, now.Weekday(), m.At)
				}
				if taken[m.At] != "" {
					t.Errorf("%s comes with %s, on %s", c.Code, taken[m.At], m.At)
				}
				taken[m.At] = c.Code
				if i > 0 && m.At.Before(c.Meetings[i-1].At) || m.At.After(now) && m.Note != "" || m.At.Before(c.Opened) {
					t.Errorf("%s, from %s: meeting %d on %s", c.Code, now.Weekday(), i+1, m.At)
				}
			}
		}
	}
}

// The cases say nothing that Ebb does not, and none of the notes has a word for which
// it proposes another.
func TestVoiceOfTheOffice(t *testing.T) {
	for _, name := range []string{"cases.toml", "practice-exercise.toml", "letter.pdf"} {
		raw, err := data.ReadFile("data/" + name)
		if err != nil {
			t.Fatal(err)
		}
		if found := forbidden.FindString(string(raw)); found != "" {
			t.Errorf("%s says %q", name, found)
		}
	}
	texts, err := casework.English()
	if err != nil {
		t.Fatal(err)
	}
	o, err := TheOffice(today)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range o.Cases {
		said := []string{c.Process, c.Risk}
		for _, p := range c.Plans {
			said = append(said, p.Text)
		}
		for _, m := range c.Meetings {
			said = append(append(said, m.Note), m.Then...)
		}
		for _, found := range texts.Look(strings.Join(said, "\n")) {
			t.Errorf("%s: %+v", c.Code, found)
		}
	}
}

func TestCasesThatAreBroken(t *testing.T) {
	raw, err := data.ReadFile("data/cases.toml")
	if err != nil {
		t.Fatal(err)
	}
	for what, spoil := range map[string][2]string{
		"a field that nobody knows": {"label = ", "labell = "}, "a pair of two": {`[0, 1, "anchors"]`, `[0, 1]`},
		"a menu without a day":      {`"Begin with two words each.", 90]`, `"Begin with two words each."]`},
		"an hour that there is not": {`hour = "10:30"`, `hour = "03:00"`}, "an item that is no number": {`{ 1 = ["often"]`, `{ one = ["often"]`},
		"nobody to ask": {`[1, "How the shift plan is from next month"]`, `["How the shift plan is from next month"]`},
	} {
		broken := strings.Replace(string(raw), spoil[0], spoil[1], 1)
		if broken == string(raw) {
			t.Fatalf("%s: nothing to spoil", what)
		}
		files := fstest.MapFS{"data/cases.toml": {Data: []byte(broken)}, "data/practice-exercise.toml": {}, "data/letter.pdf": {}}
		if _, err := decodeOffice(files, today); err == nil {
			t.Errorf("%s is taken", what)
		}
	}
}
