package window

import (
	"context"
	"os"
	"path/filepath"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"ebb/vault"
	"ebb/vault/drawer"
	store "ebb/vault/home"
	"ebb/vault/keys"
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

// Whoever reads the help page while words are held must come back to them.
func TestHelpLeadsBackToHeldWords(t *testing.T) {
	p, dir := newHome(t)
	page := &stubbornPage{Page: p.w.shell.page, failures: 1}
	p.w.shell.page = page
	p.menu("Lock")
	p.sees("Something could not be written")
	p.menu("Help & contacts")
	p.sees("Another ear")
	p.menu("Help & contacts") // once more
	p.chooses("Back")
	p.sees("Something could not be written")
	p.chooses("Try again")
	if page.wrote != 1 || len(p.replaced) != 1 {
		t.Errorf("written %d times, replaced %d times", page.wrote, len(p.replaced))
	}
	unlocked(t, dir, passA).locks()
}

// invited makes an invitation and locks.
func invited(t *testing.T, dir string) (code string) {
	t.Helper()
	p := unlocked(t, dir, passA)
	code, err := p.w.open.session.Invite(nil)
	if err != nil {
		t.Fatal(err)
	}
	p.locks()
	return code
}

// Reading the help page in the middle of joining leads back to joining: the vault
// is still held for it, and would be in use for every other page.
func TestHelpLeadsBackToJoining(t *testing.T) {
	p, dir := newHome(t)
	p.locks()
	code := invited(t, dir)
	q := sit(t, filepath.Dir(dir), dir)
	q.types(code + "\n")
	q.sees("Already here: Ada.")
	q.chooses("Help & contacts")
	q.chooses("Back")
	q.sees("Already here: Ada.")
	q.chooses("Back")
	q.types(passA + "\n")
	q.sees("Good evening.")
	q.locks()
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

// Hiding is not a page to go on from.
func TestHelpDoesNotComeOverTheHiddenPage(t *testing.T) {
	p, _ := newHome(t)
	p.menu("Hide now")
	p.menu("Help & contacts")
	p.sees("Press any key to open Ebb.")
}

// While a seat is being taken, nothing may take the invitation away below it or
// begin a second time.
func TestNothingLeavesWhileJoining(t *testing.T) {
	p, dir := newHome(t)
	p.locks()
	code := invited(t, dir)
	q := sit(t, filepath.Dir(dir), dir)
	q.types(code + "\n")
	q.types("Bo\n")
	q.chooses("I would rather use my own")
	q.focusOn("A passphrase of your own")
	q.types(passB + "\n")
	next, waiting := q.slowly()
	q.types(passB + "\n")
	q.presses(fyne.KeyReturn) // Enter twice
	if waiting() != 1 {
		t.Fatalf("%d pieces of work; the screen says:\n%s", waiting(), q.reads())
	}
	for _, label := range []string{"Back", "Use six words picked by chance"} {
		q.chooses(label)
		q.sees("Making your own drawer.")
	}
	next(0)
	q.sees("Good evening.")
	q.menu("Lock")
	for waiting() > 0 {
		next(0)
	}
	unlocked(t, dir, passB).locks()
	unlocked(t, dir, passA).locks()
}

// The same while a vault is being opened.
func TestNothingLeavesWhileOpening(t *testing.T) {
	p, dir := newHome(t)
	p.locks()
	q := sit(t, filepath.Dir(dir), dir)
	next, _ := q.slowly()
	q.types(passA + "\n")
	q.chooses("Another place")
	q.sees("Opening.")
	next(0)
	q.sees("Good evening.")
}

// A place is never hidden, and never somewhere that nobody chose.
func TestPlaceFor(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "Ebb")
	user, err := os.UserHomeDir()
	if err != nil {
		t.Fatal(err)
	}
	for typed, want := range map[string]string{
		"":                                   filepath.Join(folder, "Home.ebb"),
		"   ":                                filepath.Join(folder, "Home.ebb"),
		".ebb":                               filepath.Join(folder, "Home.ebb"),
		folder + string(filepath.Separator):  filepath.Join(folder, "Home.ebb"),
		"Ours":                               filepath.Join(folder, "Ours.ebb"),
		"Ours.ebb":                           filepath.Join(folder, "Ours.ebb"),
		"~/Ours":                             filepath.Join(user, "Ours.ebb"),
		filepath.Join(folder, "Ours", "Two"): filepath.Join(folder, "Ours", "Two.ebb"),
	} {
		if got := placeFor(folder, typed); got != want {
			t.Errorf("%q becomes %q, want %q", typed, got, want)
		}
	}
}

// Joining has two parts: taking the seat, and opening what is now there. If the
// second fails, the first still holds, and the words of the invitation are used up.
func TestJoinedAndNotOpened(t *testing.T) {
	p, dir := newHome(t)
	p.locks()
	code := invited(t, dir)
	q := sit(t, filepath.Dir(dir), dir)
	schemas := 0
	q.w.o.Vaults = func(now func() time.Time) vault.Options {
		o := cheap(now)
		o.Schemas = func(role keys.Role) drawer.Schema {
			s := store.Schema(role)
			if schemas++; schemas > 2 { // both drawers were made; they do not open
				s.Migrations = nil
			}
			return s
		}
		return o
	}
	q.types(code + "\n")
	q.types("Bo\n")
	q.chooses("I would rather use my own")
	q.focusOn("A passphrase of your own")
	q.types(passB + "\n")
	q.types(passB + "\n")
	q.sees("This was made by a newer Ebb.")
	q.sees("Welcome back.")
	q.w.o.Vaults = cheap
	q.types(passB + "\n")
	q.sees("Good evening.")
	q.locks()
}
