package drawer

import (
	"encoding/binary"
	"errors"
	"io"
)

// logImage is what the log file was found to hold.
type logImage struct {
	frames      // exists, id, base, root, header, and the frames up to the last commit
	early  bool // something unreadable lies before frames of the same generation
	cut    bool // and so a transaction that had been acknowledged is lost
	behind int  // how many commits lie behind what is unreadable
}

// readLogImage reads the whole log. Only what authenticates counts: a log whose
// header does not is no log, and of the frames those count that are unbroken up
// to a commit. What follows them is an unfinished transaction, older frames of
// the same generation, or filler.
func (s *store) readLogImage() (*logImage, error) {
	image := &logImage{}
	var record [sealedLogHeader + recordOverhead]byte
	if err := s.log.read(record[:], 0); errors.Is(err, io.ErrUnexpectedEOF) {
		return image, nil
	} else if err != nil {
		return nil, err
	}
	if !s.records.open(record[:], address{kind: logHeaderRecord}) {
		return image, nil
	}
	image.exists = true
	copy(image.header[:], record[:])
	image.id = logID(record[logHeaderSize:])
	image.base = binary.BigEndian.Uint64(record[logHeaderSize+logIDSize:])
	image.root = tag(record[logHeaderSize+logIDSize+8:])

	scan := newLogScan(image)
	defer clear(scan.page[:])
	batch := make([]byte, 64*frameRecordSize)
	whole := int((s.log.size - blockSize) / frameRecordSize) // frames that fit
	for next := 1; next <= whole; {
		b := batch[:min(64, whole-next+1)*frameRecordSize]
		if err := s.log.read(b, frameAt(next)); err != nil {
			return nil, damagedIfShort(err)
		}
		for ; len(b) > 0; b = b[frameRecordSize:] {
			r := b[:frameRecordSize]
			t := recordTag(r)
			if s.records.open(r, address{kind: frameRecord, number: uint64(next), log: &image.id}) {
				scan.add(next, t, r[:frameSize])
			}
			next++
		}
	}
	image.list = image.list[:image.committed]
	return image, nil
}

// logScan follows the frames of a log as SQLite's recovery does: each holds a
// checksum of everything before it, and the salts of the header.
type logScan struct {
	image  *logImage
	broken bool // the chain from the header has ended

	// The last authentic frame, whether or not the chain from the header reaches
	// it.
	number int
	frame  frame
	page   [pageSize]byte
	sum    checksum
}

func newLogScan(image *logImage) *logScan {
	return &logScan{image: image, sum: storedChecksum(image.header[24:])}
}

// add takes the next authentic frame.
func (l *logScan) add(number int, t tag, plain []byte) {
	f := frame{t, binary.BigEndian.Uint32(plain), binary.BigEndian.Uint32(plain[4:])}
	stored := storedChecksum(plain[16:])
	follows := number == l.number+1 && // right behind the one before
		[8]byte(plain[8:]) == [8]byte(l.image.header[16:]) &&
		l.sum.over(l.image.header[:], plain) == stored
	switch {
	case !l.broken && follows:
		l.image.list = append(l.image.list, f)
		if f.pagesAfter != 0 {
			l.image.committed = number
		}
	case !l.broken:
		l.broken = true
		l.image.early = number > len(l.image.list)+1
	}
	// A commit is synced before anything that follows it is written. So if a
	// frame follows one that ends a commit, that commit was acknowledged; only
	// copies of the commit's own last frame, with which SQLite pads to the end
	// of a sector, prove nothing, and are no commits of their own.
	copied := f.page == l.frame.page && f.pagesAfter == l.frame.pagesAfter && [pageSize]byte(plain[frameHeaderSize:]) == l.page
	if l.broken && l.image.early && !copied {
		l.image.cut = l.image.cut || follows && l.frame.pagesAfter != 0
		if f.pagesAfter != 0 {
			l.image.behind++
		}
	}
	l.number, l.frame, l.sum = number, f, stored
	copy(l.page[:], plain[frameHeaderSize:])
}

// checksum is the running checksum of SQLite's write-ahead log ("WAL Format" in
// SQLite's file format documentation).
type checksum [2]uint32

func storedChecksum(b []byte) checksum {
	return checksum{binary.BigEndian.Uint32(b), binary.BigEndian.Uint32(b[4:])}
}

// over continues the checksum over a frame: the first eight bytes of its header
// and its page. The log's header says in which byte order it is computed.
func (c checksum) over(logHeader, plain []byte) checksum {
	var order binary.ByteOrder = binary.LittleEndian
	if logHeader[3]&1 != 0 {
		order = binary.BigEndian
	}
	return c.add(order, plain[:8]).add(order, plain[frameHeaderSize:])
}

func (c checksum) add(order binary.ByteOrder, b []byte) checksum {
	for ; len(b) >= 8; b = b[8:] {
		c[0] += order.Uint32(b) + c[1]
		c[1] += order.Uint32(b[4:]) + c[0]
	}
	return c
}
