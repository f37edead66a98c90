package markdown

import (
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/util"

	"ebb/ui/kit"
)

// runs collects running text; neighbours that look the same become one.
type runs []kit.Run

func (rs *runs) add(text string, strong, italic bool) {
	if text == "" {
		return
	}
	if n := len(*rs); n > 0 && (*rs)[n-1].Strong == strong && (*rs)[n-1].Italic == italic {
		(*rs)[n-1].Text += text
		return
	}
	*rs = append(*rs, kit.Run{Text: text, Strong: strong, Italic: italic})
}

// inline collects the text of the children of parent. Of a link and of an image
// only the words are taken, and of HTML the characters; the addresses are left
// where they are.
func (r *renderer) inline(rs *runs, parent ast.Node, strong, italic bool) {
	for n := parent.FirstChild(); n != nil; n = n.NextSibling() {
		switch n := n.(type) {
		case *ast.Text:
			value := n.Segment.Value(r.source)
			if n.IsRaw() {
				rs.add(string(value), strong, italic)
			} else {
				rs.add(unescape(value), strong, italic)
			}
			if n.SoftLineBreak() || n.HardLineBreak() {
				rs.add("\n", strong, italic)
			}
		case *ast.String:
			rs.add(string(n.Value), strong, italic)
		case *ast.AutoLink:
			rs.add(string(n.Label(r.source)), strong, italic)
		case *ast.RawHTML:
			for i := range n.Segments.Len() {
				segment := n.Segments.At(i)
				rs.add(string(segment.Value(r.source)), strong, italic)
			}
		case *ast.CodeSpan:
			for c := n.FirstChild(); c != nil; c = c.NextSibling() {
				if t, ok := c.(*ast.Text); ok {
					rs.add(string(t.Segment.Value(r.source)), strong, italic)
				}
			}
		case *ast.Emphasis:
			r.inline(rs, n, strong || n.Level > 1, italic || n.Level == 1)
		default:
			r.inline(rs, n, strong, italic)
		}
	}
}

// unescape resolves backslashes before punctuation and character references,
// from left to right, so that an escaped "&" begins no reference.
func unescape(text []byte) string {
	out := make([]byte, 0, len(text))
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case c == '\\' && i+1 < len(text) && util.IsPunct(text[i+1]):
			i++
			out = append(out, text[i])
		case c == '&':
			n := reference(text[i:])
			if n == 0 {
				out = append(out, c)
				continue
			}
			resolved := util.ResolveEntityNames(util.ResolveNumericReferences(text[i : i+n]))
			out = append(out, resolved...)
			i += n - 1
		default:
			out = append(out, c)
		}
	}
	return string(out)
}

// longestReference is longer than any name of a character that HTML knows.
const longestReference = 36

// reference is the length of the character reference at the start of text, or
// 0.
func reference(text []byte) int {
	for i := 1; i < len(text) && i < longestReference; i++ {
		switch c := text[i]; {
		case c == ';' && i > 1:
			return i + 1
		case c != '#' && !util.IsAlphaNumeric(c):
			return 0
		}
	}
	return 0
}
