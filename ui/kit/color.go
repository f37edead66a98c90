package kit

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
)

// The colours of the design, by what they are for. Line, the waves, hover and
// sunk are decoration: no meaning may hang on them alone.
const (
	ColorPaper      fyne.ThemeColorName = "ebb.paper"      // window
	ColorRail       fyne.ThemeColorName = "ebb.rail"       // navigation rail, list pane
	ColorCard       fyne.ThemeColorName = "ebb.card"       // cards, fields, editor
	ColorSunk       fyne.ThemeColorName = "ebb.sunk"       // quiet panels, unselected tab, pressed
	ColorLine       fyne.ThemeColorName = "ebb.line"       // hairline
	ColorOutline    fyne.ThemeColorName = "ebb.outline"    // field, chip, check and button outlines
	ColorInk        fyne.ThemeColorName = "ebb.ink"        // text
	ColorMuted      fyne.ThemeColorName = "ebb.muted"      // second text, placeholders
	ColorAccent     fyne.ThemeColorName = "ebb.accent"     // primary fill, links, focus ring, selection
	ColorOnAccent   fyne.ThemeColorName = "ebb.onAccent"   // text on accent
	ColorAccentSoft fyne.ThemeColorName = "ebb.accentSoft" // selected row, chosen answer
	ColorAccentInk  fyne.ThemeColorName = "ebb.accentInk"  // text on accentSoft
	ColorHover      fyne.ThemeColorName = "ebb.hover"      // hover on card
	ColorRailHover  fyne.ThemeColorName = "ebb.railHover"  // hover on rail and paper
	ColorClay       fyne.ThemeColorName = "ebb.clay"       // first person
	ColorClaySoft   fyne.ThemeColorName = "ebb.claySoft"   // first person's ground
	ColorPlum       fyne.ThemeColorName = "ebb.plum"       // second person
	ColorPlumSoft   fyne.ThemeColorName = "ebb.plumSoft"   // second person's ground
	ColorSlate      fyne.ThemeColorName = "ebb.slate"      // third person
	ColorSlateSoft  fyne.ThemeColorName = "ebb.slateSoft"  // third person's ground
	ColorMoss       fyne.ThemeColorName = "ebb.moss"       // fourth person
	ColorMossSoft   fyne.ThemeColorName = "ebb.mossSoft"   // fourth person's ground
	ColorWarn       fyne.ThemeColorName = "ebb.warn"       // a thing to look at
	ColorDanger     fyne.ThemeColorName = "ebb.danger"     // only for destroy
	ColorWave1      fyne.ThemeColorName = "ebb.wave1"      // tide drawing, far
	ColorWave2      fyne.ThemeColorName = "ebb.wave2"      // tide drawing, near

	// colorNone paints nothing.
	colorNone fyne.ThemeColorName = ""
)

// token is one colour in both modes.
type token struct{ light, dark color.Color }

func rgb(v uint32) color.Color {
	return color.NRGBA{R: uint8(v >> 16), G: uint8(v >> 8), B: uint8(v), A: 0xFF}
}

