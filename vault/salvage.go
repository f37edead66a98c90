package vault

import (
	"context"
	"errors"
	"path/filepath"
	"slices"

	"ebb/vault/drawer"
	"ebb/vault/keys"
)

// A Damaged drawer is one that this person has the key of, and that does not open.
type Damaged struct {
	ID   drawer.ID
	Role keys.Role
	// Salvage is what [Session.OpenAtCheckpoint] would bring back and give up; nil if
	// it does not help.
	Salvage *drawer.Salvage
}

// Damaged looks for drawers of this person that do not open, and for what can be
// brought back of each. It changes nothing in them. None is an empty list.
func (s *Session) Damaged(ctx context.Context) ([]Damaged, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.locked {
		return nil, ErrLocked
	}
	var found []Damaged
	for i := range s.seat.Ring().Drawers {
		named := &s.seat.Ring().Drawers[i]
		if named.Retired { // all that is in it is in another, which counts
			continue
		}
		_, err := s.openUpToDate(ctx, named)
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		if !errors.Is(err, ErrDamaged) {
			continue // it opens, or why not is told when somebody asks for it
		}
		one := Damaged{ID: drawer.ID(named.ID), Role: named.Role}
		if salvage, err := s.salvageable(ctx, named); err == nil {
			one.Salvage = &salvage
		} else if !errors.Is(err, ErrDamaged) {
			return nil, err
		}
		found = append(found, one)
	}
	return found, nil
}

// salvageable is drawer.Salvageable. s.mu is held.
func (s *Session) salvageable(ctx context.Context, named *keys.Drawer) (drawer.Salvage, error) {
	path := filepath.Join(s.vault.dir, named.Name)
	if err := ordinary(path); err != nil {
		return drawer.Salvage{}, err
	}
	found, err := drawer.Salvageable(ctx, path, drawer.ID(named.ID), drawer.Key(*named.Key))
	return found, drawerError(err)
}

// salvageOf is what can be brought back of a drawer that answered with an error when it
// was opened; nil if nothing can.
func (s *Session) salvageOf(ctx context.Context, id drawer.ID, err error) *drawer.Salvage {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.locked || !errors.Is(err, ErrDamaged) {
		return nil
	}
	named := s.heirOf(id)(s.seat.Ring())
	if named == nil {
		return nil
	}
	if found, err := s.salvageable(ctx, named); err == nil {
		return &found
	}
	return nil
}

// OpenAtCheckpoint makes a drawer that [Session.Damaged] named open again, as it was
// at its last checkpoint and with what is whole of its log. What was committed after
// that is given up for good, for everybody who shares the drawer: it is done only when
// the person has agreed to it, and until then all of the log stays. It returns what
// was brought back and given up, and the session has the notice DrawerSalvaged.
//
// A drawer that opens as it is is left alone. ErrDamaged says that this does not help,
// and that nothing was touched. Killed at any moment, it leaves a drawer that is
// damaged as before, or open again.
func (s *Session) OpenAtCheckpoint(ctx context.Context, id drawer.ID) (drawer.Salvage, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.locked {
		return drawer.Salvage{}, ErrLocked
	}
	named := s.heirOf(id)(s.seat.Ring())
	if named == nil {
		return drawer.Salvage{}, errLacksDrawer
	}
	if _, err := s.openUpToDate(ctx, named); !errors.Is(err, ErrDamaged) {
		return drawer.Salvage{}, err
	}
	found, err := s.salvageable(ctx, named)
	if err != nil {
		return drawer.Salvage{}, err
	}
	d, err := s.openAsItIs(ctx, *named, drawer.OpenAtCheckpoint)
	if err != nil {
		return drawer.Salvage{}, drawerError(err)
	}
	// Closing it brings what was kept of the log into the drawer.
	if err := d.Close(); err != nil {
		return drawer.Salvage{}, drawerError(err)
	}
	named.Seen = max(named.Seen, d.Sequence())
	for i := range s.seat.Ring().Drawers {
		if &s.seat.Ring().Drawers[i] == named {
			s.notices = slices.DeleteFunc(s.notices, func(n Notice) bool { return n.Kind == SharedDamaged && n.Drawer == i })
			s.notices = append(s.notices, Notice{Kind: DrawerSalvaged, Drawer: i})
		}
	}
	return found, nil
}

// SalvageableEntrusted is what [Session.EntrustAtCheckpoint] would bring back and give
// up of an entrusted drawer that does not open; ErrDamaged if it does not help. It
// changes nothing.
func (s *Session) SalvageableEntrusted(ctx context.Context, e Entrusted, key drawer.Key) (drawer.Salvage, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	defer clear(key[:])
	if s.locked {
		return drawer.Salvage{}, ErrLocked
	}
	return s.salvageable(ctx, e.named(&key))
}

// EntrustAtCheckpoint is [Session.OpenAtCheckpoint] for an entrusted drawer. It leaves
// it closed.
func (s *Session) EntrustAtCheckpoint(ctx context.Context, e Entrusted, key drawer.Key) (drawer.Salvage, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	defer clear(key[:])
	if s.locked {
		return drawer.Salvage{}, ErrLocked
	}
	if s.opened[e.File] != nil { // it opens as it is
		return drawer.Salvage{}, nil
	}
	if _, err := s.entrustedPath(e.File); err != nil {
		return drawer.Salvage{}, err
	}
	named := e.named(&key)
	found, err := s.salvageable(ctx, named)
	if err != nil {
		return drawer.Salvage{}, err
	}
	d, err := s.openAsItIs(ctx, *named, drawer.OpenAtCheckpoint)
	if err != nil {
		return drawer.Salvage{}, drawerError(err)
	}
	// Closing it brings what was kept of the log into the drawer.
	if err := d.Close(); err != nil {
		return drawer.Salvage{}, drawerError(err)
	}
	s.notices = append(s.notices, Notice{Kind: DrawerSalvaged, Drawer: -1})
	return found, nil
}

// named is the drawer as a ring would name it.
func (e Entrusted) named(key *drawer.Key) *keys.Drawer {
	return &keys.Drawer{Role: e.Role, Name: e.File, ID: [16]byte(e.ID), Key: (*[32]byte)(key)}
}
