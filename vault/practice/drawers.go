package practice

import (
	"context"
	"errors"

	"ebb/vault"
	"ebb/vault/drawer"
	"ebb/vault/keys"
)

// A caseDrawer is a row of case_drawer. key is wrapped unless it is that of a record.
type caseDrawer struct {
	vault.Entrusted
	member ID // whose safety drawer it is; none for that of the case, and for others
	key    []byte
}

// errKey: what stands for a key is none.
var errKey = errors.New("a drawer's key does not open")

func scanDrawer(row scanner) (d caseDrawer, err error) {
	var id, member []byte
	var role, seen int64
	err = row.Scan(&id, &role, &member, &d.File, &d.key, &seen)
	d.ID, d.Role, d.member, d.Seen = drawer.ID(idOf(id)), keys.Role(role), idOf(member), uint64(seen)
	return d, err
}

const drawerColumns = `SELECT id, role, member, file, key, seen FROM case_drawer `

// put adds the row of a drawer that was built, which is doomed no longer.
func (d *caseDrawer) put(ctx context.Context, tx *drawer.Tx, of ID) error {
	if err := spare(ctx, tx, d.File); err != nil {
		return err
	}
	return d.putWaiting(ctx, tx, of)
}

// spare takes a file off those that are doomed.
func spare(ctx context.Context, tx *drawer.Tx, file string) error {
	_, err := tx.Exec(ctx, `DELETE FROM doomed WHERE file = ?`, file)
	return err
}

// putWaiting adds the row of a drawer whose member the record does not have yet: until
// then it is doomed as well. One that is not doomed any more had its member once, and
// is never destroyed because a record lacks them: the record may be an older one.
func (d *caseDrawer) putWaiting(ctx context.Context, tx *drawer.Tx, of ID) error {
	_, err := tx.Exec(ctx, `INSERT INTO case_drawer (id, case_id, role, member, file, key, seen) VALUES (?, ?, ?, ?, ?, ?, 0)`,
		d.ID[:], of[:], int64(d.Role), d.member.null(), d.File, d.key)
	return err
}

