package kit

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
)

// Every part that can be pressed obeys the pointer, Enter and Space alike, and
// tells assistive technology what it is.
func TestPress(t *testing.T) {
	use(t, ModeLight, 100)
	var presses int
	hit := func() { presses++ }
	hitBool, hitInt := func(bool) { hit() }, func(int) { hit() }
	segments := NewSegmented("Size", []string{"One", "Two"}, 0, hitInt)
	for name, c := range map[string]interface {
		fyne.Focusable
		fyne.Tappable
		fyne.CanvasObject
		fyne.Accessible
	}{
		"button": NewButton(Plain, "Begin", hit), "quiet": NewButton(Quiet, "Begin", hit), "chip": NewChip("Begin", hitBool),
		"chip that adds": NewChipButton(IconPlus, "Begin", hit), "switch": NewSwitch("Begin", "On", "Off", false, hitBool),
		"row": NewNavRow(IconLock, "Begin", hit), "card": NewChoiceCard(IconKey, "Begin", "A sentence.", hit),
		"icon": NewIconButton(IconEye, "Begin", hit),
	} {
		presses = 0
		show(t, 300, 200, c)
		c.Tapped(&fyne.PointEvent{Position: fyne.NewPos(5, 5)})
		for _, k := range []fyne.KeyName{fyne.KeyReturn, fyne.KeyEnter, fyne.KeySpace, fyne.KeyA, fyne.KeyEscape, fyne.KeyTab} {
			c.TypedKey(key(k))
		}
		c.TypedRune('x')
		if presses != 4 {
			t.Errorf("%s: %d presses, want 4", name, presses)
		}
		if len(c.AccessibilityLabel()) < 5 || c.AccessibilityLabel()[:5] != "Begin" || c.AccessibilityRole() == "" {
			t.Errorf("%s: called %q, a %q", name, c.AccessibilityLabel(), c.AccessibilityRole())
		}
	}
	show(t, 300, 200, segments)
	presses = 0
	for _, k := range []fyne.KeyName{fyne.KeyRight, fyne.KeySpace, fyne.KeySpace, fyne.KeyRight, fyne.KeyHome, fyne.KeyReturn, fyne.KeyEnd, fyne.KeyLeft} {
		segments.TypedKey(key(k))
	}
	if presses != 2 || segments.Chosen() != 0 {
		t.Errorf("segmented: %d changes to %d, want 2 to 0", presses, segments.Chosen())
	}
	segments.Tapped(&fyne.PointEvent{Position: fyne.NewPos(segments.NaturalWidth()-20, 20)})
	if segments.Chosen() != 1 {
		t.Error("segmented: a press on the second word did not choose it")
	}
	segments.Tapped(&fyne.PointEvent{Position: fyne.NewPos(-1, -1)})
	if segments.Chosen() != 1 {
		t.Error("segmented: a press beside the words chose one")
	}
}

func TestDeafButton(t *testing.T) {
	use(t, ModeLight, 100)
	b := NewButton(Primary, "Open", func() { t.Error("a deaf button did something") })
	win := show(t, 200, 100, b)
	b.Disable()
	b.Tapped(&fyne.PointEvent{})
	b.TypedKey(key(fyne.KeyReturn))
	win.Canvas().FocusNext()
	if win.Canvas().Focused() != nil {
		t.Error("a deaf button takes the focus")
	}
}

// Tab goes through a page in the order in which it was put together, and comes
// round again.
func TestTabOrder(t *testing.T) {
	use(t, ModeLight, 100)
	head, foot := NewNavRow(IconToday, "Today", nil), NewNavRow(IconLock, "Lock", nil)
	action, field, secret := NewButton(Plain, "New", nil), NewField("Name"), NewSecretEntry("Passphrase", "Show", "Hide")
	one, two := NewButton(Quiet, "One", nil), NewChip("Two", nil)
	win := show(t, 1000, 700, WithRail(NewRail("Ebb", []*NavRow{head}, []*NavRow{foot}, NewNavRow(IconList, "All", nil)),
		NewPage(PageSpec{Title: "Page", Actions: []fyne.CanvasObject{action}, Body: []fyne.CanvasObject{
			field, secret, NewCard(Row(SpaceM, one, two)),
		}})))
	want := []fyne.Focusable{head, foot, action, field.Focusable(), secret.Focusable(), secret.eye, one, two, head}
	for i, w := range want {
		win.Canvas().FocusNext()
		if got := win.Canvas().Focused(); got != w {
			t.Fatalf("stop %d is %T, want %T", i, got, w)
		}
	}
	win.Canvas().FocusPrevious()
	if got := win.Canvas().Focused(); got != two {
		t.Errorf("back from the first is %T, want the last", got)
	}
}

