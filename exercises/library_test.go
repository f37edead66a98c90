package exercises

import (
	"encoding/json"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
)

func english(t testing.TB) *Library {
	t.Helper()
	l, err := English()
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// Every outline was written out, under its title and with the closeness, gate and
// company that were decided for it.
func TestTheLibraryIsWhole(t *testing.T) {
	l := english(t)
	if n := len(l.All()); n != 66 {
		t.Errorf("%d exercises, want 66", n)
	}
	shelves := map[Category]int{}
	for i, e := range l.All() {
		shelves[e.Category]++
		if i > 0 && e.Category != l.All()[i-1].Category && shelves[e.Category] > 1 {
			t.Errorf("%s stands apart from its shelf", e.ID)
		}
		if l.Find(e.ID) != e {
			t.Errorf("%s is not found", e.ID)
		}
	}
	if len(shelves) != len(Categories) {
		t.Errorf("%d shelves hold something, of %d", len(shelves), len(Categories))
	}
	if first, last := l.All()[0], l.All()[len(l.All())-1]; first.Category != Closer || last.Category != Touch {
		t.Errorf("the menu begins with %s and ends with %s: affection comes before touch", first.ID, last.ID)
	}
}

// The checklist of content.md, 3.8, where a program can look.
func TestChecklist(t *testing.T) {
	words := func(s string) int { return len(strings.Fields(s)) }
	steps, total := 0, 0
	for _, e := range english(t).Menu() {
		for _, s := range e.Steps {
			steps++
			total += words(s.Text)
			if words(s.Text) < 12 {
				t.Errorf("%s, %q: a step of %d words", e.ID, s.Title, words(s.Text))
			}
			if e.Who == Alone && !s.Alone {
				t.Errorf("%s, %q: a step of something for one is not for one", e.ID, s.Title)
			}
		}
		if e.Closeness >= 2 {
			if e.Gate != Practitioner {
				t.Errorf("%s comes close and is not for a practitioner to offer", e.ID)
			}
			if !slices.Contains(e.NotWith, Pain) {
				t.Errorf("%s comes close and does not ask about pain", e.ID)
			}
		}
		if e.Who != Alone && !slices.Contains(e.NotWith, Coercion) && e.ID != "C5" && e.ID != "D0" {
			t.Errorf("%s is for more than one and does not ask about pressure", e.ID)
		}
		if !slices.Contains(e.Questions(), Pain) && e.Closeness >= 2 {
			t.Errorf("%s does not ask everyone about pain", e.ID)
		}
		for name, text := range map[string]string{"opening": e.Opening, "closing": e.After.Closing, "stop": e.After.Stop, "badly": e.After.Badly, "leave_it": e.LeaveIt} {
			if words(text) < 15 {
				t.Errorf("%s: %s has %d words", e.ID, name, words(text))
			}
		}
		for _, by := range e.DrawsOn {
			if strings.Contains(by, "20") || strings.Contains(by, "19") {
				continue
			}
			if by = strings.ToLower(by); !strings.Contains(by, "practice") && !strings.Contains(by, "article") {
				t.Errorf("%s draws on %q, which has no year", e.ID, by)
			}
		}
	}
	if mean := float64(total) / float64(steps); mean < 25 {
		t.Errorf("steps have %.1f words in the mean, want at least 25", mean)
	}
}

// A version for one person stands for an exercise that only a practitioner offers, and
// holds no more than its private steps.
func TestVersionsForOne(t *testing.T) {
	l := english(t)
	versions := 0
	for _, e := range l.Menu() {
		if e.VersionOf == "" {
			continue
		}
		versions++
		whole := l.Find(e.VersionOf)
		if whole == nil || whole.Gate != Practitioner || slices.Contains(l.All(), e) || l.Find(e.ID) != e {
			t.Fatalf("%s is a version of %s", e.ID, e.VersionOf)
		}
		for _, s := range e.Steps {
			if !s.Alone {
				t.Errorf("%s, %q: not for one person", e.ID, s.Title)
			}
		}
		private := 0
		for private < len(whole.Steps) && whole.Steps[private].Alone {
			private++
		}
		if private != len(e.Steps) || private == len(whole.Steps) {
			t.Errorf("%s has %d steps; %s begins with %d private ones of %d", e.ID, len(e.Steps), whole.ID, private, len(whole.Steps))
		}
	}
	if versions != 1 || len(l.Menu()) != len(l.All())+versions {
		t.Errorf("%d versions among %d", versions, len(l.Menu()))
	}
}

var (
	ofEbb = regexp.MustCompile(`Ebb['’]s [\w’']+ ?[\w’']*`)
	inEbb = regexp.MustCompile(`[\w’']+ [\w’']+ in Ebb\b`)
)

// Exercises send nobody to a page that Ebb does not have.
func TestExercisesNameWhatIsThere(t *testing.T) {
	there := regexp.MustCompile(`^Ebb['’]s (dial\b|private pages|source article)|private page in Ebb|^(sheet kept|leave nothing|nothing behind) in Ebb`)
	for _, e := range english(t).Menu() {
		text, err := e.Encode()
		if err != nil {
			t.Fatal(err)
		}
		for _, found := range append(ofEbb.FindAllString(string(text), -1), inEbb.FindAllString(string(text), -1)...) {
			if !there.MatchString(found) {
				t.Errorf("%s speaks of %q", e.ID, found)
			}
		}
		if strings.Contains(string(text), "screen reader") {
			t.Errorf("%s speaks of a screen reader, which Ebb does not promise", e.ID)
		}
	}
}

// A home that no practitioner is linked to has closeness 0 and 1 only.
func TestSelfServe(t *testing.T) {
	self := english(t).SelfServe()
	for _, e := range self {
		if e.Closeness > 1 || e.Gate != Self {
			t.Errorf("%s is there from the start", e.ID)
		}
	}
	if len(self) < 50 {
		t.Errorf("only %d exercises are there from the start", len(self))
	}
}

func TestEncodeAndParse(t *testing.T) {
	for _, e := range english(t).All() {
		text, err := e.Encode()
		if err != nil {
			t.Fatal(err)
		}
		back, err := Parse(text)
		if err != nil {
			t.Errorf("%s: %v", e.ID, err)
			continue
		}
		before, _ := json.Marshal(e)
		after, _ := json.Marshal(back)
		if string(before) != string(after) {
			t.Errorf("%s is another one after writing and reading:\n%s\n%s", e.ID, before, after)
		}
	}
}

// Whatever keeps people safe is required, and nothing unknown is taken.
func TestParseRefuses(t *testing.T) {
	whole, err := os.ReadFile("data/en/d3-shoulders-back-head.toml")
	if err != nil {
		t.Fatal(err)
	}
	without := func(key string) string {
		var kept []string
		skip := false
		for line := range strings.Lines(string(whole)) {
			if strings.HasPrefix(line, key+" =") {
				skip = strings.Count(line, `"""`) == 1
				continue
			}
			if skip {
				skip = !strings.Contains(line, `"""`)
				continue
			}
			kept = append(kept, line)
		}
		return strings.Join(kept, "")
	}
	bad := map[string]string{
		"empty": "", "not TOML": "= =", "binary": "\x00\xff\xfe", "another format": `{"id": "D3"}`,
		"unknown key": "surprise = 1\n" + string(whole),
		"too long":    string(whole) + "#" + strings.Repeat("x", MaxFile),
		"closeness 9": strings.Replace(string(whole), "closeness = 2", "closeness = 9", 1),
		"minus":       strings.Replace(string(whole), "closeness = 2", "closeness = -1", 1),
		"self-serve":  strings.Replace(string(whole), `gate = "practitioner"`, `gate = "home"`, 1),
		"no such who": strings.Replace(string(whole), `who = "together"`, `who = "everyone"`, 1),
	}
	for _, key := range []string{"id", "title", "purpose", "consent", "leave_it", "opening", "stop", "badly", "closing", "not_with", "reflect", "needs", "tired", "gate", "who"} {
		bad["without "+key] = without(key)
	}
	for name, text := range bad {
		if e, err := Parse([]byte(text)); err == nil {
			t.Errorf("%s: %s was taken", name, e.ID)
		}
	}
	if _, err := Parse(whole); err != nil {
		t.Errorf("the whole one: %v", err)
	}
}

func FuzzParse(f *testing.F) {
	for _, name := range []string{"a1-words-we-can-both-use", "d7-a-wider-map-still-no-destination", "h5-who-carries-what"} {
		text, err := os.ReadFile("data/en/" + name + ".toml")
		if err != nil {
			f.Fatal(err)
		}
		f.Add(text)
	}
	f.Add([]byte(""))
	f.Fuzz(func(t *testing.T, text []byte) {
		e, err := Parse(text)
		if err != nil {
			return
		}
		again, err := e.Encode()
		if err != nil {
			t.Fatal(err)
		}
		if _, err := Parse(again); err != nil {
			t.Errorf("what was written cannot be read: %v", err)
		}
	})
}

func TestLoadReportsEverything(t *testing.T) {
	_, err := Load(fstest.MapFS{
		"texts.toml": {Data: []byte("odd = 1")},
		"a.toml":     {Data: []byte(`id = "A1"`)},
		"b.toml":     {Data: []byte("= =")},
		"c.toml":     {Data: []byte("id = \"C1\"\nversion_of = \"Z1\"")},
	})
	if err == nil {
		t.Fatal("a broken library was taken")
	}
	for _, part := range []string{"texts.toml: unknown key odd", "a.toml", "title is missing", "b.toml", "spoken", "version of Z1"} {
		if !strings.Contains(err.Error(), part) {
			t.Errorf("nothing is said of %q in:\n%v", part, err)
		}
	}
}

func TestFilter(t *testing.T) {
	all := english(t).All()
	yes, no := true, false
	two := Closeness(2)
	for name, c := range map[string]struct {
		filter Filter
		fits   func(*Exercise) bool
	}{
		"everything": {Filter{}, func(*Exercise) bool { return true }},
		"low":        {Filter{Energy: Low}, func(e *Exercise) bool { return e.Energy == Low }},
		"short":      {Filter{MaxMinutes: 10}, func(e *Exercise) bool { return e.Minutes <= 10 }},
		"close":      {Filter{Closeness: &two}, func(e *Exercise) bool { return e.Closeness == 2 }},
		"alone":      {Filter{Alone: &yes}, func(e *Exercise) bool { return e.Who != Together }},
		"together":   {Filter{Alone: &no}, func(e *Exercise) bool { return e.Who == Together }},
		"tired":      {Filter{TiredDay: true}, (*Exercise).TiredDay},
		"shelf":      {Filter{Categories: []Category{Repair}}, func(e *Exercise) bool { return e.Category == Repair }},
		"hidden":     {Filter{Hidden: func(id string) bool { return id == "A1" }}, func(e *Exercise) bool { return e.ID != "A1" }},
		"words":      {Filter{Words: "QUIET  six"}, func(e *Exercise) bool { return e.ID == "C2" }},
		"apostrophe": {Filter{Words: "each person's MAP"}, func(e *Exercise) bool { return strings.Contains(e.Purpose, "each person’s map") }},
		"nothing":    {Filter{Words: "zebra"}, func(*Exercise) bool { return false }},
	} {
		var want int
		for _, e := range all {
			if c.fits(e) {
				want++
			}
		}
		chosen := c.filter.Choose(all)
		if len(chosen) != want || name != "nothing" && want == 0 {
			t.Errorf("%s: %d chosen, want %d", name, len(chosen), want)
		}
		for _, e := range chosen {
			if !c.fits(e) {
				t.Errorf("%s: %s does not fit", name, e.ID)
			}
		}
	}
}

func BenchmarkFilterFiveHundred(b *testing.B) {
	var all []*Exercise
	for len(all) < 500 {
		all = append(all, english(b).All()...)
	}
	f := Filter{Words: "what we", Energy: Low, MaxMinutes: 30}
	for b.Loop() {
		f.Choose(all)
	}
}

// Every exercise has its row in REVIEW.md, until somebody has reviewed it.
func TestEveryExerciseIsUpForReview(t *testing.T) {
	review, err := os.ReadFile("REVIEW.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range english(t).Menu() {
		row := "| " + e.ID + " | " + e.Title + " |"
		if n := strings.Count(string(review), row); n != 1 {
			t.Errorf("%d rows begin with %q", n, row)
		}
	}
}
