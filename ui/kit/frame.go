package kit

import (
	"fyne.io/fyne/v2"
)

// Inset keeps o away from the edges by so much at each.
func Inset(start, top, end, bottom float32, o fyne.CanvasObject) *Container {
	return newContainer(inset{start: start, top: top, end: end, bottom: bottom}, o)
}

// Pad keeps o away from all edges by the same distance.
func Pad(by float32, o fyne.CanvasObject) *Container { return Inset(by, by, by, by, o) }

type inset struct{ start, top, end, bottom float32 }

func (i inset) natural(o []fyne.CanvasObject) float32   { return widest(o) + i.start + i.end }
func (i inset) narrowest(o []fyne.CanvasObject) float32 { return narrowest(o) + i.start + i.end }

func (i inset) arrange(objects []fyne.CanvasObject, size fyne.Size, put put) float32 {
	o, w := one(objects), size.Width-i.start-i.end
	need := HeightFor(o, w)
	if put != nil {
		put(o, i.start, i.top, w, max(need, size.Height-i.top-i.bottom))
	}
	return need + i.top + i.bottom
}

// MaxWidth lets o be no wider than width, which grows with the size of text, and
// keeps it at the start.
func MaxWidth(width float32, o fyne.CanvasObject) *Container {
	return newContainer(bound{width: width}, o)
}

// Centered lets o be no wider than width and keeps it in the middle.
func Centered(width float32, o fyne.CanvasObject) *Container {
	return newContainer(bound{width: width, center: true}, o)
}

// Middle is [Centered] from top to bottom as well, where there is height to
// spare.
func Middle(width float32, o fyne.CanvasObject) *Container {
	return newContainer(bound{width: width, center: true, middle: true}, o)
}

type bound struct {
	stacked
	width          float32 // at 100 %
	center, middle bool
}

// most is the width at the size of text of now: a line of text for reading holds
// as many words at every size, and what stands in the middle keeps some room
// around it.
func (b bound) most() float32 {
	if b.center {
		return b.width * min(Scale(), 1.6)
	}
	return b.width * Scale()
}

func (b bound) natural(o []fyne.CanvasObject) float32 { return min(widest(o), b.most()) }

func (b bound) arrange(objects []fyne.CanvasObject, size fyne.Size, put put) float32 {
	o, w := one(objects), min(size.Width, b.most())
	need := HeightFor(o, w)
	if put == nil {
		return need
	}
	x, y, h := float32(0), float32(0), max(need, size.Height)
	if b.center {
		x = (size.Width - w) / 2
	}
	if b.middle {
		y, h = max(size.Height-need, 0)/2, need
	}
	put(o, x, y, w, h)
	return need
}

// Start keeps o at its natural width at the start of the line, as a button in a
// column should be.
func Start(o fyne.CanvasObject) *Container { return newContainer(edge{}, o) }

// End keeps o at its natural width at the end of the line.
func End(o fyne.CanvasObject) *Container { return newContainer(edge{at: 1}, o) }

// Mid keeps o at its natural width in the middle of the line.
func Mid(o fyne.CanvasObject) *Container { return newContainer(edge{at: 0.5}, o) }

type edge struct {
	stacked
	at float32 // 0 start, 1 end
}

func (e edge) arrange(objects []fyne.CanvasObject, size fyne.Size, put put) float32 {
	o := one(objects)
	w := min(NaturalWidth(o), size.Width)
	h := HeightFor(o, w)
	if put != nil {
		put(o, (size.Width-w)*e.at, 0, w, h)
	}
	return h
}

// Layers sets objects on top of each other, each as large as the whole, the
// first at the back.
func Layers(objects ...fyne.CanvasObject) *Container { return newContainer(layers{}, objects...) }

type layers struct{ stacked }

func (layers) arrange(objects []fyne.CanvasObject, size fyne.Size, put put) float32 {
	need := float32(0)
	for _, o := range objects {
		need = max(need, HeightFor(o, size.Width))
	}
	if put != nil {
		for _, o := range objects {
			put(o, 0, 0, size.Width, max(need, size.Height))
		}
	}
	return need
}

// Stretch marks o as taking the width that a [Row] has left, or the height that a
// [Column] has.
func Stretch(o fyne.CanvasObject) *Container { return newContainer(stretch{}, o) }

// Share is [Stretch] that takes so many parts of what a [Row] has left, where another
// takes one.
func Share(parts float32, o fyne.CanvasObject) *Container {
	return newContainer(stretch{parts: parts - 1}, o)
}

type stretch struct {
	layers
	parts float32 // beyond the first
}

// partsOf is how many parts of what is left an object takes in a row; 0 if it does not
// stretch.
func partsOf(o fyne.CanvasObject) float32 {
	if !isStretch(o) {
		return 0
	}
	if s, ok := o.(*Container).layout.(stretch); ok {
		return 1 + s.parts
	}
	return 1
}

func isStretch(o fyne.CanvasObject) bool {
	c, ok := o.(*Container)
	if !ok {
		return false
	}
	switch c.layout.(type) {
	case stretch, space:
		return true
	}
	return false
}

// Spacer takes what a [Row] or a [Column] has left.
func Spacer() *Container { return newContainer(space{}) }

// Gap is empty room of a height.
func Gap(height float32) *Container { return newContainer(gap{height: height}) }

type space struct{ gap }

type gap struct {
	stacked
	height float32
}

func (g gap) arrange([]fyne.CanvasObject, fyne.Size, put) float32 { return g.height }

func isSpacer(o fyne.CanvasObject) bool {
	c, ok := o.(*Container)
	if !ok {
		return false
	}
	_, ok = c.layout.(space)
	return ok
}
