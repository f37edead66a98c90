package window

import (
	"cmp"
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"

	"fyne.io/fyne/v2"

	pages "ebb/ui/home"
	"ebb/ui/kit"
	"ebb/ui/lang"
	"ebb/ui/sentence"
	"ebb/vault"
	"ebb/vault/backup"
	"ebb/vault/drawer"
	"ebb/vault/home"
	"ebb/vault/keys"
)

// damagedIn are the drawers of a session about which a person has something to decide
// before they go on: their own if it does not open, and one that is shared if it can
// be opened at its last checkpoint. The person's own come first.
func damagedIn(ctx context.Context, s *vault.Session) ([]vault.Damaged, error) {
	all, err := s.Damaged(ctx)
	all = slices.DeleteFunc(all, func(d vault.Damaged) bool { return d.Role != keys.Private && d.Salvage == nil })
	slices.SortStableFunc(all, func(a, b vault.Damaged) int { return cmp.Compare(rank(a), rank(b)) })
	return all, err
}

func rank(d vault.Damaged) int {
	if d.Role == keys.Private {
		return 0
	}
	return 1
}

// showDamage tells that a drawer does not open, and what can be done. The vault is
// unlocked meanwhile, and nothing of it is on the screen.
func (w *Window) showDamage(o opened) { w.showDamageSaying(o, kit.ColorMuted, "") }

func (w *Window) showDamageSaying(o opened, color fyne.ThemeColorName, words string) {
	w.open, w.vault = &o, o.session.Dir()
	if w.idle == nil {
		w.watchIdle(home.DefaultIdle)
	}
	d := &damageCard{w: w, o: o, met: o.damaged[0], says: kit.NewAnswer()}
	d.says.Say(color, words)
	card := d.build()
	if kit.Folded() {
		d.first = nil // the keyboard would scroll the page away from its beginning
	}
	w.show(screen{w.entrance(kit.Middle(formWidth+60, card), nil), d.first})
}

// damageCard is about one drawer that does not open.
type damageCard struct {
	w     *Window
	o     opened
	met   vault.Damaged
	says  *kit.Text
	verbs []*kit.Button
	first fyne.Focusable // the answer that changes nothing
}

func (d *damageCard) build() fyne.CanvasObject {
	title, about := lang.T("damage.title-own"), lang.T("damage.own")
	if d.met.Role != keys.Private {
		title, about = lang.T("damage.title-shared"), lang.T("damage.shared")
	}
	rows := []fyne.CanvasObject{kit.NewText(kit.Title, title), kit.NewText(kit.Body, about)}
	if d.met.Salvage == nil {
		rows = append(rows, kit.NewText(kit.Body, lang.T("damage.no-way")))
	} else {
		rows = append(rows, kit.NewText(kit.Body, sentence.Salvage(*d.met.Salvage)), kit.NewText(kit.Body, d.givenUp()).In(kit.ColorWarn))
		d.add(kit.Primary, lang.T("damage.open"), d.ask)
	}
	rows = append(rows, kit.NewText(kit.Body, lang.T("damage.copy-first")).In(kit.ColorMuted), d.says)
	d.add(kit.Plain, lang.T("damage.copy"), d.copyFirst)
	if d.o.home != nil {
		d.first = d.add(kit.Plain, lang.T("damage.without"), d.without)
	} else {
		d.first = d.add(kit.Quiet, lang.T("damage.not-now"), d.w.lock)
	}
	verbs := make([]fyne.CanvasObject, len(d.verbs))
	for i, v := range d.verbs {
		verbs[i] = v
	}
	return kit.NewPaddedCard(28, kit.Column(kit.SpaceL, append(rows, kit.Flow(kit.SpaceM, verbs...))...))
}

func (d *damageCard) add(kind kit.ButtonKind, label string, tapped func()) *kit.Button {
	b := kit.NewButton(kind, label, tapped)
	d.verbs = append(d.verbs, b)
	return b
}

func (d *damageCard) givenUp() string {
	return sentence.GivenUp(*d.met.Salvage, d.met.Role != keys.Private)
}

// busy holds the answers back while something is under way.
func (d *damageCard) busy(words string) {
	for _, v := range d.verbs {
		v.Disable()
	}
	d.says.Say(kit.ColorMuted, words)
}

// without goes on with what is whole.
func (d *damageCard) without() {
	d.o.damaged = nil
	d.w.enter(d.o)
}

