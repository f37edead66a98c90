package print

import (
	"io"
	"strings"
	"time"
	"unicode"

	"codeberg.org/go-pdf/fpdf"

	"ebb/assets"
	"ebb/ui/lang"
)

// Options say how a sheet looks.
type Options struct {
	// Large sets everything in large type.
	Large bool
	// Letter is for paper of 8.5 by 11 inches instead of A4.
	Letter bool
}

// Sizes are in points, lengths in millimetres.
const (
	margin    = 22.0
	top       = 20.0
	largeType = 1.5
	lineRatio = 1.45 // height of a line, in sizes
	point     = 25.4 / 72
)

type rgb struct{ r, g, b int }

var (
	ink    = rgb{0x2B, 0x2A, 0x27}
	muted  = rgb{0x5F, 0x5A, 0x50}
	accent = rgb{0x1E, 0x5B, 0x5A}
	line   = rgb{0xD8, 0xCF, 0xBE}
	wave   = rgb{0xE0, 0xE4, 0xDA}
)

// Names of the typefaces within a file.
const (
	serif  = "serif"
	italic = "serif-italic"
	strong = "serif-strong"
	sans   = "sans"
	bold   = "sans-strong"
)

// sheet is a PDF that is being written.
type sheet struct {
	pdf   *fpdf.Fpdf
	scale float64
	width float64 // of a line
}

func newSheet(o Options) *sheet {
	paper := "A4"
	if o.Letter {
		paper = "Letter"
	}
	s := &sheet{pdf: fpdf.New("P", "mm", paper, ""), scale: 1}
	if o.Large {
		s.scale = largeType
	}
	for name, font := range map[string][]byte{
		serif: assets.VollkornRegular, italic: assets.VollkornItalic, strong: assets.VollkornSemiBold,
		sans: assets.LatoRegular, bold: assets.LatoSemibold,
	} {
		s.pdf.AddUTF8FontFromBytes(name, "", font)
	}
	// A file says nothing of when, where or with what it was made.
	moment := time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC)
	s.pdf.SetCreationDate(moment)
	s.pdf.SetModificationDate(moment)
	s.pdf.SetProducer("", true)
	s.pdf.SetCatalogSort(true)
	s.pdf.SetMargins(margin, top, margin)
	s.pdf.SetCellMargin(0) // words begin where lines begin
	s.pdf.SetAutoPageBreak(true, margin)
	pageWidth, pageHeight := s.pdf.GetPageSize()
	s.width = pageWidth - 2*margin
	s.pdf.SetFooterFunc(func() {
		s.water(pageWidth, pageHeight)
		s.pdf.SetY(-12)
		s.font(sans, 9, muted)
		s.pdf.CellFormat(0, 6, lang.F("print.page", map[string]any{"Page": s.pdf.PageNo()}), "", 0, "C", false, 0, "")
	})
	s.pdf.AddPage()
	return s
}

// water is the tide at the foot of every page.
func (s *sheet) water(width, height float64) {
	s.pdf.SetDrawColor(wave.r, wave.g, wave.b)
	s.pdf.SetLineWidth(0.6)
	y := height - 17
	for _, dy := range []float64{0, 2.2} {
		s.pdf.CurveBezierCubic(width/2-14, y+dy, width/2-7, y+dy-4, width/2-2, y+dy+4, width/2+4, y+dy, "D")
		s.pdf.CurveBezierCubic(width/2+4, y+dy, width/2+8, y+dy-2.5, width/2+11, y+dy-1, width/2+14, y+dy, "D")
	}
}

func (s *sheet) font(name string, size float64, c rgb) {
	s.pdf.SetFont(name, "", size*s.scale)
	s.pdf.SetTextColor(c.r, c.g, c.b)
}

// text sets a paragraph across the line, from an indent, and leaves room behind it.
func (s *sheet) text(name string, size float64, c rgb, indent, after float64, words string) {
	s.font(name, size, c)
	height := size * s.scale * point * lineRatio
	lines := s.wrap(printable(words), s.width-indent)
	if room := s.room(height); room < len(lines) {
		if room = min(room, len(lines)-2); room > 1 { // no line stands alone on either page
			s.lines(lines[:room], indent, height)
			lines = lines[room:]
		}
		s.pdf.AddPage()
		s.font(name, size, c)
	}
	s.lines(lines, indent, height)
	s.pdf.Ln(after)
}

// slack is how much wider than its place a line may be before it is broken again.
const slack = 1.0

