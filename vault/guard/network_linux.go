package guard

import (
	"errors"
	"fmt"
	"runtime"
	"unsafe"

	"golang.org/x/sys/unix"
)

// DenyNetwork takes the right to make network sockets from this process, all
// its threads and all its children, for good: see seccomp(2). Sockets of AF_UNIX
// and AF_NETLINK still work, because a window needs them; whoever listens there
// may have a network. Call it first thing, before anything opens a socket: what
// is open stays open.
//
// It also sets no_new_privs, so that no child gains rights by a set-uid file.
// Calling it again, also after an exec, changes nothing. The error wraps
// [ErrUnsupported] where there is no filter for the architecture or the kernel
// has no seccomp.
func DenyNetwork() error {
	c, ok := conventions[runtime.GOARCH]
	if !ok {
		return fmt.Errorf("deny the network: %w", ErrUnsupported)
	}
	// no_new_privs and the filter belong to one thread before they reach all.
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	if networkDenied() {
		return nil
	}
	filter, err := networkFilter(c)
	if err != nil {
		return fmt.Errorf("deny the network: %w", err)
	}
	if err := install(filter); err != nil {
		return fmt.Errorf("deny the network: %w", err)
	}
	if !networkDenied() {
		return errors.New("deny the network: the filter was accepted and is not in force")
	}
	return nil
}

// networkDenied asks the filter whether it is there.
func networkDenied() bool {
	fd, err := unix.Socket(probeFamily, unix.SOCK_STREAM, 0)
	if err == nil {
		unix.Close(fd)
	}
	return err == probeAnswer
}

// install puts the filter on every thread of the process or on none.
func install(filter []unix.SockFilter) error {
	if err := unix.Prctl(unix.PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0); err != nil {
		return fmt.Errorf("give up new privileges: %w", err)
	}
	program := unix.SockFprog{Len: uint16(len(filter)), Filter: &filter[0]}
	thread, _, errno := unix.Syscall(unix.SYS_SECCOMP, unix.SECCOMP_SET_MODE_FILTER,
		unix.SECCOMP_FILTER_FLAG_TSYNC, uintptr(unsafe.Pointer(&program)))
	runtime.KeepAlive(filter)
	switch {
	case errno == unix.ENOSYS || errno == unix.EINVAL:
		return fmt.Errorf("install the filter: %w (%w)", ErrUnsupported, errno)
	case errno != 0:
		return fmt.Errorf("install the filter: %w", errno)
	case thread != 0: // not an errno: the thread that could not take the filter
		return errors.New("install the filter: a thread could not take it")
	}
	return nil
}
