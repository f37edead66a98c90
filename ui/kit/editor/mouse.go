package editor

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"ebb/ui/kit"
	"ebb/ui/kit/editor/text"
	"ebb/ui/lang"
)

const (
	// clickSlop is how far apart the clicks of a double click may be.
	clickSlop = 5
	// dragTick is how often the text moves while the mouse is held beyond its
	// edge.
	dragTick = 40 * time.Millisecond
)

// unit is what a drag selects by.
type unit uint8

const (
	byCluster unit = iota
	byWord
	byParagraph
)

// mouse is what the mouse is doing.
type mouse struct {
	now    func() time.Time
	clicks int
	last   time.Time
	at     fyne.Position

	pressed bool
	unit    unit
	origin  text.Span // what the first click selected
	pointer fyne.Position
	timer   *time.Timer

	overBar bool
	bar     bool    // the scroll bar is held
	grip    float32 // where in its thumb

	focusing bool // the keyboard comes with a press
}

// MouseDown implements [desktop.Mouseable].
func (e *Editor) MouseDown(ev *desktop.MouseEvent) {
	m := &e.mouse
	if ev.Button == desktop.MouseButtonPrimary && e.scene != nil && e.scene.bar.holds(ev.Position) {
		m.bar = true
		m.grip = e.scene.bar.grip(ev.Position.Y)
		e.dragBar(ev.Position.Y)
		return
	}
	m.focusing = true
	e.requestFocus()
	m.focusing = false
	s := e.pointed(ev.Position)
	if ev.Button == desktop.MouseButtonSecondary {
		if span := e.span(); s.Compare(span.Start) < 0 || s.Compare(span.End) > 0 || span.Empty() {
			e.moveTo(s, false)
		}
		return
	}
	if ev.Button != desktop.MouseButtonPrimary {
		return
	}

	now := m.now()
	near := abs(ev.Position.X-m.at.X) <= clickSlop && abs(ev.Position.Y-m.at.Y) <= clickSlop
	if near && now.Sub(m.last) <= fyne.CurrentApp().Driver().DoubleTapDelay() {
		m.clicks++
	} else {
		m.clicks = 1
	}
	m.last, m.at = now, ev.Position
	m.pressed, m.pointer = true, ev.Position

	extend := ev.Modifier&fyne.KeyModifierShift != 0 || e.shift
	switch (m.clicks - 1) % 3 {
	case 1:
		m.unit = byWord
	case 2:
		m.unit = byParagraph
	default:
		m.unit = byCluster
		if extend {
			m.origin = text.Span{Start: e.anchor, End: e.anchor}
		} else {
			m.origin = text.Span{Start: s.Position, End: s.Position}
		}
		e.moveTo(s, extend)
		return
	}
	m.origin = e.around(s.Position)
	e.anchor = m.origin.Start
	e.moveTo(spot{Position: m.origin.End}, true)
}

// MouseUp implements [desktop.Mouseable].
func (e *Editor) MouseUp(*desktop.MouseEvent) { e.stopDrag() }

// Dragged implements [fyne.Draggable].
func (e *Editor) Dragged(ev *fyne.DragEvent) {
	m := &e.mouse
	m.pointer = ev.Position
	switch {
	case m.bar:
		e.dragBar(ev.Position.Y)
	case m.pressed:
		e.dragSelection()
		e.watchEdge()
	}
}

// DragEnd implements [fyne.Draggable].
func (e *Editor) DragEnd() { e.stopDrag() }

func (e *Editor) stopDrag() {
	m := &e.mouse
	if m.timer != nil {
		m.timer.Stop()
		m.timer = nil
	}
	if m.bar {
		m.bar = false
		e.draw()
	}
	m.pressed = false
}

// dragSelection selects from where the drag began to the pointer.
func (e *Editor) dragSelection() {
	m := &e.mouse
	p := m.pointer
	p.Y = max(0, min(p.Y, e.viewHeight()-1))
	s := e.pointed(p)
	reach := text.Span{Start: s.Position, End: s.Position}
	if m.unit != byCluster {
		reach = e.around(s.Position)
	}
	if reach.Start.Compare(m.origin.Start) < 0 {
		e.anchor = m.origin.End
		s.Position = reach.Start
	} else {
		e.anchor = m.origin.Start
		s.Position = reach.End
	}
	if m.unit != byCluster {
		s.upper = false
	}
	e.moveTo(s, true)
}

