package guard

import (
	"fmt"

	"golang.org/x/sys/unix"
)

// noDump keeps the pages out of core dumps, whoever makes one.
func noDump(pages []byte) error {
	if err := unix.Madvise(pages, unix.MADV_DONTDUMP); err != nil {
		return fmt.Errorf("keep memory out of dumps: %w", err)
	}
	return nil
}
