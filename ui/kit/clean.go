package kit

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// standIn is what shows in place of a character that must not act: both
// typefaces have it.
const standIn = '□'

// clean makes foreign text safe to show. Controls and the characters that
// reorder a line (Unicode TR 36, 2.5) become a visible box, marks without
// width go, and every kind of line end becomes "\n".
func clean(s string) string {
	if isPlain(s) {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		i += n
		switch {
		case r == utf8.RuneError && n == 1:
			b.WriteRune(standIn)
		case r == '\r':
			if i >= len(s) || s[i] != '\n' {
				b.WriteByte('\n')
			}
		case r == '\n', r == '\u0085', r == '\u2028', r == '\u2029':
			b.WriteByte('\n')
		case r == '\t':
			b.WriteString("    ")
		case hasNoWidth(r):
		case acts(r):
			b.WriteRune(standIn)
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

// isPlain reports whether s needs no cleaning.
func isPlain(s string) bool {
	for i := 0; i < len(s); i++ {
		if c := s[i]; c >= utf8.RuneSelf || c < ' ' && c != '\n' || c == 0x7F {
			return false
		}
	}
	return true
}

// hasNoWidth reports marks that say nothing without their effect: zero-width
// space, directional marks, soft hyphen, byte order mark.
func hasNoWidth(r rune) bool {
	switch r {
	case '\u00AD', '\u061C', '\u200B', '\u200E', '\u200F', '\u2060', '\uFEFF':
		return true
	}
	return false
}

// acts reports characters that would do something instead of being read. The
// joiners that scripts and emoji need are let through.
func acts(r rune) bool {
	switch {
	case r == '\u200C', r == '\u200D':
		return false
	case r >= 0xE0000 && r <= 0xE007F, r == unicode.ReplacementChar:
		return true
	}
	return unicode.Is(unicode.C, r)
}

// inOurFonts reports whether r is set in our own typefaces. They hold Latin,
// Greek and Cyrillic with their punctuation; all else takes the toolkit's chain
// of typefaces, which knows emoji and asks the computer for the rest.
func inOurFonts(r rune) bool {
	return r < 0x0530 || r >= 0x1E00 && r < 0x2070 || r >= 0x20A0 && r < 0x20C0 || r == standIn
}

// joins reports whether r belongs to the character before it, so that nothing
// may come between them.
func joins(r rune) bool {
	return unicode.Is(unicode.M, r) || r == '\u200D' || r == '\u200C' || r >= 0x1F3FB && r <= 0x1F3FF
}
