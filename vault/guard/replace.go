package guard

import (
	"errors"
	"fmt"
	"os"
	"strconv"
	"strings"
)

// inheritedVariable holds the number of the pipe that the vault's path comes
// through: never the path itself, which any program of the user could read in an
// argument or in the environment.
const inheritedVariable = "EBB_INHERITED"

// maxPath is the longest path that is handed on: what fits into a pipe that
// nobody reads yet, on every system.
const maxPath = 4096

// checkPath refuses what could not be read back.
func checkPath(path string) error {
	switch {
	case len(path) > maxPath:
		return fmt.Errorf("the path is longer than %d bytes", maxPath)
	case strings.ContainsRune(path, 0):
		return errors.New("the path holds a NUL")
	}
	return nil
}

// environment is the environment for the next process: this one's, with the
// pipe's number, or without any.
func environment(pipe string) []string {
	var next []string
	for _, v := range os.Environ() {
		if !strings.HasPrefix(v, inheritedVariable+"=") {
			next = append(next, v)
		}
	}
	if pipe != "" {
		next = append(next, inheritedVariable+"="+pipe)
	}
	return next
}

// InheritedVault returns the path that the process before this one handed on
// through [Replace]. It answers once: the pipe is read, closed and forgotten. It
// reports false when there is none, and when what is there is not such a pipe.
func InheritedVault() (string, bool) {
	value, ok := os.LookupEnv(inheritedVariable)
	if !ok {
		return "", false
	}
	if err := os.Unsetenv(inheritedVariable); err != nil {
		return "", false
	}
	n, err := strconv.ParseUint(value, 10, 31)
	if err != nil {
		return "", false
	}
	path, err := readPipe(uintptr(n))
	if err != nil || path == "" || checkPath(path) != nil {
		return "", false
	}
	return path, true
}
