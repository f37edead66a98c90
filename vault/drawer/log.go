package drawer

import (
	"crypto/rand"
	"encoding/binary"
)

// Sizes of the write-ahead log. SQLite sees a header of 32 bytes and frames of
// 24 + 4096 right behind each other. On disk the header is sealed in a block of
// its own, together with the log's id and the state and pages it was begun on, and
// each frame is one sealed record.
const (
	logHeaderSize   = 32
	frameHeaderSize = 24
	frameSize       = frameHeaderSize + pageSize
	frameRecordSize = frameSize + recordOverhead

	logIDSize       = 16
	sealedLogHeader = logHeaderSize + logIDSize + 8 + tagSize
)

// logID is the random name of one generation of the log. It goes into what every
// frame authenticates, so that no frame of an earlier generation passes.
type logID [logIDSize]byte

// frameAt returns where a frame, counted from 1, lies in the log file.
func frameAt(number int) int64 { return blockSize + int64(number-1)*frameRecordSize }

// frame is what is remembered of a frame on disk.
type frame struct {
	tag        tag
	page       uint32 // counted from 1, as SQLite counts
	pagesAfter uint32 // of the database, if the frame ends a commit; else 0
}

// frames is what the log file holds, as far as it is known to be authentic.
type frames struct {
	exists    bool // the log has a header
	id        logID
	base      uint64 // sequence of the state on which this generation was begun
	root      tag    // of the main file then: the frames mean nothing on any other
	header    [logHeaderSize]byte
	list      []frame
	committed int   // up to the last commit that is on the device
	flushed   int   // of those, how many are known to be in the main file too
	used      int64 // physical end of what was ever written in this run
	latest    int   // the frame that was written last, if that was since a sync
	unsynced  bool

	// The frame that is being put together: SQLite hands over its header and its
	// page one after the other, sometimes in smaller pieces.
	pending int // its number, or 0
	have    int // how much of it is here

	// SQLite asked for a sync in the middle of a frame: the rest of the frame is
	// to be on the device before a commit is acknowledged, or the frame's torn
	// write might take the end of the commit with it.
	halved bool

	kept    kept
	record  [frameRecordSize]byte // for sealing; and for building what is not kept
	reading [frameRecordSize]byte
}

// build returns the place where a frame is put together.
func (f *frames) build(number int) []byte {
	if place := f.kept.frame(number); place != nil {
		return place
	}
	return f.record[:frameSize]
}

// pagesAfter returns the number of pages of the database after the last commit.
func (f *frames) pagesAfter() uint32 {
	if f.committed == 0 {
		return 0
	}
	return f.list[f.committed-1].pagesAfter
}

// settle is called when the log is on the device. What counts from then on ends
// with the frame that was written last, if that one ends a commit: any behind it,
// or a commit that SQLite gave up before it came to its end, was taken back.
func (f *frames) settle() {
	if n := f.latest; n > f.committed && f.list[n-1].pagesAfter != 0 {
		f.committed, f.list = n, f.list[:n]
	}
	f.latest, f.unsynced = 0, false
}

// giveUp is called when reading, writing or syncing the log failed. SQLite then
// takes the transaction back, so its frames count for nothing.
func (f *frames) giveUp() {
	f.list = f.list[:f.committed]
	f.latest, f.pending, f.halved = 0, 0, false
}

// replaces is called before the frame of this number is written. Only frames of
// the transaction that is under way are ever written again, or of one that
// SQLite took back after we had called it committed.
func (f *frames) replaces(number int) {
	for f.committed >= number || f.committed > 0 && f.list[f.committed-1].pagesAfter == 0 {
		f.committed--
	}
	f.flushed = min(f.flushed, f.committed)
}

// logicalSize is the size of the log as SQLite sees it.
func (f *frames) logicalSize() int64 {
	if !f.exists {
		return 0
	}
	return logHeaderSize + int64(len(f.list))*frameSize
}

// locate turns SQLite's offset into a frame number and an offset in the frame.
func locate(off int64) (number, in int) {
	off -= logHeaderSize
	return int(off/frameSize) + 1, int(off % frameSize)
}

// readLog reads as SQLite sees the log, and reports how many bytes there were.
func (s *store) readLog(p []byte, off int64) (int, error) {
	f := &s.frames
	if off+int64(len(p)) > f.logicalSize() {
		clear(p)
		return 0, nil
	}
	if off+int64(len(p)) <= logHeaderSize {
		return copy(p, f.header[off:]), nil
	}
	number, in := locate(off)
	if off < logHeaderSize || in+len(p) > frameSize {
		return 0, errUnaligned
	}
	if err := s.finishPending(); err != nil {
		return 0, err
	}
	if place := f.kept.frame(number); place != nil {
		return copy(p, place[in:]), nil
	}
	if err := s.readFrame(f.reading[:], number); err != nil {
		f.giveUp()
		clear(p)
		return 0, err
	}
	return copy(p, f.reading[in:frameSize]), nil
}

