package portable

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
)

// The files of these tests are made up, in the shapes of jrnl's documentation
// ("Formats", "Journal types", "Encryption") and of its test data.

const jrnlSample = `[2026-01-02 09:00 AM] A first line of the @Year. *
It goes on here,
and here, with @two/things and @c++.

[1] is a footnote, and [this] is nothing.

[2026-01-02 11:30 PM] He said "[this] is it".

[2026-01-03 12:15 AM] Only *so happy*

    indented
mail to me@example.org, and @end.
`

func TestJrnlText(t *testing.T) {
	inZone(t, "Europe/Berlin")
	entries, s := read(t, Jrnl, file(t, "journal.txt", []byte(jrnlSample)))
	if len(s.Problems()) > 0 || len(s.Left()) > 0 || s.Total() != 3 {
		t.Errorf("problems %v, left %v, total %d", s.Problems(), s.Left(), s.Total())
	}
	want := []Entry{
		{
			Text: "A first line of the @Year.\n\nIt goes on here,\nand here, with @two/things and @c++.\n\n[1] is a footnote, and [this] is nothing.",
			Tags: []string{"year", "two/things", "c++"}, Starred: true,
			Written: utc("2026-01-02T08:00:00Z"), Zone: "Europe/Berlin", LocalDate: "2026-01-02",
		},
		{Text: `He said "[this] is it".`, Written: utc("2026-01-02T22:30:00Z"), Zone: "Europe/Berlin", LocalDate: "2026-01-02"},
		{
			Text: "Only *so happy*\n\n    indented\nmail to me@example.org, and @end.", Tags: []string{"end"},
			Written: utc("2026-01-02T23:15:00Z"), Zone: "Europe/Berlin", LocalDate: "2026-01-03",
		},
	}
	for i := range entries {
		want[i].SourceID = entries[i].SourceID
	}
	compare(t, entries, want)
}

const jrnlSampleJSON = `{
  "tags": {"@year": 1},
  "entries": [
    {"title": "A first line of the @Year.", "body": "It goes on here,\nand here, with @two/things and @c++.\n\n[1] is a footnote, and [this] is nothing.",
     "date": "2026-01-02", "time": "09:00", "tags": ["@year", "@two/things", "#c++"], "starred": true},
    {"title": "He said \"[this] is it\".", "body": "", "date": "2026-01-02", "time": "23:30", "tags": [], "starred": false, "uuid": "X", "creator": {"os_agent": "y"}},
    {"title": "Only *so happy*", "body": "    indented\nmail to me@example.org, and @end.", "date": "2026-01-03", "time": "00:15", "tags": ["@end"], "starred": false}
  ]
}`

// The same journal as text and as JSON gives the same entries under the same ids:
// whoever brings in both has nothing twice.
func TestJrnlJSON(t *testing.T) {
	inZone(t, "Europe/Berlin")
	want, _ := read(t, Jrnl, file(t, "journal.txt", []byte(jrnlSample)))
	got, s := read(t, Jrnl, file(t, "journal.json", []byte(jrnlSampleJSON)))
	if len(s.Problems()) > 0 || len(s.Left()) > 0 || s.Total() != 3 {
		t.Errorf("problems %v, left %v, total %d", s.Problems(), s.Left(), s.Total())
	}
	compare(t, got, want)
}

