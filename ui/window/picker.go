package window

import (
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"sort"
	"strings"

	"fyne.io/fyne/v2"

	"ebb/ui/kit"
	"ebb/ui/lang"
)

// A picker lets somebody choose a file or folder: by walking, or by typing its
// path. It is our own because the toolkit's dialog stores the last folder among
// the preferences.
type picker struct {
	title, verb string
	start       string
	accept      func(path string) bool // what can be chosen; folders can always be walked into
	files       bool                   // files are shown, too
	chosen      func(path string)
	back        func()

	w     *Window
	here  string
	found []entry
	list  *kit.PagedList
	path  *kit.Field
}

type entry struct {
	name   string
	folder bool
}

// pickFolder shows a picker in place of what is there.
func (w *Window) pickFolder(p picker) {
	p.w = w
	p.path = kit.NewField(lang.T("picker.path"))
	p.path.OnSubmitted = func(string) { p.take() }
	p.list = kit.NewPagedList(p.title, func() int { return len(p.found) }, p.item)
	open := func(i int) { p.enter(i) }
	p.list.OnSelected, p.list.OnOpened = open, open
	if info, err := os.Stat(p.start); err != nil || !info.IsDir() {
		p.start = filepath.Dir(p.start)
	}
	if _, err := os.Stat(p.start); err != nil {
		if user, err := os.UserHomeDir(); err == nil {
			p.start = user
		}
	}
	content := kit.NewGround(kit.ColorPaper, kit.Inset(kit.PageMargin, 40, kit.PageMargin, 36, kit.Centered(720, kit.Column(kit.SpaceL,
		kit.NewText(kit.Title, p.title),
		p.path,
		kit.Stretch(p.list),
		kit.Flow(kit.SpaceM,
			kit.NewButton(kit.Primary, p.verb, p.take),
			kit.NewButton(kit.Plain, lang.T("picker.up"), func() { p.walk(filepath.Dir(p.here)) }),
			kit.NewButton(kit.Quiet, lang.T("first.back"), p.back)),
	))))
	p.walk(p.start)
	w.show(screen{content, p.list})
}

// walk shows what is in a folder; what cannot be read is empty.
func (p *picker) walk(folder string) {
	p.here = folder
	p.path.SetText(folder)
	p.found = p.found[:0]
	entries, _ := os.ReadDir(folder) // as much as the system tells
	for _, e := range entries {
		folder := e.IsDir()
		if strings.HasPrefix(e.Name(), ".") || (!folder && !p.files) {
			continue
		}
		p.found = append(p.found, entry{e.Name(), folder})
	}
	sort.Slice(p.found, func(i, k int) bool {
		if p.found[i].folder != p.found[k].folder {
			return p.found[i].folder
		}
		return strings.ToLower(p.found[i].name) < strings.ToLower(p.found[k].name)
	})
	p.list.Select(-1)
	p.list.Reload()
}

func (p *picker) item(i int) (kit.ListItem, bool) {
	if i >= len(p.found) {
		return kit.ListItem{}, false
	}
	caption := lang.T("picker.file")
	if p.found[i].folder {
		caption = lang.T("picker.folder")
	}
	return kit.ListItem{Caption: caption, Title: p.found[i].name}, true
}

// enter walks into a folder, or puts what can be chosen into the field.
func (p *picker) enter(i int) {
	path := filepath.Join(p.here, p.found[i].name)
	if p.accept(path) || !p.found[i].folder {
		p.path.SetText(path)
		return
	}
	p.walk(path)
}

// take chooses what stands in the field.
func (p *picker) take() {
	path := strings.TrimSpace(p.path.Text())
	if p.accept(path) {
		p.chosen(path)
		return
	}
	p.walk(path)
}

// pickForPage is the picker that a page asks for; afterwards the page is back as
// it was.
func (w *Window) pickForPage(title string, folders bool, chosen func(string)) {
	w.pickFor(title, folders, hasText, chosen)
}

