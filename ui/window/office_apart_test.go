package window

import (
	"bytes"
	"context"
	"crypto/sha256"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"ebb/ui/kit"
	"ebb/ui/lang"
	store "ebb/vault/practice"
)

// A way is a button of a page: what it is called, and which of those of the same name.
type way struct {
	label string
	nth   int
}

func (w way) String() string {
	if w.nth > 0 {
		return fmt.Sprintf("%s (%d)", w.label, w.nth+1)
	}
	return w.label
}

// ways are the buttons on the screen that can be pressed, in the order of the page. The
// rail is not among them.
func (p *person) ways() (all []way) {
	count := map[string]int{}
	for _, o := range p.everything() {
		if b, ok := o.(*kit.Button); ok && !b.Disabled() {
			label := b.AccessibilityLabel()
			all = append(all, way{label, count[label]})
			count[label]++
		}
	}
	return all
}

// goes presses a button, if it is there.
func (p *person) goes(w way) bool {
	nth := w.nth
	for _, o := range p.everything() {
		b, ok := o.(*kit.Button)
		if !ok || b.Disabled() || b.AccessibilityLabel() != w.label {
			continue
		}
		if nth == 0 {
			b.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
			return true
		}
		nth--
	}
	return false
}

// roomsOf are the rooms of the case whose page is shown.
func (p *person) roomsOf() (labels []string) {
	within := false
	for _, o := range p.everything() {
		switch o := o.(type) {
		case *canvas.Text:
			within = within && o.Text != lang.T("practice-case.in-place-title") || o.Text == lang.T("practice-case.rooms")
		case *kit.Button:
			if within {
				labels = append(labels, o.AccessibilityLabel())
			}
		}
	}
	return labels
}

// roams is all that a page leads to without the second unlock: what it says, what each
// of its buttons shows, and what each button shows of those pages that deep names.
func (p *person) roams(seen map[string]string, from string, start func(), deep ...string) {
	p.t.Helper()
	to := func(steps ...way) {
		p.t.Helper()
		start()
		for _, w := range steps {
			if !p.goes(w) { // what was pressed before took it away
				return
			}
		}
		if len(p.replaced) > 0 {
			p.t.Fatalf("%s: %q locked the office", from, steps)
		}
	}
	to()
	seen[from] = p.reads()
	for _, first := range p.ways() {
		if first.label == lang.T("data.passphrase.verb") {
			continue // it proposes other words each time
		}
		to(first)
		seen[from+", "+first.String()] = p.reads()
		p.prints(seen, from+", "+first.String())
		if !slices.Contains(deep, first.label) {
			continue
		}
		for _, next := range p.ways() {
			to(first, next)
			seen[from+", "+first.String()+", "+next.String()] = p.reads()
			p.prints(seen, from+", "+first.String()+", "+next.String())
		}
	}
}

// prints saves what the last button led to, if that asks for a folder: what is on the
// paper, and the file itself. Of what is no paper it only looks for words.
func (p *person) prints(seen map[string]string, what string) {
	p.t.Helper()
	if !p.offers(lang.T("print.choose")) {
		return
	}
	folder := p.t.TempDir()
	p.chooses(lang.T("print.choose"))
	p.focusOn("Folder or file")
	p.clears()
	p.types(folder + "\n")
	entries := must[[]os.DirEntry](p.t)(os.ReadDir(folder))
	if len(entries) != 1 {
		p.t.Fatalf("%s: %d files were saved; the screen says:\n%s", what, len(entries), p.reads())
	}
	data := must[[]byte](p.t)(os.ReadFile(filepath.Join(folder, entries[0].Name())))
	if filepath.Ext(entries[0].Name()) == ".pdf" {
		seen[what+", on paper"] = paper(p.t, data)
		seen[what+", the file"] = fmt.Sprintf("%x", sha256.Sum256(data))
		return
	}
	for _, word := range apartWords {
		if bytes.Contains(data, []byte(word)) {
			p.t.Errorf("%s: %s holds %q", what, entries[0].Name(), word)
		}
	}
}

// toCase shows the page of a case.
func (p *person) toCase(code string) {
	p.t.Helper()
	p.menu("Caseload")
	p.chooses(code)
	p.sees(lang.T("practice-case.rooms"))
}

// places is every page of the rail, and what the caseload and a case find of words.
func (p *person) places(code string, words ...string) map[string]string {
	p.t.Helper()
	seen := map[string]string{}
	for _, page := range []string{"Caseload", "Forms", "My data", "Settings", "Help & contacts"} {
		p.menu(page)
		seen[page] = p.reads()
	}
	for _, word := range words {
		p.menu("Search the caseload")
		p.types(word + "\n")
		p.sees("No case with this code or date")
		p.toCase(code)
		p.chooses("All notes, and search")
		p.types(word + "\n")
		p.sees("Nothing found")
		seen["finds of "+word] = p.reads()
	}
	return seen
}

// apartWords are written behind the second unlock, and are in no word of Ebb's own.
var apartWords = []string{"quillwort", "hornwort", "spleenwort"}

