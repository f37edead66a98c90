package home_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"ebb/scripts/proof"
	"ebb/vault"
	"ebb/vault/drawer"
	"ebb/vault/home"
	"ebb/vault/keys"
)

// B has everything that a partner can have: an open session, every key in their own
// ring at every time, the folder, and copies of it from before. These campaigns give
// all of it to B, and look for something of A's.

// A rawDrawer is what opens a drawer, taken out of a ring.
type rawDrawer struct {
	name string
	role keys.Role
	id   drawer.ID
	key  drawer.Key

	inUse bool // it is written to: not one that another took the place of
}

// A snapshot is a copy of the folder, with what both had at that time.
type snapshot struct {
	when string
	dir  string
	has  []rawDrawer // by B's passphrase
	own  []rawDrawer // by A's passphrase
}

// rawDrawers takes the keys out of a person's ring. The key file is not changed by
// it: a copy is read.
func rawDrawers(t *testing.T, dir, passphrase string) (all []rawDrawer) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "keys")
	if err := os.WriteFile(path, readKeys(t, dir), 0o600); err != nil {
		t.Fatal(err)
	}
	f, err := keys.Open(path, keys.InsecureCheapKDF())
	if err != nil {
		t.Fatal(err)
	}
	seat, invitation, err := f.Unlock(t.Context(), []byte(passphrase))
	if errors.Is(err, keys.ErrWrongPassphrase) {
		return nil // not there yet, or no longer
	}
	if err != nil || invitation != nil {
		t.Fatalf("unlocking a copy: %v", err)
	}
	defer seat.Close()
	for _, d := range seat.Ring().Drawers {
		if d.Name != "" && d.Key != nil {
			inUse := d.ID == seat.Ring().Drawer(d.Role).ID
			all = append(all, rawDrawer{d.Name, d.Role, drawer.ID(d.ID), drawer.Key(*d.Key), inUse})
		}
	}
	return all
}

const (
	secretOfA = "pelican-of-a-8841"
	secretOfB = "badger-of-b-2279"
	ownA2     = "another harbour, eighteen loud forks"
)

// partnerLife leads a vault through what two people do, and keeps a copy of the
// folder at every stage.
func partnerLife(t *testing.T) (all []snapshot) {
	t.Helper()
	c := newClock()
	dir := newVault(t, c)
	own := passA
	keep := func(when string) {
		t.Helper()
		to := filepath.Join(proof.Folder(t), "Copy.ebb")
		if err := os.CopyFS(to, os.DirFS(dir)); err != nil {
			t.Fatal(err)
		}
		all = append(all, snapshot{when, to, rawDrawers(t, to, passB), rawDrawers(t, to, own)})
	}
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	keep("A is alone")
	visit(t, c, dir, own, func(_ *vault.Session, h *home.Home) { save(t, h, secretOfA+" before B came") })
	join(t, c, dir)
	keep("B has joined")
	visit(t, c, dir, own, func(_ *vault.Session, h *home.Home) {
		for i := range 5 {
			save(t, h, fmt.Sprint(secretOfA, " ", i, strings.Repeat(" words", 300)))
		}
	})
	keep("A has written")
	visit(t, c, dir, passB, func(_ *vault.Session, h *home.Home) { save(t, h, secretOfB) })
	keep("B has written")
	s, h := unlock(t, c, dir, own)
	save(t, h, secretOfA+" in the evening")
	must(h.Journal.SaveDraft(t.Context(), entry(h, secretOfA+" unfinish")))
	keep("A is in the middle of it")
	must(s.Lock(t.Context()))
	s, _ = unlock(t, c, dir, own)
	_, err := s.ChangePassphrase(t.Context(), []byte(own), []byte(ownA2), nil)
	must(err)
	own = ownA2
	keep("A has just changed the passphrase")
	must(s.Lock(t.Context()))
	visit(t, c, dir, passB, func(*vault.Session, *home.Home) {})
	visit(t, c, dir, own, func(_ *vault.Session, h *home.Home) { save(t, h, secretOfA+" under a new passphrase") })
	keep("A has written under the new passphrase")
	visit(t, c, dir, passB, func(s *vault.Session, _ *home.Home) { must(s.Rekey(t.Context(), nil)) })
	keep("B has re-keyed")
	s, _ = unlock(t, c, dir, passB)
	must(s.Leave(t.Context(), []byte(passB)))
	keep("B has left")
	visit(t, c, dir, own, func(_ *vault.Session, h *home.Home) { save(t, h, secretOfA+" alone again") })
	keep("A has been there since")
	return all
}

