package vault

import (
	"path/filepath"
	"time"
)

// backupLayout is how a backup's folder is called: the moment it was made, in UTC,
// so that their order does not depend on where somebody is, nor on what the wall
// clock does in autumn. Colons could not stand in a name on Windows.
const backupLayout = "2006-01-02T150405Z"

// BackupName is the name of a backup made at a moment.
func BackupName(at time.Time) string { return at.UTC().Format(backupLayout) }

// BackupTime reads the moment from the name of a backup's folder. ok is false for
// every other name.
func BackupTime(name string) (at time.Time, ok bool) {
	at, err := time.Parse(backupLayout, name)
	return at, err == nil && BackupName(at) == name
}

// isBackup reports whether a folder goes by a backup's name. Such a folder is not
// opened where it lies: it would be a backup no longer, and what somebody wrote into
// it would go when its turn comes to be removed. Under another name it opens.
func isBackup(dir string) bool {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return false
	}
	_, ok := BackupTime(filepath.Base(dir))
	return ok
}
