//go:build ci

package editor

import (
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"ebb/ui/kit/editor/text"
)

// hand is a mouse over an editor, with a clock of its own.
type hand struct {
	*Editor
	t   *testing.T
	now time.Time
}

func newHand(t *testing.T, s string) *hand {
	h := &hand{Editor: focused(t, s, 324, 240), t: t, now: time.Unix(0, 0)}
	h.mouse.now = func() time.Time { return h.now }
	return h
}

// point is the middle of the line of a position, at its x.
func (h *hand) point(p text.Position) fyne.Position {
	s := spot{Position: p}
	y := h.column.distance(h.top, h.column.place(s), 1e6)
	return fyne.NewPos(h.inset()+h.column.x(s), y+h.column.lineHeight(p.Paragraph)/2)
}

func (h *hand) down(at fyne.Position, m fyne.KeyModifier) {
	h.MouseDown(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: at}, Button: desktop.MouseButtonPrimary, Modifier: m})
}

func (h *hand) click(p text.Position, m fyne.KeyModifier) {
	h.now = h.now.Add(50 * time.Millisecond)
	h.down(h.point(p), m)
	h.MouseUp(&desktop.MouseEvent{Button: desktop.MouseButtonPrimary})
}

func (h *hand) drag(at fyne.Position) {
	h.Dragged(&fyne.DragEvent{PointEvent: fyne.PointEvent{Position: at}})
}

func (h *hand) wantSelected(want string) {
	h.t.Helper()
	if got := h.SelectedText(); got != want {
		h.t.Errorf("selected %q, want %q", got, want)
	}
}

func (h *hand) rest() { h.now = h.now.Add(time.Minute) }

func TestClicks(t *testing.T) {
	h := newHand(t, lines+"\nsecond one")
	for _, p := range []text.Position{at(0, 0), at(0, 40), at(0, 100), at(1, 3), at(1, 10)} {
		h.rest()
		h.click(p, 0)
		wantCaret(t, h.Editor, p)
	}
	h.rest()
	h.click(at(0, 9), 0)
	h.rest()
	h.click(at(0, 44), fyne.KeyModifierShift)
	h.wantSelected(lines[9:44])
	h.rest()
	h.click(at(0, 4), fyne.KeyModifierShift)
	h.wantSelected(lines[4:9])

	// Beyond the text: the last line, and the end of a line.
	h.rest()
	h.down(fyne.NewPos(5000, 5000), 0)
	wantCaret(t, h.Editor, at(1, 10))
	h.rest()
	h.down(fyne.NewPos(-50, -50), 0)
	wantCaret(t, h.Editor, at(0, 0))
}

func TestRepeatedClicks(t *testing.T) {
	h := newHand(t, "one two, three\nfour")
	h.click(at(0, 5), 0)
	h.wantSelected("")
	h.click(at(0, 5), 0)
	h.wantSelected("two")
	h.click(at(0, 5), 0)
	h.wantSelected("one two, three")
	h.click(at(0, 5), 0)
	h.wantSelected("")
	h.rest()
	h.click(at(0, 5), 0)
	h.rest() // too late for a double click
	h.click(at(0, 5), 0)
	h.wantSelected("")
	h.click(at(0, 12), 0) // too far away
	h.wantSelected("")
}

func TestDragging(t *testing.T) {
	h := newHand(t, "one two, three\nfour five")
	h.down(h.point(at(0, 4)), 0)
	h.drag(h.point(at(0, 10)))
	h.wantSelected("two, t")
	h.drag(h.point(at(1, 4)))
	h.wantSelected("two, three\nfour")
	h.drag(h.point(at(0, 1)))
	h.wantSelected("ne ")
	h.DragEnd()
	h.drag(h.point(at(1, 4))) // no button is held
	h.wantSelected("ne ")

	// By words: the word that was clicked stays in.
	h.rest()
	h.click(at(0, 5), 0)
	h.now = h.now.Add(time.Millisecond)
	h.down(h.point(at(0, 5)), 0)
	h.drag(h.point(at(0, 11)))
	h.wantSelected("two, three")
	h.drag(h.point(at(0, 1)))
	h.wantSelected("one two")
	h.drag(h.point(at(1, 6)))
	h.wantSelected("two, three\nfour five")
	h.DragEnd()
}

