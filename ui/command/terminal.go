package command

import (
	"fmt"
	"os"

	"golang.org/x/term"
)

// Terminal is the surroundings of a command that a person or a script started.
func Terminal() Env {
	e := Env{Stdin: os.Stdin, Stdout: os.Stdout, Stderr: os.Stderr}
	if term.IsTerminal(int(os.Stdin.Fd())) {
		e.Ask = func(prompt string) ([]byte, error) {
			fmt.Fprint(os.Stderr, prompt, " ")
			secret, err := term.ReadPassword(int(os.Stdin.Fd()))
			fmt.Fprintln(os.Stderr)
			return secret, err
		}
	}
	return e
}
