package demodata

import (
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"ebb/exercises"
)

// What the menu names is in the library, their own exercise is whole, and what is said
// of it keeps to the voice.
func TestTheMenu(t *testing.T) {
	library, err := exercises.English()
	if err != nil {
		t.Fatal(err)
	}
	menu, err := TheMenu(today)
	if err != nil {
		t.Fatal(err)
	}
	own, err := exercises.Parse(menu.Own)
	if err != nil {
		t.Fatal(err)
	}
	if library.Find(own.ID) != nil {
		t.Errorf("%s is the id of one of the library's", own.ID)
	}
	said := string(menu.Own)
	states := map[string]bool{}
	for _, c := range menu.Changes {
		if library.Find(c.Exercise) == nil {
			t.Errorf("there is no exercise %q", c.Exercise)
		}
		if age := today.Sub(c.At); age <= 0 || age > (maxDaysAgo+1)*24*time.Hour {
			t.Errorf("%s changed %v ago", c.Exercise, age)
		}
		states[c.State] = true
		said += c.Note
	}
	if len(menu.Changes) < 4 || !states["offered"] || !states["resting"] {
		t.Errorf("little happened: %+v", menu.Changes)
	}
	if found := forbidden.FindString(said); found != "" {
		t.Errorf("the menu says %q", found)
	}
	people, err := People(today)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range people {
		if !p.Part.Agreed.Before(today) || p.Part.Agreed.IsZero() || len(p.Part.Opens) == 0 || len(p.Part.Hides) == 0 {
			t.Errorf("%s: %+v", p.Name, p.Part)
		}
		for _, id := range append(p.Part.Opens, p.Part.Hides...) {
			if library.Find(id) == nil {
				t.Errorf("%s: there is no exercise %q", p.Name, id)
			}
		}
	}
}

func TestMistakesInTheMenuAreRefused(t *testing.T) {
	const sound = "zone = \"UTC\"\nown = \"own.toml\"\n[[change]]\nexercise = \"E1\"\nstate = \"resting\"\ndays_ago = 9\n[[change]]\nexercise = \"E1\"\nstate = \"offered\"\ndays_ago = 3\n"
	for name, c := range map[string]struct{ menu, want string }{
		"nothing wrong": {sound, ""},
		"no file":       {strings.Replace(sound, "own.toml", "other.toml", 1), "other.toml"},
		"no place":      {strings.Replace(sound, "UTC", "Local", 1), "no place"},
		"a new field":   {sound + "by = \"Ines\"\n", "no field"},
		"out of order":  {strings.Replace(sound, "days_ago = 3", "days_ago = 12", 1), "earlier"},
		"today":         {strings.Replace(sound, "days_ago = 9", "days_ago = 0", 1), "days_ago"},
		"no TOML":       {"= =", "menu.toml"},
	} {
		_, err := decodeMenu(fstest.MapFS{"data/menu.toml": {Data: []byte(c.menu)}, "data/own.toml": {Data: []byte("x")}}, today)
		if (err == nil) != (c.want == "") || err != nil && !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: error %v, want %q", name, err, c.want)
		}
	}
}
