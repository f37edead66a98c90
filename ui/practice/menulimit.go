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

// LimitsPage is how far the menu of a case goes: for everybody, or for one person, by
// closeness, by topic and by exercise, and what that switches off. It has no place for
// a reason.
type LimitsPage struct {
	d       Desk
	c       *store.Case
	closed  bool
	whose   []store.Member // the first stands for everybody
	at      int
	limit   store.Limit // of whose[at], as it stands on the page
	kept    store.Limit // as it is kept
	find    *kit.Field
	who     *kit.Segmented
	says    *kit.Text
	form    *kit.Container
	off     *kit.Container
	found   *kit.Container
	content fyne.CanvasObject
}

// limits shows how far the menu of a case goes.
func (d Desk) limits(c *store.Case) { d.Go(func() Page { return newLimits(d, c) }) }

func newLimits(d Desk, c *store.Case) *LimitsPage {
	p := &LimitsPage{
		d: d, c: c, says: kit.NewAnswer(), form: kit.Stretch(kit.Spacer()), off: kit.Stretch(kit.Spacer()), found: kit.Stretch(kit.Spacer()),
	}
	p.whose = []store.Member{{Name: lang.T("practice-case.limit-case")}}
	ctx := context.Background()
	people, err := c.People.All(ctx)
	p.tried(err)
	for _, m := range people {
		if m.LeftOn == "" {
			p.whose = append(p.whose, m)
		}
	}
	stand, err := c.Standing(ctx)
	p.tried(err)
	p.closed = stand.ClosedOn != ""
	p.find = kit.NewSearchField(lang.T("practice-menu.limit-find"))
	p.find.OnChanged = func(string) { p.look() }
	names := make([]string, len(p.whose))
	for i, m := range p.whose {
		names[i] = m.Name
	}
	p.who = kit.NewSegmented(lang.T("practice-menu.limit-whose"), names, 0, p.turn)
	p.show(0)
	p.content = kit.NewFrame(kit.Column(kit.SpaceXL,
		kit.Column(kit.SpaceS, backLine(d.toMenu(c)), kit.NewText(kit.Title, lang.T("practice-menu.limits")),
			kit.MaxWidth(kit.IntroMeasure, kit.NewText(kit.Body, lang.T("practice-case.limit-about")).In(kit.ColorMuted))),
		p.who, p.form, p.off))
	return p
}

// First implements [Page].
func (p *LimitsPage) First() fyne.Focusable { return nil }

// Leave implements [Page]: a limit counts for other people, so it is set with its verb
// alone, and leaving asks first.
func (p *LimitsPage) Leave(locking bool) func(context.Context) error {
	if locking || !p.dirty() {
		return page.Nothing
	}
	return p.d.unkept(func() {
		p.limit = p.kept
		p.d.menu(p.c)
	})
}

// dirty reports whether the page says something else than what is kept.
func (p *LimitsPage) dirty() bool {
	sorted := func(all []exercises.Category) []exercises.Category { return slices.Sorted(slices.Values(all)) }
	named := func(all []string) []string { return slices.Sorted(slices.Values(all)) }
	return p.limit.Closeness != p.kept.Closeness || p.limit.AtOnce != p.kept.AtOnce ||
		!slices.Equal(sorted(p.limit.Categories), sorted(p.kept.Categories)) || !slices.Equal(named(p.limit.Exercises), named(p.kept.Exercises))
}

// Content implements [Page].
func (p *LimitsPage) Content() fyne.CanvasObject { return p.content }

func (p *LimitsPage) tried(err error) {
	if err != nil {
		p.d.Failed(err)
	}
}

// turn goes to the limit of somebody, or of everybody, after asking about a change that
// is not kept.
func (p *LimitsPage) turn(at int) {
	if !p.dirty() {
		p.show(at)
		return
	}
	p.who.SetChosen(p.at)
	_ = p.d.unkept(func() {
		p.who.SetChosen(at)
		p.show(at)
	})(context.Background()) // which page stays is seen
}

// show shows the limit of somebody, or of everybody, as it is kept.
func (p *LimitsPage) show(at int) {
	p.at = at
	current, err := p.c.Limits.Current(context.Background())
	p.tried(err)
	p.limit = store.Limit{Member: p.whose[at].ID, Closeness: exercises.MostCloseness}
	for _, l := range current {
		if l.Member == p.whose[at].ID {
			p.limit = l
		}
	}
	p.kept = p.limit
	p.says.SetText("")
	p.find.SetText("")
	p.draw()
	p.switchedOff()
}

