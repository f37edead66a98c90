package window

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"ebb/ui/kit"
	"ebb/vault"
	store "ebb/vault/practice"
)

// endedOffice is an office with a case of which a note is signed, and whose page about
// its end shows.
func endedOffice(t *testing.T) (*person, string, store.ID) {
	t.Helper()
	p, dir, id := officeWithCase(t)
	p.tall()
	p.inCase(id, func(ctx context.Context, c *store.Case) {
		note := c.Notes.New(store.Joint, store.ID{}, store.Template{Name: store.Free, Keys: []string{"text"}})
		note.Sections[0].Text = "walnut"
		note = must[store.Note](t)(c.Notes.Save(ctx, note))
		if err := c.Notes.Sign(ctx, note.ID); err != nil {
			t.Fatal(err)
		}
	})
	p.chooses("Closing and keeping")
	return p, dir, id
}

// takes presses the button of the row that begins with words.
func (p *person) takes(words string) {
	p.t.Helper()
	seen := false
	for _, o := range p.everything() {
		if text, ok := o.(*canvas.Text); ok && strings.HasPrefix(text.Text, words) {
			seen = true
		}
		if b, ok := o.(*kit.Button); ok && seen && b.AccessibilityLabel() != words {
			b.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
			return
		}
	}
	p.t.Fatalf("no row begins with %q; the screen says:\n%s", words, p.reads())
}

// writesOver puts words in place of what stands where the keyboard is.
func (p *person) writesOver(words string) {
	p.t.Helper()
	field, ok := p.w.Canvas().Focused().(interface{ SetText(string) })
	if !ok {
		p.t.Fatalf("nothing that can be written in has the keyboard; the screen says:\n%s", p.reads())
	}
	field.SetText(words)
}

// tall makes the window so high that a long page needs no scrolling.
func (p *person) tall() { p.w.win.Resize(fyne.NewSize(1180, 3600)) }

// closesCase closes the case through its page and sets the day until which it is kept.
func (p *person) closesCase(until string) {
	p.t.Helper()
	p.chooses("Close…")
	p.sees("Closed as of Wednesday, 4 March. Nothing is lost")
	p.chooses("Close this case")
	p.chooses("Change…")
	p.types(until)
	p.chooses("Keep")
}

// destroysCase goes through the page that destroys, to its end.
func (p *person) destroysCase() {
	p.t.Helper()
	p.chooses("Destroy this case…")
	p.focusOn("Type the code of this case")
	p.types("K-12\n")
	p.types("seven years after the last meeting\n")
	p.sees("Destroy it for good?")
	p.chooses("Destroy it for good")
}

// copyOf copies a folder as it is now.
func copyOf(t *testing.T, dir string) string {
	t.Helper()
	to := filepath.Join(t.TempDir(), "Copy.ebb")
	if err := os.CopyFS(to, os.DirFS(dir)); err != nil {
		t.Fatal(err)
	}
	return to
}

// opensCase opens a practice as somebody would who has the folder and the passphrase, and
// says what opening a case of it and what lies apart answers.
func opensCase(t *testing.T, dir string, id store.ID) error {
	t.Helper()
	ctx := context.Background()
	v := must[*vault.Vault](t)(vault.Open(dir, cheap(nil)))
	s, _, err := v.Unlock(ctx, []byte(passA))
	if err != nil {
		t.Fatal(err)
	}
	defer s.Lock(ctx)
	practice := must[*store.Practice](t)(store.Open(ctx, s, nil))
	if err := practice.StepUp(ctx, []byte(passA)); err != nil {
		t.Fatal(err)
	}
	_, err = practice.OpenCase(ctx, id)
	return err
}

