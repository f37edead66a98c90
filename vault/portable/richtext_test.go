package portable

import (
	"encoding/json"
	"maps"
	"strings"
	"testing"
)

func TestRichText(t *testing.T) {
	tests := []struct {
		name, contents, want string
		left                 Left
	}{
		{"plain", `{"text":"Only words. They count.\n"}`, "Only words. They count.", nil},
		{
			"headings", `{"text":"One\n","attributes":{"line":{"header":1}}},{"text":"Six","attributes":{"line":{"header":6}}},{"text":"\nseven\n"},{"text":"None","attributes":{"line":{"header":7}}}`,
			"# One\n###### Six\n\nseven\nNone", nil,
		},
		{
			"the first character decides for its line", `{"text":"a","attributes":{"line":{"header":2}}},{"text":"b\n","attributes":{"line":{"quote":true}}},{"text":"\nc","attributes":{"line":{"header":3}}}`,
			"## ab\n\n### c", nil,
		},
		{"paragraphs and lines", `{"text":"a\nb\n\nc\n"}`, "a\nb\n\nc", nil},
		{
			"emphasis", `{"text":"a "},{"text":"b","attributes":{"bold":true}},{"text":" "},{"text":"c","attributes":{"italic":true}},{"text":" "},{"text":"d","attributes":{"strikethrough":true}}`,
			"a **b** *c* ~~d~~", nil,
		},
		{"spaces move out of emphasis", `{"text":"a"},{"text":" b ","attributes":{"bold":true}},{"text":"c"}`, "a **b** c", nil},
		{
			"emphasis inside emphasis", `{"text":"a","attributes":{"bold":true}},{"text":"b","attributes":{"bold":true,"italic":true}},{"text":"c","attributes":{"bold":true}}`,
			"**a*b*c**", nil,
		},
		{"emphasis that Markdown would not see", `{"text":"a,","attributes":{"bold":true}},{"text":"b"}`, "a,b", nil},
		{"emphasis of spaces only", `{"text":"a"},{"text":"  ","attributes":{"bold":true}},{"text":"b"}`, "a  b", nil},
		{"equal neighbours are one", `{"text":"a","attributes":{"bold":true}},{"text":"b","attributes":{"bold":true,"highlightedColor":"FFFF00FF"}}`, "**ab**", nil},
		{"code", `{"text":"a*b` + "`" + `c","attributes":{"inlineCode":true}}`, "``a*b`c``", nil},
		{
			"links", `{"text":"a [b]","attributes":{"linkURL":"https://example.org/x"}},{"text":" "},{"text":"https://example.org","attributes":{"autolink":true}}`,
			`[a \[b\]](https://example.org/x) <https://example.org>`, nil,
		},
		{"a link that is no web address", `{"text":"a","attributes":{"linkURL":"javascript:alert(1)"}}`, "a", nil},
		{"an exclamation mark before a link", `{"text":"see!"},{"text":"a","attributes":{"linkURL":"https://example.org"}}`, `see\![a](https://example.org)`, nil},
		{
			"signs in words", `{"text":"*a* _b_ ~~c~~ [d](e) <f> \\ # g\n# h\n> i\n+ j\n1. k"}`,
			"\\*a\\* \\_b\\_ \\~\\~c\\~\\~ \\[d]\\(e) \\<f> \\ # g\n\\# h\n\\> i\n\\+ j\n1. k", nil,
		},
		{
			"bullets, levels from one", `{"text":"a\n","attributes":{"line":{"listStyle":"bulleted","indentLevel":1}}},{"text":"b\n","attributes":{"line":{"listStyle":"bulleted","indentLevel":2}}},{"text":"c\n","attributes":{"line":{"listStyle":"bulleted","indentLevel":1}}},{"text":"after"}`,
			"- a\n    - b\n- c\n\nafter", nil,
		},
		{
			"a level left out", `{"text":"a\n","attributes":{"line":{"listStyle":"bulleted"}}},{"text":"b\n","attributes":{"line":{"listStyle":"bulleted","indentLevel":90}}}`,
			"- a\n    - b", nil,
		},
		{
			"levels beyond reason", `{"text":"a\n","attributes":{"line":{"listStyle":"bulleted","indentLevel":-9223372036854775808}}},{"text":"b\n","attributes":{"line":{"listStyle":"bulleted","indentLevel":9223372036854775807}}}`,
			"- a\n    - b", nil,
		},
		{
			"numbers", `{"text":"a\n","attributes":{"line":{"listStyle":"numbered","listIndex":3}}},{"text":"b\n","attributes":{"line":{"listStyle":"numbered"}}},{"text":"c\n","attributes":{"line":{"listStyle":"numbered","indentLevel":1}}},{"text":"d\n","attributes":{"line":{"listStyle":"numbered"}}}`,
			"3. a\n4. b\n    1. c\n5. d", nil,
		},
		{
			"numbers begin again one level down", `{"text":"a\n","attributes":{"line":{"listStyle":"numbered"}}},{"text":"b\n","attributes":{"line":{"listStyle":"numbered","indentLevel":1}}},{"text":"c\n","attributes":{"line":{"listStyle":"numbered"}}},{"text":"d\n","attributes":{"line":{"listStyle":"numbered","indentLevel":1}}}`,
			"1. a\n    1. b\n2. c\n    1. d", nil,
		},
		{
			"boxes", `{"text":"a\n","attributes":{"line":{"listStyle":"checkbox","checked":true}}},{"text":"b\n","attributes":{"line":{"listStyle":"checkbox"}}}`,
			"- [x] a\n- [ ] b", nil,
		},
		{"a quote ends", `{"text":"a\nb\n","attributes":{"line":{"quote":true}}},{"text":"c"}`, "> a\n> b\n\nc", nil},
		{"a code block keeps its lines", `{"text":"a *b*\n\n  c\n","attributes":{"line":{"codeBlock":true}}},{"text":"d"}`, "```\na *b*\n\n  c\n```\n\nd", nil},
		{"a fence inside code", `{"embeddedObjects":[{"type":"renderableCodeBlock","contents":"` + "```" + `\nx"}]}`, "````\n```\nx\n````", nil},
		{"a rule", `{"text":"a"},{"embeddedObjects":[{"type":"horizontalLineRule"}]},{"text":"b"}`, "a\n\n---\n\nb", nil},
		{
			"a table", `{"embeddedObjects":[{"type":"table","rows":[[{"content":[{"text":"A","attributes":{"bold":true}}]},{"content":[{"text":"B"}]}],[{"content":[{"text":"1|2"}]},{"content":[]}]]}]}`,
			"| **A** | B |\n| --- | --- |\n| 1\\|2 |  |", nil,
		},
		{"a table without rows", `{"embeddedObjects":[{"type":"table","markdown":"| a |\n| --- |"}]}`, "| a |\n| --- |", nil},
		{"a film elsewhere stays as a link", `{"embeddedObjects":[{"type":"externalVideo","url":"https://example.org/v"}]}`, "<https://example.org/v>", nil},
		{
			"what stays behind", `{"text":"a\n"},{"embeddedObjects":[{"type":"photo"},{"type":"video"}]},{"embeddedObjects":[{"type":"audio"}]},{"embeddedObjects":[{"type":"pdfAttachment"}]},{"embeddedObjects":[{"type":"location"}]},{"embeddedObjects":[{"type":"workout"}]},{"embeddedObjects":[{"type":"song"}]},{"embeddedObjects":[{"type":"stateOfMind"}]},{"embeddedObjects":[{"type":"preview","url":"file:///etc"}]}`,
			"a",
			Left{LeftPhotos: 1, LeftVideos: 1, LeftAudio: 1, LeftPDFs: 1, LeftLocations: 1, LeftActivities: 1, LeftMusic: 1, LeftSuggestions: 2},
		},
		{"emoji and scripts", `{"text":"👩🏽‍❤️‍💋‍👨 日本語 עברית"}`, "👩🏽‍❤️‍💋‍👨 日本語 עברית", nil},
		{"object replacement", `{"text":"\uFFFCa\n\uFFFC\n"}`, "a", nil},
		{"nothing", ``, "", nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			for _, key := range []string{"contents", "nodes"} {
				got, left, sound := richText(`{"meta":{"version":1},"` + key + `":[` + tt.contents + `]}`)
				if !sound || got != tt.want {
					t.Errorf("%q (sound: %v), want %q", got, sound, tt.want)
				}
				if !maps.Equal(left, tt.left) {
					t.Errorf("left %v, want %v", left, tt.left)
				}
			}
		})
	}
}

