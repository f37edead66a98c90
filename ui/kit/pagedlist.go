package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
)

// PagedList shows rows of one height, of which only those in sight exist. It
// takes the focus as one: arrows, Home, End, Page Up and Page Down choose, and
// Enter opens.
type PagedList struct {
	Part
	// OnSelected hears which row was chosen, by pointer or by key.
	OnSelected func(index int)
	// OnOpened is called for Enter and Space on the chosen row.
	OnOpened func(index int)
	// Margin is the room at both sides of the rows, for a list that fills a pane
	// from edge to edge.
	Margin float32

	name   string
	length func() int
	item   func(index int) (ListItem, bool)

	count     int
	selected  int // -1: none
	at        int // where the arrow keys are
	focused   bool
	byPointer bool
	hover     fyne.ThemeColorName

	scroll *container.Scroll
	sheet  *listSheet
	rows   []*listRow // row i is drawn by rows[i % len(rows)]
	shown  []fyne.CanvasObject
}

var (
	_ fyne.Focusable  = (*PagedList)(nil)
	_ fyne.Accessible = (*PagedList)(nil)
)

// NewPagedList returns a list called name. length says how many rows there
// are; item says what a row shows, or false while it is still being fetched:
// the caller keeps the pages that it fetched, and calls Reload when one
// arrives. Both are called on the goroutine of the window and must be quick.
func NewPagedList(name string, length func() int, item func(index int) (ListItem, bool)) *PagedList {
	l := &PagedList{name: name, length: length, item: item, selected: -1, hover: ColorRailHover}
	l.sheet = &listSheet{list: l}
	l.sheet.ExtendBaseWidget(l.sheet)
	l.scroll = container.NewVScroll(l.sheet)
	l.scroll.OnScrolled = func(fyne.Position) {
		onTouch()
		l.update()
	}
	l.ExtendBaseWidget(l)
	l.count = length()
	return l
}

// Reload asks for the length and for the rows in sight again.
func (l *PagedList) Reload() {
	l.count = l.length()
	l.at = max(0, min(l.at, l.count-1))
	if l.selected >= l.count {
		l.selected = -1
	}
	l.scroll.Refresh() // its content may be higher or lower now
	l.update()
}

// Selected is the row that is chosen, or -1.
func (l *PagedList) Selected() int { return l.selected }

// Select chooses a row and brings it into sight, without a word to OnSelected;
// -1 chooses none.
func (l *PagedList) Select(index int) {
	if index < 0 || index >= l.count {
		l.selected = -1
	} else {
		l.selected, l.at = index, index
		l.reach(index)
	}
	l.repaint()
}

// choose is a person's choice.
func (l *PagedList) choose(index int) {
	if index < 0 || index >= l.count {
		return
	}
	l.Select(index)
	if l.OnSelected != nil {
		l.OnSelected(index)
	}
}

// listBarRoom keeps the rows clear of the scroll bar.
const listBarRoom float32 = 10

func listStep() float32 { return listRowHeight() + listRowGap }

// reach scrolls until a row can be seen.
func (l *PagedList) reach(index int) {
	height := l.scroll.Size().Height
	if height <= 0 {
		return
	}
	top, step := float32(index)*listStep(), listStep()
	switch y := l.scroll.Offset.Y; {
	case top < y:
		l.scrollTo(top)
	case top+step > y+height:
		l.scrollTo(top + step - height)
	}
}

func (l *PagedList) scrollTo(y float32) {
	y = max(0, min(y, l.sheet.minSize().Height-l.scroll.Size().Height))
	l.scroll.ScrollToOffset(fyne.NewPos(0, y))
	l.update()
}

// FocusGained implements [fyne.Focusable].
func (l *PagedList) FocusGained() {
	l.focused = true
	if l.selected >= 0 {
		l.at = l.selected
	}
	l.repaint()
}

// FocusLost implements [fyne.Focusable].
func (l *PagedList) FocusLost() {
	l.focused, l.byPointer = false, false
	l.repaint()
}

// TypedRune implements [fyne.Focusable].
func (l *PagedList) TypedRune(rune) {}

// TypedKey implements [fyne.Focusable].
func (l *PagedList) TypedKey(e *fyne.KeyEvent) {
	onTouch()
	l.byPointer = false
	last := l.count - 1
	page := max(1, int(l.scroll.Size().Height/listStep())-1)
	switch e.Name {
	case fyne.KeyDown:
		l.choose(min(l.selected+1, last))
	case fyne.KeyUp:
		l.choose(max(l.selected-1, 0))
	case fyne.KeyHome:
		l.choose(0)
	case fyne.KeyEnd:
		l.choose(last)
	case fyne.KeyPageDown:
		l.choose(min(l.selected+page, last))
	case fyne.KeyPageUp:
		l.choose(max(l.selected-page, 0))
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeySpace:
		if l.selected < 0 {
			l.choose(l.at)
		}
		if l.OnOpened != nil && l.selected >= 0 {
			l.OnOpened(l.selected)
		}
	default:
		l.PassKey(e)
	}
}

func (l *PagedList) ringShows() bool { return l.focused && !l.byPointer }

// AccessibilityLabel implements [fyne.Accessible].
func (l *PagedList) AccessibilityLabel() string { return clean(l.name) }

// AccessibilityRole implements [fyne.Accessible].
func (l *PagedList) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleContainer }

// CreateRenderer implements [fyne.Widget].
func (l *PagedList) CreateRenderer() fyne.WidgetRenderer { return newRenderer(l) }

func (l *PagedList) objects() []fyne.CanvasObject { return []fyne.CanvasObject{l.scroll} }
func (l *PagedList) paint()                       {}
func (l *PagedList) minSize() fyne.Size           { return fyne.NewSize(200*Scale(), listStep()) }

func (l *PagedList) place(size fyne.Size) {
	l.scroll.Resize(size)
	l.scroll.Refresh()
	l.update()
}

func (l *PagedList) repaint() {
	for _, r := range l.rows {
		if r.index >= 0 {
			r.Refresh()
		}
	}
}

// update gives every row in sight to one of the rows that exist.
func (l *PagedList) update() {
	size := l.scroll.Size()
	if size.Height <= 0 {
		return
	}
	step := listStep()
	need := int(size.Height/step) + 2
	if len(l.rows) < need {
		l.rows = nil // rows are found by index, so another number moves them all
		for range need {
			l.rows = append(l.rows, newListRow(l))
		}
	}
	width := size.Width - 2*l.Margin
	if l.sheet.minSize().Height > size.Height {
		width -= listBarRoom
	}
	first := max(0, int(l.scroll.Offset.Y/step))
	end := min(l.count, first+len(l.rows))
	old := len(l.shown)
	l.shown = l.shown[:0]
	for i := first; i < end; i++ {
		row := l.rows[i%len(l.rows)]
		item, known := l.item(i)
		row.show(i, item, known)
		set(row, l.Margin, float32(i)*step, width, step-listRowGap)
		l.shown = append(l.shown, row)
	}
	if len(l.shown) != old {
		canvas.Refresh(l.sheet)
	}
}

// listSheet is what the scroller moves: as high as all rows together.
type listSheet struct {
	Part
	list *PagedList
}

func (s *listSheet) CreateRenderer() fyne.WidgetRenderer { return newRenderer(s) }
func (s *listSheet) objects() []fyne.CanvasObject        { return s.list.shown }
func (s *listSheet) paint()                              {}
func (s *listSheet) place(fyne.Size)                     { s.list.update() }

func (s *listSheet) minSize() fyne.Size {
	return fyne.NewSize(1, max(0, float32(s.list.count)*listStep()-listRowGap))
}
