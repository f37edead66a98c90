package kit

import (
	"image/color"
	"testing"
)

// The far water lies above the near everywhere it is drawn, both reach from edge to
// edge, and nothing is above them.
func TestTideHasTwoWaters(t *testing.T) {
	far, near := color.NRGBA{R: 200, A: 255}, color.NRGBA{G: 200, A: 255}
	for _, size := range [][2]int{{1, 1}, {1200, 220}, {2560, 190}} {
		w, h := size[0], size[1]
		img := drawTide(w, h, far, near)
		if got := img.Bounds().Size(); got.X != w || got.Y != h {
			t.Fatalf("%v: got %v", size, got)
		}
		for x := range w {
			if h > 100 {
				if top := img.RGBAAt(x, 0); top.A != 0 {
					t.Fatalf("%v: water at the top of column %d", size, x)
				}
			}
			if foot := img.RGBAAt(x, h-1); h > 1 && foot != (color.RGBA{G: 200, A: 255}) {
				t.Fatalf("%v: column %d ends in %v", size, x, foot)
			}
			seen := 0
			for y := range h {
				c := img.RGBAAt(x, y)
				switch {
				case c.A < 255 && seen > 0:
					t.Fatalf("%v: a hole in column %d at %d", size, x, y)
				case c.R == 200:
					seen = 1
				case c.G == 200:
					seen = 2
				case seen == 2:
					t.Fatalf("%v: the far water lies before the near in column %d", size, x)
				}
			}
		}
	}
}

func TestTideIsSmooth(t *testing.T) {
	for _, c := range []wave{farWave, nearWave} {
		at := c.surface(1200, 220)
		for x := 1; x < len(at); x++ {
			if d := at[x] - at[x-1]; d > 1 || d < -1 {
				t.Errorf("a step of %.2f at %d", d, x)
			}
		}
		if at[0] == 0 || at[1199] == 0 {
			t.Error("the surface ends before the picture does")
		}
	}
}

func BenchmarkTide(b *testing.B) {
	for b.Loop() {
		drawTide(1280, 190, color.Gray{Y: 100}, color.Gray{Y: 200})
	}
}
