package kit

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
)

// Text shows words in one of the roles of the design, broken into lines of the
// width it is given. It is never wider than that, and never clipped: its
// height is that of its lines. What could act instead of being read is shown
// as a box.
type Text struct {
	Part
	runs     []Run
	role     Role
	color    fyne.ThemeColorName
	centered bool
	maxLines int

	spans   []span
	scale   float32 // for which spans were made
	natural float32 // the longest line when none is broken; negative: not known
	laid    [2]laid // the last widths asked for; layouts measure one and place another
	drawn   []*canvas.Text
	visible []fyne.CanvasObject
	region  area // what can be seen; empty: not known, so all
	from    int  // the lines that are drawn: from (included)
	to      int  // to to (excluded)
}

// laid is the lines for a width.
type laid struct {
	width float32
	lines []line
	spans []span // the text's own, or with the mark of what was left out
}

var (
	_ Flexible        = (*Text)(nil)
	_ Natural         = (*Text)(nil)
	_ Windowed        = (*Text)(nil)
	_ fyne.Accessible = (*Text)(nil)
)

// NewText returns words in the colour ink.
func NewText(role Role, text string) *Text {
	return NewRuns(role, Run{Text: text})
}

// NewRuns returns words of several weights, slants or colours that are broken
// into lines together.
func NewRuns(role Role, runs ...Run) *Text {
	t := &Text{runs: runs, role: role, color: ColorInk}
	t.ExtendBaseWidget(t)
	return t
}

// In sets the colour and returns t.
func (t *Text) In(color fyne.ThemeColorName) *Text {
	t.color = color
	t.forget()
	return t
}

// setColor changes the colour of words that are on screen already.
func (t *Text) setColor(color fyne.ThemeColorName) {
	if t.color != color {
		t.In(color).place(t.Size())
	}
}

// Centered sets every line in the middle and returns t.
func (t *Text) Centered() *Text {
	t.centered = true
	return t
}

// MaxLines leaves out what does not fit n lines and marks it with "…"; 0 is no
// limit. It returns t.
func (t *Text) MaxLines(n int) *Text {
	t.maxLines = n
	t.forget()
	return t
}

// SetText replaces the words.
func (t *Text) SetText(text string) { t.SetRuns(Run{Text: text}) }

// SetRuns replaces the words.
func (t *Text) SetRuns(runs ...Run) {
	t.runs = runs
	t.forget()
	t.Changed()
	t.Refresh()
}

// String is the words as they were given.
func (t *Text) String() string {
	var b strings.Builder
	for _, r := range t.runs {
		b.WriteString(r.Text)
	}
	return b.String()
}

// HeightFor implements [Flexible].
func (t *Text) HeightFor(width float32) float32 {
	return t.role.LineHeight() * float32(len(t.at(width).lines))
}

// NaturalWidth is the width of the longest line when none is broken.
func (t *Text) NaturalWidth() float32 {
	t.ready()
	if t.natural < 0 {
		t.natural = 0
		for _, l := range wrap(t.spans, maxWidth) {
			t.natural = max(t.natural, ceil(l.width))
		}
	}
	return t.natural
}

// maxWidth is wider than any line of a person's.
const maxWidth float32 = 1 << 24

func ceil(v float32) float32 {
	if w := whole(v); w >= v {
		return w
	}
	return whole(v + 0.5)
}

// ShowRegion implements [Windowed].
func (t *Text) ShowRegion(top, bottom float32) {
	t.region = area{top, bottom}
	if size := t.Size(); size.Width > 0 {
		if from, to := t.inSight(len(t.at(size.Width).lines)); from != t.from || to != t.to {
			t.place(size)
			canvas.Refresh(t)
		}
	}
}

// inSight is which of n lines are drawn: from (included) to to (excluded).
func (t *Text) inSight(n int) (from, to int) {
	if t.region == (area{}) {
		return 0, n
	}
	height := t.role.LineHeight()
	from = min(max(int(t.region.top/height), 0), n)
	to = max(min(int(t.region.bottom/height)+1, n), from)
	return from, to
}

// AccessibilityLabel implements [fyne.Accessible].
func (t *Text) AccessibilityLabel() string { return clean(t.String()) }

// AccessibilityRole implements [fyne.Accessible].
func (t *Text) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleText }

