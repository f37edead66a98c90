package keys

import (
	"context"
	"fmt"
	"runtime/debug"
	"sync"

	"golang.org/x/crypto/argon2"
)

// Params are the costs of Argon2id (RFC 9106), version 0x13. They are chosen
// when a key file is made and hold for all its slots.
type Params struct {
	MemoryKiB uint32 // memory in KiB
	Time      uint32 // passes over the memory
	Threads   uint8  // lanes
}

var (
	// Default is what new vaults use: above the second recommendation of RFC
	// 9106, section 4, in memory, and bearable on a computer of ten years ago.
	Default = Params{MemoryKiB: 256 << 10, Time: 3, Threads: 4}
	// Floor is the least that a file may ask for (that recommendation itself):
	// a file that asks for less was doctored to make guessing cheap.
	Floor = Params{MemoryKiB: 64 << 10, Time: 3, Threads: 4}
	// Ceiling is the most: a file that asks for more would take the computer
	// down instead of opening.
	Ceiling = Params{MemoryKiB: 1 << 20, Time: 10, Threads: 8}
)

// InsecureParams are costs for tests alone: they protect nothing. They are
// refused everywhere unless [InsecureCheapKDF] is given too.
var InsecureParams = Params{MemoryKiB: 64, Time: 1, Threads: 1}

// check refuses parameters out of bounds. insecure drops the floor to what
// Argon2 itself needs; the ceiling always holds.
func (p Params) check(insecure bool) error {
	floor := Floor
	if insecure {
		floor = InsecureParams
	}
	switch {
	case p.MemoryKiB < floor.MemoryKiB || p.Time < floor.Time || p.Threads < floor.Threads:
		return fmt.Errorf("%w: less than %d KiB, %d passes, %d lanes", ErrParams, floor.MemoryKiB, floor.Time, floor.Threads)
	case p.MemoryKiB > Ceiling.MemoryKiB || p.Time > Ceiling.Time || p.Threads > Ceiling.Threads:
		return fmt.Errorf("%w: more than %d KiB, %d passes, %d lanes", ErrParams, Ceiling.MemoryKiB, Ceiling.Time, Ceiling.Threads)
	}
	return nil
}

// stretching lets one evaluation run at a time: two at once would need twice
// the memory, and take as long as one after the other.
var stretching sync.Mutex

// stretch makes the 64 bytes all slot keys come from. The caller has checked p.
// Argon2 cannot be interrupted: a cancelled ctx is noticed before and after.
func stretch(ctx context.Context, passphrase []byte, salt [saltSize]byte, p Params) ([]byte, error) {
	stretching.Lock()
	defer stretching.Unlock()
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	root := argon2.IDKey(passphrase, salt[:], p.Time, p.MemoryKiB, p.Threads, 64)
	if p.MemoryKiB >= Floor.MemoryKiB {
		debug.FreeOSMemory() // hundreds of MiB that nobody needs again
	}
	if err := ctx.Err(); err != nil {
		clear(root)
		return nil, err
	}
	return root, nil
}
