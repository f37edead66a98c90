package window

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"ebb/vault"
	store "ebb/vault/practice"
)

// inFolder writes a file into a new folder.
func inFolder(t *testing.T, name string, content []byte) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// onePDF is a PDF of a size.
func onePDF(size int) []byte {
	return append([]byte("%PDF-1.4\n"), bytes.Repeat([]byte("x"), size-9)...)
}

// attaches chooses a file for the record, up to the sheet that asks for its title.
func (p *person) attaches(path string) {
	p.t.Helper()
	p.chooses("Attach a PDF…")
	p.picksFolder(path)
}

// A PDF is attached with a title and whose it is, saved out again as it was, removed,
// brought back, and gone.
func TestFilesOfACase(t *testing.T) {
	p, dir, id := officeWithCase(t)
	p.tall()
	p.chooses("Files")
	p.sees("Nothing is attached.")
	letter := onePDF(300_000)
	p.attaches(inFolder(t, "Letter of Dr\u202e\x07 Elm.pdf", letter))
	p.picks("Whom it is about", "Ben")
	p.chooses("Keep a copy")
	p.sees("Kept. The file that you chose is still where it was.")
	p.sees("Letter of Dr Elm")
	p.sees("Ben · Wednesday, 4 March · 293 KiB")
	p.attaches(inFolder(t, "Consent.pdf", onePDF(40)))
	p.writesOver("Signed consent")
	p.presses("Return")
	p.sees("Everybody · Wednesday, 4 March · 1 KiB")
	out := t.TempDir()
	p.takes("Letter of Dr Elm")
	p.picksFolder(out)
	p.sees("Saved as file.pdf. Anybody who has this file can read it.")
	if b := must[[]byte](t)(os.ReadFile(filepath.Join(out, "file.pdf"))); !bytes.Equal(b, letter) {
		t.Errorf("%d bytes came out, and others than went in", len(b))
	}
	p.takes("Letter of Dr Elm")
	p.picksFolder(filepath.Join(out, "nowhere"))
	p.sees("There is no such file or folder.")

	// Two removed shortly after each other: the first is gone, the second comes back.
	p.chooses("Remove")
	p.seesNot("Letter of Dr Elm")
	p.chooses("Remove")
	p.sees("Nothing is attached.")
	p.chooses("Undo")
	p.sees("Signed consent")
	p.seesNot("Letter of Dr Elm")
	p.chooses("Remove")
	p.locks() // and with it the moment for undoing
	p = atOffice(t, dir)
	p.inCase(id, func(ctx context.Context, c *store.Case) {
		if all := must[[]store.File](t)(c.Files.All(ctx)); len(all) != 0 {
			t.Errorf("%d files are there", len(all))
		}
	})
	p.locks()
}

// What cannot be attached is said in a sentence, on the sheet, with the title as it was
// typed; and nothing of it stays.
func TestFilesThatCannotBeAttached(t *testing.T) {
	p, _, id := officeWithCase(t)
	p.chooses("Files")
	big := inFolder(t, "big.pdf", onePDF(9))
	if err := os.Truncate(big, store.MaxFile+1); err != nil {
		t.Fatal(err)
	}
	gone := inFolder(t, "gone.pdf", onePDF(9))
	for _, c := range []struct{ path, title, says string }{
		{inFolder(t, "note.pdf", []byte("words of mine")), "A note", "This is not a PDF."},
		{inFolder(t, "empty.pdf", nil), "Empty", "This is not a PDF."},
		{big, "Big", "This file is too large. One may have 25 MiB"},
		{inFolder(t, "letter.pdf", onePDF(40)), "", "There is a line that needs a word in it."},
		{inFolder(t, "letter.pdf", onePDF(40)), "\u202e\x07\t", "There is a line that needs a word in it."},
		{inFolder(t, "letter.pdf", onePDF(40)), strings.Repeat("long ", 2000), "This is longer than fits here."},
		{gone, "Gone", "There is no such file or folder."},
	} {
		p.attaches(c.path)
		if c.path == gone { // between choosing and keeping
			if err := os.Remove(gone); err != nil {
				t.Fatal(err)
			}
		}
		p.writesOver(c.title)
		p.chooses("Keep a copy")
		p.sees(c.says)
		p.presses("Escape")
		p.sees("Nothing is attached.")
	}
	p.chooses("Attach a PDF…")
	p.picksFolder(t.TempDir()) // a folder is walked into
	p.sees("Attach a PDF")
	p.chooses("Back")

	// The disk is full.
	p.attaches(inFolder(t, "letter.pdf", onePDF(40)))
	work := p.w.beside.work
	p.w.beside.work = func(_ func(context.Context) error, done func(error)) { done(vault.ErrFull) }
	p.chooses("Keep a copy")
	p.sees("The disk is full, so this could not be kept.")
	p.w.beside.work = work
	p.chooses("Keep a copy")
	p.sees("letter")
	p.inCase(id, func(ctx context.Context, c *store.Case) {
		if all := must[[]store.File](t)(c.Files.All(ctx)); len(all) != 1 {
			t.Errorf("%d files are there, want the one after the disk had room", len(all))
		}
		if err := c.Close(ctx); err != nil {
			t.Fatal(err)
		}
	})
	p.menu("Caseload")
	p.picks("Which cases", "Closed")
	p.chooses("K-12")
	p.chooses("Files")
	p.sees("letter")
	p.seesNot("Attach a PDF…")
	p.seesNot("Remove")
}

// TestOfficeFilesPages is TestPages for attached files.
func TestOfficeFilesPages(t *testing.T) {
	inLooks(t, officeLooks, func(t *testing.T, a *album) {
		p := a.office()
		shows := func(name string) { a.shows(p, name) }
		id := p.caseOf("Case 14", "", "Ada", longName)
		p.inCase(id, func(ctx context.Context, c *store.Case) {
			people := must[[]store.Member](t)(c.People.All(ctx))
			must[store.File](t)(c.Files.Attach(ctx, "Letter of the physician", people[0].ID, bytes.NewReader(onePDF(300_000))))
			must[store.File](t)(c.Files.Attach(ctx, "Signed consent to exercises, the paper of the first meeting, both pages", people[1].ID, bytes.NewReader(onePDF(5<<20))))
			must[store.File](t)(c.Files.Attach(ctx, strings.Repeat("Schiff", 13), store.ID{}, bytes.NewReader(onePDF(40))))
		})
		p.menu("Caseload")
		p.tall()
		p.chooses("Case 14")
		p.chooses("Files")
		p.w.win.Resize(fyne.NewSize(1180, 760))
		shows("office-files")
		if a.look.name == "light" {
			path, err := filepath.Abs("Consent.pdf")
			if err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(path, onePDF(40), 0o600); err != nil {
				t.Fatal(err)
			}
			p.attaches(path)
			shows("office-attach")
		}
	})
}
