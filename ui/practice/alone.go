package practice

import (
	"context"
	"time"

	"fyne.io/fyne/v2"

	"ebb/exercises/casework"
	"ebb/ui/kit"
	"ebb/ui/lang"
	"ebb/ui/page"
	store "ebb/vault/practice"
)

// AlonePage is time alone with each person of a case: when it is planned for everybody,
// when each was seen, and the way to the interview. It keeps days: nothing of what was said
// stands here, and nothing is counted.
type AlonePage struct {
	d       Desk
	c       *store.Case
	closed  bool
	plan    *planning // nil in a closed case
	scroll  *kit.Scroll
	content *kit.Container
}

// openAlone leads from a case to time alone with its people.
func (p *CasePage) openAlone() { p.d.Go(func() Page { return newAlone(p.d, p.c) }) }

func newAlone(d Desk, c *store.Case) *AlonePage {
	p := &AlonePage{d: d, c: c, content: kit.Stretch(kit.Spacer())}
	stand, err := c.Standing(context.Background())
	p.tried(err)
	if p.closed = stand.ClosedOn != ""; !p.closed {
		p.plan = newPlanning(d, c)
	}
	p.fill()
	return p
}

// Content implements [Page].
func (p *AlonePage) Content() fyne.CanvasObject { return p.content }

// First implements [Page].
func (p *AlonePage) First() fyne.Focusable {
	if kit.Folded() || p.plan == nil {
		return nil // the keyboard would scroll the page away from its beginning
	}
	return p.plan.rhythm
}

// Leave implements [Page]: a plan is for everybody or not at all, so it is kept with its
// verb alone, and leaving asks first.
func (p *AlonePage) Leave(locking bool) func(context.Context) error {
	if locking || p.plan == nil || !p.plan.dirty {
		return page.Nothing
	}
	return p.d.unkept(func() {
		p.plan.dirty = false
		p.d.Go(func() Page { return newCase(p.d, p.c) })
	})
}

// Keep is what the menu calls to keep what the page says.
func (p *AlonePage) Keep() {
	if p.plan != nil && p.plan.dirty {
		p.plan.plan()
	}
}

func (p *AlonePage) tried(err error) {
	if err != nil {
		p.d.Failed(err)
	}
}

func (p *AlonePage) fill() {
	ctx := context.Background()
	members, err := p.c.People.All(ctx)
	p.tried(err)
	days := []fyne.CanvasObject{p.schedule(ctx)}
	for _, m := range members {
		days = append(days, p.person(ctx, m))
	}
	days = append(days, kit.NewText(kit.Small, lang.T("practice-alone.nothing")).In(kit.ColorMuted))
	body := fyne.CanvasObject(kit.Column(kit.SpaceXL, days...))
	if p.plan != nil {
		body = kit.Beside(kit.SpaceCards, p.plan.content, body)
	}
	was := p.scroll
	p.scroll = kit.NewFrame(kit.Column(kit.SpaceXL,
		kit.Column(kit.SpaceS, backLine(p.d.toCase(p.c)), kit.NewText(kit.Title, lang.T("practice-alone.title")),
			kit.MaxWidth(kit.IntroMeasure, kit.NewText(kit.Body, lang.T("practice-alone.why")).In(kit.ColorMuted)),
			page.Flush(kit.Start(quiet(kit.IconList, lang.T("practice-alone.guide"), p.guide)))),
		body))
	p.d.replace(p.content, was, p.scroll)
}

// person is the days of one person, and what can be done next with them.
func (p *AlonePage) person(ctx context.Context, m store.Member) fyne.CanvasObject {
	days, err := p.c.Screening.Of(ctx, m.ID)
	p.tried(err)
	var rows []fyne.CanvasObject
	if len(days) > 0 {
		var words []fyne.CanvasObject
		for _, day := range days {
			words = append(words, kit.NewText(kit.Body, p.d.dayWords(day)))
		}
		rows = append(rows, kit.Column(kit.SpaceXS, words...))
	}
	var verbs []fyne.CanvasObject
	if m.LeftOn != "" {
		rows = append(rows, kit.NewText(kit.Small, lang.T("practice-alone.left")).In(kit.ColorMuted))
	}
	if m.LeftOn == "" && !p.closed {
		verbs = append(verbs,
			quiet(kit.IconCalendar, lang.T("practice-alone.note"), func() { p.note(m) }),
			quiet(kit.IconKey, lang.F("practice-alone.interview", map[string]any{"Name": m.Name}), func() { p.interview(m) }))
	}
	return group(m.Name, lang.T("practice-alone.none"), rows, verbs...)
}