// T9: the case closes, its day has come, nothing holds it, and it is destroyed. A copy
// of the vault that is taken afterwards does not open it with the passphrase, not even
// with its drawers of an earlier copy put back; it is gone from the backups that are
// connected, and the certificate says what was reached and what was not. A home beside it
// stays as it was, byte for byte.
func TestScenarioT9(t *testing.T) {
	h, elsewhere := newHome(t)
	h.locks()
	p, dir := newOffice(t)
	p.tall()
	home, place := filepath.Join(filepath.Dir(dir), "Home.ebb"), stick(t)
	if err := os.CopyFS(home, os.DirFS(elsewhere)); err != nil {
		t.Fatal(err)
	}
	homeBefore := filesOf(t, home)
	p.publishes(store.PolicyLimited)
	id, other := p.caseOf("K-12", "evenings", "Ada", "Ben"), p.caseOf("K-13", "", "Cleo", "Dan")
	p.signs(id, store.PolicyLimited)
	if err := p.w.open.practice.SetBackupPlace(t.Context(), place); err != nil {
		t.Fatal(err)
	}
	p.menu("My data")
	p.chooses("Look")
	p.chooses("Back up now")
	p.sees("The backup is there.")
	before := copyOf(t, dir)

	p.menu("Caseload")
	p.chooses("K-12")
	p.chooses("Closing and keeping")
	p.closesCase("2026-03-04")
	p.sees("That day has come.")
	p.chooses("Destroy this case…")
	p.sees("What is not reached")
	p.sees("1 is there now.")
	p.focusOn("Type the code of this case")
	p.types("K-13\n")
	p.types("a rule\n")
	p.sees("This is not the code of this case.")
	p.chooses("Closing and keeping")
	p.destroysCase()
	p.sees("A case was destroyed")
	p.sees("seven years after the last meeting")
	p.sees("Removed also from these backups:")
	p.sees("(folder 2026-03-04T203000Z)")
	p.sees("Snapshots that the system took")
	p.seesNot("K-12")
	p.seesNot("evenings")
	p.seesNot("Ada")
	p.seesNot("it was not looked through")
	p.menu("Caseload")
	p.seesNot("K-12")
	p.sees("K-13")

	after := copyOf(t, dir)
	if err := opensCase(t, after, id); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("the case in a copy from afterwards: %v", err)
	}
	if err := opensCase(t, after, other); err != nil {
		t.Errorf("the other case: %v", err)
	}
	for name, content := range filesOf(t, before) {
		if _, err := os.Lstat(filepath.Join(after, name)); errors.Is(err, os.ErrNotExist) {
			if err := os.WriteFile(filepath.Join(after, name), content, 0o600); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := opensCase(t, after, id); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("with its earlier drawers put back: %v", err)
	}
	if err := opensCase(t, before, id); err != nil {
		t.Errorf("an older copy does not open any more, against what the certificate says: %v", err)
	}
	backup := filepath.Join(place, "2026-03-04T203000Z")
	if err := opensCase(t, copyOf(t, backup), id); err == nil {
		t.Error("the case opens from a backup that was cleared")
	}
	p.locks()
	for name, content := range filesOf(t, home) {
		if !bytes.Equal(content, homeBefore[name]) {
			t.Errorf("a file of the home has changed")
		}
	}

	// The certificate stays, and is saved as a PDF that bears no name.
	p = atOffice(t, dir)
	p.tall()
	p.menu("My data")
	p.takes("Certificates")
	p.sees("seven years after the last meeting")
	p.chooses("Look")
	p.sees("A case was destroyed")
	out := t.TempDir()
	p.chooses("Save as PDF…")
	p.chooses("Choose a folder…")
	p.picksFolder(out)
	p.sees("Saved as sheet.pdf.")
	if b, err := os.ReadFile(filepath.Join(out, "sheet.pdf")); err != nil || !bytes.HasPrefix(b, []byte("%PDF-")) {
		t.Errorf("the PDF: %d bytes, %v", len(b), err)
	}
	p.locks()
}

// filesOf reads all files of a folder.
func filesOf(t *testing.T, dir string) map[string][]byte {
	t.Helper()
	all := map[string][]byte{}
	for _, e := range must[[]os.DirEntry](t)(os.ReadDir(dir)) {
		all[e.Name()] = must[[]byte](t)(os.ReadFile(filepath.Join(dir, e.Name())))
	}
	return all
}

