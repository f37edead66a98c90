package window

import (
	"context"
	"os"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"ebb/scripts/interpose"
	store "ebb/vault/practice"
)

// onFullDisk does something while there is no room below a folder: nothing is written,
// and nothing new is made. What a person does is done on a thread of its own.
func (p *person) onFullDisk(folder string, do func()) {
	p.t.Helper()
	if p.w.shell != nil { // what can be cancelled is done on other threads
		p.w.shell.context = context.WithoutCancel(p.w.shell.context)
	}
	refused := 0
	err := interpose.Watch(folder, func(c interpose.Call) interpose.Answer {
		if c.Op.Changes() && c.Op != interpose.Remove && c.Op != interpose.Touch || c.Op == interpose.Sync {
			refused++
			return interpose.Answer{Errno: syscall.ENOSPC}
		}
		return interpose.Answer{}
	}, func() error {
		do()
		return nil
	})
	switch {
	case err != nil:
		p.t.Fatal(err)
	case p.t.Failed():
		p.t.FailNow() // what do ended was the thread
	case refused == 0:
		p.t.Fatal("nothing was to be written")
	}
}

const diskIsFull = "The disk is full"

// On a full disk words stay on the screen, in whatever drawer they belong to, and no way
// leads away from them; they are drafts as soon as there is room.
func TestNotesOnAFullDisk(t *testing.T) {
	for name, at := range map[string]func(p *person){
		"joint":   func(p *person) { p.chooses("New note") },
		"process": func(p *person) { p.atApart("Process", "") },
		"safety":  func(p *person) { p.atApart("Safety", "Ben") },
	} {
		t.Run(name, func(t *testing.T) {
			p, dir, _ := officeWithCase(t)
			folder := filepath.Dir(dir)
			at(p)
			p.onFullDisk(folder, func() {
				p.writesNote("quillwort")
				p.wait()
				p.sees(diskIsFull)
			})
			p.wait() // nobody has to type for it
			p.sees("Draft kept.")
			p.onFullDisk(folder, func() {
				for _, way := range []func(){
					func() { p.menu("Caseload") }, func() { p.chooses("K-12") }, func() { p.turnsAway() }, func() { p.menu("Keep what I wrote") },
				} {
					way()
					p.sees("quillwort")
				}
			})
			p.wait()
			p.sees("Draft kept.")
			p.onFullDisk(folder, func() {
				p.writesNote("quillwort and hornwort")
				p.menu("Lock")
				p.sees(diskIsFull)
				p.seesNot("wort")
				p.chooses("Try again")
				p.sees(diskIsFull)
			})
			if len(p.replaced) != 0 {
				t.Fatal("the program was replaced, and the words with it")
			}
			p.chooses("Try again")
			p = atOffice(t, dir)
			p.toCase("K-12")
			at(p)
			p.sees("quillwort and hornwort")
			p.locks()
		})
	}
}

// turnsAway tries to go to another tab of the composer.
func (p *person) turnsAway() {
	p.t.Helper()
	p.focusOn("Who it is for")
	p.presses("Right")
	p.presses("Space")
}

// The time of the second unlock is up while the disk is full: the words leave the screen
// and are held, and nothing but them is done with the keys, until there is room.
func TestSecondUnlockEndsOnAFullDisk(t *testing.T) {
	for name, goesOn := range map[string]func(p *person, folder, dir string) *person{
		"there is room": func(p *person, _, _ string) *person {
			p.strikes(time.Second)
			p.sees("What lies here opens with your passphrase")
			if until := p.w.open.practice.StepUpUntil(); !until.IsZero() {
				t.Errorf("the second unlock lasts until %v", until)
			}
			return p
		},
		"unlocked again": func(p *person, folder, _ string) *person {
			p.chooses("Unlock…")
			p.types(passA + "\n")
			p.sees("quillwort")
			p.wait()
			p.sees("Draft kept.")
			return p
		},
		"another tab": func(p *person, folder, _ string) *person {
			p.turnsTo("Joint")
			p.strikes(time.Second)
			return p
		},
		"lock": func(p *person, folder, dir string) *person {
			p.onFullDisk(folder, func() {
				p.menu("Lock")
				p.sees(diskIsFull)
				p.seesNot("quillwort")
			})
			p.chooses("Try again")
			return atOffice(p.t.(*testing.T), dir)
		},
		"the caseload": func(p *person, folder, dir string) *person {
			p.onFullDisk(folder, func() {
				p.menu("Caseload")
				p.sees("Your last words are off the screen")
			})
			p.menu("Caseload")
			p.sees("K-12")
			return p
		},
	} {
		t.Run(name, func(t *testing.T) {
			p, dir, _ := officeWithCase(t)
			folder := filepath.Dir(dir)
			p.atApart("Process", "")
			p.writesNote("quillwort")
			p.onFullDisk(folder, func() {
				p.everySecond(store.StepUpTime)
				p.seesNot("quillwort")
				p.sees("Your last words are off the screen")
				p.strikes(time.Second)
			})
			p = goesOn(p, folder, dir)
			p.toCase("K-12")
			p.atApart("Process", "")
			if p.offers("Wednesday, 4 March") {
				p.chooses("Wednesday, 4 March")
			}
			p.sees("quillwort")
			p.locks()
		})
	}
}

