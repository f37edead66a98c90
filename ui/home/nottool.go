package home

import (
	"context"

	"fyne.io/fyne/v2"

	"ebb/exercises"
	"ebb/ui/kit"
	"ebb/ui/lang"
	store "ebb/vault/home"
)

// readsFirst reports whether this person has still to read when exercises are not the
// right tool: once, before the first that is for more than one.
func (p *ExercisePage) readsFirst() bool {
	if p.item.Who == exercises.Alone {
		return false
	}
	read, err := p.d.Home.Settings.Marked(context.Background(), store.MarkNotTool)
	if err != nil {
		p.d.Failed(err)
	}
	return !read
}

// notToolCard leads to that page. Everybody meets it, so that it says nothing about
// who does.
func (p *ExercisePage) notToolCard() fyne.CanvasObject {
	read := kit.NewButton(kit.Plain, lang.T("exercise.read-first"), func() { p.d.Show(newNotTool(p.d, p.item)) })
	return kit.NewCard(kit.Column(kit.SpaceM,
		kit.Start(kit.NewAudiencePill(p.d.reader(), lang.T("exercise.only-you-page"))),
		kit.NewText(kit.Sub, p.d.Home.Menu.Library().Texts().NotTool.Title),
		kit.NewText(kit.Body, lang.T("exercise.read-first-about")),
		kit.Start(read)))
}

// NotToolPage is that page, read by one person alone.
type NotToolPage struct {
	d       Desk
	content fyne.CanvasObject
	first   fyne.Focusable
}

func newNotTool(d Desk, item store.Item) *NotToolPage {
	p := &NotToolPage{d: d}
	back := func() { d.Show(newExercise(d, item)) }
	read := kit.NewButton(kit.Plain, lang.T("exercise.have-read"), func() {
		if err := d.Home.Settings.SetMark(context.Background(), store.MarkNotTool, true); err != nil {
			d.Failed(err)
			return
		}
		back()
	})
	page := d.Home.Menu.Library().Texts().NotTool
	rows := []fyne.CanvasObject{
		kit.Start(kit.NewAudiencePill(d.reader(), lang.T("exercise.only-you-page"))),
		kit.NewText(kit.Title, page.Title),
	}
	for _, text := range page.Paragraphs {
		rows = append(rows, kit.NewText(kit.Body, text))
	}
	rows = append(rows, pair(read, kit.NewButton(kit.Plain, lang.T("window.rail.help"), d.Help)))
	up := kit.NewButton(kit.Quiet, item.Title, back).WithIcon(kit.IconBack)
	p.first = up // at the top, so that the page is read from its beginning
	p.content = kit.NewFrame(kit.Column(kit.SpaceL, flush(kit.Start(up)), kit.Middle(640, kit.NewCard(kit.Column(kit.SpaceL, rows...)))))
	return p
}

// Content implements [Page].
func (p *NotToolPage) Content() fyne.CanvasObject { return p.content }

// First implements [Page].
func (p *NotToolPage) First() fyne.Focusable { return p.first }

// Leave implements [Page].
func (p *NotToolPage) Leave(bool) func(context.Context) error { return nothing }
