package portable

import (
	"bytes"
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

// The files of these tests are made up, in the shapes that RedNotebook's source
// gives them: PyYAML's block style, and its older one with braces for what is
// innermost.

const redSample = `2:
  Ideas: null
  Todo:
    'call: **Sam**': null
    soup: null
  text: "A **slow** day. #Us and #tea\n\n[\"\"/home/sam/tea\"\".jpg?300]\n\n- cups\n\
    - leaves"
13: {text: one line}
14: {Tags: {rain: null, walk: null}, text: 'It''s late: we went

    home.'}
31:
  Cinema:
    A film: null
  text: ''
`

func TestRedNotebook(t *testing.T) {
	inZone(t, "Europe/Berlin")
	dir := tree(t, map[string]string{
		"2026-01.txt": redSample, "2026-07.txt": "4:\n  text: Summer.\n", "2026-02.txt": "{}\n", "2026-03.txt": "",
		"2026-04.txt": "# a note\n---\n5:\n  text: x\n", "2026-01.old.txt": "x", "2026-13.txt": "1: {text: x}", "notes.md": "x", "tea.jpg": "x", "sub/2026-05.txt": "1: {text: x}",
	})
	entries, s := read(t, RedNotebook, dir)
	at := func(day, clock string) Entry {
		return Entry{Written: utc(day + "T" + clock + ":00Z"), Zone: "Europe/Berlin", LocalDate: day, AllDay: true}
	}
	want := []Entry{at("2026-01-02", "11:00"), at("2026-01-13", "11:00"), at("2026-01-14", "11:00"), at("2026-01-31", "11:00"), at("2026-04-05", "10:00"), at("2026-07-04", "10:00")}
	want[0].Text = "A **slow** day. #Us and #tea\n\n- cups\n- leaves\n\n---\n\n- Todo\n    - call: **Sam**\n    - soup"
	want[0].Tags = []string{"Ideas", "Todo", "us", "tea"}
	want[1].Text = "one line"
	want[2].Text, want[2].Tags = "It's late: we went\nhome.", []string{"rain", "walk"}
	want[3].Text, want[3].Tags = "- Cinema\n    - A film", []string{"Cinema"}
	want[4].Text, want[5].Text = "x", "Summer."
	for i := range entries {
		want[i].SourceID = entries[i].SourceID
	}
	compare(t, entries, want)
	if len(s.Problems()) > 0 || s.Total() != len(want) {
		t.Errorf("problems %v, total %d", s.Problems(), s.Total())
	}
	if want := (Left{LeftPhotos: 2, LeftOthers: 4}); !maps.Equal(s.Left(), want) {
		t.Errorf("left %v, want %v", s.Left(), want)
	}

	// Its backup, and one month alone, give the same.
	zipped := packed(t, "2026-01.txt", redSample, "2026-07.txt", "4:\n  text: Summer.\n", "tea.jpg", "x", "2026-04.txt", "5: {text: x}")
	again, s := read(t, RedNotebook, file(t, "RedNotebook-Backup.zip", zipped))
	compare(t, again, entries)
	if want := (Left{LeftPhotos: 2}); !maps.Equal(s.Left(), want) {
		t.Errorf("left %v, want %v", s.Left(), want)
	}
	again, _ = read(t, RedNotebook, file(t, "2026-01.txt", []byte(redSample)))
	compare(t, again, entries[:4])
}

func TestRedNotebookDays(t *testing.T) {
	inZone(t, "UTC")
	for _, tt := range []struct {
		name, yaml string
		text       string
		tags       []string
		reason     string // of a day that is refused
		notes      []string
	}{
		{"text without a mapping", "1: words", "words", nil, "", nil},
		{"a number", "1: {text: 0123}", "0123", nil, "", nil},
		{"a literal block", "1:\n  text: |\n    a\n    b\n", "a\nb", nil, "", nil},
		{"quotes around the day", "'1': {text: x}", "x", nil, "", nil},
		{"a category that is a list", "1: {text: x, Todo: [a, b]}", "x\n\n---\n\n- Todo\n    - a\n    - b", []string{"Todo"}, "", nil},
		{"a category that is a word", "1: {text: x, Mood: calm}", "x\n\n---\n\n- Mood\n    - calm", []string{"Mood"}, "", nil},
		{"a category inside a category", "1: {text: x, A: {b: {c: null}}}", "x\n\n---\n\n- A\n    - b", []string{"A"}, "", []string{noteField}},
		{"a name that is a list", "1: {text: x, [a]: null}", "x", nil, "", []string{noteField}},
		{"text twice", "1: {text: x, text: y}", "y", nil, "", []string{noteField}},
		{"too many tags", "1: {text: '" + manyTags() + "'}", "", nil, "", []string{noteTags}},
		{"Latin-1", "1: {text: caf\xe9}", "café", nil, "", []string{noteWestern}},
		{"NUL", "1: {text: a\x00b}", "ab", nil, "", nil},
		{"a Python tag", "1: {text: !!python/unicode 'x'}", "x", nil, "", nil},
		{"an anchor without alias", "1: &a {text: x}", "x", nil, "", nil},

		{"no text", "1: {text: ''}", "", nil, reasonNoText, nil},
		{"nothing", "1:", "", nil, reasonNoText, nil},
		{"white space of every kind", `1: {text: "\_\N\t\n\u2008\u3000"}`, "", nil, reasonNoText, nil},
		{"white space and a category", `1: {text: "\_", Todo: null}`, "- Todo", []string{"Todo"}, "", nil},
		{"white space around words", `1: {text: "\_a\_"}`, "\u00a0a\u00a0", nil, "", nil},
		{"only a picture", "1: {text: '[\"\"a\"\".png]'}", "", nil, reasonOnlyMedia, nil},
		{"a day that is a list", "1: [a]", "", nil, reasonText, nil},
		{"a text that is a list", "1: {text: [a]}", "", nil, reasonText, nil},
		{"a text too long", "1: {text: " + strings.Repeat("a", MaxText+1) + "}", "", nil, reasonTooLarge, nil},
		{"a day too long", "1: {text: " + strings.Repeat("a", maxDay) + "}", "", nil, reasonTooLarge, nil},
		{"the day nought", "0: {text: x}", "", nil, reasonDate, nil},
		{"a day beyond the month", "31: {text: x}", "", nil, reasonDate, nil},
		{"a day of three figures", "1: {text: x}\n100: {text: y}", "", nil, reasonYAML, nil},
		{"YAML that breaks off", "1: {text: x", "", nil, reasonYAML, nil},
		{"a quote that breaks off", "1:\n  text: 'x\n", "", nil, reasonYAML, nil},
		{"a tab for spaces", "1:\n\ttext: x\n", "", nil, reasonYAML, nil},
		{"two documents", "1: {text: x}\n---\nmore: y\n", "", nil, reasonYAML, nil},
		{"an alias", "1: {text: &a x, A: *a}", "", nil, reasonYAML, nil},
		{"an alias to itself", "1: &a {text: x, A: *a}", "", nil, reasonYAML, nil},
	} {
		content := tt.yaml + "\n2: {text: last}\n"
		entries, s := read(t, RedNotebook, file(t, "2026-02.txt", []byte(content)))
		if len(entries) == 0 || entries[len(entries)-1].Text != "last" {
			t.Errorf("%s: the next day is lost: %+v", tt.name, s.Problems())
			continue
		}
		if tt.reason != "" {
			if want := []Problem{refused(1, tt.reason)}; !slices.Equal(s.Problems(), want) || len(entries) != 1 {
				t.Errorf("%s: problems %+v, want %+v", tt.name, s.Problems(), want)
			}
			continue
		}
		if len(entries) != 2 || tt.text != "" && entries[0].Text != tt.text || tt.text != "" && !slices.Equal(entries[0].Tags, tt.tags) {
			t.Errorf("%s: %+v", tt.name, entries)
		}
		var notes []string
		for _, p := range s.Problems() {
			notes = append(notes, p.Reason)
		}
		if !slices.Equal(notes, tt.notes) {
			t.Errorf("%s: notes %q, want %q", tt.name, notes, tt.notes)
		}
	}
}

func manyTags() string {
	var b strings.Builder
	for i := range MaxTags + 1 {
		fmt.Fprintf(&b, "#tag%d ", i)
	}
	return b.String()
}

// Small files that a parser of YAML would make huge of.
func TestRedNotebookBombs(t *testing.T) {
	inZone(t, "UTC")
	laughs := "1:\n  a: &a [x,x,x,x,x,x,x,x,x]\n"
	for c := 'b'; c < 'k'; c++ {
		laughs += fmt.Sprintf("  %c: &%c [*%c,*%c,*%c,*%c,*%c,*%c,*%c,*%c]\n", c, c, c-1, c-1, c-1, c-1, c-1, c-1, c-1, c-1)
	}
	for name, content := range map[string]string{
		"laughs":        laughs,
		"brackets":      "1: " + strings.Repeat("[", 60_000),
		"closed ones":   "1: " + strings.Repeat("[", 9_000) + strings.Repeat("]", 9_000),
		"braces":        "1: " + strings.Repeat("{a: ", 9_000),
		"dashes":        "1:\n " + strings.Repeat("- ", 60_000),
		"questions":     "1:\n " + strings.Repeat("? ", 60_000),
		"a long list":   "1: [" + strings.Repeat("a,", maxDay/2-8) + "a]",
		"many names":    "1: {" + strings.Repeat("a: ,", maxDay/4-8) + "}",
		"many items":    "1:\n" + strings.Repeat("- \n", maxDay/3-8),
		"items by tabs": "1:\n" + strings.Repeat("-\t\n", maxDay/3-8),
		"a merge":       "1: {<<: *a, text: x}",
	} {
		path := file(t, "2026-01.txt", []byte(content+"\n2: {text: last}\n"))
		var entries []Entry
		var s Source
		if grown := allocated(func() { entries, s = read(t, RedNotebook, path) }); grown > 48<<20 {
			t.Errorf("%s: %d bytes allocated for %d", name, grown, len(content))
		}
		if len(entries) != 1 || entries[0].Text != "last" || len(s.Problems()) != 1 || s.Problems()[0].Kept {
			t.Errorf("%s: %d entries, %+v", name, len(entries), s.Problems())
		}
	}
	// The fullest day that is not refused for it.
	full := "1:\n" + strings.Repeat(" a:\n", maxDay/32-8)
	if grown := allocated(func() { read(t, RedNotebook, file(t, "2026-01.txt", []byte(full))) }); grown > 160<<20 {
		t.Errorf("%d bytes allocated for %d", grown, len(full))
	}
}

func TestRedNotebookOddBytes(t *testing.T) {
	inZone(t, "UTC")
	plain := redSample
	want, _ := read(t, RedNotebook, file(t, "2026-01.txt", []byte(plain)))
	for name, content := range map[string]string{
		"a byte order mark": "\ufeff" + plain,
		"Windows lines":     strings.ReplaceAll(plain, "\n", "\r\n"),
		"UTF-16":            "\xff\xfe" + wide(plain),
		"no last line end":  strings.TrimSuffix(plain, "\n"),
		"a marked document": "%YAML 1.1\n---\n" + plain + "...\n",
	} {
		got, s := read(t, RedNotebook, file(t, "2026-01.txt", []byte(content)))
		if !reflect.DeepEqual(got, want) || len(s.Problems()) > 0 || s.Total() != len(want) {
			t.Errorf("%s: %+v of %d, %v", name, got, s.Total(), s.Problems())
		}
	}
}

func TestRedNotebookOfAnotherKind(t *testing.T) {
	inZone(t, "UTC")
	for name, tt := range map[string]struct {
		path string
		want error
	}{
		"an empty folder":       {t.TempDir(), ErrFormat},
		"a folder of notes":     {tree(t, map[string]string{"a.md": "x"}), ErrFormat},
		"a file without month":  {file(t, "Dear Sam.txt", []byte(redSample)), ErrFormat},
		"a zip without months":  {file(t, "b.zip", packed(t, "a.txt", "x")), ErrFormat},
		"a device":              {os.DevNull, ErrFormat},
		"nothing there":         {filepath.Join(t.TempDir(), "Sam"), os.ErrNotExist},
		"a zip that is cut off": {file(t, "c.zip", packed(t, "2026-01.txt", redSample)[:60]), ErrDamaged},
	} {
		s, err := Open(RedNotebook, tt.path)
		if err == nil {
			s.Close()
		}
		if !errors.Is(err, tt.want) || strings.Contains(fmt.Sprint(err), "Sam") {
			t.Errorf("%s: %v, want %v", name, err, tt.want)
		}
	}
	// Words in front of the first day are told, and years that nobody wrote in.
	dir := tree(t, map[string]string{
		"0000-01.txt": "1: {text: x}", "0999-12.txt": "1: {text: x}", "9999-12.txt": "31: {text: x}",
		"2026-01.txt": "Dear diary\n1: {text: x}\n",
	})
	entries, s := read(t, RedNotebook, dir)
	want := []Problem{refused(1, reasonDate), refused(2, reasonDate), refused(3, reasonNoDate), refused(5, reasonDate)}
	if len(entries) != 1 || !slices.Equal(s.Problems(), want) || s.Total() != 5 {
		t.Errorf("%d entries, problems %+v of %d", len(entries), s.Problems(), s.Total())
	}
}

func TestRedNotebookIDs(t *testing.T) {
	inZone(t, "UTC")
	id := func(name, content string) string {
		entries, _ := read(t, RedNotebook, file(t, name, []byte(content)))
		return entries[0].SourceID
	}
	first := id("2026-01.txt", "1: {text: x y, A: {b: null}, C: null}")
	for _, same := range []string{"1:\n  C:\n  A:\n    b:\n  text: \"x y\\n\"\n", "1: {text: ' x y', C: null, A: {b: null}}"} {
		if id("2026-01.txt", same) != first {
			t.Errorf("%q has another id", same)
		}
	}
	for name, other := range map[string]string{
		"2026-02.txt": "1: {text: x y, A: {b: null}, C: null}",
		"2026-01.txt": "2: {text: x y, A: {b: null}, C: null}",
		"2026-03.txt": "1: {text: x y, A: {c: null}, C: null}",
	} {
		if id(name, other) == first {
			t.Errorf("%s has the same id", name)
		}
	}
	// The same day twice in a month: neither is lost, and one that is the same is told.
	entries, s := read(t, RedNotebook, file(t, "2026-01.txt", []byte("1: {text: x}\n1: {text: y}\n1: {text: x}\n")))
	if len(entries) != 2 || !slices.Equal(s.Problems(), []Problem{refused(3, reasonRepeated)}) {
		t.Errorf("%d entries, %v", len(entries), s.Problems())
	}
}

func TestHashtags(t *testing.T) {
	for _, tt := range []struct{ text, want string }{
		{"test #hashtag", "hashtag"},
		{"#Hash0tag #1tag #hash_tag #1234", "hash0tag 1tag hash_tag"},
		{"#12é34 text#no texté#no .#yes (#too)", "12é34 yes too"},
		{"#a #b\n#c", "a b c"},
		{"#dodge/#answer #dodge/answer", "dodge answer dodge"},
		{"&#nbsp; ##no #!/usr/bin/env #11ff22 #11ff22abc", "11ff22abc"},
		{"#include x #include_me #日本語 ＃wide", "include_me 日本語 wide"},
		{"C# and # x", ""},
	} {
		if got := strings.Join(hashtags(tt.text), " "); got != tt.want {
			t.Errorf("%q: %q, want %q", tt.text, got, tt.want)
		}
	}
}

func TestRedNotebookCancelled(t *testing.T) {
	cancelled(t, RedNotebook, file(t, "2026-01.txt", []byte(redSample)))
}

// A month that cannot be read does not cost the others.
func TestRedNotebookFilesThatGo(t *testing.T) {
	inZone(t, "UTC")
	dir := tree(t, map[string]string{"2026-01.txt": "1: {text: a}", "2026-02.txt": "1: {text: b}", "2026-03.txt": "1: {text: c}"})
	s, err := Open(RedNotebook, dir)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if err := os.Remove(filepath.Join(dir, "2026-02.txt")); err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(filepath.Join(dir, "2026-02.txt"), 0o700); err != nil {
		t.Fatal(err)
	}
	entries, err := rest(s)
	if err != nil || len(entries) != 2 || !slices.Equal(s.Problems(), []Problem{refused(2, reasonUnreadable)}) {
		t.Errorf("%d entries, %v, problems %+v", len(entries), err, s.Problems())
	}
}

func FuzzRedNotebook(f *testing.F) {
	f.Add([]byte(redSample))
	f.Add([]byte("x\n1: {text: &a x, A: *a}\n'2':\n  text: >\n    a\n\n  B: [c]\n31: 'x\n"))
	f.Fuzz(func(t *testing.T, content []byte) {
		accounted(t, func() (Source, error) {
			s, closer := inMemory("2026-02.txt", content)
			return newTextJournal(closer, []part{monthPart(s, here())}, nil)
		})
		block := append([]byte("1:"), bytes.TrimLeft(content, "\n")...)
		if w, ok := readWhen("2026-02-01", "UTC"); ok {
			if e, _, _, reason := redDay(block, w); reason == "" {
				if fault := faultOf(e); fault != "" {
					t.Error(fault)
				}
			}
		}
	})
}
