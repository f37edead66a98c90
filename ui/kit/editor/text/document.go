package text

import (
	"bytes"
	"cmp"
	"strings"
	"time"
	"unicode/utf8"
)

// Position is a place between two bytes of a document.
type Position struct {
	Paragraph int // counted from 0
	Offset    int // bytes from the start of the paragraph
}

// Compare is negative when p stands before q, 0 when they are the same place
// and positive when p stands after q.
func (p Position) Compare(q Position) int {
	if c := cmp.Compare(p.Paragraph, q.Paragraph); c != 0 {
		return c
	}
	return cmp.Compare(p.Offset, q.Offset)
}

// Span is the text between two positions; Start never stands after End.
type Span struct {
	Start, End Position
}

// Between returns the span between two positions given in any order.
func Between(a, b Position) Span {
	if a.Compare(b) > 0 {
		a, b = b, a
	}
	return Span{Start: a, End: b}
}

// Empty says that there is nothing in the span.
func (s Span) Empty() bool { return s.Start == s.End }

// Change tells a view what a change did: the text from Start to OldEnd gave
// way to the text that now reaches from Start to NewEnd.
type Change struct {
	Start, OldEnd, NewEnd Position
}

// Document is an editable text with its history. The zero value is not ready
// for use: call [NewDocument]. It is not safe for concurrent use.
type Document struct {
	// Now is the clock that groups keys into steps of the history.
	Now func() time.Time

	paragraphs [][]byte // never empty; no line feed inside
	size       int      // bytes in all, line feeds included
	history    history
}

// NewDocument returns an empty document: one paragraph without text.
func NewDocument() *Document {
	return &Document{Now: time.Now, paragraphs: make([][]byte, 1)}
}

// Normalize makes s fit for a document: CR LF and lone CR become LF, and
// bytes that are not UTF-8 become U+FFFD. Everything else stays, control
// characters too.
func Normalize(s string) []byte {
	s = strings.ToValidUTF8(s, "\uFFFD")
	if !strings.Contains(s, "\r") {
		return []byte(s)
	}
	out := make([]byte, 0, len(s))
	for i := 0; i < len(s); i++ {
		if s[i] != '\r' {
			out = append(out, s[i])
			continue
		}
		out = append(out, '\n')
		if i+1 < len(s) && s[i+1] == '\n' {
			i++
		}
	}
	return out
}

// SetText makes s the whole text, normalized, and forgets the history.
func (d *Document) SetText(s string) {
	d.Wipe()
	body := Normalize(s)
	d.size = len(body)
	d.paragraphs = split(body)
}

// Wipe empties the document and overwrites with zeros what it held, history
// included.
func (d *Document) Wipe() {
	for _, p := range d.paragraphs {
		scrub(p)
	}
	d.paragraphs = make([][]byte, 1)
	d.size = 0
	d.history.wipe()
}

// Len is the length of the text in bytes, line feeds included.
func (d *Document) Len() int { return d.size }

// Paragraphs is the number of paragraphs, at least 1.
func (d *Document) Paragraphs() int { return len(d.paragraphs) }

// Paragraph returns the bytes of paragraph i, without its line feed. They
// belong to the document: read them at once and do not keep or change them.
func (d *Document) Paragraph(i int) []byte { return d.paragraphs[i] }

// End is the position behind the last byte.
func (d *Document) End() Position {
	last := len(d.paragraphs) - 1
	return Position{Paragraph: last, Offset: len(d.paragraphs[last])}
}

// All spans the whole text.
func (d *Document) All() Span { return Span{End: d.End()} }

// Text returns the whole text with line feeds.
func (d *Document) Text() string { return d.String(d.All()) }

// String returns the text of a span, with line feeds.
func (d *Document) String(s Span) string {
	var b strings.Builder
	d.copyTo(&b, s)
	return b.String()
}

// slice returns a copy of the text of a span.
func (d *Document) slice(s Span) []byte {
	var b bytes.Buffer
	d.copyTo(&b, s)
	return b.Bytes()
}

type sink interface {
	Grow(int)
	Write([]byte) (int, error)
	WriteByte(byte) error
}

func (d *Document) copyTo(w sink, s Span) {
	s = Span{Start: d.Clamp(s.Start), End: d.Clamp(s.End)}
	if s.Start.Paragraph == s.End.Paragraph {
		_, _ = w.Write(d.paragraphs[s.Start.Paragraph][s.Start.Offset:max(s.Start.Offset, s.End.Offset)])
		return
	}
	n := 0
	for i := s.Start.Paragraph; i <= s.End.Paragraph; i++ {
		n += len(d.paragraphs[i]) + 1
	}
	w.Grow(n)
	for i := s.Start.Paragraph; i <= s.End.Paragraph; i++ {
		p := d.paragraphs[i]
		switch i {
		case s.Start.Paragraph:
			_, _ = w.Write(p[s.Start.Offset:])
		case s.End.Paragraph:
			_ = w.WriteByte('\n')
			_, _ = w.Write(p[:s.End.Offset])
		default:
			_ = w.WriteByte('\n')
			_, _ = w.Write(p)
		}
	}
}

