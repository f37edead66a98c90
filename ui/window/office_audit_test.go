package window

import (
	"context"
	"encoding/hex"
	"strconv"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"ebb/vault/drawer"
	store "ebb/vault/practice"
)

// What happened stands in plain sentences, fifty at a time, with no word that anybody
// wrote; and what happened behind the second unlock is one sentence, whatever it was.
func TestAuditOfAnOffice(t *testing.T) {
	p, _, id := officeWithCase(t)
	p.w.win.Resize(fyne.NewSize(1180, 5200))
	ctx := context.Background()
	p.inCase(id, func(ctx context.Context, c *store.Case) {
		note := c.Notes.New(store.Joint, store.ID{}, store.Template{Name: store.Free, Keys: []string{"text"}})
		note.Sections[0].Text = "walnut"
		note = must[store.Note](t)(c.Notes.Save(ctx, note))
		if err := c.Notes.Sign(ctx, note.ID); err != nil {
			t.Fatal(err)
		}
		if err := p.w.open.practice.StepUp(ctx, []byte(passA)); err != nil {
			t.Fatal(err)
		}
		people := must[[]store.Member](t)(c.People.All(ctx))
		safety := must[*store.Notes](t)(c.Safety(ctx, people[0].ID))
		apart := safety.New(store.SafetyNote, people[0].ID, store.Template{Name: store.Free, Keys: []string{"text"}})
		apart.Sections[0].Text = "hazel"
		apart = must[store.Note](t)(safety.Save(ctx, apart))
		if err := safety.Sign(ctx, apart.ID); err != nil {
			t.Fatal(err)
		}
	})
	if err := p.w.open.practice.Relabel(ctx, id, "evenings"); err != nil {
		t.Fatal(err)
	}
	p.menu("My data")
	p.takes("What happened when")
	p.sees("Checked: unbroken.")
	p.sees("A joint note was signed.")
	p.sees("K-12")
	p.sees("The second unlock was opened.")
	if n := strings.Count(p.reads(), "Something was opened or written behind the second unlock."); n != 2 {
		t.Errorf("opening and signing behind the second unlock: told %d times in the one sentence", n)
	}
	for _, private := range []string{"Ada", "Ben", "evenings", "walnut", "hazel", "afety", "rocess"} {
		p.seesNot(private)
	}
	p.seesNot("Earlier ones")
	for range store.PageSize {
		p.inCase(id, func(context.Context, *store.Case) {})
	}
	p.menu("My data")
	p.takes("What happened when")
	p.seesNot("A joint note was signed.")
	p.seesNot("Later ones")
	if n := strings.Count(p.reads(), "A record was opened."); n != store.PageSize {
		t.Errorf("%d entries stand on a page", n)
	}
	p.chooses("Earlier ones")
	p.sees("A joint note was signed.")
	p.sees("A case was begun.")
	p.seesNot("Earlier ones")
	p.chooses("Later ones")
	p.seesNot("A joint note was signed.")
}

// What was noted on paper is found to be the same, a slip of the pen and an exchanged
// list are told, and so is a list from which something was taken.
func TestAuditAgainstPaper(t *testing.T) {
	p, _, id := officeWithCase(t)
	p.tall()
	ctx := context.Background()
	head := must[store.Event](t)(p.w.open.practice.Audit.Head(ctx))
	p.inCase(id, func(context.Context, *store.Case) {})
	p.menu("My data")
	p.takes("What happened when")
	letters := hex.EncodeToString(head.Hash[:16])
	compare := func(number, letters, says string) {
		t.Helper()
		p.focusOn("Number of the entry")
		p.writesOver(number)
		p.focusOn("Its letters and digits")
		p.writesOver(letters)
		p.presses("Return")
		p.sees(says)
	}
	number := strconv.FormatInt(head.Seq, 10)
	compare(number, strings.ToUpper(letters[:4]+" "+letters[4:]), "The same. Everything up to entry "+number)
	compare("", letters, "Please write the number")
	compare("-3", letters, "Please write the number")
	compare(strings.Repeat("9", 10_000), letters, "Please write the number")
	compare(number, "", "Please write all thirty-two letters")
	compare(number, letters[:31], "Please write all thirty-two letters")
	compare(number, letters[:31]+"\u202e", "Please write all thirty-two letters")
	other := strings.NewReplacer("0", "1", "1", "0").Replace(letters[:1]) + letters[1:]
	if other == letters {
		other = "0" + letters[1:]
	}
	compare(number, other, "This is not what stands here now.")
	compare("100000", letters, "This is not what stands here now.")
	practiceDrawer := must[*drawer.Drawer](t)(p.w.open.session.Caseload(ctx))
	if err := practiceDrawer.Update(ctx, func(tx *drawer.Tx) error {
		_, err := tx.Exec(ctx, `DROP TRIGGER audit_remains; DELETE FROM audit WHERE seq = 2`)
		return err
	}); err != nil {
		t.Fatal(err)
	}
	compare(number, letters, "Checked: something in this list is missing or was changed.")
	p.menu("My data")
	p.takes("What happened when")
	p.sees("Checked: something in this list is missing or was changed.")
	p.seesNot("Checked: unbroken.")
}

// TestOfficeAuditPages is TestPages for the audit. Its entries are of a kind that has no
// random id, so that the letters are the same in every run.
func TestOfficeAuditPages(t *testing.T) {
	inLooks(t, officeLooks, func(t *testing.T, a *album) {
		p := a.office()
		shows := func(name string) { a.shows(p, name) }
		for range 3 {
			p.now = p.now.Add(20 * time.Minute)
			if err := p.w.open.practice.StepUp(t.Context(), []byte(passA)); err != nil {
				t.Fatal(err)
			}
		}
		p.menu("My data")
		p.tall()
		p.takes("What happened when")
		p.w.win.Resize(fyne.NewSize(1180, 760))
		shows("office-audit")
	})
}
