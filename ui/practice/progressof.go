package practice

import (
	"context"
	"slices"

	"fyne.io/fyne/v2"

	"ebb/exercises/casework"
	"ebb/ui/kit"
	"ebb/ui/lang"
	"ebb/ui/page"
	store "ebb/vault/practice"
)

// ProgressOfPage is the log of one person, with room to write something down.
type ProgressOfPage struct {
	d       Desk
	c       *store.Case
	m       store.Member
	closed  bool
	signed  bool // what this person tells alone may be taken in
	most    int  // how many lines are shown
	form    *observationForm
	content *kit.Container
}

func newProgressOf(d Desk, c *store.Case, m store.Member) *ProgressOfPage {
	p := &ProgressOfPage{d: d, c: c, m: m, most: store.PageSize, content: kit.Stretch(kit.Spacer())}
	p.closed, p.signed = d.takesIn(c, m.ID)
	p.write(store.Observation{})
	return p
}

// takesIn reports whether a case is closed, and whether one person signed the policy in
// force, so that what they tell alone may be taken in.
func (d Desk) takesIn(c *store.Case, member store.ID) (closed, signed bool) {
	ctx := context.Background()
	stand, err := c.Standing(ctx)
	if err != nil {
		d.Failed(err)
	}
	states, err := c.Consents.State(ctx)
	if err != nil {
		d.Failed(err)
	}
	return stand.ClosedOn != "", slices.ContainsFunc(states, func(s store.PersonState) bool { return s.Member == member && s.Policy })
}

// unsigned says plainly that nothing is taken in from somebody alone, and leads to their
// forms.
func (d Desk) unsigned(c *store.Case, m store.Member, title, about string) fyne.CanvasObject {
	return kit.NewEmptyPanel(kit.IconAgree, title, about, kit.NewButton(kit.Plain, lang.F("practice-case.forms", map[string]any{"Name": m.Name}), func() {
		d.Go(func() Page { return newDecisions(d, c, m.ID) })
	}))
}

// readerOf is a person's colour: it goes by the order in which they came, and means only
// whose.
func (d Desk) readerOf(c *store.Case, member store.ID) kit.Reader {
	all, err := c.People.All(context.Background())
	if err != nil {
		d.Failed(err)
	}
	return kit.Person(slices.IndexFunc(all, func(m store.Member) bool { return m.ID == member }))
}

// Content implements [Page].
func (p *ProgressOfPage) Content() fyne.CanvasObject { return p.content }

// First implements [Page].
func (p *ProgressOfPage) First() fyne.Focusable {
	if p.form == nil || kit.Folded() {
		return nil // the keyboard would scroll the page away from its beginning
	}
	return p.form.domain
}

// Leave implements [Page]: what was written is kept.
func (p *ProgressOfPage) Leave(locking bool) func(context.Context) error {
	f := p.form
	if f == nil {
		return page.Nothing
	}
	o, dirty := f.now(), f.dirty && !blank(f.words.Text())
	if locking {
		f.words.Wipe()
	}
	if !dirty {
		return page.Nothing
	}
	return func(ctx context.Context) error {
		_, err := p.c.Progress.Put(ctx, o)
		if err != nil && !locking {
			say(f.says, err, nil)
			return page.ErrStay
		}
		if !locking {
			f.dirty = false
			f.words.Wipe()
		}
		return err
	}
}

// write shows the form with an observation: a new one, or one that is to be changed.
func (p *ProgressOfPage) write(o store.Observation) {
	p.form = nil
	if !p.closed {
		if o.ID == (store.ID{}) {
			o = store.Observation{Member: p.m.ID, Day: p.d.today(), Domain: store.Communication, Source: store.Observed}
		}
		p.form = newObservationForm(p.d, o, p.signed, p.keep, func() { p.write(store.Observation{}) })
	}
	p.fill()
}

// Keep is what the menu calls to keep what stands in the form.
func (p *ProgressOfPage) Keep() {
	if p.form != nil && p.form.dirty {
		p.keep()
	}
}

