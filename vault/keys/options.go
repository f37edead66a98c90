package keys

import (
	"io"
	"io/fs"
	"os"
)

// Option changes how a key file is read or made.
type Option func(*options)

type options struct {
	memory   Memory
	insecure bool
	open     func(name string, flag int) (device, error)
}

// WithMemory lets seeds and rings live in memory from m instead of the ordinary
// one.
func WithMemory(m Memory) Option { return func(o *options) { o.memory = m } }

// InsecureCheapKDF accepts parameters below [Floor], for tests that open a file
// thousands of times. Neither the window nor a command ever passes it.
func InsecureCheapKDF() Option { return func(o *options) { o.insecure = true } }

func newOptions(opts []Option) options {
	o := options{memory: heapMemory, open: openDevice}
	for _, set := range opts {
		set(&o)
	}
	return o
}

// device is the open key file; tests put one in its place that stops in the
// middle of a write.
type device interface {
	io.ReaderAt
	io.WriterAt
	Stat() (fs.FileInfo, error)
	Truncate(size int64) error
	Sync() error
	Close() error
}

func openDevice(name string, flag int) (device, error) { return os.OpenFile(name, flag, 0o600) }
