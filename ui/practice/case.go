package practice

import (
	"context"
	"errors"
	"time"

	"fyne.io/fyne/v2"

	"ebb/ui/kit"
	"ebb/ui/lang"
	"ebb/ui/page"
	store "ebb/vault/practice"
)

// CasePage is the page of one case: who is part of it, what is in place, what is due,
// and the ways to everything that is kept of it.
type CasePage struct {
	page.Still
	d       Desk
	c       *store.Case
	members []store.Member // all, also those who left
	stand   store.Standing
	scroll  *kit.Scroll
	content *kit.Container
	note    *kit.Button
	// how many more meetings and contacts are shown than when the page was opened
	moreMeetings, moreContacts int
}

const (
	few   = 5  // meetings without a note, and rows of other pages
	brief = 3  // meetings, notes and contacts that the page shows of many
	more  = 10 // that a press adds to them
)

func newCase(d Desk, c *store.Case) *CasePage {
	p := &CasePage{d: d, c: c, content: kit.Stretch(kit.Spacer())}
	p.fill()
	return p
}

// Content implements [Page].
func (p *CasePage) Content() fyne.CanvasObject { return p.content }

// First implements [Page].
func (p *CasePage) First() fyne.Focusable {
	if kit.Folded() {
		return nil // the keyboard would scroll the page away from its beginning
	}
	return p.note
}

// tried tells an error; what could be read is shown all the same.
func (p *CasePage) tried(err error) {
	if err != nil {
		p.d.Failed(err)
	}
}

func (p *CasePage) fill() {
	ctx := context.Background()
	var err error
	p.members, err = p.c.People.All(ctx)
	p.tried(err)
	p.stand, err = p.c.Standing(ctx)
	p.tried(err)
	title := []fyne.CanvasObject{kit.Flow(kit.SpaceM, kit.NewText(kit.Code, p.c.Code), kit.NewText(kit.Body, p.stand.Label).In(kit.ColorMuted))}
	p.note = kit.NewButton(kit.Primary, lang.T("practice-case.new-note"), func() { p.d.write(p.c, store.Meeting{}, store.NoteRow{}) }).WithIcon(kit.IconPen)
	actions := []fyne.CanvasObject{
		kit.NewButton(kit.Plain, lang.T("practice-case.new-meeting"), func() { p.d.Go(func() Page { return newMeeting(p.d, p.c, store.Meeting{}) }) }).WithIcon(kit.IconCalendar),
		p.note,
	}
	if p.closed() {
		title = append(title, kit.NewText(kit.Body, lang.F("practice-caseload.closed-on", map[string]any{"Day": p.d.dayWords(p.stand.ClosedOn)})).In(kit.ColorMuted))
		actions = []fyne.CanvasObject{p.note}
	}
	was := p.scroll
	p.scroll = kit.NewFrame(kit.Column(kit.SpaceXL,
		kit.Column(kit.SpaceS,
			backLine(kit.NewButton(kit.Quiet, lang.T("practice-caseload.title"), p.d.Caseload).WithIcon(kit.IconBack)),
			kit.TopRow(kit.SpaceXL, kit.Stretch(kit.Column(kit.SpaceXS, title...)), kit.Row(kit.SpaceM, actions...))),
		kit.Beside(kit.SpaceCards,
			p.due(), p.people(),
			kit.Column(kit.SpaceCards, p.meetings(), p.notes(), p.contacts()),
			kit.Column(kit.SpaceCards, p.rooms(), p.inPlace(), p.limits()))))
	p.d.replace(p.content, was, p.scroll)
}

// replace shows a page's parts anew, scrolled to where they stood. was is nil when the
// page is built.
func (d Desk) replace(content *kit.Container, was, now *kit.Scroll) {
	content.SetObjects(now)
	if was != nil {
		d.Canvas.Unfocus() // from a part that is no longer there
		now.ScrollTo(was.Offset())
	}
}

func (p *CasePage) closed() bool { return p.stand.ClosedOn != "" }

// present are those who are part of the case now.
func (p *CasePage) present() (all []store.Member) {
	for _, m := range p.members {
		if m.LeftOn == "" {
			all = append(all, m)
		}
	}
	return all
}

