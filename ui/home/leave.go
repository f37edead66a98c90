package home

import (
	"context"

	"fyne.io/fyne/v2"

	"ebb/ui/kit"
	"ebb/ui/lang"
	"ebb/ui/sentence"
)

// LeavePage is where a person leaves, taking what is theirs.
type LeavePage struct {
	d          Desk
	content    fyne.CanvasObject
	passphrase *kit.SecretEntry
	says       *kit.Text
	verb       *kit.Button
}

func newLeave(d Desk) *LeavePage {
	p := &LeavePage{
		d: d, says: kit.NewAnswer(),
		passphrase: kit.NewSecretEntry(lang.T("unlock.field"), lang.T("unlock.show"), lang.T("unlock.hide")),
	}
	p.verb = kit.NewButton(kit.Danger, lang.T("data.leave.verb"), p.leave)
	p.passphrase.OnSubmitted = p.leave
	p.content = kit.NewPage(kit.PageSpec{
		Title: lang.T("data.leave.title"), Intro: lang.T("data.leave.intro"),
		Actions: []fyne.CanvasObject{d.backToData()},
		Body: []fyne.CanvasObject{
			kit.NewCard(kit.Column(kit.SpaceL,
				titled(lang.T("data.leave.goes-title"), lang.T("data.leave.goes")),
				titled(lang.T("data.leave.stays-title"), lang.T("data.leave.stays")),
				titled(lang.T("data.leave.notice-title"), lang.T("data.leave.notice")))),
			kit.NewCard(kit.Column(kit.SpaceL,
				row(lang.T("data.leave.take-title"), lang.T("data.leave.take"), kit.NewButton(kit.Plain, lang.T("data.export-verb"), func() { d.Show(newExport(d)) })),
				kit.NewRule(),
				kit.MaxWidth(kit.Measure, kit.Column(kit.SpaceL, paragraph(lang.T("data.leave.sure")), p.passphrase, p.says, kit.Start(p.verb))))),
		},
	})
	return p
}

// titled is a paragraph close under its heading.
func titled(title, text string) fyne.CanvasObject {
	return kit.Column(kit.SpaceXS, kit.NewText(kit.Sub, title), paragraph(text))
}

// Content implements [Page].
func (p *LeavePage) Content() fyne.CanvasObject { return p.content }

// First implements [Page].
func (p *LeavePage) First() fyne.Focusable { return nil }

// Leave implements [Page].
func (p *LeavePage) Leave(bool) func(context.Context) error {
	p.passphrase.Wipe()
	return nothing
}

// leave asks once more, and then destroys the person's own seat.
func (p *LeavePage) leave() {
	if p.verb.Disabled() {
		return
	}
	ask(p.d, question{
		title: lang.T("data.leave.ask-title"), about: lang.T("data.leave.ask-about"),
		verb: lang.T("data.leave.ask-verb"), cancel: lang.T("data.leave.stay"), destroys: true, yes: p.gone,
	})
}

// gone leaves for good, and the window goes back to its first page.
func (p *LeavePage) gone() {
	p.verb.Disable()
	p.says.Say(kit.ColorMuted, lang.T("data.leave.leaving"))
	p.d.Depart(p.passphrase.Secret(), func(err error) {
		p.verb.Enable()
		p.passphrase.Wipe()
		p.says.Say(kit.ColorWarn, sentence.Of(err))
		p.passphrase.Focus()
	})
}
