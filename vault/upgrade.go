package vault

import (
	"context"
	"errors"
	"path/filepath"

	"ebb/vault/drawer"
	"ebb/vault/keys"
)

// At is a vault whose files are all closed, evened and on the device, in the middle
// of a session.
type At struct {
	Dir     string
	Kind    keys.Kind
	Options Options // that the vault was opened with
	// View reads this person's private drawer, in a practice the practice drawer, as it
	// is, with the schema that it has, and leaves everything at rest.
	View func(ctx context.Context, fn func(*drawer.Tx) error) error
}

// backUpFirst calls Options.BackUp, if there is one, before something that changes
// much. Every drawer that the session handed out is closed for it. s.mu is held.
//
// Nobody is kept from what is theirs because a stick lies elsewhere: where no backup
// could be made the session has the notice NotBackedUp, and only the end of ctx, and
// a vault that cannot be brought to rest, are errors.
func (s *Session) backUpFirst(ctx context.Context) error {
	if s.vault.o.BackUp == nil {
		return nil
	}
	if err := s.rest(); err != nil {
		return s.present(err)
	}
	s.places.Clear()
	err := s.vault.o.BackUp(ctx, At{s.vault.dir, s.kind, s.vault.o, s.viewAtRest})
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if err != nil {
		s.notices = append(s.notices, Notice{Kind: NotBackedUp, Drawer: -1})
	}
	s.safe = true
	return nil
}

// openUpToDate opens a drawer of the ring and brings its schema up to date. s.mu is
// held.
func (s *Session) openUpToDate(ctx context.Context, named *keys.Drawer) (*drawer.Drawer, error) {
	if err := s.backUpBeforeMigrating(ctx); err != nil {
		return nil, err
	}
	return s.safely(ctx, func(o drawer.Options) (*drawer.Drawer, error) { return s.openAs(ctx, named, o) })
}

// safely lets open bring a drawer's schema up to date. Before that happens to the first
// one of a session there is a backup of all of them as they were left; every drawer
// that was handed out is closed for it. s.mu is held.
func (s *Session) safely(ctx context.Context, open func(drawer.Options) (*drawer.Drawer, error)) (*drawer.Drawer, error) {
	var o drawer.Options
	if !s.safe && s.vault.o.BackUp != nil {
		o.BeforeMigrate = refuseToMigrate
	}
	d, err := open(o)
	if !errors.Is(err, errMigrates) {
		return d, err
	}
	if err := s.backUpFirst(ctx); err != nil {
		return nil, err
	}
	return open(drawer.Options{})
}

// backUpBeforeMigrating looks, before the first drawer of a home is handed out,
// whether any has an older schema, and makes the backup if one has: whoever lives in
// a home opens all of their drawers in any case, so this costs nothing on an ordinary
// day. A practice has many more than it opens in a visit; there each is looked at
// when it is opened. s.mu is held.
func (s *Session) backUpBeforeMigrating(ctx context.Context) error {
	if s.safe || s.vault.o.BackUp == nil || s.kind != keys.Home {
		return nil
	}
	ring := s.seat.Ring()
	for i := range ring.Drawers {
		if ring.Drawers[i].Retired {
			continue
		}
		_, err := s.openAs(ctx, &ring.Drawers[i], drawer.Options{BeforeMigrate: refuseToMigrate})
		if errors.Is(err, errMigrates) {
			return s.backUpFirst(ctx)
		}
		// Why another does not open is told when somebody asks for it.
	}
	s.safe = ctx.Err() == nil
	return ctx.Err()
}

// backUpBeforeAdmitting makes the backup if a guest's drawer has an older schema. It
// is this session's to make: a guest cannot bring the vault to rest.
func (s *Session) backUpBeforeAdmitting(ctx context.Context, guest *Session) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	guest.safe = true
	if s.vault.o.BackUp == nil {
		return nil
	}
	d, err := guest.openAs(ctx, guest.seat.Ring().Drawer(keys.Private), drawer.Options{BeforeMigrate: refuseToMigrate})
	switch {
	case errors.Is(err, errMigrates):
		return s.backUpFirst(ctx)
	case err != nil: // why it does not open is told when somebody asks for it
		return ctx.Err()
	}
	// Another guest may need the vault at rest.
	delete(guest.opened, guest.seat.Ring().Drawer(keys.Private).Name)
	guest.places.Delete(d)
	return drawerError(d.Close())
}

// errMigrates: a drawer has an older schema, and was left as it is.
var errMigrates = errors.New("the schema is an older one")

func refuseToMigrate(context.Context, int, int) error { return errMigrates }

// viewAtRest is At.View. s.mu is held.
func (s *Session) viewAtRest(ctx context.Context, fn func(*drawer.Tx) error) error {
	role := keys.Private
	if s.kind == keys.Practice {
		role = keys.Caseload
	}
	named := s.seat.Ring().Drawer(role)
	if named == nil {
		return errLacksDrawer
	}
	d, err := s.openAsItIs(ctx, *named, drawer.Open)
	if err != nil {
		return drawerError(err)
	}
	err = errors.Join(d.View(ctx, fn), drawerError(d.Close()))
	named.Seen = max(named.Seen, d.Sequence())
	return errors.Join(err, even(s.vault.dir, s.vault.o.now()))
}

// An opener is drawer.Open or drawer.OpenAtCheckpoint.
type opener func(context.Context, string, drawer.ID, drawer.Key, drawer.Schema, drawer.Options) (*drawer.Drawer, error)

// openAsItIs opens a drawer without bringing its schema up to date.
func (s *Session) openAsItIs(ctx context.Context, named keys.Drawer, by opener) (*drawer.Drawer, error) {
	schema := s.vault.o.Schemas(named.Role)
	path := filepath.Join(s.vault.dir, named.Name)
	if err := ordinary(path); err != nil {
		return nil, err
	}
	version := 0
	open := func() (*drawer.Drawer, error) {
		return by(ctx, path, drawer.ID(named.ID), drawer.Key(*named.Key), schema, drawer.Options{
			BeforeMigrate: func(_ context.Context, from, _ int) error {
				version = from
				return errMigrates
			},
		})
	}
	d, err := open()
	if errors.Is(err, errMigrates) {
		schema.Migrations = schema.Migrations[:version]
		d, err = open()
	}
	return d, err
}
