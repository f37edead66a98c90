package practice

import (
	"context"
	"errors"

	"fyne.io/fyne/v2"

	"ebb/ui/kit"
	"ebb/ui/lang"
	store "ebb/vault/practice"
)

// NotePage is the one composer for all four audiences. A tab is an audience, an
// audience is a drawer: going to another tab keeps what was written in the drawer that
// it was written for, and opens a note of the other.
type NotePage struct {
	d       Desk
	c       *store.Case
	meeting store.Meeting
	members []store.Member
	wanted  store.NoteRow    // what the page was asked to show; ID and Template are used once
	open    *leaf            // nil where something else is to be done first
	label   string           // of the case, which keeps it from being taken for another; on the screen alone
	hints   bool             // wording hints are on
	known   []store.Template // of notes, also the practitioner's own

	content *kit.Container
	scroll  *kit.Scroll
	again   *kit.Container // the pill at the upper edge
	tabs    *kit.Segmented
	lasting *kit.Text      // how long the second unlock lasts; nil where that is not told
	verbs   *kit.Container // holds verb: opens, or closes while it lasts
	opens   *kit.Button
	closes  *kit.Button
	verb    *kit.Button
	found   *kit.Container // what the hints found
	first   fyne.Focusable
}

// audiences are the tabs, in their order.
var audiences = []store.Audience{store.Joint, store.Individual, store.ProcessNote, store.SafetyNote}

var audienceWords = lang.Dynamic("practice-note.audience.")

// apart reports whether an audience lies behind the second unlock.
func apart(a store.Audience) bool { return a == store.ProcessNote || a == store.SafetyNote }

// write shows the composer, about a meeting or none, with a note that is asked for or
// with what was being written.
func (d Desk) write(c *store.Case, meeting store.Meeting, wanted store.NoteRow) {
	d.Go(func() Page { return newNote(d, c, meeting, wanted) })
}

func newNote(d Desk, c *store.Case, meeting store.Meeting, wanted store.NoteRow) *NotePage {
	p := &NotePage{d: d, c: c, meeting: meeting, wanted: wanted, content: kit.Stretch(kit.Spacer())}
	var err error
	if p.members, err = c.People.All(context.Background()); err != nil {
		d.Failed(err)
	}
	stand, err := c.Standing(context.Background())
	if err != nil {
		d.Failed(err)
	}
	p.label = stand.Label
	if p.hints, err = d.Practice.Hints(context.Background()); err != nil {
		d.Failed(err)
	}
	if p.wanted.Audience == "" {
		p.wanted.Audience = store.Joint
		if meeting.Member != (store.ID{}) {
			p.wanted.Audience, p.wanted.Member = store.Individual, meeting.Member
		}
	}
	p.turn()
	return p
}

// Content implements [Page].
func (p *NotePage) Content() fyne.CanvasObject { return p.content }

// First implements [Page].
func (p *NotePage) First() fyne.Focusable {
	if kit.Folded() {
		return nil // the keyboard would scroll the page away from its beginning
	}
	return p.first
}

// Keep stores what is written now.
func (p *NotePage) Keep() {
	if p.open == nil || !p.open.editable() {
		return
	}
	if err := p.open.keep(); err != nil {
		p.d.Failed(err)
	}
}

// to keeps the note that is open and turns to another audience or person.
func (p *NotePage) to(audience store.Audience, member store.ID) {
	if p.open != nil {
		if err := p.open.leave(false)(context.Background()); err != nil {
			p.open.left = false // it stays
			p.d.Failed(err)
			p.tabs.SetChosen(p.tab())
			return
		}
		p.open = nil
	}
	p.wanted = store.NoteRow{Audience: audience, Member: member}
	p.turn()
	p.d.Canvas.Focus(p.tabs)
}

func (p *NotePage) tab() int {
	for i, a := range audiences {
		if a == p.wanted.Audience {
			return i
		}
	}
	return 0
}

// present are those who are part of the case now.
func (p *NotePage) present() (all []store.Member) {
	for _, m := range p.members {
		if m.LeftOn == "" {
			all = append(all, m)
		}
	}
	return all
}

// turn opens what is wanted, or says what has to be done before.
func (p *NotePage) turn() {
	w := &p.wanted
	if w.Audience == store.Individual && w.Member == (store.ID{}) {
		w.Member = p.present()[0].ID
	}
	if w.Audience == store.Joint || w.Audience == store.ProcessNote {
		w.Member = store.ID{}
	}
	notes, err := p.drawer()
	switch {
	case errors.Is(err, store.ErrStepUp):
		p.locked()
		return
	case err != nil:
		p.d.Failed(err)
		p.fill(kit.Spacer())
		return
	}
	if p.open, err = p.uncover(); err == nil && p.open == nil {
		p.open, err = p.d.find(notes, *w, p.meeting, p.fresh())
	}
	w.ID, w.Template = store.ID{}, ""
	if err != nil {
		p.open = nil
		p.d.Failed(err)
		p.fill(kit.Spacer())
		return
	}
	if p.open.editable() && !p.open.amending && !p.mayWrite() {
		return
	}
	p.showOpen()
}

