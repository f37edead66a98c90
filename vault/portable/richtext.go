package portable

import (
	"encoding/json"
	"strings"
)

// Day One's rich text is a list of runs: text with attributes, or objects that
// stand between the lines. Format: Rich Text JSON, version 1 (the specification
// calls the list "nodes", exports call it "contents").

type richDocument struct {
	Contents []richNode
	Nodes    []richNode
}

type richNode struct {
	Text            *string
	Attributes      richAttributes
	EmbeddedObjects []richObject
}

type richAttributes struct {
	richStyle
	Line richLineAttributes
}

// richStyle is how a run looks. It is comparable: neighbours of one style are
// one run.
type richStyle struct {
	Bold, Italic, Strikethrough, InlineCode, Autolink bool
	LinkURL                                           string
}

type richLineAttributes struct {
	Header      int
	IndentLevel int
	ListStyle   string // bulleted, numbered, checkbox
	ListIndex   int
	Checked     bool
	Quote       bool
	CodeBlock   bool
}

type richObject struct {
	Type     string
	URL      string
	Contents string
	Markdown string
	Rows     [][]struct {
		Content []struct {
			Text       string
			Attributes richStyle
		}
	}
}

// richText turns rich text into Markdown and counts what stays behind. sound is
// false if the JSON is not as it ought to be; then the words are kept as far as
// they can be found.
func richText(s string) (text string, left Left, sound bool) {
	left = Left{}
	var doc richDocument
	if err := json.Unmarshal([]byte(s), &doc); err != nil {
		// Types that do not fit spoil one field and leave the others filled;
		// JSON that is no JSON leaves nothing.
		sound = false
	} else {
		sound = true
	}
	var page richPage
	for _, node := range append(doc.Contents, doc.Nodes...) {
		if node.Text != nil {
			page.run(plainLines(*node.Text), node.Attributes)
		}
		for _, object := range node.EmbeddedObjects {
			page.object(object, left)
		}
	}
	page.breakLine()
	text = trimText(dropReplacements(page.markdown()))
	return text, left, sound
}

// A richLine is one line with its runs, or a block that is Markdown already.
type richLine struct {
	attributes richLineAttributes
	runs       []richRun
	block      string
}

type richRun struct {
	text  string
	style richStyle
}

type richPage struct {
	lines []richLine
	line  richLine
	open  bool // the present line has begun
}

// run adds text to the page. The attributes of a line are those of its first
// character.
func (p *richPage) run(text string, a richAttributes) {
	for i, part := range strings.Split(text, "\n") {
		if i > 0 {
			if !p.open {
				p.line.attributes = a.Line
			}
			p.open = true
			p.breakLine()
		}
		if part == "" {
			continue
		}
		if !p.open {
			p.line.attributes = a.Line
			p.open = true
		}
		p.line.runs = append(p.line.runs, richRun{part, a.richStyle})
	}
}

func (p *richPage) breakLine() {
	if p.open {
		p.line.runs = joined(p.line.runs)
		p.lines = append(p.lines, p.line)
	}
	p.line, p.open = richLine{}, false
}

// joined makes neighbours of one style one run.
func joined(runs []richRun) (all []richRun) {
	for i := 0; i < len(runs); {
		var text strings.Builder
		style := runs[i].style
		for ; i < len(runs) && runs[i].style == style; i++ {
			text.WriteString(runs[i].text)
		}
		all = append(all, richRun{text.String(), style})
	}
	return all
}

// object adds what stands between lines. Links and written code are words and
// stay; pictures and the cards that a phone proposes do not.
func (p *richPage) object(o richObject, left Left) {
	p.breakLine()
	block := ""
	switch o.Type {
	case "photo":
		left.add(LeftPhotos, 1)
	case "video":
		left.add(LeftVideos, 1)
	case "audio":
		left.add(LeftAudio, 1)
	case "pdfAttachment":
		left.add(LeftPDFs, 1)
	case "location":
		left.add(LeftLocations, 1)
	case "motionActivity", "workout":
		left.add(LeftActivities, 1)
	case "song", "podcast", "genericMedia":
		left.add(LeftMusic, 1)
	case "horizontalLineRule":
		block = "---"
	case "renderableCodeBlock":
		block = fenced(plainLines(o.Contents))
	case "externalVideo", "externalAudio", "preview":
		if block = linkTarget(o.URL); block == "" {
			left.add(LeftSuggestions, 1)
		}
	case "table":
		if block = richTable(o); block == "" {
			block = trimText(plainLines(o.Markdown))
		}
	default:
		left.add(LeftSuggestions, 1)
	}
	if block != "" {
		p.lines = append(p.lines, richLine{block: block})
	}
}

func richTable(o richObject) string {
	var rows [][][]richRun
	for _, row := range o.Rows {
		var cells [][]richRun
		for _, cell := range row {
			var runs []richRun
			for _, part := range cell.Content {
				text := strings.ReplaceAll(plainLines(part.Text), "\n", " ")
				runs = append(runs, richRun{text, part.Attributes})
			}
			cells = append(cells, runs)
		}
		rows = append(rows, cells)
	}
	return markdownTable(rows)
}

// markdownTable writes rows of cells; the first row is the heading.
func markdownTable(rows [][][]richRun) string {
	var b strings.Builder
	for i, row := range rows {
		for _, cell := range row {
			b.WriteString("| ")
			b.WriteString(strings.ReplaceAll(inline(cell), "|", `\|`))
			b.WriteString(" ")
		}
		b.WriteString("|\n")
		if i == 0 {
			b.WriteString(strings.Repeat("| --- ", len(row)) + "|\n")
		}
	}
	return strings.TrimRight(b.String(), "\n")
}

// fenced puts a fence around code that is longer than any run inside it.
func fenced(code string) string {
	fence := strings.Repeat("`", max(3, longestTicks(code)+1))
	return fence + "\n" + strings.TrimRight(code, "\n") + "\n" + fence
}

// longestTicks is the length of the longest run of backticks in s.
func longestTicks(s string) (longest int) {
	run := 0
	for i := range len(s) {
		if run++; s[i] != '`' {
			run = 0
		}
		longest = max(longest, run)
	}
	return longest
}

// linkTarget is a web address in angle brackets, or "" for anything else.
func linkTarget(url string) string {
	if !strings.HasPrefix(url, "https://") && !strings.HasPrefix(url, "http://") {
		return ""
	}
	if len(url) > 2048 || strings.ContainsAny(url, "<> \t\n\r\x00") {
		return ""
	}
	return "<" + url + ">"
}
