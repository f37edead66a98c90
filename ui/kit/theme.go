package kit

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
)

// Mode says who chooses between light and dark.
type Mode uint8

// ModeSystem follows the computer; the other two are the person's choice.
const (
	ModeSystem Mode = iota
	ModeLight
	ModeDark
)

// TextSizes are the sizes of text that a person can choose from, in percent.
var TextSizes = []int{100, 125, 150, 200}

// foldPercent is the size of text from which the rail shows icons only and
// grids fall to one column.
const foldPercent = 150

// Theme gives the toolkit our colours, typefaces and sizes. It never changes:
// to change the mode or the size of text, set a new one on the app's settings,
// and every part reads it afresh.
type Theme struct {
	mode  Mode
	scale float32
}

var _ fyne.Theme = (*Theme)(nil)

// NewTheme returns the theme for a mode and a size of text in percent. A size
// that is not among [TextSizes] is taken as the nearest of them.
func NewTheme(mode Mode, percent int) *Theme {
	nearest := TextSizes[0]
	for _, p := range TextSizes {
		if abs(p-percent) < abs(nearest-percent) {
			nearest = p
		}
	}
	return &Theme{mode: mode, scale: float32(nearest) / 100}
}

func abs(n int) int { return max(n, -n) }

// Color implements [fyne.Theme].
func (t *Theme) Color(name fyne.ThemeColorName, variant fyne.ThemeVariant) color.Color {
	if ours, ok := stock[name]; ok {
		name = ours
	}
	both, ok := tokens[name]
	switch {
	case !ok:
		return theme.DefaultTheme().Color(name, variant)
	case t.mode == ModeDark, t.mode == ModeSystem && variant == theme.VariantDark:
		return both.dark
	}
	return both.light
}

// Font implements [fyne.Theme]. The toolkit's own parts work, so they speak in
// sans.
func (t *Theme) Font(style fyne.TextStyle) fyne.Resource {
	switch {
	case style.Monospace, style.Symbol:
		return theme.DefaultTheme().Font(style)
	case style.Bold:
		return fontSansSemibold
	case style.Italic:
		return fontSansItalic
	}
	return fontSans
}

// Icon implements [fyne.Theme]. Only file dialogs still ask for these.
func (t *Theme) Icon(name fyne.ThemeIconName) fyne.Resource {
	return theme.DefaultTheme().Icon(name)
}

// sizeScale is the factor by which text, icons and controls grow.
const sizeScale fyne.ThemeSizeName = "ebb.scale"

// Size implements [fyne.Theme]. Text grows with the chosen size; margins and
// radii do not.
func (t *Theme) Size(name fyne.ThemeSizeName) float32 {
	switch name {
	case sizeScale:
		return t.scale
	case theme.SizeNameText:
		return roleBody.size * t.scale
	case theme.SizeNameCaptionText:
		return roleCaption.size * t.scale
	case theme.SizeNameHeadingText:
		return roleTitle.size * t.scale
	case theme.SizeNameSubHeadingText:
		return roleSub.size * t.scale
	case theme.SizeNameInputRadius, theme.SizeNameSelectionRadius, theme.SizeNameButtonRadius:
		return radiusControl
	case theme.SizeNameScrollBar:
		return 10
	case theme.SizeNameScrollBarSmall:
		return 4
	case theme.SizeNameInputBorder:
		return strokeControl
	case theme.SizeNameInnerPadding:
		return 10
	}
	return theme.DefaultTheme().Size(name)
}

// Scale is the factor by which text, icons and controls are larger than at
// 100 %.
func Scale() float32 {
	if s := fyne.CurrentApp().Settings().Theme().Size(sizeScale); s > 0 {
		return s
	}
	return 1 // a theme that is not ours
}

// Folded reports whether text is so large that rails fold and grids fall to
// one column.
func Folded() bool { return Scale()*100 >= foldPercent }

// Radii and strokes of the design, in units of the canvas. A stroke of one
// unit fades below the contrast that an outline needs, so controls have 1.5;
// one is for hairlines.
const (
	radiusCard    float32 = 14
	radiusControl float32 = 9
	radiusRow     float32 = 10

	strokeHair    float32 = 1
	strokeControl float32 = 1.5
	strokeChosen  float32 = 2

	ringWidth float32 = 2
	ringGap   float32 = 4
	// ringInset keeps a ring inside its part away from the edge of a scroll,
	// where the software painter would shift it.
	ringInset float32 = 3
)

// Distances of the design, in units of the canvas.
const (
	SpaceXS float32 = 4
	SpaceS  float32 = 8
	SpaceM  float32 = 12
	SpaceL  float32 = 16
	SpaceXL float32 = 24

	// SpaceCards lies between cards.
	SpaceCards float32 = 20

	// Measure is the widest that text for reading may run, and IntroMeasure the
	// widest for the line under a title.
	Measure      float32 = 640
	IntroMeasure float32 = 680
)