// nameOf is what a member is called.
func nameOf(all []store.Member, id store.ID) string {
	for _, m := range all {
		if m.ID == id {
			return m.Name
		}
	}
	return none
}

// group is a card under a heading, with a line in place of rows that are not there,
// and verbs at its foot.
func group(title, empty string, rows []fyne.CanvasObject, verbs ...fyne.CanvasObject) fyne.CanvasObject {
	if len(rows) == 0 {
		rows = []fyne.CanvasObject{kit.NewText(kit.Small, empty).In(kit.ColorMuted)}
	}
	if len(verbs) > 0 {
		rows = append(rows, page.Flush(kit.Flow(kit.SpaceS, verbs...)))
	}
	return page.Group(title, rows...)
}

// pane is a [group] in the space that a case has for it: its verbs stand at the end of
// the heading, and its rows closer.
func pane(title, empty string, rows []fyne.CanvasObject, verbs ...fyne.CanvasObject) fyne.CanvasObject {
	if len(rows) == 0 {
		rows = []fyne.CanvasObject{kit.NewText(kit.Small, empty).In(kit.ColorMuted)}
	}
	var parts []fyne.CanvasObject
	for i, r := range rows {
		if i > 0 {
			parts = append(parts, kit.NewRule())
		}
		parts = append(parts, r)
	}
	return kit.Column(kit.SpaceXS, paneHead(title, verbs...), kit.NewPaddedCard(kit.SpaceL, kit.Column(kit.SpaceS, parts...)))
}

// paneHead is a heading with verbs at its end, and as high without them.
func paneHead(title string, verbs ...fyne.CanvasObject) fyne.CanvasObject {
	if len(verbs) == 0 {
		return kit.Inset(0, kit.SpaceS, 0, kit.SpaceS, kit.NewText(kit.Sub, title))
	}
	return kit.Row(kit.SpaceM, kit.Stretch(kit.NewText(kit.Sub, title)), kit.Inset(-kit.QuietSide, 0, -kit.QuietSide, 0, kit.Flow(0, verbs...)))
}

func quiet(icon kit.Icon, label string, do func()) *kit.Button {
	return kit.NewButton(kit.Quiet, label, do).WithIcon(icon)
}

// people shows each person in their own words.
func (p *CasePage) people() fyne.CanvasObject {
	var rows []fyne.CanvasObject
	for _, m := range p.members {
		who := map[string]any{"Name": m.Name} // for those who cannot see under which name a verb stands
		said := []fyne.CanvasObject{kit.NewText(kit.Strong, m.Name).MaxLines(3)}
		for _, words := range []string{joined(m.Pronouns, m.Description), m.Ask, m.Access} {
			if words != "" {
				said = append(said, kit.NewText(kit.Small, words).In(kit.ColorMuted).MaxLines(4))
			}
		}
		if m.LeftOn != "" {
			said = append(said, kit.NewText(kit.Small, lang.F("practice-case.left", map[string]any{"Day": p.d.dayWords(m.LeftOn)})).In(kit.ColorMuted))
		}
		rows = append(rows, kit.Column(0, kit.Column(0, said...), page.Flush(kit.Flow(0,
			kit.NewButton(kit.Quiet, lang.T("practice-case.call-short"), func() { p.call(m) }).WithName(lang.F("practice-case.call", who)),
			kit.NewButton(kit.Quiet, lang.T("practice-case.about-short"), func() { p.edit(m) }).WithName(lang.F("practice-case.about", who)),
			kit.NewButton(kit.Quiet, lang.T("practice-case.safety-plan-short"), func() { p.safetyPlan(m) }).WithName(lang.F("practice-case.safety-plan", who))))))
	}
	var verbs []fyne.CanvasObject
	if n := len(p.present()); n < store.MaxMembers && !p.closed() {
		verbs = append(verbs, quiet(kit.IconPlus, lang.T("practice-case.add"), p.add))
	}
	if len(p.present()) >= fewest {
		rows = append(rows, page.Flush(kit.Start(quiet(kit.IconPerson, lang.T("practice-pairs.way"), func() { p.d.Go(func() Page { return newPairs(p.d, p.c) }) }))))
	}
	return pane(lang.T("practice-case.people"), "", rows, verbs...)
}