func TestRichTextThatIsNone(t *testing.T) {
	for _, in := range []string{"", "x", "{", "[]", "7", `{"contents":5}`, `{"contents":[{"text":5}]}`, `{"contents":[{"text":"a","attributes":[]}]}`} {
		if text, _, sound := richText(in); sound {
			t.Errorf("%q passes as %q", in, text)
		}
	}
	// One field of the wrong kind does not cost the words.
	text, _, sound := richText(`{"contents":[{"text":"kept","attributes":{"bold":"very"}},{"text":" too"}]}`)
	if sound || text != "kept too" {
		t.Errorf("%q (sound: %v)", text, sound)
	}
}

// Words that hold every sign are seen as they are when they have been through
// rich text and back.
func TestRichTextSignsAreSeenAsWords(t *testing.T) {
	signs := "!\"#$%&'(),./:;<=>?@[]^_`{|}~*\\"
	for _, a := range signs {
		for _, b := range signs {
			words := strings.NewReplacer("A", string(a), "B", string(b)).Replace("wA Bw AwB wAwBw AB w B")
			run, err := json.Marshal(words)
			if err != nil {
				t.Fatal(err)
			}
			out, _, _ := richText(`{"contents":[{"text":` + string(run) + `}]}`)
			escapes := strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;")
			if want := "<p>" + escapes.Replace(words) + "</p>\n"; seen(t, out) != want {
				t.Fatalf("%q becomes %q, which is seen as %q", words, out, seen(t, out))
			}
		}
	}
}

func FuzzRichText(f *testing.F) {
	f.Add(`{"contents":[{"text":"a\nb","attributes":{"bold":true,"line":{"listStyle":"numbered","indentLevel":-5,"listIndex":-1}}}]}`)
	f.Add(`{"nodes":[{"embeddedObjects":[{"type":"table","rows":[[],[{"content":[{"text":"|"}]}]]}]}]}`)
	f.Add(`{"contents":[{"text":"*","attributes":{"italic":true,"linkURL":"https://a/b)"}}]}`)
	f.Fuzz(func(t *testing.T, in string) {
		text, _, _ := richText(in)
		if strings.ContainsAny(text, "\x00\r\uFFFC") {
			t.Errorf("%q holds what has no place in a text", text)
		}
	})
}
