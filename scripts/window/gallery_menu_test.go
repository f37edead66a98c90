//go:build realwindow && gallery

package window

import (
	"bytes"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"ebb/exercises"
	"ebb/ui/kit/probe"
	"ebb/ui/print"
)

// The passphrase of the demo's second person.
const demoOther = "kettle gravel window coat"

// Our menu, an exercise that is opened, and a run.
func TestGalleryMenu(t *testing.T) {
	for suffix, preferences := range looks {
		t.Run("menu"+suffix, func(t *testing.T) {
			g := openDemo(t, preferences)
			g.entersDemo()
			g.menuPages(suffix)
			g.runPages(suffix)
			g.openedPages(suffix)
		})
	}
}

// goMenu goes to our menu.
func (g gallery) goMenu() {
	g.t.Helper()
	g.Key("ctrl+7")
	g.WaitText("Take one, or leave them all.")
}

// searches shows the filters and looks for words in a title.
func (g gallery) searches(words string) {
	g.t.Helper()
	g.goMenu()
	more := "By topic or title"
	if !g.Screen().Shows(more) { // in large text all filters are folded up
		more = "Choose by energy, time, topic"
	}
	g.press(more)
	g.tabTo("Words in a title")
	g.Type(words)
}

func (g gallery) menuPages(suffix string) {
	g.goMenu()
	g.take("menu" + suffix)
	g.press("Tired-day cards")
	if more := "Choose by energy, time, topic"; g.Screen().Shows(more) {
		g.press(more)
	}
	g.press("Twenty minutes")
	g.press("Alone")
	g.take("menu-filtered" + suffix)
	g.searches("fireworks")
	g.tabTo("Show everything")
	g.WaitText("Nothing here fits all of that.")
	g.take("menu-empty" + suffix)
	g.goMenu()
	g.press("Good to know")
	g.WaitText("Desire differs in nearly every relationship at some time")
	g.take("good-to-know" + suffix)
	g.goMenu()
	g.press("When this is not the right tool")
	g.WaitText("Please read this once, by yourself.")
	g.take("not-the-tool" + suffix)
	g.Key("Escape")
	g.goMenu()
	g.press("Write one of your own…")
	g.WaitFocus("What it is called")
	g.Type("The long way home")
	g.take("own-exercise" + suffix)
}

func (g gallery) runPages(suffix string) {
	g.goMenu()
	g.press("Six quiet minutes")
	g.waitThere("Begin")
	g.take("exercise" + suffix)
	g.press("Begin")
	g.WaitText("There is a kind of company")
	g.take("run-opening" + suffix)
	g.Key("Right")
	g.WaitText("First, a question")
	g.take("run-check" + suffix)
	g.Key("Right", "Right", "Right")
	g.WaitText("Breathe as you breathe")
	g.take("run-step" + suffix)
	g.Key("p")
	g.WaitText("A pause.")
	g.take("run-pause" + suffix)
	g.Key("s")
	g.WaitText("It has ended.")
	g.take("run-stop" + suffix)
	g.press("A stop that was not heard")
	g.WaitText("Somebody said stop, or pause")
	g.take("stop-not-heard" + suffix)
	g.Key("Escape")
	g.WaitGone("Somebody said stop, or pause")
	g.press("Close")
	g.again()
	g.Key("Right", "Right", "Right", "Right", "Right", "Right", "Right")
	g.WaitText("That was it.")
	g.take("run-closing" + suffix)
	g.press("Write something for myself")
	g.WaitFocus("Write here.")
	g.Type("It hummed a little, and then it was still.")
	g.take("run-reflection" + suffix)
	g.again()
	g.press("Put it back")
	g.WaitText("Put back. Nothing of it is kept.")
	g.take("run-put-back" + suffix)
}

