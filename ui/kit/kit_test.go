package kit

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
)

// use makes ours the theme of a fresh app, as the program does before it makes
// any part.
func use(t testing.TB, mode Mode, percent int) {
	t.Helper()
	test.NewTempApp(t).Settings().SetTheme(NewTheme(mode, percent))
}

// show puts o alone in a window of a size.
func show(t testing.TB, w, h float32, o fyne.CanvasObject) fyne.Window {
	t.Helper()
	win := test.NewTempWindow(t, o)
	win.SetPadded(false)
	win.Resize(fyne.NewSize(w, h))
	return win
}

// walk visits what is drawn of o, with each object's place on the canvas.
func walk(o fyne.CanvasObject, at fyne.Position, visit func(o fyne.CanvasObject, at fyne.Position)) {
	if !o.Visible() {
		return
	}
	at = at.Add(o.Position())
	visit(o, at)
	switch o := o.(type) {
	case *fyne.Container:
		for _, c := range o.Objects {
			walk(c, at, visit)
		}
	case fyne.Widget:
		for _, c := range test.WidgetRenderer(o).Objects() {
			walk(c, at, visit)
		}
	}
}

func key(name fyne.KeyName) *fyne.KeyEvent { return &fyne.KeyEvent{Name: name} }
