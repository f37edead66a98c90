package backup_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"ebb/scripts/interpose"
	"ebb/scripts/proof"
	"ebb/vault/backup"
)

// cuts plays a tape and cuts the power here and there, as often as the campaign is
// large, and in every way after the end; look judges what is left of the tape's folder.
func cuts(c *proof.Campaign, tape *interpose.Tape, many int, look func(root string, ended bool) (string, error)) {
	c.Helper()
	device := tape.Device()
	cut := func(call interpose.Call, loss interpose.Loss, ended bool) {
		root := proof.Folder(c)
		lost, err := device.Cut(c.Rand, loss, root)
		if err != nil {
			c.Fatal(err)
		}
		note, err := look(root, ended)
		if err != nil {
			c.Failure("%v of %s, ended: %v, %s: %v", call.Op, filepath.Base(call.Path), ended, loss.Name, err)
		}
		c.Ran(lost > 0 || call.Op != interpose.Sync, note)
		if err := os.RemoveAll(root); err != nil {
			c.Fatal(err)
		}
	}
	// Writing takes most of the calls, and each of those is like the other: they get a
	// smaller share, and names a larger one.
	weight := func(call interpose.Call) float64 {
		if call.Op == interpose.Write {
			return 0.1
		}
		return 1
	}
	total := 0.0
	for i := range tape.Len() {
		call, _ := tape.Call(i)
		total += weight(call)
	}
	for i := range tape.Len() {
		call, _ := tape.Call(i)
		device.Play(call)
		for share := weight(call) / total * float64(many); share > 0 && c.TimeLeft(); share-- {
			if share < 1 && c.Float64() >= share {
				break
			}
			cut(call, interpose.Losses[c.IntN(len(interpose.Losses))], false)
		}
	}
	for _, loss := range interpose.Losses {
		cut(interpose.Call{}, loss, true)
	}
}

// The power goes at any moment while a backup is made and the rotation removes one.
// Of what was not synced anything may be lost, names too. Every backup that is offered
// afterwards is whole; all older ones are there, or the new one and all that the
// rotation keeps.
func TestMakePowerLoss(t *testing.T) {
	t.Parallel()
	c := proof.Start(t, "backup power")
	w := newLonely(t)
	w.at = time.Date(2026, 3, 2, 20, 0, 0, 0, time.UTC) // a Monday
	known := map[string]string{}
	for range 4 { // three latest days and one of this week
		w.at = w.at.Add(day)
		w.write("some words")
		b := w.make().Backup
		known[filepath.Base(b.Path)] = print(t, b.Path)
	}
	older := len(known)
	w.at = w.at.Add(day)
	w.write("more words")
	tape, err := interpose.NewTape(w.place)
	if err != nil {
		t.Fatal(err)
	}
	v := w.open(w.dir)
	var made backup.Made
	err = interpose.Watch(w.place, tape.Record, func() (err error) {
		made, err = backup.Make(context.Background(), w.dir, w.place, w.options())
		return err
	})
	if err = errors.Join(err, v.Close()); err != nil || len(made.Removed) != 1 {
		t.Fatalf("%+v, %v", made, err)
	}
	fresh, gone := filepath.Base(made.Backup.Path), filepath.Base(made.Removed[0].Path)
	known[fresh] = print(t, w.dir)
	cuts(c, tape, proof.Size(10, 60, 3000), func(root string, ended bool) (string, error) {
		all, err := backup.List(root, w.id(), w.options().Vault)
		if err != nil {
			return "", err
		}
		there := map[string]bool{}
		for _, b := range all {
			name := filepath.Base(b.Path)
			if b.Problem != nil {
				return "", fmt.Errorf("a half one is listed: %w", b.Problem)
			}
			if print(c, b.Path) != known[name] {
				return "", fmt.Errorf("%s is not what was backed up", name)
			}
			there[name] = true
		}
		for name := range known {
			if !there[name] && name != fresh && !(name == gone && there[fresh]) {
				return "", fmt.Errorf("%d of %d older ones are there, and the new one: %v", len(there), older, there[fresh])
			}
		}
		if ended && !there[fresh] {
			return "", errors.New("the new one was said to be made")
		}
		place := w.place
		w.place = root
		next, err := w.try(w.options())
		w.place = place
		parts, glob := filepath.Glob(filepath.Join(root, "*.part"))
		if err := errors.Join(err, next.Left, glob); err != nil || len(parts) != 0 {
			return "", fmt.Errorf("the next run leaves %d parts: %w", len(parts), err)
		}
		return map[bool]string{true: "with the new one", false: "without the new one"}[there[fresh]], nil
	})
}

// The first backup of all, which takes no other's place, lasts when it was said to be
// made.
func TestFirstBackupLasts(t *testing.T) {
	t.Parallel()
	c := proof.Start(t, "first backup power")
	w := newLonely(t)
	tape, err := interpose.NewTape(w.place)
	if err != nil {
		t.Fatal(err)
	}
	v := w.open(w.dir)
	var made backup.Made
	err = interpose.Watch(w.place, tape.Record, func() (err error) {
		made, err = backup.Make(context.Background(), w.dir, w.place, w.options())
		return err
	})
	if err = errors.Join(err, v.Close()); err != nil {
		t.Fatal(err)
	}
	cuts(c, tape, proof.Size(3, 10, 500), func(root string, ended bool) (string, error) {
		all, err := backup.List(root, w.id(), w.options().Vault)
		switch {
		case err != nil:
			return "", err
		case len(all) > 1, ended && len(all) == 0:
			return "", fmt.Errorf("%d backups", len(all))
		case len(all) == 0:
			return "none", nil
		case filepath.Base(all[0].Path) != filepath.Base(made.Backup.Path) || print(c, all[0].Path) != print(c, w.dir):
			return "", errors.New("it is not the vault's copy")
		}
		return "there", nil
	})
}

// The same for a restore: the folder is there and whole, or not there.
func TestRestorePowerLoss(t *testing.T) {
	t.Parallel()
	c := proof.Start(t, "restore power")
	w := newLonely(t)
	w.write("some words")
	from := w.make().Backup.Path
	root := proof.Folder(t)
	tape, err := interpose.NewTape(root)
	if err != nil {
		t.Fatal(err)
	}
	err = interpose.Watch(root, tape.Record, func() error {
		_, err := backup.Restore(context.Background(), from, filepath.Join(root, "Restored.ebb"), w.options())
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	want := print(t, from)
	cuts(c, tape, proof.Size(10, 60, 3000), func(root string, ended bool) (string, error) {
		dir := filepath.Join(root, "Restored.ebb")
		if _, err := os.Lstat(dir); err == nil {
			if print(c, dir) != want {
				return "", errors.New("what is there is not the backup's copy")
			}
			return "restored", nil
		}
		if ended {
			return "", errors.New("it was said to be restored")
		}
		if _, err := backup.Restore(c.Context(), from, dir, w.options()); err != nil {
			return "", fmt.Errorf("the next run: %w", err)
		}
		if print(c, dir) != want {
			return "", errors.New("the next run's folder is not the backup's copy")
		}
		return "not restored", nil
	})
}
