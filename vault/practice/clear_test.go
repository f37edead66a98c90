package practice_test

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"ebb/vault"
	"ebb/vault/backup"
	"ebb/vault/practice"
)

// T9: a case that was destroyed is gone from the attached backups as well, and the
// certificate says from which, and from which not.
func TestClearBackups(t *testing.T) {
	o := newOffice(t)
	kept, _ := o.settled("T-1", "Ilse", "Marek")
	o.write(kept.Notes, practice.Joint, practice.ID{}, "what stays")
	gone, _ := o.newCase("T-9", "Aya", "Bo")
	ctx := t.Context()
	o.must(gone.Close(ctx))
	place := t.TempDir()
	var made []string
	for range 2 {
		o.lock()
		m, err := backup.Make(ctx, o.dir, place, backup.Options{Vault: options(o.c)})
		o.must(err)
		made = append(made, m.Backup.Path)
		o.c.move(8 * 24 * time.Hour)
		o = openOffice(t, o.c, o.dir)
	}
	cert, err := o.Destroy(ctx, gone.ID, "a rule", nil)
	o.must(err)
	if len(cert.Backups) != 0 {
		t.Errorf("before anybody looked: %+v", cert.Backups)
	}
	// In the second something stands where a file was, and is not touched.
	letter := filepath.Join(t.TempDir(), "letter")
	o.must(os.WriteFile(letter, []byte("somewhere else"), 0o600))
	inWay := filepath.Join(made[1], cert.Files[0])
	o.must(os.Remove(inWay))
	o.must(os.Symlink(letter, inWay))
	cert, err = o.ClearBackups(ctx, cert.ID, place, nil)
	o.must(err)
	want := []practice.Reach{{filepath.Base(made[1]), false, "2026-03-20"}, {filepath.Base(made[0]), true, "2026-03-20"}}
	if len(cert.Backups) != 2 || cert.Backups[0] != want[0] || cert.Backups[1] != want[1] {
		t.Errorf("%+v, want %+v", cert.Backups, want)
	}
	if b, err := os.ReadFile(letter); err != nil || string(b) != "somewhere else" {
		t.Errorf("what the link led to was touched: %q, %v", b, err)
	}
	o.must(os.Remove(inWay))
	if cert, err = o.ClearBackups(ctx, cert.ID, place, nil); err != nil || !cert.Backups[0].Cleared {
		t.Errorf("tried again: %+v, %v", cert.Backups, err)
	}
	for _, path := range made {
		for _, file := range cert.Files {
			for _, name := range []string{file, file + "-wal"} {
				if _, err := os.Lstat(filepath.Join(path, name)); !os.IsNotExist(err) {
					t.Errorf("a file of it is in a backup: %v", err)
				}
			}
		}
	}
	_, err = o.ClearBackups(ctx, practice.NewID(), place, nil)
	refuses(t, "no certificate", err, practice.ErrNotFound)
	_, err = o.ClearBackups(ctx, cert.ID, filepath.Join(place, "nowhere"), nil)
	refuses(t, "no place", err, backup.ErrAbsent)
	o.lock()
	// The backup is still one, and everything else in it opens.
	if all, err := backup.List(place, vault.ID{}, options(o.c)); err != nil || len(all) != 2 || all[0].Problem != nil {
		t.Errorf("%+v, %v", all, err)
	}
	restored := filepath.Join(t.TempDir(), "Restored.ebb")
	o.must(os.CopyFS(restored, os.DirFS(made[0])))
	again := openOffice(t, o.c, restored)
	_, err = again.OpenCase(ctx, gone.ID)
	refuses(t, "the case in the backup", err, vault.ErrDamaged)
	if rows, err := again.open(kept.ID).Notes.List(ctx, practice.NoteFilter{}, practice.Page{}); err != nil || len(rows) != 1 {
		t.Errorf("the other case: %+v, %v", rows, err)
	}
	again.lock()
}
