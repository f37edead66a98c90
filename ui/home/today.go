package home

import (
	"context"
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"ebb/ui/kit"
	"ebb/ui/lang"
	store "ebb/vault/home"
)

// Today is the first page after unlocking: three quiet cards.
type Today struct {
	still
	content fyne.CanvasObject
}

// NewToday builds the page.
func NewToday(d Desk) *Today {
	now := d.Now()
	head := kit.Column(kit.SpaceXS,
		kit.NewText(kit.Lead, longDate(now, now)).In(kit.ColorMuted),
		kit.NewText(kit.Display, greeting(now)),
		kit.NewText(kit.Lead, lang.T("today.intro")).In(kit.ColorMuted),
	)
	cards := kit.Grid(3, kit.SpaceCards, writeCard(d), lineCard(d), goodCard(d))
	return &Today{content: kit.WithTide(kit.TideHeight, kit.Inset(kit.PageMargin, 40, kit.PageMargin, 36, kit.Column(44, head, cards)))}
}

// Content implements [Page].
func (p *Today) Content() fyne.CanvasObject { return p.content }

func greeting(now time.Time) string {
	switch h := now.Hour(); {
	case h >= 5 && h < 12:
		return lang.T("today.morning")
	case h >= 12 && h < 17:
		return lang.T("today.afternoon")
	case h >= 17 && h < 22:
		return lang.T("today.evening")
	}
	return lang.T("today.night")
}

// card is one of the three: what it is about, who reads it, and one verb.
type card struct {
	icon                 kit.Icon
	kicker, title, about string
	audience             string
	audienceIcon         kit.Icon
	verb                 string
	tapped               func()
}

func (c card) build() fyne.CanvasObject {
	return kit.NewCard(kit.Column(kit.SpaceS,
		kit.Start(kit.NewDisc(c.icon, 46)),
		kit.Gap(kit.SpaceS),
		kit.NewText(kit.Kicker, c.kicker).In(kit.ColorAccent),
		kit.NewText(kit.CardHead, c.title).MaxLines(3),
		kit.NewText(kit.Body, c.about).In(kit.ColorMuted).MaxLines(6),
		kit.Stretch(kit.Gap(kit.SpaceS)),
		kit.IconLine(c.audienceIcon, kit.Caption, c.audience, kit.ColorMuted),
		kit.Start(kit.NewButton(kit.Plain, c.verb, c.tapped)),
	))
}

func writeCard(d Desk) fyne.CanvasObject {
	c := card{
		icon: kit.IconPen, kicker: lang.T("today.write.kicker"), title: lang.T("today.write.title"), about: lang.T("today.write.about"),
		audience: lang.T("today.private"), audienceIcon: kit.IconLock, verb: lang.T("today.write.verb"),
		tapped: func() { d.Write(Start{New: true}) },
	}
	drafts, err := d.Home.Journal.Drafts(context.Background())
	if err != nil {
		d.Failed(err)
	}
	if len(drafts) > 0 {
		id := drafts[0].Entry.ID
		c.title, c.about, c.verb = lang.T("today.write.draft-title"), lang.T("today.write.draft-about"), lang.T("today.write.draft-verb")
		c.tapped = func() { d.Write(Start{Entry: id}) }
	}
	return c.build()
}

// lineCard shows one of the lines that this person can read: another one every day.
func lineCard(d Desk) fyne.CanvasObject {
	c := card{
		icon: kit.IconQuote, kicker: lang.T("today.line.kicker"), title: lang.T("today.line.empty-title"), about: lang.T("today.line.empty-about"),
		audience: lang.T("today.private"), audienceIcon: kit.IconLock, verb: lang.T("today.line.verb"), tapped: d.Lines,
	}
	lines, err := d.Home.Lines.All(context.Background())
	if err != nil {
		d.Failed(err)
	}
	if len(lines) > 0 {
		line := lines[d.Now().YearDay()%len(lines)]
		c.title = strings.TrimSpace(line.Text)
		all := d.people()
		c.about = lang.F("today.line.by", map[string]any{"Name": line.Author})
		// A line of an earlier circle has another audience than everyone here.
		readers := names(all, func(p store.Profile) bool { return contains(line.Seats, p.Seat) })
		c.audience, c.audienceIcon = lang.F("lines.audience", map[string]any{"Names": readers}), kit.IconEye
	}
	return c.build()
}

func goodCard(d Desk) fyne.CanvasObject {
	return card{
		icon: kit.IconKind, kicker: lang.T("today.good.kicker"), title: lang.T("today.good.title"), about: lang.T("today.good.about"),
		audience: lang.T("today.private"), audienceIcon: kit.IconLock, verb: lang.T("today.good.verb"),
		tapped: func() { d.Write(Start{New: true, Text: "# " + lang.T("today.good.heading") + "\n\n"}) },
	}.build()
}
