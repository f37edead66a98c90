package page

import (
	"context"
	"time"

	"fyne.io/fyne/v2"

	"ebb/ui/kit"
	"ebb/ui/lang"
	"ebb/ui/sentence"
	"ebb/vault/backup"
)

// Copies is what the page of backups needs of a vault and of the window. Functions are
// called on the main goroutine, but for List and Try, which run beside it.
type Copies struct {
	Place    func(context.Context) (string, error)
	SetPlace func(context.Context, string) error
	List     func(context.Context) ([]backup.Backup, error)
	Try      func(context.Context, backup.Backup, []byte) (backup.Proof, error)
	// Make makes a backup now. err says why there is none.
	Make func(progress backup.Progress, done func(made backup.Made, err error))

	Intro  string
	Back   *kit.Button
	Now    func() time.Time
	Canvas fyne.Canvas
	Toast  func(text string)
	Failed func(error)
	Work   func(work func(context.Context) error, done func(error))
	Pick   func(title string, folders bool, chosen func(path string))
}

// progressEvery is how often a page tells how far something is.
const progressEvery = 100 * time.Millisecond

// BackupsPage is where backups go, which there are, and a way to try one out.
type BackupsPage struct {
	d       Copies
	content *kit.Container
	list    *kit.Container
	says    *kit.Text
	now     *kit.Button
	field   *kit.SecretEntry // of the sheet that tries a backup; nil without one
}

// NewBackups builds the page.
func NewBackups(d Copies) *BackupsPage {
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
	return Nothing
}

func (p *BackupsPage) fill() {
	place, err := p.d.Place(context.Background())
	if err != nil {
		p.d.Failed(err)
	}
	p.says = kit.NewAnswer()
	choose := kit.NewButton(kit.Plain, lang.T("backups.choose"), p.choose).WithIcon(kit.IconFolder)
	rows := []fyne.CanvasObject{}
	if place == "" {
		rows = append(rows, Row(lang.T("backups.place"), lang.T("backups.no-place"), choose))
	} else {
		p.now = kit.NewButton(kit.Plain, lang.T("backups.now"), p.backUp)
		rows = append(rows, Row(lang.T("backups.place"), place, choose), kit.NewRule(),
			Row(lang.T("backups.make"), lang.T("backups.make-about"), p.now), p.says, kit.NewRule(),
			Row(lang.T("backups.end"), lang.T("backups.end-about"), kit.NewButton(kit.Quiet, lang.T("backups.end-verb"), func() { p.set("") })))
		p.readList()
	}
	p.content.SetObjects(kit.NewPage(kit.PageSpec{
		Title: lang.T("backups.title"), Intro: p.d.Intro,
		Actions: []fyne.CanvasObject{p.d.Back},
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
	if err := p.d.SetPlace(context.Background(), place); err != nil {
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
	p.d.Make(p.progress(), func(made backup.Made, err error) {
		p.fill()
		if err != nil {
			p.says.Say(kit.ColorWarn, sentence.Of(err))
			return
		}
		if check := made.Check; check != nil && !check.Sound() {
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
		all, err = p.d.List(ctx)
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
			rows = append(rows, Row(MomentOf(b.Time.In(p.d.Now().Location()), p.d.Now()), about,
				kit.NewButton(kit.Plain, lang.T("backups.try"), func() { p.try(b) })))
		}
		p.list.SetObjects(Group(lang.T("backups.there"), rows...))
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
			proof, err = p.d.Try(ctx, b, passphrase)
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
	Ask(p.d.Canvas, Question{
		Title: lang.T("backups.try-title"), About: lang.T("backups.try-about"),
		Body: []fyne.CanvasObject{field, says}, Verb: lang.T("backups.try"), Cancel: lang.T("backups.close"),
		Yes: func() {
			if !done {
				begin()
			}
		},
		Keep: func() bool { return !done }, First: field.Focusable(),
	})
}
