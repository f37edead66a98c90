package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
)

// Sheet is a card over the page that asks one thing. Until it is answered the
// page below has neither pointer nor keyboard; Escape is the answer that
// changes nothing.
type Sheet struct {
	Part
	// OnEscape is called after Escape took the sheet away.
	OnEscape func()
	// Stays is asked before Escape takes the sheet away, if it is not nil: true keeps
	// it, as where typed words would go with it. It says why.
	Stays func() bool

	canvas fyne.Canvas
	scrim  canvas.Rectangle
	scroll *Scroll
	first  fyne.Focusable
}

// NewSheet returns a sheet with a title, what it is about, and its answers side
// by side. first has the keyboard when it shows: the answer that changes
// nothing, or a field. For a choice of consent first is nil.
func NewSheet(title string, body fyne.CanvasObject, first fyne.Focusable, answers ...*Button) *Sheet {
	s := &Sheet{first: first}
	row := make([]fyne.CanvasObject, len(answers))
	for i, a := range answers {
		row[i] = a
	}
	card := NewPaddedCard(28, Column(SpaceL, NewText(Title, title), body, Gap(SpaceXS), Flow(SpaceM, row...)))
	s.scroll = NewScroll(newContainer(sheetBound{}, Pad(SpaceXL, card)))
	s.ExtendBaseWidget(s)
	hold(s, s.scroll)
	return s
}

// Open lays the sheet over everything on c.
func (s *Sheet) Open(c fyne.Canvas) {
	s.canvas = c
	c.Overlays().Add(s)
	s.Resize(c.Size())
	if s.first != nil {
		c.Focus(s.first)
	}
}

// OpenAtTop is [Sheet.Open] for a text that may be longer than the window: it is read
// from its beginning, although the keyboard is at its end.
func (s *Sheet) OpenAtTop(c fyne.Canvas) {
	s.Open(c)
	s.scroll.ScrollTo(0)
}

// Close takes the sheet away; the focus is where it was before.
func (s *Sheet) Close() {
	if s.canvas != nil {
		s.canvas.Overlays().Remove(s)
		s.canvas = nil
	}
}

// Showing reports whether the sheet lies over a page.
func (s *Sheet) Showing() bool { return s.canvas != nil }

// CreateRenderer implements [fyne.Widget].
func (s *Sheet) CreateRenderer() fyne.WidgetRenderer { return newRenderer(s) }

func (s *Sheet) objects() []fyne.CanvasObject { return []fyne.CanvasObject{&s.scrim, s.scroll} }
func (s *Sheet) paint()                       { fill(&s.scrim, colorScrim, colorNone, 0, 0) }

func (s *Sheet) place(size fyne.Size) {
	set(&s.scrim, 0, 0, size.Width, size.Height)
	set(s.scroll, 0, 0, size.Width, size.Height)
}

func (s *Sheet) minSize() fyne.Size { return s.scroll.MinSize() }

func (s *Sheet) reflow()                        {}
func (s *Sheet) reveal(fyne.CanvasObject, area) {}

func (s *Sheet) typedKey(e *fyne.KeyEvent) {
	if e.Name != fyne.KeyEscape || s.Stays != nil && s.Stays() {
		return
	}
	s.Close()
	if s.OnEscape != nil {
		s.OnEscape()
	}
}

// Tapped keeps presses beside the card from the page below.
func (s *Sheet) Tapped(*fyne.PointEvent) {}

// sheetBound keeps a sheet in the middle, wider at large text.
type sheetBound struct{}

const sheetWidth float32 = 520

func (sheetBound) bound() bound {
	return bound{width: sheetWidth, center: true, middle: true}
}

func (s sheetBound) natural(o []fyne.CanvasObject) float32   { return s.bound().natural(o) }
func (s sheetBound) narrowest(o []fyne.CanvasObject) float32 { return s.bound().narrowest(o) }

func (s sheetBound) arrange(o []fyne.CanvasObject, size fyne.Size, put put) float32 {
	return s.bound().arrange(o, size, put)
}