// Words of process and safety notes are, after the second unlock has ended, on no page
// of the office or of the case, in no search, no word above a page, no export and on no
// paper, and nothing else is different from an office where none were written: every
// paper is the same file, byte for byte.
func TestApartNotesAreNowhere(t *testing.T) {
	t.Setenv("HOME", t.TempDir()) // what a folder is chosen from
	folder := filepath.Join(t.TempDir(), "Ebb")
	dir := filepath.Join(folder, "Practice.ebb")
	worlds := map[string]map[string]string{}
	for name, writes := range map[string]func(p *person, word string){
		"nothing": func(*person, string) {},
		"notes apart": func(p *person, word string) {
			p.writesNote(word)
			p.wait()
			p.sees("Draft kept.")
		},
	} {
		if err := os.RemoveAll(folder); err != nil {
			t.Fatal(err)
		}
		seen := map[string]string{}
		add := func(when string, all map[string]string) {
			for what, text := range all {
				seen[when+": "+what] = text
			}
		}
		p := officeAt(t, folder)
		p.publishes(store.PolicyLimited)
		id := p.caseOf("K-12", "", "Ada", "Ben")
		p.meets(id, evening.Add(-24*time.Hour), store.ID{})
		p.signs(id, store.PolicyLimited)
		p.seesAlone(id)
		p.consents(id)
		p.inCase(id, func(ctx context.Context, c *store.Case) {
			if err := c.Menu.Offer(ctx, store.Offer{Exercise: offered, Note: "For a slow evening."}); err != nil {
				t.Fatal(err)
			}
			must[store.ID](t)(c.Prep.Add(ctx, store.OnTable, "Who would like to begin?"))
		})
		copies := filepath.Join(folder, "Copies") // one name for both worlds
		if err := os.Mkdir(copies, 0o700); err != nil {
			t.Fatal(err)
		}
		if err := p.w.open.practice.SetBackupPlace(t.Context(), copies); err != nil {
			t.Fatal(err)
		}
		p.toCase("K-12")
		p.chooses("Write")
		p.writesNote("walnut")
		p.turnsTo("Individual")
		p.writesNote("larch")
		p.turnsTo("Process")
		p.chooses("Unlock…")
		p.types(passA + "\n")
		writes(p, apartWords[0])
		if name != "nothing" {
			p.chooses("Sign and lock…")
			p.chooses("Sign")
			p.sees("This note is signed")
		}
		p.turnsTo("Safety")
		writes(p, apartWords[1])
		p.picks("Whose", "The case itself")
		writes(p, apartWords[2])
		// The time is up while it is on the screen.
		for _, left := range []time.Duration{time.Second, 0} {
			p.now = evening.Add(store.StepUpTime - left)
			p.w.shell.tickPractice()
		}
		p.sees("Behind the second unlock")
		add("when the time is up", map[string]string{"read": p.reads(), "seen": p.seen()})
		p.toCase("K-12")
		add("when the time is up", map[string]string{"the case, seen": p.seen()})
		p.roams(seen, "the case", func() { p.toCase("K-12") }, p.roomsOf()...)
		p.roams(seen, "my data", func() { p.menu("My data") }, lang.T("data.look"))
		p.roams(seen, "a form", func() {
			p.menu("Forms")
			p.chooses("Read and change…")
		})
		p.toCase("K-12")
		p.looksUp(offeredTitle)
		p.chooses("Save as PDF…")
		p.prints(seen, "what is offered")
		add("when the time is up", p.places("K-12", apartWords...))
		_, text := p.exported(id)
		for _, word := range apartWords {
			if strings.Contains(text, word) {
				t.Errorf("%s: the export of the record holds %q", name, word)
			}
		}
		if !strings.Contains(text, "walnut") {
			t.Error("the export of the record holds nothing that was written")
		}
		p.locks()
		p = atOffice(t, dir)
		add("opened again", p.places("K-12", apartWords[0]))
		p.locks()
		seen["the drawers of the case"] = strings.Join(drawersOf(t, dir), "\n")
		seen["a certificate, on paper"] = certificateOf(t, dir, id)
		worlds[name] = seen
	}
	for what, text := range worlds["notes apart"] {
		for _, word := range apartWords {
			if strings.Contains(text, word) && !strings.Contains(what, word) {
				t.Errorf("%s: %q is there", what, word)
			}
		}
	}
	// What happened when tells of all that is done, and of this neither which nor whose; its
	// fingerprints are other ones in every office.
	for _, seen := range worlds {
		maps.DeleteFunc(seen, func(_, text string) bool { return strings.Contains(text, "\n"+lang.T("practice-audit.whether")+"\n") })
	}
	sameScreens(t, "notes apart were written", worlds["notes apart"], worlds["nothing"])
	for _, what := range []string{
		"the case, Prepare: on the table, Save as PDF…", "the case, The menu, Menu of the week as PDF…", "the case, Check-ins on paper, Save the form as PDF…",
		"a form, Save as PDF…", "what is offered", "a certificate",
	} {
		if worlds["nothing"][what+", on paper"] == "" {
			t.Errorf("%s was not printed", what)
		}
	}
}

// drawn are what is drawn at random for each office.
var drawn = regexp.MustCompile(`[0-9a-f]{4,}`)

// certificateOf destroys a case and returns what its certificate says on paper.
func certificateOf(t *testing.T, dir string, id store.ID) string {
	t.Helper()
	p := atOffice(t, dir)
	p.inCase(id, func(ctx context.Context, c *store.Case) {
		if err := c.Close(ctx); err != nil {
			t.Fatal(err)
		}
	})
	must[store.Certificate](t)(p.w.open.practice.Destroy(t.Context(), id, "seven years after the last meeting", nil))
	p.tall()
	p.menu("My data")
	p.takes("Certificates")
	p.chooses("Look")
	p.chooses("Save as PDF…")
	printed := map[string]string{}
	p.prints(printed, "it")
	p.locks()
	return drawn.ReplaceAllString(printed["it, on paper"], "…")
}
