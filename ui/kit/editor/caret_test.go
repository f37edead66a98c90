//go:build ci

package editor

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"ebb/ui/kit/editor/text"
)

// A cluster that forms around the caret does not leave the caret inside.
func TestTheCaretNeverStandsInACluster(t *testing.T) {
	e := focused(t, "👨\u200dx👩", 400, 300)
	e.Select(at(0, 7), at(0, 7))
	press(e, fyne.KeyDelete) // x goes, and man and woman join
	wantCaret(t, e, at(0, 0))
}

func TestHorizontalKeys(t *testing.T) {
	e := focused(t, "one, two-three\nfour", 400, 300)
	for _, c := range []struct {
		modifier fyne.KeyModifier
		key      fyne.KeyName
		want     text.Position
	}{
		{0, fyne.KeyLeft, at(0, 0)},
		{0, fyne.KeyRight, at(0, 1)},
		{fyne.KeyModifierControl, fyne.KeyRight, at(0, 3)},
		{fyne.KeyModifierControl, fyne.KeyRight, at(0, 8)},
		{fyne.KeyModifierControl, fyne.KeyLeft, at(0, 5)},
		{0, fyne.KeyEnd, at(0, 14)},
		{fyne.KeyModifierControl, fyne.KeyRight, at(1, 0)},
		{0, fyne.KeyLeft, at(0, 14)},
		{0, fyne.KeyRight, at(1, 0)},
		{fyne.KeyModifierControl, fyne.KeyLeft, at(0, 14)},
		{0, fyne.KeyHome, at(0, 0)},
		{fyne.KeyModifierControl, fyne.KeyEnd, at(1, 4)},
		{0, fyne.KeyRight, at(1, 4)},
		{fyne.KeyModifierControl, fyne.KeyHome, at(0, 0)},
		{fyne.KeyModifierControl, fyne.KeyLeft, at(0, 0)},
	} {
		holding(e, c.modifier, c.key)
		if e.Caret() != c.want {
			t.Fatalf("after %v %v the caret is at %v, want %v", c.modifier, c.key, e.Caret(), c.want)
		}
	}
}

func TestCustomsOfTheMac(t *testing.T) {
	e := focused(t, "one two\nthree", 400, 300)
	for _, c := range []struct {
		modifier fyne.KeyModifier
		key      fyne.KeyName
		want     text.Position
	}{
		{fyne.KeyModifierAlt, fyne.KeyRight, at(0, 3)},
		{fyne.KeyModifierSuper, fyne.KeyRight, at(0, 7)},
		{fyne.KeyModifierSuper, fyne.KeyLeft, at(0, 0)},
		{fyne.KeyModifierSuper, fyne.KeyDown, at(1, 5)},
		{fyne.KeyModifierSuper, fyne.KeyUp, at(0, 0)},
		{fyne.KeyModifierControl, fyne.KeyEnd, at(0, 0)}, // not there
	} {
		e.combination(c.key, c.modifier, true)
		wantCaret(t, e, c.want)
	}
}

func TestDeletingWords(t *testing.T) {
	e := focused(t, "one two three", 400, 300)
	e.Select(at(0, 8), at(0, 8))
	holding(e, fyne.KeyModifierControl, fyne.KeyBackspace)
	wantText(t, e, "one three")
	holding(e, fyne.KeyModifierControl, fyne.KeyDelete)
	wantText(t, e, "one ")
}

func TestSelectionWithTheKeyboard(t *testing.T) {
	e := focused(t, "one two\nthree", 400, 300)
	holding(e, fyne.KeyModifierShift, fyne.KeyRight, fyne.KeyRight, fyne.KeyRight)
	if e.SelectedText() != "one" {
		t.Errorf("selected %q", e.SelectedText())
	}
	holding(e, fyne.KeyModifierShift|fyne.KeyModifierControl, fyne.KeyRight)
	if e.SelectedText() != "one two" {
		t.Errorf("selected %q", e.SelectedText())
	}
	holding(e, fyne.KeyModifierShift, fyne.KeyDown)
	if e.SelectedText() != "one two\nthree" {
		t.Errorf("selected %q", e.SelectedText())
	}
	press(e, fyne.KeyLeft)
	wantCaret(t, e, at(0, 0))
	e.SelectAll()
	press(e, fyne.KeyRight)
	wantCaret(t, e, at(1, 5))
	e.SelectAll()
	write(e, "x")
	wantText(t, e, "x")
	e.Undo()
	wantText(t, e, "one two\nthree")
	if e.SelectedText() != "one two\nthree" {
		t.Errorf("after undo %q is selected", e.SelectedText())
	}
}

