package vault

import "ebb/vault/keys"

// NoticeKind says what a person should hear after a vault was opened. None of
// them is private.
type NoticeKind uint8

const (
	// KeyFileRepaired: one copy in the key file was damaged and was mended from
	// the other.
	KeyFileRepaired NoticeKind = iota + 1
	// ForeignFile: the folder holds a file that Ebb did not make, such as the
	// conflict copy of a program that syncs folders.
	ForeignFile
	// DrawerRepaired: opening a drawer had to mend its state, as after a crash
	// with damage.
	DrawerRepaired
	// OlderDrawer: a drawer is older than this person last left it; somebody put
	// an older copy in its place.
	OlderDrawer
	// SharedDamaged: a shared drawer is damaged or missing. What else the person
	// has is not touched by it.
	SharedDamaged
	// RefusedAdmission: the key file names somebody whom no member admitted;
	// they were not let in.
	RefusedAdmission
	// KeyFileAltered: the key file was written, or put back from an older copy, by
	// something that holds no key of this vault.
	KeyFileAltered
	// MemberJoined: somebody joined since this person was last here.
	MemberJoined
	// SyncedFolder: the folder seems to be kept alike on other computers by the
	// program that Detail names.
	SyncedFolder
	// ConflictCopy: the folder holds a second copy of one of its files, made by
	// such a program or by hand; Detail says of what kind (CopyOfSync and so on).
	ConflictCopy
	// NotBackedUp: there was to be a backup before something that changes much,
	// and none could be made.
	NotBackedUp
	// MemberLeft: somebody has left since this person was last here.
	MemberLeft
	// RefusedChange: the key file holds a message about who shares what that those
	// who share it did not sign; nothing was done with it.
	RefusedChange
	// RecoveryLost: this person's recovery words open nothing any more, because
	// their place in the key file was overwritten.
	RecoveryLost
	// DrawerSalvaged: a drawer was opened at its last checkpoint. What was written
	// after that is lost.
	DrawerSalvaged
)

// A Notice is one thing worth telling.
type Notice struct {
	Kind NoticeKind
	// Drawer is the position of the drawer concerned among the session's own,
	// from 0, or -1.
	Drawer int
	// Detail is a neutral description for the check command, or empty.
	Detail string
}

// fromKeys are the key file's own notices, as a session tells them. A repaired
// copy is told when the vault is opened.
var fromKeys = map[keys.NoticeKind]NoticeKind{
	keys.Joined:         MemberJoined,
	keys.MessageIgnored: RefusedAdmission,
	keys.FileAltered:    KeyFileAltered,
	keys.FileOlder:      KeyFileAltered,
	keys.Left:           MemberLeft,
	keys.ChangeIgnored:  RefusedChange,
	keys.RecoveryLost:   RecoveryLost,
}
