package window

import (
	"context"
	"slices"
	"testing"
	"time"

	"ebb/ui/kit"
	store "ebb/vault/practice"
)

// ticked are the boxes on the screen that are ticked.
func (p *person) ticked() (all []string) {
	for _, o := range p.everything() {
		if c, ok := o.(*kit.Chip); ok && c.Chosen() {
			all = append(all, c.AccessibilityLabel())
		}
	}
	return all
}

// toSheet presses what is called after the day of a sheet.
func (p *person) toSheet(verb string) {
	p.t.Helper()
	p.focusOn(verb)
	p.presses("Return")
}

// sheets are what both drawers keep of the first person of a case.
func (p *person) sheets(id store.ID) (record []store.CheckIn, apart []store.PressureAnswer) {
	p.t.Helper()
	practice := p.w.open.practice
	p.inCase(id, func(ctx context.Context, c *store.Case) {
		ada := must[[]store.Member](p.t)(c.People.All(ctx))[0]
		record = must[[]store.CheckIn](p.t)(c.CheckIns.Of(ctx, ada.ID, store.Page{}))
		if err := practice.StepUp(ctx, []byte(passA)); err != nil {
			p.t.Fatal(err)
		}
		apart = must[[]store.PressureAnswer](p.t)(must[*store.Notes](p.t)(c.Safety(ctx, ada.ID)).Pressure(ctx))
		if err := practice.StepDown(ctx); err != nil {
			p.t.Fatal(err)
		}
	})
	return record, apart
}

// What was typed of a sheet is corrected and removed through one way, whether or not
// anything lies apart: the page looks the same, and the second unlock is asked for.
func TestSheetIsCorrectedAndRemoved(t *testing.T) {
	var pictures [][]byte
	for _, apart := range []bool{false, true} {
		p, _, id := officeWithCase(t)
		p.tall()
		k := store.CheckIn{ID: store.NewID(), Day: "2026-03-02", Answers: map[int][]string{1: {"often"}, 12: {"wallnut"}}}
		if apart {
			k.Answers[store.ItemPressure] = []string{"yes"}
		}
		p.inCase(id, func(ctx context.Context, c *store.Case) {
			k.Member = must[[]store.Member](t)(c.People.All(ctx))[0].ID
			if err := p.w.open.practice.StepUp(ctx, []byte(passA)); err != nil {
				t.Fatal(err)
			}
			if err := c.CheckIns.Enter(ctx, k); err != nil {
				t.Fatal(err)
			}
			if err := p.w.open.practice.StepDown(ctx); err != nil {
				t.Fatal(err)
			}
		})
		p.chooses("Check-ins on paper")
		pictures = append(pictures, p.picture())
		p.toSheet("Correct or remove the sheet of")
		p.sees("What the paper says stays what it is")
		p.sees("wallnut")
		pictures = append(pictures, p.picture())
		p.hidesPressure2()
		p.writesNote("walnut")
		p.focusOn("Day on the sheet")
		p.clears()
		p.types("2026-03-01")
		p.chooses("Keep")
		p.sees("both parts are kept together")
		p.types(passA + "\n")
		p.sees("Kept.")
		p.sees("walnut")
		p.sees("Sunday, 1 March")
		p.toSheet("What was typed before on the sheet of")
		p.sees("Until it was corrected")
		p.sees("wallnut")
		p.hidesPressure2()
		p.presses("Escape")
		p.menu("Caseload")
		record, kept := p.sheets(id)
		if len(record) != 1 || record[0].Answers[12][0] != "walnut" || record[0].Day != "2026-03-01" || (len(kept) == 1) != apart || apart && kept[0].Day != "2026-03-01" {
			t.Errorf("apart %v: %+v, %+v", apart, record, kept)
		}
		if !apart {
			p.toCase("K-12")
			p.chooses("Check-ins on paper")
			p.toSheet("Correct or remove the sheet of")
			p.chooses("Remove this sheet…")
			p.types(passA + "\n")
			p.presses("Escape")
			p.chooses("Remove this sheet…")
			p.onSheet("Remove it")
		} else { // beside the safety note, where the half apart is read
			p.toCase("K-12")
			p.chooses("Safety plan of Ada")
			p.types(passA + "\n")
			p.reaches("From check-ins on paper")
			p.toSheet("Correct or remove the sheet of")
			p.chooses("Enter these two…")
			p.sees(pressureQuestion)
			if got := p.ticked(); len(got) != 2 {
				t.Errorf("ticked: %q", got)
			}
			p.chooses("Remove this sheet…")
			p.onSheet("Remove it")
		}
		p.sees("Removed.")
		p.sees("Nothing was entered for Ada yet.")
		p.menu("Caseload")
		if record, kept := p.sheets(id); len(record)+len(kept) != 0 {
			t.Errorf("apart %v, after removing: %+v, %+v", apart, record, kept)
		}
		p.locks()
	}
	samePicture(t, "sheets with something apart", pictures[2], pictures[0])
	samePicture(t, "a sheet with something apart", pictures[3], pictures[1])
}

