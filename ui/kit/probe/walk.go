//go:build windowprobe

package probe

import (
	"fmt"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"
)

func readWindows() (windows []Window) {
	for _, w := range fyne.CurrentApp().Driver().AllWindows() {
		windows = append(windows, readWindow(w))
	}
	return windows
}

func readWindow(w fyne.Window) Window {
	c := w.Canvas()
	r := reader{focused: c.Focused()}
	whole := frame{right: c.Size().Width, bottom: c.Size().Height}
	r.visit(c.Content(), fyne.Position{}, whole, nowhere)
	for _, overlay := range c.Overlays().List() {
		r.layer++
		r.visit(overlay, fyne.Position{}, whole, nowhere)
	}
	return Window{Title: w.Title(), Scale: c.Scale(), Spots: r.shown()}
}

// A reader walks the objects of one window in the order in which they are drawn.
type reader struct {
	spots   []Spot
	focused fyne.Focusable
	layer   int
}

// An owner is the widget that texts belong to: an index of the reader's spots.
// An actor keeps the texts of the widgets within it that are not actors.
type owner struct {
	spot  int
	actor bool
}

var nowhere = owner{spot: -1}

// visit reads o, which lies at its position from origin and can be seen within
// clip.
func (r *reader) visit(o fyne.CanvasObject, origin fyne.Position, clip frame, of owner) {
	if o == nil || !o.Visible() {
		return
	}
	place := frameOf(origin.Add(o.Position()), o.Size())
	at := place.topLeft()
	switch o := o.(type) {
	case *fyne.Container:
		for _, child := range o.Objects {
			r.visit(child, at, clip, of)
		}
	case *canvas.Text:
		if !place.meets(clip) {
			return
		}
		if of == nowhere {
			of.spot = r.add(o, place, clip)
		}
		r.spots[of.spot].Text += " " + o.Text
	case fyne.Widget:
		_, press := o.(fyne.Tappable)
		focusable, focus := o.(fyne.Focusable)
		accessible, _ := o.(fyne.Accessible)
		if actor := press || focus; actor || !of.actor {
			of = owner{r.add(o, place, clip), actor}
			spot := &r.spots[of.spot]
			spot.Press, spot.Focusable = press, focus
			spot.Focused = focus && r.focused == focusable
			if accessible != nil {
				spot.Label = accessible.AccessibilityLabel()
			}
			if d, ok := o.(fyne.Disableable); ok {
				spot.Disabled = d.Disabled()
			}
		}
		switch o.(type) {
		case *container.Scroll, *container.Clip:
			clip = clip.cut(place)
		}
		for _, child := range test.WidgetRenderer(o).Objects() {
			r.visit(child, at, clip, of)
		}
	}
}

// add appends the spot of o and returns its index.
func (r *reader) add(o fyne.CanvasObject, place, clip frame) int {
	r.spots = append(r.spots, Spot{
		Kind: fmt.Sprintf("%T", o),
		X:    place.left, Y: place.top, Width: place.right - place.left, Height: place.bottom - place.top,
		Layer:   r.layer,
		Clipped: !place.centre().meets(clip),
	})
	return len(r.spots) - 1
}

// shown returns the spots that say or do something, their texts with single
// spaces.
func (r *reader) shown() (spots []Spot) {
	for _, s := range r.spots {
		s.Text = strings.Join(strings.Fields(s.Text), " ")
		if s.Text != "" || s.Label != "" || s.Press || s.Focusable {
			spots = append(spots, s)
		}
	}
	return spots
}

// A frame is a rectangle of the canvas.
type frame struct{ left, top, right, bottom float32 }

func frameOf(at fyne.Position, size fyne.Size) frame {
	return frame{at.X, at.Y, at.X + size.Width, at.Y + size.Height}
}

func (f frame) topLeft() fyne.Position { return fyne.NewPos(f.left, f.top) }

func (f frame) centre() frame {
	x, y := (f.left+f.right)/2, (f.top+f.bottom)/2
	return frame{x, y, x, y}
}

func (f frame) cut(g frame) frame {
	return frame{max(f.left, g.left), max(f.top, g.top), min(f.right, g.right), min(f.bottom, g.bottom)}
}

// meets reports whether the frames share a point that is not on an edge of g.
func (f frame) meets(g frame) bool {
	return f.left < g.right && f.right > g.left && f.top < g.bottom && f.bottom > g.top
}
