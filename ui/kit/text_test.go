package kit

import (
	"math/rand/v2"
	"strings"
	"testing"
	"unicode"

	"fyne.io/fyne/v2"
)

// linesOf is what each line of a text says at a width.
func linesOf(x *Text, width float32) []string {
	l := x.at(width)
	out := make([]string, len(l.lines))
	for i, line := range l.lines {
		for _, s := range line.segments {
			out[i] += l.spans[s.span].text[s.from:s.to]
		}
	}
	return out
}

func TestWrap(t *testing.T) {
	use(t, ModeLight, 100)
	for _, c := range []struct {
		name, text string
		width      float32
		want       []string
	}{
		{"empty", "", 100, []string{""}},
		{"one line", "We took the long way.", 400, []string{"We took the long way."}},
		{"two lines", "We took the long way.", 118, []string{"We took the long", "way."}},
		{"line ends", "one\ntwo\r\nthree\rfour", 400, []string{"one", "two", "three", "four"}},
		{"empty lines", "one\n\n\ntwo\n", 400, []string{"one", "", "", "two", ""}},
		{"leading line end", "\none", 400, []string{"", "one"}},
		{"indent is kept", "  one", 400, []string{"  one"}},
		{"spaces at a break go", "We took the long    way.", 118, []string{"We took the long", "way."}},
		{"spaces at the end go", "one   \ntwo   ", 400, []string{"one", "two"}},
		{"no-break space", "We took the long\u00a0way.", 118, []string{"We took the", "long\u00a0way."}},
		{"hyphen", "a long-distance call", 75, []string{"a long-", "distance", "call"}},
		{"minus before a figure", "it was -4", 40, []string{"it was", "-4"}},
		{"ideographs", "静かな部屋静かな部屋", 80, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := linesOf(NewText(Body, c.text), c.width)
			if c.want == nil {
				if len(got) < 2 {
					t.Errorf("got %q, want several lines", got)
				}
				return
			}
			if strings.Join(got, "|") != strings.Join(c.want, "|") {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

// Whatever is written, at whatever width: no line is wider than that, nothing
// but space at breaks is lost, and the height is that of the lines.
func TestWrapKeepsItsPromises(t *testing.T) {
	use(t, ModeLight, 100)
	random := rand.New(rand.NewPCG(1, 2))
	alphabet := []rune("aaabcdeeefghiiijklmmmnooopqrstuuuvwxyz      ABC.,-–’é́ß👩‍👩‍👧😀静\n\u202e\u0007")
	for range 300 {
		var b strings.Builder
		for range random.IntN(160) {
			b.WriteRune(alphabet[random.IntN(len(alphabet))])
		}
		role := Role(random.IntN(len(roles)))
		width := 20 + random.Float32()*600
		runs := []Run{{Text: b.String()}, {Text: "half", Strong: true}, {Text: "way", Italic: true}}
		x := NewRuns(role, runs...)
		checkLines(t, x, width, b.String()+"halfway")
	}
}

func checkLines(t *testing.T, x *Text, width float32, text string) {
	t.Helper()
	l := x.at(width)
	for i, line := range l.lines {
		single := false
		if len(line.segments) == 1 {
			s := line.segments[0]
			single = character(l.spans[s.span].text[s.from:s.to]) == s.to-s.from
		}
		if line.width > width && !single {
			t.Errorf("line %d of %q is %v wide, the width is %v", i, text, line.width, width)
		}
	}
	bare := func(s string) string {
		return strings.Map(func(r rune) rune {
			if unicode.IsSpace(r) {
				return -1
			}
			return r
		}, s)
	}
	if got, want := bare(strings.Join(linesOf(x, width), "")), bare(clean(text)); got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if got, want := x.HeightFor(width), x.role.LineHeight()*float32(len(l.lines)); got != want {
		t.Errorf("the height is %v, want %v", got, want)
	}
}

func TestVeryLongWord(t *testing.T) {
	use(t, ModeLight, 100)
	word := strings.Repeat("ebb", 10_000/3)
	x := NewText(Reading, word)
	checkLines(t, x, 300, word)
	if n := len(x.at(300).lines); n < 100 {
		t.Errorf("%d lines hold 10,000 characters", n)
	}
}

func TestNarrowerThanACharacter(t *testing.T) {
	use(t, ModeLight, 100)
	for _, width := range []float32{-10, 0, 0.5, 3} {
		if got := linesOf(NewText(Display, "WWW 👩‍👩‍👧"), width); strings.Join(got, "|") != "W|W|W|👩‍👩‍👧" {
			t.Errorf("width %v: %q", width, got)
		}
	}
}

// A text asked for its natural width needs one line there, whatever kerning
// does; this failed once for every "A w".
func TestNaturalWidthIsOneLine(t *testing.T) {
	use(t, ModeLight, 100)
	for _, s := range []string{"A wider map", "To. We, Yo. AVAVA", "Near, or a brief hug", "P. T. o", "", "😀 and words"} {
		for r := range roles {
			x := NewText(Role(r), s)
			if n := len(x.at(x.NaturalWidth()).lines); n != 1 {
				t.Errorf("%q in role %d: %d lines at its natural width", s, r, n)
			}
		}
	}
}

// Kerning can also push words apart ("f !" in Vollkorn): the words fit one by
// one, the line does not.
func TestKerningThatWidens(t *testing.T) {
	use(t, ModeLight, 100)
	x := NewText(Title, "f ! f ! f !")
	x.ready()
	m := x.spans[0].measure
	for n := 1; n <= 5; n++ {
		width := float32(n)*(m("f")+m(" ")) + float32(n-1)*m("!")
		checkLines(t, x, width, "f ! f ! f !")
	}
	if width := m("f") + m(" ") + m("!"); m("f !") <= width {
		t.Error("the typeface does not widen this pair, so the test tests nothing")
	} else if got := linesOf(NewText(Title, "f !"), width); len(got) != 2 {
		t.Errorf("got %q", got)
	}
}

func TestMaxLines(t *testing.T) {
	use(t, ModeLight, 100)
	x := NewText(Small, "We took the long way round by the weir. Neither of us tried to fix anything, and for once the silence was not a question.").MaxLines(2)
	got := linesOf(x, 200)
	if len(got) != 2 || !strings.HasSuffix(got[1], "…") || strings.HasSuffix(got[1], " …") {
		t.Errorf("got %q", got)
	}
	if w := x.at(200).lines[1].width; w > 200 {
		t.Errorf("the last line is %v wide", w)
	}
	if got := linesOf(NewText(Small, "Short.").MaxLines(2), 200); len(got) != 1 || got[0] != "Short." {
		t.Errorf("a text that fits was changed: %q", got)
	}
	if got := linesOf(NewText(Small, strings.Repeat("x", 200)).MaxLines(1), 100); !strings.HasSuffix(got[0], "x…") {
		t.Errorf("a word that is cut: %q", got)
	}
}

func TestClean(t *testing.T) {
	for in, want := range map[string]string{
		"plain\nwords":          "plain\nwords",
		"a\u202Eevil\u202Cb":    "a□evil□b",
		"a\u2066b\u2069":        "a□b□",
		"bell\u0007\u001b[31m":  "bell□□[31m",
		"zero\u200bwidth\ufeff": "zerowidth",
		"soft\u00adhyphen":      "softhyphen",
		"a\u0085b\u2028c\u2029": "a\nb\nc\n",
		"\xff\xfe":              "□□",
		"tab\tbed":              "tab    bed",
		"👩‍👩‍👧 é":               "👩‍👩‍👧 é",
		"tag\U000E0041":         "tag□",
		"private\uE000":         "private□",
	} {
		if got := clean(in); got != want {
			t.Errorf("clean(%q) = %q, want %q", in, got, want)
		}
	}
}

// A change of words moves what lies below, through every container between.
func TestChangeTravelsUp(t *testing.T) {
	use(t, ModeLight, 100)
	words, below := NewText(Body, "One."), NewText(Body, "Below.")
	card := NewCard(Column(0, words))
	page := NewFrame(Column(SpaceM, Row(SpaceM, Stretch(card)), below))
	show(t, 500, 400, page)
	y := below.Position().Y
	words.SetText(strings.Repeat("Many words here. ", 20))
	if below.Position().Y <= y {
		t.Error("what lies below did not move")
	}
	if got, want := words.Size().Height, words.HeightFor(words.Size().Width); got != want {
		t.Errorf("the text has %v of height and needs %v", got, want)
	}
	words.SetText("One.")
	if below.Position().Y != y {
		t.Error("what lies below did not move back")
	}
}

// Before it has a width a text still says something sensible, so that the
// toolkit's own layouts and the first frame are not wrong by pages.
func TestMinSizeBeforeLayout(t *testing.T) {
	use(t, ModeLight, 100)
	long := NewText(Body, strings.Repeat("Many words here. ", 40))
	if got, want := long.MinSize().Height, long.HeightFor(Measure); got != want {
		t.Errorf("the height is %v, want that at the measure, %v", got, want)
	}
	if got := NewText(Body, "Hi").MinSize().Width; got > 20 {
		t.Errorf("a short word wants a width of %v", got)
	}
	long.Resize(fyne.NewSize(200, 10))
	if got, want := long.MinSize().Height, long.HeightFor(200); got != want {
		t.Errorf("with a width of 200 the height is %v, want %v", got, want)
	}
}

// Only the lines in sight exist as objects.
func TestTextDrawsWhatIsSeen(t *testing.T) {
	use(t, ModeLight, 100)
	x := NewText(Reading, strings.Repeat("A line.\n", 1000))
	scroll := NewScroll(x)
	show(t, 400, 300, scroll)
	if n := len(x.visible); n == 0 || n > 12 {
		t.Errorf("%d lines are drawn", n)
	}
	if n := len(x.drawn); n > 12 {
		t.Errorf("%d objects were made before anything was in sight", n)
	}
	scroll.ScrollTo(15_000)
	if n := len(x.visible); n == 0 || n > 12 {
		t.Errorf("%d lines are drawn after scrolling", n)
	}
	if y := x.visible[0].Position().Y; y < 14_950 || y > 15_010 {
		t.Errorf("the first line that is drawn lies at %v", y)
	}
}

func FuzzWrap(f *testing.F) {
	f.Add("We took the long way round.", uint16(100))
	f.Add("a\u202eb\xff\n\n👩‍👩‍👧", uint16(3))
	f.Add(strings.Repeat("x", 500), uint16(40))
	use(f, ModeLight, 100)
	f.Fuzz(func(t *testing.T, s string, width uint16) {
		checkLines(t, NewText(Body, s), float32(width), s)
	})
}

// Where kerning makes a line too wide and its last word goes to the next, more words
// come to stand beside it: every line holds as many as it can.
func TestEveryLineIsFull(t *testing.T) {
	use(t, ModeLight, 200)
	const text = "There is a kind of company that asks for nothing: two cats on one wall. For six minutes you may be like that. Nobody is going to lean over. You do not need to feel close, calm or anything else. If it gets long, look at the dial, or get up."
	x := NewText(Reading, text)
	for width := float32(500); width < 1100; width += 2 {
		lines := linesOf(x, width)
		for i, line := range lines[:len(lines)-1] {
			word, _, _ := strings.Cut(lines[i+1], " ")
			if longer := NewText(Reading, line+" "+word); longer.NaturalWidth() <= width {
				t.Fatalf("at %v %q stands alone, and there is room for %q", width, line, word)
			}
		}
	}
}
