package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
)

// ListItem is what one row of a [PagedList] says.
type ListItem struct {
	Caption string // a date, in words
	Title   string
	Preview string // the first words; two lines of them show
}

// listRow is one of the few rows that a list draws. It is given another item
// when its own leaves the sight.
type listRow struct {
	Part
	list  *PagedList
	index int // -1: none
	item  ListItem
	known bool // item is there, not still on its way

	ground, bar, ring       canvas.Rectangle
	caption, title, preview *Text
	hovered                 bool
}

var (
	_ fyne.Tappable      = (*listRow)(nil)
	_ desktop.Hoverable  = (*listRow)(nil)
	_ desktop.Mouseable  = (*listRow)(nil)
	_ desktop.Cursorable = (*listRow)(nil)
	_ fyne.Accessible    = (*listRow)(nil)
)

func newListRow(list *PagedList) *listRow {
	r := &listRow{
		list: list, index: -1,
		caption: NewText(Caption, "").In(ColorMuted).MaxLines(1),
		title:   NewText(Strong, "").MaxLines(1),
		preview: NewText(Small, "").In(ColorMuted).MaxLines(2),
	}
	r.ExtendBaseWidget(r)
	return r
}

// show makes the row say item. A row that says it already is left alone, so
// that scrolling within the rows in sight costs nothing.
func (r *listRow) show(index int, item ListItem, known bool) {
	if r.index == index && r.item == item && r.known == known {
		return
	}
	if r.index != index {
		r.hovered = false
	}
	r.index, r.item, r.known = index, item, known
	r.caption.SetText(item.Caption)
	r.title.SetText(item.Title)
	r.preview.SetText(item.Preview)
	r.Refresh()
}

func (r *listRow) Tapped(*fyne.PointEvent) { r.list.choose(r.index) }

func (r *listRow) MouseDown(*desktop.MouseEvent) {
	r.list.byPointer = true
	focus(r.list)
}

func (r *listRow) MouseUp(*desktop.MouseEvent) {}

func (r *listRow) MouseIn(*desktop.MouseEvent) {
	r.hovered = true
	r.Refresh()
}

func (r *listRow) MouseMoved(*desktop.MouseEvent) { onTouch() }

func (r *listRow) MouseOut() {
	r.hovered = false
	r.Refresh()
}

func (r *listRow) Cursor() desktop.Cursor { return desktop.PointerCursor }

func (r *listRow) AccessibilityLabel() string {
	return clean(r.item.Caption + ". " + r.item.Title)
}

func (r *listRow) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleButton }

func (r *listRow) CreateRenderer() fyne.WidgetRenderer { return newRenderer(r) }

func (r *listRow) objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{&r.ground, &r.bar, &r.ring, r.caption, r.title, r.preview}
}

func (r *listRow) paint() {
	ground, ink := colorNone, ColorInk
	selected := r.index == r.list.selected
	switch {
	case selected:
		ground, ink = ColorAccentSoft, ColorAccentInk
	case !r.known:
		ground = ColorSunk
	case r.hovered:
		ground = r.list.hover
	}
	fill(&r.ground, ground, colorNone, 0, radiusRow)
	fill(&r.bar, ColorAccent, colorNone, 0, 1.5)
	r.bar.Hidden = !selected
	if r.title.color != ink {
		r.title.In(ink)
		r.title.Refresh()
	}
	paintRing(&r.ring, r.list.ringShows() && r.index == r.list.at)
}

const (
	listRowPad  float32 = 12
	listRowSide float32 = 20
	listRowGap  float32 = 6
)

// listRowHeight is the same for every row, so that a list knows where each is
// without asking for it.
func listRowHeight() float32 {
	return 2*listRowPad + Caption.LineHeight() + 2 + Strong.LineHeight() + 2 + 2*Small.LineHeight()
}

func (r *listRow) place(size fyne.Size) {
	set(&r.ground, 0, 0, size.Width, size.Height)
	set(&r.bar, 0, 14, 3, size.Height-28)
	placeRing(&r.ring, size, radiusRow, true)
	w := size.Width - 2*listRowSide
	y := listRowPad
	for i, t := range []*Text{r.caption, r.title, r.preview} {
		h := t.role.LineHeight()
		if i == 2 {
			h *= 2
		}
		set(t, listRowSide, y, w, h)
		y += h + 2
	}
}

func (r *listRow) minSize() fyne.Size { return fyne.NewSize(160*Scale(), listRowHeight()) }
