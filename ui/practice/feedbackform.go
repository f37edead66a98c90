package practice

import (
	"context"

	"fyne.io/fyne/v2"

	"ebb/exercises/casework"
	"ebb/ui/kit"
	"ebb/ui/lang"
	"ebb/ui/sentence"
	store "ebb/vault/practice"
)

// feedbackForm asks one person about the work, a step for each thing that it can be
// about. Nothing is kept before the computer is handed back; then everything that was
// written is kept as theirs.
type feedbackForm struct {
	d     Desk
	c     *store.Case
	m     store.Member
	steps []*feedbackStep
	says  *kit.Text // on the step that is shown
}

// feedbackStep is what is asked about one thing.
type feedbackStep struct {
	id    store.ID // drawn once, so that handing back twice keeps it once
	about casework.Section
	asked *asked
}

func newFeedbackForm(d Desk, c *store.Case, m store.Member) *feedbackForm {
	f := &feedbackForm{d: d, c: c, m: m, says: kit.NewAnswer()}
	for _, about := range d.Texts.Feedback.About {
		f.steps = append(f.steps, &feedbackStep{store.NewID(), about, newAsked(d, nil)})
	}
	return f
}

func (f *feedbackForm) begin(p *HandOverPage) { f.show(p, 0) }

// show shows one step. Every step has the same verbs, and the last one no other than to
// hand the computer back.
func (f *feedbackForm) show(p *HandOverPage, at int) {
	texts, step := f.d.Texts, f.steps[at]
	f.says = kit.NewAnswer()
	var parts []fyne.CanvasObject
	if audience := texts.HandOver.Audience("feedback"); audience != nil {
		parts = append(parts, kit.Start(kit.NewAudiencePill(kit.FirstPerson, audience.Text)))
	}
	if at == 0 {
		parts = append(parts, kit.NewText(kit.Title, texts.Feedback.Title), kit.NewText(kit.Body, texts.Feedback.Intro),
			kit.NewText(kit.Small, lang.T("practice-feedback.kept-when")).In(kit.ColorMuted))
	}
	parts = append(parts, kit.NewText(kit.Heading, step.about.Heading), kit.NewText(kit.Body, step.about.Prompt).In(kit.ColorMuted), step.asked.content)
	last := at == len(f.steps)-1
	if last {
		parts = append(parts, kit.NewText(kit.Body, texts.Feedback.Closing).In(kit.ColorMuted))
	}
	var verbs []fyne.CanvasObject
	if !last {
		verbs = append(verbs, kit.NewButton(kit.Plain, texts.HandOver.Next, func() { f.show(p, at+1) }),
			kit.NewButton(kit.Plain, texts.HandOver.Blank, func() {
				step.asked.wipe()
				f.show(p, at+1)
			}))
	}
	if at > 0 {
		verbs = append(verbs, kit.NewButton(kit.Plain, texts.HandOver.Earlier, func() { f.show(p, at-1) }))
	}
	verbs = append(verbs, kit.NewButton(kit.Plain, texts.HandOver.HandBack, p.end))
	p.step(step.asked.editors[0], append(parts, f.says, kit.Flow(kit.SpaceM, verbs...))...)
}

// handBack keeps what was written as this person's, a part for each step.
func (f *feedbackForm) handBack() error {
	for _, step := range f.steps {
		if step.asked.blank() {
			continue
		}
		entry := step.asked.into(f.d, store.FeedbackEntry{ID: step.id, Member: f.m.ID, Day: f.d.today(), About: step.about.ID})
		if _, err := f.c.Feedback.Put(context.Background(), entry); err != nil {
			f.says.Say(kit.ColorWarn, sentence.Of(err))
			return err
		}
	}
	return nil
}

func (f *feedbackForm) wipe() {
	for _, step := range f.steps {
		step.asked.wipe()
	}
}
