package practice

import (
	"context"

	"fyne.io/fyne/v2"

	"ebb/ui/kit"
	"ebb/ui/lang"
	"ebb/ui/page"
	store "ebb/vault/practice"
)

// MenuChangesPage is how the menu of a case came to be, and what was offered before
// everybody had been seen alone.
type MenuChangesPage struct {
	page.Still
	d       Desk
	c       *store.Case
	titles  map[string]string // of own exercises
	most    int
	content *kit.Container
}

func newMenuChanges(d Desk, c *store.Case) *MenuChangesPage {
	p := &MenuChangesPage{d: d, c: c, titles: map[string]string{}, most: store.PageSize, content: kit.Stretch(kit.Spacer())}
	ctx := context.Background()
	own, err := d.Practice.Exercises.All(ctx)
	p.tried(err)
	for _, e := range own {
		p.titles[e.ID] = e.Title
	}
	items, err := c.Menu.Items(ctx)
	p.tried(err)
	for _, item := range items {
		p.titles[item.ID] = item.Title
	}
	p.fill()
	return p
}

// Content implements [Page].
func (p *MenuChangesPage) Content() fyne.CanvasObject { return p.content }

func (p *MenuChangesPage) tried(err error) {
	if err != nil {
		p.d.Failed(err)
	}
}

// title is what an exercise is called, also when it is not on the menu any more.
func (p *MenuChangesPage) title(id string) string {
	if e := p.c.Menu.Library().Find(id); e != nil {
		return e.Title
	}
	if title := p.titles[id]; title != "" {
		return title
	}
	return lang.T("practice-menu.own-gone")
}

func (p *MenuChangesPage) fill() {
	ctx := context.Background()
	changes, err := p.c.Menu.History(ctx, store.Page{Size: p.most + 1})
	p.tried(err)
	var rows []fyne.CanvasObject
	for _, m := range changes[:min(len(changes), p.most)] {
		rows = append(rows, page.Row(p.title(m.Exercise), joined(itemStates.T(string(m.State)), p.d.dayWords(m.Day)), kit.Gap(0)))
	}
	var verbs []fyne.CanvasObject
	if len(changes) > p.most {
		verbs = append(verbs, kit.NewButton(kit.Quiet, lang.T("practice-menu.more"), func() {
			p.most = min(2*p.most, store.MostRows-1)
			p.fill()
		}))
	}
	body := []fyne.CanvasObject{
		kit.Column(kit.SpaceS, backLine(p.d.toMenu(p.c)), kit.NewText(kit.Title, lang.T("practice-menu.changes")),
			kit.MaxWidth(kit.IntroMeasure, kit.NewText(kit.Body, lang.T("practice-menu.changes-about")).In(kit.ColorMuted))),
		group(lang.T("practice-menu.changed"), lang.T("practice-menu.changed-none"), rows, verbs...),
	}
	overrides, err := p.c.Menu.Overrides(ctx)
	p.tried(err)
	var reasons []fyne.CanvasObject
	for _, o := range overrides {
		reasons = append(reasons, kit.Column(0, kit.NewText(kit.Strong, p.title(o.Exercise)).MaxLines(2),
			kit.NewText(kit.Small, p.d.dayWords(o.Day)).In(kit.ColorMuted), kit.NewText(kit.Body, o.Reason)))
	}
	if len(reasons) > 0 {
		body = append(body, group(lang.T("practice-menu.overrides"), "", reasons))
	}
	p.content.SetObjects(kit.NewFrame(kit.Column(kit.SpaceXL, body...)))
}
