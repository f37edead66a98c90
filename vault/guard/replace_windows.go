package guard

import (
	"errors"
	"fmt"
	"io"
	"os"
	"strconv"
	"syscall"

	"golang.org/x/sys/windows"
)

// Replace starts the program anew and ends this process: Windows cannot put a
// program in the place of another. args are the new arguments, without the
// program's name; they must not hold the vault's path, which goes through a pipe
// that only the new process has. An empty path hands nothing on.
//
// Everything that has to be on disk must be there before, and the vault's lock
// given up: no deferred function runs. It returns only when it fails, and then
// nothing has changed.
func Replace(args []string, vaultPath string) error {
	if err := checkPath(vaultPath); err != nil {
		return fmt.Errorf("replace the process: %w", err)
	}
	program, err := os.Executable()
	if err != nil {
		return fmt.Errorf("replace the process: %w", err)
	}
	if err := start(program, append([]string{os.Args[0]}, args...), vaultPath); err != nil {
		return fmt.Errorf("replace the process: %w", err)
	}
	os.Exit(0)
	return nil
}

func start(program string, argv []string, vaultPath string) error {
	attributes := &os.ProcAttr{Files: []*os.File{os.Stdin, os.Stdout, os.Stderr}, Env: environment("")}
	if vaultPath == "" {
		_, err := os.StartProcess(program, argv, attributes)
		return err
	}
	reading, writing, err := os.Pipe()
	if err != nil {
		return err
	}
	defer reading.Close()
	handle := windows.Handle(reading.Fd())
	if err := windows.SetHandleInformation(handle, windows.HANDLE_FLAG_INHERIT, windows.HANDLE_FLAG_INHERIT); err != nil {
		return errors.Join(err, writing.Close())
	}
	attributes.Env = environment(strconv.FormatUint(uint64(handle), 10))
	attributes.Sys = &syscall.SysProcAttr{AdditionalInheritedHandles: []syscall.Handle{syscall.Handle(handle)}}
	// The path fits into the pipe's buffer, so it can be there, with its end,
	// before the other process is.
	_, err = writing.WriteString(vaultPath)
	if err = errors.Join(err, writing.Close()); err != nil {
		return err
	}
	_, err = os.StartProcess(program, argv, attributes)
	return err
}

// readPipe reads what start wrote.
func readPipe(n uintptr) (path string, err error) {
	kind, err := windows.GetFileType(windows.Handle(n))
	if err != nil {
		return "", err
	}
	if kind != windows.FILE_TYPE_PIPE {
		return "", errors.New("not a pipe")
	}
	f := os.NewFile(n, "inherited vault")
	defer func() { err = errors.Join(err, f.Close()) }()
	b, err := io.ReadAll(io.LimitReader(f, maxPath+1))
	return string(b), err
}
