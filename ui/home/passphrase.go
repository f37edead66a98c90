package home

import (
	"context"
	"errors"

	"fyne.io/fyne/v2"

	"ebb/ui/kit"
	"ebb/ui/lang"
	"ebb/ui/sentence"
	"ebb/vault"
)

// PassphrasePage changes the passphrase.
type PassphrasePage struct {
	d       Desk
	content *kit.Container
	current *kit.SecretEntry
	fresh   *NewPassphrase
	says    *kit.Text
	verb    *kit.Button
	words   *recoveryWords
}

// NewPassphrasePage builds the page.
func NewPassphrasePage(d Desk) *PassphrasePage {
	p := &PassphrasePage{d: d, content: kit.Stretch(kit.Spacer())}
	current := lang.T("data.passphrase.current")
	if d.Session.Recovered() {
		current = lang.T("data.passphrase.current-words")
	}
	p.current = kit.NewSecretEntry(current, lang.T("unlock.show"), lang.T("unlock.hide"))
	p.ask(false)
	return p
}

// ask builds the form with words picked by chance, or for one's own.
func (p *PassphrasePage) ask(own bool) {
	p.says = kit.NewAnswer()
	p.verb = kit.NewButton(kit.Primary, lang.T("data.passphrase.change"), p.change)
	if p.fresh != nil {
		p.fresh.Wipe()
	}
	p.fresh = OwnPassphrase()
	if !own {
		var err error
		if p.fresh, err = DrawPassphrase(); err != nil {
			p.says.Say(kit.ColorWarn, sentence.Of(err))
		}
	}
	p.current.OnSubmitted = func() { p.d.Canvas.Focus(p.fresh.First()) }
	p.fresh.OnSubmitted(p.change)
	step := func(own bool) func() {
		return func() {
			if !p.verb.Disabled() {
				p.ask(own)
				p.d.Canvas.Focus(p.fresh.First())
			}
		}
	}
	var rows []fyne.CanvasObject
	if p.d.Session.Recovered() {
		rows = append(rows, kit.NewText(kit.Strong, lang.T("data.passphrase.recovered")))
	}
	choice := p.fresh.Choice(step(false))
	if !own { // a field has a label of its own
		choice = kit.Column(kit.SpaceS, kit.NewText(kit.Kicker, lang.T("data.passphrase.fresh")), choice)
	}
	rows = append(rows, p.current, choice, p.fresh.Again(), p.says,
		kit.Flow(kit.SpaceM, p.verb, kit.NewButton(kit.Quiet, p.fresh.Other(), step(!own))))
	p.content.SetObjects(p.page(kit.NewCard(kit.MaxWidth(kit.Measure, kit.Column(kit.SpaceL, rows...)))))
}

func (p *PassphrasePage) page(body fyne.CanvasObject) fyne.CanvasObject {
	return kit.NewPage(kit.PageSpec{
		Title: lang.T("data.passphrase.title"), Intro: lang.T("data.passphrase.intro"),
		Actions: []fyne.CanvasObject{p.d.backToData()}, Body: []fyne.CanvasObject{body},
	})
}

// Content implements [Page].
func (p *PassphrasePage) Content() fyne.CanvasObject { return p.content }

// First implements [Page].
func (p *PassphrasePage) First() fyne.Focusable { return p.current.Focusable() }

// Leave implements [Page].
func (p *PassphrasePage) Leave(bool) func(context.Context) error {
	p.current.Wipe()
	p.fresh.Wipe()
	if p.words != nil {
		p.words.wipe()
	}
	p.content.SetObjects(kit.Spacer())
	return nothing
}

func (p *PassphrasePage) change() {
	if p.verb.Disabled() {
		return
	}
	fresh := p.fresh.Take()
	if fresh == nil {
		p.says.Say(kit.ColorWarn, lang.T("create.different"))
		p.fresh.Retry()
		return
	}
	current := p.current.Secret()
	p.verb.Disable()
	p.says.Say(kit.ColorMuted, lang.T("data.passphrase.changing"))
	var words string
	p.d.ChangeKeys(func(ctx context.Context) (err error) {
		defer clear(current)
		defer clear(fresh)
		words, err = p.d.Session.ChangePassphrase(ctx, current, fresh, nil)
		return err
	}, func(fresh Desk, err error) {
		p.d = fresh
		p.verb.Enable()
		if err != nil {
			p.says.Say(kit.ColorWarn, sentence.Of(err))
			if errors.Is(err, vault.ErrWrongPassphrase) {
				p.current.Wipe()
			}
			p.current.Focus()
			return
		}
		p.current.Wipe()
		p.fresh.Wipe()
		if words == "" {
			p.d.Toast(lang.T("data.passphrase.changed"))
			p.d.Data()
			return
		}
		p.words = newRecoveryWords(p.d, words)
		p.content.SetObjects(p.page(kit.Column(kit.SpaceL, paragraph(lang.T("data.passphrase.words-too")), p.words.card)))
		p.d.Canvas.Focus(p.words.typed.Focusable())
	})
}
