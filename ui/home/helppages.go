package home

import (
	"fyne.io/fyne/v2"

	"ebb/exercises"
	"ebb/ui/kit"
	"ebb/ui/lang"
)

// notHeard is the exercise for whoever was not heard.
const notHeard = "M4"

// pages is the card that leads to what can be read by oneself: the same for everybody,
// also before unlocking.
func (p *Help) pages(l *exercises.Library) fyne.CanvasObject {
	texts := l.Texts()
	rows := []fyne.CanvasObject{
		kit.NewText(kit.Sub, lang.T("help.pages.title")),
		kit.MaxWidth(kit.Measure, kit.NewText(kit.Body, lang.T("help.pages.about"))),
	}
	var ways []fyne.CanvasObject
	way := func(title string, parts ...fyne.CanvasObject) {
		ways = append(ways, kit.Start(kit.NewButton(kit.Quiet, title, func() { p.read(title, parts) }).WithIcon(kit.IconNote)))
	}
	for _, page := range []exercises.Page{texts.NotTool, texts.NotHeard} {
		way(page.Title, paragraphs(page.Paragraphs...)...)
	}
	if e := l.Find(notHeard); e != nil {
		way(lang.F("help.pages.not-heard", map[string]any{"Title": e.Title}), readable(e)...)
	}
	way(texts.Medical.Title, paragraphs(texts.Medical.Paragraphs...)...)
	return kit.NewCard(kit.Column(kit.SpaceM, append(rows, flush(kit.Column(0, ways...)))...))
}

// read shows one of the pages in the place of the help, with the way back.
func (p *Help) read(title string, parts []fyne.CanvasObject) {
	p.readWith(title, lang.T("help.pages.intro"), parts)
}

// readWith is read under another introduction.
func (p *Help) readWith(title, intro string, parts []fyne.CanvasObject) {
	back := kit.NewButton(kit.Plain, lang.T("help.title"), p.whole).WithIcon(kit.IconBack)
	p.content.SetObjects(kit.NewPage(kit.PageSpec{
		Title: title, Intro: intro, Actions: []fyne.CanvasObject{back},
		Body: []fyne.CanvasObject{kit.NewCard(kit.Column(kit.SpaceM, parts...))},
	}))
	p.focus(back)
}

func paragraphs(texts ...string) (parts []fyne.CanvasObject) {
	for _, text := range texts {
		parts = append(parts, paragraph(text))
	}
	return parts
}

// readable is an exercise for one person as a page to read, without running it.
func readable(e *exercises.Exercise) []fyne.CanvasObject {
	parts := paragraphs(e.LeaveIt, e.Opening)
	under := func(title, text string) {
		parts = append(parts, kit.Column(kit.SpaceXS, kit.NewText(kit.Strong, title), paragraph(text)))
	}
	for _, s := range e.Steps {
		under(s.Title, s.Text)
	}
	under(lang.T("exercise.badly"), e.After.Badly)
	return append(parts, paragraphs(e.After.Closing)...)
}

// resting says why exercises rest, and how much that tells.
func resting(r exercises.Resting) fyne.CanvasObject {
	rows := append([]fyne.CanvasObject{kit.NewText(kit.Sub, lang.T("help.pages.resting"))}, paragraphs(r.Why...)...)
	for _, figure := range r.Figures {
		rows = append(rows, kit.MaxWidth(kit.Measure, bullet(figure.Text)))
	}
	return kit.NewCard(kit.Column(kit.SpaceM, append(rows, paragraphs(r.Doubt)...)...))
}
