package home

import (
	"context"

	"fyne.io/fyne/v2"

	"ebb/ui/kit"
	"ebb/ui/lang"
	store "ebb/vault/home"
)

// ConsentsPage is what this person agreed to, and took back: theirs alone to read.
type ConsentsPage struct {
	still
	d       Desk
	content *kit.Container
}

func newConsents(d Desk) *ConsentsPage {
	p := &ConsentsPage{d: d, content: kit.Stretch(kit.Spacer())}
	p.fill()
	return p
}

// Content implements [Page].
func (p *ConsentsPage) Content() fyne.CanvasObject { return p.content }

func (p *ConsentsPage) fill() {
	document := exercisesConsent()
	in, err := p.d.Home.Consents.InForce(context.Background(), document)
	if err != nil {
		p.d.Failed(err)
	}
	state, verb, decision := lang.T("consent.not-given"), lang.T("consent.give"), store.Given
	if in {
		state, verb, decision = lang.T("consent.given"), lang.T("consent.withdraw"), store.Withdrawn
	}
	card := kit.NewCard(kit.Column(kit.SpaceM,
		kit.Start(kit.NewAudiencePill(p.d.reader(), lang.T("exercise.only-you"))),
		kit.NewText(kit.Sub, lang.T("consent.exercises.title")),
		paragraph(document.Summary),
		kit.NewRule(),
		kit.MaxWidth(kit.Measure, kit.NewText(kit.Body, document.Text).In(kit.ColorMuted)),
		kit.IconLine(kit.IconAgree, kit.Body, state, kit.ColorInk),
		kit.Start(kit.NewButton(kit.Plain, verb, func() { p.decide(document, decision) })),
		kit.NewText(kit.Small, lang.T("consent.at-once")).In(kit.ColorMuted)))
	body := []fyne.CanvasObject{card}
	if rows := p.history(); len(rows) > 0 {
		body = append(body, group(lang.T("consent.history"), rows...))
	}
	p.content.SetObjects(kit.NewPage(kit.PageSpec{
		Title: lang.T("consent.page"), Intro: lang.T("consent.intro"),
		Actions: []fyne.CanvasObject{p.d.backToData()}, Body: body,
	}))
}

func (p *ConsentsPage) history() (rows []fyne.CanvasObject) {
	all, err := p.d.Home.Consents.History(context.Background())
	if err != nil {
		p.d.Failed(err)
	}
	for _, r := range all {
		said := lang.T("consent.said-withdrawn")
		if r.Decision == store.Given {
			said = lang.T("consent.said-given")
		}
		rows = append(rows, row(said, lang.F("consent.of", map[string]any{
			"Title": lang.T("consent.exercises.title"), "Version": r.Version, "Day": longDate(dayOf(r.Day), p.d.Now()),
		}), kit.NewText(kit.Caption, lang.F("consent.hash", map[string]any{"Hash": hashWord(r.Hash)})).In(kit.ColorMuted)))
	}
	return rows
}

// hashWord is enough of a hash to compare two papers by.
func hashWord(hash [32]byte) string {
	const digits = "0123456789abcdef"
	var out []byte
	for _, b := range hash[:6] {
		out = append(out, digits[b>>4], digits[b&15])
	}
	return string(out)
}

func (p *ConsentsPage) decide(document store.Document, decision store.Decision) {
	if err := p.d.Home.Consents.Decide(context.Background(), document, decision); err != nil {
		p.d.Failed(err)
		return
	}
	p.fill()
}
