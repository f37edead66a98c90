package portable

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"iter"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"
)

// sample is made up for this project, in the shape of Day One's export. Counted
// from 1, entry 14 has no text, 28 has only rich text and 42 has no date.
const sample = "testdata/dayone-made-up.json"

func read(t *testing.T, format, path string) ([]Entry, Source) {
	t.Helper()
	s, err := Open(format, path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	entries, err := rest(s)
	if err != nil {
		t.Fatal(err)
	}
	return entries, s
}

// rest reads a source until it ends, one way or another.
func rest(s Source) (entries []Entry, err error) {
	for {
		e, err := s.Next(context.Background())
		if err == io.EOF {
			return entries, nil
		}
		if err != nil {
			return entries, err
		}
		entries = append(entries, e)
	}
}

func refused(position int, reason string) Problem {
	return Problem{Position: position, Reason: reason, Key: reasonKeys[reason]}
}

func sequence(entries []Entry) iter.Seq2[Entry, error] {
	return func(yield func(Entry, error) bool) {
		for _, e := range entries {
			if !yield(e, nil) {
				return
			}
		}
	}
}

func TestSampleIsTakenInWhole(t *testing.T) {
	entries, s := read(t, DayOne, sample)
	if len(entries) != 58 || s.Total() != 60 {
		t.Errorf("%d entries of %d, want 58 of 60", len(entries), s.Total())
	}
	wantProblems := []Problem{refused(14, reasonNoText), refused(42, reasonDate)}
	if !slices.Equal(s.Problems(), wantProblems) {
		t.Errorf("problems %v, want %v", s.Problems(), wantProblems)
	}
	wantLeft := Left{LeftPhotos: 9, LeftLocations: 12, LeftWeather: 12}
	if !maps.Equal(s.Left(), wantLeft) {
		t.Errorf("left %v, want %v", s.Left(), wantLeft)
	}
}

// The expectation is made in another way than the importer works: the texts of
// the sample are few, and each is written out here.
func TestSampleEntryByEntry(t *testing.T) {
	texts := map[string]string{
		"\uFFFCA picture": "A picture was here. [a link](https://example.org) and **bold** and *soft*.",
		"# A slow":        "# A slow morning\n\nWe had tea on the balcony.. nothing planned, nothing owed.",
		"Tired week":      "Tired week. Work, the dentist, no sleep.\n\nStill: soup was made.",
		"Short one":       "Short one.",
		"# Table":         "# Table\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n```\ncode \\ stays\n```",
		"# Ça va":         "# Ça va 😊 ❤️ 🏳️\u200d🌈\n\nÉté, naïve, Straße, İstanbul, ﬁ ligature, 日本語, עברית.",
		"# Walk by":       "# Walk by the canal\n\n- cold hands\n- warm talk\n\n> I noticed I was listening.\n\n1. one\n2. two",
		"":                "Only rich text here. It counts.",
	}
	raw, err := os.ReadFile(sample)
	if err != nil {
		t.Fatal(err)
	}
	var file struct {
		Entries []struct {
			UUID, CreationDate, ModifiedDate, TimeZone, Text, RichText string
			Starred, IsAllDay                                          bool
			Tags                                                       []string
		}
	}
	if err := json.Unmarshal(raw, &file); err != nil {
		t.Fatal(err)
	}
	var want []Entry
	for _, j := range file.Entries {
		written, err := time.Parse(time.RFC3339, j.CreationDate)
		if err != nil || j.Text+j.RichText == "" {
			continue
		}
		zone, err := time.LoadLocation(j.TimeZone)
		if err != nil {
			t.Fatal(err)
		}
		edited, err := time.Parse(time.RFC3339, j.ModifiedDate)
		if err != nil {
			t.Fatal(err)
		}
		text := texts[""]
		for begin, known := range texts {
			if begin != "" && strings.HasPrefix(j.Text, begin) {
				text = known
			}
		}
		want = append(want, Entry{
			SourceID: "dayone:" + j.UUID, Text: text, Tags: j.Tags,
			Written: written, Zone: j.TimeZone, LocalDate: written.In(zone).Format("2006-01-02"),
			AllDay: j.IsAllDay, Starred: j.Starred, Created: written, Edited: edited,
		})
	}
	got, _ := read(t, DayOne, sample)
	compare(t, got, want)
}

func compare(t *testing.T, got, want []Entry) {
	t.Helper()
	if len(got) != len(want) {
		t.Fatalf("%d entries, want %d", len(got), len(want))
	}
	for i := range want {
		if !reflect.DeepEqual(got[i], want[i]) {
			t.Errorf("entry %d is\n%+v, want\n%+v", i+1, got[i], want[i])
		}
	}
}

// In from Day One, out as JSON and as Markdown, in again: the same entries, and
// the second export is byte for byte the first.
func TestSampleThroughBothExports(t *testing.T) {
	entries, _ := read(t, DayOne, sample)
	ctx := context.Background()
	for _, format := range []struct {
		name, file string
		export     func(context.Context, string, iter.Seq2[Entry, error]) (Summary, error)
	}{{Ebb, "journal.json", ExportJSON}, {Markdown, "2021/07/2021-07-26-1.md", ExportMarkdown}} {
		t.Run(format.name, func(t *testing.T) {
			first := filepath.Join(t.TempDir(), "out")
			if _, err := format.export(ctx, first, sequence(entries)); err != nil {
				t.Fatal(err)
			}
			again, s := read(t, format.name, first)
			if len(s.Problems()) > 0 || len(s.Left()) > 0 {
				t.Errorf("problems %v, left %v", s.Problems(), s.Left())
			}
			byID := func(a, b Entry) int { return strings.Compare(a.SourceID, b.SourceID) }
			compare(t, slices.SortedFunc(slices.Values(again), byID), slices.SortedFunc(slices.Values(entries), byID))

			second := filepath.Join(t.TempDir(), "out")
			if _, err := format.export(ctx, second, sequence(again)); err != nil {
				t.Fatal(err)
			}
			a, err := os.ReadFile(filepath.Join(first, filepath.FromSlash(format.file)))
			if err != nil {
				t.Fatal(err)
			}
			b, err := os.ReadFile(filepath.Join(second, filepath.FromSlash(format.file)))
			if err != nil || !bytes.Equal(a, b) {
				t.Errorf("the second export differs from the first (%v)", err)
			}
		})
	}
}

func TestImportingTwiceGivesTheSameIDs(t *testing.T) {
	first, _ := read(t, DayOne, sample)
	second, _ := read(t, DayOne, sample)
	ids := map[string]bool{}
	for i := range first {
		if first[i].SourceID != second[i].SourceID {
			t.Errorf("entry %d has another id the second time", i+1)
		}
		ids[first[i].SourceID] = true
	}
	if len(ids) != len(first) {
		t.Errorf("%d ids for %d entries", len(ids), len(first))
	}
}
