package home

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"ebb/ui/kit"
	"ebb/ui/lang"
)

// Widths of the two panes of the journal, in units of the canvas at 100 %.
const (
	listWidth    = 322
	narrowestFor = 700 // below this there is room for one pane only
)

// sideBySide holds a list and what was chosen from it: beside each other, or one
// at a time where there is no room for both.
type sideBySide struct {
	kit.Part
	list, side fyne.CanvasObject
	back       *kit.Button
	line       *canvas.Rectangle
	showsSide  bool
}

func newSideBySide(list, side fyne.CanvasObject, back func()) *sideBySide {
	s := &sideBySide{list: list, side: side, line: canvas.NewRectangle(nil)}
	s.back = kit.NewButton(kit.Quiet, lang.T("journal.back"), back).WithIcon(kit.IconBack)
	s.ExtendBaseWidget(s)
	return s
}

// narrow reports whether there is room for one pane only.
func (s *sideBySide) narrow() bool {
	return kit.Folded() || (s.Size().Width > 0 && s.Size().Width < narrowestFor)
}

func (s *sideBySide) showList() { s.turn(false) }
func (s *sideBySide) showSide() { s.turn(true) }

func (s *sideBySide) turn(side bool) {
	s.showsSide = side
	s.Refresh()
}

// CreateRenderer implements [fyne.Widget].
func (s *sideBySide) CreateRenderer() fyne.WidgetRenderer {
	return &sideBySideRenderer{s}
}

type sideBySideRenderer struct{ s *sideBySide }

func (r sideBySideRenderer) Destroy() {}

func (r sideBySideRenderer) MinSize() fyne.Size { return fyne.NewSize(320, 240) }

func (r sideBySideRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.s.list, r.s.line, r.s.side, r.s.back}
}

func (r sideBySideRenderer) Layout(size fyne.Size) {
	s := r.s
	if size.Width <= 0 {
		return
	}
	s.list.Show()
	s.side.Show()
	s.line.Show()
	s.back.Hide()
	place := func(o fyne.CanvasObject, x, y, w, h float32) {
		o.Move(fyne.NewPos(x, y))
		o.Resize(fyne.NewSize(w, h))
	}
	if !s.narrow() {
		w := listWidth * min(kit.Scale(), 1.25)
		place(s.list, 0, 0, w, size.Height)
		place(s.line, w, 0, 1, size.Height)
		place(s.side, w+1, 0, size.Width-w-1, size.Height)
		return
	}
	s.line.Hide()
	if !s.showsSide {
		s.side.Hide()
		place(s.list, 0, 0, size.Width, size.Height)
		return
	}
	s.list.Hide()
	s.back.Show()
	h := s.back.MinSize().Height + 2*kit.SpaceS
	place(s.back, kit.SpaceL, kit.SpaceS, s.back.MinSize().Width, s.back.MinSize().Height)
	place(s.side, 0, h, size.Width, size.Height-h)
}

func (r sideBySideRenderer) Refresh() {
	r.s.line.FillColor = kit.Color(kit.ColorLine)
	r.s.line.Refresh()
	r.Layout(r.s.Size())
	canvas.Refresh(r.s)
}

var _ fyne.Widget = (*sideBySide)(nil)
