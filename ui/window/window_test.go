package window

import (
	"bytes"
	"context"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"

	"ebb/vault"
	"ebb/vault/keys"
	"ebb/vault/kinds"
)

// The tests drive the window as a person does, on a painted canvas. Nothing in
// them depends on time: work is done at once, and timers fire when a test says so.

const (
	passA = "velvet harbour seventeen quiet spoons"
	passB = "lantern orchard gravel mitten thunder"
)

// evening is when all these tests happen.
var evening = time.Date(2026, 3, 4, 20, 30, 0, 0, time.UTC)

func cheap(now func() time.Time) vault.Options {
	o := kinds.Options(now)
	o.KDF, o.Insecure = keys.InsecureParams, true
	return o
}

// desk is a window with a person before it.
type person struct {
	t        testing.TB
	w        *Window
	replaced []string  // vaults on which the program was started anew
	timers   []*func() // nil inside once stopped
	now      time.Time
	done     chan func() // what realWork calls back
}

func sit(t testing.TB, folder, dir string) *person {
	t.Helper()
	p := &person{t: t, now: evening}
	app := test.NewTempApp(t)
	p.w = New(app, Options{
		Folder: folder, Vault: dir, Vaults: cheap, Version: "test",
		Now:     func() time.Time { return p.now },
		Replace: func(dir string) error { p.replaced = append(p.replaced, dir); return nil },
	})
	p.w.beside = beside{
		work:  func(work func(context.Context) error, done func(error)) { done(work(context.Background())) },
		after: func(_ time.Duration, f func()) func() { return p.arm(f) },
		every: func(_ time.Duration, f func()) func() { return func() {} },
	}
	// Toasts stay until something closes them.
	p.w.stage.toasts.After = func(time.Duration, func()) func() { return func() {} }
	p.w.win.Resize(fyne.NewSize(1180, 760))
	return p
}

func (p *person) arm(f func()) func() {
	armed := &f
	p.timers = append(p.timers, armed)
	return func() { *armed = nil }
}

// wait lets every timer fire that is set.
func (p *person) wait() {
	due := p.timers
	p.timers = nil
	for _, armed := range due {
		if f := *armed; f != nil {
			f()
		}
	}
}

// types writes into whatever has the keyboard.
func (p *person) types(text string) {
	p.t.Helper()
	f := p.w.Canvas().Focused()
	if f == nil {
		p.t.Fatalf("nothing has the keyboard; the screen says:\n%s", p.reads())
	}
	for _, r := range text {
		if r == '\n' {
			f.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
			continue
		}
		f.TypedRune(r)
	}
}

func (p *person) presses(key fyne.KeyName) {
	p.t.Helper()
	f := p.w.Canvas().Focused()
	if f == nil {
		p.t.Fatal("nothing has the keyboard")
	}
	f.TypedKey(&fyne.KeyEvent{Name: key})
}

// chooses activates the first part whose label is as given, as Enter would.
func (p *person) chooses(label string) {
	p.t.Helper()
	for _, o := range p.everything() {
		f, ok := o.(fyne.Focusable)
		a, told := o.(fyne.Accessible)
		if ok && told && (a.AccessibilityLabel() == label || strings.HasPrefix(a.AccessibilityLabel(), label+".")) {
			f.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
			return
		}
	}
	p.t.Fatalf("nothing called %q can be chosen; the screen says:\n%s", label, p.reads())
}

// menu runs the item of the main menu with a label.
func (p *person) menu(label string) {
	p.t.Helper()
	for _, m := range p.w.win.MainMenu().Items {
		for _, i := range m.Items {
			if i.Label == label {
				i.Action()
				return
			}
		}
	}
	p.t.Fatalf("no item %q in the menu", label)
}

// everything lists what is on the canvas, what lies above it last.
func (p *person) everything() []fyne.CanvasObject {
	c := p.w.Canvas()
	all := walk(c.Content(), nil)
	for _, o := range c.Overlays().List() {
		all = walk(o, all)
	}
	return all
}

func walk(o fyne.CanvasObject, all []fyne.CanvasObject) []fyne.CanvasObject {
	if o == nil || !o.Visible() {
		return all
	}
	all = append(all, o)
	switch o := o.(type) {
	case *fyne.Container:
		for _, child := range o.Objects {
			all = walk(child, all)
		}
	case fyne.Widget:
		for _, child := range test.WidgetRenderer(o).Objects() {
			all = walk(child, all)
		}
	}
	return all
}

