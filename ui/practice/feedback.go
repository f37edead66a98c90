package practice

import (
	"context"

	"fyne.io/fyne/v2"

	"ebb/ui/kit"
	"ebb/ui/lang"
	"ebb/ui/page"
	store "ebb/vault/practice"
)

// FeedbackPage leads to what each person said about the work. It shows nothing of any of
// them, nor whether there is anything.
type FeedbackPage struct {
	page.Still
	content fyne.CanvasObject
}

func (p *CasePage) openFeedback() { p.d.Go(func() Page { return newFeedback(p.d, p.c) }) }

func newFeedback(d Desk, c *store.Case) *FeedbackPage {
	members, err := c.People.All(context.Background())
	if err != nil {
		d.Failed(err)
	}
	rows := d.eachPerson(members, func(m store.Member) string { return lang.F("practice-feedback.of", map[string]any{"Name": m.Name}) },
		func(m store.Member) { d.Go(func() Page { return newFeedbackOf(d, c, m) }) })
	return &FeedbackPage{content: kit.NewFrame(kit.Column(kit.SpaceXL,
		d.prepHead(c, lang.T("practice-feedback.title"), lang.T("practice-feedback.intro")),
		kit.MaxWidth(kit.Measure+80, page.Group(lang.T("practice-feedback.whose"), rows...))))}
}

// Content implements [Page].
func (p *FeedbackPage) Content() fyne.CanvasObject { return p.content }

// FeedbackOfPage is what one person said, with what came of it, and the ways to ask.
type FeedbackOfPage struct {
	page.Still
	d       Desk
	c       *store.Case
	m       store.Member
	most    int
	content *kit.Container
}

func newFeedbackOf(d Desk, c *store.Case, m store.Member) *FeedbackOfPage {
	p := &FeedbackOfPage{d: d, c: c, m: m, most: store.PageSize, content: kit.Stretch(kit.Spacer())}
	p.fill()
	return p
}

// Content implements [Page].
func (p *FeedbackOfPage) Content() fyne.CanvasObject { return p.content }

// toFeedback leads back from a form to a person's page.
func (d Desk) toFeedback(c *store.Case, m store.Member) *kit.Button {
	return kit.NewButton(kit.Quiet, lang.F("practice-feedback.of", map[string]any{"Name": m.Name}), func() {
		d.Go(func() Page { return newFeedbackOf(d, c, m) })
	}).WithIcon(kit.IconBack)
}

func (p *FeedbackOfPage) fill() {
	name := map[string]any{"Name": p.m.Name}
	closed, signed := p.d.takesIn(p.c, p.m.ID)
	var parts []fyne.CanvasObject
	switch {
	case closed:
	case !signed:
		parts = append(parts, p.d.unsigned(p.c, p.m, lang.F("practice-feedback.no-policy", name), lang.T("practice-feedback.no-policy-about")))
	default:
		parts = append(parts, page.Group(lang.F("practice-feedback.ask-title", name),
			page.Row(lang.T("practice-feedback.hand-over-row"), lang.T("practice-feedback.hand-over-row-about"), kit.NewButton(kit.Plain, lang.T("practice-feedback.hand-over"), p.handOver)),
			page.Row(lang.T("practice-feedback.enter-row"), lang.T("practice-feedback.enter-row-about"), kit.NewButton(kit.Plain, lang.T("practice-feedback.enter"), func() {
				p.d.Go(func() Page { return newFeedbackEntry(p.d, p.c, p.m) })
			}))))
	}
	all, err := p.c.Feedback.Of(context.Background(), p.m.ID, store.Page{Size: p.most + 1})
	if err != nil {
		p.d.Failed(err)
	}
	var rows []fyne.CanvasObject
	for _, f := range all[:min(len(all), p.most)] {
		row := []fyne.CanvasObject{p.d.feedbackWords(f)}
		if verbs := p.verbs(f, closed); len(verbs) > 0 {
			row = append(row, page.Flush(kit.Flow(kit.SpaceS, verbs...)))
		}
		rows = append(rows, kit.Column(kit.SpaceS, row...))
	}
	var more []fyne.CanvasObject
	if len(all) > p.most && p.most < store.MostRows-1 {
		more = append(more, quiet(kit.IconDown, lang.T("practice-feedback.more"), func() {
			p.most = min(p.most+store.PageSize, store.MostRows-1)
			p.fill()
		}))
	}
	parts = append(parts, group(lang.F("practice-feedback.list", name), lang.T("practice-feedback.list-none"), rows, more...))
	back := kit.NewButton(kit.Quiet, lang.T("practice-feedback.title"), func() { p.d.Go(func() Page { return newFeedback(p.d, p.c) }) }).WithIcon(kit.IconBack)
	p.content.SetObjects(kit.NewFrame(kit.Column(kit.SpaceXL,
		kit.Column(kit.SpaceM, backLine(back), kit.NewText(kit.Title, lang.F("practice-feedback.of", name)),
			kit.Start(kit.NewAudiencePill(p.d.readerOf(p.c, p.m.ID), lang.F("practice-feedback.pill", name)))),
		kit.MaxWidth(kit.Measure+80, kit.Column(kit.SpaceXL, parts...)))))
}

