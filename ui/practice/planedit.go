package practice

import (
	"context"
	"errors"

	"fyne.io/fyne/v2"

	"ebb/ui/kit"
	"ebb/ui/kit/editor"
	"ebb/ui/kit/editor/text"
	"ebb/ui/lang"
	"ebb/ui/page"
	"ebb/ui/sentence"
	store "ebb/vault/practice"
)

// PlanEditor is where the next version of a treatment plan is written. What is typed
// is a draft until it is kept as a version, and then it stays.
type PlanEditor struct {
	d       Desk
	c       *store.Case
	was     store.PlanVersion // the plan as it is; none has Version 0
	w       *writing
	editor  *editor.Editor
	says    *kit.Text
	content fyne.CanvasObject
}

func newPlanEditor(d Desk, c *store.Case) *PlanEditor {
	p := &PlanEditor{d: d, c: c, says: kit.NewAnswer()}
	p.w = newWriting(d, lang.T("practice-plan.drafted"), p.draft)
	ctx := context.Background()
	var err error
	if p.was, err = c.Plan.Current(ctx); err != nil && !errors.Is(err, store.ErrNotFound) {
		d.Failed(err)
	}
	words, err := c.Plan.Draft(ctx)
	switch {
	case errors.Is(err, store.ErrNotFound):
		words = p.was.Text
	case err != nil:
		d.Failed(err)
	default:
		p.w.state.Kept(lang.T("practice-plan.drafted"))
	}
	p.editor = p.w.add("plan", lang.T("practice-plan.editor"), p.prompt(), words, 16)
	title := lang.T("practice-plan.writing")
	if p.was.Version == 0 {
		title = lang.T("practice-plan.writing-first")
	}
	middle := kit.Column(kit.SpaceL,
		kit.NewCard(kit.Column(kit.SpaceM, kit.Row(kit.SpaceM, kit.Stretch(kit.NewText(kit.Sub, title)), p.w.state), p.editor)),
		p.says,
		kit.Flow(kit.SpaceM,
			kit.NewButton(kit.Primary, lang.F("practice-plan.keep", map[string]any{"Version": p.was.Version + 1}), p.keep),
			kit.NewButton(kit.Quiet, lang.T("practice-plan.leave-out"), p.forget)))
	rows := []fyne.CanvasObject{
		d.planHead(c, kit.NewButton(kit.Quiet, lang.T("practice-plan.title"), p.back).WithIcon(kit.IconBack)),
	}
	rows = append(rows, beside(middle, p.headings(), panel(lang.T("practice-plan.before"), smallLines(d.Texts.Plan.Before)...),
		panel(lang.T("practice-plan.never"), smallLines(d.Texts.Plan.Never)...)))
	p.content = kit.NewFrame(kit.Column(kit.SpaceL, rows...))
	return p
}

// smallLines are lines below each other, for a panel.
func smallLines(lines []string) (parts []fyne.CanvasObject) {
	for _, line := range lines {
		parts = append(parts, kit.NewText(kit.Small, line))
	}
	return parts
}

// prompt stands where nothing is written yet.
func (p *PlanEditor) prompt() string {
	s := p.d.Texts.Plan.Sections[0]
	return s.Prompt
}

// Content implements [Page].
func (p *PlanEditor) Content() fyne.CanvasObject { return p.content }

// First implements [Page].
func (p *PlanEditor) First() fyne.Focusable {
	if kit.Folded() {
		return nil // the keyboard would scroll the page away from its beginning
	}
	return p.editor
}

// Leave implements [Page].
func (p *PlanEditor) Leave(locking bool) func(context.Context) error { return p.w.leave(locking) }

// Keep seals the draft now.
func (p *PlanEditor) Keep() {
	if err := p.w.now(); err != nil {
		p.d.Failed(err)
	}
}

// draft seals what is being written; words that are those of the plan are no draft.
func (p *PlanEditor) draft(ctx context.Context, _, words string) error {
	if words == p.was.Text || p.was.Version == 0 && blank(words) {
		return p.c.Plan.DropDraft(ctx)
	}
	return p.c.Plan.SaveDraft(ctx, words)
}

// headings offers those of Ebb's own text, each with what may stand there.
func (p *PlanEditor) headings() fyne.CanvasObject {
	var rows []fyne.CanvasObject
	for _, s := range p.d.Texts.Plan.Sections {
		rows = append(rows, kit.Column(0,
			page.Flush(kit.Start(kit.NewButton(kit.Quiet, lang.F("practice-plan.add-heading", map[string]any{"Heading": s.Heading}), func() { p.addHeading(s.Heading) }))),
			kit.NewText(kit.Small, s.Prompt).In(kit.ColorMuted)))
	}
	return panel(lang.T("practice-plan.headings"), rows...)
}

// addHeading puts a heading below what is written, and the keyboard below it.
func (p *PlanEditor) addHeading(heading string) {
	at := endOf(p.editor.Text())
	p.editor.Select(at, at)
	before := ""
	if p.editor.Len() > 0 {
		before = "\n\n"
	}
	p.editor.Insert(before + heading + "\n")
	p.d.Canvas.Focus(p.editor)
}

// endOf is the place behind the last byte of a text.
func endOf(words string) (at text.Position) {
	for i := range len(words) {
		at.Offset++
		if words[i] == '\n' {
			at = text.Position{Paragraph: at.Paragraph + 1}
		}
	}
	return at
}

func (p *PlanEditor) back() { p.d.Go(func() Page { return newPlan(p.d, p.c) }) }

// keep makes a version of what is written.
func (p *PlanEditor) keep() {
	words := p.editor.Text()
	if words == p.was.Text && p.was.Version > 0 {
		p.says.Say(kit.ColorMuted, lang.T("practice-plan.same"))
		return
	}
	if err := p.w.now(); err != nil {
		p.says.Say(kit.ColorWarn, sentence.Of(err))
		return
	}
	if err := p.c.Plan.Put(context.Background(), words); err != nil {
		say(p.says, err, func() { p.d.Canvas.Focus(p.editor) })
		return
	}
	p.d.Toast(lang.F("practice-plan.kept", map[string]any{"Version": p.was.Version + 1}))
	p.back()
}

// forget drops the draft after a question.
func (p *PlanEditor) forget() {
	p.d.ask(page.Question{
		Title: lang.T("practice-plan.leave-out"), About: lang.T("practice-plan.leave-out-about"),
		Verb: lang.T("practice-plan.leave-out-verb"), Cancel: lang.T("practice-case.not-now"),
		Yes: func() {
			p.w.rest()
			p.w.take() // nothing of it is to be written any more
			err := p.w.turns.Next()(func() error { return p.c.Plan.DropDraft(context.Background()) })
			if err != nil {
				p.d.Failed(err)
				return
			}
			p.back()
		},
	})
}
