package portable

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// A textJournal reads text files that hold several entries each, as if they were
// one file.
type textJournal struct {
	ledger
	closer   io.Closer
	parts    []part
	total    int
	position int
	budget   int64
	current  io.ReadCloser
	blocks   *blocks
	ids      identities
	failed   error
}

// A part is one file and the way in which its entries stand in it.
type part struct {
	stream
	begins func(line []byte) bool
	limit  int // the most bytes of one entry as it stands in the file
	// idle tells of what stands in front of the first entry that it says nothing.
	idle func(block []byte) bool
	// entry reads one stretch; headed is false for what stands in front of the
	// first entry. The result is that of dayOneEntry.
	entry func(block []byte, headed bool) (e Entry, left Left, notes []string, reason string)
}

// entries counts the stretches of a part; an idle one without a head is none.
func (p part) entries(left *int64) (n int, err error) {
	r, err := p.open()
	if err != nil {
		return 1, nil // met again, and reported, when it is read
	}
	defer r.Close()
	b := newBlocks(utf8Reader(budget{r, left}), p.limit, p.begins)
	for {
		block, headed, over, err := b.next()
		switch {
		case err == io.EOF:
			return n, nil
		case errors.Is(err, ErrTooLarge):
			return n, err
		case err != nil:
			return n + 1, nil
		case headed || over || !p.idle(block):
			n++
		}
	}
}

func newTextJournal(closer io.Closer, parts []part, left Left) (*textJournal, error) {
	t := &textJournal{ledger: newLedger(), closer: closer, parts: parts, budget: MaxSource, ids: identities{}}
	t.left.addAll(left)
	allowed := int64(MaxSource)
	for _, p := range parts {
		n, err := p.entries(&allowed)
		if err != nil {
			return nil, err
		}
		t.total += n
	}
	return t, nil
}

func (t *textJournal) Total() int { return t.total }

func (t *textJournal) Close() error {
	t.failed = errors.New("the import is closed")
	return errors.Join(t.shut(), t.closer.Close())
}

func (t *textJournal) shut() (err error) {
	if t.current != nil {
		err = t.current.Close()
	}
	t.current, t.blocks = nil, nil
	return err
}

func (t *textJournal) Next(ctx context.Context) (Entry, error) {
	for {
		if t.failed != nil {
			return Entry{}, t.failed
		}
		if err := ctx.Err(); err != nil {
			return Entry{}, err // not kept: the caller may go on
		}
		if len(t.parts) == 0 {
			t.failed = io.EOF
			continue
		}
		block, headed, over, err := t.block()
		switch {
		case err == io.EOF:
			t.parts = t.parts[1:]
			if err := t.shut(); err != nil {
				t.failed = t.after(err)
			}
			continue
		case errors.Is(err, ErrTooLarge):
			t.failed = t.after(err)
			continue
		case err != nil: // this file ends here, the others are read
			t.position++
			t.refuse(t.position, unreadable(err))
			t.parts = t.parts[1:]
			_ = t.shut() // the failure to read is told
			continue
		case !headed && !over && t.parts[0].idle(block):
			continue
		}
		t.position++
		if over {
			t.refuse(t.position, reasonTooLarge)
			continue
		}
		e, left, notes, reason := t.parts[0].entry(block, headed)
		t.left.addAll(left)
		if reason == "" {
			e.SourceID, reason = t.ids.settle(e)
		}
		if reason != "" {
			t.refuse(t.position, reason)
			continue
		}
		for _, note := range notes {
			t.note(t.position, note)
		}
		return e, nil
	}
}

// block returns the next stretch of the present file.
func (t *textJournal) block() (text []byte, headed, over bool, err error) {
	if t.blocks == nil {
		p := t.parts[0]
		r, err := p.open()
		if err != nil {
			return nil, false, false, err
		}
		t.current, t.blocks = r, newBlocks(utf8Reader(budget{r, &t.budget}), p.limit, p.begins)
	}
	return t.blocks.next()
}

// after says behind which entry reading ended.
func (t *textJournal) after(err error) error {
	return fmt.Errorf("after entry %d: %w", t.position, brokenOff(err))
}

// errFolder stands for a folder that cannot be listed.
var errFolder = errors.New("a folder that cannot be opened")

func unreadable(err error) (reason string) {
	if errors.Is(err, errFolder) {
		return reasonFolder
	}
	return reasonUnreadable
}

func isBlank(b []byte) bool { return len(bytes.TrimSpace(b)) == 0 }

// folderStreams finds the wanted files of a folder, in the order of their names,
// and counts the others by kind.
func folderStreams(dir string, wanted func(name string) bool, left Left) ([]stream, io.Closer, error) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, nil, fmt.Errorf("this cannot be opened: %w", withoutPath(err))
	}
	files, err := listFiles(root, wanted, otherKind, MaxSource, left)
	if err != nil {
		root.Close()
		return nil, nil, err
	}
	var streams []stream
	for _, file := range files {
		streams = append(streams, stream{file.name, file.size, func() (io.ReadCloser, error) {
			if file.unreadable {
				return nil, errFolder
			}
			return openRegular(root, file.name)
		}})
	}
	return streams, root, nil
}

// otherKind sorts what lies beside the files of a journal.
func otherKind(name string) string {
	if isText(name) {
		return LeftOthers
	}
	return fileKind(name)
}

// openRegular opens a file that was a regular one when the folder was listed, and
// may be something else by now.
func openRegular(root *os.Root, name string) (*os.File, error) {
	f, err := root.Open(filepath.FromSlash(name))
	if err != nil {
		return nil, err
	}
	info, err := f.Stat()
	if err == nil && !info.Mode().IsRegular() {
		err = fs.ErrInvalid
	}
	if err != nil {
		f.Close()
		return nil, err
	}
	return f, nil
}
