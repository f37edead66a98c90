package portable

import (
	"regexp"
	"strings"
)

// Inside a line txt2tags sees code, raw text, pictures and links first, and then
// **bold**, //italic//, __underlined__ and --struck-- in what is left. So the
// former are taken out here and leave a sign behind, which cannot occur in the
// text: plainLines has taken all control characters away. All searches run
// forward with the line, so that a line of a mebibyte takes no longer than many
// short ones.

// taken stands where something was taken out.
const taken = "\x01"

// markSigns are signs without one of which a line is only words: those of the marks,
// and what an address and the ending of a picture have. What stands in brackets has
// one of them, too, and so has a colour.
const markSigns = "`\"'*/_-.:"

// A tagsLine is one line in the making.
type tagsLine struct {
	atoms []richRun // what was taken out, in order
	runs  []richRun
}

// runs reads one line.
func (p *tagsPage) runs(line string) []richRun {
	if line == "" {
		return nil
	}
	if !strings.ContainsAny(line, markSigns) {
		return []richRun{{text: line}}
	}
	line = tagsColor.ReplaceAllString(line, "$1")
	l := &tagsLine{}
	l.emphasis(l.takeOut(line, p.left), richStyle{})
	return l.runs
}

var (
	tagsPicture = regexp.MustCompile(`(?i)^\.(?:png|jpe?g|gif|eps|bmp|svg|webp)(?:\?\d{1,9})?\]`)
	tagsImage   = regexp.MustCompile(`(?i)^\S+\.(?:png|jpe?g|gif|eps|bmp|svg|webp)(?:\?\d{1,9})?$`)
	tagsURL     = regexp.MustCompile(`(?i)^(?:(?:https?|ftp|file|news|telnet|gopher|wais)://|www\.)[^\s<>"\[\]{}|\\^` + "`" + `]+`)
)

// takeOut returns the line with signs where code, raw text, pictures and links
// stood. Pictures are counted.
func (l *tagsLine) takeOut(s string, left Left) string {
	var out strings.Builder
	take := func(run richRun) {
		l.atoms = append(l.atoms, run)
		out.WriteString(taken)
	}
	closers := map[byte]*closer{}
	for _, mark := range []string{"``", `""`, "''"} {
		closers[mark[0]] = &closer{s: s, mark: mark}
	}
	brackets := newBrackets(s)
	for i := 0; i < len(s); {
		rest := s[i:]
		switch {
		case strings.HasPrefix(rest, "``"), strings.HasPrefix(rest, `""`), strings.HasPrefix(rest, "''"):
			if end := closers[rest[0]].glued(i); end > 0 {
				take(richRun{text: s[i+2 : end], style: richStyle{InlineCode: rest[0] == '`'}})
				i = end + 2
				continue
			}
			n := runOf(rest)
			out.WriteString(rest[:n])
			i += n
			continue
		case rest[0] == '[':
			if run, end, picture := brackets.at(i); end > 0 {
				if picture {
					left.add(LeftPhotos, 1)
				}
				take(run)
				i = end
				continue
			}
		case isLetter(rest[0]) && (i == 0 || !isWord(s[i-1])):
			if url := tagsLink(rest); url != "" {
				take(richRun{text: url, style: richStyle{Autolink: true}})
				i += len(url)
				continue
			}
			n := 1 // to the end of the word: no link begins inside it
			for n < len(rest) && isLetter(rest[n]) {
				n++
			}
			out.WriteString(rest[:n])
			i += n
			continue
		}
		out.WriteByte(s[i])
		i++
	}
	return out.String()
}

// tagsLink is the address that s begins with, without the punctuation of the
// sentence around it.
func tagsLink(s string) string {
	if s == "" || !strings.Contains("hHfFwWnNtTgG", s[:1]) {
		return ""
	}
	url := tagsURL.FindString(s[:min(len(s), 4<<10)])
	around := `/-_*.,;:!?'~`
	if !strings.Contains(url, "(") {
		around += ")"
	}
	bare := strings.TrimRight(url, around)
	if rest := url[len(bare):]; strings.HasPrefix(rest, "/") && !strings.HasPrefix(rest, "//") {
		bare += "/" // a pair of them is the end of //italic//
	}
	if !tagsURL.MatchString(bare) {
		return ""
	}
	return bare
}

// brackets finds pictures and links in brackets.
type brackets struct {
	s                         string
	open, shut, quotes, named closer
}

func newBrackets(s string) *brackets {
	return &brackets{
		s: s, open: closer{s: s, mark: "["}, shut: closer{s: s, mark: "]"},
		quotes: closer{s: s, mark: `""`}, named: closer{s: s, mark: `""]`},
	}
}

