package practice

import (
	"context"
	"errors"
	"fmt"

	"ebb/vault"
	"ebb/vault/drawer"
	"ebb/vault/keys"
)

// roleNames are what a report calls the drawers of cases, as vault.Session.Check calls
// the others.
var roleNames = map[keys.Role]string{keys.Record: "record", keys.Process: "process", keys.SafetyRole: "safety"}

// Check reads every page, tag, log frame and row of the practice drawer and of every
// record, and of the apart drawers if the second unlock is in force; without it they
// are among those that were not checked, and nothing says what they are. progress is
// called with drawers done and to do; it may be nil. What is wrong is in the report.
func (p *Practice) Check(ctx context.Context, progress func(done, total int)) (vault.CheckReport, error) {
	return p.check(ctx, progress, nil)
}

// check is Check, but for drawers that are known to be gone, by their files.
func (p *Practice) check(ctx context.Context, progress func(done, total int), gone map[string]bool) (vault.CheckReport, error) {
	report, err := p.session.Check(ctx, nil)
	if err != nil {
		return report, err
	}
	type entrusted struct {
		caseDrawer
		of ID
	}
	all, err := list(ctx, p.caseload, func(row scanner) (e entrusted, err error) {
		var of, id, member []byte
		var role int64
		err = row.Scan(&of, &id, &role, &member, &e.File)
		e.of, e.ID, e.Role, e.member = idOf(of), drawer.ID(idOf(id)), keys.Role(role), idOf(member)
		return e, err
	}, `SELECT case_id, id, role, member, file FROM case_drawer ORDER BY case_id, role, member`)
	if err != nil {
		return report, err
	}
	for i, e := range all {
		if gone[e.File] {
			continue
		}
		check := vault.DrawerCheck{Role: roleNames[e.Role]}
		in := storeOf(p.session, func(ctx context.Context) (*drawer.Drawer, error) {
			if e.Role == keys.Record {
				return p.openRecord(ctx, e.of)
			}
			return p.openApart(ctx, e.of, e.Role, e.member)
		})
		_, err := in.with(ctx, func(d *drawer.Drawer) (err error) {
			check.Report, err = d.Check(ctx, nil)
			return err
		})
		if ctx.Err() != nil {
			return report, ctx.Err()
		}
		if !errors.Is(err, ErrStepUp) {
			report.NotChecked--
			if err != nil {
				check.Problem = fmt.Sprint(err)
				check.Salvage = p.salvageOf(ctx, e.of, e.caseDrawer, err)
			}
			report.Drawers = append(report.Drawers, check)
			// Thousands are not kept open. Who has this one in hand opens it again.
			if err := p.closeDrawer(ctx, e.File); err != nil && !errors.Is(err, vault.ErrDamaged) {
				return report, err
			}
		}
		if progress != nil {
			progress(i+1, len(all))
		}
	}
	report.NotChecked = max(report.NotChecked, 0) // a file that is missing was not counted
	report.Notices = p.session.Notices()
	return report, nil
}
