package portable

import (
	"strconv"
	"strings"
)

// What a line is, for the blank lines between unlike neighbours.
type richKind int

const (
	kindEmpty richKind = iota
	kindParagraph
	kindHeading
	kindList
	kindQuote
	kindCode
	kindBlock
)

func (l richLine) kind() richKind {
	a := l.attributes
	switch {
	case l.block != "":
		return kindBlock
	case a.CodeBlock:
		return kindCode
	case len(l.runs) == 0:
		return kindEmpty
	case a.ListStyle == "bulleted", a.ListStyle == "numbered", a.ListStyle == "checkbox":
		return kindList
	case a.Quote:
		return kindQuote
	case a.Header >= 1 && a.Header <= 6:
		return kindHeading
	}
	return kindParagraph
}

// markdown writes the page. Lines of one paragraph stay lines; blocks of
// different kinds are kept apart by a blank line.
func (p *richPage) markdown() string {
	var b strings.Builder
	before := kindEmpty
	for i := 0; i < len(p.lines); {
		kind := p.lines[i].kind()
		n := 1
		for i+n < len(p.lines) && p.lines[i+n].kind() == kind {
			n++
		}
		if before != kindEmpty && kind != kindEmpty {
			b.WriteByte('\n')
		}
		group := p.lines[i : i+n]
		switch kind {
		case kindList:
			writeList(&b, group)
		case kindCode:
			var code []string
			for _, line := range group {
				code = append(code, line.plain())
			}
			b.WriteString(fenced(strings.Join(code, "\n")) + "\n")
		case kindBlock:
			for k, line := range group {
				if k > 0 {
					b.WriteByte('\n')
				}
				b.WriteString(line.block + "\n")
			}
		default:
			for _, line := range group {
				switch kind {
				case kindHeading:
					b.WriteString(strings.Repeat("#", line.attributes.Header) + " ")
				case kindQuote:
					b.WriteString("> ")
				}
				b.WriteString(inline(line.runs) + "\n")
			}
		}
		before = kind
		i += n
	}
	return b.String()
}

func (l richLine) plain() string {
	var b strings.Builder
	for _, run := range l.runs {
		b.WriteString(run.text)
	}
	return b.String()
}

// maxIndent is the deepest level that a list keeps.
const maxIndent = 8

func (a richLineAttributes) indent() int { return max(0, min(a.IndentLevel, maxIndent)) }

// writeList writes the items of one list. Levels are told from the shallowest
// item, because some exports begin at 0 and some at 1, and an item is at most
// one level deeper than the one above it.
func writeList(b *strings.Builder, items []richLine) {
	shallowest := maxIndent
	for _, item := range items {
		shallowest = min(shallowest, item.attributes.indent())
	}
	var numbers [maxIndent + 1]int
	level := -1
	for _, item := range items {
		a := item.attributes
		level = min(a.indent()-shallowest, level+1)
		clear(numbers[level+1:])
		b.WriteString(strings.Repeat("    ", level))
		switch a.ListStyle {
		case "numbered":
			numbers[level]++
			if a.ListIndex > 0 && a.ListIndex < 1_000_000 {
				numbers[level] = a.ListIndex
			}
			b.WriteString(strconv.Itoa(numbers[level]) + ". ")
		case "checkbox":
			numbers[level] = 0
			if a.Checked {
				b.WriteString("- [x] ")
			} else {
				b.WriteString("- [ ] ")
			}
		default:
			numbers[level] = 0
			b.WriteString("- ")
		}
		b.WriteString(inline(item.runs) + "\n")
	}
}
