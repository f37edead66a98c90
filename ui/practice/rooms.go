package practice

import (
	"fyne.io/fyne/v2"

	"ebb/ui/kit"
	"ebb/ui/lang"
	"ebb/ui/page"
)

// A caseRoom is a page of its own that a case leads to.
type caseRoom struct {
	label, about string
	icon         kit.Icon
	open         func(*CasePage)
}

// rooms are those of every case, a line each, in the order in which the page shows them.
func rooms() []caseRoom {
	return []caseRoom{
		{lang.T("practice-menu.room"), lang.T("practice-menu.room-about"), kit.IconMenu, (*CasePage).openMenu},
		{lang.T("practice-menu.limits"), lang.T("practice-menu.limits-about"), kit.IconMap, func(p *CasePage) { p.d.limits(p.c) }},
		{lang.T("practice-prep.table-room"), lang.T("practice-prep.table-room-about"), kit.IconPrint, (*CasePage).openTable},
		{lang.T("practice-prep.mine-room"), lang.T("practice-prep.mine-room-about"), kit.IconEyeOff, (*CasePage).openMine},
		{lang.T("practice-progress.room"), lang.T("practice-progress.room-about"), kit.IconWords, (*CasePage).openProgress},
		{lang.T("practice-feedback.room"), lang.T("practice-feedback.room-about"), kit.IconQuote, (*CasePage).openFeedback},
		{lang.T("practice-files.room"), lang.T("practice-files.room-about"), kit.IconFolder, (*CasePage).openFiles},
		{lang.T("practice-checkin.room"), lang.T("practice-checkin.room-about"), kit.IconCheckin, (*CasePage).openCheckIns},
		{lang.T("practice-intake.room"), lang.T("practice-intake.room-about"), kit.IconNote, (*CasePage).openIntake},
		{lang.T("practice-plan.room"), lang.T("practice-plan.room-about"), kit.IconList, (*CasePage).openPlan},
		{lang.T("practice-alone.room"), lang.T("practice-alone.room-about"), kit.IconClock, (*CasePage).openAlone},
		{lang.T("practice-referral.room"), lang.T("practice-referral.room-about"), kit.IconSend, (*CasePage).openReferrals},
		{lang.T("practice-closing.room"), lang.T("practice-closing.room-about"), kit.IconDoor, (*CasePage).openClosing},
		{lang.T("practice-case.rename"), lang.T("practice-case.rename-about"), kit.IconPen, (*CasePage).rename},
	}
}

// rooms shows the ways to them by their names alone, which are known after a week; what
// each is for stands on a sheet.
func (p *CasePage) rooms() fyne.CanvasObject {
	var ways, about []fyne.CanvasObject
	for _, r := range rooms() {
		ways = append(ways, page.Flush(kit.Start(quiet(r.icon, r.label, func() { r.open(p) }).Slim())))
		about = append(about, kit.Column(0, kit.NewText(kit.Strong, r.label), kit.NewText(kit.Body, r.about).In(kit.ColorMuted)))
	}
	explain := kit.NewButton(kit.Quiet, lang.T("practice-case.rooms-about"), func() {
		p.d.tell(lang.T("practice-case.rooms"), lang.T("practice-case.close-sheet"), about...)
	})
	return kit.Column(kit.SpaceXS,
		paneHead(lang.T("practice-case.rooms"), explain),
		kit.NewPaddedCard(kit.SpaceL, kit.Column(0, ways...)))
}
