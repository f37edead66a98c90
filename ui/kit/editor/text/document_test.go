package text

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"
	"unicode/utf8"
)

// scraps are what random texts are made of.
var scraps = []string{
	"a", "word", " ", "  ", "\n", "\n\n", "- ", "1. ", "> ", "# ", "é", "e\u0301", "👨‍👩‍👧", "🇩🇪", "🇫🇷", "中文", "が", "ᄒ", "ᅡ",
	"\t", "\u202e", "\x00", "\x1b", "\u200d", "\u0301", "1️⃣", "\u0600", "के", "don't", "half-open", "—", "ﷺ", "\U0001F44D\U0001F3FD",
}

func scrap(rng *rand.Rand) string {
	var b strings.Builder
	for range rng.IntN(6) {
		b.WriteString(scraps[rng.IntN(len(scraps))])
	}
	return b.String()
}

// naive is the model of the model: one string and byte offsets into it.
type naive string

func (n naive) offset(p Position) int {
	lines := strings.SplitAfter(string(n), "\n")
	at := 0
	for _, l := range lines[:p.Paragraph] {
		at += len(l)
	}
	return at + p.Offset
}

func (n naive) replace(s Span, insert string) naive {
	return n[:n.offset(s.Start)] + naive(insert) + n[n.offset(s.End):]
}

func randomPosition(rng *rand.Rand, d *Document) Position {
	p := Position{Paragraph: rng.IntN(d.Paragraphs())}
	p.Offset = rng.IntN(len(d.Paragraph(p.Paragraph)) + 1)
	return d.Clamp(p)
}

func check(t *testing.T, d *Document, want naive) {
	t.Helper()
	if got := d.Text(); got != string(want) {
		t.Fatalf("text is %q, want %q", got, want)
	}
	if d.Len() != len(want) {
		t.Fatalf("length is %d, want %d", d.Len(), len(want))
	}
	if n := strings.Count(string(want), "\n") + 1; d.Paragraphs() != n {
		t.Fatalf("%d paragraphs, want %d", d.Paragraphs(), n)
	}
}

func TestDocumentFollowsANaiveModel(t *testing.T) {
	for seed := range uint64(60) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			rng := rand.New(rand.NewPCG(seed, 1))
			d := NewDocument()
			now := time.Unix(0, 0)
			d.Now = func() time.Time { return now }
			start := scrap(rng) + scrap(rng)
			d.SetText(start)
			model := naive(start)

			states := []naive{model} // after every change
			for range 200 {
				now = now.Add(time.Duration(rng.IntN(3000)) * time.Millisecond)
				span := Between(randomPosition(rng, d), randomPosition(rng, d))
				if rng.IntN(3) > 0 {
					span.End = span.Start
				}
				insert := scrap(rng)
				c, ok := d.Replace(span, []byte(insert), Kind(rng.IntN(4)), At(span.Start))
				if ok != (!span.Empty() || insert != "") {
					t.Fatalf("ok is %v for %v and %q", ok, span, insert)
				}
				if !ok {
					continue
				}
				before := model.offset(span.Start)
				model = model.replace(span, insert)
				check(t, d, model)
				if c.Start != span.Start || c.OldEnd != span.End || model.offset(c.NewEnd) != before+len(insert) {
					t.Fatalf("change %+v does not tell of %v and %q", c, span, insert)
				}
				states = append(states, model)
			}

			// Back to the beginning: every state on the way was there before, in
			// order; and forward again to the end.
			seen := len(states) - 1
			for d.CanUndo() {
				if _, _, ok := d.Undo(); !ok {
					t.Fatal("a step that can be undone was not")
				}
				seen--
				for seen >= 0 && string(states[seen]) != d.Text() {
					seen--
				}
				if seen < 0 {
					t.Fatalf("undo made a text that never was: %q", d.Text())
				}
			}
			check(t, d, states[0])
			for d.CanRedo() {
				d.Redo()
			}
			check(t, d, model)
		})
	}
}

func TestNormalize(t *testing.T) {
	for in, want := range map[string]string{
		"":                    "",
		"a\r\nb\rc\nd":        "a\nb\nc\nd",
		"\r\r\n\n":            "\n\n\n",
		"a\xffb\xc3":          "a\uFFFDb\uFFFD",
		"nul\x00 rlo\u202e":   "nul\x00 rlo\u202e",
		"\u2028 stays \u0085": "\u2028 stays \u0085",
	} {
		if got := string(Normalize(in)); got != want {
			t.Errorf("Normalize(%q) is %q, want %q", in, got, want)
		}
	}
}

func TestReplaceRefusesSpansOutsideTheText(t *testing.T) {
	d := NewDocument()
	d.SetText("añb\nc")
	for _, s := range []Span{
		{Start: Position{-1, 0}, End: Position{0, 0}},
		{Start: Position{0, 0}, End: Position{2, 0}},
		{Start: Position{0, 5}, End: Position{0, 5}},
		{Start: Position{0, -1}, End: Position{0, 1}},
		{Start: Position{0, 2}, End: Position{0, 3}}, // inside ñ
		{Start: Position{1, 0}, End: Position{0, 0}},
	} {
		if _, ok := d.Replace(s, []byte("x"), Whole, Selection{}); ok {
			t.Errorf("%v was accepted", s)
		}
	}
	check(t, d, "añb\nc")
}

