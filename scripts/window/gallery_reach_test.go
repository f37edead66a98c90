//go:build realwindow && gallery

package window

import (
	"slices"
	"strings"

	"ebb/ui/kit/probe"
)

// reach brings the keyboard to one of several things on the page whose names begin so,
// counted from 0, in sight or not. It goes there in one jump, and then step by step where
// something on the way takes no focus.
func (g gallery) reach(name string, nth int) {
	g.t.Helper()
	order := func(s Screen) (all []probe.Spot, at, to int) {
		at, to = -1, -1
		found := 0
		for _, spot := range s.uppermost() {
			if !spot.Focusable || spot.Disabled {
				continue
			}
			if spot.Focused {
				at = len(all)
			}
			if strings.HasPrefix(known(spot), name) {
				if found == nth {
					to = len(all)
				}
				found++
			}
			all = append(all, spot)
		}
		return all, at, to
	}
	g.Wait(name+" on the page", func(s Screen) bool { _, _, to := order(s); return to >= 0 })
	all, at, to := order(g.Screen())
	if ways := (to - at + len(all)) % len(all); ways > 1 {
		g.Key(slices.Repeat([]string{"Tab"}, ways-1)...)
	}
	for range 2 * len(all) {
		if _, at, to = order(g.Screen()); at == to && at >= 0 {
			return
		}
		g.Key("Tab")
	}
	g.t.Fatalf("Tab does not come to %q; the screen reads:\n%s", name, g.Screen().Text())
}

// opens goes to one of several things of a name and presses Return.
func (g gallery) opens(name string, nth int) {
	g.t.Helper()
	g.reach(name, nth)
	g.Key("Return")
}

// segment chooses a word of a row of words by its place.
func (g gallery) segment(name string, place int) {
	g.t.Helper()
	g.reach(name, 0)
	g.Key("Home")
	g.Key(slices.Repeat([]string{"Right"}, place)...)
	g.Key("space")
}

// into goes to the page of an open case, which has this name on the caseload.
func (g gallery) into(name string) {
	g.t.Helper()
	g.Key("ctrl+1")
	g.WaitText("the lighthouse")
	g.opens(name, 0)
	g.WaitText("Who is part of it")
}

// room goes to a page that a case leads to, and waits for words on it.
func (g gallery) room(of, name, words string) {
	g.t.Helper()
	g.into(of)
	g.opens(name, 0)
	g.WaitText(words)
}
