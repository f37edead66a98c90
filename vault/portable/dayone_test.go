package portable

import (
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"
)

// file writes one file into a new folder and returns its path.
func file(t testing.TB, name string, content []byte) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// journal wraps entries as Day One does.
func journal(entries ...string) []byte {
	return []byte(`{"metadata":{"version":"1.0"},"entries":[` + strings.Join(entries, ",") + `]}`)
}

// sound is an entry without fault, with one field more or changed.
func sound(uuid, field string) string {
	if field != "" {
		field = "," + field
	}
	return `{"uuid":"` + uuid + `","creationDate":"2026-03-04T20:15:00Z","timeZone":"Europe/Berlin","text":"words"` + field + `}`
}

func TestDayOneFields(t *testing.T) {
	tests := []struct {
		name, fields string
		want         func(Entry) bool
		notes        []string
		left         Left
	}{
		{"day in its zone", `"creationDate":"2026-03-04T23:30:00Z"`, func(e Entry) bool {
			return e.LocalDate == "2026-03-05" && e.Written.Format("15:04 MST") == "23:30 UTC" && e.Zone == "Europe/Berlin"
		}, nil, nil},
		{"day west of Greenwich", `"creationDate":"2026-03-04T03:30:00Z","timeZone":"America/New_York"`, func(e Entry) bool {
			return e.LocalDate == "2026-03-03"
		}, nil, nil},
		{"a quarter of an hour", `"creationDate":"2026-01-01T10:20:00Z","timeZone":"Pacific/Chatham"`, func(e Entry) bool {
			return e.LocalDate == "2026-01-02"
		}, nil, nil},
		{"fractions of a second and an offset", `"creationDate":"2026-03-04T20:15:00.25+02:00"`, func(e Entry) bool {
			return e.Written.Format("15:04:05.00") == "18:15:00.25"
		}, nil, nil},
		{"zone unknown", `"timeZone":"Mars/Olympus"`, func(e Entry) bool { return e.Zone == "" && e.LocalDate == "2026-03-04" }, []string{noteZone}, nil},
		{"zone of this machine", `"timeZone":"Local"`, func(e Entry) bool { return e.Zone == "" }, []string{noteZone}, nil},
		{"zone as a path", `"timeZone":"../../etc/passwd"`, func(e Entry) bool { return e.Zone == "" }, []string{noteZone}, nil},
		{"zone missing", `"timeZone":null`, func(e Entry) bool { return e.Zone == "" }, []string{noteZone}, nil},
		{"zone of another kind", `"timeZone":7`, func(e Entry) bool { return e.Zone == "" }, []string{noteZone}, nil},
		{"zone as an offset", `"timeZone":"GMT-0800"`, func(e Entry) bool { return e.Zone == "Etc/GMT+8" }, nil, nil},
		{"zone as half an hour", `"timeZone":"GMT+0530","creationDate":"2026-03-04T20:15:00Z"`, func(e Entry) bool {
			return e.Zone == "" && e.LocalDate == "2026-03-05"
		}, nil, nil},

		{"tags", `"tags":["us"," good  things ","us","","a\nb"]`, func(e Entry) bool {
			return slices.Equal(e.Tags, []string{"us", "good things", "a b"})
		}, nil, nil},
		{"tags of another kind", `"tags":"us"`, func(e Entry) bool { return e.Tags == nil }, []string{noteField}, nil},
		{"one tag of another kind", `"tags":["us",7]`, func(e Entry) bool { return slices.Equal(e.Tags, []string{"us"}) }, []string{noteField}, nil},
		{"a tag too long", `"tags":["` + strings.Repeat("x", MaxTag+1) + `"]`, func(e Entry) bool { return e.Tags == nil }, []string{noteTags}, nil},
		{"marks", `"starred":true,"isAllDay":true,"isPinned":true`, func(e Entry) bool { return e.Starred && e.AllDay }, nil, nil},
		{"marks as numbers", `"starred":1,"isAllDay":0`, func(e Entry) bool { return e.Starred && !e.AllDay }, nil, nil},
		{"marks of another kind", `"starred":"yes"`, func(e Entry) bool { return !e.Starred }, []string{noteField}, nil},
		{"edited", `"modifiedDate":"2026-03-05T01:00:00Z"`, func(e Entry) bool { return e.Edited.Hour() == 1 && e.Created.Equal(e.Written) }, nil, nil},
		{"edited cannot be read", `"modifiedDate":"soon"`, func(e Entry) bool { return e.Edited.IsZero() }, []string{noteField}, nil},

		{"numbers too large for any type", `"duration":1e999999,"editingTime":123456789012345678901234567890`, func(e Entry) bool { return e.Text == "words" }, nil, nil},
		{"a field ten thousand deep", `"x":` + strings.Repeat("[", 9000) + strings.Repeat("]", 9000), func(e Entry) bool { return e.Text == "words" }, nil, nil},
		{"a lone surrogate", `"text":"a\ud83db"`, func(e Entry) bool { return e.Text == "a\uFFFDb" }, nil, nil},
		{"escaped slashes", `"text":"a\/b"`, func(e Entry) bool { return e.Text == "a/b" }, nil, nil},
		{"NUL", `"text":"a\u0000b"`, func(e Entry) bool { return e.Text == "ab" }, nil, nil},
		{"broken UTF-8", "\"text\":\"a\xffb\"", func(e Entry) bool { return e.Text == "a\uFFFDb" }, []string{noteLetter}, nil},

		{
			"what stays behind", `"photos":[{},{}],"videos":[{}],"audios":[{}],"pdfAttachments":[{}],"location":{"a":1},"weather":{"b":2},"userActivity":{"c":3},"music":{"d":4}`,
			func(e Entry) bool { return true }, nil,
			Left{
				LeftPhotos: 2, LeftVideos: 1, LeftAudio: 1, LeftPDFs: 1,
				LeftLocations: 1, LeftWeather: 1, LeftActivities: 1, LeftMusic: 1,
			},
		},
		{"nothing stays behind", `"photos":[],"videos":null,"location":{},"weather":7`, func(e Entry) bool { return true }, nil, Left{}},
		{"a marker that its list names is one photo", `"text":"a ![](dayone-moment://A)","photos":[{}]`, func(e Entry) bool { return e.Text == "a" }, nil, Left{LeftPhotos: 1}},
		{"a marker without a list", `"text":"a ![](dayone-moment:/audio/A)"`, func(e Entry) bool { return e.Text == "a" }, nil, Left{LeftAudio: 1}},
		{"text wins over rich text", `"richText":"{\"contents\":[{\"text\":\"less\"}]}"`, func(e Entry) bool { return e.Text == "words" }, nil, nil},
		{"rich text where the text is only photos", `"text":"![](dayone-moment://A)","richText":"{\"contents\":[{\"text\":\"rich\"}]}"`, func(e Entry) bool { return e.Text == "rich" }, nil, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			entries, s := read(t, DayOne, file(t, "Journal.json", journal(sound("A", tt.fields))))
			if len(entries) != 1 || !tt.want(entries[0]) {
				t.Fatalf("got %+v (%v)", entries, s.Problems())
			}
			var notes []string
			for _, p := range s.Problems() {
				if !p.Kept || p.Position != 1 {
					t.Errorf("problem %+v", p)
				}
				notes = append(notes, p.Reason)
			}
			if !slices.Equal(notes, tt.notes) {
				t.Errorf("notes %q, want %q", notes, tt.notes)
			}
			if tt.left != nil && !maps.Equal(s.Left(), tt.left) {
				t.Errorf("left %v, want %v", s.Left(), tt.left)
			}
		})
	}
}

