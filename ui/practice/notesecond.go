package practice

import (
	"context"
	"errors"
	"time"

	"fyne.io/fyne/v2"

	"ebb/ui/kit"
	"ebb/ui/lang"
	"ebb/ui/page"
	store "ebb/vault/practice"
)

// The composer and the second unlock: what stands there without it, and how it ends.

// locked stands where apart notes were asked for without the second unlock.
func (p *NotePage) locked() {
	p.open = nil
	unlock := kit.NewButton(kit.Plain, lang.T("practice-note.unlock"), p.unlock).WithIcon(kit.IconKey)
	about := lang.T("practice-note.locked-about")
	if p.d.Cases.covered != nil {
		about = lang.T("practice-note.locked-held")
	}
	p.fill(kit.NewEmptyPanel(kit.IconLock, lang.T("practice-note.locked"), about, unlock))
}

func (p *NotePage) unlock() {
	p.d.stepUp(lang.T("practice-note.second"), func() {
		if p.open == nil {
			p.turn()
			p.d.Canvas.Focus(p.first)
			return
		}
		p.tellLasting(p.d.left())
		p.d.Canvas.Focus(p.first)
	})
}

// sealEarly is how long before the end of the second unlock what is being written
// behind it is sealed, and the page closes.
const sealEarly = 2 * time.Second

// Leave implements [Page].
func (p *NotePage) Leave(locking bool) func(context.Context) error {
	write := page.Nothing
	if p.open != nil {
		write = p.open.leave(locking)
	}
	covered, is := p.d.Cases.covered.(*leaf)
	switch {
	case !is:
		return write
	case locking:
		held := covered.last(true)
		covered.wipe()
		return func(ctx context.Context) error { return errors.Join(held(ctx), write(ctx)) }
	}
	return func(ctx context.Context) error {
		if err := p.d.Cases.seal(ctx); err != nil {
			return err
		}
		return write(ctx)
	}
}

// second implements [watcher].
func (p *NotePage) second(left time.Duration) {
	p.tellLasting(left)
	if left <= sealEarly && (p.d.Cases.covered != nil || p.open != nil && apart(p.wanted.Audience)) {
		p.closeApart()
	}
}

// closeApart takes an apart note off the page, seals what was being written in it, and
// ends the second unlock. Words that cannot be written are held off the screen, and so
// is the second unlock for them alone, until that works.
func (p *NotePage) closeApart() {
	held := p.d.Cases.covered != nil // and told
	if apart(p.wanted.Audience) {
		page.PutAway(p.d.Canvas) // such as an earlier version of what is closed now
		if p.open != nil {
			p.d.Cases.covered, p.open = p.open, nil
		}
	}
	if err := p.d.Cases.stepDown(context.Background()); err != nil && !held {
		p.d.Failed(err)
	}
	switch now := p.d.Cases.covered != nil; {
	case !apart(p.wanted.Audience):
		p.tellLasting(0)
	case now && held: // it says so already
	default:
		p.locked()
	}
}

// uncover brings back what is held off the screen, if it is what is wanted, and writes
// it otherwise.
func (p *NotePage) uncover() (*leaf, error) {
	l, is := p.d.Cases.covered.(*leaf)
	w := p.wanted
	switch {
	case !is || !apart(w.Audience):
		return nil, nil
	case l.note.Audience == w.Audience && l.note.Member == w.Member && w.ID == (store.ID{}) && w.Template == "":
		p.d.Cases.covered = nil
		l.soon()
		return l, nil
	}
	return nil, p.d.Cases.seal(context.Background())
}

// tellLasting says how long the second unlock lasts, with the verb that fits.
func (p *NotePage) tellLasting(left time.Duration) {
	if p.lasting == nil {
		return
	}
	verb := p.closes
	if left <= 0 {
		verb = p.opens
	}
	if verb != p.verb {
		p.verb = verb
		p.verbs.SetObjects(verb)
	}
	if left <= 0 {
		p.lasting.SetText(lang.T("practice-note.second-closed"))
		return
	}
	seconds := int((left + time.Second - 1) / time.Second)
	p.lasting.SetText(lang.F("practice-note.second-open", map[string]any{"Minutes": seconds / 60, "Seconds": twoDigits(seconds % 60)}))
}

func twoDigits(n int) string { return string([]byte{byte('0' + n/10), byte('0' + n%10)}) }

// unlocked tells how long the second unlock lasts.
func (p *NotePage) unlocked() fyne.CanvasObject {
	p.lasting = kit.NewText(kit.Small, "")
	p.opens = kit.NewButton(kit.Plain, lang.T("practice-note.unlock"), p.unlock).WithIcon(kit.IconKey)
	p.closes = kit.NewButton(kit.Plain, lang.T("practice-note.close-now"), p.closeNow).WithIcon(kit.IconLock)
	p.verb, p.verbs = p.opens, kit.Column(0, p.opens)
	p.tellLasting(p.d.left())
	return panel(lang.T("practice-note.process-and-safety"), p.lasting, kit.Start(p.verbs))
}

// closeNow keeps an apart note that is open, and ends the second unlock.
func (p *NotePage) closeNow() {
	if apart(p.wanted.Audience) && p.open != nil {
		if err := p.open.leave(false)(context.Background()); err != nil {
			p.open.left = false
			p.d.Failed(err)
			return
		}
		p.open = nil
	}
	p.closeApart()
	p.d.Canvas.Focus(p.first)
}
