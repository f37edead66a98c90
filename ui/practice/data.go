package practice

import (
	"fyne.io/fyne/v2"

	"ebb/ui/kit"
	"ebb/ui/lang"
	"ebb/ui/page"
)

// DataPage is about the vault as a whole: the ways back into it, and where it lies.
type DataPage struct {
	page.Still
	content fyne.CanvasObject
}

// NewData builds the page.
func NewData(d Desk) *DataPage {
	recovery := lang.T("data.recovery.none")
	if d.Session.HasRecovery() {
		recovery = lang.T("data.recovery.some")
	}
	return &DataPage{content: kit.NewPage(kit.PageSpec{
		Title: lang.T("data.title"), Intro: lang.T("practice-data.intro"),
		Body: []fyne.CanvasObject{
			page.Group(lang.T("data.back-ways"),
				page.Row(lang.T("data.passphrase.row"), lang.T("practice-data.passphrase"),
					kit.NewButton(kit.Plain, lang.T("data.passphrase.verb"), d.Passphrase)),
				page.Row(lang.T("data.recovery.row"), recovery,
					kit.NewButton(kit.Plain, lang.T("data.recovery.verb"), d.Recovery))),
			page.Group(lang.T("data.place"),
				page.Row(lang.T("data.place-about"), d.Session.Dir(), kit.Gap(0)),
				d.Check()),
			page.Group(lang.T("practice-data.copies"),
				page.Row(lang.T("practice-data.copies-row"), lang.T("practice-data.copies-about"), kit.Gap(0))),
		},
	})}
}

// Content implements [Page].
func (p *DataPage) Content() fyne.CanvasObject { return p.content }
