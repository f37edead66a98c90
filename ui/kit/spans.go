package kit

import (
	"unicode/utf8"

	"fyne.io/fyne/v2"
)

// Run is a stretch of text within a [Text], with its own weight, slant and
// colour.
type Run struct {
	Text   string
	Strong bool
	Italic bool
	Color  fyne.ThemeColorName // "" for the colour of the text
}

// spans turns runs into clean spans of one typeface each.
func spans(runs []Run, role Role, color fyne.ThemeColorName) []span {
	st := roles[role]
	out := make([]span, 0, len(runs))
	for _, r := range runs {
		text := clean(r.Text)
		s := span{color: color, size: st.size * Scale()}
		if r.Color != "" {
			s.color = r.Color
		}
		for from := 0; from < len(text); {
			to, ours := oneChain(text, from)
			s.text = text[from:to]
			s.font, s.style = nil, fyne.TextStyle{Bold: r.Strong, Italic: r.Italic}
			if ours {
				s.font, s.style = st.face.font(r.Strong, r.Italic), fyne.TextStyle{}
			}
			out = append(out, s)
			from = to
		}
	}
	return out
}

// oneChain returns the end of the longest part of text, beginning at from, that
// is set in one chain of typefaces, and whether that is ours.
func oneChain(text string, from int) (to int, ours bool) {
	r, n := utf8.DecodeRuneInString(text[from:])
	ours = inOurFonts(r)
	for to = from + n; to < len(text); to += n {
		r, n = utf8.DecodeRuneInString(text[to:])
		if !joins(r) && inOurFonts(r) != ours {
			break
		}
	}
	return to, ours
}
