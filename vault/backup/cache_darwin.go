package backup

import (
	"os"

	"golang.org/x/sys/unix"
)

// pastCache asks the system to read a file from the device and not from memory. It
// is a wish: nothing depends on it.
func pastCache(f *os.File) { _, _ = unix.FcntlInt(f.Fd(), unix.F_NOCACHE, 1) }
