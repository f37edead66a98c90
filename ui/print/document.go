package print

import (
	"io"
	"strings"

	"ebb/ui/lang"
)

// A Text is something that people read, and perhaps sign.
type Text struct {
	Title string
	Mark  string // stands above it, such as that it is a template; may be empty
	Words string // blocks between empty lines; the first of several lines is a heading
	Foot  string // small, such as the version; may be empty
	Sign  bool   // leaves lines for a name, a day and a signature of one person
}

// Document writes a text for paper.
func Document(w io.Writer, t Text, o Options) error {
	s := newSheet(o)
	s.title(t.Title)
	if t.Mark != "" {
		s.small(t.Mark)
	}
	s.rule()
	for _, block := range strings.Split(t.Words, "\n\n") {
		heading, rest, more := strings.Cut(strings.TrimSpace(block), "\n")
		switch {
		case heading == t.Title && !more:
		case !more:
			s.body(heading)
		default:
			s.heading(heading)
			for _, paragraph := range strings.Split(rest, "\n") {
				s.body(paragraph)
			}
		}
	}
	if t.Sign {
		s.keep(46) // the lines stay together
		s.pdf.Ln(6)
		for _, words := range []string{lang.T("print.sign-decided"), lang.T("print.sign-name"), lang.T("print.sign-day")} {
			s.small(words)
			s.pdf.Ln(7 * s.scale)
			s.rule()
		}
	}
	if t.Foot != "" {
		s.small(t.Foot)
	}
	return s.write(w)
}
