package portable

import (
	"bytes"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// jrnl writes an entry as "[2026-01-02 09:00] Title." in the time format of its
// configuration, which a journal does not hold. So the figures are read as they
// stand, and where the order of day and month could be either, the other entries
// of the file tell it (jrnlStyle). Names of months and weekdays are English, as
// they are for most people; a head with other names is not seen as one.

// figures are the date and the time at the head of an entry.
type figures struct {
	year, month, day     int
	hour, minute, second int
	dated, timed         bool // what of it stands there
	broken               bool // it looks like a date and is none
	sign                 byte // - . or / between day, month and year, in this or another order
	loose                bool // day and month may be the other way round: 01/02/2026
	swapped              bool // the month stands first: 01/31/2026
}

// An order is in which order the day and the month stand in front of a year.
type order int

const (
	orderUnknown order = iota
	dayFirst
	monthFirst
)

var (
	dateWeekday = regexp.MustCompile(`(?i)^(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?,? +`)
	dateYear    = regexp.MustCompile(`^(\d{4})([-/.])(\d{1,2})[-/.](\d{1,2})(?:\D|$)`)
	dateEnds    = regexp.MustCompile(`^(\d{1,2})([-/.])(\d{1,2})[-/.](\d{4}|\d{2})(?:\D|$)`)
	dateNamed   = regexp.MustCompile(`(?i)^(\d{1,2})(?:st|nd|rd|th)?\.?[ -]([a-z]{3,9})\.?,?[ -](\d{4})(?:\D|$)`)
	dateNamedUS = regexp.MustCompile(`(?i)^([a-z]{3,9})\.? +(\d{1,2})(?:st|nd|rd|th)?,? (\d{4})(?:\D|$)`)
	dateC       = regexp.MustCompile(`(?i)^([a-z]{3,9}) +(\d{1,2}) (\d{1,2}:\d{2}(?::\d{2})?) (\d{4})$`) // as %c
	dateCompact = regexp.MustCompile(`^(\d{4})(\d{2})(\d{2})(?:\D|$)`)
	dateMonth   = regexp.MustCompile(`^\d{4}-\d{1,2}(?:[ T]|$)`) // no day
	clock       = regexp.MustCompile(`(?i)^(\d{1,2})[:.h](\d{2})(?:[:.](\d{2})(?:\.\d{1,9})?)?(?: ?([ap])\.?m\.?)?$`)
	clockHour   = regexp.MustCompile(`(?i)^(\d{1,2})() ?()([ap])\.?m\.?$`)
	clockShort  = regexp.MustCompile(`^(\d{2})(\d{2})(\d{2})?()$`)
	clockFront  = regexp.MustCompile(`(?i)^(\d{1,2}:\d{2}(?::\d{2})?(?: ?[ap]m)?),? +(\D*\d.*)$`)
)

var months = []string{"jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"}

// readFigures reads what stands between the brackets of a head. ok is false if it
// is neither a date nor looks like one; of a time of day alone dated is false.
func readFigures(s string) (f figures, ok bool) {
	s = strings.Join(strings.Fields(s), " ")
	s = dateWeekday.ReplaceAllString(s, "")
	if strings.ContainsAny(s, ":mM") && f.readClock(s) { // 09.06.13 is a date
		return f, true
	}
	if m := dateC.FindStringSubmatch(s); m != nil {
		f.dated = f.named(m[1], m[2], m[4])
		f.broken = !f.readClock(m[3])
		return f, f.dated
	}
	rest, ok := f.readDate(s)
	if !ok {
		m := clockFront.FindStringSubmatch(s)
		if m == nil {
			return f, false
		}
		at := m[1]
		if rest, ok = f.readDate(dateWeekday.ReplaceAllString(m[2], "")); !ok || rest != "" {
			return f, false
		}
		f.broken = !f.readClock(at) || f.broken
		return f, true
	}
	rest = strings.TrimPrefix(strings.TrimLeft(rest, " ,T"), "at ")
	if rest != "" && !f.readClock(rest) {
		// 2026-03-04 25:00 is a date that went wrong; 2026-03-04 and I is text.
		f.broken = true
		return f, rest[0] >= '0' && rest[0] <= '9'
	}
	return f, true
}

// readDate reads a date from the beginning of s and returns what follows it.
func (f *figures) readDate(s string) (rest string, ok bool) {
	var m []string
	behind := func(re *regexp.Regexp, last int) bool {
		at := re.FindStringSubmatchIndex(s)
		if at == nil {
			return false
		}
		m = re.FindStringSubmatch(s)
		rest = s[at[2*last+1]:]
		return true
	}
	switch {
	case behind(dateYear, 4):
		f.year, f.month, f.day = number(m[1]), number(m[3]), number(m[4])
	case behind(dateEnds, 4):
		f.day, f.month, f.year = number(m[1]), number(m[3]), number(m[4])
		if len(m[4]) == 2 { // as %y
			if f.year += 2000; f.year >= 2069 {
				f.year -= 100
			}
		}
		f.sign = m[2][0]
		switch {
		case f.sign == '.' || f.day > 12: // nobody puts the month in front of a full stop
		case f.month > 12:
			f.day, f.month, f.swapped = f.month, f.day, true
		default:
			f.loose = f.day != f.month
		}
	case behind(dateNamed, 3):
		if !f.named(m[2], m[1], m[3]) {
			return "", false
		}
	case behind(dateNamedUS, 3):
		if !f.named(m[1], m[2], m[3]) {
			return "", false
		}
	case behind(dateCompact, 3):
		f.year, f.month, f.day = number(m[1]), number(m[2]), number(m[3])
	case dateMonth.MatchString(s):
		f.broken, rest = true, s[strings.IndexAny(s+" ", " T"):]
	default:
		return "", false
	}
	f.dated = true
	return rest, true
}

func (f *figures) named(month, day, year string) bool {
	for i, name := range months {
		if strings.HasPrefix(strings.ToLower(month), name) {
			f.month, f.day, f.year = i+1, number(day), number(year)
			return true
		}
	}
	return false
}

// readClock reads a time of day that is all of s.
func (f *figures) readClock(s string) bool {
	m := clock.FindStringSubmatch(s)
	if m == nil {
		m = clockHour.FindStringSubmatch(s)
	}
	if m == nil && f.dated {
		m = clockShort.FindStringSubmatch(s)
	}
	if m == nil {
		return false
	}
	f.hour, f.minute, f.second = number(m[1]), number(m[2]), number(m[3])
	switch half := strings.ToLower(m[4]); {
	case half == "a" && f.hour == 12:
		f.hour = 0
	case half == "p" && f.hour < 12:
		f.hour += 12
	}
	f.timed = true
	f.broken = f.broken || f.hour > 23 || f.minute > 59 || f.second > 59
	return true
}

// number reads digits that an expression has found; none are 0.
func number(s string) int {
	n, _ := strconv.Atoi(s)
	return n
}

// in gives the figures of a file whose dates have that order. Where nothing tells
// it, a slash has the month in front, as in the United States, and a dash the day.
func (f figures) in(o order) figures {
	if f.loose && (o == monthFirst || o == orderUnknown && f.sign == '/') {
		f.day, f.month = f.month, f.day
	}
	return f
}

// when is the moment of the figures on a wall of the place. A date alone is an
// entry for the whole day and stands at noon.
func (f figures) when(at place) (w when, ok bool) {
	day := time.Date(f.year, time.Month(f.month), f.day, 0, 0, 0, 0, time.UTC)
	if f.broken || !f.dated || f.month != int(day.Month()) || f.day != day.Day() {
		return when{}, false
	}
	hour, minute, second := f.hour, f.minute, f.second
	if !f.timed {
		hour = 12
	}
	t := time.Date(f.year, time.Month(f.month), f.day, hour, minute, second, 0, at.loc).UTC()
	return when{t, at.zone, dayOf(day), !f.timed}, plausible(t) && plausible(day)
}

// stamp names the minute as jrnl's JSON does.
func (f figures) stamp() string {
	t := time.Date(f.year, time.Month(f.month), f.day, f.hour, f.minute, 0, 0, time.UTC)
	return t.Format("2006-01-02 15:04")
}

// bracketed finds the head of an entry at the beginning of a line: a date in
// brackets and a space. length is that of the head, the space included.
func bracketed(line []byte) (f figures, length int, ok bool) {
	if len(line) == 0 || line[0] != '[' {
		return f, 0, false
	}
	end := bytes.IndexByte(line, ']')
	if end < 0 {
		return f, 0, false
	}
	behind := line[end+1:]
	if len(behind) > 0 && !isSpace(behind[0]) {
		return f, 0, false
	}
	f, ok = readFigures(string(line[1:end]))
	length = end + 1
	if len(behind) > 0 && behind[0] == ' ' {
		length++
	}
	return f, length, ok
}

// bareHead fits the head of an entry as jrnl 1 wrote it, without brackets. A time
// of day is asked for: a line of text may well begin with a date.
var bareHead = regexp.MustCompile(`^(?:\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.]\d{4}|\d{1,2} [A-Za-z]{3,9} \d{4})[ T]\d{1,2}:\d{2}(?::\d{2})?(?: ?[AaPp][Mm])?(?:[ \r\n]|$)`)

// bare finds such a head. shape is its form, by which a file keeps to one.
func bare(line []byte) (f figures, length int, shape string, ok bool) {
	if len(line) == 0 || line[0] < '0' || line[0] > '9' {
		return f, 0, "", false
	}
	found := bareHead.Find(line)
	if found == nil {
		return f, 0, "", false
	}
	head := strings.TrimRight(string(found), " \r\n")
	f, ok = readFigures(head)
	return f, min(len(head)+1, len(found)), shapeOf(head), ok
}

var (
	digitRun  = regexp.MustCompile(`\d+`)
	letterRun = regexp.MustCompile(`[A-Za-z]+`)
)

// shapeOf is a head with its figures and words made equal: 0-0-0 0:0.
func shapeOf(head string) string {
	return digitRun.ReplaceAllString(letterRun.ReplaceAllString(head, "a"), "0")
}
