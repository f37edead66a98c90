package kit

import "fyne.io/fyne/v2"

// MenuCard is one thing on a menu, pressed as a whole: what kind it is, its title, a
// sentence, and at its foot how close it comes and how long it takes.
type MenuCard struct {
	control
	sheet sheet
	inner *Container
}

// MenuCardSpec is what stands on a [MenuCard].
type MenuCardSpec struct {
	Kicker, Title, Sentence string
	Closeness               int
	ClosenessWord, Time     string
	Tapped                  func()
}

// NewMenuCard returns a card.
func NewMenuCard(s MenuCardSpec) *MenuCard {
	c := &MenuCard{}
	c.label, c.act = s.Title+". "+s.Sentence+" "+s.ClosenessWord+", "+s.Time, s.Tapped
	c.inner = Pad(20, Column(SpaceS,
		NewText(Kicker, s.Kicker).In(ColorAccent),
		NewText(Sub, s.Title).MaxLines(3),
		NewText(Small, s.Sentence).In(ColorMuted).MaxLines(4),
		Stretch(Gap(SpaceXS)),
		NewRule(),
		Flow(SpaceL,
			IconLine(Closeness(s.Closeness), Caption, s.ClosenessWord, ColorMuted),
			IconLine(IconClock, Caption, s.Time, ColorMuted)),
	))
	c.extend(c, radiusCard)
	return c
}

// HeightFor implements [Flexible].
func (c *MenuCard) HeightFor(width float32) float32 { return c.inner.HeightFor(width) }

// NaturalWidth implements [Natural].
func (c *MenuCard) NaturalWidth() float32 { return c.inner.NaturalWidth() }

func (c *MenuCard) objects() []fyne.CanvasObject {
	return append(append([]fyne.CanvasObject{&c.ring}, c.sheet.objects()...), c.inner)
}

func (c *MenuCard) paint() {
	edge := ColorLine
	if c.hovered {
		edge = ColorAccent
	}
	c.sheet.paint(edge)
	c.paintRing()
}

func (c *MenuCard) place(size fyne.Size) {
	c.sheet.place(size)
	c.inner.Resize(size)
	c.placeRing(size)
}

func (c *MenuCard) narrow() float32    { return c.inner.narrow() }
func (c *MenuCard) minSize() fyne.Size { return c.inner.MinSize() }
