package practice

import (
	"context"

	"fyne.io/fyne/v2"

	"ebb/ui/kit"
	"ebb/ui/lang"
	store "ebb/vault/practice"
)

// onePerson is what pages have in common that show one person of a case at a time, and
// never two beside each other: whose page it is, the way to another's, and whether
// anything may be taken in from them.
type onePerson struct {
	d       Desk
	c       *store.Case
	members []store.Member // all, also those who left
	id      store.ID
}

// about is the first person of a case.
func (d Desk) about(c *store.Case) onePerson {
	o := onePerson{d: d, c: c}
	var err error
	if o.members, err = c.People.All(context.Background()); err != nil {
		d.Failed(err)
	}
	for _, m := range o.members {
		if o.id == (store.ID{}) || m.LeftOn == "" {
			if o.id = m.ID; m.LeftOn == "" {
				break
			}
		}
	}
	return o
}

func (o *onePerson) name() string { return nameOf(o.members, o.id) }

// who fills in whose page it is where a sentence names them.
func (o *onePerson) who() map[string]any { return map[string]any{"Name": o.name()} }

func (o *onePerson) leftOn() string {
	for _, m := range o.members {
		if m.ID == o.id {
			return m.LeftOn
		}
	}
	return ""
}

// pill says above the words who can read them. A person's colour goes by the order in
// which they came, and means only whose.
func (o *onePerson) pill() fyne.CanvasObject {
	colour := kit.Shared
	for i, m := range o.members {
		if m.ID == o.id {
			colour = kit.Person(i)
		}
	}
	return kit.Start(kit.NewAudiencePill(colour, lang.F("practice-note.pill-individual", o.who())))
}

// choice turns to another person of the case.
func (o *onePerson) choice(turn func(store.ID)) *kit.Segmented {
	names, chosen := make([]string, len(o.members)), 0
	for i, m := range o.members {
		names[i] = m.Name
		if m.ID == o.id {
			chosen = i
		}
	}
	return kit.NewSegmented(lang.T("practice-note.whose"), names, chosen, func(i int) { turn(o.members[i].ID) })
}

// blocked says why nothing is taken in from this person, with the way on; nil if it may
// be.
func (o *onePerson) blocked() fyne.CanvasObject {
	ctx := context.Background()
	stand, err := o.c.Standing(ctx)
	if err != nil {
		o.d.Failed(err)
	}
	switch {
	case stand.ClosedOn != "":
		return kit.NewEmptyPanel(kit.IconLock, lang.T("practice-intake.closed"), lang.T("practice-intake.closed-about"), nil)
	case o.leftOn() != "":
		return kit.NewEmptyPanel(kit.IconPerson, lang.F("practice-intake.left", o.who()), lang.T("practice-intake.left-about"), nil)
	}
	states, err := o.c.Consents.State(ctx)
	if err != nil {
		o.d.Failed(err)
	}
	for _, s := range states {
		if s.Member == o.id && s.Policy {
			return nil
		}
	}
	return kit.NewEmptyPanel(kit.IconAgree, lang.F("practice-note.no-policy", o.who()), lang.T("practice-note.no-policy-about"),
		kit.NewButton(kit.Plain, lang.F("practice-case.forms", o.who()), func() {
			o.d.Go(func() Page { return newDecisions(o.d, o.c, o.id) })
		}))
}

// beside sets panels next to what a page is for, or below it where text is large.
func beside(middle fyne.CanvasObject, panels ...fyne.CanvasObject) fyne.CanvasObject {
	side := kit.Column(kit.SpaceL, panels...)
	if kit.Folded() {
		return kit.Column(kit.SpaceL, middle, side)
	}
	return kit.TopRow(kit.SpaceXL, kit.Stretch(middle), kit.MaxWidth(sideWidth, side))
}
