//go:build ci

package editor

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"ebb/ui/kit"
	"ebb/ui/kit/editor/text"
)

// prose returns natural text of at least n bytes, divided into paragraphs of
// about size bytes, or into one if size is 0.
func prose(n, size int) string {
	const words = `we took the long way round by the weir and neither of us tried to fix anything for once
		the silence was not a question I said I had been tired since the move it came out clumsily my partner
		nodded and asked if I wanted the bench or the path the bench I said what I would like to remember being asked
		Tuesday evening kitchen window quietly brother's half-open letter morning — maybe, perhaps; enough.`
	list := strings.Fields(words)
	var b strings.Builder
	line := 0
	for i := 0; b.Len() < n; i++ {
		w := list[(i*i+i*7)%len(list)]
		if i%11 == 0 {
			w += string(rune('a'+i%26)) + string(rune('a'+i/26%26))
		}
		b.WriteString(w)
		line += len(w) + 1
		if size > 0 && line >= size {
			b.WriteByte('\n')
			line = 0
		} else {
			b.WriteByte(' ')
		}
	}
	return b.String()
}

// open shows an editor in a headless window.
func open(t testing.TB, s string, width, height float32) (*Editor, fyne.Window) {
	t.Helper()
	test.NewTempApp(t)
	fyne.CurrentApp().Settings().SetTheme(kit.NewTheme(kit.ModeLight, 100))
	e := New()
	e.SetText(s)
	w := test.NewTempWindow(t, e)
	w.SetPadded(false)
	w.Resize(fyne.NewSize(width, height))
	return e, w
}

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
