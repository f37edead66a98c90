//go:build realwindow && gallery

package window

import (
	"cmp"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"maps"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"sync"
	"testing"
	"time"

	"ebb/ui/lang"
	"ebb/vault/home"
)

// The demo's passphrase of the first of its two people.
const demoWords = "heron reeds evening bench"

// A gallery takes the pictures of the documentation: of the window's content, in a
// home that is nobody's, in the evening.
type gallery struct {
	*Program
	folder string
}

// open starts the program in a home called ada, with the preferences it has then.
func open(t *testing.T, preferences string, fill func(ebb string)) gallery {
	t.Helper()
	folder := os.Getenv("EBB_GALLERY")
	if folder == "" {
		t.Fatal("EBB_GALLERY names no folder for the pictures: run make pictures")
	}
	ada := neutralHome(t)
	settings := filepath.Join(ada, "config", "fyne", "org.ebb.desktop")
	if err := os.MkdirAll(settings, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(settings, "preferences.json"), []byte(preferences), 0o600); err != nil {
		t.Fatal(err)
	}
	t.Setenv("TZ", evening())
	fill(filepath.Join(ada, "Ebb"))
	p := StartWith(t, Options{Home: ada, Env: []string{"TZ=" + evening()}, Size: "1400x900"})
	p.Point(0, 0) // nothing is hovered
	return gallery{p, folder}
}

// neutralHome makes a home folder whose path says nothing about this machine. It
// is removed after the test; one that is there already, as of a gallery that is taken
// at the same time, is left alone.
func neutralHome(t testing.TB) string {
	t.Helper()
	var err error
	for _, folder := range []string{"/home/ada", "/home/ines", "/home/rowan", "/home/joan", filepath.Join(os.TempDir(), "ada")} {
		if err = os.Mkdir(folder, 0o700); err == nil {
			t.Cleanup(func() { _ = os.RemoveAll(folder) })
			return folder
		}
	}
	t.Fatal(err)
	return ""
}

// evening is a time zone in which it is about half past eight in the evening.
func evening() string {
	east := (20-time.Now().UTC().Hour()+36)%24 - 12
	return fmt.Sprintf("Etc/GMT%+d", -east) // the sign is the other way round there
}

// take keeps a picture of the window's content.
func (g gallery) take(name string) {
	g.t.Helper()
	full := g.Picture("").(*image.RGBA)
	keep(g.t, filepath.Join(g.folder, name+".png"), full.SubImage(g.content()).(*image.RGBA))
}

// keep writes a picture in few colours, as small as it becomes: there are hundreds.
func keep(t testing.TB, path string, picture *image.RGBA) {
	t.Helper()
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	encoder := png.Encoder{CompressionLevel: png.BestCompression}
	if err := errors.Join(encoder.Encode(f, fewColours(picture)), f.Close()); err != nil {
		t.Fatal(err)
	}
}

// fewColours is a picture in sixteen colours, which fit into half a byte: surfaces keep
// theirs, and what is between them, which are edges of letters, has the rest. First those
// are taken that most of the picture is least like; then each that is no surface moves
// into the middle of all that is nearest to it.
func fewColours(from *image.RGBA) *image.Paletted {
	part := from.Bounds()
	const most, surface, rounds = 16, 2000, 12
	counts := make(map[color.RGBA]int)
	for y := part.Min.Y; y < part.Max.Y; y++ {
		for x := part.Min.X; x < part.Max.X; x++ {
			counts[from.RGBAAt(x, y)]++
		}
	}
	colours := slices.SortedFunc(maps.Keys(counts), func(a, b color.RGBA) int {
		return cmp.Or(counts[b]-counts[a], int(a.R)-int(b.R), int(a.G)-int(b.G), int(a.B)-int(b.B))
	})
	few := []color.RGBA{colours[0]}
	for len(few) < min(most, len(colours)) {
		next, furthest := colours[0], -1
		for _, c := range colours {
			if d := counts[c] * unlike(c, few[nearest(few, c)]); d > furthest {
				next, furthest = c, d
			}
		}
		few = append(few, next)
	}
	for range rounds {
		sums := make([][4]int, len(few)) // of red, green, blue and how many
		for _, c := range colours {
			n, sum := counts[c], &sums[nearest(few, c)]
			sum[0], sum[1], sum[2], sum[3] = sum[0]+n*int(c.R), sum[1]+n*int(c.G), sum[2]+n*int(c.B), sum[3]+n
		}
		for i, sum := range sums {
			if n := sum[3]; n > 0 && counts[few[i]] < surface {
				few[i] = color.RGBA{uint8(sum[0] / n), uint8(sum[1] / n), uint8(sum[2] / n), 0xFF}
			}
		}
	}
	var palette color.Palette
	for _, c := range few {
		palette = append(palette, c)
	}
	index := make(map[color.RGBA]uint8, len(colours))
	for _, c := range colours {
		index[c] = uint8(nearest(few, c))
	}
	picture := image.NewPaletted(image.Rect(0, 0, part.Dx(), part.Dy()), palette)
	for y := range part.Dy() {
		for x := range part.Dx() {
			picture.SetColorIndex(x, y, index[from.RGBAAt(part.Min.X+x, part.Min.Y+y)])
		}
	}
	return picture
}

