package practice

import (
	"context"
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"ebb/exercises"
	"ebb/ui/kit"
	"ebb/ui/lang"
	"ebb/ui/page"
	store "ebb/vault/practice"
)

// OfferPage is one exercise in full, and beside it how it stands in a case: what can be
// done with it there, or what is in the way.
type OfferPage struct {
	d       Desk
	c       *store.Case
	e       *exercises.Exercise
	item    *store.Item // nil: it is not on the menu
	way     []store.Off // what is in the way of offering it
	present []store.Member
	closed  bool
	first   *kit.Button
	note    *kit.Field
	reason  *kit.Field  // why it is offered all the same; nil where there is no such way
	gone    *kit.Switch // whether it was gone through with them today; nil where that is not asked
	dirty   bool        // the note was changed and is not kept
	says    *kit.Text
	content *kit.Container
}

func newOffer(d Desk, c *store.Case, e *exercises.Exercise) *OfferPage {
	p := &OfferPage{d: d, c: c, e: e, says: kit.NewAnswer(), content: kit.Stretch(kit.Spacer())}
	p.first = d.toMenu(c)
	people, err := c.People.All(context.Background())
	p.tried(err)
	for _, m := range people {
		if m.LeftOn == "" {
			p.present = append(p.present, m)
		}
	}
	p.note = kit.NewField(lang.T("practice-menu.note"))
	p.note.OnChanged = func(string) { p.dirty = true }
	p.fill()
	return p
}

// Content implements [Page].
func (p *OfferPage) Content() fyne.CanvasObject { return p.content }

// First implements [Page].
func (p *OfferPage) First() fyne.Focusable { return p.first }

// Leave implements [Page]: a note that was changed is kept with the exercise on the
// menu. Where there is none yet, nothing holds it, and leaving asks first.
func (p *OfferPage) Leave(locking bool) func(context.Context) error {
	if !locking && (p.dirty && p.item == nil || p.reason != nil && !blank(p.reason.Text())) {
		return p.d.unkept(func() {
			p.wipe()
			p.d.menu(p.c)
		})
	}
	note, dirty := p.note.Text(), p.dirty && p.item != nil
	if locking || !dirty {
		p.wipe()
	}
	if !dirty {
		return page.Nothing
	}
	return func(ctx context.Context) error {
		err := p.c.Menu.SetNote(ctx, p.e.ID, note)
		switch {
		case locking:
			return err
		case err != nil:
			say(p.says, err, p.note.Focus)
			return page.ErrStay
		}
		p.wipe()
		return nil
	}
}

func (p *OfferPage) wipe() {
	p.note.SetText("")
	p.dirty = false
	if p.reason != nil {
		p.reason.SetText("")
	}
}

func (p *OfferPage) tried(err error) {
	if err != nil {
		p.d.Failed(err)
	}
}

// read reads how the exercise stands.
func (p *OfferPage) read() {
	ctx := context.Background()
	stand, err := p.c.Standing(ctx)
	p.tried(err)
	p.closed = stand.ClosedOn != ""
	items, err := p.c.Menu.Items(ctx)
	p.tried(err)
	p.item = nil
	if i := slices.IndexFunc(items, func(item store.Item) bool { return item.ID == p.e.ID }); i >= 0 {
		p.item = &items[i]
		p.e = p.item.Exercise
	}
	if p.item == nil || p.item.State != store.Offered { // an own one is offered as the practice has it now
		own, err := p.d.Practice.Exercises.All(ctx)
		p.tried(err)
		for _, e := range own {
			if e.ID == p.e.ID {
				p.e = e
			}
		}
	}
	p.way, err = p.c.Menu.InTheWay(ctx, p.e.ID)
	p.tried(err)
	if p.item != nil && !p.dirty {
		p.note.SetText(p.item.Note)
	}
	p.dirty = false
}

func (p *OfferPage) fill() {
	p.read()
	e := p.e
	head := []fyne.CanvasObject{
		kit.NewText(kit.Display, e.Title),
		kit.NewText(kit.Lead, e.Purpose).In(kit.ColorMuted),
		kit.Flow(kit.SpaceXL,
			kit.IconLine(kit.Closeness(int(e.Closeness)), kit.Small, page.ClosenessWord(e.Closeness), kit.ColorMuted),
			kit.IconLine(kit.IconClock, kit.Small, page.TimeWord(e.Minutes), kit.ColorMuted),
			kit.IconLine(kit.IconPerson, kit.Small, page.WhoWord(e.Who), kit.ColorMuted)),
	}
	told := append(page.Asked(e), page.Reading(e)...)
	beside := kit.Column(kit.SpaceL, p.stand(), kit.Column(0, p.ways()...))
	back := page.Flush(kit.Start(p.first))
	if kit.Folded() { // what can be done stands above how it goes
		p.content.SetObjects(kit.NewFrame(kit.Column(kit.SpaceL, back, kit.Column(kit.SpaceM, head...), beside, kit.Column(kit.SpaceM, told...))))
		return
	}
	p.content.SetObjects(kit.NewFrame(kit.Column(kit.SpaceL, back,
		kit.Grid(2, 60, kit.Column(kit.SpaceM, append(head, told...)...), beside))))
}

