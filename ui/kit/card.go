package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
)

// around is what widgets share that draw something around one object and are
// as high as it.
type around struct {
	Part
	self    drawn
	inner   fyne.CanvasObject
	placing bool
}

func (a *around) extend(self drawn, inner fyne.CanvasObject) {
	a.self, a.inner = self, inner
	a.ExtendBaseWidget(self)
	hold(a, inner)
}

// HeightFor implements [Flexible].
func (a *around) HeightFor(width float32) float32 { return HeightFor(a.inner, width) }

// NaturalWidth implements [Natural].
func (a *around) NaturalWidth() float32 { return NaturalWidth(a.inner) }

// ShowRegion implements [Windowed].
func (a *around) ShowRegion(top, bottom float32) { showRegion(a.inner, area{top, bottom}) }

// CreateRenderer implements [fyne.Widget].
func (a *around) CreateRenderer() fyne.WidgetRenderer { return newRenderer(a.self) }

func (a *around) narrow() float32    { return narrow(a.inner) }
func (a *around) minSize() fyne.Size { return a.inner.MinSize() }

func (a *around) placeInner(size fyne.Size) {
	a.placing = true
	a.inner.Resize(size)
	a.placing = false
}

func (a *around) reflow() {
	if a.placing {
		return
	}
	a.Changed()
	a.self.Refresh()
}

func (a *around) reveal(_ fyne.CanvasObject, at area) { a.Reveal(a.self, at.top, at.bottom) }
func (a *around) typedKey(e *fyne.KeyEvent)           { a.PassKey(e) }
func (a *around) held() fyne.CanvasObject             { return a.inner }

// Card is a sheet that lies on the page with a soft shadow. A card never lies
// on a card.
type Card struct {
	around
	sheet sheet
}

// cardPad is the usual room inside a card.
const cardPad float32 = 24

// NewCard puts content on a card, with the usual room of 24 around it.
func NewCard(content fyne.CanvasObject) *Card { return NewPaddedCard(cardPad, content) }

// NewPaddedCard puts content on a card with another room around it: 20 in a
// menu of many cards, 28 on a card that is alone.
func NewPaddedCard(pad float32, content fyne.CanvasObject) *Card {
	c := &Card{}
	c.extend(c, Pad(pad, content))
	return c
}

func (c *Card) objects() []fyne.CanvasObject { return append(c.sheet.objects(), c.inner) }
func (c *Card) paint()                       { c.sheet.paint(ColorLine) }

func (c *Card) place(size fyne.Size) {
	c.sheet.place(size)
	c.placeInner(size)
}

// sheet is the face of a card with its two shadows. The software painter draws
// one large blur hard; two soft ones read better.
type sheet struct{ far, near, face canvas.Rectangle }

func (s *sheet) objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{&s.far, &s.near, &s.face}
}

func (s *sheet) paint(edge fyne.ThemeColorName) {
	fill(&s.far, ColorCard, colorNone, 0, radiusCard)
	fill(&s.near, ColorCard, colorNone, 0, radiusCard)
	fill(&s.face, ColorCard, edge, strokeHair, radiusCard)
	s.far.Shadow = canvas.Shadow{Color: Color(colorShadowFar), BlurRadius: 14, Offset: fyne.NewPos(0, 5)}
	s.near.Shadow = canvas.Shadow{Color: Color(colorShadowNear), BlurRadius: 3, Offset: fyne.NewPos(0, 1)}
}

func (s *sheet) place(size fyne.Size) {
	for _, r := range []*canvas.Rectangle{&s.far, &s.near, &s.face} {
		set(r, 0, 0, size.Width, size.Height)
	}
}

// Panel is a quiet ground inside a page, without a shadow.
type Panel struct {
	around
	ground canvas.Rectangle
}

// NewPanel puts content on a sunk ground.
func NewPanel(content fyne.CanvasObject) *Panel {
	p := &Panel{}
	p.extend(p, Pad(22, content))
	return p
}

func (p *Panel) objects() []fyne.CanvasObject { return []fyne.CanvasObject{&p.ground, p.inner} }
func (p *Panel) paint()                       { fill(&p.ground, ColorSunk, ColorLine, strokeHair, radiusCard) }

func (p *Panel) place(size fyne.Size) {
	set(&p.ground, 0, 0, size.Width, size.Height)
	p.placeInner(size)
}

// Ground paints the whole area behind content in one colour: paper for a page,
// card for a reading, rail for a pane at the side.
type Ground struct {
	around
	color fyne.ThemeColorName
	rect  canvas.Rectangle
}

// MouseIn implements [desktop.Hoverable]: a pointer that moves over an empty part of
// a page is a sign that somebody is there.
func (g *Ground) MouseIn(*desktop.MouseEvent) { onTouch() }

// MouseMoved implements [desktop.Hoverable].
func (g *Ground) MouseMoved(*desktop.MouseEvent) { onTouch() }

// MouseOut implements [desktop.Hoverable].
func (g *Ground) MouseOut() {}

// NewGround puts content on a colour.
func NewGround(color fyne.ThemeColorName, content fyne.CanvasObject) *Ground {
	g := &Ground{color: color}
	g.extend(g, content)
	return g
}

func (g *Ground) objects() []fyne.CanvasObject { return []fyne.CanvasObject{&g.rect, g.inner} }
func (g *Ground) paint()                       { fill(&g.rect, g.color, colorNone, 0, 0) }

func (g *Ground) place(size fyne.Size) {
	set(&g.rect, 0, 0, size.Width, size.Height)
	g.placeInner(size)
}
