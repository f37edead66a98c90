package practice

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"

	"ebb/ui/kit"
	"ebb/ui/lang"
	"ebb/ui/page"
	"ebb/ui/sentence"
	store "ebb/vault/practice"
)

// FilesPage lists the PDFs that are attached to a case. Ebb keeps them and does not show
// what is in them.
type FilesPage struct {
	page.Still
	d       Desk
	c       *store.Case
	content *kit.Container
	first   fyne.Focusable
}

func (p *CasePage) openFiles() { p.d.Go(func() Page { return newFiles(p.d, p.c) }) }

func newFiles(d Desk, c *store.Case) *FilesPage {
	p := &FilesPage{d: d, c: c, content: kit.Stretch(kit.Spacer())}
	p.fill()
	return p
}

// Content implements [Page].
func (p *FilesPage) Content() fyne.CanvasObject { return p.content }

// First implements [Page].
func (p *FilesPage) First() fyne.Focusable { return p.first }

func (p *FilesPage) tried(err error) {
	if err != nil {
		p.d.Failed(err)
	}
}

func (p *FilesPage) fill() {
	ctx := context.Background()
	stand, err := p.c.Standing(ctx)
	p.tried(err)
	members, err := p.c.People.All(ctx)
	p.tried(err)
	all, err := p.c.Files.All(ctx)
	p.tried(err)
	closed := stand.ClosedOn != ""
	var rows []fyne.CanvasObject
	for _, f := range all {
		rows = append(rows, p.row(f, members, closed))
	}
	head := []fyne.CanvasObject{kit.Stretch(kit.NewText(kit.Title, lang.T("practice-files.room")))}
	p.first = nil
	if !closed {
		attach := kit.NewButton(kit.Primary, lang.T("practice-files.attach"), func() {
			p.d.Pick(lang.T("practice-files.attach-title"), false, func(path string) { p.ask(path, members) })
		}).WithIcon(kit.IconPlus)
		head, p.first = append(head, attach), attach
	}
	var body fyne.CanvasObject = kit.NewEmptyPanel(kit.IconFolder, lang.T("practice-files.none"), lang.T("practice-files.none-about"), nil)
	if len(rows) > 0 {
		body = page.Group(lang.T("practice-files.there"), rows...)
	}
	p.content.SetObjects(kit.NewFrame(kit.Column(kit.SpaceXL,
		kit.Column(kit.SpaceS, backLine(p.d.toCase(p.c)), kit.TopRow(kit.SpaceXL, head...),
			kit.MaxWidth(kit.IntroMeasure, kit.NewText(kit.Body, lang.T("practice-files.intro")).In(kit.ColorMuted))),
		body)))
}

func (p *FilesPage) row(f store.File, members []store.Member, closed bool) fyne.CanvasObject {
	whose := lang.T("practice-files.everybody")
	if f.Member != (store.ID{}) {
		whose = nameOf(members, f.Member)
	}
	about := joined(joined(whose, p.d.dayWords(f.Day)), sizeWords(f.Size))
	verbs := []fyne.CanvasObject{kit.NewButton(kit.Plain, lang.T("practice-files.save"), func() { p.save(f) })}
	if !closed {
		verbs = append(verbs, kit.NewButton(kit.Quiet, lang.T("practice-files.remove"), func() { p.remove(f) }))
	}
	return kit.Row(kit.SpaceL,
		kit.Stretch(kit.Column(0, kit.NewText(kit.Strong, f.Title).MaxLines(3), kit.NewText(kit.Small, about).In(kit.ColorMuted))),
		kit.Flow(kit.SpaceS, verbs...))
}

// sizeWords is how much a file holds, rounded up.
func sizeWords(bytes int64) string {
	const kib, mib = 1 << 10, 1 << 20
	if bytes < mib {
		return lang.F("practice-files.kib", map[string]any{"Size": (bytes + kib - 1) / kib})
	}
	return lang.F("practice-files.mib", map[string]any{"Size": (bytes + mib - 1) / mib})
}

