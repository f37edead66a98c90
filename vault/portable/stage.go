package portable

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
)

// A stage is the folder beside the target in which an export comes to be. A
// machine that dies on the way leaves it behind, under a name that begins with
// .ebb-export- and says nothing else.
type stage struct {
	dir     string // where the files are written
	target  string
	emptied bool // the target is an empty folder that has to make room
	files   []string
	folders []string
	bytes   int64
}

func newStage(target string) (*stage, error) {
	target, err := filepath.Abs(target)
	if err != nil {
		return nil, fmt.Errorf("this place cannot be used: %w", withoutPath(err))
	}
	s := &stage{target: target}
	if s.emptied, err = vacant(target); err != nil {
		return nil, err
	}
	s.dir, err = os.MkdirTemp(filepath.Dir(target), ".ebb-export-")
	if err != nil {
		return nil, fmt.Errorf("nothing can be written beside that place: %w", withoutPath(err))
	}
	s.folders = []string{s.dir}
	return s, nil
}

// vacant returns ErrNotEmpty unless there is nothing at the path, or an empty
// folder, which it tells.
func vacant(path string) (emptyFolder bool, err error) {
	info, err := os.Lstat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	if err != nil {
		return false, fmt.Errorf("this place cannot be used: %w", withoutPath(err))
	}
	if !info.IsDir() {
		return false, ErrNotEmpty
	}
	f, err := os.Open(path)
	if err != nil {
		return false, fmt.Errorf("this place cannot be used: %w", withoutPath(err))
	}
	defer f.Close()
	if _, err := f.ReadDir(1); err != io.EOF {
		return false, ErrNotEmpty
	}
	return true, nil
}

// write makes one file; name is relative and may lie in new folders.
func (s *stage) write(name string, content func(io.Writer) error) error {
	path := filepath.Join(s.dir, name)
	if err := s.makeFolders(filepath.Dir(path)); err != nil {
		return err
	}
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return unwritten(err)
	}
	s.files = append(s.files, path)
	counted := &counter{w: f}
	b := bufio.NewWriter(counted)
	err = content(b)
	if err == nil {
		err = b.Flush()
	}
	s.bytes += counted.n
	if closeErr := f.Close(); err == nil {
		err = unwritten(closeErr)
	}
	return err
}

func (s *stage) makeFolders(dir string) error {
	if dir == s.dir {
		return nil
	}
	switch err := os.Mkdir(dir, 0o700); {
	case err == nil:
		s.folders = append(s.folders, dir)
		return nil
	case errors.Is(err, fs.ErrExist):
		return nil
	case !errors.Is(err, fs.ErrNotExist):
		return unwritten(err)
	}
	if err := s.makeFolders(filepath.Dir(dir)); err != nil {
		return err
	}
	return s.makeFolders(dir)
}

// publish brings everything to the disk and gives the folder its name.
func (s *stage) publish() error {
	for _, path := range s.files {
		if err := flush(path, os.O_WRONLY); err != nil {
			return unwritten(err)
		}
	}
	for _, path := range s.folders {
		if err := flushFolder(path); err != nil {
			return unwritten(err)
		}
	}
	if s.emptied {
		// Remove takes away nothing but an empty folder.
		if err := os.Remove(s.target); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return ErrNotEmpty
		}
	}
	if _, err := os.Lstat(s.target); err == nil {
		return ErrNotEmpty // somebody was quicker
	}
	if err := os.Rename(s.dir, s.target); err != nil {
		return unwritten(err)
	}
	if err := flushFolder(filepath.Dir(s.target)); err != nil {
		return unwritten(err)
	}
	return nil
}

// discard takes the unfinished folder away, after a publish that failed late
// too. A folder that already has its name is left.
func (s *stage) discard() error {
	if err := os.RemoveAll(s.dir); err != nil {
		return fmt.Errorf("an unfinished folder is left beside that place: %w", withoutPath(err))
	}
	return nil
}

func flush(path string, mode int) error {
	f, err := os.OpenFile(path, mode, 0)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}

// flushFolder makes names durable. Windows has no such call and needs none.
func flushFolder(path string) error {
	if runtime.GOOS == "windows" {
		return nil
	}
	return flush(path, os.O_RDONLY)
}

func unwritten(err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("this cannot be written: %w", withoutPath(err))
}

// counter counts what is written, and takes the path out of what goes wrong: a long
// text fails in the middle, where the error would pass for one of the text.
type counter struct {
	w io.Writer
	n int64
}

func (c *counter) Write(p []byte) (int, error) {
	n, err := c.w.Write(p)
	c.n += int64(n)
	return n, unwritten(err)
}
