package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
)

// IconButton is a small button that shows an icon alone. Its name is there for
// assistive technology; use it only where the icon is plain beside its words,
// as the eye of a secret or the tools above an editor.
type IconButton struct {
	control
	icon   Icon
	ground canvas.Rectangle
	pic    picture
	// On marks a tool that is in force.
	On bool
}

// NewIconButton returns an icon called name that calls tapped.
func NewIconButton(icon Icon, name string, tapped func()) *IconButton {
	b := &IconButton{icon: icon}
	b.label, b.act = name, tapped
	b.extend(b, radiusControl-1)
	b.inside = true
	return b
}

// Set changes the icon and its name.
func (b *IconButton) Set(icon Icon, name string) {
	b.icon, b.label = icon, name
	b.Refresh()
}

func (b *IconButton) objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{&b.ground, &b.ring, &b.pic.image}
}

func (b *IconButton) paint() {
	ground, ink := colorNone, ColorMuted
	switch {
	case b.On:
		ground, ink = ColorAccentSoft, ColorAccentInk
	case b.pressed:
		ground = ColorSunk
	case b.hovered:
		ground = ColorHover
	}
	fill(&b.ground, ground, colorNone, 0, radiusControl-1)
	b.pic.paint(b.icon, ink)
	b.paintRing()
}

func (b *IconButton) place(size fyne.Size) {
	set(&b.ground, 0, 0, size.Width, size.Height)
	icon := 20 * Scale()
	b.pic.place(b.icon, (size.Width-icon)/2, 0, size.Height, icon)
	b.placeRing(size)
}

func (b *IconButton) minSize() fyne.Size { return fyne.NewSquareSize(whole(34 * Scale())) }
