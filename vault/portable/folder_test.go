package portable

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// inZone makes the machine's zone known for the test.
func inZone(t *testing.T, name string) {
	t.Helper()
	t.Setenv("TZ", name)
}

func tree(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, content := range files {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func TestTextFiles(t *testing.T) {
	inZone(t, "Europe/Berlin")
	tests := []struct {
		name, file, content string
		want                Entry // SourceID, Edited are not compared
		notes               []string
		fields              int
	}{
		{"a date in the name", "2026-03-04.md", "words", Entry{Text: "words", Written: utc("2026-03-04T11:00:00Z"), LocalDate: "2026-03-04", AllDay: true}, nil, 0},
		{"a time in the name", "2026-07-04 1830 walk.txt", "words", Entry{Text: "words", Written: utc("2026-07-04T16:30:00Z"), LocalDate: "2026-07-04"}, nil, 0},
		{"a compact date", "20260304-2.md", "words", Entry{Text: "words", Written: utc("2026-03-04T11:00:00Z"), LocalDate: "2026-03-04", AllDay: true}, nil, 0},
		{"folders as dates", "2026/03/04.txt", "words", Entry{Text: "words", Written: utc("2026-03-04T11:00:00Z"), LocalDate: "2026-03-04", AllDay: true}, nil, 0},
		{"front matter wins over the name", "2026-03-04.md", "---\ndate: 2025-12-31T23:30:00+01:00\n---\nwords", Entry{Text: "words", Written: utc("2025-12-31T22:30:00Z"), LocalDate: "2025-12-31", Zone: "-"}, nil, 0},
		{
			"all of it", "a.md", "---\ntitle: 'It''s late'\ndate: 2026-03-04 21:15 # evening\nzone: Asia/Kolkata\ntags: [us, \"good, things\", 'x']\nmoods:\n  - calm\n  - \"a bit sad\"\nstarred: true\n---\n\nwords\n",
			Entry{Text: "# It's late\n\nwords", Written: utc("2026-03-04T15:45:00Z"), Zone: "Asia/Kolkata", LocalDate: "2026-03-04", Tags: []string{"us", "good, things", "x"}, Moods: []string{"calm", "a bit sad"}, Starred: true},
			nil, 0,
		},
		{
			"TOML", "a.md", "+++\ntitle = \"Late\"\ndate = 2026-03-04T21:15:00Z\ntags = [\"us\"]\nmood = \"calm\"\n[extra]\nx = 1\n+++\nwords",
			Entry{Text: "# Late\n\nwords", Written: utc("2026-03-04T21:15:00Z"), Zone: "-", LocalDate: "2026-03-04", Tags: []string{"us"}, Moods: []string{"calm"}},
			nil, 1,
		},
		{"TOML, a day", "a.md", "+++\ndate = 2026-03-04\n+++\nwords", Entry{Text: "words", Written: utc("2026-03-04T11:00:00Z"), LocalDate: "2026-03-04", AllDay: true}, nil, 0},
		{"TOML, a clock on a wall", "a.md", "+++\ndate = 2026-03-04T21:15:00\n+++\nwords", Entry{Text: "words", Written: utc("2026-03-04T20:15:00Z"), LocalDate: "2026-03-04"}, nil, 0},
		{"tags in a row", "2026-03-04.md", "---\ntags: '#us, #them'\nmood: calm\n---\nwords", Entry{Text: "words", Written: utc("2026-03-04T11:00:00Z"), LocalDate: "2026-03-04", AllDay: true, Tags: []string{"us", "them"}, Moods: []string{"calm"}}, nil, 0},
		{"fields that Ebb has no place for", "2026-03-04.md", "---\nlayout: post\nweather:\n  sky: grey\ncover: |\n  many\n\n  lines\n---\nwords", Entry{Text: "words", Written: utc("2026-03-04T11:00:00Z"), LocalDate: "2026-03-04", AllDay: true}, nil, 3},
		{"a date that is none", "2026-03-04.md", "---\ndate: soon\n---\nwords", Entry{Text: "words", Written: utc("2026-03-04T11:00:00Z"), LocalDate: "2026-03-04", AllDay: true}, []string{noteWhen}, 0},
		{"a zone that is none", "2026-03-04.md", "---\ndate: 2026-03-05\nzone: Moon\n---\nwords", Entry{Text: "words", Written: utc("2026-03-05T11:00:00Z"), LocalDate: "2026-03-05", AllDay: true}, []string{noteWhen}, 0},
		{"front matter that is none", "2026-03-04.md", "---\nThis is just a line\n---\nwords", Entry{Text: "---\nThis is just a line\n---\nwords", Written: utc("2026-03-04T11:00:00Z"), LocalDate: "2026-03-04", AllDay: true}, []string{noteFront}, 0},
		{"a rule and no front matter", "2026-03-04.md", "---\nwords", Entry{Text: "---\nwords", Written: utc("2026-03-04T11:00:00Z"), LocalDate: "2026-03-04", AllDay: true}, nil, 0},
		{"TOML that is none", "2026-03-04.md", "+++\nx\n+++\nwords", Entry{Text: "+++\nx\n+++\nwords", Written: utc("2026-03-04T11:00:00Z"), LocalDate: "2026-03-04", AllDay: true}, []string{noteFront}, 0},
		{"a mark that cannot be read", "2026-03-04.md", "---\nstarred: perhaps\ntags: {a: b}\n---\nwords", Entry{Text: "words", Written: utc("2026-03-04T11:00:00Z"), LocalDate: "2026-03-04", AllDay: true, Tags: []string{"{a: b}"}}, []string{noteField}, 0},
		{"a name twice", "2026-03-04.md", "---\nmood: a\nmood: b\n---\nwords", Entry{Text: "words", Written: utc("2026-03-04T11:00:00Z"), LocalDate: "2026-03-04", AllDay: true}, []string{noteField}, 0},
		{"Windows lines", "2026-03-04.md", "---\r\nmood: calm\r\n---\r\n\r\na\r\nb\r\n", Entry{Text: "a\nb", Written: utc("2026-03-04T11:00:00Z"), LocalDate: "2026-03-04", AllDay: true, Moods: []string{"calm"}}, nil, 0},
		{"a byte order mark", "2026-03-04.md", "\xef\xbb\xbf---\nmood: calm\n---\nwords", Entry{Text: "words", Written: utc("2026-03-04T11:00:00Z"), LocalDate: "2026-03-04", AllDay: true, Moods: []string{"calm"}}, nil, 0},
		{"UTF-16", "2026-03-04.txt", "\xff\xfee\x00\xe9\x00", Entry{Text: "eé", Written: utc("2026-03-04T11:00:00Z"), LocalDate: "2026-03-04", AllDay: true}, nil, 0},
		{"Latin-1", "2026-03-04.txt", "\xdcber caf\xe9 \x93so\x94\x81", Entry{Text: "Über café “so”", Written: utc("2026-03-04T11:00:00Z"), LocalDate: "2026-03-04", AllDay: true}, []string{noteWestern}, 0},
		{"the title stands there already", "2026-03-04.md", "---\ntitle: Late\n---\n# Late\n\nwords", Entry{Text: "# Late\n\nwords", Written: utc("2026-03-04T11:00:00Z"), LocalDate: "2026-03-04", AllDay: true}, nil, 0},
		{"backslashes are Markdown's here", "2026-03-04.md", `\*a\* b\.`, Entry{Text: `\*a\* b\.`, Written: utc("2026-03-04T11:00:00Z"), LocalDate: "2026-03-04", AllDay: true}, nil, 0},
		{"no date at all", "thoughts.md", "words", Entry{Text: "words", Written: utc("2024-05-06T07:08:09Z"), LocalDate: "2024-05-06"}, nil, 0},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			dir := tree(t, map[string]string{tt.file: tt.content})
			changed := utc("2024-05-06T07:08:09Z")
			if err := os.Chtimes(filepath.Join(dir, filepath.FromSlash(tt.file)), changed, changed); err != nil {
				t.Fatal(err)
			}
			entries, s := read(t, Markdown, dir)
			if len(entries) != 1 {
				t.Fatalf("%d entries, %v", len(entries), s.Problems())
			}
			got, want := entries[0], tt.want
			if want.Zone == "" {
				want.Zone = "Europe/Berlin"
			} else if want.Zone == "-" {
				want.Zone = ""
			}
			want.SourceID, want.Edited = got.SourceID, changed
			compare(t, []Entry{got}, []Entry{want})
			var notes []string
			for _, p := range s.Problems() {
				notes = append(notes, p.Reason)
			}
			if !slices.Equal(notes, tt.notes) || s.Left()[LeftFields] != tt.fields {
				t.Errorf("notes %q and %d fields, want %q and %d", notes, s.Left()[LeftFields], tt.notes, tt.fields)
			}
		})
	}
}

