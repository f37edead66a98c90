package window

import (
	"context"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"ebb/ui/kit"
	"ebb/ui/lang"
	store "ebb/vault/practice"
)

// inSight lists the texts that can be seen without scrolling, where they stand.
func (p *person) inSight() map[string]box {
	size := p.w.Canvas().Size()
	seen := map[string]box{}
	for _, b := range boxes(p.uppermost(), fyne.Position{}, box{"", 0, 0, size.Width, size.Height, size.Height}, nil) {
		if _, twice := seen[b.text]; !twice && b.bottom-b.top >= b.height-1 {
			seen[b.text] = b
		}
	}
	return seen
}

// What is needed at five to nine stands on the first screen of a case: whom one sees,
// what is due, the next meeting, the last notes, and the ways on. In large text the same
// parts stand below each other, and the rooms come after the notes.
func TestCaseBeginsWithWhatIsNeeded(t *testing.T) {
	p, _ := newOffice(t)
	p.fillsOffice()
	p.menu("Caseload")
	p.chooses("Case 14")
	seen := p.inSight()
	for _, text := range []string{
		"Case 14", "evenings, second room", "New meeting", "New note", "Ada", "Ben", "Before you call", "Safety plan",
		"A note to finish", "Consents", "Friday, 6 March, 16:30", "Tuesday, 17 February", "The menu", "Prepare: on the table",
	} {
		if _, ok := seen[text]; !ok {
			t.Errorf("%q is not on the first screen", text)
		}
	}
	if due, people := seen["What is due"], seen["Who is part of it"]; due.right > people.left || due.top != people.top {
		t.Errorf("what is due %v does not stand beside the people %v", due, people)
	}

	p.w.setTextSize(200)
	p.w.win.Resize(fyne.NewSize(1180, 12_000))
	seen = p.inSight()
	var before box
	for _, heading := range []string{"What is due", "Who is part of it", "Meetings", "Notes", "Contacts", "Rooms of this case", "Policy and consents"} {
		at, ok := seen[heading]
		if !ok || at.top <= before.bottom {
			t.Errorf("%q at %v does not come below what it follows, %v", heading, at, before)
		}
		before = at
	}
}

// The keyboard goes as the eye does: what is due, the people, then the meetings and
// notes, and the rooms last; each room is a line, and what it is for is told when asked.
func TestCaseByKeyboard(t *testing.T) {
	p, _, _ := officeWithCase(t)
	p.w.win.Resize(fyne.NewSize(1180, 3000))
	var order []string
	for _, o := range p.everything() {
		if b, ok := o.(*kit.Button); ok {
			order = append(order, b.AccessibilityLabel())
		}
	}
	all := strings.Join(order, "|")
	last := -1
	for _, label := range []string{"New note", "Write", "Before you call Ada", "Open", "Add a contact", "The menu", "Closing and keeping", "Forms of Ada"} {
		at := strings.Index(all, label)
		if at <= last {
			t.Errorf("%q comes too early in %s", label, all)
		}
		last = at
	}
	p.seesNot("What is offered to them")
	p.chooses("What each is for")
	p.sees("What is offered to them")
	p.presses("Escape")
	p.seesNot("What is offered to them")
}

// Of many meetings the page shows the next and the latest two, and more when asked; of
// those that are planned far ahead none hides the next.
func TestCaseShowsTheNextMeeting(t *testing.T) {
	p, _, id := officeWithCase(t) // one was yesterday
	for week := range 14 {
		p.meets(id, evening.AddDate(0, 0, 7*(week+1)), store.ID{})
		p.meets(id, evening.AddDate(0, 0, -7*(week+1)), store.ID{})
	}
	p.menu("Caseload")
	p.chooses("K-12")
	p.w.win.Resize(fyne.NewSize(1180, 6000))
	p.sees("Wednesday, 11 March")
	p.sees("Wednesday, 25 February, 20:30 Everybody")
	p.seesNot("Wednesday, 18 March")
	p.seesNot("Wednesday, 18 February, 20:30 Everybody")
	p.chooses("Show more meetings")
	p.sees("Wednesday, 20 May")
	p.seesNot("Wednesday, 3 June")
	p.chooses("Show more meetings")
	p.sees("Wednesday, 10 June")
	for _, o := range p.everything() {
		if b, ok := o.(*kit.Button); ok && b.AccessibilityLabel() == "Show more meetings" {
			t.Error("all are shown, and it offers more")
		}
	}
}

// Contacts beyond the newest are there when asked for.
func TestCaseShowsMoreContacts(t *testing.T) {
	p, _, id := officeWithCase(t)
	p.inCase(id, func(ctx context.Context, c *store.Case) {
		for i := range 5 {
			must[store.Contact](t)(c.Contacts.Put(ctx, store.Contact{At: evening.Add(-time.Duration(i) * time.Hour), Way: "call", Words: string(rune('A'+i)) + " was told"}))
		}
	})
	p.menu("Caseload")
	p.chooses("K-12")
	p.tall()
	p.sees("C was told")
	p.seesNot("D was told")
	p.chooses(lang.T("practice-case.more-contacts"))
	p.sees("E was told")
}
