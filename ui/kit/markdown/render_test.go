package markdown

import (
	"fmt"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"

	"ebb/ui/kit"
)

func use(t testing.TB) {
	t.Helper()
	test.NewTempApp(t).Settings().SetTheme(kit.NewTheme(kit.ModeLight, 100))
}

// walk visits every object that is drawn of o.
func walk(o fyne.CanvasObject, visit func(fyne.CanvasObject)) {
	visit(o)
	switch o := o.(type) {
	case *fyne.Container:
		for _, c := range o.Objects {
			walk(c, visit)
		}
	case fyne.Widget:
		for _, c := range test.WidgetRenderer(o).Objects() {
			walk(c, visit)
		}
	}
}

// shown renders source as a person would see it: a line for each text part,
// with its typeface where that says something.
func shown(t testing.TB, source string) string {
	t.Helper()
	o := Render(source)
	o.Resize(fyne.NewSize(600, o.HeightFor(600)))
	var b strings.Builder
	walk(o, func(o fyne.CanvasObject) {
		switch o := o.(type) {
		case *kit.Text:
			b.WriteByte('\n')
		case *kit.Rule:
			b.WriteString("\n---")
		case *kit.Quoted:
			b.WriteString("\n|")
		case *canvas.Text:
			name := ""
			if o.FontSource != nil {
				name = map[string]string{
					"Vollkorn-SemiBold.ttf": "strong", "Vollkorn-Italic.ttf": "italic", "Vollkorn-Medium.ttf": "heading",
				}[o.FontSource.Name()]
			}
			if name != "" {
				fmt.Fprintf(&b, "<%s %s>", name, o.Text)
			} else {
				b.WriteString(o.Text)
			}
		}
	})
	return strings.TrimPrefix(b.String(), "\n")
}

func TestRender(t *testing.T) {
	for _, c := range []struct{ name, source, want string }{
		{"empty", "", ""},
		{"only space", " \n\n ", ""},
		{"a paragraph", "We took the long way.", "We took the long way."},
		{"a line end stays", "one\ntwo", "onetwo"},
		{"paragraphs", "one\n\ntwo", "one\ntwo"},
		{"emphasis", "a *b* **c** ***d*** e", "a <italic b> <strong c> <strong d> e"},
		{"half a word", "un*frigging*believable", "un<italic frigging>believable"},
		{"not emphasis", "2 * 3 * 4 and snake_case_name", "2 * 3 * 4 and snake_case_name"},
		{"headings", "# One\n## Two\n### Three", "<heading One>\n<heading Two>\n<heading Three>"},
		{"emphasis in a heading", "# One *two*", "<heading One ><italic two>"},
		{"a quotation", "> said\n> twice", "|\n<italic said><italic twice>"},
		{"a list", "- a\n- b\n  - c", "•\na\n•\nb\n•\nc"},
		{"numbers", "7. a\n8. b", "7.\na\n8.\nb"},
		{"code", "a `b * c` d", "a b * c d"},
		{"a block of code", "```go\nx := 1\n  y\n```", "x := 1  y"},
		{"indented code", "    x := 1", "x := 1"},
		{"a rule", "a\n\n---\n\nb", "a\n---\nb"},
		{"escapes", `\*a\* \&amp; &amp; &lt; &#65; &nosuch; &; & a\b`, `*a* &amp; & < A &nosuch; &; & a\b`},
		{"html", "a <b>c</b> d", "a <b>c</b> d"},
		{"a block of html", "<div>\n<p>x</p>\n</div>", "<div><p>x</p></div>"},
		{"a comment", "<!-- hidden -->", "<!-- hidden -->"},
		{"a link", "see [the *weir*](http://a.example/x 'title')", "see the <italic weir>"},
		{"an address", "<http://a.example/x>", "http://a.example/x"},
		{"a bare address", "http://a.example/x", "http://a.example/x"},
		{"an image", "![the weir](http://a.example/x.png)", "the weir"},
		{"a definition stays", "[a]: http://a.example/x", "[a]: http://a.example/x"},
		{"a reference", "[words][a]", "[words][a]"},
		{"controls", "a\u202eb\u0000c", "a□b�c"},
		{"not UTF-8", "a\xffb", "a□b"},
	} {
		t.Run(c.name, func(t *testing.T) {
			use(t)
			got := shown(t, c.source)
			got = strings.ReplaceAll(got, "�", "□")
			want := strings.ReplaceAll(c.want, "�", "□")
			if got != want {
				t.Errorf("%q\n got %q\nwant %q", c.source, got, want)
			}
		})
	}
}

