package home

import (
	"context"
	"strings"
	"unicode"

	"fyne.io/fyne/v2"

	"ebb/ui/kit"
	"ebb/ui/lang"
	"ebb/ui/sentence"
	store "ebb/vault/home"
)

// shareLine lets the author choose a sentence, says who will read it, and copies
// it after a second yes.
func shareLine(d Desk, entry store.ID, text string) {
	all := d.people()
	if len(all) < 2 {
		d.Failed(store.ErrNobodyElse)
		return
	}
	line := kit.NewField(lang.T("journal.line.field"))
	line.SetText(text)
	says := kit.NewAnswer()
	refused := false
	ask(d, question{
		title: lang.T("journal.line.title"), about: lang.T("journal.line.intro"),
		body: []fyne.CanvasObject{
			kit.Start(kit.NewAudiencePill(kit.Shared, lang.F("journal.line.audience", map[string]any{"Names": names(all, nil)}))),
			line,
			kit.NewText(kit.Small, lang.T("journal.line.warn")).In(kit.ColorMuted),
			says,
		},
		verb: lang.T("journal.line.share"), cancel: lang.T("journal.line.cancel"), first: line.Focusable(),
		yes: func() {
			_, err := d.Home.Lines.Share(context.Background(), entry, line.Text())
			if refused = err != nil; refused {
				says.Say(kit.ColorWarn, sentence.Of(err))
				return
			}
			line.SetText("")
			d.Toast(lang.T("journal.line.shared"))
		},
		keep: func() bool { return refused },
	})
}

// firstSentence is the first sentence of a text, without Markdown's marks at its
// start.
func firstSentence(text string) string {
	text = strings.TrimLeftFunc(text, func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune("#>-*+", r) })
	line, _, _ := strings.Cut(text, "\n")
	for i, r := range line {
		if strings.ContainsRune(".!?…。！？", r) {
			end := i + len(string(r))
			if end == len(line) || unicode.IsSpace(rune(line[end])) || r > unicode.MaxLatin1 {
				return line[:end]
			}
		}
	}
	return line
}
