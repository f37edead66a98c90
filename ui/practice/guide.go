package practice

import (
	"fyne.io/fyne/v2"

	"ebb/ui/kit"
	"ebb/ui/lang"
	"ebb/ui/page"
)

// guides are the prompts of guides, each folded behind its name: they are there where
// the thing is done, and in nobody's way.
func (d Desk) guides(ids ...string) (all []fyne.CanvasObject) {
	for _, id := range ids {
		guide := d.Texts.Guide(id)
		if guide == nil {
			continue
		}
		parts := []fyne.CanvasObject{kit.NewText(kit.Body, guide.About)}
		for _, s := range guide.Prompts {
			parts = append(parts, kit.Column(kit.SpaceXS, kit.NewText(kit.Strong, s.Heading), kit.NewText(kit.Body, s.Prompt)))
		}
		for _, never := range guide.Never {
			parts = append(parts, kit.IconLine(kit.IconStop, kit.Body, never, kit.ColorInk))
		}
		all = append(all, unfolds(lang.F("practice-house.prompts", map[string]any{"Of": guide.Title}), parts...))
	}
	return all
}

// unfolds is a line that shows what lies behind it, and puts it away again.
func unfolds(name string, parts ...fyne.CanvasObject) fyne.CanvasObject {
	inside := kit.Column(kit.SpaceM, kit.NewPanel(kit.MaxWidth(kit.Measure, kit.Column(kit.SpaceM, parts...))))
	inside.Hidden = true
	verb := kit.NewButton(kit.Quiet, name, nil).WithIcon(kit.IconDown)
	verb.OnTapped = func() {
		inside.Hidden = !inside.Hidden
		inside.Changed()
		inside.Refresh()
	}
	return kit.Column(kit.SpaceS, page.Flush(kit.Start(verb)), inside)
}
