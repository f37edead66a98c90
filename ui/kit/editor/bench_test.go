//go:build ci

package editor

import (
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"ebb/ui/kit/editor/text"
)

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

// report adds the median and the slowest twentieth of a benchmark's times.
func report(b *testing.B, nanoseconds []float64) {
	slices.Sort(nanoseconds)
	n := len(nanoseconds)
	b.ReportMetric(nanoseconds[n/2]/1e6, "median-ms")
	b.ReportMetric(nanoseconds[n*95/100]/1e6, "p95-ms")
}
