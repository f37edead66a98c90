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

// MemberPage is one person in their own words, and how they are reached.
type MemberPage struct {
	d       Desk
	c       *store.Case
	m       store.Member
	sheet   store.Sheet
	fields  []bound
	level   *kit.Segmented
	mail    *kit.Segmented
	says    *kit.Text
	dirty   bool
	content fyne.CanvasObject
}

// bound is a field with the place that its words go to.
type bound struct {
	field *kit.Field
	to    *string
}

var voicemails = []string{"", store.VoicemailNo, store.VoicemailNeutral, store.VoicemailYes}

func voicemailWords() []string {
	return []string{
		lang.T("practice-member.not-asked"), lang.T("practice-member.voicemail-no"),
		lang.T("practice-member.voicemail-neutral"), lang.T("practice-member.voicemail-yes"),
	}
}

// sheetLines is what to look at before a call, each with its name; empty where it was
// not asked yet.
func sheetLines(s store.Sheet) [][2]string {
	voicemail := ""
	for i, v := range voicemails {
		if i > 0 && v == s.Voicemail {
			voicemail = voicemailWords()[i]
		}
	}
	return [][2]string{
		{lang.T("practice-member.number"), s.Number},
		{lang.T("practice-member.voicemail"), voicemail},
		{lang.T("practice-member.times"), s.Times},
		{lang.T("practice-member.post"), s.Post},
		{lang.T("practice-member.code-word"), s.CodeWord},
		{lang.T("practice-member.emergency"), joined(s.EmergencyName, s.EmergencyNumber)},
		{lang.T("practice-member.emergency-bounds"), s.EmergencyBounds},
	}
}

func newMember(d Desk, c *store.Case, m store.Member) *MemberPage {
	p := &MemberPage{d: d, c: c, m: m, says: kit.NewAnswer()}
	sheet, err := c.People.Sheet(context.Background(), m.ID)
	if err != nil {
		d.Failed(err)
	}
	p.sheet = sheet
	level := 0
	if m.Level == store.Full {
		level = 1
	}
	p.level = kit.NewSegmented(lang.T("practice-member.level"), []string{lang.T("practice-member.level-plain"), lang.T("practice-member.level-full")}, level, func(int) { p.dirty = true })
	mail := 0
	for i, v := range voicemails {
		if v == sheet.Voicemail {
			mail = i
		}
	}
	p.mail = kit.NewSegmented(lang.T("practice-member.voicemail"), voicemailWords(), mail, func(int) { p.dirty = true })
	words := kit.NewCard(kit.MaxWidth(kit.Measure, kit.Column(kit.SpaceL,
		kit.NewText(kit.Sub, lang.T("practice-member.own-words")),
		p.field(lang.T("practice-member.name"), &p.m.Name, ""),
		p.field(lang.T("practice-member.pronouns"), &p.m.Pronouns, ""),
		p.field(lang.T("practice-member.description"), &p.m.Description, lang.T("practice-member.description-about")),
		p.field(lang.T("practice-member.ask"), &p.m.Ask, lang.T("practice-member.ask-about")),
		p.field(lang.T("practice-member.access"), &p.m.Access, lang.T("practice-member.access-about")),
		kit.Column(0, d.guides(casework.Carer)...),
		p.field(lang.T("practice-member.legal"), &p.m.LegalName, lang.T("practice-member.legal-about")),
		kit.Column(kit.SpaceS, kit.NewText(kit.Kicker, lang.T("practice-member.level")), kit.Start(p.level)))))
	about := lang.T("practice-member.call-title")
	if guide := d.Texts.Guide(casework.BeforeYouCall); guide != nil {
		about = guide.About
	}
	call := kit.NewCard(kit.MaxWidth(kit.Measure, kit.Column(kit.SpaceL,
		kit.NewText(kit.Sub, lang.T("practice-member.call-title")),
		kit.NewText(kit.Small, about).In(kit.ColorMuted),
		kit.Column(0, d.guides(casework.BeforeYouCall)...),
		p.field(lang.T("practice-member.number"), &p.sheet.Number, ""),
		kit.Column(kit.SpaceS, kit.NewText(kit.Kicker, lang.T("practice-member.voicemail")), kit.Start(p.mail)),
		p.field(lang.T("practice-member.times"), &p.sheet.Times, ""),
		p.field(lang.T("practice-member.post"), &p.sheet.Post, ""),
		p.field(lang.T("practice-member.code-word"), &p.sheet.CodeWord, lang.T("practice-member.code-word-about")),
		kit.NewRule(),
		kit.NewText(kit.Sub, lang.T("practice-member.emergency")),
		kit.NewText(kit.Small, lang.T("practice-member.emergency-about")).In(kit.ColorMuted),
		p.field(lang.T("practice-member.emergency-name"), &p.sheet.EmergencyName, ""),
		p.field(lang.T("practice-member.emergency-number"), &p.sheet.EmergencyNumber, ""),
		p.field(lang.T("practice-member.emergency-bounds"), &p.sheet.EmergencyBounds, ""))))
	for i, b := range p.fields {
		b.field.OnSubmitted = func(string) {
			if i+1 < len(p.fields) {
				p.fields[i+1].field.Focus()
				return
			}
			p.keep()
		}
	}
	verbs := []fyne.CanvasObject{kit.NewButton(kit.Primary, lang.T("practice-case.keep"), p.keep)}
	if m.LeftOn == "" {
		verbs = append(verbs, kit.NewButton(kit.Quiet, lang.T("practice-member.leave"), p.leaves))
	}
	p.content = kit.NewFrame(kit.Column(kit.SpaceL,
		backLine(d.toCase(c)), kit.NewText(kit.Title, m.Name),
		kit.MaxWidth(kit.IntroMeasure, kit.NewText(kit.Body, lang.T("practice-member.intro")).In(kit.ColorMuted)),
		words, call, p.says, kit.Flow(kit.SpaceM, verbs...)))
	return p
}

