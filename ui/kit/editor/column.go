package editor

import (
	"sort"

	"ebb/ui/kit/editor/text"
)

// column is the text set in lines of one width, as far as anybody has looked.
// Heights of paragraphs that were never in view are guesses, so a place in the
// column is a paragraph and a distance from its top, never a distance from the
// top of the text.
type column struct {
	doc   *text.Document
	ruler *ruler
	width float32

	paragraphs []wrapped
	tops       []float64 // distance of each paragraph from the top, and of the end
	dirty      int       // tops from here on are out of date
}

// place is a distance from the top of a paragraph. It may be outside of it.
type place struct {
	paragraph int
	y         float32
}

func newColumn(doc *text.Document, r *ruler) *column {
	c := &column{doc: doc, ruler: r}
	c.reset()
	return c
}

// reset forgets every line.
func (c *column) reset() {
	n := c.doc.Paragraphs()
	if cap(c.paragraphs) < n {
		c.paragraphs = make([]wrapped, n, n+n/8)
	}
	c.paragraphs = c.paragraphs[:n]
	for i := range c.paragraphs {
		c.paragraphs[i] = c.guess(i)
	}
	c.dirty = 0
}

// setWidth wraps the text anew if the width is another one.
func (c *column) setWidth(width float32) {
	if width != c.width {
		c.width = width
		c.reset()
	}
}

// guess counts the lines of a paragraph by its bytes.
func (c *column) guess(i int) wrapped {
	p := c.doc.Paragraph(i)
	s := styleOf(p)
	perLine := 1.0
	if c.width > 0 {
		perLine = max(1, float64(c.width)/float64(c.ruler.faces[s].size)*2.2)
	}
	return wrapped{guess: 1 + int32(float64(len(p))/perLine), style: s}
}

// change follows a change of the document.
func (c *column) change(ch text.Change) {
	first := ch.Start.Paragraph
	if first == ch.OldEnd.Paragraph && first == ch.NewEnd.Paragraph {
		c.touch(first, ch)
		return
	}
	old, fresh := ch.OldEnd.Paragraph-first+1, ch.NewEnd.Paragraph-first+1
	n := len(c.paragraphs) + fresh - old
	if fresh > old {
		c.paragraphs = append(c.paragraphs, make([]wrapped, fresh-old)...)
	}
	copy(c.paragraphs[first+fresh:n], c.paragraphs[first+old:n+old-fresh])
	clear(c.paragraphs[n:])
	c.paragraphs = c.paragraphs[:n]
	for i := first; i < first+fresh; i++ {
		c.paragraphs[i] = c.guess(i)
	}
	c.dirty = min(c.dirty, first)
}

// touch follows a change within paragraph i.
func (c *column) touch(i int, ch text.Change) {
	w := &c.paragraphs[i]
	p := c.doc.Paragraph(i)
	before := w.count()
	switch {
	case w.lines == nil || styleOf(p) != w.style:
		*w = c.guess(i)
		c.dirty = min(c.dirty, i)
		return
	default:
		c.ruler.rewrap(p, ch.Start.Offset, ch.NewEnd.Offset, ch.NewEnd.Offset-ch.OldEnd.Offset, c.width, w)
	}
	if w.count() != before {
		c.dirty = min(c.dirty, i)
	}
}

// lay returns paragraph i in lines.
func (c *column) lay(i int) *wrapped {
	w := &c.paragraphs[i]
	if w.lines == nil {
		w.lines = c.ruler.wrap(c.doc.Paragraph(i), c.width, w.style)
		if len(w.lines) != int(w.guess) {
			c.dirty = min(c.dirty, i)
		}
	}
	return w
}

func (c *column) lineHeight(i int) float32 { return c.ruler.faces[c.paragraphs[i].style].line }

// height is the height of paragraph i, guessed if it was never in view.
func (c *column) height(i int) float32 {
	return float32(c.paragraphs[i].count()) * c.lineHeight(i)
}

// top is the distance of paragraph i, or of the end of the text, from the top.
// float64 counts whole units far beyond the 24 bits of float32.
func (c *column) top(i int) float64 {
	n := len(c.paragraphs)
	if len(c.tops) != n+1 {
		c.tops = append(c.tops[:0:0], make([]float64, n+1)...)
		c.dirty = 0
	}
	for ; c.dirty < n; c.dirty++ {
		c.tops[c.dirty+1] = c.tops[c.dirty] + float64(c.height(c.dirty))
	}
	return c.tops[i]
}

