package demodata

import (
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"
	"unicode"
)

var today = time.Date(2026, 3, 4, 9, 30, 0, 0, time.UTC)

func TestEverythingDecodes(t *testing.T) {
	people, err := People(today)
	if err != nil {
		t.Fatal(err)
	}
	sums := []struct {
		name                    string
		entries, lines, starred int
		longest                 [2]int // words, from and to
	}{{"Ines", 45, 8, 4, [2]int{700, 1000}}, {"Rowan", 30, 6, 4, [2]int{450, 800}}}
	if len(people) != len(sums) {
		t.Fatalf("%d people", len(people))
	}
	for i, want := range sums {
		p := people[i]
		starred, longest, shortest := 0, 0, 1<<30
		for _, e := range p.Entries {
			if e.Starred {
				starred++
			}
			words := len(strings.Fields(e.Text))
			longest, shortest = max(longest, words), min(shortest, words)
		}
		if p.Name != want.name || len(p.Entries) != want.entries || len(p.Lines) != want.lines || starred != want.starred {
			t.Errorf("%s has %d entries, %d lines and %d stars, want %+v", p.Name, len(p.Entries), len(p.Lines), starred, want)
		}
		if longest < want.longest[0] || longest > want.longest[1] || shortest > 15 {
			t.Errorf("%s: from %d to %d words", p.Name, shortest, longest)
		}
	}
}

func TestDatesAreFresh(t *testing.T) {
	for _, now := range []time.Time{
		today, time.Date(2026, 1, 1, 0, 5, 0, 0, time.UTC), time.Date(2028, 2, 29, 23, 59, 0, 0, time.UTC),
		time.Date(2026, 10, 25, 1, 30, 0, 0, time.UTC), // clocks go back at the authors' place
	} {
		people, err := People(now)
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range people {
			ids := map[string]bool{}
			for _, e := range p.Entries {
				age := now.Sub(e.Written)
				if age <= 0 || age > (maxDaysAgo+1)*24*time.Hour {
					t.Errorf("%s is %v old", e.SourceID, age)
				}
				place, err := time.LoadLocation(e.Zone)
				if err != nil || e.Written.In(place).Format(time.DateOnly) != e.LocalDate || e.Written.Location() != time.UTC {
					t.Errorf("%s: %v, %s, %s (%v)", e.SourceID, e.Written, e.Zone, e.LocalDate, err)
				}
				if ids[e.SourceID] {
					t.Errorf("%s stands there twice", e.SourceID)
				}
				ids[e.SourceID] = true
			}
		}
	}
}

// A journal that shows what the program can: other scripts, pictures in
// letters, headings, lists, boxes, quotes, a table, places.
func TestVariety(t *testing.T) {
	people, err := People(today)
	if err != nil {
		t.Fatal(err)
	}
	var all strings.Builder
	zones := map[string]bool{}
	for _, p := range people {
		for _, e := range p.Entries {
			all.WriteString(e.Text + "\n\n")
			zones[e.Zone] = true
		}
	}
	text := all.String()
	for name, table := range map[string]*unicode.RangeTable{
		"Greek": unicode.Greek, "Cyrillic": unicode.Cyrillic, "Hiragana": unicode.Hiragana, "a symbol": unicode.So,
	} {
		if !strings.ContainsFunc(text, func(r rune) bool { return unicode.Is(table, r) }) {
			t.Errorf("no %s", name)
		}
	}
	for name, sign := range map[string]string{
		"heading": "\n# ", "second heading": "\n## ", "list": "\n- ", "numbered list": "\n1. ", "quote": "\n> ",
		"box": "\n- [x] ", "open box": "\n- [ ] ", "table": "\n|---|", "bold": "**", "soft": " *",
	} {
		if !strings.Contains(text, sign) {
			t.Errorf("no %s", name)
		}
	}
	if len(zones) < 3 {
		t.Errorf("only %d places", len(zones))
	}
}

