package guard

import (
	"bytes"
	"fmt"
	"os"
	"runtime"
	"strings"
	"testing"
	"unsafe"

	"golang.org/x/sys/unix"
)

func childHarden() error {
	if err := Harden(); err != nil {
		return err
	}
	dumpable, err := unix.PrctlRetInt(unix.PR_GET_DUMPABLE, 0, 0, 0, 0)
	if err != nil {
		return err
	}
	var core unix.Rlimit
	if err := unix.Getrlimit(unix.RLIMIT_CORE, &core); err != nil {
		return err
	}
	say("dumpable", dumpable)
	say("core", fmt.Sprint(core.Cur, core.Max))
	return nil
}

func TestHarden(t *testing.T) {
	said := runChild(t, "harden")
	if said["dumpable"] != "0" || said["core"] != "0 0" {
		t.Errorf("%v", said)
	}
}

// flags are the kernel's two-letter flags of the mapping that b lies in.
func flags(t *testing.T, b []byte) string {
	t.Helper()
	maps, err := os.ReadFile("/proc/self/smaps")
	if err != nil {
		t.Fatal(err)
	}
	address := uintptr(unsafe.Pointer(&b[0]))
	inside := false
	for _, line := range strings.Split(string(maps), "\n") {
		var from, to uintptr
		if n, _ := fmt.Sscanf(line, "%x-%x ", &from, &to); n == 2 {
			inside = from <= address && address < to
		}
		if f, ok := strings.CutPrefix(line, "VmFlags:"); ok && inside {
			return f + " "
		}
	}
	t.Fatal("the memory is in no mapping")
	return ""
}

func TestLockedBytes(t *testing.T) {
	for _, size := range []int{1, 32, 4096, 4097, 10 << 10} {
		l, err := NewLockedBytes(size)
		if err != nil {
			t.Fatal(err)
		}
		b := l.Bytes()
		if len(b) != size || cap(b) != size || !bytes.Equal(b, make([]byte, size)) {
			t.Errorf("%d bytes: length %d, capacity %d, or not zero", size, len(b), cap(b))
		}
		for i := range b {
			b[i] = 0xA5
		}
		f := flags(t, b)
		if !strings.Contains(f, " dd ") {
			t.Errorf("%d bytes would be in a core dump: flags%s", size, f)
		}
		if l.Locked() != strings.Contains(f, " lo ") {
			t.Errorf("%d bytes: Locked says %v, flags are%s (%v)", size, l.Locked(), f, l.Reason())
		}
		if err := l.Close(); err != nil {
			t.Fatal(err)
		}
		if l.Bytes() != nil {
			t.Error("there are bytes after Close")
		}
		if err := l.Close(); err != nil {
			t.Errorf("closing twice: %v", err)
		}
	}
	for _, size := range []int{-1, 0, 1<<20 + 1} {
		if _, err := NewLockedBytes(size); err == nil {
			t.Errorf("%d bytes were given", size)
		}
	}
}

// childNoLock may not lock memory: no right to, and a limit of zero.
func childNoLock() error {
	runtime.LockOSThread()
	header := unix.CapUserHeader{Version: unix.LINUX_CAPABILITY_VERSION_3}
	var none [2]unix.CapUserData
	if err := unix.Capset(&header, &none[0]); err != nil {
		return err
	}
	if err := unix.Setrlimit(unix.RLIMIT_MEMLOCK, &unix.Rlimit{}); err != nil {
		return err
	}
	l, err := NewLockedBytes(64)
	if err != nil {
		return err
	}
	copy(l.Bytes(), "still usable")
	say("locked", l.Locked())
	say("reason", l.Reason() != nil)
	say("bytes", string(l.Bytes()[:12]))
	return l.Close()
}

func TestLockedBytesWithoutTheRight(t *testing.T) {
	said := runChild(t, "no lock")
	if said["locked"] != "false" || said["reason"] != "true" || said["bytes"] != "still usable" {
		t.Errorf("%v", said)
	}
}
