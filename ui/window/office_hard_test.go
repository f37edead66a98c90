package window

import (
	"context"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"ebb/ui/kit"
	store "ebb/vault/practice"
)

// Whatever lies over an apart note when the second unlock runs out goes with it: an
// earlier version is words, too, and a question about a note has no note any more.
func TestSheetsGoWithTheSecondUnlock(t *testing.T) {
	for name, opens := range map[string]func(p *person){
		"signing":   func(p *person) { p.chooses("Sign and lock…") },
		"form":      func(p *person) { p.chooses("Form: Free") },
		"reopening": func(p *person) { p.signsOff("Lock, sign later"); p.chooses("Open again…") },
		"amending": func(p *person) {
			p.signsOff("Sign")
			p.chooses("Amend…")
			p.writesNote("ember and elm")
			p.chooses("Sign the amendment…")
		},
		"history": func(p *person) {
			p.signsOff("Sign")
			p.chooses("History")
			p.chooses("Read")
		},
	} {
		t.Run(name, func(t *testing.T) {
			p, _, _ := officeWithCase(t)
			p.chooses("Write")
			p.turnsTo("Process")
			p.chooses("Unlock…")
			p.types(passA + "\n")
			p.writesNote("ember")
			opens(p)
			if len(p.w.Canvas().Overlays().List()) == 0 {
				t.Fatal("no sheet lies over the page")
			}
			p.now = p.now.Add(14*time.Minute + 59*time.Second)
			p.w.shell.tickPractice()
			if n := len(p.w.Canvas().Overlays().List()); n != 0 {
				t.Errorf("%d sheets stay", n)
			}
			p.seesNot("ember")
			p.sees("Behind the second unlock")
		})
	}
}

func (p *person) signsOff(how string) {
	p.t.Helper()
	p.chooses("Sign and lock…")
	p.chooses(how)
}

// A draft outlives the closing of its case, and a policy that was taken back: it can be
// read, and nothing keeps its reader on the page.
func TestDraftThatCannotBeKept(t *testing.T) {
	for name, change := range map[string]func(ctx context.Context, c *store.Case) error{
		"closed": func(ctx context.Context, c *store.Case) error { return c.Close(ctx) },
		"taken back": func(ctx context.Context, c *store.Case) error {
			ada := must[[]store.Member](t)(c.People.All(ctx))[0]
			doc := must[store.Document](t)(c.Consents.Policy(ctx))
			return c.Consents.Decide(ctx, store.Decision{Member: ada.ID, Document: doc.Name, Version: doc.Version, Hash: doc.Hash, Kind: store.Withdrawn, Method: store.Spoken})
		},
	} {
		t.Run(name, func(t *testing.T) {
			p, dir, id := officeWithCase(t)
			p.chooses("Write")
			p.turnsTo("Individual")
			p.writesNote("half a sen")
			p.locks()
			p = atOffice(t, dir)
			p.inCase(id, func(ctx context.Context, c *store.Case) {
				if err := change(ctx, c); err != nil {
					t.Fatal(err)
				}
			})
			if name == "closed" {
				p.picks("Which cases", "Closed")
			}
			p.chooses("K-12")
			if name == "closed" {
				p.chooses("Open") // of the meeting, or of the draft
				if strings.Contains(p.reads(), "What became of it") {
					p.chooses("Write the note")
				}
			} else {
				p.chooses("Write")
			}
			p.turnsTo("Individual")
			p.sees("half a sen")
			p.sees("this can be read and not changed")
			p.seesNot("Sign and lock…")
			p.menu("Caseload")
			p.seesNot("half a sen")
		})
	}
}

// The verb beside the countdown is the one that fits, wherever the second unlock began
// and however it ended.
func TestSecondUnlockFromTheJointNote(t *testing.T) {
	p, _, _ := officeWithCase(t)
	p.chooses("Write")
	p.writesNote("walnut")
	p.chooses("Unlock…")
	p.types(passA + "\n")
	p.sees("Open for 15:00 more")
	p.seesNot("Unlock…")
	p.now = p.now.Add(time.Hour)
	p.w.shell.tickPractice()
	p.sees("Unlock…")
	p.seesNot("Close now")
	p.sees("walnut")
	p.chooses("Unlock…")
	p.types(passA + "\n")
	p.chooses("Close now")
	p.sees("Unlock…")
	p.sees("walnut")
}

// Whoever goes on while a case is being made is not called back to it.
func TestNewCaseOnASlowDisk(t *testing.T) {
	p, _ := newOffice(t)
	p.menu("New case")
	for _, line := range []string{"K-12", "", "Ada", "Ben"} {
		p.types(line + "\n")
	}
	next, waiting := p.slowly()
	p.types(passA + "\n")
	next(0) // the second unlock
	p.chooses("Begin the case")
	if waiting() != 1 {
		t.Fatalf("two taps began %d cases", waiting())
	}
	p.menu("Forms")
	next(0)
	p.sees("What people are asked to decide about")
	p.menu("Caseload")
	p.sees("K-12")
}

