package drawer

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"testing"
)

// A stand is a drawer at one moment of its life, as a crash there leaves it.
type stand struct {
	name string
	im   image
	// What it must hold: at least what was acknowledged, at most one whole
	// transaction more.
	low, high int
	pages     int   // of the main file
	ends      []int // last frame of transactions high-len(ends)+1 … high in the log
	settled   bool  // the main file alone is the drawer
	building  bool  // nobody was ever told that it exists
}

// history is everything that was ever written to a drawer.
type history struct {
	watcher
	slots  [2][][]byte           // versions of the state slots, in order
	blocks [2]map[int64][][]byte // versions of pages and frames, by offset
}

func newHistory() *history {
	return &history{blocks: [2]map[int64][][]byte{{}, {}}}
}

func (h *history) options() Options {
	return Options{hooks: &hooks{access: func(a access) (int, error) {
		n, err := h.access(a)
		if err != nil || a.op != opWrite {
			return n, err
		}
		switch {
		case a.file == mainFile && a.length == blockSize && (a.offset == 0 || a.offset == slotStride):
			i := int(a.offset / slotStride)
			h.slots[i] = append(h.slots[i], bytes.Clone(a.data))
		case a.length <= frameRecordSize:
			h.blocks[a.file][a.offset] = append(h.blocks[a.file][a.offset], bytes.Clone(a.data))
		}
		return n, nil
	}}}
}

// revive lets a history that was killed go on.
func (h *history) revive() { h.dead, h.at = false, nil }

// patch is one attack on the files of a bench.
type patch struct {
	t     testing.TB
	b     *bench
	spans []access
	whole [2]bool // the file has another size, is missing or was written anew
}

func (p *patch) write(role fileRole, off int64, data []byte) {
	if _, err := p.b.files[role].WriteAt(data, off); err != nil {
		p.t.Fatal(err)
	}
	p.spans = append(p.spans, access{file: role, offset: off, length: len(data)})
}

func (p *patch) flip(role fileRole, off int64, bit uint) {
	p.write(role, off, []byte{p.b.base[role][off] ^ 1<<bit})
}

func (p *patch) truncate(role fileRole, size int64) {
	p.whole[role] = true
	if err := p.b.files[role].Truncate(size); err != nil {
		p.t.Fatal(err)
	}
}

func (p *patch) replace(role fileRole, content []byte) {
	p.truncate(role, 0)
	p.write(role, 0, content)
}

func (p *patch) remove(role fileRole) {
	p.whole[role] = true
	if err := os.Remove(fileOf(p.b.path, role)); err != nil {
		p.t.Fatal(err)
	}
}

// bench holds one drawer on which attacks are tried, each on the untouched
// original.
type bench struct {
	t     testing.TB
	path  string
	base  image
	files [2]*os.File
}

func newBench(t testing.TB, base image) *bench {
	t.Helper()
	b := &bench{t: t, path: campaignPath(t), base: base}
	base.put(t, b.path)
	for role := range b.files {
		b.reopen(fileRole(role))
	}
	t.Cleanup(func() { b.files[0].Close(); b.files[1].Close() })
	return b
}

func (b *bench) reopen(role fileRole) {
	f, err := os.OpenFile(fileOf(b.path, role), os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		b.t.Fatal(err)
	}
	b.files[role] = f
}

// verdict is what came of an attack.
type verdict struct {
	err      error // why it was refused, or nil
	opened   bool  // it was refused only when it was read
	posted   int
	repairs  []Repair
	sequence uint64
	tabled   bool     // the table of the tags was believed
	written  []access // before the drawer was given out
	again    error    // what was wrong with opening it a second time
}

// try attacks, opens, audits and puts everything back. With again it closes the
// drawer in order and opens it once more.
func (b *bench) try(again bool, attack func(*patch)) (v verdict) {
	p := &patch{t: b.t, b: b}
	attack(p)
	w := &watcher{}
	v = look(b.path, w, again)
	w.written = append(w.written, p.spans...) // both are put back
	for role, f := range b.files {
		if p.whole[role] {
			f.Close()
			if err := os.WriteFile(fileOf(b.path, fileRole(role)), b.base[role], 0o600); err != nil {
				b.t.Fatal(err)
			}
			b.reopen(fileRole(role))
		}
	}
	for _, a := range w.written {
		data := b.base[a.file]
		if a.offset >= int64(len(data)) || p.whole[a.file] {
			continue
		}
		if _, err := b.files[a.file].WriteAt(data[a.offset:min(int64(len(data)), a.offset+int64(a.length))], a.offset); err != nil {
			b.t.Fatal(err)
		}
	}
	for role, f := range b.files {
		if err := f.Truncate(int64(len(b.base[role]))); err != nil {
			b.t.Fatal(err)
		}
	}
	return v
}