func (p *ProgressOfPage) keep() {
	f := p.form
	if blank(f.words.Text()) {
		f.says.Say(kit.ColorWarn, lang.T("practice-progress.words-needed"))
		p.d.Canvas.Focus(f.words)
		return
	}
	if _, err := p.c.Progress.Put(context.Background(), f.now()); err != nil {
		say(f.says, err, nil)
		return
	}
	f.words.Wipe()
	p.write(store.Observation{})
	p.d.Toast(lang.T("practice-progress.kept"))
	p.d.Canvas.Focus(p.form.domain)
}

func (p *ProgressOfPage) fill() {
	all, err := p.c.Progress.Of(context.Background(), p.m.ID, store.Page{Size: p.most + 1})
	if err != nil {
		p.d.Failed(err)
	}
	var rows, parts []fyne.CanvasObject
	for _, o := range all[:min(len(all), p.most)] {
		rows = append(rows, kit.Column(kit.SpaceS, p.d.observationWords(o), page.Flush(kit.Flow(kit.SpaceS, p.verbs(o)...))))
	}
	var more []fyne.CanvasObject
	if len(all) > p.most && p.most < store.MostRows-1 {
		more = append(more, quiet(kit.IconDown, lang.T("practice-progress.more"), func() {
			p.most = min(p.most+store.PageSize, store.MostRows-1)
			p.fill()
		}))
	}
	name := map[string]any{"Name": p.m.Name}
	if !p.signed && !p.closed {
		parts = append(parts, p.d.unsigned(p.c, p.m, lang.F("practice-progress.no-policy", name), lang.T("practice-progress.no-policy-about")))
	}
	if p.form != nil {
		parts = append(parts, p.form.content)
	}
	parts = append(parts, group(lang.T("practice-progress.log"), lang.T("practice-progress.log-none"), rows, more...))
	back := kit.NewButton(kit.Quiet, lang.T("practice-progress.title"), func() { p.d.Go(func() Page { return newProgress(p.d, p.c) }) }).WithIcon(kit.IconBack)
	p.content.SetObjects(kit.NewFrame(kit.Column(kit.SpaceXL,
		kit.Column(kit.SpaceM, backLine(back), kit.NewText(kit.Title, lang.F("practice-progress.of", name)),
			kit.Start(kit.NewAudiencePill(p.d.readerOf(p.c, p.m.ID), lang.F("practice-progress.pill", name))), p.d.prompts(casework.Progress)),
		kit.MaxWidth(kit.Measure+80, kit.Column(kit.SpaceXL, parts...)))))
}

// verbs are what can be done with a line. To take it off the table waits for nothing.
func (p *ProgressOfPage) verbs(o store.Observation) (verbs []fyne.CanvasObject) {
	if !p.closed && (p.signed || o.Source == store.Observed) {
		verbs = append(verbs, kit.NewButton(kit.Quiet, lang.T("practice-progress.change"), func() { p.change(o) }))
	}
	if o.Released {
		verbs = append(verbs, kit.NewButton(kit.Quiet, lang.T("practice-progress.take-back"), func() {
			if err := p.c.Progress.TakeBack(context.Background(), o.ID); err != nil {
				p.d.Failed(err)
				return
			}
			p.fill()
			p.d.Toast(lang.T("practice-progress.took-back"))
		}))
	}
	if !p.closed {
		verbs = append(verbs, kit.NewButton(kit.Quiet, lang.T("practice-progress.remove"), func() { p.remove(o) }))
	}
	return verbs
}

// change puts a line into the form, after what stands there was kept.
func (p *ProgressOfPage) change(o store.Observation) {
	if err := p.Leave(false)(context.Background()); err != nil {
		return // the form says why
	}
	p.write(o)
	p.d.Canvas.Focus(p.form.words)
}

// remove takes a line away, with ten seconds to bring it back.
func (p *ProgressOfPage) remove(o store.Observation) {
	if err := p.c.Progress.Remove(context.Background(), o.ID); err != nil {
		p.d.Failed(err)
		return
	}
	if p.form != nil && p.form.o.ID == o.ID {
		p.form.words.Wipe()
		p.write(store.Observation{})
	}
	p.fill()
	p.d.Undo(lang.T("practice-progress.removed"), lang.T("practice-progress.bring-back"), func() {
		if _, err := p.c.Progress.Put(context.Background(), o); err != nil {
			p.d.Failed(err)
		}
		p.fill()
	}, nil)
}
