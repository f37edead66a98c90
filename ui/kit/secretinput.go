package kit

import (
	"unicode/utf8"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
)

// secretInput is the line of a [SecretEntry] that has the keyboard. Either all
// is chosen or nothing: to choose a part of a row of dots helps nobody.
type secretInput struct {
	Part
	of     *SecretEntry
	label  string
	secret []byte // its capacity never changes
	caret  int    // bytes before the caret
	all    bool   // everything is chosen
	shown  bool
	deaf   bool

	focused bool
	first   int // the first character that is drawn, when not all fit
	cells   []*canvas.Text
	edges   []cellEdge
	line    canvas.Rectangle // caret
	chosen  canvas.Rectangle
	objs    []fyne.CanvasObject
}

// cellEdge is where a drawn character begins.
type cellEdge struct {
	x    float32
	byte int
}

var (
	_ fyne.Focusable     = (*secretInput)(nil)
	_ fyne.Shortcutable  = (*secretInput)(nil)
	_ fyne.Tappable      = (*secretInput)(nil)
	_ fyne.Accessible    = (*secretInput)(nil)
	_ desktop.Mouseable  = (*secretInput)(nil)
	_ desktop.Cursorable = (*secretInput)(nil)
)

func (i *secretInput) FocusGained() {
	i.focused = true
	i.of.Refresh()
	i.Refresh()
	i.Reveal(i, 0, i.Size().Height)
}

func (i *secretInput) FocusLost() {
	i.focused, i.all = false, false
	i.of.Refresh()
	i.Refresh()
}

func (i *secretInput) TypedRune(r rune) {
	onTouch()
	if i.deaf {
		return
	}
	var b [utf8.UTFMax]byte
	n := utf8.EncodeRune(b[:], r)
	i.insert(b[:n])
	clear(b[:])
}

func (i *secretInput) TypedKey(e *fyne.KeyEvent) {
	if i.deaf && e.Name != fyne.KeyEscape {
		return
	}
	switch e.Name {
	case fyne.KeyReturn, fyne.KeyEnter:
		if i.of.OnSubmitted != nil {
			i.of.OnSubmitted()
		}
	case fyne.KeyBackspace:
		i.delete(i.caret-i.lastLen(), i.caret)
	case fyne.KeyDelete:
		i.delete(i.caret, i.caret+i.nextLen())
	case fyne.KeyLeft:
		i.move(i.caret - i.lastLen())
	case fyne.KeyRight:
		i.move(i.caret + i.nextLen())
	case fyne.KeyHome, fyne.KeyUp, fyne.KeyPageUp:
		i.move(0)
	case fyne.KeyEnd, fyne.KeyDown, fyne.KeyPageDown:
		i.move(len(i.secret))
	default:
		i.PassKey(e)
	}
}

// TypedShortcut pastes and chooses all; copying a secret is not offered.
func (i *secretInput) TypedShortcut(s fyne.Shortcut) {
	if i.deaf {
		return
	}
	switch s := s.(type) {
	case *fyne.ShortcutPaste:
		if s.Clipboard == nil {
			return
		}
		pasted := []byte(s.Clipboard.Content())
		for n := len(pasted); n > 0 && (pasted[n-1] == '\n' || pasted[n-1] == '\r'); n-- {
			pasted = pasted[:n-1] // a line copied whole brings its end along
		}
		i.insert(pasted)
		clear(pasted)
	case *fyne.ShortcutSelectAll:
		i.all = len(i.secret) > 0
		i.Refresh()
	}
}

func (i *secretInput) delete(from, to int) {
	switch {
	case i.all:
		i.clear()
	case from == to:
		return
	default:
		i.remove(from, to)
	}
	i.changed()
}

func (i *secretInput) move(caret int) {
	i.caret, i.all = caret, false
	i.Refresh()
}

// lastLen and nextLen are the lengths of the characters around the caret.
func (i *secretInput) lastLen() int {
	_, n := utf8.DecodeLastRune(i.secret[:i.caret])
	return n
}

func (i *secretInput) nextLen() int {
	_, n := utf8.DecodeRune(i.secret[i.caret:])
	return n
}

