package keys

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"
	"time"
)

// disk is a key file in memory whose power can fail. Only what was synced is
// safe: of what was written since, a failure keeps some sectors and loses others.
type disk struct {
	t       testing.TB
	path    string // an ordinary file that stands in for it in the folder
	durable []byte
	volatil []byte // what a program that runs sees
	budget  int    // bytes that may be written before the power fails; negative: it does not
	dead    bool
	writes  int
	syncs   int
	written int // bytes since the power came on
}

var errPower = errors.New("the power failed")

// newDisk puts content on a disk. The option makes a File use it.
func newDisk(t testing.TB, content []byte) *disk {
	t.Helper()
	path := filepath.Join(t.TempDir(), "keys")
	if err := os.WriteFile(path, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	return &disk{t: t, path: path, durable: bytes.Clone(content), volatil: bytes.Clone(content), budget: -1}
}

// use is the option for Open; the name is only there to be an ordinary file.
func (d *disk) use() Option {
	return func(o *options) {
		o.open = func(string, int) (device, error) { return handle{d}, nil }
	}
}

func (d *disk) open() *File {
	d.t.Helper()
	f, err := Open(d.path, InsecureCheapKDF(), d.use())
	if err != nil {
		d.t.Fatal(err)
	}
	return f
}

// fail lets the power fail after n more bytes.
func (d *disk) fail(n int) { d.budget = n }

// restart brings the power back. Of the sectors written since the last sync, r
// chooses which arrived; without r they arrived in order up to the failure.
func (d *disk) restart(r *rand.Rand) {
	const sector = 512
	if r != nil {
		for at := 0; at < min(len(d.durable), len(d.volatil)); at += sector {
			end := min(at+sector, len(d.durable), len(d.volatil))
			if r.IntN(2) == 0 {
				copy(d.durable[at:end], d.volatil[at:end])
			}
		}
	} else {
		d.durable = bytes.Clone(d.volatil)
	}
	d.volatil = bytes.Clone(d.durable)
	d.budget, d.dead, d.written = -1, false, 0
}

type handle struct{ d *disk }

func (h handle) ReadAt(p []byte, at int64) (int, error) {
	if h.d.dead {
		return 0, errPower
	}
	n := copy(p, h.d.volatil[min(at, int64(len(h.d.volatil))):])
	if n < len(p) {
		return n, io.EOF
	}
	return n, nil
}

func (h handle) WriteAt(p []byte, at int64) (int, error) {
	d := h.d
	if d.dead {
		return 0, errPower
	}
	d.writes++
	n := len(p)
	if d.budget >= 0 && n > d.budget {
		n, d.dead = d.budget, true
	}
	if d.budget >= 0 {
		d.budget -= n
	}
	d.written += n
	if need := int(at) + n; need > len(d.volatil) {
		d.volatil = append(d.volatil, make([]byte, need-len(d.volatil))...)
	}
	copy(d.volatil[at:], p[:n])
	if d.dead {
		return n, errPower
	}
	return n, nil
}

func (h handle) Sync() error {
	if h.d.budget == 0 {
		h.d.dead = true
	}
	if h.d.dead {
		return errPower
	}
	h.d.syncs++
	h.d.durable = bytes.Clone(h.d.volatil)
	return nil
}

func (h handle) Truncate(size int64) error {
	if h.d.dead {
		return errPower
	}
	h.d.volatil = h.d.volatil[:size]
	return nil
}

func (h handle) Close() error { return nil }

func (h handle) Stat() (fs.FileInfo, error) {
	if h.d.dead {
		return nil, errPower
	}
	return info(len(h.d.volatil)), nil
}

type info int64

func (i info) Name() string     { return "keys" }
func (i info) Size() int64      { return int64(i) }
func (info) Mode() fs.FileMode  { return 0o600 }
func (info) ModTime() time.Time { return time.Time{} }
func (info) IsDir() bool        { return false }
func (info) Sys() any           { return nil }

// content reads a key file whole.
func content(t testing.TB, path string) []byte {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// edit changes the state of a key file as somebody would who knows the format:
// with right checksums, and with the right MAC if file is not nil.
func edit(t testing.TB, disk []byte, file *[32]byte, change func(b body)) []byte {
	t.Helper()
	c, err := decodeCopies(disk, true)
	if err != nil {
		t.Fatal(err)
	}
	change(c.body)
	if file != nil {
		copy(c.body[macAt:], fileMAC(c.body, file))
	}
	c.body.sum()
	return append(encodeCopy(c.body), encodeCopy(c.body)...)
}
