package practice

import (
	"context"
	"strings"
	"unicode/utf8"

	"fyne.io/fyne/v2"

	"ebb/ui/kit"
	"ebb/ui/lang"
	"ebb/ui/sentence"
	store "ebb/vault/practice"
)

// decisionForm asks one person about one document.
type decisionForm struct {
	d      Desk
	c      *store.Case
	member store.Member
	doc    store.Document
	given  bool // they agreed before
}

// begin shows the very text, and the decisions as buttons of one kind: none of them has
// the keyboard first.
func (f *decisionForm) begin(p *HandOverPage) {
	kind := "consent"
	if isPolicy(f.doc.Name) {
		kind = "policy"
	}
	var parts []fyne.CanvasObject
	if audience := f.d.Texts.HandOver.Audience(kind); audience != nil {
		parts = append(parts, kit.Start(kit.NewAudiencePill(kit.FirstPerson, audience.Text)))
	}
	title, text, _ := strings.Cut(f.doc.Text, "\n")
	if utf8.RuneCountInString(title) > store.MaxName { // a text of one's own, without a title
		title, text = f.d.documentTitle(f.doc.Name), f.doc.Text
	}
	says := kit.NewAnswer()
	decide := func(kind store.DecisionKind) func() {
		return func() {
			err := f.c.Consents.Decide(context.Background(), store.Decision{
				Member: f.member.ID, Document: f.doc.Name, Version: f.doc.Version, Hash: f.doc.Hash, Kind: kind, Method: store.OnScreen,
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
	if f.given {
		verbs = []fyne.CanvasObject{
			kit.NewButton(kit.Plain, lang.T("handover.still"), decide(store.Given)),
			kit.NewButton(kit.Plain, lang.T("handover.take-back"), decide(store.Withdrawn)),
		}
	}
	verbs = append(verbs, kit.NewButton(kit.Plain, f.d.Texts.HandOver.HandBack, p.end))
	parts = append(append(parts, kit.NewText(kit.Title, title)), formText(strings.TrimSpace(text))...)
	parts = append(parts, kit.NewRule(), says, kit.Flow(kit.SpaceM, verbs...))
	p.step(nil, parts...)
}

// handBack and wipe: a decision is kept when it is made, and nothing is written.
func (f *decisionForm) handBack() error { return nil }
func (f *decisionForm) wipe()           {}
