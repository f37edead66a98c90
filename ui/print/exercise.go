package print

import (
	"io"
	"strconv"
	"strings"

	"ebb/exercises"
	"ebb/ui/lang"
)

// Exercise writes one exercise as a hand-out: everything that its page shows, and the
// words that are asked aloud.
func Exercise(w io.Writer, e *exercises.Exercise, texts *exercises.Texts, o Options) error {
	return HandOut(w, Offered{Exercise: e}, texts, o)
}

// Offered is an exercise as a practitioner offers it: with a note to everybody, which
// may be empty. There is no room in it for anything that the office alone reads.
type Offered struct {
	Exercise *exercises.Exercise
	Note     string
}

// HandOut writes one exercise with its note.
func HandOut(w io.Writer, offered Offered, texts *exercises.Texts, o Options) error {
	e := offered.Exercise
	s := newSheet(o)
	s.title(e.Title)
	s.lead(e.Purpose)
	s.small(facts(e))
	if offered.Note != "" {
		s.text(sans, 10.5, accent, 0, 2, lang.F("print.note", map[string]any{"Note": offered.Note}))
	}
	s.rule()
	s.heading(lang.T("exercise.before"))
	s.quote(e.Consent)
	if e.Who != exercises.Alone {
		s.body(texts.Spoken[e.Closeness])
	}
	s.heading(lang.T("exercise.needs"))
	for _, need := range e.Needs {
		s.item(lang.T("exercise.bullet"), "", need)
	}
	s.heading(lang.T("exercise.steps"))
	s.body(e.Opening)
	for i, step := range e.Steps {
		head := step.Title
		if step.Alone && e.Who != exercises.Alone {
			head = lang.F("print.alone", map[string]any{"Title": head})
		}
		s.item(strconv.Itoa(i+1), head, step.Text)
	}
	s.body(e.After.Closing)
	for _, part := range []struct{ head, text string }{
		{lang.T("exercise.stopping"), e.After.Stop},
		{lang.T("exercise.leave-it"), e.LeaveIt},
		{lang.T("exercise.badly"), e.After.Badly},
	} {
		s.heading(part.head)
		s.body(part.text)
	}
	s.heading(lang.T("exercise.variations"))
	for _, v := range []struct{ head, text string }{
		{lang.T("exercise.tired"), e.Variations.Tired},
		{lang.T("exercise.distance"), e.Variations.Distance},
		{lang.T("exercise.body"), e.Variations.Body},
		{lang.T("exercise.calm"), e.Variations.Calm},
		{lang.T("exercise.literal"), e.After.Literal},
	} {
		if v.text != "" {
			s.item(lang.T("exercise.bullet"), v.head, v.text)
		}
	}
	s.heading(lang.T("print.for-yourself"))
	for _, question := range e.After.Reflect {
		s.quote(question)
	}
	s.keep(16) // what stands at the foot stays together
	s.rule()
	s.small(lang.T("exercise.draws-on") + ": " + strings.Join(e.DrawsOn, " · "))
	s.small(lang.T("exercise.not-affiliated"))
	return s.write(w)
}

// facts are what the menu says of an exercise, in one line.
func facts(e *exercises.Exercise) string {
	who := lang.T("menu.together")
	switch e.Who {
	case exercises.Alone:
		who = lang.T("menu.alone")
	case exercises.AloneThenTogether:
		who = lang.T("menu.alone-first")
	}
	closeness := []string{
		lang.T("menu.closeness-0"), lang.T("menu.closeness-1"), lang.T("menu.closeness-2"), lang.T("menu.closeness-3"), lang.T("menu.closeness-4"),
	}[e.Closeness]
	return strings.Join([]string{closeness, lang.N("menu.minutes", e.Minutes, nil), who}, "  ·  ")
}

// Week writes a menu for a week: a few exercises to choose from, in no order of days. It
// is a little smaller where it fits one page then.
func Week(w io.Writer, chosen []*exercises.Exercise, o Options) error {
	offered := make([]Offered, len(chosen))
	for i, e := range chosen {
		offered[i].Exercise = e
	}
	return Menu(w, offered, "", o)
}

// Menu writes what a practitioner offers as a menu for a week, with the notes. The head
// is a line above it, such as the code of a case; usually there is none.
func Menu(w io.Writer, offered []Offered, head string, o Options) error {
	s := week(offered, head, o, 1)
	for _, smaller := range []float64{0.95, 0.9} {
		if o.Large || s.pdf.PageCount() == 1 {
			break
		}
		if one := week(offered, head, o, smaller); one.pdf.PageCount() == 1 {
			s = one
		}
	}
	return s.write(w)
}

func week(offered []Offered, head string, o Options, scale float64) *sheet {
	s := newSheet(o)
	s.scale *= scale
	if head != "" {
		s.small(head)
	}
	s.title(lang.T("print.week-title"))
	s.lead(lang.T("print.week-intro"))
	s.small(lang.T("print.week-question"))
	s.rule()
	for _, one := range offered {
		e := one.Exercise
		s.keep(34)
		s.headed(e.Title, facts(e))
		s.text(sans, 10.5, ink, 0, 0.5, e.Purpose)
		s.text(italic, 11.5, ink, 0, 0.5, e.Consent)
		if one.Note != "" {
			s.text(sans, 10.5, accent, 0, 0.5, lang.F("print.note", map[string]any{"Note": one.Note}))
		}
		s.rule()
	}
	return s
}

// Page writes a page of questions, to take along: what it is, and then each question
// with room to write below it.
func Page(w io.Writer, page exercises.Page, o Options) error {
	s := newSheet(o)
	s.title(page.Title)
	s.rule()
	for i, paragraph := range page.Paragraphs {
		if i == 0 {
			s.small(paragraph)
			s.pdf.Ln(4)
			continue
		}
		s.keep(30)
		s.text(serif, 12.5, ink, 0, 0, paragraph)
		for range 2 {
			s.pdf.Ln(6 * s.scale)
			s.rule()
		}
	}
	return s.write(w)
}
