package page

import (
	"strings"

	"fyne.io/fyne/v2"

	"ebb/exercises"
	"ebb/ui/kit"
	"ebb/ui/lang"
)

// Group is a card of rows under a heading.
func Group(title string, rows ...fyne.CanvasObject) fyne.CanvasObject {
	var parts []fyne.CanvasObject
	for i, r := range rows {
		if i > 0 {
			parts = append(parts, kit.NewRule())
		}
		parts = append(parts, r)
	}
	return kit.Column(kit.SpaceM, kit.NewText(kit.Sub, title), kit.NewPaddedCard(20, kit.Column(kit.SpaceM, parts...)))
}

// Row is a name with a sentence, and the control at its end.
func Row(title, about string, control fyne.CanvasObject) fyne.CanvasObject {
	return kit.Row(kit.SpaceL, kit.Stretch(kit.Column(0, kit.NewText(kit.Strong, title), kit.NewText(kit.Small, about).In(kit.ColorMuted))), control)
}

// Paragraph is text of a width that reads well.
func Paragraph(text string) fyne.CanvasObject {
	return kit.MaxWidth(kit.Measure, kit.NewText(kit.Body, text))
}

// Flush brings the words of quiet buttons at the ends of a line to its margins.
func Flush(o fyne.CanvasObject) fyne.CanvasObject {
	return kit.Inset(-kit.QuietSide, 0, -kit.QuietSide, 0, o)
}

// HashWord is enough of a hash to compare two papers by.
func HashWord(hash [32]byte) string {
	const digits = "0123456789abcdef"
	var out []byte
	for _, b := range hash[:6] {
		out = append(out, digits[b>>4], digits[b&15])
	}
	return string(out)
}

// ClosenessWord says how near something comes, in a few words.
func ClosenessWord(c exercises.Closeness) string {
	return []string{
		lang.T("menu.closeness-0"), lang.T("menu.closeness-1"), lang.T("menu.closeness-2"), lang.T("menu.closeness-3"), lang.T("menu.closeness-4"),
	}[c]
}

// List joins names for a sentence: "A, B and C".
func List(names []string) string {
	if len(names) < 2 {
		return strings.Join(names, "")
	}
	last := len(names) - 1
	return lang.F("people.and", map[string]any{"Names": strings.Join(names[:last], ", "), "Name": names[last]})
}
