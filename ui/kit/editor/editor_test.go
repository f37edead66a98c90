//go:build ci

package editor

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"

	"ebb/ui/kit"
	"ebb/ui/kit/editor/text"
)

// focused shows an editor that has the keyboard, with the caret at the start.
func focused(t testing.TB, s string, width, height float32) *Editor {
	t.Helper()
	e, w := open(t, s, width, height)
	w.Canvas().Focus(e)
	e.Select(text.Position{}, text.Position{})
	return e
}

func press(e *Editor, keys ...fyne.KeyName) {
	for _, k := range keys {
		e.TypedKey(&fyne.KeyEvent{Name: k})
	}
}

func holding(e *Editor, modifier fyne.KeyModifier, keys ...fyne.KeyName) {
	switch modifier {
	case 0:
		press(e, keys...)
		return
	case fyne.KeyModifierShift:
		e.KeyDown(&fyne.KeyEvent{Name: desktop.KeyShiftLeft})
		press(e, keys...)
		e.KeyUp(&fyne.KeyEvent{Name: desktop.KeyShiftLeft})
		return
	}
	for _, k := range keys {
		e.TypedShortcut(&desktop.CustomShortcut{KeyName: k, Modifier: modifier})
	}
}

func write(e *Editor, s string) {
	for _, r := range s {
		if r == '\n' {
			press(e, fyne.KeyReturn)
			continue
		}
		e.TypedRune(r)
	}
}

func at(paragraph, offset int) text.Position {
	return text.Position{Paragraph: paragraph, Offset: offset}
}

func wantText(t *testing.T, e *Editor, want string) {
	t.Helper()
	if got := e.Text(); got != want {
		t.Errorf("text is %q, want %q", got, want)
	}
}

func wantCaret(t *testing.T, e *Editor, want text.Position) {
	t.Helper()
	if got := e.Caret(); got != want {
		t.Errorf("caret at %v, want %v", got, want)
	}
}

// shown returns the lines in view as they are drawn, from top to bottom.
func shown(e *Editor) []string {
	var lines []string
	last := float32(-1e9)
	for _, o := range e.scene.content.Objects {
		t, ok := o.(*canvas.Text)
		if !ok {
			continue
		}
		if t.Position().Y > last+10 {
			lines = append(lines, "")
		}
		last = t.Position().Y
		lines[len(lines)-1] += t.Text
	}
	return lines
}

func TestTyping(t *testing.T) {
	e := focused(t, "", 400, 300)
	changes := 0
	e.OnChanged = func() { changes++ }
	write(e, "We walked.\nA lot")
	press(e, fyne.KeyBackspace, fyne.KeyLeft, fyne.KeyDelete)
	wantText(t, e, "We walked.\nA l")
	wantCaret(t, e, at(1, 3))
	if changes != 18 {
		t.Errorf("told of %d changes", changes)
	}
	press(e, fyne.KeyDelete) // nothing behind
	if changes != 18 {
		t.Error("told of a change that was none")
	}
	e.TypedRune('\x1b')
	e.TypedRune(-1)
	wantText(t, e, "We walked.\nA l")
	e.Insert("x\r\ny\xff")
	wantText(t, e, "We walked.\nA lx\ny\uFFFD")
}

