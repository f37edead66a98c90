package practice

import (
	"context"
	"errors"
	"time"

	"fyne.io/fyne/v2"

	"ebb/exercises/casework"
	"ebb/ui/kit"
	"ebb/ui/lang"
	"ebb/ui/page"
	"ebb/ui/sentence"
	"ebb/vault"
	store "ebb/vault/practice"
)

// Page is what fills the window beside the rail.
type Page = page.Page

// Desk is what a page may ask of the window. Functions are called on the main
// goroutine.
type Desk struct {
	Practice *store.Practice
	Session  *vault.Session
	Cases    *Cases
	Texts    *casework.Casework
	Now      func() time.Time
	Canvas   fyne.Canvas

	Toast func(text string)
	// Undo says what was done with a verb that takes it back; gone is called, if it is
	// not nil, when that is no longer possible.
	Undo   func(text, verb string, undo, gone func())
	Failed func(error)
	// Work runs work beside the window and then done on the main goroutine.
	Work func(work func(context.Context) error, done func(error))
	// After calls f once, later.
	After  func(d time.Duration, f func()) (stop func())
	Copied func() // words were put on the clipboard
	// Pick lets the practitioner choose a file or folder.
	Pick func(title string, folders bool, chosen func(path string))

	Passphrase func()                   // shows the page that changes the passphrase
	Recovery   func()                   // shows the page that makes recovery words
	Check      func() fyne.CanvasObject // a row that reads and checks everything

	// Go leaves the page that is shown, and then builds the next one.
	Go func(build func() Page)
	// HandOver shows a page without the rail, for somebody else to fill in. Until
	// HandBack every way to another page locks.
	HandOver, HandBack func(build func() Page)
	// Caseload closes the case that is open.
	Caseload func()
}

// Cases holds the case that is open, if one is.
type Cases struct {
	practice *store.Practice
	open     *store.Case
	covered  sealer // what is off the screen and could not be sealed yet
}

// A sealer holds words of somebody behind the second unlock.
type sealer interface {
	// seal writes them as a draft; they are held until that has worked.
	seal(ctx context.Context) error
}

// NewCases returns a place for one open case.
func NewCases(p *store.Practice) *Cases { return &Cases{practice: p} }

// Open opens a case, and closes another that was open.
func (c *Cases) Open(ctx context.Context, id store.ID) (*store.Case, error) {
	if c.open != nil && c.open.ID == id {
		return c.open, nil
	}
	if err := c.shut(ctx); err != nil {
		return nil, err
	}
	open, err := c.practice.OpenCase(ctx, id)
	if err == nil {
		c.open = open
	}
	return open, err
}

// Close closes the case that is open, and ends the second unlock.
func (c *Cases) Close(ctx context.Context) error {
	if err := c.seal(ctx); err != nil {
		return err
	}
	return errors.Join(c.practice.StepDown(ctx), c.shut(ctx))
}

// seal writes the words that are off the screen, if there are any.
func (c *Cases) seal(ctx context.Context) error {
	if c.covered == nil {
		return nil
	}
	err := c.covered.seal(ctx)
	if err == nil || errors.Is(err, store.ErrCaseGone) { // its words went with it
		c.covered, err = nil, nil
	}
	return err
}

// stepDown ends the second unlock, after what was being written behind it is sealed. If
// it cannot be, the keys stay: nothing else is done with them when the time is up, and
// the words would be lost without them.
func (c *Cases) stepDown(ctx context.Context) error {
	if err := c.seal(ctx); err != nil {
		return err
	}
	return c.practice.StepDown(ctx)
}

func (c *Cases) shut(ctx context.Context) error {
	if c.open == nil {
		return nil
	}
	done := c.open
	c.open = nil
	if err := done.Done(ctx); !errors.Is(err, store.ErrCaseGone) {
		return err
	}
	return nil
}

// openCase shows the page of a case.
func (d Desk) openCase(id store.ID) {
	c, err := d.Cases.Open(context.Background(), id)
	if errors.Is(err, store.ErrNotFound) {
		err = store.ErrCaseGone
	}
	if err != nil {
		d.Failed(err)
		return
	}
	d.Go(func() Page { return newCase(d, c) })
}

// toCase leads from a page of its own back to its case.
func (d Desk) toCase(c *store.Case) *kit.Button {
	return kit.NewButton(kit.Quiet, lang.F("practice-case.back", map[string]any{"Code": c.Code}), func() { d.openCase(c.ID) }).WithIcon(kit.IconBack)
}