// reads returns all text on the screen, a line each.
func (p *person) reads() string {
	var lines []string
	for _, o := range p.everything() {
		if t, ok := o.(*canvas.Text); ok && strings.TrimSpace(t.Text) != "" {
			lines = append(lines, t.Text)
		}
	}
	return strings.Join(lines, "\n")
}

func (p *person) sees(text string) {
	p.t.Helper()
	if !strings.Contains(strings.ReplaceAll(p.reads(), "\n", " "), text) {
		p.t.Fatalf("the screen does not say %q; it says:\n%s", text, p.reads())
	}
}

func (p *person) seesNot(text string) {
	p.t.Helper()
	if strings.Contains(strings.ReplaceAll(p.reads(), "\n", " "), text) {
		p.t.Fatalf("the screen says %q:\n%s", text, p.reads())
	}
}

// picture paints the screen.
func (p *person) picture() []byte {
	p.t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, p.w.Canvas().Capture()); err != nil {
		p.t.Fatal(err)
	}
	return b.Bytes()
}

// newHome makes a vault with its first person through the window.
func newHome(t testing.TB) (p *person, dir string) {
	t.Helper()
	folder := filepath.Join(t.TempDir(), "Ebb")
	p = homeAt(t, folder)
	return p, filepath.Join(folder, "Home.ebb")
}

// homeAt makes a vault with its first person in a folder: the name, the place that
// is proposed, and a passphrase of one's own.
func homeAt(t testing.TB, folder string) *person {
	t.Helper()
	p := sit(t, folder, "")
	p.sees("A quiet place for what you would rather keep.")
	p.chooses("Create")
	p.types("Ada\n")
	p.types("\n")
	p.chooses("I would rather use my own")
	p.types(passA + "\n")
	p.types(passA + "\n")
	p.sees("Good evening.")
	return p
}

// unlocked sits down at a vault and opens it.
func unlocked(t testing.TB, dir, passphrase string) *person {
	t.Helper()
	p := sit(t, filepath.Dir(dir), dir)
	p.sees("Welcome back.")
	p.types(passphrase + "\n")
	p.sees("Good evening.")
	return p
}

func (p *person) locks() {
	p.t.Helper()
	before := len(p.replaced)
	p.menu("Lock")
	if len(p.replaced) != before+1 {
		p.t.Fatalf("locking did not start the program anew; the screen says:\n%s", p.reads())
	}
}

// joins lets a second person take a seat, through the window.
func joins(t *testing.T, dir string) {
	t.Helper()
	p := unlocked(t, dir, passA)
	p.menu("People")
	p.chooses("Make an invitation")
	var code string
	for _, line := range strings.Split(p.reads(), "\n") {
		if words := strings.Fields(line); len(words) == 6 && strings.ToLower(line) == line {
			code = line
		}
	}
	if code == "" {
		// The words may be wrapped over two lines.
		lines := strings.Split(p.reads(), "\n")
		for i := range lines[:len(lines)-1] {
			both := lines[i] + " " + lines[i+1]
			if len(strings.Fields(both)) == 6 && strings.ToLower(both) == both && !strings.ContainsAny(both, ".,") {
				code = both
			}
		}
	}
	if code == "" {
		t.Fatalf("no invitation on the screen:\n%s", p.reads())
	}
	p.chooses("Lock now")

	q := sit(t, filepath.Dir(dir), dir)
	q.types(code + "\n")
	q.sees("Already here: Ada.")
	q.types("Bo\n")
	q.chooses("I would rather use my own")
	q.focusOn("A passphrase of your own")
	q.types(passB + "\n")
	q.types(passB + "\n")
	q.sees("Good evening.")
	q.locks()
}

// focusOn gives the keyboard to the part with a label, as Tab would in the end.
func (p *person) focusOn(label string) {
	p.t.Helper()
	for _, o := range p.everything() {
		f, ok := o.(fyne.Focusable)
		a, told := o.(fyne.Accessible)
		if ok && told && strings.HasPrefix(a.AccessibilityLabel(), label) {
			p.w.Canvas().Focus(f)
			return
		}
	}
	p.t.Fatalf("nothing called %q can have the keyboard", label)
}

