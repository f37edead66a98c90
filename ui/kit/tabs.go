package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
)

// Tab is one of the words above a page that has several.
type Tab struct {
	Word string
	// Locked tabs carry a lock beside the word. It says that something is asked for
	// before the tab opens, and looks the same whether there is anything behind it.
	Locked bool
}

// NewTabs returns a choice called name that stands above what it chooses: rounded rows
// as in the rail, with a bar beneath the chosen one. It is walked and read as every
// [Segmented].
func NewTabs(name string, all []Tab, chosen int, changed func(int)) *Segmented {
	words := make([]string, len(all))
	t := &tabs{locks: make([]*IconView, len(all))}
	for i, tab := range all {
		words[i] = tab.Word
		if tab.Locked {
			t.locks[i] = NewIcon(IconLock, tabLock, ColorMuted)
		}
	}
	s := NewSegmented(name, words, chosen, changed)
	s.tabs = t
	return s
}

// tabs is what a choice has more when it shows as tabs.
type tabs struct {
	bar   canvas.Rectangle // beneath the chosen one
	locks []*IconView      // nil where there is none
}

const (
	tabHeight float32 = 38
	tabGap    float32 = 6
	tabLock   float32 = 18 // a lock
	tabBar    float32 = 3
)

func (t *tabs) objects() []fyne.CanvasObject {
	o := []fyne.CanvasObject{&t.bar}
	for _, lock := range t.locks {
		if lock != nil {
			o = append(o, lock)
		}
	}
	return o
}

// before is the room that a lock takes before its word.
func (t *tabs) before() float32 { return whole((tabLock + SpaceS) * Scale()) }

// placeLock puts the lock of a tab before its word, and returns the room that it takes.
func (t *tabs) placeLock(i int, x, y, h float32) float32 {
	lock := t.locks[i]
	if lock == nil {
		return 0
	}
	size := whole(tabLock * Scale())
	set(lock, whole(x+segmentSide*Scale()), whole(y+(h-size)/2), size, size)
	return t.before()
}

func (s *Segmented) paintTabs() {
	fill(&s.ground, colorNone, colorNone, 0, 0)
	fill(&s.fill, ColorAccentSoft, colorNone, 0, radiusControl)
	fill(&s.shade, ColorRailHover, colorNone, 0, radiusControl)
	fill(&s.tabs.bar, ColorAccent, colorNone, 0, tabBar/2)
	s.paintRing()
}

func (s *Segmented) placeBar(size fyne.Size) {
	x, y, w, h := s.cell(s.chosen, size.Width)
	side := segmentSide * Scale()
	set(&s.tabs.bar, x+side, y+h-tabBar, w-2*side, tabBar)
}
