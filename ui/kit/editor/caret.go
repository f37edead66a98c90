package editor

import "ebb/ui/kit/editor/text"

// moveTo puts the caret at a spot. With extend the other end of the selection
// stays where it is.
func (e *Editor) moveTo(s spot, extend bool) {
	e.goal = -1
	e.put(s, extend)
}

// put moves the caret and keeps the goal of vertical movement.
func (e *Editor) put(s spot, extend bool) {
	e.placed = true
	e.caret = s
	if !extend {
		e.anchor = s.Position
	}
	e.doc.EndStep()
	e.reveal()
	e.draw()
	e.revealInPage()
	e.caretMoved()
}

// step moves the caret by one cluster; without extend a selection collapses to
// its end in that direction.
func (e *Editor) step(forward, extend bool) {
	if span := e.span(); !extend && !span.Empty() {
		if forward {
			e.moveTo(spot{Position: span.End}, false)
		} else {
			e.moveTo(spot{Position: span.Start}, false)
		}
		return
	}
	to := e.previous
	if forward {
		to = e.next
	}
	e.moveTo(spot{Position: to(e.caret.Position)}, extend)
}

// word moves the caret by one word.
func (e *Editor) word(forward, extend bool) {
	to := e.previousWord
	if forward {
		to = e.nextWord
	}
	e.moveTo(spot{Position: to(e.caret.Position)}, extend)
}

func (e *Editor) next(p text.Position) text.Position {
	b := e.doc.Paragraph(p.Paragraph)
	if p.Offset < len(b) {
		p.Offset = text.NextCluster(b, p.Offset)
		return p
	}
	if p.Paragraph+1 < e.doc.Paragraphs() {
		return text.Position{Paragraph: p.Paragraph + 1}
	}
	return p
}

func (e *Editor) previous(p text.Position) text.Position {
	if p.Offset > 0 {
		p.Offset = text.PreviousCluster(e.doc.Paragraph(p.Paragraph), p.Offset)
		return p
	}
	if p.Paragraph > 0 {
		return text.Position{Paragraph: p.Paragraph - 1, Offset: len(e.doc.Paragraph(p.Paragraph - 1))}
	}
	return p
}

func (e *Editor) nextWord(p text.Position) text.Position {
	b := e.doc.Paragraph(p.Paragraph)
	if p.Offset == len(b) {
		return e.next(p)
	}
	p.Offset = text.NextWord(b, p.Offset)
	return p
}

func (e *Editor) previousWord(p text.Position) text.Position {
	if p.Offset == 0 {
		return e.previous(p)
	}
	p.Offset = text.PreviousWord(e.doc.Paragraph(p.Paragraph), p.Offset)
	return p
}

// lines moves the caret up or down by lines and keeps to the column it came
// from. At the first and last line it goes to the start and end of the text.
func (e *Editor) lines(n int, extend bool) {
	x := e.goalX()
	s := e.caret
	i, line := s.Paragraph, e.column.line(s)
	for ; n < 0; n++ {
		if line == 0 {
			if i == 0 {
				e.put(spot{}, extend)
				return
			}
			i--
			line = len(e.column.lay(i).lines)
		}
		line--
	}
	for ; n > 0; n-- {
		if line++; line == len(e.column.lay(i).lines) {
			if i+1 == e.doc.Paragraphs() {
				e.put(spot{Position: e.doc.End()}, extend)
				return
			}
			i, line = i+1, 0
		}
	}
	e.put(e.column.hit(i, line, x), extend)
}

func (e *Editor) goalX() float32 {
	if e.goal < 0 {
		e.goal = e.column.x(e.caret)
	}
	return e.goal
}

// page moves the caret and the view by the height of the view, less a line
// that stays to hold on to.
func (e *Editor) page(direction float32, extend bool) {
	x := e.goalX()
	by := direction * max(e.ruler.faces[plain].line, e.viewHeight()-e.ruler.faces[plain].line)
	p := e.column.place(e.caret)
	p.y += e.column.lineHeight(p.paragraph) / 2
	to := e.column.settle(p, by)
	switch {
	case to == place{}:
		e.put(spot{}, extend)
		return
	case direction > 0 && e.past(to):
		e.put(spot{Position: e.doc.End()}, extend)
		return
	}
	e.top = e.column.settle(e.top, by)
	e.put(e.column.spotAt(to, x), extend)
}

// past says whether a settled place lies below the last line.
func (e *Editor) past(p place) bool {
	return p.paragraph == e.doc.Paragraphs()-1 && p.y >= e.column.height(p.paragraph)
}

func (e *Editor) home(extend bool) {
	e.moveTo(e.column.lineStart(e.caret.Paragraph, e.column.line(e.caret)), extend)
}

func (e *Editor) end(extend bool) {
	e.moveTo(e.column.lineEnd(e.caret.Paragraph, e.column.line(e.caret)), extend)
}