// pickForOffice is pickForPage for a practice, where no folder is read as one thing.
func (w *Window) pickForOffice(title string, folders bool, chosen func(string)) {
	w.pickFor(title, folders, func(string) bool { return false }, chosen)
}

// pickFor is pickForPage; where files are chosen, whole says which folders can be, too.
func (w *Window) pickFor(title string, folders bool, whole func(folder string) bool, chosen func(string)) {
	shell := w.shell
	back := func() { w.showAgain(shell) }
	user, err := os.UserHomeDir()
	if err != nil {
		user = string(filepath.Separator)
	}
	w.pickFolder(picker{
		title: title, verb: lang.T("picker.choose"), start: user, files: !folders, back: back,
		accept: func(path string) bool {
			info, err := os.Stat(path)
			return path != "" && (folders || err == nil && (!info.IsDir() || whole(path)))
		},
		chosen: func(path string) {
			back()
			chosen(path)
		},
	})
}

// hasText reports whether a folder holds something that can be brought in, so
// that it is chosen and not walked into: text files, or folders for years with
// folders for months and text files in them, as jrnl and Ebb's own export have
// them.
func hasText(folder string) bool {
	return holds(folder, isText) || holds(folder, func(year fs.DirEntry) bool {
		return year.IsDir() && digits(year.Name(), 4) && holds(filepath.Join(folder, year.Name()), func(month fs.DirEntry) bool {
			return month.IsDir() && digits(month.Name(), 2) && holds(filepath.Join(folder, year.Name(), month.Name()), isText)
		})
	})
}

func isText(e fs.DirEntry) bool {
	switch strings.ToLower(filepath.Ext(e.Name())) {
	case ".md", ".txt", ".markdown":
		return true
	}
	return false
}

// holds reports whether something in a folder fits; what cannot be read is empty.
func holds(folder string, fits func(fs.DirEntry) bool) bool {
	entries, _ := os.ReadDir(folder)
	return slices.ContainsFunc(entries, fits)
}

func digits(name string, n int) bool { return len(name) == n && strings.Trim(name, "0123456789") == "" }

// showAgain brings the pages back after something else filled the window.
func (w *Window) showAgain(s *shell) {
	if s == nil || w.shell != s {
		return
	}
	w.show(screen{s.frame, s.page.First()})
}

// A railRow is a page that the rail leads to.
type railRow struct {
	icon  kit.Icon
	label string
	to    place
}

// places are all pages of the rail, in its order.
func (w *Window) places() []railRow {
	all := []railRow{
		{kit.IconToday, lang.T("window.rail.today"), placeToday},
		{kit.IconJournal, lang.T("window.rail.journal"), placeJournal},
		{kit.IconMenu, lang.T("window.rail.menu"), placeMenu},
		{kit.IconQuote, lang.T("window.rail.lines"), placeLines},
		{kit.IconPerson, lang.T("window.rail.people"), placePeople},
		{kit.IconKey, lang.T("window.rail.data"), placeData},
	}
	if w.open.practice != nil {
		all = practicePlaces()
	}
	return append(all,
		railRow{kit.IconHelp, lang.T("window.rail.help"), placeHelp},
		railRow{kit.IconSettings, lang.T("window.rail.settings"), placeSettings})
}

// showPlaces lists all pages, where a folded rail has no room for them.
func (w *Window) showPlaces() {
	s := w.shell
	var sheet *kit.Sheet
	var rows []fyne.CanvasObject
	for _, p := range w.places() {
		rows = append(rows, kit.Start(kit.NewButton(kit.Quiet, p.label, func() {
			sheet.Close()
			s.goTo(p.to)
		}).WithIcon(p.icon)))
	}
	stay := kit.NewButton(kit.Plain, lang.T("first.back"), func() { sheet.Close() })
	sheet = kit.NewSheet(lang.T("window.rail.all"), kit.Column(kit.SpaceS, rows...), stay, stay)
	sheet.Open(w.win.Canvas())
}
