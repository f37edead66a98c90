package kit

import (
	"testing"

	"fyne.io/fyne/v2"
)

// Tabs are a choice as every other: a lock beside a word takes nothing from what is
// read out, and below each other they keep their order.
func TestTabs(t *testing.T) {
	use(t, ModeLight, 100)
	chosen := -1
	tabs := NewTabs("Whose", []Tab{{Word: "Everybody"}, {Word: "Mine", Locked: true}}, 0, func(i int) { chosen = i })
	if got := tabs.AccessibilityLabel(); got != "Whose: Everybody" {
		t.Errorf("read as %q", got)
	}
	tabs.Resize(fyne.NewSize(400, tabs.HeightFor(400)))
	x, _, w, _ := tabs.cell(1, 400)
	lock := tabs.tabs.locks[1]
	if lock.Position().X < x || lock.Position().X+lock.Size().Width > tabs.labels[1].text.Position().X || tabs.labels[1].text.Position().X > x+w {
		t.Errorf("the lock stands at %v, the word at %v, in a tab from %v to %v", lock.Position(), tabs.labels[1].text.Position(), x, x+w)
	}
	tabs.FocusGained()
	tabs.TypedKey(&fyne.KeyEvent{Name: fyne.KeyRight})
	tabs.TypedKey(&fyne.KeyEvent{Name: fyne.KeySpace})
	if chosen != 1 {
		t.Errorf("the arrow and Space chose %d", chosen)
	}
	if narrow := tabs.HeightFor(80); narrow != 2*tabs.HeightFor(400) {
		t.Errorf("%v high where it is narrow, %v where it is wide", narrow, tabs.HeightFor(400))
	}
}
