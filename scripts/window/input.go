package window

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
)

// Type types text into what has the keyboard.
func (p *Program) Type(text string) {
	p.t.Helper()
	p.mustRun()
	checkTypeable(p.t, text)
	p.display.run(p.t, "xdotool", "type", "--delay", "5", "--", text)
}

// Key presses keys one after the other, each named as xdotool names it: Return,
// ctrl+h, shift+Tab.
func (p *Program) Key(keys ...string) {
	p.t.Helper()
	p.mustRun()
	p.display.run(p.t, "xdotool", append([]string{"key", "--delay", "5", "--"}, keys...)...)
}

// Click waits until there is one thing to press that reads name, or is called so,
// and presses it with the left button.
func (p *Program) Click(name string) {
	p.t.Helper()
	var found []place
	p.Wait(fmt.Sprintf("one %q to press", name), func(s Screen) bool {
		found = s.pressable(name)
		return len(found) == 1 && !found[0].Disabled
	})
	p.ClickAt(p.pixel(found[0]))
}

// ClickAt presses the left button at a point of the screen, in pixels: for what
// is not told, such as the menu bar.
func (p *Program) ClickAt(x, y int) {
	p.t.Helper()
	p.display.run(p.t, "xdotool", "mousemove", strconv.Itoa(x), strconv.Itoa(y), "click", "1")
}

// Point moves the mouse to a point of the screen, in pixels, and presses nothing.
func (p *Program) Point(x, y int) {
	p.t.Helper()
	p.display.run(p.t, "xdotool", "mousemove", strconv.Itoa(x), strconv.Itoa(y))
}

// Scroll turns the wheel by a number of notches, down if it is positive, where
// the mouse is.
func (p *Program) Scroll(notches int) {
	p.t.Helper()
	button := "5"
	if notches < 0 {
		button, notches = "4", -notches
	}
	p.display.run(p.t, "xdotool", "click", "--repeat", strconv.Itoa(notches), "--delay", "5", button)
}

var corner = regexp.MustCompile(`Absolute upper-left ([XY]): +(-?\d+)`)

// pixel returns the middle of a place on the screen.
func (p *Program) pixel(at place) (x, y int) {
	p.t.Helper()
	id := strings.TrimSpace(p.display.run(p.t, "xdotool", "search", "--onlyvisible", "--name", "^"+regexp.QuoteMeta(at.window.Title)+"$"))
	id, _, _ = strings.Cut(id, "\n")
	for _, found := range corner.FindAllStringSubmatch(p.display.run(p.t, "xwininfo", "-id", id), -1) {
		n, _ := strconv.Atoi(found[2])
		if found[1] == "X" {
			x = n
		} else {
			y = n
		}
	}
	x += int((at.X + at.Width/2) * at.window.Scale)
	y += int((at.Y + at.Height/2) * at.window.Scale)
	return x, y
}
