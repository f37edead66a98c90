package practice

import (
	"context"
	"errors"

	"ebb/vault"
	"ebb/vault/drawer"
	"ebb/vault/keys"
)

// A Damaged drawer is one of a case that does not open.
type Damaged struct {
	Case ID
	Code string
	Role keys.Role
	// Salvage is what [Practice.OpenAtCheckpoint] would bring back and give up; nil if
	// it does not help.
	Salvage *drawer.Salvage

	drawer caseDrawer
}

// Damaged looks for drawers of cases that do not open, and for what can be brought
// back of each: among the records, and with the second unlock among the apart drawers,
// too. It changes nothing in them. progress is called with drawers done and to do; it
// may be nil. That of the practice drawer itself is [vault.Session.Damaged].
func (p *Practice) Damaged(ctx context.Context, progress func(done, total int)) ([]Damaged, error) {
	type named struct {
		caseDrawer
		of   ID
		code string
	}
	all, err := list(ctx, p.caseload, func(row scanner) (n named, err error) {
		var of, id, member []byte
		var role, seen int64
		err = row.Scan(&of, &n.code, &id, &role, &member, &n.File, &n.key, &seen)
		n.of, n.ID, n.Role, n.member, n.Seen = idOf(of), drawer.ID(idOf(id)), keys.Role(role), idOf(member), uint64(seen)
		return n, err
	}, `SELECT f.id, f.code, d.id, d.role, d.member, d.file, d.key, d.seen FROM case_drawer AS d JOIN case_file AS f ON f.id = d.case_id ORDER BY f.code, d.role, d.member`)
	if err != nil {
		return nil, err
	}
	var found []Damaged
	for i, n := range all {
		err := p.withKey(ctx, n.caseDrawer, func(key drawer.Key) error {
			_, err := p.session.Entrust(ctx, n.Entrusted, key)
			if !errors.Is(err, vault.ErrDamaged) {
				return errors.Join(err, p.closeDrawer(ctx, n.File))
			}
			one := Damaged{Case: n.of, Code: n.code, Role: n.Role, drawer: n.caseDrawer}
			if salvage, err := p.session.SalvageableEntrusted(ctx, n.Entrusted, key); err == nil {
				one.Salvage = &salvage
			} else if !errors.Is(err, vault.ErrDamaged) {
				return err
			}
			found = append(found, one)
			return nil
		})
		clear(n.key)
		switch {
		case ctx.Err() != nil:
			return nil, ctx.Err()
		case errors.Is(err, errKey):
			found = append(found, Damaged{Case: n.of, Code: n.code, Role: n.Role})
		case err != nil && !errors.Is(err, ErrStepUp):
			return nil, err
		}
		if progress != nil {
			progress(i+1, len(all))
		}
	}
	return found, nil
}

// withKey gives fn the key of a case's drawer: ErrStepUp if that takes the second
// unlock, errKey if what stands for it is none. An apart drawer that fn leaves open is
// closed at once if the second unlock ended meanwhile, and with it otherwise.
func (p *Practice) withKey(ctx context.Context, d caseDrawer, fn func(drawer.Key) error) error {
	var key drawer.Key
	defer clear(key[:])
	if d.Role == keys.Record {
		if len(d.key) != len(key) {
			return errors.Join(vault.ErrDamaged, errKey)
		}
		copy(key[:], d.key)
		return fn(key)
	}
	err := p.second.using(func(up *vault.StepUp) error {
		if err := up.Unwrap(d.ID, d.key, (*[32]byte)(&key)); err != nil {
			return errors.Join(vault.ErrDamaged, errKey)
		}
		return nil
	})
	if err != nil {
		return err
	}
	err = fn(key)
	ended := p.second.using(func(*vault.StepUp) error {
		p.second.files[d.File] = true
		return nil
	})
	if errors.Is(ended, ErrStepUp) {
		err = errors.Join(err, p.closeDrawer(context.WithoutCancel(ctx), d.File))
	}
	return err
}

// OpenAtCheckpoint makes a drawer that [Practice.Damaged] named open again, as it was
// at its last checkpoint and with what is whole of its log, and brings the index of the
// case to it. What was committed after that is given up for good: it is done only when
// the practitioner has agreed to it.
//
// Errors are those of [vault.Session.OpenAtCheckpoint], and ErrStepUp.
func (p *Practice) OpenAtCheckpoint(ctx context.Context, d Damaged) (salvage drawer.Salvage, err error) {
	one, err := p.drawerOf(ctx, d.Case, d.Role, d.drawer.member)
	if err != nil {
		return salvage, err
	}
	defer clear(one.key)
	err = p.withKey(ctx, one, func(key drawer.Key) error {
		salvage, err = p.session.EntrustAtCheckpoint(ctx, one.Entrusted, key)
		return err
	})
	if err != nil || d.Role != keys.Record {
		return salvage, err
	}
	// What the index has of the days that were given up goes, too.
	err = p.caseload.Update(ctx, func(tx *drawer.Tx) error {
		return changed(tx.Exec(ctx, `UPDATE case_file SET stale = 1 WHERE id = ?`, d.Case[:]))
	})
	if err == nil {
		err = p.mend(ctx)
	}
	return salvage, err
}

// salvageOf is what can be brought back of a drawer that answered with an error when it
// was opened; nil if nothing can.
func (p *Practice) salvageOf(ctx context.Context, of ID, d caseDrawer, err error) *drawer.Salvage {
	if !errors.Is(err, vault.ErrDamaged) {
		return nil
	}
	one, err := p.drawerOf(ctx, of, d.Role, d.member)
	if err != nil {
		return nil
	}
	defer clear(one.key)
	var found drawer.Salvage
	err = p.withKey(ctx, one, func(key drawer.Key) (err error) {
		found, err = p.session.SalvageableEntrusted(ctx, one.Entrusted, key)
		return err
	})
	if err != nil {
		return nil
	}
	return &found
}
