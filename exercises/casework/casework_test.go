package casework

import (
	"io/fs"
	"maps"
	"os"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
)

func english(t testing.TB) *Casework {
	t.Helper()
	c, err := English()
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// files are the English files, to be broken.
func files(t *testing.T) fstest.MapFS {
	t.Helper()
	names, err := fs.Glob(data, "data/en/*.toml")
	if err != nil || len(names) == 0 {
		t.Fatal(names, err)
	}
	all := make(fstest.MapFS)
	for _, name := range names {
		text, err := fs.ReadFile(data, name)
		if err != nil {
			t.Fatal(err)
		}
		all[strings.TrimPrefix(name, "data/en/")] = &fstest.MapFile{Data: text}
	}
	return all
}

// leaves calls f with every text below v and a way to it.
func leaves(path string, v reflect.Value, f func(path string, v reflect.Value, optional bool), optional bool) {
	switch v.Kind() {
	case reflect.String:
		f(path, v, optional)
	case reflect.Slice:
		for i := range v.Len() {
			leaves(path, v.Index(i), f, false)
		}
	case reflect.Struct:
		for field, value := range v.Fields() {
			if field.IsExported() {
				leaves(path+"."+field.Name, value, f, field.Tag.Get("may") != "")
			}
		}
	}
}

// No text can be missing, whichever it is.
func TestEveryTextIsNeeded(t *testing.T) {
	c, err := Load(files(t))
	if err != nil {
		t.Fatal(err)
	}
	all := reflect.ValueOf(c).Elem()
	seen := make(map[string]bool)
	leaves("", all, func(path string, v reflect.Value, optional bool) {
		if seen[path] { // another element of the same list
			return
		}
		seen[path] = true
		text := v.String()
		v.SetString(" ")
		if whole("", all) == nil && !optional {
			t.Errorf("%s, %.30q, may be missing", path, text)
		}
		v.SetString(text)
	}, false)
	if len(seen) < 150 {
		t.Errorf("only %d kinds of texts were looked at", len(seen))
	}
	if err := whole("", all); err != nil {
		t.Error(err)
	}
}

// Every list that a person reads has something in it, and only those that were meant
// to may be empty.
func TestWhatMayBeEmpty(t *testing.T) {
	var may []string
	seen := make(map[reflect.Type]bool)
	var walk func(reflect.Type)
	walk = func(of reflect.Type) {
		switch {
		case of.Kind() == reflect.Slice:
			walk(of.Elem())
		case of.Kind() == reflect.Struct && !seen[of]:
			seen[of] = true
			for field := range of.Fields() {
				if !field.IsExported() {
					continue
				}
				if field.Tag.Get("may") != "" {
					may = append(may, of.Name()+"."+field.Name)
				}
				walk(field.Type)
			}
		}
	}
	walk(reflect.TypeFor[Casework]())
	slices.Sort(may)
	want := []string{"Guide.DrawsOn", "Guide.Never", "Item.Choices", "Template.Before", "Template.DrawsOn", "Template.Never"}
	if !slices.Equal(may, want) {
		t.Errorf("may be empty: %q, want %q", may, want)
	}
}

func TestLoadRefuses(t *testing.T) {
	for name, c := range map[string]struct{ file, old, with, says string }{
		"not TOML":              {"check-in.toml", "[check_in]", "[check_in", "check-in.toml"},
		"unknown key":           {"feedback.toml", "[feedback]", "[feedback]\nscore = 1", "unknown key feedback.score"},
		"a key in two files":    {"feedback.toml", "[feedback]", "[hand_over]\nbegin = \"x\"\n[feedback]", "hand_over is in"},
		"blank":                 {"certificate.toml", "title = \"A case was destroyed\"", "title = \" \"", "certificate.title is missing"},
		"no version":            {"documents.toml", "version = 1", "version = 0", "version: 0"},
		"a limit gone":          {"documents.toml", "id = \"court\"", "id = \"tribunal\"", "has no part \"court\""},
		"no way back":           {"documents.toml", "id = \"back\"", "id = \"back-not\"", "has no part \"back\""},
		"a policy gone":         {"documents.toml", "id = \"policy-limited\"", "id = \"policy-other\"", "document policy-limited is missing"},
		"another kind":          {"documents.toml", "kind = \"consent\"", "kind = \"contract\"", "kind has a value"},
		"a document twice":      {"documents.toml", "id = \"policy-limited\"", "id = \"policy-open\"", "policy-open is there twice"},
		"pressure goes home":    {"check-in.toml", "number = 9\n", "number = 9\napart = true\n", "item 9 is kept apart and goes home"},
		"an item twice":         {"check-in.toml", "number = 13", "number = 12", "not 1 to 14"},
		"a form nobody reads":   {"hand-over.toml", "id = \"intake\"", "id = \"exam\"", "hand_over.audience"},
		"another field":         {"certificate.toml", "{rule}", "{name}", "with {rule}"},
		"plan in process notes": {"practice-notes.toml", "record_only = true\nprompt = \"What each takes", "prompt = \"What each takes", "section plan is record_only"},
		"a guide gone":          {"practice-day.toml", "id = \"video\"", "id = \"phone\"", "guide video is missing"},
		"nothing explains":      {"practice-eu.toml", "[authority]", "[the office]", "nothing explains [the office]"},
		"stands nowhere":        {"practice-eu.toml", "[authority]", "somebody", "[authority] stands nowhere"},
		"no expression":         {"practice-wording.toml", "pattern = \"(sexual", "pattern = \"((", "hint"},
		"finds everything":      {"practice-wording.toml", "pattern = \"frigid", "pattern = \"x*|frigid", "finds nothing everywhere"},
		"turned writing":        {"feedback.toml", "Keep, change, drop\"", "Keep, \u202edrop\"", "control characters"},
	} {
		t.Run(name, func(t *testing.T) {
			all := files(t)
			old := string(all[c.file].Data)
			if !strings.Contains(old, c.old) {
				t.Fatalf("%s has no %q", c.file, c.old)
			}
			all[c.file] = &fstest.MapFile{Data: []byte(strings.Replace(old, c.old, c.with, 1))}
			if _, err := Load(all); err == nil || !strings.Contains(err.Error(), c.says) {
				t.Errorf("error %v, want one that says %q", err, c.says)
			}
		})
	}
	if _, err := Load(fstest.MapFS{}); err == nil {
		t.Error("a folder without files was taken")
	}
}

// Whoever is drawn on has a year; a law has its place.
func TestSourcesHaveAYear(t *testing.T) {
	c := english(t)
	lists := map[string][]string{"interview": c.Interview.DrawsOn, "intake": c.Intake.DrawsOn, "check-in": c.CheckIn.DrawsOn, "feedback": c.Feedback.DrawsOn, "wording": c.Wording.DrawsOn}
	for _, t := range []Template{c.SafetyPlan, c.Formulation, c.Plan} {
		lists[t.ID] = t.DrawsOn
	}
	for _, g := range c.Guides {
		if len(g.DrawsOn) > 0 {
			lists[g.ID] = g.DrawsOn
		}
	}
	year := regexp.MustCompile(`\p{L}.* (19|20)\d\d$`)
	for name, all := range lists {
		if len(all) == 0 {
			t.Errorf("%s draws on nobody", name)
		}
		for _, by := range all {
			if !year.MatchString(by) {
				t.Errorf("%s draws on %q, which is no author with a year", name, by)
			}
		}
	}
	law := regexp.MustCompile(`(19|20)\d\d|^45 CFR 164|UK GDPR, articles|the edition in force`)
	for _, j := range c.Jurisdictions() {
		for _, source := range j.Sources {
			if !law.MatchString(source) {
				t.Errorf("%s names %q, which nobody finds", j.ID, source)
			}
		}
	}
}

// Every text has its row in REVIEW.md, until somebody has reviewed it.
func TestEveryTextIsUpForReview(t *testing.T) {
	review, err := os.ReadFile("REVIEW.md")
	if err != nil {
		t.Fatal(err)
	}
	rows := map[string]bool{}
	for _, name := range slices.Sorted(maps.Keys(files(t))) {
		rows[name] = true
	}
	for _, d := range english(t).Documents {
		rows[d.ID] = true
	}
	for row := range rows {
		if n := strings.Count(string(review), "| "+row+" |"); n != 1 {
			t.Errorf("%d rows begin with %q", n, row)
		}
	}
}
