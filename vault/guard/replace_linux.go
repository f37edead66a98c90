package guard

import "golang.org/x/sys/unix"

// closeAtExec marks every open file but the standard ones to be closed at an
// exec. Go opens its own that way; a C library may not.
func closeAtExec() {
	if unix.CloseRange(3, ^uint(0), unix.CLOSE_RANGE_CLOEXEC) != nil { // Linux before 5.11
		closeEach()
	}
}
