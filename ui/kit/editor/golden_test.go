//go:build ci

package editor

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"

	"ebb/ui/kit"
	_ "ebb/ui/kit/still"
)

func TestPictures(t *testing.T) {
	const entry = "# After the walk\n\n" +
		"We took the long way round by the weir. Neither of us tried to fix anything, and for once the silence was not a question.\n\n" +
		"> I said I had been tired since the move, and that it was not about us.\n\n" +
		"- the bench\n- the path\n\n" +
		"What I would like to remember: being asked. Привет, e\u0301 \u202eodd\u202c 👨‍👩‍👧 \x1b"
	for _, c := range []struct {
		name    string
		mode    kit.Mode
		percent int
	}{{"light", kit.ModeLight, 100}, {"dark", kit.ModeDark, 100}, {"large", kit.ModeLight, 200}} {
		t.Run(c.name, func(t *testing.T) {
			test.NewTempApp(t)
			fyne.CurrentApp().Settings().SetTheme(kit.NewTheme(c.mode, c.percent))
			e := New()
			e.SetText(entry)
			w := test.NewTempWindow(t, container.NewStack(canvas.NewRectangle(kit.Color(kit.ColorCard)), e))
			w.SetPadded(false)
			w.Resize(fyne.NewSize(620, 480))
			w.Canvas().Focus(e)
			e.Select(at(2, 13), at(2, 66))
			test.AssertRendersToImage(t, c.name+".png", w.Canvas())
		})
	}
}
