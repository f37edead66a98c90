package practice

import (
	"context"
	"errors"

	"fyne.io/fyne/v2"

	"ebb/exercises/casework"
	"ebb/ui/kit"
	"ebb/ui/kit/editor"
	"ebb/ui/lang"
	"ebb/ui/page"
	"ebb/ui/sentence"
	store "ebb/vault/practice"
)

// FormsPage lists the texts that people are asked to decide about: Ebb's own as
// templates, and the practice's own versions of them.
type FormsPage struct {
	page.Still
	content fyne.CanvasObject
}

// NewForms builds the page.
func NewForms(d Desk) *FormsPage {
	var policies, consents []fyne.CanvasObject
	for i := range d.Texts.Documents {
		doc := &d.Texts.Documents[i]
		about := lang.T("practice-form.not-in-use")
		current, err := d.Practice.Documents.Current(context.Background(), doc.ID)
		switch {
		case err == nil:
			about = lang.F("practice-form.in-use", map[string]any{"Version": current.Version, "Day": d.dayWords(current.Issued)})
		case !errors.Is(err, store.ErrNotFound):
			d.Failed(err)
		}
		row := page.Row(doc.Title, about, kit.NewButton(kit.Plain, lang.T("practice-form.look"), func() {
			d.Go(func() Page { return newFormText(d, doc) })
		}))
		if doc.Kind == casework.Policy {
			policies = append(policies, row)
		} else {
			consents = append(consents, row)
		}
	}
	return &FormsPage{content: kit.NewPage(kit.PageSpec{
		Title: lang.T("practice-form.title"), Intro: lang.T("practice-form.intro"),
		Actions: []fyne.CanvasObject{kit.NewButton(kit.Plain, lang.T("practice-own.title"), func() { d.Go(func() Page { return NewOwn(d) }) }).WithIcon(kit.IconMenu)},
		Body: []fyne.CanvasObject{
			page.Group(lang.T("practice-form.policies"), policies...),
			page.Group(lang.T("practice-form.consents"), consents...),
		},
	})}
}

// Content implements [Page].
func (p *FormsPage) Content() fyne.CanvasObject { return p.content }

// FormTextPage is one of those texts, to be read, changed and put in use.
type FormTextPage struct {
	d       Desk
	doc     *casework.Document
	text    *editor.Editor
	says    *kit.Text
	was     string // what the editor held when the page opened
	content fyne.CanvasObject
}

func newFormText(d Desk, doc *casework.Document) *FormTextPage {
	p := &FormTextPage{d: d, doc: doc, text: editor.New(), says: kit.NewAnswer(), was: doc.Text()}
	state := lang.T("practice-form.template")
	current, err := d.Practice.Documents.Current(context.Background(), doc.ID)
	switch {
	case err == nil:
		p.was = current.Text
		state = lang.F("practice-form.in-use", map[string]any{"Version": current.Version, "Day": d.dayWords(current.Issued)})
	case !errors.Is(err, store.ErrNotFound):
		d.Failed(err)
	}
	p.text.SetText(p.was)
	p.text.Label, p.text.Margin, p.text.MinLines = doc.Title, 0, 14
	p.text.OnCopied = d.Copied
	p.content = kit.NewFrame(kit.Column(kit.SpaceL,
		backLine(kit.NewButton(kit.Quiet, lang.T("practice-form.title"), p.back).WithIcon(kit.IconBack)),
		kit.NewText(kit.Title, doc.Title),
		kit.MaxWidth(kit.IntroMeasure, kit.NewText(kit.Body, state).In(kit.ColorMuted)),
		kit.NewCard(p.text),
		kit.MaxWidth(kit.IntroMeasure, kit.NewText(kit.Small, lang.T("practice-form.each-anew")).In(kit.ColorMuted)),
		p.says,
		kit.Start(kit.NewButton(kit.Primary, lang.T("practice-form.use"), p.use))))
	return p
}

// Content implements [Page].
func (p *FormTextPage) Content() fyne.CanvasObject { return p.content }

// First implements [Page].
func (p *FormTextPage) First() fyne.Focusable { return nil }

// Leave implements [Page]: what was changed and not put in use is not kept, and there
// is nothing of anybody's in it.
func (p *FormTextPage) Leave(bool) func(context.Context) error {
	p.text.Wipe()
	return page.Nothing
}

func (p *FormTextPage) back() { p.d.Go(func() Page { return NewForms(p.d) }) }

func (p *FormTextPage) use() {
	d, err := p.d.Practice.Documents.Publish(context.Background(), p.doc.ID, "en", store.Plain, p.text.Text())
	if err != nil {
		p.says.Say(kit.ColorWarn, sentence.Of(err))
		return
	}
	p.d.Toast(lang.F("practice-form.used", map[string]any{"Version": d.Version}))
	p.back()
}
