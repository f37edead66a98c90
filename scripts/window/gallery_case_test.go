//go:build realwindow && gallery

package window

import "testing"

// What lies in the rooms of a case: one person at a time, meetings, notes and their
// history, what is prepared, and what is behind the second unlock.
func TestGalleryCase(t *testing.T) {
	walks(t, map[string]func(gallery, string){
		"people": gallery.peoplePages, "meetings": gallery.meetingPages, "notes": gallery.notePages,
		"person": gallery.onePersonPages, "log": gallery.logPages, "work": gallery.workPages, "menu": gallery.offerPages,
	})
}

func (g gallery) peoplePages(suffix string) {
	g.into(four)
	g.take("case-of-four" + suffix)
	g.into(two)
	g.opens("About Ilse", 0)
	g.waitThere("Pronouns")
	g.take("member" + suffix)
	g.room(three, "Between each two")
	g.take("pairs" + suffix)
	g.into(two)
	g.opens("Safety plan of Ilse", 0)
	g.WaitFocus("Passphrase")
	g.enter(officeWords)
	g.WaitText("Kept apart: what Ilse told about their safety.")
	g.take("safety-plan" + suffix)
	g.room(two, "Whom to refer to")
	g.take("referrals" + suffix)
	g.opens("Change…", 0)
	g.WaitFocus("Name")
	g.take("referral" + suffix)
}

func (g gallery) meetingPages(suffix string) {
	g.into(four)
	g.opens("Open", 1) // the one that was
	g.waitThere("Write the note")
	g.take("meeting" + suffix)
	g.reach("Who could hear", 0)
	g.take("meeting-attendance" + suffix)
	g.into(two)
	g.opens("Add a contact", 0)
	g.waitThere("In a line")
	g.take("contact" + suffix)
}

func (g gallery) notePages(suffix string) {
	g.room(two, "All notes, and search")
	g.take("notes" + suffix)
	g.reach("Search the notes of this case", 0)
	g.Type("plumber")
	g.Wait("one note", func(s Screen) bool { return len(s.named("Open")) == 1 })
	g.opens("Open", 0)
	g.waitThere("Amend…")
	g.take("note-signed" + suffix)
	g.opens("History", 0)
	g.WaitText("Every version is there as it was written.")
	g.take("note-history" + suffix)
	g.Key("Escape")
	g.waitThere("Amend…")
	g.opens("Amend…", 0)
	g.waitThere("Sign the amendment…")
	g.take("note-amend" + suffix)
}

func (g gallery) onePersonPages(suffix string) {
	g.room(two, "Check-ins on paper")
	g.reach("Correct or remove the sheet of", 0)
	g.take("check-ins-of" + suffix)
	g.Key("Return")
	g.waitThere("Remove this sheet…")
	g.take("check-in-correct" + suffix)
	g.room(two, "Check-ins on paper")
	g.opens("Enter a filled sheet…", 0)
	g.waitThere("Day on the sheet")
	g.take("check-in-enter" + suffix)
	g.opens("Enter these two…", 0)
	g.WaitFocus("Passphrase")
	g.enter(officeWords)
	g.waitThere("Put them out of sight")
	g.reach("Put them out of sight", 0)
	g.take("check-in-apart" + suffix)
	g.room(two, "Sexual history")
	g.opens("Read it as a whole", 0)
	g.WaitText("Words that are hers")
	g.take("history" + suffix)
}

func (g gallery) logPages(suffix string) {
	g.room(two, "Progress log")
	g.opens("Progress of Ilse", 0)
	g.waitThere("Change…")
	g.take("progress-of" + suffix)
	g.reach("Change…", 0)
	g.take("progress-log" + suffix)
	g.room(two, "Progress log")
	g.opens("Show…", 0)
	g.waitThere("Show them")
	g.take("released-asked" + suffix)
	g.opens("Show them", 0)
	g.WaitText("Ilse and Marijke")
	g.take("released" + suffix)
	g.room(two, "Feedback")
	g.opens("Feedback of Marijke", 0)
	g.waitThere("Change your answer…")
	g.take("feedback-of" + suffix)
	g.opens("Write it down…", 0)
	g.waitThere("Keep what they said")
	g.take("feedback-form" + suffix)
}

func (g gallery) workPages(suffix string) {
	g.room(two, "Treatment plan")
	g.opens("Write the next version", 0)
	g.waitThere("Keep as version 3")
	g.take("plan-edit" + suffix)
	g.room(two, "Time alone")
	g.opens("Read the interview guide", 0)
	g.waitThere("Close")
	g.take("interview-guide" + suffix)
	g.room("K-21. the slow bridge", "Files")
	g.take("file-attached" + suffix)
}

func (g gallery) offerPages(suffix string) {
	g.room(two, "The menu")
	g.opens("Open", 0)
	g.waitThere("Put to rest")
	g.take("offer" + suffix)
	g.room("K-25. bad back, good jokes", "The menu")
	g.opens("Open", 1) // which cannot begin since a consent was taken back
	g.waitThere("Take it off")
	g.take("offer-cannot" + suffix)
	g.room("K-15. peace treaty", "How far the menu goes")
	g.segment("Whose limit", 1)
	g.WaitText("Near, or a brief hug")
	g.take("limits-of" + suffix)
}
