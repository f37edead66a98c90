package vault

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf16"
)

func TestSyncedByName(t *testing.T) {
	const home = "/home/ada"
	for path, want := range map[string]string{
		"/home/ada/Our home.ebb":                                                        "",
		"/home/ada/Documents/Dropboxes/Our home.ebb":                                    "",
		"/home/ada/Dropbox/Our home.ebb":                                                "Dropbox",
		"/home/ada/DROPBOX (Personal)/x/Our home.ebb":                                   "Dropbox",
		"C:/Users/Ada/OneDrive/Documents/Our home.ebb":                                  "OneDrive",
		"C:/Users/Ada/OneDrive - Some Office/Our home.ebb":                              "OneDrive",
		"/Users/ada/Library/CloudStorage/OneDrive-Personal/Our home.ebb":                "OneDrive",
		"/Users/ada/Library/CloudStorage/GoogleDrive-ada@example.org/My Drive/Home.ebb": "Google Drive",
		"/Users/ada/Library/CloudStorage/Sync.com-Ada/Home.ebb":                         "Sync.com",
		"G:/My Drive/Our home.ebb":                                                      "Google Drive",
		"/home/ada/films/my drive/Our home.ebb":                                         "",
		"/run/user/1000/gvfs/google-drive:host=example.org,user=ada/Our home.ebb":       "Google Drive",
		"/Users/ada/Library/Mobile Documents/com~apple~CloudDocs/Our home.ebb":          "iCloud Drive",
		"C:/Users/Ada/iCloudDrive/Our home.ebb":                                         "iCloud Drive",
		"/home/ada/Nextcloud/Our home.ebb":                                              "Nextcloud",
		"/home/ada/ownCloud/Our home.ebb":                                               "ownCloud",
		"/srv/Syncthing/Our home.ebb":                                                   "Syncthing",
		"/home/ada/Resilio Sync/Our home.ebb":                                           "Resilio Sync",
		"/home/ada/MEGA/Our home.ebb":                                                   "MEGA",
		"/HOME/Ada/mega/Our home.ebb":                                                   "MEGA",
		"/home/mega/Our home.ebb":                                                       "",
		"/home/ada/Box/Our home.ebb":                                                    "Box",
		"/home/ada/attic/Box/Our home.ebb":                                              "",
		"/home/ada/pCloudDrive/Proton Drive/Our home.ebb":                               "Proton Drive", // the innermost
		"/home/ada/SynologyDrive/Our home.ebb":                                          "Synology Drive",
		"/home/ada/Yandex.Disk/Our home.ebb":                                            "Yandex Disk",
		"/":                                                                             "",
		"":                                                                              "",
		strings.Repeat("/deep", 5000) + "/Dropbox":                                      "Dropbox",
		"/home/ada/Dro\x00pbox/\xff\xfe/Our home.ebb":                                   "",
		"/Users/ada/Library/CloudStorage/\x1b[2J-Ada/Home.ebb":                          "",
		"/home/ada/Library/CloudStorage":                                                "",
	} {
		if got := syncedByName(path, home); got != want {
			t.Errorf("%.80q is synced by %q, want %q", path, got, want)
		}
	}
	if got := syncedByName("/box/Our home.ebb", ""); got != "Box" {
		t.Errorf("without a home folder: %q", got)
	}
}

