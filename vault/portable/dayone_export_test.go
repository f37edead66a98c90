package portable

import (
	"archive/zip"
	"context"
	"encoding/json"
	"errors"
	"io"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
)

// throughDayOne writes entries as Day One's zip and reads them back.
func throughDayOne(t *testing.T, entries []Entry) (back []Entry, s Source, zipped string) {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "out")
	if _, err := ExportDayOne(context.Background(), dir, sequence(entries)); err != nil {
		t.Fatal(err)
	}
	zipped = filepath.Join(dir, "Journal.zip")
	back, s = read(t, DayOne, zipped)
	return back, s, zipped
}

// What came from Day One goes back to it, and comes from it again, as it was.
func TestSampleBackToDayOne(t *testing.T) {
	entries, _ := read(t, DayOne, sample)
	back, s, _ := throughDayOne(t, entries)
	if len(s.Problems()) > 0 || len(s.Left()) > 0 || s.Total() != len(entries) {
		t.Errorf("problems %v, left %v, total %d", s.Problems(), s.Left(), s.Total())
	}
	compare(t, back, entries)
}

// Nothing of texts, days, zones, tags and stars is lost on the way to Day One and
// back; moods are, and times are to the second.
func TestDayOneKeepsWhatItHasAPlaceFor(t *testing.T) {
	var entries []Entry
	for _, e := range hardEntries() {
		if strings.TrimSpace(dropReplacements(plainLines(e.Text))) == "" || len(e.Text) > MaxText {
			continue // Day One's entries have words, and what comes from elsewhere is shorter
		}
		entries = append(entries, e)
	}
	back, s, _ := throughDayOne(t, entries)
	if len(back) != len(entries) || len(s.Problems()) > 0 || len(s.Left()) > 0 {
		t.Fatalf("%d of %d, problems %+v, left %v", len(back), len(entries), s.Problems(), s.Left())
	}
	for i, e := range entries {
		got := back[i]
		if got.SourceID != DayOneID(e.SourceID) || got.LocalDate != e.LocalDate || got.Starred != e.Starred || !slices.Equal(got.Tags, e.Tags) {
			t.Errorf("%s came back as %+v", e.SourceID, got)
		}
		if e.Zone != "" && got.Zone != e.Zone {
			t.Errorf("%s is in %q, was in %q", e.SourceID, got.Zone, e.Zone)
		}
		if e.SourceID == "a-day-of-its-own" { // no place on earth has that day at that time
			if !got.AllDay {
				t.Errorf("%s is at a time of %v", e.SourceID, got.Written)
			}
		} else if !got.Written.Equal(e.Written.Truncate(time.Second)) || got.AllDay != e.AllDay {
			t.Errorf("%s is of %v, was of %v", e.SourceID, got.Written, e.Written)
		}
		want := trimText(dropReplacements(plainLines(e.Text)))
		if !strings.Contains(want, `\`) && !strings.Contains(want, "dayone-moment") && got.Text != want {
			t.Errorf("%q came back as %q", e.Text, got.Text)
		}
		if words := seen(t, want); !strings.Contains(want, "dayone-moment") && seen(t, got.Text) != words {
			t.Errorf("%q is seen as %q, was seen as %q", e.Text, seen(t, got.Text), words)
		}
	}
	marker := func(e Entry) bool {
		return e.SourceID == DayOneID("test:"+string(rune('a'+slices.Index(hardTexts, "![](dayone-moment://A)"))))
	}
	if i := slices.IndexFunc(back, marker); i < 0 || back[i].Text != `!\[](dayone-moment://A)` {
		t.Errorf("words in the form of a photo's place became %+v", back)
	}
}

// Where the zone is not known, the day still is.
func TestDayOneDaysWithoutZone(t *testing.T) {
	var entries []Entry
	for _, day := range []string{"2026-03-03", "2026-03-04", "2026-03-05"} {
		for _, at := range []string{"2026-03-04T00:30:00Z", "2026-03-04T12:00:00Z", "2026-03-04T23:30:00Z"} {
			entries = append(entries, Entry{SourceID: day + at, Text: "x", Written: utc(at), LocalDate: day})
		}
	}
	back, _, _ := throughDayOne(t, entries)
	for i, e := range entries {
		if back[i].LocalDate != e.LocalDate || !back[i].AllDay && !back[i].Written.Equal(e.Written) {
			t.Errorf("%s became %s, %v, all day %v", e.SourceID, back[i].LocalDate, back[i].Written, back[i].AllDay)
		}
	}
}

// The zip holds one file, and in it are the fields of Day One's export.
func TestDayOneExportHasItsForm(t *testing.T) {
	entries := []Entry{
		{
			SourceID: "ebb:00112233445566778899aabbccddeeff", Text: "a <b> & \"c\"", Tags: []string{"x"}, Moods: []string{"calm", "warm"},
			Written: time.Date(2026, 3, 4, 20, 0, 0, 999e6, time.UTC), Zone: "Asia/Kolkata", LocalDate: "2026-03-05", AllDay: true,
			Created: utc("2026-03-04T21:00:00Z"), Edited: utc("2026-03-05T22:00:00Z"),
		},
		{SourceID: "jrnl:x", Text: "y", Written: utc("2026-03-04T20:00:00Z"), LocalDate: "2026-03-04", Starred: true},
	}
	dir := filepath.Join(t.TempDir(), "out")
	sum, err := ExportDayOne(context.Background(), dir, sequence(entries))
	if err != nil || sum.Entries != 2 || sum.Moods != 2 || sum.Files != 1 {
		t.Fatalf("%+v, %v", sum, err)
	}
	if got := files(t, dir); !slices.Equal(got, []string{"Journal.zip"}) {
		t.Errorf("files %q", got)
	}
	archive, err := zip.OpenReader(filepath.Join(dir, "Journal.zip"))
	if err != nil {
		t.Fatal(err)
	}
	defer archive.Close()
	if len(archive.File) != 1 || archive.File[0].Name != "Journal.json" {
		t.Fatalf("%d files in the zip", len(archive.File))
	}
	r, err := archive.File[0].Open()
	if err != nil {
		t.Fatal(err)
	}
	content, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	want := `{"metadata":{"version":"1.0"},"entries":[
{"uuid":"00112233445566778899AABBCCDDEEFF","creationDate":"2026-03-04T20:00:00Z","modifiedDate":"2026-03-05T22:00:00Z","timeZone":"Asia/Kolkata","starred":false,"isAllDay":true,"tags":["x"],"text":"a <b> & \"c\""},
{"uuid":"ID","creationDate":"2026-03-04T20:00:00Z","modifiedDate":"2026-03-04T20:00:00Z","timeZone":"UTC","starred":true,"text":"y"}
]}
`
	id := strings.TrimPrefix(DayOneID("jrnl:x"), "dayone:")
	if !regexp.MustCompile(`^[0-9A-F]{32}$`).MatchString(id) {
		t.Errorf("the id %q", id)
	}
	if got := string(content); got != strings.Replace(want, "ID", id, 1) {
		t.Errorf("the journal is %s", got)
	}
	if !json.Valid(content) {
		t.Error("it is no JSON")
	}
}

func TestDayOneIDs(t *testing.T) {
	hex := "00112233445566778899aabbccddeeff"
	for source, want := range map[string]string{
		"ebb:" + hex: strings.ToUpper(hex), "dayone:" + strings.ToUpper(hex): strings.ToUpper(hex), "dayone:" + hex: strings.ToUpper(hex),
	} {
		if got := DayOneID(source); got != "dayone:"+want {
			t.Errorf("%s: %s", source, got)
		}
	}
	seen := map[string]bool{}
	for _, source := range []string{"", "a", "ebb:" + hex + "0", "dayone:ABCD01", "dayone:" + hex + ":01", "jrnl:" + hex} {
		id := DayOneID(source)
		if seen[id] || len(id) != len("dayone:")+32 || id != DayOneID(source) {
			t.Errorf("%q: %s", source, id)
		}
		seen[id] = true
	}
}

// What cannot be read where it lies is counted, and the rest is written.
func TestExportGoesOnPastDamage(t *testing.T) {
	write := map[string]func() (Summary, string, error){}
	entries := hardEntries()[:3]
	damaged := func(yield func(Entry, error) bool) {
		_ = yield(entries[0], nil) && yield(Entry{}, ErrLost) && yield(entries[2], nil) && yield(Entry{}, ErrLost) && yield(Entry{}, ErrLostMore)
	}
	for _, x := range exports {
		write[x.format] = func() (Summary, string, error) {
			dir := filepath.Join(t.TempDir(), "out")
			sum, err := x.write(context.Background(), dir, damaged)
			return sum, dir, err
		}
	}
	write[DayOne] = func() (Summary, string, error) {
		dir := filepath.Join(t.TempDir(), "out")
		sum, err := ExportDayOne(context.Background(), dir, damaged)
		return sum, filepath.Join(dir, "Journal.zip"), err
	}
	for format, export := range write {
		sum, path, err := export()
		if err != nil || sum.Entries != 2 || sum.Lost != 2 || !sum.More {
			t.Errorf("%s: %+v, %v", format, sum, err)
			continue
		}
		if s, err := Open(format, path); err != nil || s.Total() != 2 || s.Close() != nil {
			t.Errorf("%s: %v", format, err)
		}
	}
	_, err := ExportDayOne(context.Background(), filepath.Join(t.TempDir(), "out"), func(yield func(Entry, error) bool) {
		yield(Entry{}, errors.New("the drawer went away"))
	})
	if err == nil {
		t.Error("another failure is no failure")
	}
}

func FuzzThroughDayOne(f *testing.F) {
	f.Add(`a \* \\. ![](dayone-moment://A) ![x](photos/b.jpg)` + "\n```\n\\.\n```\n`c\\.`")
	f.Add("\u2008") // white space alone is no text
	f.Add("\n\n  \\# a\r\nb\u2028\uFFFC\x00")
	f.Fuzz(func(t *testing.T, text string) {
		r, err := newRecord(Entry{SourceID: "a", Text: text, Written: utc("2026-03-04T10:00:00Z"), LocalDate: "2026-03-04"})
		if err != nil {
			t.Fatal(err)
		}
		back, _, _, reason := dayOneEntry([]byte(quoted(newDayOneRecord(r, places{}))), places{})
		bare := strings.NewReplacer(`\`, "", " ", "", "\n", "", "\t", "", objectReplacement, "")
		want := bare.Replace(plainLines(r.Text))
		if reason == reasonNoText && strings.TrimSpace(want) == "" || reason == reasonTooLarge {
			return
		}
		if got := bare.Replace(back.Text); reason != "" || got != want {
			t.Errorf("%q came back as %q (%s)", text, back.Text, reason)
		}
		// A second time nothing changes any more.
		r.Text = back.Text
		again, _, _, _ := dayOneEntry([]byte(quoted(newDayOneRecord(r, places{}))), places{})
		if again.Text != back.Text {
			t.Errorf("%q came back as %q, and then as %q", text, back.Text, again.Text)
		}
	})
}
