package kit

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	_ "ebb/ui/kit/still"
)

// The gallery draws every part in every state, as the sheet of states of the
// design does. Look at the goldens before accepting new ones.
func TestGallery(t *testing.T) {
	for _, g := range []struct {
		name    string
		mode    Mode
		percent int
		w, h    float32
		build   func() fyne.CanvasObject
	}{
		{"states-light", ModeLight, 100, 1180, 1010, states},
		{"states-dark", ModeDark, 100, 1180, 1010, states},
		{"states-200", ModeLight, 200, 1180, 2640, states},
		{"first-run", ModeLight, 100, 1180, 760, firstRun},
		{"today", ModeLight, 100, 1180, 760, today},
		{"today-dark-150", ModeDark, 150, 1180, 760, today},
		{"settings", ModeLight, 100, 1180, 760, settings},
		{"list", ModeLight, 100, 330, 700, list},
		{"list-dark-150", ModeDark, 150, 480, 700, list},
		{"over", ModeLight, 100, 900, 600, over},
		{"over-dark-200", ModeDark, 200, 900, 600, over},
		{"settings-200", ModeDark, 200, 900, 600, settings},
	} {
		t.Run(g.name, func(t *testing.T) {
			use(t, g.mode, g.percent)
			o := g.build()
			win := show(t, g.w, g.h, o)
			if over, ok := o.(interface{ open(fyne.Canvas) }); ok {
				over.open(win.Canvas())
			}
			test.AssertRendersToImage(t, g.name+".png", win.Canvas())
		})
	}
}

func hovered[T interface{ MouseIn(*desktop.MouseEvent) }](c T) T {
	c.MouseIn(nil)
	return c
}

func focused[T fyne.Focusable](c T) T {
	c.FocusGained()
	return c
}

func caption(s string) *Text { return NewText(Caption, s).In(ColorMuted) }

// states is the counterpart of the design's "States and parts".
func states() fyne.CanvasObject {
	button := func(label string, b *Button) fyne.CanvasObject { return Column(SpaceS, caption(label), Start(b)) }
	begin := func(k ButtonKind) *Button { return NewButton(k, "Begin", nil) }
	disabled := begin(Plain)
	disabled.Disable()
	buttons := Flow(SpaceXL,
		button("at rest", begin(Plain)), button("hover", hovered(begin(Plain))), button("focus", focused(begin(Plain))),
		button("primary", begin(Primary)), button("primary, focus", focused(begin(Primary))),
		button("quiet", begin(Quiet)), button("destroy", NewButton(Danger, "Destroy…", nil)), button("deaf", disabled))

	chosen := func(c *Chip) *Chip { c.SetChosen(true); return c }
	chips := Flow(SpaceM,
		NewChip("Half an hour", nil), hovered(NewChip("Half an hour", nil)), focused(NewChip("Half an hour", nil)),
		chosen(NewChip("Half an hour", nil)), NewChip("Touch, clothes on", nil).WithIcon(Closeness(3)),
		chosen(NewChip("Touch, clothes on", nil).WithIcon(Closeness(3))), NewChipButton(IconPlus, "a word of my own", nil))

	marks := Flow(40)
	for i, words := range []string{"Words only", "Near, or a brief hug", "Touch, clothes on", "More skin", "A wider map"} {
		marks.SetObjects(append(marks.Objects(), IconLine(Closeness(i), Caption, words, ColorMuted))...)
	}

	search, typed := NewSearchField("Search your own words"), NewSearchField("Search your own words")
	typed.SetText("the weir")
	typed.entry.FocusGained()
	named := NewField("Your name")
	named.SetText("Mara")
	secret := NewSecretEntry("Passphrase", "Show", "Hide")
	secret.input.insert([]byte("a quiet passphrase"))
	open := NewSecretEntry("Passphrase", "Show", "Hide")
	open.input.insert([]byte("öffne dich"))
	open.SetShown(true)
	focused(open.input)

	kept, failed := NewSaveState(), NewSaveState()
	kept.Kept("Kept.")
	failed.Failed("Not kept: the disk is full.")
	segments := NewSegmented("Text size", []string{"100 %", "125 %", "150 %", "200 %"}, 0, nil)
	focused(segments)
	segments.walk(1)
	whole := NewSegmented("Language", []string{"Plain", "Full"}, 1, nil)
	focused(whole)

	icons := Flow(SpaceXL)
	for _, i := range everyIcon() {
		icons.SetObjects(append(icons.Objects(), NewIcon(i, 26, ColorInk))...)
	}

	toast := NewToastArea(Spacer())
	toast.Say("Put in the bin. It goes for good in ten seconds.", "Undo", nil, nil)
	toast.stop()

	countdown := NewCountdown()
	countdown.Say("This window locks in 20 seconds. Any key keeps it open.")

	return NewFrame(Column(SpaceL,
		NewText(Title, "States and parts"),
		buttons,
		Column(SpaceS, caption("chips: at rest, hover, focus, chosen (colour, tick and weight), with a closeness mark"), chips),
		Column(SpaceS, caption("closeness marks: still water to swell, always beside their words"), marks),
		Grid(2, SpaceXL, Column(SpaceS, caption("search: at rest, focus"), search, Gap(0), typed), named),
		Grid(2, SpaceXL, secret, open),
		Flow(SpaceXL, NewAudiencePill(FirstPerson, "Only you can read this"), NewAudiencePill(SecondPerson, "Only Jo can read this"),
			NewAudiencePill(Shared, "Both of you can read this"), kept, failed),
		Flow(SpaceXL, segments, whole, NewSwitch("Less movement", "On", "Off", true, nil), NewSwitch("Less movement", "On", "Off", false, nil),
			focused(NewSwitch("Less movement", "On", "Off", true, nil))),
		icons,
		countdown,
		Grid(2, SpaceXL, Column(0, toast.toast),
			NewEmptyPanel(IconWords, "No shared words yet", "Begin with one that you would both be glad to use.", NewButton(Plain, "Propose a word", nil))),
	))
}

