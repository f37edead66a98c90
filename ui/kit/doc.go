// Package kit holds the parts that every page of the window is made of: the
// theme, text, containers and controls. The design they follow is "tokens.md"
// of the design papers; nothing here knows what a page is about.
//
// # A page
//
//	kit.NewPage(kit.PageSpec{
//		Title:   lang.T("menu.title"),
//		Intro:   lang.T("menu.intro"),
//		Actions: []fyne.CanvasObject{kit.NewButton(kit.Plain, lang.T("menu.tired"), tired).WithIcon(kit.IconMoon)},
//		Body: []fyne.CanvasObject{
//			kit.Start(kit.NewAudiencePill(kit.FirstPerson, lang.T("audience.me"))),
//			kit.Grid(3, kit.SpaceCards, cards...),
//		},
//	})
//
// A page without the usual title goes into [NewFrame]; a pane beside the rail
// or beside another pane is a [Ground] with a [Scroll] in it; [WithRail] sets
// the rail beside whatever shows.
//
// # The parts
//
//   - Words: [Text] in a [Role], [NewRuns] for several weights in one paragraph,
//     [IconLine], [AudiencePill], [SaveState], [Countdown]; package markdown for
//     what people wrote.
//   - To press: [Button], [IconButton], [Chip], [Segmented], [Switch], [NavRow],
//     [ChoiceCard].
//   - To write in: [Field] for a line, [SecretEntry] for a passphrase; package
//     editor for an entry.
//   - Grounds: [Card], [Panel], [Ground], [NewEmptyPanel], [Tide], [Rule], [Quoted].
//   - Over the page: [ToastArea] for what can be undone, [Sheet] for one question.
//   - Many rows: [PagedList].
//
// # Height for width
//
// The toolkit asks an object for its smallest size before it has a width,
// which a wrapped text cannot answer. Objects that can say how high they are
// at a width are [Flexible]; the containers here ask for that, and take MinSize
// from all others, so a plain widget may stand anywhere among them:
//
//   - [Column], [Row], [TopRow], [Flow], [Grid], [Layers] hold several objects;
//     a row that does not fit becomes a column, a grid gives up columns.
//   - [Stretch] and [Spacer] take what is left, [Gap] takes a fixed height.
//   - [Inset], [Pad], [MaxWidth], [Centered], [Middle], [Start], [End], [Mid]
//     hold one object.
//   - [Scroll] is where height ends. Put one around every page; inside it
//     nothing needs to be cut.
//
// When a text, a label or the children of a container change, the change
// travels up by itself as far as containers of the kit reach. Own widgets take
// part by embedding [Part] and calling [Part.Changed].
//
// # Colour, size and mode
//
// [Color] and [Scale] answer for the theme of now. Parts ask in every Refresh,
// so a change of theme reaches all of them; nothing keeps a colour. Set a new
// [Theme] on the app's settings to change the mode or the size of text.
//
// # Words
//
// Callers pass every word in, names for assistive technology included. Foreign
// text may be passed as it is: what could reorder or control a line is shown as
// a box. Nothing here opens a link or loads a picture.
//
// # Keyboard
//
// Everything that can be pressed takes the focus with Tab, in the order in
// which it was put into its container, and obeys Enter and Space. The focus
// ring shows for focus that came by keyboard, and what gets it is scrolled into
// sight. A key that nobody wants travels up: Escape to a sheet, Page Up and
// Page Down to a scroll.
//
// # Movement
//
// Nothing here moves by itself. The program is built with no_animations, where
// the design's fades take no time, so there are none.
package kit
