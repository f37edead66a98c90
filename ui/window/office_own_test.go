package window

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"ebb/exercises"
	papers "ebb/scripts/paper"
	store "ebb/vault/practice"
)

// An exercise is written with everything that keeps people safe, changed, taken away
// and brought back; menus keep what they were offered.
func TestOfficeOwnExercise(t *testing.T) {
	p, _, id := officeWithCase(t)
	p.menu("Forms")
	p.chooses("Own exercises")
	p.sees("There is none of yours yet.")
	p.chooses("Write one of your own…")
	p.types("Two stones")
	p.chooses("Keep")
	p.reaches("Still empty: What it is for")
	p.focusOn("What it is for, in a sentence")
	p.types("To hold a pause in the hand.")
	p.focusOn("What is asked aloud before it begins")
	p.types("Shall we each take one?")
	sections := []string{
		"Two stones", "Sit where you like.", "Take one\nEach takes a stone.\n\nHold it\nFeel how heavy it is.", "On a day with a row.",
		"Only hold it.", "Each has one.", "Anything to hold.", "One stone. One minute.", "Put it down.", "Say stop.", "Put it down and go out.", "What was it like?",
	}
	p.writesNote(sections...)
	p.chooses("Keep")
	p.reaches("Two questions to think about afterwards")
	sections[11] = "What was it like?\nWhat would be kinder?"
	p.writesNote(sections...)
	p.picks("How close it comes", "Touch, clothes on")
	p.chooses("Boundaries")
	p.chooses("Keep")
	p.sees("Kept among your own exercises.")
	p.sees("Boundaries · Touch, clothes on")
	all := must[[]*exercises.Exercise](t)(p.w.open.practice.Exercises.All(t.Context()))
	if len(all) != 1 || all[0].Gate != exercises.Practitioner || all[0].Stop != exercises.StrictStop || all[0].Closeness != 2 || all[0].Category != exercises.Boundaries || len(all[0].Steps) != 2 {
		t.Fatalf("%+v", all)
	}
	// It stands behind the same gates as the library's.
	p.menu("Caseload")
	p.chooses("K-12")
	p.looksUp("Two stones")
	p.sees("It cannot be offered now")
	p.seesAlone(id)
	p.consents(id)
	p.chooses("The menu you offer")
	p.chooses("K-12")
	p.looksUp("Two stones")
	p.chooses("Offer it")
	p.sees("It is on the menu.")
	p.chooses("Own exercises")
	p.chooses("Read")
	p.sees("Shall we each take one?")
	p.presses(fyne.KeyEscape)
	p.chooses("Change…")
	p.focusOn("What it is called")
	p.types(" and a shell")
	p.chooses("Keep")
	p.sees("and a shell")
	if all := must[[]*exercises.Exercise](t)(p.w.open.practice.Exercises.All(t.Context())); len(all) != 1 || !strings.Contains(all[0].Title, "shell") {
		t.Errorf("changing made another: %+v", all)
	}
	p.chooses("Take away")
	p.sees("There is none of yours yet.")
	p.chooses("Bring it back")
	p.sees("and a shell")
	p.chooses("Take away")
	p.chooses("The menu you offer")
	p.sees("Two stones") // as it was offered
	p.seesNot("and a shell")
	p.chooses("Open")
	p.chooses("Put to rest")
	p.chooses("Offer again")
	p.sees("It is on the menu.")
	p.locks()
}

