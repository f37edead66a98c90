package kit

import "fyne.io/fyne/v2"

// Beside sets objects in two columns, gap apart: the first in the wide one, the second
// in the narrow one beside it, the third below the first, and so on. Each column goes on
// by itself, so neither waits for the other's heights. The order of the objects is that
// of the keyboard; it is also the one in which they lie below each other where the width
// does not do for two columns, and at large text.
func Beside(gap float32, objects ...fyne.CanvasObject) *Container {
	return newContainer(beside{gap: gap}, objects...)
}

const (
	besideShare  float32 = 0.37 // of the width, for the narrow column
	besideNarrow float32 = 290  // below this the columns become one, at 100 %
)

type beside struct {
	stacked
	gap float32
}

func (b beside) natural(objects []fyne.CanvasObject) float32 {
	var wide, narrow float32
	for i, o := range objects {
		if i%2 == 0 {
			wide = max(wide, NaturalWidth(o))
		} else {
			narrow = max(narrow, NaturalWidth(o))
		}
	}
	return wide + b.gap + narrow
}

func (b beside) arrange(objects []fyne.CanvasObject, size fyne.Size, put put) float32 {
	second := whole((size.Width - b.gap) * besideShare)
	if Folded() || second < besideNarrow*Scale() {
		return column{gap: b.gap}.arrange(objects, size, put)
	}
	first := size.Width - b.gap - second
	var ends [2]float32 // of each column, with the gap below it
	for i, o := range objects {
		x, w := float32(0), first
		if i%2 == 1 {
			x, w = first+b.gap, second
		}
		h := HeightFor(o, w)
		if put != nil {
			put(o, x, ends[i%2], w, h)
		}
		ends[i%2] += h + b.gap
	}
	return max(ends[0], ends[1], b.gap) - b.gap
}
