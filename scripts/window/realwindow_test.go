//go:build realwindow

package window

import (
	"fmt"
	"image"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// greeter is the path of the built testdata/greeter.
var greeter string

func TestMain(m *testing.M) { os.Exit(run(m)) }

func run(m *testing.M) int {
	folder, err := os.MkdirTemp("", "greeter")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer os.RemoveAll(folder)
	greeter = filepath.Join(folder, "greeter")
	build := exec.Command("go", "build", "-tags", "windowprobe no_animations migrated_fynedo", "-o", greeter, "./testdata/greeter")
	if output, err := build.CombinedOutput(); err != nil {
		fmt.Fprintf(os.Stderr, "building the greeter: %v\n%s", err, output)
		return 1
	}
	return m.Run()
}

func TestTypeAndPress(t *testing.T) {
	t.Parallel()
	p := StartWith(t, Options{Program: greeter}, "one", "two")
	p.WaitText("Nobody yet")
	p.WaitText("[one two]")
	p.WaitFocus("Your name")
	const name = "Ada, Zoë & 100 % (so) „Łukasz“ – αδ где 日本"
	p.Type(name)
	p.Click("Greet")
	p.WaitText("Hello, " + name)
	p.WaitGone("Nobody yet")

	if p.Screen().Shows("Row 39") {
		t.Error("a row that is scrolled out of sight is told as seen")
	}
	p.Click("Row 0")
	before := p.Picture("elsewhere")
	p.Point(p.pixel(p.Screen().pressable("Row 1")[0]))
	if same(before, p.Picture("pointed")) {
		t.Error("the row under the mouse looks like any other")
	}
	p.Scroll(100)
	p.Click("Row 39")
	p.WaitText("Chose 39")

	p.Click("Ask")
	p.WaitText("A sheet over the page")
	p.Click("No")
	p.WaitGone("A sheet over the page")

	p.Key("ctrl+h")
	p.WaitText("Notes")
	if s := p.Screen(); s.Shows("Hello") {
		t.Errorf("after the shortcut the screen reads %q", s.Text())
	}
}

func TestPictures(t *testing.T) {
	folder := t.TempDir()
	t.Setenv("EBB_PICTURES", folder)
	p := StartWith(t, Options{Program: greeter, Size: "800x760"})
	before := p.Picture("before")
	if size := before.Bounds().Size(); size != image.Pt(800, 760) {
		t.Errorf("the picture is %v large", size)
	}
	if same(before, p.Picture("again")) == false {
		t.Error("two pictures of a screen at rest differ")
	}
	p.Key("ctrl+h")
	p.WaitText("Notes")
	if same(before, p.Picture("after")) {
		t.Error("the picture did not change with the screen")
	}
	if files, _ := filepath.Glob(filepath.Join(folder, "*.png")); len(files) != 3 {
		t.Errorf("kept %v", files)
	}
}

func same(a, b image.Image) bool {
	return slices.Equal(a.(*image.RGBA).Pix, b.(*image.RGBA).Pix)
}

func TestEndings(t *testing.T) {
	t.Parallel()
	p := StartWith(t, Options{Program: greeter})
	process := p.Screen().Process
	p.Click("Replace")
	p.WaitText("[again]")
	if now := p.Screen().Process; now != process {
		t.Errorf("the program replaced itself: process %d became %d", process, now)
	}
	p.Type("Ada")
	p.Click("Write")
	p.WaitText("Written")
	p.Kill()
	if kept, err := os.ReadFile(filepath.Join(p.Home, "kept")); err != nil || string(kept) != "Ada" {
		t.Errorf("kept %q, %v", kept, err)
	}
	p.Again("after")
	p.WaitText("[after]")
	if !strings.Contains(p.Output(), "Fyne error") { // there is no session bus, and Fyne says so
		t.Errorf("the program's output was not kept: %q", p.Output())
	}
	p.Click("Leave")
	if code := p.WaitExit(); code != 7 {
		t.Errorf("exit code %d, want 7", code)
	}
}

func TestTraceOfAProgram(t *testing.T) {
	t.Parallel()
	p := StartWith(t, Options{Program: greeter, Trace: true})
	p.Type("Ada")
	p.Click("Write")
	p.WaitText("Written")
	p.Kill()
	quiet := p.Trace()
	if !slices.Contains(quiet.Written, "kept") {
		t.Errorf("the file that was written is not among %q", quiet.Written)
	}
	if slices.Contains(quiet.Sockets, "AF_INET") {
		t.Errorf("made a socket: %q", quiet.Sockets)
	}
	if len(quiet.Connected) == 0 || slices.ContainsFunc(quiet.Connected, func(a string) bool { return strings.HasPrefix(a, "AF_INET") }) {
		t.Errorf("connected to %q, want the display alone", quiet.Connected)
	}
	if !slices.Equal(quiet.Executed, []string{greeter}) {
		t.Errorf("executed %q", quiet.Executed)
	}

	p.Again()
	p.Click("Dial")
	p.WaitText("Dialled")
	p.Kill()
	if loud := p.Trace(); !slices.Contains(loud.Sockets, "AF_INET") || !slices.ContainsFunc(loud.Connected, func(a string) bool { return strings.HasPrefix(a, "AF_INET") }) {
		t.Errorf("dialled, and the trace has %q, %q", loud.Sockets, loud.Connected)
	}
}

// How long a key takes to change the screen, with all that the test adds to it.
func TestLatency(t *testing.T) {
	t.Setenv("EBB_PROGRAM", greeter)
	p := Start(t)
	began := time.Now()
	p.Key("ctrl+h")
	p.WaitText("Notes")
	t.Logf("from the key to the screen that shows it: %v", time.Since(began))
}