// Clamp brings a position into the document and back to the start of the
// grapheme cluster that it lies in.
func (d *Document) Clamp(p Position) Position {
	if p.Paragraph < 0 {
		return Position{}
	}
	if p.Paragraph >= len(d.paragraphs) {
		return d.End()
	}
	p.Offset = ClusterStart(d.paragraphs[p.Paragraph], p.Offset)
	return p
}

// splice replaces a span and keeps no record of it. insert is copied.
func (d *Document) splice(s Span, insert []byte) Change {
	first, last := s.Start.Paragraph, s.End.Paragraph
	d.size += len(insert) - d.length(s)

	cut := bytes.IndexByte(insert, '\n')
	if first == last && cut < 0 {
		d.paragraphs[first] = splice(d.paragraphs[first], s.Start.Offset, s.End.Offset, insert)
		end := Position{Paragraph: first, Offset: s.Start.Offset + len(insert)}
		return Change{Start: s.Start, OldEnd: s.End, NewEnd: end}
	}

	head := d.paragraphs[first][:s.Start.Offset]
	tail := d.paragraphs[last][s.End.Offset:]
	fresh := split(bytes.Join([][]byte{head, insert, tail}, nil))
	end := Position{Paragraph: first + len(fresh) - 1}
	end.Offset = len(fresh[len(fresh)-1]) - len(tail)

	for _, p := range d.paragraphs[first : last+1] {
		scrub(p)
	}
	d.paragraphs = replaceRange(d.paragraphs, first, last+1, fresh)
	return Change{Start: s.Start, OldEnd: s.End, NewEnd: end}
}

// length is the number of bytes in a span.
func (d *Document) length(s Span) int {
	if s.Start.Paragraph == s.End.Paragraph {
		return s.End.Offset - s.Start.Offset
	}
	n := len(d.paragraphs[s.Start.Paragraph]) - s.Start.Offset + 1 + s.End.Offset
	for _, p := range d.paragraphs[s.Start.Paragraph+1 : s.End.Paragraph] {
		n += len(p) + 1
	}
	return n
}

// split cuts body at its line feeds. The parts share the memory of body, but
// none can grow into its neighbour.
func split(body []byte) [][]byte {
	parts := make([][]byte, 0, bytes.Count(body, []byte{'\n'})+1)
	for {
		i := bytes.IndexByte(body, '\n')
		if i < 0 {
			return append(parts, body)
		}
		parts = append(parts, body[:i:i])
		body = body[i+1:]
	}
}

// splice replaces p[from:to], in place if there is room. Memory that it gives
// up is overwritten.
func splice(p []byte, from, to int, insert []byte) []byte {
	n := len(p) + len(insert) - (to - from)
	if n <= cap(p) {
		old := len(p)
		q := p[:max(n, old)]
		copy(q[from+len(insert):], p[to:old])
		copy(q[from:], insert)
		clear(q[n:])
		return q[:n]
	}
	q := make([]byte, n, n+n/8+32)
	copy(q, p[:from])
	copy(q[from:], insert)
	copy(q[from+len(insert):], p[to:])
	scrub(p)
	return q
}

// replaceRange replaces list[from:to] by with.
func replaceRange(list [][]byte, from, to int, with [][]byte) [][]byte {
	if len(with) == to-from {
		copy(list[from:to], with)
		return list
	}
	tail := list[to:]
	if n := from + len(with) + len(tail); n > cap(list) {
		grown := make([][]byte, n, n+n/8+8)
		copy(grown, list[:from])
		copy(grown[from:], with)
		copy(grown[from+len(with):], tail)
		return grown
	}
	old := len(list)
	list = list[:from+len(with)+len(tail)]
	copy(list[from+len(with):], tail)
	copy(list[from:], with)
	if len(list) < old {
		clear(list[len(list):old])
	}
	return list
}

// scrub overwrites everything that b can reach.
func scrub(b []byte) { clear(b[:cap(b)]) }

// valid says whether a span can be used as it is: inside the document, in
// order, and between runes.
func (d *Document) valid(s Span) bool {
	for _, p := range [2]Position{s.Start, s.End} {
		if p.Paragraph < 0 || p.Paragraph >= len(d.paragraphs) {
			return false
		}
		b := d.paragraphs[p.Paragraph]
		if p.Offset < 0 || p.Offset > len(b) || p.Offset < len(b) && !utf8.RuneStart(b[p.Offset]) {
			return false
		}
	}
	return s.Start.Compare(s.End) <= 0
}