// What is not the whole of an exercise is refused, from a file and in the form, and the
// words stay where they were written.
func TestOfficeOwnExerciseRefused(t *testing.T) {
	p, _, _ := officeWithCase(t)
	library := must[*exercises.Library](t)(exercises.English())
	p.menu("Forms")
	p.chooses("Own exercises")
	files := t.TempDir()
	for name, text := range map[string][]byte{
		"half.toml":    []byte("title = 'half'\n"),
		"library.toml": must[[]byte](t)(library.Find("A1").Encode()),
		"long.toml":    bytes.Repeat([]byte("x"), exercises.MaxFile+1),
		"empty.toml":   nil,
	} {
		path := filepath.Join(files, name)
		if err := os.WriteFile(path, text, 0o600); err != nil {
			t.Fatal(err)
		}
		p.brings(path)
		p.sees("There is none of yours yet.")
		if all := must[[]*exercises.Exercise](t)(p.w.open.practice.Exercises.All(t.Context())); len(all) != 0 {
			t.Errorf("%s: %+v", name, all)
		}
	}
	good := filepath.Join(files, "good.toml")
	if err := os.WriteFile(good, hardExercise(t, "own-7"), 0o600); err != nil {
		t.Fatal(err)
	}
	p.brings(good)
	p.sees("Kept among your own exercises.")
	p.chooses("Change…")
	p.focusOn("What it is for, in a sentence")
	p.w.Canvas().Focused().(interface{ SetText(string) }).SetText(strings.Repeat("word ", 2000))
	p.chooses("Keep")
	p.reaches("Something does not fit")
	p.focusOn("About how many minutes")
	p.clears()
	p.types("-3")
	p.focusOn("What it is for, in a sentence")
	p.w.Canvas().Focused().(interface{ SetText(string) }).SetText("Short again.")
	p.chooses("Keep")
	p.reaches("minutes are from 1 to 240")
	p.focusOn("About how many minutes")
	p.clears()
	p.types("10")
	p.chooses("Keep")
	p.sees("Short again.")
	// What the form has no field for is as it was in the file.
	if all := must[[]*exercises.Exercise](t)(p.w.open.practice.Exercises.All(t.Context())); len(all) != 1 || all[0].Steps[0].Minutes != 240 || !all[0].Steps[0].Alone || all[0].After.Literal == "" {
		t.Errorf("%+v", all)
	}
	p.locks()
}

// An own exercise that was changed meanwhile is offered as it is now, behind the gates
// of what it has become.
func TestOfficeOwnExerciseChanged(t *testing.T) {
	p, _, id := officeWithCase(t)
	p.seesAlone(id)
	p.consents(id)
	e := must[*exercises.Exercise](t)(exercises.Parse(hardExercise(t, "own-9")))
	e.Title = "Two stones"
	own := p.w.open.practice.Exercises
	must[*exercises.Exercise](t)(own.Add(t.Context(), must[[]byte](t)(e.Encode())))
	p.inCase(id, func(ctx context.Context, c *store.Case) {
		if err := c.Menu.Offer(ctx, store.Offer{Exercise: e.ID}); err != nil {
			t.Fatal(err)
		}
	})
	e.Closeness, e.Gate, e.Title = exercises.MostCloseness, exercises.Practitioner, "Two warm stones"
	must[*exercises.Exercise](t)(own.Add(t.Context(), must[[]byte](t)(e.Encode())))
	p.chooses("The menu")
	p.chooses("Open")
	p.seesNot("warm")
	p.chooses("Put to rest")
	p.sees("Two warm stones")
	p.chooses("Offer again")
	p.sees("This is gone through with the people first")
	p.chooses("Gone through with them today: No")
	p.chooses("Offer again")
	if item := p.onMenu(id, e.ID); item.Closeness != exercises.MostCloseness || item.Title != "Two warm stones" || len(item.Off) > 0 {
		t.Errorf("%+v", item)
	}
	p.locks()
}

// brings takes an exercise from a file, by typing where it is.
func (p *person) brings(path string) {
	p.t.Helper()
	p.chooses("Bring one in from a file…")
	p.focusOn("Folder or file")
	p.clears()
	p.types(path + "\n")
}

// paper returns what is written on a PDF of ours.
func paper(t testing.TB, pdf []byte) string {
	t.Helper()
	words, err := papers.Words(pdf)
	if err != nil {
		t.Fatal(err)
	}
	return words
}