// CreateRenderer implements [fyne.Widget].
func (t *Text) CreateRenderer() fyne.WidgetRenderer { return newRenderer(t) }

func (t *Text) forget() {
	t.spans, t.laid, t.natural = nil, [2]laid{}, -1
}

// ready makes the spans for the size of text of now.
func (t *Text) ready() {
	if t.spans == nil || t.scale != Scale() {
		t.forget()
		t.scale = Scale()
		t.spans = spans(t.runs, t.role, t.color)
	}
}

// at returns the lines for a width, from memory where it can.
func (t *Text) at(width float32) *laid {
	t.ready()
	if t.laid[0].lines != nil && t.laid[0].width == width {
		return &t.laid[0]
	}
	t.laid[0], t.laid[1] = t.laid[1], t.laid[0]
	if t.laid[0].lines == nil || t.laid[0].width != width {
		t.laid[0] = laid{width, wrap(t.spans, max(width, 1)), t.spans}
		if t.maxLines > 0 && len(t.laid[0].lines) > t.maxLines {
			t.laid[0].cut(t.maxLines)
		}
	}
	return &t.laid[0]
}

// cut leaves n lines and ends the last with "…", at the end of a word where
// one fits.
func (l *laid) cut(n int) {
	last := l.lines[n-1]
	l.lines = l.lines[:n]
	if len(last.segments) == 0 {
		return
	}
	seg := last.segments[len(last.segments)-1]
	from := l.spans[seg.span]
	text := from.text[seg.from:seg.to]
	for {
		text = strings.TrimRightFunc(text, func(r rune) bool { return unicode.IsSpace(r) || unicode.IsPunct(r) })
		if text == "" || seg.x+from.measure(text+"…") <= l.width {
			break
		}
		if space := strings.LastIndexFunc(text, unicode.IsSpace); space > 0 {
			text = text[:space]
			continue
		}
		_, size := utf8.DecodeLastRuneInString(text)
		text = text[:len(text)-size]
	}
	from.text = text + "…"
	l.spans = append(append([]span(nil), l.spans...), from)
	seg.piece = piece{len(l.spans) - 1, 0, len(from.text)}
	seg.width = from.measure(from.text)
	last.segments = append(append([]segment(nil), last.segments[:len(last.segments)-1]...), seg)
	last.width = seg.x + seg.width
	l.lines[n-1] = last
}

func (t *Text) objects() []fyne.CanvasObject { return t.visible }

func (t *Text) paint() {}

// place gives every segment in sight a text object; there are only as many as
// were ever in sight at once.
func (t *Text) place(size fyne.Size) {
	if size.Width <= 0 {
		return
	}
	l := t.at(size.Width)
	height := t.role.LineHeight()
	from, to := t.inSight(len(l.lines))
	t.from, t.to = from, to
	t.visible = t.visible[:0]
	drop := roles[t.role].face.drop * roles[t.role].size * t.scale
	for i := from; i < to; i++ {
		row := &l.lines[i]
		start := float32(0)
		if t.centered {
			start = (size.Width - row.width) / 2
		}
		for j := range row.segments {
			seg := &row.segments[j]
			s := &l.spans[seg.span]
			d := t.next()
			d.Text, d.TextSize, d.TextStyle, d.FontSource = s.text[seg.from:seg.to], s.size, s.style, s.font
			d.Color = Color(s.color)
			h := d.MinSize().Height
			set(d, start+seg.x, float32(i)*height+(height-h)/2+drop, ceil(seg.width), h)
			d.Refresh()
		}
	}
}

// next makes one more text object visible and returns it.
func (t *Text) next() *canvas.Text {
	n := len(t.visible)
	if n == len(t.drawn) {
		t.drawn = append(t.drawn, &canvas.Text{})
	}
	t.visible = append(t.visible, t.drawn[n])
	return t.drawn[n]
}

func (t *Text) minSize() fyne.Size {
	width := t.Size().Width
	if width <= 0 {
		width = min(t.NaturalWidth(), Measure)
	}
	return fyne.NewSize(t.narrow(), t.HeightFor(width))
}

// narrow is room for a word or two; longer ones are broken.
func (t *Text) narrow() float32 { return min(t.NaturalWidth(), 6*roles[t.role].size*Scale()) }
