package practice

import (
	"context"
	"errors"
	"maps"
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"ebb/exercises/casework"
	"ebb/ui/kit"
	"ebb/ui/kit/editor"
	"ebb/ui/lang"
	"ebb/ui/page"
	store "ebb/vault/practice"
)

// CheckInEntry is where a sheet is entered that somebody filled in by hand, or what was
// typed of it is corrected. The answers that are kept apart are asked for and shown only
// while the second unlock lasts. What is entered is a draft, in two halves as the sheet
// is: one in the record, and one in the person's safety drawer.
type CheckInEntry struct {
	onePerson
	sheet   store.ID // drawn once, so that keeping it twice keeps it once
	fixes   bool     // the sheet was kept before
	both    bool     // there may be something apart: what is done with the sheet is done to both halves
	day     *kit.Field
	plain   []*tickedItem
	apart   []*tickedItem
	shown   bool      // the items that are kept apart are on the screen
	found   bool      // they are of a sheet that was begun earlier
	says    *kit.Text // beside the verb
	dayIs   *kit.Text // what is wrong with the day, below it
	apartAt *kit.Container
	content fyne.CanvasObject

	state      *kit.SaveState
	dirty      bool       // what goes to the record changed since it was sealed
	apartDirty bool       // and what goes to the safety drawer
	left       bool       // the page shows something else; nothing is written any more
	timer      func()     // set while a draft is to be saved; stops it
	turns      page.Turns // of writes, which run beside the window
}

// dayWidth is that of a field for a day.
const dayWidth = 320

// A tickedItem is a question of the form with what stands on the paper.
type tickedItem struct {
	casework.Item
	chips  []*kit.Chip
	editor *editor.Editor // of an item without choices
}

// newCheckInEntry goes on with a sheet of this person that was begun, or begins one.
func newCheckInEntry(of onePerson) *CheckInEntry {
	k, begun := of.begun()
	p := &CheckInEntry{onePerson: of, both: begun}
	if !begun {
		k = store.CheckIn{ID: store.NewID(), Day: of.d.today()}
	}
	p.build(k)
	if begun {
		p.state.Kept(lang.T("practice-note.drafted"))
	}
	return p
}

// newCheckInFix shows a sheet that was kept, as it is being corrected.
func newCheckInFix(of onePerson, k store.CheckIn) *CheckInEntry {
	p := &CheckInEntry{onePerson: of, fixes: true, both: true}
	drafts, err := of.c.CheckIns.Drafts(context.Background(), of.id)
	if err != nil {
		of.d.Failed(err)
	}
	i := slices.IndexFunc(drafts, func(d store.CheckIn) bool { return d.ID == k.ID })
	if i >= 0 {
		k = drafts[i]
	}
	p.build(k)
	if i >= 0 {
		p.state.Kept(lang.T("practice-note.drafted"))
	}
	return p
}

// build shows a sheet.
func (p *CheckInEntry) build(k store.CheckIn) {
	p.sheet, p.state, p.says, p.dayIs, p.apartAt = k.ID, kit.NewSaveState(), kit.NewAnswer(), kit.NewAnswer(), kit.Column(kit.SpaceL)
	p.day = kit.NewField(lang.T("practice-checkin.day"))
	p.day.SetText(k.Day)
	p.day.OnChanged = func(string) {
		p.changed(false)
		p.dayIs.SetText("")
	}
	title, about := lang.T("practice-checkin.enter-title"), lang.T("practice-checkin.enter-about")
	verbs := []fyne.CanvasObject{kit.NewButton(kit.Primary, lang.T("practice-checkin.keep"), p.keep)}
	if p.fixes {
		title, about = lang.T("practice-checkin.fix-title"), lang.T("practice-checkin.fix-about")
		verbs = append(verbs, kit.NewButton(kit.Plain, lang.T("practice-checkin.discard-fix"), p.discard), kit.NewButton(kit.Danger, lang.T("practice-checkin.remove"), p.remove))
	} else {
		verbs = append(verbs, kit.NewButton(kit.Plain, lang.T("practice-checkin.discard"), p.discard))
	}
	rows := []fyne.CanvasObject{
		kit.Column(kit.SpaceS, backLine(kit.NewButton(kit.Quiet, lang.T("practice-checkin.title"), p.back).WithIcon(kit.IconBack)),
			kit.Row(kit.SpaceM, kit.Stretch(kit.NewText(kit.Title, title)), p.state)),
		p.pill(),
		kit.MaxWidth(kit.IntroMeasure, kit.NewText(kit.Body, about).In(kit.ColorMuted)),
		kit.MaxWidth(dayWidth, kit.Column(kit.SpaceS, p.day, p.dayIs)),
	}
	for _, sheet := range p.d.Texts.CheckIn.Sheets {
		items := []fyne.CanvasObject{kit.NewText(kit.Sub, sheet.Heading)}
		for _, item := range sheet.Items {
			ticked := p.ticked(item)
			if item.Apart {
				p.apart = append(p.apart, ticked)
				continue
			}
			ticked.set(k.Answers[item.Number])
			p.plain = append(p.plain, ticked)
			items = append(items, ticked.object())
		}
		rows = append(rows, kit.NewCard(kit.MaxWidth(kit.Measure, kit.Column(kit.SpaceL, items...))))
	}
	p.dirty = false
	p.fillApart()
	p.content = kit.NewFrame(kit.Column(kit.SpaceL, append(rows, p.apartAt, p.says, kit.Flow(kit.SpaceM, verbs...))...))
}

