package print

import (
	"io"

	"ebb/exercises/casework"
	"ebb/ui/lang"
)

// A Form says how a check-in is printed.
type Form struct {
	// Mark stands where it says whose the sheet is; empty leaves a line to write on.
	Mark string
	// Home leaves out the sheet that does not go home.
	Home bool
}

// Sizes of a form, which is larger than a hand-out: it is read in a waiting room, and
// written on.
const (
	formText   = 12.5
	formSmall  = 10.5
	tickBox    = 4.4 // the side of a box
	tickGap    = 8.0 // between an answer and the next box
	writeLine  = 9.5 // between two lines to write on
	writeLines = 3
)

// CheckIn writes the check-in for one person to fill in by hand: each sheet on paper of
// its own, so that one can be handed in without the other, and what is kept by the
// person last. It knows of nobody but by the mark.
func CheckIn(w io.Writer, c *casework.CheckIn, f Form, o Options) error {
	s := newSheet(o)
	s.checkIn(c, f)
	return s.write(w)
}

func (s *sheet) checkIn(c *casework.CheckIn, f Form) {
	began := false
	for i := range c.Sheets {
		sheet := &c.Sheets[i]
		if f.Home && sheet.ID != casework.AnySheet {
			continue
		}
		if began {
			s.pdf.AddPage()
		}
		s.formHead(c, f, sheet.Heading)
		if !began {
			for _, words := range []string{c.Period, c.Intro, c.Blank} {
				s.text(sans, formSmall, ink, 0, 1.5, words)
			}
		}
		began = true
		s.text(sans, formSmall, muted, 0, 1.5, sheet.Audience)
		s.text(sans, formSmall, muted, 0, 2, sheet.About)
		s.rule()
		apart := false
		for _, item := range sheet.Items {
			if item.Apart && !apart {
				s.keep(78) // what is said of these two stands on their page
				s.heading(c.KeptApart.Heading)
				s.text(sans, formSmall, ink, 0, 3, c.KeptApart.Text)
				apart = true
			}
			s.ask(c, &item)
		}
		s.keep(20)
		s.rule()
		s.text(sans, formSmall, muted, 0, 0, c.Closing)
	}
	s.pdf.AddPage()
	s.text(strong, 18, ink, 0, 4, c.KeepTitle)
	for _, question := range c.Keep {
		s.question(question, writeLines*writeLine)
		s.lineRoom()
	}
}

// formHead is the head of a sheet that is handed in: what it is, whose, and of which day.
func (s *sheet) formHead(c *casework.CheckIn, f Form, heading string) {
	s.title(c.Title)
	s.text(sans, 12, muted, 0, 3, heading)
	s.blank(lang.T("practice-checkin.paper-for"), f.Mark)
	s.blank(lang.T("practice-checkin.paper-day"), "")
	s.pdf.Ln(2)
}

// blank is a name with what stands there, or with a line to write on.
func (s *sheet) blank(name, words string) {
	s.font(sans, formText, ink)
	indent := s.pdf.GetStringWidth(name) + 3
	height := formText * s.scale * point * lineRatio
	s.pdf.SetX(margin)
	y := s.pdf.GetY()
	s.pdf.CellFormat(indent, height, name, "", 0, "L", false, 0, "")
	s.pdf.SetY(y)
	if words != "" {
		s.text(bold, formText, ink, indent, 1, words)
		return
	}
	s.pdf.SetDrawColor(muted.r, muted.g, muted.b)
	s.pdf.SetLineWidth(0.2)
	s.pdf.Line(margin+indent, y+height-1, margin+indent+s.width/2, y+height-1)
	s.pdf.Ln(height + 1)
}

// ask sets a question with what can be ticked, or with lines to write on.
func (s *sheet) ask(c *casework.CheckIn, item *casework.Item) {
	if len(item.Choices) == 0 {
		s.question(item.Text, writeLines*writeLine)
		s.lineRoom()
		return
	}
	var words []string
	for _, choice := range item.Choices {
		words = append(words, choice.Text)
	}
	rows := s.ticks(append(words, c.RatherNot))
	s.question(item.Text, float64(len(rows))*rowHeight)
	for _, row := range rows {
		s.tickRow(row)
	}
	s.pdf.Ln(4 * s.scale)
}

// question sets a question on the page where what belongs to it has room, too.
func (s *sheet) question(words string, below float64) {
	s.font(strong, formText, ink)
	lines := len(s.pdf.SplitText(printable(words), s.width))
	s.keep(float64(lines)*formText*point*lineRatio + below + 4)
	s.text(strong, formText, ink, 0, 1, words)
}

// lineRoom is lines to write on.
func (s *sheet) lineRoom() {
	s.pdf.SetDrawColor(muted.r, muted.g, muted.b)
	s.pdf.SetLineWidth(0.2)
	for range writeLines {
		s.pdf.Ln(writeLine * s.scale)
		s.pdf.Line(margin, s.pdf.GetY(), margin+s.width, s.pdf.GetY())
	}
	s.pdf.Ln(6 * s.scale)
}

// rowHeight is that of a row of boxes with their answers.
const rowHeight = 8.2

// tick is how wide an answer is with its box.
func (s *sheet) tick(words string) float64 {
	s.font(sans, formText, ink)
	return (tickBox+2.2)*s.scale + s.pdf.GetStringWidth(printable(words))
}

// ticks puts answers into rows that fit.
func (s *sheet) ticks(all []string) (rows [][]string) {
	left := 0.0
	for _, words := range all {
		wide := s.tick(words)
		if wide > left || len(rows) == 0 {
			rows, left = append(rows, nil), s.width
		}
		rows[len(rows)-1] = append(rows[len(rows)-1], words)
		left -= wide + tickGap*s.scale
	}
	return rows
}

// tickRow sets a row of boxes, each before its answer.
func (s *sheet) tickRow(row []string) {
	x, y := margin, s.pdf.GetY()
	height, side := rowHeight*s.scale, tickBox*s.scale
	for _, words := range row {
		wide := s.tick(words)
		s.pdf.SetDrawColor(ink.r, ink.g, ink.b)
		s.pdf.SetLineWidth(0.3)
		s.pdf.Rect(x, y+(height-side)/2, side, side, "D")
		s.pdf.SetXY(x+side+2.2*s.scale, y)
		s.pdf.CellFormat(wide-side, height, printable(words), "", 0, "L", false, 0, "")
		x += wide + tickGap*s.scale
	}
	s.pdf.SetXY(margin, y+height)
}
