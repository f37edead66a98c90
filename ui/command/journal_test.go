package command

import (
	"archive/zip"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/BurntSushi/toml"
	"github.com/rogpeppe/go-internal/testscript"
)

// textOf reads a text of the catalogue from its file, up to its first field. Of a
// plural the form for many is taken.
func textOf(ts *testscript.TestScript, key string) string {
	area, _, _ := strings.Cut(key, ".")
	var tree map[string]any
	if _, err := toml.DecodeFile("../lang/en/"+area+".toml", &tree); err != nil {
		ts.Fatalf("the catalogue %s: %v", area, err)
	}
	var at any = tree
	for part := range strings.SplitSeq(key, ".") {
		table, ok := at.(map[string]any)
		if !ok || table[part] == nil {
			ts.Fatalf("there is no text %s", key)
		}
		at = table[part]
	}
	if table, ok := at.(map[string]any); ok {
		at = table["other"]
	}
	text, _, _ := strings.Cut(at.(string), "{{")
	return text
}

// zipFile ZIP FILE… packs files under their last names.
func zipFile(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: zip ZIP FILE...")
	}
	f, err := os.Create(ts.MkAbs(args[0]))
	ts.Check(err)
	z := zip.NewWriter(f)
	for _, name := range args[1:] {
		w, err := z.Create(filepath.Base(name))
		ts.Check(err)
		_, err = w.Write([]byte(ts.ReadFile(name)))
		ts.Check(err)
	}
	ts.Check(z.Close())
	ts.Check(f.Close())
}

// fields FILE NAME… holds a JSON object to exactly these fields; a name such as
// drawers[].role is that of a field in every element of a list, and entries.all one in an object.
func fields(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: fields FILE NAME...")
	}
	var object map[string]any
	ts.Check(json.Unmarshal([]byte(ts.ReadFile(args[0])), &object))
	found := map[string]bool{}
	collect("", object, found)
	want := slices.Sorted(slices.Values(args[1:]))
	if got := slices.Sorted(maps.Keys(found)); !slices.Equal(got, want) {
		ts.Fatalf("the fields are %q, want %q", got, want)
	}
}

func collect(prefix string, object map[string]any, found map[string]bool) {
	for name, value := range object {
		found[prefix+name] = true
		if inner, ok := value.(map[string]any); ok {
			collect(prefix+name+".", inner, found)
		}
		list, _ := value.([]any)
		for _, element := range list {
			if inner, ok := element.(map[string]any); ok {
				collect(prefix+name+"[].", inner, found)
			}
		}
	}
}

// remember NAME FOLDER notes every byte in a folder.
func remember(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: remember NAME FOLDER")
	}
	ts.Setenv("remembered_"+args[0], fingerprint(ts, ts.MkAbs(args[1])))
}

// same NAME FOLDER: every byte in the folder is what it was. With ! something
// changed.
func same(ts *testscript.TestScript, neg bool, args []string) {
	if len(args) != 2 {
		ts.Fatalf("usage: [!] same NAME FOLDER")
	}
	was, is := ts.Getenv("remembered_"+args[0]), fingerprint(ts, ts.MkAbs(args[1]))
	if was == "" {
		ts.Fatalf("nothing is remembered as %s", args[0])
	}
	if (was == is) == neg {
		ts.Fatalf("then %s, now %s", was, is)
	}
}

func fingerprint(ts *testscript.TestScript, dir string) string {
	var all []string
	ts.Check(filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			all = append(all, path)
			return err
		}
		data, err := os.ReadFile(path)
		all = append(all, fmt.Sprintf("%s:%x", path, sha256.Sum256(data)))
		return err
	}))
	return fmt.Sprintf("%d:%x", len(all), sha256.Sum256([]byte(strings.Join(all, "\n"))))
}

// The texts of the sample, as their author wrote them: without Day One's
// backslashes, and without the pictures. They are found by how they begin.
var sampleTexts = map[string]string{
	"\uFFFCA picture": "A picture was here. [a link](https://example.org) and **bold** and *soft*.",
	"# A slow":        "# A slow morning\n\nWe had tea on the balcony.. nothing planned, nothing owed.",
	"Tired week":      "Tired week. Work, the dentist, no sleep.\n\nStill: soup was made.",
	"Short one":       "Short one.",
	"# Table":         "# Table\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n```\ncode \\ stays\n```",
	"# Ça va":         "# Ça va 😊 ❤️ 🏳️\u200d🌈\n\nÉté, naïve, Straße, İstanbul, ﬁ ligature, 日本語, עברית.",
	"# Walk by":       "# Walk by the canal\n\n- cold hands\n- warm talk\n\n> I noticed I was listening.\n\n1. one\n2. two",
}