// What comes from outside is answered or shown, never obeyed: ten thousand characters
// are refused in a sentence, and characters that would act do not.
func TestHardWordsOfAnOffice(t *testing.T) {
	long, acts := strings.Repeat("Ä", 10_000), "K-\u202e21\x07\u200b"
	p, _ := newOffice(t)
	tries := func(code, label, name string) {
		p.t.Helper()
		p.menu("New case")
		for _, line := range []string{code, label, name, "Ben"} {
			p.pastes(line)
			p.types("\n")
		}
		p.types(passA + "\n")
	}
	for _, at := range [][3]string{{long, "", "Ada"}, {"K-1", long, "Ada"}, {"K-1", "", long}} {
		tries(at[0], at[1], at[2])
		p.sees("This is longer than fits here.")
		p.menu("Caseload")
		p.chooses("Forget it")
		p.sees("No cases yet")
	}
	tries(acts, acts, acts)
	p.sees("K-21")
	p.seesNot("\u202e")
	p.seesNot("\x07")
	p.menu("Caseload")
	p.sees("K-21")
}

// pastes puts words into the field that has the keyboard.
func (p *person) pastes(words string) {
	p.t.Helper()
	p.w.app.Clipboard().SetContent(words)
	f, ok := p.w.Canvas().Focused().(fyne.Shortcutable)
	if !ok {
		p.t.Fatal("nothing takes words from the clipboard")
	}
	f.TypedShortcut(&fyne.ShortcutPaste{Clipboard: p.w.app.Clipboard()})
}

// What was changed of a meeting is kept by whatever way the page is left, and a day
// that is none keeps the page.
func TestMeetingIsKeptOnTheWay(t *testing.T) {
	p, dir, id := officeWithCase(t)
	at := func() (m store.Meeting) {
		p.inCase(id, func(ctx context.Context, c *store.Case) {
			all := must[[]store.Meeting](t)(c.Meetings.All(ctx, store.Page{}))
			m = must[store.Meeting](t)(c.Meetings.Meeting(ctx, all[0].ID))
		})
		return m
	}
	p.chooses("Open")
	p.picks("Ada", "In part")
	p.menu("Forms")
	if m := at(); len(m.Attendance) != 1 || m.Attendance[0].State != store.Part {
		t.Errorf("after going on: %+v", m)
	}
	p.menu("Caseload")
	p.chooses("K-12")
	p.chooses("Open")
	p.focusOn("Day (2026-03-04)")
	p.types("x")
	p.menu("Forms")
	p.sees("This is not a day and a time yet.")
	p.presses(fyne.KeyBackspace)
	p.picks("What became of it", "held")
	p.locks()

	p = atOffice(t, dir)
	p.chooses("K-12")
	for _, words := range []string{"asked for another day", "", "will be late"} {
		p.chooses("Add a contact")
		p.focusOn("In a line")
		p.types(words)
		p.menu("Caseload")
		p.chooses("K-12")
	}
	p.chooses("Add a contact")
	p.types("call\n")
	p.types("sent a letter\n")
	p.inCase(id, func(ctx context.Context, c *store.Case) {
		all := must[[]store.Contact](t)(c.Contacts.All(ctx, store.Page{}))
		if len(all) != 3 {
			t.Errorf("the log has %+v", all)
		}
	})
	if m := at(); m.State != store.Held || len(m.Attendance) != 1 {
		t.Errorf("after locking: %+v", m)
	}
}

// Who can read what is written is in sight wherever somebody writes: once the pill above
// the words is scrolled away, another stands at the edge of the page.
func TestAudienceStaysInSight(t *testing.T) {
	p, _, _ := officeWithCase(t)
	p.w.win.Resize(fyne.NewSize(1180, 420))
	p.chooses("Write")
	inSight := func() (n int) {
		p.t.Helper()
		for _, o := range p.everything() {
			if pill, ok := o.(*kit.AudiencePill); ok {
				if y := p.w.app.Driver().AbsolutePositionForObject(pill).Y; y >= 0 && y < 420 {
					n++
				}
			}
		}
		return n
	}
	if n := inSight(); n != 1 {
		t.Errorf("%d pills when the page opens", n)
	}
	p.writesNote("walnut", "elm", strings.Repeat("hazel\n", 12))
	if n := inSight(); n != 1 {
		t.Errorf("%d pills at the end of the note", n)
	}
	p.writesNote("walnut")
	if n := inSight(); n != 1 {
		t.Errorf("%d pills back at its beginning", n)
	}
}
