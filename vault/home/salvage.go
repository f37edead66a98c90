package home

import (
	"context"
	"database/sql"
	"time"

	"ebb/vault"
	"ebb/vault/backup"
	"ebb/vault/drawer"
)

// KeepCopy copies the vault of a session as it is, damage and all, into a new folder
// in place, which is named as backups are: for whoever is about to give up what cannot
// be read. No older backup is removed. Everything that the session had open is closed
// for it. Errors: those of [backup.Make] and [vault.Session.AtRest].
func KeepCopy(ctx context.Context, s *vault.Session, place string, progress backup.Progress) (kept backup.Backup, err error) {
	err = s.AtRest(func(dir string) error {
		made, err := backup.Make(ctx, dir, place, backup.Options{Vault: s.Options(), KeepOlder: true, Progress: progress})
		kept = made.Backup
		return err
	})
	return kept, err
}

// LastKept returns when this person kept something last, an entry or a draft; the zero
// time if there is nothing. Whoever gave up what a drawer could not read sees by it
// what is left.
func (j *Journal) LastKept(ctx context.Context) (last time.Time, err error) {
	err = j.private.View(ctx, func(tx *drawer.Tx) error {
		var at sql.NullInt64
		err := tx.QueryRow(ctx, `SELECT max(at) FROM (SELECT max(edited_at) AS at FROM entry UNION ALL SELECT max(saved_at) FROM draft)`).Scan(&at)
		if err == nil && at.Valid {
			last = time.UnixMilli(at.Int64)
		}
		return err
	})
	return last, err
}
