//go:build ci

package editor

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"ebb/ui/kit"
)

func TestWhatActsIsShownAsAMark(t *testing.T) {
	e := focused(t, "a\u202eb\x1bc\td", 400, 300)
	if got := shown(e); len(got) != 1 || got[0] != "aRLObESCcd" {
		t.Errorf("shown: %q", got)
	}
	press(e, fyne.KeyRight, fyne.KeyRight)
	wantCaret(t, e, at(0, 4))
	wantText(t, e, "a\u202eb\x1bc\td")
	// The tab leads to a stop.
	stop := e.ruler.faces[plain].space * tabSpaces
	x := e.column.offsetX(0, 0, len("a\u202eb\x1bc\t"))
	if n := x / stop; abs(n-whole(n)) > 0.001 {
		t.Errorf("behind the tab is %v, stops are %v apart", x, stop)
	}
}

// The window's painter leaves an object out when its box is out of sight, so
// a text needs a box even where the headless painter does not ask.
func TestEveryTextHasItsBox(t *testing.T) {
	e := focused(t, "# heading\nplain \u202e 👩 中\n> quote", 400, 300)
	n := 0
	for _, o := range e.scene.content.Objects {
		if x, ok := o.(*canvas.Text); ok {
			n++
			if abs(x.Size().Height-x.MinSize().Height) > 0.1 || x.Size().Width < x.MinSize().Width {
				t.Errorf("the box of %q is %v, its letters take %v", x.Text, x.Size(), x.MinSize())
			}
		}
	}
	if n != 6 {
		t.Errorf("%d texts", n)
	}
	e.Resize(fyne.NewSize(400, 50))
	e.scrollBy(20)
	e.draw()
	if got := shown(e); len(got) == 0 || got[0] != "# heading" {
		t.Errorf("scrolled by part of a line, it shows %q", got)
	}
}

func TestPlaceholder(t *testing.T) {
	e := focused(t, "", 400, 300)
	e.Placeholder = "Write here"
	e.Refresh()
	if got := shown(e); len(got) != 1 || got[0] != "Write here" {
		t.Errorf("shown: %q", got)
	}
	write(e, "x")
	if got := shown(e); got[0] != "x" {
		t.Errorf("shown: %q", got)
	}
	if e.AccessibilityLabel() != "Write here" || e.AccessibilityRole() != fyne.AccessibleRoleText {
		t.Error("a screen reader hears something else")
	}
	e.Label = "Today's entry"
	if e.AccessibilityLabel() != "Today's entry" {
		t.Error("the label is not told")
	}
}

func TestTextSizeAndMeasure(t *testing.T) {
	e := focused(t, prose(20_000, 300), 1000, 600)
	if e.column.width != kit.Measure {
		t.Errorf("a line is %v wide", e.column.width)
	}
	if e.inset() != e.Margin {
		t.Errorf("the column starts at %v", e.inset())
	}
	e.Centered = true
	e.Refresh()
	if e.inset() != 180 {
		t.Errorf("the column starts at %v", e.inset())
	}
	e.scrollTo(4000)
	top := e.column.spotAt(e.top, 0)
	count := len(e.scene.content.Objects)
	fyne.CurrentApp().Settings().SetTheme(kit.NewTheme(kit.ModeDark, 200))
	e.Refresh()
	if e.column.width != 1000-2*e.Margin {
		t.Errorf("at 200 %% a line is %v wide", e.column.width)
	}
	if now := len(e.scene.content.Objects); now >= count {
		t.Errorf("%d objects instead of %d", now, count)
	}
	if now := e.column.spotAt(e.top, 0); now.Paragraph != top.Paragraph || top.Offset < now.Offset {
		t.Errorf("%v was at the upper edge, now it is %v", top, now)
	}
	if e.scene.ink != kit.Color(kit.ColorInk) {
		t.Error("the ink is of the other mode")
	}
}

