//go:build realwindow

package window

import (
	"strings"
	"testing"

	"ebb/ui/kit/probe"
)

// Texts that break layouts: a long name, long words, two directions of writing,
// characters of many parts.
var (
	longName = strings.Repeat("Wilhelmina-", 7) + "Zoë" // 80 characters
	mixed    = "Ada שלום مرحبا 日本語 😀🌊🏡"
	longWord = strings.Repeat("Donaudampfschiff", 12)
)

// tidy fails the test if two texts that can be seen lie over each other, or one
// leaves the window, which is 900 wide, at its side.
func (p *Program) tidy(page string) {
	p.t.Helper()
	p.Screen() // what was under way is laid out
	s := p.Screen()
	var texts []probe.Spot
	const width = 900
	for _, spot := range s.uppermost() {
		if spot.Kind != "*kit.Text" && !spot.Press || spot.Text == "" || spot.Clipped || spot.Kind == "*kit.Sheet" {
			continue
		}
		if spot.X < 0 || spot.X+spot.Width > width {
			p.t.Errorf("%s: %q leaves the window: from %v to %v", page, spot.Text, spot.X, spot.X+spot.Width)
		}
		for _, other := range texts {
			across := min(spot.X+spot.Width, other.X+other.Width) - max(spot.X, other.X)
			down := min(spot.Y+spot.Height, other.Y+other.Height) - max(spot.Y, other.Y)
			if across > 1 && down > 1 {
				p.t.Errorf("%s: %q (%s) and %q (%s) lie over each other", page, spot.Text, spot.Kind, other.Text, other.Kind)
			}
		}
		texts = append(texts, spot)
	}
}

// Every page holds hard texts without a fault, also at 200 % in the smallest
// window.
func TestHardTexts(t *testing.T) {
	t.Parallel()
	p := StartWith(t, Options{Size: "900x640"}) // the window can not be smaller
	p.tidy("the first page")
	p.createHome(longName, ownWords)
	words := p.invite()
	p.tidy("the invitation")
	p.replacedBy(func() { p.choose("Lock now") })
	p.tidy("unlocking")
	p.join(words, mixed, otherWords)

	p.Key("ctrl+4")
	p.WaitText("Change mine")
	p.choose("Change mine")
	p.WaitFocus("The name you use")
	p.tidy("changing a profile")
	p.tabTo("Pronouns, if you like")
	p.Type("they/them/שלום 😀")
	p.tabTo("What you would like to be known about you here")
	p.Type(longWord + " " + mixed)
	p.choose("Save")
	p.WaitText("Saved.")

	p.Key("ctrl+n")
	p.WaitFocus("Write here.")
	p.Type("# " + longWord)
	p.Key("Return", "Return")
	p.Type(mixed + " – שלום – " + longWord)
	p.Key("Return")
	p.Type("> مرحبا " + mixed)
	p.Key("ctrl+s")
	p.WaitText("Kept.")
	p.choose("Use one line…")
	p.WaitText("will be able to read this")
	p.tidy("sharing a line")
	p.choose("Share this line")
	p.WaitText("Shared.")
	p.WaitGone("Shared. It is on the page") // it lies over the page for a while

	for _, size := range []string{"100", "200"} {
		if size == "200" {
			p.Key("ctrl+1", "ctrl+equal", "ctrl+equal", "ctrl+equal")
		}
		for _, page := range []string{"ctrl+1", "ctrl+2", "ctrl+3", "ctrl+4", "ctrl+5", "ctrl+6", "ctrl+7", "ctrl+comma"} {
			p.Key(page)
			p.tidy(page + " at " + size)
			p.Picture("hard-" + page + "-" + size)
		}
		p.Key("ctrl+2")
		p.WaitFocus("Journal")
		p.Key("Down", "Return")
		p.tidy("reading at " + size)
		p.Picture("hard-reading-" + size)
		p.Key("ctrl+e")
		p.WaitFocus("Write here.")
		p.tidy("writing at " + size)
		p.Picture("hard-writing-" + size)
	}
	p.lock()
	p.enter("no such words")
	p.WaitText("This does not open anything here.")
	p.tidy("a wrong passphrase at 200")
	p.Picture("hard-wrong-200")
}
