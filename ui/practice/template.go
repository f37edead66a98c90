package practice

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"

	"ebb/exercises/casework"
	"ebb/ui/kit"
	"ebb/ui/lang"
	"ebb/ui/page"
	store "ebb/vault/practice"
)

// TemplatesPage lists the practice's own templates of notes, and those that are there
// from the start, which can be read and copied and stay as they are.
type TemplatesPage struct {
	page.Still
	d       Desk
	content *kit.Container
	verb    *kit.Button
}

func newTemplates(d Desk) *TemplatesPage {
	p := &TemplatesPage{d: d, content: kit.Stretch(kit.Spacer())}
	p.fill()
	return p
}

// Content implements [Page].
func (p *TemplatesPage) Content() fyne.CanvasObject { return p.content }

// First implements [Page].
func (p *TemplatesPage) First() fyne.Focusable {
	if kit.Folded() {
		return nil
	}
	return p.verb
}

func (p *TemplatesPage) fill() {
	all, err := p.d.Practice.Templates.All(context.Background())
	if err != nil {
		p.d.Failed(err)
	}
	var own, given []fyne.CanvasObject
	for _, t := range all {
		if text := p.d.Texts.Template(t.Name); text != nil {
			if text.ID != store.SafetyPlan && text.ID != store.Formulation { // they are of the safety drawers alone
				given = append(given, p.row(text.Title, text.About, p.d.headings(t),
					kit.NewButton(kit.Plain, lang.T("practice-template.copy"), func() { p.copy(t) })))
			}
			continue
		}
		if t.Name == store.Interview {
			continue
		}
		own = append(own, p.row(t.Name, "", p.d.headings(t),
			kit.NewButton(kit.Quiet, lang.T("practice-template.remove"), func() { p.remove(t) }),
			kit.NewButton(kit.Plain, lang.T("practice-template.edit"), func() {
				p.d.Go(func() Page { return newTemplate(p.d, t.Name, t) })
			})))
	}
	p.verb = quiet(kit.IconPlus, lang.T("practice-template.new"), func() {
		p.d.Go(func() Page {
			return newTemplate(p.d, "", store.Template{Name: p.d.freeName(lang.T("practice-template.new-name")), Keys: []string{""}})
		})
	})
	p.content.SetObjects(kit.NewFrame(kit.Column(kit.SpaceXL,
		kit.Column(kit.SpaceS, backLine(p.d.toHouse()),
			kit.NewText(kit.Title, lang.T("practice-template.title")),
			kit.MaxWidth(kit.IntroMeasure, kit.NewText(kit.Body, lang.T("practice-template.intro")).In(kit.ColorMuted))),
		group(lang.T("practice-template.own"), lang.T("practice-template.none"), own, p.verb),
		group(lang.T("practice-template.given"), "", given))))
}

// row is one template: its name, when it is of use, its sections, and what can be done.
func (p *TemplatesPage) row(name, about, sections string, verbs ...fyne.CanvasObject) fyne.CanvasObject {
	parts := []fyne.CanvasObject{kit.NewText(kit.Strong, name).MaxLines(3)}
	if about != "" {
		parts = append(parts, kit.NewText(kit.Small, about).In(kit.ColorMuted))
	}
	parts = append(parts, kit.NewText(kit.Small, sections).In(kit.ColorMuted).MaxLines(4))
	return kit.Row(kit.SpaceL, kit.Stretch(kit.Column(0, parts...)), kit.Row(kit.SpaceS, verbs...))
}

// copy begins an own template with the sections of another.
func (p *TemplatesPage) copy(t store.Template) {
	own := store.Template{Name: p.d.freeName(lang.F("practice-template.copy-name", map[string]any{"Name": t.Name}))}
	for _, key := range t.Keys {
		heading, prompt := key, ""
		if s := p.d.sectionOf(t.Name, key); s != nil {
			heading, prompt = s.Heading, s.Prompt
		}
		own.Keys, own.Prompts = append(own.Keys, heading), append(own.Prompts, prompt)
	}
	p.d.Go(func() Page { return newTemplate(p.d, "", own) })
}

// remove takes an own template away, with ten seconds to bring it back. Notes keep
// their sections.
func (p *TemplatesPage) remove(t store.Template) {
	if err := p.d.Practice.Templates.Remove(context.Background(), t.Name); err != nil {
		p.d.Failed(err)
		return
	}
	p.fill()
	p.d.Canvas.Focus(p.verb)
	p.d.Undo(lang.F("practice-template.removed", map[string]any{"Name": t.Name}), lang.T("practice-note.bring-back"), func() {
		if err := p.d.Practice.Templates.Put(context.Background(), t); err != nil {
			p.d.Failed(err)
			return
		}
		p.d.Go(func() Page { return newTemplates(p.d) })
	}, nil)
}

// headings are the titles of a template's sections, in a line.
func (d Desk) headings(t store.Template) string {
	var all []string
	for _, key := range t.Keys {
		if s := d.sectionOf(t.Name, key); s != nil {
			key = s.Heading
		}
		all = append(all, key)
	}
	return strings.Join(all, " · ")
}

// freeName is a name that no template has, as like the wanted one as can be.
func (d Desk) freeName(wanted string) string {
	name := wanted
	for n := 2; d.templateNamed(name); n++ {
		name = lang.F("practice-template.another-name", map[string]any{"Name": wanted, "Number": n})
	}
	return name
}

// templateNamed reports whether there is a template of this name, in whatever case.
func (d Desk) templateNamed(name string) bool {
	all, err := d.Practice.Templates.All(context.Background())
	if err != nil {
		d.Failed(err)
	}
	for _, t := range all {
		if strings.EqualFold(t.Name, strings.TrimSpace(name)) {
			return true
		}
	}
	return false
}

// recordOnly is the field of the record that a title names, or nil: what the definition
// of psychotherapy notes leaves out of them.
func (d Desk) recordOnly(title string) *casework.Section {
	title = strings.TrimSpace(title)
	for i := range d.Texts.RecordFields {
		if s := &d.Texts.RecordFields[i]; strings.EqualFold(s.ID, title) || strings.EqualFold(s.Heading, title) {
			return s
		}
	}
	return nil
}