// ask asks what a file is called here and whom it is about, and keeps a copy of it. The
// sheet stays until there is one, or until it is put away.
func (p *FilesPage) ask(path string, members []store.Member) {
	title, says := kit.NewField(lang.T("practice-files.title")), kit.NewAnswer()
	title.SetText(strings.TrimSuffix(filepath.Base(path), filepath.Ext(path)))
	people, ids := []string{lang.T("practice-files.everybody")}, []store.ID{{}}
	for _, m := range members {
		if m.LeftOn == "" {
			people, ids = append(people, m.Name), append(ids, m.ID)
		}
	}
	whose := kit.NewSegmented(lang.T("practice-files.whose"), people, 0, nil)
	var sheet *kit.Sheet
	no := kit.NewButton(kit.Plain, lang.T("practice-case.not-now"), func() { sheet.Close() })
	yes := kit.NewButton(kit.Plain, lang.T("practice-files.keep"), nil)
	yes.OnTapped = func() {
		if yes.Disabled() {
			return
		}
		yes.Disable()
		says.Say(kit.ColorMuted, lang.T("practice-files.copying"))
		name, of := title.Text(), ids[whose.Chosen()]
		p.d.Work(func(ctx context.Context) error { return attach(ctx, p.c, path, name, of) }, func(err error) {
			yes.Enable()
			switch {
			case err == nil:
				sheet.Close()
				p.d.Toast(lang.T("practice-files.kept"))
				p.fill()
			case sheet.Showing():
				says.Say(kit.ColorWarn, sentence.Of(err))
				title.Focus()
			default:
				p.d.Failed(err)
			}
		})
	}
	title.OnSubmitted = func(string) { yes.OnTapped() }
	sheet = kit.NewSheet(lang.T("practice-files.attach-title"), kit.Column(kit.SpaceL,
		kit.NewText(kit.Body, lang.T("practice-files.attach-about")).In(kit.ColorMuted),
		title, labelled(lang.T("practice-files.whose"), kit.Start(whose)), says), title.Focusable(), yes, no)
	sheet.Open(p.d.Canvas)
}

// attach keeps a copy of a file in the record. What is no ordinary file is not waited
// for.
func attach(ctx context.Context, c *store.Case, path, title string, of store.ID) (err error) {
	info, err := os.Stat(path)
	if err != nil {
		return err
	}
	if !info.Mode().IsRegular() {
		return store.ErrNotPDF
	}
	if info.Size() > store.MaxFile {
		return store.ErrFileTooLarge
	}
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	_, err = c.Files.Attach(ctx, title, of, io.Reader(f))
	return err
}

// save writes a copy of a file to a folder, under a name that says nothing.
func (p *FilesPage) save(f store.File) {
	p.d.Pick(lang.T("practice-files.save-folder"), true, func(folder string) {
		var name string
		p.d.Work(func(ctx context.Context) (err error) {
			name, err = page.SaveNew(folder, "file", ".pdf", func(to *os.File) error { return p.c.Files.Read(ctx, f.ID, to) })
			return err
		}, func(err error) {
			if err != nil {
				p.d.Failed(err)
				return
			}
			p.d.Toast(lang.F("practice-files.saved", map[string]any{"Name": name}))
		})
	})
}

// remove takes a file off the list; for a moment it can be brought back.
func (p *FilesPage) remove(f store.File) {
	if err := p.c.Files.Discard(context.Background(), f.ID); err != nil {
		p.d.Failed(err)
		return
	}
	p.fill()
	p.d.Undo(lang.T("practice-files.removed"), lang.T("practice-files.undo"), func() {
		p.tried(p.c.Files.Restore(context.Background(), f.ID))
		p.fill()
	}, func() { p.tried(p.c.Files.Drop(context.Background(), f.ID)) })
}
