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
