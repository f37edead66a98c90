package kit

import (
	"bytes"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
)

func newSecret(t testing.TB) (*SecretEntry, fyne.Window) {
	t.Helper()
	use(t, ModeLight, 100)
	e := NewSecretEntry("Passphrase", "Show", "Hide")
	win := show(t, 400, 120, e)
	e.Focus()
	return e, win
}

func typed(e *SecretEntry, s string) {
	for _, r := range s {
		e.input.TypedRune(r)
	}
}

func press(e *SecretEntry, keys ...fyne.KeyName) {
	for _, k := range keys {
		e.input.TypedKey(key(k))
	}
}

func TestSecretKeys(t *testing.T) {
	selectAll := func(e *SecretEntry) { e.input.TypedShortcut(&fyne.ShortcutSelectAll{}) }
	for _, c := range []struct {
		name string
		do   func(e *SecretEntry)
		want string
	}{
		{"typing", func(e *SecretEntry) { typed(e, "öffne dich 静") }, "öffne dich 静"},
		{"backspace takes a character", func(e *SecretEntry) { typed(e, "aö"); press(e, fyne.KeyBackspace) }, "a"},
		{"backspace on nothing", func(e *SecretEntry) { press(e, fyne.KeyBackspace, fyne.KeyDelete) }, ""},
		{"in the middle", func(e *SecretEntry) { typed(e, "ac"); press(e, fyne.KeyLeft); typed(e, "b") }, "abc"},
		{"delete", func(e *SecretEntry) { typed(e, "aöc"); press(e, fyne.KeyHome, fyne.KeyRight, fyne.KeyDelete) }, "ac"},
		{"home and end", func(e *SecretEntry) {
			typed(e, "b")
			press(e, fyne.KeyHome)
			typed(e, "a")
			press(e, fyne.KeyEnd)
			typed(e, "c")
		}, "abc"},
		{"left at the start", func(e *SecretEntry) { press(e, fyne.KeyLeft, fyne.KeyRight); typed(e, "a") }, "a"},
		{"all, then delete", func(e *SecretEntry) { typed(e, "abc"); selectAll(e); press(e, fyne.KeyDelete) }, ""},
		{"all, then type", func(e *SecretEntry) { typed(e, "abc"); selectAll(e); typed(e, "x") }, "x"},
		{"all, then an arrow", func(e *SecretEntry) { typed(e, "abc"); selectAll(e); press(e, fyne.KeyLeft); typed(e, "x") }, "abxc"},
		{"all of nothing", func(e *SecretEntry) { selectAll(e); typed(e, "x") }, "x"},
		{"controls are refused", func(e *SecretEntry) { typed(e, "a\x00\n\x7fb") }, "ab"},
		{"deaf", func(e *SecretEntry) {
			typed(e, "a")
			e.Disable()
			typed(e, "b")
			press(e, fyne.KeyBackspace)
			e.Enable()
			typed(e, "c")
		}, "ac"},
	} {
		t.Run(c.name, func(t *testing.T) {
			e, _ := newSecret(t)
			c.do(e)
			if got := string(e.Secret()); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

func TestSecretPaste(t *testing.T) {
	for _, c := range []struct{ name, paste, want string }{
		{"words", "correct horse", "a-correct horse-z"},
		{"a whole line", "correct horse\r\n", "a-correct horse-z"},
		{"two lines are refused", "correct\nhorse", "a--z"},
		{"not UTF-8", "correct\xff", "a--z"},
		{"nothing", "", "a--z"},
		{"too long", strings.Repeat("x", SecretMax-3), "a--z"},
		{"just fits", strings.Repeat("x", SecretMax-4), "a-" + strings.Repeat("x", SecretMax-4) + "-z"},
	} {
		t.Run(c.name, func(t *testing.T) {
			e, _ := newSecret(t)
			refused := 0
			e.OnRefused = func() { refused++ }
			typed(e, "a--z")
			press(e, fyne.KeyLeft, fyne.KeyLeft)
			board := test.NewClipboard()
			board.SetContent(c.paste)
			e.input.TypedShortcut(&fyne.ShortcutPaste{Clipboard: board})
			if got := string(e.Secret()); got != c.want {
				t.Errorf("got %d bytes %.40q, want %.40q", len(got), got, c.want)
			}
			if (refused > 0) != (c.want == "a--z" && c.paste != "") {
				t.Errorf("refused %d times", refused)
			}
			// Nothing leads out again.
			e.input.TypedShortcut(&fyne.ShortcutCopy{Clipboard: board})
			e.input.TypedShortcut(&fyne.ShortcutCut{Clipboard: board})
			if board.Content() != c.paste || string(e.Secret()) != c.want {
				t.Error("a copy or a cut did something")
			}
		})
	}
}

func TestSecretIsNeverLongerThanItsMost(t *testing.T) {
	e, _ := newSecret(t)
	e.input.insert(bytes.Repeat([]byte("x"), SecretMax-1))
	e.input.TypedRune('ö') // two bytes
	if e.Len() != SecretMax-1 {
		t.Error("half a character was taken")
	}
	e.input.TypedRune('x')
	e.input.TypedRune('x')
	if e.Len() != SecretMax {
		t.Errorf("%d bytes were taken", e.Len())
	}
}

// The secret stays in one block, and Wipe leaves no byte of it there nor in
// anything that showed it.
func TestSecretWipe(t *testing.T) {
	e, win := newSecret(t)
	memory := make([]byte, SecretMax)
	e.KeepIn(memory)
	typed(e, "correct horse")
	e.SetShown(true)
	win.Canvas().Capture()
	if !bytes.HasPrefix(memory, []byte("correct horse")) {
		t.Fatal("the secret is not in the memory that was given")
	}
	if got := drawnSecret(e); got != "correct horse" {
		t.Fatalf("shown as %q", got)
	}
	press(e, fyne.KeyBackspace)
	e.input.TypedShortcut(&fyne.ShortcutSelectAll{})
	typed(e, "battery")
	if i := bytes.IndexFunc(memory[7:], func(r rune) bool { return r != 0 }); i >= 0 {
		t.Error("what was replaced is still in memory")
	}
	e.Wipe()
	if i := bytes.IndexFunc(memory, func(r rune) bool { return r != 0 }); i >= 0 {
		t.Error("the secret is still in memory")
	}
	for _, c := range e.input.cells {
		if c.Text != "" {
			t.Errorf("an object still says %q", c.Text)
		}
	}
	if e.Len() != 0 || e.input.shown || drawnSecret(e) != "" {
		t.Error("the entry is not as new")
	}
	typed(e, "new")
	if string(e.Secret()) != "new" {
		t.Error("the entry cannot be used after Wipe")
	}
}

// drawnSecret is what can be seen of the secret.
func drawnSecret(e *SecretEntry) string {
	var b strings.Builder
	walk(e.input, fyne.Position{}, func(o fyne.CanvasObject, _ fyne.Position) {
		if x, ok := o.(*canvas.Text); ok {
			b.WriteString(x.Text)
		}
	})
	return b.String()
}

func TestSecretShowsDots(t *testing.T) {
	e, win := newSecret(t)
	typed(e, "öffne")
	if got := drawnSecret(e); got != "•••••" {
		t.Errorf("shown as %q", got)
	}
	win.Canvas().FocusNext() // the eye
	win.Canvas().Focused().TypedKey(key(fyne.KeySpace))
	if got := drawnSecret(e); got != "öffne" {
		t.Errorf("shown as %q", got)
	}
	if got := e.eye.AccessibilityLabel(); got != "Hide" {
		t.Errorf("the eye is called %q", got)
	}
	win.Canvas().Focused().TypedKey(key(fyne.KeySpace))
	if got := drawnSecret(e); got != "•••••" {
		t.Errorf("hidden again as %q", got)
	}
	walk(e, fyne.Position{}, func(o fyne.CanvasObject, _ fyne.Position) {
		if x, ok := o.(*canvas.Text); ok && strings.Contains("öffne", x.Text) && x.Text != "" {
			t.Errorf("an object still says %q", x.Text)
		}
	})
}

// A secret that is longer than the line follows the caret and stays inside.
func TestLongSecretFollowsTheCaret(t *testing.T) {
	e, _ := newSecret(t)
	typed(e, strings.Repeat("x", 500))
	inside := func() {
		t.Helper()
		x := e.input.line.Position().X
		if x < 0 || x > e.input.Size().Width {
			t.Errorf("the caret is at %v of %v", x, e.input.Size().Width)
		}
	}
	inside()
	if e.input.first == 0 {
		t.Error("the line did not move")
	}
	press(e, fyne.KeyHome)
	inside()
	if e.input.first != 0 {
		t.Error("the line did not move back")
	}
	press(e, fyne.KeyEnd)
	inside()
	e.input.TypedShortcut(&fyne.ShortcutSelectAll{})
	press(e, fyne.KeyBackspace)
	typed(e, "short")
	if e.input.first != 0 {
		t.Error("a short secret is not seen whole")
	}
}

func TestSecretPointer(t *testing.T) {
	e, win := newSecret(t)
	typed(e, "abcdef")
	win.Canvas().Unfocus()
	at := func(x float32) {
		e.input.MouseDown(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(x, 10)}})
	}
	at(-5)
	if win.Canvas().Focused() != e.Focusable() || e.input.caret != 0 {
		t.Errorf("a press before the start puts the caret at %d", e.input.caret)
	}
	at(1000)
	if e.input.caret != 6 {
		t.Errorf("a press after the end puts the caret at %d", e.input.caret)
	}
	at(e.input.edges[3].x + 1)
	if e.input.caret != 3 {
		t.Errorf("a press between puts the caret at %d", e.input.caret)
	}
}

func TestSecretCallbacks(t *testing.T) {
	e, _ := newSecret(t)
	changed, submitted := 0, 0
	e.OnChanged, e.OnSubmitted = func() { changed++ }, func() { submitted++ }
	typed(e, "ab")
	press(e, fyne.KeyBackspace, fyne.KeyReturn, fyne.KeyEnter, fyne.KeyLeft)
	if changed != 3 || submitted != 2 {
		t.Errorf("changed %d, submitted %d times", changed, submitted)
	}
}

func FuzzSecret(f *testing.F) {
	f.Add([]byte("abc\x01\x02def"))
	f.Add([]byte{3, 3, 3, 'a', 4, 1, 2, 0xff, 0xc3, 0xb6})
	use(f, ModeLight, 100)
	f.Fuzz(func(t *testing.T, script []byte) {
		e := NewSecretEntry("Passphrase", "Show", "Hide")
		e.Resize(fyne.NewSize(120, 80))
		memory := make([]byte, 64)
		e.KeepIn(memory)
		keys := []fyne.KeyName{fyne.KeyBackspace, fyne.KeyDelete, fyne.KeyLeft, fyne.KeyRight, fyne.KeyHome, fyne.KeyEnd}
		for _, r := range string(script) {
			switch {
			case int(r) < len(keys):
				press(e, keys[r])
			case r == 7:
				e.input.TypedShortcut(&fyne.ShortcutSelectAll{})
			default:
				e.input.TypedRune(r)
			}
			if i := e.input; i.caret < 0 || i.caret > len(i.secret) || len(i.secret) > len(memory) {
				t.Fatalf("caret %d of %d bytes", i.caret, len(i.secret))
			}
			if bytes.IndexFunc(memory[e.Len():], func(r rune) bool { return r != 0 }) >= 0 {
				t.Fatal("bytes lie behind the end")
			}
		}
	})
}
