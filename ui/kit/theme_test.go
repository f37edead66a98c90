package kit

import (
	"image"
	"image/color"
	"math"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"
)

// luminance and contrast are those of WCAG 2.2, "relative luminance" and
// "contrast ratio".
func luminance(c color.Color) float64 {
	n := color.NRGBAModel.Convert(c).(color.NRGBA)
	channel := func(u uint8) float64 {
		v := float64(u) / 255
		if v <= 0.04045 {
			return v / 12.92
		}
		return math.Pow((v+0.055)/1.055, 2.4)
	}
	return 0.2126*channel(n.R) + 0.7152*channel(n.G) + 0.0722*channel(n.B)
}

func contrast(a, b color.Color) float64 {
	x, y := luminance(a), luminance(b)
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}

// The pairs of the design's table, with the contrast it states for light and
// dark and what each needs.
func TestContrast(t *testing.T) {
	for _, p := range []struct {
		on, ground         fyne.ThemeColorName
		light, dark, needs float64
	}{
		{ColorInk, ColorPaper, 12.8, 14.2, 4.5},
		{ColorInk, ColorCard, 14.1, 12.8, 4.5},
		{ColorInk, ColorRail, 11.5, 14.9, 4.5},
		{ColorInk, ColorSunk, 12.0, 13.8, 4.5},
		{ColorInk, ColorHover, 11.7, 10.9, 4.5},
		{ColorInk, ColorRailHover, 10.2, 12.9, 4.5},
		{ColorInk, ColorWave2, 11.1, 11.9, 4.5},
		{ColorMuted, ColorPaper, 6.1, 8.0, 4.5},
		{ColorMuted, ColorCard, 6.7, 7.1, 4.5},
		{ColorMuted, ColorRail, 5.5, 8.3, 4.5},
		{ColorMuted, ColorSunk, 5.7, 7.7, 4.5},
		{ColorMuted, ColorHover, 5.6, 6.1, 4.5},
		{ColorMuted, ColorWave2, 5.3, 6.6, 4.5},
		{ColorAccent, ColorPaper, 6.9, 9.7, 4.5},
		{ColorAccent, ColorCard, 7.7, 8.7, 4.5},
		{ColorAccent, ColorRail, 6.2, 10.2, 4.5},
		{ColorAccent, ColorSunk, 6.5, 9.4, 4.5},
		{ColorOnAccent, ColorAccent, 7.8, 9.3, 4.5},
		{ColorAccentInk, ColorAccentSoft, 8.0, 8.2, 4.5},
		{ColorMuted, ColorAccentSoft, 5.4, 5.2, 4.5},
		{ColorClay, ColorCard, 6.4, 8.8, 4.5},
		{ColorClay, ColorClaySoft, 5.3, 7.4, 4.5},
		{ColorPlum, ColorCard, 7.3, 8.3, 4.5},
		{ColorPlum, ColorPlumSoft, 5.9, 7.1, 4.5},
		{ColorSlate, ColorCard, 7.2, 8.5, 4.5},
		{ColorSlate, ColorSlateSoft, 5.9, 7.2, 4.5},
		{ColorMoss, ColorCard, 6.7, 9.3, 4.5},
		{ColorMoss, ColorMossSoft, 5.5, 7.9, 4.5},
		{ColorWarn, ColorCard, 5.8, 8.7, 4.5},
		{ColorDanger, ColorCard, 7.4, 7.5, 4.5},
		{ColorDanger, ColorPaper, 6.7, 8.4, 4.5},
		{ColorOutline, ColorCard, 4.6, 4.7, 3},
		{ColorOutline, ColorPaper, 4.2, 5.2, 3},
		{ColorOutline, ColorSunk, 3.9, 5.0, 3},
		{ColorOutline, ColorRail, 3.7, 5.4, 3},
		{ColorAccent, ColorAccentSoft, 6.2, 6.3, 3},
		// Beyond the table: pairs that the parts use as well, as measured.
		{ColorMuted, ColorRailHover, 4.9, 7.2, 4.5},
		{ColorWarn, ColorPaper, 5.3, 9.7, 4.5},
		{ColorAccent, ColorWave2, 6.0, 8.1, 4.5},
		{ColorAccent, ColorHover, 6.3, 7.5, 4.5},
		{ColorDanger, ColorHover, 6.1, 6.4, 4.5},
	} {
		for mode, states := range map[Mode]float64{ModeLight: p.light, ModeDark: p.dark} {
			th := NewTheme(mode, 100)
			got := contrast(th.Color(p.on, 0), th.Color(p.ground, 0))
			if got < p.needs {
				t.Errorf("%s on %s in mode %d: %.2f, needs %.1f", p.on, p.ground, mode, got, p.needs)
			}
			if math.Abs(got-states) > 0.1 {
				t.Errorf("%s on %s in mode %d: %.2f, the design states %.1f", p.on, p.ground, mode, got, states)
			}
		}
	}
}

