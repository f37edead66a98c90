// Package guard takes rights away from the program, and keeps what it knows out
// of places where others could find it.
//
// None of it stops somebody who controls the machine: root, the same user's
// other programs where the system lets them, and a keylogger see everything. It
// stops the program itself, a library in it or a flaw in one, from reaching a
// network, and it stops secrets from reaching a core dump or the swap.
//
// What a system cannot do is returned as an error and never hidden: the program
// starts all the same, and says so.
package guard

import "errors"

var (
	// ErrUnsupported: the system, or this machine's architecture, has no such
	// means.
	ErrUnsupported = errors.New("this system has no means for it")
	// ErrInUse: another process holds the lock.
	ErrInUse = errors.New("another process is using it")
)
