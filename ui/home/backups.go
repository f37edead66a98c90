package home

import (
	"context"
	"time"

	"fyne.io/fyne/v2"

	"ebb/ui/kit"
	"ebb/ui/lang"
	"ebb/ui/sentence"
	"ebb/vault/backup"
	store "ebb/vault/home"
)

// BackupsPage is where backups go, which there are, and a way to try one out.
type BackupsPage struct {
	d       Desk
	content *kit.Container
	list    *kit.Container
	says    *kit.Text
	now     *kit.Button
	field   *kit.SecretEntry // of the sheet that tries a backup; nil without one
}

func newBackups(d Desk) *BackupsPage {
	p := &BackupsPage{d: d, content: kit.Stretch(kit.Spacer()), list: kit.Stretch(kit.Spacer())}
	p.fill()
	return p
}

// Content implements [Page].
func (p *BackupsPage) Content() fyne.CanvasObject { return p.content }

// First implements [Page].
func (p *BackupsPage) First() fyne.Focusable { return nil }

// Leave implements [Page].
func (p *BackupsPage) Leave(bool) func(context.Context) error {
	if p.field != nil {
		p.field.Wipe()
	}
	return nothing
}

func (p *BackupsPage) fill() {
	place, err := p.d.Home.Settings.BackupPlace(context.Background())
	if err != nil {
		p.d.Failed(err)
	}
	p.says = kit.NewAnswer()
	choose := kit.NewButton(kit.Plain, lang.T("backups.choose"), p.choose).WithIcon(kit.IconFolder)
	rows := []fyne.CanvasObject{}
	if place == "" {
		rows = append(rows, row(lang.T("backups.place"), lang.T("backups.no-place"), choose))
	} else {
		p.now = kit.NewButton(kit.Plain, lang.T("backups.now"), p.backUp)
		rows = append(rows, row(lang.T("backups.place"), place, choose), kit.NewRule(),
			row(lang.T("backups.make"), lang.T("backups.make-about"), p.now), p.says, kit.NewRule(),
			row(lang.T("backups.end"), lang.T("backups.end-about"), kit.NewButton(kit.Quiet, lang.T("backups.end-verb"), func() { p.set("") })))
		p.readList()
	}
	p.content.SetObjects(kit.NewPage(kit.PageSpec{
		Title: lang.T("backups.title"), Intro: lang.T("backups.intro"),
		Actions: []fyne.CanvasObject{p.d.backToData()},
		Body: []fyne.CanvasObject{
			kit.NewPaddedCard(20, kit.Column(kit.SpaceM, rows...)), p.list,
			kit.NewText(kit.Small, lang.T("backups.older")).In(kit.ColorMuted),
		},
	}))
}

func (p *BackupsPage) choose() {
	p.d.Pick(lang.T("backups.choose-title"), true, p.set)
}

func (p *BackupsPage) set(place string) {
	if err := p.d.Home.Settings.SetBackupPlace(context.Background(), place); err != nil {
		p.d.Failed(err)
		return
	}
	p.list.SetObjects(kit.Spacer())
	p.fill()
}

// backUp makes one now.
func (p *BackupsPage) backUp() {
	if p.now.Disabled() {
		return
	}
	p.now.Disable()
	p.says.Say(kit.ColorMuted, lang.T("backups.making"))
	p.d.BackUp(p.progress(), func(fresh Desk, result store.BackupResult) {
		p.d = fresh
		p.fill()
		if result.Err != nil {
			p.says.Say(kit.ColorWarn, sentence.Of(result.Err))
			return
		}
		if check := result.Made.Check; check != nil && !check.Sound() {
			p.says.Say(kit.ColorWarn, lang.T("backups.damaged"))
			return
		}
		p.d.Toast(lang.T("backups.made"))
	})
}

// progress says on the page how far it is.
func (p *BackupsPage) progress() backup.Progress {
	var last time.Time
	says := p.says
	return func(step backup.Step, done, total int64) {
		if time.Since(last) < progressEvery || total == 0 {
			return
		}
		last = time.Now()
		text := lang.T("backups.copying")
		switch step {
		case backup.Comparing:
			text = lang.T("backups.comparing")
		case backup.Checking:
			text = lang.T("backups.checking")
		}
		fyne.Do(func() { says.Say(kit.ColorMuted, text) })
	}
}

// readList reads which backups there are, beside the window: a disk may take its time.
func (p *BackupsPage) readList() {
	var all []backup.Backup
	p.d.Work(func(ctx context.Context) (err error) {
		all, err = p.d.Home.Backups(ctx)
		return err
	}, func(err error) {
		if err != nil {
			p.list.SetObjects(kit.NewText(kit.Body, sentence.Of(err)).In(kit.ColorWarn))
			return
		}
		if len(all) == 0 {
			p.list.SetObjects(kit.NewEmptyPanel(kit.IconFolder, lang.T("backups.none"), lang.T("backups.none-about"), nil))
			return
		}
		var rows []fyne.CanvasObject
		for _, b := range all {
			about := lang.T("backups.whole")
			if b.Problem != nil {
				about = lang.T("backups.not-whole")
			}
			rows = append(rows, row(MomentOf(b.Time.In(p.d.Now().Location()), p.d.Now()), about,
				kit.NewButton(kit.Plain, lang.T("backups.try"), func() { p.try(b) })))
		}
		p.list.SetObjects(group(lang.T("backups.there"), rows...))
	})
}

// try asks for the passphrase of the backup's day and lets the backup prove itself:
// it is restored in a private place, opened, read, and removed again.
func (p *BackupsPage) try(b backup.Backup) {
	field := kit.NewSecretEntry(lang.T("backups.try-field"), lang.T("unlock.show"), lang.T("unlock.hide"))
	says := kit.NewAnswer()
	p.field = field
	done := false
	begin := func() {
		passphrase := field.Secret()
		says.Say(kit.ColorMuted, lang.T("backups.trying"))
		var proof backup.Proof
		p.d.Work(func(ctx context.Context) (err error) {
			defer clear(passphrase)
			proof, err = p.d.Home.Try(ctx, b, passphrase)
			return err
		}, func(err error) {
			field.Wipe()
			switch {
			case err != nil:
				says.Say(kit.ColorWarn, sentence.Of(err))
			case !proof.Sound():
				says.Say(kit.ColorWarn, lang.T("backups.try-damaged"))
			default:
				done = true
				says.Say(kit.ColorInk, lang.N("backups.try-sound", len(proof.Check.Drawers), nil))
			}
		})
	}
	field.OnSubmitted = begin
	ask(p.d, question{
		title: lang.T("backups.try-title"), about: lang.T("backups.try-about"),
		body: []fyne.CanvasObject{field, says}, verb: lang.T("backups.try"), cancel: lang.T("backups.close"),
		yes: func() {
			if !done {
				begin()
			}
		},
		keep: func() bool { return !done }, first: field.Focusable(),
	})
}
