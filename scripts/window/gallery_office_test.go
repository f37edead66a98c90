//go:build realwindow && gallery

package window

import (
	"os"
	"path/filepath"
	"testing"
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
	walks(t, map[string]func(gallery, string){"case": gallery.casePages, "note": gallery.writingPages, "hands": gallery.handOverPages})
}

func (g gallery) casePages(suffix string) {
	g.take("caseload" + suffix)
	g.into(two)
	g.take("case" + suffix)
	g.opens("Before you call Ilse", 0)
	g.waitThere("Close")
	g.take("before-you-call" + suffix)
	g.Key("Escape")
	g.waitThere("New note")
	for _, room := range caseRooms {
		g.room(two, room[0])
		g.take(room[1] + suffix)
	}
}

func (g gallery) writingPages(suffix string) {
	g.into(two)
	g.opens("Write", 0)
	g.WaitText("Joint record. Each person of K-03 may ask to read it.")
	g.take("note" + suffix)
	g.goes(2)
	g.WaitText("Behind the second unlock")
	g.take("note-locked" + suffix)
	g.opens("Unlock…", 0)
	g.WaitFocus("Passphrase")
	g.take("second-unlock" + suffix)
	g.enter(officeWords)
	g.WaitText("Your own thoughts. In no record, no search and no print.")
	g.reach("Note", 0)
	g.Type("The tea came before the word. I would have missed it.")
	g.WaitText("Draft kept.")
	g.take("note-process" + suffix)
}

func (g gallery) handOverPages(suffix string) {
	g.into(two)
	g.opens("Forms of Ilse", 0)
	g.waitThere("Hand over…")
	g.take("forms-of" + suffix)
	g.opens("Hand over…", 0)
	g.waitThere("Show the form")
	g.take("hand-over-asked" + suffix)
	g.opens("Show the form", 0)
	g.WaitText("One form, for you alone")
	g.take("hand-over" + suffix)
	g.opens("Begin", 0)
	g.WaitGone("One form, for you alone")
	g.take("hand-over-form" + suffix)
}
