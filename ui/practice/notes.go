package practice

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"

	"ebb/ui/kit"
	"ebb/ui/lang"
	"ebb/ui/page"
	store "ebb/vault/practice"
)

// NotesPage lists the joint and individual notes of a case, and finds words in them.
// Apart notes are in no list and no search of the record.
type NotesPage struct {
	d       Desk
	c       *store.Case
	members []store.Member
	search  *kit.Field
	most    int
	list    *kit.Container
	stop    func()
	content fyne.CanvasObject
}

func newNotes(d Desk, c *store.Case) *NotesPage {
	p := &NotesPage{d: d, c: c, most: store.PageSize, list: kit.Stretch(kit.Spacer())}
	var err error
	if p.members, err = c.People.All(context.Background()); err != nil {
		d.Failed(err)
	}
	p.search = kit.NewSearchField(lang.T("practice-notes.search")).WithIcon(kit.IconSearch)
	p.search.OnChanged = func(string) {
		p.rest()
		p.stop = d.After(searchAfter, p.fill)
	}
	p.search.OnSubmitted = func(string) { p.fill() }
	p.content = kit.NewFrame(kit.Column(kit.SpaceL,
		backLine(d.toCase(c)), kit.NewText(kit.Title, lang.T("practice-case.notes")),
		kit.MaxWidth(kit.IntroMeasure, kit.NewText(kit.Body, lang.T("practice-notes.intro")).In(kit.ColorMuted)),
		kit.MaxWidth(420, p.search), p.list))
	p.fill()
	return p
}

// Content implements [Page].
func (p *NotesPage) Content() fyne.CanvasObject { return p.content }

// First implements [Page].
func (p *NotesPage) First() fyne.Focusable { return p.search.Focusable() }

// Leave implements [Page].
func (p *NotesPage) Leave(bool) func(context.Context) error {
	p.rest()
	p.search.SetText("")
	p.rest()
	p.list.SetObjects(kit.Spacer())
	return page.Nothing
}

func (p *NotesPage) rest() {
	if p.stop != nil {
		p.stop()
		p.stop = nil
	}
}

func (p *NotesPage) fill() {
	p.rest()
	ctx := context.Background()
	query := strings.TrimSpace(p.search.Text())
	page := store.Page{Size: p.most + 1}
	all, err := p.c.Notes.List(ctx, store.NoteFilter{}, page)
	if query != "" {
		all, err = p.c.Notes.Search(ctx, query, page)
	}
	if err != nil {
		p.d.Failed(err)
	}
	var rows []fyne.CanvasObject
	for i, n := range all[:min(len(all), p.most)] {
		if i > 0 {
			rows = append(rows, kit.NewRule())
		}
		row := []fyne.CanvasObject{p.d.noteRow(p.c, p.members, n)}
		if n.Title != "" {
			row = append(row, kit.NewText(kit.Small, n.Title).In(kit.ColorMuted).MaxLines(2))
		}
		rows = append(rows, kit.Column(kit.SpaceXS, row...))
	}
	if len(rows) == 0 {
		p.list.SetObjects(kit.NewEmptyPanel(kit.IconNote, lang.T("practice-notes.none"), lang.T("practice-notes.none-about"), nil))
		return
	}
	parts := []fyne.CanvasObject{kit.NewCard(kit.Column(kit.SpaceM, rows...))}
	if len(all) > p.most {
		parts = append(parts, kit.Start(kit.NewButton(kit.Plain, lang.T("practice-notes.more"), func() {
			p.most = min(p.most*2, store.MostRows-1)
			p.fill()
		})))
	}
	p.list.SetObjects(kit.Column(kit.SpaceL, parts...))
}
