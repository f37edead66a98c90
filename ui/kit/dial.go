package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
)

// Dial shows how much of a time is left, as an arc with words in the middle. It does
// not move by itself: whoever owns the clock sets it.
type Dial struct {
	Part
	left  float32 // 0 to 1
	words string
	track canvas.Arc
	arc   canvas.Arc
	label label
}

// dialAcross is the size of a dial at 100 %.
const dialAcross float32 = 132

// NewDial returns a dial that is full.
func NewDial(words string) *Dial {
	d := &Dial{left: 1, words: words}
	d.ExtendBaseWidget(d)
	return d
}

// Set shows a share that is left, from 0 to 1, and words, such as the minutes.
func (d *Dial) Set(left float32, words string) {
	d.left, d.words = min(max(left, 0), 1), words
	d.Refresh()
}

// CreateRenderer implements [fyne.Widget].
func (d *Dial) CreateRenderer() fyne.WidgetRenderer { return newRenderer(d) }

// AccessibilityLabel implements [fyne.Accessible].
func (d *Dial) AccessibilityLabel() string { return clean(d.words) }

// AccessibilityRole implements [fyne.Accessible].
func (d *Dial) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleText }

func (d *Dial) objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{&d.track, &d.arc, &d.label.text}
}

// dialHole is how much of the radius is open: the ring is the rest.
const dialHole float32 = 0.9

func (d *Dial) paint() {
	d.track.FillColor, d.track.StartAngle, d.track.EndAngle, d.track.CutoutRatio = Color(ColorLine), 0, 360, dialHole
	d.arc.FillColor, d.arc.StartAngle, d.arc.EndAngle, d.arc.CutoutRatio = Color(ColorAccent), 0, 360*d.left, dialHole
	d.arc.Hidden = d.left == 0
	d.track.Refresh()
	d.arc.Refresh()
}

func (d *Dial) place(size fyne.Size) {
	across := d.minSize().Height
	x := (size.Width - across) / 2
	set(&d.track, x, 0, across, across)
	set(&d.arc, x, 0, across, across)
	d.label.paint(d.words, Strong, ColorInk)
	d.label.place((size.Width-lineWidth(d.words, Strong))/2, 0, across)
}

func (d *Dial) minSize() fyne.Size { return fyne.NewSquareSize(whole(dialAcross * Scale())) }
