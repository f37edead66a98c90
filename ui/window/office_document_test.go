package window

import (
	"context"
	"errors"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"ebb/ui/kit"
	"ebb/ui/kit/editor"
	store "ebb/vault/practice"
)

// tells looks for words on the page, also where it would have to be scrolled.
func (p *person) tells(text string) {
	p.t.Helper()
	for _, o := range p.everything() {
		if t, ok := o.(*kit.Text); ok && strings.Contains(t.String(), text) {
			return
		}
	}
	p.t.Fatalf("the page does not tell %q; in sight is:\n%s", text, p.reads())
}

// can looks for a verb, also where the page would have to be scrolled.
func (p *person) can(verb string) {
	p.t.Helper()
	for _, o := range p.everything() {
		if b, ok := o.(*kit.Button); ok && b.AccessibilityLabel() == verb {
			return
		}
	}
	p.t.Fatalf("there is no %q; in sight is:\n%s", verb, p.reads())
}

// inRow chooses the verb in the row of a title, where rows have the same verbs.
func (p *person) inRow(title, verb string) {
	p.t.Helper()
	there := false
	for _, o := range p.everything() {
		switch o := o.(type) {
		case *kit.Text:
			there = there || o.String() == title
		case *kit.Button:
			if there && o.AccessibilityLabel() == verb {
				o.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
				return
			}
		}
	}
	p.t.Fatalf("%q has no %q; the screen says:\n%s", title, verb, p.reads())
}

// current is the version of a document that is in use; none if Version is 0.
func (p *person) current(name string) store.Document {
	p.t.Helper()
	d, err := p.w.open.practice.Documents.Current(context.Background(), name)
	if err != nil && !errors.Is(err, store.ErrNotFound) {
		p.t.Fatal(err)
	}
	return d
}

// textEditor is the box in which a text is written.
func (p *person) textEditor() *editor.Editor {
	p.t.Helper()
	for _, o := range p.everything() {
		if e, ok := o.(*editor.Editor); ok {
			return e
		}
	}
	p.t.Fatalf("there is no text to write; the screen says:\n%s", p.reads())
	return nil
}

// rewrites puts another text in its place.
func (p *person) rewrites(text string) {
	p.t.Helper()
	e := p.textEditor()
	p.w.Canvas().Focus(e)
	e.SelectAll()
	e.Insert(text)
}

const (
	openForm = "What you tell me alone: the open form"
	noticeUS = "Notice on privacy: United States of America"
)

// A text is read, changed and put in use: it is a template until then, what is being
// written counts nowhere and survives locking, and each version stays readable.
func TestDocumentVersions(t *testing.T) {
	p, dir := newOffice(t)
	p.menu("Forms")
	p.sees("A template. Not in use yet.")
	p.inRow(openForm, "Read and change…")
	p.sees("Template, not legal advice.")
	p.tells("None was in use yet.")
	p.tells("My client is the relationship.")
	p.chooses("Put in use…")
	p.sees("Until you put a new version before the people of a case")
	p.presses(fyne.KeyEscape)
	if p.current(store.PolicyOpen).Version != 0 {
		t.Fatal("putting the question away put the text in use")
	}
	p.chooses("Change…")
	first := p.textEditor().Text()
	p.rewrites(first + "\n\nMy own line.")
	p.wait()
	p.sees("Draft kept.")
	p.menu("Forms")
	p.sees("A new version is being written.")
	if p.current(store.PolicyOpen).Version != 0 {
		t.Fatal("a draft is in use")
	}
	p.inRow(openForm, "Read and change…")
	p.seesNot("My own line.")
	p.chooses("Go on writing")
	p.textEditor().Insert(" Half a wo")
	p.locks()

	p = atOffice(t, dir)
	p.menu("Forms")
	p.inRow(openForm, "Read and change…")
	p.chooses("Go on writing")
	if !strings.Contains(p.textEditor().Text(), "Half a wo") {
		t.Fatalf("what was being written did not survive locking: %q", p.textEditor().Text())
	}
	p.rewrites(first + "\n\nMy own line.")
	p.confirms("Put in use…")
	p.sees("Version 1 is in use.")
	p.sees("Your text, made from a template of Ebb’s.")
	p.tells("My own line.")
	p.tells("Ebb’s own text")
	p.tells("fingerprint")
	p.chooses("Change…")
	p.rewrites(first + "\n\nAnother line.")
	p.chooses("Forget these changes")
	p.sees("The changes are gone.")
	p.chooses("Bring it back")
	if !strings.Contains(p.textEditor().Text(), "Another line.") {
		t.Fatal("what was forgotten did not come back")
	}
	p.confirms("Put in use…")
	p.sees("Version 2 is in use.")
	p.chooses("Read version 1")
	p.tells("My own line.")
	p.presses(fyne.KeyEscape)
	p.chooses("Change…")
	p.chooses("Begin with Ebb’s text again")
	if p.textEditor().Text() != first {
		t.Error("Ebb’s text did not come back")
	}
	p.chooses("Bring it back")
	if !strings.Contains(p.textEditor().Text(), "Another line.") {
		t.Error("what was written before Ebb’s text is gone")
	}
	p.confirms("Put in use…")
	p.sees("This is the text of version 2 already.")
}

// confirms chooses a verb, and the same on the sheet that it brings.
func (p *person) confirms(verb string) {
	p.t.Helper()
	p.chooses(verb)
	p.onSheet(verb)
}

