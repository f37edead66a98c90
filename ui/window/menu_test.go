package window

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
)

// finds goes to the page of an exercise, past what is read once before the first that
// is for more than one.
func (p *person) finds(title string) {
	p.t.Helper()
	p.menu("Our menu")
	for !p.offers(title) && p.offers("Show more") {
		p.chooses("Show more")
	}
	p.chooses(title)
	if p.offers("Read it now") {
		p.chooses("Read it now")
		p.sees("no page here will mend that")
		p.chooses("I have read it")
	}
}

// opens answers the questions before an exercise and opens it for whoever sits there.
func (p *person) opens(title string) {
	p.t.Helper()
	p.finds(title)
	p.chooses("I’m open to this")
	p.answers()
}

// answers agrees to exercises, if that is asked, and says no to every question.
func (p *person) answers() {
	p.t.Helper()
	for range 10 {
		switch {
		case p.offers("I agree, for now"):
			p.chooses("I agree, for now")
		case p.offers("Yes, or not sure"):
			p.chooses("No")
		default:
			return
		}
	}
	p.t.Fatalf("the questions do not end:\n%s", p.reads())
}

// offers reports whether something of this label can be chosen.
func (p *person) offers(label string) bool {
	for _, o := range p.everything() {
		_, ok := o.(fyne.Focusable)
		if a, told := o.(fyne.Accessible); ok && told && (a.AccessibilityLabel() == label || strings.HasPrefix(a.AccessibilityLabel(), label+".")) {
			return true
		}
	}
	return false
}

// sitsDown lets Bo sit down beside Ada for an exercise.
func (p *person) sitsDown(title, passphrase string) {
	p.t.Helper()
	p.finds(title)
	p.chooses("Sit down for it")
	p.sees("Not here so far: Bo.")
	p.types(passphrase + "\n")
}

// T4: the page is the same, to the last pixel, whatever the reason is, and comes again
// that day; on another day, with everybody open to it, the run begins.
func TestScenarioT4(t *testing.T) {
	const title = "Stopping practice"
	var pages [][]byte
	for _, reason := range []func(t *testing.T, dir string){
		func(t *testing.T, dir string) { // only I opened it
			p := unlocked(t, dir, passA)
			p.opens(title)
			p.locks()
		},
		func(t *testing.T, dir string) { // only the other opened it
			p := unlocked(t, dir, passB)
			p.opens(title)
			p.locks()
		},
		func(*testing.T, string) {}, // nobody did
		func(t *testing.T, dir string) { // both did, and one took it back
			for _, passphrase := range []string{passA, passB} {
				p := unlocked(t, dir, passphrase)
				p.opens(title)
				if passphrase == passB {
					p.chooses("Take it back")
				}
				p.locks()
			}
		},
	} {
		p, dir := newHome(t)
		p.locks()
		joins(t, dir)
		reason(t, dir)
		for range 2 {
			p = unlocked(t, dir, passA)
			p.sitsDown(title, passB)
			p.sees("This one is resting.")
			p.seesNot(title)
			pages = append(pages, p.picture())
			p.chooses("Close")
			if len(p.replaced) != 1 {
				t.Error("the process that knew two people's keys goes on")
			}
		}
	}
	for i, page := range pages[1:] {
		samePicture(t, fmt.Sprint("resting ", i+1), page, pages[0])
	}

	p, dir := newHome(t)
	p.locks()
	joins(t, dir)
	startsSitting(t, dir, title).chooses("Put it back")
}

// startsSitting opens an exercise for both, day after day, until it begins.
func startsSitting(t *testing.T, dir, title string) (p *person) {
	t.Helper()
	for day := range 30 {
		for _, passphrase := range []string{passA, passB} {
			p = unlockedOn(t, dir, passphrase, day)
			p.opens(title)
			p.locks()
		}
		p = unlockedOn(t, dir, passA, day)
		p.sitsDown(title, passB)
		if p.offers("Pause, please   P") {
			return p
		}
		p.chooses("Close")
	}
	t.Fatal("both were open to it for thirty days, and it never began")
	return nil
}

// unlockedOn is unlocked, some days after the evening.
func unlockedOn(t *testing.T, dir, passphrase string, day int) *person {
	t.Helper()
	p := sit(t, filepath.Dir(dir), dir)
	p.now = evening.AddDate(0, 0, day)
	p.types(passphrase + "\n")
	p.sees("Good evening.")
	return p
}

// A run by single keys, from its first page to its last.
func TestRunByKeys(t *testing.T) {
	p, _ := newHome(t)
	p.finds("Six quiet minutes")
	p.chooses("Begin")
	for _, key := range []fyne.KeyName{fyne.KeyReturn, fyne.KeyReturn, fyne.KeyRight, fyne.KeyLeft} {
		p.presses(key)
		p.sees("Pause, please")
		p.sees("Anyone may stop.")
	}
	p.presses(fyne.KeyP)
	p.sees("A pause.")
	p.chooses("Go on")
	p.presses(fyne.KeyS)
	p.sees("It has ended.")
	p.seesNot("Pause, please")
	p.chooses("Write something for myself")
	p.sees("Six quiet minutes")
	p.menu("Today")
	p.locks()
}

// The timer shows what is left and moves nothing by itself.
func TestRunTimer(t *testing.T) {
	p, _ := newHome(t)
	p.finds("Six quiet minutes")
	p.chooses("Begin")
	for !p.offers("Let a dial keep 3 minutes") {
		p.presses(fyne.KeyRight)
		if p.offers("Write something for myself") {
			t.Fatal("no step offers a dial")
		}
	}
	p.chooses("Let a dial keep 3 minutes")
	p.sees("3 minutes")
	p.now = p.now.Add(time.Minute + time.Second)
	p.wait()
	p.sees("2 minutes")
	p.now = p.now.Add(2 * time.Minute)
	p.wait()
	p.sees("Time")
	p.wait() // and no more
	p.presses(fyne.KeyRight)
	p.locks()
}

// A crash in the middle of a run: it is offered again, at its step.
func TestRunIsOfferedAgain(t *testing.T) {
	p, dir := newHome(t)
	p.finds("Six quiet minutes")
	p.chooses("Begin")
	p.presses(fyne.KeyRight)
	p.presses(fyne.KeyRight)
	p.presses(fyne.KeyRight)
	step := p.reads()
	p.locks()
	p = unlocked(t, dir, passA)
	p.sees("There is something you were in the middle of")
	p.chooses("Go on")
	if got := p.reads(); got != step {
		t.Errorf("gone on with\n%s\nwant\n%s", got, step)
	}
	p.chooses("Put it back")
	p.locks()
	p = unlocked(t, dir, passA)
	p.seesNot("There is something")
}
