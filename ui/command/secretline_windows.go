package command

import (
	"os"

	"golang.org/x/term"
)

// noEcho stops the terminal from showing what is typed.
func noEcho(fd int) (restore func() error, err error) {
	before, err := term.MakeRaw(fd)
	if err != nil {
		return nil, err
	}
	return func() error { return term.Restore(fd, before) }, nil
}

// readSecret reads a line from a terminal that noEcho has silenced.
func readSecret(in *os.File) ([]byte, error) { return term.ReadPassword(int(in.Fd())) }
