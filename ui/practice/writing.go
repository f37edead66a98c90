package practice

import (
	"context"
	"errors"

	"ebb/ui/kit"
	"ebb/ui/kit/editor"
	"ebb/ui/page"
	"ebb/ui/sentence"
	store "ebb/vault/practice"
)

// A writing is boxes of words that are kept by themselves while somebody writes: every
// few seconds what changed goes to its drawer, and what is left of it when the page is
// left. A kill takes no more than those seconds.
type writing struct {
	d     Desk
	keep  func(ctx context.Context, key, text string) error // stores the words of one box
	boxes []*box
	state *kit.SaveState
	said  string     // what the page says when words were kept
	timer func()     // set while words are to be kept; stops it
	left  bool       // the page shows something else; nothing is written any more
	turns page.Turns // of writes, which run beside the window
}

// A box is one of them.
type box struct {
	key    string
	editor *editor.Editor
	least  int  // lines that it keeps when there is little in it
	dirty  bool // changed since it was kept
}

func newWriting(d Desk, said string, keep func(ctx context.Context, key, text string) error) *writing {
	return &writing{d: d, keep: keep, state: kit.NewSaveState(), said: said}
}

// add makes a box with the words that were kept.
func (w *writing) add(key, label, placeholder, text string, least int) *editor.Editor {
	e := editor.New()
	e.Label, e.Placeholder = label, placeholder
	e.SetText(text)
	b := &box{key: key, editor: e, least: least}
	e.Margin, e.MinLines = 0, b.room()
	e.OnChanged, e.OnCopied = func() { w.changed(b) }, w.d.Copied
	w.boxes = append(w.boxes, b)
	return e
}

// room is how many lines the box keeps: it grows with what is written, and only a long
// one scrolls within itself.
func (b *box) room() int { return max(b.least, min(2+b.editor.Len()/60, 18)) }

func (w *writing) changed(b *box) {
	if w.left {
		return
	}
	b.dirty = true
	w.state.Clear()
	w.soon()
}

// soon sees that words are kept, and tried again where they could not be.
func (w *writing) soon() {
	if w.timer == nil {
		w.timer = w.d.After(draftEvery, w.save)
	}
}

// words are what a box holds that was not kept yet.
type words struct {
	of   *box
	text string
}

// take returns the words that were not kept yet, and counts them as kept.
func (w *writing) take() (all []words) {
	for _, b := range w.boxes {
		if b.dirty {
			b.dirty = false
			all = append(all, words{b, b.editor.Text()})
		}
	}
	return all
}

// put stores words.
func (w *writing) put(ctx context.Context, all []words) error {
	for _, one := range all {
		if err := w.keep(ctx, one.of.key, one.text); err != nil {
			return err
		}
	}
	return nil
}

// back counts words as not kept: they could not be.
func back(all []words) {
	for _, one := range all {
		one.of.dirty = true
	}
}

// save keeps what changed, beside the window.
func (w *writing) save() {
	if w.timer == nil {
		return // left meanwhile
	}
	w.timer = nil
	all, turn := w.take(), w.turns.Next()
	for _, one := range all {
		if lines := one.of.room(); lines != one.of.editor.MinLines {
			one.of.editor.MinLines = lines
			one.of.editor.Changed()
			one.of.editor.Refresh()
		}
	}
	w.d.Work(func(ctx context.Context) error {
		return turn(func() error { return w.put(ctx, all) })
	}, func(err error) {
		switch {
		case w.left: // whatever came after has written what there is
		case errors.Is(err, store.ErrCaseGone):
			w.d.Failed(err)
		case err != nil:
			back(all)
			w.state.Failed(sentence.Of(err))
			w.soon()
		case w.timer == nil: // nothing was typed since
			w.state.Kept(w.said)
		}
	})
}

func (w *writing) rest() {
	if w.timer != nil {
		w.timer()
		w.timer = nil
	}
}

// now keeps what changed at once.
func (w *writing) now() error {
	w.rest()
	all := w.take()
	if len(all) == 0 {
		return w.turns.Next()(func() error { return nil }) // what is under way is over
	}
	err := w.turns.Next()(func() error { return w.put(context.Background(), all) })
	if err != nil {
		back(all)
		w.state.Failed(sentence.Of(err))
		w.soon()
		return err
	}
	w.state.Kept(w.said)
	return nil
}

// leave ends the writing. What it returns may run on any goroutine when locking, and
// on the main one otherwise; then the words stay in the boxes until they are kept.
func (w *writing) leave(locking bool) func(context.Context) error {
	w.rest()
	all, turn := w.take(), w.turns.Next()
	if locking {
		w.wipe()
	}
	return func(ctx context.Context) error {
		err := turn(func() error { return w.put(ctx, all) })
		if locking {
			return err
		}
		if err != nil && !errors.Is(err, store.ErrCaseGone) {
			back(all)
			w.soon()
			return err
		}
		w.wipe()
		return nil
	}
}

// wipe takes the words off the screen.
func (w *writing) wipe() {
	w.left = true
	for _, b := range w.boxes {
		b.dirty = false
		b.editor.Wipe()
	}
}