// ways are the quiet ones below the card.
func (p *OfferPage) ways() []fyne.CanvasObject {
	ways := []fyne.CanvasObject{kit.NewText(kit.Small, lang.T("practice-menu.no-hand-out")).In(kit.ColorMuted)}
	if handsOut(p.item) {
		ways[0] = page.Flush(kit.Start(quiet(kit.IconPrint, lang.T("print.save"), p.save)))
	}
	if p.c.Menu.Library().Find(p.e.ID) == nil {
		ways = append(ways, page.Flush(kit.Start(quiet(kit.IconPen, lang.T("practice-own.title"), func() { p.d.Go(func() Page { return newOwn(p.d, p.c) }) }))))
	}
	return ways
}

// offers reports whether the exercise can be offered now, as it stands: it is not
// offered yet, or was for another day.
func (p *OfferPage) offers() bool {
	return !p.closed && (p.item == nil || p.item.State != store.Offered || slices.Contains(p.item.Off, store.OffReviewed))
}

// stand is the card beside the exercise.
func (p *OfferPage) stand() fyne.CanvasObject {
	state := lang.T("practice-menu.not-on")
	if p.item != nil {
		state = p.d.standing(*p.item)
	}
	rows := []fyne.CanvasObject{
		kit.NewText(kit.Caption, lang.F("practice-menu.in-case", map[string]any{"Code": p.c.Code})).In(kit.ColorMuted),
		kit.NewText(kit.Strong, state),
	}
	if p.item != nil && p.item.State == store.Offered {
		for _, off := range p.item.Off {
			rows = append(rows, kit.IconLine(kit.IconPause, kit.Small, offWords.T(offKey(off)), kit.ColorWarn))
		}
	}
	p.reason, p.gone = nil, nil
	switch blocked := p.blocked(); {
	case p.closed:
		rows = append(rows, kit.NewText(kit.Small, lang.T("practice-fault.case-closed")).In(kit.ColorMuted))
	case p.offers() && len(blocked) > 0:
		rows = append(rows, p.told(blocked)...)
	case p.offers():
		rows = append(rows, p.offering()...)
	}
	if p.item != nil && !p.closed {
		if !p.offers() {
			rows = append(rows, p.noteField()...)
		}
		rows = append(rows, p.says, p.turning())
	} else {
		rows = append(rows, p.says)
	}
	return kit.NewCard(kit.Column(kit.SpaceM, rows...))
}

// blocked are the reasons that cannot be met on this page.
func (p *OfferPage) blocked() (off []store.Off) {
	for _, reason := range p.way {
		if reason == store.OffReviewed || reason == store.OffScreened && store.CanOverride(p.e) {
			continue
		}
		off = append(off, reason)
	}
	return off
}

// offWords say to the office what is in the way.
var offWords = lang.Dynamic("practice-menu.off.")

func offKey(off store.Off) string { return strings.ReplaceAll(string(off), " ", "-") }

// told says what is missing, with the way to it.
func (p *OfferPage) told(blocked []store.Off) []fyne.CanvasObject {
	rows := []fyne.CanvasObject{kit.NewRule(), kit.NewText(kit.Strong, lang.T("practice-menu.cannot"))}
	forms := false
	for _, off := range blocked {
		rows = append(rows, kit.NewText(kit.Body, missingWords.T(offKey(off))))
		if off == store.OffLimit {
			rows = append(rows, page.Flush(kit.Start(quiet(kit.IconMap, lang.T("practice-menu.limits"), func() { p.d.limits(p.c) }))))
		}
		forms = forms || off == store.OffScreened || off == store.OffConsent
	}
	if !forms {
		return rows
	}
	// The way is the same for each person, whoever it is that something is missing of.
	var people []fyne.CanvasObject
	for _, m := range p.present {
		people = append(people, kit.NewButton(kit.Quiet, lang.F("practice-case.forms", map[string]any{"Name": m.Name}), func() {
			p.d.Go(func() Page { return newDecisions(p.d, p.c, m.ID) })
		}))
	}
	return append(rows, page.Flush(kit.Flow(kit.SpaceS, people...)))
}

