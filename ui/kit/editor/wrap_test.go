//go:build ci

package editor

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"ebb/ui/kit"
	"ebb/ui/kit/editor/text"
)

// scraps are what random paragraphs are made of.
var scraps = []string{
	"a", "word", "weir", "fi", "AVAVA", "To", " ", " ", " ", " ", "  ", "half-open", "and/or", "e\u0301", "👨‍👩‍👧", "🇩🇪", "中文字", "が", "\t",
	"\u202e", "\x1b", "\u0301", "incomprehensibilities", "mmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmm", "Привет", "שלום", "—", "T ", " V", "\u00ad", "שלום עולם",
}

func scrap(rng *rand.Rand, n int) string {
	var b strings.Builder
	for range rng.IntN(n + 1) {
		b.WriteString(scraps[rng.IntN(len(scraps))])
	}
	return b.String()
}

func ready(t testing.TB) *ruler {
	t.Helper()
	test.NewTempApp(t)
	fyne.CurrentApp().Settings().SetTheme(kit.NewTheme(kit.ModeLight, 100))
	return newRuler()
}

// checkLines says what is wrong with the lines of a paragraph, if anything is.
func checkLines(r *ruler, p []byte, lines []int32, width float32, s style) error {
	w := wrapped{lines: lines, style: s}
	if lines[0] != 0 {
		return fmt.Errorf("the first line starts at %d", lines[0])
	}
	var all []byte
	for i := range lines {
		start, end := int(lines[i]), w.end(i, len(p))
		if end <= start && len(p) > 0 {
			return fmt.Errorf("line %d goes from %d to %d", i, start, end)
		}
		if text.ClusterStart(p, start) != start {
			return fmt.Errorf("line %d starts inside a cluster, at %d", i, start)
		}
		all = append(all, p[start:end]...)
		// Space may hang over the edge.
		shown := []byte(strings.TrimRight(string(p[start:end]), " \t\u200b"))
		if wide := r.width(p, start, start+len(shown), s); wide > width && start+len(shown) > text.NextCluster(p, start) {
			return fmt.Errorf("line %d is %v wide: %q", i, wide, shown)
		}
	}
	if string(all) != string(p) {
		return fmt.Errorf("the lines hold %q", all)
	}
	return nil
}

func TestLinesFitAndLoseNothing(t *testing.T) {
	r := ready(t)
	rng := rand.New(rand.NewPCG(3, 3))
	for range 400 {
		p := []byte(scrap(rng, 60))
		width := []float32{1, 20, 90, 200, 333.3, 640}[rng.IntN(6)]
		s := style(rng.IntN(int(styles)))
		if err := checkLines(r, p, r.wrap(p, width, s), width, s); err != nil {
			t.Fatalf("width %v, %q: %v", width, p, err)
		}
	}
}

func TestLinesAreFilled(t *testing.T) {
	r := ready(t)
	p := []byte(prose(5000, 0))
	const width = 400
	w := wrapped{lines: r.wrap(p, width, plain)}
	for i := range len(w.lines) - 1 {
		next := w.lines[i+1]
		word, _ := text.NextPiece(p, int(next))
		if r.width(p, int(w.lines[i]), word, plain) <= width {
			t.Errorf("line %d has room for %q", i, p[next:word])
		}
	}
}

// Words add up to their line only nearly: at its ends a letter misses the
// kerning towards a space, and here the line is wider than its words.
func TestALineIsMeasuredWhole(t *testing.T) {
	r := ready(t)
	for _, s := range []string{"on T", "T on", "half T", "a way to T"} {
		p := []byte(s)
		exact := r.width(p, 0, len(p), plain)
		if err := checkLines(r, p, r.wrap(p, exact-0.1, plain), exact-0.1, plain); err != nil {
			t.Error(err)
		}
		if n := len(r.wrap(p, exact, plain)); n != 1 {
			t.Errorf("%q has %d lines at its own width", s, n)
		}
	}
}

