package kit

import "fyne.io/fyne/v2"

// ChoiceCard is a card that is pressed as a whole: an icon in a disc, a title,
// a sentence, and an arrow that says where it leads.
type ChoiceCard struct {
	control
	sheet sheet
	inner *Container
}

// NewChoiceCard returns a card that calls tapped.
func NewChoiceCard(icon Icon, title, sentence string, tapped func()) *ChoiceCard {
	c := &ChoiceCard{}
	c.label, c.act = title+". "+sentence, tapped
	c.inner = Pad(22, Row(18,
		NewDisc(icon, 44),
		Stretch(Column(2, NewText(Sub, title), NewText(Body, sentence).In(ColorMuted))),
		NewIcon(IconNext, 22, ColorMuted)))
	c.extend(c, radiusCard)
	return c
}

// HeightFor implements [Flexible].
func (c *ChoiceCard) HeightFor(width float32) float32 { return c.inner.HeightFor(width) }

// NaturalWidth implements [Natural].
func (c *ChoiceCard) NaturalWidth() float32 { return c.inner.NaturalWidth() }

func (c *ChoiceCard) objects() []fyne.CanvasObject {
	return append(append([]fyne.CanvasObject{&c.ring}, c.sheet.objects()...), c.inner)
}

func (c *ChoiceCard) paint() {
	edge := ColorLine
	if c.hovered {
		edge = ColorAccent
	}
	c.sheet.paint(edge)
	c.paintRing()
}

func (c *ChoiceCard) place(size fyne.Size) {
	c.sheet.place(size)
	c.inner.Resize(size)
	c.placeRing(size)
}

func (c *ChoiceCard) narrow() float32    { return c.inner.narrow() }
func (c *ChoiceCard) minSize() fyne.Size { return c.inner.MinSize() }
