package portable

import (
	"bytes"
	"maps"
	"strings"
	"testing"

	"github.com/yuin/goldmark"
)

func TestDayOneText(t *testing.T) {
	tests := []struct {
		name, in, want string
		left           Left
	}{
		{"stops and commas", `A day\. A well\-known one\, \(really\)\!`, `A day. A well-known one, (really)!`, nil},
		{"every punctuation that means nothing here", `\"\$\%\'\,\.\/\:\;\?\@\^\{\}\)\]`, `"$%',./:;?@^{})]`, nil},
		{"numbers stay a list", "1\\. one\n2\\. two", "1. one\n2. two", nil},
		{"a lone star", `5\* hotel`, `5* hotel`, nil},
		{"stars that would be emphasis", `\*not soft\*`, `\*not soft\*`, nil},
		{"stars with air around them", `2 \* 3 \* 4`, `2 * 3 * 4`, nil},
		{"underlines inside words", `snake\_case\_name`, `snake_case_name`, nil},
		{"underlines around words", `\_not soft\_`, `\_not soft\_`, nil},
		{"real emphasis stays", `**bold** and *soft*\.`, `**bold** and *soft*.`, nil},
		{"a hash that would be a heading", `\# not a heading`, `\# not a heading`, nil},
		{"a hash that is a tag", `\#us and \#them`, `#us and #them`, nil},
		{"seven hashes are no heading", `\####### x`, `####### x`, nil},
		{"a quote that is none", `\> not a quote`, `\> not a quote`, nil},
		{"greater than", `3 \> 2`, `3 > 2`, nil},
		{"less than", `2 \< 3 but \<b\>`, `2 < 3 but \<b>`, nil},
		{"a link that is none", `\[a\](b)`, `\[a](b)`, nil},
		{"a link that is none, the other way", `[a]\(b)`, `[a]\(b)`, nil},
		{"brackets", `\[later\] I slept`, `[later] I slept`, nil},
		{"an image that is none", `\![a](b)`, `\![a](b)`, nil},
		{"a rule that is none", "one\n\\-\\-\\-\ntwo", "one\n\\---\ntwo", nil},
		{"an underlining that is none", "one\n\\=\\=", "one\n\\==", nil},
		{"a plus that would be a bullet", `\+ 5`, `\+ 5`, nil},
		{"an entity that is none", `\&amp; R\&B`, `\&amp; R&B`, nil},
		{"a pipe in a table", `| a \| b |`, `| a \| b |`, nil},
		{"a pipe in prose", `a \| b`, `a | b`, nil},
		{"backslashes", `C:\\temp \\ done`, `C:\temp \ done`, nil},
		{"a backslash in front of a star", `\\\*a\*`, `\\\*a\*`, nil},
		{"a backslash in front of a letter", `\a \n \é`, `\a \n \é`, nil},
		{"a backslash at the end", `end\`, `end\`, nil},
		{"a backslash at the end of the last line", "end\\\\\n", `end\`, nil},
		{"a backslash in front of a photo", `\\![](dayone-moment://A)*`, `\\*`, Left{LeftPhotos: 1}},
		{"a hash behind a photo", `![](dayone-moment://A)\# one`, `\# one`, Left{LeftPhotos: 1}},
		{"a hard break", "one\\\ntwo", "one\\\ntwo", nil},

		{"fenced code", "a\\.\n```\nb\\.\n```\nc\\.", "a.\n```\nb\\.\n```\nc.", nil},
		{"tilde fence", "~~~ go\nb\\.\n~~~\nc\\.", "~~~ go\nb\\.\n~~~\nc.", nil},
		{"a longer fence", "````\n```\nb\\.\n````\nc\\.", "````\n```\nb\\.\n````\nc.", nil},
		{"a fence that never closes", "```\nb\\.", "```\nb\\.", nil},
		{"a code span", "a\\. `b\\.` c\\.", "a. `b\\.` c.", nil},
		{"a span of two", "``b ` \\.`` c\\.", "``b ` \\.`` c.", nil},
		{"a lone backtick", "a ` b\\.", "a ` b.", nil},
		{"an escaped backtick opens nothing", "\\`a\\.\\`", "\\`a.\\`", nil},
		{"a span ends at a blank line", "`a\\.\n\nb\\.`", "`a.\n\nb.`", nil},

		{"a photo between paragraphs", "a\n\n![](dayone-moment://0AF)\n\nb", "a\n\nb", Left{LeftPhotos: 1}},
		{"photos at both ends", "![](dayone-moment://A)\n\na\n\n![](dayone-moment://B)", "a", Left{LeftPhotos: 2}},
		{"photos in a row", "a\n\n![](dayone-moment://A)\n![](dayone-moment://B)\n\nb", "a\n\nb", Left{LeftPhotos: 2}},
		{
			"every kind", "![](dayone-moment:/video/A)![](dayone-moment:/audio/B)![](dayone-moment:/pdfAttachment/C)x", "x",
			Left{LeftVideos: 1, LeftAudio: 1, LeftPDFs: 1},
		},
		{"an old export", "![](photos/0123abcd.jpeg)\n\na", "a", Left{LeftPhotos: 1}},
		{"a marker in code is code", "`![](dayone-moment://A)`", "`![](dayone-moment://A)`", nil},
		{"a picture from elsewhere", "![](https://example.org/a.png)", "![](https://example.org/a.png)", nil},
		{"object replacement", "\uFFFCa\uFFFCb\n\uFFFC\nc", "ab\nc", nil},

		{"line ends", "a\r\nb\rc\u2028d\u2029e", "a\nb\nc\nd\ne", nil},
		{"controls", "a\x00b\x07c\td\x7f", "abc\td", nil},
		{"broken UTF-8", "a\xffb", "a\uFFFDb", nil},
		{"emoji and scripts", "👩🏽‍❤️‍💋‍👨 🏳️‍🌈 日本語 עברית ไทย é e\u0301 ﬁ", "👩🏽‍❤️‍💋‍👨 🏳️‍🌈 日本語 עברית ไทย é e\u0301 ﬁ", nil},
		{"blank ends", "\n \n  a\n\n ", "  a", nil},
		{"nothing", "", "", nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, left := dayOneText(tt.in)
			if got != tt.want {
				t.Errorf("%q becomes %q, want %q", tt.in, got, tt.want)
			}
			if !maps.Equal(left, tt.left) {
				t.Errorf("left %v, want %v", left, tt.left)
			}
		})
	}
}

// What a reader sees is the measure of unescaping: the same before and after,
// for texts in which the author put every sign in front of words, between them
// and behind them.
func TestUnescapingDoesNotChangeWhatIsSeen(t *testing.T) {
	signs := "!\"#$%&'(),./:;<=>?@[]^_`{|}~*\\"
	for _, a := range signs {
		for _, b := range signs {
			in := strings.NewReplacer("A", `\`+string(a), "B", `\`+string(b)).
				Replace("wA Bw AwB wAwBw\n\nAB w AB\n\nA w B")
			out, _ := dayOneText(in)
			if seen(t, in) != seen(t, out) {
				t.Fatalf("%q is seen as\n%s\nand as %q it is seen as\n%s", in, seen(t, in), out, seen(t, out))
			}
		}
	}
}

// seen renders Markdown, as an independent judge.
func seen(t testing.TB, markdown string) string {
	t.Helper()
	var b bytes.Buffer
	if err := goldmark.Convert([]byte(markdown), &b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestLongTextsTakeLinearTime(t *testing.T) {
	// A square of this would not end within the time that a test may take.
	for _, unit := range []string{`\*`, `\[](`, "`", "``` ", `\#`, `\&`, "\\`", "![](", "\uFFFC\n", `\_a`} {
		in := strings.Repeat(unit, MaxText/len(unit))
		out, _ := dayOneText(in)
		if len(out) > 2*len(in) {
			t.Errorf("%q grew from %d to %d bytes", unit, len(in), len(out))
		}
	}
}

func FuzzDayOneText(f *testing.F) {
	f.Add(`A day\. \*x\* ` + "`c\\.` ![](dayone-moment://A)")
	f.Add("```\n\\.\n````\n> \\#\n\\-\\-\\-")
	f.Add("\\\\\\[a\\](b)\uFFFC\n\r\u2028\\&lt;")
	f.Fuzz(func(t *testing.T, in string) {
		out, _ := dayOneText(in)
		if strings.ContainsAny(out, "\x00\r\uFFFC") {
			t.Errorf("%q holds what has no place in a text", out)
		}
		if found, expected := moments(in); found != expected {
			t.Errorf("the places of photos in %q are %q, by the expression %q", in, found, expected)
		}
		// Only backslashes, markers and white space may go.
		bare := strings.NewReplacer(`\`, "", " ", "", "\n", "", "\t", "", objectReplacement, "")
		want := bare.Replace(plainLines(in))
		if got := bare.Replace(out); !strings.Contains(in, "![") && got != want {
			t.Errorf("%q became %q: a letter is gone", in, out)
		}
	})
}
