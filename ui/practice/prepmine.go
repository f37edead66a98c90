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

// PrepMinePage is the preparation for the practitioner's screen alone. It has no way to
// paper and none to the other page, and shows one person's things at a time.
type PrepMinePage struct {
	d       Desk
	c       *store.Case
	closed  bool
	members []store.Member // who are part of the case
	about   store.ID       // whom the page is about now; none: the work
	whose   *kit.Segmented
	own     *ownLine // nil in a closed case
	content *kit.Container
}

func newPrepMine(d Desk, c *store.Case) *PrepMinePage {
	p := &PrepMinePage{d: d, c: c, content: kit.Stretch(kit.Spacer())}
	ctx := context.Background()
	stand, err := c.Standing(ctx)
	if err != nil {
		d.Failed(err)
	}
	p.closed = stand.ClosedOn != ""
	if p.members, err = c.People.Present(ctx); err != nil {
		d.Failed(err)
	}
	words := []string{lang.T("practice-prep.mine-general")}
	for _, m := range p.members {
		words = append(words, m.Name)
	}
	p.whose = kit.NewSegmented(lang.T("practice-prep.mine-whose"), words, 0, p.turn)
	p.turn(0)
	return p
}

// Content implements [Page].
func (p *PrepMinePage) Content() fyne.CanvasObject { return p.content }

// First implements [Page].
func (p *PrepMinePage) First() fyne.Focusable { return p.whose }

// Leave implements [Page].
func (p *PrepMinePage) Leave(locking bool) func(context.Context) error {
	still := p.own.leave(locking)
	if locking {
		p.content.SetObjects(kit.Spacer())
	}
	return still
}

// Keep is what the menu calls to keep the line that is being written.
func (p *PrepMinePage) Keep() { p.own.keepAny() }

// turn shows the work, or one person.
func (p *PrepMinePage) turn(i int) {
	if !p.own.flush() {
		p.whose.SetChosen(p.place())
		return
	}
	p.about = store.ID{}
	label := lang.T("practice-prep.mine-line")
	if i > 0 {
		p.about = p.members[i-1].ID
		label = lang.F("practice-prep.alone-line", map[string]any{"Name": p.members[i-1].Name})
	}
	p.own = nil
	if !p.closed {
		p.own = newOwnLine(label, p.adder(), p.added)
	}
	p.fill()
}

// place is where the person whom the page is about stands among the words.
func (p *PrepMinePage) place() int {
	for i, m := range p.members {
		if m.ID == p.about {
			return i + 1
		}
	}
	return 0
}

// adder adds lines about whom the page is about now, whatever it shows later.
func (p *PrepMinePage) adder() func(context.Context, string) error {
	about := p.about
	return func(ctx context.Context, text string) error {
		var err error
		if about == (store.ID{}) {
			_, err = p.c.Prep.Add(ctx, store.OnMine, text)
		} else {
			_, err = p.c.Prep.AddAlone(ctx, about, text)
		}
		return err
	}
}

func (p *PrepMinePage) added() {
	p.fill()
	p.own.field.Focus()
}

func (p *PrepMinePage) fill() {
	mine, err := p.c.Prep.Mine(context.Background())
	if err != nil {
		p.d.Failed(err)
	}
	parts := p.work(mine)
	if i := p.place(); i > 0 {
		parts = p.person(mine, p.members[i-1])
	}
	band := kit.NewPanel(kit.Column(kit.SpaceXS,
		kit.IconLine(kit.IconLock, kit.Sub, lang.T("practice-prep.mine-band"), kit.ColorWarn),
		kit.NewText(kit.Small, lang.T("practice-prep.mine-band-about"))))
	p.content.SetObjects(kit.NewFrame(kit.Column(kit.SpaceXL,
		kit.Column(kit.SpaceM, backLine(p.d.toCase(p.c)), kit.MaxWidth(kit.Measure+80, band), p.d.prompts(casework.PrepMine), kit.Start(p.whose)),
		kit.MaxWidth(kit.Measure+80, kit.Column(kit.SpaceXL, parts...)))))
}