// Each bad entry stands between two sound ones, which must both come through.
func TestBadEntriesAreReportedByPosition(t *testing.T) {
	tests := []struct{ name, entry, reason string }{
		{"null", `null`, reasonKind},
		{"a number", `5`, reasonKind},
		{"a list", `[{"text":"a"}]`, reasonKind},
		{"a word that is none", `nonsense`, reasonKind},
		{"broken inside", `{"text":"a",}`, reasonBroken},
		{"a bad escape", `{"text":"\x"}`, reasonBroken},
		{"a line break in a string", "{\"text\":\"a\nb\"}", reasonBroken},
		{"deeper than any entry", `{"x":` + strings.Repeat("[", 20000) + strings.Repeat("]", 20000) + `}`, reasonBroken},
		{"no text", sound("B", `"text":null`), reasonNoText},
		{"blank text", sound("B", `"text":" \n "`), reasonNoText},
		{"only a photo", sound("B", `"text":"![](dayone-moment://A)"`), reasonOnlyMedia},
		{"only a photo in rich text", sound("B", `"text":null,"richText":"{\"contents\":[{\"embeddedObjects\":[{\"type\":\"photo\"}]}]}"`), reasonOnlyMedia},
		{"text of another kind", sound("B", `"text":["a"]`), reasonText},
		{"rich text that is none", sound("B", `"text":"","richText":"{"`), reasonText},
		{"rich text of another kind", sound("B", `"text":"","richText":{}`), reasonText},
		{"text too long", sound("B", `"text":"`+strings.Repeat("a", MaxText+1)+`"`), reasonTooLarge},
		{"an entry too long", sound("B", `"x":"`+strings.Repeat("a", maxElement)+`"`), reasonTooLarge},
		{"no date", sound("B", `"creationDate":null`), reasonDate},
		{"a date that is none", sound("B", `"creationDate":"yesterday"`), reasonDate},
		{"a date of another kind", sound("B", `"creationDate":1700000000`), reasonDate},
		{"a day that is not in the calendar", sound("B", `"creationDate":"2026-02-30T10:00:00Z"`), reasonDate},
		{"the year nought", sound("B", `"creationDate":"0000-01-01T00:00:00Z"`), reasonDate},
		{"the year 9999", sound("B", `"creationDate":"9999-12-31T23:59:59Z"`), reasonDate},
		{"a date without end", sound("B", `"creationDate":"2026-01-01T00:00:00.`+strings.Repeat("0", 1000)+`Z"`), reasonDate},
		{"the same again", sound("A", ""), reasonRepeated},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			entries, s := read(t, DayOne, file(t, "Journal.json", journal(sound("A", ""), tt.entry, sound("C", ""))))
			if len(entries) != 2 || entries[0].SourceID != "dayone:A" || entries[1].SourceID != "dayone:C" {
				t.Errorf("got %+v", entries)
			}
			if want := []Problem{refused(2, tt.reason)}; !slices.Equal(s.Problems(), want) {
				t.Errorf("problems %+v, want %+v", s.Problems(), want)
			}
			if s.Total() != 3 {
				t.Errorf("total %d, want 3", s.Total())
			}
		})
	}
}

