package kit

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
)

// An answer that stands below what is in sight comes into sight when it says
// something, and one that is in sight moves nothing.
func TestAnswerComesIntoSight(t *testing.T) {
	defer test.NewApp().Quit()
	for _, tt := range []struct {
		name   string
		height float32
		moves  bool
	}{{"low window", 120, true}, {"high window", 800, false}} {
		answer := NewAnswer()
		scroll := NewScroll(Column(SpaceL, Gap(300), answer, Gap(60)))
		window := test.NewWindow(scroll)
		window.Resize(fyne.NewSize(400, tt.height))
		answer.Say(ColorInk, "")
		if scroll.Offset() != 0 {
			t.Errorf("%s: moved by nothing", tt.name)
		}
		answer.Say(ColorWarn, "Those words do not open it.")
		top := answer.Position().Y - scroll.Offset()
		if moved := scroll.Offset() > 0; moved != tt.moves || top < 0 || top+answer.Size().Height > scroll.Size().Height {
			t.Errorf("%s: scrolled by %v, the answer is at %v of %v", tt.name, scroll.Offset(), top, scroll.Size().Height)
		}
		window.Close()
	}
}