// What speaks against destroying keeps its button from the page, and what comes between
// is answered by the vault.
func TestWhatKeepsACase(t *testing.T) {
	p, _, id := endedOffice(t)
	p.seesNot("Destroy this case…")
	p.sees("Safety is planned before anything ends")
	p.chooses("Close…")
	p.presses("Escape")
	p.sees("Open since")
	p.closesCase("")
	p.sees("Not before a day is set")
	p.chooses("Change…")
	p.types("next spring")
	p.chooses("Keep")
	p.sees("This is not a day.")
	p.presses("Escape")
	p.chooses("Change…")
	p.types("2033-12-31")
	p.chooses("Keep")
	p.sees("Not before Saturday, 31 December 2033")
	p.seesNot("Destroy this case…")
	p.now = time.Date(2033, 12, 31, 12, 0, 0, 0, time.UTC)
	p.menu("My data")
	p.takes("Closed cases, and until when")
	p.sees("Their day has come")
	p.chooses("Open")
	p.chooses("Closing and keeping")
	p.chooses("Change…")
	p.focusOn("Hold it")
	p.presses("Space")
	p.chooses("Keep")
	p.sees("Held.")
	p.sees("Not while it is held.")
	p.seesNot("Destroy this case…")
	p.chooses("Change…")
	p.focusOn("Hold it")
	p.presses("Space")
	p.chooses("Keep")
	p.chooses("Destroy this case…")
	p.inCase(id, func(ctx context.Context, c *store.Case) {
		if err := c.Keep(ctx, "2033-12-31", true); err != nil {
			t.Fatal(err)
		}
	})
	p.focusOn("Type the code of this case")
	p.types("K-12\n")
	p.chooses("Destroy this case…")
	p.sees("Please write the rule in a few words.")
	p.writesOver(strings.Repeat("a rule ", 1500))
	p.presses("Return")
	p.chooses("Destroy it for good")
	p.sees("This is longer than fits here.")
	p.focusOn("By which rule")
	p.writesOver("a rule\u202e\x07 of mine")
	p.presses("Return")
	p.presses("Escape") // the answer that changes nothing
	p.sees("What is reached")
	p.chooses("Destroy this case…")
	p.chooses("Destroy it for good")
	p.sees("This case is held, or its day has not come.")
	p.chooses("Closing and keeping")
	p.chooses("Open this case again")
	p.sees("Open since")
	if len(must[[]store.Certificate](t)(p.w.open.practice.Certificates(t.Context()))) != 0 {
		t.Error("there is a certificate of a case that is there")
	}
	p.inCase(id, func(ctx context.Context, c *store.Case) {
		if all := must[[]store.NoteRow](t)(c.Notes.List(ctx, store.NoteFilter{}, store.Page{})); len(all) != 1 {
			t.Errorf("%d notes are left", len(all))
		}
	})
}

// A place for backups that is not connected stands on the certificate as not reached,
// until it is connected and looked through.
func TestCertificateOfADayWithoutTheStick(t *testing.T) {
	p, _, _ := endedOffice(t)
	place := stick(t)
	if err := p.w.open.practice.SetBackupPlace(t.Context(), place); err != nil {
		t.Fatal(err)
	}
	if made, err := p.w.open.practice.BackUpNow(t.Context(), nil); err != nil || made.Err != nil {
		t.Fatal(made.Err, err)
	}
	if err := os.Rename(place, place+" away"); err != nil {
		t.Fatal(err)
	}
	p.closesCase("2026-01-01")
	p.destroysCase()
	p.sees("A case was destroyed")
	p.sees("those in the folder chosen for backups: it was not looked through")
	p.sees("No backup was connected")
	p.chooses("Look in the chosen folder")
	p.sees("is not there, or stopped answering")
	p.chooses("Look for backups in a folder…")
	p.picksFolder(place + " away")
	p.sees("1 backup was looked through.")
	p.sees("Removed also from these backups:")
	p.sees("it was not looked through") // another folder than the one that was chosen
	if err := os.Rename(place+" away", place); err != nil {
		t.Fatal(err)
	}
	p.chooses("Look in the chosen folder")
	p.seesNot("it was not looked through")
	p.sees("Ebb knows of no other backup.")
	p.locks()
}