func TestJrnlJSONOddities(t *testing.T) {
	inZone(t, "UTC")
	entry := func(fields string) string {
		return `{"title":"T","body":"b","date":"2026-01-02","time":"09:00","tags":[],"starred":false` + fields + `}`
	}
	last := entry(`,"body":"last"`)
	for _, tt := range []struct {
		name, entry string
		kept        bool
		reasons     []string
	}{
		{"nothing odd", entry(""), true, nil},
		{"no time", entry(`,"time":""`), true, nil},
		{"null", `null`, false, []string{reasonKind}},
		{"broken", `{"title":"a",}`, false, []string{reasonBroken}},
		{"no words", entry(`,"title":"","body":" \n"`), false, []string{reasonNoText}},
		{"a title of another kind", entry(`,"title":7`), false, []string{reasonText}},
		{"a body of another kind", entry(`,"body":["a"]`), false, []string{reasonText}},
		{"too long", entry(`,"body":"` + strings.Repeat("a", MaxText) + `"`), false, []string{reasonTooLarge}},
		{"no date", entry(`,"date":null`), false, []string{reasonDate}},
		{"a date of another kind", entry(`,"date":20260102`), false, []string{reasonDate}},
		{"a day that is none", entry(`,"date":"2026-02-31"`), false, []string{reasonDate}},
		{"the year nought", entry(`,"date":"0000-01-01"`), false, []string{reasonDate}},
		{"the year 9999", entry(`,"date":"9999-01-01"`), false, []string{reasonDate}},
		{"a time that is none", entry(`,"time":"25:00"`), false, []string{reasonDate}},
		{"tags of another kind", entry(`,"tags":"@a"`), true, []string{noteField}},
		{"a star of another kind", entry(`,"starred":"yes"`), true, []string{noteField}},
		{"a tag too long", entry(`,"tags":["` + strings.Repeat("x", MaxTag+1) + `"]`), true, []string{noteTags}},
		{"broken UTF-8", entry(",\"body\":\"a\xff\""), true, []string{noteLetter}},
	} {
		entries, s := read(t, Jrnl, file(t, "j.json", []byte(`{"tags":{},"entries":[`+tt.entry+","+last+`]}`)))
		if got := len(entries) == 2; got != tt.kept || entries[len(entries)-1].Text != "T\n\nlast" {
			t.Errorf("%s: entries %+v", tt.name, entries)
		}
		var reasons []string
		for _, p := range s.Problems() {
			reasons = append(reasons, p.Reason)
			if p.Position != 1 || p.Kept != tt.kept {
				t.Errorf("%s: problem %+v", tt.name, p)
			}
		}
		if !slices.Equal(reasons, tt.reasons) {
			t.Errorf("%s: reasons %q, want %q", tt.name, reasons, tt.reasons)
		}
	}
	for name, content := range map[string]string{
		"Day One's": string(journal(sound("A", ""))), "our own": string(ownJSON(ownEntryJSON)), "a list": `[{"title":"a"}]`,
	} {
		s, err := Open(Jrnl, file(t, "j.json", []byte(content)))
		if err == nil {
			s.Close()
		}
		if !errors.Is(err, ErrFormat) {
			t.Errorf("%s journal: %v, want ErrFormat", name, err)
		}
	}
}

func TestJrnlFolder(t *testing.T) {
	inZone(t, "UTC")
	dir := tree(t, map[string]string{
		"2026/01/02.txt": "[2026-01-02 09:00:00 AM] First.\nMore.\n\n[2026-01-02 10:00:00 AM] Second.\n",
		"2026/01/03.txt": "[09:00] A time alone.\n\n[10:00] Another.\n",
		"2026/01/04.txt": "[2025-12-31 09:00] The folder's date stands over this one.\n[09:00] This is talk.\n",
		"2026/01/05.txt": "Without a head.\n\nBut with words.\n",
		"2026/01/06.txt": "Before.\n[2026-01-06 09:00] After.\n",
		"2026/02/31.txt": "no such day", "2026/13/01.txt": "no such month", "2026/01/extra.txt": "x", "top.txt": "x",
		"2026/01/photo.jpg": "x", "2026/01/02.txt~": "x", ".git/2026/01/02.txt": "[2026-01-02 09:00] No.",
		"sub/2026/01/02.txt": "[2026-01-02 09:00] Not at the root.",
	})
	entries, s := read(t, Jrnl, dir)
	var got []string
	for _, e := range entries {
		at := e.LocalDate + " " + e.Written.Format("15:04")
		if e.AllDay {
			at = e.LocalDate
		}
		got = append(got, at+" "+e.Text)
	}
	want := []string{
		"2026-01-02 09:00 First.\n\nMore.", "2026-01-02 10:00 Second.",
		"2026-01-03 09:00 A time alone.", "2026-01-03 10:00 Another.",
		"2026-01-04 09:00 The folder's date stands over this one.\n\n[09:00] This is talk.",
		"2026-01-05 Without a head.\n\nBut with words.",
		"2026-01-06 Before.", "2026-01-06 09:00 After.",
	}
	if !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
	if len(s.Problems()) > 0 || s.Total() != len(want) {
		t.Errorf("problems %v, total %d", s.Problems(), s.Total())
	}
	if want := (Left{LeftOthers: 5, LeftPhotos: 1, LeftFiles: 1}); !maps.Equal(s.Left(), want) {
		t.Errorf("left %v, want %v", s.Left(), want)
	}
}

