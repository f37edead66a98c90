package practice

import (
	"context"
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"ebb/ui/kit"
	"ebb/ui/lang"
	store "ebb/vault/practice"
)

// rowsAtOnce is how many cases the page lays out before somebody asks for more.
const rowsAtOnce = 40

// searchAfter is how long the keys rest before the list is asked for again.
const searchAfter = 150 * time.Millisecond

// CaseloadPage lists the cases: codes and dates, and no sign of what a case is about.
type CaseloadPage struct {
	d       Desk
	search  *kit.Field
	closed  bool
	most    int
	list    *kit.Container
	shown   []fyne.Focusable
	stop    func() // of the timer that waits for the keys to rest
	content fyne.CanvasObject
}

// NewCaseload builds the page. The case that was open is closed.
func NewCaseload(d Desk) *CaseloadPage {
	p := &CaseloadPage{d: d, most: rowsAtOnce, list: kit.Stretch(kit.Spacer())}
	if err := d.Cases.Close(context.Background()); err != nil {
		d.Failed(err)
	}
	p.search = kit.NewSearchField(lang.T("practice-caseload.search")).WithIcon(kit.IconSearch)
	p.search.OnChanged = func(string) { p.later() }
	p.search.OnSubmitted = func(string) { p.fill() }
	which := kit.NewSegmented(lang.T("practice-caseload.which"),
		[]string{lang.T("practice-caseload.open"), lang.T("practice-caseload.closed")}, 0, func(i int) {
			p.closed, p.most = i == 1, rowsAtOnce
			p.fill()
		})
	p.content = kit.NewPage(kit.PageSpec{
		Title:   lang.T("practice-caseload.title"),
		Actions: []fyne.CanvasObject{kit.NewButton(kit.Plain, lang.T("practice-caseload.new"), p.d.NewCase).WithIcon(kit.IconPlus)},
		Body: []fyne.CanvasObject{
			kit.Row(kit.SpaceL, kit.Stretch(kit.MaxWidth(420, p.search)), which),
			p.list,
		},
	})
	p.fill()
	return p
}

// Content implements [Page].
func (p *CaseloadPage) Content() fyne.CanvasObject { return p.content }

// First implements [Page].
func (p *CaseloadPage) First() fyne.Focusable {
	if kit.Folded() || len(p.shown) == 0 {
		return nil
	}
	return p.shown[0]
}

// Leave implements [Page].
func (p *CaseloadPage) Leave(bool) func(context.Context) error {
	p.rest()
	p.list.SetObjects(kit.Spacer())
	p.search.SetText("")
	return func(context.Context) error { return nil }
}

// Search gives the keyboard to the search.
func (p *CaseloadPage) Search() { p.search.Focus() }

// NewCase begins a case.
func (d Desk) NewCase() { d.Go(func() Page { return newNewCase(d) }) }

func (p *CaseloadPage) later() {
	p.rest()
	p.stop = p.d.After(searchAfter, p.fill)
}

func (p *CaseloadPage) rest() {
	if p.stop != nil {
		p.stop()
		p.stop = nil
	}
}

func (p *CaseloadPage) fill() {
	p.rest()
	query := strings.TrimSpace(p.search.Text())
	rows, err := p.d.Practice.Caseload(context.Background(), store.Query{Text: query, Closed: p.closed})
	if err != nil {
		p.d.Failed(err)
	}
	p.shown = nil
	if len(rows) == 0 {
		p.list.SetObjects(p.empty(query))
		return
	}
	lines := []fyne.CanvasObject{caseloadColumns.Head(lang.T("practice-caseload.case"), lang.T("practice-caseload.next"),
		lang.T("practice-caseload.note"), lang.T("practice-caseload.review"))}
	var table []fyne.CanvasObject
	for i, row := range rows[:min(len(rows), p.most)] {
		if i > 0 {
			table = append(table, kit.Inset(18, 0, 18, 0, kit.NewRule()))
		}
		line := p.row(row)
		p.shown = append(p.shown, line)
		table = append(table, line)
	}
	lines = append(lines, kit.NewPaddedCard(6, kit.Column(2, table...)))
	if more := len(rows) - p.most; more > 0 {
		lines = append(lines, kit.Start(kit.NewButton(kit.Plain, lang.N("practice-caseload.more", more, nil), func() {
			p.most += 4 * rowsAtOnce
			p.fill()
		})))
	}
	p.list.SetObjects(kit.Column(kit.SpaceM, lines...))
}

