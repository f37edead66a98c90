package window

import (
	"context"
	"os"
	"path/filepath"
	"testing"
)

// Two entries thrown away shortly after each other: the words of the first can no
// longer be undone then, those of the second still can.
func TestUndoAfterTwoDiscards(t *testing.T) {
	p, _ := newHome(t)
	for _, text := range []string{"the first one", "the second one"} {
		p.menu("New entry")
		p.types(text)
		p.menu("Read or edit")
		p.chooses("Discard")
	}
	p.chooses("Undo")
	p.sees("the second one")
	p.seesNot("the first one")
}

// A sheet asks about the page below it. When a shortcut goes to another page the
// sheet goes too: it must not change an entry that is no longer open.
func TestSheetGoesWithItsPage(t *testing.T) {
	p, dir := newHome(t)
	p.menu("New entry")
	p.types("words worth keeping")
	p.menu("Keep what I wrote")
	p.chooses("Tags…")
	p.types("walks")
	p.menu("Today")
	if n := len(p.w.Canvas().Overlays().List()); n != 0 {
		t.Errorf("%d sheets lie over the next page", n)
		p.chooses("Use these")
		p.wait()
	}
	p.menu("Journal")
	p.sees("words worth keeping")
	p.locks()
	again := unlocked(t, dir, passA)
	again.menu("Journal")
	again.sees("words worth keeping")
	again.locks()
}

// Going to the journal from the journal must not bring back the draft of a moment
// ago: the page that is left is written before the next one reads.
func TestNextPageSeesTheLastWords(t *testing.T) {
	p, dir := newHome(t)
	p.menu("New entry")
	p.types("the first half")
	p.wait() // the draft is sealed
	p.types(" and the second")
	p.menu("Journal")
	p.sees("the first half and the second")
	p.menu("Today")
	p.seesNot("You were writing something")
	p.locks()
	again := unlocked(t, dir, passA)
	again.menu("Journal")
	again.sees("the first half and the second")
	again.locks()
}

// slowly holds back all work beside the window, as on a slow disk, until it is
// done in the order that next gives: 0 is the oldest that waits.
func (p *person) slowly() (next func(i int), waiting func() int) {
	var later []func()
	p.w.beside.work = func(work func(context.Context) error, done func(error)) {
		later = append(later, func() { done(work(context.Background())) })
	}
	return func(i int) {
		f := later[i]
		later = append(later[:i:i], later[i+1:]...)
		f()
	}, func() int { return len(later) }
}

// Words that are typed while an entry is being kept stay in the editor.
func TestWordsTypedWhileKeepingStay(t *testing.T) {
	p, dir := newHome(t)
	p.menu("New entry")
	p.types("before")
	next, waiting := p.slowly()
	p.menu("Read or edit")
	p.types(" and after")
	if waiting() == 0 {
		t.Fatal("nothing was to be written")
	}
	for waiting() > 0 {
		next(0)
	}
	p.sees("before and after")
	p.wait() // a draft may be written now
	for waiting() > 0 {
		next(0)
	}
	p.menu("Today")
	p.menu("Journal")
	p.sees("before and after")
	p.w.beside.work = func(work func(context.Context) error, done func(error)) { done(work(context.Background())) }
	p.locks()
	again := unlocked(t, dir, passA)
	again.menu("Journal")
	again.sees("before and after")
	again.locks()
}

// What is discarded while it is being kept is gone, and comes back when asked for.
func TestDiscardWhileKeeping(t *testing.T) {
	p, _ := newHome(t)
	p.menu("New entry")
	p.types("kept and thrown away at once")
	var heard func()
	p.w.beside.work = func(work func(context.Context) error, done func(error)) {
		err := work(context.Background()) // it is on disk, and the window has not heard yet
		heard = func() { done(err) }
	}
	p.menu("Keep what I wrote")
	p.chooses("Discard")
	heard()
	p.sees("A blank page, and no hurry")
	if n, err := p.w.open.home.Journal.Count(t.Context()); err != nil || n != 0 {
		t.Errorf("%d entries are in the journal, %v", n, err)
	}
	p.chooses("Undo")
	p.sees("kept and thrown away at once")
}

// An entry that cannot be discarded (the disk is full, say) keeps its words.
func TestDiscardThatFailsKeepsTheWords(t *testing.T) {
	p, dir := newHome(t)
	p.menu("New entry")
	p.types("words worth keeping")
	p.menu("Keep what I wrote")
	p.types(" and more")
	if err := p.w.open.session.Lock(t.Context()); err != nil { // nothing can be written now
		t.Fatal(err)
	}
	p.chooses("Discard")
	p.sees("words worth keeping and more")
	again := unlocked(t, dir, passA)
	again.menu("Journal")
	again.sees("words worth keeping")
	again.locks()
}

