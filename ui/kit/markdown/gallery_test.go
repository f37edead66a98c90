package markdown

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"ebb/ui/kit"
	_ "ebb/ui/kit/still"
)

const reading = `I notice I call it distance when it is *only tiredness*. On Tuesday I was asleep before the second page, and I woke **sorry for something** nobody had asked of me.

## What I heard as a child

In our house a closed door meant somebody was cross. It took me years to learn that a door can also mean a book, or a nap, or a day that was long.

> Quiet is a room I go into. It is not a room I lock.

## Things that help

- Saying “I am going quiet for a bit, and I am all right.”
- The lamp instead of the big light.
  1. Before supper.
  2. Always on Sundays, as [we said](http://a.example/).
- A hand that rests and does not ask.

---

` + "    kettle = on\n"

func TestGallery(t *testing.T) {
	for name, theme := range map[string]*kit.Theme{
		"reading-light":    kit.NewTheme(kit.ModeLight, 100),
		"reading-dark-200": kit.NewTheme(kit.ModeDark, 200),
	} {
		t.Run(name, func(t *testing.T) {
			test.NewTempApp(t).Settings().SetTheme(theme)
			win := test.NewTempWindow(t, kit.NewScroll(kit.NewGround(kit.ColorCard, kit.Pad(kit.SpaceXL, kit.Centered(kit.Measure, Render(reading))))))
			win.SetPadded(false)
			win.Resize(fyne.NewSize(760, 760))
			test.AssertRendersToImage(t, name+".png", win.Canvas())
		})
	}
}