func TestDraggingBeyondTheEdgeMovesTheText(t *testing.T) {
	h := newHand(t, prose(5000, 200))
	h.down(h.point(at(0, 0)), 0)
	h.drag(fyne.NewPos(100, 300))
	if h.mouse.timer == nil {
		t.Fatal("nothing is set to move the text")
	}
	h.mouse.timer.Stop()
	before, reach := h.top, h.Caret()
	for range 20 {
		h.dragOn()
		h.mouse.timer.Stop()
	}
	if h.top == before || h.Caret().Compare(reach) <= 0 {
		t.Errorf("view at %v, caret at %v", h.top, h.Caret())
	}
	h.drag(fyne.NewPos(100, -40))
	for range 100 {
		h.dragOn()
		if h.mouse.timer != nil {
			h.mouse.timer.Stop()
		}
	}
	if h.top != (place{}) {
		t.Errorf("view at %v", h.top)
	}
	h.drag(fyne.NewPos(100, 100))
	h.dragOn()
	if h.mouse.timer != nil {
		t.Error("the text moves although the pointer is over it")
	}
	h.drag(fyne.NewPos(100, 300))
	h.MouseUp(&desktop.MouseEvent{})
	before = h.top
	h.dragOn()
	if h.mouse.timer != nil || h.top != before {
		t.Error("the text moves although the button was let go")
	}
}

func TestWheel(t *testing.T) {
	h := newHand(t, prose(5000, 200))
	wheel := func(dy float32) { h.Scrolled(&fyne.ScrollEvent{Scrolled: fyne.NewDelta(0, dy)}) }
	wheel(100)
	if h.top != (place{}) {
		t.Error("scrolled up from the top")
	}
	wheel(-95)
	if y, _ := h.scrolled(); y != 95 {
		t.Errorf("scrolled to %v", y)
	}
	wantCaret(t, h.Editor, at(0, 0)) // it stays behind
	for range 100 {
		wheel(-200)
	}
	if y, limit := h.scrolled(); y != limit {
		t.Errorf("scrolled to %v of %v", y, limit)
	}
	h.SetText("short")
	wheel(-50)
	if h.top != (place{}) {
		t.Error("scrolled a text that is all in view")
	}
}

func TestScrollBar(t *testing.T) {
	h := newHand(t, prose(20_000, 200))
	b := h.scene.bar
	edge := h.Size().Width - 5
	if b.thumb.Hidden {
		t.Fatal("no scroll bar")
	}
	h.MouseMoved(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(edge, 100)}})
	if h.Cursor() != desktop.DefaultCursor || b.thumb.Size().Width != barHeld {
		t.Error("the bar does not show that it can be held")
	}
	h.MouseOut()
	if h.Cursor() != desktop.TextCursor {
		t.Error("no text cursor over text")
	}

	h.down(fyne.NewPos(edge, b.y+3), 0)
	h.drag(fyne.NewPos(edge, 120))
	y, limit := h.scrolled()
	if y < limit/3 || y > limit*2/3 {
		t.Errorf("scrolled to %v of %v", y, limit)
	}
	if h.HasSelection() {
		t.Error("selected while scrolling")
	}
	h.drag(fyne.NewPos(edge, 5000))
	if y, limit = h.scrolled(); y != limit {
		t.Errorf("scrolled to %v of %v", y, limit)
	}
	h.drag(fyne.NewPos(edge, -5000))
	if h.top != (place{}) {
		t.Errorf("view at %v", h.top)
	}
	h.DragEnd()
	h.down(fyne.NewPos(edge, 200), 0) // beside the thumb: it comes
	if b.y+b.h/2 < 190 {
		t.Errorf("the thumb is at %v", b.y)
	}
	h.MouseUp(nil)

	h.SetText("short")
	if !b.thumb.Hidden {
		t.Error("a scroll bar with nothing to scroll")
	}
}

func TestSecondaryButton(t *testing.T) {
	h := newHand(t, "one two three")
	right := func(p text.Position) {
		h.MouseDown(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: h.point(p)}, Button: desktop.MouseButtonSecondary})
	}
	h.Select(at(0, 0), at(0, 7))
	right(at(0, 5))
	h.wantSelected("one two") // what the menu is about
	right(at(0, 10))
	h.wantSelected("")
	wantCaret(t, h.Editor, at(0, 10))

	h.SelectAll()
	h.TappedSecondary(&fyne.PointEvent{AbsolutePosition: fyne.NewPos(50, 50)})
	if fyne.CurrentApp().Driver().CanvasForObject(h.Editor).Overlays().Top() == nil {
		t.Error("no menu")
	}
	var labels []string
	for _, i := range h.menu().Items {
		if !i.IsSeparator && !i.Disabled {
			labels = append(labels, i.Label)
		}
	}
	if len(labels) != 4 || labels[0] != "Cut" {
		t.Errorf("the menu offers %q", labels)
	}
}
