package window

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/BurntSushi/toml"

	"ebb/exercises"
	"ebb/vault"
	store "ebb/vault/home"
)

// offered is an exercise that only a practitioner offers.
const (
	offered      = "D3"
	offeredTitle = "Shoulders, back, head"
)

// within does what a practitioner's packet does, with somebody's passphrase.
func within(t testing.TB, dir, passphrase string, do func(*store.Home)) {
	t.Helper()
	now := sit(t, filepath.Dir(dir), dir).w.o.Now
	v, err := vault.Open(dir, cheap(now))
	if err != nil {
		t.Fatal(err)
	}
	s, _, err := v.Unlock(t.Context(), []byte(passphrase))
	if err != nil {
		t.Fatal(err)
	}
	h, err := store.Open(t.Context(), s, now)
	if err != nil {
		t.Fatal(err)
	}
	do(h)
	if err := s.Lock(t.Context()); err != nil {
		t.Fatal(err)
	}
}

// secondVersion is the document of testdata/scenarios.
func secondVersion(t *testing.T) store.Document {
	t.Helper()
	var c exercises.Consent
	if _, err := toml.DecodeFile("testdata/scenarios/consent-2.toml", &c); err != nil {
		t.Fatal(err)
	}
	return store.Document{Name: store.ExercisesConsent, Version: c.Version, Title: c.Title, Summary: c.Summary, Text: c.Text}
}

// atHome is a home of two at one place, with touch offered.
func atHome(t *testing.T, folder string) (dir string) {
	t.Helper()
	if err := os.RemoveAll(folder); err != nil {
		t.Fatal(err)
	}
	homeAt(t, folder).locks()
	dir = filepath.Join(folder, "Home.ebb")
	joins(t, dir)
	within(t, dir, passA, func(h *store.Home) {
		if err := h.Menu.Set(t.Context(), offered, store.Offered, ""); err != nil {
			t.Fatal(err)
		}
	})
	return dir
}

// screens is what somebody can see: every page as text, the menu and the page of an
// exercise as pictures, and the folder's files.
func screens(t *testing.T, dir, passphrase string) map[string]string {
	t.Helper()
	seen := map[string]string{}
	p := unlocked(t, dir, passphrase)
	for _, page := range []string{"Today", "Our menu", "People", "My data", "Settings", "Help & contacts"} {
		p.menu(page)
		seen[page+", read"] = p.reads()
		if page == "Our menu" {
			seen[page+", seen"] = p.seen()
		}
	}
	p.finds(offeredTitle)
	seen["exercise, read"], seen["exercise, seen"] = p.reads(), p.seen()
	p.menu("Our menu")
	p.chooses("Resting, and what changed")
	seen["changes, read"] = p.reads()
	p.locks()
	seen["files"] = files(t, dir)
	return seen
}

func sameScreens(t *testing.T, what string, got, want map[string]string) {
	t.Helper()
	for page := range want {
		if got[page] != want[page] {
			t.Errorf("%s: %s differs:\n%.2000s\n--- instead of\n%.2000s", what, page, got[page], want[page])
		}
	}
	if len(got) != len(want) {
		t.Errorf("%s: %d things to see, otherwise %d", what, len(got), len(want))
	}
}

// rests lets Bo sit down beside Ada, and returns the resting page as a picture.
func rests(t *testing.T, dir, title string) []byte {
	t.Helper()
	p := unlocked(t, dir, passA)
	p.sitsDown(title, passB)
	p.sees("This one is resting.")
	p.seesNot(title)
	picture := p.picture()
	p.chooses("Close")
	return picture
}

// T5, at home: the document gets a second version after both opened an exercise. Ada
// agrees to it; Bo takes the first back, or says nothing. Nothing on Ada's screens tells
// which, the one resting page comes when they sit down, and each reads their own
// versions with day and text, the first one too.
func TestScenarioT5(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "Ebb")
	two := secondVersion(t)
	worlds := map[string]func(*person){
		"said nothing": func(*person) {},
		"took the first back": func(p *person) {
			p.menu("My data")
			p.chooses("See what I said")
			p.sees("You agreed to an earlier text.")
			p.chooses("Take it back")
			p.sees("You have not agreed to this, or took it back.")
			p.sees("Taken back")
			p.chooses("Read version 1")
			p.sees("while trauma is very near") // of the first
			p.chooses("Close")
		},
		"agreed to the second": func(p *person) {
			p.menu("My data")
			p.chooses("See what I said")
			p.chooses("I agree, for now")
			p.sees("You agree to this, for now.")
		},
	}
	pages, seen := map[string][]byte{}, map[string]map[string]string{}
	for name, bo := range worlds {
		dir := atHome(t, folder)
		for _, passphrase := range []string{passA, passB} {
			p := unlocked(t, dir, passphrase)
			p.opens(offeredTitle)
			p.locks()
		}
		within(t, dir, passA, func(h *store.Home) {
			if err := h.Menu.Issue(t.Context(), two); err != nil {
				t.Fatal(err)
			}
		})
		p := unlocked(t, dir, passA)
		p.menu("My data")
		p.chooses("See what I said")
		p.sees(two.Summary)
		p.sees("You agreed to an earlier text.")
		p.chooses("I agree, for now")
		p.sees("You agree to this, for now.")
		p.sees("version 2, text")
		p.sees("version 1, text")
		p.seesNot("Bo")
		p.locks()
		p = unlocked(t, dir, passB)
		bo(p)
		p.seesNot("Ada agreed")
		p.locks()
		seen[name] = screens(t, dir, passA)
		if name == "agreed to the second" {
			continue // it may begin
		}
		pages[name] = rests(t, dir, offeredTitle)
	}
	for name, got := range seen {
		sameScreens(t, "Bo "+name, got, seen["said nothing"])
	}
	dir := atHome(t, folder) // where nobody opened it
	pages["nobody opened it"] = rests(t, dir, offeredTitle)
	for name, page := range pages {
		samePicture(t, "resting, Bo "+name, page, pages["said nothing"])
	}
	// With everybody's agreement to what is in force, it begins again.
	within(t, dir, passA, func(h *store.Home) {
		if err := h.Menu.Issue(t.Context(), two); err != nil {
			t.Fatal(err)
		}
	})
	startsSitting(t, dir, offeredTitle).chooses("Put it back")
}
