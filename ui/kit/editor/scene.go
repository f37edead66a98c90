package editor

import (
	"bytes"
	"image/color"
	"unicode/utf8"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"

	"ebb/ui/kit"
	"ebb/ui/kit/editor/text"
)

const (
	caretWidth = 2
	// caretInset is what the caret stays short of its line above and below, as
	// a share of the line.
	caretInset = 0.1
	// breakWidth shows that a line feed is selected.
	breakWidth = 6
)

// scene is the renderer: the objects that show what is in view. Objects are
// kept and used again; a line costs some only while it can be seen.
type scene struct {
	e       *Editor
	clip    *container.Clip
	content *fyne.Container
	texts   []*canvas.Text
	bands   []*canvas.Rectangle // selection
	caret   *canvas.Rectangle
	bar     *bar
	objects []fyne.CanvasObject

	usedTexts, usedBands int
	runs                 []run
	inset                float32
	ink, muted, soft     color.Color
}

// CreateRenderer implements [fyne.Widget].
func (e *Editor) CreateRenderer() fyne.WidgetRenderer {
	e.ExtendBaseWidget(e)
	s := &scene{e: e, content: container.NewWithoutLayout(), caret: canvas.NewRectangle(nil), bar: newBar(e)}
	s.clip = container.NewClip(s.content)
	s.objects = []fyne.CanvasObject{s.clip, s.bar.thumb}
	e.scene = s
	s.recolor()
	if size := e.Size(); size.Width > 0 {
		s.Layout(size) // the toolkit threw an earlier renderer away
	}
	return s
}

// Destroy implements [fyne.WidgetRenderer].
func (s *scene) Destroy() {
	s.wipe()
	if s.e.scene == s {
		s.e.stopDrag()
		s.e.scene = nil
	}
}

// Objects implements [fyne.WidgetRenderer].
func (s *scene) Objects() []fyne.CanvasObject { return s.objects }

// MinSize implements [fyne.WidgetRenderer].
func (s *scene) MinSize() fyne.Size {
	f := s.e.ruler.faces[plain]
	return fyne.NewSize(2*s.e.Margin+8*f.size, float32(max(1, s.e.MinLines))*f.line)
}

// Layout implements [fyne.WidgetRenderer].
func (s *scene) Layout(size fyne.Size) {
	s.clip.Resize(size)
	if size.Width <= 0 || size.Height <= 0 {
		return
	}
	s.e.fit(s.e.ruler.faces)
	s.e.clampTop()
	s.draw()
}

// Refresh implements [fyne.WidgetRenderer]. The toolkit calls it when the theme
// or the size of text changed.
func (s *scene) Refresh() {
	s.recolor()
	s.e.fit(faces())
	s.e.clampTop()
	s.e.draw()
}

func (s *scene) recolor() {
	s.ink, s.muted = kit.Color(kit.ColorInk), kit.Color(kit.ColorMuted)
	s.soft = kit.Color(kit.ColorAccentSoft)
	s.caret.FillColor = kit.Color(kit.ColorAccent)
	for _, b := range s.bands {
		b.FillColor = s.soft
	}
}

// wipe drops every string that was shown.
func (s *scene) wipe() {
	for _, t := range s.texts {
		t.Text = ""
	}
	s.texts, s.usedTexts = nil, 0
	s.content.Objects = nil
}

// draw shows the state of now.
func (e *Editor) draw() {
	if e.scene == nil || e.Size().Width <= 0 {
		return
	}
	e.scene.draw()
	canvas.Refresh(e)
}

// draw lays the objects of what is in view.
func (s *scene) draw() {
	e := s.e
	s.usedTexts, s.usedBands = 0, 0
	s.inset = e.inset()
	h := e.viewHeight()
	e.top = e.column.settle(e.top, 0)

	caret := -1 // its line, if its paragraph can be seen
	s.caret.Hidden = true
	span := e.span()
	y := -e.top.y
	for i := e.top.paragraph; i < e.doc.Paragraphs() && y < h; i++ {
		w := e.column.lay(i)
		p := e.doc.Paragraph(i)
		lineHeight := e.column.lineHeight(i)
		if i == e.caret.Paragraph && e.focused {
			caret = e.column.line(e.caret)
		}
		first := 0
		if y < 0 {
			first = int(-y / lineHeight)
		}
		for l := first; l < len(w.lines); l++ {
			top := y + float32(l)*lineHeight
			if top >= h {
				break
			}
			start, end := int(w.lines[l]), w.end(l, len(p))
			s.band(i, l, start, end, top, span)
			s.line(p, start, end, top, w.style)
			if i == e.caret.Paragraph && l == caret {
				s.placeCaret(top, lineHeight)
			}
		}
		y += float32(len(w.lines)) * lineHeight
	}
	if e.doc.Len() == 0 {
		s.placeholder(h)
	}
	s.assemble()
	s.bar.update()
}

