package command

import (
	"context"
	"fmt"
	"io"
	"os"

	"golang.org/x/term"
)

// Terminal is the surroundings of a command that a person or a script started.
func Terminal() Env {
	e := Env{Stdin: os.Stdin, Stdout: os.Stdout, Stderr: os.Stderr}
	for _, f := range []*os.File{os.Stderr, os.Stdout} {
		if term.IsTerminal(int(f.Fd())) {
			e.Screen = f
			break
		}
	}
	if e.Screen != nil && term.IsTerminal(int(os.Stdin.Fd())) {
		e.Ask = func(ctx context.Context, prompt string) ([]byte, error) {
			return ask(ctx, os.Stdin, e.Screen, prompt)
		}
	}
	return e
}

// ask reads a line without echo. The echo goes off before the prompt appears: who
// types ahead, or pastes, is not shown either. An interruption gives the terminal
// back as it was; the reading that is still waiting then ends with the process.
func ask(ctx context.Context, in *os.File, screen io.Writer, prompt string) ([]byte, error) {
	restore, err := noEcho(int(in.Fd()))
	if err != nil {
		return nil, errNoPassphrase
	}
	defer func() {
		_ = restore() // a terminal that is gone needs nothing back
		fmt.Fprintln(screen)
	}()
	fmt.Fprint(screen, prompt, " ")
	type line struct {
		secret []byte
		err    error
	}
	read := make(chan line, 1)
	go func() {
		secret, err := readSecret(in)
		read <- line{secret, err}
	}()
	select {
	case l := <-read:
		return l.secret, l.err
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}
