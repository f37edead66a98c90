package home

import (
	"context"
	"io"

	"fyne.io/fyne/v2"

	"ebb/exercises"
	"ebb/ui/kit"
	"ebb/ui/lang"
	"ebb/ui/page"
	"ebb/ui/print"
	store "ebb/vault/home"
)

// MenuPage is what can be tried: cards to take one from, or to leave.
type MenuPage struct {
	d       Desk
	content *kit.Container
	items   []store.Item
	filter  exercises.Filter
	hidden  bool // what this person hid is shown instead of the rest
	shown   int  // how many cards are on the page
	cards   *kit.Container
	folded  *kit.Container // filters that show once somebody asks for them
	search  *kit.Field     // while it shows
}

// atOnce is how many cards are on the page before somebody asks for more.
const atOnce = 24

// NewMenu builds the page.
func NewMenu(d Desk) *MenuPage {
	p := &MenuPage{d: d, content: kit.Stretch(kit.Spacer()), cards: kit.Stretch(kit.Spacer()), shown: atOnce}
	var err error
	if p.items, err = d.Home.Menu.Items(context.Background()); err != nil {
		d.Failed(err)
	}
	tired := kit.NewChip(lang.T("menu.tired"), func(on bool) {
		p.filter.TiredDay = on
		p.refill()
	}).WithIcon(kit.IconMoon)
	actions := []fyne.CanvasObject{tired}
	p.refill()
	p.content.SetObjects(kit.NewPage(kit.PageSpec{
		Title: lang.T("menu.title"), Intro: lang.T("menu.intro"), Actions: actions,
		Body: append(d.painNote(), p.filters(), p.cards, p.foot()),
	}))
	return p
}

// Content implements [Page].
func (p *MenuPage) Content() fyne.CanvasObject { return p.content }

// First implements [Page].
func (p *MenuPage) First() fyne.Focusable { return nil }

// Leave implements [Page].
func (p *MenuPage) Leave(bool) func(context.Context) error {
	if p.search != nil {
		p.search.SetText("")
	}
	return nothing
}

// filters are chips to choose by. Those for topic and title are folded up, and in
// large text all of them: they would fill the window before the first card.
func (p *MenuPage) filters() fyne.CanvasObject {
	p.folded = kit.Stretch(kit.Spacer())
	if kit.Scale() > 1.4 {
		return kit.Column(kit.SpaceM, kit.Start(p.fold(lang.T("menu.filters"), func() []fyne.CanvasObject {
			return append(p.circumstances(), p.topics()...)
		}, func() { p.filter = exercises.Filter{TiredDay: p.filter.TiredDay} })), p.folded)
	}
	more := kit.Column(kit.SpaceXS, kit.NewText(kit.Caption, lang.T("menu.more-about")).In(kit.ColorMuted),
		p.fold(lang.T("menu.more-filters"), p.topics, func() { p.filter.Words, p.filter.Categories = "", nil }))
	return kit.Column(kit.SpaceM, append(p.circumstances(more), p.folded)...)
}

// fold is the chip that shows filters, or takes them away and forgets what they
// chose: nothing that cannot be seen keeps a card off the page.
func (p *MenuPage) fold(name string, filters func() []fyne.CanvasObject, forget func()) *kit.Chip {
	return kit.NewChip(name, func(on bool) {
		if on {
			p.folded.SetObjects(kit.Column(kit.SpaceM, filters()...))
			return
		}
		p.folded.SetObjects(kit.Spacer())
		forget()
		p.refill()
	}).WithIcon(kit.IconSearch)
}

// circumstances are the filters for the day as it is; more stands behind the last.
func (p *MenuPage) circumstances(more ...fyne.CanvasObject) []fyne.CanvasObject {
	energy := choice(lang.T("menu.energy"), []string{lang.T("menu.low"), lang.T("menu.some"), lang.T("menu.more")}, nil,
		chosen(p, &p.filter.Energy, exercises.Low, exercises.Some, exercises.More))
	time := choice(lang.T("menu.time"), []string{lang.T("menu.ten"), lang.T("menu.twenty"), lang.T("menu.half-hour")}, nil,
		chosen(p, &p.filter.MaxMinutes, 10, 20, 30))
	where := choice(lang.T("menu.where"), []string{lang.T("menu.home"), lang.T("menu.outdoors"), lang.T("menu.apart")}, nil,
		chosen(p, &p.filter.Setting, exercises.AtHome, exercises.Outdoors, exercises.Apart))
	alone, together := true, false
	who := choice(lang.T("menu.who"), []string{lang.T("menu.alone"), lang.T("menu.together")}, nil,
		chosen(p, &p.filter.Alone, &alone, &together))
	return []fyne.CanvasObject{
		kit.Flow(kit.SpaceXL, energy, time, where),
		kit.Flow(kit.SpaceXL, append([]fyne.CanvasObject{p.closeness(), who}, more...)...),
	}
}

// chosen sets a part of the filter to one of some values, or to none.
func chosen[T any](p *MenuPage, part *T, values ...T) func(int) {
	return func(i int) {
		var none T
		*part = none
		if i >= 0 {
			*part = values[i]
		}
		p.refill()
	}
}

// topics are the shelves, and a search in titles.
func (p *MenuPage) topics() []fyne.CanvasObject {
	p.search = kit.NewSearchField(lang.T("menu.search"))
	p.search.OnChanged = func(words string) {
		p.filter.Words = words
		p.refill()
	}
	return []fyne.CanvasObject{p.shelves(), kit.MaxWidth(420, p.search)}
}

