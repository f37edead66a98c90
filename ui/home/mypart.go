package home

import (
	"context"
	"io"

	"fyne.io/fyne/v2"

	"ebb/exercises"
	"ebb/ui/kit"
	"ebb/ui/lang"
	"ebb/ui/print"
	store "ebb/vault/home"
)

// MyPartPage is what one person sets about the menu for themselves: nothing of it
// shows anywhere else.
type MyPartPage struct {
	still
	d       Desk
	content *kit.Container
}

func newMyPart(d Desk) *MyPartPage {
	p := &MyPartPage{d: d, content: kit.Stretch(kit.Spacer())}
	ctx := context.Background()
	rests, err := d.Home.Menu.MineRest(ctx)
	if err != nil {
		d.Failed(err)
	}
	rest := kit.NewSwitch(lang.T("part.rest"), lang.T("part.rest-on"), lang.T("part.rest-off"), rests, func(on bool) {
		if err := d.Home.Menu.RestMine(ctx, on); err != nil {
			d.Failed(err)
		}
	})
	pain := kit.NewSwitch(lang.T("part.pain"), lang.T("part.pain-on"), lang.T("part.pain-off"), d.marked(store.MarkPain), func(on bool) {
		if err := d.Home.Settings.SetMark(ctx, store.MarkPain, on); err != nil {
			d.Failed(err)
		}
	})
	questions := d.Home.Menu.Library().Texts().Medical.Title
	p.content.SetObjects(kit.NewPage(kit.PageSpec{
		Title: lang.T("part.title"), Intro: lang.T("part.intro"),
		Actions: []fyne.CanvasObject{d.backToMenu()},
		Body: []fyne.CanvasObject{kit.NewPaddedCard(20, kit.Column(kit.SpaceM,
			kit.Start(kit.NewAudiencePill(d.reader(), lang.T("exercise.only-you-page"))),
			row(lang.T("part.rest"), lang.T("part.rest-about"), rest), kit.NewRule(),
			row(lang.T("part.pain"), lang.T("part.pain-about"), pain), kit.NewRule(),
			row(questions, lang.T("part.questions-about"), kit.NewButton(kit.Plain, lang.T("data.look"), d.medical)), kit.NewRule(),
			row(lang.T("consent.page"), lang.T("data.agreed-about"), kit.NewButton(kit.Plain, lang.T("data.agreed-verb"), func() { d.Show(newConsents(d)) }))))},
	}))
	return p
}

// Content implements [Page].
func (p *MyPartPage) Content() fyne.CanvasObject { return p.content }

func (d Desk) marked(m store.Mark) bool {
	on, err := d.Home.Settings.Marked(context.Background(), m)
	if err != nil {
		d.Failed(err)
	}
	return on
}

// painNote is what a person who marked pain sees beside what comes near: nothing, for
// anybody else.
func (d Desk) painNote() []fyne.CanvasObject {
	if !d.marked(store.MarkPain) {
		return nil
	}
	ways := []fyne.CanvasObject{kit.NewButton(kit.Plain, d.Home.Menu.Library().Texts().Medical.Title, d.medical).WithIcon(kit.IconNote)}
	if item, err := d.Home.Menu.Find(context.Background(), bodyNews); err == nil {
		ways = append(ways, kit.NewButton(kit.Plain, item.Title, func() { d.Show(newExercise(d, item)) }).WithIcon(kit.IconPen))
	}
	return []fyne.CanvasObject{kit.NewPanel(kit.Column(kit.SpaceM,
		kit.Start(kit.NewAudiencePill(d.reader(), lang.T("exercise.only-you-page"))),
		paragraph(lang.T("part.limit")),
		kit.Flow(kit.SpaceM, ways...)))}
}

// bodyNews is the exercise that gathers what has changed in a body.
const bodyNews = "K3"

// medical lays the questions for a clinician over the page, to read or to print.
func (d Desk) medical() { d.tellAndPrint(d.Home.Menu.Library().Texts().Medical) }

// tellAndPrint is [Desk.tellPage] with a way to take the page along.
func (d Desk) tellAndPrint(page exercises.Page) {
	var parts []fyne.CanvasObject
	for _, text := range page.Paragraphs {
		parts = append(parts, kit.NewText(kit.Body, text))
	}
	var sheet *kit.Sheet
	done := kit.NewButton(kit.Plain, lang.T("menu.close"), func() { sheet.Close() })
	save := kit.NewButton(kit.Plain, lang.T("print.save"), func() {
		sheet.Close()
		d.savePDF(func(w io.Writer, o print.Options) error { return print.Page(w, page, o) })
	}).WithIcon(kit.IconPrint)
	sheet = kit.NewSheet(page.Title, kit.Column(kit.SpaceL, parts...), done, done, save)
	sheet.Open(d.Canvas)
}
