package interpose

import (
	"bytes"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// A Device is what a disk holds while a tape is played on it: what is certain, and
// what a power cut may still take back.
type Device struct {
	path  string
	root  *node
	moves []move // changes of names that are not certain yet, in order
}

// A node is a file or a folder, whatever its name.
type node struct {
	names map[string]*node // a folder's, as the program sees them
	safe  map[string]*node // and as they are after any cut

	content []byte // a file's that is certain
	pending []Call // and what was written to it since
}

func newFolder() *node { return &node{names: map[string]*node{}, safe: map[string]*node{}} }

func (n *node) folder() bool { return n.names != nil }

// A move is one change of names: what has the name from loses it, and node gets
// the name to.
type move struct {
	node     *node
	from, to name
}

type name struct {
	in   *node // nil: there is no such side
	name string
}

func (m move) touches(folder *node) bool { return m.from.in == folder || m.to.in == folder }

// apply makes the change in the names that of gives for a folder.
func (m move) apply(of func(*node) map[string]*node) {
	if m.from.in != nil {
		delete(of(m.from.in), m.from.name)
	}
	if m.to.in != nil {
		of(m.to.in)[m.to.name] = m.node
	}
}

func seen(n *node) map[string]*node    { return n.names }
func certain(n *node) map[string]*node { return n.safe }

// Device returns the device as it was when the tape began.
func (t *Tape) Device() *Device {
	d := &Device{path: t.root, root: newFolder()}
	for _, path := range slices.Sorted(maps.Keys(t.start)) { // folders before what is in them
		if path == t.root {
			continue
		}
		n := &node{content: bytes.Clone(t.start[path])}
		if t.start[path] == nil {
			n = newFolder()
		}
		at := d.place(path)
		at.in.names[at.name], at.in.safe[at.name] = n, n
	}
	return d
}

// place finds the folder of a path.
func (d *Device) place(path string) name {
	folder := d.find(filepath.Dir(path))
	if folder == nil || !folder.folder() {
		return name{}
	}
	return name{folder, filepath.Base(path)}
}

func (d *Device) find(path string) *node {
	at := d.root
	for _, part := range strings.Split(strings.TrimPrefix(strings.TrimPrefix(path, d.path), "/"), "/") {
		if part != "" && at != nil {
			at = at.names[part] // none in a file
		}
	}
	return at
}

// Play does one call.
func (d *Device) Play(c Call) {
	n := d.find(c.Path)
	switch c.Op {
	case Create, Mkdir:
		switch {
		case n == nil && c.Op == Mkdir:
			d.move(move{node: newFolder(), to: d.place(c.Path)})
		case n == nil:
			d.move(move{node: &node{}, to: d.place(c.Path)})
		case c.Op == Create:
			n.pending = append(n.pending, Call{Op: Truncate})
		}
	case Write, Truncate:
		if n != nil { // else it was removed, and is still open
			n.pending = append(n.pending, c)
		}
	case Rename:
		if n != nil {
			d.move(move{n, d.place(c.Path), d.place(c.To)})
		}
	case Remove:
		if n != nil {
			d.move(move{node: n, from: d.place(c.Path)})
		}
	case Sync:
		if n == nil {
			return
		}
		if n.folder() {
			d.settle(n)
			return
		}
		for _, w := range n.pending {
			n.content = w.lay(n.content)
		}
		n.pending = nil
	}
}

func (d *Device) move(m move) {
	m.apply(seen)
	d.moves = append(d.moves, m)
}

// settle makes the changes of names in a folder certain, and earlier ones of the
// same files elsewhere: a journal keeps its order.
func (d *Device) settle(folder *node) {
	var left []move
	for i, m := range d.moves {
		again := slices.ContainsFunc(d.moves[i+1:], func(l move) bool { return l.node == m.node && l.touches(folder) })
		if m.touches(folder) || again {
			m.apply(certain)
		} else {
			left = append(left, m)
		}
	}
	d.moves = left
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
	// keep decides for the i-th of n changes whether it is there wholly (1), not at
	// all (0) or in some of its parts (-1).
	keep func(r *rand.Rand, i, n int) int
}

// Losses are the ways.
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
// of the tape's, and returns how many changes it took back or tore. Names are lost
// from some change on, as with a journal, or here and there, as without one.
func (d *Device) Cut(r *rand.Rand, loss Loss, to string) (lost int, err error) {
	names := map[*node]map[string]*node{}
	of := func(n *node) map[string]*node {
		if names[n] == nil {
			names[n] = maps.Clone(n.safe)
		}
		return names[n]
	}
	journal := r.IntN(2) == 0
	for i, m := range d.moves {
		if loss.keep(r, i, len(d.moves)) == 1 {
			m.apply(of)
			continue
		}
		if lost++; journal {
			lost += len(d.moves) - i - 1
			break
		}
	}
	err = d.root.put(to, of, func(n *node) []byte {
		content, gone := n.cut(r, loss)
		lost += gone
		return content
	})
	return lost, err
}

// Put is a Cut with nothing lost: what the program sees.
func (d *Device) Put(to string) error {
	return d.root.put(to, seen, func(n *node) []byte {
		content := bytes.Clone(n.content)
		for _, w := range n.pending {
			content = w.lay(content)
		}
		return content
	})
}

// put writes a folder's files into the folder to.
func (n *node) put(to string, of func(*node) map[string]*node, content func(*node) []byte) error {
	for _, name := range slices.Sorted(maps.Keys(of(n))) {
		inner, path := of(n)[name], filepath.Join(to, name)
		if !inner.folder() {
			if err := os.WriteFile(path, content(inner), 0o600); err != nil {
				return fmt.Errorf("a file of the cut: %w", err)
			}
			continue
		}
		if err := os.Mkdir(path, 0o700); err != nil {
			return fmt.Errorf("a folder of the cut: %w", err)
		}
		if err := inner.put(path, of, content); err != nil {
			return err
		}
	}
	return nil
}

// cut returns what a power cut leaves of a file, and how many writes it took back
// or tore.
func (n *node) cut(r *rand.Rand, loss Loss) (content []byte, lost int) {
	content = bytes.Clone(n.content)
	for i, w := range n.pending {
		keep := loss.keep(r, i, len(n.pending))
		if w.Op == Truncate && keep == -1 {
			keep = r.IntN(2)
		}
		if keep == 1 {
			content = w.lay(content)
			continue
		}
		lost++
		end := w.Offset + int64(len(w.Data))
		switch {
		case keep == -1:
			content = w.tear(r, content)
		case w.Op == Write && end > int64(len(content)) && r.IntN(2) == 0:
			content = Call{Op: Truncate, Size: end}.lay(content) // the file grew, the data did not get there
		}
	}
	return content, lost
}

// tear writes some of the units of a write.
func (c Call) tear(r *rand.Rand, content []byte) []byte {
	for at, end := c.Offset, c.Offset+int64(len(c.Data)); at < end; {
		stop := min((at/tornUnit+1)*tornUnit, end)
		if r.IntN(2) == 0 {
			content = Call{Op: Write, Offset: at, Data: c.Data[at-c.Offset : stop-c.Offset]}.lay(content)
		}
		at = stop
	}
	return content
}
