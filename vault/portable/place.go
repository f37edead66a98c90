package portable

import (
	"fmt"
	"os"
	"regexp"
	"strconv"
	"strings"
	"time"
	_ "time/tzdata" // an import must not depend on the zones that a machine has
)

// Years outside this range are mistakes (zero dates, overflows); the margin
// keeps the local day within four digits in every zone.
const (
	firstYear = 1000
	lastYear  = 9998
)

var (
	zoneName   = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9_+-]{0,31}(/[A-Za-z0-9_+-]{1,31}){0,2}$`)
	zoneOffset = regexp.MustCompile(`^(?:GMT|UTC)([+-])(\d{1,2}):?(\d{2})?$`)
)

// places remembers the zones that an import has met.
type places map[string]place

type place struct {
	loc  *time.Location
	zone string // the IANA name, or ""
	ok   bool
}

// find returns the zone of that name. Where the name means nothing, ok is false
// and days are counted in UTC. Names of the form GMT+0530 are understood; whole
// hours become the IANA zone Etc/GMT-5, whose sign runs the other way.
func (p places) find(name string) place {
	if known, ok := p[name]; ok {
		return known
	}
	found := lookUp(name)
	if len(p) < 1024 {
		p[name] = found
	}
	return found
}

func lookUp(name string) place {
	nowhere := place{loc: time.UTC}
	if m := zoneOffset.FindStringSubmatch(name); m != nil {
		hours, _ := strconv.Atoi(m[2])
		minutes, _ := strconv.Atoi(m[3])
		if hours > 14 || minutes > 59 {
			return nowhere
		}
		seconds := hours*3600 + minutes*60
		sign := "-"
		if m[1] == "-" {
			seconds, sign = -seconds, "+"
		}
		switch {
		case seconds == 0:
			return place{time.UTC, "UTC", true}
		case minutes != 0 || hours > 12 && sign == "+":
			return place{time.FixedZone("", seconds), "", true}
		}
		name = "Etc/GMT" + sign + strconv.Itoa(hours)
	}
	if !zoneName.MatchString(name) {
		return nowhere
	}
	switch strings.ToLower(name) {
	case "local", "localtime", "posixrules", "factory":
		return nowhere // they mean this machine, or nothing
	}
	loc, err := time.LoadLocation(name)
	if err != nil {
		return nowhere
	}
	return place{loc, name, true}
}

// here is the zone of this machine, for dates that come without one. Its IANA
// name is known where TZ or /etc/localtime tells it.
func here() place {
	if tz, set := os.LookupEnv("TZ"); set {
		if p := lookUp(strings.TrimPrefix(tz, ":")); p.ok {
			return p
		}
	}
	if target, err := os.Readlink("/etc/localtime"); err == nil {
		if _, name, ok := strings.Cut(target, "zoneinfo/"); ok {
			if p := lookUp(name); p.ok {
				return p
			}
		}
	}
	return place{loc: time.Local}
}

// instant reads an RFC 3339 time.
func instant(s string) (time.Time, error) {
	if len(s) > 64 {
		return time.Time{}, fmt.Errorf("too long for a date")
	}
	t, err := time.Parse(time.RFC3339Nano, s)
	if err != nil {
		return time.Time{}, fmt.Errorf("not a date")
	}
	t = t.UTC()
	if !plausible(t) {
		return time.Time{}, fmt.Errorf("not a plausible date")
	}
	return t, nil
}

func plausible(t time.Time) bool { return t.Year() >= firstYear && t.Year() <= lastYear }

func dayOf(t time.Time) string { return t.Format(time.DateOnly) }

// isDay tells whether s is a day of the calendar written YYYY-MM-DD.
func isDay(s string) bool {
	_, err := time.Parse(time.DateOnly, s)
	return err == nil
}
