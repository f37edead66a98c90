package home

import (
	"context"
	"time"

	"fyne.io/fyne/v2"

	"ebb/exercises"
	"ebb/ui/kit"
	"ebb/ui/page"
	"ebb/vault"
	"ebb/vault/backup"
	store "ebb/vault/home"
)

// Desk is what a page may ask of the window. Functions are called on the main
// goroutine.
type Desk struct {
	Home    *store.Home
	Session *vault.Session
	Now     func() time.Time

	Toast func(text string)
	// Undo says what was done with a verb that takes it back; gone is called, if
	// it is not nil, when that is no longer possible.
	Undo   func(text, verb string, undo, gone func())
	Canvas fyne.Canvas
	Failed func(error)
	// Work runs work beside the window and then done on the main goroutine.
	Work func(work func(context.Context) error, done func(error))
	// After calls f once, later.
	After  func(d time.Duration, f func()) (stop func())
	Copied func() // words were put on the clipboard

	Write   func(Start) // opens the journal
	Journal func()
	Lines   func()
	Data    func()
	Menu    func()
	Today   func()
	Help    func()
	Whole   func(Page)                // a page over the whole window, without the rail
	Begin   func(*exercises.Exercise) // runs an exercise, over the whole window
	Show    func(Page)                // a page that belongs to the one that is shown
	Lock    func()

	// ChangeKeys runs something that puts other drawers in the place of those that are
	// open, and then hands out the desk anew, as BackUp does.
	ChangeKeys func(change func(context.Context) error, done func(Desk, error))
	// Depart destroys this person's seat and leads away. If that could not be done,
	// failed hears why, and everything is as it was. It wipes the passphrase.
	Depart func(passphrase []byte, failed func(error))
	// BackUp makes a backup now. Everything is closed for it, so done gets the desk
	// anew, and what the page had from the old one is of no use any more.
	BackUp func(progress backup.Progress, done func(Desk, store.BackupResult))

	Looks   Looks
	SetIdle func(time.Duration)
	// Idle and KeepIdle are the time after which an idle window locks itself, as the
	// vault keeps it.
	Idle     func(context.Context) (time.Duration, error)
	KeepIdle func(context.Context, time.Duration) error
	// Pick lets the person choose a file or folder.
	Pick    func(title string, folders bool, chosen func(path string))
	Version string
}

// Looks are the choices that stay with the computer.
type Looks struct {
	Colours     func() kit.Mode
	SetColours  func(kit.Mode)
	TextSize    func() int
	SetTextSize func(percent int)
}

// people reads everybody's profile, or says why it cannot.
func (d Desk) people() []store.Profile {
	all, err := d.Home.People.All(context.Background())
	if err != nil {
		d.Failed(err)
	}
	return all
}

// names lists what the people with the given seats are called, for a sentence.
func names(all []store.Profile, seats func(store.Profile) bool) string {
	var out []string
	for _, p := range all {
		if seats == nil || seats(p) {
			out = append(out, p.Name)
		}
	}
	return List(out)
}

// List joins names for a sentence: "A, B and C".
func List(names []string) string { return page.List(names) }

// reader is the colour in which a private page tells its audience.
func (d Desk) reader() kit.Reader { return kit.Person(d.place()) }

// place is this person's place in the order of joining, from 0.
func (d Desk) place() int {
	for i, m := range d.Session.Members() {
		if m.Seat == d.Session.Seat() {
			return i
		}
	}
	return 0
}
