package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
)

// Hanging sets a marker, such as a bullet or a number, before the first line of
// content, which keeps clear of it by indent (at 100 %) or more.
func Hanging(indent float32, marker *Text, content fyne.CanvasObject) *Container {
	return newContainer(hanging{indent}, marker, content)
}

type hanging struct{ indent float32 }

func (h hanging) at(marker fyne.CanvasObject) float32 {
	return max(h.indent*Scale(), NaturalWidth(marker)+SpaceS)
}

func (h hanging) natural(o []fyne.CanvasObject) float32 { return h.at(o[0]) + NaturalWidth(o[1]) }

func (h hanging) narrowest(o []fyne.CanvasObject) float32 { return h.at(o[0]) + narrow(o[1]) }

func (h hanging) arrange(o []fyne.CanvasObject, size fyne.Size, put put) float32 {
	x := h.at(o[0])
	line := o[0].(*Text).role.LineHeight()
	need := max(HeightFor(o[1], size.Width-x), line)
	if put != nil {
		put(o[0], 0, 0, x-SpaceXS, line)
		put(o[1], x, 0, size.Width-x, need)
	}
	return need
}

// Quoted sets content beside a bar at its start, as what somebody said is set.
type Quoted struct {
	around
	bar canvas.Rectangle
}

// NewQuoted returns content as a quotation.
func NewQuoted(content fyne.CanvasObject) *Quoted {
	q := &Quoted{}
	q.extend(q, Inset(24, 0, 0, 0, content))
	return q
}

func (q *Quoted) objects() []fyne.CanvasObject { return []fyne.CanvasObject{&q.bar, q.inner} }
func (q *Quoted) paint()                       { fill(&q.bar, ColorClay, colorNone, 0, 1.5) }

func (q *Quoted) place(size fyne.Size) {
	set(&q.bar, 0, 0, 3, size.Height)
	q.placeInner(size)
}
