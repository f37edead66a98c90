package practice

import (
	"context"
	"os"
	"time"

	"fyne.io/fyne/v2"

	"ebb/exercises/casework"
	"ebb/ui/kit"
	"ebb/ui/lang"
	"ebb/ui/page"
	store "ebb/vault/practice"
)

// ClosingPage is about the end of a case: closing it and opening it again, how long it
// is kept, taking its record out, and the way to destroying it.
type ClosingPage struct {
	page.Still
	d       Desk
	c       *store.Case
	day     string // of which the page tells what has come
	content *kit.Container
}

func (p *CasePage) openClosing() { p.d.Go(func() Page { return newClosing(p.d, p.c) }) }

func newClosing(d Desk, c *store.Case) *ClosingPage {
	p := &ClosingPage{d: d, c: c, content: kit.Stretch(kit.Spacer())}
	p.fill()
	return p
}

// Content implements [Page].
func (p *ClosingPage) Content() fyne.CanvasObject { return p.content }

// second implements [watcher]: the day until which a case is kept may come while the page
// is open.
func (p *ClosingPage) second(time.Duration) {
	if p.day != p.d.today() {
		p.fill()
	}
}

func (p *ClosingPage) fill() {
	p.day = p.d.today()
	stand, err := p.c.Standing(context.Background())
	if err != nil {
		p.d.Failed(err)
	}
	groups := []fyne.CanvasObject{p.standing(stand), p.keeping(stand), p.record()}
	if stand.ClosedOn != "" {
		groups = append(groups, p.destroying(stand))
	} else if guide := p.d.Texts.Guide(casework.Closing); guide != nil {
		groups = append(groups, guideGroup(guide))
	}
	p.content.SetObjects(kit.NewFrame(kit.Column(kit.SpaceXL,
		kit.Column(kit.SpaceS, backLine(p.d.toCase(p.c)), kit.NewText(kit.Title, lang.T("practice-closing.room")),
			kit.MaxWidth(kit.IntroMeasure, kit.NewText(kit.Body, lang.T("practice-closing.intro")).In(kit.ColorMuted))),
		kit.Column(kit.SpaceXL, groups...))))
}

// guideGroup is a guide as a card: what it is about, and each prompt under its heading.
func guideGroup(guide *casework.Guide) fyne.CanvasObject {
	return page.Group(guide.Title, guideLines(guide)...)
}

func guideLines(guide *casework.Guide) []fyne.CanvasObject {
	rows := []fyne.CanvasObject{kit.NewText(kit.Small, guide.About).In(kit.ColorMuted)}
	for _, prompt := range guide.Prompts {
		rows = append(rows, kit.Column(0, kit.NewText(kit.Strong, prompt.Heading), kit.NewText(kit.Small, prompt.Prompt).In(kit.ColorMuted)))
	}
	return rows
}

// standing says whether the case is closed, with the way there or back.
func (p *ClosingPage) standing(stand store.Standing) fyne.CanvasObject {
	if stand.ClosedOn != "" {
		return page.Group(lang.T("practice-closing.stands"), page.Row(
			lang.F("practice-closing.closed-on", map[string]any{"Day": p.d.dayWords(stand.ClosedOn)}), lang.T("practice-closing.closed-about"),
			kit.NewButton(kit.Plain, lang.T("practice-closing.reopen"), func() {
				if err := p.c.Reopen(context.Background()); err != nil {
					p.d.Failed(err)
				}
				p.fill()
			})))
	}
	return page.Group(lang.T("practice-closing.stands"), page.Row(
		lang.F("practice-closing.open-since", map[string]any{"Day": p.d.dayWords(stand.OpenedOn)}), lang.T("practice-closing.open-about"),
		kit.NewButton(kit.Plain, lang.T("practice-closing.close"), func() {
			p.d.ask(page.Question{
				Title: lang.F("practice-closing.close-title", map[string]any{"Code": p.c.Code}),
				About: lang.F("practice-closing.close-about", map[string]any{"Day": p.d.dayWords(p.d.today())}),
				Verb:  lang.T("practice-closing.close-verb"), Cancel: lang.T("practice-case.not-now"),
				Yes: func() {
					if err := p.c.Close(context.Background()); err != nil {
						p.d.Failed(err)
					}
					p.fill()
				},
			})
		})))
}

