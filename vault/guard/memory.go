package guard

import (
	"errors"
	"fmt"
	"os"
	"sync"
)

// LockedBytes is memory of its own pages, outside the Go heap, that the system
// is asked neither to swap nor to dump. It holds seeds and keys. It is wiped
// when it is closed.
type LockedBytes struct {
	mu     sync.Mutex
	pages  []byte
	size   int
	reason error
}

// NewLockedBytes returns size zeroed bytes. The system may refuse to lock them (a
// limit on locked memory, see RLIMIT_MEMLOCK): they are given all the same, and
// [LockedBytes.Reason] says why. The error is for having no memory at all.
func NewLockedBytes(size int) (*LockedBytes, error) {
	if size < 1 || size > 1<<20 {
		return nil, fmt.Errorf("locked memory has 1 byte to 1 MiB, not %d", size)
	}
	page := os.Getpagesize()
	pages, err := allocate((size + page - 1) / page * page)
	if err != nil {
		return nil, fmt.Errorf("allocate locked memory: %w", err)
	}
	return &LockedBytes{pages: pages, size: size, reason: errors.Join(lock(pages), noDump(pages))}, nil
}

// Bytes is the memory; nil after Close. A slice of it must not be used after
// Close: the pages are gone then, and touching them ends the program.
func (l *LockedBytes) Bytes() []byte {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.pages == nil {
		return nil
	}
	return l.pages[:l.size:l.size]
}

// Locked reports whether the system promised to keep the memory out of swap and
// dumps.
func (l *LockedBytes) Locked() bool { return l.reason == nil }

// Reason says why the memory is not locked; nil if it is.
func (l *LockedBytes) Reason() error { return l.reason }

// Close wipes the memory and gives it back. Closing again does nothing.
func (l *LockedBytes) Close() error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.pages == nil {
		return nil
	}
	pages := l.pages
	l.pages = nil
	clear(pages)
	if err := free(pages); err != nil {
		return fmt.Errorf("give locked memory back: %w", err)
	}
	return nil
}
