package sentence

import "syscall"

// diskFull are the answers of a device that has no room left. The numbers are
// ERROR_HANDLE_DISK_FULL, ERROR_DISK_FULL and ERROR_DISK_QUOTA_EXCEEDED.
var diskFull = []syscall.Errno{39, 112, 1295}
