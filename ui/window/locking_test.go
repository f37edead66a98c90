package window

import (
	"context"
	"errors"
	"testing"

	"fyne.io/fyne/v2"

	"ebb/ui/home"
	"ebb/ui/kit"
	"ebb/vault"
)

// stubbornPage is a page whose last words cannot be written at first.
type stubbornPage struct {
	home.Page
	failures int
	wrote    int
}

func (p *stubbornPage) Leave(bool) func(context.Context) error {
	return func(context.Context) error {
		if p.failures > 0 {
			p.failures--
			return vault.ErrFull
		}
		p.wrote++
		return nil
	}
}

// A full disk must cost nobody a word: they are held, off the screen, until they
// are written.
func TestLockHoldsWhatCouldNotBeWritten(t *testing.T) {
	p, dir := newHome(t)
	page := &stubbornPage{Page: p.w.shell.page, failures: 2}
	p.w.shell.page = page
	p.menu("Lock")
	p.sees("The disk is full")
	p.seesNot("Good evening.")
	if len(p.replaced) != 0 {
		t.Fatal("the program was replaced, and the words with it")
	}
	p.chooses("Try again")
	p.sees("The disk is full")
	p.chooses("Try again")
	if page.wrote != 1 || len(p.replaced) != 1 {
		t.Errorf("written %d times, replaced %d times", page.wrote, len(p.replaced))
	}
	unlocked(t, dir, passA).locks()
}

func TestLockWithoutWhatCouldNotBeWritten(t *testing.T) {
	p, dir := newHome(t)
	page := &stubbornPage{Page: p.w.shell.page, failures: 100}
	p.w.shell.page = page
	p.menu("Lock")
	p.chooses("Lock without them")
	if page.wrote != 0 || len(p.replaced) != 1 {
		t.Errorf("written %d times, replaced %d times", page.wrote, len(p.replaced))
	}
	unlocked(t, dir, passA).locks()
}

// Closing the window while the vault is still being closed waits for it.
func TestQuitWaitsForClosing(t *testing.T) {
	p, dir := newHome(t)
	p.menu("New entry")
	p.types("half a sent")
	var later []func()
	p.w.beside.work = func(work func(context.Context) error, done func(error)) {
		later = append(later, func() { done(work(context.Background())) })
	}
	p.menu("Hide now")
	quit := false
	p.w.lockThen(func() { quit = true })
	if quit {
		t.Fatal("the window closed before the words were sealed")
	}
	for len(later) > 0 {
		next := later[0]
		later = later[1:]
		next()
	}
	if !quit {
		t.Error("the window never closed")
	}
	again := unlocked(t, dir, passA)
	again.chooses("Go on writing")
	again.sees("half a sent")
	again.locks()
}

// What is being written stays on its page if it cannot be kept.
func TestPageStaysIfItCannotBeKept(t *testing.T) {
	p, _ := newHome(t)
	p.w.shell.page = &stayingPage{p.w.shell.page}
	p.menu("People")
	p.sees("Good evening.")
	if p.w.shell.at != placeToday {
		t.Errorf("the page is %d", p.w.shell.at)
	}
}

type stayingPage struct{ home.Page }

func (p *stayingPage) Leave(bool) func(context.Context) error {
	return func(context.Context) error { return home.ErrStay }
}

func TestClipboardIsClearedAtLock(t *testing.T) {
	p, _ := newHome(t)
	clipboard := p.w.app.Clipboard()
	clipboard.SetContent("something of another program")
	p.menu("New entry")
	p.types("private words")
	p.locks()
	if got := clipboard.Content(); got != "something of another program" {
		t.Errorf("another program's clipboard became %q", got)
	}

	q := unlocked(t, p.w.vault, passA)
	q.chooses("Go on writing")
	editor := q.w.Canvas().Focused().(interface {
		fyne.Shortcutable
		SelectAll()
	})
	editor.SelectAll()
	editor.TypedShortcut(&fyne.ShortcutCopy{Clipboard: q.w.app.Clipboard()})
	if got := q.w.app.Clipboard().Content(); got != "private words" {
		t.Fatalf("copying gave %q", got)
	}
	q.locks()
	if got := q.w.app.Clipboard().Content(); got != "" {
		t.Errorf("after locking the clipboard holds %q", got)
	}
}

func TestLockProblemIsTold(t *testing.T) {
	p, _ := newHome(t)
	p.w.showLockProblem(errors.Join(vault.ErrReadOnly))
	p.sees("Something could not be written")
	p.sees("Ebb may not write in this folder")
	p.chooses("Open it again")
	if len(p.replaced) != 1 {
		t.Error("the program was not replaced")
	}
}

func TestTextSizeKeepsWhatIsWritten(t *testing.T) {
	p, _ := newHome(t)
	p.menu("New entry")
	p.types("words in the middle")
	for range kit.TextSizes {
		p.menu("Larger text")
		p.sees("words in the middle")
	}
	p.menu("Smaller text")
	p.sees("words in the middle")
}

func TestSaysWhatTheSystemRefused(t *testing.T) {
	p := sit(t, t.TempDir(), "")
	p.seesNot("network door")
	p.w.o.NetworkNotDenied, p.w.o.NotHardened = true, true
	p.w.start()
	p.sees("did not let Ebb shut its own network door")
	p.sees("out of crash reports")
}
