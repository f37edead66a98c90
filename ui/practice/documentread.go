package practice

import (
	"context"
	"io"
	"strings"

	"fyne.io/fyne/v2"

	"ebb/exercises/casework"
	"ebb/ui/kit"
	"ebb/ui/lang"
	"ebb/ui/page"
	"ebb/ui/print"
	"ebb/ui/sentence"
	store "ebb/vault/practice"
)

// DocumentPage is one text to be read: the version in use or Ebb's template, what a new
// version would mean, and every version that there was.
type DocumentPage struct {
	page.Still
	d       Desk
	paper   paper
	says    *kit.Text
	content *kit.Container
}

func newDocument(d Desk, name string) *DocumentPage {
	p := &DocumentPage{d: d, paper: d.paperNamed(name), says: kit.NewAnswer(), content: kit.Stretch(kit.Spacer())}
	p.fill()
	return p
}

// Content implements [Page].
func (p *DocumentPage) Content() fyne.CanvasObject { return p.content }

func (p *DocumentPage) fill() {
	verbs := []fyne.CanvasObject{kit.NewButton(kit.Plain, p.changeVerb(), func() { p.d.Go(func() Page { return newDocumentEdit(p.d, p.paper.name) }) }).WithIcon(kit.IconPen)}
	if p.paper.current.Version == 0 && !p.paper.drafted {
		verbs = append(verbs, kit.NewButton(kit.Plain, lang.T("practice-document.use"), func() { p.d.use(&p.paper, p.paper.template, p.says, p.used) }))
	}
	verbs = append(verbs, kit.NewButton(kit.Quiet, lang.T("practice-document.paper"), p.save).WithIcon(kit.IconPrint))
	body := []fyne.CanvasObject{
		kit.NewCard(kit.MaxWidth(kit.Measure, kit.Column(kit.SpaceL, formText(p.paper.below())...))),
	}
	if p.paper.law != nil {
		body = append(body, p.counsel())
	}
	body = append(body,
		page.Group(lang.T("practice-document.means"), kit.MaxWidth(kit.Measure, kit.NewText(kit.Body, p.paper.means()))),
		group(lang.T("practice-document.versions"), lang.T("practice-document.no-versions"), p.versions()))
	body = append(body, p.d.guides(p.paper.guides()...)...)
	p.content.SetObjects(kit.NewFrame(kit.Column(kit.SpaceL, append([]fyne.CanvasObject{
		backLine(kit.NewButton(kit.Quiet, lang.T("practice-document.title"), func() { p.d.Go(func() Page { return NewForms(p.d) }) }).WithIcon(kit.IconBack)),
		kit.NewText(kit.Title, p.paper.title),
		p.d.paperMark(&p.paper, p.paper.ours()),
		kit.MaxWidth(kit.IntroMeasure, kit.NewText(kit.Body, p.d.paperState(&p.paper)).In(kit.ColorMuted)),
		kit.Flow(kit.SpaceM, verbs...), p.says,
	}, body...)...)))
}

func (p *DocumentPage) changeVerb() string {
	if p.paper.drafted {
		return lang.T("practice-document.go-on")
	}
	return lang.T("practice-document.change")
}

// below is the text without its title, where that stands above it already.
func (p *paper) below() string {
	first, rest, more := strings.Cut(p.text(), "\n\n")
	if more && strings.TrimSpace(first) == p.title {
		return rest
	}
	return p.text()
}

// paperMark says above a text what it is: a template and no advice, or the practice's own.
func (d Desk) paperMark(p *paper, template bool) fyne.CanvasObject {
	words := p.mark
	if !template {
		words = lang.T("practice-document.mark-own")
	}
	about := ""
	if p.law != nil {
		about = p.law.AsOf
	}
	parts := []fyne.CanvasObject{kit.IconLine(kit.IconMark, kit.Strong, words, kit.ColorInk)}
	if about != "" {
		parts = append(parts, kit.NewText(kit.Small, about).In(kit.ColorMuted))
	}
	return kit.NewPanel(kit.MaxWidth(kit.Measure, kit.Column(kit.SpaceXS, parts...)))
}

// means is what a new version means for those who decided about the earlier one.
func (p *paper) means() string {
	switch {
	case p.law != nil:
		return lang.T("practice-document.means-notice")
	case p.doc != nil && p.doc.Kind == casework.Policy:
		return lang.T("practice-document.means-policy")
	case p.name == store.ExercisesConsent:
		return lang.T("practice-document.means-exercises")
	}
	return lang.T("practice-document.means-consent")
}

