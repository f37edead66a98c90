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

// What is locked is backed up where a place was chosen, and every drawer that the
// session could open is checked in the copy: the apart ones only with the second
// unlock.
func TestLockAndBackUp(t *testing.T) {
	o := newOffice(t)
	c, m := o.newCase("B-2", "Ilse", "Marek")
	fillApart(o, c, m)
	ctx := t.Context()
	result, err := o.LockAndBackUp(ctx, nil)
	if err != nil || result.Place != "" || result.Err != nil {
		t.Errorf("without a place: %+v, %v", result, err)
	}
	place := t.TempDir()
	for _, stepUp := range []bool{false, true} {
		o.c.move(8 * 24 * time.Hour)
		o = openOffice(t, o.c, o.dir)
		o.must(o.SetBackupPlace(ctx, place))
		checked, not := 2, 4
		if stepUp {
			o.stepUp()
			checked, not = 6, 0
		}
		result, err = o.LockAndBackUp(ctx, nil)
		if err != nil || result.Err != nil || result.Place != place {
			t.Fatalf("%+v, %v", result, err)
		}
		if r := result.Made.Check; r == nil || !r.Sound() || len(r.Drawers) != checked || r.NotChecked != not || r.Missing != 0 {
			t.Errorf("second unlock %v: %+v", stepUp, r)
		}
	}
	if all, err := backup.List(place, vault.ID{}, options(o.c)); err != nil || len(all) != 2 {
		t.Errorf("%+v, %v", all, err)
	}
	// A place that is not there keeps nobody from locking.
	o = openOffice(t, o.c, o.dir)
	o.must(o.SetBackupPlace(ctx, filepath.Join(place, "nowhere")))
	result, err = o.LockAndBackUp(ctx, nil)
	if err != nil {
		t.Error(err)
	}
	refuses(t, "a place that is not there", result.Err, backup.ErrAbsent)
	o = openOffice(t, o.c, o.dir)
	o.lock()
}

// In the middle of a session everything is closed for a backup and goes on after it;
// the second unlock is over. A backup proves itself, and one from which a destroyed case
// was cleared is sound.
func TestBackUpNow(t *testing.T) {
	o := newOffice(t)
	c, m := o.settled("B-3", "Ilse", "Marek")
	ctx := t.Context()
	fillApart(o, c, m)
	if result, err := o.BackUpNow(ctx, nil); err != nil || result.Place != "" || result.Err != nil {
		t.Errorf("without a place: %+v, %v", result, err)
	}
	if all, err := o.Backups(ctx); err != nil || len(all) != 0 {
		t.Errorf("without a place: %+v, %v", all, err)
	}
	place := t.TempDir()
	o.must(o.SetBackupPlace(ctx, place))
	o.stepUp()
	result, err := o.BackUpNow(ctx, nil)
	if err != nil || result.Err != nil || result.Made.Check == nil || !result.Made.Check.Sound() || result.Made.Check.NotChecked != 0 {
		t.Fatalf("%+v, %v", result, err)
	}
	if at, err := o.BackedUp(ctx); err != nil || !at.Equal(result.Made.Backup.Time) {
		t.Errorf("remembered is %v, %v", at, err)
	}
	if !o.StepUpUntil().IsZero() {
		t.Error("the second unlock outlived the backup")
	}
	o.must(c.Plan.Put(ctx, "written after the backup"))
	all, err := o.Backups(ctx)
	if err != nil || len(all) != 1 {
		t.Fatalf("%+v, %v", all, err)
	}
	_, err = o.Try(ctx, all[0], []byte("not the passphrase of that day"))
	refuses(t, "another passphrase", err, vault.ErrWrongPassphrase)
	proof, err := o.Try(ctx, all[0], []byte(pass))
	if err != nil || !proof.Sound() || proof.Check.NotChecked != 0 || len(proof.Check.Drawers) != 6 {
		t.Errorf("%+v, %v", proof, err)
	}
	// Something in a record that does not open with its key shows in the proof.
	for name := range entrusted(t, all[0].Path) {
		path := filepath.Join(all[0].Path, name)
		was, err := os.ReadFile(path)
		o.must(err)
		if len(was) < 1<<20 {
			continue // a log
		}
		spoilt := append([]byte(nil), was...)
		spoilt[40_000] ^= 1
		o.must(os.WriteFile(path, spoilt, 0o600))
		if proof, err = o.Try(ctx, all[0], []byte(pass)); err == nil && proof.Sound() {
			t.Error("a spoilt drawer in a backup was called sound")
		}
		o.must(os.WriteFile(path, was, 0o600))
		break
	}
	o.must(c.Close(ctx))
	o.must(c.Done(ctx))
	cert, err := o.Destroy(ctx, c.ID, "a rule", nil)
	o.must(err)
	_, err = o.ClearBackups(ctx, cert.ID, place, nil)
	o.must(err)
	if proof, err = o.Try(ctx, all[0], []byte(pass)); err != nil || !proof.Sound() || len(proof.Check.Drawers) != 1 {
		t.Errorf("a backup that was cleared: %+v, %v", proof, err)
	}
	if left, err := filepath.Glob(filepath.Join(place, "*.part")); err != nil || len(left) != 0 {
		t.Errorf("trying left %v, %v", left, err)
	}
	o.must(os.RemoveAll(place))
	if result, err = o.BackUpNow(ctx, nil); err != nil {
		t.Error(err)
	}
	refuses(t, "a place that has gone", result.Err, backup.ErrAbsent)
	_, err = o.Backups(ctx)
	refuses(t, "its list", err, backup.ErrAbsent)
	o.lock()
}
