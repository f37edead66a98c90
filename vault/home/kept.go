package home

import (
	"context"
	"errors"
	"sync/atomic"

	"ebb/vault"
	"ebb/vault/drawer"
)

// A kept drawer is an open one that says so when its file has gone: then nothing
// is kept any more, whatever the system answers to writing. It outlives the closing
// of the drawer in the middle of a session, for a backup or for a new key.
type kept struct {
	session *vault.Session
	open    func(context.Context) (*drawer.Drawer, error)
	last    *atomic.Pointer[drawer.Drawer]
}

func keptBy(s *vault.Session, d *drawer.Drawer, open func(context.Context) (*drawer.Drawer, error)) kept {
	k := kept{s, open, new(atomic.Pointer[drawer.Drawer])}
	k.last.Store(d)
	return k
}

// with runs do on the drawer, or on the one that stands in its place if it was
// closed in between, and returns which that was.
func (k kept) with(ctx context.Context, do func(*drawer.Drawer) error) (*drawer.Drawer, error) {
	d := k.last.Load()
	for {
		err := do(d)
		if !errors.Is(err, vault.ErrLocked) {
			return d, err
		}
		again, unopened := k.open(ctx)
		if unopened != nil || again == d {
			return d, errors.Join(err, unopened)
		}
		k.last.Store(again)
		d = again
	}
}

// View is [drawer.Drawer.View].
func (k kept) View(ctx context.Context, fn func(*drawer.Tx) error) error {
	d, err := k.with(ctx, func(d *drawer.Drawer) error { return d.View(ctx, fn) })
	if err != nil {
		if gone := k.session.Present(d); gone != nil {
			return errors.Join(gone, err)
		}
	}
	return err
}

// Update is [drawer.Drawer.Update], and vault.ErrGone if what was committed went
// nowhere.
func (k kept) Update(ctx context.Context, fn func(*drawer.Tx) error) error {
	d, err := k.with(ctx, func(d *drawer.Drawer) error { return d.Update(ctx, fn) })
	if gone := k.session.Present(d); gone != nil {
		return errors.Join(gone, err)
	}
	return err
}
