package practice

import (
	"fyne.io/fyne/v2"

	"ebb/ui/kit"
	"ebb/ui/lang"
)

// prompts are the prompts of a guide, folded away until they are asked for.
func (d Desk) prompts(id string) fyne.CanvasObject {
	guide := d.Texts.Guide(id)
	if guide == nil {
		return kit.Gap(0)
	}
	rows := []fyne.CanvasObject{kit.NewText(kit.Small, guide.About).In(kit.ColorMuted)}
	for _, p := range guide.Prompts {
		rows = append(rows, kit.Column(0, kit.NewText(kit.Kicker, p.Heading), kit.NewText(kit.Small, p.Prompt).In(kit.ColorMuted)))
	}
	for _, never := range guide.Never {
		rows = append(rows, kit.NewText(kit.Small, never).In(kit.ColorMuted))
	}
	inside := kit.MaxWidth(kit.Measure+80, kit.NewPanel(kit.Column(kit.SpaceM, rows...)))
	folded := kit.Column(0)
	unfolded := false
	fold := kit.NewButton(kit.Quiet, lang.T("practice-prep.prompts"), func() {
		if unfolded = !unfolded; unfolded {
			folded.SetObjects(inside)
			return
		}
		folded.SetObjects()
	}).WithIcon(kit.IconDown)
	return kit.Column(kit.SpaceS, kit.Inset(-kit.QuietSide, 0, 0, 0, kit.Start(fold)), folded)
}
