package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
)

// ButtonKind is how much a button asks for.
type ButtonKind uint8

const (
	// Plain is outlined: the usual button, and the only one for a choice of
	// consent.
	Plain ButtonKind = iota
	// Primary is filled; at most one on a page, never for a choice of consent.
	Primary
	// Quiet is accent words, which begin [QuietSide] after its edge: put it in an
	// Inset of -QuietSide to align them with a margin.
	Quiet
	// Danger is outlined in the colour of what destroys. It is never filled.
	Danger
)

// QuietSide is the room at either side of the words of a quiet button.
const QuietSide float32 = 10

// Button does one thing that its label says as a verb.
type Button struct {
	control
	// OnTapped is called for a press, Enter and Space.
	OnTapped func()

	kind    ButtonKind
	text    string
	icon    Icon
	iconEnd bool
	big     bool
	slim    bool

	ground canvas.Rectangle
	words  *Text
	pic    picture
}

var _ fyne.Disableable = (*Button)(nil)

// NewButton returns a button that says label and calls tapped.
func NewButton(kind ButtonKind, label string, tapped func()) *Button {
	b := &Button{kind: kind, text: label, OnTapped: tapped, words: NewText(Strong, label)}
	b.label = label
	b.act = func() {
		if b.OnTapped != nil {
			b.OnTapped()
		}
	}
	b.extend(b, radiusControl)
	return b
}

// WithIcon sets an icon before the words and returns b.
func (b *Button) WithIcon(icon Icon) *Button {
	b.icon, b.iconEnd = icon, false
	return b
}

// WithIconEnd sets an icon after the words, as the arrow to a next step
// stands, and returns b.
func (b *Button) WithIconEnd(icon Icon) *Button {
	b.icon, b.iconEnd = icon, true
	return b
}

// WithName gives a button whose words are read together with what stands around them a
// name that is enough by itself, for those who cannot see that, and returns b.
func (b *Button) WithName(name string) *Button {
	b.label = name
	return b
}

// Large makes the button 56 high instead of 42 and returns b.
func (b *Button) Large() *Button {
	b.big = true
	return b
}

// Slim makes the button 34 high and returns b: for a list of ways that are known by their
// names, a line each.
func (b *Button) Slim() *Button {
	b.slim = true
	return b
}

// SetLabel changes the words.
func (b *Button) SetLabel(label string) {
	b.text, b.label = label, label
	b.words.SetText(label)
	b.Changed()
	b.Refresh()
}

// Disable makes the button deaf, as while a passphrase is tried. Where
// something is missing, say so in a sentence instead.
func (b *Button) Disable() {
	b.disabled = true
	b.Refresh()
}

// Enable ends Disable.
func (b *Button) Enable() {
	b.disabled = false
	b.Refresh()
}

// Disabled reports whether the button is deaf.
func (b *Button) Disabled() bool { return b.disabled }

func (b *Button) objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{&b.ring, &b.ground, &b.pic.image, b.words}
}

func (b *Button) paint() {
	ground, stroke, ink := ColorCard, ColorOutline, ColorInk
	switch b.kind {
	case Primary:
		ground, stroke, ink = ColorAccent, colorNone, ColorOnAccent
	case Quiet:
		ground, stroke, ink = colorNone, colorNone, ColorAccent
	case Danger:
		stroke, ink = ColorDanger, ColorDanger
	}
	switch {
	case b.disabled:
		ground, stroke, ink = ColorSunk, colorNone, ColorMuted
	case b.kind == Primary:
	case b.pressed:
		ground = ColorSunk
	case b.hovered:
		ground = ColorHover
	}
	width := strokeControl
	if stroke == colorNone {
		width = 0
	}
	fill(&b.ground, ground, stroke, width, radiusControl)
	if b.kind == Primary && !b.disabled && (b.hovered || b.pressed) {
		// The fill cannot change without losing contrast, so the edge does.
		fill(&b.ground, ground, ColorAccentInk, strokeChosen, radiusControl)
	}
	b.words.setColor(ink)
	b.pic.paint(b.icon, ink)
	b.paintRing()
}

// figures of a button at the size of text of now: its height, the room at its
// sides, and what its icon takes.
func (b *Button) figures() (height, side, icon float32) {
	s := Scale()
	height, side = 42*s, 20*s
	if b.big {
		height, side = 56*s, 24*s
	}
	if b.slim {
		height = 34 * s
	}
	if b.kind == Quiet {
		side = QuietSide
	}
	if b.icon != IconNone {
		icon = 28 * s
	}
	return height, side, icon
}

// room is the width that the words have in a button of a width.
func (b *Button) room(width float32) float32 {
	_, side, icon := b.figures()
	return max(width-icon-2*side, 1)
}

// HeightFor implements [Flexible]: words that do not fit one line take more.
func (b *Button) HeightFor(width float32) float32 {
	height, _, _ := b.figures()
	return whole(height) + b.words.HeightFor(b.room(width)) - Strong.LineHeight()
}

// NaturalWidth implements [Natural].
func (b *Button) NaturalWidth() float32 {
	_, side, icon := b.figures()
	return ceil(b.words.NaturalWidth() + icon + 2*side)
}

func (b *Button) place(size fyne.Size) {
	_, _, icon := b.figures()
	set(&b.ground, 0, 0, size.Width, size.Height)
	words := min(b.words.NaturalWidth(), b.room(size.Width))
	h := b.words.HeightFor(words)
	x, y := (size.Width-words-icon)/2, (size.Height-h-1)/2 // the line rounds as well
	s := Scale()
	if b.iconEnd {
		set(b.words, x, y, words, h)
		b.pic.place(b.icon, x+words+10*s, 0, size.Height, 20*s)
	} else {
		set(b.words, x+icon, y, words, h)
		b.pic.place(b.icon, x-2*s, 0, size.Height, 20*s)
	}
	b.placeRing(size)
}

func (b *Button) narrow() float32 {
	_, side, icon := b.figures()
	return ceil(b.words.narrow() + icon + 2*side)
}

func (b *Button) minSize() fyne.Size {
	width := b.Size().Width
	if width <= 0 {
		width = b.NaturalWidth()
	}
	return fyne.NewSize(b.narrow(), b.HeightFor(max(width, b.narrow())))
}