// ticked is a question to enter.
func (p *CheckInEntry) ticked(item casework.Item) *tickedItem {
	t := &tickedItem{Item: item}
	if len(item.Choices) == 0 {
		t.editor = editor.New()
		t.editor.Label, t.editor.Placeholder = item.Text, lang.T("practice-checkin.words")
		t.editor.Margin, t.editor.MinLines = 0, 2
		t.editor.OnChanged, t.editor.OnCopied = func() { p.changed(item.Apart) }, p.d.Copied
		return t
	}
	for i, choice := range item.Choices {
		t.chips = append(t.chips, kit.NewChip(choice.Text, func(chosen bool) {
			p.changed(item.Apart)
			for j, other := range t.chips {
				if chosen && !item.Several && j != i && other.Chosen() {
					other.SetChosen(false)
				}
			}
		}))
	}
	return t
}

// object is the question with what can be ticked or written.
func (t *tickedItem) object() fyne.CanvasObject {
	rows := []fyne.CanvasObject{kit.NewText(kit.Strong, t.Text)}
	if t.Several {
		rows = append(rows, kit.NewText(kit.Small, lang.T("practice-checkin.several")).In(kit.ColorMuted))
	}
	if t.editor != nil {
		return kit.Column(kit.SpaceS, append(rows, kit.NewPanel(t.editor))...)
	}
	chips := make([]fyne.CanvasObject, len(t.chips))
	for i, c := range t.chips {
		chips[i] = c
	}
	return kit.Column(kit.SpaceS, append(rows, kit.Flow(kit.SpaceS, chips...))...)
}

// answers are what is ticked or written, as a vault keeps it.
func (t *tickedItem) answers() (all []string) {
	if t.editor != nil {
		if words := t.editor.Text(); !blank(words) {
			all = append(all, words)
		}
		return all
	}
	for i, c := range t.chips {
		if c.Chosen() {
			all = append(all, t.Choices[i].ID)
		}
	}
	return all
}

// set shows answers as a vault keeps them.
func (t *tickedItem) set(answers []string) {
	if t.editor != nil {
		t.editor.SetText(strings.Join(answers, "\n"))
	}
	for i, c := range t.chips {
		if chosen := slices.Contains(answers, t.Choices[i].ID); chosen != c.Chosen() {
			c.SetChosen(chosen)
		}
	}
}

// wipe takes the answers off the page and out of it.
func (t *tickedItem) wipe() {
	if t.editor != nil {
		t.editor.Wipe()
	}
	for _, c := range t.chips {
		if c.Chosen() {
			c.SetChosen(false)
		}
	}
}

// fillApart shows the items that are kept apart, or what they open with. Closed, it
// looks the same whatever was ticked.
func (p *CheckInEntry) fillApart() {
	form := &p.d.Texts.CheckIn
	rows := []fyne.CanvasObject{kit.NewText(kit.Sub, form.KeptApart.Heading)}
	if p.shown {
		rows = append(rows, kit.NewText(kit.Small, form.KeptApart.Text).In(kit.ColorMuted))
		if p.found {
			rows = append(rows, kit.NewText(kit.Small, lang.T("practice-checkin.apart-found")).In(kit.ColorMuted))
		}
		for _, t := range p.apart {
			rows = append(rows, t.object())
		}
		rows = append(rows, kit.Start(kit.NewButton(kit.Plain, lang.T("practice-checkin.apart-hide"), p.hideApart).WithIcon(kit.IconLock)))
	} else {
		rows = append(rows, kit.NewText(kit.Small, lang.F("practice-checkin.apart-locked", p.who())).In(kit.ColorMuted),
			kit.Start(kit.NewButton(kit.Plain, lang.T("practice-checkin.apart-open"), p.showApart).WithIcon(kit.IconKey)))
	}
	p.apartAt.SetObjects(kit.NewCard(kit.MaxWidth(kit.Measure, kit.Column(kit.SpaceL, rows...))))
}

// Content implements [Page].
func (p *CheckInEntry) Content() fyne.CanvasObject { return p.content }

// First implements [Page].
func (p *CheckInEntry) First() fyne.Focusable {
	if kit.Folded() {
		return nil // the keyboard would scroll the page away from its beginning
	}
	return p.day.Focusable()
}

func (p *CheckInEntry) back() {
	p.d.Go(func() Page { return newCheckIns(p.onePerson) })
}

// Keep implements the verb of the menu.
func (p *CheckInEntry) Keep() { p.keep() }

// keep stores what stands on the sheet. Where something of it may be kept apart, the
// second unlock comes first, and nothing is kept without it.
func (p *CheckInEntry) keep() {
	if p.both {
		p.d.stepUp(lang.T("practice-checkin.keep-second"), func() {
			answers := p.answers(true)
			if !p.shown && !p.apartDirty { // what was entered of the other half
				apart, _, err := p.c.CheckIns.Apart(context.Background(), p.id, p.sheet)
				if err != nil {
					say(p.says, err, nil)
					return
				}
				maps.Copy(answers, apart)
			}
			p.kept(p.c.CheckIns.Correct(context.Background(), p.checkIn(answers)))
		})
		return
	}
	p.kept(p.c.CheckIns.Enter(context.Background(), p.checkIn(p.answers(true))))
}

// kept says what came of keeping.
func (p *CheckInEntry) kept(err error) {
	switch {
	case errors.Is(err, store.ErrEmpty):
		p.says.Say(kit.ColorWarn, lang.T("practice-checkin.nothing"))
	case errors.Is(err, store.ErrDay):
		say(p.dayIs, err, p.day.Focus)
	case err != nil:
		say(p.says, err, nil)
	default:
		p.over(lang.T("practice-checkin.kept"))
	}
}

// over leaves a page on which nothing is left to write.
func (p *CheckInEntry) over(said string) {
	p.dirty, p.apartDirty, p.d.Cases.covered = false, false, nil
	p.d.Toast(said)
	p.back()
}
