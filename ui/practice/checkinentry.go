package practice

import (
	"context"
	"errors"
	"slices"
	"time"

	"fyne.io/fyne/v2"

	"ebb/exercises/casework"
	"ebb/ui/kit"
	"ebb/ui/kit/editor"
	"ebb/ui/lang"
	"ebb/ui/page"
	store "ebb/vault/practice"
)

// CheckInEntry is where a sheet is entered that somebody filled in by hand. The answers
// that are kept apart are asked for and shown only while the second unlock lasts; what
// was ticked stays in the page's hands until it is kept.
type CheckInEntry struct {
	onePerson
	sheet   store.ID // drawn once, so that keeping it twice keeps it once
	day     *kit.Field
	plain   []*tickedItem
	apart   []*tickedItem
	shown   bool // the items that are kept apart are on the screen
	dirty   bool
	says    *kit.Text // beside the verb
	dayIs   *kit.Text // what is wrong with the day, below it
	apartAt *kit.Container
	content fyne.CanvasObject
}

// dayWidth is that of a field for a day.
const dayWidth = 320

// A tickedItem is a question of the form with what stands on the paper.
type tickedItem struct {
	casework.Item
	chips  []*kit.Chip
	editor *editor.Editor // of an item without choices
}

func newCheckInEntry(of onePerson) *CheckInEntry {
	p := &CheckInEntry{onePerson: of, sheet: store.NewID(), says: kit.NewAnswer(), dayIs: kit.NewAnswer(), day: kit.NewField(lang.T("practice-checkin.day")), apartAt: kit.Column(kit.SpaceL)}
	p.day.SetText(p.d.today())
	p.day.OnChanged = func(string) {
		p.dirty = true
		p.dayIs.SetText("")
	}
	rows := []fyne.CanvasObject{
		kit.Column(kit.SpaceS, backLine(kit.NewButton(kit.Quiet, lang.T("practice-checkin.title"), p.back).WithIcon(kit.IconBack)),
			kit.NewText(kit.Title, lang.T("practice-checkin.enter-title"))),
		p.pill(),
		kit.MaxWidth(kit.IntroMeasure, kit.NewText(kit.Body, lang.T("practice-checkin.enter-about")).In(kit.ColorMuted)),
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
			p.plain = append(p.plain, ticked)
			items = append(items, ticked.object())
		}
		rows = append(rows, kit.NewCard(kit.MaxWidth(kit.Measure, kit.Column(kit.SpaceL, items...))))
	}
	p.fillApart()
	p.content = kit.NewFrame(kit.Column(kit.SpaceL, append(rows, p.apartAt, p.says,
		kit.Start(kit.NewButton(kit.Primary, lang.T("practice-checkin.keep"), p.keep)))...))
	return p
}

// ticked is a question to enter.
func (p *CheckInEntry) ticked(item casework.Item) *tickedItem {
	t := &tickedItem{Item: item}
	if len(item.Choices) == 0 {
		t.editor = editor.New()
		t.editor.Label, t.editor.Placeholder = item.Text, lang.T("practice-checkin.words")
		t.editor.Margin, t.editor.MinLines = 0, 2
		t.editor.OnChanged, t.editor.OnCopied = func() { p.dirty = true }, p.d.Copied
		return t
	}
	for i, choice := range item.Choices {
		t.chips = append(t.chips, kit.NewChip(choice.Text, func(chosen bool) {
			p.dirty = true
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

func (p *CheckInEntry) showApart() {
	p.d.stepUp(lang.T("practice-checkin.apart-second"), func() {
		p.shown = true
		p.fillApart()
		p.d.Canvas.Focus(p.apart[0].chips[0])
	})
}

func (p *CheckInEntry) hideApart() {
	if !p.shown {
		return
	}
	p.shown = false
	p.fillApart()
}

// second implements [watcher].
func (p *CheckInEntry) second(left time.Duration) {
	if left <= sealEarly {
		p.hideApart()
	}
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

// Leave implements [Page]. What is not kept is on the paper alone: leaving asks first,
// and locking forgets it.
func (p *CheckInEntry) Leave(locking bool) func(context.Context) error {
	if p.dirty && !locking {
		return func(context.Context) error {
			p.d.ask(page.Question{
				Title: lang.T("practice-checkin.leave"), About: lang.T("practice-checkin.leave-about"),
				Verb: lang.T("practice-checkin.leave-verb"), Cancel: lang.T("practice-checkin.leave-stay"),
				Yes: func() {
					p.dirty = false
					p.back()
				},
			})
			return page.ErrStay
		}
	}
	p.shown = false
	for _, t := range slices.Concat(p.plain, p.apart) {
		t.wipe()
	}
	p.apartAt.SetObjects(kit.Spacer())
	return page.Nothing
}

func (p *CheckInEntry) back() {
	p.d.Go(func() Page { return newCheckIns(p.onePerson) })
}

// Keep implements the verb of the menu.
func (p *CheckInEntry) Keep() { p.keep() }

// keep stores what stands on the sheet. Where something of it is kept apart, the second
// unlock comes first, and nothing is kept without it.
func (p *CheckInEntry) keep() {
	k := store.CheckIn{ID: p.sheet, Member: p.id, Day: p.day.Text(), Answers: map[int][]string{}}
	for _, t := range slices.Concat(p.plain, p.apart) {
		if answers := t.answers(); len(answers) > 0 {
			k.Answers[t.Number] = answers
		}
	}
	err := p.c.CheckIns.Enter(context.Background(), k)
	switch {
	case errors.Is(err, store.ErrStepUp):
		p.d.stepUp(lang.T("practice-checkin.keep-second"), p.keep)
	case errors.Is(err, store.ErrEmpty):
		p.says.Say(kit.ColorWarn, lang.T("practice-checkin.nothing"))
	case errors.Is(err, store.ErrDay):
		say(p.dayIs, err, p.day.Focus)
	case err != nil:
		say(p.says, err, nil)
	default:
		p.dirty = false
		p.d.Toast(lang.T("practice-checkin.kept"))
		p.back()
	}
}
