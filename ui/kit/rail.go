package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
)

// Rail is the navigation at the start of the window. Its head rows are the
// pages; its foot rows are always there, in their order. It is 212 wide, or 88
// with icons only at large text. Pages that do not fit its height are reached
// through the row for all pages, which shows only then.
type Rail struct {
	Part
	head, foot []*NavRow
	all        *NavRow
	ground     canvas.Rectangle
	rule       canvas.Rectangle
	mark       picture
	name       label
	title      string
	page       fyne.CanvasObject // beside the rail
	hint       *railHint
	shown      []fyne.CanvasObject
}

const (
	railWidth     float32 = 212
	railFold      float32 = 88
	railTop       float32 = 76 // where the pages begin, below the mark
	railSide      float32 = 12
	railFoot      float32 = 22
	railRuleSpace float32 = 12 // above and below the rule
)

// NewRail returns a rail with the word mark title. all opens the page that
// lists every page.
func NewRail(title string, head, foot []*NavRow, all *NavRow) *Rail {
	r := &Rail{title: title, head: head, foot: foot, all: all, hint: newRailHint()}
	for _, row := range r.rows() {
		hold(r, row)
		row.onHint = func(shows bool) { r.hint.tell(row, shows) }
	}
	r.ExtendBaseWidget(r)
	return r
}

func (r *Rail) rows() []*NavRow {
	rows := append(append([]*NavRow(nil), r.head...), r.all)
	return append(rows, r.foot...)
}

// Select marks row as the page that shows, and no other; nil marks none.
func (r *Rail) Select(row *NavRow) {
	for _, other := range r.rows() {
		if other.selected != (other == row) {
			other.SetSelected(other == row)
		}
	}
	r.place(r.Size()) // a chosen page is always in sight
	canvas.Refresh(r)
}

// CreateRenderer implements [fyne.Widget].
func (r *Rail) CreateRenderer() fyne.WidgetRenderer { return newRenderer(r) }

// NaturalWidth implements [Natural].
func (r *Rail) NaturalWidth() float32 { return r.width() }

func (r *Rail) width() float32 {
	if Folded() {
		return railFold
	}
	w := railWidth * Scale()
	for _, row := range r.rows() {
		w = max(w, row.MinSize().Width+2*railSide)
	}
	return whole(w)
}

func (r *Rail) objects() []fyne.CanvasObject { return r.shown }

func (r *Rail) paint() {
	fill(&r.ground, ColorRail, colorNone, 0, 0)
	fill(&r.rule, ColorLine, colorNone, 0, 0)
	r.mark.paint(IconMark, ColorAccent)
	r.name.paint(r.title, Sub, ColorInk)
	r.name.text.FontSource = fontSerifSemiBold
	r.name.text.TextSize = 22 * Scale()
	r.name.text.Hidden = Folded()
}

func (r *Rail) place(size fyne.Size) {
	if size.Width <= 0 {
		return
	}
	s := min(Scale(), 1.25)
	set(&r.ground, 0, 0, size.Width, size.Height)
	r.shown = append(r.shown[:0], &r.ground, &r.mark.image, &r.name.text, &r.rule)
	if Folded() {
		r.mark.place(IconMark, (size.Width-36)/2, 0, railTop+4, 36)
	} else {
		r.mark.place(IconMark, 24*s, 14*s, 46*s, 30*s)
		r.name.place(64*s, 12*s, 46*s)
	}
	step := r.all.MinSize().Height + navRowGap
	top := railTop * s
	foot := size.Height - railFoot - step*float32(len(r.foot)) + navRowGap
	ruleY := foot - railRuleSpace
	room := int((ruleY - railRuleSpace + navRowGap - top) / step)
	fits := r.fit(max(room, 1))
	y := top
	at := func(row *NavRow, y float32) {
		set(row, railSide, y, size.Width-2*railSide, step-navRowGap)
		r.shown = append(r.shown, row)
	}
	for _, row := range fits {
		at(row, y)
		y += step
	}
	if len(fits) < len(r.head) {
		at(r.all, ruleY-railRuleSpace-step+navRowGap)
	}
	set(&r.rule, 2*railSide, ruleY, size.Width-4*railSide, strokeHair)
	for i, row := range r.foot {
		at(row, foot+step*float32(i))
	}
	if r.hint.of != nil {
		r.hint.tell(r.hint.of, Folded())
	}
}

