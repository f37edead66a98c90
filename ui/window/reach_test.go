package window

import (
	"fmt"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"

	"ebb/exercises"
	store "ebb/vault/home"
)

// Texts that break layouts: a long name, a long word, two directions of writing,
// characters of many parts.
var (
	longName = strings.Repeat("Wilhelmina-", 7) + "Zoë"
	longWord = strings.Repeat("Donaudampfschiff", 12)
	mixed    = "Ada שלום مرحبا 日本語 😀🌊🏡"
)

// wide is wider than any window.
const wide = 1e6

// A box is a text where it can be seen.
type box struct {
	text                     string
	left, top, right, bottom float32
	height                   float32 // of the whole, also where it is cut off
}

func (b box) cut(c box) box {
	return box{b.text, max(b.left, c.left), max(b.top, c.top), min(b.right, c.right), min(b.bottom, c.bottom), b.height}
}

// boxes lists the texts below o that can be seen within clip, where they are drawn.
func boxes(o fyne.CanvasObject, at fyne.Position, clip box, all []box) []box {
	if o == nil || !o.Visible() {
		return all
	}
	at = at.Add(o.Position())
	place := box{"", at.X, at.Y, at.X + o.Size().Width, at.Y + o.Size().Height, o.Size().Height}
	switch o := o.(type) {
	case *canvas.Text:
		place.right = place.left + o.MinSize().Width
		place.text = o.Text
		if place = place.cut(clip); strings.TrimSpace(o.Text) == "" || place.left >= place.right || place.top >= place.bottom {
			return all
		}
		return append(all, place)
	case *fyne.Container:
		for _, child := range o.Objects {
			all = boxes(child, at, clip, all)
		}
	case fyne.Widget:
		switch o.(type) {
		case interface{ SelectedText() string }: // a field cuts off what it holds
			clip = place.cut(clip)
		case *container.Scroll, *container.Clip: // what leaves these at a side would be cut off
			clip.top, clip.bottom = max(clip.top, place.top), min(clip.bottom, place.bottom)
		}
		for _, child := range test.WidgetRenderer(o).Objects() {
			all = boxes(child, at, clip, all)
		}
	}
	return all
}

// uppermost is what the person can use: the highest sheet, or the page.
func (p *person) uppermost() fyne.CanvasObject {
	c := p.w.Canvas()
	if top := c.Overlays().Top(); top != nil {
		return top
	}
	return c.Content()
}

// tidy looks for texts that lie over each other, or leave the window at its sides.
func (p *person) tidy(page string) {
	p.t.Helper()
	size := p.w.Canvas().Size()
	all := boxes(p.uppermost(), fyne.Position{}, box{"", -wide, 0, wide, size.Height, size.Height}, nil)
	if len(all) < 3 {
		p.t.Errorf("%s: %d texts", page, len(all))
	}
	for i, a := range all {
		if a.left < -1 || a.right > size.Width+1 {
			p.t.Errorf("%s: %q leaves the window: from %v to %v of %v", page, a.text, a.left, a.right, size.Width)
		}
		for _, b := range all[:i] {
			both := a.cut(b)
			if across, down := both.right-both.left, both.bottom-both.top; across > 1 && down > min(a.height, b.height)/2 {
				p.t.Errorf("%s: %v and %v lie over each other", page, a, b)
			}
		}
	}
}

// tabs walks once around with Tab, and compares what had the keyboard with what can be
// pressed or written in. Whatever had it must have been in sight.
func (p *person) tabs(page string) {
	p.t.Helper()
	c := p.w.Canvas()
	waiting := map[fyne.Focusable]string{}
	for _, o := range walk(p.uppermost(), nil) {
		f, ok := o.(fyne.Focusable)
		if d, can := o.(fyne.Disableable); ok && !(can && d.Disabled()) {
			name := fmt.Sprintf("%T", o)
			if a, told := o.(fyne.Accessible); told {
				name = a.AccessibilityLabel()
			}
			waiting[f] = name
		}
	}
	if len(waiting) < 3 {
		p.t.Errorf("%s: only %d can have the keyboard", page, len(waiting))
	}
	size := c.Size()
	for range len(waiting) {
		c.FocusNext()
		f := c.Focused()
		if f == nil {
			p.t.Errorf("%s: Tab goes nowhere", page)
			return
		}
		o := f.(fyne.CanvasObject)
		at := fyne.CurrentApp().Driver().AbsolutePositionForObject(o)
		if mid := at.Y + o.Size().Height/2; mid < 0 || mid > size.Height {
			p.t.Errorf("%s: %q has the keyboard out of sight, at %v", page, waiting[f], at)
		}
		delete(waiting, f)
	}
	for _, name := range waiting {
		p.t.Errorf("%s: Tab does not come to %q", page, name)
	}
}