func firstRun() fyne.CanvasObject {
	left := Column(0,
		NewIcon(IconMark, 46, ColorAccent), Gap(22),
		NewText(Display, "A quiet place for what you would rather keep."), Gap(20),
		NewText(Lead, "Ebb keeps your words on this computer and nowhere else. Everyone who uses it has a passphrase of their own, and what you write is yours alone until you choose otherwise. There is no account, and nothing is ever sent by itself.").In(ColorMuted))
	right := Column(SpaceL, Gap(52),
		focused(NewChoiceCard(IconPlus, "Create", "A new place, at home or in a practice.", nil)),
		hovered(NewChoiceCard(IconKey, "Join", "With an invitation and your own passphrase.", nil)),
		NewChoiceCard(IconFolder, "Open", "A folder you already have.", nil))
	foot := Inset(-QuietSide, 0, 0, 0, Row(SpaceM, NewButton(Quiet, "Help & contacts", nil).WithIcon(IconHelp), NewButton(Quiet, "Text size", nil)))
	return WithTide(TideHeight, Inset(96, 96, 96, 34, Column(0, Grid(2, 64, left, right), Spacer(), foot)))
}

func rail(at int) *Rail {
	head := []*NavRow{
		NewNavRow(IconToday, "Today", nil), NewNavRow(IconJournal, "Journal", nil), NewNavRow(IconCheckin, "Check-in", nil),
		NewNavRow(IconMenu, "Our menu", nil), NewNavRow(IconWords, "Words", nil), NewNavRow(IconMap, "My map", nil),
		NewNavRow(IconAgree, "Agreements", nil), NewNavRow(IconTalk, "Talks and tempo", nil), NewNavRow(IconKind, "Kind things", nil),
		NewNavRow(IconSend, "Send and receive", nil),
	}
	foot := []*NavRow{NewNavRow(IconHelp, "Help & contacts", nil), NewNavRow(IconSettings, "Settings", nil), NewNavRow(IconLock, "Lock", nil)}
	r := NewRail("Ebb", head, foot, NewNavRow(IconList, "All pages", nil))
	r.Select(append(head, foot...)[at])
	return r
}

func today() fyne.CanvasObject {
	card := func(icon Icon, kicker, title, sentence string, who *Container, b *Button) fyne.CanvasObject {
		return NewCard(Column(0, Start(NewDisc(icon, 46)), Gap(20), NewText(Kicker, kicker).In(ColorAccent), Gap(2),
			NewText(CardHead, title), Gap(8), NewText(Body, sentence).In(ColorMuted), Gap(20), Spacer(), who, Gap(16), Start(b)))
	}
	r := rail(0)
	hovered(r.head[3])
	page := Column(0,
		NewText(Body, "Sunday, 22 November").In(ColorMuted),
		NewText(Display, "Good evening."), Gap(6),
		NewText(Lead, "There is nothing to catch up on. Three things are here if you would like one.").In(ColorMuted), Gap(36),
		Grid(3, SpaceCards,
			card(IconPen, "Write", "A line, a page, or only the date", "What you write stays under your own key. You can leave it in the middle of a word.", IconLine(IconLock, Caption, "Only you can read this", ColorMuted), NewButton(Plain, "Write", nil)),
			card(IconLeaf, "Our menu", "Six quiet minutes", "Be near each other with nothing to achieve. Look, and put it back if it is not for today.", IconLine(Closeness(1), Caption, "Near, or a brief hug", ColorMuted), hovered(NewButton(Plain, "Look at it", nil))),
			card(IconKind, "Something good", "A small thing worth keeping", "The kettle already on. A hand on the shoulder in the queue. It may stay with you, or be given.", IconLine(IconLock, Caption, "Only you, until you give it", ColorMuted), NewButton(Plain, "Keep one", nil))))
	return WithRail(r, WithTide(170, Inset(PageMargin, 52, PageMargin, 36, page)))
}

