package page

import (
	"fyne.io/fyne/v2"

	"ebb/ui/kit"
)

// Question is asked on a sheet above the page.
type Question struct {
	Title, About string
	Body         []fyne.CanvasObject // between the question and its answers
	Verb, Cancel string
	Destroys     bool // outlines the verb in the colour of what destroys
	Yes          func()
	Keep         func() bool    // decides after Yes whether the sheet stays; nil: it does not
	Stays        func() bool    // asked before Escape puts the sheet away; true keeps it, and has said why
	First        fyne.Focusable // what has the keyboard first; nil means the answer that changes nothing
}

// Ask puts a question on a canvas. The answer that changes nothing has the keyboard
// first, and Escape gives it.
func Ask(c fyne.Canvas, q Question) {
	var sheet *kit.Sheet
	no := kit.NewButton(kit.Plain, q.Cancel, func() { sheet.Close() })
	kind := kit.Plain
	if q.Destroys {
		kind = kit.Danger
	}
	yes := kit.NewButton(kind, q.Verb, func() {
		q.Yes()
		if q.Keep == nil || !q.Keep() {
			sheet.Close()
		}
	})
	var rows []fyne.CanvasObject
	if q.About != "" {
		rows = append(rows, kit.NewText(kit.Body, q.About).In(kit.ColorMuted))
	}
	rows = append(rows, q.Body...)
	if q.First == nil {
		q.First = no
	}
	sheet = kit.NewSheet(q.Title, kit.Column(kit.SpaceL, rows...), q.First, yes, no)
	sheet.Stays = q.Stays
	sheet.Open(c)
}

// PutAway closes every sheet above a page: what a sheet asks or shows goes with what it
// was about.
func PutAway(c fyne.Canvas) {
	for _, o := range c.Overlays().List() {
		if s, ok := o.(*kit.Sheet); ok {
			s.Close()
		}
	}
}

// Tell lays parts over the page until they are put away again.
func Tell(c fyne.Canvas, title, verb string, parts ...fyne.CanvasObject) {
	var sheet *kit.Sheet
	done := kit.NewButton(kit.Plain, verb, func() { sheet.Close() })
	sheet = kit.NewSheet(title, kit.Column(kit.SpaceL, parts...), done, done)
	sheet.OpenAtTop(c)
}