func (g gallery) openedPages(suffix string) {
	const title = "Shoulders, back, head" // the first of the two opened it
	g.WaitGone("Put back. Nothing of it is kept.")
	g.Key("ctrl+6")
	g.WaitText("The ways back")
	g.press("See what I said")
	g.WaitText("Yours alone:")
	g.take("consents" + suffix)
	g.press("Take it back")
	g.waitThere("I agree, for now")

	g.searches("shoulders")
	g.press(title)
	g.press("Take it back")
	g.waitThere("I’m open to this")
	g.WaitGone("Taken back. It leaves no trace.")
	g.take("opening" + suffix)
	g.press("I’m open to this")
	g.WaitText("Once, for you alone")
	g.take("consent-asked" + suffix)
	g.press("I agree, for now")
	g.WaitText("For you alone: 1 of")
	g.take("opening-question" + suffix)
	for g.Screen().Shows("Yes, or not sure") {
		g.press("No")
	}
	g.WaitText("Open for you, until tonight.")
	g.press("Sit down for it")
	g.waitThere("Passphrase of whoever joins")
	g.take("sitting-down" + suffix)
	g.tabTo("Passphrase of whoever joins")
	g.enter(demoOther)
	g.WaitText("This one is resting.")
	g.take("resting" + suffix)
	g.Key("Return") // it locks
	g.WaitText("Welcome back.")
}

// waitThere waits until the page has something whose name begins so, in sight or not.
func (g gallery) waitThere(name string) {
	g.t.Helper()
	g.Wait(name+" on the page", func(s Screen) bool {
		return slices.ContainsFunc(s.uppermost(), func(spot probe.Spot) bool { return strings.HasPrefix(spot.Label, name) })
	})
}

// again begins an exercise, up to its opening words.
func (g gallery) again() {
	g.t.Helper()
	g.goMenu()
	g.press("Six quiet minutes")
	g.waitThere("Begin")
	g.press("Begin")
	g.WaitText("Anyone may stop.")
}

// What comes on paper: the first pages, as a program for PDF files draws them.
func TestGalleryPaper(t *testing.T) {
	folder := os.Getenv("EBB_GALLERY")
	if _, err := exec.LookPath(draws); err != nil {
		t.Log("pdftoppm of poppler is not here, and so the pictures of paper stay as they are")
		return
	}
	library, err := exercises.English()
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]*exercises.Exercise{}
	for _, e := range library.All() {
		all[e.ID] = e
	}
	var week []*exercises.Exercise
	for _, id := range []string{"C2", "A5", "J1", "C4", "K6", "C1", "E4"} {
		week = append(week, all[id])
	}
	for name, write := range map[string]func(*bytes.Buffer) error{
		"paper-exercise": func(b *bytes.Buffer) error { return print.Exercise(b, all["C2"], library.Texts(), print.Options{}) },
		"paper-large": func(b *bytes.Buffer) error {
			return print.Exercise(b, all["C2"], library.Texts(), print.Options{Large: true})
		},
		"paper-week": func(b *bytes.Buffer) error { return print.Week(b, week, print.Options{}) },
	} {
		var sheet bytes.Buffer
		if err := write(&sheet); err != nil {
			t.Fatal(err)
		}
		drawn(t, sheet.Bytes(), filepath.Join(folder, name+".png"))
	}
}

// sideBySide is pages beside each other, on the colour of a table.
func sideBySide(t testing.TB, files []string) *image.RGBA {
	t.Helper()
	const gap = 24
	var pages []image.Image
	width, height := gap, 0
	for _, name := range files {
		f, err := os.Open(name)
		if err != nil {
			t.Fatal(err)
		}
		page, err := png.Decode(f)
		f.Close()
		if err != nil {
			t.Fatalf("%s: %v", strings.TrimSuffix(filepath.Base(name), ".png"), err)
		}
		pages = append(pages, page)
		width += page.Bounds().Dx() + gap
		height = max(height, page.Bounds().Dy()+2*gap)
	}
	all := image.NewRGBA(image.Rect(0, 0, width, height))
	draw.Draw(all, all.Bounds(), image.NewUniform(color.RGBA{0xDE, 0xD5, 0xC5, 0xFF}), image.Point{}, draw.Src)
	x := gap
	for _, page := range pages {
		draw.Draw(all, page.Bounds().Add(image.Pt(x, gap)), page, page.Bounds().Min, draw.Src)
		x += page.Bounds().Dx() + gap
	}
	return all
}
