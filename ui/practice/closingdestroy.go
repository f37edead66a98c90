package practice

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"

	"ebb/exercises/casework"
	"ebb/ui/kit"
	"ebb/ui/lang"
	"ebb/ui/page"
	"ebb/ui/sentence"
	"ebb/vault/backup"
	store "ebb/vault/practice"
)

// DestroyPage says what destroying a case will reach and what not, asks for its code and
// once more, and then destroys it.
type DestroyPage struct {
	d          Desk
	c          *store.Case
	code, rule *kit.Field
	verb       *kit.Button
	says       *kit.Text
	backups    *kit.Text
	left       bool // the page was left while the work went on
	content    fyne.CanvasObject
}

func newDestroy(d Desk, c *store.Case) *DestroyPage {
	p := &DestroyPage{
		d: d, c: c, says: kit.NewAnswer(), backups: kit.NewText(kit.Small, "").In(kit.ColorMuted),
		code: kit.NewField(lang.F("practice-closing.type-code", map[string]any{"Code": c.Code})),
		rule: kit.NewField(lang.T("practice-closing.rule")),
	}
	p.verb = kit.NewButton(kit.Danger, lang.T("practice-closing.destroy"), p.sure)
	p.code.OnSubmitted = func(string) { p.rule.Focus() }
	p.rule.OnSubmitted = func(string) { p.sure() }
	p.lookForBackups()
	var before []fyne.CanvasObject
	if guide := d.Texts.Guide(casework.Destroying); guide != nil {
		before = append(before, guideGroup(guide))
	}
	lines := func(title string, all ...fyne.CanvasObject) fyne.CanvasObject { return page.Group(title, all...) }
	line := func(words string) fyne.CanvasObject { return kit.NewText(kit.Body, words) }
	p.content = kit.NewFrame(kit.Column(kit.SpaceXL,
		kit.Column(kit.SpaceS,
			backLine(kit.NewButton(kit.Quiet, lang.T("practice-closing.room"), p.back).WithIcon(kit.IconBack)),
			kit.NewText(kit.Title, lang.F("practice-closing.destroy-of", map[string]any{"Code": c.Code}))),
		kit.Column(kit.SpaceXL, before...),
		kit.Grid(2, kit.SpaceCards,
			lines(lang.T("practice-closing.reached"), line(lang.T("practice-closing.reached-here")),
				kit.Column(kit.SpaceXS, line(lang.T("practice-closing.reached-backups")), p.backups)),
			lines(lang.T("practice-closing.not-reached"), line(lang.T("practice-closing.not-copies")), line(lang.T("practice-closing.not-remnants")),
				line(lang.T("practice-closing.not-paper")), line(lang.T("practice-closing.not-homes")))),
		kit.NewCard(kit.MaxWidth(kit.Measure, kit.Column(kit.SpaceL,
			p.code, kit.Column(kit.SpaceS, p.rule, kit.NewText(kit.Small, lang.T("practice-closing.rule-about")).In(kit.ColorMuted)),
			p.says, kit.Start(p.verb))))))
	return p
}

// Content implements [Page].
func (p *DestroyPage) Content() fyne.CanvasObject { return p.content }

// First implements [Page]: what is to be read comes before what is to be typed.
func (p *DestroyPage) First() fyne.Focusable { return nil }

// Leave implements [Page]. What has begun goes on.
func (p *DestroyPage) Leave(bool) func(context.Context) error {
	p.left = true
	p.code.SetText("")
	p.rule.SetText("")
	return page.Nothing
}

func (p *DestroyPage) back() { p.d.Go(func() Page { return newClosing(p.d, p.c) }) }

// lookForBackups says which backups would be reached now.
func (p *DestroyPage) lookForBackups() {
	place, err := p.d.Practice.BackupPlace(context.Background())
	if err != nil {
		p.d.Failed(err)
	}
	if place == "" {
		p.backups.SetText(lang.T("practice-closing.backups-no-place"))
		return
	}
	p.backups.SetText(lang.T("practice-closing.backups-looking"))
	var all []backup.Backup
	p.d.Work(func(ctx context.Context) (err error) {
		all, err = p.d.Practice.Backups(ctx)
		return err
	}, func(err error) {
		if err != nil {
			p.backups.In(kit.ColorWarn).SetText(sentence.Of(err))
			return
		}
		p.backups.SetText(lang.N("practice-closing.backups-there", len(all), nil))
	})
}

// sure asks once more.
func (p *DestroyPage) sure() {
	if p.verb.Disabled() {
		return
	}
	switch {
	case strings.TrimSpace(p.code.Text()) != p.c.Code:
		p.says.Say(kit.ColorWarn, lang.T("practice-closing.not-the-code"))
		p.code.Focus()
		return
	case strings.TrimSpace(p.rule.Text()) == "":
		p.says.Say(kit.ColorWarn, lang.T("practice-closing.rule-needed"))
		p.rule.Focus()
		return
	}
	p.says.Say(kit.ColorMuted, "")
	p.d.ask(page.Question{
		Title: lang.T("practice-closing.sure-title"), About: lang.T("practice-closing.sure-about"), Destroys: true,
		Verb: lang.T("practice-closing.sure-verb"), Cancel: lang.T("practice-case.not-now"), Yes: p.destroy,
	})
}

// telling says on the page how far something is.
func telling(says *kit.Text, words func(done, total int) string) func(done, total int) {
	return func(done, total int) { fyne.Do(func() { says.Say(kit.ColorMuted, words(done+1, total)) }) }
}

func drawerWords(n, of int) string {
	return lang.F("practice-closing.drawer-of", map[string]any{"Number": n, "Total": of})
}

func backupWords(n, of int) string {
	return lang.F("practice-closing.backup-of", map[string]any{"Number": n, "Total": of})
}

func (p *DestroyPage) destroy() {
	if err := p.d.Cases.Close(context.Background()); err != nil {
		p.says.Say(kit.ColorWarn, sentence.Of(err))
		return
	}
	rule := p.rule.Text()
	p.verb.Disable()
	p.says.Say(kit.ColorMuted, lang.T("practice-closing.keys-go"))
	var cert store.Certificate
	var behind error // what did not work after the keys were gone
	p.d.Work(func(ctx context.Context) error {
		var err error
		cert, err = p.d.Practice.Destroy(ctx, p.c.ID, rule, telling(p.says, drawerWords))
		if cert.ID == (store.ID{}) {
			return err
		}
		behind = err
		place, err := p.d.Practice.BackupPlace(ctx)
		if err == nil && place != "" {
			var cleared store.Certificate
			if cleared, err = p.d.Practice.ClearBackups(ctx, cert.ID, place, telling(p.says, backupWords)); err == nil {
				cert = cleared
			}
		}
		if behind == nil {
			behind = err
		}
		return nil
	}, func(err error) {
		p.verb.Enable()
		if err != nil {
			say(p.says, err, p.code.Focus)
			return
		}
		if behind != nil {
			p.d.Failed(behind)
		}
		if !p.left {
			p.d.Go(func() Page { return newCertificate(p.d, cert.ID) })
		}
	})
}
