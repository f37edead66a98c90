package practice

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"

	"ebb/ui/kit"
	"ebb/ui/lang"
	"ebb/ui/page"
	store "ebb/vault/practice"
)

// openTable leads to the page that is safe on the table, and openMine to the one for the
// screen. There is no way from one to the other: both lead back to the case.
func (p *CasePage) openTable() { p.d.Go(func() Page { return newPrepTable(p.d, p.c) }) }
func (p *CasePage) openMine()  { p.d.Go(func() Page { return newPrepMine(p.d, p.c) }) }

// ownLine is where a line of the practitioner's own is written, at the foot of a group.
// What stands in it when the page is left is kept as if it had been added.
type ownLine struct {
	field *kit.Field
	says  *kit.Text
	add   func(ctx context.Context, text string) error
	added func()
}

func newOwnLine(label string, add func(context.Context, string) error, added func()) *ownLine {
	l := &ownLine{field: kit.NewField(label), says: kit.NewAnswer(), add: add, added: added}
	l.field.OnSubmitted = func(string) { l.keep() }
	return l
}

func (l *ownLine) content() fyne.CanvasObject {
	return kit.Column(kit.SpaceM, l.field, l.says, kit.Start(kit.NewButton(kit.Plain, lang.T("practice-prep.line-add"), l.keep)))
}

// keep adds the line, and says where it could not.
func (l *ownLine) keep() {
	if err := l.add(context.Background(), l.field.Text()); err != nil {
		say(l.says, err, l.field.Focus)
		return
	}
	l.field.SetText("")
	l.added()
}

// keepAny adds the line if something stands in it.
func (l *ownLine) keepAny() {
	if l != nil && !blank(l.field.Text()) {
		l.keep()
	}
}

// flush adds what was written and not added yet; it is false where that could not be,
// which it has said then.
func (l *ownLine) flush() bool {
	if l == nil || blank(l.field.Text()) {
		return true
	}
	if err := l.add(context.Background(), l.field.Text()); err != nil {
		say(l.says, err, l.field.Focus)
		return false
	}
	l.field.SetText("")
	return true
}

// leave is what a page with the line does when it is left.
func (l *ownLine) leave(locking bool) func(context.Context) error {
	if l == nil || blank(l.field.Text()) {
		return page.Nothing
	}
	text := l.field.Text()
	if locking {
		l.field.SetText("")
	}
	return func(ctx context.Context) error {
		err := l.add(ctx, text)
		if err != nil && !locking {
			say(l.says, err, l.field.Focus)
			return page.ErrStay
		}
		return err
	}
}

// lineRow is a line of one's own with the verb that takes it off, which can be undone.
func (d Desk) lineRow(c *store.Case, l store.PrepLine, again func(context.Context, string) error, changed func()) fyne.CanvasObject {
	off := kit.NewButton(kit.Quiet, lang.T("practice-prep.line-off"), func() {
		if err := c.Prep.Remove(context.Background(), l.ID); err != nil {
			d.Failed(err)
			return
		}
		changed()
		d.Undo(lang.T("practice-prep.line-gone"), lang.T("practice-prep.line-back"), func() {
			if err := again(context.Background(), l.Text); err != nil {
				d.Failed(err)
			}
			changed()
		}, nil)
	})
	return kit.Row(kit.SpaceL, kit.Stretch(kit.NewText(kit.Body, l.Text)), off)
}

// prepHead is the head of both pages: the way back, and what the page is.
func (d Desk) prepHead(c *store.Case, title, intro string, verbs ...fyne.CanvasObject) fyne.CanvasObject {
	return kit.Column(kit.SpaceS, backLine(d.toCase(c)),
		kit.TopRow(kit.SpaceXL, kit.Stretch(kit.NewText(kit.Title, title)), kit.Row(kit.SpaceM, verbs...)),
		kit.MaxWidth(kit.IntroMeasure, kit.NewText(kit.Body, intro).In(kit.ColorMuted)))
}

// blank reports whether there is nothing to read in a text.
func blank(text string) bool { return strings.TrimSpace(text) == "" }
