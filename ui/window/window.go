package window

import (
	"context"
	"os"
	"path/filepath"
	"time"

	"fyne.io/fyne/v2"

	"ebb/exercises"
	pages "ebb/ui/home"
	"ebb/ui/kit"
	"ebb/ui/kit/probe"
	"ebb/ui/lang"
	"ebb/vault"
	"ebb/vault/guard"
	"ebb/vault/kinds"
)

// Options say where the window starts.
type Options struct {
	// Vault is the folder to open; empty means to look in Folder.
	Vault string
	// Folder is where vaults are looked for and made; empty means
	// [DefaultFolder].
	Folder string
	// NetworkNotDenied: the kernel refused the filter that forbids sockets.
	NetworkNotDenied bool
	// NotHardened: the system refused to keep the process out of dumps.
	NotHardened bool

	// Version is shown on the settings page.
	Version string

	// What follows is the world around the window, which tests replace.

	// Now is the clock; nil means the system's.
	Now func() time.Time
	// Replace starts the program anew on the given vault; it only returns if that
	// could not be done.
	Replace func(vault string) error
	// Vaults makes the options with which vaults of every kind are made and opened.
	Vaults func(now func() time.Time) vault.Options
}

// Window is Ebb's one window. All its methods must be called on Fyne's main
// goroutine.
type Window struct {
	app    fyne.App
	win    fyne.Window
	o      Options
	beside beside

	stage        *stage  // what is shown, with toasts and sheets above it
	vault        string  // folder that the unlock page is for
	open         *opened // nil while locked
	hidden       bool    // the neutral page is shown
	ending       bool    // the system ends the program: nobody is asked anything
	closing      bool    // the vault is being closed; afterClosing comes next
	afterClosing func()
	shell        *shell // the pages of the open vault; nil also while it is told of damage
	menuOf       *shell // whose menu is up
	menuUp       bool
	help         *pages.Help // the last help page that was shown by itself
	idle         *idleClock  // nil while locked
	endIdle      func()
	touch        func() // notes that the person did something
	copied       bool   // Ebb put words on the clipboard
}

// New builds the window; nothing is shown before ShowAndRun.
func New(app fyne.App, o Options) *Window {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Folder == "" {
		o.Folder = DefaultFolder()
	}
	if o.Replace == nil {
		o.Replace = func(vault string) error { return guard.Replace(nil, vault) }
	}
	if o.Vaults == nil {
		o.Vaults = kinds.Options
	}
	if o.Vault != "" {
		if absolute, err := filepath.Abs(o.Vault); err == nil {
			o.Vault = absolute
		}
	}
	w := &Window{app: app, o: o, touch: func() {}, beside: realBeside}
	app.Settings().SetTheme(w.theme())
	w.win = app.NewWindow(lang.T("window.name"))
	w.win.SetPadded(false)
	w.win.SetMaster()
	w.stage = newStage(w.win)
	w.win.Resize(w.savedSize())
	w.win.SetCloseIntercept(w.quit)
	// Heard only while nothing has the keyboard: the page scrolls, or a run stops.
	w.win.Canvas().SetOnTypedKey(func(e *fyne.KeyEvent) { kit.HandKey(w.stage.shown, e) })
	kit.OnTouch(func() { w.touch() })
	kit.OnCopy(w.noteCopied)
	w.start()
	return w
}

// ShowAndRun shows the window and returns when it was closed.
func (w *Window) ShowAndRun() {
	probe.Start()
	go exercises.English() // read while somebody types; whoever needs it waits for it, and meets its error
	w.win.ShowAndRun()
}

// Canvas is what the window draws on, for tests.
func (w *Window) Canvas() fyne.Canvas { return w.win.Canvas() }

// screen is something that fills the window.
type screen struct {
	content fyne.CanvasObject
	first   fyne.Focusable // what has the keyboard first; may be nil
}

func (w *Window) show(s screen) {
	w.stage.show(s.content)
	w.focus(s.first)
	w.refreshMenu()
}

// focus gives the keyboard to a part, or to none.
func (w *Window) focus(part fyne.Focusable) {
	if part == nil {
		w.win.Canvas().Unfocus()
		return
	}
	w.win.Canvas().Focus(part)
}

// start shows the page that fits what is there: the unlock page if one vault is
// named or found, a choice if there are several, and the first page if none.
func (w *Window) start() {
	if w.o.Vault != "" {
		w.showUnlock(w.o.Vault, false)
		return
	}
	switch found := vaultsIn(w.o.Folder); len(found) {
	case 0:
		w.showFirst()
	case 1:
		w.showUnlock(found[0], false)
	default:
		w.showChoice(found)
	}
}

// beside is how the window does things that are not done at once. Everything that
// is called back runs on the main goroutine. Tests put their own in its place, so
// that nothing in them depends on time.
type beside struct {
	// work runs work on a goroutine of its own, and then done.
	work func(work func(context.Context) error, done func(error))
	// after calls f once, later.
	after func(d time.Duration, f func()) (stop func())
	// every calls f again and again.
	every func(d time.Duration, f func()) (stop func())
}

var realBeside = beside{
	work: func(work func(context.Context) error, done func(error)) {
		go func() {
			err := work(context.Background())
			fyne.Do(func() { done(err) })
		}()
	},
	after: func(d time.Duration, f func()) func() {
		timer := time.AfterFunc(d, func() { fyne.Do(f) })
		return func() { timer.Stop() }
	},
	every: func(d time.Duration, f func()) func() {
		stop := make(chan struct{})
		go func() {
			tick := time.NewTicker(d)
			defer tick.Stop()
			for {
				select {
				case <-stop:
					return
				case <-tick.C:
					fyne.Do(f)
				}
			}
		}()
		return func() { close(stop) }
	},
}

// DisplayPresent reports whether there is a screen to open a window on. Systems
// other than Linux and the BSDs always have one.
func DisplayPresent() bool {
	if filepath.Separator == '\\' || os.Getenv("DISPLAY") != "" || os.Getenv("WAYLAND_DISPLAY") != "" {
		return true
	}
	_, err := os.Stat("/System/Library/CoreServices/SystemVersion.plist") // macOS
	return err == nil
}

// Terminate locks and closes the window because the system asks for it, as when
// somebody logs out. It may be called on any goroutine.
func (w *Window) Terminate() {
	fyne.Do(func() {
		w.ending = true
		w.quit()
	})
}

// quit locks and closes the window.
func (w *Window) quit() {
	w.saveSize()
	w.lockThen(func() { w.app.Quit() })
}
