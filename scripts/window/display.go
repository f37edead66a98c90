package window

import (
	"bufio"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// patience is how long a state may take to come before the test fails. It is
// generous: slow machines are not faults.
const patience = 60 * time.Second

// eventually asks again and again until reached reports true, and fails the test
// with what problem says when patience is over.
func eventually(t testing.TB, reached func() bool, problem func() string) {
	t.Helper()
	over := time.Now().Add(patience)
	for again := time.NewTicker(10 * time.Millisecond); !reached(); <-again.C {
		if time.Now().After(over) {
			t.Fatal(problem())
		}
	}
}

// A display is an X server that draws into memory, with a window manager.
type display struct {
	name   string // as in DISPLAY
	pixels pixels
	width  int // of a row of pixels
}

// openbox puts the one window in the middle and gives it the focus; it has no
// keys of its own, so that all reach the program.
const openbox = `<?xml version="1.0"?>
<openbox_config xmlns="http://openbox.org/3.4/rc">
  <focus><focusNew>yes</focusNew></focus>
  <placement><policy>Smart</policy><center>yes</center></placement>
  <desktops><number>1</number><popupTime>0</popupTime></desktops>
  <keyboard></keyboard>
</openbox_config>
`

// newDisplay starts a display of the size "1280x860". It ends with the test.
func newDisplay(t testing.TB, size string) display {
	t.Helper()
	folder := t.TempDir()
	read, write, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer read.Close()
	server := exec.Command("Xvfb", "-displayfd", "3", "-screen", "0", size+"x24", "-fbdir", folder, "-nolisten", "tcp", "-noreset")
	server.ExtraFiles = []*os.File{write}
	begin(t, server)
	write.Close()
	number, err := bufio.NewReader(read).ReadString('\n') // written when clients may come
	if err != nil {
		t.Fatalf("Xvfb gave no display: %v", err)
	}
	d := display{name: ":" + strings.TrimSpace(number), pixels: newPixels(t, folder)}
	if _, err := fmt.Sscanf(size, "%dx", &d.width); err != nil {
		t.Fatalf("the size of a display, such as 1280x860: %q", size)
	}

	d.setKeyboard(t)

	config := filepath.Join(folder, "rc.xml")
	if err := os.WriteFile(config, []byte(openbox), 0o600); err != nil {
		t.Fatal(err)
	}
	manager := d.command("openbox", "--config-file", config)
	manager.Env = append(manager.Env, "HOME="+folder, "XDG_CACHE_HOME="+folder)
	begin(t, manager)
	eventually(t, func() bool {
		out, err := d.command("xprop", "-root", "_NET_SUPPORTING_WM_CHECK").Output()
		return err == nil && strings.Contains(string(out), "window id")
	}, func() string { return "openbox did not take over the display" })
	return d
}

// command is a command on this display.
func (d display) command(name string, args ...string) *exec.Cmd {
	c := exec.Command(name, args...)
	c.Env = []string{"DISPLAY=" + d.name, "PATH=" + os.Getenv("PATH"), "LANG=C.UTF-8"}
	return c
}

// run is the output of a command on this display, which must succeed.
func (d display) run(t testing.TB, name string, args ...string) string {
	t.Helper()
	c := d.command(name, args...)
	var errors strings.Builder
	c.Stderr = &errors
	out, err := c.Output()
	if err != nil {
		t.Fatalf("%s %v: %v\n%s", name, args, err, errors.String())
	}
	return string(out)
}

// begin starts a command that is killed at the end of the test, or when the test
// itself is killed.
func begin(t testing.TB, c *exec.Cmd) {
	t.Helper()
	c.SysProcAttr = &syscall.SysProcAttr{Setpgid: true, Pdeathsig: syscall.SIGKILL}
	if err := c.Start(); err != nil {
		t.Fatal(fmt.Errorf("%w (make setup-tests installs what these tests need)", err))
	}
	t.Cleanup(func() {
		_ = syscall.Kill(-c.Process.Pid, syscall.SIGKILL) // it may have ended by itself
		_ = c.Wait()
	})
}
