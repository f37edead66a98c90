package print

import (
	"bytes"
	"strings"
	"testing"
)

// A preparation prints whatever people wrote, on both papers and in large type, and says
// nothing of when or by whom.
func TestTablePrints(t *testing.T) {
	for name, p := range map[string]Preparation{
		"nothing": {},
		"empty":   {Title: "On the table", About: "For all.", Parts: []Part{{Heading: "Released", None: "Nothing."}}},
		"odd": {Title: strings.Repeat("x", 3000), Parts: []Part{{Heading: "emoji 🌊 and עברית", Lines: []Line{
			{Head: "Ada", Text: strings.Repeat("word ", 2000), Small: "a\u2028b"}, {Text: "\n\n\n"}, {Head: strings.Repeat("Donaudampfschiff", 30)}, {},
		}}}},
	} {
		for _, o := range []Options{{}, {Large: true}, {Letter: true}} {
			var b, again bytes.Buffer
			if err := Table(&b, p, o); err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			neutral(t, b.Bytes())
			if err := Table(&again, p, o); err != nil || !bytes.Equal(b.Bytes(), again.Bytes()) {
				t.Errorf("%s %+v: two files of one page differ, %v", name, o, err)
			}
		}
	}
}

// No line runs over the margin, whatever signs are in it that the typefaces have not.
func TestLinesFitThePaper(t *testing.T) {
	s := newSheet(Options{})
	s.font(sans, 10.5, ink)
	hebrew, kanji := strings.Repeat("שלום ", 200), strings.Repeat("日本語", 100)
	for name, text := range map[string]string{
		"words": strings.Repeat("word ", 300), "no spaces": strings.Repeat("x", 900), "hebrew": hebrew, "kanji": kanji,
		"mixed": strings.Repeat("Ada שלום مرحبا 日本語 words and words ", 30), "controls": strings.Repeat("a\x07\u202eb c", 300),
	} {
		whole := ""
		for _, l := range s.wrap(printable(text), 100) {
			if w := s.pdf.GetStringWidth(l); w > 100+slack {
				t.Errorf("%s: a line is %.1f mm wide: %.40q", name, w, l)
			}
			whole += l
		}
		bare := strings.NewReplacer(" ", "", "\x07", "", "\u202e", "")
		if bare.Replace(whole) != bare.Replace(text) {
			t.Errorf("%s: words were lost", name)
		}
	}
}