func TestJrnlEncrypted(t *testing.T) {
	random := make([]byte, 96)
	for i := range random {
		random[i] = byte(i*89 + 200)
	}
	token := "gAAAAABVIHB7tnwKExG7aC5ZbAbBL9SG2oY2GENeoOJ22i1PZigOvCYvrQN3kpsu0KGr7ay5K-_4"
	for name, tt := range map[string]struct {
		content string
		want    error
	}{
		"version 3":                     {"JRNLv3\x00\x30eyJzYWx0IjoiIn0=" + token, ErrEncrypted},
		"version 2":                     {token + strings.Repeat("aB_-9", 1000) + "==", ErrEncrypted},
		"version 1":                     {string(random), ErrEncrypted},
		"random, but not in blocks":     {string(random[:95]), ErrFormat},
		"a picture":                     {"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x10\x00\x00\x00\x10", ErrFormat},
		"words that begin like a token": {"gAAAAA is a strange word", ErrFormat},
		"text without a date":           {"Dear diary\n", ErrFormat},
		"nothing":                       {"", ErrFormat},
		"a zip":                         {"PK\x03\x04", ErrFormat},
	} {
		s, err := Open(Jrnl, file(t, "Dear Sam.txt", []byte(tt.content)))
		if err == nil {
			s.Close()
		}
		if !errors.Is(err, tt.want) || strings.Contains(fmt.Sprint(err), "Sam") {
			t.Errorf("%s: %v, want %v", name, err, tt.want)
		}
	}
}

func TestJrnlOddBytes(t *testing.T) {
	inZone(t, "UTC")
	one := "[2026-01-02 09:00] Café.\nMore.\n"
	want, _ := read(t, Jrnl, file(t, "j.txt", []byte(one)))
	for name, content := range map[string]string{
		"a byte order mark": "\ufeff" + one,
		"Windows lines":     strings.ReplaceAll(one, "\n", "\r\n"),
		"UTF-16":            "\xff\xfe" + wide(one),
		"NUL in the words":  strings.ReplaceAll(one, "More", "Mo\x00re"),
		"no last line end":  strings.TrimSuffix(one, "\n"),
		"blank lines first": "\n\r\n \n" + one,
		"Latin-1":           strings.ReplaceAll(one, "é", "\xe9"),
	} {
		entries, s := read(t, Jrnl, file(t, "j.txt", []byte(content)))
		if !reflect.DeepEqual(entries, want) || s.Total() != 1 {
			t.Errorf("%s: %+v of %d, want %+v", name, entries, s.Total(), want)
		}
		var notes []string
		for _, p := range s.Problems() {
			notes = append(notes, p.Reason)
		}
		if name == "Latin-1" && !slices.Equal(notes, []string{noteWestern}) || name != "Latin-1" && notes != nil {
			t.Errorf("%s: notes %q", name, notes)
		}
	}
	// One entry that is not in UTF-8 does not spoil the others.
	entries, _ := read(t, Jrnl, file(t, "j.txt", []byte("[2026-01-02 09:00] é\n\n[2026-01-03 09:00] \xe9\n")))
	if len(entries) != 2 || entries[0].Text != "é" || entries[1].Text != "é" {
		t.Errorf("%+v", entries)
	}
}

func TestJrnlBadEntriesAreReportedByPosition(t *testing.T) {
	inZone(t, "UTC")
	text := "Before the first date.\n[2026-01-01 09:00] Sound.\n[2026-02-31 09:00] Dear Sam.\n[2026-01-02 09:00] \n" +
		"[2026-01-01 09:00] Sound.\n[2026-01-03 09:00]\nBelow.\n[2026-01-04 09:00] " + strings.Repeat("a", MaxText+1) +
		"\n[2026-01-05 09:00] " + strings.Repeat("b", 3*MaxText) + "\n[2026-01-06 09:00] Last.\n"
	entries, s := read(t, Jrnl, file(t, "j.txt", []byte(text)))
	var texts []string
	for _, e := range entries {
		texts = append(texts, e.Text)
	}
	if !slices.Equal(texts, []string{"Sound.", "Below.", "Last."}) {
		t.Errorf("%.200q", texts)
	}
	want := []Problem{
		refused(1, reasonNoDate), refused(3, reasonDate), refused(4, reasonNoText),
		refused(5, reasonRepeated), refused(7, reasonTooLarge), refused(8, reasonTooLarge),
	}
	if !slices.Equal(s.Problems(), want) || s.Total() != 9 {
		t.Errorf("problems %+v of %d", s.Problems(), s.Total())
	}
}

