package vault

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"

	"ebb/vault/drawer"
	"ebb/vault/keys"
)

// A Checker holds the keys of one person's drawers and checks copies of the vault
// with them. It changes nothing, needs no session, and can outlive the one that it
// came from. Its methods may not be called from several goroutines at once.
type Checker struct {
	drawers []keys.Drawer // their keys in memory
	memory  keys.Secret
	own     bool // the ring is that of the copy itself, so that all it names is to be there
}

// Checker returns one for what this person can open now.
func (s *Session) Checker() (*Checker, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.locked {
		return nil, ErrLocked
	}
	return newChecker(s.seat.Ring().Drawers)
}

// NewChecker returns one for what the passphrase opens in the copy of a vault at
// dir, of which not even the key file is written to.
//
// Errors: ErrNotVault, ErrNewer, ErrDamaged, ErrWrongPassphrase.
func NewChecker(ctx context.Context, dir string, passphrase []byte, o Options) (_ *Checker, err error) {
	file, err := keys.Open(filepath.Join(dir, keysName), append(o.keyOptions(), keys.Detached())...)
	if err != nil {
		return nil, orphaned(dir, keysError(err))
	}
	seat, invitation, err := file.Unlock(ctx, passphrase)
	if err != nil {
		return nil, keysError(err)
	}
	if invitation != nil { // it opens no drawer, so here it is a wrong passphrase
		return nil, errors.Join(ErrWrongPassphrase, invitation.Close())
	}
	c, err := newChecker(seat.Ring().Drawers)
	if err != nil {
		return nil, errors.Join(err, seat.Close())
	}
	c.own = true
	return c, seat.Close()
}

func newChecker(drawers []keys.Drawer) (*Checker, error) {
	const keySize = len(drawer.Key{})
	drawers = slices.DeleteFunc(slices.Clone(drawers), func(d keys.Drawer) bool { return d.Name == "" })
	memory, err := lockedMemory(max(1, len(drawers)) * keySize)
	if err != nil {
		return nil, err
	}
	c := &Checker{memory: memory}
	for i, d := range drawers {
		held := (*[keySize]byte)(memory.Bytes()[i*keySize:])
		*held = *d.Key
		d.Key = held
		c.drawers = append(c.drawers, d)
	}
	return c, nil
}

// Close wipes the keys.
func (c *Checker) Close() error {
	c.drawers = nil
	return c.memory.Close()
}

// Check reads and authenticates every page and every log frame of those drawers in
// the folder dir that the Checker has keys to, and writes nothing. progress is as
// in [Session.Check]. No drawer in dir may be open.
func (c *Checker) Check(ctx context.Context, dir string, progress func(drawerIndex, drawers int, done, total int64)) (CheckReport, error) {
	report := CheckReport{Drawers: []DrawerCheck{}}
	copied, err := list(dir)
	if err != nil {
		return report, err
	}
	there := map[string]bool{}
	for _, name := range copied.all() {
		there[name] = true
	}
	report.NotChecked = len(there)
	for i, d := range c.drawers {
		check := DrawerCheck{Role: roleNames[d.Role]}
		if !there[d.Name] {
			switch {
			case d.Founding, d.Retired: // it was never made, or is needed no longer
			case c.own:
				check.Problem = "it is missing"
				report.Drawers = append(report.Drawers, check)
			default:
				report.Missing++
			}
			continue
		}
		report.NotChecked--
		path := filepath.Join(dir, d.Name)
		err := ordinary(path)
		if err == nil {
			check.Report, err = drawer.Verify(ctx, path, drawer.ID(d.ID), drawer.Key(*d.Key), func(done, total int64) {
				if progress != nil {
					progress(i, len(c.drawers), done, total)
				}
			})
		}
		if ctx.Err() != nil {
			return report, ctx.Err()
		}
		if err != nil {
			check.Problem = fmt.Sprint(drawerError(err))
		}
		report.Drawers = append(report.Drawers, check)
	}
	return report, nil
}
