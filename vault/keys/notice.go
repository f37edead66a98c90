package keys

// Notice is something that the program may tell the person, in neutral words:
// it says what was seen, never who did it.
type Notice struct {
	Kind NoticeKind
	Seat uint8 // the seat that it is about, where one is
}

// NoticeKind says what was seen.
type NoticeKind uint8

const (
	// CopyRepaired: one of the two copies was torn or older, after a crash for
	// instance, and was written anew from the other.
	CopyRepaired NoticeKind = iota + 1
	// CopyUnrepaired: the same, and it could not be written (a read-only disk).
	CopyUnrepaired
	// Joined: a person took the seat since the ring was last read.
	Joined
	// MessageIgnored: a message in the inbox was not vouched for, or asked for
	// something that does not fit; nothing was done with it.
	MessageIgnored
	// FileAltered: the file was written by something that holds no key of this
	// vault. What this passphrase opens was still authentic.
	FileAltered
	// FileOlder: the ring remembers a later state of the file.
	FileOlder
	// InboxUnsaved: messages were read and could not be saved into the ring;
	// they will be read again.
	InboxUnsaved
	// RecoveryLost: the slot of the person's recovery words is not the one that
	// was written, so the words open nothing.
	RecoveryLost
	// Left: the person of the seat has left since the ring was last read.
	Left
	// ChangeIgnored: a message about who shares what was not signed by who should
	// have, or asked for something that does not fit; nothing was done with it.
	ChangeIgnored
)

// String names the notice in English, for logs and tests; the window has words
// of its own.
func (k NoticeKind) String() string {
	names := [...]string{
		CopyRepaired: "copy repaired", CopyUnrepaired: "copy not repaired", Joined: "joined",
		MessageIgnored: "message ignored", FileAltered: "file altered from outside", FileOlder: "file older than the ring",
		InboxUnsaved: "inbox not saved", RecoveryLost: "recovery words overwritten",
		Left: "left", ChangeIgnored: "change ignored",
	}
	if int(k) < len(names) && names[k] != "" {
		return names[k]
	}
	return "unknown notice"
}
