package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
)

// control is what everything that can be pressed is built on: hover, focus
// with its ring, press, and the keys that do what a press does.
//
// The ring shows for focus that came by keyboard. Focus that came by a press
// shows it from the first key on.
type control struct {
	Part
	self   drawn
	act    func() // what a press does
	label  string // what assistive technology calls it
	ring   canvas.Rectangle
	radius float32 // of the part; the ring's is larger by its gap
	inside bool    // the ring lies within the part, for rows that touch others

	hovered, pressed, focused, byPointer, disabled bool
}

var (
	_ fyne.Focusable     = (*control)(nil)
	_ fyne.Tappable      = (*control)(nil)
	_ fyne.Accessible    = (*control)(nil)
	_ desktop.Hoverable  = (*control)(nil)
	_ desktop.Mouseable  = (*control)(nil)
	_ desktop.Cursorable = (*control)(nil)
)

func (c *control) extend(self drawn, radius float32) {
	c.self, c.radius = self, radius
	c.ring.Hide()
	c.ExtendBaseWidget(self)
}

// FocusGained implements [fyne.Focusable]. What the pointer is on stays where it is:
// scrolled away from below it, it would miss the release, and the press be lost.
func (c *control) FocusGained() {
	onTouch()
	c.focused = true
	c.Refresh()
	if !c.byPointer {
		c.intoSight()
	}
}

func (c *control) intoSight() { c.Reveal(c.self, 0, c.Size().Height) }

// FocusLost implements [fyne.Focusable].
func (c *control) FocusLost() {
	c.focused, c.byPointer = false, false
	c.Refresh()
}

// TypedRune implements [fyne.Focusable].
func (c *control) TypedRune(rune) {}

// TypedKey implements [fyne.Focusable]: Enter and Space do what a press does.
func (c *control) TypedKey(e *fyne.KeyEvent) {
	onTouch()
	c.showFocus()
	switch e.Name {
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeySpace:
		c.press()
	default:
		c.PassKey(e)
	}
}

// showFocus shows the ring, and all of the part, because a key came.
func (c *control) showFocus() {
	if c.byPointer {
		c.byPointer = false
		c.Refresh()
		c.intoSight()
	}
}

// Tapped implements [fyne.Tappable].
func (c *control) Tapped(*fyne.PointEvent) { c.press() }

func (c *control) press() {
	onTouch()
	if c.act != nil && !c.disabled {
		c.act()
	}
}

// MouseDown implements [desktop.Mouseable].
func (c *control) MouseDown(*desktop.MouseEvent) {
	c.pressed = true
	if !c.focused && !c.disabled {
		c.byPointer = true
		focus(c.self.(fyne.Focusable))
	}
	c.Refresh()
}

// MouseUp implements [desktop.Mouseable].
func (c *control) MouseUp(*desktop.MouseEvent) {
	c.pressed = false
	c.Refresh()
}

// MouseIn implements [desktop.Hoverable].
func (c *control) MouseIn(*desktop.MouseEvent) {
	c.hovered = true
	c.Refresh()
}

// MouseMoved implements [desktop.Hoverable].
func (c *control) MouseMoved(*desktop.MouseEvent) { onTouch() }

// MouseOut implements [desktop.Hoverable].
func (c *control) MouseOut() {
	c.hovered, c.pressed = false, false
	c.Refresh()
}

// Cursor implements [desktop.Cursorable].
func (c *control) Cursor() desktop.Cursor {
	if c.disabled {
		return desktop.DefaultCursor
	}
	return desktop.PointerCursor
}

// AccessibilityLabel implements [fyne.Accessible].
func (c *control) AccessibilityLabel() string { return clean(c.label) }

// AccessibilityRole implements [fyne.Accessible].
func (c *control) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleButton }

// CreateRenderer implements [fyne.Widget].
func (c *control) CreateRenderer() fyne.WidgetRenderer { return newRenderer(c.self) }

// ringShows reports whether the focus is to be seen.
func (c *control) ringShows() bool { return c.focused && !c.byPointer && !c.disabled }

func (c *control) paintRing() { paintRing(&c.ring, c.ringShows()) }

func (c *control) placeRing(size fyne.Size) { placeRing(&c.ring, size, c.radius, c.inside) }

// paintRing shows or hides a focus ring.
func paintRing(r *canvas.Rectangle, shows bool) {
	r.StrokeColor, r.StrokeWidth = Color(ColorAccent), ringWidth
	r.FillColor = Color(colorNone)
	r.Hidden = !shows
	r.Refresh()
}

// placeRing sets a ring around a part of a size, with the part at the origin.
func placeRing(r *canvas.Rectangle, size fyne.Size, radius float32, inside bool) {
	if inside {
		r.CornerRadius = radius - ringInset
		set(r, ringInset, ringInset, size.Width-2*ringInset, size.Height-2*ringInset)
		return
	}
	r.CornerRadius = radius + ringGap
	set(r, -ringGap, -ringGap, size.Width+2*ringGap, size.Height+2*ringGap)
}

// focus asks for the keyboard on behalf of a part that is on a canvas. The toolkit
// knows the canvas of a part only once it has been drawn there, so one that was
// just put on a page asks every window for it.
func focus(f fyne.Focusable) {
	o, ok := f.(fyne.CanvasObject)
	if !ok {
		return
	}
	driver := fyne.CurrentApp().Driver()
	if c := driver.CanvasForObject(o); c != nil {
		c.Focus(f)
		return
	}
	for _, w := range driver.AllWindows() {
		if w.Canvas().Focus(f); w.Canvas().Focused() == f {
			return
		}
	}
}

// fill paints a rectangle.
func fill(r *canvas.Rectangle, color, stroke fyne.ThemeColorName, width, radius float32) {
	r.FillColor, r.CornerRadius = Color(color), radius
	r.StrokeColor, r.StrokeWidth = Color(stroke), width
	r.Refresh()
}
