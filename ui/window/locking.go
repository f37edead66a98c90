package window

import (
	"context"
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2"

	pages "ebb/ui/home"
	"ebb/ui/kit"
	"ebb/ui/lang"
	"ebb/ui/sentence"
	"ebb/vault"
	store "ebb/vault/home"
)

// enter shows the pages of a vault that was just unlocked.
func (w *Window) enter(o opened) {
	if len(o.damaged) > 0 {
		w.showDamage(o)
		return
	}
	w.open, w.vault = &o, o.session.Dir()
	limit, err := o.idle(context.Background())
	w.showShell()
	if err != nil {
		w.toast(sentence.Of(err))
	}
	if told := told(o.session.Notices()); told != "" {
		w.toast(told)
	}
	w.watchIdle(limit)
	switch {
	case !o.session.Recovered() && o.practice == nil:
		w.shell.offerRun()
	case o.session.Recovered(): // whoever needed the words wants a passphrase again
		w.shell.show(placeData, func() pages.Page { return pages.NewPassphrasePage(w.shell.desk()) })
	}
}

// told are all notices in one text, each once: a toast takes the place of the one
// before it.
func told(notices []vault.Notice) string {
	var all []string
	for _, n := range notices {
		if text := sentence.Notice(n); !slices.Contains(all, text) {
			all = append(all, text)
		}
	}
	return strings.Join(all, " ")
}

// lock closes the vault and starts the program anew on its unlock page.
func (w *Window) lock() {
	w.saveSize()
	w.lockThen(w.replace)
}

// lockThen seals what is being written, clears the screen, closes the vault and
// then goes on, on the main goroutine. If something could not be written it says
// so instead.
func (w *Window) lockThen(then func()) {
	switch {
	case w.open != nil:
		w.close(kit.NewGround(kit.ColorPaper, kit.Spacer()), then)
	case w.closing:
		w.afterClosing = then // instead of what was to come
	default:
		then()
	}
}

// close paints cover in place of the pages before anything else happens, then
// seals what is being written, closes the vault and goes on with then.
func (w *Window) close(cover fyne.CanvasObject, then func()) {
	o, shell := w.open, w.shell
	w.open, w.shell = nil, nil
	w.closing, w.afterClosing = true, then
	w.stopIdle()
	w.stage.show(cover) // also takes toasts and sheets away
	w.refreshMenu()
	w.clearClipboard()
	if shell == nil { // a drawer is damaged, and no page was shown
		w.lockSession(o)
		return
	}
	write := shell.leave(true)
	w.seal(o, func(ctx context.Context) error {
		shell.stop()
		return write(ctx)
	})
}

// seal writes what is still to be written, and locks when that has worked. If it
// has not, the words are held in memory, off the screen, until the person has made
// room or gives them up.
func (w *Window) seal(o *opened, write func(context.Context) error) {
	w.beside.work(write, func(err error) {
		if err != nil {
			w.showSealProblem(err, func() { w.seal(o, write) }, func() { w.lockSession(o) })
			return
		}
		w.lockSession(o)
	})
}

func (w *Window) lockSession(o *opened) {
	var result store.BackupResult
	w.beside.work(func(ctx context.Context) error {
		if o.practice != nil {
			made, err := o.practice.LockAndBackUp(ctx, nil)
			result = store.BackupResult(made)
			return err
		}
		if o.home == nil {
			return o.session.Lock(ctx)
		}
		err := o.home.Journal.Purge(ctx)
		var lock error
		if result, lock = o.home.Lock(ctx, nil); err == nil {
			err = lock
		}
		return err
	}, func(err error) {
		then := w.afterClosing
		w.closing, w.afterClosing = false, nil
		switch {
		case err != nil:
			w.hidden = false
			w.showLockProblem(err)
		case result.Err != nil && !w.hidden && !w.ending: // nothing shows over the neutral page
			w.showBackupProblem(result.Err, then)
		default:
			then()
		}
	})
}

