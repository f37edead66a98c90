package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
)

// Switch turns one thing on and off, and says which in a word before it.
type Switch struct {
	control
	// OnChanged hears the state after every press.
	OnChanged func(on bool)

	on              bool
	wordOn, wordOff string
	track, knob     canvas.Rectangle
	words           label
}

// NewSwitch returns a switch called name; wordOn and wordOff are shown for its
// states.
func NewSwitch(name, wordOn, wordOff string, on bool, changed func(on bool)) *Switch {
	s := &Switch{on: on, wordOn: wordOn, wordOff: wordOff, OnChanged: changed}
	s.label = name
	s.act = func() {
		s.SetOn(!s.on)
		if s.OnChanged != nil {
			s.OnChanged(s.on)
		}
	}
	s.extend(s, switchHeight/2)
	return s
}

// On reports the state.
func (s *Switch) On() bool { return s.on }

// SetOn sets the state without a word to OnChanged.
func (s *Switch) SetOn(on bool) {
	s.on = on
	s.Refresh()
}

// AccessibilityLabel implements [fyne.Accessible].
func (s *Switch) AccessibilityLabel() string { return clean(s.label + ": " + s.word()) }

func (s *Switch) word() string {
	if s.on {
		return s.wordOn
	}
	return s.wordOff
}

const (
	switchWidth  float32 = 50
	switchHeight float32 = 28
	switchGap    float32 = 14
)

func (s *Switch) objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{&s.ring, &s.track, &s.knob, &s.words.text}
}

func (s *Switch) paint() {
	h := switchHeight * Scale()
	if s.on {
		fill(&s.track, ColorAccent, colorNone, 0, h/2)
		fill(&s.knob, ColorOnAccent, colorNone, 0, h/2-3)
	} else {
		ground := ColorCard
		if s.hovered {
			ground = ColorHover
		}
		fill(&s.track, ground, ColorOutline, strokeControl, h/2)
		fill(&s.knob, ColorOutline, colorNone, 0, h/2-4)
	}
	s.words.paint(s.word(), Strong, ColorInk)
	s.paintRing()
}

func (s *Switch) place(size fyne.Size) {
	scale := Scale()
	w, h := whole(switchWidth*scale), whole(switchHeight*scale)
	x, y := size.Width-w, (size.Height-h)/2
	set(&s.track, x, y, w, h)
	if s.on {
		d := h - 6
		set(&s.knob, x+w-3-d, y+3, d, d)
	} else {
		d := h - 8
		set(&s.knob, x+4, y+4, d, d)
	}
	s.words.place(x-switchGap*scale-s.words.width(), 0, size.Height)
	s.radius = h / 2
	placeRing(&s.ring, fyne.NewSize(w, h), s.radius, false)
	s.ring.Move(s.ring.Position().AddXY(whole(x), whole(y)))
}

func (s *Switch) minSize() fyne.Size {
	scale := Scale()
	word := max(lineWidth(s.wordOn, Strong), lineWidth(s.wordOff, Strong))
	return fyne.NewSize(ceil(word+(switchGap+switchWidth)*scale), whole(30*scale))
}
