//go:build ci

package editor

import (
	"fmt"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"ebb/ui/kit"
)

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
	if e.HeadingLevel() != 1 || e.InQuote() || e.InList() {
		t.Error("the toolbar is told something else")
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

// An editor in a form comes into sight with the keyboard, as every other field does.
func TestFocusComesIntoSight(t *testing.T) {
	e, w := open(t, "", 400, 300)
	page := kit.NewScroll(kit.Column(0, kit.Gap(900), e, kit.Gap(900)))
	w.SetContent(page)
	w.Canvas().Focus(e)
	if top := e.Position().Y - page.Offset(); top < 0 || top+e.Size().Height > 300 {
		t.Errorf("the editor lies at %v of 300, and is %v high", top, e.Size().Height)
	}
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
