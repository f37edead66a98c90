package home

import (
	"context"
	"crypto/rand"
	"math/big"
	"strings"

	"fyne.io/fyne/v2"

	"ebb/ui/kit"
	"ebb/ui/lang"
	"ebb/ui/sentence"
)

// RecoveryPage makes recovery words and shows them, once.
type RecoveryPage struct {
	d       Desk
	content *kit.Container
	field   *kit.SecretEntry
	says    *kit.Text
	verb    *kit.Button
	words   *recoveryWords // nil until they were made
}

func newRecovery(d Desk) *RecoveryPage {
	p := &RecoveryPage{d: d, content: kit.Stretch(kit.Spacer()), says: kit.NewAnswer()}
	p.field = kit.NewSecretEntry(lang.T("data.recovery.passphrase"), lang.T("unlock.show"), lang.T("unlock.hide"))
	p.field.OnSubmitted = p.make
	about := lang.T("data.recovery.about-none")
	if d.Session.HasRecovery() {
		about = lang.T("data.recovery.about-some")
	}
	p.verb = kit.NewButton(kit.Primary, lang.T("data.recovery.make"), p.make)
	p.content.SetObjects(p.page(kit.NewCard(kit.Column(kit.SpaceL,
		paragraph(lang.T("data.recovery.what")), paragraph(lang.T("data.recovery.who")), paragraph(about),
		kit.MaxWidth(kit.Measure, kit.Column(kit.SpaceL, p.field, p.says, kit.Start(p.verb))),
	))))
	return p
}

func (p *RecoveryPage) page(body fyne.CanvasObject) fyne.CanvasObject {
	return kit.NewPage(kit.PageSpec{
		Title: lang.T("data.recovery.title"), Intro: lang.T("data.recovery.intro"),
		Actions: []fyne.CanvasObject{p.d.backToData()}, Body: []fyne.CanvasObject{body},
	})
}

// Content implements [Page].
func (p *RecoveryPage) Content() fyne.CanvasObject { return p.content }

// First implements [Page].
func (p *RecoveryPage) First() fyne.Focusable { return p.field.Focusable() }

// Leave implements [Page].
func (p *RecoveryPage) Leave(bool) func(context.Context) error {
	p.field.Wipe()
	if p.words != nil {
		p.words.wipe()
	}
	p.content.SetObjects(kit.Spacer())
	return nothing
}

func (p *RecoveryPage) make() {
	if p.verb.Disabled() {
		return
	}
	p.verb.Disable()
	passphrase := p.field.Secret()
	p.says.Say(kit.ColorMuted, lang.T("data.recovery.making"))
	var words string
	p.d.Work(func(ctx context.Context) (err error) {
		defer clear(passphrase)
		words, err = p.d.Session.NewRecovery(ctx, passphrase)
		return err
	}, func(err error) {
		p.verb.Enable()
		p.field.Wipe()
		if err != nil {
			p.says.Say(kit.ColorWarn, sentence.Of(err))
			p.field.Focus()
			return
		}
		p.words = newRecoveryWords(p.d, words)
		p.content.SetObjects(p.page(p.words.card))
		p.d.Canvas.Focus(p.words.typed.Focusable())
	})
}

// recoveryWords shows new recovery words and asks for two of them: what was not
// written down is noticed now and not in ten years.
type recoveryWords struct {
	d     Desk
	words []string
	asked [2]int // which two, from 0
	typed *kit.Field
	says  *kit.Text
	card  fyne.CanvasObject
}

func newRecoveryWords(d Desk, words string) *recoveryWords {
	w := &recoveryWords{d: d, words: strings.Fields(words), says: kit.NewAnswer()}
	w.asked = twoOf(len(w.words))
	var cells []fyne.CanvasObject
	for i, word := range w.words {
		number := kit.NewText(kit.Marker, lang.F("data.recovery.number", map[string]any{"Number": i + 1})).In(kit.ColorMuted)
		cells = append(cells, kit.Hanging(34, number, kit.NewText(kit.Heading, word)))
	}
	w.typed = kit.NewField(lang.F("data.recovery.type", map[string]any{"First": w.asked[0] + 1, "Second": w.asked[1] + 1}))
	w.typed.OnSubmitted = func(string) { w.check() }
	w.card = kit.NewCard(kit.Column(kit.SpaceL,
		paragraph(lang.T("data.recovery.write")),
		kit.NewPanel(kit.Grid(3, kit.SpaceL, cells...)),
		w.typed, w.says,
		kit.Start(kit.NewButton(kit.Primary, lang.T("data.recovery.done"), w.check)),
	))
	return w
}

// twoOf draws two different places below n, in order.
func twoOf(n int) [2]int {
	pick := func(n int) int {
		i, err := rand.Int(rand.Reader, big.NewInt(int64(n)))
		if err != nil {
			return 0 // which two are asked for protects nothing
		}
		return int(i.Int64())
	}
	first := pick(n - 1)
	return [2]int{first, first + 1 + pick(n-1-first)}
}

func (w *recoveryWords) check() {
	typed := strings.Fields(strings.ToLower(w.typed.Text()))
	if len(typed) != 2 || typed[0] != w.words[w.asked[0]] || typed[1] != w.words[w.asked[1]] {
		w.says.Say(kit.ColorWarn, lang.T("data.recovery.look-again"))
		w.typed.Focus()
		return
	}
	w.d.Toast(lang.T("data.recovery.made"))
	w.d.Data()
}

func (w *recoveryWords) wipe() {
	clear(w.words)
	w.typed.SetText("")
}
