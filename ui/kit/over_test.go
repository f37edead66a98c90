package kit

import (
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"fyne.io/fyne/v2"
)

// clock is time that passes when a test says so, on the test's goroutine.
type clock struct {
	now   time.Duration
	calls map[int]call
	made  int
}

type call struct {
	at time.Duration
	f  func()
}

func (c *clock) after(d time.Duration, f func()) (stop func()) {
	c.made++
	n := c.made
	if c.calls == nil {
		c.calls = map[int]call{}
	}
	c.calls[n] = call{c.now + d, f}
	return func() { delete(c.calls, n) }
}

func (c *clock) pass(d time.Duration) {
	for end := c.now + d; c.now < end; {
		c.now += min(time.Second, end-c.now)
		for n, due := range c.calls {
			if due.at <= c.now {
				delete(c.calls, n)
				due.f()
			}
		}
	}
}

func TestToast(t *testing.T) {
	for _, c := range []struct {
		name       string
		do         func(*ToastArea, *clock)
		undo, gone int
		shows      bool
	}{
		{"its time passes", func(_ *ToastArea, c *clock) { c.pass(ToastTime) }, 0, 1, false},
		{"not yet", func(_ *ToastArea, c *clock) { c.pass(ToastTime - time.Second) }, 0, 0, true},
		{"undone", func(a *ToastArea, c *clock) { a.verb.press(); c.pass(2 * ToastTime) }, 1, 0, false},
		{"undone at the last moment", func(a *ToastArea, c *clock) { c.pass(ToastTime - 1); a.verb.press(); c.pass(ToastTime) }, 1, 0, false},
		{"closed twice", func(a *ToastArea, c *clock) { a.Close(); a.Close(); c.pass(ToastTime) }, 0, 1, false},
		{"Escape", func(a *ToastArea, c *clock) { a.FocusVerb(); a.verb.TypedKey(key(fyne.KeyEscape)); c.pass(ToastTime) }, 0, 1, false},
		{"another one has its own time", func(a *ToastArea, c *clock) {
			c.pass(ToastTime - time.Second)
			a.Say("Another.", "", nil, nil)
			c.pass(ToastTime - time.Second)
		}, 0, 1, true},
		{"held by focus", func(a *ToastArea, c *clock) { a.FocusVerb(); c.pass(3 * ToastTime) }, 0, 0, true},
		{"held by the pointer, then let go", func(a *ToastArea, c *clock) {
			a.verb.MouseIn(nil)
			c.pass(ToastTime + time.Second)
			a.verb.MouseOut()
			c.pass(ToastTime)
		}, 0, 1, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			use(t, ModeLight, 100)
			var time clock
			a := NewToastArea(NewGround(ColorPaper, Spacer()))
			a.After = time.after
			win := show(t, 600, 400, a)
			var undo, gone int
			a.Say("Put in the bin.", "Undo", func() { undo++ }, func() { gone++ })
			c.do(a, &time)
			if undo != c.undo || gone != c.gone || a.Showing() != c.shows {
				t.Errorf("undone %d times, gone %d times, shows %v; want %d, %d, %v", undo, gone, a.Showing(), c.undo, c.gone, c.shows)
			}
			if !a.Showing() && (win.Canvas().Focused() != nil || len(time.calls) != 0) {
				t.Error("a toast that went kept the keyboard or a timer")
			}
		})
	}
}

// Without a clock of a test's own it is the computer's.
func TestAfter(t *testing.T) {
	use(t, ModeLight, 100)
	synctest.Test(t, func(t *testing.T) {
		var kept, stopped atomic.Int32
		after(ToastTime, func() { kept.Add(1) })
		stop := after(ToastTime, func() { stopped.Add(1) })
		time.Sleep(ToastTime - 1)
		synctest.Wait()
		if kept.Load() != 0 {
			t.Error("it came too early")
		}
		stop()
		time.Sleep(ToastTime)
		synctest.Wait()
		if kept.Load() != 1 || stopped.Load() != 0 {
			t.Errorf("called %d times, and %d times after it was stopped", kept.Load(), stopped.Load())
		}
	})
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

// A text that is longer than the window is read from its beginning.
func TestSheetOpensAtTop(t *testing.T) {
	use(t, ModeLight, 200)
	w := show(t, 900, 600, NewText(Body, "The page."))
	done := NewButton(Plain, "Close", nil)
	s := NewSheet("A long text", Column(0, Gap(2000)), done, done)
	s.OpenAtTop(w.Canvas())
	if at := s.scroll.Offset(); at != 0 || w.Canvas().Focused() != done {
		t.Errorf("it opens at %v, and %v has the keyboard", at, w.Canvas().Focused())
	}
}