// The words that Ebb never says to a couple (product.md, Voice), and counting.
var forbidden = regexp.MustCompile(`(?i)\b(should(n't)?|(ab)?normal\w*|fail\w*|dut(y|ies)|overdue|missed|streaks?|scor(e|es|ed|ing)|` +
	`goals?|most couples|your partner is waiting|how often|times a (week|month|year)|frigid|nympho\w*|libido|rejected?|owe[sd]? (me|you|him|her|them)|` +
	`your fault|to blame|deserves?)\b|match!`)

func TestVoice(t *testing.T) {
	people, err := People(today)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range people {
		for _, e := range p.Entries {
			words := e.Text + " " + strings.Join(e.Moods, " ") + " " + strings.Join(e.Tags, " ")
			if found := forbidden.FindString(words); found != "" {
				t.Errorf("%s says %q", e.SourceID, found)
			}
		}
		if found := forbidden.FindString(p.About + p.AskMe); found != "" {
			t.Errorf("%s says %q", p.Name, found)
		}
	}
	for _, said := range []string{"You should.", "normally", "a failure", "Missed it", "three times a week", "A match!"} {
		if !forbidden.MatchString(said) {
			t.Errorf("%q passes", said)
		}
	}
	if forbidden.MatchString("their shoulders, a match and a rematch") {
		t.Error("a harmless word is caught")
	}
}

// Each of these is refused: a mistake in the data shows in a test, not in a picture.
func TestMistakesAreRefused(t *testing.T) {
	const person = "[[person]]\nname = \"A\"\npronouns = \"p\"\nabout = \"a\"\nask_me = \"m\"\nzone = \"UTC\"\njournal = [\"a.md\"]\n"
	const sound = "+++\ndays_ago = 2\ntime = \"10:00\"\nmoods = [\"m\"]\ntags = [\"t\"]\nline = \"b\"\n+++\na b c\n"
	change := func(old, with string) string { return strings.Replace(sound, old, with, 1) }
	tests := []struct{ name, people, journal, want string }{
		{"nothing wrong", person, sound, ""},
		{"an unknown field of a person", person + "age = 40\n", sound, "no field"},
		{"an unknown field of an entry", person, change("line", "lines"), "no field"},
		{"people that are no TOML", sound, sound, "people.toml"},
		{"no pronouns", strings.Replace(person, `pronouns = "p"`, "", 1), sound, "not complete"},
		{"no such zone", strings.Replace(person, "UTC", "Moon/Sea", 1), sound, "Moon/Sea"},
		{"this machine's zone", strings.Replace(person, "UTC", "Local", 1), sound, "no place"},
		{"no such file", strings.Replace(person, "a.md", "b.md", 1), sound, "b.md"},
		{"front matter that stays open", person, sound + "\n+++\ndays_ago = 1\n", "not closed"},
		{"words in front", person, "x\n" + sound, "not closed"},
		{"today", person, change("2", "0"), "days_ago"},
		{"too long ago", person, change("2", "93"), "days_ago"},
		{"no such time", person, change("10:00", "25:00"), "the time"},
		{"no text", person, change("a b c", " "), "no text"},
		{"no moods", person, change(`["m"]`, "[]"), "no moods"},
		{"a line from elsewhere", person, change(`"b"`, `"z"`), "does not stand in it"},
		{"out of order", person, sound + "\n" + sound, "not later"},
		{"another type", person, change("2", `"2"`), "days_ago"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := decode(fstest.MapFS{
				"data/people.toml": {Data: []byte(tt.people)}, "data/a.md": {Data: []byte(tt.journal)},
			}, today)
			if (err == nil) != (tt.want == "") || err != nil && !strings.Contains(err.Error(), tt.want) {
				t.Errorf("error %v, want %q", err, tt.want)
			}
		})
	}
}

// Tags and moods come from small sets, as a person's do.
func TestTagsAreFew(t *testing.T) {
	people, err := People(today)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range people {
		var tags, moods []string
		for _, e := range p.Entries {
			tags, moods = append(tags, e.Tags...), append(moods, e.Moods...)
		}
		slices.Sort(tags)
		slices.Sort(moods)
		if n, m := len(slices.Compact(tags)), len(slices.Compact(moods)); n > 24 || m > 18 {
			t.Errorf("%s has %d tags and %d moods", p.Name, n, m)
		}
	}
}