// safetyPlan is never more than two actions away: this one, and the second unlock.
func (p *CasePage) safetyPlan(m store.Member) {
	p.d.stepUp(lang.T("practice-note.second"), func() {
		p.d.write(p.c, store.Meeting{}, store.NoteRow{Audience: store.SafetyNote, Member: m.ID, Template: store.SafetyPlan})
	})
}

// joined sets words beside each other that may be empty.
func joined(first, second string) string {
	if first == "" || second == "" {
		return first + second
	}
	return first + " · " + second
}

func (p *CasePage) edit(m store.Member) {
	p.d.Go(func() Page { return newMember(p.d, p.c, m) })
}

// add takes somebody into the case. The second unlock comes first: that person gets a
// safety drawer at once, as everybody has one.
func (p *CasePage) add() {
	p.d.stepUp(lang.T("practice-case.add-second"), func() {
		name := kit.NewField(lang.T("practice-member.name"))
		p.form(lang.T("practice-case.add"), lang.T("practice-case.add-about"), name, func() error {
			_, err := p.c.People.Add(context.Background(), store.Member{Name: name.Text()})
			return err
		}, name)
	})
}

// call shows what to look at before calling somebody.
func (p *CasePage) call(m store.Member) {
	sheet, err := p.c.People.Sheet(context.Background(), m.ID)
	p.tried(err)
	var rows []fyne.CanvasObject
	for _, line := range sheetLines(sheet) {
		words, color := line[1], kit.ColorInk
		if words == "" {
			words, color = lang.T("practice-member.not-asked"), kit.ColorMuted
		}
		rows = append(rows, kit.Column(0, kit.NewText(kit.Caption, line[0]).In(kit.ColorMuted), kit.NewText(kit.Body, words).In(color)))
	}
	if guide := p.d.Texts.Guide("before-you-call"); guide != nil {
		for _, never := range guide.Never {
			rows = append(rows, kit.NewText(kit.Small, never).In(kit.ColorMuted))
		}
	}
	p.d.tell(lang.F("practice-case.call", map[string]any{"Name": m.Name}), lang.T("practice-case.close-sheet"), rows...)
}

// inPlace is which policy is in force, and for each person what is in place. It is for
// the office alone.
func (p *CasePage) inPlace() fyne.CanvasObject {
	ctx := context.Background()
	head := page.Row(lang.T("practice-case.no-policy"), lang.T("practice-case.no-policy-about"), kit.Gap(0))
	policy, err := p.c.Consents.Policy(ctx)
	switch {
	case err == nil:
		head = page.Row(p.d.documentTitle(policy.Name), lang.F("practice-case.policy-since", map[string]any{"Version": policy.Version}), kit.Gap(0))
	case !errors.Is(err, store.ErrNotFound):
		p.tried(err)
	}
	rows := []fyne.CanvasObject{head}
	states, err := p.c.Consents.State(ctx)
	p.tried(err)
	alone, err := p.c.Screening.State(ctx)
	p.tried(err)
	for i, s := range states {
		seen := lang.T("practice-case.seen-not")
		if i < len(alone) && alone[i].Last != "" {
			seen = lang.F("practice-case.seen", map[string]any{"Day": p.d.dayWords(alone[i].Last)})
		}
		rows = append(rows, kit.Column(kit.SpaceXS,
			kit.NewText(kit.Strong, nameOf(p.members, s.Member)).MaxLines(2),
			kit.Flow(kit.SpaceM, p.inPlaceOf(s, seen)...),
			page.Flush(kit.Start(kit.NewButton(kit.Quiet, lang.F("practice-case.forms", map[string]any{"Name": nameOf(p.members, s.Member)}), func() {
				p.d.Go(func() Page { return newDecisions(p.d, p.c, s.Member) })
			})))))
	}
	var verbs []fyne.CanvasObject
	if !p.closed() {
		verbs = append(verbs, quiet(kit.IconAgree, lang.T("practice-case.choose-policy"), p.choosePolicy))
	}
	return pane(lang.T("practice-case.in-place-title"), "", rows, verbs...)
}

