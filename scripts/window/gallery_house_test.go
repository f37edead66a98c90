//go:build realwindow && gallery

package window

import (
	"os"
	"path/filepath"
	"testing"
)

// What a practice has for every case: its caseload searched and closed, forms and
// notices, own exercises and templates, supervision and cover, what happened, backups.
func TestGalleryHouse(t *testing.T) {
	walks(t, map[string]func(gallery, string){
		"caseload": gallery.caseloadPages, "forms": gallery.formPages, "own": gallery.ownPages,
		"data": gallery.dataPages, "backups": gallery.backupPages,
	})
}

func (g gallery) caseloadPages(suffix string) {
	g.Key("ctrl+f")
	g.WaitFocus("Search codes and dates")
	g.Type("k-2")
	g.WaitGone("the lighthouse")
	g.take("caseload-search" + suffix)
	g.Key("ctrl+1")
	g.waitThere(two)
	g.segment("Which cases", 1)
	g.waitThere("K-09")
	g.take("caseload-closed" + suffix)
	g.Key("ctrl+n")
	g.WaitFocus("Code")
	g.enter("K-27")
	g.enter("the long table")
	g.enter("Ruth")
	g.Type("Adil")
	g.take("new-case" + suffix)
}

func (g gallery) formPages(suffix string) {
	form := func(nth int, title string) {
		g.Key("ctrl+2")
		g.waitThere("Read and change…")
		g.opens("Read and change…", nth)
		g.WaitText(title)
	}
	g.Key("ctrl+2")
	g.waitThere("Read and change…")
	g.take("forms" + suffix)
	const limited = "What you tell me alone: the limited form"
	form(1, limited)
	g.take("form" + suffix)
	g.opens("Change…", 0)
	g.waitThere(limited) // the editor bears the title
	g.take("form-edit" + suffix)
	g.reach(limited, 0)
	g.Key("ctrl+End")
	g.Key("Return", "Return")
	g.Type("When we end")
	g.Key("Return")
	g.Type("Each of you hears from me alone, once, what I keep and for how long.")
	g.Wait("the draft, where that is in sight", func(s Screen) bool {
		return s.Shows("what I keep and for how long.") && (s.Shows("Draft kept.") || !s.Shows("The text"))
	})
	g.take("form-drafted" + suffix)
	g.opens("Put in use…", 0)
	g.waitThere("Put in use")
	g.take("form-use" + suffix)
	g.Key("Escape")
	form(6, "Notice on privacy") // of the United Kingdom, whose places are open
	g.take("notice" + suffix)
	g.opens("Change…", 0)
	g.waitThere("Put these words in the text")
	g.take("notice-edit" + suffix)
}

func (g gallery) ownPages(suffix string) {
	g.Key("ctrl+2")
	g.waitThere("Own exercises")
	g.opens("Own exercises", 0)
	g.WaitText("The window seat")
	g.take("own-exercises" + suffix)
	g.opens("Change…", 0)
	g.waitThere("What it is called")
	g.take("own-exercise-form" + suffix)
	g.Key("ctrl+3")
	g.WaitText("Supervision and cover")
	g.take("your-practice" + suffix)
	g.opens("Open the templates", 0)
	g.WaitText("After a video meeting")
	g.take("templates" + suffix)
	g.opens("Change…", 0)
	g.WaitText("A template of your own")
	g.take("template" + suffix)
}

// lookAt goes to one of the pages of My data.
func (g gallery) lookAt(nth int, words string) {
	g.t.Helper()
	g.Key("ctrl+6")
	g.WaitText("The ways back")
	g.opens("Look", nth)
	g.WaitText(words)
}

func (g gallery) dataPages(suffix string) {
	g.Key("ctrl+6")
	g.WaitText("The ways back")
	g.take("office-data" + suffix)
	g.lookAt(1, "Nothing is destroyed by itself.")
	g.take("kept" + suffix)
	g.lookAt(3, "What happened when")
	g.WaitText("Checked: unbroken.")
	g.take("audit" + suffix)
	g.Key("ctrl+comma")
	g.waitThere("Text size")
	g.take("office-settings" + suffix)
	g.Key("ctrl+5")
	g.WaitText("Help & contacts")
	g.take("office-help" + suffix)
}

func (g gallery) backupPages(suffix string) {
	stick := filepath.Join(g.Home, "Stick")
	if err := os.Mkdir(stick, 0o700); err != nil {
		g.t.Fatal(err)
	}
	g.lookAt(0, "Backups")
	g.waitThere("Choose…")
	g.opens("Choose…", 0)
	g.pick(stick)
	g.opens("Back up now", 0)
	g.WaitText("The backup is there.")
	g.waitThere("Try it")
	g.take("office-backups" + suffix)
	g.opens("Try it", 0)
	g.WaitFocus("The passphrase you had then")
	g.enter(officeWords)
	g.WaitText("It is sound:")
	g.take("office-backup-tried" + suffix)
	g.Key("Escape")
	g.lock()
	g.press("Another place")
	g.press("Bring back a backup")
	g.pick(stick)
	g.WaitFocus("Where it goes")
	g.take("office-restore" + suffix)
}
