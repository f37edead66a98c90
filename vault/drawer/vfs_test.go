package drawer

import (
	"testing"
	"unsafe"
)

// What C calls never panics into C: not for a handle that is none, and not when
// something below goes wrong.
func TestPanicsStayBelowC(t *testing.T) {
	broken := &store{writable: true, whenLocked: func() error { panic("private words") }}
	handle, err := takeHandle(broken) // a store without anything in it
	if err != nil {
		t.Fatal(err)
	}
	defer freeHandle(handle)
	if handle != 0 {
		t.Fatalf("handle %d: another test left a drawer open", handle)
	}
	var page [pageSize]byte
	p := unsafe.Pointer(&page[0])
	for name, codes := range map[string][2]int{
		"ebbRead":     {int(ebbRead(-1, 0, p, pageSize, 0)), int(ebbRead(0, 0, p, pageSize, 0))},
		"ebbWrite":    {int(ebbWrite(maxOpen, 0, p, pageSize, 0)), int(ebbWrite(0, 0, p, pageSize, 0))},
		"ebbTruncate": {int(ebbTruncate(-1, 0, 0)), int(ebbTruncate(0, 0, 0))},
		"ebbSync":     {int(ebbSync(-1, 1)), int(ebbSync(0, 1))},
		"ebbLocked":   {int(ebbLocked(-1)), int(ebbLocked(0))},
	} {
		for i, code := range codes {
			if code&0xff != codeIO {
				t.Errorf("%s, case %d: code %d is no I/O error", name, i, code)
			}
		}
	}
	if broken.fault != errPanic {
		t.Errorf("the cause is told as %v", broken.fault)
	}
	if ebbKnown(-1) != 0 || ebbKnown(maxOpen) != 0 || ebbKnown(0) != 1 || ebbSize(-1, 0) != 0 {
		t.Error("a handle that is none is taken for one")
	}
}
