package keys

import (
	"bytes"
	"io"
	"io/fs"
	"os"
)

// Detached reads the file as it is and never writes to it: what would be written
// stays in memory, with the File. It is for looking into a copy that has to stay
// what it is, such as a backup.
func Detached() Option {
	var held *detached
	return func(o *options) {
		o.open = func(name string, _ int) (device, error) {
			if held == nil {
				var err error
				if held, err = detach(name); err != nil {
					return nil, err
				}
			}
			return held, nil
		}
	}
}

// detached is a file's content in memory.
type detached struct {
	fs.FileInfo
	content []byte
}

// detach reads a file. More than a key file and a little is not worth reading.
func detach(name string) (*detached, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	content, err := io.ReadAll(io.LimitReader(f, fileSize+1))
	return &detached{info, content}, err
}

func (d *detached) Size() int64                { return int64(len(d.content)) }
func (d *detached) Stat() (fs.FileInfo, error) { return d, nil }
func (d *detached) Sync() error                { return nil }
func (d *detached) Close() error               { return nil }

func (d *detached) ReadAt(p []byte, at int64) (int, error) {
	return bytes.NewReader(d.content).ReadAt(p, at)
}

func (d *detached) WriteAt(p []byte, at int64) (int, error) {
	if more := int(at) + len(p) - len(d.content); more > 0 {
		d.content = append(d.content, make([]byte, more)...)
	}
	return copy(d.content[at:], p), nil
}

func (d *detached) Truncate(size int64) error {
	d.content = d.content[:min(int(size), len(d.content))]
	return nil
}
