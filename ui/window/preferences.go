package window

import (
	"os"
	"path/filepath"

	"fyne.io/fyne/v2"

	"ebb/ui/kit"
	"ebb/vault"
)

// The only preferences there are. They are stored in plain text and can be lost
// by a kill, so nothing private and nothing vital may be among them.
const (
	prefColours  = "colours"
	prefTextSize = "text-size"
	prefWidth    = "window-width"
	prefHeight   = "window-height"
)

// Smallest and first size of the window, in units of the canvas.
const (
	minWidth, minHeight     = 900, 600
	firstWidth, firstHeight = 1180, 760
)

func (w *Window) theme() *kit.Theme {
	return kit.NewTheme(w.colours(), w.textSize())
}

func (w *Window) colours() kit.Mode {
	return kit.Mode(w.app.Preferences().IntWithFallback(prefColours, int(kit.ModeLight)))
}

func (w *Window) textSize() int {
	return w.app.Preferences().IntWithFallback(prefTextSize, kit.TextSizes[0])
}

func (w *Window) setColours(m kit.Mode) {
	w.app.Preferences().SetInt(prefColours, int(m))
	w.app.Settings().SetTheme(w.theme())
}

func (w *Window) setTextSize(percent int) {
	w.app.Preferences().SetInt(prefTextSize, percent)
	w.app.Settings().SetTheme(w.theme())
	if w.shell != nil {
		w.shell.rearrange()
	}
	w.putMenu() // the menu bar is higher or lower now, and the page with it
}

func (w *Window) savedSize() fyne.Size {
	p := w.app.Preferences()
	return fyne.NewSize(
		max(minWidth, float32(p.FloatWithFallback(prefWidth, firstWidth))),
		max(minHeight, float32(p.FloatWithFallback(prefHeight, firstHeight))),
	)
}

func (w *Window) saveSize() {
	size := w.win.Canvas().Size()
	p := w.app.Preferences()
	p.SetFloat(prefWidth, float64(size.Width))
	p.SetFloat(prefHeight, float64(size.Height))
}

// DefaultFolder is where vaults are made unless somebody chooses otherwise.
func DefaultFolder() string {
	home, err := os.UserHomeDir()
	if err != nil {
		return "Ebb"
	}
	return filepath.Join(home, "Ebb")
}

// vaultsIn lists the vaults in a folder, by path.
func vaultsIn(folder string) []string {
	entries, err := os.ReadDir(folder)
	if err != nil {
		return nil // no folder yet: no vaults
	}
	var found []string
	for _, e := range entries {
		if e.IsDir() && filepath.Ext(e.Name()) == vault.Suffix {
			found = append(found, filepath.Join(folder, e.Name()))
		}
	}
	return found
}
