package print

import (
	"io"
	"strings"
)

// Paragraphs writes a paper of paragraphs below a title, such as a certificate. One that
// begins with a dash and a space is an item of a list. The first stands as a lead.
func Paragraphs(w io.Writer, title string, paragraphs []string, o Options) error {
	s := newSheet(o)
	s.title(title)
	for i, words := range paragraphs {
		item, listed := strings.CutPrefix(words, "- ")
		switch {
		case listed:
			s.text(sans, 9.5, ink, 6, 0.6, item)
		case i == 0:
			s.lead(words)
			s.rule()
		default:
			s.pdf.Ln(1)
			s.body(words)
		}
	}
	return s.write(w)
}
