package interpose

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"runtime"
	"strings"
	"sync"
	"syscall"
	"unsafe"

	"golang.org/x/sys/unix"
)

// An Answer is what becomes of a call. The zero value lets it take place.
type Answer struct {
	Errno syscall.Errno // if not 0, the call fails with it and does nothing
	// Short is, for a Write, how many of its bytes are written all the same. The
	// caller is then told of those bytes and not of Errno, as the kernel does; a
	// program that goes on meets whatever the next call is answered with.
	Short int
}

// A Decide says what becomes of a call. It is called by one goroutine at a time,
// in the order in which the calls are made, while the thread that makes them
// waits.
type Decide func(Call) Answer

// ErrNotWatched: the thread could not be watched, or no longer; what came of it
// means nothing.
var ErrNotWatched = errors.New("the thread was not watched")

// Watch runs do, on a thread of its own, and asks decide about each of its calls
// for files at or below the folder root, an absolute path without links. It
// returns what do returned, or [ErrNotWatched]. Calls for other files take place unasked.
func Watch(root string, decide Decide, do func() error) error {
	var result, failed error
	w := &watched{root: strings.TrimSuffix(root, "/"), decide: decide, mark: rand.Uint64()}
	var ended sync.WaitGroup
	ended.Go(func() {
		// Never unlocked: a filter stays on its thread, so the thread ends with this
		// goroutine. Threads that the runtime needs meanwhile are started from others.
		runtime.LockOSThread()
		listener, err := install()
		if err != nil {
			failed = err
			return
		}
		var served sync.WaitGroup
		served.Go(func() {
			// Without a listener every further call fails, and none waits for ever.
			failed = errors.Join(w.serve(listener), unix.Close(listener))
		})
		defer func() {
			w.last()
			served.Wait()
		}()
		result = do()
	})
	ended.Wait()
	if failed != nil {
		return fmt.Errorf("%w: %w", ErrNotWatched, failed)
	}
	return result
}

// install puts the filter on this thread alone.
func install() (listener int, err error) {
	program := []unix.SockFilter{{Code: unix.BPF_LD | unix.BPF_W | unix.BPF_ABS}} // the call's number
	for i := range calls {
		program = append(program, unix.SockFilter{Code: unix.BPF_JMP | unix.BPF_JEQ | unix.BPF_K, K: uint32(calls[i].number), Jt: uint8(len(calls) - i)})
	}
	program = append(program,
		unix.SockFilter{Code: unix.BPF_RET | unix.BPF_K, K: unix.SECCOMP_RET_ALLOW},
		unix.SockFilter{Code: unix.BPF_RET | unix.BPF_K, K: unix.SECCOMP_RET_USER_NOTIF})
	filter := unix.SockFprog{Len: uint16(len(program)), Filter: &program[0]}
	if err := unix.Prctl(unix.PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0); err != nil {
		return 0, err
	}
	fd, _, errno := unix.Syscall(unix.SYS_SECCOMP, unix.SECCOMP_SET_MODE_FILTER, unix.SECCOMP_FILTER_FLAG_NEW_LISTENER, uintptr(unsafe.Pointer(&filter)))
	runtime.KeepAlive(program)
	if errno != 0 {
		return 0, fmt.Errorf("install the filter: %w", errno)
	}
	unix.CloseOnExec(int(fd))
	return int(fd), nil
}

// notification and response are struct seccomp_notif and seccomp_notif_resp of
// linux/seccomp.h.
type notification struct {
	id        uint64
	pid       uint32
	flags     uint32
	number    int32
	arch      uint32
	pointer   uint64
	arguments [6]uint64
}

type response struct {
	id    uint64
	value int64
	errno int32
	flags uint32
}

const takePlace = 1 // SECCOMP_USER_NOTIF_FLAG_CONTINUE

func ioctl(listener int, request uintptr, argument unsafe.Pointer) error {
	for {
		_, _, errno := unix.Syscall(unix.SYS_IOCTL, uintptr(listener), request, uintptr(argument))
		// A signal may reach the thread at any time. Its call is then made again, and
		// what there was to know or to say of it is gone.
		again := errno == unix.EINTR || errno == unix.ENOENT && request == unix.SECCOMP_IOCTL_NOTIF_RECV
		if errno == 0 {
			return nil
		}
		if !again {
			return errno
		}
	}
}

// watched is one thread that is being watched.
type watched struct {
	root   string
	decide Decide
	mark   uint64 // how the thread says that it has done
}

// serve answers the thread's calls until its last.
func (w *watched) serve(listener int) error {
	var answered *response // of a call that a signal interrupted, and that is made again
	var before notification
	for {
		n := notification{} // the kernel wants it empty
		if err := ioctl(listener, unix.SECCOMP_IOCTL_NOTIF_RECV, unsafe.Pointer(&n)); err != nil {
			return fmt.Errorf("wait for a call: %w", err)
		}
		var r *response
		if answered != nil && n.number == before.number && n.arguments == before.arguments {
			r = answered
		} else {
			r = w.answer(n)
		}
		r.id = n.id
		answered, before = nil, n
		switch err := ioctl(listener, unix.SECCOMP_IOCTL_NOTIF_SEND, unsafe.Pointer(r)); {
		case err == unix.ENOENT:
			answered = r
		case err != nil:
			return fmt.Errorf("answer a call: %w", err)
		case w.isLast(n):
			return nil
		}
	}
}

// last tells serve that no call comes any more: by one that could not be.
func (w *watched) last() {
	_, _, _ = unix.Syscall6(unix.SYS_PWRITE64, ^uintptr(0), 0, 0, uintptr(w.mark), 0, 0)
}

func (w *watched) isLast(n notification) bool {
	return n.number == unix.SYS_PWRITE64 && int32(n.arguments[0]) == -1 && n.arguments[3] == w.mark
}

// answer asks about a call, if it is about a file below root.
func (w *watched) answer(n notification) *response {
	pass := &response{flags: takePlace}
	c, ours, refuse := w.read(n)
	if refuse {
		return &response{errno: -int32(unix.ENOSYS)}
	}
	if !ours {
		return pass
	}
	a := w.decide(c)
	switch {
	case a.Errno == 0:
		return pass
	case c.Op == Write && a.Short > 0 && a.Short < len(c.Data):
		// The kernel knows short writes only from a full disk; this one is made here.
		written, err := w.writeShort(n, c.Data[:a.Short])
		if err == nil && written > 0 {
			return &response{value: int64(written)}
		}
	}
	return &response{errno: -int32(a.Errno)}
}

func (w *watched) writeShort(n notification, p []byte) (int, error) {
	fd := int(int32(n.arguments[0]))
	if n.number == unix.SYS_PWRITE64 {
		return unix.Pwrite(fd, p, int64(n.arguments[3]))
	}
	return unix.Write(fd, p)
}
