package portable

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"
)

// A schemaJudge validates by the keywords of JSON Schema 2020-12 that our schema
// uses (Core and Validation, https://json-schema.org/draft/2020-12), and holds
// format to be a demand. A keyword that it does not know is a mistake of its own.
type schemaJudge struct {
	root     map[string]any
	mistakes []string
}

func (j *schemaJudge) complain(at, format string, args ...any) {
	j.mistakes = append(j.mistakes, at+": "+fmt.Sprintf(format, args...))
}

// apply holds a value to a schema.
func (j *schemaJudge) apply(schema map[string]any, value any, at string) {
	for keyword, rule := range schema {
		switch keyword {
		case "$schema", "$id", "$defs", "title", "description":
		case "$ref":
			name, inside := strings.CutPrefix(rule.(string), "#/$defs/")
			target, there := j.root["$defs"].(map[string]any)[name].(map[string]any)
			if !inside || !there {
				j.complain(at, "there is no %v", rule)
				continue
			}
			j.apply(target, value, at)
		case "type":
			if kind := kindOf(value); kind != rule {
				j.complain(at, "is of type %s, not %v", kind, rule)
			}
		case "const":
			if !reflect.DeepEqual(value, rule) {
				j.complain(at, "is not %v", rule)
			}
		case "required", "properties", "additionalProperties":
			if object, ok := value.(map[string]any); ok {
				j.object(keyword, rule, schema, object, at)
			}
		case "items", "uniqueItems", "minItems":
			if list, ok := value.([]any); ok {
				j.list(keyword, rule, list, at)
			}
		case "pattern", "format", "minLength", "maxLength":
			if text, ok := value.(string); ok {
				j.text(keyword, rule, text, at)
			}
		default:
			j.complain(at, "the keyword %s is not known", keyword)
		}
	}
}

func kindOf(value any) string {
	switch value.(type) {
	case map[string]any:
		return "object"
	case []any:
		return "array"
	case string:
		return "string"
	case bool:
		return "boolean"
	case float64:
		return "number"
	}
	return "null"
}

func (j *schemaJudge) object(keyword string, rule any, schema, object map[string]any, at string) {
	switch keyword {
	case "required":
		for _, name := range rule.([]any) {
			if _, there := object[name.(string)]; !there {
				j.complain(at, "has no %v", name)
			}
		}
	case "properties":
		for name, inner := range rule.(map[string]any) {
			if value, there := object[name]; there {
				j.apply(inner.(map[string]any), value, at+"."+name)
			}
		}
	case "additionalProperties":
		if rule != false {
			j.complain(at, "additionalProperties is judged only if it is false")
		}
		for name := range object {
			if _, there := schema["properties"].(map[string]any)[name]; !there {
				j.complain(at, "has %s", name)
			}
		}
	}
}

func (j *schemaJudge) list(keyword string, rule any, list []any, at string) {
	switch keyword {
	case "items":
		for i, item := range list {
			j.apply(rule.(map[string]any), item, fmt.Sprintf("%s[%d]", at, i))
		}
	case "minItems":
		if len(list) < int(rule.(float64)) {
			j.complain(at, "has %d items", len(list))
		}
	case "uniqueItems":
		for i, item := range list {
			if rule == true && slices.ContainsFunc(list[:i], func(other any) bool { return reflect.DeepEqual(item, other) }) {
				j.complain(at, "has item %d twice", i)
			}
		}
	}
}

func (j *schemaJudge) text(keyword string, rule any, text, at string) {
	switch keyword {
	case "pattern":
		// In the expressions of JSON Schema (ECMA-262) a character class is written
		// \u0000, and . is any character of one line.
		pattern := strings.ReplaceAll(rule.(string), `\u0000`, `\x00`)
		if !regexp.MustCompile(pattern).MatchString(text) {
			j.complain(at, "%.40q does not fit %v", text, rule)
		}
	case "minLength", "maxLength":
		n, bound := utf8.RuneCountInString(text), int(rule.(float64))
		if keyword == "minLength" && n < bound || keyword == "maxLength" && n > bound {
			j.complain(at, "has %d characters", n)
		}
	case "format":
		layout := map[any]string{"date": time.DateOnly, "date-time": time.RFC3339Nano}[rule]
		if _, err := time.Parse(layout, text); layout == "" || err != nil {
			j.complain(at, "%q is no %v", text, rule)
		}
	}
}

// judge holds a JSON text to the schema that Ebb gives away.
func judge(t *testing.T, document []byte) []string {
	t.Helper()
	var j schemaJudge
	var value any
	if err := json.Unmarshal(schema, &j.root); err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(document, &value); err != nil {
		t.Fatal(err)
	}
	j.apply(j.root, value, "journal")
	return j.mistakes
}

// exported writes entries as JSON and returns it.
func exported(t *testing.T, entries []Entry) []byte {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "out")
	if _, err := ExportJSON(context.Background(), dir, sequence(entries)); err != nil {
		t.Fatal(err)
	}
	document, err := os.ReadFile(filepath.Join(dir, "journal.json"))
	if err != nil {
		t.Fatal(err)
	}
	return document
}