// What is being entered is found again whatever took it off the screen, the half apart in
// its own drawer only, and is forgotten when somebody says so.
func TestSheetIsFoundAgain(t *testing.T) {
	for name, leaves := range map[string]func(p *person){
		"the list":       func(p *person) { p.chooses("Check-ins on paper") },
		"the caseload":   func(p *person) { p.menu("Caseload") },
		"lock":           func(p *person) { p.menu("Lock") },
		"hidden":         func(p *person) { p.menu("Hide now"); p.presses("Space") },
		"a night asleep": func(p *person) { p.strikes(9 * time.Hour) },
		"a short sleep":  func(p *person) { p.everySecond(14 * time.Minute); p.strikes(80 * time.Second); p.menu("Lock") },
		"killed":         func(p *person) { p.wait(); p.menu("Lock") },
	} {
		t.Run(name, func(t *testing.T) {
			p, dir, id := officeWithCase(t)
			p.tall()
			p.atSheet()
			p.ticks(0, "often")
			p.writesNote("quillwort")
			p.chooses("Enter these two…")
			p.types(passA + "\n")
			p.ticks(1, "I'm not sure")
			leaves(p)
			p.seesNot("quillwort")
			p.hidesPressure2()
			if len(p.replaced) > 0 {
				p = atOffice(t, dir)
				p.tall()
			}
			p.menu("Caseload")
			if record, apart := p.sheets(id); len(record)+len(apart) != 0 {
				t.Errorf("a draft counts: %+v, %+v", record, apart)
			}
			p.toCase("K-12")
			p.chooses("Check-ins on paper")
			p.chooses("Go on with the sheet…")
			p.sees("quillwort")
			p.sees("Draft kept.")
			p.hidesPressure2()
			if got := p.ticked(); len(got) != 1 {
				t.Errorf("found again: %q", got)
			}
			if name == "killed" {
				p.chooses("Forget what was entered…")
				p.types(passA + "\n")
				p.onSheet("Forget it")
				p.sees("Forgotten.")
				p.chooses("Enter a filled sheet…")
				p.seesNot("quillwort")
				p.chooses("Enter these two…")
				p.seesNot("Begun earlier")
				if got := p.ticked(); len(got) != 0 {
					t.Errorf("after forgetting: %q", got)
				}
				return
			}
			// Kept without looking at the half apart, which is kept with it.
			p.chooses("Keep")
			p.types(passA + "\n")
			p.sees("Kept.")
			p.menu("Caseload")
			record, apart := p.sheets(id)
			if len(record) != 1 || len(apart) != 1 || apart[0].Item != store.ItemKeepingPeace || record[0].ID != apart[0].CheckIn {
				t.Errorf("kept: %+v, %+v", record, apart)
			}
		})
	}
}

// A sheet of which only the half apart was begun shows nowhere, and is found where that
// half is.
func TestHalfApartIsFoundAgain(t *testing.T) {
	p, dir, id := officeWithCase(t)
	p.tall()
	p.chooses("Check-ins on paper")
	before := p.picture()
	p.chooses("Enter a filled sheet…")
	p.chooses("Enter these two…")
	p.types(passA + "\n")
	p.ticks(0, "yes")
	p.locks()
	p = atOffice(t, dir)
	p.tall()
	p.toCase("K-12")
	p.chooses("Check-ins on paper")
	samePicture(t, "a half begun apart", p.picture(), before)
	p.chooses("Enter a filled sheet…")
	p.seesNot("Draft kept.")
	p.writesNote("quillwort")
	p.wait() // a draft of its own, which becomes that of the same sheet
	p.chooses("Enter these two…")
	p.types(passA + "\n")
	p.sees("Begun earlier, and not kept yet.")
	if got := p.ticked(); !slices.Equal(got, []string{"yes, chosen"}) && len(got) != 1 {
		t.Errorf("found again: %q", got)
	}
	p.chooses("Keep")
	p.sees("Kept.")
	p.menu("Caseload")
	record, apart := p.sheets(id)
	if len(record) != 1 || len(apart) != 1 || record[0].ID != apart[0].CheckIn {
		t.Errorf("kept: %+v, %+v", record, apart)
	}
	p.toCase("K-12")
	p.chooses("Check-ins on paper")
	p.chooses("Enter a filled sheet…") // nothing is left of it
	p.seesNot("quillwort")
}
