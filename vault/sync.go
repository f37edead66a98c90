package vault

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
)

// A syncer is a program that keeps a folder alike on several computers, and how it
// is known. Folders are compared without regard to case; one that ends in * stands
// for all names that begin so.
type syncer struct {
	name    string
	folders []string // wherever they stand in a path
	homely  []string // too ordinary a word elsewhere: only in a home folder, or at the top of a disk
	markers []string // what it puts into a folder that it keeps; what ends in / is a folder, else a file
}

var syncers = []syncer{
	{"Dropbox", []string{"dropbox", "dropbox (*"}, nil, []string{".dropbox", ".dropbox.cache/"}},
	{"OneDrive", []string{"onedrive", "onedrive -*", "onedrive-*"}, nil, []string{".849C9593-D756-4E56-8D6E-42412F2A707B"}},
	{"Google Drive", []string{"google drive", "googledrive", "googledrive-*", "google-drive:*"}, []string{"my drive"}, []string{".tmp.drivedownload/", ".tmp.driveupload/"}},
	{"iCloud Drive", []string{"icloud drive", "iclouddrive", "mobile documents", "com~apple~*"}, nil, nil},
	{"Nextcloud", []string{"nextcloud", "nextcloud-*"}, nil, []string{".nextcloudsync.log", ".sync_*", "._sync_*"}},
	{"ownCloud", []string{"owncloud", "owncloud-*"}, nil, []string{".owncloudsync.log"}},
	{"Syncthing", []string{"syncthing"}, nil, []string{".stfolder", ".stfolder/", ".stversions/", ".stignore"}},
	{"Resilio Sync", []string{"resilio sync", "btsync", "bittorrent sync"}, nil, []string{".sync/"}},
	{"MEGA", []string{"megasync", "megasync downloads"}, []string{"mega"}, []string{".megaignore", ".debris/"}},
	{"pCloud", []string{"pcloud", "pclouddrive", "pcloud drive", "pcloudsync"}, nil, nil},
	{"Proton Drive", []string{"proton drive", "protondrive", "protondrive-*"}, nil, nil},
	{"Box", []string{"box sync", "box-box"}, []string{"box"}, nil},
	{"Seafile", []string{"seafile"}, nil, []string{".seafile-data/"}},
	{"Synology Drive", []string{"synologydrive", "cloudstation"}, nil, []string{".synologyworkingdirectory/"}},
	{"Tresorit", []string{"tresorit", "my tresors"}, nil, nil},
	{"Yandex Disk", []string{"yandex.disk", "yandexdisk", "yandex disk"}, nil, nil},
	{"Jottacloud", []string{"jottacloud"}, nil, nil},
}

// SyncedBy names the program that seems to copy the folder at dir to other
// computers, or "" if nothing tells so: by the names of the folders around it and
// by what such programs leave in them. dir need not exist yet. It takes no more
// than a look; a program that leaves no mark is not noticed.
func SyncedBy(dir string) string {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return ""
	}
	home, _ := os.UserHomeDir() // where there is none, no folder is in it
	paths := []string{dir}
	if real := realPath(dir); real != dir {
		paths = append(paths, real)
	}
	for _, path := range paths {
		if name := syncedByName(filepath.ToSlash(path), filepath.ToSlash(home)); name != "" {
			return name
		}
	}
	for _, path := range paths {
		for ; ; path = filepath.Dir(path) {
			// What lies in a home folder itself are such programs' settings: nobody
			// keeps all of that alike.
			if name := syncedByMarker(path); name != "" && path != home {
				return name
			}
			if filepath.Dir(path) == path {
				break
			}
		}
	}
	return ""
}

// realPath is path without links, as far as it exists.
func realPath(path string) string {
	if real, err := filepath.EvalSymlinks(path); err == nil {
		return real
	}
	parent := filepath.Dir(path)
	if parent == path {
		return path
	}
	return filepath.Join(realPath(parent), filepath.Base(path))
}

