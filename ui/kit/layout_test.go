package kit

import (
	"fmt"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
)

// brick has a natural width, a smallest one, and an area: narrower is higher.
type brick struct {
	canvas.Rectangle
	natural, least, area float32
	asked                int
}

func (b *brick) MinSize() fyne.Size    { return fyne.NewSize(b.least, b.HeightFor(b.natural)) }
func (b *brick) NaturalWidth() float32 { return b.natural }
func (b *brick) HeightFor(w float32) float32 {
	b.asked++
	return whole(b.area / max(w, 1))
}

func newBrick(natural, least, area float32) *brick {
	return &brick{natural: natural, least: least, area: area}
}

// places is where the children of a container came to lie, as "x,y wxh".
func places(objects []fyne.CanvasObject) string {
	out := make([]string, len(objects))
	for i, o := range objects {
		p, s := o.Position(), o.Size()
		out[i] = fmt.Sprintf("%v,%v %vx%v", p.X, p.Y, s.Width, s.Height)
	}
	return strings.Join(out, "  ")
}

func TestLayouts(t *testing.T) {
	// A brick of 100 by 20 that can shrink to 50 by 40.
	b := func() fyne.CanvasObject { return newBrick(100, 50, 2000) }
	for _, c := range []struct {
		name    string
		percent int
		c       *Container
		w, h    float32 // h 0: as high as it needs
		need    float32
		want    string
	}{
		{"column", 100, Column(10, b(), b()), 100, 0, 50, "0,0 100x20  0,30 100x20"},
		{"narrow column", 100, Column(10, b(), b()), 50, 0, 90, "0,0 50x40  0,50 50x40"},
		{"column with a spacer", 100, Column(10, b(), Spacer(), b()), 100, 200, 60, "0,0 100x20  0,30 100x140  0,180 100x20"},
		{"column that stretches", 100, Column(10, b(), Stretch(b())), 100, 200, 50, "0,0 100x20  0,30 100x170"},
		{"beside", 100, Beside(20, b(), b(), b(), newBrick(100, 50, 40000)), 1020, 0, 133, "0,0 630x3  650,0 370x5  0,23 630x3  650,25 370x108"},
		{"beside, too narrow", 100, Beside(20, b(), b(), b()), 790, 0, 49, "0,0 790x3  0,23 790x3  0,46 790x3"},
		{"beside at large text", 200, Beside(20, b(), b()), 2000, 0, 22, "0,0 2000x1  0,21 2000x1"},
		{"beside with nothing", 100, Beside(20), 1020, 0, 0, ""},
		{"empty column", 100, Column(10), 100, 0, 0, ""},
		{"row", 100, Row(10, b(), b()), 300, 0, 20, "0,0 100x20  110,0 100x20"},
		{"row in the middle", 100, Row(10, b(), Gap(0)), 300, 60, 20, "0,20 100x20  110,30 0x0"},
		{"top row", 100, TopRow(10, b(), Stretch(newBrick(100, 50, 9500))), 300, 0, 50, "0,0 100x20  110,0 190x50"},
		{"row that stretches", 100, Row(10, Stretch(b()), b()), 310, 0, 20, "0,5 200x10  210,0 100x20"},
		{"row with a spacer", 100, Row(10, b(), Spacer(), b()), 310, 0, 20, "0,0 100x20  110,10 90x0  210,0 100x20"},
		{"row that does not fit", 100, Row(10, b(), b()), 150, 0, 50, "0,0 100x20  0,30 100x20"},
		{"row that stacks what stretches", 100, Row(10, b(), Stretch(b())), 150, 0, 43, "0,0 100x20  0,30 150x13"},
		{"flow", 100, Flow(10, b(), b(), b()), 220, 0, 50, "0,0 100x20  110,0 100x20  0,30 100x20"},
		{"flow of too wide", 100, Flow(10, b(), b()), 50, 0, 90, "0,0 50x40  0,50 50x40"},
		{"grid", 100, Grid(2, 10, b(), b(), b()), 410, 0, 30, "0,0 200x10  210,0 200x10  0,20 200x10"},
		{"grid of unequal", 100, Grid(2, 10, b(), newBrick(100, 50, 8000)), 410, 0, 40, "0,0 200x40  210,0 200x40"},
		{"grid that is too narrow", 100, Grid(2, 10, b(), b()), 400, 0, 20, "0,0 400x5  0,15 400x5"},
		{"grid at large text", 150, Grid(2, 10, b(), b()), 1000, 0, 14, "0,0 1000x2  0,12 1000x2"},
		{"inset", 100, Inset(1, 2, 3, 4, b()), 104, 0, 26, "1,2 100x20"},
		{"inset with height", 100, Inset(1, 2, 3, 4, b()), 104, 106, 26, "1,2 100x100"},
		{"max width", 100, MaxWidth(100, b()), 300, 0, 20, "0,0 100x20"},
		{"max width in a narrow place", 100, MaxWidth(100, b()), 50, 0, 40, "0,0 50x40"},
		{"centered", 100, Centered(100, b()), 300, 0, 20, "100,0 100x20"},
		{"middle", 100, Middle(100, b()), 300, 120, 20, "100,50 100x20"},
		{"middle without room", 100, Middle(100, b()), 300, 0, 20, "100,0 100x20"},
		{"start", 100, Start(b()), 300, 0, 20, "0,0 100x20"},
		{"end", 100, End(b()), 300, 0, 20, "200,0 100x20"},
		{"mid", 100, Mid(b()), 300, 0, 20, "100,0 100x20"},
		{"layers", 100, Layers(b(), newBrick(1, 1, 9000)), 300, 0, 30, "0,0 300x30  0,0 300x30"},
	} {
		t.Run(c.name, func(t *testing.T) {
			use(t, ModeLight, c.percent)
			got := c.c.HeightFor(c.w)
			if got != c.need {
				t.Errorf("needs %v, want %v", got, c.need)
			}
			h := c.h
			if h == 0 {
				h = got
			}
			c.c.Resize(fyne.NewSize(c.w, h))
			if got := places(c.c.Objects()); got != c.want {
				t.Errorf("\n got %s\nwant %s", got, c.want)
			}
		})
	}
}

