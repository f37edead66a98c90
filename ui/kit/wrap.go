package kit

import (
	"unicode"
	"unicode/utf8"

	"fyne.io/fyne/v2"
)

// span is a stretch of clean text in one typeface and colour.
type span struct {
	text  string
	font  fyne.Resource  // nil: the toolkit's chain of typefaces
	style fyne.TextStyle // used where font is nil
	color fyne.ThemeColorName
	size  float32
}

func (s *span) measure(text string) float32 {
	if text == "" {
		return 0
	}
	size, _ := fyne.CurrentApp().Driver().RenderedTextSize(text, s.size, s.style, s.font)
	return size.Width
}

// piece is part of the text of a span: bytes from (included) to to (excluded).
type piece struct{ span, from, to int }

// word is what cannot be broken, with the space before it. It may run over
// several spans ("half" in roman, "way" in bold).
type word struct {
	space, body []piece
	gap, width  float32
	newLine     bool // a line ends before it
}

// segment is a piece with its place on the line.
type segment struct {
	piece
	x, width float32
}

type line struct {
	segments []segment
	width    float32
}

// wrap breaks spans into lines no wider than width. Words are measured one by
// one and every finished line once more as it will be drawn, because kerning
// across a space is in no word. A word that is wider than a line is broken
// between characters. The result has at least one line.
func wrap(spans []span, width float32) []line {
	w := wrapper{spans: spans, width: width}
	for _, next := range split(spans) {
		w.add(next)
	}
	w.end()
	return w.lines
}

type wrapper struct {
	spans []span
	width float32
	lines []line

	pending []word // the words of the line in hand
	used    float32
}

func (w *wrapper) add(next word) {
	if next.newLine {
		w.end()
	}
	if len(next.body) == 0 {
		next.space = nil // space at the end of a paragraph is not drawn
	}
	for i := range next.space {
		next.gap += w.measure(next.space[i])
	}
	for i := range next.body {
		next.width += w.measure(next.body[i])
	}
	for len(w.pending) > 0 && w.used+next.gap+next.width > w.width && !w.fitsJoined(next) {
		w.finish()
	}
	if len(w.pending) == 0 && !next.newLine && len(w.lines) > 0 {
		next.space, next.gap = nil, 0 // a broken line does not begin with the space that broke it
	}
	if next.gap+next.width > w.width {
		next = w.chop(next)
	}
	w.used += next.gap + next.width
	w.pending = append(w.pending, next)
}

// kerningShare is more than kerning ever takes off a line.
const kerningShare float32 = 0.03

// fitsJoined reports whether a word that seems to be a little too wide fits
// once the line is drawn, and kerned, as one. Without this a text could not
// stand on one line in its own natural width.
func (w *wrapper) fitsJoined(next word) bool {
	if w.used+next.gap+next.width > w.width*(1+kerningShare) {
		return false
	}
	return w.join(append(w.pending[:len(w.pending):len(w.pending)], next)).width <= w.width
}

// end ends a paragraph with the line in hand.
func (w *wrapper) end() {
	if len(w.pending) > 0 || len(w.lines) == 0 {
		w.finish()
	}
	for len(w.pending) > 0 {
		w.finish()
	}
}

// finish finishes the line in hand. If kerning made it wider than its words, the last
// ones begin the next line, and more may come to stand beside them.
func (w *wrapper) finish() {
	n := len(w.pending)
	done := w.join(w.pending[:n])
	for n > 1 && done.width > w.width {
		n--
		done = w.join(w.pending[:n])
	}
	w.lines = append(w.lines, done)
	rest := w.pending[n:]
	w.pending, w.used = w.pending[:0], 0
	if len(rest) == 0 {
		return
	}
	rest = append([]word(nil), rest...)
	rest[0].space, rest[0].gap = nil, 0
	for _, r := range rest {
		w.pending = append(w.pending, r)
		w.used += r.gap + r.width
	}
}

// join sets words side by side and merges neighbours of one span, so that they
// are drawn, and kerned, as one.
func (w *wrapper) join(words []word) line {
	var l line
	put := func(p piece) {
		if n := len(l.segments); n > 0 && l.segments[n-1].span == p.span && l.segments[n-1].to == p.from {
			l.segments[n-1].to = p.to
			return
		}
		l.segments = append(l.segments, segment{piece: p})
	}
	for _, word := range words {
		for _, p := range word.space {
			put(p)
		}
		for _, p := range word.body {
			put(p)
		}
	}
	for i := range l.segments {
		s := &l.segments[i]
		s.x, s.width = l.width, w.measure(s.piece)
		l.width += s.width
	}
	return l
}

