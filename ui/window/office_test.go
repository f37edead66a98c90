package window

import (
	"context"
	"path/filepath"
	"testing"
	"time"

	"ebb/exercises/casework"
	store "ebb/vault/practice"
)

// officeAt makes an office in a folder, through the window.
func officeAt(t testing.TB, folder string) *person {
	t.Helper()
	p := sit(t, folder, "")
	p.chooses("For a practitioner: create an office")
	p.types("Robin\n")
	p.types("\n")
	p.chooses("I would rather use my own")
	p.types(passA + "\n")
	p.types(passA + "\n")
	p.sees("No cases yet")
	return p
}

// atOffice sits down at an office and opens it.
func atOffice(t *testing.T, dir string) *person {
	t.Helper()
	p := sit(t, filepath.Dir(dir), dir)
	p.sees("Welcome back.")
	p.types(passA + "\n")
	p.sees("Caseload")
	return p
}

func newOffice(t testing.TB) (*person, string) {
	t.Helper()
	folder := filepath.Join(t.TempDir(), "Ebb")
	return officeAt(t, folder), filepath.Join(folder, "Practice.ebb")
}

// must stops a test that cannot go on.
func must[T any](t testing.TB) func(T, error) T {
	return func(v T, err error) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

// caseOf makes a case behind the window's back.
func (p *person) caseOf(code, label string, names ...string) store.ID {
	p.t.Helper()
	ctx := context.Background()
	practice := p.w.open.practice
	if err := practice.StepUp(ctx, []byte(passA)); err != nil {
		p.t.Fatal(err)
	}
	wanted := store.NewCase{Code: code, Label: label}
	for _, name := range names {
		wanted.Members = append(wanted.Members, store.Member{Name: name})
	}
	id := must[store.ID](p.t)(practice.NewCase(ctx, wanted))
	if err := practice.StepDown(ctx); err != nil {
		p.t.Fatal(err)
	}
	return id
}

// inCase does something in a case behind the window's back.
func (p *person) inCase(id store.ID, do func(ctx context.Context, c *store.Case)) {
	p.t.Helper()
	ctx := context.Background()
	c := must[*store.Case](p.t)(p.w.open.practice.OpenCase(ctx, id))
	do(ctx, c)
	if err := c.Done(ctx); err != nil {
		p.t.Fatal(err)
	}
}

// publishes puts Ebb's own text of a form in use.
func (p *person) publishes(names ...string) {
	p.t.Helper()
	texts := must[*casework.Casework](p.t)(casework.English())
	for _, name := range names {
		must[store.Document](p.t)(p.w.open.practice.Documents.Publish(context.Background(), name, "en", store.Plain, texts.Document(name).Text()))
	}
}

// meets keeps a meeting.
func (p *person) meets(id store.ID, at time.Time, alone store.ID) (m store.Meeting) {
	p.t.Helper()
	p.inCase(id, func(ctx context.Context, c *store.Case) {
		m = must[store.Meeting](p.t)(c.Meetings.Put(ctx, store.Meeting{At: at, Minutes: 50, Member: alone}))
	})
	return m
}

// signs lets everybody of a case sign a policy.
func (p *person) signs(id store.ID, policy string) {
	p.t.Helper()
	p.inCase(id, func(ctx context.Context, c *store.Case) {
		doc := must[store.Document](p.t)(c.Consents.Choose(ctx, policy))
		for _, m := range must[[]store.Member](p.t)(c.People.All(ctx)) {
			err := c.Consents.Decide(ctx, store.Decision{Member: m.ID, Document: doc.Name, Version: doc.Version, Hash: doc.Hash, Kind: store.Given, Method: store.OnPaper, Remark: "folder 3"})
			if err != nil {
				p.t.Fatal(err)
			}
		}
	})
}

// A practitioner makes an office on the first page and a case in it, all by keyboard,
// and finds both again after locking.
func TestFirstDayOfAnOffice(t *testing.T) {
	p, dir := newOffice(t)
	p.menu("New case")
	p.types("K-12\n")
	p.types("evenings, second room\n")
	p.types("Ada\n")
	p.types("Ben\n")
	p.sees("Your passphrase once more")
	p.types("not this one\n")
	p.sees("This does not open anything here.")
	p.types(passA + "\n")
	p.tall()
	p.sees("evenings, second room")
	p.sees("Ada")
	p.sees("Ben")
	p.reaches("No policy chosen yet")
	p.locks()

	p = atOffice(t, dir)
	p.sees("K-12")
	p.sees("evenings, second room")
	p.seesNot("Ada")
	p.menu("Search the caseload")
	p.types("k-9")
	p.wait()
	p.sees("No case with this code or date")
	p.chooses("Caseload")
	p.presses("Return")
	p.sees("Who is part of it")
}

// A code that another case has, a case of one person, and nobody's second unlock: each
// is answered on the page, and what was typed stays.
func TestNewCaseAnswers(t *testing.T) {
	p, _ := newOffice(t)
	p.caseOf("K-1", "", "Ada", "Ben")
	p.menu("New case")
	p.types("K-1\n")
	p.types("\n")
	p.types("Cleo\n")
	p.types("\n")
	p.sees("A case is of two people at least.")
	p.types("Dan\n")
	p.presses("Escape")
	p.seesNot("Your passphrase once more")
	if p.w.open.practice.StepUpUntil() != (time.Time{}) {
		t.Error("putting the second unlock away opened it")
	}
	p.chooses("Begin the case")
	p.types(passA + "\n")
	p.sees("Another case has this code.")
	p.chooses("Another person")
	p.chooses("Another person")
	p.chooses("Another person")
	p.chooses("Another person")
	p.seesNot("Another person")
	p.sees("Person 6")
}

// Forty-three cases: the page lays out forty of them, and search finds the others.
func TestLongCaseload(t *testing.T) {
	p, _ := newOffice(t)
	for i := range 43 {
		p.caseOf("K-"+string(rune('A'+i/10))+string(rune('0'+i%10)), "", "Ada", "Ben")
	}
	p.menu("Caseload")
	p.sees("K-A0")
	p.seesNot("K-E2")
	p.chooses("Show 3 more")
	p.sees("K-E2")
	p.menu("Search the caseload")
	p.types("e2\n")
	p.sees("K-E2")
	p.seesNot("K-A0")
}
