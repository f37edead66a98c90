package practice

import (
	"slices"

	"fyne.io/fyne/v2"

	"ebb/exercises"
	"ebb/ui/kit"
	"ebb/ui/lang"
	"ebb/ui/page"
	store "ebb/vault/practice"
)

// week is how much can be offered before a menu is long to choose from.
const week = 7

// balance says in words what is on the menu, affection first. It counts nothing and
// weighs nobody.
func (p *MenuPage) balance() fyne.CanvasObject {
	var on []*exercises.Exercise
	for _, item := range p.items {
		if item.State == store.Offered {
			on = append(on, item.Exercise)
		}
	}
	some := func(is func(e *exercises.Exercise) bool) bool { return slices.ContainsFunc(on, is) }
	affection := some(func(e *exercises.Exercise) bool {
		return e.Category == exercises.Closer || e.Category == exercises.Appreciation
	})
	lines := []string{lang.T("practice-menu.no-affection")}
	if affection {
		lines[0] = lang.T("practice-menu.affection")
	}
	if !affection && some(func(e *exercises.Exercise) bool { return e.Closeness >= 2 }) {
		lines = append(lines, lang.T("practice-menu.touch-without"))
	}
	if some((*exercises.Exercise).TiredDay) {
		lines = append(lines, lang.T("practice-menu.tired"))
	} else {
		lines = append(lines, lang.T("practice-menu.no-tired"))
	}
	if some(func(e *exercises.Exercise) bool { return e.Who != exercises.Together }) {
		lines = append(lines, lang.T("practice-menu.alone"))
	} else {
		lines = append(lines, lang.T("practice-menu.no-alone"))
	}
	if len(on) > week {
		lines = append(lines, lang.T("practice-menu.long"))
	}
	var rows []fyne.CanvasObject
	for _, words := range lines {
		rows = append(rows, kit.NewText(kit.Body, words))
	}
	return page.Group(lang.T("practice-menu.balance"), kit.Column(kit.SpaceS, rows...), p.prompts())
}

// prompts are those of the guide, folded up until somebody asks for them.
func (p *MenuPage) prompts() fyne.CanvasObject {
	guide := p.d.Texts.Guide("menu")
	if guide == nil {
		return kit.Gap(0)
	}
	folded := kit.Stretch(kit.Spacer())
	return kit.Column(kit.SpaceM, kit.Start(kit.NewChip(lang.T("practice-menu.prompts"), func(on bool) {
		folded.SetObjects(kit.Spacer())
		if !on {
			return
		}
		var rows []fyne.CanvasObject
		for _, s := range guide.Prompts {
			rows = append(rows, kit.Column(0, kit.NewText(kit.Kicker, s.Heading).In(kit.ColorAccent), kit.NewText(kit.Small, s.Prompt).In(kit.ColorMuted)))
		}
		for _, never := range guide.Never {
			rows = append(rows, kit.NewText(kit.Small, never).In(kit.ColorMuted))
		}
		folded.SetObjects(kit.Column(kit.SpaceS, rows...))
	}).WithIcon(kit.IconHelp)), folded)
}