// A line of text for reading holds as many words at every size of text.
func TestWidthsGrowWithTheText(t *testing.T) {
	use(t, ModeLight, 200)
	for name, c := range map[string]*Container{"1280": MaxWidth(640, Gap(10)), "1024": Centered(640, Gap(10)), "1023": Middle(639.375, Gap(10))} {
		c.Resize(fyne.NewSize(3000, 100))
		if got := fmt.Sprint(c.Objects()[0].Size().Width); got != name {
			t.Errorf("a width of 640 became %s at 200 %%, want %s", got, name)
		}
	}
}

func TestHeightIsAskedForTheWidthThatIsPlaced(t *testing.T) {
	b := newBrick(100, 50, 281*20.5)
	if got, want := HeightFor(b, 281.3), b.HeightFor(281); got != want {
		t.Errorf("got %v, want the height at 281, %v", got, want)
	}
}

func TestHiddenTakesNoRoom(t *testing.T) {
	use(t, ModeLight, 100)
	a, b := newBrick(100, 50, 2000), newBrick(100, 50, 2000)
	c := Column(10, a, b)
	a.Hide()
	if got := c.HeightFor(100); got != 20 {
		t.Errorf("needs %v, want 20", got)
	}
}

// Nested containers ask each child a bounded number of times. Asking twice at
// each level would be a million times at this depth.
func TestNestingIsNotExponential(t *testing.T) {
	use(t, ModeLight, 100)
	b := newBrick(100, 50, 2000)
	o := fyne.CanvasObject(b)
	const depth = 20
	for i := range depth {
		switch i % 5 {
		case 0:
			o = Column(1, o)
		case 1:
			o = Row(1, Stretch(o))
		case 2:
			o = Grid(1, 1, o)
		case 3:
			o = Flow(1, o)
		case 4:
			o = Pad(1, o)
		}
	}
	o.Resize(fyne.NewSize(800, HeightFor(o, 800)))
	if b.asked > 4*depth*depth {
		t.Errorf("the innermost object was asked %d times", b.asked)
	}
}

// A window must be able to become as small as the design's smallest; what does
// not fit scrolls.
func TestPagesFitTheSmallestWindow(t *testing.T) {
	for _, percent := range TextSizes {
		use(t, ModeLight, percent)
		for name, o := range map[string]fyne.CanvasObject{"first run": firstRun(), "today": today(), "settings": settings()} {
			if m := o.MinSize(); m.Width > 900 || m.Height > 600 {
				t.Errorf("%s at %d %% needs %v", name, percent, m)
			}
		}
	}
}

// At every size of window and of text, on real pages: words stay inside what
// holds them, and no two of them lie on each other.
func TestNothingOverlaps(t *testing.T) {
	for _, percent := range TextSizes {
		for _, w := range []float32{900, 1180, 1600} {
			for name, build := range map[string]func() fyne.CanvasObject{"first run": firstRun, "today": today, "settings": settings, "states": states} {
				use(t, ModeLight, percent)
				o := build()
				show(t, w, 700, o)
				type placed struct {
					text     *canvas.Text
					from, to fyne.Position
				}
				var words []placed
				walk(o, fyne.Position{}, func(o fyne.CanvasObject, at fyne.Position) {
					x, ok := o.(*canvas.Text)
					if !ok || x.Text == "" {
						return
					}
					// A line box is higher than its letters, so take the middle half.
					s := x.MinSize()
					p := placed{x, at.AddXY(1, s.Height/4), at.AddXY(s.Width-1, s.Height*3/4)}
					if p.from.X < 0 || p.to.X > w {
						t.Errorf("%s, %d %%, %v wide: %q reaches from %v to %v", name, percent, w, x.Text, p.from.X, p.to.X)
					}
					for _, q := range words {
						if p.from.X < q.to.X && q.from.X < p.to.X && p.from.Y < q.to.Y && q.from.Y < p.to.Y {
							t.Errorf("%s, %d %%, %v wide: %q lies on %q", name, percent, w, x.Text, q.text.Text)
						}
					}
					words = append(words, p)
				})
			}
		}
	}
}

// What is measured is what is placed: at any width every text has the height
// that its lines need, although places are rounded to whole units.
func TestTextsHaveTheHeightTheyNeed(t *testing.T) {
	for _, percent := range TextSizes {
		use(t, ModeLight, percent)
		for name, build := range map[string]func() fyne.CanvasObject{"first run": firstRun, "today": today, "settings": settings} {
			o := build()
			for w := float32(880); w < 1200; w += 6.7 {
				o.Resize(fyne.NewSize(w, 700))
				walk(o, fyne.Position{}, func(o fyne.CanvasObject, _ fyne.Position) {
					x, ok := o.(*Text)
					if ok && x.HeightFor(x.Size().Width) > x.Size().Height {
						t.Errorf("%s, %d %%, %v wide: %.30q has %v and needs %v", name, percent, w, x, x.Size().Height, x.HeightFor(x.Size().Width))
					}
				})
			}
		}
	}
}
