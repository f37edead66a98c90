package home

import (
	"context"
	"time"

	"fyne.io/fyne/v2"

	"ebb/ui/kit"
	"ebb/ui/lang"
	"ebb/vault"
)

// SettingsPage holds the few choices there are.
type SettingsPage struct {
	still
	d       Desk
	content fyne.CanvasObject
	checked *kit.Text
}

// idleChoices are the times offered for the idle lock.
var idleChoices = []time.Duration{2 * time.Minute, 5 * time.Minute, 15 * time.Minute}

// NewSettings builds the page.
func NewSettings(d Desk) *SettingsPage {
	p := &SettingsPage{d: d, checked: kit.NewText(kit.Small, "").In(kit.ColorMuted)}
	p.content = kit.NewPage(kit.PageSpec{
		Title: lang.T("settings.title"), Intro: lang.T("settings.intro"),
		Body: []fyne.CanvasObject{
			group(lang.T("settings.looks"), p.colours(), p.textSize()),
			group(lang.T("settings.away"), p.idle(),
				row(lang.T("settings.hide"), lang.T("settings.hide-about"), kit.NewText(kit.Strong, "Ctrl + H")),
				row(lang.T("settings.lock"), lang.T("settings.lock-about"), kit.NewText(kit.Strong, "Ctrl + L"))),
			group(lang.T("settings.words"),
				row(lang.T("settings.import"), lang.T("settings.import-about"), kit.NewButton(kit.Plain, lang.T("settings.import-verb"), func() { d.Show(newImport(d)) })),
				row(lang.T("settings.export"), lang.T("settings.export-about"), kit.NewButton(kit.Plain, lang.T("settings.export-verb"), func() { d.Show(newExport(d)) }))),
			group(lang.T("settings.place"),
				row(lang.T("settings.place-about"), d.Session.Dir(), kit.Spacer()),
				p.check()),
			kit.NewText(kit.Caption, lang.F("settings.version", map[string]any{"Version": d.Version})).In(kit.ColorMuted),
		},
	})
	return p
}

// Content implements [Page].
func (p *SettingsPage) Content() fyne.CanvasObject { return p.content }

// group is a card of rows under a heading.
func group(title string, rows ...fyne.CanvasObject) fyne.CanvasObject {
	var parts []fyne.CanvasObject
	for i, r := range rows {
		if i > 0 {
			parts = append(parts, kit.NewRule())
		}
		parts = append(parts, r)
	}
	return kit.Column(kit.SpaceM, kit.NewText(kit.Sub, title), kit.NewPaddedCard(20, kit.Column(kit.SpaceM, parts...)))
}

// row is a name with a sentence, and the control at its end.
func row(title, about string, control fyne.CanvasObject) fyne.CanvasObject {
	return kit.Row(kit.SpaceL, kit.Stretch(kit.Column(0, kit.NewText(kit.Strong, title), kit.NewText(kit.Small, about).In(kit.ColorMuted))), control)
}

func (p *SettingsPage) colours() fyne.CanvasObject {
	labels := []string{lang.T("settings.as-computer"), lang.T("settings.light"), lang.T("settings.dark")}
	choice := kit.NewSegmented(lang.T("settings.colours"), labels, int(p.d.Looks.Colours()), func(i int) { p.d.Looks.SetColours(kit.Mode(i)) })
	return row(lang.T("settings.colours"), lang.T("settings.colours-about"), choice)
}

func (p *SettingsPage) textSize() fyne.CanvasObject {
	var labels []string
	chosen := 0
	for i, size := range kit.TextSizes {
		labels = append(labels, lang.F("settings.percent", map[string]any{"Percent": size}))
		if size == p.d.Looks.TextSize() {
			chosen = i
		}
	}
	choice := kit.NewSegmented(lang.T("settings.text-size"), labels, chosen, func(i int) { p.d.Looks.SetTextSize(kit.TextSizes[i]) })
	return row(lang.T("settings.text-size"), lang.T("settings.text-size-about"), choice)
}

func (p *SettingsPage) idle() fyne.CanvasObject {
	now, err := p.d.Home.Settings.Idle(context.Background())
	if err != nil {
		p.d.Failed(err)
	}
	var labels []string
	chosen := -1
	for i, d := range idleChoices {
		labels = append(labels, lang.N("settings.minutes", int(d/time.Minute), nil))
		if d == now {
			chosen = i
		}
	}
	choice := kit.NewSegmented(lang.T("settings.idle"), labels, chosen, func(i int) {
		if err := p.d.Home.Settings.SetIdle(context.Background(), idleChoices[i]); err != nil {
			p.d.Failed(err)
			return
		}
		p.d.SetIdle(idleChoices[i])
	})
	return row(lang.T("settings.idle"), lang.T("settings.idle-about"), choice)
}

func (p *SettingsPage) check() fyne.CanvasObject {
	verb := kit.NewButton(kit.Plain, lang.T("settings.check-verb"), nil)
	verb.OnTapped = func() {
		verb.Disable()
		p.checked.In(kit.ColorMuted).SetText(lang.T("settings.checking"))
		var report vault.CheckReport
		p.d.Work(func(ctx context.Context) (err error) {
			report, err = p.d.Session.Check(ctx, nil)
			return err
		}, func(err error) {
			verb.Enable()
			switch {
			case err != nil:
				p.checked.SetText("")
				p.d.Failed(err)
			case report.Sound():
				p.checked.SetText(lang.T("settings.check-sound"))
			default:
				p.checked.In(kit.ColorWarn).SetText(lang.T("settings.check-damaged"))
			}
		})
	}
	return kit.Column(kit.SpaceS, row(lang.T("settings.check"), lang.T("settings.check-about"), verb), p.checked)
}