// drawer is where notes of the audience lie.
func (p *NotePage) drawer() (*store.Notes, error) {
	ctx := context.Background()
	switch p.wanted.Audience {
	case store.ProcessNote:
		return p.c.Process(ctx)
	case store.SafetyNote:
		if p.wanted.Member == (store.ID{}) {
			return p.c.Risk(ctx)
		}
		return p.c.Safety(ctx, p.wanted.Member)
	}
	return p.c.Notes, nil
}

// mayWrite reports whether the page shows the open note. Where a case is closed, or one
// person has not signed, no note is begun, and one that was begun can be read. What was
// told about safety never waits.
func (p *NotePage) mayWrite() bool {
	stand, err := p.c.Standing(context.Background())
	if err != nil {
		p.d.Failed(err)
	}
	begun := !p.open.isNew || p.open.dirty
	switch closed := stand.ClosedOn != ""; {
	case closed && begun:
		p.open.held = lang.T("practice-note.held-closed")
	case closed:
		p.open = nil
		p.fill(kit.NewEmptyPanel(kit.IconNote, lang.T("practice-note.closed"), lang.T("practice-note.closed-about"), nil))
	case p.wanted.Audience != store.Individual || p.inPlace().Input:
	case begun && p.inPlace().Policy:
		p.open.held = lang.F("practice-note.held-input", map[string]any{"Name": nameOf(p.members, p.wanted.Member)})
	case begun:
		p.open.held = lang.F("practice-note.held-policy", map[string]any{"Name": nameOf(p.members, p.wanted.Member)})
	default:
		p.open = nil
		p.askSignature()
	}
	return p.open != nil
}

// inPlace is what is in place for whom the note is with.
func (p *NotePage) inPlace() (state store.PersonState) {
	states, err := p.c.Consents.State(context.Background())
	if err != nil {
		p.d.Failed(err)
	}
	for _, s := range states {
		if s.Member == p.wanted.Member {
			state = s
		}
	}
	return state
}

// askSignature says what comes before a note with one person.
func (p *NotePage) askSignature() {
	member := p.wanted.Member
	who := map[string]any{"Name": nameOf(p.members, member)}
	title := lang.F("practice-note.no-policy", who)
	if p.inPlace().Policy { // and the consent that was asked for beside it is not
		title = lang.F("practice-note.no-input", who)
	}
	p.fill(kit.NewEmptyPanel(kit.IconAgree, title, lang.T("practice-note.no-policy-about"),
		kit.NewButton(kit.Plain, lang.F("practice-case.forms", who), func() {
			p.d.Go(func() Page { return newDecisions(p.d, p.c, member) })
		})))
}

// showOpen shows the note that is open, to be written or to be read.
func (p *NotePage) showOpen() {
	l := p.open
	pill := p.audiencePill()
	pill.OnSight = func(in bool) {
		if p.open == l {
			p.again.Hidden = in
			p.again.Changed()
			p.again.Refresh()
		}
	}
	head := kit.Row(kit.SpaceM, kit.Stretch(kit.Start(pill)), l.state)
	rows := []fyne.CanvasObject{head}
	if l.held != "" {
		rows = append(rows, kit.NewText(kit.Small, l.held).In(kit.ColorMuted))
	}
	if names := p.attended(); names != nil {
		rows = append(rows, names)
	}
	p.first = nil
	if l.editable() {
		if len(l.editors) == 0 {
			l.edit(p.section)
			l.saved = p.look
		}
		for i, e := range l.editors {
			heading, _ := p.section(l.note.Sections[i].Key)
			rows = append(rows, kit.Column(kit.SpaceXS, kit.NewText(kit.Sub, heading), e))
		}
		if len(l.editors) > 0 {
			p.first = l.editors[0]
		}
	} else {
		for _, s := range l.note.Sections {
			if s.Text == "" {
				continue
			}
			heading, _ := p.section(s.Key)
			rows = append(rows, kit.Column(kit.SpaceXS, kit.NewText(kit.Sub, heading), kit.NewText(kit.Body, s.Text)))
		}
	}
	p.fill(kit.NewCard(kit.Column(kit.SpaceL, rows...)))
}