// onSheet chooses a verb of the sheet above the page.
func (p *person) onSheet(verb string) {
	p.t.Helper()
	for _, o := range walk(p.uppermost(), nil) {
		if b, ok := o.(*kit.Button); ok && b.AccessibilityLabel() == verb {
			b.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
			return
		}
	}
	p.t.Fatalf("the sheet has no %q:\n%s", verb, p.reads())
}

// A notice with places that are not filled in says which, and is not put in use without
// an answer that says so.
func TestPlacesToFillIn(t *testing.T) {
	p, _ := newOffice(t)
	p.menu("Forms")
	p.tells("9 places are not filled in.")
	p.inRow(noticeUS, "Read and change…")
	p.sees("Template, not legal advice. Check every sentence with counsel")
	p.chooses("To go through with counsel")
	p.tells("Whether HIPAA binds you")
	p.chooses("Put in use…")
	p.sees("9 places are not filled in")
	p.sees("[duty to protect]")
	p.presses(fyne.KeyReturn) // the answer that changes nothing has the keyboard
	if p.current("notice-us").Version != 0 {
		t.Fatal("Enter put a text with open places in use")
	}
	p.chooses("Change…")
	p.tells("As it stands on your licence.")
	p.focusOn("your name")
	p.types("Robin Vale\n")
	p.tells("8 places are not filled in")
	if text := p.textEditor().Text(); !strings.Contains(text, "I am Robin Vale, [licence and state].") {
		t.Fatalf("%.200q", text)
	}
	p.focusOn("state")
	p.types("Oregon")
	p.focusOn("years")
	p.types("\u202eseven\u0007 years [or so]")
	p.chooses("Put these words in the text")
	p.seesNot("As it stands on your licence.")
	p.chooses("Put in use…")
	p.sees("[reporting duties]")
	p.seesNot("[state]")
	p.onSheet("Not now")
	p.chooses("Put in use…")
	p.onSheet("Put it in use with these places open")
	p.sees("Version 1 is in use.")
	p.sees("places are not filled in.")
	if got := p.current("notice-us"); got.Version != 1 || !strings.Contains(got.Text, "Oregon") {
		t.Errorf("%+v", got)
	}

	// What is handed out is not decided about.
	id := p.caseOf("K-12", "", "Ada", "Ben")
	p.publishes(store.PolicyLimited, store.IndividualInput)
	p.inCase(id, func(ctx context.Context, c *store.Case) {
		must[store.Document](t)(c.Consents.Choose(ctx, store.PolicyLimited))
	})
	p.menu("Caseload")
	p.chooses("K-12")
	p.chooses("Forms of Ada")
	p.can("Put before them: What you write and tell for me alone")
	p.seesNot("notice-us")
}

// An empty text is answered, and one of ten thousand characters with others that control
// a line is kept as it is.
func TestDocumentAnswers(t *testing.T) {
	p, _ := newOffice(t)
	p.menu("Forms")
	p.inRow(openForm, "Read and change…")
	p.chooses("Change…")
	p.rewrites(" \n\t ")
	p.confirms("Put in use…")
	p.sees("There is a line that needs a word in it.")
	odd := strings.Repeat("a long line \u202e\u0007 ", 700)
	p.rewrites(odd)
	p.confirms("Put in use…")
	p.sees("Version 1 is in use.")
	p.w.stage.toasts.Close()
	p.tidy("a long document")
	if got := p.current(store.PolicyOpen).Text; got != strings.TrimSpace(odd) {
		t.Errorf("%d bytes of %d came back", len(got), len(odd))
	}
}

// Three forms, each person alone: the consent to individual input is asked for where it
// was put before them, says so on the page of the case, and ends at once without a
// reason, with what is said about safety going on.
func TestConsentToIndividualInputAtTheOffice(t *testing.T) {
	p, _, id := officeWithCase(t)
	p.publishes(store.IndividualInput)
	p.chooses("Forms of Ada")
	p.chooses("Put before them: What you write and tell for me alone")
	p.sees("nothing is taken in from a person alone without it")
	p.chooses("Put it before them")
	p.chooses("K-12")
	p.tells("Given alone: not in place")
	p.chooses("New note")
	p.turnsTo("Individual")
	p.sees("Ada has not agreed to giving you things alone")
	p.chooses("Forms of Ada")
	p.inRow("What you write and tell for me alone", "On paper…")
	p.picks("What was decided", "Agreed")
	p.onSheet("Keep")
	p.seesNot("Ben")
	p.chooses("K-12")
	p.tells("Given alone: in place")
	p.inCase(id, func(ctx context.Context, c *store.Case) {
		states := must[[]store.PersonState](t)(c.Consents.State(ctx))
		if states[0].Input == states[1].Input {
			t.Errorf("one signed and %+v", states)
		}
	})
	p.chooses("Forms of Ada")
	p.inRow("What you write and tell for me alone", "Taken back…")
	p.sees("No reason is asked for")
	p.sees("Nothing more is taken in from this person alone.")
	p.onSheet("They took it back")
	p.tells("Taken back")
	p.inCase(id, func(ctx context.Context, c *store.Case) {
		states := must[[]store.PersonState](t)(c.Consents.State(ctx))
		if states[0].Input || states[1].Input || !states[0].Policy {
			t.Errorf("%+v", states)
		}
	})

	// A later version is put before them with its number.
	must[store.Document](t)(p.w.open.practice.Documents.Publish(context.Background(), store.IndividualInput, "en", store.Plain, "Other words."))
	p.chooses("K-12")
	p.chooses("Forms of Ada")
	p.can("Put version 2 before them: What you write and tell for me alone")
}