// Whatever is typed where, the view shows the lines of a text that was laid
// out afresh, and the caret is in sight.
func TestViewFollowsTheText(t *testing.T) {
	for seed := range uint64(8) {
		rng := rand.New(rand.NewPCG(seed, 4))
		e := focused(t, prose(3000, 200), 360, 240)
		now := time.Unix(0, 0)
		e.doc.Now = func() time.Time { return now }
		for range 250 {
			switch rng.IntN(12) {
			case 0:
				press(e, fyne.KeyReturn)
			case 1:
				press(e, fyne.KeyBackspace)
			case 2:
				p := e.doc.Clamp(at(rng.IntN(e.doc.Paragraphs()), rng.IntN(200)))
				e.Select(p, p)
			case 3:
				holding(e, fyne.KeyModifierShift, fyne.KeyDown, fyne.KeyDown, fyne.KeyRight)
			case 4:
				e.Undo()
			case 5:
				e.Redo()
			case 6:
				press(e, fyne.KeyPageDown)
			case 7:
				e.Insert(scrap(rng, 3) + "\n" + scrap(rng, 3))
			case 8:
				e.Resize(fyne.NewSize(300+float32(rng.IntN(100)), 240))
				press(e, fyne.KeyUp)
			case 9:
				e.ToggleQuote()
			default:
				write(e, scrap(rng, 2))
			}
			if !e.inView(e.caret, e.viewHeight()) {
				t.Fatal("the caret is out of sight")
			}
			if e.doc.Clamp(e.caret.Position) != e.caret.Position || e.doc.Clamp(e.anchor) != e.anchor {
				t.Fatal("the caret stands where nothing can stand")
			}
			sum := 0.0
			for i := range e.column.paragraphs {
				sum += float64(e.column.height(i))
			}
			if total := e.column.total(); total != sum {
				t.Fatalf("the text is %v high, its paragraphs are %v", total, sum)
			}
			other := newColumn(e.doc, e.ruler)
			other.setWidth(e.column.width)
			if len(e.column.paragraphs) != e.doc.Paragraphs() {
				t.Fatalf("%d paragraphs laid out of %d", len(e.column.paragraphs), e.doc.Paragraphs())
			}
			for i := range e.column.paragraphs {
				if w := &e.column.paragraphs[i]; w.lines != nil && (fmt.Sprint(w.lines) != fmt.Sprint(other.lay(i).lines) || w.style != other.paragraphs[i].style) {
					t.Fatalf("paragraph %d: %v, want %v", i, w.lines, other.lay(i).lines)
				}
			}
		}
	}
}

func TestOnlyWhatShowsIsLaidOut(t *testing.T) {
	e := focused(t, strings.Repeat("word\n", 10_000), 400, 300)
	e.scrollTo(100_000)
	e.scrollTo(200_000)
	n := 0
	for i := range e.column.paragraphs {
		if e.column.paragraphs[i].lines != nil {
			n++
		}
	}
	if n > 60 {
		t.Errorf("%d paragraphs are laid out", n)
	}
	if c := len(e.scene.content.Objects); c > 15 {
		t.Errorf("%d objects show 10 lines", c)
	}
}

func TestSpaceHangsOverTheEdge(t *testing.T) {
	e := focused(t, "word", 324, 300)
	press(e, fyne.KeyEnd)
	write(e, strings.Repeat(" ", 200))
	if n := len(e.column.lay(0).lines); n != 1 {
		t.Errorf("%d lines", n)
	}
	if x := e.column.x(e.caret); x != e.column.width {
		t.Errorf("the caret is at %v of %v", x, e.column.width)
	}
	write(e, "next")
	if n := len(e.column.lay(0).lines); n != 2 {
		t.Errorf("%d lines", n)
	}
}