func settings() fyne.CanvasObject {
	row := func(title, sentence string, control fyne.CanvasObject) fyne.CanvasObject {
		return Row(SpaceXL, Stretch(Column(1, NewText(Strong, title), NewText(Small, sentence).In(ColorMuted))), control)
	}
	size := NewSegmented("Text size", []string{"100 %", "125 %", "150 %", "200 %"}, 0, nil)
	focused(size)
	size.walk(1)
	return WithRail(rail(11), NewPage(PageSpec{
		Title: "Settings", Intro: "Colours and text size stay with this computer. The rest is kept in your own drawer.",
		Body: []fyne.CanvasObject{
			Column(10, NewText(Sub, "How it looks and reads"), NewPaddedCard(22, Column(14,
				row("Colours", "Both are made for tired eyes.", NewSegmented("Colours", []string{"As the computer", "Light", "Dark"}, 1, nil)),
				NewRule(),
				row("Text size", "Pages rearrange themselves; nothing is cut.", size),
				NewRule(),
				row("Less movement", "Pages change without sliding or fading.", NewSwitch("Less movement", "On", "Off", true, nil))))),
			Column(10, NewText(Sub, "When you step away"), NewPaddedCard(22, Column(14,
				row("Lock by itself", "A quiet line counts down first. Any key keeps it open.", NewSegmented("Lock", []string{"2 minutes", "5 minutes", "15 minutes"}, 1, nil)),
				NewRule(),
				row("Quick hide", "One shortcut puts the window away at once.", NewButton(Plain, "Ctrl + H", nil))))),
		},
	}))
}

func list() fyne.CanvasObject {
	items := []ListItem{
		{"Today", "After the walk", "We took the long way round by the weir. Neither of us tried to fix anything, and for once the silence was not a question."},
		{"Thursday", "What quiet means to me", "I notice I call it distance when it is only tiredness. On Tuesday I was asleep before the second page."},
		{"9 November", "A thing I did not say", "It was small. I wanted the evening to stay light, so I kept it for here."},
		{"2 November", "An entry whose title is a good deal longer than its row", "静かな部屋 😀 \u202e and more."},
		{"26 October", "", ""},
	}
	l := NewPagedList("Entries", func() int { return 6 }, func(i int) (ListItem, bool) {
		if i >= len(items) {
			return ListItem{}, false
		}
		return items[i], true
	})
	l.selected, l.focused, l.at = 0, true, 1
	return NewGround(ColorPaper, Inset(SpaceL, SpaceL, SpaceL, 0, Column(SpaceL,
		Row(SpaceM, Stretch(NewText(Title, "Journal")), NewButton(Plain, "New", nil).WithIcon(IconPlus)),
		NewSearchField("Search your own words"), Stretch(l))))
}

// overPage is a page with a toast, under a sheet.
type overPage struct {
	*ToastArea
	sheet *Sheet
}

func over() fyne.CanvasObject {
	a := NewToastArea(NewPage(PageSpec{Title: "Journal", Intro: "What you write is yours alone until you choose otherwise."}))
	a.Say("Put in the bin. It goes for good in ten seconds.", "Undo", nil, nil)
	a.stop()
	keep := NewButton(Plain, "Keep it", nil)
	return overPage{a, NewSheet("Discard this entry?", NewText(Body, "It cannot be brought back, by you or by anybody.").In(ColorMuted), keep,
		keep, NewButton(Danger, "Discard", nil))}
}

func (o overPage) open(c fyne.Canvas) { o.sheet.Open(c) }

func everyIcon() []Icon {
	return []Icon{
		IconToday, IconJournal, IconCheckin, IconMenu, IconWords, IconMap, IconAgree, IconTalk, IconKind, IconSend,
		IconHelp, IconLock, IconSearch, IconPause, IconStop, IconSettings, IconPlus, IconBack, IconNext, IconCheck,
		IconDown, IconPerson, IconPen, IconEye, IconEyeOff, IconClock, IconLeaf, IconMoon, IconHouse, IconCase, IconCalendar,
		IconNote, IconKey, IconDoor, IconFolder, IconQuote, IconList, IconClose, IconBin, IconPrint, IconSun, IconMark,
	}
}
