package practice

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"

	"ebb/ui/kit"
	"ebb/ui/lang"
	"ebb/ui/page"
	"ebb/ui/sentence"
	store "ebb/vault/practice"
)

// HandOverPage is one form for one person, over the whole window. Nothing of the
// practice can be reached from it: every way out but the practitioner's passphrase
// locks. The end is the same whatever was decided, and also if nothing was.
type HandOverPage struct {
	d       Desk
	c       *store.Case
	member  store.Member
	doc     store.Document
	given   bool
	secret  *kit.SecretEntry
	content *kit.Container
	first   fyne.Focusable
}

func newHandOver(d Desk, c *store.Case, m store.Member, doc store.Document, given bool) *HandOverPage {
	p := &HandOverPage{d: d, c: c, member: m, doc: doc, given: given, content: kit.Stretch(kit.Spacer())}
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
	begin := kit.NewButton(kit.Plain, texts.Begin, p.form)
	p.step(begin, kit.NewText(kit.Title, texts.WelcomeTitle), kit.NewText(kit.Body, texts.WelcomeText), kit.NewText(kit.Body, texts.WelcomeFree).In(kit.ColorMuted),
		kit.Flow(kit.SpaceM, begin, kit.NewButton(kit.Plain, texts.HandBack, p.end)))
}

// form shows the very text, and the decisions as buttons of one kind: none of them has
// the keyboard first.
func (p *HandOverPage) form() {
	kind := "consent"
	if isPolicy(p.doc.Name) {
		kind = "policy"
	}
	var parts []fyne.CanvasObject
	if audience := p.d.Texts.HandOver.Audience(kind); audience != nil {
		parts = append(parts, kit.Start(kit.NewAudiencePill(kit.FirstPerson, audience.Text)))
	}
	title, text, _ := strings.Cut(p.doc.Text, "\n")
	says := kit.NewAnswer()
	decide := func(kind store.DecisionKind) func() {
		return func() {
			err := p.c.Consents.Decide(context.Background(), store.Decision{
				Member: p.member.ID, Document: p.doc.Name, Version: p.doc.Version, Hash: p.doc.Hash, Kind: kind, Method: store.OnScreen,
			})
			if err != nil {
				says.Say(kit.ColorWarn, sentence.Of(err))
				return
			}
			p.end()
		}
	}
	verbs := []fyne.CanvasObject{
		kit.NewButton(kit.Plain, lang.T("handover.agree"), decide(store.Given)),
		kit.NewButton(kit.Plain, lang.T("handover.decline"), decide(store.Declined)),
	}
	if p.given {
		verbs = []fyne.CanvasObject{
			kit.NewButton(kit.Plain, lang.T("handover.still"), decide(store.Given)),
			kit.NewButton(kit.Plain, lang.T("handover.take-back"), decide(store.Withdrawn)),
		}
	}
	verbs = append(verbs, kit.NewButton(kit.Plain, p.d.Texts.HandOver.HandBack, p.end))
	parts = append(append(parts, kit.NewText(kit.Title, title)), formText(strings.TrimSpace(text))...)
	parts = append(parts, kit.NewRule(), says, kit.Flow(kit.SpaceM, verbs...))
	p.step(nil, parts...)
}

// end is the same for everybody. It stays until the practitioner takes the computer.
func (p *HandOverPage) end() {
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
			if err := p.d.Practice.StepUp(ctx, passphrase); err != nil {
				return err
			}
			return p.d.Practice.StepDown(ctx)
		}, func(err error) {
			p.secret.Enable()
			verb.Enable()
			p.secret.Wipe()
			if err != nil {
				says.Say(kit.ColorWarn, sentence.Of(err))
				p.secret.Focus()
				return
			}
			p.d.HandBack(func() Page { return newDecisions(p.d, p.c, p.member.ID) })
		})
	}
	verb.OnTapped, p.secret.OnSubmitted = open, open
	p.step(p.secret.Focusable(), kit.NewText(kit.Title, texts.RestTitle), kit.NewText(kit.Body, texts.RestText).In(kit.ColorMuted), p.secret, says, kit.Start(verb))
}
