package window

import (
	"context"
	"testing"

	store "ebb/vault/practice"
)

// A new note of the record begins with the template that the practice chose, whatever
// that is called later on; process notes, and notes that were begun, stay as they are.
func TestWhatANewNoteBeginsWith(t *testing.T) {
	p, dir, _ := officeWithCase(t)
	if err := p.w.open.practice.Templates.Put(context.Background(), store.Template{Name: "Mine", Keys: []string{"What moved"}}); err != nil {
		t.Fatal(err)
	}
	p.tall()
	p.chooses("New note")
	p.sees("Form: DAP")
	p.menu("Your practice")
	p.sees("As is usual: DAP for everybody, free for one person.")
	p.fillsIn("Supervision: when", 0, "every other Friday")
	p.chooses("Choose…")
	p.onSheet("Mine")
	p.sees("Mine, for everybody and for one person.")
	p.holds("every other Friday") // choosing takes nothing off the page
	p.menu("Caseload")
	p.chooses("K-12")
	p.chooses("New note")
	p.sees("Form: Mine")
	p.sees("What moved")
	p.turnsTo("Individual")
	p.sees("Form: Mine")
	p.turnsTo("Process")
	p.chooses("Unlock…")
	p.types(passA + "\n")
	p.sees("Form: Free")

	// It is changed, and called something else.
	p.menu("Your practice")
	p.chooses("Open the templates")
	p.chooses("Change…")
	p.fillsIn("Name", 0, "My own way")
	p.menu("Keep what I wrote")
	p.locks()
	p = atOffice(t, dir)
	p.tall()
	p.chooses("K-12")
	p.chooses("New note")
	p.sees("Form: My own way")

	// It goes, and notes begin as is usual.
	p.menu("Your practice")
	p.chooses("Open the templates")
	p.chooses("Remove")
	p.menu("Your practice")
	p.sees("As is usual")
	p.chooses("Choose…")
	p.onSheet("As is usual")
	p.menu("Caseload")
	p.chooses("K-12")
	p.chooses("New note")
	p.sees("Form: DAP")
}

// The label stands beside the code while a note is written, against taking one case for
// another, and on nothing that leaves the screen.
func TestLabelInTheComposer(t *testing.T) {
	p, _, _ := officeWithCase(t)
	p.chooses("Code and label…")
	p.fillsIn("Private label", 0, "the blue folder")
	p.onSheet("Keep")
	p.chooses("Write")
	p.sees("the blue folder")
	p.turnsTo("Process")
	p.sees("the blue folder")
	p.chooses("Unlock…")
	p.types(passA + "\n")
	p.sees("the blue folder")
	p.chooses("K-12")
	p.chooses("Forms of Ada")
	p.seesNot("the blue folder")
	p.chooses("Hand over…")
	p.chooses("Show the form")
	p.seesNot("the blue folder")
}