// On paper stands what is offered and can begin, with the notes to everybody; nothing
// of anybody, no reason, nothing that the office alone reads, and no code unless it was
// asked for.
func TestOfficeHandOuts(t *testing.T) {
	p, _, id := officeWithCase(t)
	p.inCase(id, func(ctx context.Context, c *store.Case) {
		people := must[[]store.Member](t)(c.People.All(ctx))
		note := c.Notes.New(store.Joint, store.ID{}, store.Template{Name: store.DAP, Keys: []string{"data"}})
		note.Sections[0].Text = "canarynote"
		must[store.Note](t)(c.Notes.Save(ctx, note))
		for _, err := range []error{
			p.w.open.practice.Relabel(ctx, id, "canarylabel"),
			c.Menu.Offer(ctx, store.Offer{Exercise: "C2", Override: "canaryreason", Note: "Warmer than soup"}),
			c.Menu.Offer(ctx, store.Offer{Exercise: "J1"}),
			c.Menu.Offer(ctx, store.Offer{Exercise: "A1", Note: "canaryresting"}), c.Menu.Rest(ctx, "A1"),
			c.Menu.Offer(ctx, store.Offer{Exercise: "C3", Note: "canarylimited"}),
			c.Limits.Set(ctx, store.Limit{Member: people[1].ID, Closeness: 1, Exercises: []string{"C3"}}),
		} {
			if err != nil {
				t.Fatal(err)
			}
		}
	})
	library := must[*exercises.Library](t)(exercises.English())
	folder := t.TempDir()
	saves := func(name string) string {
		t.Helper()
		p.chooses("Choose a folder…")
		p.focusOn("Folder or file")
		p.clears()
		p.types(folder + "\n")
		p.sees("Saved as " + name + ".")
		return paper(t, must[[]byte](t)(os.ReadFile(filepath.Join(folder, name))))
	}
	holds := func(what, words string, want []string, never ...string) {
		t.Helper()
		for _, w := range want {
			if !strings.Contains(words, w) {
				t.Errorf("%s lacks %q: %s", what, w, words)
			}
		}
		for _, w := range append(never, "canary", "Ada", "Ben", "seen alone", "Cannot begin", "limit", "switched off", library.Find("A1").Title, library.Find("C3").Title) {
			if strings.Contains(words, w) {
				t.Errorf("%s holds %q: %s", what, w, words)
			}
		}
	}
	six, thanks := library.Find("C2").Title, library.Find("J1").Title
	p.chooses("The menu")
	p.chooses("Menu of the week as PDF…")
	holds("the menu", saves("sheet.pdf"), []string{six, thanks, "Warmer than soup", "Being on the menu is never a yes for tonight."}, "K-12")
	p.chooses("Menu of the week as PDF…")
	p.chooses("Code of the case on the sheet: No")
	holds("the menu with its code", saves("sheet-2.pdf"), []string{six, thanks, "K-12"})
	p.chooses("K-12")
	p.looksUp(six)
	p.chooses("Save as PDF…")
	words := saves("sheet-3.pdf")
	holds("a hand-out", words, []string{six, "Warmer than soup"}, thanks, "K-12")
	if !slices.ContainsFunc(library.Find("C2").Steps, func(s exercises.Step) bool { return strings.Contains(words, s.Title) }) {
		t.Errorf("a hand-out without its steps: %s", words)
	}
	p.chooses("Save as PDF…")
	p.chooses("Your note on the sheet: Yes")
	holds("a hand-out without its note", saves("sheet-4.pdf"), []string{six}, "soup")
	// What cannot begin now is not handed out.
	p.chooses("The menu you offer")
	p.chooses("K-12")
	p.looksUp(library.Find("C3").Title)
	if p.offers("Save as PDF…") {
		t.Error("what cannot begin can be handed out")
	}
	p.sees("It can be handed out on paper once")
	p.locks()
}