// readFrame reads a frame that the log is known to hold and opens it in record.
func (s *store) readFrame(record []byte, number int) error {
	sealed, err := s.log.fetch(record, frameAt(number))
	if err != nil {
		return damagedIfShort(err)
	}
	if recordTag(sealed) != s.frames.list[number-1].tag || !s.records.openTo(record, sealed, s.frameAddress(number)) {
		return ErrDamaged
	}
	return nil
}

func (s *store) frameAddress(number int) address {
	return address{kind: frameRecord, number: uint64(number), log: &s.frames.id}
}

// writeLog writes as SQLite sees the log.
func (s *store) writeLog(p []byte, off int64) error {
	if off == 0 && len(p) == logHeaderSize {
		return s.beginLog(p)
	}
	f := &s.frames
	number, in := locate(off)
	if !f.exists || off < logHeaderSize || in+len(p) > frameSize || number > len(f.list)+1 {
		return errUnaligned
	}
	if f.pending != number || f.have != in {
		if err := s.finishPending(); err != nil {
			return err
		}
		if in > 0 { // a part of a frame that is there already
			if number > len(f.list) {
				return errUnaligned
			}
			if !f.kept.has(number) {
				if err := s.readFrame(f.record[:], number); err != nil {
					return err
				}
			}
			copy(f.build(number)[in:], p)
			return s.endFrame(number)
		}
		f.pending, f.have = number, 0
	}
	f.have += copy(f.build(number)[in:], p)
	if f.have < frameSize {
		return nil
	}
	f.pending = 0
	return s.endFrame(number)
}

// endFrame writes a frame of which the last part came.
func (s *store) endFrame(number int) error {
	if err := s.writeFrame(number); err != nil || !s.frames.halved {
		return err
	}
	return s.syncLog()
}

// finishPending writes the frame that was being put together, if it is one of
// which only the header changes. The beginning of a new frame that was never
// finished is forgotten: SQLite gave it up.
func (s *store) finishPending() error {
	f := &s.frames
	number := f.pending
	f.pending = 0
	if number == 0 || number > len(f.list) {
		return nil
	}
	if !f.kept.has(number) {
		if err := s.readFrame(f.reading[:], number); err != nil {
			return err
		}
		copy(f.record[f.have:frameSize], f.reading[f.have:frameSize])
	}
	return s.writeFrame(number)
}

// writeFrame seals the frame that was built and writes it.
func (s *store) writeFrame(number int) error {
	f := &s.frames
	plain := f.build(number)
	page, pagesAfter := binary.BigEndian.Uint32(plain), binary.BigEndian.Uint32(plain[4:])
	s.records.seal(f.record[:], plain, s.frameAddress(number))
	f.replaces(number)
	f.unsynced = true
	f.used = max(f.used, frameAt(number+1))
	if err := s.log.write(f.record[:], frameAt(number)); err != nil {
		f.giveUp()
		return err
	}
	entry := frame{recordTag(f.record[:]), page, pagesAfter}
	if number > len(f.list) {
		f.list = append(f.list, entry)
	} else {
		f.list[number-1] = entry
	}
	f.latest = number
	return nil
}

// beginLog begins a new generation of the log with SQLite's header p.
func (s *store) beginLog(p []byte) error {
	if err := s.mayBeginLog(); err != nil {
		return err
	}
	f := &s.frames
	f.exists, f.pending, f.unsynced = false, 0, true
	f.list, f.committed, f.flushed, f.latest = f.list[:0], 0, 0, 0
	f.kept.first = 1
	copy(f.header[:], p)
	rand.Read(f.id[:])
	f.base, f.root = s.state.sequence, s.state.root

	var record [sealedLogHeader + recordOverhead]byte
	copy(record[:], p)
	copy(record[logHeaderSize:], f.id[:])
	binary.BigEndian.PutUint64(record[logHeaderSize+logIDSize:], f.base)
	copy(record[logHeaderSize+logIDSize+8:], f.root[:])
	s.records.seal(record[:], record[:sealedLogHeader], address{kind: logHeaderRecord})
	f.used = max(f.used, blockSize)
	if err := s.log.write(record[:], 0); err != nil {
		return err
	}
	f.exists = true
	return nil
}

// truncateLog is SQLite's way to say that it no longer needs the frames from
// there on. The bytes stay where they are.
func (s *store) truncateLog(size int64) error {
	f := &s.frames
	f.pending = 0
	if size < logHeaderSize {
		if err := s.mayBeginLog(); err != nil {
			return err
		}
		f.exists, f.list, f.committed, f.flushed = false, f.list[:0], 0, 0
		return nil
	}
	number, in := locate(size)
	if in != 0 || number-1 < f.committed {
		return errUnaligned
	}
	f.list = f.list[:min(len(f.list), number-1)]
	return nil
}
