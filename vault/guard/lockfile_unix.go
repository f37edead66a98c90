//go:build unix

package guard

import (
	"os"

	"golang.org/x/sys/unix"
)

// lockFile uses flock and not fcntl: a lock of fcntl would drop as soon as
// anything in the process opened and closed the same file.
func lockFile(f *os.File) error {
	for {
		err := unix.Flock(int(f.Fd()), unix.LOCK_EX|unix.LOCK_NB)
		switch err {
		case unix.EINTR:
			continue
		case unix.EWOULDBLOCK:
			return ErrInUse
		}
		return err
	}
}

func unlockFile(f *os.File) error {
	for {
		if err := unix.Flock(int(f.Fd()), unix.LOCK_UN); err != unix.EINTR {
			return err
		}
	}
}
