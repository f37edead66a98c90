package vault

import (
	"context"
	"errors"
	"os"
	"path/filepath"

	"ebb/vault/drawer"
	"ebb/vault/keys"
)

// A succession puts copies under new keys in the place of drawers: the private one,
// the shared one, or both. In this order:
//
//  1. the ring names the new files as doomed, and is saved
//  2. the copies are made, while nothing can be written to the originals
//  3. one write of the key file makes them the drawers in use
//  4. what was replaced is destroyed, or kept until the others have the new one
//
// A crash before 3 leaves the old drawers and doomed files, after it the new ones.
type succession struct {
	s       *Session
	heirs   []heir
	applied bool // step 3 was begun
}

// An heir is a drawer that is to take the place of another.
type heir struct {
	old   keys.Drawer
	from  *drawer.Drawer
	new   *keys.Drawer
	moved bool // from was copied, and closed
}

// prepare does step 1 for the drawers in use of these roles. s.mu is held.
func (s *Session) prepare(ctx context.Context, roles ...keys.Role) (*succession, error) {
	su := &succession{s: s}
	ring := s.seat.Ring()
	for _, role := range roles {
		d, err := s.openInUse(ctx, role)
		if err == nil {
			var next *keys.Drawer
			if next, err = ring.Prepare(role); err == nil {
				su.heirs = append(su.heirs, heir{old: *ring.Drawer(role), from: d, new: next})
			}
		}
		if err != nil {
			su.giveUp()
			return nil, err
		}
	}
	if err := s.seat.Save(); err != nil {
		su.giveUp()
		return nil, s.present(keysError(err))
	}
	return su, nil
}

// openInUse opens the drawer in use for a role. s.mu is held.
func (s *Session) openInUse(ctx context.Context, role keys.Role) (*drawer.Drawer, error) {
	return s.openAs(ctx, s.seat.Ring().Drawer(role), drawer.Options{})
}

// run does steps 2 and 3; apply is the write of the key file. After an error of
// apply the session is over: it is unknown which of the drawers count, so nothing
// may be written to either. After any other error everything is as before.
func (su *succession) run(ctx context.Context, progress func(done, total int64), apply func() error) error {
	s := su.s
	err := su.copy(ctx, newSteps(s.vault.dir, su.heirs, progress), 0, func() error {
		su.applied = true
		return apply()
	})
	switch {
	case err == nil:
		for _, h := range su.heirs {
			delete(s.opened, h.old.Name)
			s.places.Delete(h.from)
			s.moved[drawer.ID(h.old.ID)] = drawer.ID(h.new.ID)
		}
		return nil
	case su.applied:
		return errors.Join(s.present(keysError(err)), s.end())
	}
	su.giveUp()
	return s.present(drawerError(err))
}

// copy copies the drawers from the i-th on, each while those before it stand
// still, and then applies.
func (su *succession) copy(ctx context.Context, steps *steps, i int, apply func() error) error {
	if i == len(su.heirs) {
		return apply()
	}
	h := &su.heirs[i]
	path := filepath.Join(su.s.vault.dir, h.new.Name)
	return h.from.MoveTo(ctx, path, drawer.ID(h.new.ID), drawer.Key(*h.new.Key), steps.of(i), func() error {
		h.moved = true
		h.new.Seen = 1 // the first state of a drawer; that it was opened is told by a receipt
		return su.copy(ctx, steps, i+1, apply)
	})
}

// giveUp leaves the drawers that are in use, and removes what was made of others.
// What cannot be removed stays doomed. A drawer that was closed on the way is
// opened again by whoever asks for it.
func (su *succession) giveUp() {
	s := su.s
	ring := s.seat.Ring()
	for _, h := range su.heirs {
		ring.Discard(h.new)
		if drawer.Remove(context.Background(), filepath.Join(s.vault.dir, h.new.Name)) == nil {
			ring.Destroyed(h.new.Name)
		}
		if h.moved {
			delete(s.opened, h.old.Name)
			s.places.Delete(h.from)
		}
	}
}

// steps adds up the progress of several copies.
type steps struct {
	progress func(done, total int64)
	sizes    []int64
	total    int64
}

func newSteps(dir string, heirs []heir, progress func(done, total int64)) *steps {
	st := &steps{progress: progress}
	for _, h := range heirs {
		size := int64(1)
		if info, err := os.Stat(filepath.Join(dir, h.old.Name)); err == nil {
			size = max(1, info.Size())
		}
		st.sizes, st.total = append(st.sizes, size), st.total+size
	}
	return st
}

// of is the progress of the i-th copy, in bytes of all.
func (st *steps) of(i int) func(done, total int64) {
	if st.progress == nil {
		return nil
	}
	var before int64
	for _, size := range st.sizes[:i] {
		before += size
	}
	return func(done, total int64) {
		if total > 0 {
			st.progress(before+done*st.sizes[i]/total, st.total)
		}
	}
}

// destroy overwrites the files that nobody needs any more, once the drawers that
// the ring names have been opened: if an older ring was put back, what it calls
// doomed may be all that is left. What cannot be destroyed stays doomed, and is
// tried again at the next opening. s.mu is held.
func (s *Session) destroy(ctx context.Context) error {
	ring := s.seat.Ring()
	if len(ring.Doomed) == 0 {
		return nil
	}
	for _, role := range []keys.Role{keys.Private, keys.Shared, keys.Caseload} {
		if ring.Drawer(role) == nil {
			continue
		}
		if _, err := s.openInUse(ctx, role); errors.Is(err, ErrDamaged) {
			return nil
		} else if err != nil {
			return err
		}
	}
	for _, d := range append([]keys.Doomed(nil), ring.Doomed...) {
		if ring.Named(d.Name) != nil {
			continue
		}
		unmake := drawer.Remove
		if d.Keep {
			unmake = drawer.Scramble
		}
		if unmake(ctx, filepath.Join(s.vault.dir, d.Name)) == nil {
			ring.Destroyed(d.Name)
		}
	}
	return ctx.Err()
}
