package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
)

// Chip is a word that can be chosen and put back. Chosen is told by colour, by
// weight and by a tick, or by its own icon where it has one.
type Chip struct {
	control
	// OnChanged hears whether the chip is chosen, after every press.
	OnChanged func(chosen bool)

	text   string
	icon   Icon
	chosen bool
	adds   bool // a press does something and chooses nothing
	ground canvas.Rectangle
	pic    picture
	words  label
}

// NewChip returns a chip that is not chosen.
func NewChip(text string, changed func(chosen bool)) *Chip {
	c := &Chip{text: text, OnChanged: changed}
	c.act = c.toggle
	c.label = text
	c.extend(c, 0)
	return c
}

// NewChipButton returns a chip that does something, such as to add a word of
// one's own, and is never chosen.
func NewChipButton(icon Icon, text string, tapped func()) *Chip {
	c := NewChip(text, nil)
	c.icon, c.adds = icon, true
	c.act = tapped
	return c
}

// WithIcon gives the chip an icon of its own, as a closeness mark, and returns
// c.
func (c *Chip) WithIcon(icon Icon) *Chip {
	c.icon = icon
	return c
}

// Chosen reports whether the chip is chosen.
func (c *Chip) Chosen() bool { return c.chosen }

// SetChosen chooses the chip or puts it back, without a word to OnChanged.
func (c *Chip) SetChosen(chosen bool) {
	c.chosen = chosen
	c.Changed()
	c.Refresh()
}

func (c *Chip) toggle() {
	c.SetChosen(!c.chosen)
	if c.OnChanged != nil {
		c.OnChanged(c.chosen)
	}
}

func (c *Chip) role() Role {
	if c.chosen {
		return Chips
	}
	return Small
}

func (c *Chip) shownIcon() Icon {
	if c.icon == IconNone && c.chosen {
		return IconCheck
	}
	return c.icon
}

func (c *Chip) objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{&c.ring, &c.ground, &c.pic.image, &c.words.text}
}

func (c *Chip) paint() {
	ground, stroke, width := ColorCard, ColorOutline, strokeControl
	switch {
	case c.chosen:
		ground, stroke, width = ColorAccentSoft, ColorAccent, strokeChosen
	case c.pressed:
		ground = ColorSunk
	case c.hovered:
		ground = ColorHover
	}
	c.radius = c.minSize().Height / 2
	fill(&c.ground, ground, stroke, width, c.radius)
	iconInk := c.ink()
	if c.adds {
		iconInk = ColorMuted
	}
	c.pic.paint(c.shownIcon(), iconInk)
	c.paintRing()
}

func (c *Chip) ink() fyne.ThemeColorName {
	if c.chosen {
		return ColorAccentInk
	}
	return ColorInk
}

// lead is the room that the icon takes before the words.
func (c *Chip) lead() float32 {
	switch i := c.shownIcon(); {
	case i == IconNone:
		return 0
	case i.wide():
		return 42 * Scale()
	}
	return 24 * Scale()
}

const chipSide float32 = 14

func (c *Chip) place(size fyne.Size) {
	s := Scale()
	set(&c.ground, 0, 0, size.Width, size.Height)
	if i := c.shownIcon(); i.wide() {
		c.pic.place(i, chipSide*s-2, 0, size.Height, 17*s)
	} else {
		c.pic.place(i, chipSide*s-3, 0, size.Height, 18*s)
	}
	c.words.paint(c.text, c.role(), c.ink())
	c.words.shorten(size.Width - 2*chipSide*s - c.lead())
	c.words.place(chipSide*s+c.lead(), 0, size.Height)
	c.placeRing(size)
}

// NaturalWidth implements [Natural]: a word of a person's own may be longer than
// the page is wide, and is shortened then.
func (c *Chip) NaturalWidth() float32 {
	return ceil(lineWidth(c.text, c.role()) + 2*chipSide*Scale() + c.lead())
}

func (c *Chip) minSize() fyne.Size {
	return fyne.NewSize(min(c.NaturalWidth(), 120*Scale()), whole(34*Scale()))
}
