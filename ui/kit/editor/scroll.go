package editor

import "ebb/ui/kit"

// narrowest is the narrowest that a line gets, in sizes of text.
const narrowest = 4

// viewHeight is the height of what can be seen at once.
func (e *Editor) viewHeight() float32 { return e.Size().Height }

// columnWidth is how wide a line may get in the room that there is.
func (e *Editor) columnWidth() float32 {
	width := e.Size().Width - 2*e.Margin
	if e.Measure > 0 {
		width = min(width, e.Measure*kit.Scale())
	}
	// In less than that, one column of single letters helps nobody.
	return max(narrowest*e.ruler.faces[plain].size, floor(width))
}

// inset is the distance of the column from the start of the widget.
func (e *Editor) inset() float32 {
	if e.Centered {
		return floor(max(e.Margin, (e.Size().Width-e.columnWidth())/2))
	}
	return e.Margin
}

// fit wraps the text for the room and the typefaces of now. The words at the
// upper edge stay there, unless the caret would go out of sight.
func (e *Editor) fit(now [styles]face) {
	watched := e.height > 0 && e.focused && e.inView(e.caret, e.height)
	e.height = e.viewHeight()
	if width := e.columnWidth(); width != e.column.width || now != e.ruler.faces {
		var first spot
		if e.column.width > 0 {
			first = e.column.spotAt(e.top, 0)
		}
		e.ruler.restyle(now)
		e.column.width = width
		e.column.reset()
		e.top = e.column.place(first)
	}
	if watched {
		e.reveal()
	}
}

// inView says whether the line of a spot can be seen in a view of some height,
// in part at least.
func (e *Editor) inView(s spot, height float32) bool {
	p := e.column.place(s)
	e.top = e.column.settle(e.top, 0)
	if p.paragraph < e.top.paragraph {
		return false
	}
	d := e.column.distance(e.top, p, height)
	return d > -e.column.lineHeight(p.paragraph) && d < height
}

// scrollBy moves the text up by dy units; draw shows it.
func (e *Editor) scrollBy(dy float32) {
	e.top = e.column.settle(e.top, dy)
	e.clampTop()
}

// clampTop keeps the last line from leaving the lower edge upwards, if the text
// is as long as the view at all.
func (e *Editor) clampTop() {
	h := e.viewHeight()
	e.top = e.column.settle(e.top, 0)
	last := e.doc.Paragraphs() - 1
	rest := h
	for i := e.top.paragraph; i <= last; i++ {
		e.column.lay(i)
		rest -= e.column.height(i)
		if i == e.top.paragraph {
			rest += e.top.y
		}
		if rest <= 0 {
			return
		}
	}
	e.top = e.column.settle(e.top, -rest)
}

// reveal brings the line of the caret into view.
func (e *Editor) reveal() {
	h := e.viewHeight()
	if h <= 0 {
		return
	}
	p := e.column.place(e.caret)
	line := e.column.lineHeight(p.paragraph)
	e.top = e.column.settle(e.top, 0)
	switch {
	case p.paragraph < e.top.paragraph || p.paragraph == e.top.paragraph && p.y < e.top.y:
		e.top = p
	case e.column.distance(e.top, p, h+line) > h-line:
		p.y += line
		e.top = e.column.settle(p, -max(h, line))
	}
}

// revealInPage scrolls the page that the editor lies in to the line of the
// caret.
func (e *Editor) revealInPage() {
	if e.focused && e.inView(e.caret, e.viewHeight()) {
		p := e.column.place(e.caret)
		y := e.column.distance(e.top, p, e.viewHeight())
		e.Reveal(e, max(0, y), min(e.viewHeight(), y+e.column.lineHeight(p.paragraph)))
	}
}

// scrolled is how far the text is scrolled and how far it can be, both as far
// as they are known.
func (e *Editor) scrolled() (at, limit float64) {
	limit = e.column.total() - float64(e.viewHeight())
	at = e.column.top(e.top.paragraph) + float64(e.top.y)
	return at, max(0, limit)
}

// scrollTo moves the text to a distance from its top.
func (e *Editor) scrollTo(y float64) {
	e.top = e.column.settle(e.column.at(max(0, y)), 0)
	e.clampTop()
}

func floor(v float32) float32 { return float32(int(v)) }
