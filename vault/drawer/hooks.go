package drawer

// Test hooks.
//
// A test sets Options.hooks (it is unexported, so only tests of this package
// can) to watch, to record or to break every physical access to a drawer's two
// files, or to pretend that the device tears what lies beside a write:
//
//	d, err := Open(ctx, path, id, key, schema, Options{hooks: &hooks{access: func(a access) (int, error) {
//		if a.op == opSync && a.file == logFile {
//			return 0, syscall.EIO
//		}
//		return a.length, nil
//	}}})
//
// access is called before the operation takes place, in the order in which the
// operations reach the operating system, always by one goroutine at a time.
//   - To let it happen, return (anything, nil).
//   - To make it fail, return an error: syscall.EIO, syscall.ENOSPC or any other.
//     A write that fails still writes the first n bytes that were returned: a
//     short write. All other operations that fail do nothing.
//
// Every byte that a drawer reads or writes passes here: SQLite's pages and
// frames, state slots, random filler, and what Create, Open, Check and Close do
// beside SQLite. A crash simulator therefore needs nothing else: a file's content
// is its writes in order, and everything before an opSync of that file is
// durable. Files only ever grow by writes at or before their end; nothing is
// truncated (except by Create, which begins with opCreate: an empty file), renamed
// or deleted. Even and Placeholder work on closed drawers and are not watched.
type hooks struct {
	access func(access) (n int, err error)

	// tearsNeighbours says that a write which is cut off may damage other bytes
	// of the same 4 KiB sector: SQLite then takes nothing for safe that shares a
	// sector with a later write (POWERSAFE_OVERWRITE off).
	tearsNeighbours bool
}

type operation uint8

const (
	opCreate operation = iota + 1 // the file is made anew, empty
	opRead
	opWrite
	opSync
)

// fileRole tells the two files of a drawer apart.
type fileRole uint8

const (
	mainFile fileRole = iota
	logFile
)

// access is one physical operation.
type access struct {
	op     operation
	file   fileRole
	offset int64
	length int
	data   []byte // what is to be written; valid during the call only
}

func (h *hooks) before(a access) (int, error) {
	if h == nil || h.access == nil {
		return a.length, nil
	}
	return h.access(a)
}
