package window

import (
	"context"
	"slices"
	"testing"
	"time"

	store "ebb/vault/practice"
)

// TestOfficePages is TestPages for an office.
func TestOfficePages(t *testing.T) {
	inLooks(t, officeLooks, func(t *testing.T, a *album) {
		p := a.office()
		shows := func(name string) {
			t.Helper()
			if a.look.size > 100 && !slices.Contains(largeOffice, name) {
				return
			}
			a.shows(p, name)
		}
		p.menu("Caseload")
		shows("office-caseload-empty")
		p.menu("New case")
		p.types("Case 14\n")
		p.types("evenings, second room\n")
		p.types("Ada\n")
		p.types("Ben\n")
		shows("office-second-unlock")
		p.presses("Escape")
		shows("office-new-case")
		p.menu("Caseload")
		shows("office-unkept")
		p.chooses("Forget it")
		p.fillsOffice()
		p.menu("Caseload")
		shows("office-caseload")
		p.chooses("Case 14")
		shows("office-case")
		p.chooses("Before you call Ada")
		shows("office-before-you-call")
		p.presses("Escape")
		p.chooses("About Ada")
		shows("office-member")
		p.chooses("Case 14")
		p.chooses("Write")
		p.writesNote("Both came. They spoke about the six quiet minutes, and how it is to end something early and kindly.",
			"Talk about closeness stays calmer when it has a beginning and an end. The low-desire partner spoke first.", "Keep the weekly talk at twenty minutes.")
		shows("office-note")
		p.chooses("Sign and lock…")
		shows("office-note-sign")
		p.presses("Escape")
		p.turnsTo("Process")
		shows("office-note-locked")
		p.chooses("Unlock…")
		p.types(passA + "\n")
		p.writesNote("What stays with me is the pause before the answer.")
		shows("office-note-process")
		p.turnsTo("Safety")
		shows("office-note-safety")
		p.chooses("Case 14")
		p.chooses("Open") // the meeting to come
		shows("office-meeting")
		p.chooses("Case 14")
		p.chooses("Add a contact")
		shows("office-contact")
		p.chooses("Case 14")
		p.chooses("Forms of Ada")
		shows("office-forms-of")
		p.chooses("Hand over…")
		p.chooses("Show the form")
		shows("office-hand-over")
		p.chooses("Begin")
		shows("office-hand-over-form")
		p.chooses("Hand it back")
		shows("office-hand-over-end")
		p.chooses("For the practitioner")
		shows("office-hand-over-rest")
		p.types(passA + "\n")
		p.menu("Caseload")
		p.chooses("Case 31")
		shows("office-case-new")
		p.menu("My data")
		shows("office-data")
		p.menu("Settings")
		shows("office-settings")
	})
}

// largeOffice are the pages that are also looked at in large text.
var largeOffice = []string{"office-caseload", "office-case", "office-new-case", "office-note", "office-note-locked", "office-member", "office-forms-of", "office-hand-over-form"}

// fillsOffice grows seven invented cases.
func (p *person) fillsOffice() {
	p.t.Helper()
	p.publishes(store.PolicyLimited, store.ExercisesConsent)
	ids := map[string]store.ID{}
	for _, c := range []struct {
		code, label string
		next        time.Duration
		names       []string
	}{
		{"Case 14", "evenings, second room", 44 * time.Hour, []string{"Ada", "Ben"}},
		{"Case 22", "online", 60 * time.Hour, []string{"Cleo", "Dan"}},
		{"Case 09", "", 87 * time.Hour, []string{"Esi", "Finn", "Gül"}},
		{"Case 31", "first meetings alone", 0, []string{"Hana", "Ivo"}},
		{"Case 17", "monthly, and with a label that is so long that it takes more than a line", 300 * time.Hour, []string{"Jo", "Kim"}},
		{"Case 05", "", 0, []string{"Lea", "Mio"}},
		{"Donaudampfschifffahrt-28", "with interpreter", 400 * time.Hour, []string{"Nia", "Oz"}},
	} {
		id := p.caseOf(c.code, c.label, c.names...)
		ids[c.code] = id
		if c.next > 0 {
			p.meets(id, evening.Add(c.next), store.ID{})
		}
	}
	first := ids["Case 14"]
	past := p.meets(first, evening.Add(-27*time.Hour), store.ID{})
	p.signs(first, store.PolicyLimited)
	p.inCase(first, func(ctx context.Context, c *store.Case) {
		people := must[[]store.Member](p.t)(c.People.All(ctx))
		ada := people[0]
		ada.Pronouns, ada.Description = "she/they", "Bisexual. “Married to Ben, and also to the garden.”"
		ada.Ask = "Ask me whether I want to sit near the door."
		for _, err := range []error{
			c.People.Set(ctx, ada),
			c.People.SetSheet(ctx, ada.ID, store.Sheet{Number: "020 7946 0011, after six", Voicemail: store.VoicemailNeutral, Times: "Tuesday and Thursday, after six", CodeWord: "“the parcel”"}),
			c.Screening.SeenAlone(ctx, ada.ID, "2026-02-10"),
			c.Limits.Set(ctx, store.Limit{Closeness: 2}),
		} {
			if err != nil {
				p.t.Fatal(err)
			}
		}
		must[store.ID](p.t)(c.Reviews.Put(ctx, store.ReviewConsents, "2026-03-03"))
		must[store.ID](p.t)(c.Reviews.Put(ctx, store.ReviewIndividual, "2026-04-01"))
		must[store.Document](p.t)(c.Consents.Issue(ctx, store.ExercisesConsent))
		must[store.Contact](p.t)(c.Contacts.Put(ctx, store.Contact{Member: ada.ID, At: evening.Add(-50 * time.Hour), Way: "call", Incoming: true, Words: "Asked to come ten minutes later on Tuesday."}))
		note := c.Notes.New(store.Joint, store.ID{}, store.Template{Name: store.DAP, Keys: []string{"data", "assessment", "plan"}})
		note.Date = "2026-02-17"
		note.Sections[0].Text = "Both came. They spoke about the six quiet minutes."
		note = must[store.Note](p.t)(c.Notes.Save(ctx, note))
		if err := c.Notes.Sign(ctx, note.ID); err != nil {
			p.t.Fatal(err)
		}
		_ = past
	})
	p.inCase(ids["Case 09"], func(ctx context.Context, c *store.Case) {
		must[store.ID](p.t)(c.Reviews.Put(ctx, store.ReviewFeedback, "2026-03-04"))
	})
	p.meets(ids["Case 31"], evening.Add(-5*24*time.Hour), store.ID{})
}
