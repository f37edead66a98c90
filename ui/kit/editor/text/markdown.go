package text

import (
	"bytes"
	"strconv"
)

// listDigits is the most that the number of an item has: a line that begins
// with a year is no list.
const listDigits = 3

// marker is what stands before the words of a Markdown list item or quotation.
type marker struct {
	end     int    // offset behind the marker and its space
	indent  []byte // space before it
	prefix  string // quotation marks before a list sign: "> "
	sign    string // "- ", "* ", "+ ", "1. ", "> "
	number  int    // of a numbered item, else -1
	closing byte   // '.' or ')' of a numbered item
	box     bool   // "[ ] " or "[x] " follows
}

// readMarker reads the marker at the start of a paragraph; end is 0 if there
// is none.
func readMarker(p []byte) marker {
	m := marker{number: -1}
	i := 0
	for i < len(p) && (p[i] == ' ' || p[i] == '\t') {
		i++
	}
	m.indent = p[:i]
	for bytes.HasPrefix(p[i:], []byte("> ")) || i == len(p)-1 && p[i] == '>' {
		i = min(i+2, len(p))
		m.prefix += "> "
	}
	m.end = i
	if m.prefix == "" {
		m.end = 0
	}
	rest := p[i:]
	switch {
	case len(rest) >= 2 && (rest[0] == '-' || rest[0] == '*' || rest[0] == '+') && rest[1] == ' ':
		m.sign = string(rest[:2])
		m.end = i + 2
		if box := p[m.end:]; len(box) >= 4 && box[0] == '[' && box[2] == ']' && box[3] == ' ' &&
			(box[1] == ' ' || box[1] == 'x' || box[1] == 'X') {
			m.box = true
			m.end += 4
		}
	default:
		n := 0
		for n < len(rest) && n < listDigits && rest[n] >= '0' && rest[n] <= '9' {
			n++
		}
		if n > 0 && n+1 < len(rest) && (rest[n] == '.' || rest[n] == ')') && rest[n+1] == ' ' {
			m.number, _ = strconv.Atoi(string(rest[:n]))
			m.closing = rest[n]
			m.end = i + n + 2
		}
	}
	return m
}

// next is the marker of the item that follows.
func (m marker) next() string {
	s := string(m.indent) + m.prefix
	switch {
	case m.number >= 0:
		return s + strconv.Itoa(m.number+1) + string(m.closing) + " "
	case m.box:
		return s + m.sign + "[ ] "
	}
	return s + m.sign
}

// Continue says what the Enter key does at an offset of paragraph p. In a list
// item or quotation, insert is a line feed with the marker of the next one. In
// an item that has no words yet it is the end of the list: the whole paragraph
// gives way to nothing (ends). Anywhere else insert is a line feed.
func Continue(p []byte, at int) (insert string, ends bool) {
	m := readMarker(p)
	switch {
	case m.end == 0 || at < m.end:
		return "\n", false
	case len(bytes.TrimSpace(p[m.end:])) == 0:
		return "", true
	}
	return "\n" + m.next(), false
}

// Command turns one paragraph into another. all says whether every paragraph
// that has words already is what the command makes, so that it is to be undone.
type Command struct {
	is    func(p []byte) bool
	apply func(p []byte, all bool) (prefix string, removed int)
}

// Quote and List give paragraphs a "> " or "- ", or take it away when all have
// it.
var (
	Quote = Command{
		is:    func(p []byte) bool { return bytes.HasPrefix(p, []byte("> ")) || string(p) == ">" },
		apply: toggle("> ", func(p []byte) int { return min(2, len(p)) }),
	}
	List = Command{
		is: func(p []byte) bool { return listSign(p) > 0 },
		apply: toggle("- ", func(p []byte) int {
			return listSign(p)
		}),
	}
	// Heading makes a paragraph a heading of the first, second and third level
	// and then plain again.
	Heading = Command{
		is: func([]byte) bool { return false },
		apply: func(p []byte, _ bool) (string, int) {
			level := HeadingLevel(p)
			removed := 0
			if level > 0 {
				removed = min(level+1, len(p))
			}
			if level >= 3 {
				return "", removed
			}
			return "###"[:level+1] + " ", removed
		},
	}
)

func toggle(prefix string, length func([]byte) int) func([]byte, bool) (string, int) {
	return func(p []byte, all bool) (string, int) {
		if all {
			return "", length(p)
		}
		return prefix, 0
	}
}

// listSign is the length of the "- " of a paragraph, or 0.
func listSign(p []byte) int {
	if len(p) >= 2 && (p[0] == '-' || p[0] == '*' || p[0] == '+') && p[1] == ' ' {
		return 2
	}
	return 0
}

// HeadingLevel is the level of a Markdown heading, 1 to 6, or 0.
func HeadingLevel(p []byte) int {
	n := 0
	for n < len(p) && n < 7 && p[n] == '#' {
		n++
	}
	if n == 0 || n > 6 || n < len(p) && p[n] != ' ' {
		return 0
	}
	return n
}

// IsQuote says whether a paragraph is a quotation.
func IsQuote(p []byte) bool { return Quote.is(p) }

// IsItem says whether a paragraph is an item of a list without numbers.
func IsItem(p []byte) bool { return List.is(p) }

// Apply runs a command over the paragraphs of a selection as one step and
// returns the selection moved along with the words.
func (d *Document) Apply(c Command, sel Selection) (Change, Selection, bool) {
	span := sel.Span()
	first, last := span.Start.Paragraph, span.End.Paragraph
	if !d.valid(span) {
		return Change{}, sel, false
	}

	all, some := true, false
	for _, p := range d.paragraphs[first : last+1] {
		if len(p) > 0 {
			some = true
			all = all && c.is(p)
		}
	}
	all = all && some

	var out bytes.Buffer
	after := sel
	for i := first; i <= last; i++ {
		p := d.paragraphs[i]
		if i > first {
			out.WriteByte('\n')
		}
		if len(p) == 0 && first != last {
			continue // an empty line between two paragraphs
		}
		prefix, removed := c.apply(p, all && c.is(p))
		if c.is(p) && !all {
			prefix, removed = "", 0
		}
		out.WriteString(prefix)
		out.Write(p[removed:])
		for _, q := range []*Position{&after.Anchor, &after.Caret} {
			if q.Paragraph == i {
				q.Offset = max(0, q.Offset-removed) + len(prefix)
			}
		}
	}

	whole := Span{
		Start: Position{Paragraph: first},
		End:   Position{Paragraph: last, Offset: len(d.paragraphs[last])},
	}
	change, ok := d.Replace(whole, out.Bytes(), Whole, sel)
	scrub(out.Bytes())
	if ok {
		d.SetAfter(after)
	}
	return change, after, ok
}
