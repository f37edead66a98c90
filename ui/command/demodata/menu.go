package demodata

import (
	"errors"
	"fmt"
	"io/fs"
	"time"
)

// A Menu is how the menu of all people stands.
type Menu struct {
	Changes []Change // the earliest first
	Own     []byte   // the file of an exercise of their own
}

// A Change is how an exercise stood from a day on.
type Change struct {
	Exercise string // the id of one of the library's
	State    string // offered, resting or retired
	Note     string // a practitioner's, or empty
	At       time.Time
}

// A Part is what one person keeps to themselves about the menu.
type Part struct {
	Agreed time.Time // to exercises; zero if they did not
	Opens  []string  // exercises, today
	Hides  []string
}

// TheMenu returns the menu as it stands today.
func TheMenu(today time.Time) (Menu, error) { return decodeMenu(data, today) }

func decodeMenu(fsys fs.FS, today time.Time) (Menu, error) {
	var file struct {
		Zone   string `toml:"zone"`
		Own    string `toml:"own"`
		Change []struct {
			Exercise string `toml:"exercise"`
			State    string `toml:"state"`
			Note     string `toml:"note"`
			DaysAgo  int    `toml:"days_ago"`
		} `toml:"change"`
	}
	raw, err := fs.ReadFile(fsys, "data/menu.toml")
	if err != nil {
		return Menu{}, err
	}
	if err := strict(string(raw), &file); err != nil {
		return Menu{}, fmt.Errorf("menu.toml: %w", err)
	}
	place, err := zone(file.Zone)
	if err != nil {
		return Menu{}, fmt.Errorf("menu.toml: %w", err)
	}
	var m Menu
	if m.Own, err = fs.ReadFile(fsys, "data/"+file.Own); err != nil {
		return Menu{}, err
	}
	for i, c := range file.Change {
		at, err := noon(c.DaysAgo, place, today)
		if err == nil && i > 0 && at.Before(m.Changes[i-1].At) {
			err = errors.New("it is earlier than the one before")
		}
		if err != nil {
			return Menu{}, fmt.Errorf("menu.toml, change %d: %w", i+1, err)
		}
		m.Changes = append(m.Changes, Change{c.Exercise, c.State, c.Note, at})
	}
	return m, nil
}

// noon is the middle of a day that many days ago, at a place.
func noon(daysAgo int, place *time.Location, today time.Time) (time.Time, error) {
	if daysAgo < 1 || daysAgo > maxDaysAgo {
		return time.Time{}, fmt.Errorf("days_ago is %d, not from 1 to %d", daysAgo, maxDaysAgo)
	}
	year, month, day := today.In(place).AddDate(0, 0, -daysAgo).Date()
	return time.Date(year, month, day, 12, 0, 0, 0, place), nil
}
