package backup

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"ebb/vault"
)

// A Backup is a folder that holds a copy of a vault.
type Backup struct {
	Path  string
	Time  time.Time // when it was made, by its name, in UTC; zero if it has another name
	Vault vault.ID  // zero if the key file cannot be read
	Bytes int64
	// Problem says why it is not whole, as far as that shows without a key; nil if
	// nothing is wrong. Nothing was left so by this program.
	Problem error
}

// At looks at one folder, whatever its name. Errors: ErrAbsent, ErrUnfinished,
// vault.ErrNotVault, and what the system answers.
func At(path string, o vault.Options) (Backup, error) {
	path, err := filepath.Abs(path)
	if err != nil {
		return Backup{}, placeError(err)
	}
	b := Backup{Path: path}
	if at, ok := vault.BackupTime(filepath.Base(path)); ok {
		b.Time = at
	}
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return b, ErrAbsent
	case err != nil:
		return b, sourceError(err)
	case !info.IsDir():
		return b, vault.ErrNotVault
	case strings.HasSuffix(path, partSuffix):
		return b, ErrUnfinished
	}
	b.look(o)
	if errors.Is(b.Problem, vault.ErrNotVault) {
		return b, vault.ErrNotVault
	}
	return b, nil
}

// look reads what the folder tells without a key.
func (b *Backup) look(o vault.Options) {
	info, err := vault.Inspect(b.Path, o)
	if err != nil {
		b.Problem = err
		return
	}
	b.Vault, b.Bytes = info.ID, info.Bytes
	names, err := vault.Files(b.Path)
	if err == nil {
		err = sameSizes(b.Path, names)
	}
	b.Problem = err
}

// sameSizes holds the drawers to one size and their logs to one, and entrusted ones to
// a size class, as they are in every vault at rest: a file that was cut short shows.
func sameSizes(dir string, names []string) error {
	sizes := map[bool]int64{}
	for _, name := range names[1:] { // the first is the key file
		info, err := os.Lstat(filepath.Join(dir, name))
		if err != nil {
			return sourceError(err)
		}
		if size := info.Size(); vault.IsEntrusted(name) {
			if size == 0 || size&(size-1) != 0 { // each is of a size class of its own
				return fmt.Errorf("a file was cut short: %w", vault.ErrDamaged)
			}
			continue
		}
		isLog := strings.HasSuffix(name, "-wal")
		if size, seen := sizes[isLog]; seen && size != info.Size() {
			return fmt.Errorf("a file was cut short: %w", vault.ErrDamaged)
		}
		sizes[isLog] = info.Size()
	}
	if len(names) == 1 {
		return fmt.Errorf("all drawers are missing: %w", vault.ErrDamaged)
	}
	return nil
}

// List returns the backups in a folder, the newest first: those of one vault, or of
// all if id is zero. One whose key file cannot be read may be anybody's and is
// listed in any case, with its problem. What was never finished is not listed.
//
// Errors: ErrAbsent, ErrNotFolder, and what the system answers.
func List(folder string, id vault.ID, o vault.Options) ([]Backup, error) {
	folder, err := filepath.Abs(folder)
	if err != nil {
		return nil, placeError(err)
	}
	entries, err := os.ReadDir(folder)
	if err != nil {
		return nil, placeError(err)
	}
	var found []Backup
	for _, e := range entries {
		at, ok := vault.BackupTime(e.Name())
		if !ok || !e.IsDir() { // a link is none either
			continue
		}
		b := Backup{Path: filepath.Join(folder, e.Name()), Time: at}
		b.look(o)
		if errors.Is(b.Problem, vault.ErrNotVault) || id != (vault.ID{}) && b.Vault != (vault.ID{}) && b.Vault != id {
			continue
		}
		found = append(found, b)
	}
	slices.SortFunc(found, func(a, b Backup) int { return b.Time.Compare(a.Time) })
	return found, nil
}

// Newest finds the backup to restore from a path that somebody gave: the folder
// itself if it is a backup, or else the newest whole one in it.
//
// Errors: ErrAbsent, ErrUnfinished, ErrNone, and ErrSeveral if the folder holds
// backups of more than one vault.
func Newest(path string, o vault.Options) (Backup, error) {
	b, err := At(path, o)
	if err == nil || !errors.Is(err, vault.ErrNotVault) {
		return b, err
	}
	all, err := List(path, vault.ID{}, o)
	if errors.Is(err, ErrNotFolder) {
		return Backup{}, ErrNone
	}
	if err != nil {
		return Backup{}, err
	}
	all = slices.DeleteFunc(all, func(b Backup) bool { return b.Problem != nil })
	if len(all) == 0 {
		return Backup{}, ErrNone
	}
	for _, b := range all {
		if b.Vault != all[0].Vault {
			return Backup{}, ErrSeveral
		}
	}
	return all[0], nil
}
