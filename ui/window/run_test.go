package window

import (
	"testing"

	"fyne.io/fyne/v2"
)

// runs begins an exercise that is not opened beforehand.
func (p *person) runs(title string) {
	p.t.Helper()
	p.finds(title)
	p.chooses("Begin")
	p.sees("Pause, please")
}

// A stop is final, and in a pause no arrow leads on: nobody is brought back into an
// exercise by a key that was pressed by mistake.
func TestNoKeyLeadsBackFromAStop(t *testing.T) {
	p, _ := newHome(t)
	p.runs("Six quiet minutes")
	p.presses(fyne.KeyRight)
	p.presses(fyne.KeyP)
	for _, key := range []fyne.KeyName{fyne.KeyRight, fyne.KeyLeft, fyne.KeyPageDown, fyne.KeyPageUp} {
		p.presses(key)
		p.sees("A pause.")
	}
	p.presses(fyne.KeyS)
	for _, key := range []fyne.KeyName{fyne.KeyRight, fyne.KeyLeft, fyne.KeyP, fyne.KeyS} {
		p.presses(key)
		p.sees("It has ended.")
		p.seesNot("Pause, please")
	}
	p.chooses("Close")
	p.runs("Six quiet minutes")
	for range 7 {
		p.presses(fyne.KeyRight)
	}
	p.sees("That was it.")
	for _, key := range []fyne.KeyName{fyne.KeyLeft, fyne.KeyPageUp, fyne.KeyS} {
		p.presses(key)
		p.sees("That was it.")
	}
	p.chooses("Close")
	p.locks()
}

// The single keys work although nothing has the keyboard, as after a press beside
// everything.
func TestStopWithoutTheKeyboard(t *testing.T) {
	p, _ := newHome(t)
	p.runs("Six quiet minutes")
	p.w.Canvas().Unfocus()
	p.w.Canvas().OnTypedKey()(&fyne.KeyEvent{Name: fyne.KeyS})
	p.sees("It has ended.")
	p.chooses("Close")
	p.locks()
}

// Whatever fills the window makes room for another page; help leads back to the step,
// and what was left under way is offered once when the menu comes next.
func TestOtherPagesDuringARun(t *testing.T) {
	p, _ := newHome(t)
	p.runs("Six quiet minutes")
	for range 3 {
		p.presses(fyne.KeyRight)
	}
	step := p.reads()
	p.menu("Help & contacts")
	p.sees("Another ear")
	p.chooses("Back")
	if got := p.reads(); got != step {
		t.Errorf("help led back to\n%s\nwant\n%s", got, step)
	}
	p.menu("Today")
	p.sees("Good evening.")
	p.seesNot("Pause, please")
	p.menu("Our menu")
	p.sees("There is something you were in the middle of")
	p.chooses("Go on")
	if got := p.reads(); got != step {
		t.Errorf("gone on with\n%s\nwant\n%s", got, step)
	}
	p.menu("Our menu")
	p.chooses("Put it back")
	p.menu("Our menu")
	p.seesNot("There is something")

	p.chooses("Save a week’s menu…")
	p.chooses("Choose a folder…")
	p.sees("Where the sheet goes")
	p.menu("Today")
	p.sees("Good evening.")
	p.seesNot("Where the sheet goes")
	p.locks()
}

func TestPutBackIsTold(t *testing.T) {
	p, _ := newHome(t)
	p.runs("Six quiet minutes")
	p.chooses("Put it back")
	p.sees("Put back. Nothing of it is kept.")
	p.locks()
}

// Where several people sat down every way out locks, and what somebody would write is
// there when they are back alone.
func TestAfterSittingDownItLocks(t *testing.T) {
	const title = "Stopping practice"
	p, dir := newHome(t)
	p.locks()
	joins(t, dir)
	p = startsSitting(t, dir, title)
	p.menu("Help & contacts")
	p.chooses("Back")
	p.sees("Pause, please")
	p.menu("Journal")
	if len(p.replaced) != 1 {
		t.Error("the journal is open in the process that knew two people's keys")
	}
	p = unlockedOn(t, dir, passA, p.day())
	p.sees("There is something you were in the middle of")
	p.chooses("Go on")
	p.presses(fyne.KeyS)
	p.sees("Ebb locks afterwards, because more than one person was here.")
	p.chooses("Write something for myself")
	if len(p.replaced) != 1 {
		t.Error("not locked")
	}
	p = unlockedOn(t, dir, passA, p.day())
	p.chooses("Go on writing")
	p.sees("How was it to stop, and to be stopped?")
	p.locks()
}

// day is how many days it is after the evening.
func (p *person) day() int { return int(p.now.Sub(evening).Hours() / 24) }