func TestSyncedByMarker(t *testing.T) {
	wide := "\xff\xfe"
	for _, u := range utf16.Encode([]rune("[.ShellClassInfo]\r\nIconResource=C:\\Program Files\\Microsoft OneDrive\\OneDrive.exe,6\r\n")) {
		wide += string([]byte{byte(u), byte(u >> 8)})
	}
	for _, c := range []struct{ name, content, want string }{
		{".stfolder/", "", "Syncthing"},
		{".stfolder", "", "Syncthing"},
		{".StFolder/", "", "Syncthing"},
		{".stignore", "", "Syncthing"},
		{".dropbox", "{}", "Dropbox"},
		{".dropbox/", "", ""}, // its settings, in a home folder
		{".dropbox.cache/", "", "Dropbox"},
		{".sync/", "", "Resilio Sync"},
		{".sync", "", ""},
		{".sync_8f3c21ab9e10.db", "", "Nextcloud"},
		{".nextcloudsync.log", "", "Nextcloud"},
		{".owncloudsync.log", "", "ownCloud"},
		{".tmp.drivedownload/", "", "Google Drive"},
		{".849c9593-d756-4e56-8d6e-42412f2a707b", "", "OneDrive"},
		{".debris/", "", "MEGA"},
		{".seafile-data/", "", "Seafile"},
		{"desktop.ini", "[.ShellClassInfo]\r\nIconResource=C:\\OneDrive\\OneDrive.exe,6\r\n", "OneDrive"},
		{"Desktop.ini", wide, "OneDrive"},
		{"desktop.ini", "[.ShellClassInfo]\r\nIconResource=pictures.dll,3\r\n", ""},
		{"desktop.ini/", "", ""},
		{"letter.txt", "about OneDrive", ""},
	} {
		root := t.TempDir()
		path := filepath.Join(root, strings.TrimSuffix(c.name, "/"))
		if strings.HasSuffix(c.name, "/") {
			if err := os.Mkdir(path, 0o700); err != nil {
				t.Fatal(err)
			}
		} else if err := os.WriteFile(path, []byte(c.content), 0o600); err != nil {
			t.Fatal(err)
		}
		deep := filepath.Join(root, "a", "b", "Our home.ebb") // not there yet
		if got := SyncedBy(deep); got != c.want {
			t.Errorf("beside %s: synced by %q, want %q", c.name, got, c.want)
		}
		t.Setenv("HOME", root)
		t.Setenv("USERPROFILE", root)
		if got := SyncedBy(deep); got != "" {
			t.Errorf("%s in a home folder: synced by %q", c.name, got)
		}
		t.Setenv("HOME", "")
		t.Setenv("USERPROFILE", "")
	}
}

// A link leads into a folder that is kept alike, though its own name says nothing.
func TestSyncedThroughALink(t *testing.T) {
	root := t.TempDir()
	if err := os.MkdirAll(filepath.Join(root, "Nextcloud", "notes"), 0o700); err != nil {
		t.Fatal(err)
	}
	link := filepath.Join(root, "notes")
	if err := os.Symlink(filepath.Join(root, "Nextcloud", "notes"), link); err != nil {
		t.Fatal(err)
	}
	if got := SyncedBy(filepath.Join(link, "Our home.ebb")); got != "Nextcloud" {
		t.Errorf("synced by %q", got)
	}
	if got := SyncedBy(filepath.Join(root, "Our home.ebb")); got != "" {
		t.Errorf("beside the link: synced by %q", got)
	}
	if got := SyncedBy("\x00"); got != "" {
		t.Errorf("a name that cannot be: %q", got)
	}
}

func TestCopiesAreKnownByTheirNames(t *testing.T) {
	const drawer = "3f9c0a77d2b14e68"
	for name, want := range map[string]string{
		"keys (conflicted copy)":                              CopyOfSync,
		"keys (Ada's conflicted copy 2026-03-04)":             CopyOfSync,
		drawer + " (conflicted copy 2026-03-04 101010)":       CopyOfSync,
		drawer + "-wal (Case Conflict)":                       CopyOfSync,
		"keys.sync-conflict-20260304-101010-ABCDEF7":          CopyOfSync,
		drawer + "-wal.sync-conflict-20260304-101010-ABCDEF7": CopyOfSync,
		"keys_conflict-20260304-101010":                       CopyOfSync,
		"keys.Conflict":                                       CopyOfSync,
		"keys (SFConflict ada@example.org 2026-03-04)":        CopyOfSync,
		"keys [conflicted]":                                   CopyOfSync,
		"keys (1)":                                            CopyWithNumber,
		drawer + " (23)":                                      CopyWithNumber,
		"keys(1)":                                             CopyWithNumber,
		"keys 2":                                              CopyWithNumber,
		"keys - Copy":                                         CopyByHand,
		"keys - Copy (2)":                                     CopyByHand,
		drawer + "-wal - Kopie":                               CopyByHand,
		"keys copy":                                           CopyByHand,
		"keys copy 3":                                         CopyByHand,
		"keys (copy)":                                         CopyByHand,
		"lock (another copy)":                                 CopyByHand,
		"Copy of keys":                                        CopyByHand,
		"keys-DESKTOP-4F2":                                    CopyOfComputer,
		drawer + "-Adas-MacBook":                              CopyOfComputer,
		"letter (conflicted copy)":                            "",
		"keys.txt":                                            "",
		"keys":                                                "",
		"keyser (1)":                                          "",
		".keys (1)":                                           "",
		drawer + "-journal":                                   "",
		drawer + "-shm":                                       "",
		"3F9C0A77D2B14E68":                                    "",
		".DS_Store":                                           "",
		"":                                                    "",
		"keys \x1b[2J(conflict":                               CopyOfSync,
	} {
		if got := copyOf(name); got != want {
			t.Errorf("%q is a copy %q, want %q", name, got, want)
		}
	}
}
