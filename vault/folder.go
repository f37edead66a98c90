package vault

import (
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"sort"
	"strings"
	"syscall"
	"time"

	"ebb/vault/drawer"
)

// Names inside a vault's folder. Drawers that a ring names have random names of
// nameDigits hexadecimal digits, entrusted ones of entrustedDigits, their logs the
// same with logSuffix.
const (
	// Suffix ends the name of every vault's folder.
	Suffix = ".ebb"

	keysName        = "keys"
	lockName        = "lock"
	logSuffix       = "-wal"
	nameDigits      = 16
	entrustedDigits = 24
)

// IsEntrusted reports whether a file in a vault's folder, or in a backup, has the name
// of an entrusted drawer's main file or log. Such drawers are not all of one size.
func IsEntrusted(name string) bool {
	name = strings.TrimSuffix(name, logSuffix)
	return len(name) == entrustedDigits && isDrawerName(name)
}

func isDrawerName(name string) bool {
	if len(name) != nameDigits && len(name) != entrustedDigits {
		return false
	}
	_, err := hex.DecodeString(name)
	return err == nil && strings.ToLower(name) == name
}

// contents is what lies in a vault's folder, by kind.
type contents struct {
	drawers   []string        // names, sorted
	entrusted []string        // names, sorted, of drawers whose keys lie in another one
	logs      map[string]bool // of drawers, by the drawer's name
	foreign   []string        // anything that Ebb did not put there: conflict copies and the like
	bytes     int64
	paired    bool // there is a drawer with its log beside it, as no other program leaves
}

// A drawer holds at most 1 GiB, and its log in its size class at most 2 GiB. What
// is larger was not made by Ebb, and all drawers would be brought to its size.
const (
	maxMain = 1 << 30
	maxLog  = 2 << 30
)

func list(dir string) (contents, error) {
	var c contents
	entries, err := os.ReadDir(dir)
	if err != nil {
		return c, folderError(err)
	}
	mains, huge := map[string]bool{}, map[string]bool{}
	c.logs = map[string]bool{}
	for _, e := range entries {
		name := e.Name()
		var size int64
		if info, err := e.Info(); err == nil && e.Type().IsRegular() {
			size = info.Size()
			c.bytes += size
		}
		base, isLog := strings.CutSuffix(name, logSuffix)
		switch {
		case name == keysName || name == lockName:
		case !e.Type().IsRegular() || !isDrawerName(base):
			c.foreign = append(c.foreign, name)
		case isLog && size > maxLog, !isLog && size > maxMain:
			c.foreign = append(c.foreign, name)
			huge[base] = true
		case isLog:
			c.logs[base] = true
		default:
			mains[base] = true
		}
	}
	for name := range mains {
		if huge[name] {
			continue
		}
		if len(name) == entrustedDigits {
			c.entrusted = append(c.entrusted, name)
		} else {
			c.drawers = append(c.drawers, name)
		}
		c.paired = c.paired || c.logs[name]
	}
	sort.Strings(c.drawers)
	sort.Strings(c.entrusted)
	return c, nil
}

// all are the names of every drawer, the entrusted ones last.
func (c contents) all() []string { return slices.Concat(c.drawers, c.entrusted) }

// Files lists the names of the files that make up the vault at dir: the key file,
// then every drawer and its log. The lock, which holds nothing, is not among them,
// nor is what Ebb did not put there.
//
// ErrDamaged says that a drawer has no log. Opening the vault mends that.
func Files(dir string) ([]string, error) {
	c, err := list(dir)
	if err != nil {
		return nil, err
	}
	names := []string{keysName}
	for _, name := range c.all() {
		if !c.logs[name] {
			return nil, fmt.Errorf("a drawer has no log: %w", ErrDamaged)
		}
		names = append(names, name, name+logSuffix)
	}
	return names, nil
}

// even gives all drawers of rings and their logs one size, and every file of the
// vault one modification time, so that neither tells who wrote, or how much.
// Entrusted drawers keep the size classes that they have: they are one person's, who
// may have thousands of them.
func even(dir string, at time.Time) error {
	c, err := list(dir)
	if err != nil {
		return err
	}
	paths := make([]string, len(c.drawers))
	for i, name := range c.drawers {
		paths[i] = filepath.Join(dir, name)
		if err := ordinary(paths[i]); err != nil {
			return err
		}
	}
	if err := drawer.Even(paths, at); err != nil {
		return err
	}
	for _, name := range c.entrusted {
		path := filepath.Join(dir, name)
		if ordinary(path) != nil {
			continue // it is told when somebody asks for that drawer, and keeps nobody from the others
		}
		if err := drawer.EvenSmall(path, at); err != nil {
			return err
		}
	}
	for _, name := range []string{keysName, lockName} {
		if err := os.Chtimes(filepath.Join(dir, name), at, at); err != nil {
			return folderError(err)
		}
	}
	return nil
}

// ordinary refuses a drawer of which a file is a link or the like: writing would
// change something somewhere else. A file that is missing is not its business.
func ordinary(path string) error {
	for _, p := range []string{path, path + logSuffix} {
		info, err := os.Lstat(p)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return folderError(err)
		}
		if !info.Mode().IsRegular() {
			return fmt.Errorf("a drawer's file is not an ordinary file: %w", ErrDamaged)
		}
	}
	return nil
}

// folderError gives an error of the file system one of this package's kinds,
// without its path: paths are private.
func folderError(err error) error {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, fs.ErrNotExist), errors.Is(err, syscall.ENOTDIR):
		return ErrNotVault
	case errors.Is(err, fs.ErrExist):
		return ErrExists
	case errors.Is(err, fs.ErrPermission), errors.Is(err, syscall.EROFS):
		return ErrReadOnly
	case errors.Is(err, syscall.ENOSPC), errors.Is(err, syscall.EDQUOT):
		return ErrFull
	}
	var path *fs.PathError
	var link *os.LinkError // of a renaming
	switch {
	case errors.As(err, &path):
		return fmt.Errorf("the vault's folder: %w", path.Err)
	case errors.As(err, &link):
		return fmt.Errorf("the vault's folder: %w", link.Err)
	}
	return err
}

func syncFolder(dir string) error {
	f, err := os.Open(dir)
	if err != nil {
		return folderError(err)
	}
	defer f.Close()
	// Some file systems (and Windows) cannot sync a directory; there is nothing
	// better to do there, and the files themselves were synced.
	if err := f.Sync(); err != nil && !errors.Is(err, syscall.EINVAL) && !errors.Is(err, syscall.ENOTSUP) && !errors.Is(err, fs.ErrPermission) {
		return folderError(err)
	}
	return nil
}

// An ID is a vault's own: random, and the same in all copies of it.
type ID [16]byte

// Info is what anybody who holds the folder may know.
type Info struct {
	ID           ID     `json:"-"`
	Format       int    `json:"format"`       // version of the on-disk format
	Drawers      int    `json:"drawers"`      // number of drawer files, placeholders included
	Bytes        int64  `json:"bytes"`        // size of the folder's files
	ForeignFiles int    `json:"foreignFiles"` // files that Ebb did not make, such as conflict copies
	MemoryKiB    uint32 `json:"kdfMemoryKiB"` // cost of one guess at a passphrase
	Time         uint32 `json:"kdfPasses"`
	Threads      uint8  `json:"kdfLanes"`
}
