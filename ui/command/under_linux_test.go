package command

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"unsafe"

	"github.com/rogpeppe/go-internal/testscript"
	"golang.org/x/sys/unix"

	"ebb/vault/guard"
)

func init() { programs["ebb-under"] = func() { os.Exit(under(os.Args[1:])) } }

// The scripts in testdata/linux need what other systems do not have, or have in
// another way: users, seccomp, namespaces.
func TestLinuxScripts(t *testing.T) {
	p := parameters(t, "testdata/linux", "open-twice")
	p.Condition = func(condition string) (bool, error) {
		if condition != "namespaces" {
			return false, fmt.Errorf("there is no condition %s", condition)
		}
		// That a container forbids them is no reason to fail, and is said; the same
		// errors are tested with seccomp in any case.
		out, err := exec.Command("ebb-under", "tmpfs", "1m", t.TempDir(), "true").CombinedOutput()
		if err != nil {
			t.Logf("no disk of our own here: %v: %s", err, out)
		}
		return err == nil, nil
	}
	testscript.Run(t, p)
}

// under runs ebb under a condition:
//
//	ebb-under nobody ARG…                    as a user without rights
//	ebb-under locked VAULT ARG…              while another process has the vault open
//	ebb-under cramped BYTES ARG…             on a disk where no file grows past BYTES
//	ebb-under tmpfs SIZE DIR PROGRAM ARG…    with a small disk of its own at DIR
func under(args []string) int {
	condition, args := args[0], args[1:]
	var err error
	switch condition {
	case "nobody":
		if err = becomeNobody(); err == nil {
			return ebb(args)
		}
	case "locked":
		return whileLocked(args[0], args[1:])
	case "cramped":
		if err = cramp(args[0]); err == nil {
			return ebb(args[1:])
		}
	case "tmpfs":
		return onDisk(args)
	case "mounted":
		err = mounted(args)
	default:
		err = errors.New("there is no such condition")
	}
	fmt.Fprintln(os.Stderr, condition, err)
	return 99
}

// becomeNobody gives up the rights of root, for whom no folder is read-only.
func becomeNobody() error {
	if os.Geteuid() != 0 {
		return nil
	}
	const nobody = 65534
	if err := syscall.Setgroups(nil); err != nil {
		return err
	}
	if err := syscall.Setresgid(nobody, nobody, nobody); err != nil {
		return err
	}
	return syscall.Setresuid(nobody, nobody, nobody)
}

func whileLocked(vault string, args []string) int {
	lock, err := guard.LockFile(filepath.Join(vault, "lock"))
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 99
	}
	defer lock.Close()
	return run(exec.Command("ebb", args...))
}

func run(c *exec.Cmd) int {
	c.Stdin, c.Stdout, c.Stderr = os.Stdin, os.Stdout, os.Stderr
	err := c.Run()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		fmt.Fprintln(os.Stderr, err)
		return 99
	}
	return c.ProcessState.ExitCode()
}

// onDisk runs itself in a mount namespace, where it may mount: with a user
// namespace around it, or as root without one.
func onDisk(args []string) int {
	attributes := []*syscall.SysProcAttr{
		{
			Cloneflags:  unix.CLONE_NEWUSER | unix.CLONE_NEWNS,
			UidMappings: []syscall.SysProcIDMap{{HostID: os.Getuid(), Size: 1}},
			GidMappings: []syscall.SysProcIDMap{{HostID: os.Getgid(), Size: 1}},
		},
		{Cloneflags: unix.CLONE_NEWNS},
	}
	for i, a := range attributes {
		c := exec.Command("/proc/self/exe", append([]string{"mounted"}, args...)...)
		c.Args[0] = "ebb-under"
		c.SysProcAttr = a
		if code := run(c); code != 99 || i == len(attributes)-1 {
			return code
		}
	}
	return 99
}

func mounted(args []string) error {
	size, dir, program := args[0], args[1], args[2:]
	if err := unix.Mount("", "/", "", unix.MS_REC|unix.MS_PRIVATE, ""); err != nil {
		return err
	}
	if err := unix.Mount("ebb", dir, "tmpfs", 0, "mode=0777,size="+size); err != nil {
		return err
	}
	path, err := exec.LookPath(program[0])
	if err != nil {
		return err
	}
	return syscall.Exec(path, program, os.Environ())
}

// cramp lets the kernel answer ENOSPC to every write past an offset of a file, and
// to every longer write without one, such as an export's.
func cramp(bytes string) error {
	limit, err := strconv.ParseUint(bytes, 0, 32)
	if err != nil {
		return err
	}
	calls := map[string][2]uint32{"amd64": {18, 1}, "arm64": {68, 64}}[runtime.GOARCH]
	if calls[0] == 0 {
		return errors.New("the numbers of the system calls are not known here")
	}
	const (
		load    = unix.BPF_LD | unix.BPF_W | unix.BPF_ABS
		equal   = unix.BPF_JMP | unix.BPF_JEQ | unix.BPF_K
		atLeast = unix.BPF_JMP | unix.BPF_JGE | unix.BPF_K
		answer  = unix.BPF_RET | unix.BPF_K
		// Where struct seccomp_data has the call's number and the low halves of its
		// arguments.
		number, fd, length, offset = 0, 16, 32, 40
		allow, refuse              = 0x7fff0000, 0x00050000 | uint32(unix.ENOSPC)
		files, long                = 3, 64 // Go's own pipes carry a few bytes
	)
	program := []unix.SockFilter{
		{Code: load, K: number},
		{Code: equal, K: calls[0], Jt: 2}, // pwrite64
		{Code: equal, K: calls[1], Jt: 3}, // write
		{Code: answer, K: allow},
		{Code: load, K: offset},
		{Code: atLeast, K: uint32(limit), Jt: 4, Jf: 5},
		{Code: load, K: fd},
		{Code: atLeast, K: files, Jf: 3},
		{Code: load, K: length},
		{Code: atLeast, K: long, Jf: 1},
		{Code: answer, K: refuse},
		{Code: answer, K: allow},
	}
	filter := unix.SockFprog{Len: uint16(len(program)), Filter: &program[0]}
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	if err := unix.Prctl(unix.PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0); err != nil {
		return err
	}
	_, _, errno := unix.Syscall(unix.SYS_SECCOMP, unix.SECCOMP_SET_MODE_FILTER, unix.SECCOMP_FILTER_FLAG_TSYNC, uintptr(unsafe.Pointer(&filter)))
	if errno != 0 {
		return errno
	}
	// The tests that follow mean nothing unless it works.
	probe, err := os.CreateTemp("", "cramped")
	if err != nil {
		return err
	}
	defer os.Remove(probe.Name())
	defer probe.Close()
	if _, err := probe.WriteAt([]byte("x"), int64(limit)); !errors.Is(err, unix.ENOSPC) {
		return fmt.Errorf("a write past the end of the disk answers %v", err)
	}
	if _, err := probe.WriteString(strings.Repeat("x", long)); !errors.Is(err, unix.ENOSPC) {
		return fmt.Errorf("a write to the full disk answers %v", err)
	}
	return nil
}