func TestFirstEvening(t *testing.T) {
	p, dir := newHome(t)
	p.menu("Journal")
	p.sees("A blank page, and no hurry")
	p.menu("New entry")
	p.types("# After the walk\nWe took the long way.\n")
	p.menu("Keep what I wrote")
	p.sees("Kept.")
	p.menu("Read or edit")
	p.sees("After the walk")
	p.menu("Today")
	p.locks()
	if got, err := os.Stat(dir); err != nil || !got.IsDir() {
		t.Fatalf("no vault was made: %v", err)
	}

	again := unlocked(t, dir, passA)
	again.menu("Journal")
	again.sees("After the walk")
	again.menu("Search")
	again.types("nothing like this")
	again.sees("Nothing with these words")
	again.locks()
}

func TestWrongPassphrase(t *testing.T) {
	p, dir := newHome(t)
	p.locks()
	q := sit(t, filepath.Dir(dir), dir)
	for _, wrong := range []string{"not this one", passA + "x", strings.ToUpper(passA)} {
		q.types(wrong + "\n")
		q.sees("This does not open anything here.")
		q.seesNot("Good evening.")
	}
	q.types("\n")
	q.sees("This cannot be used as a passphrase.")
	q.types(passA + "\n")
	q.sees("Good evening.")
	q.locks()
}

func TestQuickHideHoldsTheDraft(t *testing.T) {
	p, dir := newHome(t)
	p.menu("New entry")
	p.types("in the middle of a wo")
	p.menu("Hide now")
	p.seesNot("middle")
	p.sees("Press any key to open Ebb.")
	if len(p.replaced) != 0 {
		t.Error("the window flashed: the program was replaced before somebody came back")
	}
	p.presses(fyne.KeySpace)
	if len(p.replaced) != 1 {
		t.Error("the program was not replaced when somebody came back")
	}
	again := unlocked(t, dir, passA)
	again.sees("You were writing something")
	again.chooses("Go on writing")
	again.sees("in the middle of a wo")
	again.sees("Held as a draft.")
	again.locks()
}

func TestIdleLock(t *testing.T) {
	p, _ := newHome(t)
	p.menu("New entry")
	p.types("half a thought")
	p.wait() // the draft is sealed
	p.sees("Held as a draft.")
	for range 280 { // seconds
		p.now = p.now.Add(time.Second)
		p.w.tickIdle()
	}
	p.sees("Locking in 20 seconds.")
	p.types(" and more") // any key keeps it open
	p.w.touch()
	p.w.tickIdle()
	p.seesNot("Locking in")
	for range 300 {
		p.now = p.now.Add(time.Second)
		p.w.tickIdle()
	}
	if len(p.replaced) != 1 {
		t.Errorf("after five minutes untouched the window was locked %d times", len(p.replaced))
	}
	p.seesNot("half a thought")
}

func TestDiscardAndUndo(t *testing.T) {
	p, _ := newHome(t)
	p.menu("New entry")
	p.types("a line to throw away")
	p.menu("Read or edit")
	p.chooses("Discard")
	p.sees("Discarded. It is gone for good in a moment.")
	p.seesNot("a line to throw away")
	p.chooses("Undo")
	p.sees("a line to throw away")
	p.chooses("Discard")
	p.locks()
}

func TestSharedLine(t *testing.T) {
	p, dir := newHome(t)
	p.menu("New entry")
	p.types("Before. A line for us. After.")
	p.menu("Read or edit")
	p.chooses("Use one line…")
	p.sees("There is nobody to share a line with yet.")
	p.locks()
	joins(t, dir)

	p = unlocked(t, dir, passA)
	p.menu("Journal")
	p.chooses("Use one line…")
	p.sees("Ada and Bo will be able to read this")
	p.chooses("Share this line")
	p.menu("Shared lines")
	p.sees("Before.")
	p.seesNot("A line for us")
	p.locks()

	q := unlocked(t, dir, passB)
	q.sees("Before.") // on Today
	q.menu("Shared lines")
	q.sees("Before.")
	q.seesNot("Take back")
	q.menu("Journal")
	q.sees("A blank page, and no hurry")
	q.locks()
}
