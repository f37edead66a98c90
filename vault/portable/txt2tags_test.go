package portable

import (
	"maps"
	"strings"
	"testing"
	"unicode"
)

func TestTagsText(t *testing.T) {
	tests := []struct {
		name, in, want string
		left           Left
	}{
		{"words", "Only words.\nThey count.\n\nHere too.", "Only words.\nThey count.\n\nHere too.", nil},
		{"emphasis", "**bold** //soft// __under__ --struck-- ``code``", "**bold** *soft under* ~~struck~~ `code`", nil},
		{"emphasis inside emphasis", "**a //b// c** --//d//--", "**a *b* c** ~~*d*~~", nil},
		{"marks without a partner", "a ** b // c -- d __ e", `a \*\* b // c -- d \_\_ e`, nil},
		{"marks beside a space", "** a ** // b //", `\*\* a \*\* // b //`, nil},
		{"a mark behind a space does not close", "**a ** b** //c // d//", `**a \*\* b** *c // d*`, nil},
		{"a mark that is never closed", "**a and //b", `\*\*a and //b`, nil},
		{"marks of more signs", "****bold****", `**\*\*bold\*\***`, nil},
		{"lines of signs", "---- ____ **** //// ----", `---- \_\_\_\_ \*\*\*\* //// ----`, nil},
		{"marks do not cross lines", "**a\nb**", "\\*\\*a\nb\\*\\*", nil},
		{"years", "2020--2021", "2020--2021", nil},
		{"code keeps its signs", "``a **b** [c] \\`` x", "`a **b** [c] \\` x", nil},
		{"raw text keeps its signs", `""**a**"" ''<b>''`, `\*\*a\*\* \<b>`, nil},

		{"code alone", "``a``", "`a`", nil},
		{"raw text alone", `""a""`, "a", nil},
		{"tagged text alone", "''a''", "a", nil},
		{"bold alone", "**a**", "**a**", nil},
		{"italic alone", "//a//", "*a*", nil},
		{"underlined alone", "__a__", "*a*", nil},
		{"struck alone", "--a--", "~~a~~", nil},
		{"a picture alone", "[a.png]", "", Left{LeftPhotos: 1}},
		{"a colour alone", "{a|color:red}", "a", nil},

		{"titles", "= One =\n== Two ==\n===== Five =====\nwords", "# One\n## Two\n##### Five\n\nwords", nil},
		{"numbered titles", "+ One +\nx\n\n++ Two ++", "1. One + x\n\n## Two", nil},
		{"a title with a label", "== Clouds ==[clouds]", "## Clouds", nil},
		{"titles that are none", "= One\n==Two=\n====== Six ======\n= x", "= One\n==Two=\n====== Six ======\n= x", nil},
		{"emphasis in a title", "= **One** =", "# **One**", nil},
		{"a line", strings.Repeat("=", 20) + "\nx\n" + strings.Repeat("-", 30), "---\n\nx\n\n---", nil},
		{"a line too short", "a\n" + strings.Repeat("-", 19), "a\n\\" + strings.Repeat("-", 19), nil},

		{"lists", "- a\n- b\n  - c\n    - d\n- e\n\n\nafter", "- a\n- b\n    - c\n        - d\n- e\n\n\nafter", nil},
		{"numbers", "+ a\n+ b\n  + c\n+ d", "1. a\n2. b\n    1. c\n3. d", nil},
		{"an item goes on", "- a\n  more of a\n- b", "- a more of a\n- b", nil},
		{"text behind a list", "- a\n\nafter", "- a\n\nafter", nil},
		{"a list that is closed", "- a\n-\n- b", "- a\n\n- b", nil},
		{"dashes that are no list", "-a\n - \n5 - 3", "-a\n\\-\n5 - 3", nil},
		{"quotes", "\ta **b**\n\t\tc\nd", "> a **b**\n> c\n\nd", nil},
		{"indented words", "    four spaces\n \ttab", "four spaces\ntab", nil},
		{"a code block", "```\na **b**\n\n  = c =\n```\nd", "```\na **b**\n\n  = c =\n```\n\nd", nil},
		{"a code line", "``` a **b**\nc", "```\na **b**\n```\n\nc", nil},
		{"a block that never closes", "```\na\n[\"\"b\"\".png]", "```\na\n[\"\"b\"\".png]\n```", nil},
		{"raw blocks", "\"\"\"\n**a**\n\"\"\"\n'''\n  <b>\n'''", "\\*\\*a\\*\\*\n\\<b>", nil},
		{"a table", "|| A | **B** |\n| 1 | a \\ b |\n| c |\nd", "| A | **B** |\n| --- | --- |\n| 1 | a \\ b |\n| c |\n\nd", nil},
		{"line breaks", "a\\\\\nb \\\\ \nc\\d\\\\", "a\nb\nc\\d", nil},
		{"a backslash at the end of a line", "a\\\nb", "a\\\\\nb", nil},
		{"comments stay", "% a\n%%%\nb\n%%%", "% a\n%%%\nb\n%%%", nil},
		{"colours", "{red **one**|color:red} {x} {a|b}", "red **one** {x} {a|b}", nil},
		{"references", "[2019-02-14] [Today 2019-02-14] [see above]", "[2019-02-14] [Today 2019-02-14] [see above]", nil},

		{"links", `[heise ""http://heise.de""] [a b https://x.org/y?z=1#w]`, `[heise](http://heise.de) [a b](https://x.org/y?z=1#w)`, nil},
		{"a link to a file", `[my file ""file:///home/sam/a b.pdf""] [Home ""file:///home/""]`, `my file (file:///home/sam/a b.pdf) Home (file:///home/)`, nil},
		{"a link without a name", `[ ""http://x.org""] [http://x.org ""http://x.org""]`, `<http://x.org> <http://x.org>`, nil},
		{"addresses in words", "see http://x.org/a_b_c//d--e, or (https://y.org/).", "see <http://x.org/a_b_c//d--e>, or (<https://y.org/>).", nil},
		{"an address in emphasis", "//see http://x.org// --https://y.org/z--", "*see <http://x.org>* ~~<https://y.org/z>~~", nil},
		{"an address with brackets", "https://x.org/A_(b)", "<https://x.org/A_(b)>", nil},
		{"other addresses stay words", "ftp://a.org/b__c__d www.test--a--b.com me__x__@y.org", `ftp://a.org/b\_\_c\_\_d www.test--a--b.com me*x*@y.org`, nil},
		{"no addresses", "http:// https:/x www. ftp://", "http:// https:/x www. ftp://", nil},
		{"a script is no link", `[x ""javascript:alert(1)""]`, `x (javascript:alert(1))`, nil},

		{"pictures", "a\n\n[\"\"/home/sam/b c\"\".png]\n[\"\"d\"\".JPG?50] [e.gif] [f.png?9]\n\nb", "a\n\nb", Left{LeftPhotos: 4}},
		{"a picture in a line", `a [""b"".jpeg] c`, "a  c", Left{LeftPhotos: 1}},
		{"a picture in a list", "- [\"\"b\"\".png]\n- c", "- c", Left{LeftPhotos: 1}},
		{"pictures that are none", `[""a"".pdf] [""b""] [c.pdf] [""d`, `[a.pdf] [b] [c.pdf] [""d`, nil},
		{"a picture with brackets in its name", `[""/a [1]"".png]`, "", Left{LeftPhotos: 1}},

		{"Windows lines and controls", "a\r\nb\x00\x01\x07\ufeffc\uFFFC", "a\nbc", nil},
		{"emoji and scripts", "**👩🏽‍❤️‍💋‍👨** //日本語// עברית", "**👩🏽‍❤️‍💋‍👨** *日本語* עברית", nil},
		{"nothing", " \n\t\n", "", nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			page := tagsText(tt.in)
			if got := page.text(); got != tt.want {
				t.Errorf("%q becomes\n%q, want\n%q", tt.in, got, tt.want)
			}
			if !maps.Equal(page.left, tt.left) {
				t.Errorf("left %v, want %v", page.left, tt.left)
			}
		})
	}
}

