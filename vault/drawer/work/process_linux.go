package work

import (
	"bytes"
	"fmt"
	"os"
	"runtime/debug"
	"syscall"
	"time"
)

// processorTime returns how long processors have worked for this process, in it and
// in the system on its behalf.
func processorTime() time.Duration {
	var used syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &used); err != nil {
		return 0
	}
	return time.Duration(used.Utime.Nano() + used.Stime.Nano())
}

// resetPeak lets peak begin anew, with what the process needs now.
func resetPeak() {
	debug.FreeOSMemory()
	_ = os.WriteFile("/proc/self/clear_refs", []byte("5"), 0) // else the peak is that since the beginning
}

// peak returns the most memory, in bytes, that the process had since resetPeak.
func peak() int64 {
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return 0
	}
	_, line, _ := bytes.Cut(status, []byte("\nVmHWM:"))
	var kib int64
	_, _ = fmt.Sscan(string(line), &kib)
	return kib << 10
}

// forgetCached has the system drop what it keeps of files in memory, as if nobody
// had read them since the machine was started.
func forgetCached(paths ...string) error {
	const dontNeed = 4 // POSIX_FADV_DONTNEED
	for _, path := range paths {
		f, err := os.Open(path)
		if os.IsNotExist(err) {
			continue
		}
		if err != nil {
			return err
		}
		err = f.Sync()
		if _, _, errno := syscall.Syscall6(syscall.SYS_FADVISE64, f.Fd(), 0, 0, dontNeed, 0, 0); errno != 0 && err == nil {
			err = errno
		}
		f.Close()
		if err != nil {
			return err
		}
	}
	return nil
}