// keptWords say how long a case is kept.
func (d Desk) keptWords(until string, held bool) string {
	words := lang.T("practice-closing.no-day")
	switch {
	case until == "":
	case until > d.today():
		words = lang.F("practice-closing.until", map[string]any{"Day": d.dayWords(until)})
	default:
		words = lang.F("practice-closing.passed", map[string]any{"Day": d.dayWords(until)})
	}
	if held {
		words = lang.F("practice-closing.held", map[string]any{"Kept": words})
	}
	return words
}

// keeping is until when the case is kept, and whether it is held. There is no field for
// why.
func (p *ClosingPage) keeping(stand store.Standing) fyne.CanvasObject {
	return page.Group(lang.T("practice-closing.kept"), page.Row(
		lang.T("practice-closing.kept-row"), p.d.keptWords(stand.KeepUntil, stand.Held),
		kit.NewButton(kit.Plain, lang.T("practice-closing.kept-change"), func() { p.setKept(stand) })))
}

func (p *ClosingPage) setKept(stand store.Standing) {
	day, says, held := kit.NewField(lang.T("practice-closing.day")), kit.NewAnswer(), stand.Held
	day.SetText(stand.KeepUntil)
	hold := kit.NewSwitch(lang.T("practice-closing.hold"), lang.T("practice-case.yes"), lang.T("practice-case.no"), held, func(on bool) { held = on })
	var err error
	p.d.ask(page.Question{
		Title: lang.T("practice-closing.kept-row"), About: lang.T("practice-closing.kept-about"),
		Body: []fyne.CanvasObject{day, page.Row(lang.T("practice-closing.hold"), lang.T("practice-closing.hold-about"), hold), says},
		Verb: lang.T("practice-case.keep"), Cancel: lang.T("practice-case.not-now"), First: day.Focusable(),
		Yes: func() {
			if err = p.c.Keep(context.Background(), day.Text(), held); err != nil {
				say(says, err, day.Focus)
				return
			}
			p.fill()
		},
		Keep: func() bool { return err != nil },
	})
}

// record is the way to a copy of the record. What else there may be is for counsel to
// decide, and is said in the same words of every case.
func (p *ClosingPage) record() fyne.CanvasObject {
	return page.Group(lang.T("practice-closing.record"), page.Row(lang.T("practice-closing.export-row"), lang.T("practice-closing.export-about"),
		kit.NewButton(kit.Plain, lang.T("practice-closing.export"), func() {
			var rows []fyne.CanvasObject
			if guide := p.d.Texts.Guide(casework.OtherRecords); guide != nil {
				rows = guideLines(guide)
			}
			p.d.ask(page.Question{
				Title: lang.T("practice-closing.export-row"), About: lang.T("practice-closing.export-leaves"), Body: rows,
				Verb: lang.T("practice-closing.choose"), Cancel: lang.T("practice-case.not-now"), Yes: p.export,
			})
		})))
}

func (p *ClosingPage) export() {
	p.d.Pick(lang.T("practice-closing.export-folder"), true, func(folder string) {
		var name string
		p.d.Work(func(ctx context.Context) (err error) {
			name, err = page.SaveNew(folder, "record", ".json", func(f *os.File) error { return p.c.Export(ctx, f) })
			return err
		}, func(err error) {
			if err != nil {
				p.d.Failed(err)
				return
			}
			p.d.Toast(lang.F("practice-closing.exported", map[string]any{"Name": name}))
		})
	})
}

// destroying leads to the page that destroys, where nothing speaks against it, and says
// what does otherwise.
func (p *ClosingPage) destroying(stand store.Standing) fyne.CanvasObject {
	about, verb := lang.T("practice-closing.destroy-about"), fyne.CanvasObject(kit.Gap(0))
	switch {
	case stand.Held:
		about = lang.T("practice-closing.destroy-held")
	case stand.KeepUntil == "":
		about = lang.T("practice-closing.destroy-no-day")
	case stand.KeepUntil > p.d.today():
		about = lang.F("practice-closing.destroy-early", map[string]any{"Day": p.d.dayWords(stand.KeepUntil)})
	default:
		verb = kit.NewButton(kit.Danger, lang.T("practice-closing.destroy"), func() { p.d.Go(func() Page { return newDestroy(p.d, p.c) }) })
	}
	return page.Group(lang.T("practice-closing.destroy-title"), page.Row(lang.T("practice-closing.destroy-row"), about, verb))
}
