package home

import (
	"context"
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"ebb/ui/kit"
	"ebb/ui/lang"
	"ebb/ui/sentence"
	"ebb/vault/portable"
)

// TransferPage brings entries in or takes them out.
type TransferPage struct {
	d       Desk
	content fyne.CanvasObject

	format  *kit.Segmented
	formats []string
	chosen  int
	about   *kit.Text // what the chosen format is, as files
	path    *kit.Field
	verb    *kit.Button
	stop    *kit.Button
	says    *kit.Text
	cancel  context.CancelFunc // nil unless work is under way
}

// kinds are the names of the formats, and abouts say which files each of them is.
var (
	kinds        = lang.Dynamic("settings.transfer.kinds.")
	importAbouts = lang.Dynamic("settings.transfer.import-about.")
	exportAbouts = lang.Dynamic("settings.transfer.export-about.")
)

func newImport(d Desk) *TransferPage {
	p := &TransferPage{d: d, formats: portable.Formats()}
	p.build(lang.T("settings.transfer.import-title"), lang.T("settings.transfer.import-intro"), importAbouts,
		lang.T("settings.transfer.path"), lang.T("settings.transfer.begin-import"), p.bringIn, false)
	return p
}

func newExport(d Desk) *TransferPage {
	p := &TransferPage{d: d, formats: portable.Exports()}
	p.build(lang.T("settings.transfer.export-title"), lang.T("settings.transfer.export-intro"), exportAbouts,
		lang.T("settings.transfer.new-folder"), lang.T("settings.transfer.begin-export"), p.takeOut, true)
	return p
}

func (p *TransferPage) build(title, intro string, abouts lang.Family, pathLabel, verb string, run func(), folders bool) {
	var names []string
	for _, format := range p.formats {
		names = append(names, kinds.T(format))
	}
	p.about = kit.NewText(kit.Small, abouts.T(p.formats[0])).In(kit.ColorMuted)
	p.format = kit.NewSegmented(lang.T("settings.transfer.kind"), names, 0, func(i int) {
		p.chosen = i
		p.about.SetText(abouts.T(p.formats[i]))
	})
	p.path = kit.NewField(pathLabel)
	p.path.OnSubmitted = func(string) { run() }
	p.says = kit.NewAnswer()
	p.verb = kit.NewButton(kit.Primary, verb, run)
	p.stop = kit.NewButton(kit.Plain, lang.T("settings.transfer.stop"), func() {
		if p.cancel != nil {
			p.cancel()
		}
	})
	p.stop.Hide()
	choose := kit.NewButton(kit.Plain, lang.T("settings.transfer.choose"), func() {
		p.d.Pick(pathLabel, folders, func(path string) { p.path.SetText(path) })
	}).WithIcon(kit.IconFolder)
	p.content = kit.NewPage(kit.PageSpec{
		Title: title, Intro: intro,
		Actions: []fyne.CanvasObject{kit.NewButton(kit.Plain, lang.T("settings.transfer.back"), p.d.Data).WithIcon(kit.IconBack)},
		Body: []fyne.CanvasObject{kit.NewCard(kit.Column(kit.SpaceL,
			kit.NewText(kit.Kicker, lang.T("settings.transfer.kind")), kit.Start(p.format), p.about,
			p.path, kit.Start(choose),
			kit.Flow(kit.SpaceM, p.verb, p.stop), p.says,
		))},
	})
}

// Content implements [Page].
func (p *TransferPage) Content() fyne.CanvasObject { return p.content }

// First implements [Page].
func (p *TransferPage) First() fyne.Focusable { return p.path.Focusable() }

// Leave implements [Page]: what is under way stops at its next step, and what was
// done until then stays.
func (p *TransferPage) Leave(bool) func(context.Context) error {
	if p.cancel != nil {
		p.cancel()
	}
	p.path.SetText("")
	return nothing
}

// run runs work with the buttons set for it, and shows the lines it ends with.
func (p *TransferPage) run(work func(context.Context) ([]string, error)) {
	if p.cancel != nil {
		return
	}
	ctx, cancel := context.WithCancel(context.Background())
	p.cancel = cancel
	p.verb.Disable()
	p.stop.Show()
	p.says.Say(kit.ColorInk, "")
	var lines []string
	p.d.Work(func(context.Context) (err error) {
		lines, err = work(ctx)
		return err
	}, func(err error) {
		cancel()
		p.cancel = nil
		p.verb.Enable()
		p.stop.Hide()
		color := kit.ColorInk
		if err != nil {
			lines, color = append(lines, sentence.Of(err)), kit.ColorWarn
		}
		p.says.Say(color, strings.Join(lines, "\n"))
	})
}

// progressEvery is the least time between two changes of the progress line.
const progressEvery = 100 * time.Millisecond

func (p *TransferPage) progress() func(done, total int) {
	var last time.Time
	return func(done, total int) {
		if time.Since(last) < progressEvery {
			return
		}
		last = time.Now()
		text := lang.F("settings.transfer.running", map[string]any{"Done": done, "Total": total})
		if total < 0 {
			text = lang.F("settings.transfer.running-open", map[string]any{"Done": done})
		}
		fyne.Do(func() {
			if p.cancel != nil {
				p.says.Say(kit.ColorInk, text)
			}
		})
	}
}

func (p *TransferPage) bringIn() {
	format, path, show := p.formats[p.chosen], strings.TrimSpace(p.path.Text()), p.progress()
	p.run(func(ctx context.Context) ([]string, error) {
		src, err := portable.Open(format, path)
		if err != nil {
			return nil, err
		}
		defer src.Close()
		sum, err := p.d.Home.Journal.Import(ctx, src, show)
		return sentence.Import(sum), err
	})
}

func (p *TransferPage) takeOut() {
	format, path := p.formats[p.chosen], strings.TrimSpace(p.path.Text())
	p.run(func(ctx context.Context) ([]string, error) {
		sum, err := portable.Export(ctx, format, path, p.d.Home.Journal.Exported(ctx))
		if err != nil {
			return nil, err
		}
		return append([]string{lang.N("settings.exported", sum.Entries, nil)}, sentence.LeftBehind(sum)...), nil
	})
}
