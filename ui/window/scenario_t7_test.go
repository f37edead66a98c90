package window

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// marksPain is what Ada does about pain, for herself alone.
func (p *person) marksPain() {
	p.t.Helper()
	p.menu("Our menu")
	p.chooses("My part")
	p.sees("Only you can see this")
	p.chooses("Touch hurts, or something in my body has changed: Not marked")
}

// says reports whether a text stands on the screen.
func (p *person) says(text string) bool {
	return strings.Contains(strings.ReplaceAll(p.reads(), "\n", " "), text)
}

// T7, at home: pain that somebody marks, and an answer about it, show in their own view
// of the menu and nowhere else. Everybody is asked about pain before what comes close,
// marked or not.
func TestScenarioT7(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "Ebb")
	const asked = "Has touch or sex hurt lately"
	worlds := map[string]func(*person){
		"marked nothing": func(*person) {},
		"marked pain": func(p *person) {
			p.marksPain()
			p.menu("Our menu")
			p.sees("The gentler limit leads")
			p.chooses("Questions for my clinician")
			p.sees("I would like to be spoken to alone.")
			p.chooses("Close")
			p.finds(offeredTitle)
			p.sees("The gentler limit leads")
		},
		"said yes to the question": func(p *person) {
			p.finds(offeredTitle)
			p.chooses("I’m open to this")
			p.chooses("I agree, for now")
			for !p.says(asked) {
				p.chooses("No")
			}
			p.chooses("Yes, or not sure")
			p.sees("Another day, then.")
			p.chooses("Questions for my clinician")
			p.sees("I would like to be spoken to alone.")
			p.chooses("Close")
		},
	}
	pages, seen := map[string][]byte{}, map[string]map[string]string{}
	for name, ada := range worlds {
		dir := atHome(t, folder)
		p := unlocked(t, dir, passA)
		ada(p)
		p.locks()
		// Bo, who marked nothing, is asked the same.
		p = unlocked(t, dir, passB)
		p.finds(offeredTitle)
		p.chooses("I’m open to this")
		p.chooses("I agree, for now")
		for !p.says(asked) {
			p.chooses("No")
		}
		p.answers()
		p.sees("You are open to this today.")
		p.locks()
		seen[name] = screens(t, dir, passB)
		pages[name] = rests(t, dir, offeredTitle)
	}
	for name, got := range seen {
		sameScreens(t, "Ada "+name, got, seen["marked nothing"])
		samePicture(t, "resting, Ada "+name, pages[name], pages["marked nothing"])
	}
}

// What somebody takes along to a clinician: the questions, and the page of their own
// body's news. The files' names say nothing.
func TestPainOnPaper(t *testing.T) {
	p, _ := newHome(t)
	paper := t.TempDir()
	saves := func(name string) {
		t.Helper()
		p.chooses("Save as PDF…")
		p.chooses("Choose a folder…")
		p.focusOn("Folder or file")
		p.clears()
		p.types(paper + "\n")
		p.sees("Saved as " + name + ".")
		text, err := os.ReadFile(filepath.Join(paper, name))
		if err != nil || !bytes.HasPrefix(text, []byte("%PDF-")) || bytes.Contains(text, []byte("Ada")) {
			t.Errorf("%s: %v", name, err)
		}
	}
	p.marksPain()
	p.menu("Our menu")
	p.chooses("Questions for my clinician")
	saves("sheet.pdf")
	p.menu("Our menu")
	p.chooses("Body news")
	saves("sheet-2.pdf")
	p.locks()
}
