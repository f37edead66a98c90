package home

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"

	"ebb/ui/kit"
	"ebb/ui/lang"
	store "ebb/vault/home"
)

// CardsPage shows what is known about desire that differs, a card each.
type CardsPage struct {
	still
	content fyne.CanvasObject
}

func newCards(d Desk) *CardsPage {
	var cards []fyne.CanvasObject
	for _, c := range d.Home.Menu.Library().Texts().Cards {
		cards = append(cards, kit.NewCard(kit.Column(kit.SpaceS,
			kit.NewText(kit.Sub, c.Title),
			kit.NewText(kit.Body, c.Text).In(kit.ColorMuted),
			kit.Stretch(kit.Gap(kit.SpaceXS)),
			kit.NewText(kit.Caption, strings.Join(c.DrawsOn, " · ")).In(kit.ColorMuted))))
	}
	return &CardsPage{content: kit.NewPage(kit.PageSpec{
		Title: lang.T("menu.cards"), Intro: lang.T("menu.cards-intro"),
		Actions: []fyne.CanvasObject{d.backToMenu()},
		Body:    []fyne.CanvasObject{kit.Grid(2, kit.SpaceCards, cards...)},
	})}
}

// Content implements [Page].
func (p *CardsPage) Content() fyne.CanvasObject { return p.content }

func (d Desk) backToMenu() *kit.Button {
	return kit.NewButton(kit.Plain, lang.T("menu.title"), d.Menu).WithIcon(kit.IconBack)
}

// HistoryPage shows what rests and what changed on the menu, and when.
type HistoryPage struct {
	still
	d       Desk
	content *kit.Container
}

func newHistory(d Desk) *HistoryPage {
	p := &HistoryPage{d: d, content: kit.Stretch(kit.Spacer())}
	p.fill()
	return p
}

// Content implements [Page].
func (p *HistoryPage) Content() fyne.CanvasObject { return p.content }

func (p *HistoryPage) fill() {
	ctx := context.Background()
	items, err := p.d.Home.Menu.Items(ctx)
	if err != nil {
		p.d.Failed(err)
	}
	titles := map[string]string{}
	var resting []fyne.CanvasObject
	for _, item := range items {
		titles[item.ID] = item.Title
		if item.State == store.Resting {
			resting = append(resting, row(item.Title, lang.F("menu.rests-since", map[string]any{"Day": shortDate(dayOf(item.Since), p.d.Now())}),
				kit.NewButton(kit.Plain, lang.T("menu.wake"), func() { p.wake(item) })))
		}
	}
	changes, err := p.d.Home.Menu.History(ctx)
	if err != nil {
		p.d.Failed(err)
	}
	var dated []fyne.CanvasObject
	for _, c := range changes {
		title := titles[c.Exercise]
		if e := p.d.Home.Menu.Library().Find(c.Exercise); e != nil {
			title = e.Title
		}
		if title == "" {
			continue
		}
		dated = append(dated, kit.Row(kit.SpaceL, kit.Stretch(kit.NewText(kit.Body, title)),
			kit.NewText(kit.Small, lang.F("menu.changed", map[string]any{"State": stateWord(c.State), "Day": shortDate(dayOf(c.Day), p.d.Now())})).In(kit.ColorMuted)))
	}
	body := []fyne.CanvasObject{}
	if len(resting)+len(dated) == 0 {
		body = append(body, kit.NewEmptyPanel(kit.IconMoon, lang.T("menu.nothing-rests"), lang.T("menu.nothing-rests-about"), nil))
	}
	if len(resting) > 0 {
		body = append(body, group(lang.T("menu.resting-now"), resting...))
	}
	if len(dated) > 0 {
		body = append(body, group(lang.T("menu.history"), dated...))
	}
	p.content.SetObjects(kit.NewPage(kit.PageSpec{
		Title: lang.T("menu.resting-list"), Intro: lang.T("menu.resting-intro"),
		Actions: []fyne.CanvasObject{p.d.backToMenu()}, Body: body,
	}))
}

func (p *HistoryPage) wake(item store.Item) {
	if err := p.d.Home.Menu.Set(context.Background(), item.ID, store.Offered, item.Note); err != nil {
		p.d.Failed(err)
		return
	}
	p.fill()
}

func stateWord(s store.ItemState) string {
	switch s {
	case store.Resting:
		return lang.T("menu.state-resting")
	case store.Retired:
		return lang.T("menu.state-retired")
	}
	return lang.T("menu.state-offered")
}
