package lang

import (
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"golang.org/x/text/language"
)

func speakerOf(t *testing.T, tag, area, doc string) *speaker {
	t.Helper()
	c, err := readCatalogue(fstest.MapFS{tag + "/" + area + ".toml": {Data: []byte(doc)}}, tag)
	if err != nil {
		t.Fatal(err)
	}
	return newSpeaker(language.MustParse(tag), c)
}

const journal = `
[journal.empty]
title = "Nothing here yet"

[journal.kept]
line = "Kept on {{.Date}}. Only {{ .Who }} can see this."

[journal.found]
one = "{{.Count}} entry with {{.Tag}}"
other = "{{.Count}} entries with {{.Tag}}"
`

func TestSaying(t *testing.T) {
	s := speakerOf(t, "en", "journal", journal)
	data := map[string]any{"Date": "4 March", "Who": "you"}
	tag := map[string]any{"Tag": "<b>&sleep", "Count": 99}
	for _, c := range []struct{ name, got, want string }{
		{"plain", s.plain("journal.empty.title"), "Nothing here yet"},
		{"filled", s.filled("journal.kept.line", data), "Kept on 4 March. Only you can see this."},
		{"filled without fields", s.filled("journal.empty.title", nil), "Nothing here yet"},
		{"one, text left as it is", s.counted("journal.found", 1, tag), "1 entry with <b>&sleep"},
		{"none", s.counted("journal.found", 0, tag), "0 entries with <b>&sleep"},
		{"many", s.counted("journal.found", 21, tag), "21 entries with <b>&sleep"},

		{"unknown plain", s.plain("journal.gone"), "[[journal.gone]]"},
		{"unknown filled", s.filled("journal.gone", data), "[[journal.gone]]"},
		{"unknown counted", s.counted("journal.gone", 1, nil), "[[journal.gone]]"},
		{"empty key", s.plain(""), "[[]]"},
		{"plain with fields", s.plain("journal.kept.line"), "[[journal.kept.line]]"},
		{"plain with a plural", s.plain("journal.found"), "[[journal.found]]"},
		{"filled with a plural", s.filled("journal.found", tag), "[[journal.found]]"},
		{"counted without a plural", s.counted("journal.empty.title", 1, nil), "[[journal.empty.title]]"},
		{"a field without a value", s.filled("journal.kept.line", map[string]any{"Date": "x"}), "[[journal.kept.line]]"},
		{"no values", s.filled("journal.kept.line", nil), "[[journal.kept.line]]"},
	} {
		if c.got != c.want {
			t.Errorf("%s: %q, want %q", c.name, c.got, c.want)
		}
	}
	if tag["Count"] != 99 {
		t.Error("counting changed the caller's map")
	}
}

func TestPluralsFollowTheLanguage(t *testing.T) {
	s := speakerOf(t, "pl", "journal", `
[journal.found]
one = "{{.Count}} wpis"
few = "{{.Count}} wpisy"
many = "{{.Count}} wpisów"
other = "{{.Count}} wpisu"
`)
	for count, want := range map[int]string{1: "1 wpis", 3: "3 wpisy", 5: "5 wpisów", 22: "22 wpisy"} {
		if got := s.counted("journal.found", count, nil); got != want {
			t.Errorf("%d: %q, want %q", count, got, want)
		}
	}
}

func TestPackageFunctions(t *testing.T) {
	for _, got := range []string{
		T("nowhere.x"), F("nowhere.x", nil), N("nowhere.x", 1, nil),
		Dynamic("nowhere.").T("x"), Dynamic("nowhere.").F("x", nil), Dynamic("nowhere.").N("x", 1, nil),
	} {
		if got != "[[nowhere.x]]" {
			t.Errorf("%q, want the key", got)
		}
	}
}

// Pages and timers speak from several goroutines; run with -race.
func TestSayingAtOnce(t *testing.T) {
	s := speakerOf(t, "en", "journal", journal)
	var group sync.WaitGroup
	for range 8 {
		group.Go(func() {
			for n := range 20 {
				s.counted("journal.found", n, map[string]any{"Tag": "a"})
				s.filled("journal.kept.line", map[string]any{"Date": n, "Who": "you"})
			}
		})
	}
	group.Wait()
}

func TestCatalogueRefuses(t *testing.T) {
	for name, c := range map[string]struct{ area, doc, says string }{
		"not TOML":            {"a", `a.b = `, "toml"},
		"a key twice":         {"a", "a.b = \"x\"\na.b = \"y\"", "toml"},
		"a key spelled twice": {"a", "\"a.b\" = \"x\"\na.b = \"y\"", "there twice"},
		"another file's key":  {"a", `b.c = "x"`, "belongs in b.toml"},
		"one part":            {"a", `a = "x"`, "two or more parts"},
		"capitals":            {"a", `a.Title = "x"`, "two or more parts"},
		"a space":             {"a", `a."b c" = "x"`, "two or more parts"},
		"empty text":          {"a", `a.b = ""`, "empty"},
		"blank text":          {"a", `a.b = "  "`, "empty"},
		"space at an end":     {"a", `a.b = "x "`, "space at an end"},
		"a number":            {"a", `a.b = 3`, "not a text"},
		"a list":              {"a", `a.b = ["x"]`, "not a text"},
		"open braces":         {"a", `a.b = "{{.Name"`, "unclosed"},
		"a condition":         {"a", `a.b = "{{if .Name}}x{{end}}"`, "not a plain field"},
		"a pipe":              {"a", `a.b = "{{.Name | print}}"`, "not defined"},
		"a function":          {"a", `a.b = "{{len .Name}}"`, "not defined"},
		"a deep field":        {"a", `a.b = "{{.Name.First}}"`, "not a plain field"},
		"a small field":       {"a", `a.b = "{{.name}}"`, "not a plain field"},
		"the whole":           {"a", `a.b = "{{.}}"`, "not a plain field"},
		"no other":            {"a", `a.b.one = "x"`, `needs the form "other"`},
		"a plural mixed":      {"a", "a.b.other = \"x\"\na.b.title = \"y\"", "stands among plural forms"},
		"an empty plural":     {"a", "a.b.other = \"x\"\na.b.one = \"\"", "empty"},
	} {
		t.Run(name, func(t *testing.T) {
			files := fstest.MapFS{"en/" + c.area + ".toml": {Data: []byte(c.doc)}, "en/sound.toml": {Data: []byte(`sound.x = "kept"`)}}
			texts, err := readCatalogue(files, "en")
			if err == nil || !strings.Contains(err.Error(), c.says) {
				t.Errorf("error %v, want one that says %q", err, c.says)
			}
			if texts["sound.x"].forms["other"] != "kept" {
				t.Error("a mistake in one file took the texts of another")
			}
		})
	}
	if _, err := readCatalogue(fstest.MapFS{}, "en"); err == nil {
		t.Error("a language without files was read")
	}
}

// Every catalogue that ships is sound, and says the same things as the source.
func TestShippedCatalogues(t *testing.T) {
	folders, err := shipped.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	original, err := readCatalogue(shipped, source)
	if err != nil {
		t.Fatal(err)
	}
	for _, folder := range folders {
		tag := folder.Name()
		if _, err := language.Parse(tag); err != nil {
			t.Errorf("folder %s is no language: %v", tag, err)
		}
		translated, err := readCatalogue(shipped, tag)
		if err != nil {
			t.Error(err)
		}
		for _, difference := range differences(original, translated) {
			t.Errorf("%s: %s", tag, difference)
		}
	}
}