// lines are those about whom the page is about, with room for one more.
func (p *PrepMinePage) lines(heading, empty string, all []store.PrepLine) fyne.CanvasObject {
	var rows []fyne.CanvasObject
	for _, l := range all {
		switch {
		case l.Member != p.about:
		case p.closed:
			rows = append(rows, kit.NewText(kit.Body, l.Text))
		default:
			rows = append(rows, p.d.lineRow(p.c, l, p.adder(), p.fill))
		}
	}
	if len(rows) == 0 {
		rows = append(rows, kit.NewText(kit.Small, empty).In(kit.ColorMuted))
	}
	if p.own != nil {
		rows = append(rows, p.own.content())
	}
	return group(heading, "", rows)
}

// drafts are the notes about whom the page is about that are not signed.
func (p *PrepMinePage) drafts(all []store.NoteRow) fyne.CanvasObject {
	var rows []fyne.CanvasObject
	for _, n := range all {
		if n.Member == p.about {
			rows = append(rows, p.d.noteRow(p.c, p.members, n))
		}
	}
	return group(lang.T("practice-prep.mine-drafts"), lang.T("practice-prep.mine-drafts-none"), rows)
}

// work is what is about nobody alone.
func (p *PrepMinePage) work(mine store.Mine) []fyne.CanvasObject {
	items, err := p.c.Menu.Items(context.Background())
	if err != nil {
		p.d.Failed(err)
	}
	var reviews, overrides []fyne.CanvasObject
	for _, r := range mine.Reviews {
		reviews = append(reviews, page.Row(reviewKind(r.Kind), p.d.dayWords(r.Due), kit.Gap(0)))
	}
	for _, o := range mine.Overrides {
		title := o.Exercise
		for _, item := range items {
			if item.ID == o.Exercise {
				title = item.Title
			}
		}
		overrides = append(overrides, page.Row(lang.F("practice-prep.mine-override", map[string]any{"Exercise": title, "Day": p.d.dayWords(o.Day)}), o.Reason, kit.Gap(0)))
	}
	parts := []fyne.CanvasObject{
		p.lines(lang.T("practice-prep.mine-lines"), lang.T("practice-prep.mine-lines-none"), mine.Lines),
		group(lang.T("practice-prep.reviews"), lang.T("practice-prep.reviews-none"), reviews),
		p.drafts(mine.Drafts),
	}
	if len(overrides) > 0 {
		parts = append(parts, group(lang.T("practice-prep.mine-overrides"), "", overrides))
	}
	return parts
}

// latest is how many lines of the log the page shows of one person.
const latest = 3

// person is what is about one of them.
func (p *PrepMinePage) person(mine store.Mine, m store.Member) []fyne.CanvasObject {
	name := map[string]any{"Name": m.Name}
	var feedback, progress []fyne.CanvasObject
	for _, f := range mine.Feedback {
		if f.Member == m.ID {
			row := []fyne.CanvasObject{p.d.feedbackWords(f)}
			if !p.closed {
				row = append(row, page.Flush(kit.Start(kit.NewButton(kit.Quiet, lang.T("practice-prep.feedback-open"), func() { p.d.Go(func() Page { return newFeedbackReply(p.d, p.c, m, f) }) }))))
			}
			feedback = append(feedback, kit.Column(kit.SpaceS, row...))
		}
	}
	seen, err := p.c.Progress.Of(context.Background(), m.ID, store.Page{Size: latest})
	if err != nil {
		p.d.Failed(err)
	}
	for _, o := range seen {
		progress = append(progress, p.d.observationWords(o))
	}
	return []fyne.CanvasObject{
		p.lines(lang.F("practice-prep.alone", name), lang.T("practice-prep.alone-none"), mine.Lines),
		group(lang.F("practice-prep.feedback", name), lang.T("practice-prep.feedback-none"), feedback),
		group(lang.F("practice-prep.progress", name), lang.T("practice-prep.progress-none"), progress),
		p.drafts(mine.Drafts),
	}
}