// After any change, wrapping from the change on gives the lines that wrapping
// everything gives.
func TestRewrapEqualsWrap(t *testing.T) {
	r := ready(t)
	for seed := range uint64(30) {
		rng := rand.New(rand.NewPCG(seed, 9))
		width := []float32{40, 120, 200, 333.3, 640}[rng.IntN(5)]
		d := text.NewDocument()
		d.SetText(scrap(rng, 200))
		w := wrapped{lines: r.wrap(d.Paragraph(0), width, plain)}
		for step := range 150 {
			n := len(d.Paragraph(0))
			at := d.Clamp(text.Position{Offset: rng.IntN(n + 1)})
			to := at
			if rng.IntN(3) == 0 {
				to = d.Clamp(text.Position{Offset: min(n, at.Offset+rng.IntN(40))})
			}
			insert := scrap(rng, 2)
			if rng.IntN(20) == 0 {
				insert = scrap(rng, 50)
			}
			before := string(d.Paragraph(0))
			c, ok := d.Replace(text.Between(at, to), []byte(insert), text.Whole, text.Selection{})
			if !ok {
				continue
			}
			p := d.Paragraph(0)
			r.rewrap(p, c.Start.Offset, c.NewEnd.Offset, c.NewEnd.Offset-c.OldEnd.Offset, width, &w)
			want := r.wrap(p, width, plain)
			if !slices.Equal(w.lines, want) {
				t.Fatalf("seed %d, step %d, width %v: %q[%d:%d] became %q\nlines %v\nwant  %v", seed, step, width, before, at.Offset, to.Offset, insert, w.lines, want)
			}
		}
	}
}

func TestWrappingOddTexts(t *testing.T) {
	r := ready(t)
	for _, unit := range []string{"a", "word ", " ", "\t", "中", "👨‍👩‍👧", "\u0301", "\x00", "שלום", "-", "x-", "\u200b", "\u00a0", "e\u0301"} {
		p := []byte(strings.Repeat(unit, 6000/len(unit)))
		if err := checkLines(r, p, r.wrap(p, 300, plain), 300, plain); err != nil {
			t.Errorf("%q: %v", unit, err)
		}
	}
}

func TestWidthsAreForgotten(t *testing.T) {
	r := ready(t)
	for i := range cachedWords + 100 {
		r.cluster([]byte(fmt.Sprint(i)), 0, len(fmt.Sprint(i)), plain)
		if len(r.words[plain]) > cachedWords {
			t.Fatalf("%d widths are remembered", len(r.words[plain]))
		}
	}
	r.word([]byte("secret"), quote)
	r.wipe()
	for s := range r.words {
		if len(r.words[s]) > 0 {
			t.Errorf("style %d remembers %d words", s, len(r.words[s]))
		}
	}
}

func TestHitIsTheNearestBoundary(t *testing.T) {
	r := ready(t)
	rng := rand.New(rand.NewPCG(5, 5))
	for range 60 {
		p := []byte(scrap(rng, 10))
		var bounds []int
		var xs []float32
		for at := 0; ; at = text.NextCluster(p, at) {
			bounds = append(bounds, at)
			xs = append(xs, r.width(p, 0, at, plain))
			if at == len(p) {
				break
			}
		}
		for x := float32(-5); x < xs[len(xs)-1]+20; x += 3.3 {
			got := slices.Index(bounds, r.hit(p, 0, len(p), x, plain))
			if got < 0 {
				t.Fatalf("%q: hit inside a cluster", p)
			}
			for i := range xs {
				// Ligatures and kerning move a boundary by a little.
				if abs(xs[got]-x) > abs(xs[i]-x)+1.5 {
					t.Fatalf("%q at %v: boundary %d at %v, but %d is at %v", p, x, bounds[got], xs[got], bounds[i], xs[i])
				}
			}
		}
	}
}
