package practice

import (
	"io"

	"fyne.io/fyne/v2"

	"ebb/ui/kit"
	"ebb/ui/lang"
	"ebb/ui/page"
	"ebb/ui/print"
	store "ebb/vault/practice"
)

// saveWeek saves what is offered and can begin, with the notes to the couple. What
// cannot begin now is left out, and the sheet says nothing of it.
func (p *MenuPage) saveWeek() {
	var offered []print.Offered
	for _, item := range p.items {
		if handsOut(&item) {
			offered = append(offered, print.Offered{Exercise: item.Exercise, Note: item.Note})
		}
	}
	if len(offered) == 0 {
		p.d.tell(lang.T("practice-menu.save-week"), lang.T("practice-case.close-sheet"), kit.NewText(kit.Body, lang.T("practice-menu.save-none")))
		return
	}
	head := ""
	code := kit.NewSwitch(lang.T("practice-menu.with-code"), lang.T("practice-case.yes"), lang.T("practice-case.no"), false, func(on bool) {
		head = ""
		if on {
			head = p.c.Code
		}
	})
	p.d.printer().SavePDF(func(w io.Writer, o print.Options) error { return print.Menu(w, offered, head, o) },
		kit.NewText(kit.Small, lang.T("practice-menu.save-about")).In(kit.ColorMuted),
		page.Row(lang.T("practice-menu.with-code"), lang.T("practice-menu.with-code-about"), code))
}

// handsOut reports whether an exercise can be given to people on paper: it is offered,
// and nothing is in the way of beginning.
func handsOut(item *store.Item) bool {
	return item != nil && item.State == store.Offered && len(item.Off) == 0
}

// save saves the exercise as a hand-out, with the note to the couple unless the
// practitioner leaves it out.
func (p *OfferPage) save() {
	with := p.item.Note != ""
	item := *p.item
	var more []fyne.CanvasObject
	if with {
		more = append(more, page.Row(lang.T("practice-menu.with-note"), lang.T("practice-menu.with-note-about"),
			kit.NewSwitch(lang.T("practice-menu.with-note"), lang.T("practice-case.yes"), lang.T("practice-case.no"), true, func(on bool) { with = on })))
	}
	p.d.printer().SavePDF(func(w io.Writer, o print.Options) error {
		note := ""
		if with {
			note = item.Note
		}
		return print.HandOut(w, print.Offered{Exercise: item.Exercise, Note: note}, p.c.Menu.Library().Texts(), o)
	}, more...)
}
