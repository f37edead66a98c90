package practice

import (
	"context"
	"errors"
	"strings"

	"fyne.io/fyne/v2"

	"ebb/ui/kit"
	"ebb/ui/lang"
	"ebb/ui/page"
	store "ebb/vault/practice"
)

// TemplatePage is one own template: its name, and a title and a prompt for each section.
// What is written is kept when the page is left.
type TemplatePage struct {
	d        Desk
	was      string // its name so far; empty for a new one
	proposed string // the name that a new one was given
	name     *kit.Field
	sections []templateSection
	list     *kit.Container
	says     *kit.Text
	dirty    bool
	content  fyne.CanvasObject
}

// A templateSection is a section under the practitioner's hands.
type templateSection struct {
	title, prompt *kit.Field
	told          *kit.Text // where it says that it stays out of process notes
}

func newTemplate(d Desk, was string, t store.Template) *TemplatePage {
	p := &TemplatePage{d: d, was: was, proposed: t.Name, name: kit.NewField(lang.T("practice-template.name")), list: kit.Column(kit.SpaceL), says: kit.NewAnswer(), dirty: was == ""}
	p.name.SetText(t.Name)
	p.name.OnChanged = func(string) { p.dirty = true }
	p.name.OnSubmitted = func(string) { p.sections[0].title.Focus() }
	for i, key := range t.Keys {
		prompt := ""
		if i < len(t.Prompts) {
			prompt = t.Prompts[i]
		}
		if s := d.sectionOf(t.Name, key); s != nil { // it was written as Ebb has it
			key = s.Heading
		}
		p.sections = append(p.sections, p.section(key, prompt))
	}
	p.fill()
	p.content = kit.NewFrame(kit.Column(kit.SpaceL,
		backLine(kit.NewButton(kit.Quiet, lang.T("practice-template.title"), p.keep).WithIcon(kit.IconBack)),
		kit.NewText(kit.Title, lang.T("practice-template.own-one")),
		kit.MaxWidth(kit.IntroMeasure, kit.NewText(kit.Body, lang.T("practice-template.own-about")).In(kit.ColorMuted)),
		kit.NewCard(kit.MaxWidth(kit.Measure, kit.Column(kit.SpaceL, p.says, p.name, p.list,
			page.Flush(kit.Start(quiet(kit.IconPlus, lang.T("practice-template.add"), p.add)))))),
		kit.Flow(kit.SpaceM,
			kit.NewButton(kit.Primary, lang.T("practice-case.keep"), p.keep),
			kit.NewButton(kit.Quiet, lang.T("practice-template.leave"), func() {
				p.dirty = false
				p.keep()
			}))))
	return p
}

// section makes the fields of a section.
func (p *TemplatePage) section(title, prompt string) templateSection {
	s := templateSection{title: kit.NewField(lang.T("practice-template.section")), prompt: kit.NewField(lang.T("practice-template.prompt")), told: kit.NewAnswer()}
	s.title.SetText(title)
	s.prompt.SetText(prompt)
	tell := func() {
		words := ""
		if p.d.recordOnly(s.title.Text()) != nil {
			words = lang.F("practice-template.record-only", map[string]any{"Title": strings.TrimSpace(s.title.Text())})
		}
		s.told.Say(kit.ColorMuted, words)
	}
	s.title.OnChanged = func(string) { p.dirty = true; tell() }
	s.prompt.OnChanged = func(string) { p.dirty = true }
	s.title.OnSubmitted = func(string) { s.prompt.Focus() }
	s.prompt.OnSubmitted = func(string) { p.next(s) }
	tell()
	return s
}

// next gives the keyboard to the section after one, which is made if there is none.
func (p *TemplatePage) next(after templateSection) {
	for i, s := range p.sections {
		if s.title == after.title && i+1 < len(p.sections) {
			p.sections[i+1].title.Focus()
			return
		}
	}
	p.add()
}

func (p *TemplatePage) add() {
	if len(p.sections) >= store.MaxSections {
		p.says.Say(kit.ColorWarn, lang.F("practice-template.most", map[string]any{"Most": store.MaxSections}))
		return
	}
	p.sections = append(p.sections, p.section("", ""))
	p.fill()
	p.sections[len(p.sections)-1].title.Focus()
}

