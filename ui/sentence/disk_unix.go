//go:build unix

package sentence

import "syscall"

// diskFull are the answers of a device, or of a quota, that has no room left.
var diskFull = []syscall.Errno{syscall.ENOSPC, syscall.EDQUOT}
