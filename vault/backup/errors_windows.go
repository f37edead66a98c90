package backup

import "golang.org/x/sys/windows"

// What a device answers that has no room, refuses writing, or is there no longer.
var (
	fullErrors     = []windows.Errno{windows.ERROR_HANDLE_DISK_FULL, windows.ERROR_DISK_FULL, windows.ERROR_DISK_QUOTA_EXCEEDED, windows.ERROR_FILE_TOO_LARGE}
	readOnlyErrors = []windows.Errno{windows.ERROR_WRITE_PROTECT, windows.ERROR_ACCESS_DENIED}
	goneErrors     = []windows.Errno{
		windows.ERROR_NOT_READY, windows.ERROR_BAD_NETPATH, windows.ERROR_DEV_NOT_EXIST, windows.ERROR_NETNAME_DELETED, windows.ERROR_UNEXP_NET_ERR,
		windows.ERROR_FILE_INVALID, windows.ERROR_IO_DEVICE, windows.ERROR_DEVICE_NOT_CONNECTED, windows.ERROR_NO_SUCH_DEVICE,
	}
)
