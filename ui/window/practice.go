package window

import (
	"context"
	"time"

	"fyne.io/fyne/v2"

	"ebb/exercises/casework"
	pages "ebb/ui/home"
	"ebb/ui/kit"
	"ebb/ui/lang"
	office "ebb/ui/practice"
	"ebb/vault"
	"ebb/vault/keys"
	"ebb/vault/practice"
)

// vaults are the options with which a vault is made, or opened before it is known
// whether it is a home or a practice.
func (o Options) vaults() vault.Options { return o.Vaults(o.Now) }

// enterRooms opens what a session is for.
func enterRooms(ctx context.Context, s *vault.Session, o Options) (opened, error) {
	if s.Kind() != keys.Practice {
		return meetHome(ctx, s, o)
	}
	p, err := practice.Open(ctx, s, o.Now)
	return opened{session: s, practice: p}, err
}

// idle is the time after which an idle window locks itself.
func (o *opened) idle(ctx context.Context) (time.Duration, error) {
	if o.practice != nil {
		return o.practice.Idle(ctx)
	}
	return o.home.Settings.Idle(ctx)
}

func (o *opened) keepIdle(ctx context.Context, d time.Duration) error {
	if o.practice != nil {
		return o.practice.SetIdle(ctx, d)
	}
	return o.home.Settings.SetIdle(ctx, d)
}

// practiceRail is the head of the rail in a practice.
func practiceRail(row func(kit.Icon, string, place) *kit.NavRow) []*kit.NavRow {
	return []*kit.NavRow{
		row(kit.IconCase, lang.T("practice.rail.caseload"), placeCaseload),
		row(kit.IconAgree, lang.T("practice.rail.forms"), placeForms),
		row(kit.IconKey, lang.T("practice.rail.data"), placeData),
	}
}

// practicePlaces are the pages of a practice, in the order of its rail.
func practicePlaces() []railRow {
	return []railRow{
		{kit.IconCase, lang.T("practice.rail.caseload"), placeCaseload},
		{kit.IconAgree, lang.T("practice.rail.forms"), placeForms},
		{kit.IconHouse, lang.T("practice.rail.own"), placeOwn},
		{kit.IconKey, lang.T("practice.rail.data"), placeData},
	}
}

// practiceDesk is what the pages of a practice may ask of the window.
func (s *shell) practiceDesk() office.Desk {
	if s.cases == nil {
		s.cases = office.NewCases(s.w.open.practice)
	}
	texts, err := casework.English()
	if err != nil { // they are embedded, and tested
		panic(err)
	}
	d := s.desk()
	return office.Desk{
		Practice: s.w.open.practice, Session: d.Session, Cases: s.cases, Texts: texts, Now: d.Now, Canvas: d.Canvas,
		Toast: d.Toast, Undo: d.Undo, Failed: s.failed, Work: d.Work, After: d.After, Copied: d.Copied, Pick: s.w.pickForOffice,
		Passphrase: func() { s.show(placeData, func() pages.Page { return pages.NewPassphrasePage(s.desk()) }) },
		Recovery:   func() { s.show(placeData, func() pages.Page { return pages.NewRecovery(s.desk()) }) },
		Check: func() fyne.CanvasObject {
			return pages.Check(s.desk(), func(ctx context.Context) (vault.CheckReport, error) { return s.w.open.practice.Check(ctx, nil) })
		},
		Go: func(build func() pages.Page) { s.show(s.at, build) },
		HandOver: func(build func() pages.Page) {
			s.show(s.at, build)
			s.whole(true)
		},
		HandBack: func(build func() pages.Page) {
			s.locks = false
			s.show(s.at, build)
		},
		Caseload: func() { s.goTo(placeCaseload) },
	}
}

// practicePage builds the page of a place of the rail.
func (s *shell) practicePage(p place) pages.Page {
	switch d := s.practiceDesk(); p {
	case placeForms:
		return office.NewForms(d)
	case placeOwn:
		return office.NewHouse(d)
	case placeData:
		return office.NewData(d)
	case placeHelp:
		return pages.NewHelp(nil, s.w.focus, practiceKeys()...)
	case placeSettings:
		return pages.NewSettings(s.desk())
	default:
		return office.NewCaseload(d)
	}
}

// tickPractice lets the second unlock run out.
func (s *shell) tickPractice() {
	if s.w.open != nil && s.w.open.practice != nil {
		s.practiceDesk().Tick(s.page)
	}
}

// practiceKeys are the shortcuts of a practice that a home has not.
func practiceKeys() [][2]string {
	return [][2]string{
		{lang.T("practice.menu.new-case"), "Ctrl + N"},
		{lang.T("practice.menu.search"), "Ctrl + F"},
		{lang.T("practice.menu.keep"), "Ctrl + S"},
		{lang.T("practice.rail.caseload"), "Ctrl + 1"},
		{lang.T("practice.rail.forms"), "Ctrl + 2"},
		{lang.T("practice.rail.own"), "Ctrl + 3"},
		{lang.T("practice.rail.data"), "Ctrl + 6"},
	}
}

// putPracticeMenu puts up the menu of a practice: every shortcut is an item of it.
func (w *Window) putPracticeMenu(quit *fyne.MenuItem, view, help *fyne.Menu) {
	s := w.shell
	own := []*fyne.MenuItem{
		item(lang.T("practice.menu.new-case"), ctrl(fyne.KeyN), func() {
			s.goTo(placeCaseload)
			if _, ok := s.page.(*office.CaseloadPage); ok && w.shell == s { // nothing asked to stay
				s.practiceDesk().NewCase()
			}
		}),
		item(lang.T("practice.menu.search"), ctrl(fyne.KeyF), func() {
			s.goTo(placeCaseload)
			if p, ok := s.page.(*office.CaseloadPage); ok {
				p.Search()
			}
		}),
		item(lang.T("practice.menu.keep"), ctrl(fyne.KeyS), func() {
			if p, ok := s.page.(interface{ Keep() }); ok {
				p.Keep()
			}
		}),
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
		{lang.T("practice.rail.caseload"), fyne.Key1, placeCaseload},
		{lang.T("practice.rail.forms"), fyne.Key2, placeForms},
		{lang.T("practice.rail.own"), fyne.Key3, placeOwn},
		{lang.T("practice.rail.data"), fyne.Key6, placeData},
		{lang.T("window.rail.settings"), fyne.KeyComma, placeSettings},
	} {
		places = append(places, item(p.label, ctrl(p.key), func() { s.goTo(p.to) }))
	}
	w.win.SetMainMenu(fyne.NewMainMenu(
		fyne.NewMenu(lang.T("window.menu.ebb"), own...),
		fyne.NewMenu(lang.T("window.menu.go"), places...),
		view, help))
}
