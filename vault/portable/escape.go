package portable

import (
	"regexp"
	"strings"
)

// Day One writes a backslash in front of punctuation whether Markdown needs it
// or not: "tea\.", "well\-known", "1\. one". A backslash is taken away wherever
// the character means the same without it, and stays where the bare character
// would become formatting that the author did not write ("\*not soft\*"). Code,
// fenced or between backticks, is not touched. Dashes and numbers at the start
// of a line are let go although they become a list: that is what their author
// typed. See CommonMark 0.31.2, section 2.4 (backslash escapes).

// escaped stands in front of a character that had a backslash. It cannot occur in a
// text: plainLines takes all control characters away.
const escaped = "\x01"

// dayOneText gives a text as its author wrote it, in Markdown, and counts the
// markers that it takes out.
func dayOneText(s string) (string, Left) {
	markers := Left{}
	var plain strings.Builder
	for _, part := range splitCode(plainLines(s)) {
		if part.code {
			plain.WriteString(strings.ReplaceAll(part.text, objectReplacement, ""))
			continue
		}
		text := replaceMoments(part.text, func(_, kind string) string {
			markers.add(kind, 1)
			return objectReplacement
		})
		for i := 0; i < len(text); i++ {
			if text[i] == '\\' && i+1 < len(text) && isPunct(text[i+1]) {
				i++
				plain.WriteString(escaped)
			}
			plain.WriteByte(text[i])
		}
	}
	return guard(trimText(dropReplacements(plain.String()))), markers
}

// guard puts a backslash in the place of those of the marks behind which something
// would be formatting without one. The text has its final form but for that: what
// stands beside a character tells whether it is formatting.
func guard(marked string) string {
	parts := strings.Split(marked, escaped)
	if len(parts) == 1 {
		return marked
	}
	var b strings.Builder
	b.Grow(len(marked))
	b.WriteString(parts[0])
	l := newLiteral(strings.Join(parts, ""))
	at := len(parts[0])
	for _, part := range parts[1:] {
		if l.formats(at) {
			b.WriteByte('\\')
		}
		b.WriteString(part)
		at += len(part)
	}
	return b.String()
}

// literal answers, for ascending places in one text, whether the character
// there would be formatting.
type literal struct {
	s                               string
	stars, lines, tildes, ticks     int // how often * _ ~ ` occur
	start, end, first, link, repeat int // facts of the present line
}

func newLiteral(s string) *literal {
	return &literal{
		s:     s,
		stars: strings.Count(s, "*"), lines: strings.Count(s, "_"),
		tildes: strings.Count(s, "~"), ticks: strings.Count(s, "`"),
		end: -1,
	}
}

// advance learns the line that holds place i.
func (l *literal) advance(i int) {
	if i <= l.end {
		return
	}
	l.start = strings.LastIndexByte(l.s[:i], '\n') + 1
	l.end = len(l.s)
	if n := strings.IndexByte(l.s[i:], '\n'); n >= 0 {
		l.end = i + n
	}
	line := l.s[l.start:l.end]
	l.first = l.start + len(line) - len(strings.TrimLeft(line, " \t>"))
	l.link = -1
	for _, sign := range []string{"](", "][", "]:"} {
		if n := strings.LastIndex(line, sign); n >= 0 {
			l.link = max(l.link, l.start+n)
		}
	}
	// A line of nothing but - or = underlines the one above or is a rule.
	l.repeat = -1
	if bare := strings.Trim(line, " \t"); bare != "" && strings.Trim(bare, bare[:1]+" ") == "" {
		l.repeat = l.start + strings.IndexByte(line, bare[0])
	}
}

func (l *literal) formats(i int) bool {
	l.advance(i)
	before, after := l.at(i-1), l.at(i+1)
	loose := blank(before) && blank(after)
	switch l.s[i] {
	case '\\':
		return isPunct(after) || after == '\n'
	case '*':
		return l.stars > 1 && !loose || i == l.repeat || i == l.first && blank(after)
	case '_':
		return l.lines > 1 && !loose && !(isWord(before) && isWord(after)) || i == l.repeat
	case '~':
		return l.tildes > 1 && !loose
	case '`':
		return l.ticks > 1
	case '[':
		return i < l.link
	case '(':
		return before == ']'
	case '!':
		return after == '['
	case '<':
		return after == '/' || after == '!' || after == '?' || isLetter(after)
	case '>':
		return i < l.first
	case '#':
		if i != l.first {
			return false
		}
		run := i
		for run < l.end && l.s[run] == '#' {
			run++
		}
		return run-i <= 6 && blank(l.at(run))
	case '&':
		return entity.MatchString(l.s[i:min(i+34, l.end)])
	case '|':
		return l.at(l.first) == '|'
	case '+':
		return i == l.first && blank(after)
	case '-', '=':
		return i == l.repeat
	}
	return false
}

var entity = regexp.MustCompile(`^&#?[A-Za-z0-9]{1,31};`)

func (l *literal) at(i int) byte {
	if i < 0 || i >= len(l.s) {
		return 0
	}
	return l.s[i]
}

// dropReplacements takes out U+FFFC. A line that held nothing else goes with
// it, and of the blank lines around it one stays.
func dropReplacements(s string) string {
	if !strings.Contains(s, objectReplacement) {
		return s
	}
	var kept []string
	gone := false
	for line := range strings.SplitSeq(s, "\n") {
		bare := strings.ReplaceAll(line, objectReplacement, "")
		isBlank := strings.Trim(bare, " \t") == ""
		lastBlank := len(kept) == 0 || strings.Trim(kept[len(kept)-1], " \t") == ""
		switch {
		case isBlank && bare != line:
			gone = true
			continue
		case isBlank && gone && lastBlank:
			continue
		case bare != line:
			if strings.HasPrefix(line, objectReplacement) {
				bare = strings.TrimLeft(bare, " ")
			}
			bare = strings.TrimRight(bare, " ")
		}
		gone = false
		kept = append(kept, bare)
	}
	return strings.Join(kept, "\n")
}

func isPunct(c byte) bool {
	return c >= '!' && c <= '/' || c >= ':' && c <= '@' || c >= '[' && c <= '`' || c >= '{' && c <= '~'
}

func isLetter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }

// isWord counts every byte of a letter beyond ASCII as part of a word.
func isWord(c byte) bool { return isLetter(c) || c >= '0' && c <= '9' || c >= 0x80 }

func blank(c byte) bool { return c == 0 || c == ' ' || c == '\t' || c == '\n' }
