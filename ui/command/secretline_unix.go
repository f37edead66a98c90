//go:build linux || darwin

package command

import (
	"os"

	"golang.org/x/sys/unix"
)

// longestLine is more than a terminal gives in one line.
const longestLine = 4096

// noEcho stops the terminal from showing what is typed. Lines are still edited by
// the terminal, and its keys still interrupt.
func noEcho(fd int) (restore func() error, err error) {
	before, err := unix.IoctlGetTermios(fd, readTermios)
	if err != nil {
		return nil, err
	}
	silent := *before
	silent.Lflag &^= unix.ECHO
	silent.Lflag |= unix.ICANON | unix.ISIG
	silent.Iflag |= unix.ICRNL
	if err := unix.IoctlSetTermios(fd, writeTermios, &silent); err != nil {
		return nil, err
	}
	return func() error { return unix.IoctlSetTermios(fd, writeTermios, before) }, nil
}

// readSecret reads a line from a terminal that noEcho has silenced: not with
// term.ReadPassword, which takes the end of the input (Ctrl-D, a terminal that is
// gone) for a reason to go on reading.
func readSecret(in *os.File) ([]byte, error) {
	line := make([]byte, 0, longestLine) // it never grows, so that no copy stays behind
	for len(line) < longestLine {
		next := line[len(line) : len(line)+1]
		if _, err := in.Read(next); err != nil {
			clear(line)
			return nil, err
		}
		if next[0] == '\n' {
			break
		}
		line = line[:len(line)+1]
	}
	return line, nil
}
