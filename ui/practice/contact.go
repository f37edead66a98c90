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

// ContactPage adds a call, a letter or a message to the log.
type ContactPage struct {
	d               Desk
	c               *store.Case
	members         []store.Member
	day, clock, way *kit.Field
	words           *kit.Field
	with, from      *kit.Segmented
	kept            bool
	says            *kit.Text
	content         fyne.CanvasObject
}

func newContact(d Desk, c *store.Case) *ContactPage {
	p := &ContactPage{
		d: d, c: c, says: kit.NewAnswer(),
		day: kit.NewField(lang.T("practice-meeting.day")), clock: kit.NewField(lang.T("practice-meeting.clock")),
		way: kit.NewField(lang.T("practice-contact.way")), words: kit.NewField(lang.T("practice-contact.words")),
	}
	var err error
	if p.members, err = c.People.Present(context.Background()); err != nil {
		d.Failed(err)
	}
	p.day.SetText(d.today())
	p.clock.SetText(d.Now().Format("15:04"))
	people := []string{}
	for _, m := range p.members {
		people = append(people, m.Name)
	}
	p.with = kit.NewSegmented(lang.T("practice-contact.with"), append(people, lang.T("practice-contact.somebody-else")), 0, nil)
	p.from = kit.NewSegmented(lang.T("practice-contact.direction"), []string{lang.T("practice-contact.outgoing"), lang.T("practice-contact.incoming")}, 0, nil)
	fields := []*kit.Field{p.day, p.clock, p.way, p.words}
	for i, f := range fields {
		f.OnSubmitted = func(string) {
			if i+1 < len(fields) {
				fields[i+1].Focus()
				return
			}
			p.keep()
		}
	}
	p.content = kit.NewFrame(kit.Column(kit.SpaceL,
		backLine(d.toCase(c)), kit.NewText(kit.Title, lang.T("practice-case.contact-add")),
		kit.NewCard(kit.MaxWidth(kit.Measure, kit.Column(kit.SpaceL,
			kit.Grid(2, kit.SpaceL, p.day, p.clock),
			labelled(lang.T("practice-contact.with"), kit.Start(p.with)),
			labelled(lang.T("practice-contact.direction"), kit.Start(p.from)),
			p.way, kit.Column(kit.SpaceS, p.words, kit.NewText(kit.Small, lang.T("practice-contact.words-about")).In(kit.ColorMuted)),
			kit.Column(0, d.guides(casework.ContactLog)...)))),
		p.says, kit.Start(kit.NewButton(kit.Primary, lang.T("practice-case.keep"), p.keep))))
	return p
}

// Content implements [Page].
func (p *ContactPage) Content() fyne.CanvasObject { return p.content }

// First implements [Page].
func (p *ContactPage) First() fyne.Focusable { return p.way.Focusable() }

// Leave implements [Page]: words that were written are kept by whatever way the page is
// left. Without any there is no contact.
func (p *ContactPage) Leave(locking bool) func(context.Context) error {
	k, day := p.read()
	if p.kept || blank(k.Words+k.Way) || !day && locking {
		p.words.SetText("")
		return page.Nothing
	}
	if !day {
		return func(context.Context) error {
			p.notADay()
			return page.ErrStay
		}
	}
	if locking {
		p.words.SetText("")
	}
	return func(ctx context.Context) error {
		_, err := p.c.Contacts.Put(ctx, k)
		if err != nil && !locking {
			say(p.says, err, p.way.Focus)
			return page.ErrStay
		}
		return err
	}
}

// read takes what the page says; day is false where the day or the time is none.
func (p *ContactPage) read() (k store.Contact, day bool) {
	at, err := p.d.parseMoment(p.day.Text(), p.clock.Text())
	k = store.Contact{At: at, Way: p.way.Text(), Words: p.words.Text(), Incoming: p.from.Chosen() == 1}
	if i := p.with.Chosen(); i < len(p.members) {
		k.Member = p.members[i].ID
	}
	return k, err == nil
}

func (p *ContactPage) notADay() {
	p.says.Say(kit.ColorWarn, lang.T("practice-meeting.not-a-day"))
	p.day.Focus()
}

// Keep is what the menu calls to keep what the page says.
func (p *ContactPage) Keep() {
	if !blank(p.words.Text() + p.way.Text()) {
		p.keep()
	}
}

func (p *ContactPage) keep() {
	k, day := p.read()
	if !day {
		p.notADay()
		return
	}
	if _, err := p.c.Contacts.Put(context.Background(), k); err != nil {
		say(p.says, err, p.way.Focus)
		return
	}
	p.kept = true
	p.d.Go(func() Page { return newCase(p.d, p.c) })
}