func (i *secretInput) MouseDown(e *desktop.MouseEvent) {
	focus(i)
	i.move(i.byteAt(e.Position.X))
}

func (i *secretInput) MouseUp(*desktop.MouseEvent) {}

// Tapped is there so that the toolkit knows the part for one that is pressed;
// MouseDown does the work.
func (i *secretInput) Tapped(*fyne.PointEvent) {}

func (i *secretInput) Cursor() desktop.Cursor { return desktop.TextCursor }

func (i *secretInput) AccessibilityLabel() string             { return clean(i.label) }
func (i *secretInput) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleText }

// byteAt is the place in the secret that is nearest to x.
func (i *secretInput) byteAt(x float32) int {
	last := len(i.edges) - 1
	for n := range last {
		if x < (i.edges[n].x+i.edges[n+1].x)/2 {
			return i.edges[n].byte
		}
	}
	return i.edges[last].byte
}

func (i *secretInput) CreateRenderer() fyne.WidgetRenderer { return newRenderer(i) }
func (i *secretInput) objects() []fyne.CanvasObject        { return i.objs }
func (i *secretInput) minSize() fyne.Size                  { return fyne.NewSize(60, secretHeight) }

func (i *secretInput) paint() {
	fill(&i.line, ColorAccent, colorNone, 0, 1)
	fill(&i.chosen, ColorAccentSoft, colorNone, 0, 4)
	i.line.Hidden = !i.focused
	i.chosen.Hidden = !i.all
}

// place draws one object for each character that fits, so that no string ever
// holds two of them in a row.
func (i *secretInput) place(size fyne.Size) {
	if size.Width <= 0 {
		return // never shown, so nothing was drawn
	}
	before := utf8.RuneCount(i.secret[:i.caret])
	i.first = min(i.first, before)
	if kept := i.first; kept > 0 {
		if i.first = 0; i.spread(size) < len(i.secret) {
			i.first = kept // not all fits, so what was in sight stays there
		}
	}
	for i.first < before && i.spread(size) < i.caret {
		i.first++
	}
	i.spread(size)
	s := Scale()
	caret := float32(0)
	for _, e := range i.edges {
		if e.byte == i.caret {
			caret = e.x
		}
	}
	h := 20 * s
	set(&i.line, caret, (size.Height-h)/2, 2, h)
	set(&i.chosen, 0, (size.Height-h)/2-2, i.edges[len(i.edges)-1].x, h+4)
	i.objs = append(i.objs[:0], &i.chosen)
	for n := range i.edges[1:] {
		i.objs = append(i.objs, i.cells[n])
	}
	for _, unused := range i.cells[len(i.edges)-1:] {
		if unused.Text != "" {
			unused.Text = ""
			unused.Refresh()
		}
	}
	i.objs = append(i.objs, &i.line)
}

const dot = "•"

// spread sets characters from the first that is drawn until the line is full,
// and returns the place in the secret after the last of them.
func (i *secretInput) spread(size fyne.Size) int {
	st := roles[Body]
	i.edges = append(i.edges[:0], cellEdge{})
	skip, x, at := i.first, float32(0), 0
	for at < len(i.secret) {
		r, n := utf8.DecodeRune(i.secret[at:])
		if skip > 0 {
			skip, at = skip-1, at+n
			i.edges[0].byte = at
			continue
		}
		if len(i.cells) < len(i.edges) {
			i.cells = append(i.cells, &canvas.Text{})
		}
		c := i.cells[len(i.edges)-1]
		c.Text = dot
		if i.shown {
			c.Text = clean(string(r))
		}
		c.TextSize, c.Color = st.size*Scale(), Color(ColorInk)
		c.FontSource, c.TextStyle = lineFont(c.Text, Body)
		m := c.MinSize()
		if x+m.Width+3 > size.Width {
			break
		}
		set(c, x, (size.Height-m.Height)/2+st.size*Scale()*st.face.drop, ceil(m.Width), m.Height)
		c.Refresh()
		x, at = x+m.Width+1, at+n
		i.edges = append(i.edges, cellEdge{x, at})
	}
	return at
}
