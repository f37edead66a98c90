//go:build realwindow && gallery

package window

import "testing"

// What lies in the rooms of a case: one person at a time, meetings, notes and their
// history, what is prepared, and what is behind the second unlock.
func TestGalleryCase(t *testing.T) {
	for suffix, preferences := range looks {
		t.Run("case"+suffix, func(t *testing.T) {
			g := openOffice(t, preferences)
			g.entersOffice()
			g.peoplePages(suffix)
			g.meetingPages(suffix)
			g.notePages(suffix)
			g.onePersonPages(suffix)
			g.workPages(suffix)
		})
	}
}

const (
	two  = "K-03. the lighthouse"
	some = "K-11. the greenhouse"
	four = "K-26. after the phone call"
)

func (g gallery) peoplePages(suffix string) {
	g.into(four)
	g.take("case-of-four" + suffix)
	g.into(two)
	g.opens("About Ilse", 0)
	g.waitThere("Pronouns")
	g.take("member" + suffix)
	g.room(some, "Between each two", "What each two of them call")
	g.take("pairs" + suffix)
	g.into(two)
	g.opens("Safety plan of Ilse", 0)
	g.WaitFocus("Passphrase")
	g.enter(officeWords)
	g.WaitText("Kept apart: what Ilse told about their safety.")
	g.take("safety-plan" + suffix)
	g.room(two, "Whom to refer to", "Dr. Ada Novak")
	g.take("referrals" + suffix)
	g.opens("Change…", 0)
	g.WaitFocus("Name")
	g.take("referral" + suffix)
	g.Key("Escape")
}

func (g gallery) meetingPages(suffix string) {
	g.into(four)
	g.opens("Open", 1) // the one that was
	g.WaitText("Who was there")
	g.take("meeting" + suffix)
	g.into(two)
	g.opens("Add a contact", 0)
	g.waitThere("In a line")
	g.take("contact" + suffix)
}

func (g gallery) notePages(suffix string) {
	g.room(two, "All notes, and search", "Joint and individual notes.")
	g.take("notes" + suffix)
	g.opens("Search the notes of this case", 0)
	g.Type("plumber")
	g.WaitGone("Marijke alone")
	g.opens("Open", 0)
	g.WaitText("History")
	g.take("note-signed" + suffix)
	g.opens("Amend…", 0)
	g.waitThere("Sign the amendment…")
	g.take("note-amend" + suffix)
}

func (g gallery) onePersonPages(suffix string) {
	g.room(two, "Check-ins on paper", "What was handed in")
	g.take("check-ins-of" + suffix)
	g.opens("Enter a filled sheet…", 0)
	g.waitThere("Day on the sheet")
	g.take("check-in-enter" + suffix)
	g.opens("Enter these two…", 0)
	g.WaitFocus("Passphrase")
	g.enter(officeWords)
	g.waitThere("Put them out of sight")
	g.reach("Put them out of sight", 0)
	g.take("check-in-apart" + suffix)
	g.Key("ctrl+1")
	g.room(two, "Sexual history", "Nothing here has to be asked")
	g.opens("Read it as a whole", 0)
	g.WaitText("Words that are hers")
	g.take("history" + suffix)
	g.room(two, "Progress log", "One person at a time, in words.")
	g.opens("Progress of Ilse", 0)
	g.WaitText("Written down")
	g.take("progress-of" + suffix)
	g.room(two, "Feedback", "From each person alone, and to you.")
	g.opens("Feedback of Marijke", 0)
	g.WaitText("What Marijke said")
	g.take("feedback-of" + suffix)
	g.opens("Write it down…", 0)
	g.waitThere("Keep what they said")
	g.take("feedback-form" + suffix)
}

func (g gallery) workPages(suffix string) {
	g.room(two, "Treatment plan", "The plan as it is")
	g.opens("Write the next version", 0)
	g.waitThere("Keep as version 3")
	g.take("plan-edit" + suffix)
	g.room(two, "Plan time alone", "It comes round again")
	g.take("individual-time" + suffix)
	g.room(two, "Time alone", "This page keeps days.")
	g.opens("Read the interview guide", 0)
	g.WaitText("If somebody tells of danger")
	g.take("interview-guide" + suffix)
	g.room(two, "The menu", "A menu, not a course")
	g.opens("Open", 0)
	g.waitThere("Put to rest")
	g.take("offer" + suffix)
	g.room(two, "Progress log", "One person at a time, in words.")
	g.opens("Show…", 0)
	g.waitThere("Show them")
	g.take("released-asked" + suffix)
	g.opens("Show them", 0)
	g.WaitText("Ilse and Marijke")
	g.take("released" + suffix)
	g.room("K-21. the slow bridge", "Files", "What is attached")
	g.take("file-attached" + suffix)
}
