package kit

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
)

// ToastTime is how long a toast stays. While its verb has the focus or the
// pointer is on it, it stays for as long again.
const ToastTime = 10 * time.Second

// ToastArea is a page with room for a toast at its foot: one line that says
// what was done, with a verb that takes it back.
//
// Its methods are for the goroutine of the window, as is everything here.
type ToastArea struct {
	Part
	// After calls f on the goroutine of the window once d has passed, unless
	// stop is called first. It is a field for the sake of tests: the toolkit's
	// test driver runs f on the timer's own goroutine.
	After func(d time.Duration, f func()) (stop func())

	page  fyne.CanvasObject
	toast *Card
	verb  *Button
	gone  func()
	stop  func()
	round int // counts toasts, so that a timer that was on its way is late
}

// NewToastArea returns page with room for a toast.
func NewToastArea(page fyne.CanvasObject) *ToastArea {
	a := &ToastArea{After: after}
	a.ExtendBaseWidget(a)
	a.SetPage(page)
	return a
}

func after(d time.Duration, f func()) (stop func()) {
	t := time.AfterFunc(d, func() { fyne.Do(f) })
	return func() { t.Stop() }
}

// SetPage replaces the page; a toast that shows stays.
func (a *ToastArea) SetPage(page fyne.CanvasObject) {
	a.page = page
	hold(a, page)
	a.Refresh()
}

// Say shows words with a verb beside them. Pressing the verb calls undo; if
// that does not happen until the toast goes, gone is called instead, exactly
// once. A toast that still shows goes first. verb may be empty, undo and gone
// may be nil.
func (a *ToastArea) Say(words, verb string, undo, gone func()) {
	a.Close()
	a.gone = gone
	row := []fyne.CanvasObject{NewIcon(IconCheck, 22, ColorAccent), Stretch(NewText(Body, words))}
	if verb != "" {
		a.verb = NewButton(Quiet, verb, func() {
			a.gone = nil
			a.Close()
			if undo != nil {
				undo()
			}
		})
		row = append(row, a.verb)
	}
	a.toast = NewPaddedCard(0, Inset(SpaceL, SpaceXS, SpaceXS, SpaceXS, Row(SpaceM, row...)))
	hold(a, a.toast)
	a.round++
	a.Refresh()
	a.wait(a.round)
}

// wait lets the toast go after its time.
func (a *ToastArea) wait(round int) {
	a.stop = a.After(ToastTime, func() {
		switch {
		case a.round != round || a.toast == nil:
		case a.verb != nil && (a.verb.focused || a.verb.hovered):
			a.wait(round)
		default:
			a.Close()
		}
	})
}

// Showing reports whether a toast shows.
func (a *ToastArea) Showing() bool { return a.toast != nil }

// Close lets the toast go now. Call it before the page is left for good, as
// before a lock.
func (a *ToastArea) Close() {
	if a.toast == nil {
		return
	}
	a.stop()
	if a.verb != nil && a.verb.focused {
		if c := fyne.CurrentApp().Driver().CanvasForObject(a); c != nil {
			c.Unfocus()
		}
	}
	gone := a.gone
	a.toast, a.verb, a.gone = nil, nil, nil
	a.Refresh()
	if gone != nil {
		gone()
	}
}

// FocusVerb gives the keyboard to the verb, for a shortcut that leads there.
func (a *ToastArea) FocusVerb() {
	if a.verb != nil {
		focus(a.verb)
	}
}

// HeightFor implements [Flexible].
func (a *ToastArea) HeightFor(width float32) float32 { return HeightFor(a.page, width) }

// CreateRenderer implements [fyne.Widget].
func (a *ToastArea) CreateRenderer() fyne.WidgetRenderer { return newRenderer(a) }

func (a *ToastArea) objects() []fyne.CanvasObject {
	if a.toast == nil {
		return []fyne.CanvasObject{a.page}
	}
	return []fyne.CanvasObject{a.page, a.toast}
}

func (a *ToastArea) paint() {}

const toastWidth float32 = 470

func (a *ToastArea) place(size fyne.Size) {
	set(a.page, 0, 0, size.Width, size.Height)
	if a.toast == nil {
		return
	}
	w := min(toastWidth*Scale(), size.Width-2*SpaceXL)
	h := a.toast.HeightFor(w)
	set(a.toast, (size.Width-w)/2, size.Height-h-SpaceXL, w, h)
}

func (a *ToastArea) minSize() fyne.Size { return a.page.MinSize() }

func (a *ToastArea) reflow() {
	a.Changed()
	a.place(a.Size())
	canvas.Refresh(a)
}

func (a *ToastArea) reveal(fyne.CanvasObject, area) {} // always in sight

func (a *ToastArea) typedKey(e *fyne.KeyEvent) {
	if e.Name == fyne.KeyEscape && a.toast != nil {
		a.Close()
		return
	}
	a.PassKey(e)
}
