package home

import (
	"context"

	"fyne.io/fyne/v2"

	"ebb/ui/kit"
	"ebb/ui/lang"
	"ebb/ui/sentence"
	"ebb/vault"
	store "ebb/vault/home"
)

// LinesPage shows the sentences that people chose to share.
type LinesPage struct {
	still
	d       Desk
	content *kit.Container
}

// NewLines builds the page.
func NewLines(d Desk) *LinesPage {
	p := &LinesPage{d: d, content: kit.Stretch(kit.Spacer())}
	p.fill()
	return p
}

// Content implements [Page].
func (p *LinesPage) Content() fyne.CanvasObject { return p.content }

func (p *LinesPage) fill() {
	lines, err := p.d.Home.Lines.All(context.Background())
	if err != nil {
		p.d.Failed(err)
	}
	all := p.d.people()
	spec := kit.PageSpec{Title: lang.T("lines.title"), Intro: lang.T("lines.intro")}
	if p.d.Home.Lines.Unread() {
		spec.Body = append(spec.Body, kit.MaxWidth(kit.Measure, kit.NewText(kit.Body, sentence.Of(vault.ErrSharedDamaged)).In(kit.ColorWarn)))
	} else if len(lines) == 0 {
		spec.Body = []fyne.CanvasObject{kit.NewEmptyPanel(kit.IconQuote, lang.T("lines.empty.title"), lang.T("lines.empty.about"),
			kit.NewButton(kit.Plain, lang.T("lines.empty.verb"), p.d.Journal))}
		p.content.SetObjects(kit.NewPage(spec))
		return
	}
	var audience string
	for _, line := range lines {
		// Lines of an earlier circle have another audience: say it above each run.
		if readers := names(all, func(s store.Profile) bool { return contains(line.Seats, s.Seat) }); readers != audience {
			audience = readers
			spec.Body = append(spec.Body, kit.Start(kit.NewAudiencePill(kit.Shared, lang.F("lines.audience", map[string]any{"Names": readers}))))
		}
		spec.Body = append(spec.Body, p.card(line))
	}
	p.content.SetObjects(kit.NewPage(spec))
}

func contains(seats []uint8, seat uint8) bool {
	for _, s := range seats {
		if s == seat {
			return true
		}
	}
	return false
}

func (p *LinesPage) card(line store.Line) fyne.CanvasObject {
	day := shortDate(dayOf(line.Day), p.d.Now())
	foot := []fyne.CanvasObject{kit.Stretch(kit.NewText(kit.Caption, lang.F("lines.by", map[string]any{"Name": line.Author, "Date": day})).In(kit.ColorMuted))}
	if line.Mine {
		foot = append(foot, kit.NewButton(kit.Quiet, lang.T("lines.take-back"), func() { p.takeBack(line) }))
	}
	return kit.NewCard(kit.Column(kit.SpaceM,
		kit.MaxWidth(kit.Measure, kit.NewText(kit.Reading, line.Text)),
		kit.Row(kit.SpaceM, foot...),
	))
}

func (p *LinesPage) takeBack(line store.Line) {
	ask(p.d, question{
		title: lang.T("lines.confirm-title"), about: lang.T("lines.confirm-about"),
		verb: lang.T("lines.confirm-verb"), cancel: lang.T("lines.cancel"),
		yes: func() {
			if err := p.d.Home.Lines.TakeBack(context.Background(), line.ID); err != nil {
				p.d.Failed(err)
				return
			}
			p.fill()
			p.d.Toast(lang.T("lines.taken-back"))
		},
	})
}
