package kit

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
)

// label is one line of text inside a control.
type label struct {
	text canvas.Text
	role Role
}

// paint sets the words and their colour.
func (l *label) paint(text string, role Role, color fyne.ThemeColorName) {
	l.role = role
	l.text.Text = clean(text)
	l.text.TextSize = roles[role].size * Scale()
	l.text.FontSource, l.text.TextStyle = lineFont(l.text.Text, role)
	l.text.Color = Color(color)
	l.text.Refresh()
}

// shorten leaves out what is wider than width and marks it with "…".
func (l *label) shorten(width float32) {
	if l.width() <= width {
		return
	}
	whole := l.text.Text
	for end := len(whole); end > 0; {
		_, n := utf8.DecodeLastRuneInString(whole[:end])
		end -= n
		if next, _ := utf8.DecodeRuneInString(whole[end:]); joins(next) {
			continue
		}
		l.text.Text = strings.TrimRightFunc(whole[:end], unicode.IsSpace) + "…"
		if l.width() <= width {
			break
		}
	}
	l.text.Refresh()
}

func (l *label) width() float32 { return l.text.MinSize().Width }

// place sets the line with its start at x, centred in a box of height h from y,
// and lowered where its typeface sits high.
func (l *label) place(x, y, h float32) {
	size := l.text.MinSize()
	st := roles[l.role]
	set(&l.text, x, y+(h-size.Height)/2+st.size*Scale()*st.face.drop, ceil(size.Width), size.Height)
}

// lineWidth is how wide text is on one line.
func lineWidth(text string, role Role) float32 {
	text = clean(text)
	font, style := lineFont(text, role)
	size, _ := fyne.CurrentApp().Driver().RenderedTextSize(text, roles[role].size*Scale(), style, font)
	return size.Width
}

// lineFont is the typeface for a line that is drawn as one: ours, or the
// toolkit's chain if ours lacks one of its characters.
func lineFont(text string, role Role) (fyne.Resource, fyne.TextStyle) {
	for _, r := range text {
		if !inOurFonts(r) {
			return nil, fyne.TextStyle{Bold: roles[role].face == &sansStrong}
		}
	}
	return roles[role].face.regular, fyne.TextStyle{}
}
