package kit

import (
	"unicode"
	"unicode/utf8"

	"fyne.io/fyne/v2"
)

// SecretMax is how many bytes a secret may have.
const SecretMax = 1024

// SecretEntry is one line for a passphrase. It keeps what is typed in one
// block of bytes that is never copied, never grows and never becomes a string;
// there is no undo, no copy and no cut. The toolkit's own entry keeps every
// version of its text in strings, which cannot be wiped.
//
// What it cannot prevent: the toolkit hands over keys as runes and a pasted
// text as a string, and while the secret is shown its single characters lie in
// the objects that draw them.
type SecretEntry struct {
	Part
	// OnChanged is called after every change, OnSubmitted for Enter.
	OnChanged   func()
	OnSubmitted func()
	// OnRefused is called when something typed or pasted does not fit; nothing
	// of it was taken.
	OnRefused func()

	name  *Text
	input *secretInput
	eye   *IconButton
	box   box
	show  string
	hide  string
}

// NewSecretEntry returns an empty entry with a label above it; show and hide
// name the eye that makes the secret readable and unreadable.
func NewSecretEntry(label, show, hide string) *SecretEntry {
	e := &SecretEntry{name: NewText(Kicker, label), show: show, hide: hide}
	e.input = &secretInput{of: e, label: label, secret: make([]byte, 0, SecretMax)}
	e.input.ExtendBaseWidget(e.input)
	e.eye = NewIconButton(IconEye, show, func() { e.SetShown(!e.input.shown) })
	e.ExtendBaseWidget(e)
	hold(e, e.eye)
	hold(e, e.input)
	return e
}

// KeepIn makes the entry keep its secret in memory that the caller provides,
// such as locked pages; its length is the most that the secret may have. What
// was typed before is wiped.
func (e *SecretEntry) KeepIn(memory []byte) {
	e.Wipe()
	e.input.secret = memory[:0:min(len(memory), SecretMax)]
}

// Secret returns a copy of what was typed, as UTF-8. The caller wipes it.
func (e *SecretEntry) Secret() []byte { return append([]byte(nil), e.input.secret...) }

// Len is the number of bytes typed.
func (e *SecretEntry) Len() int { return len(e.input.secret) }

// Wipe overwrites the secret and everything that showed it, and hides it
// again. The entry is empty then and can be used anew.
func (e *SecretEntry) Wipe() {
	e.input.wipe()
	e.SetShown(false)
}

// SetShown makes the secret readable or hides it behind dots.
func (e *SecretEntry) SetShown(shown bool) {
	e.input.shown = shown
	if shown {
		e.eye.Set(IconEyeOff, e.hide)
	} else {
		e.eye.Set(IconEye, e.show)
	}
	e.input.Refresh()
}

// Focus gives the keyboard to the entry.
func (e *SecretEntry) Focus() { focus(e.input) }

// Focusable is the object that has the keyboard while the secret is typed.
func (e *SecretEntry) Focusable() fyne.Focusable { return e.input }

// Disable makes the entry deaf, as while a passphrase is tried.
func (e *SecretEntry) Disable() { e.input.deaf = true }

// Enable ends Disable.
func (e *SecretEntry) Enable() { e.input.deaf = false }

// HeightFor implements [Flexible].
func (e *SecretEntry) HeightFor(width float32) float32 {
	return e.name.HeightFor(width) + SpaceS + whole(secretHeight*Scale())
}

const secretHeight float32 = 48

// CreateRenderer implements [fyne.Widget].
func (e *SecretEntry) CreateRenderer() fyne.WidgetRenderer { return newRenderer(e) }

func (e *SecretEntry) objects() []fyne.CanvasObject {
	return append(e.box.objects(), e.name, e.input, e.eye)
}

func (e *SecretEntry) paint() { e.box.paint(IconKey, e.input.focused) }

func (e *SecretEntry) place(size fyne.Size) {
	top := e.name.HeightFor(size.Width) + SpaceS
	set(e.name, 0, 0, size.Width, top-SpaceS)
	h := whole(secretHeight * Scale())
	x := e.box.place(IconKey, top, size.Width, h)
	eye := e.eye.MinSize()
	set(e.eye, size.Width-eye.Width-SpaceXS, top+(h-eye.Height)/2, eye.Width, eye.Height)
	set(e.input, x, top, size.Width-x-eye.Width-SpaceS, h)
}

func (e *SecretEntry) minSize() fyne.Size {
	w := e.Size().Width
	if w <= 0 {
		w = Measure
	}
	return fyne.NewSize(160*Scale(), e.HeightFor(w))
}

func (e *SecretEntry) reflow()                            { e.Changed() }
func (e *SecretEntry) reveal(_ fyne.CanvasObject, _ area) { e.Reveal(e, 0, e.Size().Height) }
func (e *SecretEntry) typedKey(k *fyne.KeyEvent)          { e.PassKey(k) }

// insert puts text where the caret is, in place of everything if all is
// chosen. It takes all of it or nothing.
func (i *secretInput) insert(text []byte) {
	kept := len(i.secret)
	if i.all {
		kept = 0
	}
	for rest := text; len(rest) > 0; {
		r, n := utf8.DecodeRune(rest)
		if r == utf8.RuneError && n == 1 || unicode.IsControl(r) {
			i.refuse()
			return
		}
		rest = rest[n:]
	}
	if kept+len(text) > cap(i.secret) {
		i.refuse()
		return
	}
	if i.all {
		i.clear()
	}
	end := len(i.secret)
	i.secret = i.secret[:end+len(text)]
	copy(i.secret[i.caret+len(text):], i.secret[i.caret:end])
	copy(i.secret[i.caret:], text)
	i.caret += len(text)
	i.changed()
}

// remove takes bytes out and overwrites what they leave behind.
func (i *secretInput) remove(from, to int) {
	end := len(i.secret)
	copy(i.secret[from:], i.secret[to:])
	clear(i.secret[end-(to-from):])
	i.secret = i.secret[:end-(to-from)]
	i.caret = from
}

func (i *secretInput) clear() {
	clear(i.secret[:cap(i.secret)])
	i.secret, i.caret, i.all = i.secret[:0], 0, false
}

func (i *secretInput) wipe() {
	i.clear()
	i.Refresh() // which empties the objects that showed it
}

func (i *secretInput) changed() {
	i.Refresh()
	if i.of.OnChanged != nil {
		i.of.OnChanged()
	}
}

func (i *secretInput) refuse() {
	if i.of.OnRefused != nil {
		i.of.OnRefused()
	}
}
