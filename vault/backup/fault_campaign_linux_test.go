package backup_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"ebb/scripts/interpose"
	"ebb/scripts/proof"
	"ebb/scripts/strike"
	"ebb/vault"
	"ebb/vault/backup"
)

// kindsOfFailure are those that a caller meets when a disk fails.
var kindsOfFailure = []error{
	backup.ErrAbsent, backup.ErrFull, backup.ErrReadOnly, backup.ErrUnreadable, backup.ErrDiffers, vault.ErrNotVault, vault.ErrDamaged, vault.ErrFull,
}

// said reports why an error is not one that a person can be told.
func said(err error, secret string) error {
	if strings.Contains(err.Error(), secret) {
		return fmt.Errorf("an error with a path in it: %w", err)
	}
	for _, kind := range kindsOfFailure {
		if errors.Is(err, kind) {
			return nil
		}
	}
	var errno syscall.Errno
	if errors.As(err, &errno) { // of a system's own words there is a sentence, too
		return nil
	}
	return fmt.Errorf("an error of no kind: %w", err)
}

// evenings makes a backup on each of so many evenings.
func (w *world) evenings(n int) {
	w.Helper()
	for range n {
		w.at = w.at.Add(day)
		w.make()
	}
	w.at = w.at.Add(day)
}

// linkTo makes a folder of the same backups, without copying what never changes.
func (w *world) linkTo(place string) {
	w.Helper()
	if err := os.RemoveAll(place); err != nil {
		w.Fatal(err)
	}
	err := filepath.WalkDir(w.place, func(path string, e os.DirEntry, err error) error {
		if err != nil {
			return err
		}
		to := place + strings.TrimPrefix(path, w.place)
		if e.IsDir() {
			return os.Mkdir(to, 0o700)
		}
		return os.Link(path, to)
	})
	if err != nil {
		w.Fatal(err)
	}
}

// judge looks at a place after something went wrong while a backup was made in it:
// of the older ones, which are those in w.place, all are there but those that a
// success may have removed, and what is offered besides is the vault's own copy.
func (w *world) judge(place string, failed error, mayGo int) error {
	id := w.id()
	older := map[string]bool{}
	for _, b := range w.list() {
		older[filepath.Base(b.Path)] = true
	}
	all, err := backup.List(place, id, w.options().Vault)
	if err != nil {
		return err
	}
	found, fresh := 0, 0
	for _, b := range all {
		name := filepath.Base(b.Path)
		switch {
		case b.Problem != nil:
			return fmt.Errorf("a half one is listed: %w", b.Problem)
		case older[name]:
			found++
			if err := sameInodes(filepath.Join(w.place, name), b.Path); err != nil {
				return err
			}
		default:
			fresh++
			if print(w, b.Path) != print(w, w.dir) {
				return errors.New("the new one is not the vault's copy")
			}
		}
	}
	switch {
	case fresh > 1, failed == nil && fresh == 0:
		return fmt.Errorf("%d new ones", fresh)
	case failed != nil && found != len(older), found < len(older)-mayGo:
		return fmt.Errorf("%d of %d older ones are there", found, len(older))
	}
	return nil
}

// sameInodes: a folder has the files of another, untouched.
func sameInodes(a, b string) error {
	entries, err := os.ReadDir(a)
	if err != nil {
		return err
	}
	for _, e := range entries {
		one, err := os.Stat(filepath.Join(a, e.Name()))
		if err != nil {
			return err
		}
		other, err := os.Stat(filepath.Join(b, e.Name()))
		if err != nil || !os.SameFile(one, other) {
			return fmt.Errorf("an older backup was touched: %w", err)
		}
	}
	return nil
}

// someOf chooses calls, counted from 1, in no order: about twenty, in a long run all of
// them, as long as there is time.
func someOf(c *proof.Campaign, all int) func(func(int, int) bool) {
	step := max(1, all/proof.Size(4, 20, all))
	var chosen []int
	for at := 1 + c.IntN(step); at <= all; at += step {
		chosen = append(chosen, at)
	}
	c.Shuffle(len(chosen), func(i, j int) { chosen[i], chosen[j] = chosen[j], chosen[i] })
	return func(yield func(int, int) bool) {
		for i, at := range chosen {
			if !c.TimeLeft() || !yield(i, at) {
				return
			}
		}
	}
}