func TestSourceIDs(t *testing.T) {
	entries, _ := read(t, DayOne, file(t, "j.json", journal(
		sound("abcd-01", ""), sound("abcd-01", `"text":"other words"`), sound("", ""), sound("../x y", ""),
	)))
	if len(entries) != 4 {
		t.Fatalf("%d entries", len(entries))
	}
	seen := map[string]bool{}
	for i, begin := range []string{"dayone:ABCD01", "dayone:ABCD01:", "dayone:content-", "dayone:sha256-"} {
		id := entries[i].SourceID
		if !strings.HasPrefix(id, begin) || !printableID(id) || seen[id] {
			t.Errorf("entry %d has the id %q, want %s…, once", i+1, id, begin)
		}
		seen[id] = true
	}
}

func TestFilesThatAreNoJournal(t *testing.T) {
	tests := []struct {
		name    string
		content string
		want    error
	}{
		{"nothing", "", ErrFormat},
		{"space", " \n ", ErrFormat},
		{"a list", `[{"text":"a"}]`, ErrFormat},
		{"a word", `"entries"`, ErrFormat},
		{"an object without entries", `{"notes":[]}`, ErrFormat},
		{"entries that are no list", `{"entries":{"a":1}}`, ErrFormat},
		{"entries further in", `{"a":{"entries":[{}]}}`, ErrFormat},
		{"text", "Dear diary", ErrFormat},
		{"a picture", "\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", ErrFormat},
		{"broken in front of the entries", `{"metadata" 1,"entries":[]}`, ErrDamaged},
		{"only the beginning of a zip", "PK\x03\x04abc", ErrDamaged},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s, err := Open(DayOne, file(t, "Dear Sam.json", []byte(tt.content)))
			if err == nil {
				defer s.Close()
				_, err = rest(s)
			}
			if !errors.Is(err, tt.want) {
				t.Errorf("error %v, want %v", err, tt.want)
			}
			if err != nil && strings.Contains(err.Error(), "Sam") {
				t.Errorf("the error tells the file's name: %v", err)
			}
		})
	}
}

// A file that is cut anywhere gives the entries in front of the cut and then
// says that it is damaged; it never ends as if it were whole.
func TestEveryTruncation(t *testing.T) {
	whole := journal(sound("A", `"tags":["x"]`), sound("B", ""), sound("C", ""))
	for n := range len(whole) {
		s, err := Open(DayOne, file(t, "j.json", whole[:n]))
		if err != nil {
			if !errors.Is(err, ErrFormat) && !errors.Is(err, ErrDamaged) {
				t.Fatalf("cut at %d: %v", n, err)
			}
			continue
		}
		entries, err := rest(s)
		s.Close()
		if !errors.Is(err, ErrDamaged) {
			t.Fatalf("cut at %d: %d entries and %v, want ErrDamaged", n, len(entries), err)
		}
		if want := strings.Count(string(whole[:n]), `"text":"words"`); len(entries) > want {
			t.Fatalf("cut at %d: %d entries, want at most %d", n, len(entries), want)
		}
	}
}

