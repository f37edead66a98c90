package home

import (
	"context"

	"fyne.io/fyne/v2"

	"ebb/ui/kit"
	"ebb/ui/lang"
	"ebb/vault"
)

// DataPage is about what is mine as a whole: the ways back, copies, taking it out,
// leaving.
type DataPage struct {
	still
	d       Desk
	content fyne.CanvasObject
	checked *kit.Text
}

// NewData builds the page.
func NewData(d Desk) *DataPage {
	p := &DataPage{d: d, checked: kit.NewText(kit.Small, "").In(kit.ColorMuted)}
	p.content = kit.NewPage(kit.PageSpec{
		Title: lang.T("data.title"), Intro: lang.T("data.intro"),
		Body: []fyne.CanvasObject{
			group(lang.T("data.back-ways"),
				row(lang.T("data.passphrase.row"), lang.T("data.passphrase.row-about"), kit.NewButton(kit.Plain, lang.T("data.passphrase.verb"), func() { d.Show(NewPassphrasePage(d)) })),
				row(lang.T("data.recovery.row"), p.recovery(), kit.NewButton(kit.Plain, lang.T("data.recovery.verb"), func() { d.Show(newRecovery(d)) })),
				row(lang.T("backups.title"), p.backedUp(), kit.NewButton(kit.Plain, lang.T("data.look"), func() { d.Show(newBackups(d)) }))),
			group(lang.T("data.words"),
				row(lang.T("data.import"), lang.T("data.import-about"), kit.NewButton(kit.Plain, lang.T("data.import-verb"), func() { d.Show(newImport(d)) })),
				row(lang.T("data.export"), lang.T("data.export-about"), kit.NewButton(kit.Plain, lang.T("data.export-verb"), func() { d.Show(newExport(d)) }))),
			group(lang.T("data.agreed"),
				row(lang.T("consent.page"), lang.T("data.agreed-about"), kit.NewButton(kit.Plain, lang.T("data.agreed-verb"), func() { d.Show(newConsents(d)) }))),
			group(lang.T("data.place"),
				row(lang.T("data.place-about"), d.Session.Dir(), kit.Spacer()),
				p.check(func(ctx context.Context) (vault.CheckReport, error) { return d.Session.Check(ctx, nil) })),
			group(lang.T("data.leave.row"),
				row(lang.T("data.leave.row"), lang.T("data.leave.row-about"), kit.NewButton(kit.Plain, lang.T("data.leave.verb-row"), func() { d.Show(newLeave(d)) }))),
		},
	})
	return p
}

// Content implements [Page].
func (p *DataPage) Content() fyne.CanvasObject { return p.content }

func (p *DataPage) check(read func(context.Context) (vault.CheckReport, error)) fyne.CanvasObject {
	verb := kit.NewButton(kit.Plain, lang.T("data.check-verb"), nil)
	verb.OnTapped = func() {
		verb.Disable()
		p.checked.In(kit.ColorMuted).SetText(lang.T("data.checking"))
		var report vault.CheckReport
		p.d.Work(func(ctx context.Context) (err error) {
			report, err = read(ctx)
			return err
		}, func(err error) {
			verb.Enable()
			switch {
			case err != nil:
				p.checked.SetText("")
				p.d.Failed(err)
			case report.Sound():
				p.checked.SetText(lang.T("data.check-sound"))
			default:
				p.checked.In(kit.ColorWarn).SetText(lang.T("data.check-damaged"))
			}
		})
	}
	return kit.Column(kit.SpaceS, row(lang.T("data.check"), lang.T("data.check-about"), verb), p.checked)
}

// backedUp says when the last backup was made that is known of.
func (p *DataPage) backedUp() string {
	at, err := p.d.Home.Settings.BackedUp(context.Background())
	if err != nil {
		p.d.Failed(err)
	}
	if at.IsZero() {
		return lang.T("data.backups-none")
	}
	return lang.F("data.backups-last", map[string]any{"When": MomentOf(at.In(p.d.Now().Location()), p.d.Now())})
}

func (p *DataPage) recovery() string {
	if p.d.Session.HasRecovery() {
		return lang.T("data.recovery.some")
	}
	return lang.T("data.recovery.none")
}

// backToData leads from a page of its own back to My data.
func (d Desk) backToData() *kit.Button {
	return kit.NewButton(kit.Plain, lang.T("data.back"), d.Data).WithIcon(kit.IconBack)
}
