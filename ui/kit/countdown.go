package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
)

// Countdown is the quiet line at the top of the window that says that it is
// about to lock. It takes no room while there is nothing to say. The window
// owns the clock and the words; the line only shows them.
type Countdown struct {
	Part
	ground, edge canvas.Rectangle
	line         *Container
	words        *Text
}

// NewCountdown returns a line that is not seen.
func NewCountdown() *Countdown {
	c := &Countdown{}
	c.line = IconLine(IconClock, Small, "", ColorMuted)
	c.words = c.line.Objects()[1].(*Text)
	c.Hidden = true
	c.ExtendBaseWidget(c)
	return c
}

// Say shows words, such as how many seconds are left.
func (c *Countdown) Say(words string) {
	c.words.SetText(words)
	if c.Hidden {
		c.Show()
		c.Changed()
	}
}

// Clear takes the line away.
func (c *Countdown) Clear() {
	if !c.Hidden {
		c.Hide()
		c.Changed()
	}
}

// AccessibilityLabel implements [fyne.Accessible].
func (c *Countdown) AccessibilityLabel() string { return c.words.AccessibilityLabel() }

// AccessibilityRole implements [fyne.Accessible].
func (c *Countdown) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleText }

const (
	countdownSide float32 = SpaceXL
	countdownPad  float32 = 10
)

// HeightFor implements [Flexible].
func (c *Countdown) HeightFor(width float32) float32 {
	return c.line.HeightFor(width-2*countdownSide) + 2*countdownPad
}

// CreateRenderer implements [fyne.Widget].
func (c *Countdown) CreateRenderer() fyne.WidgetRenderer { return newRenderer(c) }

func (c *Countdown) objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{&c.ground, &c.edge, c.line}
}

func (c *Countdown) paint() {
	fill(&c.ground, ColorSunk, colorNone, 0, 0)
	fill(&c.edge, ColorLine, colorNone, 0, 0)
}

func (c *Countdown) place(size fyne.Size) {
	set(&c.ground, 0, 0, size.Width, size.Height)
	set(&c.edge, 0, size.Height-strokeHair, size.Width, strokeHair)
	set(c.line, countdownSide, countdownPad, size.Width-2*countdownSide, size.Height-2*countdownPad)
}

func (c *Countdown) minSize() fyne.Size {
	w := c.Size().Width
	if w <= 0 {
		w = Measure
	}
	return fyne.NewSize(c.line.MinSize().Width+2*countdownSide, c.HeightFor(w))
}