func (p *MemberPage) field(label string, to *string, about string) fyne.CanvasObject {
	f := kit.NewField(label)
	f.SetText(*to)
	f.OnChanged = func(string) { p.dirty = true }
	p.fields = append(p.fields, bound{f, to})
	if about == "" {
		return f
	}
	return kit.Column(kit.SpaceS, f, kit.NewText(kit.Small, about).In(kit.ColorMuted))
}

// Content implements [Page].
func (p *MemberPage) Content() fyne.CanvasObject { return p.content }

// First implements [Page].
func (p *MemberPage) First() fyne.Focusable { return p.fields[0].field.Focusable() }

// read takes the words out of the fields.
func (p *MemberPage) read() {
	for _, b := range p.fields {
		*b.to = b.field.Text()
	}
	p.m.Level = []string{store.Plain, store.Full}[p.level.Chosen()]
	p.sheet.Voicemail = voicemails[p.mail.Chosen()]
}

func (p *MemberPage) write(ctx context.Context) error {
	if err := p.c.People.Set(ctx, p.m); err != nil {
		return err
	}
	return p.c.People.SetSheet(ctx, p.m.ID, p.sheet)
}

// Leave implements [Page]: what was written is kept. Where it cannot be, as without a
// name, the page stays and says why.
func (p *MemberPage) Leave(locking bool) func(context.Context) error {
	if !p.dirty {
		return page.Nothing
	}
	p.read()
	if locking {
		for _, b := range p.fields {
			b.field.SetText("")
		}
	}
	return func(ctx context.Context) error {
		err := p.write(ctx)
		if err != nil && !locking {
			say(p.says, err, p.fields[0].field.Focus)
			return page.ErrStay
		}
		return err
	}
}

// Keep is what the menu calls to keep what the page says.
func (p *MemberPage) Keep() {
	if p.dirty && p.d.keptNow(p.Leave) {
		p.dirty = false
	}
}

func (p *MemberPage) keep() { p.d.Go(func() Page { return newCase(p.d, p.c) }) }

// leaves ends somebody's being part of the case.
func (p *MemberPage) leaves() {
	p.d.ask(page.Question{
		Title: lang.T("practice-member.leave"), About: lang.T("practice-member.leave-about"),
		Verb: lang.T("practice-member.leave"), Cancel: lang.T("practice-case.not-now"),
		Yes: func() {
			if err := p.c.People.Leave(context.Background(), p.m.ID); err != nil {
				p.d.Failed(err)
				return
			}
			p.keep()
		},
	})
}
