package home

import (
	"context"
	"time"

	"fyne.io/fyne/v2"

	"ebb/ui/kit"
	"ebb/ui/lang"
	"ebb/ui/page"
	"ebb/vault"
	store "ebb/vault/home"
)

// What pages have in common, by the names under which they are known here.
type (
	// Page is what fills the window beside the rail.
	Page  = page.Page
	still = page.Still
	turns = page.Turns
)

// ErrStay: what is written on the page could not be kept, so the page stays. It has
// told the person.
var ErrStay = page.ErrStay

// MomentOf is a date in full with the time of day.
func MomentOf(t, now time.Time) string { return page.MomentOf(t, now) }

var (
	nothing       = page.Nothing
	group         = page.Group
	row           = page.Row
	paragraph     = page.Paragraph
	flush         = page.Flush
	longDate      = page.LongDate
	shortDate     = page.ShortDate
	dayOf         = page.DayOf
	hashWord      = page.HashWord
	closenessWord = page.ClosenessWord
	whoWord       = page.WhoWord
	timeWord      = page.TimeWord
	categoryWord  = page.CategoryWord
	choice        = page.Choice
	bullet        = page.Bullet
)

// question is asked on a sheet above the page. See [page.Question].
type question struct {
	title, about string
	body         []fyne.CanvasObject
	verb, cancel string
	destroys     bool
	yes          func()
	keep         func() bool
	first        fyne.Focusable
}

func ask(d Desk, q question) {
	page.Ask(d.Canvas, page.Question{
		Title: q.title, About: q.about, Body: q.body, Verb: q.verb, Cancel: q.cancel,
		Destroys: q.destroys, Yes: q.yes, Keep: q.keep, First: q.first,
	})
}

func tell(d Desk, title, verb string, parts ...fyne.CanvasObject) {
	page.Tell(d.Canvas, title, verb, parts...)
}

// when says what moment an entry is about, on its writer's clock.
func when(e store.Entry, now time.Time) string {
	date := longDate(e.Written, now)
	if e.AllDay {
		return date
	}
	return lang.F("dates.at", map[string]any{"Date": date, "Time": e.Written.Format("15:04")})
}

// NewRecovery builds the page that makes recovery words.
func NewRecovery(d Desk) *RecoveryPage { return newRecovery(d) }

// Check is a row that reads and checks everything that the passphrase opens, by read.
func Check(d Desk, read func(context.Context) (vault.CheckReport, error)) fyne.CanvasObject {
	return (&DataPage{d: d, checked: kit.NewText(kit.Small, "").In(kit.ColorMuted)}).check(read)
}