func TestExportsFitTheSchema(t *testing.T) {
	fromDayOne, _ := read(t, DayOne, sample)
	for name, entries := range map[string][]Entry{
		"nothing": nil, "Day One's": fromDayOne, "hard ones": hardEntries(), "many words": wordyEntries(),
		"odd ones": {
			{SourceID: "a", Text: "a\xffb\x00c", Tags: []string{"", " x\xff ", "x\uFFFD", "a\nb"}, Moods: []string{" "}, Zone: "no zone", Written: utc("2026-03-04T10:00:00Z"), LocalDate: "someday"},
			{SourceID: "b", Text: "x", Written: time.Date(1000, 1, 1, 0, 0, 0, 1, time.FixedZone("", 3600*5+1800)).AddDate(1, 0, 0), LocalDate: "1001-01-01"},
		},
	} {
		if mistakes := judge(t, exported(t, entries)); len(mistakes) > 0 {
			t.Errorf("%s: %q", name, mistakes)
		}
	}
}

// wordyEntries have more tags and moods, and longer ones, than an import from
// elsewhere takes in.
func wordyEntries() []Entry {
	e := Entry{SourceID: "wordy", Text: "x", Written: utc("2026-03-04T10:00:00Z"), LocalDate: "2026-03-04", Starred: true}
	for i := range 3 * MaxTags {
		e.Tags = append(e.Tags, fmt.Sprintf("tag %d", i))
		e.Moods = append(e.Moods, fmt.Sprintf("mood %d %s", i, strings.Repeat("ü", MaxTag)))
	}
	return []Entry{e}
}

func TestEveryWordComesBack(t *testing.T) {
	want := wordyEntries()
	for _, x := range exports {
		dir := filepath.Join(t.TempDir(), "out")
		if _, err := x.write(context.Background(), dir, sequence(want)); err != nil {
			t.Fatal(err)
		}
		got, s := read(t, x.format, dir)
		compare(t, got, want)
		if len(s.Problems()) > 0 {
			t.Errorf("%s: %v", x.format, s.Problems())
		}
	}
}

// The schema refuses what an import would not take for ours.
func TestTheSchemaRefuses(t *testing.T) {
	sound := `{"id":"a","written":"2026-03-04T10:00:00.5Z","zone":"Europe/Berlin","localDate":"2026-03-04","allDay":true,"starred":false,` +
		`"moods":["calm"],"tags":["us","a b"],"created":"2026-03-04T10:00:00Z","edited":"2026-03-04T10:00:00Z","text":"words"}`
	if mistakes := judge(t, ownJSON(sound, ownEntryJSON)); len(mistakes) > 0 {
		t.Fatalf("a sound journal: %q", mistakes)
	}
	for _, change := range []string{
		`"id":""`, `"id":"a b"`, `"id":7`, `"written":"2026-03-04"`, `"written":"2026-03-04T10:00:00+01:00"`, `"written":"2026-02-31T10:00:00Z"`, `"written":null`,
		`"zone":"/etc"`, `"zone":""`, `"localDate":"2026-02-31"`, `"localDate":"4 March"`, `"allDay":1`, `"starred":"yes"`, `"moods":"calm"`, `"moods":[]`,
		`"moods":[7]`, `"tags":["a","a"]`, `"tags":[""]`, `"tags":[" a"]`, `"tags":["a\nb"]`, `"created":""`, `"edited":"soon"`, `"text":["a"]`, `"text":"a\u0000"`, `"weather":"grey"`,
	} {
		entry := strings.TrimSuffix(sound, "}") + "," + change + "}" // the later of two names holds
		if mistakes := judge(t, ownJSON(entry)); len(mistakes) == 0 {
			t.Errorf("%s passes", change)
		}
	}
	for _, document := range []string{
		`[]`, `{}`, `{"format":"ebb-journal","version":1}`, `{"format":"ebb-journal","version":2,"entries":[]}`, `{"format":"diary","version":1,"entries":[]}`,
		`{"format":"ebb-journal","version":1,"entries":{}}`, `{"format":"ebb-journal","version":1,"entries":[],"more":1}`, `{"format":"ebb-journal","version":1,"entries":[{}]}`,
	} {
		if mistakes := judge(t, []byte(document)); len(mistakes) == 0 {
			t.Errorf("%s passes", document)
		}
	}
}

// The schema names every field of a record and no other, describes each, and asks
// for those that are always written.
func TestSchemaFitsTheRecord(t *testing.T) {
	var doc struct {
		Schema string `json:"$schema"`
		Defs   struct {
			Entry struct {
				Required   []string
				Properties map[string]struct{ Description string }
			}
		} `json:"$defs"`
	}
	if err := json.Unmarshal(schema, &doc); err != nil {
		t.Fatal(err)
	}
	if doc.Schema != "https://json-schema.org/draft/2020-12/schema" {
		t.Errorf("it is of the dialect %q", doc.Schema)
	}
	fields, always := map[string]any{}, []string{}
	for i := range reflect.TypeFor[record]().NumField() {
		name, option, _ := strings.Cut(reflect.TypeFor[record]().Field(i).Tag.Get("json"), ",")
		fields[name] = nil
		if option == "" {
			always = append(always, name)
		}
	}
	if got, want := slices.Sorted(maps.Keys(doc.Defs.Entry.Properties)), slices.Sorted(maps.Keys(fields)); !slices.Equal(got, want) {
		t.Errorf("the schema has %q, the record %q", got, want)
	}
	for name, field := range doc.Defs.Entry.Properties {
		if field.Description == "" {
			t.Errorf("%s is not described", name)
		}
	}
	slices.Sort(always)
	slices.Sort(doc.Defs.Entry.Required)
	if !slices.Equal(always, doc.Defs.Entry.Required) {
		t.Errorf("the schema requires %q, the record always has %q", doc.Defs.Entry.Required, always)
	}
}
