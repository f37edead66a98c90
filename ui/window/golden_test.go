package window

import (
	"slices"
	"testing"
	"time"

	"ebb/ui/kit/editor"
)

// TestPages compares every page with the picture of it that somebody looked at:
// light and dark, and at 200 %.
func TestPages(t *testing.T) {
	inLooks(t, looks, func(t *testing.T, a *album) {
		p := sit(t, "Ebb", "")
		shows := func(name string) {
			t.Helper()
			if a.look.size > 100 && !slices.Contains(large, name) {
				return
			}
			a.shows(p, name)
		}
		a.dress(p)
		shows("first")
		p.chooses("Create")
		shows("create")
		p.types("Ada\n")
		p.types("\n")
		p.chooses("I would rather use my own")
		p.types(passA)
		shows("passphrase")
		p.types("\n")
		p.types(passA + "\n")
		shows("today")
		p.menu("Journal")
		shows("journal-empty")
		for i, text := range []string{
			"# Before the talk\n\nThree sentences I would like to say, and one I will leave at home.",
			"# What quiet means to me\n\nI notice I call it distance when it is only tiredness.\n\n## What I heard as a child\n\nA closed door meant somebody was cross.\n\n> Quiet is a room I go into.\n\n- The lamp instead of the big light.\n- A hand that *rests* and does not ask.\n",
			"After the walk. We took the long way round by the weir, and for once the silence was not a question.",
		} {
			p.now = evening.Add(time.Duration(i-3) * 20 * time.Hour)
			p.menu("New entry")
			p.w.Canvas().Focused().(*editor.Editor).Insert(text)
			p.menu("Keep what I wrote")
		}
		p.now = evening
		p.menu("Journal")
		shows("journal")
		if a.look.size > 100 {
			p.presses("Return") // there is room for one pane: open the entry
			shows("reading")
		}
		p.menu("Read or edit")
		shows("writing")
		p.menu("Our menu")
		shows("menu")
		p.chooses("Six quiet minutes")
		shows("exercise-first")
		p.chooses("Read it now")
		shows("not-the-tool")
		p.chooses("I have read it")
		shows("exercise")
		p.chooses("Begin")
		shows("run")
		p.presses("Right")
		p.presses("Right")
		shows("run-step")
		p.presses("P")
		shows("run-pause")
		p.presses("S")
		shows("run-stop")
		p.chooses("Close")
		p.menu("Our menu")
		p.chooses("My part")
		shows("my-part")
		p.finds("Stopping practice")
		shows("exercise-opening")
		p.chooses("I’m open to this")
		shows("opening-consent")
		p.chooses("I agree, for now")
		shows("opening-question")
		p.finds("Stopping practice")
		p.chooses("Sit down for it")
		shows("sit-down")
		p.menu("My data")
		p.chooses("See what I said")
		shows("consents")
		p.menu("Shared lines")
		shows("lines-empty")
		p.menu("People")
		shows("people")
		p.menu("My data")
		shows("data")
		for _, page := range [][2]string{{"Change it…", "passphrase-change"}, {"Recovery words…", "recovery"}, {"Look", "backups"}, {"Leave…", "leave"}} {
			p.menu("My data")
			p.chooses(page[0])
			if page[0] == "Change it…" {
				p.chooses("I would rather use my own") // words picked by chance are others each time
			}
			shows(page[1])
		}
		p.menu("Settings")
		shows("settings")
		p.menu("Help & contacts")
		shows("help")
		p.chooses("A stop that was not heard")
		shows("stop-not-heard")
		p.menu("Hide now")
		shows("hidden")
		p.presses("Space")
		p = sit(t, "Ebb", "")
		a.dress(p)
		shows("unlock")
		p.types("not this\n")
		shows("wrong")
	})
}

// large are the pages that are also looked at in large text: each is laid out in
// a way of its own there.
var large = []string{
	"first", "passphrase", "today", "journal", "reading", "writing", "menu", "exercise", "run-step", "people", "data", "recovery", "leave", "settings", "wrong",
	"my-part", "exercise-opening", "opening-question", "sit-down", "consents", "stop-not-heard",
}
