package practice

import (
	"context"

	"ebb/vault/drawer"
	"ebb/vault/keys"
)

// RecordDrawer hands a test the opened record of a case.
func (p *Practice) RecordDrawer(ctx context.Context, of ID) (*drawer.Drawer, error) {
	return p.openRecord(ctx, of)
}

// CaseloadDrawer hands a test the practice drawer.
func (p *Practice) CaseloadDrawer(ctx context.Context) (*drawer.Drawer, error) {
	return p.session.Caseload(ctx)
}

// ApartDrawer is what the practice drawer knows of a drawer behind the second unlock.
func (p *Practice) ApartDrawer(ctx context.Context, of ID, process bool, member ID) (file string, id drawer.ID, wrapped []byte, err error) {
	role := keys.SafetyRole
	if process {
		role = keys.Process
	}
	d, err := p.drawerOf(ctx, of, role, member)
	return d.File, d.ID, d.key, err
}

// ExportedTables are the names of what an export of a record holds.
func ExportedTables() (names []string) {
	for _, table := range exported {
		names = append(names, table.name)
	}
	return names
}

// Reindex brings the index of a case up to its record, as after a crash.
func (p *Practice) Reindex(ctx context.Context, id ID) error { return p.caseOf(id, "").index(ctx) }

// DrawersOf opens every drawer of every case, which takes the second unlock, and calls
// fn with each.
func (p *Practice) DrawersOf(ctx context.Context, fn func(*drawer.Drawer) error) error {
	cases, err := list(ctx, p.caseload, scanID, `SELECT id FROM case_file`)
	if err != nil {
		return err
	}
	for _, id := range cases {
		drawers, err := list(ctx, p.caseload, scanDrawer, drawerColumns+`WHERE case_id = ?`, id[:])
		if err != nil {
			return err
		}
		for _, d := range drawers {
			open := p.openApart
			if d.Role == keys.Record {
				open = func(ctx context.Context, of ID, _ keys.Role, _ ID) (*drawer.Drawer, error) {
					return p.openRecord(ctx, of)
				}
			}
			opened, err := open(ctx, id, d.Role, d.member)
			if err != nil {
				return err
			}
			if err := fn(opened); err != nil {
				return err
			}
		}
	}
	return nil
}

// Unsettled counts what a crash left that opening the practice is to have settled. A
// drawer that waits for its member is settled when its case is opened.
func (p *Practice) Unsettled(ctx context.Context) (n int, err error) {
	return one(ctx, p.caseload, scanOf[int], `SELECT (SELECT count(*) FROM doomed WHERE file NOT IN (SELECT file FROM case_drawer)) + (SELECT count(*) FROM case_file WHERE stale = 1)`)
}

// Loose counts what opening a case is to have removed: parts of files that never were
// whole, and safety drawers of nobody.
func (c *Case) Loose(ctx context.Context) (n int, err error) {
	if n, err = one(ctx, c.record, scanOf[int], `SELECT count(*) FROM attachment_part WHERE attachment NOT IN (SELECT id FROM attachment)`); err != nil {
		return 0, err
	}
	members, err := one(ctx, c.record, scanOf[int], `SELECT count(*) FROM member`)
	if err != nil {
		return 0, err
	}
	drawers, err := one(ctx, c.p.caseload, scanOf[int], `SELECT count(*) FROM case_drawer WHERE case_id = ? AND member IS NOT NULL`, c.ID[:])
	if err != nil {
		return 0, err
	}
	waiting, err := one(ctx, c.p.caseload, scanOf[int], `SELECT count(*) FROM doomed WHERE file IN (SELECT file FROM case_drawer WHERE case_id = ?)`, c.ID[:])
	return n + drawers - members + waiting, err
}

// HalfAMember makes a safety drawer for somebody who never comes to be, as a crash in
// the middle of [People.Add] does.
func (c *Case) HalfAMember(ctx context.Context) error {
	safety := caseDrawer{member: NewID()}
	safety.Role = keys.SafetyRole
	built, err := c.p.build(ctx, safety)
	if err != nil {
		return err
	}
	return c.p.caseload.Update(ctx, func(tx *drawer.Tx) error { return built[0].putWaiting(ctx, tx, c.ID) })
}

// ForgeVersion changes a version of a note and computes its own hash anew, as somebody
// can who has the program and the passphrase.
func (n *Notes) ForgeVersion(ctx context.Context, id ID, number int, reason string) error {
	return n.in.Update(ctx, func(tx *drawer.Tx) error {
		note, err := noteIn(ctx, tx, id)
		if err != nil {
			return err
		}
		versions, err := read(ctx, tx, scanVersion, versionColumns+`ORDER BY number`, id[:])
		if err != nil {
			return err
		}
		var prev [32]byte
		if number > 1 {
			prev = versions[number-2].Hash
		}
		forged := versions[number-1]
		forged.Reason = reason
		forged.Hash = forged.bind(&note, prev)
		_, err = tx.Exec(ctx, `DROP TRIGGER note_version_stays; UPDATE note_version SET reason = ?, hash = ? WHERE note = ? AND number = ?`, reason, forged.Hash[:], id[:], number)
		return err
	})
}

// ForgeEvent does the same with an event of the audit.
func (p *Practice) ForgeEvent(ctx context.Context, seq int64, verb Verb) error {
	return p.caseload.Update(ctx, func(tx *drawer.Tx) error {
		before, err := scanEvent(tx.QueryRow(ctx, eventColumns+`WHERE seq = ?`, seq-1))
		if err != nil {
			return err
		}
		forged, err := scanEvent(tx.QueryRow(ctx, eventColumns+`WHERE seq = ?`, seq))
		if err != nil {
			return err
		}
		forged.Verb = verb
		forged.Hash = forged.bind(before.Hash)
		_, err = tx.Exec(ctx, `DROP TRIGGER audit_stays; UPDATE audit SET verb = ?, hash = ? WHERE seq = ?`, string(verb), forged.Hash[:], seq)
		return err
	})
}

// Parts counts the parts of attached files that lie in the record of a case.
func (p *Practice) Parts(ctx context.Context, of ID) int {
	n, err := one(ctx, p.caseOf(of, "").record, scanOf[int], `SELECT count(*) FROM attachment_part`)
	if err != nil {
		return -1
	}
	return n
}

// DrawerKeys are the names and keys of every drawer of every case, which takes the
// second unlock.
func (p *Practice) DrawerKeys(ctx context.Context) ([]keys.Drawer, error) {
	all, err := list(ctx, p.caseload, scanDrawer, drawerColumns+`ORDER BY case_id, role, member`)
	if err != nil {
		return nil, err
	}
	var named []keys.Drawer
	for _, d := range all {
		if err := p.withKey(ctx, d, func(key drawer.Key) error {
			named = append(named, keys.Drawer{Role: d.Role, Name: d.File, ID: [16]byte(d.ID), Key: (*[32]byte)(&key)})
			return nil
		}); err != nil {
			return nil, err
		}
	}
	return named, nil
}

// WhileKey runs fn while the key of a case's apart drawer is in hand and its drawer was
// opened with it, as repairing does.
func (p *Practice) WhileKey(ctx context.Context, of ID, role keys.Role, fn func() error) error {
	d, err := p.drawerOf(ctx, of, role, ID{})
	if err != nil {
		return err
	}
	return p.withKey(ctx, d, func(key drawer.Key) error {
		if _, err := p.session.Entrust(ctx, d.Entrusted, key); err != nil {
			return err
		}
		return fn()
	})
}