// audiencePill says above the words who can read them.
func (p *NotePage) audiencePill() *kit.AudiencePill {
	switch w := p.wanted; {
	case w.Audience == store.Joint:
		return kit.NewAudiencePill(kit.Shared, lang.F("practice-note.pill-joint", map[string]any{"Code": p.c.Code}))
	case w.Audience == store.Individual:
		return kit.NewAudiencePill(p.reader(w.Member), lang.F("practice-note.pill-individual", map[string]any{"Name": nameOf(p.members, w.Member)}))
	case w.Audience == store.ProcessNote:
		return kit.NewAudiencePill(kit.FourthPerson, lang.T("practice-note.pill-process"))
	case w.Member == (store.ID{}):
		return kit.NewAudiencePill(kit.FourthPerson, lang.T("practice-note.pill-risk"))
	default:
		return kit.NewAudiencePill(p.reader(w.Member), lang.F("practice-note.pill-safety", map[string]any{"Name": nameOf(p.members, w.Member)}))
	}
}

// reader is a person's colour: it goes by the order in which they came, and means only
// whose.
func (p *NotePage) reader(member store.ID) kit.Reader {
	for i, m := range p.members {
		if m.ID == member {
			return kit.Person(i)
		}
	}
	return kit.Shared
}

// fill sets the page around the middle part.
func (p *NotePage) fill(middle fyne.CanvasObject) {
	tabs := make([]kit.Tab, len(audiences))
	for i, a := range audiences {
		tabs[i] = kit.Tab{Word: audienceWords.T(string(a)), Locked: apart(a)}
	}
	p.tabs = kit.NewTabs(lang.T("practice-note.audiences"), tabs, p.tab(), func(i int) {
		member := store.ID{}
		if audiences[i] == store.SafetyNote {
			member = p.present()[0].ID
		}
		p.to(audiences[i], member)
	})
	title, about := lang.T("practice-note.title"), p.d.dayWords(p.d.today())
	if p.meeting.ID != (store.ID{}) {
		title, about = lang.T("practice-note.title-meeting"), p.d.moment(p.meeting.At)
	}
	if p.open != nil && p.meeting.ID == (store.ID{}) {
		about = p.d.dayWords(p.open.note.Date)
	}
	rows := []fyne.CanvasObject{
		kit.Inset(-kit.QuietSide, 0, 0, -kit.SpaceM, kit.Flow(0, p.d.toCase(p.c), kit.NewText(kit.Small, p.label).In(kit.ColorMuted))),
		kit.TopRow(kit.SpaceL, kit.Stretch(kit.Column(0, kit.NewText(kit.Title, title), kit.NewText(kit.Small, about).In(kit.ColorMuted))), kit.Row(kit.SpaceM, p.actions()...)),
		kit.Start(p.tabs),
	}
	if who := p.whose(); who != nil {
		rows = append(rows, kit.Start(who))
	}
	if p.open == nil {
		p.first = p.tabs
	}
	p.lasting = nil
	side := kit.Column(kit.SpaceL, p.side()...)
	if kit.Folded() {
		rows = append(rows, middle, side)
	} else {
		rows = append(rows, kit.TopRow(kit.SpaceXL, kit.Stretch(middle), kit.MaxWidth(sideWidth, side)))
	}
	p.scroll = kit.NewFrame(kit.Column(kit.SpaceL, rows...))
	p.content.SetObjects(kit.Layers(p.scroll, p.stays()))
}

// stays is the pill once more, at the upper edge while the words are scrolled past the
// first: who can read them is in sight wherever somebody writes.
func (p *NotePage) stays() fyne.CanvasObject {
	p.again = kit.Column(0)
	if p.open != nil {
		pill := p.audiencePill()
		p.again = kit.NewStrip(kit.Inset(kit.SpaceXL, 0, 0, 0, kit.Start(pill)))
		p.scroll.Covered = pill.HeightFor(kit.Measure) + 2*kit.SpaceS
	}
	p.again.Hidden = true
	return kit.Column(0, p.again)
}

// sideWidth is the width of what stands beside the note.
const sideWidth = 232

// whose chooses the person of an individual or a safety note; the last of the latter is
// the case itself.
func (p *NotePage) whose() fyne.CanvasObject {
	if p.wanted.Audience != store.Individual && p.wanted.Audience != store.SafetyNote {
		return nil
	}
	var names []string
	var ids []store.ID
	chosen := 0
	for _, m := range p.members {
		if m.LeftOn != "" && m.ID != p.wanted.Member {
			continue
		}
		if m.ID == p.wanted.Member {
			chosen = len(ids)
		}
		names, ids = append(names, m.Name), append(ids, m.ID)
	}
	if p.wanted.Audience == store.SafetyNote {
		if p.wanted.Member == (store.ID{}) {
			chosen = len(ids)
		}
		names, ids = append(names, lang.T("practice-note.the-case")), append(ids, store.ID{})
	}
	return kit.NewSegmented(lang.T("practice-note.whose"), names, chosen, func(i int) { p.to(p.wanted.Audience, ids[i]) })
}
