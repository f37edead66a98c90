package home

import (
	"context"
	"errors"

	"ebb/vault"
	"ebb/vault/drawer"
)

// A kept drawer is an open one that says so when its file has gone: then nothing
// is kept any more, whatever the system answers to writing.
type kept struct {
	drawer  *drawer.Drawer
	present func(*drawer.Drawer) error
}

func keptBy(s *vault.Session, d *drawer.Drawer) kept { return kept{d, s.Present} }

// View is [drawer.Drawer.View].
func (k kept) View(ctx context.Context, fn func(*drawer.Tx) error) error {
	err := k.drawer.View(ctx, fn)
	if err != nil {
		if gone := k.present(k.drawer); gone != nil {
			return errors.Join(gone, err)
		}
	}
	return err
}

// Update is [drawer.Drawer.Update], and vault.ErrGone if what was committed went
// nowhere.
func (k kept) Update(ctx context.Context, fn func(*drawer.Tx) error) error {
	err := k.drawer.Update(ctx, fn)
	if gone := k.present(k.drawer); gone != nil {
		return errors.Join(gone, err)
	}
	return err
}
