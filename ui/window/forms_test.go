package window

import (
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
		if got := placeFor(folder, typed, keys.Home); got != want {
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
