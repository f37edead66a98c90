package practice

import (
	"context"

	"fyne.io/fyne/v2"

	"ebb/ui/kit"
	"ebb/ui/lang"
	store "ebb/vault/practice"
)

// pressure is what the person of an open safety note answered on paper to the questions
// that are kept apart, or nil. It stands beside the note, so it comes with the second
// unlock and goes with it.
func (p *NotePage) pressure() fyne.CanvasObject {
	if p.open == nil || p.wanted.Audience != store.SafetyNote || p.wanted.Member == (store.ID{}) {
		return nil
	}
	all, err := p.open.notes.Pressure(context.Background())
	if err != nil {
		p.d.Failed(err)
	}
	var rows []fyne.CanvasObject
	for _, a := range all {
		item := p.d.Texts.CheckIn.Item(a.Item)
		rows = append(rows, kit.Column(0, kit.NewText(kit.Caption, p.d.dayWords(a.Day)).In(kit.ColorMuted),
			kit.NewText(kit.Small, item.Text).In(kit.ColorMuted), kit.NewText(kit.Small, answered(item, []string{a.Answer}))))
	}
	if len(rows) == 0 {
		return nil
	}
	return panel(lang.T("practice-checkin.apart-answers"), rows...)
}