// fit chooses the pages that have room, with the one that shows among them.
func (r *Rail) fit(room int) []*NavRow {
	if room >= len(r.head) {
		return r.head
	}
	fits := append([]*NavRow(nil), r.head[:max(room-1, 0)]...) // one row is for all pages
	for _, row := range r.head[len(fits):] {
		if row.selected && len(fits) > 0 {
			fits[len(fits)-1] = row
		}
	}
	return fits
}

func (r *Rail) minSize() fyne.Size {
	step := r.all.MinSize().Height + navRowGap
	return fyne.NewSize(r.width(), railTop+step*float32(len(r.foot)+2)+railFoot+2*railRuleSpace)
}

func (r *Rail) reflow()                        { r.Changed() }
func (r *Rail) reveal(fyne.CanvasObject, area) {}
func (r *Rail) typedKey(e *fyne.KeyEvent)      { r.arrow(e) }

// arrow moves the focus up and down the rows, as Tab does. Keys that the rail has
// no use for scroll the page beside it.
func (r *Rail) arrow(e *fyne.KeyEvent) {
	c := fyne.CurrentApp().Driver().CanvasForObject(r)
	if c == nil {
		return
	}
	switch e.Name {
	case fyne.KeyDown:
		c.FocusNext()
	case fyne.KeyUp:
		c.FocusPrevious()
	default:
		if !HandKey(r.page, e) {
			r.PassKey(e)
		}
	}
}

// railHint is the name of a row of a folded rail, beside it and over the page.
type railHint struct {
	Part
	of     *NavRow
	ground canvas.Rectangle
	words  label
}

func newRailHint() *railHint {
	h := &railHint{}
	h.Hidden = true
	h.ExtendBaseWidget(h)
	return h
}

// tell shows or hides the name of row. A row only takes back its own.
func (h *railHint) tell(row *NavRow, shows bool) {
	switch {
	case shows:
		h.of, h.Hidden = row, false
		size := h.MinSize()
		y := row.Position().Y + (row.Size().Height-size.Height)/2
		set(h, railFold-SpaceXS, y, size.Width, size.Height)
		h.Refresh()
	case h.of == row:
		h.of = nil
		h.Hide()
	}
}

func (h *railHint) CreateRenderer() fyne.WidgetRenderer { return newRenderer(h) }

func (h *railHint) objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{&h.ground, &h.words.text}
}

func (h *railHint) name() string {
	if h.of == nil {
		return ""
	}
	return h.of.name
}

func (h *railHint) paint() {
	fill(&h.ground, ColorCard, ColorOutline, strokeControl, radiusControl)
	h.words.paint(h.name(), Body, ColorInk)
}

func (h *railHint) place(size fyne.Size) {
	set(&h.ground, 0, 0, size.Width, size.Height)
	h.words.place(SpaceM, 0, size.Height)
}

func (h *railHint) minSize() fyne.Size {
	return fyne.NewSize(ceil(lineWidth(h.name(), Body))+2*SpaceM, whole(34*Scale()))
}

// WithRail sets a rail beside a page. The page may be replaced with
// SetObjects on the container that holds it.
func WithRail(r *Rail, page fyne.CanvasObject) *Container {
	r.page = page
	return newContainer(besideRail{}, r, page, r.hint)
}

type besideRail struct{}

func (besideRail) natural(o []fyne.CanvasObject) float32 {
	return NaturalWidth(o[0]) + NaturalWidth(o[1])
}

func (besideRail) narrowest(o []fyne.CanvasObject) float32 {
	return NaturalWidth(o[0]) + narrow(o[1])
}

// arrange leaves the hint, the last object, where it put itself.
func (besideRail) arrange(o []fyne.CanvasObject, size fyne.Size, put put) float32 {
	w := NaturalWidth(o[0])
	need := max(HeightFor(o[0], w), HeightFor(o[1], size.Width-w))
	if put == nil {
		return need
	}
	h := max(size.Height, need)
	put(o[0], 0, 0, w, h)
	put(o[1], w, 0, size.Width-w, h)
	return need
}
