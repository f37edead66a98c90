package demodata

import (
	"strings"
	"testing"
	"testing/fstest"
)

// Twelve cases, of people who are not alike, whose words keep to the voice.
func TestTheOffice(t *testing.T) {
	o, err := TheOffice(today)
	if err != nil {
		t.Fatal(err)
	}
	codes, sizes := map[string]bool{}, map[int]bool{}
	for _, c := range o.Cases {
		codes[c.Code], sizes[len(c.Members)] = true, true
		if c.Opened.After(today) || len(c.Meetings) == 0 || c.Label == "" {
			t.Errorf("%s: %+v", c.Code, c)
		}
		for i, m := range c.Meetings {
			if i > 0 && m.At.Before(c.Meetings[i-1].At) || m.At.After(today) && m.Note != "" {
				t.Errorf("%s: meeting %d", c.Code, i+1)
			}
		}
		if c.Policy != "" && o.Documents[c.Policy] == "" {
			t.Errorf("%s: there is no document %q", c.Code, c.Policy)
		}
	}
	if len(codes) != 12 || !sizes[2] || !sizes[3] || !sizes[4] {
		t.Errorf("%d cases, of %v people", len(codes), sizes)
	}
	raw, err := data.ReadFile("data/cases.toml")
	if err != nil {
		t.Fatal(err)
	}
	if found := forbidden.FindString(string(raw)); found != "" {
		t.Errorf("the cases say %q", found)
	}
	for what, spoil := range map[string][2]string{
		"a field that nobody knows": {"label = ", "labell = "}, "a pair of two": {`[0, 1, "anchors"]`, `[0, 1]`}, "a menu without a day": {`"Begin with two words each.", 90]`, `"Begin with two words each."]`},
		"a place that there is not": {"Europe/Berlin", "Europe/Atlantis"}, "a review without a day": {`["plan", 12]`, `["plan"]`},
	} {
		broken := strings.Replace(string(raw), spoil[0], spoil[1], 1)
		if broken == string(raw) {
			t.Fatalf("%s: nothing to spoil", what)
		}
		if _, err := decodeOffice(fstest.MapFS{"data/cases.toml": {Data: []byte(broken)}}, today); err == nil {
			t.Errorf("%s is taken", what)
		}
	}
}