// at reads what begins with the bracket at i; end is 0 if it is only a bracket.
func (b *brackets) at(i int) (run richRun, end int, picture bool) {
	inner, quote := b.open.any(i+1), b.quotes.any(i+1)
	if quote == i+1 { // [""picture"".png?50]
		n := strings.Index(b.s[quote+2:], `""`)
		if n < 1 {
			return run, 0, false
		}
		behind := quote + 2 + n + 2
		if m := tagsPicture.FindString(b.s[behind:min(behind+24, len(b.s))]); m != "" {
			return richRun{text: objectReplacement}, behind + len(m), true
		}
		return run, 0, false
	}
	if quote > 0 && (inner < 0 || inner > quote) { // [name ""address""]
		label := b.s[i+1 : quote]
		if end := b.named.any(quote + 2); end > quote+2 && strings.HasSuffix(label, " ") && !strings.Contains(label, "]") {
			return tagsNamed(strings.TrimSpace(label), strings.TrimSpace(b.s[quote+2:end])), end + 3, false
		}
	}
	shut := b.shut.any(i + 1)
	if shut < 0 || inner >= 0 && inner < shut {
		return run, 0, false
	}
	content := b.s[i+1 : shut]
	if tagsImage.MatchString(content) { // [picture.png]
		return richRun{text: objectReplacement}, shut + 1, true
	}
	if n := strings.LastIndexByte(content, ' '); n > 0 && tagsLink(content[n+1:]) != "" { // [name address]
		return tagsNamed(strings.TrimSpace(content[:n]), content[n+1:]), shut + 1, false
	}
	return run, 0, false
}

// tagsNamed is a link with a name. What leads nowhere in the web, such as a file
// of the author's computer, stays as words.
func tagsNamed(label, target string) richRun {
	switch {
	case linkTarget(target) == "" && label == "":
		return richRun{text: target}
	case linkTarget(target) == "":
		return richRun{text: label + " (" + target + ")"}
	case label == "" || label == target:
		return richRun{text: target, style: richStyle{Autolink: true}}
	}
	return richRun{text: label, style: richStyle{LinkURL: target}}
}

// emphasis adds the runs of a stretch in which nothing but emphasis is left.
func (l *tagsLine) emphasis(s string, style richStyle) {
	closers := map[byte]*closer{}
	for _, mark := range []string{"**", "//", "__", "--"} {
		closers[mark[0]] = &closer{s: s, mark: mark}
	}
	from := 0
	for i := 0; i+1 < len(s); {
		c := s[i]
		inner, possible := style.with(c)
		if s[i+1] != c || !possible {
			i++
			continue
		}
		end := closers[c].glued(i)
		if end < 0 {
			i += runOf(s[i:])
			continue
		}
		l.plain(s[from:i], style)
		l.emphasis(s[i+2:end], inner)
		i = end + 2
		from = i
	}
	l.plain(s[from:], style)
}

// with is the style inside a pair of marks; possible is false if the mark is none
// or the style has it already. Markdown has no underline: it is emphasis.
func (s richStyle) with(mark byte) (inner richStyle, possible bool) {
	inner = s
	switch mark {
	case '*':
		inner.Bold = true
	case '/', '_':
		inner.Italic = true
	case '-':
		inner.Strikethrough = true
	}
	return inner, inner != s
}

// plain adds a stretch without marks, with what was taken out of it.
func (l *tagsLine) plain(s string, style richStyle) {
	for i, part := range strings.Split(s, taken) {
		if i > 0 {
			atom := l.atoms[0]
			l.atoms = l.atoms[1:]
			atom.style.Bold, atom.style.Italic, atom.style.Strikethrough = style.Bold, style.Italic, style.Strikethrough
			l.runs = append(l.runs, atom)
		}
		if part != "" {
			l.runs = append(l.runs, richRun{text: part, style: style})
		}
	}
}

// A closer finds a mark in a line. It is asked for ascending places, and what it
// has found holds until the place is behind it.
type closer struct {
	s, mark string
	strict  bool // only marks that no space stands in front of
	asked   bool
	found   int // the last answer, -1 for none
}

// any returns the first mark at from or behind it, or -1.
func (c *closer) any(from int) int {
	if c.asked && (c.found < 0 || c.found >= from) {
		return c.found
	}
	c.asked, c.found = true, -1
	for at := from; at < len(c.s); at++ {
		n := strings.Index(c.s[at:], c.mark)
		if n < 0 {
			break
		}
		at += n
		if !c.strict || at > 0 && !isSpace(c.s[at-1]) {
			c.found = at
			break
		}
	}
	return c.found
}

// glued returns the mark that closes the one at i: there is something between
// them, with no space beside either. Of a run of the mark's sign it is the last.
func (c *closer) glued(i int) int {
	inner := i + runOf(c.s[i:])
	if inner == len(c.s) || isSpace(c.s[inner]) {
		return -1
	}
	c.strict = true
	end := c.any(i + 3)
	for end > 0 && end+2 < len(c.s) && c.s[end+2] == c.mark[0] {
		end++
	}
	return end
}

// runOf is how often the first sign of s stands at its beginning.
func runOf(s string) int { return len(s) - len(strings.TrimLeft(s, s[:1])) }
