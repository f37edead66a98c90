package window

import (
	"context"
	"errors"

	"ebb/ui/home"
	"ebb/ui/kit"
	"ebb/ui/lang"
	"ebb/ui/sentence"
	"ebb/vault"
)

// changeKeys runs something after which the session has other drawers, and opens the
// home anew. Where the session is over, the window locks: the next opening finds
// everything as it was, or as it was to be.
func (s *shell) changeKeys(change func(context.Context) error, done func(home.Desk, error)) {
	var fresh *opened
	var failed error
	s.work(func(ctx context.Context) (err error) {
		if failed = change(ctx); failed != nil && !errors.Is(failed, vault.ErrLocked) {
			return nil
		}
		if failed == nil {
			at, err := enterRooms(ctx, s.w.open.session, s.w.o)
			fresh = &at
			return err
		}
		return failed
	}, func(err error) {
		if err != nil {
			s.w.toast(sentence.Of(err))
			s.w.lock()
			return
		}
		if fresh != nil {
			s.w.open = fresh
			s.cases = nil // of the practice that was
		}
		done(s.desk(), failed)
	})
}

// depart destroys the person's own seat. Afterwards the program starts anew, on the
// page of those who stay.
func (s *shell) depart(passphrase []byte, failed func(error)) {
	s.work(func(ctx context.Context) error {
		defer clear(passphrase)
		return s.w.open.session.Leave(ctx, passphrase)
	}, func(err error) {
		if errors.Is(err, vault.ErrWrongPassphrase) {
			failed(err)
			return
		}
		s.w.gone(err)
	})
}

// gone shows that a person has left, or why that is not certain.
func (w *Window) gone(err error) {
	w.open.session, w.open = nil, nil
	w.shell.end()
	w.shell = nil
	w.stopIdle()
	w.clearClipboard()
	said := kit.NewText(kit.Body, lang.T("data.leave.left")).In(kit.ColorMuted)
	if err != nil {
		said = kit.NewText(kit.Body, sentence.Of(err)).In(kit.ColorWarn)
	}
	on := kit.NewButton(kit.Primary, lang.T("data.leave.on"), w.replace)
	card := kit.NewPaddedCard(28, kit.Column(kit.SpaceL, kit.NewText(kit.Title, lang.T("data.leave.row")), said, kit.Start(on)))
	w.show(screen{w.entrance(kit.Middle(formWidth, card), nil), on})
}
