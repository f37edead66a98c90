package practice

import (
	"context"

	"ebb/ui/lang"
	"ebb/ui/page"
	"ebb/vault/backup"
	store "ebb/vault/practice"
)

// newBackups builds the page about the backups of a practice. Making one ends the second
// unlock; what else is open stays so.
func newBackups(d Desk) *page.BackupsPage {
	return page.NewBackups(page.Copies{
		Place: d.Practice.BackupPlace, SetPlace: d.Practice.SetBackupPlace,
		List: d.Practice.Backups, Try: d.Practice.Try,
		Make: func(progress backup.Progress, done func(backup.Made, error)) {
			var result store.BackupResult
			d.Work(func(ctx context.Context) (err error) {
				result, err = d.Practice.BackUpNow(ctx, progress)
				return err
			}, func(err error) {
				if err == nil {
					err = result.Err
				}
				done(result.Made, err)
			})
		},
		Intro: lang.T("practice-data.backups-intro"), Back: d.backToData(), Now: d.Now, Canvas: d.Canvas,
		Toast: d.Toast, Failed: d.Failed, Work: d.Work, Pick: d.Pick,
	})
}
