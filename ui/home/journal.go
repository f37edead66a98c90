package home

import (
	"context"
	"errors"

	"fyne.io/fyne/v2"

	"ebb/ui/kit"
	"ebb/ui/lang"
	"ebb/vault"
	store "ebb/vault/home"
)

// Start says how the journal opens.
type Start struct {
	New    bool   // a new entry, with Text in it
	Text   string // what a new entry begins with
	Search bool   // the keyboard goes to the search
	Entry  store.ID
}

// JournalPage is the journal: a list with search, and one entry beside it.
type JournalPage struct {
	d       Desk
	start   Start
	list    *entryList
	side    *kit.Container // the entry beside the list
	content *sideBySide
	shown   bool // the page is in the window, so that its parts can have the keyboard
	left    bool // another page is in the window

	writer *writer // one of the two is set if an entry is open
	reader *reader
}

// NewJournal builds the page.
func NewJournal(d Desk, start Start) *JournalPage {
	p := &JournalPage{d: d, start: start}
	p.side = kit.Stretch(kit.Spacer())
	p.list = newEntryList(d, p.openRow, func() { p.write(p.d.Home.Journal.New(), true, false) })
	p.content = newSideBySide(p.list.content, p.side, p.closeEntry)
	p.open()
	return p
}

// open shows the entry that the page starts with.
func (p *JournalPage) open() {
	ctx := context.Background()
	var none store.ID
	drafts, err := p.d.Home.Journal.Drafts(ctx)
	if err != nil {
		p.d.Failed(err)
	}
	switch {
	case p.start.New:
		e := p.d.Home.Journal.New()
		e.Text = p.start.Text
		p.write(e, true, false)
	case p.start.Entry != none:
		p.openEntry(p.start.Entry)
	case len(drafts) > 0 && !p.start.Search:
		p.write(drafts[0].Entry, drafts[0].New, true)
	case p.list.empty():
		p.showNone()
	default:
		p.content.showList()
		p.showFirst()
	}
}

// showFirst reads the newest entry beside the list, where there is room for both.
func (p *JournalPage) showFirst() {
	if p.content.narrow() || p.list.length() == 0 {
		p.showNone()
		return
	}
	if row, ok := p.list.row(0); ok {
		p.openEntry(row.ID)
		p.content.showList()
	}
}

// showNone fills the place of an entry while there is none.
func (p *JournalPage) showNone() {
	p.writer, p.reader = nil, nil
	if p.list.empty() {
		p.side.SetObjects(kit.NewGround(kit.ColorPaper, kit.Pad(44, kit.Middle(520, kit.NewEmptyPanel(kit.IconJournal,
			lang.T("journal.empty.title"), lang.T("journal.empty.about"),
			kit.NewButton(kit.Primary, lang.T("journal.empty.verb"), func() { p.write(p.d.Home.Journal.New(), true, false) }))))))
		p.content.showSide()
		return
	}
	p.side.SetObjects(kit.NewGround(kit.ColorCard, kit.Pad(44, kit.Middle(420, kit.NewText(kit.Lead, lang.T("journal.select")).In(kit.ColorMuted).Centered()))))
	p.content.showList()
}

func (p *JournalPage) openRow(r store.Row) { p.openEntry(r.ID) }

// openEntry shows an entry: for reading, or for writing if there is a draft of it.
func (p *JournalPage) openEntry(id store.ID) {
	if !p.leaveEntry() {
		return
	}
	drafts, err := p.d.Home.Journal.Drafts(context.Background())
	if err != nil {
		p.d.Failed(err)
		return
	}
	for _, draft := range drafts {
		if draft.Entry.ID == id {
			p.show(newWriter(p.d, draft.Entry, draft.New, true))
			return
		}
	}
	e, err := p.d.Home.Journal.Entry(context.Background(), id)
	if err != nil {
		p.d.Failed(err)
		p.list.reload()
		return
	}
	p.read(e)
}

func (p *JournalPage) read(e store.Entry) {
	p.writer = nil
	p.reader = newReader(p.d, e, func() { p.write(e, false, false) }, func() { p.discard(e.ID) })
	p.side.SetObjects(p.reader.content)
	p.content.showSide()
	p.list.selectID(e.ID)
}

func (p *JournalPage) write(e store.Entry, isNew, draft bool) {
	if p.leaveEntry() {
		p.show(newWriter(p.d, e, isNew, draft))
		if p.shown {
			p.d.Canvas.Focus(p.writer.editor)
		}
	}
}