func TestRingShowsForTheKeyboard(t *testing.T) {
	use(t, ModeLight, 100)
	b := NewButton(Plain, "Begin", nil)
	win := show(t, 200, 100, b)
	if b.ring.Visible() {
		t.Error("the ring shows without focus")
	}
	win.Canvas().FocusNext()
	if !b.ring.Visible() {
		t.Error("the ring does not show for Tab")
	}
	win.Canvas().Unfocus()
	b.MouseDown(&desktop.MouseEvent{})
	b.MouseUp(&desktop.MouseEvent{})
	if win.Canvas().Focused() != b || b.ring.Visible() {
		t.Error("a press should give the focus without its ring")
	}
	b.TypedKey(key(desktop.KeyShiftLeft))
	if !b.ring.Visible() {
		t.Error("the ring does not show once a key came")
	}
	win.Canvas().Unfocus()
	if b.ring.Visible() {
		t.Error("the ring stays after the focus went")
	}
}

// What gets the focus is scrolled into sight, ring and all.
func TestFocusIsScrolledIntoSight(t *testing.T) {
	use(t, ModeLight, 100)
	var body []fyne.CanvasObject
	for range 40 {
		body = append(body, NewCard(Start(NewButton(Plain, "Begin", nil))))
	}
	page := NewPage(PageSpec{Title: "Page", Body: body})
	win := show(t, 500, 400, page)
	for i := range 90 {
		if i < 45 {
			win.Canvas().FocusNext()
		} else {
			win.Canvas().FocusPrevious()
		}
		b := win.Canvas().Focused().(*Button)
		y := fyne.CurrentApp().Driver().AbsolutePositionForObject(b).Y
		if y < ringGap || y+b.Size().Height > 400-ringGap {
			t.Fatalf("step %d: the button lies at %v", i, y)
		}
	}
}

func TestScrollKeys(t *testing.T) {
	use(t, ModeLight, 100)
	b := NewButton(Plain, "Begin", nil)
	page := NewScroll(Column(0, Start(b), Gap(3000)))
	show(t, 300, 400, page)
	b.TypedKey(key(fyne.KeyPageDown))
	if page.Offset() < 200 {
		t.Errorf("Page Down scrolled to %v", page.Offset())
	}
	b.TypedKey(key(fyne.KeyPageUp))
	if page.Offset() != 0 {
		t.Errorf("Page Up scrolled to %v", page.Offset())
	}
	page.ScrollTo(1e9)
	if got := page.Offset(); got != 3042-400 {
		t.Errorf("the end is at %v", got)
	}
	b.TypedKey(key(fyne.KeyHome))
	if got := page.Offset(); got != 0 {
		t.Errorf("Home scrolled to %v", got)
	}
}

// What is half in sight stays below the pointer that presses it, and comes into sight
// for the keyboard.
func TestPressAtTheEdge(t *testing.T) {
	use(t, ModeLight, 100)
	b := NewButton(Plain, "Begin", nil)
	page := NewScroll(Column(0, Gap(380), Start(b), Gap(3000)))
	win := show(t, 300, 400, page)
	b.MouseDown(&desktop.MouseEvent{})
	if win.Canvas().Focused() != fyne.Focusable(b) || page.Offset() != 0 {
		t.Errorf("a press scrolled what it was on to %v", page.Offset())
	}
	b.MouseUp(&desktop.MouseEvent{})
	b.TypedKey(key(fyne.KeySpace))
	if page.Offset() == 0 {
		t.Error("a key on what is half in sight shows no more of it")
	}
	page.ScrollTo(0)
	win.Canvas().Unfocus()
	win.Canvas().FocusNext()
	if page.Offset() == 0 {
		t.Error("Tab does not show what it comes to")
	}
}

