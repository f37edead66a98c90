package practice

import (
	"context"
	"errors"
	"slices"
	"time"

	"ebb/ui/kit"
	"ebb/ui/lang"
	"ebb/ui/page"
	"ebb/ui/sentence"
	store "ebb/vault/practice"
)

// What is being entered of a sheet, as a draft: kept every few seconds and on leaving,
// found again, and forgotten when somebody says so.

// begun is the sheet of this person that was begun and not kept.
func (o *onePerson) begun() (store.CheckIn, bool) {
	ctx := context.Background()
	drafts, err := o.c.CheckIns.Drafts(ctx, o.id)
	if err != nil {
		o.d.Failed(err)
	}
	for _, k := range drafts {
		if _, err := o.c.CheckIns.CheckIn(ctx, o.id, k.ID); errors.Is(err, store.ErrNotFound) {
			return k, true
		}
	}
	return store.CheckIn{}, false
}

// checkIn is the sheet with some of its answers.
func (p *CheckInEntry) checkIn(answers map[int][]string) store.CheckIn {
	return store.CheckIn{ID: p.sheet, Member: p.id, Day: p.day.Text(), Answers: answers}
}

// answers are those on the page, with those that are kept apart or without.
func (p *CheckInEntry) answers(apart bool) map[int][]string {
	all, items := map[int][]string{}, p.plain
	if apart {
		items = slices.Concat(p.plain, p.apart)
	}
	for _, t := range items {
		if answers := t.answers(); len(answers) > 0 {
			all[t.Number] = answers
		}
	}
	return all
}

// changed notes that something is to be saved, and sees that it soon is.
func (p *CheckInEntry) changed(apart bool) {
	if p.left {
		return
	}
	p.dirty, p.apartDirty = p.dirty || !apart, p.apartDirty || apart
	p.state.Clear()
	p.soon()
}

func (p *CheckInEntry) soon() {
	if p.timer == nil {
		p.timer = p.d.After(draftEvery, p.save)
	}
}

func (p *CheckInEntry) rest() {
	if p.timer != nil {
		p.timer()
		p.timer = nil
	}
}

// drafts returns what writes what changed: each half to its drawer.
func (p *CheckInEntry) drafts() func(context.Context) error {
	k, plain, apart, rooms, turn := p.checkIn(p.answers(true)), p.dirty, p.apartDirty, p.c.CheckIns, p.turns.Next()
	return func(ctx context.Context) error {
		return turn(func() (err error) {
			if apart {
				err = rooms.SealApartDraft(ctx, k)
			}
			if plain {
				err = errors.Join(err, rooms.SaveDraft(ctx, k))
			}
			return err
		})
	}
}

// save seals what changed, beside the window.
func (p *CheckInEntry) save() {
	if p.timer == nil {
		return // left meanwhile
	}
	p.timer = nil
	p.d.Work(p.drafts(), func(err error) {
		switch {
		case p.left: // whatever came after has written what there is
		case errors.Is(err, store.ErrCaseGone):
			p.d.Failed(err)
		case err != nil:
			p.state.Failed(sentence.Of(err))
			p.soon()
		case p.timer == nil: // nothing was ticked or typed since
			p.dirty, p.apartDirty = false, false
			p.state.Kept(lang.T("practice-note.drafted"))
		}
	})
}

// showApart shows the items that are kept apart, as they were left: on this sheet, or
// else on one of which nothing else was entered.
func (p *CheckInEntry) showApart() {
	p.d.stepUp(lang.T("practice-checkin.apart-second"), func() {
		if !p.apartDirty {
			if err := p.readApart(context.Background()); err != nil {
				p.d.Failed(err)
				return
			}
		}
		p.shown, p.both = true, true
		p.fillApart()
		p.d.Canvas.Focus(p.apart[0].chips[0])
	})
}

