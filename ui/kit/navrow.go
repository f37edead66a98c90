package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
)

// NavRow is one row of a rail: an icon, a name, and a bar at the start of the
// one that is chosen. In a folded rail it is the icon alone.
type NavRow struct {
	control
	icon     Icon
	name     string
	selected bool
	ground   canvas.Rectangle
	bar      canvas.Rectangle
	pic      picture
	words    label
	onHint   func(shows bool) // the name is to be shown beside the row
}

const (
	navRowHeight float32 = 38
	navRowGap    float32 = 3 // rows are on a step of 41
	navFold      float32 = 64
	navIconMax   float32 = 36
)

// NewNavRow returns a row called name that calls tapped.
func NewNavRow(icon Icon, name string, tapped func()) *NavRow {
	r := &NavRow{icon: icon, name: name}
	r.label, r.act = name, tapped
	r.extend(r, radiusControl)
	r.inside = true
	return r
}

// SetSelected says whether this is the page that shows.
func (r *NavRow) SetSelected(selected bool) {
	r.selected = selected
	r.Refresh()
}

// Selected reports whether this is the page that shows.
func (r *NavRow) Selected() bool { return r.selected }

func (r *NavRow) objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{&r.ground, &r.bar, &r.ring, &r.pic.image, &r.words.text}
}

func (r *NavRow) paint() {
	ground, ink, role := colorNone, ColorInk, Body
	switch {
	case r.selected:
		ground, ink, role = ColorAccentSoft, ColorAccentInk, Strong
	case r.pressed:
		ground = ColorSunk
	case r.hovered:
		ground = ColorRailHover
	}
	fill(&r.ground, ground, colorNone, 0, radiusControl)
	fill(&r.bar, ColorAccent, colorNone, 0, 1.5)
	r.bar.Hidden = !r.selected
	r.words.paint(r.name, role, ink)
	r.words.text.Hidden = Folded()
	r.pic.paint(r.icon, ink)
	r.paintRing()
	if r.onHint != nil {
		r.onHint(Folded() && (r.hovered || r.ringShows()))
	}
}

func (r *NavRow) place(size fyne.Size) {
	set(&r.ground, 0, 0, size.Width, size.Height)
	set(&r.bar, 0, 8, 3, size.Height-16)
	icon := min(20*Scale(), navIconMax)
	if Folded() {
		r.pic.place(r.icon, (size.Width-icon)/2, 0, size.Height, icon)
	} else {
		r.pic.place(r.icon, 14*Scale(), 0, size.Height, icon)
		r.words.place(46*Scale(), 0, size.Height)
	}
	r.placeRing(size)
}

func (r *NavRow) minSize() fyne.Size {
	if Folded() {
		return fyne.NewSquareSize(navFold)
	}
	return fyne.NewSize(ceil(46*Scale()+lineWidth(r.name, Strong)+SpaceM), whole(navRowHeight*Scale()))
}
