package drawer

// #include "vfs.h"
// #cgo CFLAGS: -O2
// #cgo darwin LDFLAGS: -Wl,-undefined,dynamic_lookup
import "C"

import (
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"unsafe"
)

func init() {
	if rc := C.ebb_register(); rc != 0 {
		panic(fmt.Sprintf("drawer: registering the VFS: SQLite code %d", rc))
	}
}

// maxOpen is how many drawers can be open at once in one process.
const maxOpen = 4096

// handles are how SQLite names our stores to us: an integer in the connection's
// name, which says nothing and can be used again.
var handles struct {
	mu     sync.Mutex
	stores [maxOpen]atomic.Pointer[store]
}

var errTooManyOpen = errors.New("too many drawers are open")

func takeHandle(s *store) (int, error) {
	handles.mu.Lock()
	defer handles.mu.Unlock()
	for i := range handles.stores {
		if handles.stores[i].CompareAndSwap(nil, s) {
			return i, nil
		}
	}
	return 0, errTooManyOpen
}

func freeHandle(i int) { handles.stores[i].Store(nil) }

// controlTrust is a file control of our VFS: see vfs.h.
const controlTrust = C.EBB_FCNTL_TRUST

// byHandle returns nil if there is no such store.
func byHandle(handle C.int) *store {
	if handle < 0 || handle >= maxOpen {
		return nil
	}
	return handles.stores[handle].Load()
}

// SQLite's result codes, as far as the functions below return them.
const (
	codeOK            = 0
	codeFull          = 13
	codeIO            = 10
	codeIORead        = codeIO | 1<<8
	codeIOShortRead   = codeIO | 2<<8
	codeIOWrite       = codeIO | 3<<8
	codeIOSync        = codeIO | 4<<8
	codeIOTruncate    = codeIO | 6<<8
	codeIODamagedData = codeIO | 32<<8
)

// answer turns what went wrong into a code for SQLite, and remembers it: SQLite
// passes on only the code.
func (s *store) answer(err error, otherwise C.int) C.int {
	if err == nil {
		return codeOK
	}
	s.fault = err
	switch {
	case errors.Is(err, ErrDamaged):
		return codeIODamagedData
	case errors.Is(err, ErrTooLarge), diskError(err) == ErrFull:
		return codeFull
	}
	return otherwise
}

var errPanic = errors.New("a fault in the program below SQLite")

// caught ends each function that C calls: a panic must not unwind C's stack. Its
// text is dropped, because it could hold anything.
func (s *store) caught(code *C.int, otherwise C.int) {
	if recover() != nil {
		if s != nil {
			s.fault = errPanic
		}
		*code = otherwise
	}
}

//export ebbKnown
func ebbKnown(handle C.int) C.int {
	if byHandle(handle) == nil {
		return 0
	}
	return 1
}

// ebbLocked is called once the lock on the main file is held.
//
//export ebbLocked
func ebbLocked(handle C.int) (code C.int) {
	s := byHandle(handle)
	defer s.caught(&code, codeIORead)
	if s.whenLocked == nil {
		return codeOK
	}
	return s.answer(s.whenLocked(), codeIORead)
}

//export ebbRead
func ebbRead(handle, isLog C.int, buf unsafe.Pointer, n C.int, off C.longlong) (code C.int) {
	s := byHandle(handle)
	defer s.caught(&code, codeIORead)
	p := unsafe.Slice((*byte)(buf), int(n))
	var got int
	var err error
	if isLog != 0 {
		got, err = s.readLog(p, int64(off))
	} else {
		got, err = s.readMain(p, int64(off))
	}
	if err == nil && got < len(p) {
		return codeIOShortRead
	}
	return s.answer(err, codeIORead)
}

// Before a drawer is known to be sound, and after it was refused, nothing is
// written: SQLite checkpoints whenever it closes a database, for whatever reason.
// It learns no cause then, so that the true one stays.
//
//export ebbWrite
func ebbWrite(handle, isLog C.int, buf unsafe.Pointer, n C.int, off C.longlong) (code C.int) {
	s := byHandle(handle)
	defer s.caught(&code, codeIOWrite)
	p := unsafe.Slice((*byte)(buf), int(n))
	if !s.writable {
		return codeIOWrite
	}
	if isLog != 0 {
		return s.answer(s.writeLog(p, int64(off)), codeIOWrite)
	}
	return s.answer(s.writeMain(p, int64(off)), codeIOWrite)
}

//export ebbTruncate
func ebbTruncate(handle, isLog C.int, size C.longlong) (code C.int) {
	s := byHandle(handle)
	defer s.caught(&code, codeIOTruncate)
	switch {
	case !s.writable:
		return codeIOTruncate
	case isLog != 0:
		return s.answer(s.truncateLog(int64(size)), codeIOTruncate)
	case size%pageSize != 0 || size/pageSize > maxPages:
		return s.answer(errUnaligned, codeIOTruncate)
	}
	return s.answer(s.truncateMain(uint32(size/pageSize)), codeIOTruncate)
}

//export ebbSync
func ebbSync(handle, isLog C.int) (code C.int) {
	s := byHandle(handle)
	defer s.caught(&code, codeIOSync)
	if !s.writable {
		return codeIOSync
	}
	if isLog != 0 {
		return s.answer(s.syncLog(), codeIOSync)
	}
	return s.answer(s.syncMain(), codeIOSync)
}

// ebbSize is the size that SQLite is to see, which says nothing about the
// physical one.
//
//export ebbSize
func ebbSize(handle, isLog C.int) C.longlong {
	s := byHandle(handle)
	if s == nil {
		return 0
	}
	if isLog != 0 {
		return C.longlong(s.frames.logicalSize())
	}
	return C.longlong(s.tags.pages()) * pageSize
}
