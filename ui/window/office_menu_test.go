package window

import (
	"context"
	"strings"
	"testing"
	"time"

	"ebb/exercises"
	"ebb/ui/kit"
	store "ebb/vault/practice"
)

// consents lets everybody of a case give the consent to exercises, on paper.
func (p *person) consents(id store.ID) {
	p.t.Helper()
	p.publishes(store.ExercisesConsent)
	p.inCase(id, func(ctx context.Context, c *store.Case) {
		doc := must[store.Document](p.t)(c.Consents.Issue(ctx, store.ExercisesConsent))
		for _, m := range must[[]store.Member](p.t)(c.People.All(ctx)) {
			if err := c.Consents.Decide(ctx, store.Decision{Member: m.ID, Document: doc.Name, Version: doc.Version, Hash: doc.Hash, Kind: store.Given, Method: store.OnPaper, Remark: "folder 3"}); err != nil {
				p.t.Fatal(err)
			}
		}
	})
}

// seesAlone notes that everybody of a case was seen alone.
func (p *person) seesAlone(id store.ID) {
	p.t.Helper()
	p.inCase(id, func(ctx context.Context, c *store.Case) {
		for _, m := range must[[]store.Member](p.t)(c.People.All(ctx)) {
			if err := c.Screening.SeenAlone(ctx, m.ID, ""); err != nil {
				p.t.Fatal(err)
			}
		}
	})
}

// onMenu reads how an exercise stands on the menu of a case.
func (p *person) onMenu(id store.ID, exercise string) (found store.Item) {
	p.t.Helper()
	p.inCase(id, func(ctx context.Context, c *store.Case) {
		for _, item := range must[[]store.Item](p.t)(c.Menu.Items(ctx)) {
			if item.ID == exercise {
				found = item
			}
		}
	})
	return found
}

// looksUp goes from the case to an exercise of the menu page, by its title.
func (p *person) looksUp(title string) {
	p.t.Helper()
	p.chooses("The menu")
	p.focusOn("Words in a title")
	p.types(title)
	p.chooses(title)
	p.sees("In K-12")
}

// What comes near is offered before everybody was seen alone only with a reason, and
// the reason stays where the office reads it.
func TestOfficeMenuOffersWithAReason(t *testing.T) {
	p, _, id := officeWithCase(t)
	p.chooses("The menu")
	p.sees("Nothing is on the menu yet.")
	p.sees("Nothing of affection or appreciation stands on it yet.")
	p.seesNot("touch on it")
	p.chooses("K-12")
	p.looksUp("Six quiet minutes")
	p.sees("Not on the menu")
	p.sees("Not everybody has been seen alone yet")
	p.chooses("Offer it")
	p.sees("A reason in a few words is needed.")
	if item := p.onMenu(id, "C2"); item.Exercise != nil {
		t.Errorf("offered without a reason: %+v", item)
	}
	p.types("They sit like this on the bench.") // the keyboard is where the reason goes
	p.focusOn("A note to them")
	p.types("For an evening when everyone would like it.")
	p.chooses("Offer it")
	p.sees("It is on the menu.")
	if item := p.onMenu(id, "C2"); item.State != store.Offered || len(item.Off) > 0 || item.Note != "For an evening when everyone would like it." {
		t.Errorf("%+v", item)
	}
	p.chooses("The menu you offer")
	p.sees("Offered since Wednesday, 4 March")
	p.sees("Your note to them: “For an evening when everyone would like it.”")
	p.sees("Affection and appreciation stand on it, for their own sake.")
	p.seesNot("bench")
	p.chooses("What changed")
	p.sees("They sit like this on the bench.")
	p.chooses("The menu you offer")
	p.chooses("Open")
	p.chooses("Put to rest")
	p.sees("It rests. Nobody needs a reason.")
	p.sees("Resting since")
	p.chooses("Take it off")
	p.sees("Not on the menu")
	p.chooses("The menu you offer")
	p.sees("Nothing is on the menu yet.")
	p.locks()
}