// ask asks once more, and says again what is given up.
func (d *damageCard) ask() {
	var sheet *kit.Sheet
	no := kit.NewButton(kit.Plain, lang.T("damage.ask-no"), func() { sheet.Close() })
	yes := kit.NewButton(kit.Danger, lang.T("damage.ask-verb"), func() {
		sheet.Close()
		d.open()
	})
	sheet = kit.NewSheet(lang.T("damage.ask-title"), kit.NewText(kit.Body, sentence.Salvage(*d.met.Salvage)+" "+d.givenUp()).In(kit.ColorMuted), no, yes, no)
	sheet.Open(d.w.Canvas())
}

// open opens the drawer at its checkpoint, and the home behind it.
func (d *damageCard) open() {
	d.busy(lang.T("damage.opening"))
	var found drawer.Salvage
	next := opened{session: d.o.session}
	d.w.beside.work(func(ctx context.Context) (err error) {
		if found, err = d.o.session.OpenAtCheckpoint(ctx, d.met.ID); err != nil {
			return err
		}
		next, err = meetHome(ctx, d.o.session, d.w.o)
		return err
	}, func(err error) {
		switch {
		case d.gone():
		case err != nil:
			d.w.showDamageSaying(d.o, kit.ColorWarn, sentence.Of(err))
		default:
			d.w.showReopened(next, d.met, found)
		}
	})
}

// gone reports whether the window has locked since, and nothing may show over it.
func (d *damageCard) gone() bool { return d.w.open == nil || d.w.open.session != d.o.session }

// copyFirst copies the folder as it is to a place that the person chooses.
func (d *damageCard) copyFirst() {
	back := func() { d.w.showDamage(d.o) }
	d.w.pickFolder(picker{
		title: lang.T("damage.copy-title"), verb: lang.T("picker.choose"), start: d.w.o.Folder,
		accept: func(path string) bool {
			info, err := os.Stat(path)
			return err == nil && info.IsDir()
		},
		chosen: d.copyTo, back: back,
	})
}

func (d *damageCard) copyTo(place string) {
	next := &damageCard{w: d.w, o: d.o, met: d.met, says: kit.NewAnswer()}
	card := next.build()
	next.busy(lang.T("damage.copying"))
	d.w.show(screen{content: d.w.entrance(kit.Middle(formWidth+60, card), nil)})
	var kept backup.Backup
	d.w.beside.work(func(ctx context.Context) (err error) {
		kept, err = home.KeepCopy(ctx, d.o.session, place, nil)
		return err
	}, func(err error) {
		switch {
		case d.gone():
		case err != nil:
			d.w.showDamageSaying(d.o, kit.ColorWarn, sentence.Of(err))
		default:
			d.w.showDamageSaying(d.o, kit.ColorInk, lang.F("damage.copied", map[string]any{"Name": filepath.Base(kept.Path)}))
		}
	})
}

// showReopened says what is there after a drawer was opened at its checkpoint, and
// what is not.
func (w *Window) showReopened(o opened, was vault.Damaged, found drawer.Salvage) {
	w.open = &o
	there := lang.T("damage.done")
	if found.Kept > 0 {
		there += " " + lang.N("damage.kept", found.Kept, nil)
	}
	if o.home != nil && was.Role == keys.Private {
		if last, err := o.home.Journal.LastKept(context.Background()); err == nil && !last.IsZero() {
			now := w.o.Now()
			there += " " + lang.F("damage.newest", map[string]any{"When": pages.MomentOf(last.In(now.Location()), now)})
		}
	}
	on := kit.NewButton(kit.Primary, lang.T("damage.go-on"), func() { w.enter(o) })
	card := kit.NewPaddedCard(28, kit.Column(kit.SpaceL,
		kit.NewText(kit.Title, lang.T("damage.done-title")),
		kit.NewText(kit.Body, there),
		kit.NewText(kit.Body, sentence.Gone(found)).In(kit.ColorWarn),
		kit.Start(on)))
	w.show(screen{w.entrance(kit.Middle(formWidth, card), nil), on})
}

// meetHome opens the home of a session. Where a drawer is damaged about which the
// person can decide something, that is in what it returns, and no error.
func meetHome(ctx context.Context, s *vault.Session, o Options) (opened, error) {
	met := opened{session: s}
	h, err := home.Open(ctx, s, o.Now)
	if err == nil {
		met.home = h
	}
	if errors.Is(err, vault.ErrDamaged) || err == nil && h.Lines.Unread() {
		found, unseen := damagedIn(ctx, s)
		if unseen != nil {
			return met, errors.Join(err, unseen)
		}
		if met.damaged = found; len(found) > 0 {
			return met, nil
		}
	}
	return met, err
}
