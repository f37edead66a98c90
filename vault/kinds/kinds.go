// Package kinds opens vaults of which it is not known yet whether they are a home or a
// practice: whoever is given a folder learns that only by unlocking it. It is the one
// place where both meet, and keeps nothing itself.
package kinds

import (
	"context"
	"time"

	"ebb/vault"
	"ebb/vault/drawer"
	"ebb/vault/home"
	"ebb/vault/keys"
	"ebb/vault/practice"
)

// Options for making and opening vaults of every kind; now may be nil for the system's
// clock.
func Options(now func() time.Time) vault.Options {
	return vault.Options{Schemas: Schema, Now: now, BackUp: backUp}
}

// Schema gives the schema of a drawer by its role: a home and a practice have no role
// in common.
func Schema(role keys.Role) drawer.Schema {
	switch role {
	case keys.Caseload, keys.Record, keys.Process, keys.SafetyRole:
		return practice.Schema(role)
	}
	return home.Schema(role)
}

// backUp is the backup before something that changes much, made where each kind of
// vault remembers that it is to go.
func backUp(ctx context.Context, at vault.At) error {
	if at.Kind == keys.Practice {
		return practice.Options(nil).BackUp(ctx, at)
	}
	return home.Options(nil).BackUp(ctx, at)
}