// syncedByName goes by the names in a path with slashes, the innermost first.
func syncedByName(path, home string) string {
	parts := strings.Split(path, "/")
	depth := len(strings.Split(strings.TrimSuffix(home, "/"), "/"))
	for i := len(parts) - 1; i >= 0; i-- {
		atHome := i == 1 || home != "" && i == depth && strings.EqualFold(strings.Join(parts[:i], "/"), strings.TrimSuffix(home, "/"))
		for _, s := range syncers {
			if fits(parts[i], s.folders) || atHome && fits(parts[i], s.homely) {
				return s.name
			}
		}
		// Where macOS keeps what such programs of others bring: Library/CloudStorage/Name-account.
		if i > 0 && strings.EqualFold(parts[i-1], "CloudStorage") {
			if name, _, _ := strings.Cut(parts[i], "-"); plainName.MatchString(name) {
				return name
			}
		}
	}
	return ""
}

// plainName keeps what stands in a path from playing with a terminal.
var plainName = regexp.MustCompile(`^[\pL\pN][\pL\pN. ]{0,31}$`)

func fits(name string, patterns []string) bool {
	name = strings.ToLower(name)
	for _, p := range patterns {
		begin, open := strings.CutSuffix(strings.ToLower(p), "*")
		if name == begin || open && strings.HasPrefix(name, begin) {
			return true
		}
	}
	return false
}

// maxLook bounds how many names of a folder are looked at: opening a vault does not
// wait for a folder of downloads.
const maxLook = 4096

// syncedByMarker goes by what lies in one folder.
func syncedByMarker(dir string) string {
	f, err := os.Open(dir)
	if err != nil {
		return "" // it is not there, or is nobody's to read
	}
	defer f.Close()
	entries, _ := f.ReadDir(maxLook) // of those that can be read
	for _, e := range entries {
		name := e.Name()
		if e.IsDir() {
			name += "/"
		}
		for _, s := range syncers {
			if fits(name, s.markers) {
				return s.name
			}
		}
		if strings.EqualFold(name, "desktop.ini") && mentionsOneDrive(filepath.Join(dir, name)) {
			return "OneDrive"
		}
	}
	return ""
}

// mentionsOneDrive reads the file with which Windows gives a folder its icon. It
// is in UTF-8 or UTF-16.
func mentionsOneDrive(path string) bool {
	if info, err := os.Lstat(path); err != nil || !info.Mode().IsRegular() {
		return false
	}
	f, err := os.Open(path)
	if err != nil {
		return false
	}
	defer f.Close()
	text, err := io.ReadAll(io.LimitReader(f, 64<<10))
	return err == nil && bytes.Contains(bytes.ToLower(bytes.ReplaceAll(text, []byte{0}, nil)), []byte("onedrive"))
}

// Kinds of second copies of a vault's own file, as a Notice tells them. Each is a
// file of its own, which Ebb neither reads nor touches.
const (
	CopyOfSync     = "conflict"         // by a program that syncs folders, which found two versions
	CopyOfComputer = "another computer" // likewise, named after the computer
	CopyWithNumber = "numbered"         // by such a program, a browser or a file manager
	CopyByHand     = "copy"             // by a file manager
)

const ownName = `(?:keys|lock|[0-9a-f]{16}(?:[0-9a-f]{8})?(?:-wal)?)`

// copies are looked through in order: the more particular first.
var copies = []struct {
	kind string
	name *regexp.Regexp
}{
	{CopyOfSync, regexp.MustCompile(`(?i)^` + ownName + `[ ._~-]*[(\[]?.*conflict.*$`)},
	{CopyWithNumber, regexp.MustCompile(`(?i)^` + ownName + ` ?(?:\(\d+\)|\d+)$`)},
	{CopyByHand, regexp.MustCompile(`(?i)^(?:` + ownName + `(?: - \p{L}+| copy| kopie|  ?\([^)]*cop[^)]*\))(?: ?\(?\d+\)?)?|cop(?:y|ie|ia) (?:\(\d+\) )?(?:of|de|di) ` + ownName + `)$`)},
	{CopyOfComputer, regexp.MustCompile(`^` + ownName + `-[A-Za-z0-9][A-Za-z0-9-]*$`)},
}

// ofSQLite are names that would be SQLite's, if it were let.
var ofSQLite = regexp.MustCompile(`-(?:journal|shm|wal)$`)

// copyOf says of what kind a copy of one of the vault's own files is, by the name
// that it has; "" if it is none.
func copyOf(name string) string {
	if ofSQLite.MatchString(name) {
		return ""
	}
	for _, c := range copies {
		if c.name.MatchString(name) {
			return c.kind
		}
	}
	return ""
}
