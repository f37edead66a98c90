package home_test

import (
	"os"
	"syscall"

	"ebb/scripts/interpose"
)

// dieAt does something in the vault at dir, and kills this process instead of the
// n-th call by which it changes a file or makes a change last.
func dieAt(dir string, n int, do func() error) error {
	return interpose.Watch(dir, func(c interpose.Call) interpose.Answer {
		if !c.Op.Changes() && c.Op != interpose.Sync {
			return interpose.Answer{}
		}
		if n--; n == 0 {
			_ = syscall.Kill(os.Getpid(), syscall.SIGKILL)
			select {} // until it arrives
		}
		return interpose.Answer{}
	}, do)
}
