package practice

import (
	"context"
	"slices"

	"fyne.io/fyne/v2"

	"ebb/exercises"
	"ebb/ui/kit"
	"ebb/ui/lang"
	"ebb/ui/page"
	store "ebb/vault/practice"
)

// MenuPage is what is offered to the people of a case, and below it everything that
// could be. The office alone sees it.
type MenuPage struct {
	d       Desk
	c       *store.Case
	items   []store.Item
	closed  bool
	all     []*exercises.Exercise // the library, own exercises, and what is on the menu
	filter  exercises.Filter
	which   int // a place in [shelves], or -1 for all
	shown   int // how many cards are on the page
	search  *kit.Field
	cards   *kit.Container
	folded  *kit.Container // what shows once somebody asks for it
	content *kit.Container
}

// atOnce is how many cards are on the page before somebody asks for more.
const atOnce = 24

// openMenu leads from a case to what is offered there.
func (p *CasePage) openMenu() { p.d.menu(p.c) }

func (d Desk) menu(c *store.Case) { d.Go(func() Page { return newMenu(d, c) }) }

// toMenu leads back to it.
func (d Desk) toMenu(c *store.Case) *kit.Button {
	return kit.NewButton(kit.Quiet, lang.T("practice-menu.title"), func() { d.menu(c) }).WithIcon(kit.IconBack)
}

func newMenu(d Desk, c *store.Case) *MenuPage {
	p := &MenuPage{
		d: d, c: c, which: -1, shown: atOnce,
		cards: kit.Stretch(kit.Spacer()), folded: kit.Stretch(kit.Spacer()), content: kit.Stretch(kit.Spacer()),
	}
	p.search = kit.NewSearchField(lang.T("practice-menu.search"))
	p.search.OnChanged = func(words string) {
		p.filter.Words = words
		p.refill()
	}
	p.read()
	p.fill()
	return p
}

// Content implements [Page].
func (p *MenuPage) Content() fyne.CanvasObject { return p.content }

// First implements [Page].
func (p *MenuPage) First() fyne.Focusable { return nil }

// Leave implements [Page].
func (p *MenuPage) Leave(bool) func(context.Context) error {
	p.search.OnChanged = nil
	p.search.SetText("")
	return page.Nothing
}

func (p *MenuPage) tried(err error) {
	if err != nil {
		p.d.Failed(err)
	}
}

// read reads the menu, and everything that could stand on it.
func (p *MenuPage) read() {
	ctx := context.Background()
	stand, err := p.c.Standing(ctx)
	p.tried(err)
	p.closed = stand.ClosedOn != ""
	p.items, err = p.c.Menu.Items(ctx)
	p.tried(err)
	own, err := p.d.Practice.Exercises.All(ctx)
	p.tried(err)
	p.all = slices.Concat(p.c.Menu.Library().All(), own)
	for _, item := range p.items { // one that the practice took away stays here
		if !slices.ContainsFunc(p.all, func(e *exercises.Exercise) bool { return e.ID == item.ID }) {
			p.all = append(p.all, item.Exercise)
		}
	}
	exercises.Sort(p.all)
}

func (p *MenuPage) fill() {
	p.refill()
	p.content.SetObjects(kit.NewFrame(kit.Column(kit.SpaceXL,
		kit.Column(kit.SpaceS, backLine(p.d.toCase(p.c)),
			kit.TopRow(kit.SpaceXL,
				kit.Stretch(kit.Column(kit.SpaceXS, kit.NewText(kit.Title, lang.T("practice-menu.title")),
					kit.MaxWidth(kit.IntroMeasure, kit.NewText(kit.Body, lang.T("practice-menu.intro")).In(kit.ColorMuted)))),
				kit.NewButton(kit.Plain, lang.T("practice-menu.save-week"), p.saveWeek).WithIcon(kit.IconPrint)),
			page.Flush(kit.Flow(kit.SpaceS,
				quiet(kit.IconMap, lang.T("practice-menu.limits"), func() { p.d.limits(p.c) }),
				quiet(kit.IconPen, lang.T("practice-own.title"), func() { p.d.Go(func() Page { return newOwn(p.d, p.c) }) }),
				quiet(kit.IconClock, lang.T("practice-menu.changes"), func() { p.d.Go(func() Page { return newMenuChanges(p.d, p.c) }) })))),
		kit.Grid(2, kit.SpaceCards, p.offered(), p.balance()),
		kit.Column(kit.SpaceM,
			kit.NewText(kit.Sub, lang.T("practice-menu.library")),
			p.filters(), p.cards))))
}

var itemStates = lang.Dynamic("practice-menu.state.")

// offered is what stands on the menu now.
func (p *MenuPage) offered() fyne.CanvasObject {
	var rows []fyne.CanvasObject
	for _, item := range p.items {
		said := []fyne.CanvasObject{
			kit.NewText(kit.Strong, item.Title).MaxLines(3),
			kit.NewText(kit.Small, joined(p.d.standing(item), page.ClosenessWord(item.Closeness))).In(kit.ColorMuted),
		}
		if item.Note != "" {
			said = append(said, kit.NewText(kit.Small, lang.F("practice-menu.note-is", map[string]any{"Note": item.Note})).In(kit.ColorMuted).MaxLines(4))
		}
		if item.State == store.Offered {
			for _, off := range item.Off {
				said = append(said, kit.IconLine(kit.IconPause, kit.Small, offWords.T(offKey(off)), kit.ColorWarn))
			}
		}
		rows = append(rows, kit.Row(kit.SpaceL, kit.Stretch(kit.Column(kit.SpaceXS, said...)),
			kit.NewButton(kit.Plain, lang.T("practice-menu.look"), func() { p.open(item.Exercise) })))
	}
	return group(lang.T("practice-menu.offered"), lang.T("practice-menu.offered-none"), rows)
}

