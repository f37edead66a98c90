package page

import (
	"time"

	"ebb/ui/lang"
)

var (
	weekdays = lang.Dynamic("dates.weekday.")
	months   = lang.Dynamic("dates.month.")
)

// LongDate is a date in full: Sunday, 22 November 2026; the year is left out if
// it is this one.
func LongDate(t, now time.Time) string {
	data := map[string]any{"Weekday": weekdays.T(digit(int(t.Weekday()))), "Day": t.Day(), "Month": months.T(digit(int(t.Month()))), "Year": t.Year()}
	if t.Year() == now.Year() {
		return lang.F("dates.this-year", data)
	}
	return lang.F("dates.other-year", data)
}

// ShortDate is a date for a list: Today, Yesterday, a weekday within the last
// week, and 9 November or 9 November 2025 before.
func ShortDate(t, now time.Time) string {
	day := func(t time.Time) time.Time { return time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, time.UTC) }
	data := map[string]any{"Day": t.Day(), "Month": months.T(digit(int(t.Month()))), "Year": t.Year()}
	switch ago := int(day(now).Sub(day(t)).Hours() / 24); {
	case ago == 0:
		return lang.T("dates.today")
	case ago == 1:
		return lang.T("dates.yesterday")
	case ago > 1 && ago < 7:
		return weekdays.T(digit(int(t.Weekday())))
	case t.Year() == now.Year():
		return lang.F("dates.day-month", data)
	}
	return lang.F("dates.day-month-year", data)
}

// MomentOf is a date in full with the time of day.
func MomentOf(t, now time.Time) string {
	return lang.F("dates.at", map[string]any{"Date": LongDate(t, now), "Time": t.Format("15:04")})
}

func digit(n int) string { return string(rune('a' + n)) }

// DayMonth is 9 November, or 9 November 2025 where that is not this year.
func DayMonth(t, now time.Time) string {
	data := map[string]any{"Day": t.Day(), "Month": months.T(digit(int(t.Month()))), "Year": t.Year()}
	if t.Year() == now.Year() {
		return lang.F("dates.day-month", data)
	}
	return lang.F("dates.day-month-year", data)
}

// DayOf reads a day as the vault stores it; the zero time if it is not one.
func DayOf(s string) time.Time {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		return time.Time{}
	}
	return t
}
