package practice

import (
	"context"

	"fyne.io/fyne/v2"

	"ebb/ui/kit"
	"ebb/ui/lang"
	"ebb/ui/page"
	store "ebb/vault/practice"
)

// MenuPage is what is offered to the people of a case. The office alone sees it.
type MenuPage struct {
	page.Still
	d       Desk
	c       *store.Case
	items   []store.Item
	content *kit.Container
}

// openMenu leads from a case to what is offered there.
func (p *CasePage) openMenu() { p.d.Go(func() Page { return newMenu(p.d, p.c) }) }

func newMenu(d Desk, c *store.Case) *MenuPage {
	p := &MenuPage{d: d, c: c, content: kit.Stretch(kit.Spacer())}
	p.fill()
	return p
}

// Content implements [Page].
func (p *MenuPage) Content() fyne.CanvasObject { return p.content }

func (p *MenuPage) fill() {
	var err error
	if p.items, err = p.c.Menu.Items(context.Background()); err != nil {
		p.d.Failed(err)
	}
	p.content.SetObjects(kit.NewFrame(kit.Column(kit.SpaceXL,
		kit.Column(kit.SpaceS, backLine(p.d.toCase(p.c)), kit.NewText(kit.Title, lang.T("practice-menu.title")),
			kit.MaxWidth(kit.IntroMeasure, kit.NewText(kit.Body, lang.T("practice-menu.intro")).In(kit.ColorMuted))),
		p.offered())))
}

var itemStates = lang.Dynamic("practice-menu.state.")

// offered is what stands on the menu now.
func (p *MenuPage) offered() fyne.CanvasObject {
	var rows []fyne.CanvasObject
	for _, item := range p.items {
		about := lang.F("practice-menu.since", map[string]any{"State": itemStates.T(string(item.State)), "Day": p.d.dayWords(item.Since)})
		verb := kit.NewButton(kit.Plain, lang.T("practice-menu.rest"), func() { p.does(p.c.Menu.Rest(context.Background(), item.ID)) })
		if item.State == store.Resting {
			verb = kit.NewButton(kit.Plain, lang.T("practice-menu.wake"), func() {
				p.does(p.c.Menu.Offer(context.Background(), store.Offer{Exercise: item.ID, Note: item.Note}))
			})
		}
		rows = append(rows, page.Row(item.Title, about, verb))
	}
	return group(lang.T("practice-menu.offered"), lang.T("practice-menu.offered-none"), rows)
}

func (p *MenuPage) does(err error) {
	if err != nil {
		p.d.Failed(err)
	}
	p.fill()
}
