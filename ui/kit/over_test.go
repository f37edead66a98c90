package kit

import (
	"testing"
	"testing/synctest"
	"time"

	"fyne.io/fyne/v2"
)

func TestToast(t *testing.T) {
	for _, c := range []struct {
		name       string
		do         func(*ToastArea)
		undo, gone int
	}{
		{"its time passes", func(*ToastArea) { time.Sleep(ToastTime) }, 0, 1},
		{"not yet", func(*ToastArea) { time.Sleep(ToastTime - time.Second) }, 0, 0},
		{"undone", func(a *ToastArea) { a.verb.press(); time.Sleep(ToastTime) }, 1, 0},
		{"undone at the last moment", func(a *ToastArea) { time.Sleep(ToastTime - 1); a.verb.press(); time.Sleep(ToastTime) }, 1, 0},
		{"closed", func(a *ToastArea) { a.Close(); a.Close(); time.Sleep(ToastTime) }, 0, 1},
		{"Escape", func(a *ToastArea) { a.FocusVerb(); a.verb.TypedKey(key(fyne.KeyEscape)); time.Sleep(ToastTime) }, 0, 1},
		{"another one", func(a *ToastArea) { a.Say("Another.", "", nil, nil); time.Sleep(ToastTime / 2) }, 0, 1},
		{"held by focus", func(a *ToastArea) { a.FocusVerb(); time.Sleep(3 * ToastTime) }, 0, 0},
		{"held by the pointer, then let go", func(a *ToastArea) {
			a.verb.MouseIn(nil)
			time.Sleep(ToastTime + time.Second)
			a.verb.MouseOut()
			time.Sleep(ToastTime)
		}, 0, 1},
	} {
		t.Run(c.name, func(t *testing.T) {
			use(t, ModeLight, 100)
			a := NewToastArea(NewGround(ColorPaper, Spacer()))
			win := show(t, 600, 400, a)
			synctest.Test(t, func(t *testing.T) {
				var undo, gone int
				a.Say("Put in the bin.", "Undo", func() { undo++ }, func() { gone++ })
				c.do(a)
				synctest.Wait()
				if undo != c.undo || gone != c.gone {
					t.Errorf("undone %d times and gone %d times, want %d and %d", undo, gone, c.undo, c.gone)
				}
				if (undo+gone == 0 || c.name == "another one") != a.Showing() {
					t.Errorf("shows: %v", a.Showing())
				}
				if !a.Showing() && win.Canvas().Focused() != nil {
					t.Error("a toast that went kept the keyboard")
				}
				a.gone = nil
				a.Close()
			})
		})
	}
}

func TestToastIsReachedByKeyboard(t *testing.T) {
	use(t, ModeLight, 100)
	first := NewButton(Plain, "First", nil)
	a := NewToastArea(Column(0, Start(first)))
	win := show(t, 600, 400, a)
	a.Say("Put in the bin.", "Undo", nil, nil)
	defer a.Close()
	win.Canvas().FocusNext()
	win.Canvas().FocusNext()
	if win.Canvas().Focused() != a.verb {
		t.Error("Tab does not lead to the verb")
	}
	if bottom := a.toast.Position().Y + a.toast.Size().Height; bottom > 400 {
		t.Errorf("the toast ends at %v", bottom)
	}
}

func TestSheet(t *testing.T) {
	use(t, ModeLight, 100)
	below := NewButton(Plain, "Below", nil)
	win := show(t, 900, 600, Column(0, Start(below)))
	win.Canvas().Focus(below)

	var answer string
	keep := NewButton(Plain, "Keep", func() { answer = "keep" })
	discard := NewButton(Danger, "Discard", func() { answer = "discard" })
	s := NewSheet("Discard this entry?", NewText(Body, "It cannot be brought back."), keep, keep, discard)
	s.OnEscape = func() { answer = "escape" }
	s.Open(win.Canvas())
	if !s.Showing() || win.Canvas().Focused() != keep {
		t.Fatal("the answer that changes nothing does not have the keyboard")
	}
	for i, want := range []fyne.Focusable{discard, keep, discard} {
		win.Canvas().FocusNext()
		if win.Canvas().Focused() != want {
			t.Errorf("stop %d left the sheet", i)
		}
	}
	discard.TypedKey(key(fyne.KeySpace))
	if answer != "discard" {
		t.Errorf("the answer is %q", answer)
	}
	discard.TypedKey(key(fyne.KeyEscape))
	if s.Showing() || answer != "escape" || len(win.Canvas().Overlays().List()) != 0 {
		t.Error("Escape did not take the sheet away")
	}
	if win.Canvas().Focused() != below {
		t.Error("the focus is not where it was before")
	}
	s.Close() // twice is once
}

// A sheet that is too high for its window scrolls.
func TestHighSheet(t *testing.T) {
	use(t, ModeLight, 200)
	win := show(t, 900, 400, Spacer())
	answer := NewButton(Plain, "Keep", nil)
	s := NewSheet("A long question", Column(0, Gap(900)), nil, answer)
	s.Open(win.Canvas())
	win.Canvas().Focus(answer)
	y := fyne.CurrentApp().Driver().AbsolutePositionForObject(answer).Y
	if y+answer.Size().Height > 400 {
		t.Errorf("the answer lies at %v", y)
	}
}

func TestCountdownTakesRoomOnlyWhenItSpeaks(t *testing.T) {
	use(t, ModeLight, 100)
	c, page := NewCountdown(), NewText(Body, "Page")
	show(t, 600, 400, Column(0, c, page))
	if page.Position().Y != 0 {
		t.Error("a silent line takes room")
	}
	c.Say("This window locks in 20 seconds.")
	if page.Position().Y == 0 {
		t.Error("the line has no room")
	}
	c.Clear()
	if page.Position().Y != 0 {
		t.Error("the line kept its room")
	}
}
