package window

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"ebb/ui/kit"
	store "ebb/vault/practice"
)

// The two questions that are kept apart.
const (
	pressureQuestion = "Did anything between you feel like pressure"
	peaceQuestion    = "Did you ever go along to keep the peace?"
)

// ticks presses a box of a form: the nth with a word, from 0.
func (p *person) ticks(n int, word string) {
	p.t.Helper()
	for _, o := range p.everything() {
		c, ok := o.(*kit.Chip)
		if !ok || c.AccessibilityLabel() != word && !strings.HasPrefix(c.AccessibilityLabel(), word+",") {
			continue
		}
		if n--; n < 0 {
			c.Tapped(nil)
			return
		}
	}
	p.t.Fatalf("no box %q; the screen says:\n%s", word, p.reads())
}

// atSheet shows where a sheet of the first person of a case is entered.
func (p *person) atSheet() {
	p.t.Helper()
	p.chooses("Check-ins on paper")
	p.chooses("Enter a filled sheet…")
}

// passed lets time pass, and the window notice it.
func (p *person) passed(d time.Duration) {
	p.now = p.now.Add(d)
	p.w.shell.tickPractice()
}

// A sheet is entered under one person; what it says about pressure goes behind the
// second unlock, which is asked for where it is not in force, and nothing that was
// typed is lost by that. No page of the record, no export and no paper has it.
func TestCheckInOnPaper(t *testing.T) {
	p, _, id := officeWithCase(t)
	p.tall()
	p.inCase(id, func(ctx context.Context, c *store.Case) {
		note := c.Notes.New(store.Joint, store.ID{}, store.Template{Name: store.Free, Keys: []string{"text"}})
		note.Sections[0].Text = "elder"
		must[store.Note](t)(c.Notes.Save(ctx, note))
	})
	var blank bytes.Buffer
	p.savesForm(t, &blank)
	p.menu("Caseload")
	p.chooses("K-12")
	p.atSheet()
	p.seesNot(pressureQuestion)
	p.ticks(1, "often")
	p.ticks(0, "hardly")
	p.ticks(0, "now and then") // takes the place of the other
	p.ticks(0, "sleep")
	p.ticks(0, "joy")
	p.writesNote("walnut", "larch", "elm")
	p.chooses("Enter these two…")
	p.presses("Escape")
	p.seesNot(pressureQuestion)
	p.chooses("Enter these two…")
	p.types(passA + "\n")
	p.sees(pressureQuestion)
	p.ticks(0, "yes")
	p.ticks(1, "I'm not sure")

	p.passed(store.StepUpTime - time.Second)
	p.seesNot(pressureQuestion)
	p.seesNot(peaceQuestion)
	p.sees("walnut")
	p.passed(2 * time.Second)
	p.chooses("Keep")
	p.sees("What a sheet says about pressure lies in the safety drawer")
	p.presses("Escape")
	p.inCase(id, func(ctx context.Context, c *store.Case) {
		ada := must[[]store.Member](t)(c.People.All(ctx))[0]
		if all := must[[]store.CheckIn](t)(c.CheckIns.Of(ctx, ada.ID, store.Page{})); len(all) != 0 {
			t.Errorf("without the second unlock there was kept %+v", all)
		}
	})
	p.sees("walnut")
	p.chooses("Keep")
	p.types(passA + "\n")
	p.sees("Kept.")
	for _, there := range []string{"Wednesday, 4 March", "now and then", "often", "sleep · joy", "walnut", "larch", "elm"} {
		p.sees(there)
	}
	p.hidesPressure()
	p.picks("Whose", "Ben")
	p.seesNot("walnut")
	p.sees("Nothing was entered for Ben yet.")

	p.inCase(id, func(ctx context.Context, c *store.Case) {
		ada := must[[]store.Member](t)(c.People.All(ctx))[0]
		all := must[[]store.CheckIn](t)(c.CheckIns.Of(ctx, ada.ID, store.Page{}))
		if len(all) != 1 || len(all[0].Answers) != 6 || all[0].Answers[store.ItemPressure] != nil || all[0].Answers[store.ItemKeepingPeace] != nil {
			t.Errorf("the record has %+v", all)
		}
		safety := must[*store.Notes](t)(c.Safety(ctx, ada.ID))
		if kept := must[[]store.PressureAnswer](t)(safety.Pressure(ctx)); len(kept) != 2 || kept[0].Answer != "yes" || kept[1].Answer != "not sure" {
			t.Errorf("the safety drawer has %+v", kept)
		}
		var export bytes.Buffer
		if err := c.Export(ctx, &export); err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(export.String(), "walnut") || strings.Contains(export.String(), "not sure") || strings.Contains(export.String(), `"item":10`) || strings.Contains(export.String(), `"item":11`) {
			t.Errorf("the export says %s", export.String())
		}
	})
	var after bytes.Buffer
	p.chooses("K-12")
	p.savesForm(t, &after)
	if !bytes.Equal(blank.Bytes(), after.Bytes()) {
		t.Error("the form changed with what was handed in")
	}

	// Beside a safety note of this person it can be read, while the second unlock lasts.
	p.chooses("K-12")
	p.chooses("Safety plan of Ada")
	p.sees("From check-ins on paper")
	p.sees(pressureQuestion)
	p.picks("Whose", "Ben")
	p.seesNot(pressureQuestion)
	p.picks("Whose", "Ada")
	p.passed(store.StepUpTime)
	p.hidesPressure()
	for _, page := range []string{"K-12", "All notes, and search"} {
		p.chooses(page)
		p.hidesPressure()
	}
	p.types("pressure")
	p.wait()
	p.sees("Nothing found")
}