// around is the word or paragraph at a position.
func (e *Editor) around(p text.Position) text.Span {
	b := e.doc.Paragraph(p.Paragraph)
	start, end := 0, len(b)
	if e.mouse.unit == byWord {
		start, end = text.WordAt(b, p.Offset)
	}
	return text.Span{
		Start: text.Position{Paragraph: p.Paragraph, Offset: start},
		End:   text.Position{Paragraph: p.Paragraph, Offset: end},
	}
}

// watchEdge keeps the text moving while the pointer is held above or below it.
func (e *Editor) watchEdge() {
	m := &e.mouse
	if m.beyond(e.viewHeight()) == 0 || m.timer != nil {
		return
	}
	m.timer = time.AfterFunc(dragTick, func() { fyne.Do(e.dragOn) })
}

// dragOn moves the text by one tick of a drag beyond its edge.
func (e *Editor) dragOn() {
	m := &e.mouse
	m.timer = nil
	by := m.beyond(e.viewHeight())
	if !m.pressed || by == 0 {
		return
	}
	e.scrollBy(max(-60, min(60, by)))
	e.dragSelection()
	e.watchEdge()
}

// beyond is how far the pointer is above (negative) or below the view.
func (m *mouse) beyond(height float32) float32 {
	if m.pointer.Y < 0 {
		return m.pointer.Y
	}
	return max(0, m.pointer.Y-height)
}

// pointed is the spot under a point of the widget.
func (e *Editor) pointed(at fyne.Position) spot {
	p := e.top
	p.y += at.Y
	return e.column.spotAt(p, at.X-e.inset())
}

// Scrolled implements [fyne.Scrollable].
func (e *Editor) Scrolled(ev *fyne.ScrollEvent) {
	e.scrollBy(-ev.Scrolled.DY)
	e.draw()
}

// MouseIn implements [desktop.Hoverable].
func (e *Editor) MouseIn(ev *desktop.MouseEvent) { e.MouseMoved(ev) }

// MouseMoved implements [desktop.Hoverable].
func (e *Editor) MouseMoved(ev *desktop.MouseEvent) {
	kit.Touched()
	e.hoverBar(e.scene != nil && e.scene.bar.holds(ev.Position))
}

// MouseOut implements [desktop.Hoverable].
func (e *Editor) MouseOut() { e.hoverBar(false) }

func (e *Editor) hoverBar(over bool) {
	if over != e.mouse.overBar {
		e.mouse.overBar = over
		e.draw()
	}
}

// Cursor implements [desktop.Cursorable].
func (e *Editor) Cursor() desktop.Cursor {
	if e.mouse.overBar || e.mouse.bar {
		return desktop.DefaultCursor
	}
	return desktop.TextCursor
}

// TappedSecondary implements [fyne.SecondaryTappable]: it shows what can be
// done with the text.
func (e *Editor) TappedSecondary(ev *fyne.PointEvent) {
	c := fyne.CurrentApp().Driver().CanvasForObject(e)
	if c == nil {
		return
	}
	widget.ShowPopUpMenuAtPosition(e.menu(), c, ev.AbsolutePosition)
}

func (e *Editor) menu() *fyne.Menu {
	item := func(label string, do func(), enabled bool) *fyne.MenuItem {
		i := fyne.NewMenuItem(label, do)
		i.Disabled = !enabled
		return i
	}
	copyItem := item(lang.T("editor.menu.copy"), e.Copy, e.HasSelection())
	all := item(lang.T("editor.menu.select-all"), e.SelectAll, e.Len() > 0)
	if e.readOnly {
		return fyne.NewMenu("", copyItem, all)
	}
	return fyne.NewMenu("",
		item(lang.T("editor.menu.undo"), e.Undo, e.CanUndo()),
		item(lang.T("editor.menu.redo"), e.Redo, e.CanRedo()),
		fyne.NewMenuItemSeparator(),
		item(lang.T("editor.menu.cut"), e.Cut, e.HasSelection()),
		copyItem,
		item(lang.T("editor.menu.paste"), e.Paste, true),
		all,
	)
}

func abs(v float32) float32 { return max(v, -v) }
