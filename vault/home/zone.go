package home

import (
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"
)

// localZone finds the IANA name of the machine's zone, which Go's time package
// knows only as "Local": from TZ, or from where /etc/localtime points. It is
// empty where neither tells (Windows among them); the wall-clock date is kept
// beside it in any case.
var localZone = sync.OnceValue(func() string {
	if tz := strings.TrimPrefix(os.Getenv("TZ"), ":"); tz != "" {
		if _, err := time.LoadLocation(tz); err == nil {
			return tz
		}
	}
	target, err := filepath.EvalSymlinks("/etc/localtime")
	if err != nil {
		return ""
	}
	_, name, found := strings.Cut(filepath.ToSlash(target), "zoneinfo/")
	if _, err := time.LoadLocation(name); !found || err != nil {
		return ""
	}
	return name
})

// inZone returns the instant ms milliseconds after 1970, in the zone it was
// written in; UTC if this machine does not know the zone.
func inZone(ms int64, zone string) time.Time {
	t := time.UnixMilli(ms).UTC()
	if zone == "" {
		return t
	}
	place, err := zones.load(zone)
	if err != nil {
		return t
	}
	return t.In(place)
}

// zones keeps loaded zones: a list of 10,000 entries names the same two.
var zones zoneCache

type zoneCache struct {
	mu    sync.Mutex
	known map[string]*time.Location
}

func (c *zoneCache) load(name string) (*time.Location, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if l := c.known[name]; l != nil {
		return l, nil
	}
	l, err := time.LoadLocation(name)
	if err != nil {
		return nil, err
	}
	if c.known == nil {
		c.known = map[string]*time.Location{}
	}
	c.known[name] = l
	return l, nil
}