// note records a day on which somebody was seen alone.
func (p *AlonePage) note(m store.Member) {
	p.askDay(lang.T("practice-alone.note"), lang.F("practice-alone.note-about", map[string]any{"Name": m.Name}), p.d.today(), func(day string) error {
		return p.c.Screening.SeenAlone(context.Background(), m.ID, day)
	})
}

// interview leads to the interview with one person, behind the second unlock.
func (p *AlonePage) interview(m store.Member) {
	p.d.stepUp(lang.T("practice-alone.second"), func() {
		p.d.write(p.c, store.Meeting{}, store.NoteRow{Audience: store.SafetyNote, Member: m.ID, Template: store.Interview})
	})
}

// askDay asks for a day on a sheet, which stays where the day could not be kept.
func (p *AlonePage) askDay(title, about, day string, keep func(day string) error) {
	field, says := kit.NewField(lang.T("practice-alone.day")), kit.NewAnswer()
	field.SetText(day)
	var err error
	p.d.ask(page.Question{
		Title: title, About: about, Body: []fyne.CanvasObject{field, says},
		Verb: lang.T("practice-case.keep"), Cancel: lang.T("practice-case.not-now"), First: field.Focusable(),
		Yes: func() {
			if err = keep(field.Text()); err != nil {
				say(says, err, field.Focus)
				return
			}
			p.fill()
		},
		Keep: func() bool { return err != nil },
	})
}

// schedule is when everybody is seen alone again: one day, which says nothing about
// anybody.
func (p *AlonePage) schedule(ctx context.Context) fyne.CanvasObject {
	all, err := p.c.Reviews.All(ctx)
	p.tried(err)
	var rows []fyne.CanvasObject
	for _, r := range all {
		if r.Kind == store.ReviewIndividual && r.Done == "" {
			rows = append(rows, page.Row(lang.T("practice-alone.schedule-row"), p.d.dayWords(r.Due), kit.NewButton(kit.Plain, lang.T("practice-alone.schedule-done"), func() {
				p.tried(p.c.Reviews.Done(context.Background(), r.ID))
				p.fill()
			})))
		}
	}
	return group(lang.T("practice-alone.schedule"), lang.T("practice-alone.schedule-none"), rows,
		quiet(kit.IconPlus, lang.T("practice-alone.schedule-set"), func() {
			p.askDay(lang.T("practice-alone.schedule-set"), lang.T("practice-alone.schedule-about"), p.d.Now().AddDate(0, 3, 0).Format(time.DateOnly), func(day string) error {
				_, err := p.c.Reviews.Put(context.Background(), store.ReviewIndividual, day)
				return err
			})
		}))
}

// guide lays the interview's guide over the page. It is a text of Ebb's, with nobody's
// words in it.
func (p *AlonePage) guide() {
	i := &p.d.Texts.Interview
	rows := []fyne.CanvasObject{kit.NewText(kit.Body, i.About)}
	rows = append(rows, linesUnder(lang.T("practice-alone.before"), i.Before)...)
	for _, q := range i.Questions {
		rows = append(rows, question(q)...)
	}
	rows = append(rows, linesUnder(lang.T("practice-alone.disclosure"), i.Disclosure)...)
	rows = append(rows, linesUnder(lang.T("practice-alone.ending"), i.Ending)...)
	rows = append(rows, linesUnder(lang.T("practice-alone.never"), i.Never)...)
	p.d.tell(i.Title, lang.T("practice-case.close-sheet"), rows...)
}

// linesUnder are lines of a guide under a heading.
func linesUnder(heading string, lines []string) []fyne.CanvasObject {
	rows := []fyne.CanvasObject{kit.NewText(kit.Strong, heading)}
	for _, line := range lines {
		rows = append(rows, kit.NewText(kit.Small, line).In(kit.ColorMuted))
	}
	return []fyne.CanvasObject{kit.Column(kit.SpaceS, rows...)}
}

// question is an area of a guide: why it is asked about, and how one may begin.
func question(q casework.Question) []fyne.CanvasObject {
	rows := []fyne.CanvasObject{kit.NewText(kit.Strong, q.Heading), kit.NewText(kit.Small, q.Why).In(kit.ColorMuted)}
	for _, ask := range q.Ask {
		rows = append(rows, kit.NewText(kit.Small, ask))
	}
	return []fyne.CanvasObject{kit.Column(kit.SpaceS, rows...)}
}
