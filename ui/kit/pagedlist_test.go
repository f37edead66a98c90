package kit

import (
	"fmt"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
)

func manyItems(n int) []ListItem {
	items := make([]ListItem, n)
	for i := range items {
		items[i] = ListItem{
			Caption: fmt.Sprintf("Day %d", i), Title: fmt.Sprintf("Entry %d", i),
			Preview: "We took the long way round by the weir. Neither of us tried to fix anything, and for once the silence was not a question.",
		}
	}
	return items
}

func newList(t testing.TB, items []ListItem, w, h float32) (*PagedList, fyne.Window) {
	t.Helper()
	use(t, ModeLight, 100)
	l := NewPagedList("Entries", func() int { return len(items) }, func(i int) (ListItem, bool) { return items[i], true })
	return l, show(t, w, h, l)
}

func TestListDrawsOnlyWhatIsSeen(t *testing.T) {
	l, _ := newList(t, manyItems(10_000), 320, 600)
	rows := len(l.rows)
	if rows > 8 {
		t.Errorf("%d rows exist for a height of 600", rows)
	}
	for _, y := range []float32{0, 1, 115, 116, 117, 5000, 123_456, 1e7, 3} {
		l.scrollTo(y)
		if len(l.rows) != rows {
			t.Fatalf("scrolling made rows: %d", len(l.rows))
		}
		checkRows(t, l)
	}
}

// checkRows asserts that every row in sight is there, once, in its place.
func checkRows(t testing.TB, l *PagedList) {
	t.Helper()
	step := listStep()
	top, bottom := l.scroll.Offset.Y, l.scroll.Offset.Y+l.scroll.Size().Height
	seen := map[int]bool{}
	for _, o := range l.shown {
		r := o.(*listRow)
		if seen[r.index] {
			t.Errorf("row %d is drawn twice", r.index)
		}
		seen[r.index] = true
		if want := whole(float32(r.index) * step); r.Position().Y != want {
			t.Errorf("row %d lies at %v, want %v", r.index, r.Position().Y, want)
		}
		if want := fmt.Sprintf("Entry %d", r.index); r.title.String() != want {
			t.Errorf("row %d says %q", r.index, r.title)
		}
	}
	for i := range l.count {
		y := float32(i) * step
		if y+step > top && y < bottom && !seen[i] {
			t.Errorf("row %d is in sight and not drawn", i)
		}
	}
}

func TestListKeys(t *testing.T) {
	l, win := newList(t, manyItems(1000), 320, 600)
	var selected, opened []int
	l.OnSelected = func(i int) { selected = append(selected, i) }
	l.OnOpened = func(i int) { opened = append(opened, i) }
	win.Canvas().FocusNext()
	if win.Canvas().Focused() != l {
		t.Fatal("the list does not take the focus as one")
	}
	page := int(600/listStep()) - 1
	for _, c := range []struct {
		key  fyne.KeyName
		want int
	}{
		{fyne.KeyDown, 0},
		{fyne.KeyDown, 1},
		{fyne.KeyUp, 0},
		{fyne.KeyUp, 0},
		{fyne.KeyEnd, 999},
		{fyne.KeyDown, 999},
		{fyne.KeyPageUp, 999 - page},
		{fyne.KeyHome, 0},
		{fyne.KeyPageUp, 0},
		{fyne.KeyPageDown, page},
		{fyne.KeyEnter, page},
	} {
		l.TypedKey(key(c.key))
		if l.Selected() != c.want {
			t.Errorf("after %s row %d is chosen, want %d", c.key, l.Selected(), c.want)
		}
		y := float32(c.want)*listStep() - l.scroll.Offset.Y
		if y < -0.5 || y+listRowHeight() > 600.5 {
			t.Errorf("after %s the chosen row lies at %v", c.key, y)
		}
	}
	if len(opened) != 1 || opened[0] != page {
		t.Errorf("opened %v", opened)
	}
	if len(selected) != 10 {
		t.Errorf("selected %v", selected)
	}
	checkRows(t, l)
}

