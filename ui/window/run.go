package window

import (
	"context"
	"errors"

	"ebb/exercises"
	"ebb/ui/home"
	"ebb/ui/kit"
	"ebb/ui/lang"
	store "ebb/vault/home"
)

// begin runs an exercise, over the whole window.
func (s *shell) begin(e *exercises.Exercise) {
	run, err := s.w.open.home.Menu.Begin(context.Background(), e)
	if err != nil {
		s.desk().Failed(err)
		return
	}
	s.showRun(e, run)
}

// showRun shows a run without the rail. Afterwards the menu is there again; but where
// several people sat down, the window locks: the process that knew their keys ends.
func (s *shell) showRun(e *exercises.Exercise, run store.Run) {
	s.show(placeMenu, func() home.Page {
		return home.NewRun(s.desk(), e, run, func() { s.goTo(placeMenu) })
	})
	s.whole(e.NeedsOpening())
}

// showResting shows the resting page, after everybody has sat down.
func (s *shell) showResting(p home.Page) {
	s.show(placeMenu, func() home.Page { return p })
	s.whole(true)
}

// whole takes the rail away from the page that is shown; locks says that the unlock
// page is what comes after it.
func (s *shell) whole(locks bool) {
	s.body.SetObjects(kit.Spacer())
	s.w.show(screen{s.page.Content(), s.page.First()})
	s.locks = locks
}

// offerRun asks what is to be done with a run that a crash cut off.
func (s *shell) offerRun() {
	menu := s.w.open.home.Menu
	run, err := menu.UnderWay(context.Background())
	if errors.Is(err, store.ErrNotFound) {
		return
	}
	var item store.Item
	if err == nil {
		item, err = menu.Find(context.Background(), run.Exercise)
	}
	if err != nil {
		return // it is no longer there to go on with
	}
	var sheet *kit.Sheet
	end := kit.NewButton(kit.Plain, lang.T("run.put-back"), func() {
		sheet.Close()
		if err := menu.End(context.Background(), run); err != nil {
			s.desk().Failed(err)
		}
	})
	on := kit.NewButton(kit.Plain, lang.T("run.go-on-there"), func() {
		sheet.Close()
		s.showRun(item.Exercise, run)
	})
	sheet = kit.NewSheet(lang.T("run.under-way-title"),
		kit.NewText(kit.Body, lang.F("run.under-way", map[string]any{"Title": item.Title})).In(kit.ColorMuted), on, on, end)
	sheet.Open(s.w.win.Canvas())
}
