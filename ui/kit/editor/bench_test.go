//go:build ci

package editor

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"ebb/ui/kit"
	"ebb/ui/kit/editor/text"
)

// prose returns natural text of at least n bytes, divided into paragraphs of
// about size bytes, or into one if size is 0.
func prose(n, size int) string {
	const words = `we took the long way round by the weir and neither of us tried to fix anything for once
		the silence was not a question I said I had been tired since the move it came out clumsily my partner
		nodded and asked if I wanted the bench or the path the bench I said what I would like to remember being asked
		Tuesday evening kitchen window quietly brother's half-open letter morning — maybe, perhaps; enough.`
	list := strings.Fields(words)
	var b strings.Builder
	line := 0
	for i := 0; b.Len() < n; i++ {
		w := list[(i*i+i*7)%len(list)]
		if i%11 == 0 {
			w += string(rune('a'+i%26)) + string(rune('a'+i/26%26))
		}
		b.WriteString(w)
		line += len(w) + 1
		if size > 0 && line >= size {
			b.WriteByte('\n')
			line = 0
		} else {
			b.WriteByte(' ')
		}
	}
	return b.String()
}

// open shows an editor in a headless window.
func open(t testing.TB, s string, width, height float32) (*Editor, fyne.Window) {
	t.Helper()
	test.NewTempApp(t)
	fyne.CurrentApp().Settings().SetTheme(kit.NewTheme(kit.ModeLight, 100))
	e := New()
	e.SetText(s)
	w := test.NewTempWindow(t, e)
	w.SetPadded(false)
	w.Resize(fyne.NewSize(width, height))
	return e, w
}

// BenchmarkKeyAt50k types in the middle of 50,000 characters; a frame is laid
// out at every key, as in the window.
func BenchmarkKeyAt50k(b *testing.B) {
	for _, c := range []struct{ name, text string }{
		{"Paragraphs", prose(50_000, 400)},
		{"Short2000", prose(50_000, 25)},
		{"Single", prose(50_000, 0)},
		{"Unbroken", strings.Repeat("abcde", 10_000)},
		{"Chinese", strings.Repeat("我们走了很长的路。", 50_000/9)},
		{"Single1MiB", prose(1<<20, 0)},
	} {
		b.Run(c.name, func(b *testing.B) {
			e, w := open(b, c.text, 700, 600)
			w.Canvas().Focus(e)
			middle := text.Position{Paragraph: e.doc.Paragraphs() / 2}
			middle.Offset = len(e.doc.Paragraph(middle.Paragraph)) / 2
			e.Select(middle, middle)
			keys := []rune("and then it rained, ")
			var times []float64
			b.ResetTimer()
			for i := range b.N {
				start := b.Elapsed()
				e.TypedRune(keys[i%len(keys)])
				times = append(times, float64(b.Elapsed()-start))
			}
			report(b, times)
		})
	}
}

// BenchmarkOpen50k shows 50,000 characters that were never measured.
func BenchmarkOpen50k(b *testing.B) {
	s := prose(50_000, 0)
	e, _ := open(b, "", 700, 600)
	for b.Loop() {
		e.Wipe()
		e.SetText(s)
	}
}

// BenchmarkRewrap50k gives 50,000 characters another width.
func BenchmarkRewrap50k(b *testing.B) {
	for _, c := range []struct{ name, text string }{
		{"Paragraphs", prose(50_000, 400)},
		{"Single", prose(50_000, 0)},
		{"Unbroken", strings.Repeat("abcde", 10_000)},
		{"Chinese", strings.Repeat("我们走了很长的路。", 50_000/9)},
	} {
		b.Run(c.name, func(b *testing.B) {
			e, _ := open(b, c.text, 700, 600)
			var times []float64
			b.ResetTimer()
			for i := range b.N {
				start := b.Elapsed()
				e.Resize(fyne.NewSize(500+float32(i%150), 600))
				times = append(times, float64(b.Elapsed()-start))
			}
			report(b, times)
		})
	}
}
