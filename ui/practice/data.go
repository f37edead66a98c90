package practice

import (
	"context"

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
			page.Group(lang.T("backups.title"), d.way(lang.T("practice-data.backups-row"), backedUp(d), func() Page { return newBackups(d) })),
			page.Group(lang.T("practice-data.ended"),
				d.way(lang.T("practice-closing.kept-page"), lang.T("practice-data.kept-about"), func() Page { return newKept(d) }),
				d.way(lang.T("practice-closing.certificates"), lang.T("practice-data.certificates-about"), func() Page { return newCertificates(d) })),
			page.Group(lang.T("practice-data.happened"),
				d.way(lang.T("practice-audit.title"), lang.T("practice-audit.row-about"), func() Page { return newAudit(d) })),
		},
	})}
}

// way is a row that leads to a page of its own.
func (d Desk) way(title, about string, build func() Page) fyne.CanvasObject {
	return page.Row(title, about, kit.NewButton(kit.Plain, lang.T("data.look"), func() { d.Go(build) }))
}

// backToData leads from a page of its own back to My data.
func (d Desk) backToData() *kit.Button {
	return kit.NewButton(kit.Plain, lang.T("data.back"), func() { d.Go(func() Page { return NewData(d) }) }).WithIcon(kit.IconBack)
}

// backedUp says when the last backup was made that is known of.
func backedUp(d Desk) string {
	at, err := d.Practice.BackedUp(context.Background())
	if err != nil {
		d.Failed(err)
	}
	if at.IsZero() {
		return lang.T("data.backups-none")
	}
	return lang.F("data.backups-last", map[string]any{"When": page.MomentOf(at.In(d.Now().Location()), d.Now())})
}

// Content implements [Page].
func (p *DataPage) Content() fyne.CanvasObject { return p.content }
