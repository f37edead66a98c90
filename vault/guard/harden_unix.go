//go:build unix

package guard

import (
	"fmt"

	"golang.org/x/sys/unix"
)

// noCore sets the size of a core file to zero, the hard limit too.
func noCore() error {
	if err := unix.Setrlimit(unix.RLIMIT_CORE, &unix.Rlimit{}); err != nil {
		return fmt.Errorf("forbid core files: %w", err)
	}
	return nil
}