// feedbackAbout is what feedback is about, as the form says it.
func (d Desk) feedbackAbout(about string) string {
	for _, s := range d.Texts.Feedback.About {
		if s.ID == about {
			return s.Heading
		}
	}
	return about
}

// feedbackWords is what one person said, with what came of it. It is for the pages about
// that person alone.
func (d Desk) feedbackWords(f store.FeedbackEntry) fyne.CanvasObject {
	head := d.dayWords(f.Day)
	if f.About != "" {
		head = lang.F("practice-feedback.head", map[string]any{"About": d.feedbackAbout(f.About), "Day": head})
	}
	rows := []fyne.CanvasObject{kit.NewText(kit.Small, head).In(kit.ColorMuted)}
	for _, said := range []struct{ what, text string }{
		{lang.T("practice-feedback.said-keep"), f.Keep},
		{lang.T("practice-feedback.said-change"), f.Change},
		{lang.T("practice-feedback.said-drop"), f.Drop},
	} {
		if said.text != "" {
			rows = append(rows, kit.Column(0, kit.NewText(kit.Kicker, said.what), kit.NewText(kit.Body, said.text)))
		}
	}
	if f.ChangedOn != "" {
		rows = append(rows, kit.NewPanel(kit.Column(0,
			kit.NewText(kit.Kicker, lang.F("practice-feedback.replied", map[string]any{"Day": d.dayWords(f.ChangedOn)})), kit.NewText(kit.Body, f.Changed))))
	}
	return kit.Column(kit.SpaceS, rows...)
}

func (p *FeedbackOfPage) verbs(f store.FeedbackEntry, closed bool) []fyne.CanvasObject {
	if closed {
		return nil
	}
	answer := lang.T("practice-feedback.reply")
	if f.ChangedOn != "" {
		answer = lang.T("practice-feedback.reply-again")
	}
	return []fyne.CanvasObject{
		kit.NewButton(kit.Quiet, answer, func() { p.d.Go(func() Page { return newFeedbackReply(p.d, p.c, p.m, f) }) }),
		kit.NewButton(kit.Quiet, lang.T("practice-feedback.remove"), func() {
			p.d.ask(page.Question{
				Title: lang.T("practice-feedback.remove"), About: lang.T("practice-feedback.remove-about"), Destroys: true,
				Verb: lang.T("practice-feedback.remove-verb"), Cancel: lang.T("practice-case.not-now"),
				Yes: func() {
					if err := p.c.Feedback.Remove(context.Background(), f.ID); err != nil {
						p.d.Failed(err)
					}
					p.fill()
				},
			})
		}),
	}
}

// handOver gives the computer to this person for the form about the work.
func (p *FeedbackOfPage) handOver() {
	p.d.ask(page.Question{
		Title: lang.F("practice-feedback.hand-over-to", map[string]any{"Name": p.m.Name}), About: lang.T("practice-feedback.hand-over-about"),
		Verb: lang.T("practice-feedback.hand-over-verb"), Cancel: lang.T("practice-case.not-now"),
		Yes: func() {
			if err := p.d.Practice.StepDown(context.Background()); err != nil {
				p.d.Failed(err)
				return
			}
			p.d.HandOver(func() Page {
				return newHandOver(p.d, newFeedbackForm(p.d, p.c, p.m), func() Page { return newFeedbackOf(p.d, p.c, p.m) })
			})
		},
	})
}
