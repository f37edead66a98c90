package keys

import "errors"

// Errors that callers tell apart. None of them says anything private.
var (
	// ErrNotKeyFile: the file is something else, or nothing of a key file is
	// left in it.
	ErrNotKeyFile = errors.New("this is not a key file")
	// ErrDamaged: it is a key file, and neither copy in it is whole, or a part
	// that the passphrase should open does not open.
	ErrDamaged = errors.New("the key file is damaged")
	// ErrNewerFormat: a newer Ebb wrote the file. It was left untouched.
	ErrNewerFormat = errors.New("the key file was made by a newer Ebb")
	// ErrParams: the file, or a caller, asks for a key derivation outside the
	// bounds of [Floor] and [Ceiling].
	ErrParams = errors.New("the key derivation parameters are out of bounds")
	// ErrWrongPassphrase: no slot opens.
	ErrWrongPassphrase = errors.New("the passphrase opens nothing here")
	// ErrMistyped goes with ErrWrongPassphrase where what was typed looks like
	// recovery words with a mistake in them.
	ErrMistyped = errors.New("these look like recovery words with a mistake")
	// ErrWeakPassphrase: a new passphrase that must not be used. That it opens
	// a slot already is one reason, and is not told apart on purpose: it would
	// tell one person that the other chose the same.
	ErrWeakPassphrase = errors.New("the passphrase is too weak")
	// ErrPassphraseForm: not valid UTF-8, empty, too long, or with a NUL.
	ErrPassphraseForm = errors.New("the passphrase cannot be used")
	// ErrChanged: the file is no longer the one that was read; nothing was
	// written.
	ErrChanged = errors.New("the key file was changed by something else")
	// ErrInvitation: the code was overwritten since it was typed: it was used,
	// or a newer code replaced it.
	ErrInvitation = errors.New("the code is no longer in force")
	// ErrNoSeat: every seat is taken, or the kind of vault has only one.
	ErrNoSeat = errors.New("there is no free seat")
	// ErrNoShared: there is no shared drawer yet to invite somebody to.
	ErrNoShared = errors.New("there is no shared drawer")
	// ErrRingFull: the ring has no room for more.
	ErrRingFull = errors.New("the ring is full")
	// ErrAway: others have not been here for so many changes of the shared drawer
	// that they have to come first.
	ErrAway = errors.New("others have been away for too many changes")
	// ErrClosed: the seat or invitation was closed before.
	ErrClosed = errors.New("the seat is closed")
)
