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

// What stands in a note: headings and prompts, templates, and hints on wording.

// section is the heading and the prompt of a section. A key of a practitioner's own
// template is its own heading, and its prompt is theirs.
func (p *NotePage) section(key string) (heading, prompt string) {
	if p.open != nil {
		if s := p.d.sectionOf(p.open.note.Template, key); s != nil {
			if p.open.note.Template == store.Free && apart(p.wanted.Audience) {
				return s.Heading, p.belongs() // its own prompt is about what others may read
			}
			return s.Heading, p.ownPrompt(key, s.Prompt)
		}
		return key, p.ownPrompt(key, "")
	}
	return key, ""
}

// ownPrompt is the prompt of a section of the practitioner's own template; given where
// there is none.
func (p *NotePage) ownPrompt(key, given string) string {
	for _, t := range p.known {
		if t.Name != p.open.note.Template {
			continue
		}
		for i, prompt := range t.Prompts {
			if t.Keys[i] == key && prompt != "" {
				return prompt
			}
		}
	}
	return given
}

func (d Desk) sectionOf(template, key string) *casework.Section {
	find := func(all []casework.Section) *casework.Section {
		for i := range all {
			if all[i].ID == key {
				return &all[i]
			}
		}
		return nil
	}
	if template == store.Interview {
		if s := find(d.Texts.Interview.Template().Sections); s != nil {
			return s
		}
	}
	if t := d.Texts.Template(template); t != nil {
		if s := find(t.Sections); s != nil {
			return s
		}
	}
	return find(d.Texts.RecordFields)
}

// templates are those that a note of the audience can be begun with.
func (p *NotePage) templates() (all []store.Template) {
	var err error
	if p.known, err = p.d.Practice.Templates.All(context.Background()); err != nil {
		p.d.Failed(err)
	}
	for _, t := range p.known {
		fits := p.wanted.Audience != store.SafetyNote
		switch t.Name {
		case store.Interview, store.SafetyPlan:
			fits = p.wanted.Audience == store.SafetyNote && p.wanted.Member != (store.ID{})
		case store.Formulation:
			fits = p.wanted.Audience == store.SafetyNote && p.wanted.Member == (store.ID{})
		case store.Free:
			fits = true
		}
		if fits {
			all = append(all, t)
		}
	}
	return all
}

// fresh is the template of a new note.
func (p *NotePage) fresh() store.Template {
	name := store.Free
	switch {
	case p.wanted.Template != "":
		name = p.wanted.Template
	case p.wanted.Audience == store.Joint || p.wanted.Audience == store.Individual:
		name = p.d.noteBegins(p.wanted.Audience)
	case p.wanted.Audience == store.SafetyNote && p.wanted.Member == (store.ID{}):
		name = store.Formulation
	}
	all := p.templates()
	for _, t := range all {
		if t.Name == name {
			return t
		}
	}
	return all[0]
}

// noteBegins is the template that a new note of the record begins with: the one that the
// practice chose, or else the one that is usual for its readers.
func (d Desk) noteBegins(audience store.Audience) string {
	chosen, err := d.Practice.DefaultTemplate(context.Background())
	switch {
	case err == nil:
		return chosen.Name
	case !errors.Is(err, store.ErrNotFound):
		d.Failed(err)
	}
	if audience == store.Joint {
		return store.DAP
	}
	return store.Free
}

// templateTitle is what a template is called on the screen.
func (p *NotePage) templateTitle(name string) string {
	if name == store.Interview {
		return p.d.Texts.Interview.Title
	}
	return p.d.templateTitle(name)
}

func (d Desk) templateTitle(name string) string {
	if t := d.Texts.Template(name); t != nil {
		return t.Title
	}
	return name
}

// askForm lets another template be chosen. Sections that hold words stay, whatever the
// template says.
func (p *NotePage) askForm() {
	var sheet *kit.Sheet
	var rows []fyne.CanvasObject
	for _, t := range p.templates() {
		rows = append(rows, kit.Start(kit.NewButton(kit.Plain, p.templateTitle(t.Name), func() {
			sheet.Close()
			p.setForm(t)
		})))
	}
	if p.wanted.Audience != store.SafetyNote {
		rows = append(rows, page.Flush(kit.Start(kit.NewButton(kit.Quiet, lang.T("practice-house.templates-verb"), func() {
			sheet.Close()
			p.d.Go(func() Page { return newTemplates(p.d) })
		}))))
	}
	no := kit.NewButton(kit.Plain, lang.T("practice-case.not-now"), func() { sheet.Close() })
	sheet = kit.NewSheet(lang.T("practice-note.form-title"), kit.Column(kit.SpaceM, rows...), no, no)
	sheet.Open(p.d.Canvas)
}

func (p *NotePage) setForm(t store.Template) {
	was := p.open.now()
	sections := p.open.notes.New(p.wanted.Audience, p.wanted.Member, t).Sections
	for _, s := range was.Sections {
		if strings.TrimSpace(s.Text) == "" {
			continue
		}
		there := false
		for i := range sections {
			if strings.EqualFold(sections[i].Key, s.Key) {
				sections[i].Text, there = s.Text, true
			}
		}
		if !there {
			sections = append(sections, s)
		}
	}
	p.open.note.Template = t.Name
	p.setSections(sections)
}

// setSections shows other sections of the open note.
func (p *NotePage) setSections(sections []store.Section) {
	p.open.note.Sections = sections
	p.open.editors = nil
	p.showOpen()
	p.open.changed()
	p.d.Canvas.Focus(p.first)
}

// askHeading offers what belongs in the record and never in process notes. Process and
// safety notes have no such button.
func (p *NotePage) askHeading() {
	var sheet *kit.Sheet
	var rows []fyne.CanvasObject
	for _, s := range p.d.Texts.RecordFields {
		rows = append(rows, kit.NewButton(kit.Quiet, s.Heading, func() {
			sheet.Close()
			p.setSections(append(p.open.now().Sections, store.Section{Key: s.ID}))
			p.d.Canvas.Focus(p.open.editors[len(p.open.editors)-1])
		}))
	}
	no := kit.NewButton(kit.Plain, lang.T("practice-case.not-now"), func() { sheet.Close() })
	sheet = kit.NewSheet(lang.T("practice-note.heading-title"), kit.Column(kit.SpaceL,
		kit.NewText(kit.Small, lang.T("practice-note.heading-about")).In(kit.ColorMuted), page.Flush(kit.Flow(kit.SpaceS, rows...))), no, no)
	sheet.Open(p.d.Canvas)
}

// mostHints is how many hints show at a time.
const mostHints = 4

// look shows gentler ways to say what was written, if hints are on. Nothing of it is
// kept, and nothing is blocked.
func (p *NotePage) look() {
	if p.found == nil {
		return
	}
	var rows []fyne.CanvasObject
	if p.hints && p.open != nil {
		for _, s := range p.open.now().Sections {
			for _, f := range p.d.Texts.Look(s.Text) {
				if len(rows) < mostHints {
					rows = append(rows, kit.Column(0,
						kit.NewText(kit.Small, lang.F("practice-note.hint", map[string]any{"Word": s.Text[f.Start:f.End], "Instead": strings.Join(f.Hint.Instead, "; ")})),
						kit.NewText(kit.Caption, f.Hint.Why).In(kit.ColorMuted)))
				}
			}
		}
		if len(rows) == 0 {
			rows = append(rows, kit.NewText(kit.Small, lang.T("practice-note.hints-none")).In(kit.ColorMuted))
		}
	}
	p.found.SetObjects(rows...)
}
