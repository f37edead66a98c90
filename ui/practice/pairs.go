package practice

import (
	"context"

	"fyne.io/fyne/v2"

	"ebb/ui/kit"
	"ebb/ui/lang"
	"ebb/ui/page"
	store "ebb/vault/practice"
)

// PairsPage is what each two people of a case of three or more call what is between
// them. No pair comes before another.
type PairsPage struct {
	d       Desk
	c       *store.Case
	pairs   []store.Pair
	fields  []*kit.Field // one for each pair; none while the case is closed
	says    *kit.Text
	content fyne.CanvasObject
}

// fewest is how many people a case has where what is between two of them is asked: of
// two, it is what the whole case is about.
const fewest = 3

func newPairs(d Desk, c *store.Case) *PairsPage {
	p := &PairsPage{d: d, c: c, says: kit.NewAnswer()}
	ctx := context.Background()
	members, err := c.People.All(ctx)
	p.tried(err)
	stand, err := c.Standing(ctx)
	p.tried(err)
	p.pairs, err = c.People.Pairs(ctx)
	p.tried(err)
	var rows []fyne.CanvasObject
	for _, pair := range p.pairs {
		two := lang.F("people.and", map[string]any{"Names": nameOf(members, pair.First), "Name": nameOf(members, pair.Second)})
		if stand.ClosedOn != "" {
			words, color := pair.Words, kit.ColorInk
			if words == "" {
				words, color = none, kit.ColorMuted
			}
			rows = append(rows, kit.Column(0, kit.NewText(kit.Caption, two).In(kit.ColorMuted), kit.NewText(kit.Body, words).In(color)))
			continue
		}
		f := kit.NewField(two)
		f.SetText(pair.Words)
		p.fields = append(p.fields, f)
		rows = append(rows, f)
	}
	for i, f := range p.fields {
		f.OnSubmitted = func(string) {
			if i+1 < len(p.fields) {
				p.fields[i+1].Focus()
				return
			}
			p.keep()
		}
	}
	body := []fyne.CanvasObject{
		backLine(d.toCase(c)), kit.NewText(kit.Title, lang.T("practice-pairs.title")),
		kit.MaxWidth(kit.IntroMeasure, kit.NewText(kit.Body, lang.T("practice-pairs.intro")).In(kit.ColorMuted)),
		kit.NewCard(kit.MaxWidth(kit.Measure, kit.Column(kit.SpaceL, rows...))), p.says,
	}
	if len(p.fields) > 0 {
		body = append(body, kit.Start(kit.NewButton(kit.Primary, lang.T("practice-case.keep"), p.keep)))
	}
	p.content = kit.NewFrame(kit.Column(kit.SpaceL, body...))
	return p
}

func (p *PairsPage) tried(err error) {
	if err != nil {
		p.d.Failed(err)
	}
}

// Content implements [Page].
func (p *PairsPage) Content() fyne.CanvasObject { return p.content }

// First implements [Page].
func (p *PairsPage) First() fyne.Focusable {
	if len(p.fields) == 0 {
		return nil
	}
	return p.fields[0].Focusable()
}

// Leave implements [Page]: what was written is kept. Where it cannot be, the page stays
// and says why.
func (p *PairsPage) Leave(locking bool) func(context.Context) error {
	var changed []store.Pair
	for i, f := range p.fields {
		pair := p.pairs[i]
		if pair.Words == f.Text() {
			continue
		}
		pair.Words = f.Text()
		changed = append(changed, pair)
	}
	if locking {
		for _, f := range p.fields {
			f.SetText("")
		}
	}
	if len(changed) == 0 {
		return page.Nothing
	}
	return func(ctx context.Context) error {
		for _, pair := range changed {
			if err := p.c.People.SetPair(ctx, pair); err != nil {
				if !locking {
					say(p.says, err, p.fields[0].Focus)
					return page.ErrStay
				}
				return err
			}
		}
		return nil
	}
}

// Keep is what the menu calls to keep what the page says.
func (p *PairsPage) Keep() {
	if len(p.fields) > 0 {
		p.d.keptNow(p.Leave)
	}
}

func (p *PairsPage) keep() { p.d.Go(func() Page { return newCase(p.d, p.c) }) }