const onlyRichText = "Only rich text here. It counts."

// dayone SAMPLE EXPORT: the journal that was exported is the sample that was
// brought in: every entry but the two broken ones, its text without the escapes,
// its moment, zone, calendar day, tags and star.
func sameAsDayOne(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: dayone SAMPLE EXPORT")
	}
	var from struct {
		Entries []struct {
			UUID, CreationDate, TimeZone, Text, RichText string
			Starred, IsAllDay                            bool
			Tags                                         []string
		}
	}
	type record struct {
		ID, Written, Zone, LocalDate, Text string
		Starred, AllDay                    bool
		Tags                               []string
	}
	var to struct{ Entries []record }
	ts.Check(json.Unmarshal([]byte(ts.ReadFile(args[0])), &from))
	ts.Check(json.Unmarshal([]byte(ts.ReadFile(args[1])), &to))
	exported := map[string]record{}
	for _, r := range to.Entries {
		exported[strings.ToLower(r.ID)] = r
	}
	if len(exported) != len(to.Entries) || len(exported) != len(from.Entries)-2 {
		ts.Fatalf("%d entries with %d ids, of %d", len(to.Entries), len(exported), len(from.Entries))
	}
	for i, e := range from.Entries {
		r, there := exported[strings.ToLower("dayone:"+e.UUID)]
		written, err := time.Parse(time.RFC3339, e.CreationDate)
		if err != nil || e.Text+e.RichText == "" {
			if there {
				ts.Fatalf("entry %d is broken, and here", i+1)
			}
			continue
		}
		text := onlyRichText
		for begin, whole := range sampleTexts {
			if strings.HasPrefix(e.Text, begin) {
				text = whole
			}
		}
		zone, err := time.LoadLocation(e.TimeZone)
		ts.Check(err)
		switch {
		case !there:
			ts.Fatalf("entry %d is not here", i+1)
		case r.Text != text:
			ts.Fatalf("entry %d reads %q, want %q", i+1, r.Text, text)
		case r.Written != e.CreationDate || r.Zone != e.TimeZone || r.LocalDate != written.In(zone).Format(time.DateOnly):
			ts.Fatalf("entry %d is of %s in %s on %s", i+1, r.Written, r.Zone, r.LocalDate)
		case !slices.Equal(r.Tags, e.Tags) || r.Starred != e.Starred || r.AllDay != e.IsAllDay:
			ts.Fatalf("entry %d has tags %q, star %v, all day %v", i+1, r.Tags, r.Starred, r.AllDay)
		}
	}
}

// demo-journal EXPORT AUTHOR: the entries are those of one author of the demo,
// over three months, and vary.
func demoJournal(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: demo-journal EXPORT AUTHOR")
	}
	var journal struct {
		Entries []struct {
			ID, LocalDate, Text string
			Moods, Tags         []string
		}
	}
	ts.Check(json.Unmarshal([]byte(ts.ReadFile(args[0])), &journal))
	texts, days, moods := map[string]bool{}, map[string]bool{}, map[string]bool{}
	for _, e := range journal.Entries {
		if !strings.HasPrefix(e.ID, "demo:"+args[1]+":") {
			ts.Fatalf("an entry of %s in the journal of %s", e.ID, args[1])
		}
		texts[e.Text], days[e.LocalDate] = true, true
		for _, m := range e.Moods {
			moods[m] = true
		}
	}
	all := slices.Sorted(maps.Keys(days))
	if len(texts) < 30 || len(texts) != len(journal.Entries) || len(days) < 25 || len(moods) < 10 {
		ts.Fatalf("%d entries, %d texts, %d days, %d moods", len(journal.Entries), len(texts), len(days), len(moods))
	}
	first, err := time.Parse(time.DateOnly, all[0])
	ts.Check(err)
	last, err := time.Parse(time.DateOnly, all[len(all)-1])
	ts.Check(err)
	if span := last.Sub(first); span < 80*24*time.Hour || span > 93*24*time.Hour {
		ts.Fatalf("from %s to %s", all[0], all[len(all)-1])
	}
}