func utc(s string) time.Time {
	t, err := time.Parse(time.RFC3339, s)
	if err != nil {
		panic(err)
	}
	return t
}

func TestFolder(t *testing.T) {
	dir := tree(t, map[string]string{
		"b.md": "b", "a/x.markdown": "x", "c.TXT": "c", "empty.md": " \n", "binary.txt": "a\x00b",
		"long.md": strings.Repeat("a", MaxText+1), "huge.md": strings.Repeat("a", maxFile+1),
		"p.jpg": "x", "q.m4a": "x", "r.mov": "x", "s.pdf": "x", "t.docx": "x",
		".git/config.md": "no", ".hidden.md": "no",
	})
	for link, target := range map[string]string{"loop": dir, "a/up": "..", "link.md": filepath.Join(dir, "b.md"), "nowhere.md": "gone"} {
		if err := os.Symlink(target, filepath.Join(dir, link)); err != nil {
			t.Fatal(err)
		}
	}
	entries, s := read(t, Markdown, dir)
	var texts []string
	for _, e := range entries {
		texts = append(texts, e.Text)
	}
	if got := strings.Join(texts, " "); got != "x b c" {
		t.Errorf("entries %q", got)
	}
	// In order: a/x.markdown, b.md, binary.txt, c.TXT, empty.md, huge.md, long.md
	want := []Problem{refused(3, reasonNotText), refused(5, reasonNoText), refused(6, reasonTooLarge), refused(7, reasonTooLarge)}
	if !slices.Equal(s.Problems(), want) || s.Total() != 7 {
		t.Errorf("problems %+v of %d", s.Problems(), s.Total())
	}
	wantLeft := Left{LeftPhotos: 1, LeftAudio: 1, LeftVideos: 1, LeftPDFs: 1, LeftFiles: 1, LeftLinks: 4}
	if !maps.Equal(s.Left(), wantLeft) {
		t.Errorf("left %v, want %v", s.Left(), wantLeft)
	}
}

