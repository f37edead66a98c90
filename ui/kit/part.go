package kit

import (
	"math"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"
)

// Flexible is an object whose height depends on the width it is given, which
// the toolkit's own layouts do not know. The containers of this package ask
// for HeightFor before they place anything; for every other object they take
// its MinSize.
//
// A Flexible reports as its MinSize the smallest width it can live in and the
// height for the width it has, or for [Measure] before it has one.
type Flexible interface {
	fyne.CanvasObject
	// HeightFor is the height that the object needs at width, both in units of
	// the canvas. It must not change what is on screen.
	HeightFor(width float32) float32
}

// Natural is an object that would like to be wider than its MinSize where
// there is room, as a text would like to be on one line. [Row] and [Flow] ask
// for it.
type Natural interface {
	NaturalWidth() float32
}

// Windowed is an object that draws only what is in sight. A container tells it
// which part of it can be seen, in its own coordinates, before it is drawn and
// on every scroll.
type Windowed interface {
	ShowRegion(top, bottom float32)
}

// HeightFor is the height that o needs at width. Objects are placed on whole
// units, so that is the width it is asked for: a text that fits 281.3 may need
// another line at 281.
func HeightFor(o fyne.CanvasObject, width float32) float32 {
	if f, ok := o.(Flexible); ok {
		return f.HeightFor(whole(width))
	}
	return o.MinSize().Height
}

// NaturalWidth is the width at which o looks as it was meant.
func NaturalWidth(o fyne.CanvasObject) float32 {
	if n, ok := o.(Natural); ok {
		return n.NaturalWidth()
	}
	return o.MinSize().Width
}

// Part is what every widget of the kit is built on: it knows the container it
// lies in, so that a change of height travels up and focus is scrolled into
// sight. Embed it in place of widget.BaseWidget.
type Part struct {
	widget.BaseWidget
	holder holder
}

// holder is a container that cares for what it holds.
type holder interface {
	// reflow places everything anew because the height of a child changed.
	reflow()
	// reveal brings a child's area into sight; the area is in the child's
	// coordinates.
	reveal(child fyne.CanvasObject, area area)
	// typedKey hears of keys that the child has no use for.
	typedKey(*fyne.KeyEvent)
}

type area struct{ top, bottom float32 }

func (p *Part) heldBy(h holder) { p.holder = h }

// Changed tells the container that the height of the part may have changed.
func (p *Part) Changed() {
	if p.holder != nil {
		p.holder.reflow()
	}
}

// Reveal scrolls whatever the part lies in until the lines from top to bottom,
// in the part's coordinates, can be seen. self is the widget that embeds it.
func (p *Part) Reveal(self fyne.CanvasObject, top, bottom float32) {
	if p.holder != nil {
		p.holder.reveal(self, area{top, bottom})
	}
}

// PassKey hands a key that the part has no use for to what it lies in, where a
// sheet waits for Escape.
func (p *Part) PassKey(e *fyne.KeyEvent) {
	if p.holder != nil {
		p.holder.typedKey(e)
	}
}

// hold makes h the holder of o, if o is a part of the kit.
func hold(h holder, o fyne.CanvasObject) {
	if p, ok := o.(interface{ heldBy(holder) }); ok {
		p.heldBy(h)
	}
}

// drawn is a widget that owns its canvas objects, so that the toolkit may
// throw its renderer away and ask for another at any time.
type drawn interface {
	fyne.Widget
	objects() []fyne.CanvasObject
	place(size fyne.Size) // positions for a size
	paint()               // colours and sizes of the theme of now
	minSize() fyne.Size
}

// renderer is the one renderer of the kit.
type renderer struct{ drawn }

func newRenderer(d drawn) fyne.WidgetRenderer {
	d.paint()
	return renderer{d}
}

func (r renderer) Layout(size fyne.Size)        { r.place(size) }
func (r renderer) MinSize() fyne.Size           { return r.minSize() }
func (r renderer) Objects() []fyne.CanvasObject { return r.objects() }
func (r renderer) Destroy()                     {}

func (r renderer) Refresh() {
	r.paint()
	r.place(r.Size())
	canvas.Refresh(r.drawn)
}

// whole rounds to a whole unit: positions between pixels blur.
func whole(v float32) float32 { return float32(math.Round(float64(v))) }

// set moves and resizes o, on whole units.
func set(o fyne.CanvasObject, x, y, w, h float32) {
	o.Move(fyne.NewPos(whole(x), whole(y)))
	o.Resize(fyne.NewSize(whole(w), whole(h)))
}
