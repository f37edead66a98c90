package kit

import "fyne.io/fyne/v2"

// Margins of a page, in units of the canvas.
const (
	PageMargin       float32 = 44
	pageMarginFolded float32 = 36
	pageTop          float32 = 40
	pageFoot         float32 = 36
)

// PageSpec is what every page is made of.
type PageSpec struct {
	Title   string
	Intro   string              // one or two sentences; may be empty
	Actions []fyne.CanvasObject // at the end of the title's line
	Body    []fyne.CanvasObject // below each other, SpaceCards apart
}

// NewPage is the one frame for pages: title, intro, actions and body with the
// margins of the design, on paper. It scrolls where it is too high.
func NewPage(p PageSpec) *Scroll {
	head := []fyne.CanvasObject{NewText(Title, p.Title)}
	if p.Intro != "" {
		head = append(head, MaxWidth(IntroMeasure, NewText(Body, p.Intro).In(ColorMuted)))
	}
	top := []fyne.CanvasObject{Stretch(Column(SpaceXS, head...))}
	if len(p.Actions) > 0 {
		top = append(top, Row(SpaceM, p.Actions...))
	}
	return NewFrame(Column(SpaceXL, TopRow(SpaceXL, top...), Column(SpaceCards, p.Body...)))
}

// NewFrame gives a page without the usual title the same margins and scrolling.
func NewFrame(content fyne.CanvasObject) *Scroll {
	return NewScroll(NewGround(ColorPaper, newContainer(margins{}, content)))
}

// NewStrip sets o on paper along the upper edge of a page that scrolls below it, within
// the page's margins.
func NewStrip(o fyne.CanvasObject) *Container {
	side := margins{}.inset().start
	return Column(0, NewGround(ColorPaper, Inset(side, SpaceS, side, SpaceS, o)), NewRule())
}

// margins is an inset that is a little smaller at large text.
type margins struct{}

func (margins) inset() inset {
	side := PageMargin
	if Folded() {
		side = pageMarginFolded
	}
	return inset{start: side, top: pageTop, end: side, bottom: pageFoot}
}

func (m margins) natural(o []fyne.CanvasObject) float32   { return m.inset().natural(o) }
func (m margins) narrowest(o []fyne.CanvasObject) float32 { return m.inset().narrowest(o) }

func (m margins) arrange(o []fyne.CanvasObject, size fyne.Size, put put) float32 {
	return m.inset().arrange(o, size, put)
}
