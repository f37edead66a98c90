package print

import (
	"io"

	"ebb/ui/lang"
)

// A Preparation is the page that may lie open in the room while people meet.
type Preparation struct {
	Title, About string
	Parts        []Part
}

// A Part of a preparation is what stands below one heading.
type Part struct {
	Heading string
	None    string // stands in place of lines where there are none
	Lines   []Line
}

// A Line is a paragraph: by whom or what it is called, and a small line below it. All
// but Text may be empty; so may Text beside Head.
type Line struct {
	Head, Text, Small string
}

// Table writes a preparation. It holds what is in p and nothing else.
func Table(w io.Writer, p Preparation, o Options) error {
	s := newSheet(o)
	s.title(p.Title)
	s.lead(p.About)
	s.rule()
	for _, part := range p.Parts {
		s.heading(part.Heading)
		if len(part.Lines) == 0 {
			s.small(part.None)
		}
		for _, l := range part.Lines {
			s.line(l)
		}
	}
	return s.write(w)
}

// line sets a line of a preparation behind a mark.
func (s *sheet) line(l Line) {
	indent := 9 * s.scale
	s.keep(14)
	y := s.pdf.GetY()
	s.font(bold, 10.5, accent)
	s.pdf.SetXY(margin, y)
	s.pdf.CellFormat(indent, 10.5*s.scale*point*lineRatio, lang.T("exercise.bullet"), "", 0, "L", false, 0, "")
	s.pdf.SetY(y)
	if l.Head != "" {
		s.text(bold, 10.5, ink, indent, 0, l.Head)
	}
	if l.Text != "" {
		s.text(sans, 10.5, ink, indent, 0, l.Text)
	}
	if l.Small != "" {
		s.text(sans, 9, muted, indent, 0, l.Small)
	}
	s.pdf.Ln(2)
}