// Nothing stands above seeing everybody alone for touch: there is no field for a
// reason, and the way to what is missing is the same for each person.
func TestOfficeMenuTellsWhatIsMissing(t *testing.T) {
	p, _, id := officeWithCase(t)
	for _, title := range []string{"Shoulders, back, head", "Stopping practice"} {
		p.looksUp(title)
		p.sees("It cannot be offered now")
		p.sees("no reason stands above it")
		if p.offers("Offer it") || p.offers("Why it is offered all the same") {
			t.Errorf("%s can be offered:\n%s", title, p.reads())
		}
		for _, name := range []string{"Ada", "Ben"} {
			if !p.offers("Forms of " + name) {
				t.Errorf("no way to what is missing of %s", name)
			}
		}
		p.chooses("Forms of Ben")
		p.sees("Ben")
		p.chooses("K-12")
	}
	p.seesAlone(id)
	p.looksUp("Shoulders, back, head")
	p.sees("The consent to exercises is not in place for everybody.")
	p.seesNot("seen alone")
	p.chooses("The menu you offer")
	p.consents(id)
	p.inCase(id, func(ctx context.Context, c *store.Case) {
		if err := c.Limits.Set(ctx, store.Limit{Closeness: 1}); err != nil {
			t.Fatal(err)
		}
	})
	p.chooses("K-12")
	p.looksUp("Shoulders, back, head")
	p.sees("A limit switches it off.")
	p.seesNot("Forms of")
	p.chooses("How far the menu goes")
	p.picks("Up to", "A wider map")
	p.chooses("Keep")
	p.sees("The limit is kept.")
	p.reaches("No limit switches anything off.")
	p.chooses("The menu you offer")
	p.chooses("K-12")
	p.looksUp("Shoulders, back, head")
	p.chooses("Offer it")
	p.sees("It is on the menu.")
	p.inCase(id, func(ctx context.Context, c *store.Case) {
		ada := must[[]store.Member](t)(c.People.All(ctx))[0]
		if err := c.Consents.Decide(ctx, store.Decision{Member: ada.ID, Document: store.ExercisesConsent, Kind: store.Withdrawn, Method: store.OnScreen}); err != nil {
			t.Fatal(err)
		}
	})
	p.chooses("The menu you offer")
	p.sees("Cannot begin: the consent to exercises is not in place for everybody.")
	p.sees("There is touch on it, and no affection beside it.")
	p.seesNot("Ada") // whose it is stands on their own page
	p.locks()
}

// Closeness 4 is gone through with them, for one day.
func TestOfficeMenuGoesThroughTheWidest(t *testing.T) {
	p, _, id := officeWithCase(t)
	p.seesAlone(id)
	p.consents(id)
	const title = "A wider map, still no destination"
	p.looksUp(title)
	p.chooses("Offer it")
	p.sees("This is gone through with the people first")
	p.chooses("Gone through with them today: No")
	p.chooses("Offer it")
	p.sees("It is on the menu.")
	if p.offers("Offer again") {
		t.Error("it can be offered twice on a day")
	}
	p.now = p.now.Add(24 * time.Hour)
	p.chooses("The menu you offer")
	p.sees("Cannot begin: it was gone through with them for another day.")
	p.chooses("Open")
	p.chooses("Gone through with them today: No")
	p.chooses("Offer again")
	if item := p.onMenu(id, "D7"); len(item.Off) > 0 || item.ReviewedOn != "2026-03-05" {
		t.Errorf("%+v", item)
	}
	p.locks()
}

