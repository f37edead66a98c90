package window

import (
	"fyne.io/fyne/v2"

	"ebb/ui/kit"
)

// stage is all that the window draws: the countdown of the idle lock above what
// is shown, and toasts at its foot. Sheets lie over it, on the canvas.
type stage struct {
	win       fyne.Window
	countdown *kit.Countdown
	toasts    *kit.ToastArea
	shown     fyne.CanvasObject
}

func newStage(win fyne.Window) *stage {
	s := &stage{win: win, countdown: kit.NewCountdown(), toasts: kit.NewToastArea(kit.Spacer())}
	win.SetContent(kit.Column(0, s.countdown, kit.Stretch(s.toasts)))
	return s
}

// show puts something in place of all that was there, toasts and sheets too.
func (s *stage) show(content fyne.CanvasObject) {
	s.closeSheets()
	s.toasts.Close()
	s.countdown.Clear()
	s.shown = content
	s.toasts.SetPage(content)
}

// closeSheets takes away what lies over the page.
func (s *stage) closeSheets() {
	for _, o := range s.win.Canvas().Overlays().List() {
		s.win.Canvas().Overlays().Remove(o)
	}
}
