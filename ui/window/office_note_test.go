package window

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"ebb/ui/kit"
	"ebb/ui/kit/editor"
	store "ebb/vault/practice"
)

// writesNote writes into the sections of the note on the page, from the first.
func (p *person) writesNote(sections ...string) {
	p.t.Helper()
	for _, o := range p.everything() {
		if e, ok := o.(*editor.Editor); ok && len(sections) > 0 {
			p.w.Canvas().Focus(e)
			e.SelectAll()
			e.Insert(sections[0])
			sections = sections[1:]
		}
	}
	if len(sections) > 0 {
		p.t.Fatalf("there is no section for %q; the screen says:\n%s", sections, p.reads())
	}
}

// turnsTo goes to a tab of the composer, as the arrow keys do.
func (p *person) turnsTo(word string) { p.picks("Who it is for", word) }

// picks chooses a word of a choice with a name.
func (p *person) picks(name, word string) {
	p.t.Helper()
	for _, o := range p.everything() {
		s, ok := o.(*kit.Segmented)
		if !ok || !strings.HasPrefix(s.AccessibilityLabel(), name+":") {
			continue
		}
		s.FocusGained()
		s.TypedKey(&fyne.KeyEvent{Name: fyne.KeyHome})
		for range 8 {
			s.TypedKey(&fyne.KeyEvent{Name: fyne.KeySpace})
			if s.AccessibilityLabel() == name+": "+word {
				return
			}
			// Choosing may have built the page anew.
			for _, again := range p.everything() {
				if fresh, ok := again.(*kit.Segmented); ok && strings.HasPrefix(fresh.AccessibilityLabel(), name+":") {
					if fresh.AccessibilityLabel() == name+": "+word {
						return
					}
					if fresh != s {
						s = fresh
						s.FocusGained()
					}
				}
			}
			s.TypedKey(&fyne.KeyEvent{Name: fyne.KeyRight})
		}
	}
	p.t.Fatalf("%q cannot be chosen of %q; the screen says:\n%s", word, name, p.reads())
}

// officeWithCase makes an office with a case that everybody signed a policy in and that
// met yesterday, and shows it.
func officeWithCase(t *testing.T) (*person, string, store.ID) {
	t.Helper()
	p, dir := newOffice(t)
	p.publishes(store.PolicyLimited)
	id := p.caseOf("K-12", "", "Ada", "Ben")
	p.meets(id, evening.Add(-24*time.Hour), store.ID{})
	p.signs(id, store.PolicyLimited)
	p.menu("Caseload")
	p.chooses("K-12")
	return p, dir, id
}

// The joint note, a private thought and one person's safety in one sitting: each goes
// to its drawer, a joint note that is signed can only be amended, and neither the case
// nor its search shows what lies apart.
func TestOneSitting(t *testing.T) {
	p, dir, id := officeWithCase(t)
	p.chooses("Write")
	p.sees("Joint record. Each person of K-12 may ask to read it.")
	p.writesNote("walnut", "", "weir")
	p.wait()
	p.sees("Draft kept.")
	p.turnsTo("Individual")
	p.sees("Ada’s own record. They may ask to read it.")
	p.writesNote("larch")
	p.turnsTo("Process")
	p.sees("Behind the second unlock")
	p.chooses("Unlock…")
	p.types(passA + "\n")
	p.sees("Your own thoughts. In no record, no search and no print.")
	p.sees("Open for 15:00 more")
	p.writesNote("ember")
	p.turnsTo("Safety")
	p.writesNote("hazel")
	p.turnsTo("Joint")
	p.sees("Data")
	p.chooses("Sign and lock…")
	p.chooses("Sign")
	p.sees("This note is signed")
	p.chooses("Amend…")
	p.writesNote("walnut and elm")
	p.chooses("Sign the amendment…")
	p.chooses("Sign the amendment") // without a reason
	p.sees("A reason in a few words is needed.")
	p.types("a slip of the pen")
	p.chooses("Sign the amendment")
	p.sees("This note is signed")
	p.chooses("History")
	p.sees("1: signed")
	p.sees("2: amended")
	p.sees("a slip of the pen")
	p.sees("Every version is there as it was written.")
	p.presses("Escape")
	p.chooses("K-12")
	p.chooses("All notes, and search")
	p.sees("walnut and elm")
	p.sees("larch")
	p.seesNot("ember")
	p.seesNot("hazel")
	p.chooses("K-12")
	p.locks()

	p = atOffice(t, dir)
	p.inCase(id, func(ctx context.Context, c *store.Case) {
		if _, err := c.Process(ctx); !errors.Is(err, store.ErrStepUp) {
			t.Errorf("after locking the process notes opened: %v", err)
		}
		if len(must[[]store.NoteRow](t)(c.Notes.List(ctx, store.NoteFilter{}, store.Page{}))) != 2 {
			t.Error("the record holds other notes than the joint and the individual one")
		}
	})
	p.chooses("K-12")
	p.seesNot("ember")
	p.seesNot("hazel")
}

