package home_test

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"ebb/scripts/interpose"
	"ebb/scripts/proof"
	"ebb/vault"
	"ebb/vault/drawer"
	"ebb/vault/home"
	"ebb/vault/keys"
)

// The golden vaults are of every format and every schema that was released. Bringing
// one up to date is broken off at any moment, and then it opens with everything that
// was in it.

// statements splits SQL behind every statement. A trigger is one, with what is in it.
func statements(sql string) (all []string) {
	begin, trigger := 0, false
	for at := range len(sql) {
		if sql[at] != ';' {
			continue
		}
		text := strings.TrimSpace(sql[begin : at+1])
		trigger = trigger || strings.Contains(text, "CREATE TRIGGER")
		if trigger && !strings.HasSuffix(text, "END;") {
			continue
		}
		all, begin, trigger = append(all, sql[begin:at+1]), at+1, false
	}
	if rest := sql[begin:]; strings.TrimSpace(rest) != "" {
		all = append(all, rest)
	}
	return all
}

func TestStatements(t *testing.T) {
	for _, role := range []keys.Role{keys.Private, keys.Shared} {
		for _, m := range home.Schema(role).Migrations {
			all := statements(m.SQL)
			if got := strings.Join(all, ""); strings.TrimSpace(got) != strings.TrimSpace(m.SQL) || len(all) == 0 {
				t.Errorf("%s has %d statements, which make %q", m.Name, len(all), got)
			}
		}
	}
}

// brokenAt are options with which the n-th statement of all migrations of a role that
// come behind the first fails; n counts from 0. ok is false if there are not so many.
func brokenAt(role keys.Role, n int) (o vault.Options, ok bool) {
	o = options(newClock())
	schemas := o.Schemas
	broken := schemas(role)
	broken.Migrations = slices.Clone(broken.Migrations)
	for i := 1; i < len(broken.Migrations) && !ok; i++ {
		all := statements(broken.Migrations[i].SQL)
		if n > len(all) { // one more place than statements: behind the last
			n -= len(all) + 1
			continue
		}
		broken.Migrations[i].SQL, ok = strings.Join(append(slices.Clip(all[:n]), "\nSELECT nothing FROM nowhere;"), ""), true
	}
	o.Schemas = func(r keys.Role) drawer.Schema {
		if r == role {
			return broken
		}
		return schemas(r)
	}
	return o, ok
}

// cheapGolden are the golden vaults with cheap costs, in a long run all of them.
func cheapGolden(t *testing.T) (names []string) {
	t.Helper()
	for _, name := range goldenNames {
		if readGolden(t, name).Cheap || proof.Soak() {
			names = append(names, name)
		}
	}
	return names
}

// A statement fails, in any migration of any drawer: nothing of that migration is
// there, and the next opening does it.
func TestMigrationBrokenOff(t *testing.T) {
	t.Parallel()
	c := proof.Start(t, "migrations/statements")
	for i, name := range cheapGolden(t) {
		want := readGolden(t, name)
		for _, role := range []keys.Role{keys.Private, keys.Shared} {
			for n := 0; c.TimeLeft(); n++ {
				o, ok := brokenAt(role, n)
				if !ok {
					break
				}
				if i > 0 && c.IntN(proof.Size(20, 12, 1)) != 0 { // of the first vault every one
					continue
				}
				where := fmt.Sprintf("%s, role %v, statement %d", name, role, n)
				dir, first := unpackGolden(t, name), want.People[0]
				broke, err := breaksOff(dir, first.Passphrase, o)
				if err != nil {
					c.Failure("%s: %v", where, err)
				}
				c.Ran(broke, map[bool]string{true: "broken off", false: "opened"}[broke])
				stillGolden(t, where, dir, first, want.Cheap)
			}
		}
	}
}

// breaksOff opens a vault with options in which a migration fails.
func breaksOff(dir, passphrase string, o vault.Options) (broke bool, err error) {
	ctx := context.Background()
	v, err := vault.Open(dir, o)
	if err != nil {
		return false, err
	}
	s, _, err := v.Unlock(ctx, []byte(passphrase))
	if err != nil {
		return false, err
	}
	_, opened := home.Open(ctx, s, o.Now)
	broke = opened != nil
	for _, n := range s.Notices() { // the home of a person opens without what they share
		broke = broke || n.Kind == vault.SharedDamaged
	}
	return broke, s.Lock(ctx)
}

// stillGolden opens a golden vault that something was done to, twice.
func stillGolden(t *testing.T, where, dir string, p goldenPerson, cheap bool) {
	t.Helper()
	failed := t.Failed()
	defer func() {
		if t.Failed() && !failed {
			t.Logf("that was: %s", where)
		}
	}()
	first := lookAtGolden(t, dir, p, cheap, vault.DrawerRepaired, vault.KeyFileRepaired, vault.MemberJoined, vault.MemberLeft)
	if again := lookAtGolden(t, dir, p, cheap); again != first {
		t.Error("opening once more changed something")
	}
}

// The opening of a golden vault is cut off behind every call by which it changes the
// folder or makes a change last: as by a kill and as by a power cut.
func TestMigrationCut(t *testing.T) {
	t.Parallel()
	c := proof.Start(t, "migrations/cut")
	every, writes := proof.Size(60, 24, 1), 0
	for _, name := range cheapGolden(t) {
		want := readGolden(t, name)
		first, root := want.People[0], proof.Folder(t)
		dir := filepath.Join(root, "Home.ebb")
		replaceFolder(t, dir, unpackGolden(t, name))
		tape, err := interpose.NewTape(root)
		must(t, err)
		must(t, interpose.Watch(root, tape.Record, func() error {
			return within(first.Passphrase, visits)(context.WithoutCancel(t.Context()), newClock(), dir)
		}))
		device := tape.Device()
		for i := range tape.Len() {
			call, _ := tape.Call(i)
			device.Play(call)
			if writes++; writes%every != 0 {
				continue
			}
			for l, loss := range interpose.Losses[:2] { // all that was not synced, and nothing
				if !c.TimeLeft() || every > 1 && l != writes/every%2 {
					continue
				}
				cut := proof.Folder(t)
				lost, err := device.Cut(c.Rand, loss, cut)
				must(t, err)
				where := fmt.Sprintf("%s, call %d of %d (%v %s), %s", name, i, tape.Len(), call.Op, filepath.Base(call.Path), loss.Name)
				c.Ran(lost > 0 || call.Op != interpose.Sync, loss.Name)
				stillGolden(t, where, filepath.Join(cut, "Home.ebb"), first, want.Cheap)
			}
		}
	}
}