// missingWords say what is missing before something can be offered.
var missingWords = lang.Dynamic("practice-menu.missing.")

// noteField is the note to the couple, below who reads it.
func (p *OfferPage) noteField() []fyne.CanvasObject {
	return []fyne.CanvasObject{
		kit.NewRule(),
		kit.Start(kit.NewAudiencePill(kit.Shared, lang.T("practice-menu.note-readers"))),
		p.note,
		kit.NewText(kit.Small, lang.T("practice-menu.note-about")).In(kit.ColorMuted),
	}
}

// offering is what is asked before an offer, and its verb.
func (p *OfferPage) offering() []fyne.CanvasObject {
	rows := p.noteField()
	if slices.Contains(p.way, store.OffScreened) {
		p.reason = kit.NewField(lang.T("practice-menu.reason"))
		rows = append(rows, kit.NewRule(), kit.NewText(kit.Strong, lang.T("practice-menu.unseen")),
			kit.NewText(kit.Small, lang.T("practice-menu.unseen-about")).In(kit.ColorMuted),
			kit.Start(kit.NewAudiencePill(kit.FirstPerson, lang.T("practice-menu.reason-readers"))), p.reason)
	}
	if p.e.Closeness == exercises.MostCloseness {
		p.gone = kit.NewSwitch(lang.T("practice-menu.gone-through"), lang.T("practice-case.yes"), lang.T("practice-case.no"), false, nil)
		rows = append(rows, kit.NewRule(), page.Row(lang.T("practice-menu.gone-through"), lang.T("practice-menu.gone-through-about"), p.gone))
	}
	verb := lang.T("practice-menu.offer")
	if p.item != nil {
		verb = lang.T("practice-menu.wake")
	}
	return append(rows, kit.Start(kit.NewButton(kit.Primary, verb, p.offer)))
}

func (p *OfferPage) offer() {
	o := store.Offer{Exercise: p.e.ID, Note: p.note.Text()}
	if p.reason != nil {
		if o.Override = p.reason.Text(); strings.TrimSpace(o.Override) == "" {
			p.says.Say(kit.ColorWarn, lang.T("practice-menu.reason-missing"))
			p.reason.Focus()
			return
		}
	}
	if p.gone != nil {
		if !p.gone.On() {
			p.says.Say(kit.ColorWarn, lang.T("practice-menu.fault-not-reviewed"))
			return
		}
		o.ReviewedOn = p.d.today()
	}
	if err := p.c.Menu.Offer(context.Background(), o); err != nil {
		say(p.says, err, p.note.Focus)
		return
	}
	p.done(lang.T("practice-menu.is-offered"))
}

// Keep is what the menu calls to keep the note with what stands on the menu.
func (p *OfferPage) Keep() {
	if p.item != nil && p.dirty {
		p.after(p.c.Menu.SetNote(context.Background(), p.e.ID, p.note.Text()), lang.T("practice-menu.note-kept"))
	}
}

// turning are the verbs for what stands on the menu.
func (p *OfferPage) turning() fyne.CanvasObject {
	ctx := context.Background()
	var verbs []fyne.CanvasObject
	if p.item.State == store.Offered {
		if !p.offers() {
			verbs = append(verbs, kit.NewButton(kit.Plain, lang.T("practice-menu.keep-note"), func() {
				p.after(p.c.Menu.SetNote(ctx, p.e.ID, p.note.Text()), lang.T("practice-menu.note-kept"))
			}))
		}
		verbs = append(verbs, kit.NewButton(kit.Plain, lang.T("practice-menu.rest"), func() {
			err := p.c.Menu.Rest(ctx, p.e.ID)
			if err == nil && p.dirty { // what was written stays with it
				err = p.c.Menu.SetNote(ctx, p.e.ID, p.note.Text())
			}
			p.after(err, lang.T("practice-menu.rests"))
		}))
	}
	verbs = append(verbs, kit.NewButton(kit.Plain, lang.T("practice-menu.retire"), func() {
		p.after(p.c.Menu.Retire(ctx, p.e.ID), lang.T("practice-menu.retired"))
	}))
	return kit.Flow(kit.SpaceM, verbs...)
}

func (p *OfferPage) after(err error, said string) {
	if err != nil {
		say(p.says, err, nil)
		return
	}
	p.done(said)
}

// done shows the exercise as it stands now. The keyboard goes to the top of the page,
// for what had it may be gone.
func (p *OfferPage) done(said string) {
	p.dirty = false
	p.says.SetText("")
	p.d.Toast(said)
	p.fill()
	p.d.Canvas.Focus(p.first)
}
