package portable

import (
	"regexp"
	"strings"
)

// RedNotebook's texts are in the markup of txt2tags (txt2tags.org/markup.html),
// with a few things of its own: pictures and links in double quotes, hashtags,
// {colours|color:red}. They become lines of rich text here, and Markdown by the
// same way as Day One's. Marks that txt2tags does not see as such, because they
// stand beside a space or have no partner, stay as they were typed; so do its
// comments (% …), formulas, and references to other days.

// A tagsPage is a page in the making.
type tagsPage struct {
	richPage
	left    Left
	fence   string // the line that ends the block we are in, "" outside of one
	indents []int  // of the levels of the present list
	blanks  int    // blank lines since the last line with words
	table   [][]tagsCell
}

type tagsCell = []richRun

// tagsText turns a text into lines and counts the pictures that it takes out.
func tagsText(s string) *tagsPage {
	p := &tagsPage{left: Left{}}
	s = strings.ReplaceAll(plainLines(s), objectReplacement, "")
	for line := range strings.SplitSeq(s, "\n") {
		p.take(strings.TrimRight(line, " \t"))
	}
	p.closeTable()
	return p
}

// text is the page as Markdown.
func (p *tagsPage) text() string { return trimText(dropReplacements(p.markdown())) }

var (
	tagsBar   = regexp.MustCompile(`^\s*[_=-]{20,}$`)
	tagsItem  = regexp.MustCompile(`^( *)([-+]) ([^ ].*)$`)
	tagsClose = regexp.MustCompile(`^ *[-+:]$`)
	tagsRow   = regexp.MustCompile(`^ *\|[|_/]? `)
	tagsLabel = regexp.MustCompile(`\[[\w-]*\]$`)
	tagsColor = regexp.MustCompile(`\{([^{}|]*)\|color:[^{}|]{1,40}\}`)
)

func (p *tagsPage) take(line string) {
	if p.fence != "" {
		p.inBlock(line)
		return
	}
	if tagsRow.MatchString(line) {
		p.row(line)
		return
	}
	p.closeTable()
	line = strings.TrimRight(strings.TrimSuffix(line, `\\`), " \t") // a line break, which Ebb keeps anyway
	bare := strings.TrimLeft(line, " ")
	if bare == "" || tagsClose.MatchString(line) && p.indents != nil {
		if p.blanks++; p.blanks > 1 || bare != "" {
			p.indents = nil
		}
		p.lines = append(p.lines, richLine{})
		return
	}
	if m := tagsItem.FindStringSubmatch(line); m != nil {
		p.item(m)
		p.blanks = 0
		return
	}
	level, title := tagsTitle(bare)
	switch goesOn := p.indents != nil && p.blanks == 0; {
	case bare == "```", bare == `"""`, bare == "'''":
		p.fence = bare
	case strings.HasPrefix(bare, "``` "):
		p.add(richLineAttributes{CodeBlock: true}, []richRun{{text: bare[len("``` "):]}})
	case tagsBar.MatchString(line):
		p.lines = append(p.lines, richLine{block: "---"})
	case strings.HasPrefix(line, "\t"):
		p.add(richLineAttributes{Quote: true}, p.runs(strings.TrimLeft(line, " \t")))
	case level > 0:
		p.add(richLineAttributes{Header: level}, p.runs(title))
	case goesOn: // the item of a list
		last := &p.lines[len(p.lines)-1]
		last.runs = append(append(last.runs, richRun{text: " "}), p.runs(bare)...)
		return
	default:
		p.add(richLineAttributes{}, p.runs(strings.TrimLeft(bare, "\t")))
	}
	p.indents, p.blanks = nil, 0
}

func (p *tagsPage) add(a richLineAttributes, runs []richRun) {
	p.lines = append(p.lines, richLine{attributes: a, runs: runs})
}

// inBlock takes a line between fences, in which nothing is markup.
func (p *tagsPage) inBlock(line string) {
	switch {
	case strings.TrimLeft(line, " ") == p.fence:
		p.fence = ""
	case p.fence == "```":
		p.add(richLineAttributes{CodeBlock: true}, []richRun{{text: line}})
	default:
		p.add(richLineAttributes{}, []richRun{{text: strings.TrimLeft(line, " \t")}})
	}
}

func (p *tagsPage) item(m []string) {
	runs := p.runs(m[3])
	indent := len(m[1])
	for len(p.indents) > 0 && p.indents[len(p.indents)-1] > indent {
		p.indents = p.indents[:len(p.indents)-1]
	}
	if n := len(p.indents); n == 0 || p.indents[n-1] < indent {
		p.indents = append(p.indents, indent)
	}
	a := richLineAttributes{ListStyle: "bulleted", IndentLevel: len(p.indents) - 1}
	if m[2] == "+" {
		a.ListStyle = "numbered"
	}
	if onlyPictures(runs) {
		p.lines = append(p.lines, richLine{})
		return
	}
	p.add(a, runs)
}

func onlyPictures(runs []richRun) bool {
	for _, run := range runs {
		if strings.Trim(run.text, objectReplacement+" ") != "" {
			return false
		}
	}
	return true
}

// tagsTitle reads = title = and + title +, up to five signs on either side; the
// label behind it is a name for links, and not part of the text.
func tagsTitle(line string) (level int, title string) {
	line = strings.TrimRight(tagsLabel.ReplaceAllString(line, ""), " ")
	for _, sign := range []string{"=", "+"} {
		inner := strings.TrimLeft(line, sign)
		level := len(line) - len(inner)
		title := strings.TrimRight(inner, sign)
		if level >= 1 && level <= 5 && len(inner)-len(title) == level && strings.TrimSpace(title) != "" {
			return level, strings.TrimSpace(title)
		}
	}
	return 0, ""
}

// row takes a line of a table: | a | b |, in which || makes a heading.
func (p *tagsPage) row(line string) {
	line = strings.TrimLeft(line, " |_/")
	line = strings.TrimSuffix(line, "|")
	var cells []tagsCell
	for cell := range strings.SplitSeq(line, " | ") {
		cells = append(cells, p.runs(strings.TrimSpace(cell)))
	}
	p.table = append(p.table, cells)
	p.blanks = 0
}

func (p *tagsPage) closeTable() {
	if p.table == nil {
		return
	}
	p.lines = append(p.lines, richLine{block: markdownTable(p.table)})
	p.table, p.indents = nil, nil
}
