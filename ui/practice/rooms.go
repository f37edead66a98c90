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
		{lang.T("practice-individual.room"), lang.T("practice-individual.room-about"), kit.IconClock, (*CasePage).openIndividualTime},
		{lang.T("practice-prep.table-room"), lang.T("practice-prep.table-room-about"), kit.IconTalk, (*CasePage).openTable},
		{lang.T("practice-prep.mine-room"), lang.T("practice-prep.mine-room-about"), kit.IconEyeOff, (*CasePage).openMine},
		{lang.T("practice-progress.room"), lang.T("practice-progress.room-about"), kit.IconWords, (*CasePage).openProgress},
		{lang.T("practice-feedback.room"), lang.T("practice-feedback.room-about"), kit.IconQuote, (*CasePage).openFeedback},
		{lang.T("practice-files.room"), lang.T("practice-files.room-about"), kit.IconFolder, (*CasePage).openFiles},
		{lang.T("practice-checkin.room"), lang.T("practice-checkin.room-about"), kit.IconCheckin, (*CasePage).openCheckIns},
		{lang.T("practice-intake.room"), lang.T("practice-intake.room-about"), kit.IconNote, (*CasePage).openIntake},
		{lang.T("practice-plan.room"), lang.T("practice-plan.room-about"), kit.IconList, (*CasePage).openPlan},
		{lang.T("practice-alone.room"), lang.T("practice-alone.room-about"), kit.IconPerson, (*CasePage).openAlone},
		{lang.T("practice-referral.room"), lang.T("practice-referral.room-about"), kit.IconPerson, (*CasePage).openReferrals},
		{lang.T("practice-closing.room"), lang.T("practice-closing.room-about"), kit.IconDoor, (*CasePage).openClosing},
		{lang.T("practice-case.rename"), lang.T("practice-case.rename-about"), kit.IconPen, (*CasePage).rename},
	}
}

// rooms shows the ways to them.
func (p *CasePage) rooms() fyne.CanvasObject {
	var ways []fyne.CanvasObject
	for _, r := range rooms() {
		ways = append(ways, kit.Column(0,
			page.Flush(kit.Start(quiet(r.icon, r.label, func() { r.open(p) }))),
			kit.NewText(kit.Small, r.about).In(kit.ColorMuted)))
	}
	return page.Group(lang.T("practice-case.rooms"), kit.Grid(3, kit.SpaceL, ways...))
}