// A page with nothing to press on it is read to its end from the rail, or with
// nothing that has the keyboard.
func TestKeysThatNothingHasTheKeyboardFor(t *testing.T) {
	use(t, ModeLight, 100)
	page := NewScroll(Gap(3000))
	row := NewNavRow(IconToday, "Today", nil)
	rail := NewRail("Ebb", []*NavRow{row}, nil, NewNavRow(IconList, "All", nil))
	hidden := NewScroll(Gap(3000))
	hidden.Hide()
	whole := WithRail(rail, Layers(hidden, NewGround(ColorPaper, page)))
	show(t, 500, 400, whole)
	row.TypedKey(key(fyne.KeyEnd))
	if got := page.Offset(); got != 3000-400 {
		t.Errorf("End on the rail scrolled to %v", got)
	}
	for k, scrolls := range map[fyne.KeyName]bool{fyne.KeyUp: true, fyne.KeyDown: true, fyne.KeyEscape: false} {
		if HandKey(whole, key(k)) != scrolls {
			t.Errorf("%s scrolls: %v", k, !scrolls)
		}
	}
	if HandKey(NewText(Body, "x"), key(fyne.KeyEnd)) {
		t.Error("something scrolled that cannot")
	}
	heard := fyne.KeyName("")
	keys := NewKeys(NewGround(ColorPaper, page), func(k fyne.KeyName) bool {
		heard = k
		return k == fyne.KeyS
	})
	page.ScrollTo(0)
	if !HandKey(Layers(keys), key(fyne.KeyS)) || heard != fyne.KeyS {
		t.Errorf("a page with a key of its own heard %q", heard)
	}
	if !HandKey(Layers(keys), key(fyne.KeyEnd)) || page.Offset() == 0 {
		t.Error("a key that the page has no use for does not scroll it")
	}
}

func TestHoverAndCursor(t *testing.T) {
	use(t, ModeLight, 100)
	b := NewButton(Plain, "Begin", nil)
	show(t, 200, 100, b)
	b.MouseIn(nil)
	if got := b.ground.FillColor; got != tokens[ColorHover].light {
		t.Errorf("hover fills with %v", got)
	}
	b.MouseDown(&desktop.MouseEvent{})
	if got := b.ground.FillColor; got != tokens[ColorSunk].light {
		t.Errorf("a press fills with %v", got)
	}
	b.MouseOut()
	if got := b.ground.FillColor; got != tokens[ColorCard].light {
		t.Errorf("after the pointer left it is %v", got)
	}
	if b.Cursor() != desktop.PointerCursor {
		t.Error("the pointer does not say that this can be pressed")
	}
}

// The two answers to a question of consent must not differ in anything.
func TestPlainButtonsAreEqual(t *testing.T) {
	use(t, ModeLight, 100)
	yes, no := NewButton(Plain, "I'm open to this", nil), NewButton(Plain, "Not this time", nil)
	show(t, 600, 100, Grid(2, SpaceM, yes, no))
	if yes.Size() != no.Size() || yes.ground.FillColor != no.ground.FillColor || yes.ground.StrokeColor != no.ground.StrokeColor ||
		yes.words.role != no.words.role || yes.words.color != no.words.color {
		t.Error("two plain buttons side by side look different")
	}
}

func TestFieldKeys(t *testing.T) {
	use(t, ModeLight, 100)
	var changed, submitted string
	f := NewField("Name")
	f.OnChanged, f.OnSubmitted = func(s string) { changed = s }, func(s string) { submitted = s }
	win := show(t, 300, 200, f)
	f.Focus()
	if win.Canvas().Focused() != f.Focusable() || !f.box.ring.Visible() {
		t.Fatal("the field did not take the focus")
	}
	test.Type(f.entry, "Mara")
	f.entry.TypedKey(key(fyne.KeyReturn))
	if changed != "Mara" || submitted != "Mara" || f.Text() != "Mara" {
		t.Errorf("changed %q, submitted %q, text %q", changed, submitted, f.Text())
	}
}

