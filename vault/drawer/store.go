package drawer

import (
	"errors"
	"sync/atomic"
)

// pageSize is SQLite's page size, of which it uses all but recordOverhead bytes.
const pageSize = blockSize

// maxPages keeps the main file, header area included, within 1 GiB. Beyond that
// lies the byte range on which SQLite's locks are taken.
const maxPages = (1<<30 - headerSize) / pageSize

// store is a drawer below SQL: the main file and the log, what seals them, and
// the rules that keep them whole. SQLite calls it through vfs.go, always from one
// goroutine at a time; so do Open, Check and Close while no statement runs.
type store struct {
	main, log *disk
	slots     *slots
	records   *records
	tags      *tagSet
	state     state         // the last one that is on the device, or should be
	doubtful  bool          // writing it failed, so the device may say something else
	sequence  atomic.Uint64 // of state, for those who ask meanwhile

	frames   frames  // what the log holds
	covered  pageSet // checkpointing: the pages that the log holds too
	owed     pageSet // those of them not written to the main file yet
	declared int     // committed frames when that was declared
	tabled   bool    // the log file held the table of the tags when the drawer was opened

	salvage *Salvage // what is given up and kept of a damaged log; nil if it is sound

	page  [pageSize]byte // one page, for sealing
	fault error          // what last went wrong below SQLite

	writable   bool         // SQLite may write: from mend or lay until the drawer is given up
	whenLocked func() error // what is done before SQLite sees anything; may be nil
}

func newStore(main, log *disk, id *ID, key *Key) *store {
	return &store{
		main: main, log: log,
		slots:   newSlots(key, id, main),
		records: newRecords(key, id),
		tags:    newTagSet(key, id),
	}
}

var (
	errUnaligned   = errors.New("an access that is not to whole pages or frames")
	errUncovered   = errors.New("a page was to be written that the log does not hold")
	errReservation = errors.New("a page that does not reserve room for its tag")
)

// reservedAt is where a database's first page says how many bytes are reserved
// at the end of each page.
const reservedAt = 20

// pageAt returns where a page lies in the main file.
func pageAt(page uint32) int64 { return headerSize + int64(page)*pageSize }

// readMain reads as SQLite sees the main file, and reports how many bytes there
// were. What follows them in p is zero.
func (s *store) readMain(p []byte, off int64) (int, error) {
	number, in := uint32(off/pageSize), int(off%pageSize)
	if in+len(p) > pageSize {
		return 0, errUnaligned
	}
	if number >= s.tags.pages() {
		clear(p)
		return 0, nil
	}
	if len(p) == pageSize {
		return pageSize, s.readPage(p, number)
	}
	// SQLite looks at the database's header when it opens the file. After a crash
	// during a checkpoint that page may be torn, and the log will mend it: there
	// is no header to see yet.
	if s.tags.unknown.has(number) {
		clear(p)
		return 0, nil
	}
	if err := s.readPage(s.page[:], number); err != nil {
		clear(p)
		return 0, err
	}
	return copy(p, s.page[in:]), nil
}

// readPage reads one whole page into p and opens it there.
func (s *store) readPage(p []byte, number uint32) error {
	sealed, err := s.main.fetch(p[:pageSize], pageAt(number))
	if err != nil {
		return damagedIfShort(err)
	}
	genuine := !s.tags.unknown.has(number) &&
		recordTag(sealed) == s.tags.at(number) &&
		s.records.openTo(p, sealed, address{kind: pageRecord, number: uint64(number)})
	if !genuine || number == 0 && p[reservedAt] != recordOverhead {
		clear(p)
		return ErrDamaged
	}
	clear(p[pageSize-recordOverhead:])
	return nil
}

// writeMain writes whole pages as SQLite sees the main file.
func (s *store) writeMain(p []byte, off int64) error {
	if off%pageSize != 0 || len(p)%pageSize != 0 {
		return errUnaligned
	}
	for number := uint32(off / pageSize); len(p) > 0; number++ {
		if err := s.mayWrite(number); err != nil {
			return err
		}
		if err := s.fillGap(number); err != nil {
			return err
		}
		if err := s.writePage(p[:pageSize], number); err != nil {
			return err
		}
		p = p[pageSize:]
	}
	return nil
}

// fillGap seals pages of zeros from the end to the given page, so that the file
// has no hole in which anything would be accepted.
func (s *store) fillGap(number uint32) error {
	var zero []byte
	for s.tags.pages() < number {
		if zero == nil {
			zero = make([]byte, pageSize)
		}
		if err := s.writePage(zero, s.tags.pages()); err != nil {
			return err
		}
	}
	return nil
}

func (s *store) writePage(p []byte, number uint32) error {
	if number >= maxPages {
		return ErrTooLarge
	}
	if number == 0 && p[reservedAt] != recordOverhead {
		return errReservation
	}
	s.records.seal(s.page[:], p[:pageSize-recordOverhead], address{kind: pageRecord, number: uint64(number)})
	if err := s.main.write(s.page[:], pageAt(number)); err != nil {
		return err
	}
	s.tags.set(number, recordTag(s.page[:]))
	s.owed.remove(number)
	return nil
}

// truncateMain gives the main file this number of pages. What it cuts is
// overwritten with random bytes, and the file keeps its physical size.
func (s *store) truncateMain(pages uint32) error {
	if err := s.fillGap(pages); err != nil {
		return err
	}
	if pages == s.tags.pages() {
		return nil
	}
	if err := s.mayTruncate(pages); err != nil {
		return err
	}
	if err := s.main.scramble(pageAt(pages), pageAt(s.tags.pages())); err != nil {
		return err
	}
	s.tags.cut(pages)
	return nil
}