// nearest is the place of the colour that is most like c.
func nearest(few []color.RGBA, c color.RGBA) int {
	best, least := 0, math.MaxInt
	for i, f := range few {
		if d := unlike(f, c); d < least {
			best, least = i, d
		}
	}
	return best
}

// unlike is the square of the distance of two colours.
func unlike(a, b color.RGBA) int {
	r, g, bl := int(a.R)-int(b.R), int(a.G)-int(b.G), int(a.B)-int(b.B)
	return r*r + g*g + bl*bl
}

// content is where the window's content lies on the screen.
func (g gallery) content() image.Rectangle {
	g.t.Helper()
	x, y := g.pixel(place{window: g.Screen().Windows[0]})
	var size image.Point
	for i, word := range []string{"Width", "Height"} {
		found := regexp.MustCompile(word + `: (\d+)`).FindStringSubmatch(g.display.run(g.t, "xwininfo", "-name", lang.T("window.name")))
		if found == nil {
			g.t.Fatal("xwininfo does not tell the window's size")
		}
		n, err := strconv.Atoi(found[1])
		if err != nil {
			g.t.Fatal(err)
		}
		if i == 0 {
			size.X = n
		} else {
			size.Y = n
		}
	}
	return image.Rectangle{Min: image.Pt(x, y), Max: image.Pt(x, y).Add(size)}
}

const (
	light       = `{"colours":1,"text-size":100}`
	dark        = `{"colours":2,"text-size":100}`
	lightLarge  = `{"colours":1,"text-size":200}`
	darkLarge   = `{"colours":2,"text-size":200}`
	searchField = "Search your own words"
)

// looks are the colours and sizes of text in which every page is taken, by the ending
// of its name.
var looks = map[string]string{"": light, "-dark": dark, "-200": lightLarge, "-dark-200": darkLarge}

func empty(string) {}

// demo is a folder with the demo's vaults, made once: to make them takes as long as to
// unlock twenty.
var demo = sync.OnceValues(func() (string, error) {
	folder := filepath.Join(filepath.Dir(greeter), "demo")
	out, err := exec.Command(os.Getenv("EBB_PROGRAM"), "demo", folder).CombinedOutput()
	if err != nil {
		err = fmt.Errorf("demo: %w\n%s", err, out)
	}
	return folder, err
})

// openDemo is [open] in the home of the demo's couple.
func openDemo(t *testing.T, preferences string) gallery {
	t.Helper()
	return open(t, preferences, func(ebb string) {
		made, err := demo()
		if err != nil {
			t.Fatal(err)
		}
		if err := os.CopyFS(filepath.Join(ebb, "Demo.ebb"), os.DirFS(filepath.Join(made, "Demo.ebb"))); err != nil {
			t.Fatal(err)
		}
	})
}

// press presses what is called name with the mouse, if it is in sight, and else goes to
// it with Tab; the mouse goes away again.
func (g gallery) press(name string) {
	g.t.Helper()
	if found := g.Screen().pressable(name); len(found) != 1 || found[0].Disabled {
		g.choose(name)
		return
	}
	g.Click(name)
	g.Point(0, 0)
}

// entersDemo unlocks it, as the first of the two.
func (g gallery) entersDemo() {
	g.t.Helper()
	g.WaitFocus("Passphrase")
	g.enter(demoWords)
	g.Wait("Today", func(s Screen) bool { return !s.Shows("Welcome back.") && s.Shows("Write") })
}