// backLine sets a way back above a page's title, at the margin.
func backLine(b *kit.Button) fyne.CanvasObject {
	return kit.Inset(-kit.QuietSide, 0, 0, -kit.SpaceM, kit.Start(b))
}

// watcher is a page that shows how long the second unlock lasts, or what day it is.
type watcher interface {
	// second hears every second how much of the second unlock is left; 0 when it is not
	// in force.
	second(left time.Duration)
}

// left is how long the second unlock still lasts; 0 if it is not in force.
func (d Desk) left() time.Duration {
	until := d.Practice.StepUpUntil()
	if until.IsZero() {
		return 0
	}
	return until.Sub(d.Now())
}

// Tick is called every second with the page that is shown: it leads away from a case that
// is no longer here, and ends the second unlock
// when its time is up, after the page has sealed what was being written.
func (d Desk) Tick(page Page) {
	if open := d.Cases.open; open != nil && open.Gone() {
		d.Failed(store.ErrCaseGone)
		return
	}
	w, watches := page.(watcher)
	if watches {
		w.second(d.left())
	}
	if d.Cases.covered != nil {
		return
	}
	ended, err := d.Practice.Expire(context.Background())
	if err != nil {
		d.Failed(err)
	}
	if ended && watches {
		w.second(0)
	}
}

// stepUp does something that needs the second unlock: at once if it is in force, and
// else after the passphrase was typed on a sheet above the page.
func (d Desk) stepUp(about string, then func()) {
	if d.left() > 0 {
		then()
		return
	}
	secret := kit.NewSecretEntry(lang.T("unlock.field"), lang.T("unlock.show"), lang.T("unlock.hide"))
	says := kit.NewAnswer()
	var sheet *kit.Sheet
	no := kit.NewButton(kit.Plain, lang.T("practice.second.not-now"), nil)
	yes := kit.NewButton(kit.Plain, lang.T("practice.second.open"), nil)
	open := func() {
		if yes.Disabled() {
			return
		}
		passphrase := secret.Secret()
		secret.Disable()
		yes.Disable()
		says.Say(kit.ColorMuted, lang.T("unlock.opening"))
		d.Work(func(ctx context.Context) error {
			defer clear(passphrase)
			return d.Practice.StepUp(ctx, passphrase)
		}, func(err error) {
			secret.Enable()
			yes.Enable()
			showing := sheet.Showing()
			switch {
			case err != nil && showing:
				says.Say(kit.ColorWarn, sentence.Of(err))
				if errors.Is(err, vault.ErrWrongPassphrase) {
					secret.Wipe()
				}
				secret.Focus()
			case err != nil:
				d.Failed(err)
			case !showing: // put away meanwhile: nobody wants it any more
				if err := d.Cases.stepDown(context.Background()); err != nil {
					d.Failed(err)
				}
			default:
				secret.Wipe()
				sheet.Close()
				then()
			}
		})
	}
	yes.OnTapped, secret.OnSubmitted = open, open
	no.OnTapped = func() {
		secret.Wipe()
		sheet.Close()
	}
	sheet = kit.NewSheet(lang.T("practice.second.title"), kit.Column(kit.SpaceL,
		kit.NewText(kit.Body, about).In(kit.ColorMuted),
		kit.NewText(kit.Small, lang.T("practice.second.lasts")).In(kit.ColorMuted),
		secret, says), secret.Focusable(), yes, no)
	sheet.OnEscape = secret.Wipe
	sheet.Open(d.Canvas)
}

// say shows what a form answers about an error, and keeps the keyboard in the form.
func say(says *kit.Text, err error, focus func()) {
	says.Say(kit.ColorWarn, sentence.Of(err))
	if focus != nil {
		focus()
	}
}

// printer saves sheets.
func (d Desk) printer() page.Printer {
	return page.Printer{Canvas: d.Canvas, Pick: d.Pick, Work: d.Work, Failed: d.Failed, Toast: d.Toast}
}

// ask puts a question on a sheet above the page.
func (d Desk) ask(q page.Question) { page.Ask(d.Canvas, q) }

// tell lays parts over the page until they are put away again.
func (d Desk) tell(title, verb string, parts ...fyne.CanvasObject) {
	page.Tell(d.Canvas, title, verb, parts...)
}
