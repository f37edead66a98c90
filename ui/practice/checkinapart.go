package practice

import (
	"context"
	"errors"
	"maps"
	"slices"

	"fyne.io/fyne/v2"

	"ebb/ui/kit"
	"ebb/ui/lang"
	"ebb/ui/page"
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
	for i, a := range all {
		rows = append(rows, p.pressureAnswer(a.Item, a.Day, a.Answer))
		if i+1 < len(all) && all[i+1].CheckIn == a.CheckIn {
			continue
		}
		before, err := p.open.notes.EarlierPressure(context.Background(), a.CheckIn)
		if err != nil {
			p.d.Failed(err)
		}
		for _, e := range before {
			rows = append(rows, kit.NewText(kit.Caption, lang.F("practice-checkin.before-until", map[string]any{"When": p.d.moment(e.At.In(p.d.Now().Location()))})).In(kit.ColorMuted))
			for _, item := range slices.Sorted(maps.Keys(e.Answers)) {
				rows = append(rows, p.pressureAnswer(item, e.Day, e.Answers[item]...))
			}
		}
		if p.open.held == "" {
			rows = append(rows, page.Flush(kit.Start(kit.NewButton(kit.Quiet, lang.T("practice-checkin.fix"), func() { p.fix(a) }).
				WithName(lang.F("practice-checkin.fix-of", map[string]any{"Day": p.d.dayWords(a.Day)})))))
		}
	}
	if len(rows) == 0 {
		return nil
	}
	return panel(lang.T("practice-checkin.apart-answers"), rows...)
}

// pressureAnswer is one answer under its question.
func (p *NotePage) pressureAnswer(number int, day string, answers ...string) fyne.CanvasObject {
	item := p.d.Texts.CheckIn.Item(number)
	return kit.Column(0, kit.NewText(kit.Caption, p.d.dayWords(day)).In(kit.ColorMuted),
		kit.NewText(kit.Small, item.Text).In(kit.ColorMuted), kit.NewText(kit.Small, answered(item, answers)))
}

// fix leads to the sheet of an answer. One of which nothing else was ticked is on no
// other page.
func (p *NotePage) fix(a store.PressureAnswer) {
	k, err := p.c.CheckIns.CheckIn(context.Background(), p.wanted.Member, a.CheckIn)
	if errors.Is(err, store.ErrNotFound) {
		k.Day = a.Day
	} else if err != nil {
		p.d.Failed(err)
		return
	}
	of := p.d.about(p.c)
	of.id = p.wanted.Member
	p.d.Go(func() Page { return newCheckInFix(of, k) })
}