// wide is a text in UTF-16, the little end first, without its mark.
func wide(s string) string {
	var b strings.Builder
	for _, u := range utf16.Encode([]rune(s)) {
		b.Write([]byte{byte(u), byte(u >> 8)})
	}
	return b.String()
}

func TestUnusualJSON(t *testing.T) {
	one := string(journal(sound("A", "")))
	le := "\xff\xfe" + wide(one)
	be := []byte("\xfe\xff" + wide(one))
	for i := 2; i < len(be); i += 2 {
		be[i], be[i+1] = be[i+1], be[i]
	}
	for name, content := range map[string]string{
		"with a byte order mark":  "\xef\xbb\xbf" + one,
		"UTF-16, little end":      le,
		"UTF-16, big end":         string(be),
		"indented":                strings.NewReplacer("[", "\n\t[\r\n ", "]", "\n ] ", ",", " , ").Replace(one),
		"entries first":           `{"entries":[` + sound("A", "") + `],"metadata":{"a":["]}"]}}` + "\n",
		"entries in two parts":    `{"entries":[],"x":1,"entries":[` + sound("A", "") + `]}`,
		"a long value in front":   `{"x":"` + strings.Repeat("y", 1<<20) + `","entries":[` + sound("A", "") + `]}`,
		"an escaped name":         `{"\u0065ntries":[` + sound("A", "") + `]}`,
		"brackets inside strings": `{"a":"}]\"{[","entries":[` + sound("A", `"z":"]}\\"`) + `]}`,
	} {
		t.Run(name, func(t *testing.T) {
			entries, s := read(t, DayOne, file(t, "j.json", []byte(content)))
			if len(entries) != 1 || entries[0].Text != "words" || s.Total() != 1 {
				t.Errorf("got %+v, problems %v", entries, s.Problems())
			}
		})
	}
	for name, content := range map[string]string{
		"something behind the end": one + "x",
		"a comma too many":         `{"entries":[` + sound("A", "") + `,]}`,
		"no comma between entries": `{"entries":[` + sound("A", "") + sound("B", "") + `]}`,
	} {
		t.Run(name, func(t *testing.T) {
			s, err := Open(DayOne, file(t, "j.json", []byte(content)))
			if err != nil {
				t.Fatal(err)
			}
			defer s.Close()
			if _, err := rest(s); !errors.Is(err, ErrDamaged) {
				t.Errorf("error %v, want ErrDamaged", err)
			}
			if _, again := s.Next(context.Background()); !errors.Is(again, ErrDamaged) {
				t.Errorf("the second time: %v", again)
			}
		})
	}
}

func TestClosedAndCancelled(t *testing.T) {
	s, err := Open(DayOne, file(t, "j.json", journal(sound("A", ""), sound("B", ""))))
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := s.Next(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
	if e, err := s.Next(context.Background()); err != nil || e.SourceID != "dayone:A" {
		t.Errorf("after a cancelled call: %v, %v", e, err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Next(context.Background()); err == nil || err == io.EOF {
		t.Errorf("closed: %v", err)
	}
}

func FuzzDayOne(f *testing.F) {
	f.Add(journal(sound("A", ""), `{"uuid":"B","richText":"{\"contents\":[{\"text\":\"a\"}]}"}`))
	f.Add([]byte(`{"entries":[nonsense,{"text":[]},7`))
	f.Add([]byte("PK\x05\x06" + strings.Repeat("\x00", 18)))
	f.Add(packed(f, "Journal.json", string(journal(sound("A", "")))))
	f.Fuzz(func(t *testing.T, content []byte) {
		s, err := Open(DayOne, file(t, "j.json", content))
		if err != nil {
			return
		}
		defer s.Close()
		entries, err := rest(s)
		refused := 0
		for _, p := range s.Problems() {
			if !p.Kept {
				refused++
			}
		}
		if err == nil && s.Total() != len(entries)+refused {
			t.Errorf("%d entries and %d refused of %d", len(entries), refused, s.Total())
		}
		for i, e := range entries {
			if fault := faultOf(e); fault != "" {
				t.Errorf("entry %d: %s", i+1, fault)
			}
		}
	})
}

// faultOf says where an entry breaks the promises of the type.
func faultOf(e Entry) string {
	switch {
	case !printableID(e.SourceID):
		return fmt.Sprintf("the id %q", e.SourceID)
	case strings.TrimSpace(e.Text) == "" || len(e.Text) > MaxText || cleanUTF8(e.Text) != e.Text:
		return "the text"
	case !isDay(e.LocalDate) || !plausible(e.Written) || e.Written.Location().String() != "UTC":
		return "the date"
	case len(e.Tags) > MaxTags || len(e.Moods) > MaxTags:
		return "the tags"
	}
	return ""
}
