package interpose

import (
	"bytes"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// A Tape records the calls by which a folder is changed, and those that make the
// changes last.
type Tape struct {
	root  string
	start map[string][]byte // files that are there at first; folders are nil
	calls []Call
	marks []any
	mark  any
}

// NewTape begins a tape of the folder root as it is.
func NewTape(root string) (*Tape, error) {
	t := &Tape{root: root, start: map[string][]byte{}}
	err := filepath.WalkDir(root, func(path string, e fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if e.IsDir() {
			t.start[path] = nil
			return nil
		}
		t.start[path], err = os.ReadFile(path)
		return err
	})
	return t, err
}

// Mark says what was promised from now on: whatever a cut leaves has to keep it.
func (t *Tape) Mark(promise any) { t.mark = promise }

// Record is a [Decide] that keeps what changes something and lets it take place.
func (t *Tape) Record(c Call) Answer {
	if c.Op.Changes() || c.Op == Sync {
		t.calls, t.marks = append(t.calls, c), append(t.marks, t.mark)
	}
	return Answer{}
}

// Len is the number of calls on the tape, Call the i-th of them.
func (t *Tape) Len() int { return len(t.calls) }

// Call returns the i-th call, and what was promised before it was made.
func (t *Tape) Call(i int) (Call, any) { return t.calls[i], t.marks[i] }

// Promise is what was marked last.
func (t *Tape) Promise() any { return t.mark }

// A Device is what a disk holds while a tape is played on it: what is certain, and
// what a power cut may still take back.
type Device struct {
	root  string
	names map[string]*file // as the program sees them
	safe  map[string]*file // as they are after any cut
	moves []move           // names that are not certain yet, in order
	all   []*file
}

type file struct {
	folder  bool
	safe    []byte
	pending []Call // writes and truncations since the last sync
}

// A move is one change of names.
type move struct {
	op       Op // Create, Mkdir, Rename, Remove
	path, to string
	file     *file
}

// Device returns the device as it was when the tape began.
func (t *Tape) Device() *Device {
	d := &Device{root: t.root, names: map[string]*file{}, safe: map[string]*file{}}
	for path, content := range t.start {
		f := &file{folder: content == nil, safe: bytes.Clone(content)}
		d.names[path], d.safe[path] = f, f
		d.all = append(d.all, f)
	}
	return d
}

// Play does one call.
func (d *Device) Play(c Call) {
	f := d.names[c.Path]
	switch c.Op {
	case Create, Mkdir:
		if f == nil {
			f = &file{folder: c.Op == Mkdir}
			d.all = append(d.all, f)
			d.moved(move{op: c.Op, path: c.Path, file: f})
		} else if c.Op == Create {
			f.pending = append(f.pending, Call{Op: Truncate})
		}
	case Write, Truncate:
		if f == nil { // it was removed, and is still open
			return
		}
		f.pending = append(f.pending, c)
	case Rename, Remove:
		d.moved(move{op: c.Op, path: c.Path, to: c.To, file: f})
	case Sync:
		if c.Folder {
			d.settle(c.Path)
		} else if f != nil {
			for _, w := range f.pending {
				f.safe = w.lay(f.safe)
			}
			f.pending = nil
		}
	}
}

func (d *Device) moved(m move) {
	m.apply(d.names)
	d.moves = append(d.moves, m)
}

// settle makes the changes of names in a folder certain. What they stand on is
// certain then too: a journal keeps its order.
func (d *Device) settle(folder string) {
	var left []move
	for i, m := range d.moves {
		if filepath.Dir(m.path) != folder && (m.op != Rename || filepath.Dir(m.to) != folder) && !stoodOn(m, d.moves[i+1:], folder) {
			left = append(left, m)
			continue
		}
		m.apply(d.safe)
		for i := range left { // what is not certain yet goes along with its folder
			if rest, below := strings.CutPrefix(left[i].path, m.path+"/"); below && m.op == Rename {
				left[i].path = m.to + "/" + rest
			}
		}
	}
	d.moves = left
}

// stoodOn reports whether a later change in the folder is about what m is about.
func stoodOn(m move, later []move, folder string) bool {
	return slices.ContainsFunc(later, func(l move) bool {
		return l.file == m.file && (filepath.Dir(l.path) == folder || l.op == Rename && filepath.Dir(l.to) == folder)
	})
}

func (m move) apply(names map[string]*file) {
	switch m.op {
	case Create, Mkdir:
		if names[filepath.Dir(m.path)] != nil {
			names[m.path] = m.file
		}
	case Remove:
		delete(names, m.path)
	case Rename:
		moved := map[string]*file{}
		for path, f := range names {
			if rest, below := strings.CutPrefix(path, m.path); below && (rest == "" || rest[0] == '/') {
				moved[m.to+rest] = f
				delete(names, path)
			}
		}
		for path, f := range moved {
			names[path] = f
		}
	}
}

// lay does a write or a truncation to content, in place where it can.
func (c Call) lay(content []byte) []byte {
	end := int(c.Offset) + len(c.Data)
	if c.Op == Truncate {
		end = int(c.Size)
	}
	if end > len(content) {
		content = append(content, make([]byte, end-len(content))...)
	}
	if c.Op == Truncate {
		return content[:end]
	}
	copy(content[c.Offset:], c.Data)
	return content
}

// tornUnit is how many bytes a device writes whole or not at all.
const tornUnit = 512

// A Loss is a way in which what was not synced comes to be lost.
type Loss struct {
	Name string
	// keep decides for the i-th of n writes whether it is there wholly (1), not at
	// all (0) or in some of its parts (-1).
	keep func(r *rand.Rand, i, n int) int
}

// Losses are the ways. Each may take the last changes of names with it, or any.
var Losses = []Loss{
	{"everything lost", func(*rand.Rand, int, int) int { return 0 }},
	{"everything there", func(*rand.Rand, int, int) int { return 1 }},
	{"some lost", func(r *rand.Rand, _, _ int) int { return r.IntN(2) }},
	{"some torn", func(r *rand.Rand, _, _ int) int { return r.IntN(3) - 1 }},
	{"all torn", func(*rand.Rand, int, int) int { return -1 }},
	{"the last torn", func(_ *rand.Rand, i, n int) int {
		if i == n-1 {
			return -1
		}
		return 1
	}},
	{"the first lost, the last there", func(_ *rand.Rand, i, n int) int {
		if i < n/2 {
			return 0
		}
		return 1
	}},
}

// Cut puts what a power cut now would leave into the empty folder to, in the place
// of root, and returns how many changes it took back or tore.
func (d *Device) Cut(r *rand.Rand, loss Loss, to string) (lost int, err error) {
	names := map[string]*file{}
	for path, f := range d.safe {
		names[path] = f
	}
	for i, m := range d.moves {
		keep := loss.keep(r, i, len(d.moves)) == 1
		if keep {
			m.apply(names)
		} else {
			lost++
			if r.IntN(2) == 0 { // a journal: nothing comes after what is lost
				lost += len(d.moves) - i - 1
				break
			}
		}
	}
	var paths []string
	for path := range names {
		if path != d.root {
			paths = append(paths, path)
		}
	}
	slices.Sort(paths) // folders before what is in them
	for _, path := range paths {
		f := names[path]
		here := filepath.Join(to, strings.TrimPrefix(path, d.root))
		if f.folder {
			if err := os.Mkdir(here, 0o700); err != nil {
				return lost, err
			}
			continue
		}
		content, gone := f.cut(r, loss)
		lost += gone
		if err := os.WriteFile(here, content, 0o600); err != nil {
			return lost, fmt.Errorf("a file of the cut: %w", err)
		}
	}
	return lost, nil
}

func (f *file) cut(r *rand.Rand, loss Loss) (content []byte, lost int) {
	content = bytes.Clone(f.safe)
	for i, w := range f.pending {
		keep := loss.keep(r, i, len(f.pending))
		if w.Op == Truncate && keep == -1 {
			keep = r.IntN(2)
		}
		switch keep {
		case 1:
			content = w.lay(content)
			continue
		case 0:
			if end := w.Offset + int64(len(w.Data)); w.Op == Write && r.IntN(2) == 0 && end > int64(len(content)) {
				content = Call{Op: Truncate, Size: end}.lay(content) // the file grew, the data did not get there
			}
		case -1:
			for at, end := w.Offset, w.Offset+int64(len(w.Data)); at < end; {
				stop := min((at/tornUnit+1)*tornUnit, end)
				if r.IntN(2) == 0 {
					content = Call{Op: Write, Offset: at, Data: w.Data[at-w.Offset : stop-w.Offset]}.lay(content)
				}
				at = stop
			}
		}
		lost++
	}
	return content, lost
}

// Put is Cut with nothing lost: what the folder holds when the power stays on.
func (d *Device) Put(to string) error {
	_, err := d.Cut(rand.New(rand.NewPCG(0, 0)), Loss{"nothing", func(*rand.Rand, int, int) int { return 1 }}, to)
	return err
}
