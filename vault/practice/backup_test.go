package practice_test

import (
	"os"
	"path/filepath"
	"testing"

	"ebb/vault"
	"ebb/vault/backup"
	"ebb/vault/practice"
)

// A backup of a practice is a copy like any other: it is whole although its drawers
// are of several sizes, opens when it is restored, and one that was cut short shows.
func TestBackupOfAPractice(t *testing.T) {
	o := newOffice(t)
	c, m := o.settled("B-1", "Ilse", "Marek")
	ctx := t.Context()
	_, err := c.Files.Attach(ctx, "letter", practice.ID{}, pdf(3<<20))
	o.must(err)
	fillApart(o, c, m)
	o.lock()
	place := t.TempDir()
	made, err := backup.Make(ctx, o.dir, place, backup.Options{Vault: options(o.c)})
	o.must(err)
	all, err := backup.List(place, vault.ID{}, options(o.c))
	if err != nil || len(all) != 1 || all[0].Problem != nil {
		t.Fatalf("%+v, %v", all, err)
	}
	restored := filepath.Join(t.TempDir(), "Restored.ebb")
	o.must(os.CopyFS(restored, os.DirFS(made.Backup.Path)))
	again := openOffice(t, o.c, restored)
	if files, err := again.open(c.ID).Files.All(ctx); err != nil || len(files) != 1 {
		t.Errorf("%+v, %v", files, err)
	}
	again.lock()
	for name, info := range entrusted(t, made.Backup.Path) {
		path := filepath.Join(made.Backup.Path, name)
		o.must(os.Truncate(path, info.Size()-1))
		if all, err = backup.List(place, vault.ID{}, options(o.c)); err != nil || len(all) != 1 || all[0].Problem == nil {
			t.Errorf("a file that was cut short does not show: %+v, %v", all, err)
		}
		break
	}
}
