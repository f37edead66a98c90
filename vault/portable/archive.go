package portable

import (
	"archive/zip"
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"os"
	"path"
	"slices"
	"strings"
)

// maxMembers is the most files that a zip or folder may list: far above any
// real journal with its photos.
const maxMembers = 500_000

// A stream is one journal file of an export; open may be called more than once.
type stream struct {
	name string // for the order only; never shown
	size int64
	open func() (io.ReadCloser, error)
}

// journals finds the files of an export: the file itself, and of a zip or a
// folder those at the root that wanted names. Nothing is unpacked to disk and no
// other file is opened; other hears the names of those in a zip, unless it is nil.
func journals(file string, wanted func(name string) bool, other func(name string)) ([]stream, io.Closer, error) {
	info, err := os.Stat(file)
	if err != nil {
		return nil, nil, fmt.Errorf("this cannot be opened: %w", withoutPath(err))
	}
	if info.IsDir() {
		return folderJournals(file, wanted)
	}
	if !info.Mode().IsRegular() {
		return nil, nil, ErrFormat
	}
	f, err := os.Open(file)
	if err != nil {
		return nil, nil, fmt.Errorf("this cannot be opened: %w", withoutPath(err))
	}
	var magic [4]byte
	n, _ := io.ReadFull(f, magic[:])
	if bytes.HasPrefix(magic[:n], []byte("PK\x03\x04")) || bytes.HasPrefix(magic[:n], []byte("PK\x05\x06")) {
		streams, err := zipJournals(f, info.Size(), wanted, other)
		if err != nil {
			f.Close()
			return nil, nil, err
		}
		return streams, f, nil
	}
	whole := stream{size: info.Size(), open: func() (io.ReadCloser, error) {
		return io.NopCloser(io.NewSectionReader(f, 0, info.Size())), nil
	}}
	if whole.size > MaxSource {
		f.Close()
		return nil, nil, ErrTooLarge
	}
	return []stream{whole}, f, nil
}

func zipJournals(f *os.File, size int64, wanted func(name string) bool, other func(name string)) ([]stream, error) {
	archive, err := zip.NewReader(f, size)
	// An insecure path is only a name to us: nothing is written anywhere.
	if err != nil && !errors.Is(err, zip.ErrInsecurePath) {
		return nil, fmt.Errorf("%w: the zip cannot be read", ErrDamaged)
	}
	if len(archive.File) > maxMembers {
		return nil, ErrTooLarge
	}
	found := membersAt(archive.File, 0, wanted)
	if len(found) == 0 {
		found = membersAt(archive.File, 1, wanted) // a folder that was packed again
	}
	if len(found) == 0 {
		return nil, fmt.Errorf("%w: the zip holds no journal", ErrFormat)
	}
	var streams []stream
	var total uint64
	for _, member := range found {
		if member.Flags&1 != 0 {
			return nil, ErrLocked
		}
		if member.Method != zip.Store && member.Method != zip.Deflate {
			return nil, fmt.Errorf("%w: the zip is packed in a way that Ebb does not know", ErrFormat)
		}
		if member.UncompressedSize64 > MaxSource {
			return nil, ErrTooLarge
		}
		if total += member.UncompressedSize64; total > MaxSource {
			return nil, ErrTooLarge
		}
		streams = append(streams, stream{member.Name, int64(member.UncompressedSize64), member.Open})
	}
	if other != nil {
		for _, member := range archive.File {
			if member.Mode().IsRegular() && !slices.Contains(found, member) {
				other(member.Name)
			}
		}
	}
	return inOrder(streams), nil
}

// membersAt lists the wanted files that lie that many folders deep.
func membersAt(files []*zip.File, depth int, wanted func(name string) bool) []*zip.File {
	var found []*zip.File
	for _, member := range files {
		name := strings.ReplaceAll(member.Name, `\`, "/")
		if strings.Count(name, "/") == depth && wanted(path.Base(name)) &&
			!strings.HasPrefix(name, "__MACOSX/") && member.Mode().IsRegular() {
			found = append(found, member)
		}
	}
	return found
}

func folderJournals(dir string, wanted func(name string) bool) ([]stream, io.Closer, error) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, nil, fmt.Errorf("this cannot be opened: %w", withoutPath(err))
	}
	streams, err := rootJournals(root, wanted)
	if err != nil {
		root.Close()
		return nil, nil, err
	}
	return streams, root, nil
}

func rootJournals(root *os.Root, wanted func(name string) bool) ([]stream, error) {
	f, err := root.Open(".")
	if err != nil {
		return nil, fmt.Errorf("this cannot be opened: %w", withoutPath(err))
	}
	listed, err := f.ReadDir(maxMembers)
	f.Close()
	if err != nil && err != io.EOF {
		return nil, fmt.Errorf("this cannot be opened: %w", withoutPath(err))
	}
	var streams []stream
	var total int64
	for _, entry := range listed {
		if !entry.Type().IsRegular() || !wanted(entry.Name()) {
			continue
		}
		info, err := entry.Info()
		if err != nil {
			return nil, fmt.Errorf("this cannot be opened: %w", withoutPath(err))
		}
		if total += info.Size(); total > MaxSource {
			return nil, ErrTooLarge
		}
		streams = append(streams, stream{entry.Name(), info.Size(), func() (io.ReadCloser, error) {
			return root.Open(entry.Name())
		}})
	}
	if len(streams) == 0 {
		return nil, fmt.Errorf("%w: the folder holds no journal", ErrFormat)
	}
	return inOrder(streams), nil
}

// isJournal tells whether a file may be a journal. Names that begin with a dot
// are notes of the system.
func isJournal(name string) bool {
	return strings.EqualFold(path.Ext(name), ".json") && !strings.HasPrefix(name, ".")
}

func inOrder(streams []stream) []stream {
	slices.SortStableFunc(streams, func(a, b stream) int { return cmp.Compare(a.name, b.name) })
	return streams
}

// A budget lets a fixed number of bytes through: what a zip or a folder says of
// its sizes need not be true.
type budget struct {
	r    io.Reader
	left *int64
}

func (b budget) Read(p []byte) (int, error) {
	if *b.left <= 0 {
		// One byte more tells the end from too much.
		var one [1]byte
		if n, err := b.r.Read(one[:]); n == 0 {
			return 0, err
		}
		return 0, ErrTooLarge
	}
	if int64(len(p)) > *b.left {
		p = p[:*b.left]
	}
	n, err := b.r.Read(p)
	*b.left -= int64(n)
	return n, err
}
