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

// IntakePage is the sexual history of one person, an area at a time. What is written is
// kept as it is written, in that person's own part of the record, and nothing has to
// be.
type IntakePage struct {
	onePerson
	at      int                         // the area that is shown
	kept    map[string]store.IntakePart // by area
	w       *writing                    // nil where nothing may be taken in
	whose   *kit.Segmented
	first   fyne.Focusable
	scroll  *kit.Scroll
	content *kit.Container
}

// openIntake leads from a case to the history of the first of its people.
func (p *CasePage) openIntake() { p.d.Go(func() Page { return newIntake(p.d, p.c) }) }

func newIntake(d Desk, c *store.Case) *IntakePage {
	p := &IntakePage{onePerson: d.about(c), content: kit.Stretch(kit.Spacer())}
	p.turn()
	return p
}

// Content implements [Page].
func (p *IntakePage) Content() fyne.CanvasObject { return p.content }

// First implements [Page].
func (p *IntakePage) First() fyne.Focusable {
	if kit.Folded() {
		return nil // the keyboard would scroll the page away from its beginning
	}
	return p.whose
}

// Leave implements [Page].
func (p *IntakePage) Leave(locking bool) func(context.Context) error {
	if p.w == nil {
		return page.Nothing
	}
	return p.w.leave(locking)
}

// Keep stores what is written now.
func (p *IntakePage) Keep() {
	if p.w == nil {
		return
	}
	if err := p.w.now(); err != nil {
		p.d.Failed(err)
	}
}

// to keeps what was written and turns to an area of somebody's history.
func (p *IntakePage) to(id store.ID, at int) {
	if p.w != nil {
		if err := p.w.leave(false)(context.Background()); err != nil {
			p.d.Failed(err)
			p.whose.SetChosen(p.place())
			return
		}
	}
	p.id, p.at = id, at
	p.turn()
	p.d.Canvas.Focus(p.first)
}

// place is which of the people of the case it is.
func (p *IntakePage) place() int {
	for i, m := range p.members {
		if m.ID == p.id {
			return i
		}
	}
	return 0
}

// areas are those of the guide, in its order; the vault keeps the same.
func (p *IntakePage) areas() []casework.Question { return p.d.Texts.Intake.Sections }

// turn shows the area, or says why nothing is taken in.
func (p *IntakePage) turn() {
	p.w = nil
	p.read()
	p.whose = p.choice(func(id store.ID) { p.to(id, 0) })
	p.first = p.whose
	texts := &p.d.Texts.Intake
	rows := []fyne.CanvasObject{
		kit.Column(kit.SpaceS, backLine(p.d.toCase(p.c)), kit.NewText(kit.Title, texts.Title),
			kit.MaxWidth(kit.IntroMeasure, kit.Column(kit.SpaceS,
				kit.NewText(kit.Body, texts.About).In(kit.ColorMuted), kit.NewText(kit.Body, lang.T("practice-intake.free")).In(kit.ColorMuted)))),
		kit.Start(p.whose), p.pill(),
	}
	if blocked := p.blocked(); blocked != nil {
		rows = append(rows, blocked)
		if len(p.kept) > 0 {
			rows = append(rows, page.Group(lang.T("practice-intake.so-far"), p.words()...))
		}
		p.show(rows)
		return
	}
	p.show(append(rows, beside(p.area(), p.index(), panel(lang.T("practice-intake.before"), smallLines(texts.Before)...), panel(lang.T("practice-intake.never"), smallLines(texts.Never)...))))
}

func (p *IntakePage) show(rows []fyne.CanvasObject) {
	p.scroll = kit.NewFrame(kit.Column(kit.SpaceL, rows...))
	p.content.SetObjects(p.scroll)
}