// A single sign means nothing to txt2tags, however it stands, and must not begin
// to mean something in Markdown.
func TestTagsSignsAreSeenAsWords(t *testing.T) {
	signs := "!\"#$%&'(),./:;<>?@[]^_`{|}~*\\-=+"
	for _, a := range signs {
		for _, b := range signs {
			if a == b {
				continue
			}
			words := strings.NewReplacer("A", string(a), "B", string(b)).Replace("wA Bw AwB wAwBw AB w B")
			out := tagsText(words).text()
			escapes := strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;")
			if want := "<p>" + escapes.Replace(words) + "</p>\n"; seen(t, out) != want {
				t.Fatalf("%q becomes %q, which is seen as %q", words, out, seen(t, out))
			}
		}
	}
}

func TestLongTagsTakeLinearTime(t *testing.T) {
	// A square of this would not end within the time that a test may take.
	for _, unit := range []string{
		"**a ", "**a** ", "//", "[", `[""`, `[a ""`, `[a ""b`, "]", "``a ", `""a `, "http://", "h ", "{a|color:", "{", "- a\n", "| a ", "= a =\n", "\t", "http", "[a http://x.org", "''", "*",
	} {
		in := strings.Repeat(unit, MaxText/len(unit))
		if out := tagsText(in).text(); len(out) > 9*len(in) {
			t.Errorf("%q grew from %d to %d bytes", unit, len(in), len(out))
		}
	}
}

func FuzzTagsText(f *testing.F) {
	f.Add("**a //b// c** [x \"\"http://y.org\"\"] [\"\"p\"\".png?5]\n- a\n  + b\n\tc\n== d ==[e]")
	f.Add("|| a | b |\n| c | ``d`` |\n```\ne\n\"\"\"")
	f.Add("{a|color:red} #tag \\(x\\) 'a''b' \"\"raw\"\"\\\\\n--------------------")
	f.Fuzz(func(t *testing.T, in string) {
		out := tagsText(in).text()
		if strings.ContainsAny(out, "\x00\x01\r\uFFFC") {
			t.Errorf("%q holds what has no place in a text", out)
		}
		// Nothing but pictures, labels and the names of colours may go.
		if strings.ContainsAny(in, "[{") {
			return
		}
		letters := func(s string) string {
			return strings.Map(func(r rune) rune {
				if unicode.IsLetter(r) {
					return r
				}
				return -1
			}, s)
		}
		if got, want := letters(out), letters(strings.ToValidUTF8(plainLines(in), "\uFFFD")); got != want {
			t.Errorf("%q became %q: a letter is gone", in, out)
		}
	})
}
