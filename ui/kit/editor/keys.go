package editor

import (
	"runtime"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"ebb/ui/kit"
	"ebb/ui/kit/editor/text"
)

// KeyDown implements [desktop.Keyable]: it follows the Shift key.
func (e *Editor) KeyDown(k *fyne.KeyEvent) {
	if k.Name == desktop.KeyShiftLeft || k.Name == desktop.KeyShiftRight {
		e.shift = true
	}
}

// KeyUp implements [desktop.Keyable].
func (e *Editor) KeyUp(k *fyne.KeyEvent) {
	if k.Name == desktop.KeyShiftLeft || k.Name == desktop.KeyShiftRight {
		e.shift = false
	}
}

// TypedKey implements [fyne.Focusable]. Tab never arrives here: it moves the
// focus on, so that nobody is caught in the box.
func (e *Editor) TypedKey(k *fyne.KeyEvent) {
	kit.Touched()
	switch k.Name {
	case fyne.KeyLeft:
		e.step(false, e.shift)
	case fyne.KeyRight:
		e.step(true, e.shift)
	case fyne.KeyUp:
		e.lines(-1, e.shift)
	case fyne.KeyDown:
		e.lines(1, e.shift)
	case fyne.KeyHome:
		e.home(e.shift)
	case fyne.KeyEnd:
		e.end(e.shift)
	case fyne.KeyPageUp:
		e.page(-1, e.shift)
	case fyne.KeyPageDown:
		e.page(1, e.shift)
	case fyne.KeyBackspace:
		e.erase(e.previous, text.Erased)
	case fyne.KeyDelete:
		e.erase(e.next, text.Deleted)
	case fyne.KeyReturn, fyne.KeyEnter:
		if !e.readOnly {
			e.enter(!e.shift)
		}
	default:
		e.PassKey(k)
	}
}

// TypedShortcut implements [fyne.Shortcutable].
func (e *Editor) TypedShortcut(s fyne.Shortcut) {
	switch s := s.(type) {
	case *fyne.ShortcutUndo:
		e.Undo()
	case *fyne.ShortcutRedo:
		e.Redo()
	case *fyne.ShortcutCut:
		e.cutTo(s.Clipboard)
	case *fyne.ShortcutCopy:
		e.copyTo(s.Clipboard)
	case *fyne.ShortcutPaste:
		e.pasteFrom(s.Clipboard)
	case *fyne.ShortcutSelectAll:
		e.SelectAll()
	case *desktop.CustomShortcut:
		e.combination(s.KeyName, s.Modifier, runtime.GOOS == "darwin")
	}
}

// combination runs what a key with modifiers does, by the custom of the system.
func (e *Editor) combination(k fyne.KeyName, m fyne.KeyModifier, mac bool) {
	extend := m&fyne.KeyModifierShift != 0
	command, word := fyne.KeyModifierControl, fyne.KeyModifierControl
	if mac {
		command, word = fyne.KeyModifierSuper, fyne.KeyModifierAlt
	}

	switch m &^ fyne.KeyModifierShift {
	case word:
		switch k {
		case fyne.KeyLeft:
			e.word(false, extend)
			return
		case fyne.KeyRight:
			e.word(true, extend)
			return
		case fyne.KeyBackspace:
			e.erase(e.previousWord, text.Whole)
			return
		case fyne.KeyDelete:
			e.erase(e.nextWord, text.Whole)
			return
		}
	}
	if m&^fyne.KeyModifierShift != command {
		return
	}
	switch k {
	case fyne.KeyHome, fyne.KeyUp:
		if k == fyne.KeyHome || mac {
			e.moveTo(spot{}, extend)
		}
	case fyne.KeyEnd, fyne.KeyDown:
		if k == fyne.KeyEnd || mac {
			e.moveTo(spot{Position: e.doc.End()}, extend)
		}
	case fyne.KeyLeft:
		e.home(extend)
	case fyne.KeyRight:
		e.end(extend)
	case fyne.KeyZ:
		if extend {
			e.Redo()
		}
	case fyne.KeyReturn, fyne.KeyEnter:
		if !e.readOnly {
			e.enter(false)
		}
	}
}
