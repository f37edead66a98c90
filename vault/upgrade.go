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
	Options Options // that the vault was opened with
	// View reads this person's private drawer as it is, with the schema that it has,
	// and leaves everything at rest.
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
	err := s.vault.o.BackUp(ctx, At{s.vault.dir, s.vault.o, s.viewAtRest})
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if err != nil {
		s.notices = append(s.notices, Notice{Kind: NotBackedUp, Drawer: -1})
	}
	return nil
}

// backUpBeforeMigrating looks, before the first drawer of a session is handed out,
// whether any has an older schema. If one has, all are still as they were left when
// the backup is made. Who lives in a home opens all of their drawers in any case, so
// this costs nothing on an ordinary day. s.mu is held.
func (s *Session) backUpBeforeMigrating(ctx context.Context) error {
	if s.looked || s.vault.o.BackUp == nil || s.kind != keys.Home {
		return nil
	}
	s.looked = true
	ring := s.seat.Ring()
	for i := range ring.Drawers {
		if ring.Drawers[i].Retired {
			continue
		}
		_, err := s.openAs(ctx, &ring.Drawers[i], drawer.Options{BeforeMigrate: refuseToMigrate})
		if errors.Is(err, errMigrates) {
			err = s.backUpFirst(ctx)
			s.looked = err == nil
			return err
		}
		// Why another does not open is told when somebody asks for it.
	}
	return ctx.Err()
}

// errMigrates: a drawer has an older schema, and was left as it is.
var errMigrates = errors.New("the schema is an older one")

func refuseToMigrate(context.Context, int, int) error { return errMigrates }

// viewAtRest is At.View. s.mu is held.
func (s *Session) viewAtRest(ctx context.Context, fn func(*drawer.Tx) error) error {
	for i, named := range s.seat.Ring().Drawers {
		if named.Role != keys.Private {
			continue
		}
		d, err := s.openAsItIs(ctx, named)
		if err != nil {
			return drawerError(err)
		}
		err = errors.Join(d.View(ctx, fn), drawerError(d.Close()))
		seen := &s.seat.Ring().Drawers[i].Seen
		*seen = max(*seen, d.Sequence())
		return errors.Join(err, even(s.vault.dir, s.vault.o.now()))
	}
	return ErrDamaged
}

// openAsItIs opens a drawer without bringing its schema up to date.
func (s *Session) openAsItIs(ctx context.Context, named keys.Drawer) (*drawer.Drawer, error) {
	schema := s.vault.o.Schemas(named.Role)
	path := filepath.Join(s.vault.dir, named.Name)
	if err := ordinary(path); err != nil {
		return nil, err
	}
	version := 0
	open := func() (*drawer.Drawer, error) {
		return drawer.Open(ctx, path, drawer.ID(named.ID), drawer.Key(*named.Key), schema, drawer.Options{
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
