package window

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2/test"

	"ebb/ui/kit"
	_ "ebb/ui/kit/still"
)

// A look is how the window is set in a picture.
type look struct {
	name string
	mode kit.Mode
	size int
}

// looks are those in which every page is looked at.
var looks = []look{
	{name: "light", mode: kit.ModeLight, size: 100},
	{name: "dark", mode: kit.ModeDark, size: 100},
	{name: "light-200", mode: kit.ModeLight, size: 200},
	{name: "dark-200", mode: kit.ModeDark, size: 200},
}

// officeLooks are those for the pages of an office.
var officeLooks = looks[:3]

// An album compares pages with the pictures of them that somebody looked at, in one
// look. After a change, look at what lies under testdata/failed before it is copied
// over the old picture.
type album struct {
	t        *testing.T
	look     look
	pictures string // the folder of this package
	world    string // where the test runs
	compared bool   // a picture was
}

// inLooks runs a walk once in each of some looks. Pages show where a vault lies, so the
// walk runs in a folder of its own, where a relative name is the same in every run.
func inLooks(t *testing.T, looks []look, walk func(t *testing.T, a *album)) {
	for _, look := range looks {
		if testing.Short() && look.name != "light" {
			continue // painting takes minutes under the race detector, and one picture shows its races
		}
		t.Run(look.name, func(t *testing.T) {
			a := &album{t: t, look: look, world: t.TempDir()}
			var err error
			if a.pictures, err = os.Getwd(); err != nil {
				t.Fatal(err)
			}
			t.Chdir(a.world)
			walk(t, a)
		})
	}
}

// dress sets somebody's window to the look.
func (a *album) dress(p *person) {
	p.w.setColours(a.look.mode)
	p.w.setTextSize(a.look.size)
}

// office is one in which nothing was written yet, in the look.
func (a *album) office() *person {
	a.t.Helper()
	p := officeAt(a.t, "Ebb")
	a.dress(p)
	return p
}

// shows compares what is on the screen with the picture of that name; with -short the
// first only.
func (a *album) shows(p *person, name string) {
	a.t.Helper()
	if testing.Short() && a.compared {
		return
	}
	a.compared = true
	picture := p.w.Canvas().Capture()
	a.change(a.pictures)
	defer a.change(a.world)
	test.AssertImageMatches(a.t, fmt.Sprintf("%s/%s.png", a.look.name, name), picture)
}

// samePicture compares two pictures of what must look the same whoever looks, and leaves
// both under testdata/failed when it does not.
func samePicture(t *testing.T, what string, got, want []byte) {
	t.Helper()
	if bytes.Equal(got, want) {
		return
	}
	for suffix, picture := range map[string][]byte{"-got": got, "-want": want} {
		name := filepath.Join("testdata", "failed", strings.ReplaceAll(what, " ", "-")+suffix+".png")
		if err := errors.Join(os.MkdirAll(filepath.Dir(name), 0o700), os.WriteFile(name, picture, 0o600)); err != nil {
			t.Error(err)
		}
	}
	t.Errorf("%s: the picture is another one; testdata/failed has both", what)
}

func (a *album) change(dir string) {
	a.t.Helper()
	if err := os.Chdir(dir); err != nil {
		a.t.Fatal(err)
	}
}