func TestHardlyAnyRoom(t *testing.T) {
	e := focused(t, prose(20_000, 0), 400, 300)
	for _, size := range []fyne.Size{{}, {Width: 3, Height: 3}, {Width: 100}, {Height: 100}, {Width: 20, Height: 20}, {Width: 400, Height: 300}} {
		e.Resize(size)
		press(e, fyne.KeyDown, fyne.KeyPageDown, fyne.KeyEnd)
		write(e, "x")
		e.Refresh()
	}
	if !e.inView(e.caret, e.viewHeight()) {
		t.Error("the caret is out of sight")
	}
}

func TestAMebibyte(t *testing.T) {
	for _, unit := range []string{"word ", "word\n", "\n", "x", " ", "\t", "中"} {
		t.Run(fmt.Sprintf("%q", unit), func(t *testing.T) {
			e := focused(t, "ab", 400, 300)
			e.Select(at(0, 1), at(0, 1))
			c := fyne.CurrentApp().Clipboard()
			big := strings.Repeat(unit, 1<<20/len(unit))
			c.SetContent(big)
			e.Paste()
			if e.Len() != len(big)+2 {
				t.Fatalf("%d bytes", e.Len())
			}
			write(e, "end")
			holding(e, fyne.KeyModifierControl, fyne.KeyHome, fyne.KeyEnd)
			press(e, fyne.KeyUp, fyne.KeyPageUp, fyne.KeyHome, fyne.KeyEnd)
			e.scrollTo(1e6)
			e.SelectAll()
			write(e, "x")
			e.Undo()
			if e.Len() != len(big)+5 || !strings.HasSuffix(e.Text(), "endb") {
				t.Errorf("%d bytes after undo", e.Len())
			}
			if n := len(e.scene.texts) + len(e.scene.bands); n > 200 {
				t.Errorf("%d objects for one view", n)
			}
		})
	}
}

func TestSelectionIsShownAsBands(t *testing.T) {
	e := focused(t, "one two\n\nthree", 400, 300)
	bands := func() (list []fyne.Position) {
		for _, o := range e.scene.content.Objects {
			if b, ok := o.(*canvas.Rectangle); ok && b != e.scene.caret {
				list = append(list, fyne.NewPos(b.Position().X-e.inset(), b.Size().Width))
			}
		}
		return list
	}
	if got := bands(); len(got) != 0 {
		t.Errorf("nothing is selected, but shown as if: %v", got)
	}
	e.Select(at(0, 4), at(2, 2))
	x := func(i, offset int) float32 { return whole(e.column.offsetX(i, 0, offset)) }
	want := []fyne.Position{
		{X: x(0, 4), Y: x(0, 7) - x(0, 4) + breakWidth},
		{X: 0, Y: breakWidth}, // an empty paragraph, by its line feed
		{X: 0, Y: x(2, 2)},
	}
	if got := bands(); fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("starts and widths are %v, want %v", got, want)
	}
	press(e, fyne.KeyRight)
	if got := bands(); len(got) != 0 {
		t.Errorf("shown still: %v", got)
	}
}

func TestTheCaretStaysInViewWhenTheRoomShrinks(t *testing.T) {
	e := focused(t, prose(6000, 0), 640, 600)
	press(e, fyne.KeyPageDown, fyne.KeyPageDown)
	for e.column.distance(e.top, e.column.place(e.caret), 600) < 500 {
		press(e, fyne.KeyDown)
	}
	e.Resize(fyne.NewSize(300, 300))
	if !e.inView(e.caret, e.viewHeight()) {
		t.Error("the caret went out of sight")
	}
	e.Resize(fyne.NewSize(300, 60))
	if !e.inView(e.caret, 60) {
		t.Error("the caret went out of sight when the room became lower")
	}
	// Who has scrolled away from it is left where they are.
	e.scrollTo(0)
	e.Resize(fyne.NewSize(400, 300))
	if e.top != (place{}) {
		t.Errorf("the view jumped to %v", e.top)
	}
}
