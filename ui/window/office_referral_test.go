package window

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	store "ebb/vault/practice"
)

// Contacts for referral are kept, changed and taken off; they are the same in every
// case, and no name without a visible character is kept.
func TestReferralsOfAnOffice(t *testing.T) {
	p, dir := newOffice(t)
	p.tall()
	p.caseOf("K-1", "", "Ada", "Ben")
	p.caseOf("K-2", "", "Cleo", "Dan")
	p.menu("Caseload")
	p.chooses("K-1")
	p.chooses("Whom to refer to")
	p.sees("Nobody on the list yet.")
	p.chooses("Add somebody")
	p.focusOn("What they do")
	p.types("physician")
	p.chooses("Keep")
	p.sees("There is a line that needs a word in it.")
	p.focusOn("Name")
	p.writesOver(strings.Repeat("long ", 2000))
	p.chooses("Keep")
	p.sees("This is longer than fits here.")
	p.writesOver("Dr Elm\u202e\x07")
	p.chooses("Keep")
	p.sees("Dr Elm · physician")
	p.locks()
	p = atOffice(t, dir)
	p.tall()
	p.chooses("K-2")
	p.chooses("Whom to refer to")
	p.sees("Dr Elm · physician")
	p.chooses("Change…")
	p.focusOn("How to reach them")
	p.types("mornings")
	p.chooses("Keep")
	p.sees("mornings")
	p.chooses("Change…")
	p.presses("Escape")
	p.chooses("Change…")
	p.chooses("Take off the list")
	p.sees("Take this off the list?")
	p.presses("Escape")
	p.sees("Dr Elm · physician")
	p.chooses("Change…")
	p.chooses("Take off the list")
	p.chooses("Take off the list")
	p.sees("Nobody on the list yet.")
	p.chooses("K-2")
	p.sees("Who is part of it")
}

// TestOfficeReferralPages is TestPages for the contacts for referral.
func TestOfficeReferralPages(t *testing.T) {
	inLooks(t, officeLooks, func(t *testing.T, a *album) {
		p := a.office()
		shows := func(name string) { a.shows(p, name) }
		p.caseOf("Case 9", "", "Ada", "Ben")
		for _, r := range []store.Referral{
			{Name: "Dr Elm", Field: "physician", Reach: "020 7946 0012, mornings", Remark: "Takes time for questions."},
			{Name: longName, Field: "pelvic-floor physiotherapist", Reach: "12 Willow Walk, second floor, with a lift"},
		} {
			must[store.ID](t)(p.w.open.practice.Referrals.Put(t.Context(), r))
		}
		p.menu("Caseload")
		p.tall()
		p.chooses("Case 9")
		p.chooses("Whom to refer to")
		p.w.win.Resize(fyne.NewSize(1180, 760))
		shows("office-referral")
	})
}
