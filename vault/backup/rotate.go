package backup

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"ebb/vault"
)

// How many backups are kept: the last one of each of the latest days on which there
// was one, and the last one of each of the latest weeks before them.
const (
	keptDaily  = 3
	keptWeekly = 4
)

// keep says which backups the rotation keeps. times are theirs, the newest first.
//
// Who locks ten times in a morning makes ten backups of much the same: the newest of
// a day stands for it, so that they do not push out those of the days before. The
// newest of all is always kept. Days are those of UTC, by which backups are named.
//
// The newest of a week stands for it in the same way. So on every day of a week it is
// another one until the week is over, and then it stays. Weeks are those of ISO 8601,
// in UTC.
//
// What is dated after now was made by a clock that was wrong, then or now. Nobody can
// tell which, so it is kept and not counted.
func keep(times []time.Time, now time.Time) []bool {
	kept := make([]bool, len(times))
	type week struct{ year, number int }
	days, weeks := map[string]bool{}, map[week]bool{}
	for i, at := range times {
		day := at.UTC().Format(time.DateOnly)
		switch {
		case at.After(now):
			kept[i] = true
		case days[day]:
		case len(days) < keptDaily:
			days[day], kept[i] = true, true
		default:
			year, number := at.UTC().ISOWeek()
			if w := (week{year, number}); len(weeks) < keptWeekly && !weeks[w] {
				weeks[w], kept[i] = true, true
			}
		}
	}
	return kept
}

// rotate removes what is kept no longer beside the backup just made, and returns
// what it removed. The error says why something was left, or all; the new backup is
// whole in any case.
func rotate(ctx context.Context, folder string, made Backup, o vault.Options) (removed []Backup, err error) {
	all, err := List(folder, made.Vault, o)
	if err != nil {
		return nil, err
	}
	// Only what is whole is counted, so that none that is not takes its place; and
	// only what is counted is removed.
	var whole []Backup
	var times []time.Time
	for _, b := range all {
		if b.Problem == nil && b.Vault == made.Vault {
			whole, times = append(whole, b), append(times, b.Time)
		}
	}
	var errs []error
	if len(whole) > 0 && whole[0].Time.After(made.Time) {
		errs = append(errs, ErrClock)
	}
	for i, kept := range keep(times, made.Time) {
		if kept || whole[i].Path == made.Path {
			continue
		}
		if err := ctx.Err(); err != nil {
			return removed, errors.Join(append(errs, err)...)
		}
		if err := discard(whole[i]); err != nil {
			errs = append(errs, fmt.Errorf("an older backup: %w", err))
			continue
		}
		removed = append(removed, whole[i])
	}
	return removed, errors.Join(errs...)
}

// discard removes one backup. It loses its name first, in one step: one that is
// half removed is never taken for a backup.
func discard(b Backup) error {
	if _, err := ownFiles(b.Path); err != nil {
		return placeError(err)
	}
	if err := claimed(b.Path); err != nil { // somebody looks into it
		return err
	}
	folder := filepath.Dir(b.Path)
	part := filepath.Join(folder, partName(b.Vault))
	if err := os.Rename(b.Path, part); err != nil {
		return placeError(err)
	}
	if err := placeError(syncDir(folder)); err != nil {
		return err
	}
	return clearFolder(part)
}
