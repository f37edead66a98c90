package home

import (
	"context"

	"fyne.io/fyne/v2"

	"ebb/exercises"
	"ebb/ui/kit"
	"ebb/ui/lang"
	"ebb/ui/sentence"
	store "ebb/vault/home"
)

// SitDownPage is where everybody sits down for one exercise, each with their own
// passphrase. Nothing else can be reached from it but leaving.
type SitDownPage struct {
	d        Desk
	exercise *exercises.Exercise
	sitting  *store.Sitting
	content  *kit.Container
	field    *kit.SecretEntry
	says     *kit.Text
	verb     *kit.Button
	working  bool
}

func newSitDown(d Desk, e *exercises.Exercise) *SitDownPage {
	p := &SitDownPage{d: d, exercise: e, content: kit.Stretch(kit.Spacer())}
	var err error
	if p.sitting, err = d.Home.Menu.SitDown(e.ID); err != nil {
		d.Failed(err)
	}
	p.fill()
	return p
}

// Content implements [Page].
func (p *SitDownPage) Content() fyne.CanvasObject { return p.content }

// First implements [Page].
func (p *SitDownPage) First() fyne.Focusable {
	if p.field == nil {
		return nil
	}
	return p.field.Focusable()
}

// Leave implements [Page]: everybody who joined is let go.
func (p *SitDownPage) Leave(bool) func(context.Context) error {
	if p.field != nil {
		p.field.Wipe()
	}
	sitting := p.sitting
	if sitting == nil || p.working {
		return nothing
	}
	return func(context.Context) error { return sitting.Leave() }
}

func (p *SitDownPage) fill() {
	var rows []fyne.CanvasObject
	rows = append(rows, kit.NewText(kit.Title, lang.T("sit.title")),
		kit.NewText(kit.Body, lang.F("sit.intro", map[string]any{"Title": p.exercise.Title})).In(kit.ColorMuted))
	p.says = kit.NewAnswer()
	missing := p.missing()
	switch {
	case p.sitting == nil || len(p.d.Session.Members()) < 2:
		rows = append(rows, kit.NewText(kit.Body, lang.T("sit.nobody-else")))
		p.field = nil
	case len(missing) > 0:
		p.field = kit.NewSecretEntry(lang.T("sit.field"), lang.T("unlock.show"), lang.T("unlock.hide"))
		p.field.OnSubmitted = p.join
		p.verb = kit.NewButton(kit.Primary, lang.T("sit.join"), p.join)
		rows = append(rows,
			kit.NewText(kit.Body, lang.F("sit.missing", map[string]any{"Names": List(missing)})),
			p.field, p.says, kit.Start(p.verb))
	}
	rows = append(rows, kit.NewText(kit.Small, lang.T("sit.only-this")).In(kit.ColorMuted),
		flush(kit.Start(kit.NewButton(kit.Quiet, lang.T("sit.leave"), p.d.Menu).WithIcon(kit.IconBack))))
	p.content.SetObjects(kit.NewFrame(kit.Middle(560, kit.NewCard(kit.Column(kit.SpaceL, rows...)))))
}

// missing are the names of those who have not sat down.
func (p *SitDownPage) missing() []string {
	if p.sitting == nil {
		return nil
	}
	var called []string
	seats := p.sitting.Missing()
	for _, one := range p.d.people() {
		if contains(seats, one.Seat) {
			called = append(called, one.Name)
		}
	}
	return called
}

func (p *SitDownPage) join() {
	if p.working {
		return
	}
	p.working = true
	p.verb.Disable()
	passphrase := p.field.Secret()
	p.says.Say(kit.ColorMuted, lang.T("unlock.opening"))
	p.d.Work(func(ctx context.Context) error {
		defer clear(passphrase)
		_, err := p.sitting.Join(ctx, passphrase)
		return err
	}, func(err error) {
		p.working = false
		p.verb.Enable()
		p.field.Wipe()
		if err != nil {
			p.says.Say(kit.ColorWarn, sentence.Of(err))
			p.field.Focus()
			return
		}
		if len(p.sitting.Missing()) > 0 {
			p.fill()
			p.field.Focus()
			return
		}
		p.start()
	})
}

// start asks the one question, and shows the run or the one resting page.
func (p *SitDownPage) start() {
	p.working = true
	start := false
	p.d.Work(func(ctx context.Context) (err error) {
		start, err = p.sitting.Start(ctx)
		return err
	}, func(err error) {
		p.working = false
		switch {
		case err != nil:
			p.d.Failed(err)
			p.d.Menu()
		case start:
			p.d.Begin(p.exercise)
		default:
			p.d.Whole(newResting(p.d))
		}
	})
}

// RestingPage is the one page for every reason why an exercise cannot start. It knows
// neither the exercise nor the reason. Closing it locks: the process that knew
// everybody's keys ends.
type RestingPage struct {
	still
	content fyne.CanvasObject
	first   fyne.Focusable
}

func newResting(d Desk) *RestingPage {
	texts := d.Home.Menu.Library().Texts()
	var gentle, lines []fyne.CanvasObject
	for _, s := range texts.Resting.Gentle {
		gentle = append(gentle, kit.NewCard(kit.Column(kit.SpaceS, kit.NewText(kit.Sub, s.Title), kit.NewText(kit.Body, s.Text).In(kit.ColorMuted))))
	}
	// At the top, so that the page is read from its beginning.
	close := kit.NewButton(kit.Plain, lang.T("menu.close"), d.Lock)
	// Which lines are shown goes by the date, and so is the same for every reason.
	from := d.Now().YearDay()
	for i := range 3 {
		lines = append(lines, kit.NewText(kit.Quote, texts.Lines[(from+5*i)%len(texts.Lines)]).Centered())
	}
	page := kit.Column(kit.SpaceXL,
		kit.Middle(720, kit.Column(kit.SpaceM,
			kit.Mid(kit.NewDisc(kit.IconMoon, 88)),
			kit.NewText(kit.Display, texts.Resting.Title).Centered(),
			kit.NewText(kit.Lead, texts.Resting.Text).In(kit.ColorMuted).Centered())),
		kit.NewText(kit.Heading, lang.T("resting.gentle")).Centered(),
		kit.Grid(3, kit.SpaceCards, gentle...),
		kit.NewText(kit.Body, texts.Resting.Leave).In(kit.ColorMuted).Centered(),
		kit.Column(kit.SpaceM, lines...),
		kit.NewText(kit.Small, lang.T("resting.locks")).In(kit.ColorMuted).Centered(),
		kit.NewText(kit.Small, texts.Resting.Honest).In(kit.ColorMuted).Centered(),
	)
	return &RestingPage{first: close, content: kit.NewFrame(kit.Layers(page, kit.Column(0, kit.End(close), kit.Spacer())))}
}

// Content implements [Page].
func (p *RestingPage) Content() fyne.CanvasObject { return p.content }

// First implements [Page].
func (p *RestingPage) First() fyne.Focusable { return p.first }
