package editor

import (
	"bytes"
	"sync"
	"unicode"
	"unicode/utf8"

	"fyne.io/fyne/v2"
	"github.com/go-text/typesetting/font"

	"ebb/assets"
	"ebb/ui/kit"
	"ebb/ui/kit/editor/text"
)

// style is what a paragraph is set in; its first characters decide.
type style uint8

const (
	plain style = iota
	heading
	quote
	styles // how many there are
)

func styleOf(p []byte) style {
	switch {
	case text.HeadingLevel(p) > 0:
		return heading
	case text.IsQuote(p):
		return quote
	}
	return plain
}

// box is the toolkit's box around a line.
type box struct {
	height float32
	ascent float32 // from its top to the baseline
}

// face is a typeface at a size, in units of the canvas.
type face struct {
	*loaded
	size   float32
	line   float32
	space  float32 // width of a space
	own    box
	others box // in the toolkit's chain of typefaces
	marks  box // the same at the size of marks
}

var (
	serif       = typeface("Vollkorn-Regular.ttf", assets.VollkornRegular)
	serifMedium = typeface("Vollkorn-Medium.ttf", assets.VollkornMedium)
	serifItalic = typeface("Vollkorn-Italic.ttf", assets.VollkornItalic)
)

// loaded is a typeface and the characters that it has.
type loaded struct {
	font     fyne.Resource
	coverage font.Cmap
}

// typeface returns what reads a built-in typeface when it is first needed. The
// name is the one under which the rest of the kit draws it, so that the toolkit
// measures it once.
func typeface(name string, data []byte) func() *loaded {
	return sync.OnceValue(func() *loaded {
		f, err := font.ParseTTF(bytes.NewReader(data))
		if err != nil {
			panic("editor: the built-in typeface " + name + " cannot be read: " + err.Error())
		}
		return &loaded{font: fyne.NewStaticResource(name, data), coverage: f.Cmap}
	})
}

// faces returns the typefaces at the text size of now.
func faces() [styles]face {
	scale := kit.Scale()
	return [styles]face{
		plain:   newFace(serif(), 18*scale, kit.Reading.LineHeight()),
		heading: newFace(serifMedium(), 24*scale, kit.Heading.LineHeight()),
		quote:   newFace(serifItalic(), 18*scale, kit.Quote.LineHeight()),
	}
}

func newFace(l *loaded, size, line float32) face {
	f := face{loaded: l, size: size, line: line}
	f.space = measure(" ", size, f.font)
	f.own, f.others, f.marks = boxOf(size, f.font), boxOf(size, nil), boxOf(size*markScale, nil)
	return f
}

func boxOf(size float32, source fyne.Resource) box {
	one, ascent := rendered(" ", size, source)
	return box{height: one.Height, ascent: ascent}
}

// rendered asks the toolkit for the size that it will draw s in, and for how
// far the baseline lies below the top. A nil font is the theme's, with the
// toolkit's chain of others behind it.
func rendered(s string, size float32, source fyne.Resource) (fyne.Size, float32) {
	return fyne.CurrentApp().Driver().RenderedTextSize(s, size, fyne.TextStyle{}, source)
}

// covers says whether the typeface can draw a grapheme cluster alone.
func (f *face) covers(cluster []byte) bool {
	for len(cluster) > 0 {
		r, n := utf8.DecodeRune(cluster)
		cluster = cluster[n:]
		if r < utf8.RuneSelf {
			continue
		}
		if r == 0x200C || r == 0x200D || r == 0xAD || r == 0x200B {
			continue // never drawn
		}
		if _, ok := f.coverage.Lookup(r); !ok || unicode.Is(unicode.Variation_Selector, r) {
			return false
		}
	}
	return true
}
