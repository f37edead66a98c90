package exercises

import (
	"crypto/rand"
	"encoding/binary"
	"time"
)

// Day is a date without a time or a zone: what is fixed "until tomorrow" is fixed for
// the date on the clock of the room.
type Day struct {
	Year  int
	Month time.Month
	Day   int
}

// DayOf returns the date that the clock shows.
func DayOf(t time.Time) Day {
	y, m, d := t.Date()
	return Day{y, m, d}
}

// Plus returns the date n days later.
func (d Day) Plus(n int) Day {
	return DayOf(time.Date(d.Year, d.Month, d.Day+n, 12, 0, 0, 0, time.UTC))
}

// Before reports whether d comes before other.
func (d Day) Before(other Day) bool {
	if d.Year != other.Year {
		return d.Year < other.Year
	}
	if d.Month != other.Month {
		return d.Month < other.Month
	}
	return d.Day < other.Day
}

// Days returns the number of days from d to other; negative if other comes first.
func (d Day) Days(other Day) int {
	at := func(d Day) time.Time { return time.Date(d.Year, d.Month, d.Day, 12, 0, 0, 0, time.UTC) }
	return int(at(other).Sub(at(d)).Hours() / 24)
}

// String is the date as ISO 8601 writes it.
func (d Day) String() string {
	return time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, time.UTC).Format(time.DateOnly)
}

// A Part is what one person who sits down brings: nothing but whether it is open to
// them. It never leaves the drawer that it was read from in another form.
type Part struct {
	Opened    bool // an opening of theirs for this exercise is in force today
	Resting   bool // they rest all their openings
	Consented bool // their consent to exercises is in force
}

// A Sitting is everybody, sat down for one exercise on one day. All of it is in
// memory, and only [Sitting.Start] says anything about it.
type Sitting struct {
	Exercise *Exercise
	// Offered: it is on the menu: from the start, or by a practitioner.
	Offered bool
	// Within: no limit of a practitioner's forbids it.
	Within bool
	// Rests: the exercise itself rests today, for whatever reason.
	Rests bool
	Parts []Part
}

// Start reports whether the exercise can start. It is the one value that comes out:
// whoever sees the resting page learns no more than that it is false.
func (s *Sitting) Start() bool {
	start := s.Offered && s.Within && !s.Rests && len(s.Parts) > 1
	for _, p := range s.Parts {
		// Every part is looked at, whatever the others were.
		start = start && p.Opened && !p.Resting && p.Consented
	}
	return start
}

// Random rests: so that a rest never has a certain cause, every exercise that needs
// openings rests by itself now and then (product.md, "resting page"; care.md, 2).
const (
	// RestShare is the share of days on which an exercise rests by itself.
	RestShare = 1.0 / 8
	// ShortestRest and LongestRest are in days; every length between is as likely.
	ShortestRest = 1
	LongestRest  = 3
)

// restStart is how likely a rest begins on a day that is not already one. Between two
// rests lie (1 - q)/q such days in the mean, so that with a mean rest of m days the
// share is m / (m + (1 - q)/q), here solved for q.
const (
	meanRest  = (ShortestRest + LongestRest) / 2.0
	restStart = RestShare / (meanRest - RestShare*(meanRest-1))
)

// DrawRest draws whether a rest begins on a day, and for how many days. 0 is none. It
// uses the system's random numbers: nothing that was stored decides.
func DrawRest() (days int) {
	var b [16]byte
	rand.Read(b[:])
	return drawRest(binary.BigEndian.Uint64(b[:8]), binary.BigEndian.Uint64(b[8:]))
}

// drawRest turns two random numbers into a rest.
func drawRest(begins, length uint64) int {
	if float64(begins>>11)/(1<<53) >= restStart {
		return 0
	}
	return ShortestRest + int(length%(LongestRest-ShortestRest+1))
}
