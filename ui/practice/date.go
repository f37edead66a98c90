package practice

import (
	"strings"
	"time"

	"ebb/ui/lang"
	"ebb/ui/page"
)

// dayWords is a day as the vault keeps it, in words; as it is if it is none.
func (d Desk) dayWords(day string) string {
	at := page.DayOf(day)
	if at.IsZero() {
		return day
	}
	return page.LongDate(at, d.Now())
}

// dayShort is dayWords without the day of the week, for a table.
func (d Desk) dayShort(day string) string {
	at := page.DayOf(day)
	if at.IsZero() {
		return day
	}
	return page.DayMonth(at, d.Now())
}

// moment is a day with the time of day.
func (d Desk) moment(at time.Time) string {
	return lang.F("dates.at", map[string]any{"Date": page.LongDate(at, d.Now()), "Time": at.Format("15:04")})
}

// today is the day on the clock of the room.
func (d Desk) today() string { return d.Now().Format(time.DateOnly) }

// parseMoment reads a day and a time of day as they are typed.
func (d Desk) parseMoment(day, clock string) (time.Time, error) {
	return time.ParseInLocation("2006-01-02 15:04", strings.TrimSpace(day)+" "+strings.TrimSpace(clock), d.Now().Location())
}