func TestFilesThatGoWhileTheyAreRead(t *testing.T) {
	dir := tree(t, map[string]string{"1.md": "a", "2.md": "b", "3.md": "c"})
	s, err := Open(Markdown, dir)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if err := os.Remove(filepath.Join(dir, "2.md")); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "3.md"), append([]byte("a"), bytes.Repeat([]byte(" "), maxFile)...), 0o600); err != nil {
		t.Fatal(err)
	}
	entries, err := rest(s)
	want := []Problem{refused(2, reasonUnreadable), refused(3, reasonTooLarge)}
	if err != nil || len(entries) != 1 || !slices.Equal(s.Problems(), want) {
		t.Errorf("%d entries, %v, problems %+v", len(entries), err, s.Problems())
	}
}

// A path that is no folder any more stands for one that may not be opened: the
// latter cannot be had where tests run as root.
func TestUnreadableFolder(t *testing.T) {
	f := &folder{ledger: newLedger(), files: []textFile{{name: "x", unreadable: true}, {name: "y.md", size: maxFile + 1}}}
	if entries, err := rest(f); err != nil || len(entries) > 0 {
		t.Fatal(entries, err)
	}
	want := []Problem{refused(1, reasonFolder), refused(2, reasonTooLarge)}
	if !slices.Equal(f.Problems(), want) {
		t.Errorf("problems %+v", f.Problems())
	}
}

func TestOneFile(t *testing.T) {
	entries, _ := read(t, Markdown, file(t, "2026-03-04.md", []byte("words")))
	if len(entries) != 1 || entries[0].LocalDate != "2026-03-04" {
		t.Errorf("got %+v", entries)
	}
	if _, err := Open(Markdown, file(t, "diary.docx", []byte("words"))); !errors.Is(err, ErrFormat) {
		t.Errorf("a file of another kind: %v", err)
	}
}

