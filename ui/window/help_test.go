package window

import (
	"path/filepath"
	"testing"

	"fyne.io/fyne/v2"
)

// The pages for hard moments can be read by everybody from the help, before unlocking
// as well as after, and look the same for everybody.
func TestPagesToReadByYourself(t *testing.T) {
	read := func(p *person) (all string) {
		p.menu("Help & contacts")
		p.sees("Pages to read by yourself")
		for title, holds := range map[string]string{
			"When this is not the right tool":                   "doing exercises together can make it worse",
			"A stop that was not heard":                         "Repair pages are not for this.",
			"When a stop was not heard: looking after yourself": "Are you safe now?",
			"Questions for my clinician":                        "I would like to be spoken to alone.",
		} {
			p.chooses(title)
			p.sees("it is not kept")
			p.reaches(holds)
			p.chooses("Help & contacts")
			p.sees("Pages to read by yourself")
		}
		for _, text := range []string{"one day in eight", "about three in four", "It cannot keep a secret"} {
			p.reaches(text)
		}
		return p.reads()
	}
	p, dir := newHome(t)
	open := read(p)
	p.locks()
	p = sit(t, filepath.Dir(dir), dir)
	p.sees("Welcome back.")
	locked := read(p)
	p.chooses("Back")
	p.sees("Welcome back.")
	if open == "" || locked == "" {
		t.Error("nothing was read")
	}
}

// reaches reads on, page by page, until a text comes into sight.
func (p *person) reaches(text string) {
	p.t.Helper()
	down := &fyne.KeyEvent{Name: fyne.KeyPageDown}
	for range 40 {
		if p.says(text) {
			return
		}
		if f := p.w.Canvas().Focused(); f != nil {
			f.TypedKey(down)
		} else {
			p.w.Canvas().OnTypedKey()(down)
		}
	}
	p.t.Fatalf("Page Down does not bring %q into sight; the screen says:\n%s", text, p.reads())
}