// The first evening, on a computer where nothing is yet.
func TestGalleryFirstEvening(t *testing.T) {
	for suffix, preferences := range map[string]string{"": light, "-dark": dark, "-200": lightLarge} {
		t.Run("first"+suffix, func(t *testing.T) {
			g := open(t, preferences, empty)
			g.WaitText("Ebb keeps your words on this computer")
			g.take("first-run" + suffix)
			if suffix != "" {
				g.choose("Create")
				g.WaitFocus("The name you use")
				g.enter("Ada")
				g.Key("Return")
				g.WaitFocus("Type it once more")
				g.take("create-passphrase" + suffix)
				return
			}
			g.Key("Return")
			g.WaitFocus("The name you use")
			g.Type("Ada")
			g.take("create")
			g.enter("")
			g.WaitFocus("Where it is kept")
			g.Key("Return")
			g.WaitFocus("Type it once more")
			g.take("create-passphrase")
			g.choose("I would rather use my own")
			g.WaitFocus("A passphrase of your own")
			g.enter(ownWords)
			g.WaitFocus("Type it once more")
			g.enter(ownWords)
			g.WaitText(onToday)
			g.Key("ctrl+2")
			g.WaitText("A blank page, and no hurry")
			g.take("journal-empty")
			for _, entry := range [][2]string{
				{"Rain on the skylight", "We sat on the floor with the tea going cold and said almost nothing. It was enough."},
				{"The allotment, early", "Frost on the leeks. You had put my gloves on the heater before I was up."},
				{"A small no, kindly meant", "I said not tonight, and you said all right, and moved the lamp so that I could read."},
			} {
				g.Key("ctrl+n")
				g.WaitFocus("Write here.")
				g.Type("# " + entry[0])
				g.Key("Return", "Return")
				g.Type(entry[1])
				g.Key("ctrl+s")
				g.WaitText("Kept.")
			}
			g.Key("ctrl+2")
			g.WaitText("moved the lamp")
			g.take("journal-three")
			words := g.invite()
			g.take("invitation")
			g.replacedBy(func() { g.choose("Lock now") })
			g.enter(words)
			g.WaitText("Already here: Ada.")
			g.take("join")
		})
	}
}

// The pages, in the demo's vault.
func TestGalleryPages(t *testing.T) {
	for suffix, preferences := range looks {
		t.Run("pages"+suffix, func(t *testing.T) {
			g := openDemo(t, preferences)
			g.WaitFocus("Passphrase")
			g.take("unlock" + suffix)
			g.entersDemo()
			g.take("today" + suffix)
			g.Key("ctrl+2")
			g.WaitFocus("Journal")
			g.take("journal" + suffix)
			g.Key("ctrl+f")
			g.WaitFocus(searchField)
			g.Type("banked")
			g.WaitGone("Day centre again")
			g.take("search" + suffix)
			g.Key("ctrl+2")
			g.WaitFocus("Journal")
			g.Key("Down", "Down", "Down")
			g.take("reading" + suffix)
			g.Key("ctrl+e")
			g.WaitFocus("Write here.")
			g.take("writing" + suffix)
			g.Key("ctrl+3")
			g.take("shared-lines" + suffix)
			g.Key("ctrl+4")
			g.take("people" + suffix)
			g.Key("ctrl+6")
			g.take("my-data" + suffix)
			g.Key("ctrl+comma")
			g.take("settings" + suffix)
			g.Key("ctrl+5")
			g.take("help" + suffix)
			g.Key("ctrl+h")
			g.WaitText("Press any key to open Ebb.")
			g.take("quick-hide" + suffix)
		})
	}
}

// A journal of 10,000 entries, the newest with 50,000 characters.
func TestGalleryManyEntries(t *testing.T) {
	g := open(t, light, func(ebb string) {
		fill(t, filepath.Join(ebb, "Home.ebb"), "Ada", home.Options(time.Now), 10_000, long(t, 50_000))
	})
	g.unlock(ownWords)
	g.Key("ctrl+2")
	g.WaitFocus("Journal")
	g.Key("Next", "Next", "Next")
	g.take("journal-10000")
	g.Key("Home")
	g.Key("ctrl+e")
	g.WaitFocus("Write here.")
	g.Key("ctrl+End")
	g.take("entry-50000")
}