// closeness offers as many as there are on the menu: without a practitioner's offers,
// the first two.
func (p *MenuPage) closeness() fyne.CanvasObject {
	most := exercises.Closeness(1)
	for _, item := range p.items {
		most = max(most, item.Closeness)
	}
	var words []string
	var icons []kit.Icon
	var values []*exercises.Closeness
	for c := exercises.Closeness(0); c <= most; c++ {
		values = append(values, &c)
		words, icons = append(words, closenessWord(c)), append(icons, kit.Closeness(int(c)))
	}
	return choice(lang.T("menu.closeness"), words, icons, chosen(p, &p.filter.Closeness, values...))
}

// shelves are the categories that something stands on.
func (p *MenuPage) shelves() fyne.CanvasObject {
	var found [][]exercises.Category
	var words []string
	for _, c := range exercises.Categories {
		for _, item := range p.items {
			if item.Category == c {
				found, words = append(found, []exercises.Category{c}), append(words, categoryWord(c))
				break
			}
		}
	}
	return choice(lang.T("menu.shelf"), words, nil, chosen(p, &p.filter.Categories, found...))
}

// refill puts the cards on the page that fit, and returns them.
func (p *MenuPage) refill() []fyne.CanvasObject {
	fit := p.fitting()
	if len(fit) == 0 {
		p.cards.SetObjects(p.empty())
		return nil
	}
	var cards []fyne.CanvasObject
	for _, item := range fit[:min(p.shown, len(fit))] {
		cards = append(cards, p.d.menuCard(item))
	}
	rows := []fyne.CanvasObject{kit.Grid(3, kit.SpaceCards, cards...)}
	if next := p.shown; len(fit) > next {
		rows = append(rows, kit.Start(kit.NewButton(kit.Plain, lang.T("menu.show-more"), func() { p.showMore(next) })))
	}
	p.cards.SetObjects(kit.Column(kit.SpaceL, rows...))
	return cards
}

// showMore puts more cards on the page. The keyboard goes to the first of them.
func (p *MenuPage) showMore(next int) {
	p.shown = next + atOnce
	if cards := p.refill(); next < len(cards) {
		p.d.Canvas.Focus(cards[next].(fyne.Focusable))
	}
}

// fitting are the items that the filters choose.
func (p *MenuPage) fitting() (fit []store.Item) {
	for _, item := range p.items {
		if item.Hidden == p.hidden && item.State == store.Offered && p.filter.Fits(item.Exercise) {
			fit = append(fit, item)
		}
	}
	return fit
}

func (p *MenuPage) empty() fyne.CanvasObject {
	if p.hidden {
		return kit.NewEmptyPanel(kit.IconEyeOff, lang.T("menu.nothing-hidden"), lang.T("menu.nothing-hidden-about"), nil)
	}
	return kit.NewEmptyPanel(kit.IconMoon, lang.T("menu.nothing"), lang.T("menu.nothing-about"),
		kit.NewButton(kit.Plain, lang.T("menu.all"), p.d.Menu))
}

// foot leads to what stands around the menu.
func (p *MenuPage) foot() fyne.CanvasObject {
	hidden := kit.NewButton(kit.Quiet, lang.T("menu.hidden"), nil).WithIcon(kit.IconEyeOff)
	hidden.OnTapped = func() {
		p.hidden = !p.hidden
		hidden.SetLabel(lang.T("menu.hidden"))
		if p.hidden {
			hidden.SetLabel(lang.T("menu.shown-again"))
		}
		p.refill()
	}
	return flush(kit.Flow(kit.SpaceM,
		kit.NewButton(kit.Quiet, lang.T("part.title"), func() { p.d.Show(newMyPart(p.d)) }).WithIcon(kit.IconLock),
		kit.NewButton(kit.Quiet, lang.T("menu.cards"), func() { p.d.Show(newCards(p.d)) }).WithIcon(kit.IconNote),
		kit.NewButton(kit.Quiet, lang.T("own.new"), func() { p.d.Show(newOwnExercise(p.d, nil)) }).WithIcon(kit.IconPlus),
		kit.NewButton(kit.Quiet, lang.T("own.bring"), p.d.bringExercise).WithIcon(kit.IconFolder),
		kit.NewButton(kit.Quiet, lang.T("menu.resting-list"), func() { p.d.Show(newHistory(p.d)) }).WithIcon(kit.IconClock),
		hidden,
		kit.NewButton(kit.Quiet, lang.T("print.save-week"), p.printWeek).WithIcon(kit.IconPrint),
		kit.NewButton(kit.Quiet, lang.T("menu.not-the-tool"), func() { p.d.tellPage(p.d.Home.Menu.Library().Texts().NotTool) }).WithIcon(kit.IconHelp),
	))
}

// week is how many exercises a week's menu holds.
const week = 7

// printWeek saves the first of what is on the page.
func (p *MenuPage) printWeek() {
	var chosen []*exercises.Exercise
	for _, item := range p.fitting() {
		if len(chosen) < week {
			chosen = append(chosen, item.Exercise)
		}
	}
	p.d.savePDF(func(w io.Writer, o print.Options) error { return print.Week(w, chosen, o) })
}

// menuCard is the card of one exercise.
func (d Desk) menuCard(item store.Item) *kit.MenuCard {
	kicker := whoWord(item.Who)
	if item.Own {
		kicker = lang.F("menu.own", map[string]any{"Who": kicker})
	}
	return kit.NewMenuCard(kit.MenuCardSpec{
		Kicker: kicker, Title: item.Title, Sentence: item.Purpose,
		Closeness: int(item.Closeness), ClosenessWord: page.ClosenessShort(item.Closeness), Time: timeWord(item.Minutes),
		Tapped: func() { d.Show(newExercise(d, item)) },
	})
}