// build makes drawers of these roles and members: their names are doomed first, so
// that a crash before [caseDrawer.put] leaves files that are known for what they are.
// Keys of apart drawers are wrapped; that takes the second unlock.
func (p *Practice) build(ctx context.Context, wanted ...caseDrawer) ([]caseDrawer, error) {
	plain := make([]drawer.Key, len(wanted))
	defer func() {
		for i := range plain {
			clear(plain[i][:])
		}
	}()
	err := p.second.using(func(up *vault.StepUp) (err error) {
		for i := range wanted {
			d := &wanted[i]
			d.Entrusted, plain[i] = vault.NewEntrusted(d.Role)
			if d.Role == keys.Record {
				d.key = append([]byte(nil), plain[i][:]...)
			} else if d.key, err = up.Wrap(d.ID, (*[32]byte)(&plain[i])); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	err = p.caseload.Update(ctx, func(tx *drawer.Tx) error {
		for _, d := range wanted {
			if _, err := tx.Exec(ctx, `INSERT INTO doomed (file) VALUES (?)`, d.File); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	for i, d := range wanted {
		if _, err := p.session.Build(ctx, d.Entrusted, plain[i]); err != nil {
			return nil, errors.Join(err, p.clear(context.WithoutCancel(ctx)))
		}
		if d.Role != keys.Record {
			if _, err := p.session.CloseEntrusted(d.File); err != nil {
				return nil, errors.Join(err, p.clear(context.WithoutCancel(ctx)))
			}
		}
	}
	return wanted, nil
}

// clear destroys the files that are doomed.
func (p *Practice) clear(ctx context.Context) error { return p.clearTelling(ctx, nil) }

// clearTelling is clear, and tells how many files are done; progress may be nil.
func (p *Practice) clearTelling(ctx context.Context, progress func(done, total int)) error {
	files, err := list(ctx, p.caseload, scanOf[string], `SELECT file FROM doomed WHERE file NOT IN (SELECT file FROM case_drawer)`)
	if err != nil || len(files) == 0 {
		return err
	}
	var left error
	for i, file := range files {
		if progress != nil {
			progress(i, len(files))
		}
		if err := p.session.Unmake(ctx, file); err != nil {
			left = errors.Join(left, err)
			continue
		}
		err := p.caseload.Update(ctx, func(tx *drawer.Tx) error {
			_, err := tx.Exec(ctx, `DELETE FROM doomed WHERE file = ?`, file)
			return err
		})
		if err != nil {
			return err
		}
	}
	// What could not be removed stays doomed, and is told by the certificate of the
	// case that it belonged to. Nobody is kept from the rest because of it.
	if errors.Is(left, vault.ErrGone) || errors.Is(left, vault.ErrLocked) {
		return left
	}
	return ctx.Err()
}

// drawerOf finds the drawer of a case by role and member. ErrCaseGone if the case has
// none any more.
func (p *Practice) drawerOf(ctx context.Context, of ID, role keys.Role, member ID) (caseDrawer, error) {
	if _, gone := p.gone.Load(of); gone {
		return caseDrawer{}, ErrCaseGone
	}
	return one(ctx, p.caseload, scanDrawer, drawerColumns+`WHERE case_id = ? AND role = ? AND member IS ?`, of[:], int64(role), member.null())
}

// openRecord opens the record of a case.
func (p *Practice) openRecord(ctx context.Context, of ID) (*drawer.Drawer, error) {
	d, err := p.drawerOf(ctx, of, keys.Record, ID{})
	if err != nil {
		return nil, err
	}
	defer clear(d.key)
	if len(d.key) != len(drawer.Key{}) {
		return nil, errors.Join(vault.ErrDamaged, errKey)
	}
	return p.session.Entrust(ctx, d.Entrusted, drawer.Key(d.key))
}

// openApart opens a drawer behind the second unlock.
func (p *Practice) openApart(ctx context.Context, of ID, role keys.Role, member ID) (opened *drawer.Drawer, err error) {
	d, err := p.drawerOf(ctx, of, role, member)
	if err != nil {
		return nil, err
	}
	err = p.second.using(func(up *vault.StepUp) error {
		opened, err = p.unwrapped(ctx, up, d)
		return err
	})
	return opened, err
}

// openLast is openApart for what is sealed when the time is up: a drawer that was opened
// in this time, until the second unlock is ended.
func (p *Practice) openLast(ctx context.Context, of ID, role keys.Role, member ID) (opened *drawer.Drawer, err error) {
	d, err := p.drawerOf(ctx, of, role, member)
	if err != nil {
		return nil, err
	}
	err = p.second.sealing(func(up *vault.StepUp) error {
		if !p.second.files[d.File] {
			return ErrStepUp
		}
		opened, err = p.unwrapped(ctx, up, d)
		return err
	})
	return opened, err
}

// unwrapped opens a drawer with its key, and remembers that it is open. p.second.mu is
// held.
func (p *Practice) unwrapped(ctx context.Context, up *vault.StepUp, d caseDrawer) (*drawer.Drawer, error) {
	var key drawer.Key
	defer clear(key[:])
	if err := up.Unwrap(d.ID, d.key, (*[32]byte)(&key)); err != nil {
		return nil, errors.Join(vault.ErrDamaged, errKey)
	}
	p.second.files[d.File] = true
	return p.session.Entrust(ctx, d.Entrusted, key)
}

// closeDrawer closes a case's drawer, if it is open, and remembers in which state it
// was left.
func (p *Practice) closeDrawer(ctx context.Context, file string) error {
	sequence, err := p.session.CloseEntrusted(file)
	if sequence == 0 || err != nil {
		return err
	}
	return p.caseload.Update(context.WithoutCancel(ctx), func(tx *drawer.Tx) error {
		_, err := tx.Exec(ctx, `UPDATE case_drawer SET seen = ? WHERE file = ? AND seen < ?`, int64(sequence), file, int64(sequence))
		return err
	})
}

// closeAll closes every case's drawers.
func (p *Practice) closeAll(ctx context.Context) error {
	files, err := list(ctx, p.caseload, scanOf[string], `SELECT file FROM case_drawer`)
	if errors.Is(err, vault.ErrLocked) {
		return nil // the session is over already
	}
	for _, file := range files {
		err = errors.Join(err, p.closeDrawer(ctx, file))
	}
	return err
}
