package window

import (
	"context"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	store "ebb/vault/practice"
)

// ownTemplates returns the practice's own templates.
func (p *person) ownTemplates() (own []store.Template) {
	p.t.Helper()
	for _, t := range must[[]store.Template](p.t)(p.w.open.practice.Templates.All(context.Background())) {
		switch t.Name {
		case store.DAP, store.SOAP, store.BIRP, store.Free, store.Interview, store.SafetyPlan, store.Formulation:
		default:
			own = append(own, t)
		}
	}
	return own
}

// A template of one's own, by keyboard: begun, kept, offered in the composer with its
// prompts, renamed, removed and brought back. What is for the record says so, and a
// process note begins without it.
func TestOwnTemplates(t *testing.T) {
	p, _, _ := officeWithCase(t)
	p.menu("Your practice")
	p.chooses("Open the templates")
	p.sees("None yet. Copy one, or begin a new one.")
	p.seesNot("Change…")
	p.seesNot("Remove")
	p.chooses("New template")
	p.w.Canvas().Unfocus()
	p.focusOn("Name")
	for range len("My template") {
		p.presses(fyne.KeyBackspace)
	}
	p.types("Evening\n")
	p.types("Weather between them\n")
	p.types("As each says it.\n")
	p.types("Plan\n")
	p.sees("“Plan” is for the record")
	p.types("\n")
	p.types("\n") // the third has no title yet
	p.chooses("Keep")
	p.sees("Weather between them · Plan")
	p.seesNot("None yet")
	own := p.ownTemplates()
	if len(own) != 1 || own[0].Name != "Evening" || strings.Join(own[0].Keys, ",") != "Weather between them,Plan" || own[0].Prompts[0] != "As each says it." {
		t.Fatalf("%+v", own)
	}

	p.menu("Caseload")
	p.chooses("K-12")
	p.chooses("New note")
	p.chooses("Form: DAP")
	p.chooses("Evening")
	p.sees("Weather between them")
	p.sees("As each says it.")
	p.sees("Plan")
	p.turnsTo("Process")
	p.chooses("Unlock…")
	p.types(passA + "\n")
	p.chooses("Form: Free")
	p.chooses("Evening")
	p.sees("Weather between them")
	p.seesNot("Plan")
	p.turnsTo("Safety")
	p.chooses("Form: Free")
	p.seesNot("Evening")
	p.presses(fyne.KeyEscape)

	p.menu("Your practice")
	p.chooses("Open the templates")
	p.inRow("Evening", "Change…")
	p.focusOn("Name")
	p.types("s\n")
	p.chooses("Take section 2 out")
	p.chooses("Templates of notes") // leaving keeps
	if own := p.ownTemplates(); len(own) != 1 || own[0].Name != "Evenings" || len(own[0].Keys) != 1 {
		t.Fatalf("%+v", own)
	}
	p.inRow("Evenings", "Remove")
	p.sees("Evenings was removed.")
	if own := p.ownTemplates(); len(own) != 0 {
		t.Fatalf("%+v", own)
	}
	p.chooses("Bring it back")
	p.sees("Evenings")
	if own := p.ownTemplates(); len(own) != 1 || own[0].Prompts[0] != "As each says it." {
		t.Fatalf("%+v", own)
	}
}

// A copy has the headings and prompts of the built-in one, which stays as it was.
func TestCopiedTemplate(t *testing.T) {
	p, _ := newOffice(t)
	p.menu("Your practice")
	p.chooses("Open the templates")
	p.inRow("SOAP: subjective, objective, assessment, plan", "Copy")
	p.chooses("Keep")
	p.inRow("SOAP: subjective, objective, assessment, plan", "Copy")
	p.chooses("Move section 2 up")
	p.chooses("Keep")
	own := p.ownTemplates()
	if len(own) != 2 || own[0].Name != "SOAP, my way" || own[1].Name != "SOAP, my way 2" {
		t.Fatalf("%+v", own)
	}
	if strings.Join(own[0].Keys, ",") != "Subjective,Objective,Assessment,Plan" || strings.Join(own[1].Keys, ",") != "Objective,Subjective,Assessment,Plan" {
		t.Errorf("%+v", own)
	}
	if !strings.HasPrefix(own[1].Prompts[1], "What each person reports") {
		t.Errorf("the prompt did not move with its heading: %q", own[1].Prompts)
	}
}

// What cannot be kept is answered on the page, and stays on it; what was not begun is
// not kept.
func TestTemplateAnswers(t *testing.T) {
	p, _ := newOffice(t)
	open := func() {
		p.menu("Your practice")
		p.chooses("Open the templates")
		p.chooses("New template")
	}
	name := func(words string) {
		p.focusOn("Name")
		p.w.Canvas().Focused().(interface{ SetText(text string) }).SetText(words)
	}
	open()
	p.chooses("Keep") // without a word
	p.sees("None yet.")
	open()
	p.focusOn("Heading")
	p.types("One")
	name("soap")
	p.chooses("Keep")
	p.sees("Another template has this name.")
	name("\u202e\u0007 ")
	p.chooses("Keep")
	p.sees("There is a line that needs a word in it.")
	name(strings.Repeat("a", 10_000))
	p.chooses("Keep")
	p.sees("longer than")
	name("Mine")
	p.chooses("Another section")
	p.types("Two")
	p.chooses("Keep")
	p.sees("Mine")
	if own := p.ownTemplates(); len(own) != 1 || len(own[0].Keys) != 2 {
		t.Errorf("%+v", own)
	}
	p.inRow("Mine", "Change…")
	p.chooses("Another section")
	p.types("ONE")
	p.chooses("Keep")
	p.sees("Two sections have the same title.")
	p.chooses("Leave it as it was")
	p.sees("One · Two")
	p.seesNot("One · Two · ONE")
}