func TestEmptyList(t *testing.T) {
	l, win := newList(t, nil, 320, 600)
	l.OnSelected = func(int) { t.Error("a row of an empty list was chosen") }
	l.OnOpened = l.OnSelected
	win.Canvas().Focus(l)
	for _, k := range []fyne.KeyName{fyne.KeyDown, fyne.KeyUp, fyne.KeyHome, fyne.KeyEnd, fyne.KeyPageUp, fyne.KeyPageDown, fyne.KeySpace} {
		l.TypedKey(key(k))
	}
	l.Select(5)
	if l.Selected() != -1 {
		t.Error("a row is chosen")
	}
}

func TestListPointer(t *testing.T) {
	l, win := newList(t, manyItems(100), 320, 600)
	got := -1
	l.OnSelected = func(i int) { got = i }
	row := l.shown[2].(*listRow)
	row.MouseIn(nil)
	if row.ground.FillColor != tokens[ColorRailHover].light {
		t.Error("hover does not show")
	}
	row.MouseDown(&desktop.MouseEvent{})
	row.Tapped(&fyne.PointEvent{})
	if got != 2 || l.Selected() != 2 || win.Canvas().Focused() != l {
		t.Errorf("a press chose %d", got)
	}
	if row.ring.Visible() {
		t.Error("the ring shows for a press")
	}
	l.TypedKey(key(fyne.KeyDown))
	if next := l.shown[3].(*listRow); !next.ring.Visible() || !next.bar.Visible() || next.ground.FillColor != tokens[ColorAccentSoft].light {
		t.Error("the row chosen by key does not show it")
	}
	if row.bar.Visible() {
		t.Error("two rows look chosen")
	}
}

func TestListReload(t *testing.T) {
	use(t, ModeLight, 100)
	items := manyItems(50)
	known := false
	l := NewPagedList("Entries", func() int { return len(items) }, func(i int) (ListItem, bool) {
		if !known {
			return ListItem{}, false
		}
		return items[i], true
	})
	show(t, 320, 600, l)
	if r := l.shown[0].(*listRow); r.known || r.title.String() != "" {
		t.Error("a row that is on its way says something")
	}
	known = true
	l.Reload()
	checkRows(t, l)
	l.Select(49)
	items = items[:3]
	l.Reload()
	checkRows(t, l)
	if l.Selected() != -1 || len(l.shown) != 3 || l.scroll.Offset.Y != 0 {
		t.Errorf("after the list became short: row %d is chosen, %d show, offset %v", l.Selected(), len(l.shown), l.scroll.Offset.Y)
	}
	items[1].Title = "Entry 1 renamed"
	l.Reload()
	if got := l.shown[1].(*listRow).title.String(); got != "Entry 1 renamed" {
		t.Errorf("the row says %q", got)
	}
}

func TestListGrowsWithText(t *testing.T) {
	l, win := newList(t, manyItems(100), 320, 600)
	l.Select(50)
	fyne.CurrentApp().Settings().SetTheme(NewTheme(ModeLight, 200))
	win.Canvas().Capture()
	if got := l.shown[0].Size().Height; got != listRowHeight() || got < 180 {
		t.Errorf("a row is %v high", got)
	}
	checkRows(t, l)
}

// Scrolling must leave nothing behind: within the rows in sight it allocates
// nothing, and a row that comes into sight reuses one that left it.
func TestListAllocations(t *testing.T) {
	l, _ := newList(t, manyItems(10_000), 320, 600)
	l.scrollTo(50_000)
	if n := testing.AllocsPerRun(200, l.update); n != 0 {
		t.Errorf("an update without a new row allocates %v times", n)
	}
	y, objects := float32(50_000), map[fyne.CanvasObject]bool{}
	for range 500 {
		y += 40
		l.scrollTo(y)
		for _, o := range l.shown {
			walk(o, fyne.Position{}, func(o fyne.CanvasObject, _ fyne.Position) { objects[o] = true })
		}
	}
	if most := len(l.rows) * 14; len(objects) > most {
		t.Errorf("170 rows were drawn with %d objects, want no more than %d", len(objects), most)
	}
}

func BenchmarkListScroll(b *testing.B) {
	l, _ := newList(b, manyItems(10_000), 320, 760)
	y := float32(0)
	b.ReportAllocs()
	for b.Loop() {
		if y += 40; y > 1_000_000 {
			y = 0
		}
		l.scrollTo(y)
	}
}
