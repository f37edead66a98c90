package page

import "sync"

// Turns lets writes of one entry run one after the other, in the order in which
// they were asked for: a draft that comes late must not stand over the words that
// were kept after it.
type Turns struct{ last <-chan struct{} }

// Next takes the next turn, on the main goroutine. What it returns waits, on any
// goroutine, for the turns before it and then runs a write; it may be called again
// if the write failed.
func (t *Turns) Next() func(write func() error) error {
	before, over := t.last, make(chan struct{})
	t.last = over
	end := sync.OnceFunc(func() { close(over) })
	return func(write func() error) error {
		if before != nil {
			<-before
		}
		defer end()
		return write()
	}
}