func TestFileIDs(t *testing.T) {
	id := func(name, content string) string {
		entries, _ := read(t, Markdown, tree(t, map[string]string{name: content}))
		return entries[0].SourceID
	}
	first := id("2026-03-04.md", "words")
	if again := id("2026-03-04.md", "words"); again != first {
		t.Error("the same file has another id the second time")
	}
	for what, other := range map[string]string{
		"an edited file":  id("2026-03-04.md", "words and more"),
		"a renamed file":  id("2026-03-05.md", "words"),
		"a file in a sub": id("x/2026-03-04.md", "words"),
	} {
		if other == first {
			t.Errorf("%s has the id of the first", what)
		}
	}
	if id("caf\u00e9.md", "x") != id("cafe\u0301.md", "x") {
		t.Error("one name in two spellings of Unicode gives two ids")
	}
}

func TestDatesInPaths(t *testing.T) {
	tests := []struct{ path, want string }{
		{"2026-03-04", "2026-03-04"},
		{"x/2026-03-04-1", "2026-03-04"},
		{"2026-03-04-12", "2026-03-04"},
		{"2026-03-04T18-30-05", "2026-03-04 18:30:05"},
		{"2026.03.04 18.30", "2026-03-04 18:30"},
		{"2026_03_04_1830_walk", "2026-03-04 18:30"},
		{"2026-03-04 2561", "2026-03-04"},
		{"20260304", "2026-03-04"},
		{"20260304T1830", "2026-03-04 18:30"},
		{"2026/03/04", "2026-03-04"},
		{"j/2026/03/04 walk", "2026-03-04"},
		{"2026-02-30", ""},
		{"12345678", ""},
		{"202603041", ""},
		{"2026-0304", ""},
		{"walk 2026-03-04", ""},
		{"2026/13/01", ""},
		{"", ""},
	}
	for _, tt := range tests {
		got, ok := dateInPath(tt.path)
		if ok != (tt.want != "") || ok && got != tt.want {
			t.Errorf("%q: %q, %v, want %q", tt.path, got, ok, tt.want)
		}
	}
}

func FuzzFrontMatter(f *testing.F) {
	f.Add("---\ntags: [a, \"b\\\"\", 'c''d']\nmood:\n- x\n- 'y'\n---\nbody")
	f.Add("+++\ndate = 2026-03-04\n[[x]]\ny = 1e999\n+++\nbody")
	f.Add("---\nebb: 1\nid: \"x\"\ndate: 2026-03-04T00:00:00Z\n---\n\nbody\n")
	f.Fuzz(func(t *testing.T, text string) {
		front, body, found, sound := splitFront(text)
		if !strings.HasSuffix(text, body) || (!found || !sound) && body != text {
			t.Errorf("%q: the body %q", text, body)
		}
		e, _, _, reason := fileEntry("x.md", []byte(text), time.Unix(0, 0))
		_, own := front.fields["ebb"]
		if reason == "" && !own {
			if fault := faultOf(e); fault != "" {
				t.Errorf("%q gives an entry with a fault: %s", text, fault)
			}
		}
	})
}

func FuzzTextFile(f *testing.F) {
	f.Add([]byte("\xff\xfea\x00\n\x00"))
	f.Add([]byte("\xfe\xff\xd8"))
	f.Add([]byte("caf\xe9\x81\r\n\uFFFC"))
	f.Fuzz(func(t *testing.T, raw []byte) {
		e, _, _, reason := fileEntry("2026-03-04.md", raw, time.Unix(0, 0))
		if reason == "" && !bytes.Contains(raw, []byte("e")) { // no "ebb:" or UTF-16 of it
			if fault := faultOf(e); fault != "" {
				t.Error(fault)
			}
		}
	})
}

func BenchmarkFolder(b *testing.B) {
	dir := b.TempDir()
	for i := range 1000 {
		name := filepath.Join(dir, fmt.Sprintf("2026-03-04-%d.md", i))
		if err := os.WriteFile(name, []byte(strings.Repeat("words and words\n", 60)), 0o600); err != nil {
			b.Fatal(err)
		}
	}
	for b.Loop() {
		s, err := Open(Markdown, dir)
		if err != nil {
			b.Fatal(err)
		}
		for {
			if _, err := s.Next(context.Background()); err != nil {
				break
			}
		}
		s.Close()
	}
}
