package text

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// pieceBytes ends a piece that has no place to break, and space that has no
// end, so that no paragraph is read to its end for every line.
const pieceBytes = 512

// NextPiece reads on from offset from to the next place where a line may end:
// p[from:word] is what must stay on one line, p[word:next] the space behind it
// that may hang over the edge.
//
// The rules are the few of UAX #14 that prose needs: behind spaces, behind
// hyphens, dashes and slashes inside words, and between ideographs, kana and
// Hangul, but never before closing or behind opening punctuation.
func NextPiece(p []byte, from int) (word, next int) {
	for i := from; i < len(p); {
		r, n := utf8.DecodeRune(p[i:])
		if end := blankEnd(p, i); end > i {
			for end < len(p) && end-i < pieceBytes {
				next := blankEnd(p, end)
				if next == end {
					break
				}
				end = next
			}
			return i, end
		}
		i += n
		if i < len(p) && (mayBreak(p, i, r) || i-from >= pieceBytes && ClusterStart(p, i) == i) {
			return i, i
		}
	}
	return len(p), len(p)
}

// blankEnd returns the end of the space at offset i, or i if there is none. A
// space that carries an accent is none.
func blankEnd(p []byte, i int) int {
	r, n := utf8.DecodeRune(p[i:])
	if !breaking(r) || NextCluster(p, i) != i+n {
		return i
	}
	return i + n
}

// breaking says whether r is space that may end a line. The figure space
// U+2007 holds numbers together and is not.
func breaking(r rune) bool {
	switch r {
	case ' ', '\t', 0x1680, 0x200B, 0x205F, 0x3000:
		return true
	}
	return r >= 0x2000 && r <= 0x200A && r != 0x2007
}

// mayBreak says whether a line may end between a, the rune before offset i,
// and the rune at i.
func mayBreak(p []byte, i int, a rune) bool {
	if a < utf8.RuneSelf && p[i] < utf8.RuneSelf && a != '-' && a != '/' {
		return false
	}
	b, _ := utf8.DecodeRune(p[i:])
	if unicode.Is(unicode.M, b) || joiner(a) || joiner(b) || breaking(b) {
		return false
	}
	switch a {
	case '-', 0x2010, '/':
		before, _ := utf8.DecodeLastRune(p[:i-utf8.RuneLen(a)])
		return unicode.IsLetter(b) && (unicode.IsLetter(before) || unicode.IsDigit(before))
	case 0x2013, 0x2014: // dashes without space around them
		return unicode.IsLetter(b)
	case 0xAD:
		return true
	}
	return ideograph(a) && !closes(b) || ideograph(b) && !opens(a)
}

func joiner(r rune) bool {
	return r == 0x200C || r == 0x200D || r == 0x2060 || r == 0xFEFF || r == 0xA0 || r == 0x202F
}

func ideograph(r rune) bool {
	return r >= 0x2E80 && (r >= 0x3041 && r <= 0x30FF || r >= 0x3400 && r <= 0x9FFF ||
		r >= 0xAC00 && r <= 0xD7A3 || r >= 0xF900 && r <= 0xFAFF || r >= 0x20000 && r <= 0x3FFFF)
}

func opens(r rune) bool {
	return unicode.Is(unicode.Ps, r) || unicode.Is(unicode.Pi, r) || r == '"' || r == '\''
}

func closes(r rune) bool {
	return unicode.Is(unicode.Pe, r) || unicode.Is(unicode.Pf, r) ||
		strings.ContainsRune(`"'.,!?:;%…、。，．！？：；・ーぁぃぅぇぉっゃゅょァィゥェォッャュョ々`, r)
}
