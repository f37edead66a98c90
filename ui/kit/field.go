package kit

import (
	"image/color"
	"unicode/utf8"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

const (
	fieldHeight float32 = 44
	fieldSide   float32 = 14
	fieldIcon   float32 = 28 // an icon with the room beside it
)

// Field is one line to write in, with its label above. It is not for secrets:
// those go into a [SecretEntry].
type Field struct {
	Part
	// OnChanged hears the words after every change, OnSubmitted on Enter.
	OnChanged   func(string)
	OnSubmitted func(string)

	name  *Text // nil: a search field, whose placeholder is its label
	entry *lineEntry
	dress *container.ThemeOverride
	icon  Icon
	box   box
}

// NewField returns an empty field with a label above it.
func NewField(label string) *Field {
	f := &Field{name: NewText(Kicker, label)}
	f.build(label)
	return f
}

// NewSearchField returns a field for looking something up. It has no label
// above; its placeholder says what is searched.
func NewSearchField(placeholder string) *Field {
	f := &Field{icon: IconSearch}
	f.build(placeholder)
	f.entry.SetPlaceHolder(placeholder)
	return f
}

func (f *Field) build(label string) {
	f.entry = &lineEntry{of: f, label: label}
	f.entry.ExtendBaseWidget(f.entry)
	f.entry.OnChanged = func(s string) {
		onTouch()
		if f.OnChanged != nil {
			f.OnChanged(s)
		}
	}
	f.entry.OnSubmitted = func(s string) {
		if f.OnSubmitted != nil {
			f.OnSubmitted(s)
		}
	}
	f.dress = container.NewThemeOverride(f.entry, bareEntry{})
	f.ExtendBaseWidget(f)
}

// WithIcon sets an icon at the start and returns f.
func (f *Field) WithIcon(icon Icon) *Field {
	f.icon = icon
	return f
}

// Text is what the person wrote.
func (f *Field) Text() string { return f.entry.Text }

// SetText replaces what is written; the caret goes to its end.
func (f *Field) SetText(s string) {
	f.entry.SetText(s)
	f.entry.CursorColumn = utf8.RuneCountInString(s)
	f.entry.Refresh()
}

// Focus gives the keyboard to the field.
func (f *Field) Focus() { focus(f.entry) }

// Focusable is the object that has the keyboard while the field is written in.
func (f *Field) Focusable() fyne.Focusable { return f.entry }

// HeightFor implements [Flexible].
func (f *Field) HeightFor(width float32) float32 {
	return f.top(width) + whole(fieldHeight*Scale())
}

// top is where the box begins, below the label.
func (f *Field) top(width float32) float32 {
	if f.name == nil {
		return 0
	}
	return f.name.HeightFor(width) + SpaceS
}

// CreateRenderer implements [fyne.Widget].
func (f *Field) CreateRenderer() fyne.WidgetRenderer { return newRenderer(f) }

func (f *Field) objects() []fyne.CanvasObject {
	o := append(f.box.objects(), f.dress)
	if f.name != nil {
		o = append(o, f.name)
	}
	return o
}

func (f *Field) paint() { f.box.paint(f.icon, f.entry.focused) }

func (f *Field) place(size fyne.Size) {
	top := f.top(size.Width)
	if f.name != nil {
		set(f.name, 0, 0, size.Width, top-SpaceS)
	}
	h := whole(fieldHeight * Scale())
	x := f.box.place(f.icon, top, size.Width, h)
	// The toolkit's entry keeps its text an inner padding from its edges.
	text := f.entry.MinSize().Height
	drop := roles[Body].size * Scale() * sans.drop
	set(f.dress, x-entryPad, top+(h-text)/2+drop, size.Width-x-SpaceS+entryPad, text)
}

func (f *Field) minSize() fyne.Size {
	w := f.Size().Width
	if w <= 0 {
		w = Measure
	}
	return fyne.NewSize(120*Scale(), f.HeightFor(w))
}

// box is the outlined ground of something to write in.
type box struct {
	ground, ring canvas.Rectangle
	pic          picture
}

func (b *box) objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{&b.ring, &b.ground, &b.pic.image}
}

func (b *box) paint(icon Icon, focused bool) {
	fill(&b.ground, ColorCard, ColorOutline, strokeControl, radiusControl)
	paintRing(&b.ring, focused)
	b.pic.paint(icon, ColorMuted)
}

// place sets the box at y and returns where the words begin.
func (b *box) place(icon Icon, y, w, h float32) (x float32) {
	s := Scale()
	set(&b.ground, 0, y, w, h)
	placeRing(&b.ring, fyne.NewSize(w, h), radiusControl, false)
	b.ring.Move(b.ring.Position().AddXY(0, whole(y)))
	x = fieldSide * s
	if icon == IconNone {
		return x
	}
	b.pic.place(icon, x-2, y, h, 20*s)
	return x + fieldIcon*s
}

// lineEntry is the toolkit's entry with its keys and focus told to the field.
type lineEntry struct {
	widget.Entry
	of      *Field
	label   string
	focused bool
}

func (e *lineEntry) FocusGained() {
	e.focused = true
	e.Entry.FocusGained()
	e.of.Refresh()
	e.of.Reveal(e.of, 0, e.of.Size().Height)
}

func (e *lineEntry) FocusLost() {
	e.focused = false
	e.Entry.FocusLost()
	e.of.Refresh()
}

// TypedShortcut implements [fyne.Shortcutable].
func (e *lineEntry) TypedShortcut(s fyne.Shortcut) {
	e.Entry.TypedShortcut(s)
	switch s.(type) {
	case *fyne.ShortcutCopy, *fyne.ShortcutCut:
		onCopy()
	}
}

func (e *lineEntry) TypedKey(k *fyne.KeyEvent) {
	onTouch()
	if k.Name == fyne.KeyEscape {
		e.of.PassKey(k)
		return
	}
	e.Entry.TypedKey(k)
}

func (e *lineEntry) AccessibilityLabel() string             { return clean(e.label) }
func (e *lineEntry) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleText }

// CreateRenderer implements [fyne.Widget]: the toolkit's, without its ground and
// border, which the field draws.
func (e *lineEntry) CreateRenderer() fyne.WidgetRenderer {
	r := bareRenderer{WidgetRenderer: e.Entry.CreateRenderer()}
	for _, o := range r.WidgetRenderer.Objects() {
		if _, ok := o.(*canvas.Rectangle); !ok {
			r.objects = append(r.objects, o)
		}
	}
	return r
}

type bareRenderer struct {
	fyne.WidgetRenderer
	objects []fyne.CanvasObject
}

func (r bareRenderer) Objects() []fyne.CanvasObject { return r.objects }

const (
	entryPad   float32 = 6 // inside the toolkit's entry
	caretWidth float32 = 2
)

// bareEntry is the theme of now with the figures that fit the field. The
// toolkit makes its caret as wide as the border of its entry.
type bareEntry struct{}

func (bareEntry) now() fyne.Theme { return fyne.CurrentApp().Settings().Theme() }

func (b bareEntry) Font(s fyne.TextStyle) fyne.Resource     { return b.now().Font(s) }
func (b bareEntry) Icon(n fyne.ThemeIconName) fyne.Resource { return b.now().Icon(n) }

func (b bareEntry) Color(n fyne.ThemeColorName, v fyne.ThemeVariant) color.Color {
	return b.now().Color(n, v)
}

func (b bareEntry) Size(n fyne.ThemeSizeName) float32 {
	switch n {
	case theme.SizeNameInnerPadding:
		return entryPad
	case theme.SizeNameInputBorder:
		return caretWidth
	}
	return b.now().Size(n)
}
