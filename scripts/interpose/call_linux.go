package interpose

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/sys/unix"
)

// Op is what a call does.
type Op uint8

// The kinds of calls.
const (
	Open   Op = iota + 1 // a file or folder that is there
	Create               // a file that is not there, or what is in it is thrown away
	Read
	Write
	Sync // a file's content, or the names in a folder
	Truncate
	Rename
	Remove
	Mkdir
	Touch // times
	List  // names in a folder
	Stat
)

var opNames = [...]string{"", "open", "create", "read", "write", "sync", "truncate", "rename", "remove", "mkdir", "touch", "list", "stat"}

func (o Op) String() string { return opNames[o] }

// Changes reports whether a call of this kind changes what is on a disk.
func (o Op) Changes() bool {
	switch o {
	case Create, Write, Truncate, Rename, Remove, Mkdir, Touch:
		return true
	}
	return false
}

// A Call is a system call that is about to be made.
type Call struct {
	Op     Op
	Path   string // of the file or folder: absolute
	To     string // Rename: the new path
	File   uint64 // Read, Write, Sync, Truncate: the inode number
	Folder bool   // Sync, Remove: it is a folder
	Offset int64  // Write
	Size   int64  // Truncate: the new size; Read, Write: how many bytes
	Data   []byte // Write: what is to be written
}

// A systemCall is how the kernel knows a call, and where its arguments are.
type systemCall struct {
	number uintptr
	op     Op
	by     arguments
}

type arguments uint8

const (
	byFile    arguments = iota // an open file
	byPath                     // a folder's descriptor and a path
	byPlace                    // as byFile, with a buffer, a length and an offset
	byStream                   // as byPlace, at the file's own offset
	byRename                   // twice byPath
	noAnswer                   // does what another call does too: there is no such call, so that the other is made
	byOldPath                  // a path alone
)

// calls are those that Go and the C library make on files.
var calls = append([]systemCall{
	{unix.SYS_OPENAT, Open, byPath},
	{unix.SYS_PREAD64, Read, byPlace},
	{unix.SYS_READ, Read, byStream},
	{unix.SYS_PWRITE64, Write, byPlace},
	{unix.SYS_WRITE, Write, byStream},
	{unix.SYS_FSYNC, Sync, byFile},
	{unix.SYS_FDATASYNC, Sync, byFile},
	{unix.SYS_FTRUNCATE, Truncate, byFile},
	{unix.SYS_RENAMEAT, Rename, byRename},
	{unix.SYS_RENAMEAT2, Rename, byRename},
	{unix.SYS_UNLINKAT, Remove, byPath},
	{unix.SYS_MKDIRAT, Mkdir, byPath},
	{unix.SYS_UTIMENSAT, Touch, byPath},
	{unix.SYS_GETDENTS64, List, byFile},
	{unix.SYS_COPY_FILE_RANGE, 0, noAnswer},
	{unix.SYS_SENDFILE, 0, noAnswer},
	{unix.SYS_SPLICE, 0, noAnswer},
	{unix.SYS_PWRITEV, 0, noAnswer},
	{unix.SYS_FALLOCATE, 0, noAnswer},
	{unix.SYS_LINKAT, 0, noAnswer},
}, callsHere...)

// read describes a call; ours says that it is about a file below root.
func (w *watched) read(n notification) (c Call, ours, refuse bool) {
	var s systemCall
	for _, s = range calls {
		if s.number == uintptr(n.number) {
			break
		}
	}
	a := n.arguments
	c.Op = s.op
	switch s.by {
	case noAnswer:
		return c, false, true
	case byFile, byPlace, byStream:
		fd := int(int32(a[0]))
		if c.Path = nameOf(fd); !w.below(c.Path) {
			return c, false, false
		}
		w.fill(&c, s, fd, a)
	case byPath:
		c.Path = w.pathAt(a[0], a[1])
	case byOldPath:
		c.Path = w.pathAt(uint64(unix.AT_FDCWD&(1<<32-1)), a[0])
	case byRename:
		c.Path, c.To = w.pathAt(a[0], a[1]), w.pathAt(a[2], a[3])
		return c, w.below(c.Path) || w.below(c.To), false
	}
	if !w.below(c.Path) {
		return c, false, false
	}
	switch {
	case c.Op == Open && a[2]&unix.O_TRUNC != 0:
		c.Op = Create
	case c.Op == Open && a[2]&unix.O_CREAT != 0:
		if _, err := os.Lstat(c.Path); err != nil {
			c.Op = Create
		}
	case c.Op == Remove:
		c.Folder = a[2]&unix.AT_REMOVEDIR != 0
	}
	return c, true, false
}

func (w *watched) below(path string) bool {
	return path == w.root || strings.HasPrefix(path, w.root+"/")
}

// fill adds what is to be known of a call on an open file.
func (w *watched) fill(c *Call, s systemCall, fd int, a [6]uint64) {
	var info unix.Stat_t
	if unix.Fstat(fd, &info) == nil {
		c.File, c.Folder = info.Ino, info.Mode&unix.S_IFMT == unix.S_IFDIR
	}
	switch {
	case c.Op == Truncate:
		c.Size = int64(a[1])
	case s.by == byPlace:
		c.Size, c.Offset = int64(a[2]), int64(a[3])
	case s.by == byStream:
		c.Size = int64(a[2])
		if at, err := unix.Seek(fd, 0, 1); err == nil {
			c.Offset = at
		}
	}
	if c.Op == Write {
		c.Data = memory(a[1], int(c.Size))
	}
}

// nameOf is the path of an open file; "" if it has none.
func nameOf(fd int) string {
	name, err := os.Readlink("/proc/self/fd/" + strconv.Itoa(fd))
	if err != nil {
		return ""
	}
	return name
}

// pathAt reads a path from the thread's memory.
func (w *watched) pathAt(folder, address uint64) string {
	path := text(address)
	if filepath.IsAbs(path) {
		return filepath.Clean(path)
	}
	if fd := int32(folder); fd != unix.AT_FDCWD {
		if path == "" { // AT_EMPTY_PATH: the file itself
			return nameOf(int(fd))
		}
		return filepath.Join(nameOf(int(fd)), path)
	}
	absolute, err := filepath.Abs(path)
	if err != nil {
		return ""
	}
	return absolute
}

// memory copies n bytes of this process.
func memory(address uint64, n int) []byte {
	if n == 0 || address == 0 {
		return nil
	}
	p := make([]byte, n)
	local := []unix.Iovec{{Base: &p[0]}}
	local[0].SetLen(n)
	got, err := unix.ProcessVMReadv(os.Getpid(), local, []unix.RemoteIovec{{Base: uintptr(address), Len: n}}, 0)
	if err != nil {
		return nil
	}
	return p[:got]
}

// text copies a string of C's.
func text(address uint64) string {
	const page = 4096
	var s []byte
	for len(s) < unix.PathMax {
		p := memory(address, int(page-address%page)) // never past the end of what may be read
		if len(p) == 0 {
			return string(s)
		}
		if i := strings.IndexByte(string(p), 0); i >= 0 {
			return string(append(s, p[:i]...))
		}
		s, address = append(s, p...), address+uint64(len(p))
	}
	return string(s)
}
