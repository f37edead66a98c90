package window

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"ebb/vault/backup"
	store "ebb/vault/home"
)

// places is a home with a chosen place for backups.
func placed(t *testing.T) (p *person, dir, place string) {
	t.Helper()
	p, dir = newHome(t)
	place = filepath.Join(t.TempDir(), "stick")
	if err := os.Mkdir(place, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := p.w.open.home.Settings.SetBackupPlace(t.Context(), place); err != nil {
		t.Fatal(err)
	}
	return p, dir, place
}

func backups(t *testing.T, place string) []backup.Backup {
	t.Helper()
	all, err := backup.List(place, [16]byte{}, store.Options(nil))
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// Locking makes a backup; it can be tried, and brought back on a computer that has
// nothing else.
func TestBackupAndRestore(t *testing.T) {
	p, _, place := placed(t)
	p.menu("New entry")
	p.types("# What must not be lost\n")
	p.menu("Keep what I wrote")
	p.menu("My data")
	p.chooses("Look")
	p.sees(place)
	p.sees("No backup yet.")
	p.chooses("Back up now")
	p.sees("The backup is there.")
	p.menu("My data")
	p.sees("The last one: Wednesday, 4 March")
	p.menu("Journal")
	p.sees("What must not be lost") // the pages have the home anew
	p.now = p.now.Add(24 * time.Hour)
	p.locks()
	if all := backups(t, place); len(all) != 2 {
		t.Fatalf("%d backups, want the one asked for and the one of the lock", len(all))
	}

	folder := filepath.Join(t.TempDir(), "New computer")
	q := sit(t, folder, "")
	q.chooses("Bring back a backup")
	q.focusOn("Folder or file")
	for range 200 {
		q.presses(fyne.KeyBackspace)
	}
	q.types(place)
	q.chooses("Choose")
	q.sees("Bring back a backup")
	q.chooses("Bring it back")
	q.sees("Welcome back.")
	q.types(passA + "\n")
	q.sees("Good evening.")
	q.menu("Journal")
	q.sees("What must not be lost")
	q.menu("My data")
	q.chooses("Look")
	q.chooses("Try it")
	q.types("not this\n")
	q.sees("This does not open anything here.")
	q.types(passA + "\n")
	q.sees("It is sound:")
	q.presses("Escape")
	q.locks()
	if left, _ := filepath.Glob(filepath.Join(place, "*.part")); len(left) > 0 {
		t.Errorf("trying it left %v", left)
	}
}

// A stick that lies elsewhere keeps nobody from locking, and is told.
func TestBackupThatCannotBeMade(t *testing.T) {
	p, dir, place := placed(t)
	if err := os.Remove(place); err != nil {
		t.Fatal(err)
	}
	p.menu("Lock")
	p.sees("The backup could not be made.")
	p.chooses("Go on")
	if len(p.replaced) != 1 {
		t.Fatal("not locked")
	}
	p = unlocked(t, dir, passA)
	p.menu("Hide now")
	p.seesNot("backup")
	p.presses("Space")
	if len(p.replaced) != 1 {
		t.Error("hidden and not locked")
	}
	p = unlocked(t, dir, passA)
	p.menu("My data")
	p.chooses("Look")
	p.chooses("Back up now")
	if text := p.reads(); strings.Count(text, "is not there, or stopped answering") == 0 {
		t.Errorf("nothing is said of the place:\n%s", text)
	}
	p.chooses("Stop making them")
	p.sees("Nowhere so far.")
	p.locks()
}
