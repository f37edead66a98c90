package kit

import "fyne.io/fyne/v2"

// SaveState says at the end of the audience line whether what was written is
// kept. While it is being saved nothing is said.
type SaveState struct {
	Part
	icon  Icon
	color fyne.ThemeColorName
	pic   picture
	words *Text
}

// NewSaveState returns a state that says nothing.
func NewSaveState() *SaveState {
	s := &SaveState{color: ColorMuted, words: NewText(Caption, "")}
	s.ExtendBaseWidget(s)
	return s
}

// Kept says, with a tick, that everything is kept.
func (s *SaveState) Kept(words string) { s.say(IconCheck, ColorMuted, words) }

// Failed says in a sentence that it is not.
func (s *SaveState) Failed(sentence string) { s.say(IconNone, ColorWarn, sentence) }

// Clear says nothing.
func (s *SaveState) Clear() { s.say(IconNone, ColorMuted, "") }

func (s *SaveState) say(icon Icon, color fyne.ThemeColorName, words string) {
	if s.icon == icon && s.color == color && s.words.String() == words {
		return
	}
	s.icon, s.color = icon, color
	s.words.In(color).SetText(words)
	s.Changed()
	s.Refresh()
}

// AccessibilityLabel implements [fyne.Accessible].
func (s *SaveState) AccessibilityLabel() string { return s.words.AccessibilityLabel() }

// AccessibilityRole implements [fyne.Accessible].
func (s *SaveState) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleText }

func (s *SaveState) lead() float32 {
	if s.icon == IconNone {
		return 0
	}
	return 24 * Scale()
}

// HeightFor implements [Flexible]. Even without words it keeps its line.
func (s *SaveState) HeightFor(width float32) float32 {
	return s.words.HeightFor(width - s.lead())
}

// NaturalWidth implements [Natural].
func (s *SaveState) NaturalWidth() float32 { return s.lead() + s.words.NaturalWidth() }

// CreateRenderer implements [fyne.Widget].
func (s *SaveState) CreateRenderer() fyne.WidgetRenderer { return newRenderer(s) }

func (s *SaveState) objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{&s.pic.image, s.words}
}

func (s *SaveState) paint() { s.pic.paint(s.icon, s.color) }

func (s *SaveState) place(size fyne.Size) {
	s.pic.place(s.icon, 0, 0, Caption.LineHeight(), 16*Scale())
	set(s.words, s.lead(), 0, size.Width-s.lead(), size.Height)
}

func (s *SaveState) minSize() fyne.Size {
	w := s.Size().Width
	if w <= 0 {
		w = Measure
	}
	return fyne.NewSize(s.lead()+s.words.MinSize().Width, s.HeightFor(w))
}