func (w *wrapper) measure(p piece) float32 {
	s := &w.spans[p.span]
	return s.measure(s.text[p.from:p.to])
}

// chop lays a word that is wider than a line into lines of its own and returns
// what is left of it for the line in hand.
func (w *wrapper) chop(long word) word {
	all := append(long.space, long.body...)
	var row []piece
	used := float32(0)
	for _, p := range all {
		for p.from < p.to {
			cut := w.fit(p, w.width-used)
			if cut == p.from && len(row) == 0 {
				cut = p.from + character(w.spans[p.span].text[p.from:p.to])
			}
			if cut > p.from {
				part := piece{p.span, p.from, cut}
				row = append(row, part)
				used += w.measure(part)
				p.from = cut
			}
			if p.from < p.to {
				w.lines = append(w.lines, w.join([]word{{body: row}}))
				row, used = nil, 0
			}
		}
	}
	return word{body: row, width: used}
}

// fit returns where to cut p so that the part before is at most room wide. It
// guesses from the average character and then walks, so that a long word costs
// no more than the lines it fills.
func (w *wrapper) fit(p piece, room float32) int {
	s := &w.spans[p.span]
	text := s.text[p.from:p.to]
	wide := func(n int) bool { return s.measure(text[:n]) > room }
	// Grow in steps of a character's worth of bytes until it is too wide, then
	// close in between the last that fitted and the first that did not.
	low, high := 0, 0
	for step := max(1, int(room/s.size)); ; step *= 2 {
		high = boundary(text, low+step)
		if wide(high) {
			break
		}
		if low = high; low == len(text) {
			return p.to
		}
	}
	for {
		mid := boundary(text, (low+high)/2)
		if mid >= high {
			mid = boundary(text, low+1)
		}
		if mid <= low || mid >= high {
			return p.from + low
		}
		if wide(mid) {
			high = mid
		} else {
			low = mid
		}
	}
}

// boundary is the first end of a character at or after n bytes of text.
func boundary(text string, n int) int {
	if n >= len(text) {
		return len(text)
	}
	for n < len(text) && !utf8.RuneStart(text[n]) {
		n++
	}
	for n < len(text) {
		r, size := utf8.DecodeRuneInString(text[n:])
		before, _ := utf8.DecodeLastRuneInString(text[:n])
		if !joins(r) && before != '\u200D' {
			return n
		}
		n += size
	}
	return n
}

// character is the length in bytes of the first character of text.
func character(text string) int { return boundary(text, 1) }

// split finds the words of spans. A line may break at a space, after a hyphen
// or a dash, and around ideographs.
func split(spans []span) []word {
	words := make([]word, 0, 16)
	var cur word
	var last rune // the last of cur.body, 0 if there is none
	push := func() {
		words = append(words, cur)
		cur, last = word{}, 0
	}
	for i := range spans {
		text := spans[i].text
		for from := 0; from < len(text); {
			r, n := utf8.DecodeRuneInString(text[from:])
			switch {
			case r == '\n':
				push()
				cur.newLine = true
				from += n
			case isSpace(r):
				to := from + n
				for to < len(text) {
					r, n := utf8.DecodeRuneInString(text[to:])
					if !isSpace(r) {
						break
					}
					to += n
				}
				if last != 0 {
					push()
				}
				cur.space = append(cur.space, piece{i, from, to})
				from = to
			default:
				if last != 0 && breaksBetween(last, r) {
					push()
				}
				to, prev := from+n, r
				for to < len(text) {
					r, n := utf8.DecodeRuneInString(text[to:])
					if r == '\n' || isSpace(r) || breaksBetween(prev, r) {
						break
					}
					to, prev = to+n, r
				}
				cur.body = append(cur.body, piece{i, from, to})
				from, last = to, prev
			}
		}
	}
	push()
	return words
}

// isSpace reports spaces at which a line may break; the others hold fast, and a
// line end is more than a space.
func isSpace(r rune) bool {
	return unicode.IsSpace(r) && r != '\n' && r != '\u00A0' && r != '\u2007' && r != '\u202F'
}

func breaksBetween(a, b rune) bool {
	switch {
	case joins(b):
		return false
	case a == '-' || a == '\u2010' || a == '–' || a == '—' || a == '/':
		return unicode.IsLetter(b)
	}
	return isIdeograph(b) || isIdeograph(a) && unicode.IsLetter(b)
}

func isIdeograph(r rune) bool {
	return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana)
}
