package kinds_test

import (
	"context"
	"path/filepath"
	"testing"

	"ebb/vault"
	"ebb/vault/backup"
	"ebb/vault/home"
	"ebb/vault/keys"
	"ebb/vault/kinds"
	"ebb/vault/practice"
)

const (
	before = "velvet harbour seventeen quiet spoons"
	after  = "lantern orchard gravel mitten thunder"
)

// Every role has the schema that its own room gives it, and no two have one.
func TestSchemas(t *testing.T) {
	seen := map[int32]keys.Role{}
	for _, role := range []keys.Role{keys.Private, keys.Shared, keys.Caseload, keys.Record, keys.Process, keys.SafetyRole} {
		want := home.Schema
		if role != keys.Private && role != keys.Shared {
			want = practice.Schema
		}
		got := kinds.Schema(role)
		if got.ApplicationID != want(role).ApplicationID || len(got.Migrations) == 0 {
			t.Errorf("role %d has application id %x", role, got.ApplicationID)
		}
		if other, twice := seen[got.ApplicationID]; twice {
			t.Errorf("roles %d and %d have one schema", role, other)
		}
		seen[got.ApplicationID] = role
	}
}

// The same options make, open and back up both kinds: before a new passphrase there is
// a backup where the vault remembers that it is to go, and nobody is told otherwise.
func TestEveryKindIsBackedUp(t *testing.T) {
	o := kinds.Options(nil)
	o.KDF, o.Insecure = keys.InsecureParams, true
	for _, kind := range []struct {
		of     keys.Kind
		create func(context.Context, string, string, []byte, vault.Options) error
		choose func(context.Context, *vault.Session, string) error
	}{
		{keys.Home, home.Create, func(ctx context.Context, s *vault.Session, place string) error {
			h, err := home.Open(ctx, s, nil)
			if err != nil {
				return err
			}
			return h.Settings.SetBackupPlace(ctx, place)
		}},
		{keys.Practice, practice.Create, func(ctx context.Context, s *vault.Session, place string) error {
			p, err := practice.Open(ctx, s, nil)
			if err != nil {
				return err
			}
			return p.SetBackupPlace(ctx, place)
		}},
	} {
		dir, place := filepath.Join(t.TempDir(), "A.ebb"), t.TempDir()
		if err := kind.create(t.Context(), dir, "Ada", []byte(before), o); err != nil {
			t.Fatal(err)
		}
		v, err := vault.Open(dir, o)
		if err != nil {
			t.Fatal(err)
		}
		s, _, err := v.Unlock(t.Context(), []byte(before))
		if err != nil {
			t.Fatal(err)
		}
		if s.Kind() != kind.of {
			t.Fatalf("the vault is of kind %d", s.Kind())
		}
		if err := kind.choose(t.Context(), s, place); err != nil {
			t.Fatal(err)
		}
		if _, err := s.ChangePassphrase(t.Context(), []byte(before), []byte(after), nil); err != nil {
			t.Fatal(err)
		}
		for _, n := range s.Notices() {
			t.Errorf("kind %d: told %v", kind.of, n.Kind)
		}
		if all, err := backup.List(place, vault.ID{}, o); err != nil || len(all) != 1 || all[0].Problem != nil {
			t.Errorf("kind %d: the backups are %v, %v", kind.of, all, err)
		}
		if err := s.Lock(t.Context()); err != nil {
			t.Error(err)
		}
	}
}
