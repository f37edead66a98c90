package practice

import (
	"context"

	"fyne.io/fyne/v2"

	"ebb/exercises/casework"
	"ebb/ui/kit"
	"ebb/ui/lang"
	"ebb/ui/page"
	store "ebb/vault/practice"
)

// HousePage is what the practice settles for itself and not for a case: the templates of
// its notes, supervision, and who stands in.
type HousePage struct {
	d       Desk
	cover   store.Cover
	fields  []bound
	says    *kit.Text
	dirty   bool
	first   *kit.Button
	begins  *kit.Text // what a new note begins with
	content fyne.CanvasObject
}

// NewHouse builds the page.
func NewHouse(d Desk) *HousePage {
	p := &HousePage{d: d, says: kit.NewAnswer()}
	var err error
	if p.cover, err = d.Practice.Cover(context.Background()); err != nil {
		d.Failed(err)
	}
	p.first = kit.NewButton(kit.Plain, lang.T("practice-house.begins-verb"), p.askBegins)
	templates := kit.NewButton(kit.Plain, lang.T("practice-house.templates-verb"), func() { d.Go(func() Page { return newTemplates(d) }) })
	p.begins = kit.NewText(kit.Small, p.beginsWords()).In(kit.ColorMuted)
	parts := []fyne.CanvasObject{
		kit.NewText(kit.Small, lang.T("practice-house.cover-about")).In(kit.ColorMuted),
		p.field(lang.T("practice-house.supervisor"), &p.cover.Supervisor),
		p.field(lang.T("practice-house.hours"), &p.cover.Hours),
		kit.NewRule(),
		p.field(lang.T("practice-house.away"), &p.cover.Away),
		p.field(lang.T("practice-house.locum"), &p.cover.Locum),
		p.field(lang.T("practice-house.may"), &p.cover.May),
		p.says,
		kit.Start(kit.NewButton(kit.Plain, lang.T("practice-case.keep"), p.keep)),
	}
	parts = append(parts, d.guides(casework.Cover)...)
	for i, b := range p.fields {
		b.field.OnSubmitted = func(string) {
			if i+1 < len(p.fields) {
				p.fields[i+1].field.Focus()
				return
			}
			p.keep()
		}
	}
	p.content = kit.NewPage(kit.PageSpec{
		Title: lang.T("practice-house.title"), Intro: lang.T("practice-house.intro"),
		Body: []fyne.CanvasObject{
			page.Group(lang.T("practice-house.notes"),
				kit.Row(kit.SpaceL, kit.Stretch(kit.Column(0, kit.NewText(kit.Strong, lang.T("practice-house.begins")), p.begins)),
					p.first),
				page.Row(lang.T("practice-house.templates"), lang.T("practice-house.templates-about"), templates)),
			kit.Column(kit.SpaceM, kit.NewText(kit.Sub, lang.T("practice-house.cover")),
				kit.NewCard(kit.MaxWidth(kit.Measure, kit.Column(kit.SpaceL, parts...)))),
		},
	})
	return p
}

func (p *HousePage) field(label string, to *string) fyne.CanvasObject {
	f := kit.NewField(label)
	f.SetText(*to)
	f.OnChanged = func(string) { p.dirty = true }
	p.fields = append(p.fields, bound{f, to})
	return f
}

// beginsWords says what a new note begins with.
func (p *HousePage) beginsWords() string {
	if _, err := p.d.Practice.DefaultTemplate(context.Background()); err != nil {
		return lang.T("practice-house.begins-usual") // which noteBegins says of any other error, too
	}
	return lang.F("practice-house.begins-chosen", map[string]any{"Template": p.d.templateTitle(p.d.noteBegins(store.Joint))})
}

// askBegins lets the template be chosen that a new note begins with.
func (p *HousePage) askBegins() {
	all, err := p.d.Practice.Templates.All(context.Background())
	if err != nil {
		p.d.Failed(err)
	}
	var sheet *kit.Sheet
	var rows []fyne.CanvasObject
	choice := func(title, name string) {
		rows = append(rows, kit.Start(kit.NewButton(kit.Plain, title, func() {
			sheet.Close()
			if err := p.d.Practice.SetDefaultTemplate(context.Background(), name); err != nil {
				p.d.Failed(err)
			}
			p.begins.SetText(p.beginsWords())
		})))
	}
	choice(lang.T("practice-house.begins-none"), "")
	for _, t := range all {
		switch t.Name {
		case store.Interview, store.SafetyPlan, store.Formulation: // they are of the safety drawers alone
		default:
			choice(p.d.templateTitle(t.Name), t.Name)
		}
	}
	no := kit.NewButton(kit.Plain, lang.T("practice-case.not-now"), func() { sheet.Close() })
	sheet = kit.NewSheet(lang.T("practice-house.begins"), kit.Column(kit.SpaceM, append([]fyne.CanvasObject{
		kit.NewText(kit.Body, lang.T("practice-house.begins-about")).In(kit.ColorMuted),
	}, rows...)...), no, no)
	sheet.Open(p.d.Canvas)
}

// Content implements [Page].
func (p *HousePage) Content() fyne.CanvasObject { return p.content }

// First implements [Page].
func (p *HousePage) First() fyne.Focusable {
	if kit.Folded() {
		return nil
	}
	return p.first
}

// Leave implements [Page]: what was written is kept.
func (p *HousePage) Leave(locking bool) func(context.Context) error {
	if !p.dirty {
		return page.Nothing
	}
	for _, b := range p.fields {
		*b.to = b.field.Text()
	}
	cover := p.cover
	return func(ctx context.Context) error {
		err := p.d.Practice.SetCover(ctx, cover)
		if err != nil && !locking {
			say(p.says, err, p.fields[0].field.Focus)
			return page.ErrStay
		}
		return err
	}
}

// Keep is what the menu calls to keep what the page says.
func (p *HousePage) Keep() {
	if p.dirty {
		p.keep()
	}
}

// keep stores what is on the page, and stays.
func (p *HousePage) keep() {
	if err := p.Leave(false)(context.Background()); err != nil {
		return // the page has said why
	}
	p.dirty = false
	p.d.Toast(lang.T("practice-house.kept"))
}

// toHouse leads from a page of the practice back to where it was opened.
func (d Desk) toHouse() *kit.Button {
	return kit.NewButton(kit.Quiet, lang.T("practice-house.title"), func() { d.Go(func() Page { return NewHouse(d) }) }).WithIcon(kit.IconBack)
}
