package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
)

// Segmented is a choice of one among a few words that stand beside each other,
// or below each other where the width does not do. It takes the focus as one;
// the arrow keys walk through the words, Space and Enter choose.
type Segmented struct {
	control
	// OnChanged hears which word was chosen, counted from 0.
	OnChanged func(chosen int)

	words  []string
	chosen int
	at     int // the word that the arrow keys are on
	over   int // the word under the pointer, -1 for none
	ground canvas.Rectangle
	fill   canvas.Rectangle // behind the chosen word
	shade  canvas.Rectangle // behind the one under the pointer
	labels []label
	tabs   *tabs // nil for a choice
}

// NewSegmented returns a choice called name with one of words chosen.
func NewSegmented(name string, words []string, chosen int, changed func(int)) *Segmented {
	s := &Segmented{words: words, chosen: chosen, at: chosen, over: -1, OnChanged: changed}
	s.labels = make([]label, len(words))
	s.label = name
	s.act = func() { s.choose(s.at) }
	s.extend(s, radiusControl+1)
	return s
}

// Chosen is the word that is chosen, counted from 0.
func (s *Segmented) Chosen() int { return s.chosen }

// SetChosen chooses a word without a word to OnChanged.
func (s *Segmented) SetChosen(i int) {
	s.chosen, s.at = i, i
	s.Refresh()
}

func (s *Segmented) choose(i int) {
	if i < 0 || i >= len(s.words) {
		return
	}
	changed := i != s.chosen
	s.SetChosen(i)
	if changed && s.OnChanged != nil {
		s.OnChanged(i)
	}
}

// AccessibilityLabel implements [fyne.Accessible].
func (s *Segmented) AccessibilityLabel() string {
	return clean(s.label + ": " + s.words[s.chosen])
}

// FocusGained implements [fyne.Focusable].
func (s *Segmented) FocusGained() {
	s.at = s.chosen
	s.control.FocusGained()
}

// TypedKey implements [fyne.Focusable].
func (s *Segmented) TypedKey(e *fyne.KeyEvent) {
	onTouch()
	switch e.Name {
	case fyne.KeyLeft, fyne.KeyUp:
		s.walk(s.at - 1)
	case fyne.KeyRight, fyne.KeyDown:
		s.walk(s.at + 1)
	case fyne.KeyHome:
		s.walk(0)
	case fyne.KeyEnd:
		s.walk(len(s.words) - 1)
	default:
		s.control.TypedKey(e)
	}
}

func (s *Segmented) walk(to int) {
	s.byPointer = false
	s.at = max(0, min(to, len(s.words)-1))
	s.Refresh()
}

// Tapped implements [fyne.Tappable].
func (s *Segmented) Tapped(e *fyne.PointEvent) { s.choose(s.wordAt(e.Position)) }

// MouseMoved implements [desktop.Hoverable].
func (s *Segmented) MouseMoved(e *desktop.MouseEvent) {
	onTouch()
	if over := s.wordAt(e.Position); over != s.over {
		s.over = over
		s.Refresh()
	}
}

// MouseOut implements [desktop.Hoverable].
func (s *Segmented) MouseOut() {
	s.over = -1
	s.control.MouseOut()
}

func (s *Segmented) wordAt(p fyne.Position) int {
	for i := range s.words {
		x, y, w, h := s.cell(i, s.Size().Width)
		if p.X >= x && p.X < x+w && p.Y >= y && p.Y < y+h {
			return i
		}
	}
	return -1
}

const (
	segmentPad    float32 = 4
	segmentHeight float32 = 34
	segmentSide   float32 = 16
)

// pad is the room around all words, gap that between two, high that of one.
func (s *Segmented) pad() float32 {
	if s.tabs != nil {
		return 0
	}
	return segmentPad
}

func (s *Segmented) gap() float32 {
	if s.tabs != nil {
		return tabGap
	}
	return 0
}

func (s *Segmented) high() float32 {
	if s.tabs != nil {
		return whole(tabHeight * Scale())
	}
	return whole(segmentHeight * Scale())
}

