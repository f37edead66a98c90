package guard

import (
	"errors"
	"fmt"
	"os"
	"runtime"
	"strings"
	"sync"
	"syscall"
	"testing"

	"golang.org/x/sys/unix"
)

// attempts are the ways to a socket, by name.
var attempts = []struct {
	name string
	call func() error
	want error // when the network is denied
}{
	{"AF_INET", socket(unix.AF_INET), unix.EAFNOSUPPORT},
	{"AF_INET6", socket(unix.AF_INET6), unix.EAFNOSUPPORT},
	{"AF_PACKET", socket(unix.AF_PACKET), unix.EAFNOSUPPORT},
	{"AF_VSOCK", socket(unix.AF_VSOCK), unix.EAFNOSUPPORT},
	{"socketpair AF_INET", socketpair(unix.AF_INET), unix.EAFNOSUPPORT},
	{"io_uring_setup", func() error { return raw(ioUringSetup, 1) }, unix.EPERM},
	{"x32 getpid", func() error { return raw(x32Bit|39, 0) }, unix.ENOSYS},
	{"x32 socket", func() error { return raw(x32Bit|41, unix.AF_INET) }, unix.ENOSYS},
	{"AF_UNIX", socket(unix.AF_UNIX), nil},
	{"AF_NETLINK", socket(unix.AF_NETLINK), nil},
	{"socketpair AF_UNIX", socketpair(unix.AF_UNIX), nil},
	{"getpid", func() error { return raw(unix.SYS_GETPID, 0) }, nil},
}

func socket(family int) func() error {
	return func() error {
		kind := unix.SOCK_DGRAM
		if family == unix.AF_NETLINK || family == unix.AF_PACKET {
			kind = unix.SOCK_RAW
		}
		fd, err := unix.Socket(family, kind, 0)
		if err == nil {
			err = unix.Close(fd)
		}
		return err
	}
}

func socketpair(family int) func() error {
	return func() error {
		fds, err := unix.Socketpair(family, unix.SOCK_STREAM, 0)
		if err == nil {
			err = errors.Join(unix.Close(fds[0]), unix.Close(fds[1]))
		}
		return err
	}
}

func raw(number, argument uintptr) error {
	if _, _, errno := unix.RawSyscall(number, argument, 0, 0); errno != 0 {
		return errno
	}
	return nil
}

// childDeny tries everything on threads that ran before the filter, and on one
// that started after.
func childDeny() error {
	const threads = 4
	var ready, done sync.WaitGroup
	denied := make(chan struct{})
	try := func(thread string) {
		defer done.Done()
		for _, a := range attempts {
			say(thread+" "+a.name, a.call())
		}
	}
	ready.Add(threads)
	done.Add(threads + 1)
	for i := range threads {
		go func() {
			runtime.LockOSThread() // never unlocked: the thread belongs to this goroutine
			ready.Done()
			<-denied
			try(fmt.Sprint("before", i))
		}()
	}
	ready.Wait()
	say("plain AF_INET", socket(unix.AF_INET)())
	if err := DenyNetwork(); err != nil {
		return err
	}
	close(denied)
	go func() {
		runtime.LockOSThread()
		try("after")
	}()
	done.Wait()
	return nil
}

func TestDenyNetworkOnEveryThread(t *testing.T) {
	said := runChild(t, "deny")
	for _, thread := range []string{"before0", "before1", "before2", "before3", "after"} {
		for _, a := range attempts {
			want := fmt.Sprint(a.want)
			if got := said[thread+" "+a.name]; got != want {
				t.Errorf("%s on thread %q: %q, want %q", a.name, thread, got, want)
			}
		}
	}
	if said["plain AF_INET"] != "<nil>" {
		t.Logf("without the filter AF_INET gives %q here: another sandbox is around this test", said["plain AF_INET"])
	}
}

// filters is how many filters the kernel counts for this process, or a dash
// where it does not say.
func filters() (string, error) {
	b, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return "", err
	}
	for _, line := range strings.Split(string(b), "\n") {
		if n, ok := strings.CutPrefix(line, "Seccomp_filters:"); ok {
			return strings.TrimSpace(n), nil
		}
	}
	return "-", nil
}

func childDenyTwice() error {
	for _, name := range []string{"once", "twice"} {
		if err := DenyNetwork(); err != nil {
			return err
		}
		n, err := filters()
		if err != nil {
			return err
		}
		say(name, n)
	}
	program, err := os.Executable()
	if err != nil {
		return err
	}
	if err := os.Setenv(childVariable, "denied by exec"); err != nil {
		return err
	}
	return syscall.Exec(program, os.Args, environment(""))
}

func childDeniedByExec() error {
	say("inherited", networkDenied())
	if err := DenyNetwork(); err != nil {
		return err
	}
	n, err := filters()
	say("after exec", n)
	say("AF_INET", socket(unix.AF_INET)())
	return err
}

func TestDenyNetworkOnceForAllReplacements(t *testing.T) {
	said := runChild(t, "deny twice")
	if said["inherited"] != "true" || said["AF_INET"] != unix.EAFNOSUPPORT.Error() {
		t.Fatalf("the filter did not pass the exec: %v", said)
	}
	if said["once"] == "" || said["once"] != said["twice"] || said["once"] != said["after exec"] {
		t.Errorf("filters pile up: %v", said)
	}
}

// childRefused is a system that refuses filters: it has a filter that does.
func childRefused() error {
	errno, ok := map[string]unix.Errno{"EACCES": unix.EACCES, "ENOSYS": unix.ENOSYS}[os.Args[1]]
	if !ok {
		return fmt.Errorf("there is no errno %q", os.Args[1])
	}
	runtime.LockOSThread()
	var p assembler
	p.load(numberAt)
	p.jumpIf(unix.SYS_SECCOMP, "refuse")
	p.answer(answerAllow)
	p.label("refuse")
	p.answer(answerErrno | uint32(errno))
	program, err := p.assemble()
	if err != nil {
		return err
	}
	if err := install(program); err != nil {
		return err
	}
	err = DenyNetwork()
	say("error", err != nil)
	say("cause", errors.Is(err, errno))
	say("unsupported", errors.Is(err, ErrUnsupported))
	say("alive", socket(unix.AF_UNIX)() == nil)
	return nil
}

func TestDenyNetworkSaysSoWhenRefused(t *testing.T) {
	for errno, unsupported := range map[string]string{"EACCES": "false", "ENOSYS": "true"} {
		said := runChild(t, "refused", errno)
		if said["error"] != "true" || said["cause"] != "true" || said["alive"] != "true" || said["unsupported"] != unsupported {
			t.Errorf("%s: %v", errno, said)
		}
	}
}