func TestErasingGoesByClusters(t *testing.T) {
	e := focused(t, "a👨‍👩‍👧e\u0301🇩🇪\nb", 400, 300)
	e.Select(at(1, 0), at(1, 0))
	press(e, fyne.KeyBackspace) // the line feed
	wantText(t, e, "a👨‍👩‍👧e\u0301🇩🇪b")
	press(e, fyne.KeyBackspace)
	wantText(t, e, "a👨‍👩‍👧e\u0301b")
	press(e, fyne.KeyBackspace, fyne.KeyBackspace)
	wantText(t, e, "ab")
	e.Undo()
	wantText(t, e, "a👨‍👩‍👧e\u0301🇩🇪b")
	e.Undo()
	wantText(t, e, "a👨‍👩‍👧e\u0301🇩🇪\nb")
	e.Redo()
	wantText(t, e, "a👨‍👩‍👧e\u0301🇩🇪b")
}

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
		if !e.inView(e.caret) {
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
		if !e.inView(e.caret) {
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

func TestEnterInLists(t *testing.T) {
	e := focused(t, "", 400, 300)
	write(e, "- one\ntwo\n\nafter\n1. a\nb\n\n> said\nmore\n\nend")
	wantText(t, e, "- one\n- two\nafter\n1. a\n2. b\n> said\n> more\nend")
	holding(e, fyne.KeyModifierControl, fyne.KeyHome)
	press(e, fyne.KeyEnd)
	holding(e, fyne.KeyModifierShift, fyne.KeyReturn)
	write(e, "plain")
	if got := string(e.doc.Paragraph(1)); got != "plain" {
		t.Errorf("after Shift and Enter: %q", got)
	}
	e.SetText("- one")
	e.Select(at(0, 2), at(0, 5))
	press(e, fyne.KeyReturn) // what was selected gives way, the item stays
	wantText(t, e, "- \n- ")
	e.Undo()
	wantText(t, e, "- one")
}

func TestCommandsOfTheToolbar(t *testing.T) {
	e := focused(t, "one\ntwo", 400, 300)
	e.SelectAll()
	e.ToggleList()
	wantText(t, e, "- one\n- two")
	e.ToggleList()
	e.ToggleQuote()
	wantText(t, e, "> one\n> two")
	if e.column.lay(0).style != quote {
		t.Error("a quotation is not set as one")
	}
	e.Undo()
	e.Select(at(1, 1), at(1, 1))
	e.CycleHeading()
	wantText(t, e, "one\n# two")
	wantCaret(t, e, at(1, 3))
	if e.column.lay(1).style != heading {
		t.Error("a heading is not set as one")
	}
	e.SetReadOnly(true)
	e.CycleHeading()
	wantText(t, e, "one\n# two")
}

func TestClipboard(t *testing.T) {
	e := focused(t, "one two", 400, 300)
	c := fyne.CurrentApp().Clipboard()
	copied := 0
	e.OnCopied = func() { copied++ }
	e.TypedShortcut(&fyne.ShortcutCopy{Clipboard: c})
	if copied != 0 || c.Content() != "" {
		t.Errorf("copied %q without a selection", c.Content())
	}
	e.Select(at(0, 0), at(0, 3))
	e.TypedShortcut(&fyne.ShortcutCopy{Clipboard: c})
	if copied != 1 || c.Content() != "one" {
		t.Errorf("copied %q", c.Content())
	}
	e.TypedShortcut(&fyne.ShortcutCut{Clipboard: c})
	wantText(t, e, " two")
	if copied != 2 {
		t.Error("not told of what was cut")
	}
	press(e, fyne.KeyEnd)
	e.TypedShortcut(&fyne.ShortcutPaste{Clipboard: c})
	wantText(t, e, " twoone")
	e.TypedShortcut(&fyne.ShortcutUndo{})
	e.TypedShortcut(&fyne.ShortcutUndo{})
	wantText(t, e, "one two")
	e.TypedShortcut(&fyne.ShortcutRedo{})
	wantText(t, e, " two")
	holding(e, fyne.KeyModifierControl|fyne.KeyModifierShift, fyne.KeyZ)
	wantText(t, e, " twoone")
	e.TypedShortcut(&fyne.ShortcutSelectAll{})
	if e.SelectedText() != " twoone" {
		t.Errorf("selected %q", e.SelectedText())
	}
	e.TypedShortcut(&fyne.ShortcutPaste{}) // without a clipboard
	wantText(t, e, " twoone")
}

func TestReadOnly(t *testing.T) {
	e := focused(t, "one two", 400, 300)
	e.SetReadOnly(true)
	e.OnChanged = func() { t.Error("changed") }
	c := fyne.CurrentApp().Clipboard()
	c.SetContent("x")
	write(e, "x\n")
	press(e, fyne.KeyDelete, fyne.KeyBackspace)
	e.SelectAll()
	e.TypedShortcut(&fyne.ShortcutCut{Clipboard: c})
	e.TypedShortcut(&fyne.ShortcutPaste{Clipboard: c})
	e.Insert("x")
	holding(e, fyne.KeyModifierControl, fyne.KeyBackspace)
	wantText(t, e, "one two")
	e.TypedShortcut(&fyne.ShortcutCopy{Clipboard: c})
	if c.Content() != "one two" {
		t.Errorf("copied %q", c.Content())
	}
	if n := len(e.menu().Items); n != 2 {
		t.Errorf("the menu offers %d things", n)
	}
}

func TestFocus(t *testing.T) {
	e, w := open(t, "one\ntwo", 400, 300)
	var told []bool
	e.OnFocus = func(on bool) { told = append(told, on) }
	if !e.scene.caret.Hidden {
		t.Error("a caret without the keyboard")
	}
	w.Canvas().Focus(e)
	wantCaret(t, e, at(1, 3)) // writing goes on at the end
	if e.scene.caret.Hidden {
		t.Error("no caret")
	}
	press(e, fyne.KeyLeft)
	w.Canvas().Unfocus()
	w.Canvas().Focus(e)
	wantCaret(t, e, at(1, 2)) // where it was left
	if fmt.Sprint(told) != "[true false true]" {
		t.Errorf("told %v", told)
	}
	if _, takes := any(e).(fyne.Tabbable); takes {
		t.Error("Tab does not lead out")
	}

	e.SetReadOnly(true)
	e.SetText("three\nfour")
	w.Canvas().Unfocus()
	w.Canvas().Focus(e)
	wantCaret(t, e, at(0, 0)) // reading starts at the start
}

func TestShiftIsForgottenWithTheFocus(t *testing.T) {
	e := focused(t, "one", 400, 300)
	e.KeyDown(&fyne.KeyEvent{Name: desktop.KeyShiftRight})
	e.FocusLost()
	e.FocusGained()
	press(e, fyne.KeyRight)
	if e.HasSelection() {
		t.Error("selected as if Shift were held")
	}
}

func TestWhatActsIsShownAsAMark(t *testing.T) {
	e := focused(t, "a\u202eb\x1bc\td", 400, 300)
	if got := shown(e); len(got) != 1 || got[0] != "aRLObESCcd" {
		t.Errorf("shown: %q", got)
	}
	press(e, fyne.KeyRight, fyne.KeyRight)
	wantCaret(t, e, at(0, 4))
	wantText(t, e, "a\u202eb\x1bc\td")
	// The tab leads to a stop.
	stop := e.ruler.faces[plain].space * tabSpaces
	x := e.column.offsetX(0, 0, len("a\u202eb\x1bc\t"))
	if n := x / stop; abs(n-whole(n)) > 0.001 {
		t.Errorf("behind the tab is %v, stops are %v apart", x, stop)
	}
}

// The window's painter leaves an object out when its box is out of sight, so
// a text needs a box even where the headless painter does not ask.
func TestEveryTextHasItsBox(t *testing.T) {
	e := focused(t, "# heading\nplain \u202e 👩 中\n> quote", 400, 300)
	n := 0
	for _, o := range e.scene.content.Objects {
		if x, ok := o.(*canvas.Text); ok {
			n++
			if abs(x.Size().Height-x.MinSize().Height) > 0.1 || x.Size().Width < x.MinSize().Width {
				t.Errorf("the box of %q is %v, its letters take %v", x.Text, x.Size(), x.MinSize())
			}
		}
	}
	if n != 6 {
		t.Errorf("%d texts", n)
	}
	e.Resize(fyne.NewSize(400, 50))
	e.scrollBy(20)
	e.draw()
	if got := shown(e); len(got) == 0 || got[0] != "# heading" {
		t.Errorf("scrolled by part of a line, it shows %q", got)
	}
}

func TestPlaceholder(t *testing.T) {
	e := focused(t, "", 400, 300)
	e.Placeholder = "Write here"
	e.Refresh()
	if got := shown(e); len(got) != 1 || got[0] != "Write here" {
		t.Errorf("shown: %q", got)
	}
	write(e, "x")
	if got := shown(e); got[0] != "x" {
		t.Errorf("shown: %q", got)
	}
	if e.AccessibilityLabel() != "Write here" || e.AccessibilityRole() != fyne.AccessibleRoleText {
		t.Error("a screen reader hears something else")
	}
	e.Label = "Today's entry"
	if e.AccessibilityLabel() != "Today's entry" {
		t.Error("the label is not told")
	}
}

func TestTextSizeAndMeasure(t *testing.T) {
	e := focused(t, prose(20_000, 300), 1000, 600)
	if e.column.width != kit.Measure {
		t.Errorf("a line is %v wide", e.column.width)
	}
	if e.inset() != e.Margin {
		t.Errorf("the column starts at %v", e.inset())
	}
	e.Centered = true
	e.Refresh()
	if e.inset() != 180 {
		t.Errorf("the column starts at %v", e.inset())
	}
	e.scrollTo(4000)
	top := e.column.spotAt(e.top, 0)
	count := len(e.scene.content.Objects)
	fyne.CurrentApp().Settings().SetTheme(kit.NewTheme(kit.ModeDark, 200))
	e.Refresh()
	if e.column.width != 1000-2*e.Margin {
		t.Errorf("at 200 %% a line is %v wide", e.column.width)
	}
	if now := len(e.scene.content.Objects); now >= count {
		t.Errorf("%d objects instead of %d", now, count)
	}
	if now := e.column.spotAt(e.top, 0); now.Paragraph != top.Paragraph || top.Offset < now.Offset {
		t.Errorf("%v was at the upper edge, now it is %v", top, now)
	}
	if e.scene.ink != kit.Color(kit.ColorInk) {
		t.Error("the ink is of the other mode")
	}
}

// Whatever is typed where, the view shows the lines of a text that was laid
// out afresh, and the caret is in sight.
func TestViewFollowsTheText(t *testing.T) {
	for seed := range uint64(8) {
		rng := rand.New(rand.NewPCG(seed, 4))
		e := focused(t, prose(3000, 200), 360, 240)
		now := time.Unix(0, 0)
		e.doc.Now = func() time.Time { return now }
		for range 250 {
			switch rng.IntN(12) {
			case 0:
				press(e, fyne.KeyReturn)
			case 1:
				press(e, fyne.KeyBackspace)
			case 2:
				p := e.doc.Clamp(at(rng.IntN(e.doc.Paragraphs()), rng.IntN(200)))
				e.Select(p, p)
			case 3:
				holding(e, fyne.KeyModifierShift, fyne.KeyDown, fyne.KeyDown, fyne.KeyRight)
			case 4:
				e.Undo()
			case 5:
				e.Redo()
			case 6:
				press(e, fyne.KeyPageDown)
			case 7:
				e.Insert(scrap(rng, 3) + "\n" + scrap(rng, 3))
			case 8:
				e.Resize(fyne.NewSize(300+float32(rng.IntN(100)), 240))
				press(e, fyne.KeyUp)
			case 9:
				e.ToggleQuote()
			default:
				write(e, scrap(rng, 2))
			}
			if !e.inView(e.caret) {
				t.Fatal("the caret is out of sight")
			}
			if e.doc.Clamp(e.caret.Position) != e.caret.Position || e.doc.Clamp(e.anchor) != e.anchor {
				t.Fatal("the caret stands where nothing can stand")
			}
			sum := 0.0
			for i := range e.column.paragraphs {
				sum += float64(e.column.height(i))
			}
			if total := e.column.total(); total != sum {
				t.Fatalf("the text is %v high, its paragraphs are %v", total, sum)
			}
			other := newColumn(e.doc, e.ruler)
			other.setWidth(e.column.width)
			if len(e.column.paragraphs) != e.doc.Paragraphs() {
				t.Fatalf("%d paragraphs laid out of %d", len(e.column.paragraphs), e.doc.Paragraphs())
			}
			for i := range e.column.paragraphs {
				if w := &e.column.paragraphs[i]; w.lines != nil && (fmt.Sprint(w.lines) != fmt.Sprint(other.lay(i).lines) || w.style != other.paragraphs[i].style) {
					t.Fatalf("paragraph %d: %v, want %v", i, w.lines, other.lay(i).lines)
				}
			}
		}
	}
}

func TestOnlyWhatShowsIsLaidOut(t *testing.T) {
	e := focused(t, strings.Repeat("word\n", 10_000), 400, 300)
	e.scrollTo(100_000)
	e.scrollTo(200_000)
	n := 0
	for i := range e.column.paragraphs {
		if e.column.paragraphs[i].lines != nil {
			n++
		}
	}
	if n > 60 {
		t.Errorf("%d paragraphs are laid out", n)
	}
	if c := len(e.scene.content.Objects); c > 15 {
		t.Errorf("%d objects show 10 lines", c)
	}
}

func TestSpaceHangsOverTheEdge(t *testing.T) {
	e := focused(t, "word", 324, 300)
	press(e, fyne.KeyEnd)
	write(e, strings.Repeat(" ", 200))
	if n := len(e.column.lay(0).lines); n != 1 {
		t.Errorf("%d lines", n)
	}
	if x := e.column.x(e.caret); x != e.column.width {
		t.Errorf("the caret is at %v of %v", x, e.column.width)
	}
	write(e, "next")
	if n := len(e.column.lay(0).lines); n != 2 {
		t.Errorf("%d lines", n)
	}
}

func TestHardlyAnyRoom(t *testing.T) {
	e := focused(t, prose(20_000, 0), 400, 300)
	for _, size := range []fyne.Size{{}, {Width: 3, Height: 3}, {Width: 100}, {Height: 100}, {Width: 20, Height: 20}, {Width: 400, Height: 300}} {
		e.Resize(size)
		press(e, fyne.KeyDown, fyne.KeyPageDown, fyne.KeyEnd)
		write(e, "x")
		e.Refresh()
	}
	if !e.inView(e.caret) {
		t.Error("the caret is out of sight")
	}
}

func TestAMebibyte(t *testing.T) {
	for _, unit := range []string{"word ", "word\n", "\n", "x", " ", "\t", "中"} {
		t.Run(fmt.Sprintf("%q", unit), func(t *testing.T) {
			e := focused(t, "ab", 400, 300)
			e.Select(at(0, 1), at(0, 1))
			c := fyne.CurrentApp().Clipboard()
			big := strings.Repeat(unit, 1<<20/len(unit))
			c.SetContent(big)
			e.Paste()
			if e.Len() != len(big)+2 {
				t.Fatalf("%d bytes", e.Len())
			}
			write(e, "end")
			holding(e, fyne.KeyModifierControl, fyne.KeyHome, fyne.KeyEnd)
			press(e, fyne.KeyUp, fyne.KeyPageUp, fyne.KeyHome, fyne.KeyEnd)
			e.scrollTo(1e6)
			e.SelectAll()
			write(e, "x")
			e.Undo()
			if e.Len() != len(big)+5 || !strings.HasSuffix(e.Text(), "endb") {
				t.Errorf("%d bytes after undo", e.Len())
			}
			if n := len(e.scene.texts) + len(e.scene.bands); n > 200 {
				t.Errorf("%d objects for one view", n)
			}
		})
	}
}
