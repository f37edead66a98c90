//go:build linux || darwin

package command

import "golang.org/x/sys/unix"

// noEcho stops the terminal from showing what is typed. Lines are still edited by
// the terminal, and its keys still interrupt.
func noEcho(fd int) (restore func() error, err error) {
	before, err := unix.IoctlGetTermios(fd, readTermios)
	if err != nil {
		return nil, err
	}
	silent := *before
	silent.Lflag &^= unix.ECHO
	if err := unix.IoctlSetTermios(fd, writeTermios, &silent); err != nil {
		return nil, err
	}
	return func() error { return unix.IoctlSetTermios(fd, writeTermios, before) }, nil
}
