package kit

import "fyne.io/fyne/v2"

// Column sets objects below each other, each over the whole width, gap apart.
// Where there is height to spare, [Spacer] and [Stretch] take it.
func Column(gap float32, objects ...fyne.CanvasObject) *Container {
	return newContainer(column{gap: gap}, objects...)
}

type column struct {
	stacked
	gap float32
}

func (c column) arrange(objects []fyne.CanvasObject, size fyne.Size, put put) float32 {
	need, elastic := float32(0), 0
	for i, o := range objects {
		if i > 0 {
			need += c.gap
		}
		need += HeightFor(o, size.Width)
		if isStretch(o) {
			elastic++
		}
	}
	if put == nil {
		return need
	}
	spare := float32(0)
	if elastic > 0 {
		spare = max(size.Height-need, 0) / float32(elastic)
	}
	y := float32(0)
	for _, o := range objects {
		h := HeightFor(o, size.Width)
		if isStretch(o) {
			h += spare
		}
		put(o, 0, y, size.Width, h)
		y += h + c.gap
	}
	return need
}

// Row sets objects beside each other, gap apart and centred on one line. Every
// object has its natural width, but for those in [Stretch], which share the
// rest. Where they do not fit, the row becomes a column.
func Row(gap float32, objects ...fyne.CanvasObject) *Container {
	return newContainer(row{gap: gap, middle: true}, objects...)
}

// TopRow is a [Row] whose objects begin at the same height.
func TopRow(gap float32, objects ...fyne.CanvasObject) *Container {
	return newContainer(row{gap: gap}, objects...)
}

type row struct {
	gap    float32
	middle bool
}

func (r row) natural(objects []fyne.CanvasObject) float32 {
	w := r.gap * float32(max(len(objects)-1, 0))
	for _, o := range objects {
		w += NaturalWidth(o)
	}
	return w
}

// A row can become a column, so it needs no more than its widest part.
func (r row) narrowest(objects []fyne.CanvasObject) float32 { return narrowest(objects) }

func (r row) arrange(objects []fyne.CanvasObject, size fyne.Size, put put) float32 {
	fixed, least, all := r.gap*float32(max(len(objects)-1, 0)), float32(0), float32(0)
	for _, o := range objects {
		if parts := partsOf(o); parts > 0 {
			least = max(least, narrow(o)/parts)
			all += parts
		} else {
			fixed += NaturalWidth(o)
		}
	}
	if fixed+least*all > size.Width && len(objects) > 1 {
		return r.stack(objects, size.Width, put)
	}
	share := size.Width - fixed // of one part
	if all > 0 {
		share /= all
	}
	width := func(o fyne.CanvasObject) float32 {
		if parts := partsOf(o); parts > 0 {
			return share * parts
		}
		return min(NaturalWidth(o), size.Width)
	}
	tallest := float32(0)
	for _, o := range objects {
		tallest = max(tallest, HeightFor(o, width(o)))
	}
	if put == nil {
		return tallest
	}
	x := float32(0)
	for _, o := range objects {
		w := width(o)
		h := HeightFor(o, w)
		y := float32(0)
		if r.middle {
			y = (max(tallest, size.Height) - h) / 2
		}
		put(o, x, y, w, h)
		x += w + r.gap
	}
	return tallest
}

// stack sets the objects of a row that does not fit below each other. What is
// not to stretch keeps its natural width.
func (r row) stack(objects []fyne.CanvasObject, width float32, put put) float32 {
	y, gap := float32(0), float32(0)
	for _, o := range objects {
		if isSpacer(o) {
			continue
		}
		w := width
		if !isStretch(o) {
			w = min(width, NaturalWidth(o))
		}
		y += gap
		h := HeightFor(o, w)
		if put != nil {
			put(o, 0, y, w, h)
		}
		y, gap = y+h, max(r.gap, SpaceS)
	}
	return y
}

// Flow sets objects beside each other and goes on below where the width ends,
// as words do.
func Flow(gap float32, objects ...fyne.CanvasObject) *Container {
	return newContainer(flow{gap}, objects...)
}

type flow struct{ gap float32 }

func (f flow) natural(objects []fyne.CanvasObject) float32   { return row{gap: f.gap}.natural(objects) }
func (f flow) narrowest(objects []fyne.CanvasObject) float32 { return narrowest(objects) }

func (f flow) arrange(objects []fyne.CanvasObject, size fyne.Size, put put) float32 {
	y := float32(0)
	for from := 0; from < len(objects); {
		to, x, tallest := from, float32(0), float32(0)
		for ; to < len(objects); to++ {
			w := min(NaturalWidth(objects[to]), size.Width)
			if to > from && x+w > size.Width {
				break
			}
			tallest = max(tallest, HeightFor(objects[to], w))
			x += w + f.gap
		}
		if put != nil {
			x = 0
			for _, o := range objects[from:to] {
				w := min(NaturalWidth(o), size.Width)
				h := HeightFor(o, w)
				put(o, x, y+(tallest-h)/2, w, h)
				x += w + f.gap
			}
		}
		y += tallest
		if from = to; from < len(objects) {
			y += f.gap
		}
	}
	return y
}

// Grid sets objects in columns of one width, each row as high as its tallest.
// It takes fewer columns where they would be too narrow to read, and one at
// large text.
func Grid(columns int, gap float32, objects ...fyne.CanvasObject) *Container {
	return newContainer(grid{columns: columns, gap: gap}, objects...)
}

// narrowCell is the width below which a grid gives up a column, at 100 %.
const narrowCell float32 = 200

type grid struct {
	stacked
	columns int
	gap     float32
}

func (g grid) natural(objects []fyne.CanvasObject) float32 {
	n := float32(max(min(g.columns, len(objects)), 1))
	return widest(objects)*n + g.gap*(n-1)
}

func (g grid) arrange(objects []fyne.CanvasObject, size fyne.Size, put put) float32 {
	columns := max(g.columns, 1)
	cell := func() float32 { return (size.Width - g.gap*float32(columns-1)) / float32(columns) }
	for columns > 1 && (Folded() || cell() < narrowCell*Scale()) {
		columns--
	}
	w, y := cell(), float32(0)
	for from := 0; from < len(objects); from += columns {
		if from > 0 {
			y += g.gap
		}
		inRow := objects[from:min(from+columns, len(objects))]
		tallest := float32(0)
		for _, o := range inRow {
			tallest = max(tallest, HeightFor(o, w))
		}
		if put != nil {
			for i, o := range inRow {
				put(o, float32(i)*(w+g.gap), y, w, tallest)
			}
		}
		y += tallest
	}
	return y
}