// total is the height of the text.
func (c *column) total() float64 { return c.top(len(c.paragraphs)) }

// at returns the place at a distance from the top.
func (c *column) at(y float64) place {
	c.top(0)
	i := max(0, sort.Search(len(c.paragraphs), func(i int) bool { return c.tops[i] > y })-1)
	return place{paragraph: i, y: float32(y - c.tops[i])}
}

// settle moves a place by dy and into the paragraph that it lies in, wrapping
// those on the way. A place before the text becomes its start.
func (c *column) settle(p place, dy float32) place {
	p.paragraph = max(0, min(p.paragraph, len(c.paragraphs)-1))
	p.y += dy
	for p.y < 0 {
		if p.paragraph == 0 {
			return place{}
		}
		p.paragraph--
		c.lay(p.paragraph)
		p.y += c.height(p.paragraph)
	}
	for {
		c.lay(p.paragraph)
		h := c.height(p.paragraph)
		if p.y < h {
			return p
		}
		if p.paragraph == len(c.paragraphs)-1 {
			p.y = h
			return p
		}
		p.y -= h
		p.paragraph++
	}
}

// distance returns how far q lies below p, at most limit. Paragraphs between
// them are wrapped until it is reached. p must be settled.
func (c *column) distance(p, q place, limit float32) float32 {
	d := -p.y
	for i := p.paragraph; i < q.paragraph; i++ {
		if d > limit {
			return limit
		}
		c.lay(i)
		d += c.height(i)
	}
	return min(limit, d+q.y)
}

// spot is where a caret stands: a position, and at a place where a line was
// broken without a space whether it stands at the end of the upper line.
type spot struct {
	text.Position
	upper bool
}

// line returns the line of a spot.
func (c *column) line(s spot) int {
	w := c.lay(s.Paragraph)
	i := w.find(s.Offset)
	if s.upper && i > 0 && int(w.lines[i]) == s.Offset {
		i--
	}
	return i
}

// place returns the top of the line of a spot.
func (c *column) place(s spot) place {
	return place{paragraph: s.Paragraph, y: float32(c.line(s)) * c.lineHeight(s.Paragraph)}
}

// x returns the distance of a spot from the start of its line. Space that hangs
// over the edge does not carry the caret out of the column.
func (c *column) x(s spot) float32 {
	return min(c.width, c.offsetX(s.Paragraph, c.line(s), s.Offset))
}

// offsetX is the distance of an offset from the start of a line of paragraph i.
func (c *column) offsetX(i, line, at int) float32 {
	w := c.lay(i)
	return c.ruler.width(c.doc.Paragraph(i), int(w.lines[line]), at, w.style)
}

// hit returns the spot nearest to x on a line of paragraph i.
func (c *column) hit(i, line int, x float32) spot {
	w := c.lay(i)
	p := c.doc.Paragraph(i)
	start, end := int(w.lines[line]), w.end(line, len(p))
	at := c.ruler.hit(p, start, end, x, w.style)
	if at == end && line+1 < len(w.lines) {
		return c.lineEnd(i, line)
	}
	return spot{Position: text.Position{Paragraph: i, Offset: at}}
}

// lineEnd returns the last spot on a line: before the space at which it was
// broken, or at the end of what was broken without one.
func (c *column) lineEnd(i, line int) spot {
	w := c.lay(i)
	p := c.doc.Paragraph(i)
	end := w.end(line, len(p))
	s := spot{Position: text.Position{Paragraph: i, Offset: end}}
	if line+1 == len(w.lines) {
		return s
	}
	last := text.PreviousCluster(p, end)
	if word, _ := text.NextPiece(p, last); word == last && last > int(w.lines[line]) {
		s.Offset = last
		return s
	}
	s.upper = true
	return s
}

// lineStart returns the first spot on a line.
func (c *column) lineStart(i, line int) spot {
	return spot{Position: text.Position{Paragraph: i, Offset: int(c.lay(i).lines[line])}}
}

// spotAt returns the spot nearest to x in the line at a place.
func (c *column) spotAt(p place, x float32) spot {
	if p.paragraph < 0 || p.paragraph == 0 && p.y < 0 {
		return c.hit(0, 0, x)
	}
	p = c.settle(p, 0)
	line := min(int(p.y/c.lineHeight(p.paragraph)), len(c.lay(p.paragraph).lines)-1)
	return c.hit(p.paragraph, line, x)
}
