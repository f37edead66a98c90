//go:build unix

package guard

import (
	"fmt"

	"golang.org/x/sys/unix"
)

func allocate(size int) ([]byte, error) {
	return unix.Mmap(-1, 0, size, unix.PROT_READ|unix.PROT_WRITE, unix.MAP_PRIVATE|unix.MAP_ANON)
}

func lock(pages []byte) error {
	if err := unix.Mlock(pages); err != nil {
		return fmt.Errorf("lock memory: %w", err)
	}
	return nil
}

// free unmaps the pages, which unlocks them too.
func free(pages []byte) error { return unix.Munmap(pages) }
