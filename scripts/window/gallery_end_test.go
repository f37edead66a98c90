//go:build realwindow && gallery

package window

import (
	"testing"
	"time"
)

// A form to its neutral end, and the end of a case.
func TestGalleryEnds(t *testing.T) {
	walks(t, map[string]func(gallery, string){"end": gallery.endPages, "form": gallery.handOverEnd})
}

// The first evening of a practitioner.
func TestGalleryFirstOffice(t *testing.T) {
	for suffix, preferences := range looks {
		t.Run("office"+suffix, func(t *testing.T) {
			g := open(t, preferences, empty)
			g.WaitText("Ebb keeps your words on this computer")
			g.opens("For a practitioner: create an office", 0)
			g.WaitFocus("The name you use")
			g.Type("Noor")
			g.take("create-office" + suffix)
			g.enter("")
			g.Key("Return")
			g.WaitFocus("Type it once more")
			g.opens("I would rather use my own", 0)
			g.WaitFocus("A passphrase of your own")
			g.enter(ownWords)
			g.WaitFocus("Type it once more")
			g.enter(ownWords)
			g.WaitText("No cases yet")
			g.take("caseload-empty" + suffix)
		})
	}
}

// endPages are a case that is kept, destroyed, and certified.
func (g gallery) endPages(suffix string) {
	g.destroys(func(name string) { g.take(name + suffix) })
	g.take("certificate" + suffix)
}

// destroys destroys the closed case; taken is called on each page on the way, up to the
// certificate.
func (g gallery) destroys(taken func(name string)) {
	g.t.Helper()
	g.Key("ctrl+1")
	g.waitThere(two)
	g.segment("Which cases", 1)
	g.waitThere("K-09")
	g.opens("K-09", 0)
	g.waitThere("New note")
	taken("case-closed")
	g.opens("Closing and keeping", 0)
	g.waitThere("Change…")
	g.opens("Change…", 0)
	g.waitThere("Day (2033-12-31)")
	g.reach("Day (2033-12-31)", 0)
	g.Key("ctrl+a")
	g.Type(time.Now().AddDate(0, 0, -2).Format(time.DateOnly))
	taken("keeping")
	g.opens("Keep", 0)
	g.waitThere("Destroy this case…")
	g.opens("Destroy this case…", 0)
	g.waitThere("By which rule")
	taken("destroy")
	g.reach("Type the code of this case", 0)
	g.enter("K-09")
	g.reach("By which rule", 0)
	g.Type("a month after the last meeting, as all agreed")
	g.opens("Destroy this case…", 0)
	g.waitThere("Destroy it for good")
	taken("destroy-asked")
	g.opens("Destroy it for good", 0)
	g.waitThere("Look for backups in a folder…")
}

// handOverEnd fills in a form to the page on which it ends, the same for every answer.
func (g gallery) handOverEnd(suffix string) {
	g.into("K-15. peace treaty")
	g.opens("Forms of Wes", 0)
	g.waitThere("Hand over…")
	g.opens("Hand over…", 0)
	g.waitThere("Show the form")
	g.opens("Show the form", 0)
	g.WaitText("One form, for you alone")
	g.opens("Begin", 0)
	g.WaitGone("One form, for you alone")
	g.opens("I", 0) // whatever is answered
	g.waitThere("For the practitioner")
	g.take("hand-over-end" + suffix)
}
