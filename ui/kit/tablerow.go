package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
)

// Table is the widths of a table's columns, as parts of a whole. Rows below each other
// stand in columns by it; where that is too narrow to read, and at large text, the cells
// of a row stand below each other.
type Table []float32

// TableRow is one row of a table that is pressed as a whole.
type TableRow struct {
	control
	ground canvas.Rectangle
	inner  *Container
}

// Row returns a row called name that calls tapped, with a cell for each column.
func (t Table) Row(name string, tapped func(), cells ...fyne.CanvasObject) *TableRow {
	r := &TableRow{}
	r.label, r.act = name, tapped
	r.inner = Inset(tableSide, SpaceM, tableSide, SpaceM, t.line(cells))
	r.inside = true
	r.extend(r, radiusControl)
	return r
}

// Head is the line above the rows that says what the columns hold. At large text, where
// there are no columns, it takes no room.
func (t Table) Head(words ...string) fyne.CanvasObject {
	if Folded() {
		return Gap(0)
	}
	cells := make([]fyne.CanvasObject, len(words))
	for i, word := range words {
		cells[i] = NewText(Caption, word).In(ColorMuted)
	}
	return Inset(tableHead, 0, tableHead, 0, t.line(cells))
}

// line shares the width of a row out.
func (t Table) line(cells []fyne.CanvasObject) *Container {
	if Folded() {
		return Column(SpaceXS, cells...)
	}
	shared := make([]fyne.CanvasObject, len(cells))
	for i, c := range cells {
		shared[i] = Share(t[i], c)
	}
	return Row(SpaceL, shared...)
}

const (
	tableSide float32 = 18
	tableHead float32 = 24 // the same, and the room that a table's card has around its rows
	tableRow  float32 = 64 // the least height, so that rows with and without a second line stand evenly
)

// HeightFor implements [Flexible].
func (r *TableRow) HeightFor(width float32) float32 {
	h := r.inner.HeightFor(width)
	if !Folded() {
		h = max(h, whole(tableRow*Scale()))
	}
	return h
}

// NaturalWidth implements [Natural].
func (r *TableRow) NaturalWidth() float32 { return r.inner.NaturalWidth() }

func (r *TableRow) objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{&r.ground, &r.ring, r.inner}
}

func (r *TableRow) paint() {
	ground := colorNone
	if r.hovered {
		ground = ColorHover
	}
	fill(&r.ground, ground, colorNone, 0, radiusControl)
	r.paintRing()
}

func (r *TableRow) place(size fyne.Size) {
	set(&r.ground, 0, 0, size.Width, size.Height)
	r.inner.Resize(size)
	r.placeRing(size)
}

func (r *TableRow) narrow() float32    { return r.inner.narrow() }
func (r *TableRow) minSize() fyne.Size { return r.inner.MinSize() }