// hidesPressure fails if anything of what is kept apart is on the screen.
func (p *person) hidesPressure() {
	p.t.Helper()
	for _, words := range []string{pressureQuestion, peaceQuestion, "not sure", "From check-ins"} {
		p.seesNot(words)
	}
}

// savesForm saves the form of the first person of the case that is shown.
func (p *person) savesForm(t *testing.T, into *bytes.Buffer) {
	t.Helper()
	paper := t.TempDir()
	p.chooses("Check-ins on paper")
	p.chooses("Save the form as PDF…")
	p.chooses("Choose a folder…")
	p.focusOn("Folder or file")
	p.clears()
	p.types(paper + "\n")
	p.sees("Saved as sheet.pdf.")
	content, err := os.ReadFile(filepath.Join(paper, "sheet.pdf"))
	if err != nil || !bytes.HasPrefix(content, []byte("%PDF-")) {
		t.Fatalf("the form: %v", err)
	}
	into.Write(content)
}

// Whose the sheet is stands on it only where that was chosen.
func TestFormIsMarkedOnlyWhereWanted(t *testing.T) {
	p, _, _ := officeWithCase(t)
	files := map[string]string{}
	for mark, n := range map[string]int{"a line": 0, "Ada": 1, "K-12": 2} {
		paper := t.TempDir()
		p.menu("Caseload")
		p.chooses("K-12")
		p.chooses("Check-ins on paper")
		p.chooses("Save the form as PDF…")
		p.among("Whose sheet it is", n)
		p.chooses("Choose a folder…")
		p.focusOn("Folder or file")
		p.clears()
		p.types(paper + "\n")
		content := must[[]byte](t)(os.ReadFile(filepath.Join(paper, "sheet.pdf")))
		for other, there := range files {
			if there == string(content) {
				t.Errorf("the forms with %s and with %s are the same", mark, other)
			}
		}
		files[mark] = string(content)
	}
	var unasked bytes.Buffer
	p.menu("Caseload")
	p.chooses("K-12")
	p.savesForm(t, &unasked)
	if unasked.String() != files["a line"] {
		t.Error("the form has a mark that nobody asked for")
	}
}

// Closed, the place of what is kept apart looks the same whatever was ticked there.
func TestClosedApartItemsTellNothing(t *testing.T) {
	p, _, _ := officeWithCase(t)
	p.atSheet()
	var pictures [][]byte
	for _, tick := range []bool{false, true} {
		p.chooses("Enter these two…")
		if !tick {
			p.types(passA + "\n")
		} else {
			p.ticks(0, "yes")
		}
		p.chooses("Put them out of sight")
		p.hidesPressure2()
		pictures = append(pictures, p.picture())
	}
	samePicture(t, "ticked apart", pictures[1], pictures[0])
	p.chooses("Enter these two…")
	p.chooses("Keep")
	p.sees("Kept.")
	p.sees("Nothing was entered for Ada yet.")
}

// hidesPressure2 is for the page of entry, where "not sure" is an answer to another
// question, too.
func (p *person) hidesPressure2() {
	p.t.Helper()
	p.seesNot(pressureQuestion)
	p.seesNot(peaceQuestion)
}

