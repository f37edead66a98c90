//go:build realwindow && gallery

package window

import (
	"slices"
	"strings"
	"testing"

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

// walks are parts of a practice that are taken one after the other, each in a fresh copy
// of the demo's and in every look.
func walks(t *testing.T, parts map[string]func(gallery, string)) {
	for suffix, preferences := range looks {
		for name, walk := range parts {
			t.Run(name+suffix, func(t *testing.T) {
				g := openOffice(t, preferences)
				g.WaitFocus("Passphrase")
				g.enter(officeWords)
				g.waitThere(two)
				walk(g, suffix)
			})
		}
	}
}

// What cases of the demo are called on the caseload.
const (
	two   = "K-03. the lighthouse"
	three = "K-11. the greenhouse"
	four  = "K-26. after the phone call"
)

// into goes to the page of an open case.
func (g gallery) into(name string) {
	g.t.Helper()
	g.Key("ctrl+1")
	g.waitThere(name)
	g.opens(name, 0)
	g.waitThere("New note")
}

// room goes to a page that a case leads to, whose way there begins so.
func (g gallery) room(of, name string) {
	g.t.Helper()
	g.into(of)
	g.opens(name, 0)
	g.Wait("the room "+name, func(s Screen) bool {
		return !slices.ContainsFunc(s.uppermost(), func(spot probe.Spot) bool { return spot.Label == "New note" })
	})
}

// named are the things on the page that are called so.
func (s Screen) named(name string) (all []probe.Spot) {
	for _, spot := range s.uppermost() {
		if spot.Focusable && known(spot) == name {
			all = append(all, spot)
		}
	}
	return all
}
