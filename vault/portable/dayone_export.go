package portable

import (
	"archive/zip"
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"iter"
	"regexp"
	"strings"
	"time"
)

// dayOneZip is the name of the export, and dayOneJournal that of the journal in
// it: Day One calls what it takes in by the latter.
const (
	dayOneZip     = "Journal.zip"
	dayOneJournal = "Journal.json"
)

// A dayOneRecord is an entry in the form of Day One's export. What Day One leaves
// out where it is nothing is left out.
type dayOneRecord struct {
	UUID         string   `json:"uuid"`
	CreationDate string   `json:"creationDate"`
	ModifiedDate string   `json:"modifiedDate"`
	TimeZone     string   `json:"timeZone"`
	Starred      bool     `json:"starred"`
	IsAllDay     bool     `json:"isAllDay,omitempty"`
	Tags         []string `json:"tags,omitempty"`
	Text         string   `json:"text"`
}

// ExportDayOne writes Journal.zip to the new folder dir, in the way of
// ExportMarkdown: the JSON of Day One's own export in a zip, which is what Day One
// takes in. Moods have no place in it. Times are to the second, as
// those of Day One are, and a day is what the time zone makes of the time. Where
// an entry's zone is not known, one is written that has its day; where no zone
// has, the entry is for the whole of its day.
func ExportDayOne(ctx context.Context, dir string, entries iter.Seq2[Entry, error]) (Summary, error) {
	return export(ctx, dir, entries, func(s *stage, next iter.Seq2[record, error], sum *Summary) error {
		return s.write(dayOneZip, func(w io.Writer) error {
			archive := zip.NewWriter(w)
			journal, err := archive.Create(dayOneJournal)
			if err == nil {
				err = writeDayOne(journal, next, sum)
			}
			if err != nil {
				return err
			}
			return archive.Close()
		})
	})
}

func writeDayOne(w io.Writer, next iter.Seq2[record, error], sum *Summary) error {
	zones := places{}
	if _, err := io.WriteString(w, `{"metadata":{"version":"1.0"},"entries":[`); err != nil {
		return err
	}
	sep := "\n"
	for r, err := range next {
		if err != nil {
			return err
		}
		sum.Moods += len(r.Moods)
		if _, err := io.WriteString(w, sep+quoted(newDayOneRecord(r, zones))); err != nil {
			return err
		}
		sep = ",\n"
	}
	_, err := io.WriteString(w, "\n]}\n")
	return err
}

func newDayOneRecord(r record, zones places) dayOneRecord {
	written, _ := time.Parse(time.RFC3339Nano, r.Written) // newRecord wrote it
	edited := written
	for _, other := range []string{r.Created, r.Edited} {
		if t, err := time.Parse(time.RFC3339Nano, other); err == nil {
			edited = t
		}
	}
	d := dayOneRecord{
		UUID: dayOneUUID(r.ID), ModifiedDate: dayOneStamp(edited),
		Starred: r.Starred, IsAllDay: r.AllDay, Tags: r.Tags, Text: withoutMoments(plainLines(r.Text)), // as it is read
	}
	zone, ok := dayOneZone(written, r, zones)
	if !ok { // the day is what stands above an entry, so the day is kept
		there := zones.find(r.Zone)
		day, _ := time.Parse(time.DateOnly, r.LocalDate) // dayOneZone has seen it
		written = time.Date(day.Year(), day.Month(), day.Day(), 12, 0, 0, 0, there.loc)
		zone, d.IsAllDay = cmp.Or(there.zone, "UTC"), true
	}
	d.CreationDate, d.TimeZone = dayOneStamp(written), zone
	return d
}

func dayOneStamp(t time.Time) string { return t.UTC().Truncate(time.Second).Format(time.RFC3339) }

// dayOneZone finds the zone in which the moment falls on the entry's own day. ok
// is false if there is none.
func dayOneZone(written time.Time, r record, zones places) (zone string, ok bool) {
	there := zones.find(r.Zone)
	switch {
	case !isDay(r.LocalDate):
		return cmp.Or(there.zone, "UTC"), true
	case dayOf(written.In(there.loc)) == r.LocalDate:
		return cmp.Or(there.zone, "UTC"), true
	case there.zone != "":
		return "", false
	}
	for hours := -12; hours <= 14; hours++ {
		if dayOf(written.Add(time.Duration(hours)*time.Hour)) == r.LocalDate {
			return fmt.Sprintf("GMT%+03d00", hours), true
		}
	}
	return "", false
}

// withoutMoments takes their meaning from words that look like the place of a
// photo: Day One would look for the photo, and an import would leave them out.
func withoutMoments(text string) string {
	var b strings.Builder
	for _, part := range splitCode(text) {
		if !part.code {
			part.text = replaceMoments(part.text, func(found, _ string) string {
				return strings.ReplaceAll(found, "![", `!\[`) // there may be one in another
			})
		}
		b.WriteString(part.text)
	}
	return b.String()
}

// DayOneID is the id under which an import of Day One's JSON knows an entry that
// ExportDayOne wrote, so that what comes back is not taken for something new.
func DayOneID(sourceID string) string { return "dayone:" + dayOneUUID(sourceID) }

var hex32 = regexp.MustCompile(`^(?:dayone|ebb):([0-9A-Fa-f]{32})$`)

// dayOneUUID is an entry's id as Day One writes ids: its own, if it has one of 16
// bytes, and otherwise the beginning of a hash.
func dayOneUUID(sourceID string) string {
	if m := hex32.FindStringSubmatch(sourceID); m != nil {
		return strings.ToUpper(m[1])
	}
	sum := sha256.Sum256([]byte(sourceID))
	return strings.ToUpper(hex.EncodeToString(sum[:16]))
}
