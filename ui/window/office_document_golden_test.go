package window

import (
	"context"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	store "ebb/vault/practice"
)

// TestOfficeDocumentPages is TestPages for the texts, the templates and the settings of
// an office.
func TestOfficeDocumentPages(t *testing.T) {
	officePages(t, func(t *testing.T, p *person, shows func(name string)) {
		ctx := context.Background()
		office := p.w.open.practice
		p.publishes(store.PolicyLimited)
		for _, err := range []error{
			office.Documents.SaveDraft(ctx, store.PolicyOpen, longWord+"\n\n"+mixed+"\n"+longWord+" and a paragraph about [a place that is not filled in] below it."),
			office.Templates.Put(ctx, store.Template{Name: "Evening with " + longName[:60], Keys: []string{"Weather between them", longName, "Plan"}, Prompts: []string{"As each says it. " + mixed, longWord}}),
			office.SetCover(ctx, store.Cover{Supervisor: mixed + " " + longWord, Hours: "every other Friday at nine", Locum: "Dr Alma Orr, 020 7946 0000"}),
		} {
			if err != nil {
				t.Fatal(err)
			}
		}
		p.menu("Forms")
		shows("office-forms")
		p.inRow(limitedForm, "Read and change…")
		shows("office-document")
		p.menu("Forms")
		p.inRow(openForm, "Read and change…")
		p.chooses("Go on writing")
		shows("office-document-draft")
		p.menu("Forms")
		p.inRow(noticeUS, "Read and change…")
		shows("office-notice")
		p.chooses("Change…")
		p.w.Canvas().Unfocus()
		shows("office-notice-edit")
		p.chooses("Put in use…")
		shows("office-notice-open")
		p.presses(fyne.KeyEscape)
		p.menu("Your practice")
		shows("office-practice")
		p.chooses("Open the templates")
		shows("office-templates")
		p.inRow("Evening with "+longName[:60], "Change…")
		shows("office-template")
	})
}

// TestOfficeDayPages is TestPages for the day of a practice and its help.
func TestOfficeDayPages(t *testing.T) {
	officePages(t, func(t *testing.T, p *person, shows func(name string)) {
		id := p.caseOf("K-12", mixed+" Thursdays, blue folder", longName, "Ben")
		p.inCase(id, func(ctx context.Context, c *store.Case) {
			ada := must[[]store.Member](t)(c.People.All(ctx))[0]
			if err := c.People.SetSheet(ctx, ada.ID, store.Sheet{CodeWord: "“the parcel”, " + longWord}); err != nil {
				t.Fatal(err)
			}
		})
		m := p.meets(id, evening.Add(26*time.Hour), store.ID{})
		p.inCase(id, func(ctx context.Context, c *store.Case) {
			ada := must[[]store.Member](t)(c.People.All(ctx))[0]
			if err := c.Meetings.Attend(ctx, m.ID, store.Attendance{Member: ada.ID, State: store.Present, Video: true, Place: "at home"}); err != nil {
				t.Fatal(err)
			}
		})
		p.menu("Caseload")
		p.chooses("K-12")
		p.chooses("Time alone")
		shows("office-time-alone")
		p.chooses("K-12")
		p.chooses("Code and label…")
		shows("office-code-label")
		p.presses(fyne.KeyEscape)
		p.chooses("Open")
		p.focusOn("Where they are")
		shows("office-meeting-video")
		p.menu("Help & contacts")
		p.chooses("What Ebb does not do")
		shows("office-help-not")
	})
}

const limitedForm = "What you tell me alone: the limited form"

// officePages runs a walk through an office in each look, and compares what it shows.
func officePages(t *testing.T, walk func(t *testing.T, p *person, shows func(name string))) {
	inLooks(t, officeLooks, func(t *testing.T, a *album) {
		p := a.office()
		walk(t, p, func(name string) {
			t.Helper()
			p.tidy(name)
			a.shows(p, name)
		})
	})
}
