package home

import (
	"fyne.io/fyne/v2"

	"ebb/ui/kit"
	"ebb/ui/kit/markdown"
	"ebb/ui/lang"
	store "ebb/vault/home"
)

// reader shows an entry as it reads.
type reader struct {
	entry   store.Entry
	edit    *kit.Button
	content fyne.CanvasObject
}

func newReader(d Desk, e store.Entry, edit, discard func()) *reader {
	r := &reader{entry: e}
	r.edit = kit.NewButton(kit.Plain, lang.T("journal.edit"), edit).WithIcon(kit.IconPen)
	about := when(e, d.Now())
	for _, words := range [][]string{e.Moods, e.Tags} {
		if len(words) > 0 {
			about = lang.F("journal.about", map[string]any{"When": about, "Words": List(words)})
		}
	}
	body := kit.Column(kit.SpaceM,
		kit.Row(kit.SpaceM, kit.NewAudiencePill(d.reader(), lang.T("journal.private")), kit.Spacer(), r.edit),
		kit.NewText(kit.Caption, about).In(kit.ColorMuted),
		kit.MaxWidth(kit.Measure, markdown.Render(e.Text)),
		kit.Gap(kit.SpaceL),
		kit.NewRule(),
		flush(kit.Row(kit.SpaceM,
			kit.NewButton(kit.Quiet, lang.T("journal.use-line"), func() { shareLine(d, e.ID, firstSentence(e.Text)) }),
			kit.Spacer(),
			kit.NewButton(kit.Quiet, lang.T("journal.discard"), discard))),
	)
	r.content = kit.NewGround(kit.ColorCard, kit.NewScroll(kit.Inset(44, 36, 44, 36, body)))
	return r
}