// Without the policy nothing is taken in, and the page says so with the way to the
// forms. What was handed in before somebody took theirs back can still be read.
func TestCheckInsWaitForThePolicy(t *testing.T) {
	p, _ := newOffice(t)
	p.publishes(store.PolicyLimited)
	id := p.caseOf("K-12", "", "Ada", "Ben")
	p.menu("Caseload")
	p.chooses("K-12")
	p.chooses("Check-ins on paper")
	p.sees("Ada has not signed the policy in force")
	p.seesNot("Enter a filled sheet…")
	p.seesNot("Save the form as PDF…")
	p.chooses("Forms of Ada")
	p.sees("One person at a time.")
	p.signs(id, store.PolicyLimited)
	p.inCase(id, func(ctx context.Context, c *store.Case) {
		ada := must[[]store.Member](t)(c.People.All(ctx))[0]
		if err := c.CheckIns.Enter(ctx, store.CheckIn{ID: store.NewID(), Member: ada.ID, Day: "2026-02-03", Answers: map[int][]string{12: {"walnut"}}}); err != nil {
			t.Fatal(err)
		}
		if err := c.Consents.Decide(ctx, store.Decision{Member: ada.ID, Document: store.PolicyLimited, Kind: store.Withdrawn, Method: store.Spoken}); err != nil {
			t.Fatal(err)
		}
	})
	p.menu("Caseload")
	p.chooses("K-12")
	p.chooses("Check-ins on paper")
	p.sees("Ada has not signed the policy in force")
	p.seesNot("Enter a filled sheet…")
	p.sees("walnut")
	p.picks("Whose", "Ben")
	p.sees("Enter a filled sheet…")
}

// Words of any kind, a day that is none, a sheet with nothing on it, and leaving in the
// middle: each is answered, and what was typed stays.
func TestEnteringOddSheets(t *testing.T) {
	p, _, id := officeWithCase(t)
	p.tall()
	p.atSheet()
	p.chooses("Keep")
	p.sees("Nothing is ticked or written")
	p.focusOn("Day on the sheet")
	p.clears()
	p.types("Tuesday")
	long := strings.Repeat("word ", 2000)
	odd := "a\u202eb\x00\x1b[31m שלום 🌊"
	p.writesNote(long, odd, " ")
	p.chooses("Keep")
	p.sees("This is not a day.")
	p.chooses("Check-ins on paper") // and what was entered stays a draft
	p.chooses("Go on with the sheet…")
	p.sees("Tuesday")
	p.focusOn("Day on the sheet")
	p.clears()
	p.types("2026-03-01")
	p.chooses("Keep")
	p.types(passA + "\n") // it was begun earlier, and may have more than shows
	p.sees("Sunday, 1 March")
	p.inCase(id, func(ctx context.Context, c *store.Case) {
		ada := must[[]store.Member](t)(c.People.All(ctx))[0]
		all := must[[]store.CheckIn](t)(c.CheckIns.Of(ctx, ada.ID, store.Page{}))
		if len(all) != 1 || all[0].Answers[12][0] != long || !strings.Contains(all[0].Answers[13][0], "שלום 🌊") || all[0].Answers[14] != nil {
			t.Errorf("kept: %+v", all)
		}
	})
	p.chooses("Enter a filled sheet…")
	p.writesNote("half a wo")
	p.chooses("Forget what was entered…")
	p.chooses("Forget it")
	p.sees("What was handed in")
	p.seesNot("half a wo")
}

// Every part of the pages can be reached with Tab, and nothing lies over anything else,
// with people whose names fill a line.
func TestPaperPagesByKeyboard(t *testing.T) {
	p, _ := newOffice(t)
	p.publishes(store.PolicyLimited)
	id := p.caseOf("K-12", "", longName, mixed)
	p.signs(id, store.PolicyLimited)
	for _, way := range [][]string{
		{"Check-ins on paper"},
		{"Check-ins on paper", "Save the form as PDF…"},
		{"Check-ins on paper", "Enter a filled sheet…"},
		{"Sexual history"},
		{"Treatment plan"},
		{"Treatment plan", "Write the plan"},
		{"Time alone"},
		{"Time alone", "Set a day…"},
	} {
		p.menu("Caseload")
		p.chooses("K-12")
		for _, step := range way {
			p.chooses(step)
		}
		name := strings.Join(way, ", ")
		p.tidy(name)
		p.tabs(name)
		if p.w.Canvas().Overlays().Top() != nil {
			p.presses("Escape")
		}
		if p.w.Canvas().Overlays().Top() != nil {
			t.Errorf("%s: Escape does not put the sheet away", name)
		}
	}
}