// area is the one that is written about now: why it is asked, how one may begin, and
// room for what was said.
func (p *IntakePage) area() fyne.CanvasObject {
	q := p.areas()[p.at]
	p.w = newWriting(p.d, lang.T("practice-intake.kept"), func(ctx context.Context, area, words string) error {
		return p.c.Intake.Put(ctx, p.id, area, words)
	})
	label := lang.F("practice-intake.area", p.who())
	e := p.w.add(q.ID, label, label, p.kept[q.ID].Text, 8)
	p.first = e
	about := []fyne.CanvasObject{kit.NewText(kit.Sub, q.Heading), kit.NewText(kit.Small, q.Why).In(kit.ColorMuted)}
	if day := p.kept[q.ID].Day; day != "" {
		about = append(about, kit.NewText(kit.Caption, lang.F("practice-intake.earlier", map[string]any{"Day": p.d.dayWords(day)})).In(kit.ColorMuted))
	}
	begin := []fyne.CanvasObject{kit.NewText(kit.Kicker, lang.T("practice-intake.ask")).In(kit.ColorMuted)}
	for _, ask := range q.Ask {
		begin = append(begin, kit.NewText(kit.Body, ask))
	}
	var ways []fyne.CanvasObject
	if at := p.at - 1; at >= 0 {
		ways = append(ways, kit.NewButton(kit.Plain, lang.F("practice-intake.back", map[string]any{"Area": p.areas()[at].Heading}), func() { p.to(p.id, at) }))
	}
	if at := p.at + 1; at < len(p.areas()) {
		ways = append(ways, kit.NewButton(kit.Plain, lang.F("practice-intake.next", map[string]any{"Area": p.areas()[at].Heading}), func() { p.to(p.id, at) }))
	}
	return kit.Column(kit.SpaceL,
		kit.NewCard(kit.Column(kit.SpaceL,
			kit.Row(kit.SpaceM, kit.Stretch(kit.Column(kit.SpaceXS, about...)), p.w.state),
			kit.MaxWidth(kit.Measure, kit.Column(kit.SpaceS, begin...)), kit.NewRule(), e)),
		kit.Flow(kit.SpaceM, ways...))
}

// index leads to every area. It does not say which have words: nothing is missing.
func (p *IntakePage) index() fyne.CanvasObject {
	var rows []fyne.CanvasObject
	for i, q := range p.areas() {
		if i == p.at {
			rows = append(rows, kit.NewText(kit.Strong, q.Heading))
			continue
		}
		rows = append(rows, page.Flush(kit.Start(kit.NewButton(kit.Quiet, q.Heading, func() { p.to(p.id, i) }))))
	}
	if len(p.kept) > 0 {
		rows = append(rows, kit.NewRule(), page.Flush(kit.Start(quiet(kit.IconEye, lang.T("practice-intake.whole"), p.whole))))
	}
	return panel(lang.T("practice-intake.areas"), rows...)
}

// whole lays everything over the page that was kept of this person's history.
func (p *IntakePage) whole() {
	if err := p.w.now(); err != nil {
		p.d.Failed(err)
		return
	}
	p.read()
	p.d.tell(p.d.Texts.Intake.Title, lang.T("practice-case.close-sheet"), p.pill(), kit.Column(kit.SpaceL, p.words()...))
}

// read brings what was kept.
func (p *IntakePage) read() {
	p.kept = map[string]store.IntakePart{}
	parts, err := p.c.Intake.Of(context.Background(), p.id)
	if err != nil {
		p.d.Failed(err)
	}
	for _, part := range parts {
		p.kept[part.Section] = part
	}
}

// words are what was kept, to be read, in the order of the guide.
func (p *IntakePage) words() (rows []fyne.CanvasObject) {
	for _, q := range p.areas() {
		if part, there := p.kept[q.ID]; there {
			rows = append(rows, kit.Column(kit.SpaceXS, kit.NewText(kit.Strong, q.Heading), kit.MaxWidth(kit.Measure, kit.NewText(kit.Body, part.Text)),
				kit.NewText(kit.Caption, p.d.dayWords(part.Day)).In(kit.ColorMuted)))
		}
	}
	return rows
}
