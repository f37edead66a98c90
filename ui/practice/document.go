package practice

import (
	"context"
	"errors"
	"strings"

	"fyne.io/fyne/v2"

	"ebb/exercises/casework"
	"ebb/ui/kit"
	"ebb/ui/lang"
	"ebb/ui/page"
	store "ebb/vault/practice"
)

// A paper is a text that the practice has for the people who come: Ebb's template of it,
// and what the practice made of that.
type paper struct {
	name     string // in the vault
	title    string
	template string // Ebb's own text
	mark     string // what stands above the template wherever it is shown
	doc      *casework.Document
	law      *casework.Jurisdiction // of a notice; nil for what people decide about

	current store.Document // the version in use; none if Version is 0
	draft   string         // what is being written of the next one
	drafted bool
}

// notice reports whether a document of this name is handed out and not decided about.
func notice(name string) bool { return strings.HasPrefix(name, casework.Notices) }

// papers are all of them, the policies first.
func (d Desk) papers() (all []paper) {
	for i := range d.Texts.Documents {
		doc := &d.Texts.Documents[i]
		all = append(all, paper{name: doc.ID, title: doc.Title, template: doc.Text(), mark: lang.T("practice-document.mark"), doc: doc})
	}
	for _, law := range d.Texts.Jurisdictions() {
		all = append(all, paper{
			name: law.Document(), title: lang.F("practice-document.notice", map[string]any{"Law": law.Name}),
			template: law.Text(), mark: law.Mark, law: law,
		})
	}
	for i := range all {
		d.look(&all[i])
	}
	return all
}

// look reads what the practice has of a paper.
func (d Desk) look(p *paper) {
	ctx := context.Background()
	var err error
	if p.current, err = d.Practice.Documents.Current(ctx, p.name); err != nil && !errors.Is(err, store.ErrNotFound) {
		d.Failed(err)
	}
	p.draft, err = d.Practice.Documents.Draft(ctx, p.name)
	p.drafted = err == nil
	if err != nil && !errors.Is(err, store.ErrNotFound) {
		d.Failed(err)
	}
}

// text is what counts: the version in use, or the template.
func (p *paper) text() string {
	if p.current.Version > 0 {
		return p.current.Text
	}
	return p.template
}

// ours reports whether what counts is still Ebb's own text, word for word.
func (p *paper) ours() bool { return strings.TrimSpace(p.text()) == strings.TrimSpace(p.template) }

// state says in a line whether a paper is in use, and what is not finished in it.
func (d Desk) paperState(p *paper) string {
	words := lang.T("practice-document.not-in-use")
	if p.current.Version > 0 {
		words = lang.F("practice-document.in-use", map[string]any{"Version": p.current.Version, "Day": d.dayWords(p.current.Issued)})
	}
	if n := len(casework.Open(p.text())); n > 0 {
		words += " " + lang.N("practice-document.open", n, nil)
	}
	if p.drafted {
		words += " " + lang.T("practice-document.drafted")
	}
	return words
}

// FormsPage lists what people are asked to decide about and what is handed out to them:
// Ebb's own texts as templates, and the practice's versions of them.
type FormsPage struct {
	page.Still
	content fyne.CanvasObject
}

// NewForms builds the page.
func NewForms(d Desk) *FormsPage {
	var policies, consents, notices []fyne.CanvasObject
	for _, p := range d.papers() {
		row := page.Row(p.title, d.paperState(&p), kit.NewButton(kit.Plain, lang.T("practice-document.look"), func() {
			d.Go(func() Page { return newDocument(d, p.name) })
		}))
		switch {
		case p.law != nil:
			notices = append(notices, row)
		case p.doc.Kind == casework.Policy:
			policies = append(policies, row)
		default:
			consents = append(consents, row)
		}
	}
	return &FormsPage{content: kit.NewPage(kit.PageSpec{
		Title: lang.T("practice-document.title"), Intro: lang.T("practice-document.intro"),
		Actions: []fyne.CanvasObject{kit.NewButton(kit.Plain, lang.T("practice-own.title"), func() { d.Go(func() Page { return NewOwn(d) }) }).WithIcon(kit.IconMenu)},
		Body: []fyne.CanvasObject{
			page.Group(lang.T("practice-document.policies"), policies...),
			page.Group(lang.T("practice-document.consents"), consents...),
			page.Group(lang.T("practice-document.notices"), notices...),
			page.Group(lang.T("practice-house.title"), page.Row(lang.T("practice-house.also"), lang.T("practice-house.also-about"),
				kit.NewButton(kit.Plain, lang.T("practice-house.also-verb"), func() { d.Go(func() Page { return NewHouse(d) }) }))),
		},
	})}
}

// Content implements [Page].
func (p *FormsPage) Content() fyne.CanvasObject { return p.content }

// paperNamed is the paper of a name.
func (d Desk) paperNamed(name string) paper {
	for _, p := range d.papers() {
		if p.name == name {
			return p
		}
	}
	return paper{name: name, title: name}
}
