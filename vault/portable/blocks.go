package portable

import (
	"bufio"
	"bytes"
	"io"
)

// blocks parts a text into stretches that begin with lines of one kind: the
// entries of a journal, the days of a month. It keeps one stretch in memory, and
// of that no more than a limit, however long the lines are.
type blocks struct {
	r      *bufio.Reader
	begins func(line []byte) bool // sees at most lineHead bytes of a line
	limit  int
	buf    bytes.Buffer
	ahead  []byte // the beginning of the next stretch, read already
	inLine bool   // what was read last did not end its line
	done   bool
}

// lineHead is how much of a line is looked at to tell whether a stretch begins.
const lineHead = 128

func newBlocks(r io.Reader, limit int, begins func(line []byte) bool) *blocks {
	return &blocks{r: bufio.NewReaderSize(r, 64<<10), begins: begins, limit: limit}
}

// next returns the next stretch, valid until the next call, and io.EOF behind the
// last. headed is false for what stands in front of the first line that begins
// one. over tells that the stretch was longer than the limit; its end is dropped.
func (b *blocks) next() (text []byte, headed, over bool, err error) {
	if b.done {
		return nil, false, false, io.EOF
	}
	b.buf.Reset()
	if b.ahead != nil {
		over = b.keep(b.ahead)
		headed, b.ahead = true, nil
	}
	for {
		piece, err := b.r.ReadSlice('\n')
		if err != nil && err != bufio.ErrBufferFull && err != io.EOF {
			return nil, false, false, err
		}
		if !b.inLine && b.begins(piece[:min(len(piece), lineHead)]) {
			b.inLine = err == bufio.ErrBufferFull
			if !headed && b.buf.Len() == 0 {
				headed = true // nothing stands in front of it
			} else {
				b.ahead = bytes.Clone(piece)
				return b.buf.Bytes(), headed, over, nil
			}
		}
		b.inLine = err == bufio.ErrBufferFull
		over = b.keep(piece) || over
		if err == io.EOF {
			b.done = true
			if !headed && b.buf.Len() == 0 {
				return nil, false, false, io.EOF
			}
			return b.buf.Bytes(), headed, over, nil
		}
	}
}

func (b *blocks) keep(piece []byte) (over bool) {
	room := b.limit - b.buf.Len()
	b.buf.Write(piece[:min(len(piece), room)])
	return len(piece) > room
}