// inPlaceOf is what is in place for one person, and when they were seen alone.
func (p *CasePage) inPlaceOf(s store.PersonState, seen string) []fyne.CanvasObject {
	lines := []fyne.CanvasObject{stateLine(lang.T("practice-case.policy"), s.Policy), stateLine(lang.T("practice-case.exercises"), s.Exercises)}
	if s.Asked {
		lines = append(lines, stateLine(lang.T("practice-case.input"), s.Input))
	}
	return append(lines, kit.NewText(kit.Small, seen).In(kit.ColorMuted))
}

// stateLine says in a word whether something is in place.
func stateLine(what string, in bool) fyne.CanvasObject {
	if in {
		return kit.IconLine(kit.IconCheck, kit.Small, lang.F("practice-case.is-in-place", map[string]any{"What": what}), kit.ColorInk)
	}
	return kit.NewText(kit.Small, lang.F("practice-case.is-not-in-place", map[string]any{"What": what})).In(kit.ColorMuted)
}

// documentTitle is what a document is called on the screen.
func (d Desk) documentTitle(name string) string {
	if doc := d.Texts.Document(name); doc != nil {
		return doc.Title
	}
	return name
}

// due is what is to be looked at again, and which meetings have no signed note.
func (p *CasePage) due() fyne.CanvasObject {
	ctx := context.Background()
	var rows []fyne.CanvasObject
	meetings, err := p.c.Meetings.NeedNote(ctx, store.Page{Size: few})
	p.tried(err)
	for _, m := range meetings {
		rows = append(rows, page.Row(lang.T("practice-case.note-due"), p.d.moment(m.At), kit.NewButton(kit.Plain, lang.T("practice-case.write"), func() {
			meeting, err := p.c.Meetings.Meeting(context.Background(), m.Meeting)
			if err != nil {
				p.tried(err)
				return
			}
			p.d.write(p.c, meeting, store.NoteRow{})
		})))
	}
	reviews, err := p.c.Reviews.All(ctx)
	p.tried(err)
	for _, r := range reviews {
		if r.Done != "" {
			continue
		}
		verb := kit.NewButton(kit.Plain, lang.T("practice-case.reviewed"), func() {
			p.tried(p.c.Reviews.Done(context.Background(), r.ID))
			p.fill()
		})
		if r.Kind == store.ReviewIndividual && !p.closed() { // what is done about it is the next round
			verb = kit.NewButton(kit.Plain, lang.T("practice-individual.verb"), p.openAlone)
		}
		rows = append(rows, page.Row(reviewKind(r.Kind), p.d.dayWords(r.Due), verb))
	}
	return pane(lang.T("practice-case.due"), lang.T("practice-case.due-none"), rows,
		quiet(kit.IconPlus, lang.T("practice-case.review-add"), p.addReview))
}

func (p *CasePage) addReview() {
	kinds := []store.ReviewKind{store.ReviewPlan, store.ReviewLimits, store.ReviewConsents, store.ReviewIndividual, store.ReviewFeedback}
	words := make([]string, len(kinds))
	for i, k := range kinds {
		words[i] = reviewKind(k)
	}
	kind := kit.NewSegmented(lang.T("practice-case.review-what"), words, 0, nil)
	day := kit.NewField(lang.T("practice-case.review-day"))
	day.SetText(p.d.Now().AddDate(0, 3, 0).Format(time.DateOnly))
	p.form(lang.T("practice-case.review-add"), lang.T("practice-case.review-about"), day, func() error {
		_, err := p.c.Reviews.Put(context.Background(), kinds[kind.Chosen()], day.Text())
		return err
	}, kind, day)
}

// form asks on a sheet for something that is then kept; the sheet stays where it could
// not be.
func (p *CasePage) form(title, about string, first *kit.Field, keep func() error, parts ...fyne.CanvasObject) {
	says := kit.NewAnswer()
	var err error
	q := page.Question{
		Title: title, About: about, Body: append(parts, says),
		Verb: lang.T("practice-case.keep"), Cancel: lang.T("practice-case.not-now"),
		Yes: func() {
			if err = keep(); err != nil {
				say(says, err, nil)
				return
			}
			p.fill()
		},
		Keep: func() bool { return err != nil },
	}
	if first != nil {
		q.First = first.Focusable()
	}
	p.d.ask(q)
}
