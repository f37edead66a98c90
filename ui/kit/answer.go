package kit

import "fyne.io/fyne/v2"

// NewAnswer returns the line in which a form answers: what is under way, or what
// did not work. It takes no room until it says something.
func NewAnswer() *Text {
	t := NewText(Body, "")
	t.Hide()
	return t
}

// Say shows words in a colour and brings them into sight: in large text an answer
// may stand below the field that has the keyboard. Without words the text takes no
// room.
func (t *Text) Say(color fyne.ThemeColorName, words string) {
	t.Hidden = words == ""
	t.In(color).SetText(words)
	if words != "" {
		t.Reveal(t, 0, t.Size().Height)
	}
}
