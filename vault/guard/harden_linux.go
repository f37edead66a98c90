package guard

import (
	"errors"
	"fmt"

	"golang.org/x/sys/unix"
)

// Harden keeps the memory of the process out of core dumps and away from other
// programs of the same user (PR_SET_DUMPABLE 0 also forbids them to trace it or
// read /proc/…/mem). The kernel forgets the first at every exec, so it is called
// again then.
func Harden() error {
	var errs []error
	if err := unix.Prctl(unix.PR_SET_DUMPABLE, 0, 0, 0, 0); err != nil {
		errs = append(errs, fmt.Errorf("forbid dumps: %w", err))
	}
	return errors.Join(append(errs, noCore())...)
}