func (p *JournalPage) show(w *writer) {
	w.onKept = func(store.Entry) { p.list.reload() }
	w.onRead = func(e store.Entry) {
		if p.writer == w {
			w.left = true
			w.editor.Wipe()
			p.read(e)
			p.d.Canvas.Focus(p.reader.edit)
		}
	}
	w.onDiscard = func() { p.discard(w.entry.ID) }
	p.writer, p.reader = w, nil
	p.side.SetObjects(w.content)
	p.content.showSide()
	p.list.selectID(w.entry.ID)
}

// leaveEntry keeps what is being written before another entry takes its place. It
// reports whether that went well; if not, the words stay where they are.
func (p *JournalPage) leaveEntry() bool {
	w := p.writer
	if w == nil {
		return true
	}
	e, dirty := w.now(), w.dirty
	if err := w.leave(false)(context.Background()); err != nil {
		w.left = false
		w.editor.SetText(e.Text)
		w.dirty = dirty
		p.d.Failed(err)
		return false
	}
	p.writer = nil
	if dirty {
		p.list.reload()
	}
	return true
}

// closeEntry goes back to the list, where there is no room for both.
func (p *JournalPage) closeEntry() {
	if p.leaveEntry() {
		p.reader = nil
		p.showNone()
		p.d.Canvas.Focus(p.list.rows)
	}
}

// discard takes an entry out and offers to bring it back for ten seconds. What was
// never kept can come back too.
func (p *JournalPage) discard(id store.ID) {
	var (
		unkept *store.Entry
		isNew  bool
		err    error
	)
	if p.writer != nil {
		unkept, isNew, err = p.writer.discard()
	} else {
		err = p.d.Home.Journal.Discard(context.Background(), id)
	}
	if err != nil {
		p.d.Failed(err)
		return
	}
	p.writer = nil
	p.list.reload()
	p.showNone()
	gone := func() { p.erase(id) }
	if isNew {
		gone = nil
	}
	p.d.Undo(lang.T("journal.discarded"), lang.T("journal.undo"), func() { p.bringBack(id, unkept, isNew) }, gone)
}

// bringBack undoes a discard, with the words that were not kept as a draft again.
func (p *JournalPage) bringBack(id store.ID, unkept *store.Entry, isNew bool) {
	ctx := context.Background()
	if !isNew {
		if err := p.d.Home.Journal.Restore(ctx, id); err != nil {
			p.d.Failed(err)
			return
		}
	}
	if unkept != nil {
		if err := p.d.Home.Journal.SaveDraft(ctx, *unkept); err != nil {
			p.d.Failed(err)
			p.write(*unkept, isNew, true) // to be tried again from there
			return
		}
	}
	if p.left {
		p.d.Write(Start{Entry: id})
	} else {
		p.list.reload()
		p.openEntry(id)
	}
	p.d.Toast(lang.T("journal.restored"))
}

// erase removes an entry that was discarded for good, once that cannot be undone
// any more; of what was discarded since, nothing. What is left is removed at every
// locking and opening, so nothing is lost if this does not run.
func (p *JournalPage) erase(id store.ID) {
	p.d.Work(func(ctx context.Context) error { return p.d.Home.Journal.Erase(ctx, id) }, func(err error) {
		if err != nil && !errors.Is(err, vault.ErrLocked) {
			p.d.Failed(err)
		}
	})
}

// Content implements [Page].
func (p *JournalPage) Content() fyne.CanvasObject { return p.content }

// First implements [Page].
func (p *JournalPage) First() fyne.Focusable {
	p.shown = true
	switch {
	case p.start.Search:
		return p.list.search.Focusable()
	case p.writer != nil:
		return p.writer.editor
	case p.list.empty():
		return nil
	}
	return p.list.rows
}

// Leave implements [Page].
func (p *JournalPage) Leave(locking bool) func(context.Context) error {
	if !locking && !p.leaveEntry() {
		return func(context.Context) error { return ErrStay }
	}
	p.left = true
	p.list.forget()
	if p.writer == nil {
		return nothing
	}
	return p.writer.leave(locking)
}

// Rearrange puts the parts of the page where they belong at another size of text.
// What is being written stays as it is.
func (p *JournalPage) Rearrange() {
	if w := p.writer; w != nil {
		w.content = w.build()
		p.side.SetObjects(w.content)
	}
	p.content.Refresh()
}

// Search goes to the search field.
func (p *JournalPage) Search() {
	p.content.showList()
	p.list.search.Focus()
}

// Keep keeps what is being written.
func (p *JournalPage) Keep() {
	if p.writer != nil {
		p.writer.keep()
	}
}

// Turn goes from reading to writing and back.
func (p *JournalPage) Turn() {
	switch {
	case p.writer != nil:
		p.writer.read()
	case p.reader != nil:
		p.write(p.reader.entry, false, false)
	}
}
