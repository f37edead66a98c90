package home

import (
	"context"

	"ebb/exercises"
	"ebb/vault/drawer"
)

// carryOver brings what a practitioner set into a shared drawer that was founded since:
// how close the menu may come, and the document that is in force. Whoever joined would
// otherwise sit down by other rules than those who were here before.
func (m *Menu) carryOver(ctx context.Context) error {
	if m.shared.err != nil || len(m.circles) < 2 {
		return m.shared.err
	}
	limit, err := m.limit(ctx)
	if err != nil {
		return err
	}
	document, err := m.consentDocument(ctx)
	if err != nil {
		return err
	}
	own := m.library.Texts().Consent.Version
	var limited, issued bool // what is there already, or needs no carrying
	err = m.shared.drawer.View(ctx, func(tx *drawer.Tx) error {
		var err error
		if _, limited, err = limitIn(ctx, tx); err != nil {
			return err
		}
		return tx.QueryRow(ctx, `SELECT count(*) > 0 FROM document WHERE name = ? AND version >= ?`, document.Name, document.Version).Scan(&issued)
	})
	limited, issued = limited || limit == exercises.MostCloseness, issued || document.Version <= own
	if err != nil || limited && issued {
		return err // a visit that writes nothing needs no room
	}
	return m.shared.drawer.Update(ctx, func(tx *drawer.Tx) error {
		if !limited {
			if err := setLimitIn(ctx, tx, limit); err != nil {
				return err
			}
		}
		if !issued {
			return issueIn(ctx, tx, document, m.today())
		}
		return nil
	})
}
