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
	d       Desk
	content *kit.Container
	first   fyne.Focusable
}

func newConsents(d Desk) *ConsentsPage {
	p := &ConsentsPage{d: d, content: kit.Stretch(kit.Spacer())}
	p.fill()
	return p
}

// Content implements [Page].
func (p *ConsentsPage) Content() fyne.CanvasObject { return p.content }

// First implements [Page].
func (p *ConsentsPage) First() fyne.Focusable { return p.first }

// Leave implements [Page].
func (p *ConsentsPage) Leave(bool) func(context.Context) error { return nothing }

func (p *ConsentsPage) fill() {
	ctx := context.Background()
	document, err := p.d.Home.Consents.Exercises(ctx)
	if err != nil {
		p.d.Failed(err)
	}
	history, err := p.d.Home.Consents.History(ctx)
	if err != nil {
		p.d.Failed(err)
	}
	body := []fyne.CanvasObject{kit.NewCard(kit.Column(kit.SpaceM, append([]fyne.CanvasObject{
		kit.Start(kit.NewAudiencePill(p.d.reader(), lang.T("exercise.only-you"))),
		kit.NewText(kit.Sub, document.Title),
		paragraph(document.Summary),
		kit.NewRule(),
		kit.MaxWidth(kit.Measure, kit.NewText(kit.Body, document.Text).In(kit.ColorMuted)),
		kit.NewText(kit.Caption, version(document)).In(kit.ColorMuted),
	}, p.standing(document, history)...)...))}
	if rows := p.history(history); len(rows) > 0 {
		body = append(body, group(lang.T("consent.history"), rows...))
	}
	back := p.d.backToData()
	p.first = back // and not what agrees or takes back
	p.content.SetObjects(kit.NewPage(kit.PageSpec{
		Title: lang.T("consent.page"), Intro: lang.T("consent.intro"),
		Actions: []fyne.CanvasObject{back}, Body: body,
	}))
}

// standing is how this person stands to a document, and what they can say about it now.
func (p *ConsentsPage) standing(document store.Document, history []store.ConsentRecord) []fyne.CanvasObject {
	consents := p.d.Home.Consents
	give := kit.NewButton(kit.Plain, lang.T("consent.give"), func() {
		p.say(func(ctx context.Context) error { return consents.Decide(ctx, document, store.Given) })
	})
	back := kit.NewButton(kit.Plain, lang.T("consent.withdraw"), func() {
		p.say(func(ctx context.Context) error { return consents.Withdraw(ctx, document.Name) })
	})
	state, verbs := lang.T("consent.not-given"), []*kit.Button{give}
	if len(history) > 0 && history[0].Decision == store.Given {
		state, verbs = lang.T("consent.given"), []*kit.Button{back}
		if last := history[0]; last.Document.Version != document.Version || last.Hash != document.Hash() {
			state, verbs = lang.T("consent.newer"), []*kit.Button{give, back}
		}
	}
	row := make([]fyne.CanvasObject, len(verbs))
	for i, v := range verbs {
		row[i] = v
	}
	return []fyne.CanvasObject{
		kit.IconLine(kit.IconAgree, kit.Body, state, kit.ColorInk),
		kit.Flow(kit.SpaceM, row...),
		kit.NewText(kit.Small, lang.T("consent.at-once")).In(kit.ColorMuted),
	}
}

// version names a version of a document and its very text.
func version(d store.Document) string {
	return lang.F("consent.version", map[string]any{"Version": d.Version, "Hash": hashWord(d.Hash())})
}

func (p *ConsentsPage) history(all []store.ConsentRecord) (rows []fyne.CanvasObject) {
	for _, r := range all {
		said := lang.T("consent.said-withdrawn")
		if r.Decision == store.Given {
			said = lang.T("consent.said-given")
		}
		read := kit.NewButton(kit.Quiet, lang.F("consent.read", map[string]any{"Version": r.Document.Version}), func() { p.read(r.Document) })
		if r.Document.Text == "" {
			read.Disable() // decided before texts were kept
		}
		rows = append(rows, row(said, lang.F("consent.of", map[string]any{
			"Day": longDate(dayOf(r.Day), p.d.Now()), "Version": r.Document.Version, "Hash": hashWord(r.Hash),
		}), read))
	}
	return rows
}

// read shows the text of a decision, whatever version is in force now.
func (p *ConsentsPage) read(d store.Document) {
	tell(p.d, d.Title, lang.T("menu.close"),
		kit.NewText(kit.Body, d.Summary), kit.NewRule(), kit.NewText(kit.Body, d.Text).In(kit.ColorMuted),
		kit.NewText(kit.Caption, version(d)).In(kit.ColorMuted))
}

// say records what this person says, and shows how they stand to it now.
func (p *ConsentsPage) say(decide func(context.Context) error) {
	if err := decide(context.Background()); err != nil {
		p.d.Failed(err)
		return
	}
	p.fill()
	p.d.Canvas.Focus(p.first)
}
