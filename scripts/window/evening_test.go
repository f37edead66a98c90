//go:build realwindow

package window

import (
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// Words that the tests of the window know.
const (
	onToday    = "Nothing here waits for you."
	ownWords   = "velvet harbour seventeen quiet spoons"
	otherWords = "lantern orchard gravel mitten thunder"
)

// createHome makes a vault at the proposed place, with a passphrase of one's own,
// and ends on Today.
func (p *Program) createHome(name, passphrase string) (vault string) {
	p.t.Helper()
	p.WaitText("A quiet place for what you would rather keep.")
	p.choose("Create")
	p.WaitFocus("The name you use")
	p.enter(name)
	p.WaitFocus("Where it is kept")
	p.Key("Return")
	p.WaitFocus("Type it once more")
	p.choose("I would rather use my own")
	p.WaitFocus("A passphrase of your own")
	p.enter(passphrase)
	p.WaitFocus("Type it once more")
	p.enter(passphrase)
	p.WaitText(onToday)
	return filepath.Join(p.Home, "Ebb", "Home.ebb")
}

// A sheet is told as one text: the words stand between two sentences.
var sixWords = regexp.MustCompile(`\. ([a-z-]+(?: [a-z-]+){5}) [A-Z]`)

// invite makes an invitation and returns its words; the sheet with them is left
// open.
func (p *Program) invite() (words string) {
	p.t.Helper()
	p.Key("ctrl+4")
	p.WaitText("Invite somebody")
	p.choose("Make an invitation")
	p.Wait("six words", func(s Screen) bool {
		for _, spot := range s.uppermost() {
			if found := sixWords.FindStringSubmatch(spot.Text); found != nil {
				words = found[1]
			}
		}
		return words != ""
	})
	return words
}

// join takes a seat with the words of an invitation, from the unlock page.
func (p *Program) join(words, name, passphrase string) {
	p.t.Helper()
	p.enter(words)
	p.WaitText("Already here")
	p.choose("I would rather use my own")
	p.WaitFocus("The name you use")
	p.Type(name)
	p.tabTo("A passphrase of your own")
	p.enter(passphrase)
	p.WaitFocus("Type it once more")
	p.enter(passphrase)
	p.WaitText(onToday)
}

// The first evening of two people, by keyboard alone, through the program as it is
// given to people: everything on every page can be reached with Tab.
func TestFirstEvening(t *testing.T) {
	t.Parallel()
	p := Start(t)
	p.WaitFocus("Create. A new place, at home.")
	p.allReachable("the first page")
	p.Key("Return")
	p.WaitFocus("The name you use")
	p.allReachable("a new place")
	p.WaitFocus("The name you use")
	p.enter("Ada")
	p.WaitFocus("Where it is kept")
	p.Key("Return")
	p.WaitText("Six words that chance picked.")
	p.allReachable("six words")
	p.choose("I would rather use my own")
	p.WaitFocus("A passphrase of your own")
	p.allReachable("a passphrase of one's own")
	p.enter(ownWords)
	p.WaitFocus("Type it once more")
	p.enter("velvet harbour")
	p.WaitText("The two are not the same yet.")
	p.WaitFocus("Type it once more")
	p.Key("ctrl+a")
	p.enter(ownWords)
	p.WaitText(onToday)
	p.allReachable("Today")

	p.Key("ctrl+2")
	p.WaitText("A blank page, and no hurry")
	p.allReachable("the empty journal")
	p.Key("ctrl+n")
	p.WaitFocus("Write here.")
	p.Type("The kettle sang ")
	p.Key("Return")
	p.Type("and MARIGOLD said nothing for a while.")
	p.allReachable("writing")
	p.choose("Tags…")
	p.WaitText("Tags, with commas between them")
	p.allReachable("the sheet of tags")
	p.Key("Escape")
	p.WaitGone("Tags, with commas between them")
	p.choose("Change the date")
	p.WaitText("When is this about?")
	p.allReachable("the sheet of the date")
	p.Key("Escape")
	p.WaitGone("When is this about?")
	p.Key("ctrl+s")
	p.WaitText("Kept.")
	p.Key("ctrl+e")
	p.WaitFocus("Edit")
	p.WaitText("and MARIGOLD said nothing for a while.")
	p.allReachable("reading")
	p.Key("ctrl+f")
	p.WaitFocus("Search your own words")
	p.Type("nothing like this")
	p.WaitText("Nothing with these words")
	p.allReachable("a search without a find")
	p.tabTo("Search your own words")
	p.Key("ctrl+a")
	p.Type("marigold")
	p.WaitGone("Nothing with these words")
	p.WaitText("and MARIGOLD said nothing for a while.")

	p.lock()
	p.allReachable("the unlock page")
	p.unlock(ownWords)
	p.Key("ctrl+2")
	p.WaitText("and MARIGOLD said nothing for a while.")

	for _, page := range [][2]string{{"ctrl+3", "No line has been shared"}, {"ctrl+4", "Only you are here so far"}, {"ctrl+6", "Your words"}, {"ctrl+comma", "How it looks and reads"}} {
		p.Key(page[0])
		p.WaitText(page[1])
		p.allReachable(page[1])
	}
	p.readsOn("Ebb 0.")
	p.Key("ctrl+5")
	p.WaitText("Another ear")
	p.readsOn("Ctrl + Q")
	p.allReachable("help")

	words := p.invite()
	p.allReachable("the invitation")
	p.replacedBy(func() { p.choose("Lock now") })

	p.enter(words)
	p.WaitText("Already here: Ada.")
	p.allReachable("joining")
	p.Key("ctrl+q") // nothing was written: the words work again
	if code := p.WaitExit(); code != 0 {
		t.Errorf("the program ended with %d", code)
	}
	p.Again()
	p.join(words, "Bo", otherWords)
	p.Key("ctrl+2")
	p.WaitText("A blank page, and no hurry")
	p.Key("ctrl+f")
	p.WaitFocus("Search your own words")
	p.Type("marigold")
	p.WaitText("Nothing with these words")
	p.lock()
	p.enter(words) // they work once
	p.WaitText("This does not open anything here.")

	p.unlock(ownWords)
	p.Key("ctrl+2")
	p.WaitText("MARIGOLD")
	p.choose("Use one line…")
	p.WaitText("Ada and Bo will be able to read this")
	p.allReachable("sharing a line")
	p.choose("Share this line")
	p.WaitText("Shared.")
	p.lock()

	p.unlock(otherWords)
	p.Key("ctrl+3")
	p.WaitText("Ada and Bo can read this")
	p.WaitText("The kettle sang")
	p.allReachable("shared lines")
	if strings.Contains(p.Screen().Text(), "MARIGOLD") {
		t.Error("more was shared than the line")
	}
	p.Key("ctrl+2")
	p.WaitText("A blank page, and no hurry")
	p.Key("ctrl+q")
	if code := p.WaitExit(); code != 0 {
		t.Errorf("the program ended with %d", code)
	}
}