func (p *CheckInEntry) readApart(ctx context.Context) error {
	answers, begun, err := p.c.CheckIns.Apart(ctx, p.id, p.sheet)
	if err == nil && !begun && !p.both {
		var id store.ID
		if id, err = p.c.CheckIns.ApartDraft(ctx, p.id); err == nil {
			answers, begun, err = p.c.CheckIns.Apart(ctx, p.id, id)
			if err == nil { // this sheet is that one
				err = p.c.CheckIns.DropDraft(ctx, p.sheet)
				p.sheet, p.dirty = id, true
				p.soon()
			}
		}
		if errors.Is(err, store.ErrNotFound) {
			err = nil
		}
	}
	if err != nil {
		return err
	}
	p.found = begun
	for _, t := range p.apart {
		t.set(answers[t.Number])
	}
	return nil
}

// hideApart takes the items that are kept apart off the screen, and seals what was ticked
// there. Where that cannot be, they are held off the screen until it can.
func (p *CheckInEntry) hideApart() {
	if !p.shown {
		return
	}
	p.shown, p.found = false, false
	p.fillApart()
	p.d.Cases.covered = p
	if err := p.seal(context.Background()); err != nil {
		p.d.Failed(err)
		return
	}
	p.d.Cases.covered = nil
}

// seal implements [sealer].
func (p *CheckInEntry) seal(ctx context.Context) error {
	if p.apartDirty {
		k, rooms := p.checkIn(p.answers(true)), p.c.CheckIns
		if err := p.turns.Next()(func() error { return rooms.SealApartDraft(ctx, k) }); err != nil {
			return err
		}
		p.apartDirty = false
	}
	for _, t := range p.apart {
		t.wipe()
	}
	return nil
}

// second implements [watcher].
func (p *CheckInEntry) second(left time.Duration) {
	if left > sealEarly {
		return
	}
	p.hideApart()
	if err := p.d.Cases.seal(context.Background()); err != nil {
		p.state.Failed(sentence.Of(err))
	}
}

// Leave implements [Page].
func (p *CheckInEntry) Leave(locking bool) func(context.Context) error {
	p.rest()
	write := p.drafts()
	if locking {
		p.wipe()
		return write
	}
	return func(ctx context.Context) error {
		if err := write(ctx); err != nil && !errors.Is(err, store.ErrCaseGone) {
			p.soon()
			return err
		}
		p.d.Cases.covered = nil
		p.wipe()
		return nil
	}
}

// wipe takes the sheet off the screen.
func (p *CheckInEntry) wipe() {
	p.left, p.shown = true, false
	for _, t := range slices.Concat(p.plain, p.apart) {
		t.wipe()
	}
	p.apartAt.SetObjects(kit.Spacer())
}

// discard forgets what was entered and not kept.
func (p *CheckInEntry) discard() {
	p.bothHalves(lang.T("practice-checkin.discard-second"), page.Question{
		Title: lang.T("practice-checkin.leave"), About: lang.T("practice-checkin.leave-about"),
		Verb: lang.T("practice-checkin.leave-verb"), Cancel: lang.T("practice-checkin.leave-stay"),
	}, func(ctx context.Context) error {
		if p.both {
			if err := p.c.CheckIns.DropApartDraft(ctx, p.id, p.sheet); err != nil {
				return err
			}
		}
		return p.c.CheckIns.DropDraft(ctx, p.sheet)
	}, lang.T("practice-checkin.discarded"))
}

// remove removes a sheet that was kept, for good.
func (p *CheckInEntry) remove() {
	p.bothHalves(lang.T("practice-checkin.remove-second"), page.Question{
		Title: lang.T("practice-checkin.remove-title"), About: lang.T("practice-checkin.remove-about"),
		Verb: lang.T("practice-checkin.remove-verb"), Cancel: lang.T("practice-case.not-now"),
	}, func(ctx context.Context) error {
		return p.c.CheckIns.Remove(ctx, p.id, p.sheet)
	}, lang.T("practice-checkin.removed"))
}

// bothHalves asks whether to take the sheet away, and does it, behind the second unlock
// if there may be something apart. It leaves the page when it is done.
func (p *CheckInEntry) bothHalves(about string, q page.Question, do func(context.Context) error, said string) {
	q.Destroys = true
	q.Yes = func() {
		p.rest()
		if err := p.turns.Next()(func() error { return do(context.Background()) }); err != nil {
			say(p.says, err, nil)
			p.soon()
			return
		}
		p.over(said)
	}
	if !p.both {
		p.d.ask(q)
		return
	}
	p.d.stepUp(about, func() { p.d.ask(q) })
}
