package home

import (
	"context"
	"time"

	"fyne.io/fyne/v2"

	"ebb/ui/kit"
	"ebb/ui/lang"
)

// SettingsPage holds the few choices there are.
type SettingsPage struct {
	still
	d       Desk
	content fyne.CanvasObject
}

// idleChoices are the times offered for the idle lock.
var idleChoices = []time.Duration{2 * time.Minute, 5 * time.Minute, 15 * time.Minute}

// NewSettings builds the page.
func NewSettings(d Desk) *SettingsPage {
	p := &SettingsPage{d: d}
	p.content = kit.NewPage(kit.PageSpec{
		Title: lang.T("settings.title"), Intro: lang.T("settings.intro"),
		Body: []fyne.CanvasObject{
			group(lang.T("settings.looks"), p.colours(), p.textSize()),
			group(lang.T("settings.away"), p.idle(),
				row(lang.T("settings.hide"), lang.T("settings.hide-about"), kit.NewText(kit.Strong, "Ctrl + H")),
				row(lang.T("settings.lock"), lang.T("settings.lock-about"), kit.NewText(kit.Strong, "Ctrl + L"))),
			kit.NewText(kit.Caption, lang.F("settings.version", map[string]any{"Version": d.Version})).In(kit.ColorMuted),
		},
	})
	return p
}

// Content implements [Page].
func (p *SettingsPage) Content() fyne.CanvasObject { return p.content }

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
	now, err := p.d.Idle(context.Background())
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
		if err := p.d.KeepIdle(context.Background(), idleChoices[i]); err != nil {
			p.d.Failed(err)
			return
		}
		p.d.SetIdle(idleChoices[i])
	})
	return row(lang.T("settings.idle"), lang.T("settings.idle-about"), choice)
}