// caseloadColumns are the case, the next meeting, which takes the most words, the note
// and the review.
var caseloadColumns = kit.Table{0.92, 1.2, 0.9, 1}

// none stands in a cell where there is nothing.
const none = "–"

func (p *CaseloadPage) row(row store.CaseRow) *kit.TableRow {
	name := []fyne.CanvasObject{kit.NewText(kit.Strong, row.Code).MaxLines(2)}
	if row.Label != "" {
		name = append(name, kit.NewText(kit.Small, row.Label).In(kit.ColorMuted).MaxLines(2))
	}
	next := lang.T("practice-caseload.to-arrange")
	switch {
	case row.ClosedOn != "":
		next = lang.F("practice-caseload.closed-on", map[string]any{"Day": p.d.dayWords(row.ClosedOn)})
	case !row.Next.IsZero():
		next = p.d.moment(row.Next)
	}
	noteWords, reviewWords := none, none
	if row.NoteDue != "" {
		noteWords = lang.F("practice-caseload.note-of", map[string]any{"Day": p.d.dayShort(row.NoteDue)})
	}
	if row.ReviewKind != "" {
		reviewWords = lang.F("practice-caseload.review-of", map[string]any{"Kind": reviewKind(row.ReviewKind), "Day": p.d.dayShort(row.ReviewDue)})
	}
	label := strings.TrimSuffix(row.Code+". "+row.Label, ". ")
	return caseloadColumns.Row(label, func() { p.d.openCase(row.ID) },
		kit.Column(0, name...), cell(next, lang.T("practice-caseload.next")), cell(noteWords, lang.T("practice-caseload.note")), cell(reviewWords, lang.T("practice-caseload.review")))
}

// cell is a cell of the table; at large text, where nothing stands above it, it says
// what it is.
func cell(words, column string) fyne.CanvasObject {
	if words == none {
		if kit.Folded() {
			return kit.Gap(0)
		}
		return kit.NewText(kit.Body, words).In(kit.ColorMuted)
	}
	text := kit.NewText(kit.Body, words).MaxLines(3)
	if kit.Folded() {
		return kit.Column(0, kit.NewText(kit.Caption, column).In(kit.ColorMuted), text)
	}
	return text
}

func (p *CaseloadPage) empty(query string) fyne.CanvasObject {
	switch {
	case query != "":
		return kit.NewEmptyPanel(kit.IconSearch, lang.T("practice-caseload.none-found"), lang.T("practice-caseload.none-found-about"), nil)
	case p.closed:
		return kit.NewEmptyPanel(kit.IconCase, lang.T("practice-caseload.none-closed"), lang.T("practice-caseload.none-closed-about"), nil)
	}
	verb := kit.NewButton(kit.Plain, lang.T("practice-caseload.new"), p.d.NewCase).WithIcon(kit.IconPlus)
	p.shown = []fyne.Focusable{verb}
	return kit.NewEmptyPanel(kit.IconCase, lang.T("practice-caseload.empty"), lang.T("practice-caseload.empty-about"), verb)
}

var reviewKinds = lang.Dynamic("practice-case.review-kind.")

// reviewKind says what is to be looked at again.
func reviewKind(k store.ReviewKind) string {
	return reviewKinds.T(strings.ReplaceAll(string(k), " ", "-"))
}
