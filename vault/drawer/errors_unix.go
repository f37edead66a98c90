//go:build unix

package drawer

import "syscall"

// fullErrors are the answers of a device, or of a quota, that has no room left.
var fullErrors = []syscall.Errno{syscall.ENOSPC, syscall.EDQUOT}
