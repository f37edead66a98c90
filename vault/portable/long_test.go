package portable

import (
	"encoding/json"
	"fmt"
	"runtime"
	"strings"
	"testing"
	"time"
)

// A long text is one unit many times over. The units are those that tempt code to
// look at the same letters again and again: openings that nothing closes, and what
// may be the beginning of something longer.
type longText struct {
	name string
	unit string
	read func(t testing.TB, s string)
}

var longTexts = slowUnits()

func slowUnits() (all []longText) {
	add := func(reader string, read func(t testing.TB, s string), units ...string) {
		for _, unit := range units {
			all = append(all, longText{fmt.Sprintf("%s %.24q", reader, unit), unit, read})
		}
	}
	add("words", func(_ testing.TB, s string) { dayOneText(s) }, "Some words of a day.\n")
	add(
		"escaped", func(_ testing.TB, s string) { dayOneText(s) },
		`\*`, `\[](`, "`", "``` ", "```\n", `\#`, `\&`, "\\&a1", "\\`", "\uFFFC\n", `\_a`, `\\`, ">", "~~~\n>",
		"![", "![](", "![a", "![](dayone-moment:", "![](dayone-moment:/a", "![](photos/", "![]("+strings.Repeat("a", 300)+")", "![](dayone-moment:/a)",
	)
	add("photo", func(_ testing.TB, s string) { dayOneText("![](dayone-moment:" + s + ")") }, "a", "a/")
	add("to Day One", func(_ testing.TB, s string) { newDayOneRecord(record{ID: "a", Text: s}, places{}) }, "![", "![](dayone-moment:/a)", "```\n", "`")
	add("rich words", func(t testing.TB, s string) { richText(richRuns(t, richNode{Text: &s})) }, "Some words of a day.\n", "*", "[", "`")
	add("rich code", func(t testing.TB, s string) {
		richText(richRuns(t, richNode{Text: &s, Attributes: richAttributes{Line: richLineAttributes{CodeBlock: true}}}))
	}, "`", "a\n")
	add("rich span", func(t testing.TB, s string) {
		richText(richRuns(t, richNode{Text: &s, Attributes: richAttributes{richStyle: richStyle{InlineCode: true}}}))
	}, "`", "a ")
	add("rich object", func(t testing.TB, s string) {
		richText(richRuns(t, richNode{EmbeddedObjects: []richObject{{Type: "renderableCodeBlock", Contents: s}}}))
	}, "`")
	add("rich runs", func(t testing.TB, s string) { richText(`{"contents":[` + strings.TrimSuffix(s, ",") + `]}`) },
		`{"text":"a"},`, `{"text":" "},`, `{"text":" "},{"text":" ","attributes":{"bold":true}},`, `{"text":"a","attributes":{"bold":true}},{"text":"b"},`)
	add(
		"tags", func(_ testing.TB, s string) { tagsText(s).text() },
		"**a ", "**a** ", "//", "[", `[""`, `[a ""`, `[a ""b`, "]", "``a ", `""a `, "http://", "h ", "{a|color:", "{", "- a\n", "| a ", "= a =\n", "\t", "http", "[a http://x.org", "''", "*",
		"```\n`", "``` `", "[a]", "- a\n  b", "- a\n b\n b", "``", "| ", "+ a\n  ", "\uFFFC",
	)
	add("RedNotebook", func(_ testing.TB, s string) {
		w, _ := readWhen("2026-02-01", "UTC")
		redDay([]byte("1:\n  text: |\n    "+strings.ReplaceAll(s, "\n", "\n    ")), w)
	}, "a\n", "#a", "\n", "  a\n", "'")
	add("RedNotebook's quotes", func(_ testing.TB, s string) {
		w, _ := readWhen("2026-02-01", "UTC")
		redDay([]byte(`1: {text: "`+s+`"}`), w)
	}, `\n`, `\\`, "a\n", "a ", "''")
	add("RedNotebook's days", func(_ testing.TB, s string) {
		w, _ := readWhen("2026-02-01", "UTC")
		redDay([]byte("1:\n"+s), w)
	}, "  #a\n", "  a\n", " a\n  b\n", "  a:\n", "  ? a\n", "  &a a", "#\n", "  a #b\n", "!", "  ? [")
	add("jrnl", func(_ testing.TB, s string) {
		jrnlEntry([]byte("[2026-01-02 09:00] "+s), true, jrnlStyle{}, "", here())
	}, "@", "@a ", "*", "\n", "a\n ", "\uFFFC\n")
	add("file", func(_ testing.TB, s string) { fileEntry("x.md", []byte(s), time.Unix(0, 0)) }, "---\n", "\n", "a\n", " \n", "\uFFFC\n")
	return all
}

func richRuns(t testing.TB, nodes ...richNode) string {
	t.Helper()
	b, err := json.Marshal(richDocument{Contents: nodes})
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// TestLongTextsTakeLinearMemory: twice as long a text takes about twice the memory,
// all in all, so that none is put together piece by piece.
func TestLongTextsTakeLinearMemory(t *testing.T) {
	for _, l := range longTexts {
		took := func(length int) uint64 {
			s := strings.Repeat(l.unit, length/len(l.unit))
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			l.read(t, s)
			runtime.ReadMemStats(&after)
			return after.TotalAlloc - before.TotalAlloc
		}
		took(1 << 10) // what is made once
		half, whole := took(32<<10), took(64<<10)
		if whole > 3*half+64<<10 {
			t.Errorf("%s: %d bytes for 32 KiB, and %d for 64 KiB", l.name, half, whole)
		}
	}
}

// The time for two mebibytes is about twice that for one, and for one that is words
// far less than a second. Some readers refuse what is longer than one, and take less.
func BenchmarkLongTexts(b *testing.B) {
	for _, l := range longTexts {
		for _, mib := range []int{1, 2} {
			s := strings.Repeat(l.unit, mib<<20/len(l.unit))
			b.Run(fmt.Sprintf("%s/%dMiB", l.name, mib), func(b *testing.B) {
				b.SetBytes(int64(len(s)))
				for b.Loop() {
					l.read(b, s)
				}
			})
		}
	}
}