func TestThemeIsComplete(t *testing.T) {
	use(t, ModeLight, 100)
	test.AssertAllColorNamesDefined(t, NewTheme(ModeLight, 100), "light")
	test.AssertAllColorNamesDefined(t, NewTheme(ModeDark, 100), "dark")
}

func TestModeFollowsTheComputerOnlyIfAsked(t *testing.T) {
	light, dark := tokens[ColorPaper].light, tokens[ColorPaper].dark
	for _, c := range []struct {
		mode    Mode
		variant fyne.ThemeVariant
		want    color.Color
	}{
		{ModeSystem, theme.VariantLight, light},
		{ModeSystem, theme.VariantDark, dark},
		{ModeLight, theme.VariantDark, light},
		{ModeDark, theme.VariantLight, dark},
	} {
		if got := NewTheme(c.mode, 100).Color(ColorPaper, c.variant); got != c.want {
			t.Errorf("mode %d on variant %d: %v, want %v", c.mode, c.variant, got, c.want)
		}
	}
}

func TestTextSizeIsOneOfFour(t *testing.T) {
	for percent, want := range map[int]float32{-5: 1, 0: 1, 100: 1, 110: 1, 120: 1.25, 125: 1.25, 149: 1.5, 150: 1.5, 180: 2, 200: 2, 9000: 2} {
		if got := NewTheme(ModeLight, percent).Size(sizeScale); got != want {
			t.Errorf("%d %%: scale %v, want %v", percent, got, want)
		}
	}
}

// An outline fades where it is thin, so what counts is the pixel: the best one
// on the way over each outlined control's top edge must stand out from what
// lies outside by 3 to 1.
func TestOutlinesAsRendered(t *testing.T) {
	for mode, name := range map[Mode]string{ModeLight: "light", ModeDark: "dark"} {
		for what, build := range map[string]func() fyne.CanvasObject{
			"button":    func() fyne.CanvasObject { return NewButton(Plain, "Begin", nil) },
			"danger":    func() fyne.CanvasObject { return NewButton(Danger, "Destroy", nil) },
			"chip":      func() fyne.CanvasObject { return NewChip("Half an hour", nil) },
			"search":    func() fyne.CanvasObject { return NewSearchField("Search") },
			"segmented": func() fyne.CanvasObject { return NewSegmented("Size", []string{"One", "Two"}, 0, nil) },
			"switch":    func() fyne.CanvasObject { return NewSwitch("Quiet", "On", "Off", false, nil) },
			"focus":     func() fyne.CanvasObject { return focused(NewButton(Primary, "Begin", nil)) },
		} {
			t.Run(what+" "+name, func(t *testing.T) {
				use(t, mode, 100)
				win := show(t, 200, 90, NewGround(ColorPaper, Pad(20, Start(build()))))
				if got := bestEdge(win.Canvas().Capture()); got < 3 {
					t.Errorf("the best pixel has a contrast of %.2f", got)
				}
			})
		}
	}
}

// bestEdge is the best contrast with the ground at the corner, going down the
// picture where a control's top edge is, in the worst of a few columns.
func bestEdge(img image.Image) float64 {
	ground := img.At(1, 1)
	worst := math.Inf(1)
	for _, x := range []int{72, 76, 80, 84} {
		best := 0.0
		for y := 10; y < 32; y++ {
			best = max(best, contrast(img.At(x, y), ground))
		}
		worst = min(worst, best)
	}
	return worst
}

// A change of mode or of the size of text reaches parts that are on screen.
func TestThemeChangeReachesEverything(t *testing.T) {
	use(t, ModeLight, 100)
	words := NewText(Body, "Some words that wrap at two hundred per cent and not before.")
	button := NewButton(Plain, "Begin", nil)
	page := NewFrame(Column(SpaceM, words, Start(button)))
	win := show(t, 560, 300, page)
	lines, height := words.Size().Height, button.Size().Height
	fyne.CurrentApp().Settings().SetTheme(NewTheme(ModeDark, 200))
	win.Canvas().Capture()
	if got := words.Size().Height; got != lines*2*2 {
		t.Errorf("the text is %v high, was %v: want twice as many lines of twice the height", got, lines)
	}
	if got := button.Size().Height; got != 2*height {
		t.Errorf("the button is %v high, was %v", got, height)
	}
	if got, want := button.words.drawn[0].Color, tokens[ColorInk].dark; got != want {
		t.Errorf("the button's words are %v, want %v", got, want)
	}
	if got, want := words.drawn[0].Color, tokens[ColorInk].dark; got != want {
		t.Errorf("the text is %v, want %v", got, want)
	}
}