// A folded rail shows icons alone and the name of the row that is under the
// pointer or has the keyboard; an unfolded one never needs to.
func TestRailFolds(t *testing.T) {
	use(t, ModeLight, 200)
	r := rail(1)
	page := WithRail(r, NewGround(ColorPaper, Spacer()))
	win := show(t, 1000, 760, page)
	if got := r.Size().Width; got != railFold {
		t.Errorf("the folded rail is %v wide", got)
	}
	r.head[1].MouseIn(nil)
	if !r.hint.Visible() || r.hint.words.text.Text != "Journal" {
		t.Errorf("under the pointer the name shows: %v, as %q", r.hint.Visible(), r.hint.words.text.Text)
	}
	r.head[1].MouseOut()
	if r.hint.Visible() {
		t.Error("the name stays after the pointer left")
	}
	win.Canvas().FocusNext()
	if !r.hint.Visible() || r.hint.words.text.Text != "Today" {
		t.Error("the name does not show for the keyboard")
	}
	r.head[0].TypedKey(key(fyne.KeyDown))
	if win.Canvas().Focused() != r.head[1] {
		t.Error("Down does not go to the next row")
	}
	fyne.CurrentApp().Settings().SetTheme(NewTheme(ModeLight, 100))
	if got := r.Size().Width; got != railWidth {
		t.Errorf("the unfolded rail is %v wide", got)
	}
}

// However low the window: the foot is in sight, nothing overlaps, what has no
// room is behind the row for all pages, and the chosen page is never hidden.
func TestRailKeepsItsFoot(t *testing.T) {
	for _, percent := range TextSizes {
		for _, height := range []float32{500, 600, 700, 760, 1080, 1600} {
			use(t, ModeLight, percent)
			r := rail(9)
			show(t, 1000, height, WithRail(r, Spacer()))
			last, rows := float32(0), 0
			var allShows, chosenShows bool
			for _, o := range r.shown {
				row, ok := o.(*NavRow)
				if !ok {
					continue
				}
				rows++
				allShows = allShows || row == r.all
				chosenShows = chosenShows || row == r.head[9]
				if row.Position().Y < last {
					t.Errorf("%d %% at %v: row %q overlaps", percent, height, row.name)
				}
				if last = row.Position().Y + row.Size().Height; last > height {
					t.Errorf("%d %% at %v: row %q is out of sight", percent, height, row.name)
				}
			}
			if allShows == (rows == len(r.head)+len(r.foot)) {
				t.Errorf("%d %% at %v: %d rows, the row for all pages shows: %v", percent, height, rows, allShows)
			}
			if !chosenShows {
				t.Errorf("%d %% at %v: the chosen page is hidden", percent, height)
			}
		}
	}
}

// Words that are longer than their control stay inside it: a button's take
// more lines, a chip's and a switch's end in "…".
func TestWordsStayInside(t *testing.T) {
	for _, percent := range TextSizes {
		use(t, ModeLight, percent)
		long := "Start a place of my own from the words that both of us have kept, today"
		button := NewButton(Plain, long, nil).WithIcon(IconDoor)
		chip := NewChip(long, nil)
		chip.SetChosen(true)
		page := Column(SpaceM, Row(SpaceM, button), Flow(SpaceM, chip), NewChoiceCard(IconKey, long, long, nil),
			NewSegmented("Size", []string{"Plain", "Full, with all the words there are"}, 0, nil))
		show(t, 300, 900, page)
		walk(page, fyne.Position{}, func(o fyne.CanvasObject, at fyne.Position) {
			if x, ok := o.(*canvas.Text); ok && x.Text != "" && at.X+x.MinSize().Width > 300 {
				t.Errorf("%d %%: %q reaches %v", percent, x.Text, at.X+x.MinSize().Width)
			}
		})
		if !strings.HasSuffix(chip.words.text.Text, "…") || chip.AccessibilityLabel() != long {
			t.Errorf("the chip shows %q and is called %q", chip.words.text.Text, chip.AccessibilityLabel())
		}
		if words := button.words; words.Size().Height <= words.role.LineHeight() || words.Position().Y+words.Size().Height > button.Size().Height {
			t.Errorf("the button is %v high for words of %v", button.Size().Height, words.Size().Height)
		}
	}
}
