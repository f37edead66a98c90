package home

import (
	"context"
	"strings"

	"ebb/ui/lang"
	"ebb/ui/sentence"
	store "ebb/vault/home"
)

// What the writer writes to the vault, and when.

// changed notes that something is to be saved, and sees that it soon is.
func (w *writer) changed() {
	if w.left {
		return
	}
	w.dirty = true
	w.state.Clear()
	if w.timer == nil {
		w.timer = w.d.After(draftEvery, w.draft)
	}
}

// now is the entry as it stands on the page.
func (w *writer) now() store.Entry {
	e := w.entry
	e.Text = w.editor.Text()
	return e
}

// draft seals what is in the editor.
func (w *writer) draft() {
	if w.timer == nil {
		return // left meanwhile
	}
	w.timer = nil
	e := w.now()
	w.write(func(ctx context.Context) error { return w.d.Home.Journal.SaveDraft(ctx, e) }, func() {
		if w.timer == nil { // nothing was typed since
			w.state.Kept(lang.T("journal.drafted"))
		}
	})
}

// write runs a write beside the window, after those that were asked for before it.
func (w *writer) write(work func(context.Context) error, done func()) {
	turn := w.turns.Next()
	w.d.Work(func(ctx context.Context) error {
		return turn(func() error { return work(ctx) })
	}, func(err error) {
		switch {
		case w.left: // whatever came after has written what there is
		case err != nil:
			w.state.Failed(sentence.Of(err))
		default:
			done()
		}
	})
}

// save writes an entry to the journal and then goes on with done.
func (w *writer) save(e store.Entry, done func(store.Entry)) {
	w.stopTimer()
	w.write(func(ctx context.Context) (err error) {
		e, err = w.d.Home.Journal.Save(ctx, e)
		w.kept = w.kept || err == nil
		return err
	}, func() {
		w.isNew = false
		w.entry.Created = e.Created
		if w.timer == nil { // nothing was typed since
			w.dirty = false
			w.state.Kept(lang.T("journal.kept"))
		}
		w.onKept(e)
		done(e)
	})
}

// keep stores the entry and stays on it.
func (w *writer) keep() { w.save(w.now(), func(store.Entry) {}) }

func (w *writer) stopTimer() {
	if w.timer != nil {
		w.timer()
		w.timer = nil
	}
}

// read shows the entry as it reads, after keeping it.
func (w *writer) read() {
	e := w.now()
	if !w.dirty {
		w.onRead(e)
		return
	}
	w.save(e, func(e store.Entry) {
		if !w.dirty {
			w.onRead(e)
		}
	})
}

// leave ends the writing. See [Page].
func (w *writer) leave(locking bool) func(context.Context) error {
	w.stopTimer()
	e, dirty := w.now(), w.dirty
	empty := w.isNew && strings.TrimSpace(e.Text) == "" && len(e.Moods) == 0 && len(e.Tags) == 0
	w.left, w.dirty = true, false
	w.editor.Wipe()
	turn := w.turns.Next()
	return func(ctx context.Context) error {
		return turn(func() error {
			switch {
			case !dirty:
				return nil
			case empty:
				return w.d.Home.Journal.DropDraft(ctx, e.ID)
			case locking:
				return w.d.Home.Journal.SaveDraft(ctx, e)
			}
			_, err := w.d.Home.Journal.Save(ctx, e)
			return err
		})
	}
}

// discard takes the entry out of the journal, or drops what was never kept. It
// returns the words that are lost with it: those that were not kept. If it fails,
// everything stays as it is.
func (w *writer) discard() (unkept *store.Entry, isNew bool, err error) {
	w.stopTimer()
	e := w.now()
	// What is being written now must not come after.
	err = w.turns.Next()(func() error {
		if isNew = w.isNew && !w.kept; isNew {
			return w.d.Home.Journal.DropDraft(context.Background(), e.ID)
		}
		return w.d.Home.Journal.Discard(context.Background(), e.ID)
	})
	if err != nil {
		return nil, false, err
	}
	if isNew || w.dirty {
		unkept = &e
	}
	w.left = true
	w.editor.Wipe()
	return unkept, isNew, nil
}