// What is done at once says that there was no room, leaves everything as it was, and
// works when there is.
func TestActsOnAFullDisk(t *testing.T) {
	for name, act := range map[string]struct {
		before, does, after func(p *person)
	}{
		"signing": {
			func(p *person) { p.chooses("New note"); p.writesNote("quillwort"); p.chooses("Sign and lock…") },
			func(p *person) { p.chooses("Sign") },
			func(p *person) { p.sees("This note is signed"); p.sees("quillwort") },
		},
		"locking a note": {
			func(p *person) { p.atApart("Process", ""); p.writesNote("quillwort"); p.chooses("Sign and lock…") },
			func(p *person) { p.chooses("Lock, sign later") },
			func(p *person) { p.sees("locked, to sign"); p.sees("quillwort") },
		},
		"entering a sheet": {
			func(p *person) {
				p.atSheet()
				p.chooses("Enter these two…")
				p.types(passA + "\n")
				p.ticks(1, "yes")
				p.writesNote("quillwort")
			},
			func(p *person) {
				p.wait() // a draft of it
				p.sees(diskIsFull)
				p.menu("Caseload")
				p.sees("quillwort")
				p.chooses("Keep")
			},
			func(p *person) { p.sees("What was handed in"); p.sees("quillwort") },
		},
		"attaching a file": {
			func(p *person) { p.chooses("Files"); p.attaches(p.letter()) },
			func(p *person) { p.chooses("Keep a copy") },
			func(p *person) { p.sees("Kept. The file that you chose is still where it was.") },
		},
		"a plan": {
			func(p *person) { p.chooses("Treatment plan"); p.chooses("Write the plan"); p.writesNote("quillwort") },
			func(p *person) { p.wait(); p.sees("quillwort") },
			func(p *person) { p.wait(); p.sees("Draft kept."); p.sees("quillwort") },
		},
		"code and label": {
			func(p *person) { p.chooses("Code and label…"); p.fillsIn("Private label", 0, "blue folder") },
			func(p *person) { p.onSheet("Keep") },
			func(p *person) { p.sees("blue folder") },
		},
	} {
		t.Run(name, func(t *testing.T) {
			p, dir, _ := officeWithCase(t)
			p.tall()
			act.before(p)
			p.onFullDisk(filepath.Dir(dir), func() {
				act.does(p)
				p.sees(diskIsFull)
			})
			switch name {
			case "a plan":
			case "entering a sheet":
				p.chooses("Keep")
			case "code and label":
				p.onSheet("Keep")
			default:
				act.does(p)
			}
			act.after(p)
			p.locks()
			p = atOffice(t, dir)
			report, err := p.w.open.practice.Check(t.Context(), nil)
			if err != nil || !report.Sound() {
				t.Errorf("%+v, %v", report, err)
			}
			p.locks()
		})
	}
}

// letter is a PDF in a folder of its own.
func (p *person) letter() string {
	path := filepath.Join(p.t.TempDir(), "letter.pdf")
	if err := os.WriteFile(path, onePDF(40), 0o600); err != nil {
		p.t.Fatal(err)
	}
	return path
}

