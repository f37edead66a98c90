package window

import (
	"testing"
)

// Two entries thrown away shortly after each other: the words of the first can no
// longer be undone then, those of the second still can.
func TestUndoAfterTwoDiscards(t *testing.T) {
	p, _ := newHome(t)
	for _, text := range []string{"the first one", "the second one"} {
		p.menu("New entry")
		p.types(text)
		p.menu("Read or edit")
		p.chooses("Discard")
	}
	p.chooses("Undo")
	p.sees("the second one")
	p.seesNot("the first one")
}

// A sheet asks about the page below it. When a shortcut goes to another page the
// sheet goes too: it must not change an entry that is no longer open.
func TestSheetGoesWithItsPage(t *testing.T) {
	p, dir := newHome(t)
	p.menu("New entry")
	p.types("words worth keeping")
	p.menu("Keep what I wrote")
	p.chooses("Tags…")
	p.types("walks")
	p.menu("Today")
	if n := len(p.w.Canvas().Overlays().List()); n != 0 {
		t.Errorf("%d sheets lie over the next page", n)
		p.chooses("Use these")
		p.wait()
	}
	p.menu("Journal")
	p.sees("words worth keeping")
	p.locks()
	again := unlocked(t, dir, passA)
	again.menu("Journal")
	again.sees("words worth keeping")
	again.locks()
}

// Going to the journal from the journal must not bring back the draft of a moment
// ago: the page that is left is written before the next one reads.
func TestNextPageSeesTheLastWords(t *testing.T) {
	p, dir := newHome(t)
	p.menu("New entry")
	p.types("the first half")
	p.wait() // the draft is sealed
	p.types(" and the second")
	p.menu("Journal")
	p.sees("the first half and the second")
	p.menu("Today")
	p.seesNot("You were writing something")
	p.locks()
	again := unlocked(t, dir, passA)
	again.menu("Journal")
	again.sees("the first half and the second")
	again.locks()
}
