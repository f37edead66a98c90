package practice

import (
	"context"

	"fyne.io/fyne/v2"

	"ebb/ui/kit"
	"ebb/ui/lang"
	"ebb/ui/page"
	store "ebb/vault/practice"
)

// ReferralsPage lists whom people may be referred to. It is the practice's own list and
// the same in every case: nothing on it says who was sent where.
type ReferralsPage struct {
	d       Desk
	back    *kit.Button
	typed   func() bool // what the sheet above says is not kept; nil where there is none
	content *kit.Container
}

func (p *CasePage) openReferrals() {
	p.d.Go(func() Page { return newReferrals(p.d, p.d.toCase(p.c)) })
}

func newReferrals(d Desk, back *kit.Button) *ReferralsPage {
	p := &ReferralsPage{d: d, back: back, content: kit.Stretch(kit.Spacer())}
	p.fill()
	return p
}

// Content implements [Page].
func (p *ReferralsPage) Content() fyne.CanvasObject { return p.content }

// First implements [Page].
func (p *ReferralsPage) First() fyne.Focusable { return nil }

// Leave implements [Page]: what stands on the sheet would go with it, so leaving once
// more is asked for.
func (p *ReferralsPage) Leave(locking bool) func(context.Context) error {
	if locking || p.typed == nil || !p.typed() {
		return page.Nothing
	}
	return func(context.Context) error { return page.ErrStay }
}

func (p *ReferralsPage) fill() {
	all, err := p.d.Practice.Referrals.All(context.Background())
	if err != nil {
		p.d.Failed(err)
	}
	var rows []fyne.CanvasObject
	for _, r := range all {
		words := []fyne.CanvasObject{kit.NewText(kit.Strong, joined(r.Name, r.Field))}
		for _, line := range []string{r.Reach, r.Remark} {
			if line != "" {
				words = append(words, kit.NewText(kit.Small, line).In(kit.ColorMuted).MaxLines(4))
			}
		}
		rows = append(rows, kit.Row(kit.SpaceL, kit.Stretch(kit.Column(0, words...)),
			kit.NewButton(kit.Plain, lang.T("practice-referral.change"), func() { p.edit(r) })))
	}
	var body fyne.CanvasObject = kit.NewEmptyPanel(kit.IconPerson, lang.T("practice-referral.none"), lang.T("practice-referral.none-about"), nil)
	if len(rows) > 0 {
		body = page.Group(lang.T("practice-referral.there"), rows...)
	}
	add := kit.NewButton(kit.Primary, lang.T("practice-referral.add"), func() { p.edit(store.Referral{}) }).WithIcon(kit.IconPlus)
	p.content.SetObjects(kit.NewFrame(kit.Column(kit.SpaceXL,
		kit.Column(kit.SpaceS, backLine(p.back), kit.TopRow(kit.SpaceXL, kit.Stretch(kit.NewText(kit.Title, lang.T("practice-referral.room"))), add),
			kit.MaxWidth(kit.IntroMeasure, kit.NewText(kit.Body, lang.T("practice-referral.intro")).In(kit.ColorMuted))),
		body)))
}

// edit asks about one contact on a sheet.
func (p *ReferralsPage) edit(r store.Referral) {
	field, name := kit.NewField(lang.T("practice-referral.field")), kit.NewField(lang.T("practice-referral.name"))
	reach, remark := kit.NewField(lang.T("practice-referral.reach")), kit.NewField(lang.T("practice-referral.remark"))
	says := kit.NewAnswer()
	fields := []bound{{name, &r.Name}, {field, &r.Field}, {reach, &r.Reach}, {remark, &r.Remark}}
	body := []fyne.CanvasObject{}
	for _, b := range fields {
		b.field.SetText(*b.to)
		body = append(body, b.field)
	}
	done := false
	p.typed = onSheet(says, name, field, reach, remark)
	if r.ID != (store.ID{}) {
		body = append(body, page.Flush(kit.Start(kit.NewButton(kit.Quiet, lang.T("practice-referral.remove"), func() { p.remove(r) }))))
	}
	p.d.ask(page.Question{
		Title: lang.T("practice-referral.somebody"), Body: append(body, says),
		Verb: lang.T("practice-case.keep"), Cancel: lang.T("practice-case.not-now"), First: name.Focusable(),
		Yes: func() {
			for _, b := range fields {
				*b.to = b.field.Text()
			}
			if _, err := p.d.Practice.Referrals.Put(context.Background(), r); err != nil {
				say(says, err, name.Focus)
				return
			}
			done, p.typed = true, nil
			p.fill()
		},
		Keep: func() bool { return !done }, Stays: p.typed,
	})
}

// remove takes a contact off the list, after asking.
func (p *ReferralsPage) remove(r store.Referral) {
	p.typed = nil
	p.d.Go(func() Page { return p }) // and with it the sheet that asked for it
	p.fill()
	p.d.ask(page.Question{
		Title: lang.T("practice-referral.remove-title"), About: joined(r.Name, r.Field),
		Verb: lang.T("practice-referral.remove"), Cancel: lang.T("practice-case.not-now"),
		Yes: func() {
			if err := p.d.Practice.Referrals.Remove(context.Background(), r.ID); err != nil {
				p.d.Failed(err)
			}
			p.fill()
		},
	})
}