// guides are the prompts that go with a paper.
func (p *paper) guides() []string {
	switch {
	case p.law != nil:
		return []string{casework.OtherRecords}
	case p.doc != nil && p.doc.Kind == casework.Policy:
		return []string{casework.PolicyChoice, casework.Withdrawal}
	}
	return []string{casework.Withdrawal}
}

// counsel is what to go through with somebody who knows the law where the practice is.
func (p *DocumentPage) counsel() fyne.CanvasObject {
	var parts []fyne.CanvasObject
	for _, c := range p.paper.law.Checks {
		parts = append(parts, kit.Column(kit.SpaceXS, kit.NewText(kit.Strong, c.Heading), kit.NewText(kit.Body, c.Prompt)))
	}
	parts = append(parts, kit.NewText(kit.Strong, lang.T("practice-document.sources")))
	for _, source := range p.paper.law.Sources {
		parts = append(parts, kit.NewText(kit.Small, source).In(kit.ColorMuted))
	}
	return unfolds(lang.T("practice-document.counsel"), parts...)
}

// versions are those that were in use, the latest first, and the template.
func (p *DocumentPage) versions() (rows []fyne.CanvasObject) {
	all, err := p.d.Practice.Documents.All(context.Background())
	if err != nil {
		p.d.Failed(err)
	}
	for _, doc := range all {
		if doc.Name != p.paper.name {
			continue
		}
		rows = append(rows, page.Row(lang.F("practice-document.version", map[string]any{"Version": doc.Version}),
			joined(lang.F("practice-document.since", map[string]any{"Day": p.d.dayWords(doc.Issued)}), lang.F("practice-document.hash", map[string]any{"Hash": page.HashWord(doc.Hash)})),
			kit.NewButton(kit.Quiet, lang.F("practice-document.read-version", map[string]any{"Version": doc.Version}), func() { p.read(doc) })))
	}
	if len(rows) > 0 && !p.paper.ours() {
		rows = append(rows, page.Row(lang.T("practice-document.ebbs"), p.paper.mark, kit.NewButton(kit.Quiet, lang.T("practice-document.read-ebbs"), func() {
			p.d.tell(lang.T("practice-document.ebbs"), lang.T("practice-case.close-sheet"), append([]fyne.CanvasObject{p.d.paperMark(&p.paper, true)}, formText(p.paper.template)...)...)
		})))
	}
	return rows
}

func (p *DocumentPage) read(doc store.Document) {
	p.d.tell(p.paper.title, lang.T("practice-case.close-sheet"), append(formText(doc.Text),
		kit.NewText(kit.Caption, lang.F("practice-consent.version", map[string]any{"Version": doc.Version, "Hash": page.HashWord(doc.Hash)})).In(kit.ColorMuted))...)
}

// used shows the page anew after a version was put in use.
func (p *DocumentPage) used() {
	p.d.look(&p.paper)
	p.fill()
}

// save puts the text on paper, with its mark for as long as it is a template.
func (p *DocumentPage) save() {
	t := print.Text{Title: p.paper.title, Words: p.paper.text(), Sign: p.paper.law == nil}
	if p.paper.ours() {
		t.Mark = p.paper.mark
	}
	if v := p.paper.current; v.Version > 0 {
		t.Foot = lang.F("practice-consent.version", map[string]any{"Version": v.Version, "Hash": page.HashWord(v.Hash)})
	}
	p.d.printer().SavePDF(func(w io.Writer, o print.Options) error { return print.Document(w, t, o) })
}

// use asks once more and then puts a text in use as the next version. A text with places
// that are not filled in says which, and the answer that does it names them.
func (d Desk) use(p *paper, text string, says *kit.Text, then func()) {
	q := page.Question{
		Title: lang.T("practice-document.use-title"), About: p.means(),
		Verb: lang.T("practice-document.use"), Cancel: lang.T("practice-case.not-now"),
		Yes: func() {
			doc, err := d.Practice.Documents.Publish(context.Background(), p.name, "en", store.Plain, text)
			if err != nil {
				says.Say(kit.ColorWarn, sentence.Of(err))
				return
			}
			if doc.Version == p.current.Version {
				d.Toast(lang.F("practice-document.same", map[string]any{"Version": doc.Version}))
				return
			}
			d.Toast(lang.F("practice-document.used", map[string]any{"Version": doc.Version}))
			then()
		},
	}
	if open := casework.Open(text); len(open) > 0 {
		q.Title, q.Verb = lang.N("practice-document.open-title", len(open), nil), lang.T("practice-document.use-open")
		q.About = lang.T("practice-document.open-about")
		for _, place := range open {
			q.Body = append(q.Body, kit.NewText(kit.Strong, "["+place+"]"))
		}
	}
	d.ask(q)
}
