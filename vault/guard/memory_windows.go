package guard

import (
	"fmt"
	"unsafe"

	"golang.org/x/sys/windows"
)

func allocate(size int) ([]byte, error) {
	address, err := windows.VirtualAlloc(0, uintptr(size), windows.MEM_COMMIT|windows.MEM_RESERVE, windows.PAGE_READWRITE)
	if err != nil {
		return nil, err
	}
	// The address is of memory that the garbage collector does not know.
	return unsafe.Slice(*(**byte)(unsafe.Pointer(&address)), size), nil
}

func lock(pages []byte) error {
	if err := windows.VirtualLock(address(pages), uintptr(len(pages))); err != nil {
		return fmt.Errorf("lock memory: %w", err)
	}
	return nil
}

// noDump has nothing to do: the system keeps no dump of a process that [Harden]
// was called in, unless its owner set it up to.
func noDump([]byte) error { return nil }

// free releases the pages, which unlocks them too.
func free(pages []byte) error { return windows.VirtualFree(address(pages), 0, windows.MEM_RELEASE) }

func address(pages []byte) uintptr { return uintptr(unsafe.Pointer(&pages[0])) }
