package window

import (
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"

	"ebb/ui/kit"
	"ebb/ui/lang"
	"ebb/vault"
	"ebb/vault/keys"
)

// startWidth is the widest that the first pages become; beyond it they are
// centred.
const startWidth = 1100

// entrance is the frame of the pages before unlocking: content above the tide,
// with the way to the help page at the foot.
func (w *Window) entrance(content fyne.CanvasObject, back func()) fyne.CanvasObject {
	links := []fyne.CanvasObject{
		kit.NewButton(kit.Quiet, lang.T("first.help"), func() { w.showHelp() }).WithIcon(kit.IconHelp),
		kit.NewButton(kit.Quiet, lang.T("first.text-size"), w.nextTextSize),
	}
	if back != nil {
		links = append([]fyne.CanvasObject{kit.NewButton(kit.Quiet, lang.T("first.back"), back).WithIcon(kit.IconBack)}, links...)
	}
	var notices []fyne.CanvasObject
	if w.o.NetworkNotDenied {
		notices = append(notices, kit.NewText(kit.Small, lang.T("window.network-notice")).In(kit.ColorWarn))
	}
	if w.o.NotHardened {
		notices = append(notices, kit.NewText(kit.Small, lang.T("window.dump-notice")).In(kit.ColorWarn))
	}
	if len(notices) > 0 {
		content = kit.Column(kit.SpaceL, kit.Stretch(content), kit.Centered(startWidth, kit.Column(kit.SpaceXS, notices...)))
	}
	return kit.WithTide(kit.TideHeight, kit.Inset(kit.PageMargin, 56, kit.PageMargin, 24, kit.Column(kit.SpaceXL,
		kit.Stretch(content), kit.Centered(startWidth, kit.Inset(-kit.QuietSide, 0, 0, 0, kit.Flow(kit.SpaceM, links...))))))
}

// showFirst is the page of somebody who has no vault on this computer.
func (w *Window) showFirst() {
	keeps := kit.Column(kit.SpaceM,
		kit.Start(kit.NewIcon(kit.IconMark, 44, kit.ColorAccent)),
		kit.NewText(kit.Display, lang.T("first.title")),
		kit.NewText(kit.Lead, lang.T("first.keeps")).In(kit.ColorMuted),
		kit.NewText(kit.Lead, lang.T("first.own")).In(kit.ColorMuted),
		kit.NewText(kit.Lead, lang.T("first.lost")).In(kit.ColorMuted),
		kit.NewText(kit.Lead, lang.T("first.cannot")).In(kit.ColorMuted),
	)
	create := kit.NewChoiceCard(kit.IconPlus, lang.T("first.create"), lang.T("first.create-about"), func() { w.showCreate(keys.Home) })
	ways := kit.Column(kit.SpaceL, create,
		kit.NewChoiceCard(kit.IconKey, lang.T("first.join"), lang.T("first.join-about"), func() { w.pickVault(true) }),
		kit.NewChoiceCard(kit.IconFolder, lang.T("first.open"), lang.T("first.open-about"), func() { w.pickVault(false) }),
		kit.NewChoiceCard(kit.IconDoor, lang.T("backups.restore.title"), lang.T("backups.restore.about"), w.pickBackup),
		kit.Inset(-kit.QuietSide, 0, 0, 0, kit.Start(kit.NewButton(kit.Quiet, lang.T("first.practice"), func() { w.showCreate(keys.Practice) }).WithIcon(kit.IconCase))),
	)
	var first fyne.Focusable = create
	if kit.Folded() {
		first = nil // the keyboard would scroll the page away from its beginning
	}
	w.show(screen{w.entrance(kit.Middle(startWidth, kit.Grid(2, 80, keeps, kit.Middle(460, ways))), nil), first})
}

// showChoice offers the vaults of the default folder, when there are several.
func (w *Window) showChoice(found []string) {
	rows := []fyne.CanvasObject{
		kit.NewText(kit.Title, lang.T("first.choose")),
		kit.NewText(kit.Body, lang.T("first.choose-about")).In(kit.ColorMuted),
	}
	var first *kit.ChoiceCard
	for _, path := range found {
		name := strings.TrimSuffix(filepath.Base(path), vault.Suffix)
		card := kit.NewChoiceCard(kit.IconFolder, name, filepath.Dir(path), func() { w.showUnlock(path, false) })
		if first == nil {
			first = card
		}
		rows = append(rows, card)
	}
	rows = append(rows, kit.Start(kit.NewButton(kit.Quiet, lang.T("first.elsewhere"), w.showFirst)))
	w.show(screen{w.entrance(kit.Middle(560, kit.Column(kit.SpaceL, rows...)), nil), first})
}

// pickVault lets the person choose a vault's folder and goes to its unlock page.
func (w *Window) pickVault(joining bool) {
	w.pickFolder(picker{
		title: lang.T("first.open"), verb: lang.T("unlock.open"), start: w.o.Folder,
		accept: func(path string) bool { return filepath.Ext(path) == vault.Suffix },
		chosen: func(path string) { w.showUnlock(path, joining) },
		back:   w.start,
	})
}

// nextTextSize goes to the next size of text, and from the largest back to the
// first: one button that needs no explanation before anything is unlocked.
func (w *Window) nextTextSize() {
	now := w.textSize()
	next := kit.TextSizes[0]
	for _, size := range kit.TextSizes {
		if size > now {
			next = size
			break
		}
	}
	w.setTextSize(next)
}