// replace starts the program anew, so that nothing that was read or written is
// left in memory. If the system refuses, the unlock page shows in this process.
func (w *Window) replace() {
	if err := w.o.Replace(w.vault); err != nil {
		w.showUnlock(w.vault, false)
		w.toast(sentence.Of(err))
	}
}

// hide is quick hide: a neutral page at once, locking behind it, and a new process
// at the next touch.
func (w *Window) hide() {
	if w.open == nil || w.hidden {
		return
	}
	w.hidden = true
	locked := false
	pressed := false
	wake := func() {
		pressed = true
		if locked && w.hidden {
			w.hidden = false
			w.replace()
		}
	}
	cover := newHiddenPage(wake)
	w.close(cover, func() {
		locked = true
		if pressed {
			wake()
		}
	})
	w.win.Canvas().Focus(cover)
}

// showSealProblem tells that the last words could not be written. They are not on
// the screen; they are written as soon as that works.
func (w *Window) showSealProblem(err error, retry, giveUp func()) {
	w.hidden = false
	again := kit.NewButton(kit.Primary, lang.T("lock-problem.retry"), retry)
	card := kit.NewPaddedCard(28, kit.Column(kit.SpaceL,
		kit.NewText(kit.Title, lang.T("lock-problem.title")),
		kit.NewText(kit.Body, sentence.Of(err)).In(kit.ColorWarn),
		kit.NewText(kit.Body, lang.T("lock-problem.held")).In(kit.ColorMuted),
		kit.Flow(kit.SpaceM, again, kit.NewButton(kit.Danger, lang.T("lock-problem.give-up"), giveUp)),
	))
	w.show(screen{w.entrance(kit.Middle(formWidth, card), nil), again})
}

// showLockProblem tells what could not be written. The vault is closed.
func (w *Window) showLockProblem(err error) {
	again := kit.NewButton(kit.Primary, lang.T("lock-problem.again"), w.replace)
	card := kit.NewPaddedCard(28, kit.Column(kit.SpaceL,
		kit.NewText(kit.Title, lang.T("lock-problem.title")),
		kit.NewText(kit.Body, lang.T("lock-problem.intro")).In(kit.ColorMuted),
		kit.NewText(kit.Body, sentence.Of(err)).In(kit.ColorWarn),
		kit.Start(again),
	))
	w.show(screen{w.entrance(kit.Middle(formWidth, card), nil), again})
}

// noteCopied remembers that Ebb put words on the clipboard.
func (w *Window) noteCopied() { w.copied = true }

// clearClipboard empties the clipboard if the last words on it are Ebb's.
func (w *Window) clearClipboard() {
	if w.copied {
		w.app.Clipboard().SetContent("")
		w.copied = false
	}
}

// watchIdle starts the clock that locks an untouched window.
func (w *Window) watchIdle(limit time.Duration) {
	w.stopIdle()
	clock := newIdleClock(limit, w.o.Now)
	w.idle = clock
	w.touch = clock.touch
	w.endIdle = w.beside.every(time.Second, func() {
		if w.idle == clock { // not another vault's meanwhile
			w.tickIdle()
		}
	})
}

func (w *Window) stopIdle() {
	if w.endIdle != nil {
		w.endIdle()
		w.endIdle = nil
	}
	w.idle, w.touch = nil, func() {}
}

// tickIdle shows the countdown in the last half minute, and locks at its end.
func (w *Window) tickIdle() {
	if w.idle == nil || w.open == nil {
		return
	}
	left, warn := w.idle.tick()
	switch {
	case left <= 0:
		w.lock()
	case warn:
		w.countdown(int((left + time.Second - 1) / time.Second))
	default:
		w.countdown(0)
	}
	if w.shell != nil {
		w.shell.tickPractice()
	}
}

// countdown says how long is left before the window locks itself; 0 takes the
// line away.
func (w *Window) countdown(seconds int) {
	if seconds == 0 {
		w.stage.countdown.Clear()
		return
	}
	w.stage.countdown.Say(lang.F("window.idle.line", map[string]any{"Seconds": seconds}))
}
