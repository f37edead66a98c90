package command

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"golang.org/x/sys/unix"
)

// A console is a terminal without a person, on which a program runs.
type console struct {
	t             testing.TB
	master, slave *os.File
	command       *exec.Cmd

	mu    sync.Mutex
	shown bytes.Buffer
	more  chan struct{} // closed and made anew whenever something is shown
	read  int           // how much of it expect has passed
}

// patience is how long a console waits before the test fails; it measures
// nothing.
const patience = 2 * time.Minute

// newConsole starts a program on a terminal of its own. Where stdout or stderr is
// not nil it goes there, and not to the terminal.
func newConsole(t testing.TB, stdout, stderr *os.File, program string, args ...string) *console {
	t.Helper()
	master, err := os.OpenFile("/dev/ptmx", os.O_RDWR|unix.O_NOCTTY, 0)
	if err != nil {
		t.Fatal(err)
	}
	if err := unix.IoctlSetPointerInt(int(master.Fd()), unix.TIOCSPTLCK, 0); err != nil {
		t.Fatal(err)
	}
	n, err := unix.IoctlGetInt(int(master.Fd()), unix.TIOCGPTN)
	if err != nil {
		t.Fatal(err)
	}
	slave, err := os.OpenFile(fmt.Sprintf("/dev/pts/%d", n), os.O_RDWR|unix.O_NOCTTY, 0)
	if err != nil {
		t.Fatal(err)
	}
	c := &console{t: t, master: master, slave: slave, more: make(chan struct{}), command: exec.Command(program, args...)}
	c.command.Stdin, c.command.Stdout, c.command.Stderr = slave, slave, slave
	if stdout != nil {
		c.command.Stdout = stdout
	}
	if stderr != nil {
		c.command.Stderr = stderr
	}
	c.command.SysProcAttr = &syscall.SysProcAttr{Setsid: true, Setctty: true}
	if !c.echoes() {
		t.Fatal("this terminal never shows what is typed, so nothing can be learned from it")
	}
	go c.watch()
	if err := c.command.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = c.command.Process.Kill() // it has ended, unless the test failed
		_ = c.command.Wait()
		slave.Close()
		master.Close()
	})
	return c
}

func (c *console) watch() {
	b := make([]byte, 4096)
	for {
		n, err := c.master.Read(b)
		c.mu.Lock()
		c.shown.Write(b[:n])
		close(c.more)
		c.more = make(chan struct{})
		c.mu.Unlock()
		if err != nil {
			return
		}
	}
}

// expect waits until a text is shown, after whatever was expected before.
func (c *console) expect(text string) {
	c.t.Helper()
	end := time.After(patience)
	for {
		c.mu.Lock()
		if i := bytes.Index(c.shown.Bytes()[c.read:], []byte(text)); i >= 0 {
			c.read += i + len(text)
			c.mu.Unlock()
			return
		}
		more := c.more
		c.mu.Unlock()
		select {
		case <-more:
		case <-end:
			c.t.Fatalf("%q is not shown, but %q", text, c.transcript())
		}
	}
}

// enter types a text.
func (c *console) enter(text string) {
	c.t.Helper()
	if _, err := c.master.WriteString(text); err != nil {
		c.t.Fatal(err)
	}
}

// exit waits for the end of the program and returns its exit code.
func (c *console) exit() int {
	c.t.Helper()
	done := make(chan error, 1)
	go func() { done <- c.command.Wait() }()
	select {
	case err := <-done:
		var exit *exec.ExitError
		if err != nil && !errors.As(err, &exit) {
			c.t.Fatal(err)
		}
	case <-time.After(patience):
		c.t.Fatalf("it does not end (%v); it shows %q", c.command.Args, c.transcript())
	}
	// A mark behind all that the program wrote: once it is there, so is the rest.
	const end = "\x00end\x00"
	if _, err := c.slave.WriteString(end); err != nil {
		c.t.Fatal(err)
	}
	c.expect(end)
	return c.command.ProcessState.ExitCode()
}

// echoes reports whether the terminal shows what is typed.
func (c *console) echoes() bool {
	c.t.Helper()
	mode, err := unix.IoctlGetTermios(int(c.slave.Fd()), unix.TCGETS)
	if err != nil {
		c.t.Fatal(err)
	}
	return mode.Lflag&unix.ECHO != 0
}

func (c *console) transcript() string {
	c.mu.Lock()
	defer c.mu.Unlock()
	return strings.ReplaceAll(c.shown.String(), "\r\n", "\n")
}
