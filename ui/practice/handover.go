package practice

import (
	"context"

	"fyne.io/fyne/v2"

	"ebb/ui/kit"
	"ebb/ui/lang"
	"ebb/ui/page"
	"ebb/ui/sentence"
)

// HandOverPage is one form for one person, over the whole window. Nothing of the
// practice can be reached from it: every way out but the practitioner's passphrase
// locks. The end is the same whatever was decided or written, and also if nothing was.
type HandOverPage struct {
	d       Desk
	form    handedForm
	back    func() Page // where the practitioner goes on
	secret  *kit.SecretEntry
	content *kit.Container
	first   fyne.Focusable
}

// A handedForm is what one person fills in on a page that was handed over.
type handedForm interface {
	// begin shows its first step.
	begin(p *HandOverPage)
	// handBack ends it wherever it stands. An error keeps the page where it is; the form
	// has told it.
	handBack() error
	// wipe takes what was written off the screen. Nothing is kept by it.
	wipe()
}

func newHandOver(d Desk, form handedForm, back func() Page) *HandOverPage {
	p := &HandOverPage{d: d, form: form, back: back, content: kit.Stretch(kit.Spacer())}
	p.welcome()
	return p
}

// Content implements [Page].
func (p *HandOverPage) Content() fyne.CanvasObject { return p.content }

// First implements [Page].
func (p *HandOverPage) First() fyne.Focusable { return p.first }

// Leave implements [Page].
func (p *HandOverPage) Leave(bool) func(context.Context) error {
	if p.secret != nil {
		p.secret.Wipe()
	}
	p.form.wipe()
	return page.Nothing
}

// step shows parts above the tide and gives the keyboard to first.
func (p *HandOverPage) step(first fyne.Focusable, parts ...fyne.CanvasObject) {
	card := kit.NewPaddedCard(28, kit.Column(kit.SpaceL, parts...))
	p.first = first
	p.content.SetObjects(kit.WithTide(kit.TideHeight, kit.Inset(kit.PageMargin, 56, kit.PageMargin, 24, kit.Middle(kit.Measure+56, card))))
	p.d.Canvas.Unfocus()
	if first != nil {
		p.d.Canvas.Focus(first)
	}
}

func (p *HandOverPage) welcome() {
	texts := p.d.Texts.HandOver
	begin := kit.NewButton(kit.Plain, texts.Begin, func() { p.form.begin(p) })
	p.step(begin, kit.NewText(kit.Title, texts.WelcomeTitle), kit.NewText(kit.Body, texts.WelcomeText), kit.NewText(kit.Body, texts.WelcomeFree).In(kit.ColorMuted),
		kit.Flow(kit.SpaceM, begin, kit.NewButton(kit.Plain, texts.HandBack, p.end)))
}

// end is the same for everybody. It stays until the practitioner takes the computer.
func (p *HandOverPage) end() {
	if p.form.handBack() != nil {
		return
	}
	p.form.wipe()
	texts := p.d.Texts.HandOver
	on := kit.NewButton(kit.Quiet, lang.T("handover.practitioner"), p.rest)
	p.step(nil, kit.NewText(kit.Title, texts.EndTitle), kit.NewText(kit.Body, texts.EndText), page.Flush(kit.Start(on)))
}

// rest asks for the passphrase of whoever the office belongs to.
func (p *HandOverPage) rest() {
	texts := p.d.Texts.HandOver
	p.secret = kit.NewSecretEntry(lang.T("unlock.field"), lang.T("unlock.show"), lang.T("unlock.hide"))
	says := kit.NewAnswer()
	verb := kit.NewButton(kit.Plain, lang.T("unlock.open"), nil)
	open := func() {
		if verb.Disabled() {
			return
		}
		passphrase := p.secret.Secret()
		p.secret.Disable()
		verb.Disable()
		says.Say(kit.ColorMuted, lang.T("unlock.opening"))
		p.d.Work(func(ctx context.Context) error {
			defer clear(passphrase)
			return p.d.Practice.Confirm(ctx, passphrase)
		}, func(err error) {
			p.secret.Enable()
			verb.Enable()
			p.secret.Wipe()
			if err != nil {
				says.Say(kit.ColorWarn, sentence.Of(err))
				p.secret.Focus()
				return
			}
			p.d.HandBack(p.back)
		})
	}
	verb.OnTapped, p.secret.OnSubmitted = open, open
	p.step(p.secret.Focusable(), kit.NewText(kit.Title, texts.RestTitle), kit.NewText(kit.Body, texts.RestText).In(kit.ColorMuted), p.secret, says, kit.Start(verb))
}