// lines is a paragraph of five lines at this width.
const lines = "We took the long way round by the weir. Neither of us tried to fix anything, and for once the silence was not a question at all, I said."

func TestUpAndDownKeepTheColumn(t *testing.T) {
	e := focused(t, lines+"\n\n"+lines, 324, 500)
	e.Select(at(0, 20), at(0, 20))
	x := e.column.x(e.caret)
	var passed []text.Position
	for range 30 {
		passed = append(passed, e.Caret())
		press(e, fyne.KeyDown)
		if e.Caret() == e.doc.End() {
			break
		}
		if p := e.caret; len(e.doc.Paragraph(p.Paragraph)) > 0 && e.column.line(p) < 4 && abs(e.column.x(p)-x) > 10 {
			t.Errorf("at %v the caret is %v from the start, not %v", p, e.column.x(p), x)
		}
	}
	if len(passed) < 9 || passed[len(passed)/2].Paragraph != 1 {
		t.Fatalf("the way down was %v", passed)
	}
	for i := len(passed) - 2; i >= 0; i-- { // the last way down was along the last line
		press(e, fyne.KeyUp)
		wantCaret(t, e, passed[i])
	}
	press(e, fyne.KeyUp)
	wantCaret(t, e, at(0, 0))
}

func TestHomeAndEndOfAWrappedLine(t *testing.T) {
	e := focused(t, lines, 324, 300)
	w := e.column.lay(0)
	if len(w.lines) < 4 {
		t.Fatalf("only %d lines", len(w.lines))
	}
	second, third := int(w.lines[1]), int(w.lines[2])
	e.Select(at(0, second+3), at(0, second+3))
	press(e, fyne.KeyEnd)
	wantCaret(t, e, at(0, third-1)) // before the space
	press(e, fyne.KeyEnd)
	wantCaret(t, e, at(0, third-1))
	press(e, fyne.KeyHome)
	wantCaret(t, e, at(0, second))

	// A word that is cut has no space to stand before: the same offset is the
	// end of one line and the start of the next.
	e.SetText(strings.Repeat("m", 100))
	w = e.column.lay(0)
	e.Select(at(0, 3), at(0, 3))
	press(e, fyne.KeyEnd)
	wantCaret(t, e, at(0, int(w.lines[1])))
	if e.column.line(e.caret) != 0 {
		t.Error("the caret is shown on the next line")
	}
	press(e, fyne.KeyHome)
	wantCaret(t, e, at(0, 0))
	press(e, fyne.KeyEnd, fyne.KeyDown)
	if e.column.line(e.caret) != 1 {
		t.Errorf("down led to line %d", e.column.line(e.caret))
	}
	e.Select(at(0, int(w.lines[1])), at(0, int(w.lines[1])))
	if e.column.line(e.caret) != 1 {
		t.Error("the start of the line is shown at the end of the one before")
	}
}

func TestPages(t *testing.T) {
	e := focused(t, prose(20_000, 300), 400, 300)
	var downwards []text.Position
	for range 500 {
		downwards = append(downwards, e.Caret())
		press(e, fyne.KeyPageDown)
		if !e.inView(e.caret, e.viewHeight()) {
			t.Fatal("the caret left the view")
		}
		if e.Caret() == e.doc.End() {
			break
		}
	}
	if len(downwards) < 20 || len(downwards) > 200 {
		t.Fatalf("%d pages", len(downwards))
	}
	for range 500 {
		press(e, fyne.KeyPageUp)
		if !e.inView(e.caret, e.viewHeight()) {
			t.Fatal("the caret left the view")
		}
		if (e.Caret() == text.Position{}) {
			break
		}
	}
	wantCaret(t, e, at(0, 0))
	if e.top != (place{}) {
		t.Errorf("the view starts at %v", e.top)
	}
}