// look opens the drawer at path and audits it.
func look(path string, w *watcher, again bool) (v verdict) {
	ctx := context.Background()
	d, err := Open(ctx, path, ledgerID, ledgerKey, ledgerSchema(0), w.options())
	v.written = append(v.written, w.written...) // by opening it
	if err != nil {
		v.err = err
		return v
	}
	v.opened, v.tabled = true, d.store.tabled
	v.repairs, v.sequence = d.Repairs(), d.Sequence()
	v.posted, v.err = audit(ctx, d)
	if !again || v.err != nil {
		w.kill()
		_ = d.Close()
		return v
	}
	if v.again = d.Close(); v.again == nil {
		v.again = lookAgain(path, ledgerSchema(0), v.posted, w)
	}
	return v
}

// lookAgain opens a drawer that was mended and closed in order: nothing is to be
// mended, nothing is written, nothing is lost.
func lookAgain(path string, schema Schema, posted int, w *watcher) error {
	ctx := context.Background()
	before := len(w.written)
	d, err := Open(ctx, path, ledgerID, ledgerKey, schema, w.options())
	if err != nil {
		return fmt.Errorf("second opening: %w", err)
	}
	n, err := audit(ctx, d)
	if repairs := d.Repairs(); len(repairs) > 0 && err == nil {
		err = fmt.Errorf("repairs again: %v", repairs)
	}
	if n != posted && err == nil {
		err = fmt.Errorf("%d transactions, and %d before", n, posted)
	}
	err = errors.Join(err, d.Close())
	if wrote := len(w.written) - before; wrote > 0 && err == nil {
		err = fmt.Errorf("wrote %d times without need", wrote)
	}
	return err
}

// rule says what may come of an attack besides a refusal and the right text.
type rule struct {
	refused  bool // it must be refused
	reported bool // the right text is only right with a repair
	open     bool // it must not be refused
	tail     int  // if not 0: the log was damaged from this frame on
	single   bool // with tail: in this frame only
}

// judge counts a verdict and says what is wrong with it.
func (c *campaign) judge(s *stand, what string, v verdict, r rule) {
	note := "right"
	bad := func(format string, args ...any) {
		c.failed("%s, %s: %s (error %v, posted %d of %d to %d, repairs %v)", s.name, what, fmt.Sprintf(format, args...), v.err, v.posted, s.low, s.high, v.repairs)
		note = "failed"
	}
	switch {
	case errors.Is(v.err, errWrong):
		bad("WRONG DATA")
	case v.err != nil && !errors.Is(v.err, ErrDamaged) && !errors.Is(v.err, ErrUnfinished) && !errors.Is(v.err, ErrNewerSchema):
		bad("refused without a kind")
	case v.err != nil:
		note = "refused"
		if r.open {
			bad("refused what could be mended")
		} else if err := onlyMissingLog(v); err != nil {
			bad("%v", err)
		}
	case s.building:
		bad("opened what was never finished")
	case v.again != nil:
		bad("not settled: %v", v.again)
	case v.posted > s.high:
		bad("more than was ever written")
	case v.posted < s.low:
		note = c.judgeLoss(s, v, r, bad)
	case r.refused:
		bad("not noticed")
	case len(v.repairs) > 0:
		note = "mended"
	case r.reported:
		bad("mended without a word")
	}
	c.ran(true, note)
}

// onlyMissingLog: a drawer that is refused is left as it is. Only a log that is
// not there may be made, and two slots of which one says less may be made alike.
func onlyMissingLog(v verdict) error {
	if v.opened {
		return nil
	}
	for _, a := range v.written {
		if slotWrite(a) {
			continue
		}
		if a.file == mainFile {
			return errors.New("wrote to a drawer that it refused")
		}
		if a.offset == 0 && a.length == diskChunk {
			return nil
		}
		return errors.New("wrote to a log that it refused")
	}
	return nil
}

// judgeLoss: transactions at the end of a bound log may be lost to damage there,
// as the limits say, and then it is said unless it is the very last frame.
func (c *campaign) judgeLoss(s *stand, v verdict, r rule, bad func(string, ...any)) string {
	if r.tail == 0 || len(s.ends) == 0 {
		bad("LOST")
		return "failed"
	}
	first := s.high - len(s.ends) + 1 // transaction of ends[0]
	hit := 0                          // index of the damaged transaction
	for hit < len(s.ends) && s.ends[hit] < r.tail {
		hit++
	}
	last := len(s.ends) - 1
	switch {
	case v.posted != first+hit-1:
		bad("LOST: the damage is in transaction %d", first+hit)
		return "failed"
	case r.single && hit < last && !(hit == last-1 && r.tail == s.ends[hit]):
		bad("LOST: transactions that follow show that it was acknowledged")
		return "failed"
	case len(v.repairs) == 0 && !(r.tail == s.ends[last] || !r.single):
		bad("LOST without a word")
		return "failed"
	}
	return "end of the log lost"
}
