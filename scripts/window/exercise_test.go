//go:build realwindow

package window

import (
	"strings"
	"testing"

	"ebb/ui/kit/probe"
)

// finds goes from our menu to the page of an exercise, past what is read once before
// the first that is for more than one person.
func (p *Program) finds(title string) {
	p.t.Helper()
	p.choose(title)
	p.Wait("the page of an exercise", func(s Screen) bool { return s.Shows("Before you begin") || s.Shows("Read it now") })
	if p.Screen().Shows("Read it now") {
		p.choose("Read it now")
		p.WaitText("Please read this once, by yourself.")
		p.choose("I have read it")
		p.WaitText("Before you begin")
	}
}

// begins goes to our menu and begins an exercise of closeness 0 or 1, up to its
// opening words.
func (p *Program) begins(title string) {
	p.t.Helper()
	p.Key("ctrl+7")
	p.WaitText("Take one, or leave them all.")
	p.finds(title)
	p.choose("Begin")
	p.WaitText("Anyone may stop.")
}

// An exercise by keyboard alone, from the menu to one's own journal; the power fails
// in the middle of a step. Of what was done nothing is kept but what somebody wrote,
// and nothing at all can be read on the disk.
func TestExerciseByKeyboard(t *testing.T) {
	t.Parallel()
	p := Start(t)
	p.createHome("Ada", ownWords)
	p.Key("ctrl+7")
	p.WaitText("Take one, or leave them all.")
	p.choose("By topic or title")
	p.tabTo("Words in a title")
	p.Type("quiet min")
	p.WaitGone("Hello and goodbye")
	p.finds("Six quiet minutes")
	p.WaitText("How near is comfortable right now")
	p.choose("Begin")

	p.WaitText("There is a kind of company that asks for nothing")
	p.WaitFocus("When you are ready")
	p.Key("Return")
	p.WaitText("Is now all right for everyone? Another day is a full answer.")
	p.WaitFocus("It is all right for everyone")
	p.Key("Return")
	p.WaitText("Choose where to be")
	p.Key("p")
	p.WaitText("A pause.")
	p.WaitFocus("Stop S") // of the two, the one that needs no courage
	p.choose("Go on")
	p.WaitText("Choose where to be")
	p.Key("Right", "Right")
	p.WaitText("Breathe as you breathe")
	p.choose("Let a dial keep 3 minutes")
	p.WaitGone("Let a dial")
	p.WaitText("3 minutes")
	p.Kill() // the power fails
	findsNone(t, []string{"Six quiet minutes", "Breathe as you breathe", "quiet min"}, []string{p.Home})

	p.Again()
	p.unlock(ownWords)
	p.WaitText("There is something you were in the middle of")
	p.WaitText("Six quiet minutes")
	p.WaitFocus("Go on")
	p.allReachable("what was under way")
	p.WaitFocus("Go on")
	p.Key("Return")
	p.WaitText("Breathe as you breathe")
	p.WaitFocus("When you are ready")
	p.Key("Return")
	p.WaitText("Notice three sounds")
	p.Key("Left")
	p.WaitText("Breathe as you breathe")
	p.Key("Right", "Right", "Right")
	p.WaitText("That was it.")
	p.WaitText("Nothing happened, together.")
	p.choose("Write something for myself")
	p.WaitFocus("Write here.")
	p.WaitText("What did your body do with the quiet?")
	p.Type("It hummed, like the CORMORANT.")
	p.Key("ctrl+s")
	p.WaitText("Kept.")

	// Stopped at once, by one key, though nothing on the page has the keyboard.
	p.begins("Six quiet minutes")
	p.ClickAt(p.beside("Anyone may stop."))
	p.Wait("nothing to have the keyboard", func(s Screen) bool { _, ok := s.Focused(); return !ok })
	p.Key("s")
	p.WaitText("It has ended.")
	p.WaitText("No questions until tomorrow.")
	p.choose("Close")
	p.WaitText("Take one, or leave them all.")

	p.begins("Hello and goodbye")
	p.choose("Put it back")
	p.WaitText("Put back. Nothing of it is kept.")
	p.WaitText("Take one, or leave them all.")

	p.lock()
	p.unlock(ownWords)
	if s := p.Screen(); s.Shows("There is something you were in the middle of") {
		t.Error("what has ended is offered again")
	}
	p.Key("ctrl+2")
	p.WaitText("like the CORMORANT.")
	p.Key("ctrl+q")
	if code := p.WaitExit(); code != 0 {
		t.Errorf("the program ended with %d", code)
	}
	findsNone(t, append([]string{"Six quiet minutes", "Hello and goodbye"}, canaries...), []string{p.Home})
}

// beside is a point of the page at the height of a text and away from it, where there
// is nothing to press.
func (p *Program) beside(text string) (x, y int) {
	p.t.Helper()
	s := p.Screen()
	for _, w := range s.Windows {
		for _, spot := range w.Spots {
			if strings.Contains(spot.Text, text) && !spot.Press {
				margin := probe.Spot{Y: spot.Y, Width: 40, Height: spot.Height}
				return p.pixel(place{margin, w})
			}
		}
	}
	p.t.Fatalf("nothing reads %q; the screen reads:\n%s", text, s.Text())
	return 0, 0
}
