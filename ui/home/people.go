package home

import (
	"context"

	"fyne.io/fyne/v2"

	"ebb/ui/kit"
	"ebb/ui/lang"
	"ebb/ui/sentence"
	store "ebb/vault/home"
)

// PeoplePage shows everybody who has a seat, each in their own words.
type PeoplePage struct {
	still
	d       Desk
	content *kit.Container
	editing *profileForm // nil unless one's own profile is being changed
}

// NewPeople builds the page.
func NewPeople(d Desk) *PeoplePage {
	p := &PeoplePage{d: d, content: kit.Stretch(kit.Spacer())}
	p.fill()
	return p
}

// Content implements [Page].
func (p *PeoplePage) Content() fyne.CanvasObject { return p.content }

func (p *PeoplePage) fill() {
	all := p.d.people()
	audience := lang.T("people.audience-alone")
	if len(all) > 1 {
		audience = lang.F("people.audience", map[string]any{"Names": names(all, nil)})
	}
	spec := kit.PageSpec{Title: lang.T("people.title"), Intro: lang.T("people.intro")}
	spec.Body = append(spec.Body, kit.Start(kit.NewAudiencePill(kit.Shared, audience)))
	for i, one := range all {
		if one.Seat == p.d.Session.Seat() && p.editing != nil {
			spec.Body = append(spec.Body, p.editing.card())
			continue
		}
		spec.Body = append(spec.Body, p.card(one, i))
	}
	spec.Body = append(spec.Body, p.invitation())
	p.content.SetObjects(kit.NewPage(spec))
}

func (p *PeoplePage) card(one store.Profile, place int) fyne.CanvasObject {
	mine := one.Seat == p.d.Session.Seat()
	about := one.About
	if about == "" && !mine {
		about = lang.T("people.nothing-told")
	}
	head := []fyne.CanvasObject{kit.NewIcon(kit.IconPerson, 30, kit.Person(place).Ink()), kit.Stretch(kit.Column(0,
		kit.NewText(kit.Sub, one.Name),
		kit.NewText(kit.Caption, subtitle(one, mine)).In(kit.ColorMuted)))}
	if mine {
		head = append(head, kit.NewButton(kit.Plain, lang.T("people.edit"), p.edit).WithIcon(kit.IconPen))
	}
	rows := []fyne.CanvasObject{kit.Row(kit.SpaceL, head...)}
	if about != "" {
		rows = append(rows, kit.MaxWidth(kit.Measure, kit.NewText(kit.Body, about)))
	}
	return kit.NewCard(kit.Column(kit.SpaceM, rows...))
}

func subtitle(one store.Profile, mine bool) string {
	switch {
	case mine && one.Pronouns != "":
		return lang.F("people.you-pronouns", map[string]any{"Pronouns": one.Pronouns})
	case mine:
		return lang.T("people.you")
	}
	return one.Pronouns
}

func (p *PeoplePage) edit() {
	me, err := p.d.Home.People.Me(context.Background())
	if err != nil {
		p.d.Failed(err)
		return
	}
	p.editing = newProfileForm(p, me)
	p.fill()
	p.editing.name.Focus()
}

func (p *PeoplePage) stopEditing() {
	p.editing = nil
	p.fill()
}

// profileForm changes one's own profile.
type profileForm struct {
	p                     *PeoplePage
	me                    store.Profile
	name, pronouns, about *kit.Field
	says                  *kit.Text
}

func newProfileForm(p *PeoplePage, me store.Profile) *profileForm {
	f := &profileForm{
		p: p, me: me,
		name: kit.NewField(lang.T("people.name")), pronouns: kit.NewField(lang.T("people.pronouns")), about: kit.NewField(lang.T("people.about")),
		says: kit.NewAnswer(),
	}
	f.name.SetText(me.Name)
	f.pronouns.SetText(me.Pronouns)
	f.about.SetText(me.About)
	f.name.OnSubmitted = func(string) { f.pronouns.Focus() }
	f.pronouns.OnSubmitted = func(string) { f.about.Focus() }
	f.about.OnSubmitted = func(string) { f.save() }
	return f
}

func (f *profileForm) card() fyne.CanvasObject {
	return kit.NewCard(kit.Column(kit.SpaceL, f.name, f.pronouns, f.about, f.says, kit.Flow(kit.SpaceM,
		kit.NewButton(kit.Primary, lang.T("people.save"), f.save),
		kit.NewButton(kit.Plain, lang.T("people.cancel"), f.p.stopEditing))))
}

func (f *profileForm) save() {
	me := f.me
	me.Name, me.Pronouns, me.About = f.name.Text(), f.pronouns.Text(), f.about.Text()
	if err := f.p.d.Home.People.SetMe(context.Background(), me); err != nil {
		f.says.Say(kit.ColorWarn, sentence.Of(err))
		f.name.Focus()
		return
	}
	f.p.stopEditing()
	f.p.d.Toast(lang.T("people.saved"))
}

// seats is how many people a home vault has room for.
const seats = 4

func (p *PeoplePage) invitation() fyne.CanvasObject {
	rows := []fyne.CanvasObject{kit.NewText(kit.Sub, lang.T("people.invite.title"))}
	if len(p.d.Session.Members()) >= seats {
		rows = append(rows, kit.NewText(kit.Body, lang.T("people.invite.full")).In(kit.ColorMuted))
		return kit.NewPanel(kit.Column(kit.SpaceM, rows...))
	}
	verb := kit.NewButton(kit.Plain, lang.T("people.invite.verb"), nil).WithIcon(kit.IconKey)
	verb.OnTapped = func() {
		if verb.Disabled() {
			return
		}
		verb.Disable()
		var code string
		p.d.Work(func(ctx context.Context) error {
			called, err := p.d.Home.People.Names(ctx)
			if err != nil {
				return err
			}
			code, err = p.d.Session.Invite(called)
			return err
		}, func(err error) {
			verb.Enable()
			if err != nil {
				p.d.Failed(err)
				return
			}
			p.showCode(code)
		})
	}
	rows = append(rows, kit.MaxWidth(kit.Measure, kit.NewText(kit.Body, lang.T("people.invite.about")).In(kit.ColorMuted)), kit.Start(verb))
	return kit.NewPanel(kit.Column(kit.SpaceM, rows...))
}

func (p *PeoplePage) showCode(code string) {
	ask(p.d, question{
		title: lang.T("people.invite.words-title"), about: lang.T("people.invite.words-about"),
		body: []fyne.CanvasObject{
			kit.NewPanel(kit.NewText(kit.Heading, code)),
			kit.NewText(kit.Small, lang.T("people.invite.again")).In(kit.ColorMuted),
		},
		verb: lang.T("people.invite.lock"), cancel: lang.T("people.invite.later"), yes: p.d.Lock,
	})
}