func TestStringOfASpan(t *testing.T) {
	d := NewDocument()
	d.SetText("one\ntwo\nthree")
	for _, c := range []struct {
		span Span
		want string
	}{
		{Span{Position{0, 1}, Position{0, 2}}, "n"},
		{Span{Position{0, 1}, Position{2, 2}}, "ne\ntwo\nth"},
		{Span{Position{0, 3}, Position{1, 0}}, "\n"},
		{Span{Position{-3, 3}, Position{9, 9}}, "one\ntwo\nthree"},
		{Span{Position{1, 2}, Position{1, 1}}, ""},
	} {
		if got := d.String(c.span); got != c.want {
			t.Errorf("%v is %q, want %q", c.span, got, c.want)
		}
	}
}

// Every byte that a document ever held is overwritten, wherever it was moved.
func TestWipeOverwritesTheMemory(t *testing.T) {
	d := NewDocument()
	d.SetText("secret one\nsecret two\nsecret three")
	var memory [][]byte
	keep := func() {
		for _, p := range d.paragraphs {
			memory = append(memory, p[:cap(p)])
		}
		for _, s := range d.history.steps {
			memory = append(memory, s.removed[:cap(s.removed)], s.inserted[:cap(s.inserted)])
		}
	}
	keep()
	for _, edit := range []struct {
		span   Span
		insert string
	}{
		{Span{Position{0, 3}, Position{0, 3}}, "secret in place of a longer text that must be moved"},
		{Span{Position{0, 3}, Position{0, 9}}, ""},
		{Span{Position{0, 3}, Position{1, 2}}, "secret\nsecret"},
		{Span{Position{2, 1}, Position{2, 1}}, "secret"},
	} {
		d.Replace(edit.span, []byte(edit.insert), Whole, Selection{})
		keep()
	}
	d.Undo()
	keep()
	d.Replace(Span{}, []byte("x"), Whole, Selection{}) // nothing can be redone any more
	keep()
	d.Wipe()
	for _, m := range memory {
		if len(bytes.Trim(m, "\x00")) > 0 {
			t.Errorf("left in memory: %q", m)
		}
	}
	check(t, d, "")
	if d.CanUndo() || d.CanRedo() {
		t.Error("the history outlived the text")
	}
}

func TestErasedTextIsOverwrittenAtOnce(t *testing.T) {
	d := NewDocument()
	d.SetText("a secret word")
	d.Replace(Span{Position{0, 2}, Position{0, 9}}, nil, Whole, Selection{})
	if p := d.paragraphs[0]; string(bytes.TrimRight(p[:cap(p)], "\x00")) != "a word" {
		t.Errorf("in memory: %q", p[:cap(p)])
	}
}

func TestAMebibyteIsPastedAndTakenBack(t *testing.T) {
	for _, unit := range []string{"x", "word ", "word\n", "\n", "👨‍👩‍👧", "e\u0301"} {
		d := NewDocument()
		d.SetText("ab")
		big := strings.Repeat(unit, 1<<20/len(unit))
		at := Position{0, 1}
		if _, ok := d.Replace(Span{at, at}, []byte(big), Whole, At(at)); !ok {
			t.Fatal("not pasted")
		}
		check(t, d, naive("a"+big+"b"))
		d.Undo()
		check(t, d, "ab")
		d.Redo()
		check(t, d, naive("a"+big+"b"))
	}
}

func TestClampGoesToAClusterOfTheText(t *testing.T) {
	d := NewDocument()
	d.SetText("a👨‍👩‍👧b\nc")
	for _, c := range []struct{ in, want Position }{
		{Position{-1, 7}, Position{0, 0}},
		{Position{0, -1}, Position{0, 0}},
		{Position{0, 5}, Position{0, 1}},
		{Position{0, 99}, Position{0, 20}},
		{Position{9, 0}, Position{1, 1}},
	} {
		if got := d.Clamp(c.in); got != c.want {
			t.Errorf("%v becomes %v, want %v", c.in, got, c.want)
		}
	}
}

func FuzzDocument(f *testing.F) {
	f.Add("a\r\nb\xff", "x\ny", 1, 2)
	f.Add("👨‍👩‍👧", "\u0301", 3, 9)
	f.Add("", "", 0, 0)
	f.Fuzz(func(t *testing.T, start, insert string, from, to int) {
		d := NewDocument()
		d.SetText(start)
		want := d.Text()
		if !utf8.ValidString(want) || strings.Contains(want, "\r") {
			t.Fatalf("not normalized: %q", want)
		}
		at := func(n int) Position { return d.Clamp(Position{Paragraph: n % 3, Offset: n}) }
		span := Between(at(from), at(to))
		model := naive(want).replace(span, string(Normalize(insert)))
		d.Replace(span, Normalize(insert), Typed, Selection{})
		check(t, d, model)
		d.Undo()
		check(t, d, naive(want))
	})
}