func (p *TemplatePage) fill() {
	var rows []fyne.CanvasObject
	for i, s := range p.sections {
		verbs := []fyne.CanvasObject{}
		if i > 0 {
			verbs = append(verbs, kit.NewButton(kit.Quiet, lang.F("practice-template.up", map[string]any{"Number": i + 1}), func() {
				p.sections[i-1], p.sections[i] = p.sections[i], p.sections[i-1]
				p.changed(i - 1)
			}))
		}
		if len(p.sections) > 1 {
			verbs = append(verbs, kit.NewButton(kit.Quiet, lang.F("practice-template.without", map[string]any{"Number": i + 1}), func() {
				p.sections = append(p.sections[:i:i], p.sections[i+1:]...)
				p.changed(min(i, len(p.sections)-1))
			}))
		}
		rows = append(rows, kit.NewRule(), kit.Column(kit.SpaceM,
			kit.NewText(kit.Kicker, lang.F("practice-template.nth", map[string]any{"Number": i + 1})).In(kit.ColorMuted),
			s.title, s.told, s.prompt, page.Flush(kit.Flow(kit.SpaceS, verbs...))))
	}
	p.list.SetObjects(rows...)
}

// changed shows the sections anew after one of them moved or went.
func (p *TemplatePage) changed(focus int) {
	p.dirty = true
	p.fill()
	p.sections[focus].title.Focus()
}

// Content implements [Page].
func (p *TemplatePage) Content() fyne.CanvasObject { return p.content }

// First implements [Page].
func (p *TemplatePage) First() fyne.Focusable { return p.name.Focusable() }

// read takes the template out of the fields. Sections without a word are left out.
func (p *TemplatePage) read() store.Template {
	t := store.Template{Name: p.name.Text()}
	for _, s := range p.sections {
		title, prompt := s.title.Text(), s.prompt.Text()
		if strings.TrimSpace(title+prompt) == "" {
			continue
		}
		if field := p.d.recordOnly(title); field != nil && store.ProcessKey(strings.TrimSpace(title)) {
			title = field.ID // the heading that Ebb has for it, which storage does not know
		}
		t.Keys, t.Prompts = append(t.Keys, title), append(t.Prompts, prompt)
	}
	return t
}

// write keeps a template in the place of the one that was opened.
func (p *TemplatePage) write(ctx context.Context, t store.Template) error {
	if !strings.EqualFold(strings.TrimSpace(t.Name), p.was) && p.d.templateNamed(t.Name) {
		return errNameTaken
	}
	begins, err := p.d.Practice.DefaultTemplate(ctx)
	if err != nil && !errors.Is(err, store.ErrNotFound) {
		return err
	}
	if err := p.d.Practice.Templates.Replace(ctx, p.was, t); err != nil || p.was == "" || begins.Name != p.was {
		return err
	}
	// It goes by another name now. Storage may have cleaned that: then none is chosen.
	if err := p.d.Practice.SetDefaultTemplate(ctx, strings.TrimSpace(t.Name)); !errors.Is(err, store.ErrNotFound) {
		return err
	}
	return nil
}

// errNameTaken: another template has the name.
var errNameTaken = errors.New("another template has this name")

// Leave implements [Page]: what was written is kept. Where it cannot be, as without a
// name, the page stays and says why; when locking there is nobody to be told, and what
// cannot be kept goes.
func (p *TemplatePage) Leave(locking bool) func(context.Context) error {
	t := p.read()
	none := len(t.Keys) == 0 && p.was == ""
	if !p.dirty || none && (locking || t.Name == p.proposed) {
		return page.Nothing
	}
	if none { // a name alone is no template
		return p.d.unkept(func() {
			p.dirty = false
			p.keep()
		})
	}
	return func(ctx context.Context) error {
		err := p.write(ctx, t)
		taken := errors.Is(err, errNameTaken)
		refused := taken || errors.Is(err, store.ErrEmpty) || errors.Is(err, store.ErrTwice) || errors.Is(err, store.ErrTooLong)
		switch {
		case err == nil, locking && refused:
			return nil
		case locking:
			return err
		case taken:
			p.says.Say(kit.ColorWarn, lang.T("practice-template.taken"))
			p.name.Focus()
		case errors.Is(err, store.ErrTwice):
			say(p.says, err, nil)
		default:
			say(p.says, err, p.name.Focus)
		}
		return page.ErrStay
	}
}

// Keep is what the menu calls to keep what the page says.
func (p *TemplatePage) Keep() {
	if p.dirty {
		p.keep()
	}
}

func (p *TemplatePage) keep() { p.d.Go(func() Page { return newTemplates(p.d) }) }