// Any call to the system may fail, once or for good, while a backup is made and the
// rotation runs. There is a new backup, or none and a reason; the older ones are as
// they were, nothing half is offered, and the next run works and clears up.
func TestMakeFaults(t *testing.T) {
	for _, mode := range strike.Modes {
		t.Run(mode.Name, func(t *testing.T) {
			t.Parallel()
			c := proof.Start(t, "backup faults/"+mode.Name)
			w := newLonely(t)
			w.at = time.Date(2026, 3, 2, 20, 0, 0, 0, time.UTC) // a Monday
			w.evenings(4)                                       // three latest days and one of this week
			place := w.place + " struck"
			vaultBefore := print(t, w.dir)
			run := func(at int) (*strike.Disk, backup.Made, error) {
				w.linkTo(place)
				s := &strike.Disk{Mode: mode, At: at}
				v := w.open(w.dir)
				var made backup.Made
				err := interpose.Watch(filepath.Dir(place), s.Decide, func() (err error) {
					made, err = backup.Make(context.Background(), w.dir, place, w.options())
					return err
				})
				if closed := v.Close(); closed != nil || errors.Is(err, interpose.ErrNotWatched) {
					t.Fatal(err, closed)
				}
				return s, made, err
			}
			all, made, err := run(0)
			if err != nil || len(made.Removed) != 1 {
				t.Fatalf("without a fault: %+v, %v", made, err)
			}
			kept := len(w.list())
			for _, at := range someOf(c, all.Calls) {
				s, made, err := run(at)
				where := fmt.Sprintf("%s at call %d, %v of %s", mode.Name, at, s.First.Op, filepath.Base(s.First.Path))
				c.Ran(s.Struck > 0, map[bool]string{true: "made", false: "not made"}[err == nil])
				for _, e := range []error{err, made.Left} {
					if e != nil {
						if e := said(e, filepath.Dir(place)); e != nil {
							c.Failure("%s: %v", where, e)
						}
					}
				}
				if print(t, w.dir) != vaultBefore {
					c.Failure("%s: the vault was changed", where)
				}
				if err := w.judge(place, err, 1); err != nil {
					c.Failure("%s, which answers %v: %v", where, made.Left, err)
				}
				// On a disk that works again.
				o := w.options()
				o.Vault.Now = func() time.Time { return w.at.Add(time.Hour) }
				v := w.open(w.dir)
				made, err = backup.Make(t.Context(), w.dir, place, o)
				if closed := v.Close(); closed != nil {
					t.Fatal(closed)
				}
				parts, glob := filepath.Glob(filepath.Join(place, "*.part"))
				if err != nil || made.Left != nil || len(parts) != 0 || glob != nil {
					c.Failure("%s: the next run: %v, %v, %d parts", where, err, made.Left, len(parts))
				}
				if all, err := backup.List(place, w.id(), w.options().Vault); err != nil || len(all) != kept {
					c.Failure("%s: after the next run %d backups, %v", where, len(all), err)
				}
			}
		})
	}
}

// The same for a restore: the folder appears whole or not at all, the backup stays as
// it is, and the next run works.
func TestRestoreFaults(t *testing.T) {
	for _, mode := range strike.Modes {
		t.Run(mode.Name, func(t *testing.T) {
			t.Parallel()
			c := proof.Start(t, "restore faults/"+mode.Name)
			w := newLonely(t)
			from := w.make().Backup.Path
			before := print(t, from)
			dir := filepath.Join(filepath.Dir(w.place), "Restored.ebb")
			run := func(at int) (*strike.Disk, error) {
				s := &strike.Disk{Mode: mode, At: at}
				err := interpose.Watch(filepath.Dir(w.place), s.Decide, func() error {
					_, err := backup.Restore(context.Background(), from, dir, w.options())
					return err
				})
				if errors.Is(err, interpose.ErrNotWatched) {
					t.Fatal(err)
				}
				return s, err
			}
			clear := func() {
				for _, path := range []string{dir, dir + ".part"} {
					if err := os.RemoveAll(path); err != nil {
						t.Fatal(err)
					}
				}
			}
			all, err := run(0)
			if err != nil {
				t.Fatal(err)
			}
			for _, at := range someOf(c, all.Calls) {
				clear()
				s, err := run(at)
				where := fmt.Sprintf("%s at call %d, %v of %s", mode.Name, at, s.First.Op, filepath.Base(s.First.Path))
				c.Ran(s.Struck > 0, map[bool]string{true: "restored", false: "not restored"}[err == nil])
				if err != nil {
					if err := said(err, filepath.Dir(dir)); err != nil {
						c.Failure("%s: %v", where, err)
					}
				}
				_, there := os.Lstat(dir)
				if there == nil && print(t, dir) != before {
					c.Failure("%s: what is there is not the backup's copy", where)
				}
				if err == nil && there != nil {
					c.Failure("%s: said to be restored: %v", where, there)
				}
				if there != nil {
					if _, err := backup.Restore(t.Context(), from, dir, w.options()); err != nil {
						c.Failure("%s: the next run: %v", where, err)
					} else if print(t, dir) != before {
						c.Failure("%s: the next run's folder is not the backup's copy", where)
					}
				}
				if print(t, from) != before {
					c.Failure("%s: the backup was changed", where)
				}
			}
		})
	}
}