// cell is the place of a word in a part of a width.
func (s *Segmented) cell(i int, width float32) (x, y, w, h float32) {
	h, pad := s.high(), s.pad()
	if s.natural() > width {
		return pad, pad + float32(i)*h, width - 2*pad, h
	}
	x = pad
	for before := range i {
		x += s.wordWidth(before) + s.gap()
	}
	return x, pad, s.wordWidth(i), h
}

func (s *Segmented) wordWidth(i int) float32 {
	w := lineWidth(s.words[i], Strong) + 2*segmentSide*Scale()
	if s.tabs != nil && s.tabs.locks[i] != nil {
		w += s.tabs.before()
	}
	return ceil(w)
}

func (s *Segmented) natural() float32 {
	w := 2*s.pad() + float32(len(s.words)-1)*s.gap()
	for i := range s.words {
		w += s.wordWidth(i)
	}
	return w
}

// HeightFor implements [Flexible].
func (s *Segmented) HeightFor(width float32) float32 {
	h := s.high()
	if s.natural() > width {
		h *= float32(len(s.words))
	}
	return h + 2*s.pad()
}

// NaturalWidth implements [Natural].
func (s *Segmented) NaturalWidth() float32 { return s.natural() }

func (s *Segmented) objects() []fyne.CanvasObject {
	o := []fyne.CanvasObject{&s.ground, &s.shade, &s.fill, &s.ring}
	for i := range s.labels {
		o = append(o, &s.labels[i].text)
	}
	if s.tabs != nil {
		o = append(o, s.tabs.objects()...)
	}
	return o
}

func (s *Segmented) paint() {
	s.shade.Hidden = s.over < 0 || s.over == s.chosen
	if s.tabs != nil {
		s.paintTabs()
		return
	}
	fill(&s.ground, ColorSunk, ColorOutline, strokeControl, radiusControl+1)
	fill(&s.fill, ColorAccent, colorNone, 0, radiusControl-2)
	fill(&s.shade, ColorRailHover, colorNone, 0, radiusControl-2)
	s.paintRing()
}

func (s *Segmented) paintWord(i int) {
	switch {
	case i == s.chosen && s.tabs != nil:
		s.labels[i].paint(s.words[i], Strong, ColorAccentInk)
	case i == s.chosen:
		s.labels[i].paint(s.words[i], Strong, ColorOnAccent)
	case s.tabs != nil:
		s.labels[i].paint(s.words[i], Body, ColorMuted)
	default:
		s.labels[i].paint(s.words[i], Body, ColorInk)
	}
}

func (s *Segmented) place(size fyne.Size) {
	size.Width = min(size.Width, s.natural()) // as wide as its words, whatever the room
	set(&s.ground, 0, 0, size.Width, size.Height)
	at := func(o fyne.CanvasObject, i int) {
		x, y, w, h := s.cell(i, size.Width)
		set(o, x, y, w, h)
	}
	at(&s.fill, s.chosen)
	if s.over >= 0 {
		at(&s.shade, s.over)
	}
	for i := range s.labels {
		x, y, w, h := s.cell(i, size.Width)
		s.paintWord(i)
		room := w - 2*segmentPad
		if s.tabs != nil {
			before := s.tabs.placeLock(i, x, y, h)
			x, w, room = x+before, w-before, room-before
		}
		s.labels[i].shorten(room)
		s.labels[i].place(x+(w-s.labels[i].width())/2, y, h)
	}
	if s.tabs != nil {
		s.placeBar(size)
	}
	// The ring lies around the word that the arrows are on. Around the chosen
	// one it needs a distance from the fill, which has its colour.
	x, y, w, h := s.cell(s.at, size.Width)
	s.ring.CornerRadius = radiusControl - 2
	set(&s.ring, x, y, w, h)
	if s.at == s.chosen {
		s.radius = radiusControl + 1
		s.placeRing(size)
	}
}

func (s *Segmented) minSize() fyne.Size {
	widest := float32(0)
	for i := range s.words {
		widest = max(widest, min(s.wordWidth(i), 120*Scale()))
	}
	w := s.Size().Width
	if w <= 0 {
		w = s.natural()
	}
	return fyne.NewSize(widest+2*s.pad(), s.HeightFor(w))
}
