package window

import (
	"fyne.io/fyne/v2"

	"ebb/ui/kit"
)

// says is the line of a form that answers: what is under way, or what did not
// work. It takes no room while there is nothing to say.
type says struct{ *kit.Text }

func newSays() *says {
	s := &says{kit.NewText(kit.Body, "")}
	s.Hide()
	return s
}

func (s *says) clear() { s.say(kit.ColorMuted, "") }

func (s *says) progress(text string) { s.say(kit.ColorMuted, text) }

func (s *says) problem(text string) { s.say(kit.ColorWarn, text) }

func (s *says) say(color fyne.ThemeColorName, text string) {
	s.Hidden = text == ""
	s.In(color).SetText(text)
}
