package window

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// Options say how a program is started; the zero value is an ordinary start.
type Options struct {
	Program string   // path; "" is EBB_PROGRAM
	Size    string   // of the screen in pixels; "" is 1280x860
	Home    string   // its home folder; "" is a new one
	Env     []string // further variables, NAME=value
	Trace   bool     // record sockets, files and programs: see [Program.Trace]
}

// A Program is a running program with its window, on a display of its own.
type Program struct {
	// Home is the program's home folder, empty at first; all XDG folders and
	// TMPDIR are in it.
	Home string

	t       testing.TB
	options Options
	display display
	probe   *pipes
	output  *safeBuffer

	command *exec.Cmd
	ended   chan struct{} // closed when the command has ended
	process int           // id of the program, once it has answered
	trace   string        // file that strace writes
}

// Start starts EBB_PROGRAM with the arguments and waits until its window can be
// read and has the keyboard. It ends with the test.
func Start(t testing.TB, args ...string) *Program {
	t.Helper()
	return StartWith(t, Options{}, args...)
}

// StartWith is [Start] with options.
func StartWith(t testing.TB, o Options, args ...string) *Program {
	t.Helper()
	if o.Program == "" {
		o.Program = os.Getenv("EBB_PROGRAM")
	}
	if o.Program == "" {
		t.Fatal("EBB_PROGRAM names no program built with the tag windowprobe: run make window")
	}
	if o.Size == "" {
		o.Size = "1280x860"
	}
	if o.Home == "" {
		o.Home = t.TempDir()
	}
	p := &Program{t: t, options: o, Home: o.Home, display: newDisplay(t, o.Size), probe: newPipes(t)}
	for _, folder := range []string{"config", "data", "cache", "run", "tmp"} {
		if err := os.MkdirAll(filepath.Join(p.Home, folder), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	p.Again(args...)
	return p
}

// Again starts the program once more in the same home, after it has ended or was
// killed.
func (p *Program) Again(args ...string) {
	p.t.Helper()
	if p.command != nil && p.running() {
		p.t.Fatal("the program still runs")
	}
	name := p.options.Program
	if p.options.Trace {
		p.trace = filepath.Join(p.t.TempDir(), "trace")
		args = append([]string{
			"--follow-forks", "--seccomp-bpf", "-qq", "-y", "-xx", "-s", "4096", "-o", p.trace,
			"-e", "trace=" + strings.Join(traced, ","), "--", name,
		}, args...)
		name = "strace"
	}
	p.command = p.display.command(name, args...)
	p.command.Dir = p.Home
	p.command.Env = append(p.command.Env,
		"HOME="+p.Home,
		"XDG_CONFIG_HOME="+filepath.Join(p.Home, "config"),
		"XDG_DATA_HOME="+filepath.Join(p.Home, "data"),
		"XDG_CACHE_HOME="+filepath.Join(p.Home, "cache"),
		"XDG_RUNTIME_DIR="+filepath.Join(p.Home, "run"),
		"TMPDIR="+filepath.Join(p.Home, "tmp"),
		"DBUS_SESSION_BUS_ADDRESS=unix:path="+filepath.Join(p.Home, "run", "bus"), // nobody is there
		"LIBGL_ALWAYS_SOFTWARE=1",
		"FYNE_SCALE=1",
		"EBB_PROBE="+p.probe.folder,
	)
	p.command.Env = append(p.command.Env, p.options.Env...)
	p.output, p.process = new(safeBuffer), 0
	p.command.Stdout, p.command.Stderr = p.output, p.output
	p.command.WaitDelay = time.Second
	p.command.SysProcAttr = &syscall.SysProcAttr{Setpgid: true, Pdeathsig: syscall.SIGKILL}
	if err := p.command.Start(); err != nil {
		p.t.Fatal(err)
	}
	p.ended = make(chan struct{})
	go func(c *exec.Cmd, ended chan struct{}) {
		_ = c.Wait() // how it ended is read from the command's state
		close(ended)
	}(p.command, p.ended)
	p.t.Cleanup(p.Kill)
	p.waitKeyboard()
}

// waitKeyboard waits until the program answers and its window gets the keys.
func (p *Program) waitKeyboard() {
	p.t.Helper()
	eventually(p.t, func() bool {
		active, err := p.display.command("xdotool", "getactivewindow", "getwindowpid").Output()
		if err != nil {
			p.mustRun()
			return false
		}
		s := p.Screen()
		return len(s.Windows) > 0 && strings.TrimSpace(string(active)) == fmt.Sprint(s.Process)
	}, func() string { return "the window did not get the keyboard\n" + p.output.String() })
}

// Kill kills the program as kill -9 does, if it runs, and waits until it is gone.
func (p *Program) Kill() {
	if p.running() {
		if p.trace != "" && p.process > 0 {
			_ = syscall.Kill(p.process, syscall.SIGKILL) // strace then writes the rest and ends by itself
		} else {
			_ = syscall.Kill(-p.command.Process.Pid, syscall.SIGKILL)
		}
	}
	<-p.ended
}

// WaitExit waits until the program has ended by itself and returns its exit code.
func (p *Program) WaitExit() int {
	p.t.Helper()
	select {
	case <-p.ended:
	case <-time.After(patience):
		p.t.Fatal("the program did not end")
	}
	return p.command.ProcessState.ExitCode()
}

// Output is what the program has written to its standard output and error.
func (p *Program) Output() string { return p.output.String() }

func (p *Program) running() bool {
	select {
	case <-p.ended:
		return false
	default:
		return true
	}
}

// mustRun fails the test if the program has ended.
func (p *Program) mustRun() {
	p.t.Helper()
	if !p.running() {
		p.t.Fatalf("the program ended: %v\n%s", p.command.ProcessState, p.output.String())
	}
}

// A safeBuffer takes the output of a program while a test reads it.
type safeBuffer struct {
	mu   sync.Mutex
	data bytes.Buffer
}

func (b *safeBuffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.data.Write(p)
}

func (b *safeBuffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.data.String()
}
