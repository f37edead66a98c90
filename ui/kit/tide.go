package kit

import (
	"image"
	"image/color"
	"math"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
)

// Tide is the water at the foot of first run, unlock, Today and a run. It never
// moves and never lies behind reading text of more than one line.
//
// It is drawn here and not kept as an SVG: the toolkit would draw that anew for
// every page, which took a third of the time from the passphrase to Today.
type Tide struct {
	Part
	height float32
	raster canvas.Raster
	far    color.Color // what the raster was drawn with
}

// NewTide returns the drawing, so high at any size of text.
func NewTide(height float32) *Tide {
	t := &Tide{height: height}
	t.raster.Generator = func(w, h int) image.Image { return drawTide(w, h, Color(ColorWave1), Color(ColorWave2)) }
	t.ExtendBaseWidget(t)
	return t
}

// CreateRenderer implements [fyne.Widget].
func (t *Tide) CreateRenderer() fyne.WidgetRenderer { return newRenderer(t) }

func (t *Tide) objects() []fyne.CanvasObject { return []fyne.CanvasObject{&t.raster} }

func (t *Tide) paint() {
	if far := Color(ColorWave1); t.far != far {
		t.far = far
		t.raster.Refresh()
	}
}

func (t *Tide) place(size fyne.Size) { set(&t.raster, 0, 0, size.Width, size.Height) }
func (t *Tide) minSize() fyne.Size   { return fyne.NewSize(1, t.height) }

// TideHeight is the usual height of the tide drawing.
const TideHeight float32 = 190

// WithTide sets content, on paper, before the tide at the foot of the window.
// The content scrolls where it is too high; the water stays.
func WithTide(height float32, content fyne.CanvasObject) *Container {
	return Layers(NewGround(ColorPaper, Column(0, Spacer(), NewTide(height))), NewScroll(content))
}

// A wave is the surface of water: cubic Bézier curves, each of which goes on where
// the one before it ends. All x grow, so there is one height for each x.
type wave []struct{ x, y float64 }

// The waves, in a box of tideBox.
var (
	farWave = wave{
		{0, 90}, {150, 30}, {300, 30}, {450, 80}, {600, 130}, {750, 140}, {900, 80}, {1050, 20}, {1120, 40}, {1200, 70},
	}
	nearWave = wave{
		{0, 150}, {180, 100}, {330, 110}, {500, 150}, {670, 190}, {820, 190}, {960, 145}, {1100, 100}, {1140, 120}, {1200, 135},
	}
	tideBox = struct{ width, height float64 }{1200, 220}
)

// surface returns the height of the wave at the middle of each of w columns,
// stretched to a picture of w by h.
func (c wave) surface(w, h int) []float64 {
	at := make([]float64, w)
	column := 0
	scaleX, scaleY := float64(w)/tideBox.width, float64(h)/tideBox.height
	for i := 0; i+3 < len(c); i += 3 {
		// Two steps a column: between them the curve is as good as straight.
		steps := int(2*(c[i+3].x-c[i].x)*scaleX) + 1
		fromX, fromY := c[i].x*scaleX, c[i].y*scaleY
		for step := 1; step <= steps; step++ {
			t := float64(step) / float64(steps)
			u := 1 - t
			a, b, d, e := u*u*u, 3*u*u*t, 3*u*t*t, t*t*t
			toX := (a*c[i].x + b*c[i+1].x + d*c[i+2].x + e*c[i+3].x) * scaleX
			toY := (a*c[i].y + b*c[i+1].y + d*c[i+2].y + e*c[i+3].y) * scaleY
			for ; column < w && float64(column)+0.5 <= toX; column++ {
				at[column] = fromY + (toY-fromY)*(float64(column)+0.5-fromX)/(toX-fromX)
			}
			fromX, fromY = toX, toY
		}
	}
	return at
}

// drawTide draws the near water over the far, on nothing.
func drawTide(w, h int, far, near color.Color) *image.RGBA {
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	farTop, nearTop := farWave.surface(w, h), nearWave.surface(w, h)
	farColor, nearColor := premultiplied(far), premultiplied(near)
	for y := range h {
		row := img.Pix[y*img.Stride:][:4*w]
		for x := range w {
			pixel := row[4*x:][:4]
			// How much of the pixel lies under the surface.
			cover(pixel, farColor, float64(y+1)-farTop[x])
			cover(pixel, nearColor, float64(y+1)-nearTop[x])
		}
	}
	return img
}

// premultiplied is a colour as image.RGBA holds it.
func premultiplied(c color.Color) [4]uint8 {
	r, g, b, a := c.RGBA()
	return [4]uint8{uint8(r >> 8), uint8(g >> 8), uint8(b >> 8), uint8(a >> 8)}
}

// cover lays a colour over part of a pixel; less than 0 is none of it and more
// than 1 all.
func cover(pixel []uint8, c [4]uint8, part float64) {
	switch {
	case part <= 0:
	case part >= 1 && c[3] == 255:
		copy(pixel, c[:])
	default:
		part = min(part, 1)
		stays := 1 - part*float64(c[3])/255
		for i := range pixel {
			pixel[i] = uint8(math.Round(float64(c[i])*part + float64(pixel[i])*stays))
		}
	}
}
