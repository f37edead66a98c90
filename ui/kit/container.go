package kit

import "fyne.io/fyne/v2"

// Container lays out its children by height for width. [Column], [Row] and
// their sisters return one.
//
// A hidden child takes no room. A container never clips: it is as high as what
// it holds, and [NewScroll] is where a page that is too high goes.
type Container struct {
	Part
	children []fyne.CanvasObject
	layout   layout
	region   area // what can be seen; empty: not known, so all
	placing  bool
}

// layout is a way to place children.
type layout interface {
	// arrange places objects in size by calling put and returns the height they
	// need at size.Width. To measure, put is nil and size.Height is 0; every
	// height is then asked for once, or nested layouts would ask 2^depth times.
	arrange(objects []fyne.CanvasObject, size fyne.Size, put put) float32
	natural(objects []fyne.CanvasObject) float32
	narrowest(objects []fyne.CanvasObject) float32
}

// put gives a child its place.
type put func(o fyne.CanvasObject, x, y, w, h float32)

var (
	_ Flexible = (*Container)(nil)
	_ Natural  = (*Container)(nil)
	_ Windowed = (*Container)(nil)
)

func newContainer(l layout, children ...fyne.CanvasObject) *Container {
	c := &Container{layout: l}
	c.ExtendBaseWidget(c)
	c.take(children)
	return c
}

func (c *Container) take(children []fyne.CanvasObject) {
	c.children = children
	for _, o := range children {
		hold(c, o)
	}
}

// Objects returns the children in order. The slice is not to be changed.
func (c *Container) Objects() []fyne.CanvasObject { return c.children }

// SetObjects replaces the children.
func (c *Container) SetObjects(children ...fyne.CanvasObject) {
	c.take(children)
	c.reflow()
	c.Refresh()
}

// HeightFor implements [Flexible].
func (c *Container) HeightFor(width float32) float32 {
	return c.layout.arrange(c.shown(), fyne.NewSize(width, 0), nil)
}

// NaturalWidth implements [Natural].
func (c *Container) NaturalWidth() float32 { return c.layout.natural(c.shown()) }

// ShowRegion implements [Windowed].
func (c *Container) ShowRegion(top, bottom float32) {
	c.region = area{top, bottom}
	for _, o := range c.children {
		showRegion(o, c.region)
	}
}

// showRegion tells a child at its place what can be seen of its holder.
func showRegion(o fyne.CanvasObject, seen area) {
	if w, ok := o.(Windowed); ok && seen != (area{}) {
		y := o.Position().Y
		w.ShowRegion(seen.top-y, seen.bottom-y)
	}
}

// CreateRenderer implements [fyne.Widget].
func (c *Container) CreateRenderer() fyne.WidgetRenderer { return newRenderer(c) }

// shown is the children that are not hidden.
func (c *Container) shown() []fyne.CanvasObject {
	for i, o := range c.children {
		if o.Visible() {
			continue
		}
		shown := append([]fyne.CanvasObject(nil), c.children[:i]...)
		for _, o := range c.children[i+1:] {
			if o.Visible() {
				shown = append(shown, o)
			}
		}
		return shown
	}
	return c.children
}

func (c *Container) objects() []fyne.CanvasObject { return c.children }
func (c *Container) paint()                       {}

func (c *Container) place(size fyne.Size) {
	if size.Width <= 0 {
		return
	}
	c.placing = true
	defer func() { c.placing = false }()
	c.layout.arrange(c.shown(), size, func(o fyne.CanvasObject, x, y, w, h float32) {
		o.Move(fyne.NewPos(whole(x), whole(y)))
		showRegion(o, c.region) // before it draws
		o.Resize(fyne.NewSize(whole(w), whole(h)))
	})
}

func (c *Container) minSize() fyne.Size {
	width := c.Size().Width
	if width <= 0 {
		width = Measure
	}
	narrow := c.narrow()
	return fyne.NewSize(narrow, c.HeightFor(max(width, narrow)))
}

func (c *Container) narrow() float32 { return c.layout.narrowest(c.shown()) }

// reflow climbs to the outermost holder first, because a new height moves what
// lies around.
func (c *Container) reflow() {
	if c.placing {
		return // our own placing made a child speak up
	}
	c.Changed()
	c.place(c.Size())
}

func (c *Container) reveal(child fyne.CanvasObject, a area) {
	y := child.Position().Y
	c.Reveal(c, a.top+y, a.bottom+y)
}

func (c *Container) typedKey(e *fyne.KeyEvent) { c.PassKey(e) }

// one returns the only child, for layouts that take one.
func one(objects []fyne.CanvasObject) fyne.CanvasObject {
	if len(objects) == 0 {
		return Gap(0)
	}
	return objects[0]
}

// widest is the natural width of a stack of objects.
func widest(objects []fyne.CanvasObject) float32 {
	w := float32(0)
	for _, o := range objects {
		w = max(w, NaturalWidth(o))
	}
	return w
}

// narrowest is the smallest width that a stack of objects can live in.
func narrowest(objects []fyne.CanvasObject) float32 {
	w := float32(0)
	for _, o := range objects {
		w = max(w, narrow(o))
	}
	return w
}

// narrow is the width of o's MinSize, without the height where that is work of
// its own: asked for at every level, it would be done again for each.
func narrow(o fyne.CanvasObject) float32 {
	if n, ok := o.(interface{ narrow() float32 }); ok {
		return n.narrow()
	}
	return o.MinSize().Width
}

// stacked is what layouts share whose children lie below each other.
type stacked struct{}

func (stacked) natural(objects []fyne.CanvasObject) float32   { return widest(objects) }
func (stacked) narrowest(objects []fyne.CanvasObject) float32 { return narrowest(objects) }
