package window

import (
	"fmt"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"ebb/exercises"
	"ebb/ui/kit"
	store "ebb/vault/home"
)

// chip finds a chip of the menu.
func (p *person) chip(label string) *kit.Chip {
	p.t.Helper()
	for _, o := range p.everything() {
		if c, ok := o.(*kit.Chip); ok && strings.HasPrefix(c.AccessibilityLabel(), label) {
			return c
		}
	}
	p.t.Fatalf("no chip %q; the screen says:\n%s", label, p.reads())
	return nil
}

// cards are the cards of the menu that have a place on the page.
func (p *person) cards() (laid []*kit.MenuCard) {
	for _, o := range p.everything() {
		if c, ok := o.(*kit.MenuCard); ok && c.Size().Height > 0 {
			laid = append(laid, c)
		}
	}
	return laid
}

// A menu with five hundred exercises of people's own: from the press on a filter to the
// cards in their places.
func BenchmarkFilterFiveHundred(b *testing.B) {
	l, err := exercises.English()
	if err != nil {
		b.Fatal(err)
	}
	p, dir := newHome(b)
	p.locks()
	within(b, dir, passA, func(h *store.Home) {
		for i := range 500 {
			e := *l.All()[i%len(l.All())]
			e.ID, e.Title, e.Closeness, e.Gate = fmt.Sprintf("own-%03d", i), fmt.Sprintf("%s, %d", e.Title, i), 0, exercises.Self
			text, err := e.Encode()
			if err != nil {
				b.Fatal(err)
			}
			if _, err := h.Menu.Add(b.Context(), text); err != nil {
				b.Fatal(err)
			}
		}
	})
	p = unlocked(b, dir, passA)
	p.menu("Our menu")
	low := p.chip("Low")
	before := len(p.cards())
	for b.Loop() {
		low.Tapped(&fyne.PointEvent{})
	}
	if after := len(p.cards()); before != 24 || after != 24 {
		b.Errorf("%d cards on the page before, and %d after", before, after)
	}
}