// wrap breaks a text into lines of a width. The PDF library counts what a typeface has
// no sign for as nothing wide and draws a box for it, so such lines are measured again.
func (s *sheet) wrap(words string, width float64) (lines []string) {
	for _, l := range s.pdf.SplitText(words, width) {
		for s.pdf.GetStringWidth(l) > width+slack {
			at := s.fits(l, width)
			lines = append(lines, l[:at])
			l = strings.TrimLeft(l[at:], " ")
		}
		lines = append(lines, l)
	}
	return lines
}

// fits is how many bytes of a line that is too wide fit a width, up to a space if there
// is one, and one character at least.
func (s *sheet) fits(l string, width float64) int {
	var taken float64
	space := 0
	for at, r := range l {
		if r == ' ' {
			space = at
		}
		if taken += s.pdf.GetStringWidth(string(r)); taken <= width || at == 0 {
			continue
		}
		if space > 0 {
			return space
		}
		return at
	}
	return len(l)
}

// lines sets lines of a height below each other; what does not fit goes on on the next
// page.
func (s *sheet) lines(lines []string, indent, height float64) {
	for _, words := range lines {
		s.pdf.SetX(margin + indent)
		s.pdf.CellFormat(s.width-indent, height, words, "", 2, "L", false, 0, "")
	}
}

// room is how many lines of a height the page has left.
func (s *sheet) room(height float64) int {
	_, page := s.pdf.GetPageSize()
	return int((page - margin - s.pdf.GetY()) / height)
}

func (s *sheet) title(words string) { s.text(strong, 24, ink, 0, 1, words) }
func (s *sheet) lead(words string)  { s.text(sans, 12, muted, 0, 2, words) }
func (s *sheet) body(words string)  { s.text(sans, 10.5, ink, 0, 2, words) }
func (s *sheet) small(words string) { s.text(sans, 9, muted, 0, 1, words) }
func (s *sheet) quote(words string) { s.text(italic, 13, ink, 0, 3, words) }
func (s *sheet) heading(words string) {
	s.keep(24)
	s.pdf.Ln(2)
	s.text(strong, 14, accent, 0, 1, words)
}

// keep starts a new page if less than this is left of the present one.
func (s *sheet) keep(height float64) {
	_, pageHeight := s.pdf.GetPageSize()
	if s.pdf.GetY()+height*s.scale > pageHeight-margin {
		s.pdf.AddPage()
	}
}

// item sets a paragraph under a heading of its own, with a mark before it.
func (s *sheet) item(mark, head, words string) {
	s.keep(24)
	indent := 9 * s.scale
	y := s.pdf.GetY()
	s.font(bold, 10.5, accent)
	s.pdf.SetXY(margin, y)
	s.pdf.CellFormat(indent, 10.5*s.scale*point*lineRatio, mark, "", 0, "L", false, 0, "")
	s.pdf.SetY(y)
	if head != "" {
		s.text(bold, 10.5, ink, indent, 0, head)
	}
	s.text(sans, 10.5, ink, indent, 2, words)
}

// headed sets a title with something small at the end of its line, or below it where the
// line is full.
func (s *sheet) headed(title, small string) {
	s.font(sans, 9, muted)
	wide := s.pdf.GetStringWidth(printable(small))
	s.font(strong, 14, ink)
	if s.pdf.GetStringWidth(printable(title))+wide+6 > s.width {
		s.text(strong, 14, ink, 0, 0, title)
		s.small(small)
		return
	}
	height := 14 * s.scale * point * lineRatio
	s.pdf.SetX(margin)
	s.pdf.CellFormat(s.width-wide, height, printable(title), "", 0, "L", false, 0, "")
	s.font(sans, 9, muted)
	s.pdf.CellFormat(wide, height, printable(small), "", 1, "R", false, 0, "")
}

// rule is a hairline across.
func (s *sheet) rule() {
	s.pdf.SetDrawColor(line.r, line.g, line.b)
	s.pdf.SetLineWidth(0.2)
	y := s.pdf.GetY() + 1
	s.pdf.Line(margin, y, margin+s.width, y)
	s.pdf.Ln(4)
}

func (s *sheet) write(w io.Writer) error { return s.pdf.Output(w) }

// printable puts a star where the PDF library has no way to write a character: beyond
// the basic plane, where the little pictures are. What controls a screen, and what turns
// the direction of writing, is left out.
func printable(words string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r > 0xFFFF:
			return '*'
		case r == '\n':
		case r == '\t':
			return ' '
		case unicode.IsControl(r), unicode.Is(unicode.Bidi_Control, r):
			return -1
		}
		return r
	}, words)
}
