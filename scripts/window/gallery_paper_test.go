//go:build realwindow && gallery

package window

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// What a practice puts on paper, as its pages save it.
func TestGalleryOfficePaper(t *testing.T) {
	if _, err := exec.LookPath(draws); err != nil {
		t.Log("pdftoppm of poppler is not here, and so the pictures of paper stay as they are")
		return
	}
	g := openOffice(t, light)
	g.WaitFocus("Passphrase")
	g.enter(officeWords)
	g.waitThere(two)
	g.room(two, "Prepare: on the table")
	g.paper("Save as PDF…", "paper-table")
	g.room(two, "The menu")
	g.paper("Menu of the week as PDF…", "paper-menu")
	g.opens("Open", 0)
	g.waitThere("Put to rest")
	g.paper("Save as PDF…", "paper-hand-out")
	g.room(two, "Check-ins on paper")
	g.paper("Save the form as PDF…", "paper-check-in")
	g.Key("ctrl+2")
	g.waitThere("Read and change…")
	g.opens("Read and change…", 1)
	g.waitThere("Save as PDF…")
	g.paper("Save as PDF…", "paper-policy")
	g.destroys(func(string) {})
	g.paper("Save as PDF…", "paper-certificate")
}

// draws is the program that draws PDF files.
const draws = "pdftoppm"

// paper saves what the page has for paper and keeps a picture of its first two sheets.
func (g gallery) paper(verb, name string) {
	g.t.Helper()
	folder := filepath.Join(g.Home, name)
	if err := os.Mkdir(folder, 0o700); err != nil {
		g.t.Fatal(err)
	}
	g.opens(verb, 0)
	g.waitThere("Choose a folder…")
	g.opens("Choose a folder…", 0)
	g.pick(folder)
	g.WaitText("Saved as")
	saved, err := filepath.Glob(filepath.Join(folder, "*.pdf"))
	if err != nil || len(saved) != 1 {
		g.t.Fatalf("%s: saved as %q, %v", name, saved, err)
	}
	sheet, err := os.ReadFile(saved[0])
	if err != nil {
		g.t.Fatal(err)
	}
	drawn(g.t, sheet, filepath.Join(g.folder, name+".png"))
}

// drawn keeps a picture of the first two sheets of a PDF beside each other.
func drawn(t testing.TB, sheets []byte, picture string) {
	t.Helper()
	c := exec.Command(draws, "-png", "-r", "72", "-l", "2", "-", filepath.Join(t.TempDir(), "sheet"))
	c.Stdin = bytes.NewReader(sheets)
	if out, err := c.CombinedOutput(); err != nil {
		t.Fatalf("%s: %v\n%s", picture, err, out)
	}
	pages, err := filepath.Glob(c.Args[len(c.Args)-1] + "*.png")
	if err != nil || len(pages) == 0 {
		t.Fatalf("%s: no page, %v", picture, err)
	}
	keep(t, picture, sideBySide(t, pages))
}
