package home

import (
	"context"
	"time"

	"fyne.io/fyne/v2"

	"ebb/exercises"
	"ebb/ui/kit"
	"ebb/ui/lang"
)

// What the pages of a practice have in common with those of a home.

// Still is embedded by pages that nothing is written on.
type Still struct{ still }

// Nothing is what Leave returns when nothing is to be written.
func Nothing(ctx context.Context) error { return nothing(ctx) }

// Turns lets writes of one text run one after the other, in the order in which they
// were asked for.
type Turns struct{ turns turns }

// Next takes the next turn, on the main goroutine. What it returns waits, on any
// goroutine, for the turns before it and then runs a write; it may be called again if
// the write failed.
func (t *Turns) Next() func(write func() error) error { return t.turns.next() }

// Question is asked on a sheet above the page.
type Question struct {
	Title, About string
	Body         []fyne.CanvasObject // between the question and its answers
	Verb, Cancel string
	Destroys     bool // outlines the verb in the colour of what destroys
	Yes          func()
	Keep         func() bool    // decides after Yes whether the sheet stays; nil: it does not
	First        fyne.Focusable // what has the keyboard first; nil means the answer that changes nothing
}

// Ask puts a question. The answer that changes nothing has the keyboard first, and
// Escape gives it.
func (d Desk) Ask(q Question) {
	ask(d, question{
		title: q.Title, about: q.About, body: q.Body, verb: q.Verb, cancel: q.Cancel,
		destroys: q.Destroys, yes: q.Yes, keep: q.Keep, first: q.First,
	})
}

// Tell lays parts over the page until they are put away again.
func (d Desk) Tell(title, verb string, parts ...fyne.CanvasObject) { tell(d, title, verb, parts...) }

// Group is a card of rows under a heading.
func Group(title string, rows ...fyne.CanvasObject) fyne.CanvasObject { return group(title, rows...) }

// Row is a name with a sentence, and the control at its end.
func Row(title, about string, control fyne.CanvasObject) fyne.CanvasObject {
	return row(title, about, control)
}

// Paragraph is text of a width that reads well.
func Paragraph(text string) fyne.CanvasObject { return paragraph(text) }

// Flush brings the words of quiet buttons at the ends of a line to its margins.
func Flush(o fyne.CanvasObject) fyne.CanvasObject { return flush(o) }

// NewRecovery builds the page that makes recovery words.
func NewRecovery(d Desk) *RecoveryPage { return newRecovery(d) }

// Check is a row that reads and checks everything that the passphrase opens.
func Check(d Desk) fyne.CanvasObject {
	return (&DataPage{d: d, checked: kit.NewText(kit.Small, "").In(kit.ColorMuted)}).check()
}

// LongDate is a date in full: Sunday, 22 November 2026; the year is left out if it is
// this one.
func LongDate(t, now time.Time) string { return longDate(t, now) }

// DayMonth is 9 November, or 9 November 2025 where that is not this year.
func DayMonth(t, now time.Time) string {
	data := map[string]any{"Day": t.Day(), "Month": months.T(digit(int(t.Month()))), "Year": t.Year()}
	if t.Year() == now.Year() {
		return lang.F("dates.day-month", data)
	}
	return lang.F("dates.day-month-year", data)
}

// DayOf reads a day as the vault stores it; the zero time if it is not one.
func DayOf(s string) time.Time { return dayOf(s) }

// HashWord is enough of a hash to compare two papers by.
func HashWord(hash [32]byte) string { return hashWord(hash) }

// ClosenessWord says how near something comes, in a few words.
func ClosenessWord(c exercises.Closeness) string { return closenessWord(c) }