// tryOpen tries to open a drawer of a folder with a key, and returns whether it
// opened. The files are left as they were.
func tryOpen(t *testing.T, dir, name string, with rawDrawer) bool {
	t.Helper()
	to := filepath.Join(t.TempDir(), name)
	for _, suffix := range []string{"", "-wal"} {
		content, err := os.ReadFile(filepath.Join(dir, name+suffix))
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(to+suffix, content, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for _, open := range []func(context.Context, string, drawer.ID, drawer.Key, drawer.Schema, drawer.Options) (*drawer.Drawer, error){drawer.Open, drawer.OpenAtCheckpoint} {
		d, err := open(t.Context(), to, with.id, with.key, home.Schema(with.role), drawer.Options{})
		if err == nil {
			d.Close()
			return true
		}
		if !errors.Is(err, drawer.ErrDamaged) {
			t.Errorf("a wrong key gets %v", err)
		}
	}
	return false
}

// drawersIn are the names of the drawers in a folder.
func drawersIn(t *testing.T, dir string) (names []string) {
	t.Helper()
	files, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		if len(f.Name()) == 16 {
			names = append(names, f.Name())
		}
	}
	return names
}

// TestPartner leads one vault through what two people do, and gives everything that B
// had of it at any time to B.
func TestPartner(t *testing.T) {
	t.Parallel()
	all := partnerLife(t)
	t.Run("keys", func(t *testing.T) { t.Parallel(); partnerKeys(t, all) })
	t.Run("older keys", func(t *testing.T) { t.Parallel(); partnerOlderKeys(t, all) })
	t.Run("swaps", func(t *testing.T) { t.Parallel(); partnerSwaps(t, all) })
	t.Run("statistics", func(t *testing.T) { t.Parallel(); partnerStatistics(t, all) })
}

// at is the snapshot of a time.
func at(all []snapshot, when string) snapshot {
	return all[slices.IndexFunc(all, func(s snapshot) bool { return s.when == when })]
}

// named returns the one with a name.
func named(all []rawDrawer, name string) (rawDrawer, bool) {
	i := slices.IndexFunc(all, func(d rawDrawer) bool { return d.name == name })
	if i < 0 {
		return rawDrawer{}, false
	}
	return all[i], true
}

// inUse returns the one in use for a role.
func inUse(t *testing.T, all []rawDrawer, role keys.Role) rawDrawer {
	t.Helper()
	i := slices.IndexFunc(all, func(d rawDrawer) bool { return d.role == role && d.inUse })
	if i < 0 {
		t.Fatalf("there is no drawer of role %v", role)
	}
	return all[i]
}

// With every key that B ever had, in any copy of the folder, no drawer of A's opens
// that was not B's as well.
func partnerKeys(t *testing.T, all []snapshot) {
	c := proof.Start(t, "partner/keys")
	var had []rawDrawer // by B, ever
	for _, s := range all {
		for _, d := range s.has {
			if _, known := named(had, d.name); !known {
				had = append(had, d)
			}
		}
	}
	if len(had) < 4 {
		t.Fatalf("B had %d keys", len(had))
	}
	opened := 0
	for _, s := range all {
		for _, name := range drawersIn(t, s.dir) {
			_, both := named(had, name)
			_, ofA := named(s.own, name)
			for _, with := range had {
				// What B has a key to need not be tried with the others in every copy.
				if both && with.name != name {
					continue
				}
				did := tryOpen(t, s.dir, name, with)
				if did {
					opened++
				}
				if did && !both {
					c.Failure("%s: B opens a drawer that B never had a key to", s.when)
				}
				c.Ran(ofA && !both, map[bool]string{true: "opened", false: "refused"}[did])
			}
		}
	}
	if opened == 0 {
		t.Error("nothing opened, not even what is B's: nothing is proved")
	}
	// After leaving, B still has the key that A shared with B, until A has been there.
	last := all[len(all)-1]
	if shared := inUse(t, last.own, keys.Shared); tryOpenAny(t, last.dir, shared.name, had) {
		c.Failure("%s: B, who has left, opens what A writes", last.when)
	}
}

// With the keys and the passphrase of before a change of passphrase, nothing opens
// that was written to after it.
func partnerOlderKeys(t *testing.T, all []snapshot) {
	c := proof.Start(t, "partner/older keys")
	before := at(all, "A is in the middle of it")
	older := slices.Concat(before.own, before.has)
	changed := slices.IndexFunc(all, func(s snapshot) bool { return s.when == "A has written under the new passphrase" })
	for _, s := range all[changed:] {
		for _, d := range s.own {
			if !d.inUse {
				continue // as it was when another took its place
			}
			did := tryOpenAny(t, s.dir, d.name, older)
			if did {
				c.Failure("%s: a key from before the change opens what A writes", s.when)
			}
			c.Ran(true, map[bool]string{true: "opened", false: "refused"}[did])
		}
		if got := rawDrawers(t, s.dir, passA); got != nil {
			c.Failure("%s: the earlier passphrase opens a ring", s.when)
		}
	}
	if private := inUse(t, before.own, keys.Private); !tryOpenAny(t, before.dir, private.name, older) {
		t.Error("the keys do not open what they opened before the change: nothing is proved")
	}
}

// tryOpenAny tries one key after the other.
func tryOpenAny(t *testing.T, dir, name string, with []rawDrawer) bool {
	t.Helper()
	return slices.ContainsFunc(with, func(d rawDrawer) bool { return tryOpen(t, dir, name, d) })
}
