package window

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"ebb/ui/home"
	"ebb/ui/kit"
	"ebb/ui/lang"
)

func ctrl(key fyne.KeyName) fyne.Shortcut {
	return &desktop.CustomShortcut{KeyName: key, Modifier: fyne.KeyModifierShortcutDefault}
}

func item(label string, shortcut fyne.Shortcut, action func()) *fyne.MenuItem {
	i := fyne.NewMenuItem(label, action)
	i.Shortcut = shortcut
	return i
}

// refreshMenu puts up the menu that fits, if it is not the one that is up: the
// toolkit lays the whole window out anew for a menu.
func (w *Window) refreshMenu() {
	if !w.menuUp || w.menuOf != w.shell {
		w.putMenu()
	}
}

// putMenu puts up the menu: every shortcut of Ebb is an item of it.
func (w *Window) putMenu() {
	w.menuUp, w.menuOf = true, w.shell
	view := fyne.NewMenu(lang.T("window.menu.view"),
		item(lang.T("window.menu.larger"), ctrl(fyne.KeyEqual), func() { w.stepTextSize(1) }),
		item(lang.T("window.menu.smaller"), ctrl(fyne.KeyMinus), func() { w.stepTextSize(-1) }),
		fyne.NewMenuItemSeparator(),
		item(lang.T("window.menu.light"), nil, func() { w.setColours(kit.ModeLight) }),
		item(lang.T("window.menu.dark"), nil, func() { w.setColours(kit.ModeDark) }),
		item(lang.T("window.menu.as-computer"), nil, func() { w.setColours(kit.ModeSystem) }),
	)
	help := fyne.NewMenu(lang.T("window.menu.help"), item(lang.T("window.rail.help"), ctrl(fyne.Key5), w.showHelp))
	if w.shell == nil {
		quit := item(lang.T("window.menu.quit-plain"), ctrl(fyne.KeyQ), w.quit)
		quit.IsQuit = true
		w.win.SetMainMenu(fyne.NewMainMenu(fyne.NewMenu(lang.T("window.menu.ebb"), quit), view, help))
		return
	}
	s := w.shell
	quit := item(lang.T("window.menu.quit"), ctrl(fyne.KeyQ), w.quit)
	quit.IsQuit = true
	if w.open.practice != nil {
		w.putPracticeMenu(quit, view, help)
		return
	}
	own := []*fyne.MenuItem{
		item(lang.T("window.menu.new-entry"), ctrl(fyne.KeyN), func() { s.goJournal(home.Start{New: true}) }),
		item(lang.T("window.menu.search"), ctrl(fyne.KeyF), func() { s.search() }),
		item(lang.T("window.menu.keep"), ctrl(fyne.KeyS), func() { s.keep() }),
		item(lang.T("window.menu.read"), ctrl(fyne.KeyE), func() { s.turn() }),
		fyne.NewMenuItemSeparator(),
		item(lang.T("window.menu.hide"), ctrl(fyne.KeyH), w.hide),
		item(lang.T("window.menu.lock"), ctrl(fyne.KeyL), w.lock),
		quit,
	}
	var places []*fyne.MenuItem
	for _, p := range []struct {
		label string
		key   fyne.KeyName
		to    place
	}{
		{lang.T("window.rail.today"), fyne.Key1, placeToday},
		{lang.T("window.rail.journal"), fyne.Key2, placeJournal},
		{lang.T("window.rail.lines"), fyne.Key3, placeLines},
		{lang.T("window.rail.people"), fyne.Key4, placePeople},
		{lang.T("window.rail.data"), fyne.Key6, placeData},
		{lang.T("window.rail.menu"), fyne.Key7, placeMenu},
		{lang.T("window.rail.settings"), fyne.KeyComma, placeSettings},
	} {
		if p.to == placeSettings {
			places = append(places, fyne.NewMenuItemSeparator())
		}
		places = append(places, item(p.label, ctrl(p.key), func() { s.goTo(p.to) }))
	}
	w.win.SetMainMenu(fyne.NewMainMenu(
		fyne.NewMenu(lang.T("window.menu.ebb"), own...),
		fyne.NewMenu(lang.T("window.menu.go"), places...),
		view, help))
}

// search, keep and turn reach the journal's own verbs from the menu.
func (s *shell) search() {
	if j, ok := s.page.(*home.JournalPage); ok {
		j.Search()
		return
	}
	s.goJournal(home.Start{Search: true})
}

func (s *shell) keep() {
	if j, ok := s.page.(*home.JournalPage); ok {
		j.Keep()
	}
}

func (s *shell) turn() {
	if j, ok := s.page.(*home.JournalPage); ok {
		j.Turn()
	}
}

// stepTextSize goes one size up or down.
func (w *Window) stepTextSize(by int) {
	now := w.textSize()
	for i, size := range kit.TextSizes {
		if size == now {
			w.setTextSize(kit.TextSizes[min(max(i+by, 0), len(kit.TextSizes)-1)])
			return
		}
	}
	w.setTextSize(kit.TextSizes[0])
}

// showHelp shows the help page: beside the rail, or by itself before unlocking and
// during a run. Then it leads back to what was there: words that could not be written
// yet may be held behind that page, an invitation, or a step.
func (w *Window) showHelp() {
	switch {
	case w.shell != nil && w.stage.shown == w.shell.frame:
		w.shell.goTo(placeHelp)
		return
	case w.hidden, w.help != nil && w.stage.shown == w.help.Content():
		return
	}
	before := screen{w.stage.shown, w.win.Canvas().Focused()}
	w.help = home.NewHelp(func() { w.show(before) }, w.focus)
	w.show(screen{w.help.Content(), w.help.First()})
}

func (w *Window) toast(text string) { w.stage.toasts.Say(text, "", nil, nil) }
