package drawer

// #include <stdlib.h>
import "C"

import (
	"runtime"
	"unsafe"
)

// offHeap returns n bytes that Go's collector does not count, and frees them when
// owner is collected. The system gives memory to them as they are first used. The
// collector lets as much garbage come together as there is in use: what lasts as long
// as a drawer is open and may be large would be paid for twice.
func offHeap[T any](owner *T, n int) []byte {
	p := C.malloc(C.size_t(n))
	runtime.AddCleanup(owner, func(p unsafe.Pointer) { C.free(p) }, p)
	return unsafe.Slice((*byte)(p), n)
}