// beacons are sources that make a browser, or the toolkit's own renderer, call
// somewhere.
var beacons = []string{
	"![](http://a.example/x.png)", "![x](http://a.example/x.png 'y')", "![x][r]\n\n[r]: http://a.example/x.png",
	"[x](http://a.example)", "[x][r]\n\n[r]: http://a.example", "[r]\n\n[r]: http://a.example", "[![](http://a.example/i)](http://a.example)",
	"<http://a.example>", "<mailto:a@a.example>", "http://a.example", "<a href='http://a.example'>x</a>",
	"<img src='http://a.example/x.png'>", "<script src='http://a.example/x.js'></script>", "<iframe src=//a.example>",
	"<link rel=prefetch href=http://a.example>", "<svg><image href='http://a.example/x'/></svg>", "<style>@import 'http://a.example'</style>",
	"![](file:///etc/passwd)", "![](data:image/png;base64,AAAA)", "[x](javascript:alert(1))", "![](\\\\a.example\\share\\x.png)",
}

// What is drawn is text and shapes, whatever the source: nothing that fetches,
// nothing that can be pressed, nothing that could be either one day.
func TestBeaconsAreOnlyText(t *testing.T) {
	for _, source := range append(beacons, strings.Join(beacons, "\n\n"), "> - "+strings.Join(beacons, "\n> - ")) {
		use(t)
		onlyText(t, source)
	}
}

func onlyText(t testing.TB, source string) {
	t.Helper()
	o := Render(source)
	o.Resize(fyne.NewSize(600, 600))
	walk(o, func(o fyne.CanvasObject) {
		switch o.(type) {
		case *kit.Container, *kit.Text, *kit.Quoted, *kit.Rule, *canvas.Text, *canvas.Rectangle:
		default:
			t.Errorf("%q is drawn with a %T", source, o)
		}
		switch o.(type) {
		case fyne.Tappable, fyne.SecondaryTappable, fyne.DoubleTappable, fyne.Focusable, fyne.Draggable:
			t.Errorf("%q makes a %T that can be pressed", source, o)
		}
	})
}

// Deep nesting costs neither the stack nor the time that nested layouts take,
// and loses no word.
func TestDeepNesting(t *testing.T) {
	for name, source := range map[string]string{
		"quotations":    strings.Repeat("> ", 5000) + "deep",
		"lists":         nestedList(200),
		"both":          strings.Repeat("> - ", 1500) + "deep",
		"open brackets": strings.Repeat("[", 20_000) + "deep",
		"emphasis":      strings.Repeat("*a **b ", 4000) + "deep",
		"references":    strings.Repeat("&amp", 10_000) + "deep",
	} {
		t.Run(name, func(t *testing.T) {
			use(t)
			if got := shown(t, source); !strings.Contains(got, "deep") {
				t.Errorf("the words are lost: %.80q", got)
			}
		})
	}
}

func nestedList(levels int) string {
	var b strings.Builder
	for i := range levels {
		b.WriteString(strings.Repeat("  ", i) + "- level\n")
	}
	b.WriteString(strings.Repeat("  ", levels) + "- deep")
	return b.String()
}

func entry(bytes int) string {
	var b strings.Builder
	for i := 0; b.Len() < bytes; i++ {
		fmt.Fprintf(&b, "We took the **long** way round by the weir, for the %dth time. Neither of us tried to *fix* anything, and for once the silence was not a question. ", i)
		switch i % 7 {
		case 3:
			b.WriteString("\n\n")
		case 5:
			b.WriteString("\n\n- One thing.\n- Another.\n\n> Quiet is a room I go into.\n\n## And then\n\n")
		}
	}
	return b.String()
}

// A long entry is drawn as far as it can be seen.
func TestLongEntryDrawsWhatIsSeen(t *testing.T) {
	use(t)
	scroll := kit.NewScroll(kit.Centered(kit.Measure, Render(entry(50_000))))
	win := test.NewTempWindow(t, scroll)
	win.Resize(fyne.NewSize(1000, 700))
	for _, y := range []float32{0, 10_000, 1e6} {
		scroll.ScrollTo(y)
		words := 0
		walk(scroll, func(o fyne.CanvasObject) {
			if _, ok := o.(*canvas.Text); ok {
				words++
			}
		})
		if words == 0 || words > 200 {
			t.Errorf("at %v there are %d text objects", y, words)
		}
	}
}

func FuzzRender(f *testing.F) {
	for _, b := range beacons {
		f.Add(b)
	}
	f.Add("> - 1. *a* **b** `c`\n\n---\n# d\n    e\n```\nf")
	f.Add(strings.Repeat("> - ", 30) + "x")
	use(f)
	f.Fuzz(func(t *testing.T, source string) {
		onlyText(t, source)
	})
}

func BenchmarkRender50k(b *testing.B) {
	use(b)
	source := entry(50_000)
	b.ReportAllocs()
	for b.Loop() {
		scroll := kit.NewScroll(kit.Centered(kit.Measure, Render(source)))
		scroll.Resize(fyne.NewSize(1000, 700))
	}
}

func BenchmarkScroll50k(b *testing.B) {
	use(b)
	scroll := kit.NewScroll(kit.Centered(kit.Measure, Render(entry(50_000))))
	scroll.Resize(fyne.NewSize(1000, 700))
	y := float32(0)
	for b.Loop() {
		if y += 30; y > 20_000 {
			y = 0
		}
		scroll.ScrollTo(y)
	}
}
