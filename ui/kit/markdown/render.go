package markdown

import (
	"fmt"
	"strings"

	"fyne.io/fyne/v2"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"

	"ebb/ui/kit"
)

// MaxDepth is how deep lists and quotations may nest before they are shown
// flat. No person's text comes near it; a hostile one may be all brackets.
const MaxDepth = 8

// Room above a block, in units of the canvas.
const (
	gapParagraph float32 = 14
	gapHeading   float32 = 20
	gapBelowHead float32 = 6
	gapQuote     float32 = 16
	gapRule      float32 = 24
	gapTight     float32 = 2
	indentList   float32 = 26
	indentCode   float32 = 24
)

// newParser has no transformers: they would take link reference definitions
// off the page.
func newParser() parser.Parser {
	return parser.NewParser(
		parser.WithBlockParsers(parser.DefaultBlockParsers()...),
		parser.WithInlineParsers(parser.DefaultInlineParsers()...),
	)
}

// Render returns source as a column of kit parts, which draw only what is in
// sight. It never fails: what is not Markdown is text.
func Render(source string) *kit.Container {
	src := []byte(source)
	doc := newParser().Parse(text.NewReader(src))
	r := renderer{source: src}
	return kit.Column(0, r.blocks(doc, kit.Reading, 0, false)...)
}

type renderer struct{ source []byte }

// blocks renders the children of parent below each other. tight leaves out the
// room between paragraphs, as in a list without empty lines.
func (r *renderer) blocks(parent ast.Node, role kit.Role, depth int, tight bool) []fyne.CanvasObject {
	var out []fyne.CanvasObject
	var before ast.Node
	for n := parent.FirstChild(); n != nil; n = n.NextSibling() {
		o := r.block(n, role, depth)
		if o == nil {
			continue
		}
		if before != nil {
			out = append(out, kit.Gap(gap(before, n, tight)))
		}
		out = append(out, o)
		before = n
	}
	return out
}

// gap is the room between two blocks.
func gap(above, below ast.Node, tight bool) float32 {
	switch {
	case above.Kind() == ast.KindHeading:
		return gapBelowHead
	case below.Kind() == ast.KindHeading:
		return gapHeading
	case above.Kind() == ast.KindThematicBreak, below.Kind() == ast.KindThematicBreak:
		return gapRule
	case above.Kind() == ast.KindBlockquote, below.Kind() == ast.KindBlockquote:
		return gapQuote
	case tight:
		return gapTight
	}
	return gapParagraph
}

func (r *renderer) block(n ast.Node, role kit.Role, depth int) fyne.CanvasObject {
	switch n := n.(type) {
	case *ast.Heading:
		if n.Level > 2 {
			return r.prose(n, kit.Sub)
		}
		return r.prose(n, kit.Heading)
	case *ast.ThematicBreak:
		return kit.NewRule()
	case *ast.CodeBlock, *ast.FencedCodeBlock:
		return kit.Inset(indentCode, 0, 0, 0, kit.NewText(kit.Lead, strings.TrimRight(r.lines(n), "\n")))
	case *ast.HTMLBlock:
		raw := r.lines(n)
		if n.HasClosure() {
			raw += string(n.ClosureLine.Value(r.source))
		}
		return kit.NewText(role, strings.TrimRight(raw, "\n"))
	}
	if depth >= MaxDepth && n.FirstChild() != nil && n.FirstChild().Type() == ast.TypeBlock {
		return kit.NewText(role, r.flat(n))
	}
	switch n := n.(type) {
	case *ast.Blockquote:
		return kit.NewQuoted(kit.Column(0, r.blocks(n, kit.Quote, depth+1, false)...))
	case *ast.List:
		return r.list(n, role, depth)
	}
	return r.prose(n, role)
}

func (r *renderer) list(l *ast.List, role kit.Role, depth int) fyne.CanvasObject {
	var items []fyne.CanvasObject
	number := l.Start
	for n := l.FirstChild(); n != nil; n = n.NextSibling() {
		marker := kit.NewText(kit.Marker, "•").In(kit.ColorAccent)
		if l.IsOrdered() {
			marker = kit.NewText(kit.Marker, fmt.Sprintf("%d.", number)).In(kit.ColorMuted)
			number++
		}
		body := kit.Column(0, r.blocks(n, role, depth+1, l.IsTight)...)
		if len(items) > 0 {
			space := gapTight
			if !l.IsTight {
				space = gapParagraph
			}
			items = append(items, kit.Gap(space))
		}
		items = append(items, kit.Hanging(indentList, marker, body))
	}
	return kit.Column(0, items...)
}

// prose is a block of running text, or nil if nothing of it can be read.
func (r *renderer) prose(n ast.Node, role kit.Role) fyne.CanvasObject {
	var runs runs
	r.inline(&runs, n, false, false)
	if len(runs) == 0 {
		return nil
	}
	return kit.NewRuns(role, runs...)
}

// lines is the source of a block that holds no Markdown.
func (r *renderer) lines(n ast.Node) string {
	var b strings.Builder
	for i := range n.Lines().Len() {
		line := n.Lines().At(i)
		b.Write(line.Value(r.source))
	}
	return b.String()
}

// flat is all the text in n, a line for each block. It keeps its own stack,
// because n may be as deep as the source is long.
func (r *renderer) flat(n ast.Node) string {
	var b strings.Builder
	for at := n.FirstChild(); at != nil; {
		if at.Type() == ast.TypeBlock && (at.FirstChild() == nil || at.FirstChild().Type() == ast.TypeInline) {
			var runs runs
			r.inline(&runs, at, false, false)
			for _, run := range runs {
				b.WriteString(run.Text)
			}
			if at.FirstChild() == nil && at.Lines() != nil {
				b.WriteString(strings.TrimRight(r.lines(at), "\n"))
			}
			b.WriteByte('\n')
		} else if at.FirstChild() != nil {
			at = at.FirstChild()
			continue
		}
		for at != n && at.NextSibling() == nil {
			at = at.Parent()
		}
		if at == n {
			break
		}
		at = at.NextSibling()
	}
	return strings.TrimRight(b.String(), "\n")
}