// hardExercise has texts that break layouts in every field.
func hardExercise(t *testing.T, id string) []byte {
	t.Helper()
	l, err := exercises.English()
	if err != nil {
		t.Fatal(err)
	}
	e := *l.Find("A1")
	e.ID, e.Title, e.Purpose = id, longWord+" "+mixed, mixed+" "+longWord
	e.Consent, e.Opening, e.LeaveIt = longWord, mixed+longWord, longWord+" "+longName
	e.Needs, e.DrawsOn = []string{longWord, mixed}, []string{longName}
	e.Steps = []exercises.Step{{Title: longWord, Text: mixed + "\n\n" + longWord, Minutes: 240, Alone: true}, {Title: mixed, Text: longName}}
	e.Variations = exercises.Variations{Tired: longWord, Distance: mixed, Body: longName, Calm: longWord}
	e.After = exercises.After{Closing: longWord, Stop: mixed, Badly: longName, Reflect: []string{longWord, mixed}, Literal: longWord}
	text, err := e.Encode()
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// Every page around the menu holds hard texts without a fault and can be walked with
// Tab alone, also at 200 % in the smallest window.
func TestMenuPagesHoldHardTexts(t *testing.T) {
	p, dir := newHome(t)
	p.locks()
	joins(t, dir)
	title := longWord + " " + mixed
	within(t, dir, passB, func(h *store.Home) {
		ctx := t.Context()
		for _, err := range []error{
			h.People.SetMe(ctx, store.Profile{Name: longName, Pronouns: mixed, About: longWord}),
			h.Menu.Set(ctx, offered, store.Offered, longWord+" "+mixed),
			h.Menu.Set(ctx, "A2", store.Resting, ""),
			h.Menu.Issue(ctx, store.Document{Name: store.ExercisesConsent, Version: 987654321, Title: longWord, Summary: mixed + longWord, Text: longWord + " " + mixed}),
		} {
			if err != nil {
				t.Fatal(err)
			}
		}
		if _, err := h.Menu.Add(ctx, hardExercise(t, "own-hard")); err != nil {
			t.Fatal(err)
		}
	})
	unlocked(t, dir, passA).locks() // hears that somebody joined
	p = unlocked(t, dir, passA)
	p.marksPain()
	for _, percent := range []int{100, 200} {
		p.w.setTextSize(percent)
		for _, page := range []struct {
			name string
			show func()
		}{
			{"our menu", func() { p.menu("Our menu") }},
			{"an exercise", func() { p.menu("Our menu"); p.chooses(title) }},
			{"what comes first", func() {
				if p.offers("Read it now") {
					p.chooses("Read it now")
				}
			}},
			{"an exercise that is opened", func() {
				if p.offers("I have read it") {
					p.chooses("I have read it")
				}
				p.finds(offeredTitle)
			}},
			{"opening", func() { p.chooses("I’m open to this") }},
			{"sitting down", func() { p.finds(offeredTitle); p.chooses("Sit down for it") }},
			{"changes", func() { p.menu("Our menu"); p.chooses("Resting, and what changed") }},
			{"my part", func() { p.menu("Our menu"); p.chooses("My part") }},
			{"cards", func() { p.menu("Our menu"); p.chooses("Good to know") }},
			{"an exercise of one’s own", func() { p.finds(title); p.chooses("Change it…") }},
			{"saving as PDF", func() { p.finds(title); p.chooses("Save as PDF…") }},
			{"consents", func() { p.chooses("Close"); p.menu("My data"); p.chooses("See what I said") }},
			{"help", func() { p.menu("Help & contacts") }},
			{"a page of the help", func() { p.chooses("A stop that was not heard") }},
		} {
			page.show()
			name := fmt.Sprintf("%s at %d %%", page.name, percent)
			p.w.win.Resize(fyne.NewSize(900, 640)) // the window can not be smaller
			p.tidy(name)
			p.tabs(name)
			p.w.win.Resize(fyne.NewSize(900, 30_000)) // and all of it at once
			p.tidy(name)
		}
	}
	p.locks()
}
