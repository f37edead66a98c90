package window

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	store "ebb/vault/practice"
)

// picksFolder types a path into the picker that shows, and takes it.
func (p *person) picksFolder(path string) {
	p.t.Helper()
	p.focusOn("Folder or file")
	for range 300 {
		p.presses(fyne.KeyBackspace)
	}
	p.types(path)
	p.chooses("Choose")
}

// stick is a folder of its own, for backups.
func stick(t *testing.T) string {
	t.Helper()
	place := filepath.Join(t.TempDir(), "stick")
	if err := os.Mkdir(place, 0o700); err != nil {
		t.Fatal(err)
	}
	return place
}

// An office chooses a place, backs up, tries the backup, and is brought back from the
// first page of a computer that has nothing.
func TestBackupOfAnOffice(t *testing.T) {
	p, dir, id := officeWithCase(t)
	place := stick(t)
	p.menu("My data")
	p.sees("None is known of.")
	p.chooses("Look")
	p.sees("Nowhere so far.")
	p.chooses("Choose…")
	p.picksFolder(place)
	p.sees("No backup yet.")
	p.chooses("Back up now")
	p.sees("The backup is there. Every byte was compared.")
	p.chooses("Try it")
	p.types("not this\n")
	p.sees("This does not open anything here.")
	p.types(passA + "\n")
	p.sees("It is sound: 6 drawers were opened and read, page by page.")
	p.presses("Escape")
	p.menu("My data")
	p.sees("The last one: Wednesday, 4 March")
	p.chooses("Check")
	p.sees("Everything that your passphrase opens is sound.")
	p.menu("Caseload")
	p.chooses("K-12") // what was closed for the backup opens again
	p.sees("Ada")
	p.now = p.now.Add(24 * time.Hour)
	p.locks()
	if all := backups(t, place); len(all) != 2 {
		t.Fatalf("%d backups, want the one asked for and the one of the lock", len(all))
	}
	if left, err := filepath.Glob(filepath.Join(place, "*.part")); err != nil || len(left) > 0 {
		t.Errorf("left are %v, %v", left, err)
	}

	q := sit(t, filepath.Join(t.TempDir(), "New computer"), "")
	q.chooses("Bring back a backup")
	q.picksFolder(place)
	q.chooses("Bring it back")
	q.sees("Welcome back.")
	q.types(passA + "\n")
	q.sees("K-12")
	if !strings.HasSuffix(q.w.vault, "Practice.ebb") {
		t.Errorf("it was brought back as %s", filepath.Base(q.w.vault))
	}
	q.inCase(id, func(ctx context.Context, c *store.Case) {
		if all := must[[]store.Member](t)(c.People.All(ctx)); len(all) != 2 {
			t.Errorf("brought back with %d people", len(all))
		}
	})
	q.locks()
	_ = dir
}

// A place for backups that has gone keeps no office from locking, and is told.
func TestOfficeBackupThatCannotBeMade(t *testing.T) {
	p, dir := newOffice(t)
	place := stick(t)
	if err := p.w.open.practice.SetBackupPlace(t.Context(), place); err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(place); err != nil {
		t.Fatal(err)
	}
	p.menu("My data")
	p.chooses("Look")
	p.sees("is not there, or stopped answering")
	p.chooses("Back up now")
	if text := p.reads(); strings.Count(text, "is not there, or stopped answering") < 2 {
		t.Errorf("making one does not say what is wrong:\n%s", text)
	}
	p.menu("Lock")
	p.sees("The backup could not be made.")
	p.chooses("Go on")
	if len(p.replaced) != 1 {
		t.Fatal("not locked")
	}
	p = atOffice(t, dir)
	p.menu("My data")
	p.chooses("Look")
	p.chooses("Stop making them")
	p.sees("Nowhere so far.")
	p.locks()
}
