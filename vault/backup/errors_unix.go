//go:build unix

package backup

import "syscall"

// What a device answers that has no room, refuses writing, or is there no longer.
var (
	fullErrors     = []syscall.Errno{syscall.ENOSPC, syscall.EDQUOT, syscall.EFBIG}
	readOnlyErrors = []syscall.Errno{syscall.EROFS, syscall.EACCES, syscall.EPERM}
	goneErrors     = []syscall.Errno{
		syscall.EIO, syscall.ENODEV, syscall.ENXIO, syscall.ESTALE, syscall.ENOTCONN, syscall.ETIMEDOUT, syscall.EHOSTDOWN, syscall.EHOSTUNREACH,
		syscall.ENETDOWN, syscall.ENETUNREACH, syscall.ECONNRESET,
	}
)
