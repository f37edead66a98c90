//go:build unix

package guard

import (
	"errors"
	"fmt"
	"io"
	"os"
	"strconv"
	"syscall"

	"golang.org/x/sys/unix"
)

// Replace ends this process and starts the program anew in its place, with the
// same process number and nothing of the old memory. args are the new arguments,
// without the program's name; they must not hold the vault's path, which goes
// through a pipe that only the new process has. An empty path hands nothing on.
//
// Everything that has to be on disk must be there before: no deferred function
// runs. It returns only when it fails, and then nothing has changed but that
// inherited files other than the standard ones are marked to be closed at an
// exec.
func Replace(args []string, vaultPath string) error {
	if err := checkPath(vaultPath); err != nil {
		return fmt.Errorf("replace the process: %w", err)
	}
	program, err := os.Executable()
	if err != nil {
		return fmt.Errorf("replace the process: %w", err)
	}
	argv := append([]string{os.Args[0]}, args...)
	// A child started by another goroutine between here and the exec would get
	// the pipe too.
	syscall.ForkLock.Lock()
	defer syscall.ForkLock.Unlock()
	pipe := -1
	if vaultPath != "" {
		if pipe, err = pathPipe(vaultPath); err != nil {
			return fmt.Errorf("replace the process: %w", err)
		}
		defer unix.Close(pipe)
	}
	closeAtExec()
	number := ""
	if pipe >= 0 {
		if _, err := unix.FcntlInt(uintptr(pipe), unix.F_SETFD, 0); err != nil {
			return fmt.Errorf("replace the process: %w", err)
		}
		number = strconv.Itoa(pipe)
	}
	return fmt.Errorf("replace the process: %w", syscall.Exec(program, argv, environment(number)))
}

// pathPipe returns the reading end of a pipe that holds path and has no writer
// any more.
func pathPipe(path string) (int, error) {
	var ends [2]int
	if err := unix.Pipe(ends[:]); err != nil {
		return -1, err
	}
	unix.CloseOnExec(ends[0])
	unix.CloseOnExec(ends[1])
	n, err := unix.Write(ends[1], []byte(path))
	if err == nil && n != len(path) {
		err = io.ErrShortWrite
	}
	if err = errors.Join(err, unix.Close(ends[1])); err != nil {
		return -1, errors.Join(err, unix.Close(ends[0]))
	}
	return ends[0], nil
}

// lastDescriptor is how far files are looked for where the kernel has no call
// for all of them.
const lastDescriptor = 4096

// closeEach marks every open file but the standard ones.
func closeEach() {
	for fd := 3; fd < lastDescriptor; fd++ {
		unix.CloseOnExec(fd) // a number that is not open is no harm
	}
}

// readPipe reads what pathPipe left. It does not wait: the data and the end of
// it are there already, or it is not our pipe.
func readPipe(n uintptr) (path string, err error) {
	fd := int(n)
	var info unix.Stat_t
	if fd < 3 {
		return "", errors.New("not a file of ours")
	}
	if err := unix.Fstat(fd, &info); err != nil {
		return "", err
	}
	if info.Mode&unix.S_IFMT != unix.S_IFIFO {
		return "", errors.New("not a pipe") // and not ours to close
	}
	defer func() { err = errors.Join(err, unix.Close(fd)) }()
	if err := unix.SetNonblock(fd, true); err != nil {
		return "", err
	}
	buffer := make([]byte, maxPath+1)
	filled := 0
	for filled < len(buffer) {
		n, err := unix.Read(fd, buffer[filled:])
		if err == unix.EINTR {
			continue
		}
		if err != nil {
			return "", err
		}
		if n == 0 {
			return string(buffer[:filled]), nil
		}
		filled += n
	}
	return "", errors.New("longer than a path")
}
