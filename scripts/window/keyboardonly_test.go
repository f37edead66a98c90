//go:build realwindow

package window

import (
	"bytes"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"ebb/ui/kit/probe"
)

// known is how a spot is recognised while it moves with what is scrolled.
func known(s probe.Spot) string {
	if s.Label != "" {
		return s.Label
	}
	return s.Text
}

// uppermost are the spots of the highest layer: what a sheet covers can not be
// used.
func (s Screen) uppermost() (spots []probe.Spot) {
	for _, w := range s.Windows {
		top := 0
		for _, spot := range w.Spots {
			top = max(top, spot.Layer)
		}
		for _, spot := range w.Spots {
			if spot.Layer == top {
				spots = append(spots, spot)
			}
		}
	}
	return spots
}

// enter types a line and ends it with the Return key.
func (p *Program) enter(line string) {
	p.t.Helper()
	if line != "" {
		p.Type(line)
	}
	p.Key("Return")
}

// tabTo presses Tab until what is called name has the keyboard.
func (p *Program) tabTo(name string) {
	p.t.Helper()
	s := p.Screen()
	for range s.uppermost() {
		if spot, ok := s.Focused(); ok && strings.HasPrefix(known(spot), name) && !spot.Disabled {
			return
		}
		p.Key("Tab")
		s = p.Screen()
	}
	p.t.Fatalf("Tab does not come to %q; the screen reads:\n%s", name, s.Text())
}

// choose goes to what is called name and presses Return.
func (p *Program) choose(name string) {
	p.t.Helper()
	p.tabTo(name)
	p.Key("Return")
}

// allReachable walks through the page with Tab, once around, and compares what
// had the keyboard with what can be pressed or written in. What had the keyboard
// must have been in sight.
func (p *Program) allReachable(page string) {
	p.t.Helper()
	s := p.Screen()
	var want []string
	var lists []probe.Spot
	for _, spot := range s.uppermost() {
		if spot.Focusable && !spot.Disabled {
			want = append(want, known(spot))
		}
		if spot.Kind == "*kit.PagedList" {
			lists = append(lists, spot)
		}
	}
	for _, spot := range s.uppermost() {
		if spot.Press && !spot.Focusable && !spot.Disabled && !byOtherKeys(spot, lists) {
			p.t.Errorf("%s: %s %q can be pressed and never has the keyboard", page, spot.Kind, known(spot))
		}
	}
	var got []string
	for range want {
		p.Key("Tab")
		spot, ok := p.Screen().Focused()
		if !ok {
			p.t.Errorf("%s: after %q Tab goes nowhere", page, got)
			return
		}
		if spot.Clipped {
			p.t.Errorf("%s: %q has the keyboard out of sight", page, known(spot))
		}
		got = append(got, known(spot))
	}
	slices.Sort(want)
	slices.Sort(got)
	if !slices.Equal(got, want) {
		p.t.Errorf("%s: Tab goes to\n%q, but the page has\n%q", page, got, want)
	}
}

// byOtherKeys reports whether a spot has keys of its own: the row of a list and the
// scroll bar have the arrows, the ground of a sheet has Escape.
func byOtherKeys(spot probe.Spot, lists []probe.Spot) bool {
	if spot.Kind == "*widget.scrollBarArea" || spot.Kind == "*kit.Sheet" {
		return true
	}
	return slices.ContainsFunc(lists, func(list probe.Spot) bool {
		return spot.X >= list.X && spot.X+spot.Width <= list.X+list.Width
	})
}

// readsOn presses Page Down until text has come into sight.
func (p *Program) readsOn(text string) {
	p.t.Helper()
	for before := ""; ; {
		s := p.Screen()
		if s.Shows(text) {
			return
		}
		if now := fmt.Sprint(s.Windows); now != before {
			before = now
		} else {
			p.t.Fatalf("Page Down does not bring %q into sight; the screen reads:\n%s", text, s.Text())
		}
		p.Key("Next")
	}
}

// threads lists the threads of a process. Those of before go when the process is
// replaced by another program, but for the first, which has the process's id.
func threads(t testing.TB, process int) (ids []string) {
	t.Helper()
	entries, err := os.ReadDir(fmt.Sprintf("/proc/%d/task", process))
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if e.Name() != fmt.Sprint(process) {
			ids = append(ids, e.Name())
		}
	}
	return ids
}

// replacedBy does what leads to the unlock page, and makes sure that the program
// was started anew: not one thread is left that knew what was open.
func (p *Program) replacedBy(do func()) {
	p.t.Helper()
	process := p.Screen().Process
	before := threads(p.t, process)
	do()
	p.WaitFocus("Passphrase")
	p.WaitText("Welcome back.")
	s := p.Screen()
	if s.Process != process {
		return // a new one altogether, as on Windows
	}
	if words, err := os.ReadFile(fmt.Sprintf("/proc/%d/cmdline", process)); err != nil || bytes.Count(words, []byte{0}) != 1 {
		p.t.Errorf("the program was started anew as %q, %v: its name alone tells nothing", words, err)
	}
	for _, id := range threads(p.t, process) {
		if slices.Contains(before, id) {
			p.t.Errorf("thread %s is left of the program that was open", id)
		}
	}
}

// lock locks with the shortcut.
func (p *Program) lock() {
	p.t.Helper()
	p.replacedBy(func() { p.Key("ctrl+l") })
}

// unlock opens the vault whose unlock page is shown.
func (p *Program) unlock(passphrase string) {
	p.t.Helper()
	p.WaitFocus("Passphrase")
	p.enter(passphrase)
	p.WaitText(onToday)
}
