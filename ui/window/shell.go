package window

import (
	"context"
	"errors"
	"sync"
	"time"

	"fyne.io/fyne/v2"

	"ebb/ui/home"
	"ebb/ui/kit"
	"ebb/ui/lang"
	office "ebb/ui/practice"
	"ebb/ui/sentence"
	"ebb/vault/practice"
)

// place names a page of the rail.
type place uint8

const (
	placeToday place = iota
	placeJournal
	placeMenu
	placeLines
	placePeople
	placeData
	placeHelp
	placeSettings
	placeCaseload // of a practice, as the next
	placeForms
	placeOwn
)

// shell is the rail and the page beside it.
type shell struct {
	w     *Window
	at    place
	rail  *kit.Rail
	rows  map[place]*kit.NavRow
	page  home.Page
	body  *kit.Container
	frame fyne.CanvasObject // the rail and the body beside it
	locks bool              // several people sat down: what comes after the page is the unlock page
	cases *office.Cases     // the case that is open, in a practice
	left  bool              // a run was left under way: it is offered when the menu comes next

	building, gone bool // a page is being built, and its case turned out to be no longer here

	running sync.WaitGroup  // what pages do beside the window
	context context.Context // of that; ended by closing
	end     context.CancelFunc
}

func (w *Window) showShell() {
	s := &shell{w: w, body: kit.Layers(), rows: map[place]*kit.NavRow{}}
	s.context, s.end = context.WithCancel(context.Background())
	row := func(icon kit.Icon, label string, to place) *kit.NavRow {
		r := kit.NewNavRow(icon, label, func() { s.goTo(to) })
		s.rows[to] = r
		return r
	}
	begin, head := placeToday, []*kit.NavRow{
		row(kit.IconToday, lang.T("window.rail.today"), placeToday),
		row(kit.IconJournal, lang.T("window.rail.journal"), placeJournal),
		row(kit.IconMenu, lang.T("window.rail.menu"), placeMenu),
		row(kit.IconQuote, lang.T("window.rail.lines"), placeLines),
		row(kit.IconPerson, lang.T("window.rail.people"), placePeople),
		row(kit.IconKey, lang.T("window.rail.data"), placeData),
	}
	if w.open.practice != nil {
		begin, head = placeCaseload, practiceRail(row)
		s.rows[placeOwn] = s.rows[placeForms] // which leads there
	}
	s.rail = kit.NewRail(lang.T("window.name"), head,
		[]*kit.NavRow{
			row(kit.IconHelp, lang.T("window.rail.help"), placeHelp),
			row(kit.IconSettings, lang.T("window.rail.settings"), placeSettings),
			kit.NewNavRow(kit.IconLock, lang.T("window.rail.lock"), w.lock),
		},
		kit.NewNavRow(kit.IconList, lang.T("window.rail.all"), w.showPlaces))
	w.shell = s
	s.frame = kit.WithRail(s.rail, s.body)
	w.show(screen{content: s.frame})
	s.goTo(begin)
}

// desk is what the pages may ask of the window.
func (s *shell) desk() home.Desk {
	o := s.w.open
	return home.Desk{
		Home: o.home, Session: o.session, Now: s.w.o.Now, Canvas: s.w.win.Canvas(), Version: s.w.o.Version,
		Toast:   s.w.toast,
		Undo:    s.w.stage.toasts.Say,
		Failed:  func(err error) { s.w.toast(sentence.Of(err)) },
		Work:    s.work,
		After:   func(d time.Duration, f func()) func() { return s.w.beside.after(d, f) },
		Copied:  s.w.noteCopied,
		Write:   s.goJournal,
		Journal: func() { s.goTo(placeJournal) },
		Lines:   func() { s.goTo(placeLines) },
		Data:    func() { s.goTo(placeData) },
		Menu:    func() { s.goTo(placeMenu) },
		Today:   func() { s.goTo(placeToday) },
		Help:    func() { s.goTo(placeHelp) },
		Begin:   s.begin,
		Whole:   s.showResting,
		Show:    func(p home.Page) { s.show(s.at, func() home.Page { return p }) },
		Lock:    s.w.lock,
		Looks: home.Looks{
			Colours: s.w.colours, SetColours: s.w.setColours,
			TextSize: s.w.textSize, SetTextSize: s.w.setTextSize,
		},
		SetIdle: s.w.watchIdle, Idle: o.idle, KeepIdle: o.keepIdle,
		Pick:   s.w.pickForPage,
		BackUp: s.backUp, ChangeKeys: s.changeKeys, Depart: s.depart,
	}
}

