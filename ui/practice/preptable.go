package practice

import (
	"context"
	"io"
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"ebb/exercises/casework"
	"ebb/ui/kit"
	"ebb/ui/lang"
	"ebb/ui/print"
	store "ebb/vault/practice"
)

// PrepTablePage is the preparation that may lie open in the room. Screen and paper show
// the same parts, made in one place of nothing but [store.Table].
type PrepTablePage struct {
	d       Desk
	c       *store.Case
	closed  bool
	own     *ownLine // nil in a closed case
	save    *kit.Button
	content *kit.Container
}

func newPrepTable(d Desk, c *store.Case) *PrepTablePage {
	p := &PrepTablePage{d: d, c: c, content: kit.Stretch(kit.Spacer())}
	stand, err := c.Standing(context.Background())
	if err != nil {
		d.Failed(err)
	}
	if p.closed = stand.ClosedOn != ""; !p.closed {
		p.own = newOwnLine(lang.T("practice-prep.open-line"), p.add, p.added)
	}
	p.save = kit.NewButton(kit.Plain, lang.T("print.save"), p.print).WithIcon(kit.IconPrint)
	p.fill()
	return p
}

// Content implements [Page].
func (p *PrepTablePage) Content() fyne.CanvasObject { return p.content }

// First implements [Page].
func (p *PrepTablePage) First() fyne.Focusable {
	if kit.Folded() {
		return nil // the keyboard would scroll the page away from its beginning
	}
	return p.save
}

// Leave implements [Page].
func (p *PrepTablePage) Leave(locking bool) func(context.Context) error { return p.own.leave(locking) }

// Keep is what the menu calls to keep the line that is being written.
func (p *PrepTablePage) Keep() { p.own.keepAny() }

func (p *PrepTablePage) add(ctx context.Context, text string) error {
	_, err := p.c.Prep.Add(ctx, store.OnTable, text)
	return err
}

func (p *PrepTablePage) added() {
	p.fill()
	p.own.field.Focus()
}

func (p *PrepTablePage) fill() {
	table, members := p.read()
	var parts []fyne.CanvasObject
	for _, part := range p.d.tableParts(table, members) {
		parts = append(parts, group(part.Heading, part.None, partRows(part)))
	}
	var rows []fyne.CanvasObject
	for _, l := range table.Lines {
		if p.closed {
			rows = append(rows, kit.NewText(kit.Body, l.Text))
			continue
		}
		rows = append(rows, p.d.lineRow(p.c, l, p.add, p.fill))
	}
	if len(rows) == 0 {
		rows = append(rows, kit.NewText(kit.Small, lang.T("practice-prep.open-none")).In(kit.ColorMuted))
	}
	if p.own != nil {
		rows = append(rows, p.own.content())
	}
	parts = slices.Insert(parts, openAt, group(lang.T("practice-prep.open"), "", rows))
	p.content.SetObjects(kit.NewFrame(kit.Column(kit.SpaceXL,
		kit.Column(kit.SpaceS, p.d.prepHead(p.c, lang.T("practice-prep.table-title"), lang.T("practice-prep.table-intro"), p.save), p.d.prompts(casework.PrepTable)),
		kit.MaxWidth(kit.Measure+80, kit.Column(kit.SpaceXL, parts...)))))
}

func (p *PrepTablePage) read() (store.Table, []store.Member) {
	ctx := context.Background()
	table, err := p.c.Prep.Table(ctx)
	if err != nil {
		p.d.Failed(err)
	}
	members, err := p.c.People.All(ctx)
	if err != nil {
		p.d.Failed(err)
	}
	return table, members
}

// partRows are the lines of a part on the screen.
func partRows(part print.Part) (rows []fyne.CanvasObject) {
	for _, l := range part.Lines {
		var row []fyne.CanvasObject
		for _, words := range []struct {
			role kit.Role
			text string
		}{{kit.Strong, l.Head}, {kit.Body, l.Text}, {kit.Small, l.Small}} {
			if words.text != "" {
				row = append(row, kit.NewText(words.role, words.text))
			}
		}
		rows = append(rows, kit.Column(0, row...))
	}
	return rows
}

// openAt is where the lines of one's own stand among the parts, on the screen and on
// paper.
const openAt = 1

// tableParts are the parts of the page but for the lines of one's own.
func (d Desk) tableParts(t store.Table, members []store.Member) []print.Part {
	released := print.Part{Heading: lang.T("practice-prep.released"), None: lang.T("practice-prep.released-none")}
	// By person, in the order in which they came. Their own words and no band: a word from
	// a list beside another's would be a comparison.
	for _, m := range members {
		for _, o := range t.Released {
			if o.Member == m.ID {
				released.Lines = append(released.Lines, print.Line{Head: m.Name, Text: o.Words, Small: domainWord(o.Domain)})
			}
		}
	}
	items := func(heading, empty string, all []store.Item) print.Part {
		part := print.Part{Heading: heading, None: empty}
		for _, item := range all {
			line := print.Line{Head: item.Title, Text: item.Purpose}
			if item.Note != "" {
				line.Small = lang.F("practice-prep.for-you", map[string]any{"Note": item.Note})
			}
			part.Lines = append(part.Lines, line)
		}
		return part
	}
	reviews := print.Part{Heading: lang.T("practice-prep.reviews"), None: lang.T("practice-prep.reviews-none")}
	for _, r := range t.Reviews {
		reviews.Lines = append(reviews.Lines, print.Line{Text: reviewKind(r.Kind)})
	}
	return []print.Part{
		released,
		items(lang.T("practice-prep.offered"), lang.T("practice-prep.offered-none"), t.Offered),
		items(lang.T("practice-prep.resting"), lang.T("practice-prep.resting-none"), t.Resting),
		reviews,
	}
}

// onPaper is the page as it is printed.
func (d Desk) onPaper(t store.Table, members []store.Member) print.Preparation {
	open := print.Part{Heading: lang.T("practice-prep.open"), None: lang.T("practice-prep.open-none")}
	for _, l := range t.Lines {
		open.Lines = append(open.Lines, print.Line{Text: strings.TrimSpace(l.Text)})
	}
	return print.Preparation{
		Title: lang.T("practice-prep.table-title"), About: lang.T("practice-prep.table-paper-about"),
		Parts: slices.Insert(d.tableParts(t, members), openAt, open),
	}
}

// print saves what lies on the table, as it is now.
func (p *PrepTablePage) print() {
	if !p.own.flush() {
		return
	}
	p.fill()
	table, members := p.read()
	paper := p.d.onPaper(table, members)
	p.d.printer().SavePDF(func(w io.Writer, o print.Options) error { return print.Table(w, paper, o) })
}
