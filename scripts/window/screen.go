package window

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"ebb/ui/kit/probe"
)

// pipes are the test's ends of package probe's two pipes.
type pipes struct {
	folder  string
	ask     *os.File
	answers chan probe.Screen
	asked   int
}

func newPipes(t testing.TB) *pipes {
	t.Helper()
	p := &pipes{folder: t.TempDir(), answers: make(chan probe.Screen)}
	open := func(name string) *os.File {
		path := filepath.Join(p.folder, name)
		if err := syscall.Mkfifo(path, 0o600); err != nil {
			t.Fatal(err)
		}
		// Both directions, so that the pipe stays while programs come and go.
		f, err := os.OpenFile(path, os.O_RDWR, 0)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { f.Close() })
		return f
	}
	p.ask = open("ask")
	tell := open("tell")
	done := make(chan struct{})
	t.Cleanup(func() { close(done) })
	go func() {
		for lines := bufio.NewReader(tell); ; {
			line, err := lines.ReadBytes('\n')
			if err != nil {
				return // closed at the end of the test
			}
			var s probe.Screen
			if json.Unmarshal(line, &s) != nil {
				continue // half a line of a program that was killed
			}
			select {
			case p.answers <- s:
			case <-done:
				return
			}
		}
	}()
	return p
}

// A Screen is what the program shows at one moment.
type Screen struct{ probe.Screen }

// Screen reads the screen after all that was typed and pressed before has been
// handled and drawn.
func (p *Program) Screen() Screen {
	p.t.Helper()
	over := time.After(patience)
	for {
		// A program that replaces itself may take a question with it: ask again.
		p.probe.asked++
		question := fmt.Sprint(p.probe.asked)
		if _, err := fmt.Fprintln(p.probe.ask, question); err != nil {
			p.t.Fatal(err)
		}
		again := time.After(time.Second)
	answers:
		for {
			select {
			case s := <-p.probe.answers:
				if s.Asked == question {
					p.process = s.Process
					return Screen{s}
				}
			case <-p.ended:
				p.mustRun()
			case <-again:
				break answers
			case <-over:
				p.t.Fatal("the program does not tell what is on the screen: is it built with the tag windowprobe, and does it call probe.Start?")
			}
		}
	}
}

// Text is all text that can be seen, a line for each spot, windows and layers in
// the order in which they are drawn.
func (s Screen) Text() string {
	var lines []string
	for _, w := range s.Windows {
		for _, spot := range w.Spots {
			if spot.Text != "" {
				lines = append(lines, spot.Text)
			}
		}
	}
	return strings.Join(lines, "\n")
}

// Shows reports whether text can be seen, in one spot or running over several.
func (s Screen) Shows(text string) bool {
	return strings.Contains(oneLine(s.Text()), oneLine(text))
}

// Focused returns the spot that has the keyboard.
func (s Screen) Focused() (probe.Spot, bool) {
	for _, w := range s.Windows {
		for _, spot := range w.Spots {
			if spot.Focused {
				return spot, true
			}
		}
	}
	return probe.Spot{}, false
}

// A place is a spot and the window it is in.
type place struct {
	probe.Spot
	window probe.Window
}

// pressable finds what a person would press who is told to press name: what reads
// name, or is called so; else what has name in its text; and of several layers
// the highest.
func (s Screen) pressable(name string) []place {
	name = oneLine(name)
	for _, fits := range []func(probe.Spot) bool{
		func(spot probe.Spot) bool { return spot.Text == name || spot.Label == name },
		func(spot probe.Spot) bool { return strings.Contains(spot.Text, name) },
	} {
		var found []place
		for _, w := range s.Windows {
			for _, spot := range w.Spots {
				if !spot.Press && !spot.Focusable || spot.Clipped || !fits(spot) {
					continue
				}
				if len(found) > 0 && spot.Layer > found[0].Layer {
					found = nil
				}
				if len(found) == 0 || spot.Layer == found[0].Layer {
					found = append(found, place{spot, w})
				}
			}
		}
		if len(found) > 0 {
			return found
		}
	}
	return nil
}

func oneLine(text string) string { return strings.Join(strings.Fields(text), " ") }

// WaitText waits until text can be seen.
func (p *Program) WaitText(text string) {
	p.t.Helper()
	p.Wait(fmt.Sprintf("%q to be seen", text), func(s Screen) bool { return s.Shows(text) })
}

// WaitGone waits until text can not be seen.
func (p *Program) WaitGone(text string) {
	p.t.Helper()
	p.Wait(fmt.Sprintf("%q to be gone", text), func(s Screen) bool { return !s.Shows(text) })
}

// WaitFocus waits until what reads name, or is called so, has the keyboard.
func (p *Program) WaitFocus(name string) {
	p.t.Helper()
	p.Wait(fmt.Sprintf("the focus on %q", name), func(s Screen) bool {
		spot, ok := s.Focused()
		return ok && (spot.Text == name || spot.Label == name)
	})
}

// Wait waits until reached reports true of the screen; what it waits for stands
// in the failure.
func (p *Program) Wait(what string, reached func(Screen) bool) {
	p.t.Helper()
	var s Screen
	eventually(p.t, func() bool {
		s = p.Screen()
		return reached(s)
	}, func() string {
		return fmt.Sprintf("waited for %s; the screen reads:\n%s\n%s", what, s.Text(), p.output.String())
	})
}