// Undo on another page brings never-kept words back for good, not to a page that
// nobody sees.
func TestUndoFromAnotherPage(t *testing.T) {
	p, dir := newHome(t)
	p.menu("New entry")
	p.types("never kept")
	p.chooses("Discard")
	p.menu("People")
	p.chooses("Undo")
	p.sees("never kept")
	p.locks()
	again := unlocked(t, dir, passA)
	again.chooses("Go on writing")
	again.sees("never kept")
	again.locks()
}

// A feeling without a word is something, too.
func TestFeelingsWithoutWordsAreKept(t *testing.T) {
	p, _ := newHome(t)
	p.menu("New entry")
	p.chooses("tender")
	p.menu("Today")
	if n, err := p.w.open.home.Journal.Count(t.Context()); err != nil || n != 1 {
		t.Errorf("%d entries, %v", n, err)
	}
}

// Work that a page began and that ends after the window was hidden shows nothing
// over the neutral page: above all not the words of an invitation.
func TestNothingShowsOverTheHiddenPage(t *testing.T) {
	p, _ := newHome(t)
	p.menu("People")
	next, waiting := p.slowly()
	p.chooses("Make an invitation")
	if waiting() != 1 {
		t.Fatalf("%d pieces of work", waiting())
	}
	p.menu("Hide now")
	next(0) // the invitation is made, and the window hears of it
	if n := len(p.w.Canvas().Overlays().List()); n != 0 {
		t.Errorf("%d sheets lie over the neutral page:\n%s", n, p.reads())
	}
	for waiting() > 0 {
		next(0)
	}
	p.sees("Press any key to open Ebb.")
	p.seesNot("invitation")
	p.seesNot("locked")
}

// The program is not replaced while a page's work still runs: an export that is
// cut short has to take its half-written files away first.
func TestLockWaitsForWhatRuns(t *testing.T) {
	p, _ := newHome(t)
	p.w.beside.work = realWork(p)
	started, cleaned := make(chan struct{}), make(chan struct{})
	p.w.shell.desk().Work(func(ctx context.Context) error {
		close(started)
		<-ctx.Done() // locking ends it
		close(cleaned)
		return ctx.Err()
	}, func(error) { t.Error("the page heard of it after it was closed") })
	<-started
	p.menu("Lock")
	p.works(1 + 2) // the work itself, sealing, locking
	select {
	case <-cleaned:
	default:
		t.Error("the vault was locked while work was under way")
	}
	if len(p.replaced) != 1 {
		t.Errorf("replaced %d times", len(p.replaced))
	}
}

// realWork runs work on goroutines, and gives what is called back to works.
func realWork(p *person) func(func(context.Context) error, func(error)) {
	p.done = make(chan func(), 8)
	return func(work func(context.Context) error, done func(error)) {
		go func() {
			err := work(context.Background())
			p.done <- func() { done(err) }
		}()
	}
}

// works lets n pieces of work end, on this goroutine as on Fyne's.
func (p *person) works(n int) {
	for range n {
		(<-p.done)()
	}
}

// One notice must not hide another: somebody could cause the second to hide the
// first.
func TestAllNoticesAreSeen(t *testing.T) {
	p, dir := newHome(t)
	p.locks()
	for _, name := range []string{"keys (conflicted copy)", "another file"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte("x"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	older, err := os.ReadFile(filepath.Join(dir, "keys"))
	if err != nil {
		t.Fatal(err)
	}
	unlocked(t, dir, passA).locks()
	if err := os.WriteFile(filepath.Join(dir, "keys"), older, 0o600); err != nil {
		t.Fatal(err)
	}
	q := unlocked(t, dir, passA)
	q.sees("a file that Ebb did not put there")
	q.sees("The key file was changed")
	q.locks()
}

// Whether somebody has opened Ebb since another joined is theirs to know: on the
// other's page they look like anybody who has told nothing.
func TestAwayLooksLikeSilent(t *testing.T) {
	p, dir := newHome(t)
	p.locks()
	joins(t, dir)
	people := func() string {
		q := unlocked(t, dir, passB)
		q.menu("People")
		defer q.locks()
		return q.reads()
	}
	before := people()
	unlocked(t, dir, passA).locks()
	if after := people(); after != before {
		t.Errorf("the page said\n%s\nand after the other opened Ebb\n%s", before, after)
	}
}
