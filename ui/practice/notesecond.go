package practice

import (
	"context"
	"time"

	"fyne.io/fyne/v2"

	"ebb/ui/kit"
	"ebb/ui/lang"
	"ebb/ui/page"
)

// The composer and the second unlock: what stands there without it, and how it ends.

// locked stands where apart notes were asked for without the second unlock.
func (p *NotePage) locked() {
	p.open = nil
	unlock := kit.NewButton(kit.Plain, lang.T("practice-note.unlock"), p.unlock).WithIcon(kit.IconKey)
	p.fill(kit.NewEmptyPanel(kit.IconLock, lang.T("practice-note.locked"), lang.T("practice-note.locked-about"), unlock))
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

// second implements [watcher].
func (p *NotePage) second(left time.Duration) {
	p.tellLasting(left)
	if !apart(p.wanted.Audience) || p.open == nil || left > sealEarly {
		return
	}
	if err := p.open.leave(true)(context.Background()); err != nil {
		p.d.Failed(err)
	}
	p.closeApart()
}

// closeApart ends the second unlock.
func (p *NotePage) closeApart() {
	if err := p.d.Practice.StepDown(context.Background()); err != nil {
		p.d.Failed(err)
	}
	if apart(p.wanted.Audience) {
		page.PutAway(p.d.Canvas) // such as an earlier version of what is closed now
		p.locked()
		return
	}
	p.tellLasting(0)
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
	}
	p.closeApart()
	p.d.Canvas.Focus(p.first)
}
