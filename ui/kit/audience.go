package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
)

// Reader is whose colour an audience is told in.
type Reader uint8

// Colours go by the order in which people joined and mean only whose; what is
// shared has the accent.
const (
	FirstPerson Reader = iota
	SecondPerson
	ThirdPerson
	FourthPerson
	Shared
)

// Person is the reader in a place of the order of joining, from 0.
func Person(place int) Reader { return Reader(min(max(place, 0), int(FourthPerson))) }

// Ink is the colour of what a reader writes.
func (r Reader) Ink() fyne.ThemeColorName {
	ink, _ := r.colors()
	return ink
}

func (r Reader) colors() (ink, ground fyne.ThemeColorName) {
	switch r {
	case FirstPerson:
		return ColorClay, ColorClaySoft
	case SecondPerson:
		return ColorPlum, ColorPlumSoft
	case ThirdPerson:
		return ColorSlate, ColorSlateSoft
	case FourthPerson:
		return ColorMoss, ColorMossSoft
	}
	return ColorAccentInk, ColorAccentSoft
}

// AudiencePill says who can read what is written below it. It is the first
// thing above every box that takes words, never hidden and never shortened.
type AudiencePill struct {
	Part
	// OnSight is called, if it is not nil, when the upper edge of the pill is scrolled
	// away and when it comes into sight again, so that another can stand in for it.
	OnSight func(in bool)

	away   bool
	text   string
	reader Reader
	ground canvas.Rectangle
	pic    picture
	words  *Text
}

// NewAudiencePill says text in the colour of reader, behind a lock for one
// person and an eye for several.
func NewAudiencePill(reader Reader, text string) *AudiencePill {
	p := &AudiencePill{text: text, reader: reader}
	ink, _, _ := p.look()
	p.words = NewText(Kicker, text).In(ink)
	p.ExtendBaseWidget(p)
	return p
}

func (p *AudiencePill) look() (ink, ground fyne.ThemeColorName, icon Icon) {
	ink, ground = p.reader.colors()
	if p.reader == Shared {
		return ink, ground, IconEye
	}
	return ink, ground, IconLock
}

const (
	pillHeight float32 = 30
	pillSide   float32 = 14
	pillIcon   float32 = 24 // the icon with the room after it
)

// HeightFor implements [Flexible]: words that do not fit one line take more.
func (p *AudiencePill) HeightFor(width float32) float32 {
	s := Scale()
	words := p.words.HeightFor(width - (2*pillSide+pillIcon)*s)
	return whole(pillHeight*s) + words - p.words.role.LineHeight()
}

// NaturalWidth implements [Natural].
func (p *AudiencePill) NaturalWidth() float32 {
	return ceil(p.words.NaturalWidth() + (2*pillSide+pillIcon)*Scale())
}

// ShowRegion implements [Windowed].
func (p *AudiencePill) ShowRegion(top, _ float32) {
	if away := top > 0; away != p.away {
		p.away = away
		if p.OnSight != nil {
			p.OnSight(!away)
		}
	}
}

// AccessibilityLabel implements [fyne.Accessible].
func (p *AudiencePill) AccessibilityLabel() string { return p.words.AccessibilityLabel() }

// AccessibilityRole implements [fyne.Accessible].
func (p *AudiencePill) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleText }

// CreateRenderer implements [fyne.Widget].
func (p *AudiencePill) CreateRenderer() fyne.WidgetRenderer { return newRenderer(p) }

func (p *AudiencePill) objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{&p.ground, &p.pic.image, p.words}
}

func (p *AudiencePill) paint() {
	ink, ground, icon := p.look()
	fill(&p.ground, ground, colorNone, 0, whole(pillHeight*Scale())/2)
	p.pic.paint(icon, ink)
}

func (p *AudiencePill) place(size fyne.Size) {
	s := Scale()
	_, _, icon := p.look()
	w := min(size.Width, p.NaturalWidth())
	h := p.HeightFor(w)
	set(&p.ground, 0, 0, w, h)
	p.pic.place(icon, (pillSide-2)*s, 0, h, 16*s)
	inner := w - (2*pillSide+pillIcon)*s
	words := p.words.HeightFor(inner)
	set(p.words, (pillSide+pillIcon)*s, (h-words)/2, ceil(inner), words)
}

func (p *AudiencePill) minSize() fyne.Size {
	w := p.Size().Width
	if w <= 0 {
		w = p.NaturalWidth()
	}
	return fyne.NewSize(p.words.MinSize().Width+(2*pillSide+pillIcon)*Scale(), p.HeightFor(w))
}