func TestJrnlIDs(t *testing.T) {
	inZone(t, "UTC")
	id := func(text string) string {
		entries, _ := read(t, Jrnl, file(t, "j.txt", []byte(text)))
		return entries[0].SourceID
	}
	first := id("[2026-01-02 09:00] Title.\nBody of words.\n")
	for _, same := range []string{
		"[2026-01-02 09:00] Title.\n\nBody of  words.\n\n", "[2026-01-02 09:00:31 AM] Title. Body of words.", "[02.01.2026 09:00] Title. *\nBody of words.",
	} {
		if id(same) != first {
			t.Errorf("%q has another id", same)
		}
	}
	for _, other := range []string{"[2026-01-02 09:01] Title.\nBody of words.\n", "[2026-01-02 09:00] Title.\nBody of word.\n"} {
		if id(other) == first {
			t.Errorf("%q has the same id", other)
		}
	}
}

func TestJrnlCancelled(t *testing.T) { cancelled(t, Jrnl, file(t, "j.txt", []byte(jrnlSample))) }

// cancelled holds a source to what TestClosedAndCancelled says of Day One's.
func cancelled(t *testing.T, format, path string) {
	t.Helper()
	whole, _ := read(t, format, path)
	s, err := Open(format, path)
	if err != nil {
		t.Fatal(err)
	}
	gone, cancel := context.WithCancel(context.Background())
	cancel()
	var entries []Entry
	for i := range whole {
		if _, err := s.Next(gone); !errors.Is(err, context.Canceled) {
			t.Fatalf("cancelled before entry %d: %v", i+1, err)
		}
		e, err := s.Next(context.Background())
		if err != nil {
			t.Fatal(err)
		}
		entries = append(entries, e)
	}
	compare(t, entries, whole)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Next(context.Background()); err == nil {
		t.Error("a closed source gives entries")
	}
}

// A hundred mebibytes on one line cost no more memory than one entry may have.
func TestOneEndlessLine(t *testing.T) {
	inZone(t, "UTC")
	for _, tt := range []struct{ format, name, before, after string }{
		{Jrnl, "j.txt", "[2026-01-01 09:00] First.\n[2026-01-02 09:00] ", "\n[2026-01-03 09:00] Last.\n"},
		{RedNotebook, "2026-01.txt", "1: {text: First.}\n2: {text: ", "}\n3: {text: Last.}\n"},
	} {
		path := filepath.Join(t.TempDir(), tt.name)
		endless(t, path, tt.before, tt.after)
		var entries []Entry
		var s Source
		if grown := allocated(func() { entries, s = read(t, tt.format, path) }); grown > 32<<20 {
			t.Errorf("%s: %d bytes allocated", tt.format, grown)
		}
		if len(entries) != 2 || entries[1].Text != "Last." || !slices.Equal(s.Problems(), []Problem{refused(2, reasonTooLarge)}) {
			t.Errorf("%s: %d entries, %v", tt.format, len(entries), s.Problems())
		}
		// Zeros hold nothing.
		for _, size := range []int64{0, 100 << 20} {
			if err := os.Truncate(path, size); err != nil {
				t.Fatal(err)
			}
		}
		grown := allocated(func() {
			s, err := Open(tt.format, path)
			if err == nil {
				defer s.Close()
				entries, err = rest(s)
			}
			if len(entries) > 0 && !errors.Is(err, ErrFormat) {
				t.Errorf("%s, zeros: %d entries, %v", tt.format, len(entries), err)
			}
		})
		if grown > 32<<20 {
			t.Errorf("%s: %d bytes allocated for zeros", tt.format, grown)
		}
	}
}

func endless(t *testing.T, path, before, after string) {
	t.Helper()
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	line := strings.Repeat("word ", 1<<18)
	_, err = f.WriteString(before)
	for range 100 << 20 / len(line) {
		if err == nil {
			_, err = f.WriteString(line)
		}
	}
	if err == nil {
		_, err = f.WriteString(after)
	}
	if err := errors.Join(err, f.Close()); err != nil {
		t.Fatal(err)
	}
}
