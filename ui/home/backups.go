package home

import (
	"context"

	"ebb/ui/lang"
	"ebb/ui/page"
	"ebb/vault/backup"
	store "ebb/vault/home"
)

// newBackups builds the page about the backups of a home. Making one puts another home
// in the place of the one that is open.
func newBackups(d Desk) *page.BackupsPage {
	return page.NewBackups(page.Copies{
		Place:    func(ctx context.Context) (string, error) { return d.Home.Settings.BackupPlace(ctx) },
		SetPlace: func(ctx context.Context, place string) error { return d.Home.Settings.SetBackupPlace(ctx, place) },
		List:     func(ctx context.Context) ([]backup.Backup, error) { return d.Home.Backups(ctx) },
		Try: func(ctx context.Context, b backup.Backup, passphrase []byte) (backup.Proof, error) {
			return d.Home.Try(ctx, b, passphrase)
		},
		Make: func(progress backup.Progress, done func(backup.Made, error)) {
			d.BackUp(progress, func(fresh Desk, result store.BackupResult) {
				d = fresh
				done(result.Made, result.Err)
			})
		},
		Intro: lang.T("backups.intro"), Back: d.backToData(), Now: d.Now, Canvas: d.Canvas,
		Toast: d.Toast, Failed: d.Failed, Work: d.Work, Pick: d.Pick,
	})
}