// standing says how an exercise stands on the menu, and since when.
func (d Desk) standing(item store.Item) string {
	return lang.F("practice-menu.since", map[string]any{"State": itemStates.T(string(item.State)), "Day": d.dayWords(item.Since)})
}

// on is an exercise as it stands on the menu; nil if it does not.
func (p *MenuPage) on(id string) *store.Item {
	for i := range p.items {
		if p.items[i].ID == id {
			return &p.items[i]
		}
	}
	return nil
}

func (p *MenuPage) open(e *exercises.Exercise) {
	p.d.Go(func() Page { return newOffer(p.d, p.c, e) })
}

// shelves are where an exercise can stand: offered, resting, not on the menu; and
// whether it is the practice's own.
func (p *MenuPage) shelves() ([]string, func(shelf int, e *exercises.Exercise) bool) {
	words := []string{itemStates.T(string(store.Offered)), itemStates.T(string(store.Resting)), lang.T("practice-menu.not-on"), lang.T("practice-menu.own")}
	return words, func(shelf int, e *exercises.Exercise) bool {
		item := p.on(e.ID)
		switch shelf {
		case 0:
			return item != nil && item.State == store.Offered
		case 1:
			return item != nil && item.State == store.Resting
		case 2:
			return item == nil
		case 3:
			return p.c.Menu.Library().Find(e.ID) == nil
		}
		return true
	}
}

// filters are chips to choose by; those for topics are folded up.
func (p *MenuPage) filters() fyne.CanvasObject {
	words, _ := p.shelves()
	state := page.Choice(lang.T("practice-menu.state-of"), words, nil, func(i int) {
		p.which = i
		p.refill()
	})
	var near []string
	var icons []kit.Icon
	for c := exercises.Closeness(0); c <= exercises.MostCloseness; c++ {
		near, icons = append(near, page.ClosenessWord(c)), append(icons, kit.Closeness(int(c)))
	}
	closeness := page.Choice(lang.T("practice-menu.closeness"), near, icons, func(i int) {
		p.filter.Closeness = nil
		if i >= 0 {
			c := exercises.Closeness(i)
			p.filter.Closeness = &c
		}
		p.refill()
	})
	topics := kit.NewChip(lang.T("practice-menu.by-topic"), func(on bool) {
		p.folded.SetObjects(kit.Spacer())
		if on {
			p.folded.SetObjects(p.topics())
			return
		}
		p.filter.Categories = nil // nothing that cannot be seen keeps a card off the page
		p.refill()
	}).WithIcon(kit.IconList)
	return kit.Column(kit.SpaceM, kit.MaxWidth(420, p.search), state, closeness, kit.Start(topics), p.folded)
}

func (p *MenuPage) topics() fyne.CanvasObject {
	var words []string
	for _, c := range exercises.Categories {
		words = append(words, page.CategoryWord(c))
	}
	return page.Choice(lang.T("practice-menu.topic"), words, nil, func(i int) {
		p.filter.Categories = nil
		if i >= 0 {
			p.filter.Categories = exercises.Categories[i : i+1]
		}
		p.refill()
	})
}

// refill puts the cards on the page that fit, and returns them.
func (p *MenuPage) refill() []fyne.CanvasObject {
	_, stands := p.shelves()
	var cards []fyne.CanvasObject
	more := false
	for _, e := range p.all {
		if !p.filter.Fits(e) || !stands(p.which, e) {
			continue
		}
		if more = len(cards) == p.shown; more {
			break
		}
		cards = append(cards, p.card(e))
	}
	if len(cards) == 0 {
		p.cards.SetObjects(kit.NewEmptyPanel(kit.IconMoon, lang.T("practice-menu.nothing"), lang.T("practice-menu.nothing-about"), nil))
		return nil
	}
	rows := []fyne.CanvasObject{kit.Grid(3, kit.SpaceCards, cards...)}
	if next := p.shown; more {
		rows = append(rows, kit.Start(kit.NewButton(kit.Plain, lang.T("practice-menu.more"), func() {
			p.shown = next + atOnce
			if cards := p.refill(); next < len(cards) { // the keyboard goes to the first of them
				p.d.Canvas.Focus(cards[next].(fyne.Focusable))
			}
		})))
	}
	p.cards.SetObjects(kit.Column(kit.SpaceL, rows...))
	return cards
}

func (p *MenuPage) card(e *exercises.Exercise) fyne.CanvasObject {
	kicker := page.WhoWord(e.Who)
	if p.c.Menu.Library().Find(e.ID) == nil {
		kicker = joined(lang.T("practice-menu.own"), kicker)
	}
	if item := p.on(e.ID); item != nil {
		kicker = joined(itemStates.T(string(item.State)), kicker)
	}
	return kit.NewMenuCard(kit.MenuCardSpec{
		Kicker: kicker, Title: e.Title, Sentence: e.Purpose,
		Closeness: int(e.Closeness), ClosenessWord: page.ClosenessShort(e.Closeness), Time: page.TimeWord(e.Minutes),
		Tapped: func() { p.open(e) },
	})
}
