package practice

import (
	"context"
	"encoding/hex"
	"io"
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"ebb/exercises/casework"
	"ebb/ui/kit"
	"ebb/ui/lang"
	"ebb/ui/page"
	"ebb/ui/print"
	"ebb/ui/sentence"
	store "ebb/vault/practice"
)

// CertificatePage says of a case that was destroyed what was reached and what was not.
type CertificatePage struct {
	page.Still
	d       Desk
	id      store.ID
	says    *kit.Text
	content *kit.Container
}

func newCertificate(d Desk, id store.ID) *CertificatePage {
	p := &CertificatePage{d: d, id: id, says: kit.NewAnswer(), content: kit.Stretch(kit.Spacer())}
	p.fill()
	return p
}

// Content implements [Page].
func (p *CertificatePage) Content() fyne.CanvasObject { return p.content }

// backupFolder is how the name of a backup's folder tells when it was made.
const backupFolder = "2006-01-02T150405Z"

// reachWords name a backup: when it was made, and its folder.
func (d Desk) reachWords(name string) string {
	if name == "" {
		return lang.T("practice-closing.chosen-place")
	}
	at, err := time.Parse(backupFolder, name)
	if err != nil {
		return name
	}
	return lang.F("practice-closing.backup-named", map[string]any{"When": page.MomentOf(at.In(d.Now().Location()), time.Time{}), "Folder": name})
}

// lines are the paragraphs of a certificate below its title.
func (d Desk) lines(c store.Certificate) []string {
	told := casework.Destroyed{
		ID: hex.EncodeToString(c.ID[:]), Day: c.Day, Rule: c.Rule, Keys: hex.EncodeToString(c.KeysHash[:]), Files: c.Files, Left: c.Left,
	}
	if at := page.DayOf(c.Day); !at.IsZero() {
		told.Day = page.LongDate(at, time.Time{}) // with its year: it is read years later
	}
	for _, b := range c.Backups {
		if b.Cleared {
			told.Reached = append(told.Reached, d.reachWords(b.Backup))
		} else {
			told.NotReached = append(told.NotReached, d.reachWords(b.Backup))
		}
	}
	return d.Texts.Certificate.Lines(told)
}

func (p *CertificatePage) fill() {
	all, err := p.d.Practice.Certificates(context.Background())
	if err != nil {
		p.d.Failed(err)
	}
	for _, c := range all {
		if c.ID == p.id {
			p.show(c)
		}
	}
}

func (p *CertificatePage) show(c store.Certificate) {
	title, lines := p.d.Texts.Certificate.Title, p.d.lines(c)
	var parts []fyne.CanvasObject
	for _, words := range lines {
		if item, is := strings.CutPrefix(words, "- "); is {
			parts = append(parts, kit.Inset(kit.SpaceL, 0, 0, 0, kit.NewText(kit.Small, item)))
			continue
		}
		parts = append(parts, kit.NewText(kit.Body, words))
	}
	verbs := []fyne.CanvasObject{
		kit.NewButton(kit.Plain, lang.T("print.save"), func() {
			p.d.printer().SavePDF(func(w io.Writer, o print.Options) error { return print.Paragraphs(w, title, lines, o) })
		}),
		kit.NewButton(kit.Plain, lang.T("practice-closing.look-elsewhere"), func() {
			p.d.Pick(lang.T("practice-closing.look-title"), true, p.look)
		}).WithIcon(kit.IconFolder),
	}
	place, err := p.d.Practice.BackupPlace(context.Background())
	if err != nil {
		p.d.Failed(err)
	}
	for _, b := range c.Backups {
		if b.Backup == "" && place != "" {
			verbs = append(verbs, kit.NewButton(kit.Plain, lang.T("practice-closing.look-again"), func() { p.look(place) }))
		}
	}
	p.content.SetObjects(kit.NewPage(kit.PageSpec{
		Title: title, Actions: []fyne.CanvasObject{p.d.backToCertificates()},
		Body: []fyne.CanvasObject{
			kit.NewCard(kit.MaxWidth(kit.Measure, kit.Column(kit.SpaceM, parts...))),
			kit.MaxWidth(kit.IntroMeasure, kit.NewText(kit.Small, lang.T("practice-closing.look-about")).In(kit.ColorMuted)),
			p.says, kit.Flow(kit.SpaceM, verbs...),
		},
	}))
}

