package editor

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"ebb/ui/kit"
)

const (
	barZone     = 12 // width that takes the mouse
	barWidth    = 4
	barHeld     = 8 // width under the mouse
	barEdge     = 2 // distance from the edge of the widget
	barShortest = 28
)

// bar is the scroll bar: a thumb without a trough.
type bar struct {
	e     *Editor
	thumb *canvas.Rectangle
	y, h  float32
}

func newBar(e *Editor) *bar {
	return &bar{e: e, thumb: canvas.NewRectangle(nil)}
}

// update places the thumb. It is hidden while the whole text is in view.
func (b *bar) update() {
	e := b.e
	size := e.Size()
	at, limit := e.scrolled()
	b.thumb.Hidden = limit < 1 || size.Height <= barShortest
	if b.thumb.Hidden {
		return
	}
	width := float32(barWidth)
	if e.mouse.overBar || e.mouse.bar {
		width = barHeld
	}
	b.h = max(barShortest, whole(size.Height*size.Height/float32(limit+float64(size.Height))))
	b.y = whole((size.Height - b.h) * float32(min(1, at/limit)))
	b.thumb.FillColor = kit.Color(kit.ColorOutline)
	b.thumb.CornerRadius = width / 2
	b.thumb.Move(fyne.NewPos(size.Width-width-barEdge, b.y))
	b.thumb.Resize(fyne.NewSize(width, b.h))
}

// holds says whether a point of the widget belongs to the bar.
func (b *bar) holds(p fyne.Position) bool {
	return !b.thumb.Hidden && p.X >= b.e.Size().Width-barZone && p.X <= b.e.Size().Width
}

// grip is where in the thumb the mouse takes it: where it was pressed, or its
// middle, which then jumps there.
func (b *bar) grip(y float32) float32 {
	if y >= b.y && y < b.y+b.h {
		return y - b.y
	}
	return b.h / 2
}

// dragBar moves the text so that the thumb follows the mouse.
func (e *Editor) dragBar(y float32) {
	b := e.scene.bar
	_, limit := e.scrolled()
	room := e.Size().Height - b.h
	if room <= 0 {
		return
	}
	share := max(0, min(1, (y-e.mouse.grip)/room))
	e.scrollTo(float64(share) * limit)
	e.draw()
}
