//go:build unix

package drawer

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
	"testing"
)

// Some campaigns need a process of its own: to kill it, to have it hold a lock, or
// to be somebody else. It is this test binary, which runs TestChild alone, with
// its task in the environment.
const childVariable = "EBB_DRAWER_CHILD"

// childTask is what a child is to do.
type childTask struct {
	Role       string
	Path       string
	Create     bool // the drawer is not there yet, or unfinished
	Migrations int  // to begin with
	KillAt     int  // the physical operation before which it kills itself, or 0
	KillWithin bool // and the one before is a write of which only a part is done
	Case       string
}

var childRoles = map[string]func(childTask) error{
	"write": writeUntilKilled,
	"hold":  holdOpen,
	"try":   tryCases,
}

// TestChild is the process that other tests start; by itself it does nothing.
func TestChild(t *testing.T) {
	description := os.Getenv(childVariable)
	if description == "" {
		return
	}
	var task childTask
	if err := json.Unmarshal([]byte(description), &task); err != nil {
		t.Fatal(err)
	}
	err := childRoles[task.Role](task)
	if errors.Is(err, errKilled) {
		err = errKilled
	}
	if err != nil {
		say("FAILED %v", err)
	}
	say("DONE")
}

// say tells the parent something, in one write.
func say(format string, args ...any) {
	fmt.Fprintf(os.Stdout, format+"\n", args...)
}

// child is a running one.
type child struct {
	*exec.Cmd
	in    io.WriteCloser
	lines *bufio.Scanner
}

// startChild starts a child of the given program, or of this one.
func startChild(t testing.TB, task childTask, change func(*exec.Cmd)) *child {
	t.Helper()
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	description, err := json.Marshal(task)
	if err != nil {
		t.Fatal(err)
	}
	c := &child{Cmd: exec.Command(program, "-test.run=^TestChild$", "-test.count=1")}
	c.Env = append(os.Environ(), childVariable+"="+string(description))
	c.Stderr = os.Stderr
	if change != nil {
		change(c.Cmd)
	}
	out, err := c.StdoutPipe()
	if err == nil {
		c.in, err = c.StdinPipe()
	}
	if err == nil {
		err = c.Start()
	}
	if err != nil {
		t.Fatal(err)
	}
	c.lines = bufio.NewScanner(out)
	return c
}

// next returns the next line that the child said, or "" when it ended.
func (c *child) next() string {
	if !c.lines.Scan() {
		return ""
	}
	return strings.TrimSpace(c.lines.Text())
}
