package window

import (
	"bytes"
	"context"
	"fmt"
	"testing"

	"fyne.io/fyne/v2"

	store "ebb/vault/practice"
)

// Every page about the end of a case, its files, its pairs, the audit and the backups
// holds hard texts without a fault and can be walked with Tab alone, also at 200 % in
// the smallest window.
func TestOfficeEndPagesHoldHardTexts(t *testing.T) {
	p, _ := newOffice(t)
	ctx := context.Background()
	const long = "Donaudampfschifffahrt-28"
	gone := p.caseOf("K-1", "", "Ada", "Ben")
	open, closed := p.caseOf("K-2", longName[:70], longName, mixed, "Cleo"), p.caseOf(long, "", "Ada", "Ben")
	p.inCase(open, func(ctx context.Context, c *store.Case) {
		for _, title := range []string{longWord[:80], mixed, "one"} {
			must[store.File](t)(c.Files.Attach(ctx, title, store.ID{}, bytes.NewReader(onePDF(40))))
		}
	})
	place := stick(t)
	if err := p.w.open.practice.SetBackupPlace(ctx, place); err != nil {
		t.Fatal(err)
	}
	if made, err := p.w.open.practice.BackUpNow(ctx, nil); err != nil || made.Err != nil {
		t.Fatal(made.Err, err)
	}
	for _, id := range []store.ID{gone, closed} {
		p.inCase(id, func(ctx context.Context, c *store.Case) {
			for _, err := range []error{c.Close(ctx), c.Keep(ctx, "2026-01-01", false)} {
				if err != nil {
					t.Fatal(err)
				}
			}
		})
	}
	must[store.Certificate](t)(p.w.open.practice.Destroy(ctx, gone, longWord+" "+mixed, nil))
	in := func(code, room string) func() {
		return func() {
			p.menu("Caseload")
			if code == long {
				p.picks("Which cases", "Closed")
			}
			p.chooses(code)
			p.chooses(room)
		}
	}
	data := func(row string) func() {
		return func() { p.menu("My data"); p.takes(row) }
	}
	for _, percent := range []int{100, 200} {
		p.w.setTextSize(percent)
		for _, page := range []struct {
			name string
			show func()
		}{
			{"closing an open case", in("K-2", "Closing and keeping")},
			{"files", in("K-2", "Files")},
			{"pairs", in("K-2", "Between each two")},
			{"closing a closed case", in(long, "Closing and keeping")},
			{"keeping", func() { p.chooses("Change…") }},
			{"taking out", func() { p.presses("Escape"); p.chooses("Take out…") }},
			{"destroying", func() { p.presses("Escape"); p.chooses("Destroy this case…") }},
			{"my data", func() { p.menu("My data") }},
			{"backups", func() { p.chooses("Look") }},
			{"trying a backup", func() { p.chooses("Try it") }},
			{"closed cases", data("Closed cases")},
			{"certificates", data("Certificates")},
			{"a certificate", func() { p.chooses("Look") }},
			{"audit", data("What happened when")},
		} {
			p.w.win.Resize(fyne.NewSize(1180, 12_000)) // nothing is out of sight for who looks for its verb
			page.show()
			name := fmt.Sprintf("%s at %d %%", page.name, percent)
			p.tidy(name)
			p.w.win.Resize(fyne.NewSize(900, 640)) // the window can not be smaller
			p.tidy(name)
			if page.name != "taking out" { // which has two verbs alone
				p.tabs(name)
			}
		}
	}
}
