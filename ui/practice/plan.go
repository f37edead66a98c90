package practice

import (
	"context"
	"errors"

	"fyne.io/fyne/v2"

	"ebb/ui/kit"
	"ebb/ui/lang"
	"ebb/ui/page"
	store "ebb/vault/practice"
)

// PlanPage is the treatment plan as it is, and every version before it.
type PlanPage struct {
	page.Still
	d       Desk
	c       *store.Case
	content *kit.Container
}

// openPlan leads from a case to its treatment plan.
func (p *CasePage) openPlan() { p.d.Go(func() Page { return newPlan(p.d, p.c) }) }

func newPlan(d Desk, c *store.Case) *PlanPage {
	p := &PlanPage{d: d, c: c, content: kit.Stretch(kit.Spacer())}
	p.fill()
	return p
}

// Content implements [Page].
func (p *PlanPage) Content() fyne.CanvasObject { return p.content }

func (p *PlanPage) tried(err error) {
	if err != nil && !errors.Is(err, store.ErrNotFound) {
		p.d.Failed(err)
	}
}

func (p *PlanPage) fill() {
	ctx := context.Background()
	stand, err := p.c.Standing(ctx)
	p.tried(err)
	versions, err := p.c.Plan.History(ctx)
	p.tried(err)
	_, err = p.c.Plan.Draft(ctx)
	p.tried(err)
	drafted := err == nil
	var verbs []fyne.CanvasObject
	if stand.ClosedOn == "" {
		verbs = append(verbs, kit.NewButton(kit.Primary, p.verb(len(versions) > 0, drafted), p.write).WithIcon(kit.IconPen))
	}
	body := []fyne.CanvasObject{p.d.planHead(p.c, p.d.toCase(p.c), verbs...)}
	if stand.ClosedOn != "" {
		body = append(body, kit.NewText(kit.Small, lang.T("practice-plan.closed")).In(kit.ColorMuted))
	} else if drafted {
		words := lang.T("practice-plan.unfinished")
		if len(versions) == 0 {
			words = lang.T("practice-plan.unfinished-first")
		}
		body = append(body, kit.NewText(kit.Small, words).In(kit.ColorMuted))
	}
	if len(versions) == 0 {
		body = append(body, kit.NewEmptyPanel(kit.IconList, lang.T("practice-plan.none"), p.d.Texts.Plan.About, nil))
	} else {
		body = append(body, kit.NewCard(kit.Column(kit.SpaceL,
			kit.Column(0, kit.NewText(kit.Sub, lang.T("practice-plan.current")), kit.NewText(kit.Small, p.which(versions[0])).In(kit.ColorMuted)),
			kit.MaxWidth(kit.Measure, kit.NewText(kit.Body, versions[0].Text)))))
	}
	if len(versions) > 1 {
		var rows []fyne.CanvasObject
		for _, v := range versions[1:] {
			rows = append(rows, page.Row(p.which(v), "", kit.NewButton(kit.Quiet, lang.T("practice-plan.read"), func() {
				p.d.tell(p.which(v), lang.T("practice-case.close-sheet"), kit.NewText(kit.Body, v.Text))
			})))
		}
		body = append(body, page.Group(lang.T("practice-plan.history"), rows...))
	}
	p.content.SetObjects(kit.NewFrame(kit.Column(kit.SpaceXL, body...)))
}

// which says which version one is.
func (p *PlanPage) which(v store.PlanVersion) string {
	return lang.F("practice-plan.version", map[string]any{"Version": v.Version, "Day": p.d.dayWords(v.Day)})
}

// verb is what writing is called, by what there is already.
func (p *PlanPage) verb(versions, drafted bool) string {
	switch {
	case drafted:
		return lang.T("practice-plan.go-on")
	case versions:
		return lang.T("practice-plan.write-next")
	}
	return lang.T("practice-plan.write-first")
}

func (p *PlanPage) write() { p.d.Go(func() Page { return newPlanEditor(p.d, p.c) }) }

// planHead is the head of both pages about a plan: whose it is, and what stands over
// it.
func (d Desk) planHead(c *store.Case, back *kit.Button, verbs ...fyne.CanvasObject) fyne.CanvasObject {
	return kit.Column(kit.SpaceM, backLine(back),
		kit.TopRow(kit.SpaceXL, kit.Stretch(kit.NewText(kit.Title, lang.T("practice-plan.title"))), kit.Row(kit.SpaceM, verbs...)),
		kit.Start(kit.NewAudiencePill(kit.Shared, lang.F("practice-plan.pill", map[string]any{"Code": c.Code}))),
		kit.MaxWidth(kit.IntroMeasure, kit.NewText(kit.Body, lang.T("practice-plan.middle")).In(kit.ColorMuted)))
}