// A note that was changed is kept when the page is left; one that cannot be kept keeps
// the page.
func TestOfficeMenuNotes(t *testing.T) {
	p, _, id := officeWithCase(t)
	p.looksUp("Words we can both use")
	p.chooses("Offer it")
	p.focusOn("A note to them")
	p.types("Try “warm”, \u202ewarmer\u202c.\x07")
	p.chooses("The menu you offer")
	p.sees("On the menu")
	if item := p.onMenu(id, "A1"); strings.ContainsAny(item.Note, "\u202e\x07") || !strings.HasPrefix(item.Note, "Try “warm”, ") {
		t.Errorf("%q", item.Note)
	}
	p.chooses("Open")
	p.focusOn("A note to them")
	p.w.Canvas().Focused().(interface{ SetText(string) }).SetText(strings.Repeat("word ", 2000))
	p.chooses("The menu you offer")
	p.sees("Put to rest") // still there
	p.sees("This is longer than fits here.")
	p.focusOn("A note to them")
	p.w.Canvas().Focused().(interface{ SetText(string) }).SetText("")
	p.chooses("Keep the note")
	p.sees("The note is kept.")
	if item := p.onMenu(id, "A1"); item.Note != "" {
		t.Errorf("%q", item.Note)
	}
	p.locks()
}

// Chips choose what is on the page, and what is folded up keeps nothing off it.
func TestOfficeMenuFilters(t *testing.T) {
	p, _, id := officeWithCase(t)
	p.inCase(id, func(ctx context.Context, c *store.Case) {
		for _, err := range []error{
			c.Menu.Offer(ctx, store.Offer{Exercise: "A1"}), c.Menu.Offer(ctx, store.Offer{Exercise: "J1"}), c.Menu.Rest(ctx, "J1"),
		} {
			if err != nil {
				t.Fatal(err)
			}
		}
	})
	library := must[*exercises.Library](t)(exercises.English())
	p.chooses("The menu")
	cards := func() []string {
		var titles []string
		for _, o := range p.everything() {
			if card, ok := o.(*kit.MenuCard); ok {
				title, _, _ := strings.Cut(card.AccessibilityLabel(), ". ")
				titles = append(titles, title)
			}
		}
		return titles
	}
	p.chooses("Resting")
	if got := cards(); len(got) != 1 || got[0] != library.Find("J1").Title {
		t.Errorf("resting: %q", got)
	}
	p.chooses("Offered")
	if got := cards(); len(got) != 1 || got[0] != library.Find("A1").Title {
		t.Errorf("offered: %q", got)
	}
	p.chooses("Own")
	p.reaches("Nothing here fits all of that.")
	p.chooses("Own")
	p.chooses("A wider map")
	if got := cards(); len(got) != 1 || got[0] != library.Find("D7").Title {
		t.Errorf("the widest: %q", got)
	}
	p.chooses("By topic")
	p.chooses("Appreciation")
	p.reaches("Nothing here fits all of that.")
	p.chooses("By topic")
	if got := cards(); len(got) != 1 {
		t.Errorf("with the topics folded up: %q", got)
	}
	p.chooses("A wider map")
	before := len(cards())
	p.chooses("Show more")
	if after := len(cards()); after <= before {
		t.Errorf("%d cards, and then %d", before, after)
	}
	p.locks()
}

// Limits by topic and by exercise; and no field on the page takes a reason.
func TestOfficeMenuLimits(t *testing.T) {
	p, _, id := officeWithCase(t)
	p.chooses("How far the menu goes")
	fields := 0
	for _, o := range p.everything() {
		if _, ok := o.(interface{ SelectedText() string }); ok {
			fields++
		}
	}
	if fields != 1 { // the search
		t.Errorf("%d fields take words", fields)
	}
	p.picks("Whose limit", "Ben")
	p.picks("Up to", "Near, or a brief hug")
	p.chooses("Where it comes from")
	p.focusOn("Words in a title, to switch it off")
	p.types("we can both")
	p.chooses("Words we can both use")
	p.sees("Switch on again")
	p.chooses("Keep")
	p.sees("The limit is kept.")
	p.inCase(id, func(ctx context.Context, c *store.Case) {
		current := must[[]store.Limit](t)(c.Limits.Current(ctx))
		ben := must[[]store.Member](t)(c.People.All(ctx))[1]
		if len(current) != 1 || current[0].Member != ben.ID || current[0].Closeness != 1 || len(current[0].Categories) != 1 || current[0].Categories[0] != exercises.Histories || len(current[0].Exercises) != 1 || current[0].Exercises[0] != "A1" {
			t.Errorf("%+v", current)
		}
	})
	p.reaches("Shoulders, back, head") // among what is switched off
	p.picks("Whose limit", "Everybody")
	p.seesNot("Switch on again")
	p.picks("Whose limit", "Ben")
	p.chooses("Switch on again")
	p.chooses("Keep")
	p.chooses("The menu you offer")
	p.chooses("K-12")
	p.looksUp("Words we can both use")
	p.chooses("Offer it")
	p.sees("It is on the menu.")
	p.locks()
}

