package window

import (
	"fmt"
	"os"
	"testing"

	"fyne.io/fyne/v2/test"

	"ebb/ui/kit"
)

// A dress is how the window looks in a picture.
type dress struct {
	name string
	mode kit.Mode
	size int
}

// officeLooks are those in which the pages of an office are looked at.
var officeLooks = []dress{
	{name: "light", mode: kit.ModeLight, size: 100},
	{name: "dark", mode: kit.ModeDark, size: 100},
	{name: "light-200", mode: kit.ModeLight, size: 200},
}

// officeGallery is an office in a folder that is the same in every run, and a way to
// compare its pages with their pictures.
func officeGallery(t *testing.T, look dress) (*person, func(name string)) {
	t.Helper()
	pictures, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	world := t.TempDir()
	t.Chdir(world)
	p := officeAt(t, "Ebb")
	p.w.setColours(look.mode)
	p.w.setTextSize(look.size)
	return p, func(name string) {
		t.Helper()
		if testing.Short() {
			return
		}
		picture := p.w.Canvas().Capture()
		change(t, pictures)
		defer change(t, world)
		test.AssertImageMatches(t, fmt.Sprintf("%s/%s.png", look.name, name), picture)
	}
}
