package reader

import (
	"bytes"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

// script is what is tested.
const script = "../read_vault"

// interpreter finds a Python that has what the reader needs: the one in the path, or
// the one that the system's packages belong to.
var interpreter = sync.OnceValues(func() (string, error) {
	for _, python := range []string{"python3", "/usr/bin/python3"} {
		if exec.Command(python, "-c", "import argon2, cryptography, sqlite3").Run() == nil {
			return python, nil
		}
	}
	return "", errors.New("there is no Python 3 with the packages cryptography and argon2; scripts/setup --tests installs them")
})

// ran is how a run of the reader ended.
type ran struct {
	out, notes string
	code       int
}

// read runs the reader on a vault, with a passphrase.
func read(t testing.TB, dir, passphrase string, args ...string) ran {
	t.Helper()
	return python(t, append([]string{script, dir, "--passphrase-file", lineFile(t, passphrase), "--cheap"}, args...)...)
}

// python runs the interpreter.
func python(t testing.TB, args ...string) ran {
	t.Helper()
	program, err := interpreter()
	if err != nil {
		t.Fatal(err)
	}
	return execute(t, exec.Command(program, args...))
}

func execute(t testing.TB, c *exec.Cmd) (r ran) {
	t.Helper()
	var out, notes bytes.Buffer
	c.Stdout, c.Stderr = &out, &notes
	err := c.Run()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	r = ran{out.String(), notes.String(), c.ProcessState.ExitCode()}
	if strings.Contains(r.notes, "Traceback") {
		t.Errorf("the reader broke down:\n%s", r.notes)
	}
	return r
}

// must fails if the reader did not read.
func (r ran) must(t testing.TB) ran {
	t.Helper()
	if r.code != 0 {
		t.Fatalf("the reader ends with %d: %s%s", r.code, r.out, r.notes)
	}
	return r
}

// lineFile is a file with one line.
func lineFile(t testing.TB, line string) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "line")
	if err := os.WriteFile(file, []byte(line+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}
