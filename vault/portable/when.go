package portable

import (
	"regexp"
	"strconv"
	"strings"
	"time"
)

// A moment in a journal, as far as a source tells it.
type when struct {
	at     time.Time // UTC
	zone   string
	day    string
	allDay bool
}

// Layouts that people and programs put in front matter. Those with an offset
// say which instant they mean; the others mean a clock on a wall.
var (
	withOffset = []string{
		time.RFC3339Nano, "2006-01-02T15:04Z07:00", "2006-01-02T15:04:05-0700",
		"2006-01-02 15:04:05Z07:00", "2006-01-02 15:04Z07:00",
		"2006-01-02 15:04:05 -0700", "2006-01-02 15:04 -0700",
	}
	wallClock = []string{
		"2006-01-02T15:04:05.999999999", "2006-01-02T15:04",
		"2006-01-02 15:04:05.999999999", "2006-01-02 15:04",
	}
)

// readWhen understands a date with or without a time of day. A date alone is
// an entry for the whole day and stands at noon. Without an offset the time is
// that of the named zone or, where no zone is named, of this machine.
func readWhen(s, zone string) (w when, ok bool) {
	s = strings.TrimSpace(s)
	if len(s) > 64 {
		return when{}, false
	}
	there := lookUp(zone)
	if zone != "" && !there.ok {
		return when{}, false
	}
	for _, layout := range withOffset {
		t, err := time.Parse(layout, s)
		if err != nil {
			continue
		}
		w = when{at: t.UTC(), day: dayOf(t)}
		if zone != "" {
			w.zone, w.day = there.zone, dayOf(t.In(there.loc))
		}
		return w, plausible(w.at)
	}
	if zone == "" {
		there = here()
	}
	for _, layout := range wallClock {
		if t, err := time.ParseInLocation(layout, s, there.loc); err == nil {
			return when{t.UTC(), there.zone, dayOf(t), false}, plausible(t)
		}
	}
	if t, err := time.ParseInLocation(time.DateOnly, s, there.loc); err == nil {
		noon := time.Date(t.Year(), t.Month(), t.Day(), 12, 0, 0, 0, there.loc)
		return when{noon.UTC(), there.zone, s, true}, plausible(noon)
	}
	return when{}, false
}

// A date at the beginning of a file's name, and a time of day behind it.
var (
	nameDate = regexp.MustCompile(`^(\d{4})([-_.]?)(\d{2})([-_.]?)(\d{2})(\D.*|)$`)
	nameTime = regexp.MustCompile(`^[T _-](\d{2})[-_:.h]?(\d{2})(?:[-_:.]?(\d{2}))?(?:\D|$)`)
	pathDate = regexp.MustCompile(`(?:^|/)(\d{4})/(\d{2})/(\d{2})(?:\D[^/]*)?$`)
)

// dateInPath finds the date in a path without its extension: 2026-03-04,
// 20260304, 2026_03_04 1830 at the beginning of the last part, or folders
// 2026/03/04 as jrnl makes them.
func dateInPath(path string) (s string, ok bool) {
	name := path[strings.LastIndexByte(path, '/')+1:]
	if m := nameDate.FindStringSubmatch(name); m != nil && m[2] == m[4] {
		day := m[1] + "-" + m[3] + "-" + m[5]
		year, _ := strconv.Atoi(m[1])
		if isDay(day) && (m[2] != "" || year >= 1900 && year < 2100) {
			if t := nameTime.FindStringSubmatch(m[6]); t != nil && t[1] < "24" && t[2] < "60" && t[3] < "60" {
				day += " " + t[1] + ":" + t[2]
				if t[3] != "" {
					day += ":" + t[3]
				}
			}
			return day, true
		}
	}
	if m := pathDate.FindStringSubmatch(path); m != nil {
		day := m[1] + "-" + m[2] + "-" + m[3]
		return day, isDay(day)
	}
	return "", false
}