// What is being written survives locking in the middle of a word, in the drawer of its
// audience, and shows to nobody without the second unlock.
func TestDraftsOfAnOffice(t *testing.T) {
	p, dir, id := officeWithCase(t)
	p.chooses("Write")
	p.writesNote("half a sen")
	p.turnsTo("Process")
	p.chooses("Unlock…")
	p.types(passA + "\n")
	p.writesNote("half a thou")
	p.locks()

	p = atOffice(t, dir)
	p.inCase(id, func(ctx context.Context, c *store.Case) {
		if drafts := must[[]store.Draft](t)(c.Notes.Drafts(ctx)); len(drafts) != 0 {
			t.Errorf("the record has %d drafts", len(drafts))
		}
	})
	p.chooses("K-12")
	p.chooses("Write")
	p.sees("half a sen")
	p.turnsTo("Process")
	p.seesNot("half a thou")
	p.chooses("Unlock…")
	p.types(passA + "\n")
	p.sees("half a thou")
	p.sees("Draft kept.")
}

// When the fifteen minutes are over, what is being written behind the second unlock is
// sealed and leaves the screen.
func TestSecondUnlockRunsOut(t *testing.T) {
	p, _, id := officeWithCase(t)
	p.chooses("Write")
	p.turnsTo("Process")
	p.chooses("Unlock…")
	p.types(passA + "\n")
	p.writesNote("ember")
	begun := p.now
	p.now = begun.Add(14*time.Minute + 30*time.Second)
	p.w.shell.tickPractice()
	p.sees("Open for 0:30 more")
	p.sees("ember")
	p.now = begun.Add(14*time.Minute + 58*time.Second)
	p.w.shell.tickPractice()
	p.seesNot("ember")
	p.sees("Behind the second unlock")
	if until := p.w.open.practice.StepUpUntil(); !until.IsZero() {
		t.Errorf("the second unlock still lasts until %v", until)
	}
	p.now = begun.Add(16 * time.Minute)
	p.chooses("Unlock…")
	p.types(passA + "\n")
	p.sees("ember")

	// Leaving the case ends it, too.
	p.menu("Caseload")
	p.inCase(id, func(ctx context.Context, c *store.Case) {
		if _, err := c.Process(ctx); !errors.Is(err, store.ErrStepUp) {
			t.Errorf("outside the case the process notes opened: %v", err)
		}
	})
}

// Without a signed policy nothing is taken in from one person alone, and their safety
// does not wait for it.
func TestPolicyBeforeIndividualNotes(t *testing.T) {
	p, _ := newOffice(t)
	p.caseOf("K-12", "", "Ada", "Ben")
	p.menu("Caseload")
	p.chooses("K-12")
	p.chooses("New note")
	p.turnsTo("Individual")
	p.sees("Ada has not signed the policy in force")
	p.turnsTo("Safety")
	p.chooses("Unlock…")
	p.types(passA + "\n")
	p.writesNote("hazel")
	p.wait()
	p.sees("Draft kept.")
}

// A form in somebody else's hands: every way out but the passphrase locks, and the end
// is the same whatever was decided.
func TestHandOver(t *testing.T) {
	ends := map[string][]byte{}
	for _, said := range []string{"I agree", "I do not agree", "Hand it back"} {
		p, _ := newOffice(t)
		p.publishes(store.PolicyLimited)
		id := p.caseOf("K-12", "", "Ada", "Ben")
		p.inCase(id, func(ctx context.Context, c *store.Case) {
			must[store.Document](t)(c.Consents.Choose(ctx, store.PolicyLimited))
		})
		p.menu("Caseload")
		p.chooses("K-12")
		p.chooses("Forms of Ada")
		p.chooses("Hand over…")
		p.chooses("Show the form")
		p.sees("One form, for you alone")
		p.seesNot("K-12")
		p.seesNot("Caseload")
		p.chooses("Begin")
		p.chooses(said)
		p.sees("Thank you.")
		ends[said] = p.picture()
		if said == "Hand it back" {
			p.menu("Caseload")
			if len(p.replaced) != 1 {
				t.Error("the caseload could be reached from a form in somebody else's hands")
			}
			continue
		}
		p.chooses("For the practitioner")
		p.types("not this\n")
		p.sees("This does not open anything here.")
		p.types(passA + "\n")
		p.sees("Forms of Ada")
		p.inCase(id, func(ctx context.Context, c *store.Case) {
			states := must[[]store.PersonState](t)(c.Consents.State(ctx))
			if states[0].Policy != (said == "I agree") || states[1].Policy {
				t.Errorf("after %q: %+v", said, states)
			}
		})
		p.menu("Caseload")
		p.sees("K-12")
	}
	for said, picture := range ends {
		samePicture(t, "end of a form, "+said, picture, ends["I agree"])
	}
}
