package command

import "golang.org/x/term"

// noEcho stops the terminal from showing what is typed.
func noEcho(fd int) (restore func() error, err error) {
	before, err := term.MakeRaw(fd)
	if err != nil {
		return nil, err
	}
	return func() error { return term.Restore(fd, before) }, nil
}