// draw lays out the form.
func (p *LimitsPage) draw() {
	since := lang.T("practice-case.limit-none")
	if p.limit.Day != "" {
		since = lang.F("practice-menu.limit-since", map[string]any{"Day": p.d.dayWords(p.limit.Day)})
	}
	rows := []fyne.CanvasObject{kit.NewText(kit.Small, since).In(kit.ColorMuted)}
	if p.closed {
		rows = append(rows, kit.NewText(kit.Small, lang.T("practice-fault.case-closed")).In(kit.ColorMuted))
		p.form.SetObjects(page.Group(p.whose[p.at].Name, rows...))
		return
	}
	var near []string
	for c := exercises.Closeness(0); c <= exercises.MostCloseness; c++ {
		near = append(near, page.ClosenessWord(c))
	}
	upTo := kit.NewSegmented(lang.T("practice-case.limit-up-to"), near, int(p.limit.Closeness), func(i int) { p.limit.Closeness = exercises.Closeness(i) })
	atOnce := kit.NewSwitch(lang.T("practice-case.limit-at-once"), lang.T("practice-case.yes"), lang.T("practice-case.no"), p.limit.AtOnce, func(on bool) { p.limit.AtOnce = on })
	rows = append(rows,
		kit.Column(kit.SpaceXS, kit.NewText(kit.Strong, lang.T("practice-case.limit-up-to")), upTo),
		kit.Column(kit.SpaceXS, kit.NewText(kit.Strong, lang.T("practice-menu.limit-topics")), p.topics()),
		kit.Column(kit.SpaceS, kit.NewText(kit.Strong, lang.T("practice-menu.limit-exercises")), p.exercises(), kit.MaxWidth(420, p.find), p.found),
		page.Row(lang.T("practice-case.limit-at-once"), lang.T("practice-case.limit-at-once-about"), atOnce),
		p.says, kit.Start(kit.NewButton(kit.Primary, lang.T("practice-case.keep"), p.keep)))
	p.form.SetObjects(page.Group(p.whose[p.at].Name, rows...))
}

// topics are chips; what is chosen is switched off.
func (p *LimitsPage) topics() fyne.CanvasObject {
	var chips []fyne.CanvasObject
	for _, c := range exercises.Categories {
		chip := kit.NewChip(page.CategoryWord(c), func(on bool) {
			p.limit.Categories = slices.DeleteFunc(slices.Clone(p.limit.Categories), func(other exercises.Category) bool { return other == c })
			if on {
				p.limit.Categories = append(p.limit.Categories, c)
			}
		})
		chip.SetChosen(slices.Contains(p.limit.Categories, c))
		chips = append(chips, chip)
	}
	return kit.Flow(kit.SpaceS, chips...)
}

// exercises are those that are switched off one by one.
func (p *LimitsPage) exercises() fyne.CanvasObject {
	if len(p.limit.Exercises) == 0 {
		return kit.NewText(kit.Small, lang.T("practice-menu.limit-exercises-none")).In(kit.ColorMuted)
	}
	var rows []fyne.CanvasObject
	for _, id := range p.limit.Exercises {
		title := lang.T("practice-menu.own-gone")
		for _, e := range p.all() {
			if e.ID == id {
				title = e.Title
			}
		}
		rows = append(rows, page.Row(title, "", kit.NewButton(kit.Plain, lang.T("practice-menu.limit-lift"), func() {
			p.limit.Exercises = slices.DeleteFunc(slices.Clone(p.limit.Exercises), func(other string) bool { return other == id })
			p.draw()
			p.find.Focus()
		})))
	}
	return kit.Column(kit.SpaceS, rows...)
}

// all is what can be switched off by name.
func (p *LimitsPage) all() []*exercises.Exercise {
	own, err := p.d.Practice.Exercises.All(context.Background())
	p.tried(err)
	return slices.Concat(p.c.Menu.Library().All(), own)
}

// mostFound is how many titles a search shows.
const mostFound = 8

// look shows the exercises whose titles have the words, to be switched off.
func (p *LimitsPage) look() {
	filter := exercises.Filter{Words: p.find.Text()}
	if len([]rune(filter.Words)) < 2 {
		p.found.SetObjects(kit.Spacer())
		return
	}
	var ways []fyne.CanvasObject
	for _, e := range p.all() {
		if len(ways) < mostFound && filter.Fits(e) && !slices.Contains(p.limit.Exercises, e.ID) {
			ways = append(ways, kit.NewChipButton(kit.IconPlus, e.Title, func() {
				p.limit.Exercises = append(slices.Clone(p.limit.Exercises), e.ID)
				p.find.SetText("")
				p.draw()
				p.find.Focus()
			}))
		}
	}
	if len(ways) == 0 {
		p.found.SetObjects(kit.NewText(kit.Small, lang.T("practice-menu.nothing")).In(kit.ColorMuted))
		return
	}
	p.found.SetObjects(kit.Flow(kit.SpaceS, ways...))
}

func (p *LimitsPage) keep() {
	if err := p.c.Limits.Set(context.Background(), p.limit); err != nil {
		say(p.says, err, nil)
		return
	}
	p.d.Toast(lang.T("practice-menu.limit-kept"))
	p.show(p.at)
	p.d.Canvas.Focus(p.who)
}

// Keep is what the menu calls to keep what the page says.
func (p *LimitsPage) Keep() {
	if !p.closed {
		p.keep()
	}
}

// switchedOff is what all limits together switch off.
func (p *LimitsPage) switchedOff() {
	off, err := p.c.Limits.SwitchedOff(context.Background())
	p.tried(err)
	var titles []fyne.CanvasObject
	for _, e := range off {
		titles = append(titles, kit.NewText(kit.Body, e.Title))
	}
	if len(titles) == 0 {
		p.off.SetObjects(group(lang.T("practice-case.switched-off-title"), lang.T("practice-menu.off-none"), nil))
		return
	}
	p.off.SetObjects(page.Group(lang.T("practice-case.switched-off-title"), kit.Grid(2, kit.SpaceM, titles...)))
}