// look clears the case from the backups in a folder.
func (p *CertificatePage) look(place string) {
	p.says.Say(kit.ColorMuted, lang.T("practice-closing.backups-looking"))
	known := 0
	p.d.Work(func(ctx context.Context) error {
		tell := telling(p.says, backupWords)
		_, err := p.d.Practice.ClearBackups(ctx, p.id, place, func(done, total int) {
			known = total
			tell(done, total)
		})
		return err
	}, func(err error) {
		p.fill()
		if err != nil {
			p.says.Say(kit.ColorWarn, sentence.Of(err))
			return
		}
		p.says.Say(kit.ColorInk, lang.N("practice-closing.looked", known, nil))
	})
}

func (d Desk) backToCertificates() *kit.Button {
	return kit.NewButton(kit.Plain, lang.T("practice-closing.certificates"), func() { d.Go(func() Page { return newCertificates(d) }) }).WithIcon(kit.IconBack)
}

// CertificatesPage lists what was destroyed. Nothing on it names a case.
type CertificatesPage struct {
	page.Still
	content fyne.CanvasObject
}

func newCertificates(d Desk) *CertificatesPage {
	all, err := d.Practice.Certificates(context.Background())
	if err != nil {
		d.Failed(err)
	}
	var rows []fyne.CanvasObject
	for _, c := range all {
		rows = append(rows, page.Row(d.dayWords(c.Day), c.Rule, kit.NewButton(kit.Plain, lang.T("data.look"), func() {
			d.Go(func() Page { return newCertificate(d, c.ID) })
		})))
	}
	var body fyne.CanvasObject = kit.NewEmptyPanel(kit.IconCase, lang.T("practice-closing.certificates-none"), lang.T("practice-closing.certificates-about"), nil)
	if len(rows) > 0 {
		body = page.Group(lang.T("practice-closing.certificates-there"), rows...)
	}
	return &CertificatesPage{content: kit.NewPage(kit.PageSpec{
		Title: lang.T("practice-closing.certificates"), Intro: lang.T("practice-closing.certificates-intro"),
		Actions: []fyne.CanvasObject{d.backToData()}, Body: []fyne.CanvasObject{body},
	})}
}

// Content implements [Page].
func (p *CertificatesPage) Content() fyne.CanvasObject { return p.content }

// KeptPage lists the closed cases and how long each is to be kept. Nothing here is
// destroyed by itself.
type KeptPage struct {
	page.Still
	d       Desk
	day     string // of which the page tells what has come
	content fyne.CanvasObject
}

func newKept(d Desk) *KeptPage {
	all, err := d.Practice.Retained(context.Background())
	if err != nil {
		d.Failed(err)
	}
	var due, rest []fyne.CanvasObject
	for _, r := range all {
		about := lang.F("practice-closing.closed-on", map[string]any{"Day": d.dayWords(r.ClosedOn)}) + " " + d.keptWords(r.KeepUntil, r.Held)
		row := page.Row(r.Code, about, kit.NewButton(kit.Plain, lang.T("practice-case.open"), func() { d.openCase(r.Case) }))
		if r.KeepUntil != "" && r.KeepUntil <= d.today() && !r.Held {
			due = append(due, row)
		} else {
			rest = append(rest, row)
		}
	}
	var body []fyne.CanvasObject
	if len(due) > 0 {
		body = append(body, page.Group(lang.T("practice-closing.due"), due...))
	}
	if len(rest) > 0 {
		body = append(body, page.Group(lang.T("practice-closing.to-keep"), rest...))
	}
	if len(body) == 0 {
		body = append(body, kit.NewEmptyPanel(kit.IconCase, lang.T("practice-closing.kept-none"), lang.T("practice-closing.kept-none-about"), nil))
	}
	return &KeptPage{d: d, day: d.today(), content: kit.NewPage(kit.PageSpec{
		Title: lang.T("practice-closing.kept-page"), Intro: lang.T("practice-closing.kept-intro"),
		Actions: []fyne.CanvasObject{d.backToData()}, Body: body,
	})}
}

// Content implements [Page].
func (p *KeptPage) Content() fyne.CanvasObject { return p.content }

// second implements [watcher]: a day may come while the page is open.
func (p *KeptPage) second(time.Duration) {
	if p.day != p.d.today() {
		p.d.Go(func() Page { return newKept(p.d) })
	}
}
