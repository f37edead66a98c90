//go:build realwindow && gallery

package window

import (
	"os"
	"path/filepath"
	"slices"
	"testing"

	"ebb/ui/kit/probe"
)

// The passphrase of the demo's practice.
const officeWords = "slate willow lamp corridor"

// openOffice is [open] in the demo's practice.
func openOffice(t *testing.T, preferences string) gallery {
	t.Helper()
	return open(t, preferences, func(ebb string) {
		made, err := demo()
		if err != nil {
			t.Fatal(err)
		}
		if err := os.CopyFS(filepath.Join(ebb, "Practice.ebb"), os.DirFS(filepath.Join(made, "Practice.ebb"))); err != nil {
			t.Fatal(err)
		}
	})
}

// caseRooms are the pages that a case leads to: what is pressed there, and the name of
// the picture.
var caseRooms = [][2]string{
	{"The menu", "case-menu"},
	{"How far the menu goes", "case-limits"},
	{"Prepare: on the table", "case-table"},
	{"Prepare: mine", "case-mine"},
	{"Progress log", "case-progress"},
	{"Feedback", "case-feedback"},
	{"Files", "case-files"},
	{"Check-ins on paper", "case-check-ins"},
	{"Sexual history", "case-intake"},
	{"Treatment plan", "case-plan"},
	{"Time alone", "case-time-alone"},
	{"Closing and keeping", "case-closing"},
}

// A practice: the caseload, a case and its rooms, a note in the middle of being written,
// what the second unlock guards, and a form in somebody else's hands.
func TestGalleryOffice(t *testing.T) {
	for suffix, preferences := range looks {
		t.Run("office"+suffix, func(t *testing.T) {
			g := openOffice(t, preferences)
			g.WaitFocus("Passphrase")
			g.enter(officeWords)
			g.WaitText("the lighthouse")
			g.take("caseload" + suffix)
			g.press("K-03. the lighthouse")
			g.WaitText("Who is part of it")
			g.take("case" + suffix)
			g.press("Before you call Ilse")
			g.WaitText("Safe number")
			g.take("before-you-call" + suffix)
			g.Key("Escape")
			g.WaitGone("Safe number")
			for _, room := range caseRooms {
				g.press(room[0])
				g.Wait("the room", func(s Screen) bool {
					return !slices.ContainsFunc(s.uppermost(), func(spot probe.Spot) bool { return spot.Focusable && spot.Label == room[0] })
				})
				g.take(room[1] + suffix)
				g.backToCase()
			}
			g.press("Write")
			g.WaitText("Joint record. Each person of K-03 may ask to read it.")
			g.take("note" + suffix)
			g.goes(2)
			g.WaitText("Behind the second unlock")
			g.take("note-locked" + suffix)
			g.press("Unlock…")
			g.WaitFocus("Passphrase")
			g.take("second-unlock" + suffix)
			g.enter(officeWords)
			g.WaitText("Your own thoughts. In no record, no search and no print.")
			g.tabTo("Note")
			g.Type("The tea came before the word. I would have missed it.")
			g.WaitText("Draft kept.")
			g.take("note-process" + suffix)
			g.backToCase()
			g.press("Forms of Ilse")
			g.WaitText("One person at a time.")
			g.take("forms-of" + suffix)
			g.press("Hand over…")
			g.WaitText("Hand this computer to Ilse")
			g.press("Show the form")
			g.WaitText("One form, for you alone")
			g.take("hand-over" + suffix)
			g.press("Begin")
			g.WaitGone("One form, for you alone")
			g.take("hand-over-form" + suffix)
		})
	}
}

// backToCase goes back to the page of the case.
func (g gallery) backToCase() {
	g.t.Helper()
	g.Key("ctrl+1")
	g.WaitText("the lighthouse")
	g.tabTo("K-03. the lighthouse")
	g.Key("Return")
	g.WaitText("Who is part of it")
}