// tokens is the colour table of the design. The values are boxed once, so that
// painting allocates nothing.
var tokens = map[fyne.ThemeColorName]token{
	ColorPaper:      {rgb(0xF6F1E8), rgb(0x171A19)},
	ColorRail:       {rgb(0xECE5D8), rgb(0x121514)},
	ColorCard:       {rgb(0xFFFDF9), rgb(0x1F2423)},
	ColorSunk:       {rgb(0xF1EADE), rgb(0x191D1C)},
	ColorLine:       {rgb(0xDED5C5), rgb(0x343B39)},
	ColorOutline:    {rgb(0x7C7365), rgb(0x848E8A)},
	ColorInk:        {rgb(0x272B29), rgb(0xECE7DE)},
	ColorMuted:      {rgb(0x5F5A51), rgb(0xB0AFA6)},
	ColorAccent:     {rgb(0x1E5B5A), rgb(0x93CCC1)},
	ColorOnAccent:   {rgb(0xFFFFFF), rgb(0x0D211F)},
	ColorAccentSoft: {rgb(0xDAE8E2), rgb(0x233F3B)},
	ColorAccentInk:  {rgb(0x174948), rgb(0xBFE3DB)},
	ColorHover:      {rgb(0xEFE7D9), rgb(0x2A302E)},
	ColorRailHover:  {rgb(0xE2D9C8), rgb(0x1E2322)},
	ColorClay:       {rgb(0x885027), rgb(0xE6B98F)},
	ColorClaySoft:   {rgb(0xF5E6D3), rgb(0x3A2D20)},
	ColorPlum:       {rgb(0x694A73), rgb(0xCDB3D6)},
	ColorPlumSoft:   {rgb(0xECE3EF), rgb(0x352B3A)},
	ColorSlate:      {rgb(0x3F5878), rgb(0xA9C1E0)},
	ColorSlateSoft:  {rgb(0xE1E7F0), rgb(0x263040)},
	ColorMoss:       {rgb(0x55602B), rgb(0xC3CC96)},
	ColorMossSoft:   {rgb(0xE7EAD6), rgb(0x2C3120)},
	ColorWarn:       {rgb(0x8A5A10), rgb(0xE0BB78)},
	ColorDanger:     {rgb(0x94352D), rgb(0xEE9F97)},
	ColorWave1:      {rgb(0xEBE2D2), rgb(0x1C2120)},
	ColorWave2:      {rgb(0xE0E4DA), rgb(0x1F2B29)},
	colorShadowFar:  {color.NRGBA{R: 0x3A, G: 0x2C, B: 0x1A, A: 16}, color.NRGBA{A: 48}},
	colorShadowNear: {color.NRGBA{R: 0x3A, G: 0x2C, B: 0x1A, A: 22}, color.NRGBA{A: 66}},
	colorShadowMenu: {color.NRGBA{R: 0x3A, G: 0x2C, B: 0x1A, A: 40}, color.NRGBA{A: 100}},
	colorScrim:      {color.NRGBA{R: 0x3A, G: 0x2C, B: 0x1A, A: 84}, color.NRGBA{A: 150}},
	colorNone:       {color.NRGBA{}, color.NRGBA{}},
}

const (
	colorShadowFar  fyne.ThemeColorName = "ebb.shadowFar"
	colorShadowNear fyne.ThemeColorName = "ebb.shadowNear"
	colorShadowMenu fyne.ThemeColorName = "ebb.shadowMenu" // around the toolkit's menus
	colorScrim      fyne.ThemeColorName = "ebb.scrim"      // over the page, under a sheet
)

// stock says which colour of ours stands in for each of the toolkit's, for the
// parts that are the toolkit's own: the text entry, scroll bars, file dialogs.
var stock = map[fyne.ThemeColorName]fyne.ThemeColorName{
	theme.ColorNameBackground:          ColorPaper,
	theme.ColorNameForeground:          ColorInk,
	theme.ColorNamePrimary:             ColorAccent,
	theme.ColorNameForegroundOnPrimary: ColorOnAccent,
	theme.ColorNameHyperlink:           ColorAccent,
	theme.ColorNameButton:              ColorSunk,
	theme.ColorNameDisabledButton:      ColorSunk,
	theme.ColorNameDisabled:            ColorMuted,
	theme.ColorNameHover:               ColorHover,
	theme.ColorNamePressed:             ColorSunk,
	theme.ColorNameFocus:               ColorAccentSoft,
	theme.ColorNameSelection:           ColorAccentSoft,
	theme.ColorNameInputBackground:     ColorCard,
	theme.ColorNameInputBorder:         ColorOutline,
	theme.ColorNamePlaceHolder:         ColorMuted,
	theme.ColorNameSeparator:           ColorLine,
	theme.ColorNameScrollBar:           ColorOutline,
	theme.ColorNameScrollBarBackground: colorNone,
	theme.ColorNameShadow:              colorShadowMenu,
	theme.ColorNameMenuBackground:      ColorCard,
	theme.ColorNameOverlayBackground:   ColorCard,
	theme.ColorNameHeaderBackground:    ColorRail,
	theme.ColorNameError:               ColorDanger,
	theme.ColorNameForegroundOnError:   ColorOnAccent,
	theme.ColorNameSuccess:             ColorAccent,
	theme.ColorNameForegroundOnSuccess: ColorOnAccent,
	theme.ColorNameWarning:             ColorWarn,
	theme.ColorNameForegroundOnWarning: ColorOnAccent,
}

// Color is what name looks like in the theme and the mode of now. Widgets read
// it whenever they are refreshed and keep nothing.
func Color(name fyne.ThemeColorName) color.Color {
	s := fyne.CurrentApp().Settings()
	if c := s.Theme().Color(name, s.ThemeVariant()); c != nil {
		return c
	}
	return tokens[name].light // a theme that is not ours
}
