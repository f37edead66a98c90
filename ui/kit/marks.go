package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
)

// Disc is an icon on a round ground, at the head of a card.
type Disc struct {
	Part
	icon   Icon
	size   float32
	ground canvas.Rectangle
	pic    picture
}

// NewDisc shows an icon on a disc, size across at 100 %.
func NewDisc(icon Icon, size float32) *Disc {
	d := &Disc{icon: icon, size: size}
	d.ExtendBaseWidget(d)
	return d
}

// CreateRenderer implements [fyne.Widget].
func (d *Disc) CreateRenderer() fyne.WidgetRenderer { return newRenderer(d) }

func (d *Disc) objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{&d.ground, &d.pic.image}
}

func (d *Disc) paint() {
	fill(&d.ground, ColorAccentSoft, colorNone, 0, d.minSize().Height/2)
	d.pic.paint(d.icon, ColorAccentInk)
}

func (d *Disc) place(size fyne.Size) {
	across := d.minSize().Height
	set(&d.ground, 0, 0, across, across)
	icon := max(min(24, d.size/2), 0.42*d.size) * Scale()
	d.pic.place(d.icon, (across-icon)/2, 0, across, icon)
}

func (d *Disc) minSize() fyne.Size { return fyne.NewSquareSize(whole(d.size * Scale())) }

// IconLine is a small line with its icon: who can read a thing, how long it
// takes, how close it comes.
func IconLine(icon Icon, role Role, text string, color fyne.ThemeColorName) *Container {
	size := roles[role].size * 1.25
	pic := NewIcon(icon, size, color)
	if icon.wide() {
		pic = NewIcon(icon, 17, ColorAccent)
	}
	return newContainer(iconLine{}, pic, NewText(role, text).In(color))
}

// iconLine sets an icon before the first line of a text.
type iconLine struct{}

func (iconLine) natural(o []fyne.CanvasObject) float32 {
	return NaturalWidth(o[0]) + SpaceS + NaturalWidth(o[1])
}

func (iconLine) narrowest(o []fyne.CanvasObject) float32 {
	return NaturalWidth(o[0]) + SpaceS + narrow(o[1])
}

func (iconLine) arrange(o []fyne.CanvasObject, size fyne.Size, put put) float32 {
	icon := o[0].MinSize()
	x := icon.Width + SpaceS
	h := HeightFor(o[1], size.Width-x)
	if put != nil {
		line := o[1].(*Text).role.LineHeight()
		put(o[0], 0, (line-icon.Height)/2, icon.Width, icon.Height)
		put(o[1], x, 0, size.Width-x, h)
	}
	return h
}

// Rule is a hairline over the whole width.
type Rule struct {
	Part
	line canvas.Rectangle
}

// NewRule returns a hairline.
func NewRule() *Rule {
	r := &Rule{}
	r.ExtendBaseWidget(r)
	return r
}

// CreateRenderer implements [fyne.Widget].
func (r *Rule) CreateRenderer() fyne.WidgetRenderer { return newRenderer(r) }

func (r *Rule) objects() []fyne.CanvasObject { return []fyne.CanvasObject{&r.line} }
func (r *Rule) paint()                       { fill(&r.line, ColorLine, colorNone, 0, 0) }
func (r *Rule) place(size fyne.Size)         { set(&r.line, 0, 0, size.Width, strokeHair) }
func (r *Rule) minSize() fyne.Size           { return fyne.NewSize(1, strokeHair) }

// NewEmptyPanel is what stands where there is nothing yet: an icon, a line, a
// sentence and one thing to do; action may be nil.
func NewEmptyPanel(icon Icon, title, sentence string, action *Button) *Panel {
	row := []fyne.CanvasObject{
		NewIcon(icon, 38, ColorAccent),
		Stretch(Column(2, NewText(Sub, title), NewText(Body, sentence).In(ColorMuted))),
	}
	if action != nil {
		row = append(row, action)
	}
	return NewPanel(Row(18, row...))
}