// A closed case shows what was, and nothing can be changed.
func TestOfficeMenuOfAClosedCase(t *testing.T) {
	p, _, id := officeWithCase(t)
	p.inCase(id, func(ctx context.Context, c *store.Case) {
		for _, err := range []error{c.Menu.Offer(ctx, store.Offer{Exercise: "A1"}), c.Close(ctx)} {
			if err != nil {
				t.Fatal(err)
			}
		}
	})
	p.menu("Caseload")
	p.picks("Which cases", "Closed")
	p.chooses("K-12")
	p.chooses("The menu")
	p.chooses("Open")
	p.sees("This case is closed.")
	for _, verb := range []string{"Offer it", "Offer again", "Put to rest", "Take it off", "Keep the note"} {
		if p.offers(verb) {
			t.Errorf("%s in a closed case", verb)
		}
	}
	p.locks()
}

// TestOfficeMenuPages is TestPages for the pages around the menu.
func TestOfficeMenuPages(t *testing.T) {
	inLooks(t, officeLooks, func(t *testing.T, a *album) {
		p := a.office()
		shows := func(name string) {
			t.Helper()
			a.shows(p, name)
			p.tidy(name)
			if a.look.name == "light" {
				p.tabs(name)
			}
		}
		id := p.caseOf("K-12", "", "Ada", longName)
		p.consents(id)
		own := must[*exercises.Exercise](t)(p.w.open.practice.Exercises.Add(t.Context(), hardExercise(t, "own-1")))
		p.menu("Caseload")
		p.chooses("K-12")
		p.chooses("The menu")
		shows("office-menu-empty")
		p.chooses("K-12")
		p.looksUp("Six quiet minutes")
		shows("office-menu-reason")
		p.chooses("The menu you offer")
		p.chooses("K-12")
		p.looksUp("Shoulders, back, head")
		shows("office-menu-missing")
		p.inCase(id, func(ctx context.Context, c *store.Case) {
			for _, err := range []error{
				c.Menu.Offer(ctx, store.Offer{Exercise: "J1", Note: "You spoke of the way home. Leaving it is fine, too."}),
				c.Menu.Offer(ctx, store.Offer{Exercise: "C2", Override: "On the bench they sit like this.", Note: longWord}),
				c.Menu.Offer(ctx, store.Offer{Exercise: own.ID, Note: mixed}),
				c.Menu.Offer(ctx, store.Offer{Exercise: "A1"}), c.Menu.Rest(ctx, "A1"),
				c.Limits.Set(ctx, store.Limit{Closeness: 2, Exercises: []string{own.ID}}),
			} {
				if err != nil {
					t.Fatal(err)
				}
			}
		})
		p.chooses("The menu you offer")
		p.chooses("What to think of")
		shows("office-menu")
		p.chooses("What changed")
		shows("office-menu-changes")
		p.chooses("The menu you offer")
		p.chooses("How far the menu goes")
		shows("office-menu-limits")
		p.chooses("The menu you offer")
		p.chooses("Own exercises")
		shows("office-own")
		p.chooses("Write one of your own…")
		shows("office-own-form")
		p.locks()
	})
}