// The record is taken out to a folder, with what to think of first; what lies behind the
// second unlock is not in it, whether it is in force or not.
func TestTakingARecordOut(t *testing.T) {
	p, _, id := endedOffice(t)
	p.inCase(id, func(ctx context.Context, c *store.Case) {
		if err := p.w.open.practice.StepUp(ctx, []byte(passA)); err != nil {
			t.Fatal(err)
		}
		notes := must[*store.Notes](t)(c.Process(ctx))
		note := notes.New(store.ProcessNote, store.ID{}, store.Template{Name: store.Free, Keys: []string{"text"}})
		note.Sections[0].Text = "hornbeam"
		must[store.Note](t)(notes.Save(ctx, note))
	})
	p.chooses("Take out…")
	p.sees("Other records exist. Decide with counsel")
	p.presses("Escape")
	p.seesNot("Other records exist")
	out := t.TempDir()
	for _, want := range []string{"record.json", "record-2.json"} {
		p.chooses("Take out…")
		p.chooses("Choose a folder…")
		p.picksFolder(out)
		p.sees("Saved as " + want)
		b := must[[]byte](t)(os.ReadFile(filepath.Join(out, want)))
		if !bytes.Contains(b, []byte("walnut")) || bytes.Contains(b, []byte("hornbeam")) {
			t.Errorf("%s holds the joint note: %v, and the process note: %v", want, bytes.Contains(b, []byte("walnut")), bytes.Contains(b, []byte("hornbeam")))
		}
	}
	p.chooses("Take out…")
	p.chooses("Choose a folder…")
	p.picksFolder(filepath.Join(out, "nowhere"))
	p.sees("There is no such file or folder.")
}

// TestOfficeClosingPages is TestPages for the end of a case, and for My data of an office.
func TestOfficeClosingPages(t *testing.T) {
	inLooks(t, officeLooks, func(t *testing.T, a *album) {
		p := a.office()
		shows := func(name string) { a.shows(p, name) }
		if err := os.Mkdir("stick", 0o700); err != nil {
			t.Fatal(err)
		}
		p.publishes(store.PolicyLimited)
		p.caseOf("Donaudampfschifffahrt-28", "", longName, "Ben")
		p.caseOf("Case 17", "", "Ada", "Ben")
		p.menu("Caseload")
		p.chooses("Donaudampfschifffahrt-28")
		p.chooses("Closing and keeping")
		shows("office-closing")
		p.chooses("Close…")
		p.chooses("Close this case")
		p.chooses("Change…")
		p.types("2026-03-01")
		if a.look.name == "light" {
			shows("office-keeping")
		}
		p.chooses("Keep")
		p.chooses("Take out…")
		if a.look.name == "light" {
			shows("office-take-out")
		}
		p.presses("Escape")
		if err := p.w.open.practice.SetBackupPlace(t.Context(), "stick"); err != nil {
			t.Fatal(err)
		}
		if made, err := p.w.open.practice.BackUpNow(t.Context(), nil); err != nil || made.Err != nil {
			t.Fatal(made.Err, err)
		}
		shows("office-closed")
		p.menu("My data")
		p.tall()
		p.takes("Closed cases, and until when")
		p.w.win.Resize(fyne.NewSize(1180, 760))
		shows("office-kept")
		p.chooses("Open")
		p.chooses("Closing and keeping")
		p.chooses("Destroy this case…")
		shows("office-destroy")
		if a.look.name != "light" {
			return
		}
		p.focusOn("Type the code")
		p.types("Donaudampfschifffahrt-28\n")
		p.writesOver("Seven years after the last meeting, as the policy of this practice says, and nobody asked for it since.")
		p.presses("Return")
		shows("office-destroy-sure")
	})
}
