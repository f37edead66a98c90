//go:build windowprobe

package probe

import (
	"bufio"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"syscall"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"
)

func spotOf(t *testing.T, w Window, text string) Spot {
	t.Helper()
	i := slices.IndexFunc(w.Spots, func(s Spot) bool { return s.Text == text })
	if i < 0 {
		t.Fatalf("nothing shows %q among %+v", text, w.Spots)
	}
	return w.Spots[i]
}

func TestWhatAWindowShows(t *testing.T) {
	test.NewTempApp(t)
	entry := widget.NewEntry()
	entry.SetText("a line")
	secret := widget.NewPasswordEntry()
	secret.SetText("hunter2")
	gone := widget.NewLabel("hidden")
	gone.Hide()
	off := widget.NewButton("Save", func() {})
	off.Disable()
	wrapped := widget.NewLabel("one sentence that needs more lines than one")
	wrapped.Wrapping = fyne.TextWrapWord
	rows := container.NewVBox(widget.NewLabel("first row"))
	for range 60 {
		rows.Add(widget.NewLabel("row"))
	}
	rows.Add(widget.NewButton("last row", func() {}))
	scroll := container.NewVScroll(rows)
	scroll.SetMinSize(fyne.NewSize(100, 100))
	w := test.NewTempWindow(t, container.NewVBox(
		canvas.NewText("bare", nil), entry, secret, gone, off, wrapped,
		widget.NewCheck("agree", func(bool) {}), scroll,
	))
	w.SetTitle("Ebb")
	w.Resize(fyne.NewSize(200, 600))
	w.Canvas().Focus(entry)

	seen := readWindow(w)
	if seen.Title != "Ebb" || seen.Scale != w.Canvas().Scale() {
		t.Errorf("title %q, scale %v", seen.Title, seen.Scale)
	}
	if s := spotOf(t, seen, "bare"); s.Kind != "*canvas.Text" || s.Press {
		t.Errorf("a bare text: %+v", s)
	}
	if s := spotOf(t, seen, "a line"); s.Kind != "*widget.Entry" || !s.Focused || !s.Focusable {
		t.Errorf("an entry with the focus: %+v", s)
	}
	if s := spotOf(t, seen, "•••••••"); s.Focused || !s.Focusable {
		t.Errorf("a password: %+v", s)
	}
	if s := spotOf(t, seen, "Save"); !s.Disabled || !s.Press {
		t.Errorf("a button that is off: %+v", s)
	}
	if s := spotOf(t, seen, "one sentence that needs more lines than one"); s.Height < 40 {
		t.Errorf("a wrapped text: %+v", s)
	}
	spotOf(t, seen, "agree")
	spotOf(t, seen, "first row")
	for _, s := range seen.Spots {
		if s.Text == "hidden" || s.Text == "last row" {
			t.Errorf("out of sight, and told: %+v", s)
		}
	}

	// A place is that of the driver.
	want := fyne.CurrentApp().Driver().AbsolutePositionForObject(off)
	if s := spotOf(t, seen, "Save"); s.X != want.X || s.Y != want.Y {
		t.Errorf("the button is at %v, told at %v,%v", want, s.X, s.Y)
	}

	scroll.ScrollToBottom()
	seen = readWindow(w)
	if s := spotOf(t, seen, "last row"); s.Clipped || s.Kind != "*widget.Button" {
		t.Errorf("scrolled to: %+v", s)
	}

	w.Canvas().Overlays().Add(container.NewCenter(widget.NewButton("over", func() {})))
	if s := spotOf(t, readWindow(w), "over"); s.Layer != 1 {
		t.Errorf("an overlay: %+v", s)
	}
}

func TestAnswers(t *testing.T) {
	test.NewTempApp(t)
	test.NewTempWindow(t, widget.NewLabel("here")).SetTitle("one")
	folder := t.TempDir()
	for _, name := range []string{"ask", "tell"} {
		if err := syscall.Mkfifo(filepath.Join(folder, name), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	ended := make(chan error, 1)
	go func() { ended <- answer(folder, func(read func()) { read() }) }()
	ask, err := os.OpenFile(filepath.Join(folder, "ask"), os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	tell, err := os.Open(filepath.Join(folder, "tell"))
	if err != nil {
		t.Fatal(err)
	}
	defer tell.Close()
	if _, err := ask.WriteString("first\nsecond\n"); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(tell)
	for _, question := range []string{"first", "second"} {
		for lines.Scan() && lines.Text() == "" {
		}
		var s Screen
		if err := json.Unmarshal(lines.Bytes(), &s); err != nil {
			t.Fatal(err)
		}
		if s.Asked != question || s.Process != os.Getpid() || len(s.Windows) == 0 {
			t.Errorf("the answer to %q: %+v", question, s)
		}
	}
	ask.Close()
	if err := <-ended; err != nil {
		t.Errorf("when the test is gone: %v", err)
	}
}
