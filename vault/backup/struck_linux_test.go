package backup_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"ebb/scripts/interpose"
	"ebb/vault/backup"
)

// below makes a backup of the vault at rest while decide is asked about every call
// for a file below the world's folder.
func (w *world) below(decide interpose.Decide) (made backup.Made, err error) {
	w.Helper()
	v := w.open(w.dir)
	err = interpose.Watch(filepath.Dir(w.place), decide, func() (err error) {
		made, err = backup.Make(w.Context(), w.dir, w.place, w.options())
		return err
	})
	if err := v.Close(); err != nil {
		w.Fatal(err)
	}
	if errors.Is(err, interpose.ErrNotWatched) {
		w.Fatal(err)
	}
	return made, err
}

// What a disk answers becomes what a person can do something about.
func TestAnswersOfADisk(t *testing.T) {
	w := newWorld(t)
	w.make()
	w.at = w.at.Add(time.Hour)
	before := print(t, w.place)
	inPlace := func(c interpose.Call) bool { return strings.HasPrefix(c.Path, w.place) }
	for name, c := range map[string]struct {
		op    interpose.Op
		errno syscall.Errno
		where func(interpose.Call) bool
		want  error
	}{
		"no right to write":        {interpose.Mkdir, syscall.EACCES, inPlace, backup.ErrReadOnly},
		"a disk that is protected": {interpose.Mkdir, syscall.EROFS, inPlace, backup.ErrReadOnly},
		"a full disk":              {interpose.Write, syscall.ENOSPC, inPlace, backup.ErrFull},
		"a quota":                  {interpose.Create, syscall.EDQUOT, inPlace, backup.ErrFull},
		"room is looked for late":  {interpose.Sync, syscall.ENOSPC, inPlace, backup.ErrFull},
		"pulled out":               {interpose.Sync, syscall.EIO, inPlace, backup.ErrAbsent},
		"a network that is down":   {interpose.Rename, syscall.ESTALE, inPlace, backup.ErrAbsent},
		"the vault's own disk": {interpose.Read, syscall.EIO, func(c interpose.Call) bool {
			return strings.HasPrefix(c.Path, w.dir) && filepath.Base(c.Path) != "keys"
		}, backup.ErrUnreadable},
	} {
		struck := 0
		_, err := w.below(func(call interpose.Call) interpose.Answer {
			if call.Op != c.op || !c.where(call) {
				return interpose.Answer{}
			}
			struck++
			return interpose.Answer{Errno: c.errno}
		})
		if struck == 0 || !errors.Is(err, c.want) || strings.Contains(err.Error(), w.place) {
			t.Errorf("%s, %d times: %v", name, struck, err)
		}
		if print(t, w.place) != before {
			t.Errorf("%s: something is left", name)
		}
	}
}

// A stick is pulled out in the middle: what is left on it is no backup, and goes the
// next time.
func TestPulledOut(t *testing.T) {
	w := newWorld(t)
	w.make()
	w.at = w.at.Add(day)
	away := w.place + " away"
	n := 0
	_, err := w.below(func(c interpose.Call) interpose.Answer {
		if c.Op == interpose.Write && strings.HasPrefix(c.Path, w.place) {
			if n++; n == 9 {
				if err := os.Rename(w.place, away); err != nil {
					t.Error(err)
				}
			}
		}
		return interpose.Answer{}
	})
	if !errors.Is(err, backup.ErrAbsent) {
		t.Errorf("pulled out: %v", err)
	}
	if _, err := os.Lstat(w.place); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("the place was made anew: %v", err)
	}
	if err := os.Rename(away, w.place); err != nil {
		t.Fatal(err)
	}
	if n := len(w.list()); n != 1 {
		t.Errorf("%d backups are offered", n)
	}
	if made := w.make(); made.Cleared != 1 || len(w.list()) != 2 {
		t.Errorf("the next time: %+v", made)
	}
}

// A copy that is not what was copied gets no name, and nothing older goes.
func TestCopyThatDiffers(t *testing.T) {
	w := newLonely(t)
	w.make()
	before := print(t, w.place)
	w.at = w.at.Add(time.Hour)
	for name, spoil := range map[string]func(path string) error{
		"a bit": func(path string) error {
			b, err := os.ReadFile(path)
			if err == nil {
				b[len(b)-1] ^= 0x80
				err = os.WriteFile(path, b, 0o600)
			}
			return err
		},
		"cut":    func(path string) error { return os.Truncate(path, 4<<20-1) },
		"longer": func(path string) error { return os.Truncate(path, 4<<20+1) },
		"gone":   os.Remove,
	} {
		spoiled := 0
		_, err := w.below(func(c interpose.Call) interpose.Answer {
			// All was copied, nothing was compared.
			if c.Op == interpose.Sync && c.Folder && strings.HasSuffix(c.Path, ".part") {
				spoiled++
				files, err := filepath.Glob(filepath.Join(c.Path, "*-wal"))
				if err = errors.Join(err, spoil(files[len(files)-1])); err != nil {
					t.Error(err)
				}
			}
			return interpose.Answer{}
		})
		if !errors.Is(err, backup.ErrDiffers) || spoiled != 1 {
			t.Errorf("%s, spoiled %d times: %v", name, spoiled, err)
		}
		if print(t, w.place) != before {
			t.Errorf("%s: something is left", name)
		}
	}
}
