package vault

import (
	"errors"

	"ebb/vault/drawer"
	"ebb/vault/guard"
	"ebb/vault/keys"
)

// The kinds of failure on which a caller branches. Lower layers' kinds are
// repeated here, so that nothing above this package needs to know them.
var (
	// ErrNotVault: the folder holds no key file, so it is some other folder.
	ErrNotVault = errors.New("this folder is not a vault")
	// ErrBackup: the folder is a backup, which is restored and not opened.
	ErrBackup = errors.New("this folder is a backup")
	// ErrGone: the folder of an open vault is no longer where it was, or is another
	// one. What is written goes nowhere.
	ErrGone = errors.New("the vault's folder is gone")
	// ErrExists: a vault cannot be created where something already is.
	ErrExists = errors.New("there is already something at this place")
	// ErrInUse: another process holds the vault's lock.
	ErrInUse = guard.ErrInUse
	// ErrReadOnly: the folder, a file in it or the disk refuses writing.
	ErrReadOnly = drawer.ErrReadOnly
	// ErrFull: the disk has no room left.
	ErrFull = drawer.ErrFull
	// ErrDamaged: something does not authenticate and could not be repaired.
	ErrDamaged = drawer.ErrDamaged
	// ErrSharedDamaged goes with ErrDamaged where it is a drawer that several people
	// share.
	ErrSharedDamaged = errors.New("what is shared is damaged")
	// ErrNewer: made by a newer Ebb; nothing was touched.
	ErrNewer = errors.New("made by a newer version")
	// ErrWrongPassphrase: no slot opens, for whatever reason.
	ErrWrongPassphrase = keys.ErrWrongPassphrase
	// ErrMistyped goes with ErrWrongPassphrase where what was typed looks like
	// recovery words with a mistake in them.
	ErrMistyped = keys.ErrMistyped
	// ErrWeakPassphrase: a new passphrase that must not be used.
	ErrWeakPassphrase = keys.ErrWeakPassphrase
	// ErrInvitation: the one-time code was used or replaced meanwhile.
	ErrInvitation = keys.ErrInvitation
	// ErrTooLarge: a drawer would pass its size limit.
	ErrTooLarge = drawer.ErrTooLarge
	// ErrLocked: the session was locked, and its drawers with it.
	ErrLocked = drawer.ErrClosed
	// ErrAway: others have not been here for so many changes of the shared drawer
	// that it cannot be changed again before they come.
	ErrAway = keys.ErrAway
	// ErrNotHome: this is done among people who share a home; a practice has one person.
	ErrNotHome = errors.New("this is not a home vault")
	// ErrUnitFull: a home vault has seats for four people.
	ErrUnitFull = errors.New("every seat of this vault is taken")
)
