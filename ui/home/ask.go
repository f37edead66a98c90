package home

import (
	"fyne.io/fyne/v2"

	"ebb/ui/kit"
)

// question is asked on a sheet above the page.
type question struct {
	title, about string
	body         []fyne.CanvasObject // between the question and its answers
	verb, cancel string
	// destroys outlines the verb in the colour of what destroys.
	destroys bool
	yes      func()
	// keep, if set, decides after yes whether the sheet stays.
	keep  func() bool
	first fyne.Focusable // what has the keyboard first; nil means the answer that changes nothing
}

// ask puts a question. The answer that changes nothing has the keyboard first, and
// Escape gives it.
func ask(d Desk, q question) {
	var sheet *kit.Sheet
	no := kit.NewButton(kit.Plain, q.cancel, func() { sheet.Close() })
	kind := kit.Plain
	if q.destroys {
		kind = kit.Danger
	}
	yes := kit.NewButton(kind, q.verb, func() {
		q.yes()
		if q.keep == nil || !q.keep() {
			sheet.Close()
		}
	})
	var rows []fyne.CanvasObject
	if q.about != "" {
		rows = append(rows, kit.NewText(kit.Body, q.about).In(kit.ColorMuted))
	}
	rows = append(rows, q.body...)
	if q.first == nil {
		q.first = no
	}
	sheet = kit.NewSheet(q.title, kit.Column(kit.SpaceL, rows...), q.first, yes, no)
	sheet.Open(d.Canvas)
}

// tell lays parts over the page until they are put away again.
func tell(d Desk, title, verb string, parts ...fyne.CanvasObject) {
	var sheet *kit.Sheet
	done := kit.NewButton(kit.Plain, verb, func() { sheet.Close() })
	sheet = kit.NewSheet(title, kit.Column(kit.SpaceL, parts...), done, done)
	sheet.OpenAtTop(d.Canvas)
}
