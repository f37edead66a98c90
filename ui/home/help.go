package home

import (
	"fyne.io/fyne/v2"

	"ebb/exercises"
	"ebb/ui/kit"
	"ebb/ui/lang"
	"ebb/ui/sentence"
)

// Help is the page of help and contacts: the same for everybody, in the same
// place, and the same before unlocking.
type Help struct {
	still
	content *kit.Container
	back    *kit.Button
	leave   func()
	own     [][2]string
	focus   func(fyne.Focusable)
}

// NewHelp builds the page. back leads to where the person was; nil if the rail is
// beside the page. focus gives the keyboard to a part.
// own are shortcuts of what is open, if it is no home.
func NewHelp(back func(), focus func(fyne.Focusable), own ...[2]string) *Help {
	p := &Help{content: kit.Stretch(kit.Spacer()), leave: back, focus: focus, own: own}
	p.fill()
	return p
}

// whole shows the help again after one of its pages.
func (p *Help) whole() {
	p.fill()
	p.focus(p.First())
}

func (p *Help) fill() {
	spec := kit.PageSpec{Title: lang.T("help.title"), Intro: lang.T("help.intro")}
	if p.leave != nil {
		p.back = kit.NewButton(kit.Plain, lang.T("help.back"), p.leave).WithIcon(kit.IconBack)
		spec.Actions = []fyne.CanvasObject{p.back}
	}
	spec.Body = []fyne.CanvasObject{
		section(lang.T("help.ear.title"), lang.T("help.ear.about"), lang.T("help.ear.afraid")),
		contacts(),
	}
	keeps := section(lang.T("help.keeps.title"), lang.T("help.keeps.journal"), lang.T("help.keeps.lines"), lang.T("help.keeps.people"), lang.T("help.keeps.nothing"))
	if len(p.own) > 0 { // a practice keeps other things, which its pages tell
		spec.Intro = lang.T("practice-help.page-intro")
		spec.Body = append([]fyne.CanvasObject{p.office()}, spec.Body...)
		keeps = section(lang.T("help.keeps.title"), lang.T("help.keeps.nothing"))
	}
	library, err := exercises.English()
	if err == nil {
		spec.Body = append(spec.Body, p.pages(library), resting(library.Texts().Resting))
	}
	spec.Body = append(spec.Body,
		keeps,
		section(lang.T("limits.title"), sentence.Limits()...),
		shortcuts(p.own))
	p.content.SetObjects(kit.NewPage(spec))
}

// Content implements [Page].
func (p *Help) Content() fyne.CanvasObject { return p.content }

// First implements [Page].
func (p *Help) First() fyne.Focusable {
	if p.back != nil {
		return p.back
	}
	return nil
}

// section is a card of paragraphs under a heading.
func section(title string, paragraphs ...string) fyne.CanvasObject {
	rows := []fyne.CanvasObject{kit.NewText(kit.Sub, title)}
	for _, text := range paragraphs {
		rows = append(rows, kit.MaxWidth(kit.Measure, kit.NewText(kit.Body, text)))
	}
	return kit.NewCard(kit.Column(kit.SpaceM, rows...))
}

// contacts are labelled lines that are empty until somebody fills them in.
func contacts() fyne.CanvasObject {
	rows := []fyne.CanvasObject{
		kit.NewText(kit.Sub, lang.T("help.contacts.title")),
		kit.MaxWidth(kit.Measure, kit.NewText(kit.Body, lang.T("help.contacts.about"))),
	}
	for _, name := range []string{
		lang.T("help.contacts.emergency"), lang.T("help.contacts.abuse"), lang.T("help.contacts.sexual"),
		lang.T("help.contacts.crisis"), lang.T("help.contacts.lgbtq"),
	} {
		rows = append(rows, kit.NewRule(), kit.Row(kit.SpaceL,
			kit.Stretch(kit.NewText(kit.Strong, name)),
			kit.NewText(kit.Body, lang.T("help.contacts.empty")).In(kit.ColorMuted)))
	}
	return kit.NewCard(kit.Column(kit.SpaceM, rows...))
}

// shortcuts lists the shortcuts.
func shortcuts(own [][2]string) fyne.CanvasObject {
	rows := []fyne.CanvasObject{
		kit.NewText(kit.Sub, lang.T("help.keys.title")),
		kit.MaxWidth(kit.Measure, kit.NewText(kit.Body, lang.T("help.keys.about"))),
	}
	if len(own) == 0 {
		own = homeKeys()
	}
	keys := append([][2]string{
		{lang.T("window.menu.hide"), "Ctrl + H"},
		{lang.T("window.menu.lock"), "Ctrl + L"},
	}, own...)
	for _, k := range append(keys, [][2]string{
		{lang.T("window.rail.settings"), "Ctrl + ,"},
		{lang.T("window.menu.larger"), "Ctrl + ="},
		{lang.T("window.menu.smaller"), "Ctrl + -"},
		{lang.T("window.rail.help"), "Ctrl + 5"},
		{lang.T("window.menu.quit"), "Ctrl + Q"},
	}...) {
		rows = append(rows, kit.NewRule(), kit.Row(kit.SpaceL, kit.Stretch(kit.NewText(kit.Body, k[0])), kit.NewText(kit.Strong, k[1])))
	}
	return kit.NewCard(kit.Column(kit.SpaceS, rows...))
}

// homeKeys are the shortcuts of a home.
func homeKeys() [][2]string {
	return [][2]string{
		{lang.T("window.menu.new-entry"), "Ctrl + N"},
		{lang.T("window.menu.keep"), "Ctrl + S"},
		{lang.T("window.menu.read"), "Ctrl + E"},
		{lang.T("window.menu.search"), "Ctrl + F"},
		{lang.T("window.rail.today"), "Ctrl + 1"},
		{lang.T("window.rail.journal"), "Ctrl + 2"},
		{lang.T("window.rail.lines"), "Ctrl + 3"},
		{lang.T("window.rail.people"), "Ctrl + 4"},
		{lang.T("window.rail.data"), "Ctrl + 6"},
		{lang.T("window.rail.menu"), "Ctrl + 7"},
	}
}
