package kit

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// Scroll lets a page be higher than the window. Its content is as wide as the
// scroll and as high as it needs to be at that width; it is told what part of
// it can be seen, and what gets the focus is brought into sight.
type Scroll struct {
	Part
	// Covered is how much of the upper edge something else may lie over, once there is
	// anything above it: what is brought into sight keeps clear of it.
	Covered float32

	content fyne.CanvasObject
	sheet   *scrolled
	scroll  *container.Scroll
}

// NewScroll returns content that can be scrolled up and down.
func NewScroll(content fyne.CanvasObject) *Scroll {
	s := &Scroll{content: content}
	s.sheet = &scrolled{of: s}
	s.sheet.ExtendBaseWidget(s.sheet)
	s.scroll = container.NewVScroll(s.sheet)
	s.scroll.OnScrolled = func(fyne.Position) {
		onTouch()
		s.tell()
	}
	s.ExtendBaseWidget(s)
	hold(s, content)
	return s
}

// SetContent replaces what is scrolled and goes back to its top.
func (s *Scroll) SetContent(content fyne.CanvasObject) {
	s.content = content
	hold(s, content)
	s.scroll.Offset = fyne.Position{}
	s.sheet.Refresh()
	s.reflow()
}

// Offset is how far the content is scrolled down, in units of the canvas.
func (s *Scroll) Offset() float32 { return s.scroll.Offset.Y }

// ScrollTo scrolls so that y, in the content's coordinates, is at the top, as
// far as there is content.
func (s *Scroll) ScrollTo(y float32) {
	y = max(min(y, s.content.Size().Height-s.Size().Height), 0)
	s.scroll.ScrollToOffset(fyne.NewPos(0, y))
	s.tell()
}

// CreateRenderer implements [fyne.Widget].
func (s *Scroll) CreateRenderer() fyne.WidgetRenderer { return newRenderer(s) }

func (s *Scroll) objects() []fyne.CanvasObject { return []fyne.CanvasObject{s.scroll} }
func (s *Scroll) paint()                       {}
func (s *Scroll) minSize() fyne.Size           { return fyne.NewSize(2*SpaceL, 2*SpaceL) }

func (s *Scroll) place(size fyne.Size) {
	if size.Width <= 0 {
		return
	}
	s.sheet.width = size.Width // before the toolkit asks for the content's MinSize
	s.tell()                   // before the content draws
	s.scroll.Resize(size)
	s.scroll.Refresh()
	s.tell()
}

func (s *Scroll) tell() {
	top := s.scroll.Offset.Y
	if w, ok := s.content.(Windowed); ok {
		w.ShowRegion(top, top+s.Size().Height)
	}
}

func (s *Scroll) reflow() {
	if s.sheet.placing {
		return
	}
	s.place(s.Size())
}

// revealMargin is how much of the neighbourhood comes into sight with what is
// revealed; it holds the focus ring.
const revealMargin = SpaceL

func (s *Scroll) reveal(_ fyne.CanvasObject, a area) {
	top, height := s.scroll.Offset.Y, s.Size().Height
	above := revealMargin + s.Covered
	switch {
	case a.top-above < top, a.bottom-a.top > height-s.Covered:
		s.ScrollTo(a.top - above)
	case a.bottom+revealMargin > top+height:
		s.ScrollTo(a.bottom + revealMargin - height)
	}
}

func (s *Scroll) typedKey(e *fyne.KeyEvent) {
	if !s.scrolledBy(e) {
		s.PassKey(e)
	}
}

// scrolledBy scrolls as a key says and reports whether it is one that scrolls.
func (s *Scroll) scrolledBy(e *fyne.KeyEvent) bool {
	page := s.Size().Height - 3*SpaceXL
	switch e.Name {
	case fyne.KeyPageDown:
		s.ScrollTo(s.Offset() + page)
	case fyne.KeyPageUp:
		s.ScrollTo(s.Offset() - page)
	case fyne.KeyDown:
		s.ScrollTo(s.Offset() + 2*SpaceXL)
	case fyne.KeyUp:
		s.ScrollTo(s.Offset() - 2*SpaceXL)
	case fyne.KeyHome:
		s.ScrollTo(0)
	case fyne.KeyEnd:
		s.ScrollTo(s.content.Size().Height)
	default:
		return false
	}
	return true
}

// HandKey gives a key that nothing had the keyboard for to what o is or holds: to the
// first [Keys] with a use for it, or the first scroll, so that a page with nothing to
// press on it can be read to its end. It reports whether there was a use for it.
func HandKey(o fyne.CanvasObject, e *fyne.KeyEvent) bool {
	if o == nil || !o.Visible() {
		return false
	}
	switch o := o.(type) {
	case *Scroll:
		return o.scrolledBy(e)
	case *Container:
		return slices.ContainsFunc(o.Objects(), func(child fyne.CanvasObject) bool { return HandKey(child, e) })
	case *Keys:
		return o.heard(e.Name) || HandKey(o.inner, e)
	case interface{ held() fyne.CanvasObject }:
		return HandKey(o.held(), e)
	}
	return false
}

// scrolled is what the toolkit's scroller moves: it answers for the height of
// the content at the width that the scroll is about to have.
type scrolled struct {
	Part
	of      *Scroll
	width   float32
	placing bool
}

func (s *scrolled) CreateRenderer() fyne.WidgetRenderer { return newRenderer(s) }
func (s *scrolled) objects() []fyne.CanvasObject        { return []fyne.CanvasObject{s.of.content} }
func (s *scrolled) paint()                              {}

func (s *scrolled) place(size fyne.Size) {
	s.placing = true
	s.of.content.Resize(size)
	s.placing = false
}

func (s *scrolled) minSize() fyne.Size {
	return fyne.NewSize(2*SpaceL, HeightFor(s.of.content, s.width))
}
