package home

import (
	"fyne.io/fyne/v2"

	"ebb/ui/kit"
	"ebb/ui/lang"
)

// officePage is a page of the help that only a practice has.
type officePage struct {
	title      string
	paragraphs []string
}

// officePages are all of them, in the order in which they are of use.
func officePages() []officePage {
	return []officePage{
		{lang.T("practice-help.day.title"), []string{
			lang.T("practice-help.day.first"), lang.T("practice-help.day.second"), lang.T("practice-help.day.third"), lang.T("practice-help.day.fourth"), lang.T("practice-help.day.fifth"),
		}},
		{lang.T("practice-help.records.title"), []string{
			lang.T("practice-help.records.first"), lang.T("practice-help.records.second"), lang.T("practice-help.records.third"), lang.T("practice-help.records.fourth"), lang.T("practice-help.records.fifth"),
		}},
		{lang.T("practice-help.second.title"), []string{
			lang.T("practice-help.second.first"), lang.T("practice-help.second.second"), lang.T("practice-help.second.third"),
		}},
		{lang.T("practice-help.table.title"), []string{
			lang.T("practice-help.table.first"), lang.T("practice-help.table.second"), lang.T("practice-help.table.third"), lang.T("practice-help.table.fourth"),
		}},
		{lang.T("practice-help.texts.title"), []string{
			lang.T("practice-help.texts.first"), lang.T("practice-help.texts.second"), lang.T("practice-help.texts.third"),
		}},
		{lang.T("practice-help.end.title"), []string{
			lang.T("practice-help.end.first"), lang.T("practice-help.end.second"), lang.T("practice-help.end.third"), lang.T("practice-help.end.fourth"),
		}},
		{lang.T("practice-help.limits.title"), []string{
			lang.T("practice-help.limits.first"), lang.T("practice-help.limits.second"), lang.T("practice-help.limits.third"), lang.T("practice-help.limits.fourth"),
		}},
		{lang.T("practice-help.not.title"), []string{
			lang.T("practice-help.not.first"), lang.T("practice-help.not.second"), lang.T("practice-help.not.third"), lang.T("practice-help.not.fourth"),
		}},
	}
}

// office is the card that leads to the pages for a practitioner.
func (p *Help) office() fyne.CanvasObject {
	var ways []fyne.CanvasObject
	for _, one := range officePages() {
		ways = append(ways, kit.Start(kit.NewButton(kit.Quiet, one.title, func() {
			p.readWith(one.title, lang.T("practice-help.intro"), paragraphs(one.paragraphs...))
		}).WithIcon(kit.IconNote)))
	}
	return kit.NewCard(kit.Column(kit.SpaceM,
		kit.NewText(kit.Sub, lang.T("practice-help.title")),
		kit.MaxWidth(kit.Measure, kit.NewText(kit.Body, lang.T("practice-help.about"))),
		flush(kit.Column(0, ways...))))
}
