package window

import (
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
)

// menuWords are all words of the main menu, and the title of the window.
func (p *person) menuWords() (all []string) {
	for _, m := range p.w.win.MainMenu().Items {
		all = append(all, m.Label)
		for _, i := range m.Items {
			all = append(all, i.Label)
		}
	}
	return append(all, p.w.win.Title())
}

// A cover is what can be seen of a window: as a picture, as text, and around it.
type cover struct {
	picture []byte
	text    string
	around  []string
}

func (p *person) covered() cover { return cover{p.picture(), p.reads(), p.menuWords()} }

// covers are what a home shows where it is hidden, and where it locked itself.
func covers(t *testing.T) (hidden, locked cover) {
	t.Helper()
	for _, leave := range []struct {
		by   func(*person)
		into *cover
	}{
		{func(p *person) { p.menu("Hide now") }, &hidden},
		{func(p *person) { p.everySecond(5 * time.Minute) }, &locked},
	} {
		p, _ := newHome(t)
		p.menu("New entry")
		leave.by(p)
		*leave.into = p.covered()
	}
	return hidden, locked
}

func sameCover(t *testing.T, what string, got, want cover) {
	t.Helper()
	samePicture(t, what, got.picture, want.picture)
	if got.text != want.text {
		t.Errorf("%s: the screen says\n%s\nand that of a home\n%s", what, got.text, want.text)
	}
	if !slices.Equal(got.around, want.around) {
		t.Errorf("%s: around it stands %q, and around a home %q", what, got.around, want.around)
	}
}

// Hidden or locked by itself, an office looks as a home does, byte for byte, whatever room
// was open, and with a sheet above it, too.
func TestOfficeIsCovered(t *testing.T) {
	hidden, locked := covers(t)
	p, dir, _ := officeWithCase(t)
	p.chooses("Write")
	p.writesNote("walnut")
	p.toCase("K-12")
	rooms := map[string]func(p *person){
		"the caseload": func(p *person) { p.menu("Caseload") },
		"forms":        func(p *person) { p.menu("Forms") },
		"data":         func(p *person) { p.menu("My data") },
		"the case":     func(*person) {},
		"a meeting":    func(p *person) { p.chooses("Open") },
		"a note":       func(p *person) { p.chooses("New note"); p.writesNote("quillwort") },
		"its history": func(p *person) {
			p.chooses("New note")
			p.writesNote("quillwort")
			p.signsOff("Sign")
			p.chooses("History")
		},
		"all notes": func(p *person) { p.chooses("All notes, and search") },
		"apart":     func(p *person) { p.atApart("Process", ""); p.writesNote("quillwort") },
		"second unlock": func(p *person) {
			p.chooses("Safety plan of Ada")
			p.types("half a passphrase")
		},
	}
	for _, room := range p.roomsOf() {
		rooms[room] = func(p *person) { p.chooses(room) }
	}
	if len(rooms) < 20 {
		t.Fatalf("only %d rooms", len(rooms))
	}
	for room, enter := range rooms {
		for name, leave := range map[string]struct {
			by   func()
			want cover
		}{
			"hidden": {func() { p.menu("Hide now") }, hidden},
			"locked": {func() { p.everySecond(5 * time.Minute) }, locked},
		} {
			if name == "locked" && room != "a note" && room != "apart" && room != "its history" && room != "the case" {
				continue // the same way out, and slower
			}
			p.toCase("K-12")
			enter(p)
			practice := p.w.open.practice
			leave.by()
			sameCover(t, room+" "+name, p.covered(), leave.want)
			if p.w.open != nil || p.w.shell != nil {
				t.Errorf("%s, %s: the office is still open", room, name)
			}
			if until := practice.StepUpUntil(); !until.IsZero() {
				t.Errorf("%s, %s: the second unlock lasts until %v", room, name, until)
			}
			for _, o := range p.everything() {
				if told, ok := o.(fyne.Accessible); ok && strings.Contains(told.AccessibilityLabel(), "K-12") {
					t.Errorf("%s, %s: a reader of the screen hears of the case", room, name)
				}
			}
			p = atOffice(t, dir)
		}
	}
	p.locks()
}

// What was being written is found again after hiding, each in its place, and the second
// unlock is asked for anew.
func TestHiddenWordsAreFoundAgain(t *testing.T) {
	p, dir, _ := officeWithCase(t)
	hides := func() {
		t.Helper()
		p.menu("Hide now")
		p.seesNot("quillwort")
		p.presses(fyne.KeySpace)
		if len(p.replaced) != 1 {
			t.Fatal("nobody could come back")
		}
		p = atOffice(t, dir)
		p.toCase("K-12")
	}
	p.chooses("Write")
	p.writesNote("quillwort")
	hides()
	p.chooses("Write")
	p.sees("quillwort")
	p.atApart("Process", "")
	p.writesNote("hornwort")
	p.wait()
	hides()
	p.chooses("Write")
	p.turnsTo("Process")
	p.seesNot("hornwort")
	p.sees("Behind the second unlock")
	p.atApart("Process", "")
	p.sees("hornwort")
	p.toCase("K-12")
	for room, finds := range map[string]func(){
		"Treatment plan": func() { p.chooses("Write the plan") },
		"Sexual history": func() {},
	} {
		p.chooses(room)
		finds()
		p.writesNote("spleenwort " + room)
		hides()
		p.chooses(room)
		if p.offers("Go on writing") {
			p.chooses("Go on writing")
		}
		p.reaches("spleenwort " + room)
		p.toCase("K-12")
	}
	p.locks()
}

// Hiding a form in somebody else's hands closes the office: whoever comes back needs the
// practitioner's passphrase, at every step of it and at its end.
func TestHiddenHandOver(t *testing.T) {
	hidden, _ := covers(t)
	for name, steps := range map[string][]string{
		"welcome": {}, "form": {"Begin"}, "end": {"Hand it back"}, "passphrase": {"Hand it back", "For the practitioner"},
	} {
		p, dir, _ := officeWithCase(t)
		p.chooses("Feedback")
		p.chooses("Feedback of Ben")
		p.chooses("Hand over…")
		p.onSheet("Show the form")
		for _, step := range steps {
			p.chooses(step)
		}
		if name == "form" {
			p.writesNote("quillwort")
		}
		p.menu("Hide now")
		sameCover(t, "hand over "+name, p.covered(), hidden)
		for _, way := range []string{"Caseload", "Forms", "My data"} {
			if slices.Contains(p.menuWords(), way) {
				t.Errorf("%s: the menu leads to %s", name, way)
			}
		}
		p.presses(fyne.KeySpace)
		if len(p.replaced) != 1 || p.w.open != nil {
			t.Errorf("%s: %d new beginnings", name, len(p.replaced))
		}
		q := sit(t, p.w.o.Folder, dir)
		q.sees("Welcome back.")
		q.seesNot("K-12")
		q.seesNot("quillwort")
		q.types("not this one\n")
		q.sees("This does not open anything here.")
		q.types(passA + "\n")
		q.sees("K-12")
		q.locks()
	}
}