// A full stick for backups, and full folders for what is saved, are said; nothing half of
// it is left, and the office goes on.
func TestWhatIsTakenOutOnAFullDisk(t *testing.T) {
	p, _, _ := officeWithCase(t)
	place := stick(t)
	p.menu("My data")
	p.chooses("Look")
	p.chooses("Choose…")
	p.picksFolder(place)
	p.onFullDisk(place, func() {
		p.chooses("Back up now")
		p.sees("There is no room for the copy.")
	})
	empty := func(what, dir string) {
		t.Helper()
		left, err := os.ReadDir(dir)
		if err != nil || len(left) > 0 {
			t.Errorf("%s: %v is left, %v", what, left, err)
		}
	}
	empty("a backup", place)
	p.chooses("Back up now")
	p.sees("The backup is there.")
	p.toCase("K-12")
	p.chooses("Check-ins on paper")
	paper := t.TempDir()
	saves := func() {
		p.chooses("Save the form as PDF…")
		p.chooses("Choose a folder…")
		p.picksFolder(paper)
	}
	p.onFullDisk(paper, func() {
		saves()
		p.sees(diskIsFull)
	})
	empty("a form", paper)
	if p.w.Canvas().Overlays().Top() != nil {
		p.presses("Escape")
	}
	saves()
	p.sees("Saved as sheet.pdf.")
	if p.w.Canvas().Overlays().Top() != nil {
		p.presses("Escape")
	}
	p.toCase("K-12")
	p.chooses("Closing and keeping")
	record := t.TempDir()
	takes := func() {
		p.chooses("Take out…")
		p.onSheet("Choose a folder…")
		p.picksFolder(record)
	}
	p.onFullDisk(record, func() {
		takes()
		p.sees(diskIsFull)
	})
	empty("a record", record)
	takes()
	p.sees("Saved as record.json.")
	p.locks()
}

// The ways into an office are as they were where they could not be made anew.
func TestKeysOfAnOfficeOnAFullDisk(t *testing.T) {
	for name, act := range map[string]struct {
		before, does func(p *person)
	}{
		"passphrase": {
			func(p *person) {
				p.chooses("Change it…")
				p.chooses("I would rather use my own")
				p.focusOn("The passphrase of now")
				p.types(passA + "\n")
				p.types(passNew + "\n")
			},
			func(p *person) { p.types(passNew + "\n") },
		},
		"recovery words": {
			func(p *person) { p.chooses("Recovery words…"); p.types(passA) },
			func(p *person) { p.types("\n") },
		},
	} {
		t.Run(name, func(t *testing.T) {
			p, dir, _ := officeWithCase(t)
			p.menu("My data")
			act.before(p)
			p.onFullDisk(filepath.Dir(dir), func() {
				act.does(p)
				p.sees(diskIsFull)
			})
			if len(p.replaced) == 0 {
				p.locks()
			}
			p = sit(t, filepath.Dir(dir), dir)
			p.types(passNew + "\n")
			p.sees("This does not open anything here.")
			p.types(passA + "\n")
			p.toCase("K-12")
			p.menu("My data")
			p.sees("You have none.")
			p.locks()
		})
	}
}

// What is ticked apart is held off the screen, too, where the time is up and there is no
// room, and is in its drawer as soon as there is.
func TestHalfApartOnAFullDisk(t *testing.T) {
	for _, how := range []string{"there is room", "lock"} {
		p, dir, _ := officeWithCase(t)
		p.tall()
		p.atSheet()
		p.writesNote("quillwort")
		p.chooses("Enter these two…")
		p.types(passA + "\n")
		p.ticks(0, "yes")
		p.onFullDisk(filepath.Dir(dir), func() {
			p.everySecond(store.StepUpTime)
			p.hidesPressure2()
			if how == "lock" {
				p.menu("Lock")
				p.sees(diskIsFull)
			}
		})
		if how == "lock" {
			p.chooses("Try again")
		} else {
			p.strikes(time.Second)
			if until := p.w.open.practice.StepUpUntil(); !until.IsZero() {
				t.Errorf("the second unlock lasts until %v", until)
			}
			p.locks()
		}
		p = atOffice(t, dir)
		p.tall()
		p.toCase("K-12")
		p.chooses("Check-ins on paper")
		p.chooses("Go on with the sheet…")
		p.sees("quillwort")
		p.chooses("Enter these two…")
		p.types(passA + "\n")
		p.sees("Begun earlier, and not kept yet.")
		if got := p.ticked(); len(got) != 1 {
			t.Errorf("%s: %q", how, got)
		}
		p.locks()
	}
}
