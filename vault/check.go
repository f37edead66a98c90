package vault

import (
	"context"
	"errors"
	"fmt"

	"ebb/vault/drawer"
	"ebb/vault/keys"
)

// A DrawerCheck is what checking one drawer found.
type DrawerCheck struct {
	Role    string        `json:"role"`
	Report  drawer.Report `json:"report"`
	Problem string        `json:"problem,omitempty"` // why it could not be opened
	// Salvage is what [Session.OpenAtCheckpoint] would bring back of a drawer that does
	// not open; nil if it opens, or if that does not help.
	Salvage *drawer.Salvage `json:"-"`
}

// A CheckReport says what was checked and what could not be.
type CheckReport struct {
	Drawers []DrawerCheck `json:"drawers"`
	// NotChecked counts the drawer files that this passphrase does not open:
	// other people's, and placeholders.
	NotChecked int `json:"notChecked"`
	// Missing counts the drawers that a session has keys to and a copy has no files
	// of: it was made before they were, or it is not whole. See [Checker.Check].
	Missing int      `json:"missing"`
	Notices []Notice `json:"-"`
}

// Sound reports whether everything that could be checked was in order.
func (r CheckReport) Sound() bool {
	for _, d := range r.Drawers {
		if d.Problem != "" || len(d.Report.Problems) > 0 {
			return false
		}
	}
	return true
}

// Check reads every page, tag, log frame and row of every drawer that this
// person opens. progress is called with bytes or pages done and to do, per
// drawer; it may be nil.
func (s *Session) Check(ctx context.Context, progress func(drawerIndex, drawers int, done, total int64)) (CheckReport, error) {
	var report CheckReport
	named, _ := s.named() // none, if the session is over
	own := map[string]bool{}
	for i, d := range named {
		own[d.Name] = true
		if d.Retired { // all that is in it is in another, which counts
			continue
		}
		check := DrawerCheck{Role: RoleName(d.Role)}
		var err error
		check.Report, err = s.checkDrawer(ctx, drawer.ID(d.ID), func(done, total int64) {
			if progress != nil {
				progress(i, len(named), done, total)
			}
		})
		if ctx.Err() != nil {
			return report, ctx.Err()
		}
		if err != nil {
			check.Problem = fmt.Sprint(err)
			check.Salvage = s.salvageOf(ctx, drawer.ID(d.ID), err)
		}
		report.Drawers = append(report.Drawers, check)
	}
	c, err := list(s.vault.dir)
	if err != nil {
		return report, err
	}
	for _, name := range c.all() {
		if !own[name] {
			report.NotChecked++
		}
	}
	report.Notices = s.Notices()
	return report, nil
}

// checkDrawer checks a drawer, and the one that has taken its place if it was
// closed for that.
func (s *Session) checkDrawer(ctx context.Context, id drawer.ID, progress func(done, total int64)) (drawer.Report, error) {
	for {
		d, err := s.open(ctx, s.heirOf(id))
		if err != nil {
			return drawer.Report{}, err
		}
		report, err := d.Check(ctx, progress)
		if !errors.Is(err, ErrLocked) {
			return report, err
		}
		// Closed meanwhile: by a lock, as opening it again will say, or for a change.
	}
}

// RoleName is what a report for scripts calls a drawer.
func RoleName(role keys.Role) string { return roleNames[role] }

// roleNames are in English, and part of what scripts read.
var roleNames = map[keys.Role]string{
	keys.Shared: "shared", keys.Private: "private", keys.Pair: "pair", keys.Caseload: "practice",
	keys.Record: "record", keys.Process: "process", keys.SafetyRole: "safety", keys.Executor: "executor",
}