// work runs work beside the window until the vault is closed, and then done, unless
// that has happened: nothing of a page may show over what came after it.
func (s *shell) work(work func(context.Context) error, done func(error)) {
	if s.w.shell != s {
		return // closed; locking does what is left to do
	}
	s.running.Add(1)
	s.w.beside.work(func(context.Context) error {
		defer s.running.Done()
		return work(s.context)
	}, func(err error) {
		if s.w.shell == s {
			done(err)
		}
	})
}

// stop ends what pages do beside the window, and waits until it has ended: the
// process may be replaced after it.
func (s *shell) stop() {
	s.end()
	s.running.Wait()
}

// goTo seals the page that is left and shows another.
func (s *shell) goTo(p place) {
	s.w.touch()
	s.show(p, func() home.Page {
		if s.w.open.practice != nil {
			return s.practicePage(p)
		}
		switch d := s.desk(); p {
		case placeJournal:
			return home.NewJournal(d, home.Start{})
		case placeMenu:
			return home.NewMenu(d)
		case placeLines:
			return home.NewLines(d)
		case placePeople:
			return home.NewPeople(d)
		case placeData:
			return home.NewData(d)
		case placeHelp:
			return home.NewHelp(nil, s.w.focus)
		case placeSettings:
			return home.NewSettings(d)
		default:
			return home.NewToday(d)
		}
	})
	if _, ok := s.page.(*home.MenuPage); ok && s.w.shell == s && s.left {
		s.left = false
		s.offerRun()
	}
}

func (s *shell) goJournal(start home.Start) {
	s.show(placeJournal, func() home.Page { return home.NewJournal(s.desk(), start) })
}

// show leaves the page that is there, and then builds the next one: it must find
// what was still to be written. A sheet over the page goes with it, and whatever filled
// the window without the rail.
func (s *shell) show(p place, build func() home.Page) {
	if s.locks {
		s.w.lock()
		return
	}
	if err := s.leave(false)(context.Background()); errors.Is(err, home.ErrStay) {
		return // the page has said why
	} else if err != nil {
		s.w.toast(sentence.Of(err))
		return
	}
	if _, ok := s.page.(*home.RunPage); ok {
		s.left = true
	}
	s.w.stage.closeSheets()
	if s.w.stage.shown != s.frame {
		s.w.show(screen{content: s.frame})
	}
	s.building = true
	page := build()
	s.building = false
	s.at, s.page = p, page
	s.rail.Select(s.rows[p])
	s.body.SetObjects(page.Content())
	s.w.focus(page.First())
	if s.gone {
		s.gone = false
		s.leaveGone()
	}
}

// rearrange builds the page anew where its parts depend on the size of text.
func (s *shell) rearrange() {
	if j, ok := s.page.(*home.JournalPage); ok {
		j.Rearrange()
	}
}

// leave ends the page that is shown; what it returns writes what is still to be
// written there, and may run on any goroutine.
func (s *shell) leave(locking bool) func(context.Context) error {
	if s.page == nil {
		return func(context.Context) error { return nil }
	}
	write := s.page.Leave(locking)
	return func(ctx context.Context) error {
		if err := write(ctx); !errors.Is(err, practice.ErrCaseGone) {
			return err
		}
		return nil // what was written went with its case
	}
}
