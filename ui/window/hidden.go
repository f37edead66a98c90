package window

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"ebb/ui/kit"
	"ebb/ui/lang"
)

// hiddenPage is the neutral page: paper, the tide, and a line that says nothing
// about what was there. Any key or click wakes it.
type hiddenPage struct {
	kit.Part
	content fyne.CanvasObject
	wake    func()
}

func newHiddenPage(wake func()) *hiddenPage {
	p := &hiddenPage{wake: wake}
	p.content = kit.WithTide(kit.TideHeight, kit.Pad(kit.PageMargin, kit.NewText(kit.Body, lang.T("window.hidden.line")).In(kit.ColorMuted)))
	p.ExtendBaseWidget(p)
	return p
}

var (
	_ fyne.Focusable = (*hiddenPage)(nil)
	_ fyne.Tappable  = (*hiddenPage)(nil)
)

// CreateRenderer implements [fyne.Widget].
func (p *hiddenPage) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(p.content)
}

// FocusGained implements [fyne.Focusable].
func (p *hiddenPage) FocusGained() {}

// FocusLost implements [fyne.Focusable].
func (p *hiddenPage) FocusLost() {}

// TypedRune implements [fyne.Focusable].
func (p *hiddenPage) TypedRune(rune) { p.wake() }

// TypedKey implements [fyne.Focusable].
func (p *hiddenPage) TypedKey(*fyne.KeyEvent) { p.wake() }

// Tapped implements [fyne.Tappable].
func (p *hiddenPage) Tapped(*fyne.PointEvent) { p.wake() }