// assemble lists the objects in use, selection lowest.
func (s *scene) assemble() {
	list := s.content.Objects[:0]
	for _, b := range s.bands[:s.usedBands] {
		list = append(list, b)
	}
	for _, t := range s.texts[:s.usedTexts] {
		list = append(list, t)
	}
	list = append(list, s.caret)
	clear(list[len(list):cap(list)])
	s.content.Objects = list
	for _, t := range s.texts[s.usedTexts:] {
		t.Text = ""
	}
}

func (s *scene) placeCaret(top, lineHeight float32) {
	inset := whole(lineHeight * caretInset)
	x := s.inset + whole(s.e.column.x(s.e.caret)) - caretWidth/2 // between two letters
	s.caret.Hidden = false
	s.caret.Move(fyne.NewPos(max(0, min(x, s.e.Size().Width-caretWidth)), whole(top)+inset))
	s.caret.Resize(fyne.NewSize(caretWidth, lineHeight-2*inset))
}

// band shows the part of a line that is selected.
func (s *scene) band(i, l, start, end int, top float32, span text.Span) {
	if span.Empty() || i < span.Start.Paragraph || i > span.End.Paragraph {
		return
	}
	from, to := start, end
	if i == span.Start.Paragraph {
		from = max(from, span.Start.Offset)
	}
	if i == span.End.Paragraph {
		to = min(to, span.End.Offset)
	}
	w := s.e.column.lay(i)
	last := l+1 == len(w.lines)
	feed := last && i < span.End.Paragraph
	if from > to || from == to && !feed {
		return
	}
	x0 := min(s.e.column.width, s.e.column.offsetX(i, l, from))
	x1 := min(s.e.column.width, s.e.column.offsetX(i, l, to))
	if feed {
		x1 += breakWidth
	}

	if s.usedBands == len(s.bands) {
		s.bands = append(s.bands, canvas.NewRectangle(s.soft))
	}
	b := s.bands[s.usedBands]
	s.usedBands++
	x0, x1 = whole(x0), whole(x1)
	b.Move(fyne.NewPos(s.inset+x0, whole(top)))
	b.Resize(fyne.NewSize(x1-x0, s.e.column.lineHeight(i)))
}

// line shows p[start:end].
func (s *scene) line(p []byte, start, end int, top float32, st style) {
	r := s.e.ruler
	f := &r.faces[st]
	s.runs = r.split(s.runs[:0], p, start, end, st)
	r.place(s.runs, p, st, false)
	baseline := whole(top + (f.line-f.own.height)/2 + f.own.ascent)
	for _, u := range s.runs {
		b := p[u.from:u.to]
		switch u.kind {
		case ownRun:
			s.put(bytes.TrimRight(b, " "), u.x, baseline, f.size, f.own, f.font, s.ink)
		case otherRun:
			s.put(b, u.x, baseline, f.size, f.others, nil, s.ink)
		case markRun:
			first, _ := utf8.DecodeRune(b)
			s.put([]byte(text.Mark(first)), u.x+f.markPad(), baseline, f.size*markScale, f.marks, nil, s.muted)
		}
	}
}

// put shows one string with the next free object.
func (s *scene) put(b []byte, x, baseline, size float32, room box, font fyne.Resource, ink color.Color) {
	if len(b) == 0 {
		return
	}
	if s.usedTexts == len(s.texts) {
		s.texts = append(s.texts, &canvas.Text{})
	}
	t := s.texts[s.usedTexts]
	s.usedTexts++
	if t.Text != string(b) { // compares without making a string
		t.Text = string(b)
	}
	t.TextSize, t.FontSource, t.Color = size, font, ink
	t.Move(fyne.NewPos(s.inset+x, baseline-room.ascent))
	// The painter of the window leaves out what it takes to be out of sight, by
	// the size of the object.
	t.Resize(fyne.NewSize(max(1, s.e.column.width-x), room.height))
}

// placeholder shows what an empty box is for.
func (s *scene) placeholder(h float32) {
	e := s.e
	p := text.Normalize(e.Placeholder)
	f := &e.ruler.faces[plain]
	y := float32(0)
	lines := e.ruler.wrap(p, e.column.width, plain)
	w := wrapped{lines: lines}
	ink := s.ink
	s.ink = s.muted
	for i := 0; i < len(lines) && y < h && len(p) > 0; i++ {
		s.line(p, int(lines[i]), w.end(i, len(p)), y, plain)
		y += f.line
	}
	s.ink = ink
}

func whole(v float32) float32 {
	if v < 0 {
		return -float32(int(-v + 0.5))
	}
	return float32(int(v + 0.5))
}
