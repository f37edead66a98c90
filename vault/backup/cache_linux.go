package backup

import (
	"os"

	"golang.org/x/sys/unix"
)

// pastCache asks the system to forget what it holds of a file in memory, so that
// reading it reads the device. It is a wish: nothing depends on it.
func pastCache(f *os.File) { _ = unix.Fadvise(int(f.Fd()), 0, 0, unix.FADV_DONTNEED) }
