package home

import (
	"context"

	"fyne.io/fyne/v2"

	"ebb/ui/kit"
	"ebb/ui/lang"
	store "ebb/vault/home"
)

// rowsPerRead is how many rows are read at a time; about two windows full.
const rowsPerRead = 40

// keptReads is how many reads of rows are remembered, so that memory stays the
// same however far somebody scrolls.
const keptReads = 16

// entryList is the list of entries with its search. It knows the places of all
// entries and reads what a row shows when the row comes into sight.
type entryList struct {
	d      Desk
	places []store.Place
	reads  map[int][]store.Row
	query  string
	marked store.ID // the entry beside the list

	rows    *kit.PagedList
	search  *kit.Field
	none    *kit.Panel
	body    *kit.Container
	content fyne.CanvasObject
}

func newEntryList(d Desk, open func(store.Row), create func()) *entryList {
	l := &entryList{d: d, reads: map[int][]store.Row{}}
	l.find()
	l.search = kit.NewSearchField(lang.T("journal.search"))
	l.search.OnChanged = func(query string) {
		l.query = query
		l.reload()
	}
	l.rows = kit.NewPagedList(lang.T("journal.title"), func() int { return len(l.places) }, l.item)
	l.rows.Margin = kit.SpaceS
	l.rows.OnSelected = func(i int) {
		if row, ok := l.row(i); ok {
			open(row)
		}
	}
	l.rows.OnOpened = l.rows.OnSelected
	l.none = kit.NewEmptyPanel(kit.IconSearch, lang.T("journal.nothing-found"), lang.T("journal.nothing-found-about"), nil)
	l.body = kit.Layers()
	l.fill()
	head := kit.Inset(28, 36, 24, 12, kit.Column(kit.SpaceL,
		kit.Row(kit.SpaceM, kit.Stretch(kit.NewText(kit.Title, lang.T("journal.title"))),
			kit.NewButton(kit.Plain, lang.T("journal.new"), create).WithIcon(kit.IconPlus)),
		l.search))
	l.content = kit.NewGround(kit.ColorPaper, kit.Column(0, head, kit.Stretch(l.body)))
	return l
}

// find asks for the places of the entries that the search finds.
func (l *entryList) find() {
	places, err := l.d.Home.Journal.Search(context.Background(), l.query)
	if err != nil {
		l.d.Failed(err)
		return
	}
	l.places = places
	clear(l.reads)
}

func (l *entryList) fill() {
	if len(l.places) == 0 && l.query != "" {
		l.body.SetObjects(kit.Column(0, kit.Pad(24, l.none)))
		return
	}
	l.body.SetObjects(l.rows)
}

// reload shows what is in the journal now.
func (l *entryList) reload() {
	l.find()
	l.fill()
	l.rows.Reload()
	l.selectID(l.marked) // it is in another row now, or in none
}

func (l *entryList) length() int { return len(l.places) }

// empty reports whether there is no entry at all.
func (l *entryList) empty() bool { return len(l.places) == 0 && l.query == "" }

// row reads what the list shows at an index.
func (l *entryList) row(i int) (store.Row, bool) {
	if i < 0 || i >= len(l.places) {
		return store.Row{}, false
	}
	at := i / rowsPerRead
	rows, ok := l.reads[at]
	if !ok {
		if len(l.reads) >= keptReads {
			clear(l.reads)
		}
		var err error
		rows, err = l.d.Home.Journal.Rows(context.Background(), l.places[at*rowsPerRead:min((at+1)*rowsPerRead, len(l.places))])
		if err != nil {
			l.d.Failed(err)
			return store.Row{}, false
		}
		l.reads[at] = rows
	}
	return rows[i%rowsPerRead], true
}

func (l *entryList) item(i int) (kit.ListItem, bool) {
	row, ok := l.row(i)
	if !ok {
		return kit.ListItem{}, false
	}
	item := kit.ListItem{Caption: shortDate(row.Written, l.d.Now()), Title: row.Title, Preview: row.Preview}
	if item.Title == "" {
		item.Title = lang.T("journal.untitled")
	}
	return item, true
}

// selectID marks the row of an entry among those that were read; an entry that is
// not in the list is marked nowhere.
func (l *entryList) selectID(id store.ID) {
	l.marked = id
	for at, rows := range l.reads {
		for i, row := range rows {
			if row.ID == id {
				l.rows.Select(at*rowsPerRead + i)
				return
			}
		}
	}
	l.rows.Select(-1)
}

// forget drops the private words that the list holds.
func (l *entryList) forget() {
	clear(l.reads)
	l.places = nil
	l.rows.Reload()
}
