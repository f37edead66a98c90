package drawer

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"testing"
)

// tape is a recording of everything that reached the operating system, and of
// what the drawer promised meanwhile.
type tape struct {
	ops     []taped
	promise promise
}

type taped struct {
	access
	promise promise // in force before the operation
}

// promise is what a power cut may not undo.
type promise struct {
	created      bool
	acknowledged int
	tried        int // the transaction under way, or the last one
	migrations   int // tried
	doing        string
}

func (r *tape) record(a access) (int, error) {
	if a.op != opRead {
		a.data = append([]byte(nil), a.data...)
		r.ops = append(r.ops, taped{a, r.promise})
	}
	return 0, nil
}

// recordLife leads a drawer through everything that writes.
func recordLife(t testing.TB, path string, tears bool) *tape {
	t.Helper()
	ctx := context.Background()
	r := &tape{}
	o := Options{hooks: &hooks{access: r.record, tearsNeighbours: tears}}
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	r.promise.doing = "creating"
	d, err := Create(ctx, path, ledgerID, ledgerKey, ledgerSchema(0), o)
	must(err)
	r.promise.created = true
	for round := range 3 {
		for range 28 {
			r.promise.doing, r.promise.tried = "writing", r.promise.acknowledged+1
			must(post(ctx, d, r.promise.tried))
			r.promise.acknowledged = r.promise.tried
			switch n := r.promise.acknowledged; {
			case n%31 == 0:
				r.promise.doing = "vacuuming"
				must(vacuum(ctx, d))
			case n%13 == 0:
				r.promise.doing = "taking back"
				must(takeBack(ctx, d))
			case n%9 == 0:
				r.promise.doing = "checkpointing"
				must(d.Checkpoint(ctx))
			}
		}
		r.promise.doing = "a long transaction"
		r.promise.tried += 120
		must(postTogether(ctx, d, r.promise.acknowledged, r.promise.tried))
		r.promise.acknowledged = r.promise.tried
		r.promise.doing = "closing"
		must(d.Close())
		r.promise.doing, r.promise.migrations = "migrating", round+1
		d, err = Open(ctx, path, ledgerID, ledgerKey, ledgerSchema(round+1), o)
		must(err)
	}
	must(d.Close())
	return r
}

// postTogether makes all transactions from from+1 to n in one.
func postTogether(ctx context.Context, d *Drawer, from, n int) error {
	return d.Update(ctx, func(tx *Tx) error {
		for k := from + 1; k <= n; k++ {
			if err := postIn(ctx, tx, k); err != nil {
				return err
			}
		}
		return nil
	})
}

// platter is what a device holds: what was synced, and what may still be lost.
type platter struct {
	durable image
	pending [2][]taped
}

func (p *platter) apply(op taped) {
	switch op.op {
	case opCreate:
		p.durable[op.file], p.pending[op.file] = []byte{}, nil
	case opWrite:
		p.pending[op.file] = append(p.pending[op.file], op)
	case opSync:
		for _, w := range p.pending[op.file] {
			p.durable[op.file] = lay(p.durable[op.file], w.offset, w.data)
		}
		p.pending[op.file] = nil
	}
}

// lay writes data at off; a gap before it reads as zeros.
func lay(content []byte, off int64, data []byte) []byte {
	if end := int(off) + len(data); end > len(content) {
		content = append(content, make([]byte, end-len(content))...)
	}
	copy(content[off:], data)
	return content
}

const tornUnit = 512 // bytes that a device writes whole or not at all

// Ways in which what was not synced comes to be lost.
var losses = []struct {
	name string
	// keep decides for the i-th of n writes whether it is there wholly (1), not
	// at all (0), or in some of its parts (-1).
	keep func(r *rand.Rand, i, n int) int
}{
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
	{"in order, then torn", func(r *rand.Rand, i, n int) int {
		if i < n-1-min(n-1, 3) {
			return 1
		}
		return r.IntN(3) - 1
	}},
	{"the first lost, the last there", func(_ *rand.Rand, i, n int) int {
		if i < n/2 {
			return 0
		}
		return 1
	}},
}

// cut returns what the device holds after the power was cut now. With tears, a
// write that is torn spoils the rest of the sectors that it touches.
func (p *platter) cut(r *rand.Rand, loss int, tears bool) (im image, lost int) {
	im = p.durable.clone()
	for role := range im {
		pending := p.pending[role]
		for i, w := range pending {
			keep := losses[loss].keep(r, i, len(pending))
			switch {
			case keep == 1:
				im[role] = lay(im[role], w.offset, w.data)
				continue
			case keep == 0 && r.IntN(2) == 0:
				// The file grew, the data did not get there.
				im[role] = lay(im[role], max(0, min(w.offset+int64(len(w.data)), int64(len(im[role])))), nil)
			case keep == -1:
				im[role] = tear(r, im[role], w, tears)
			}
			lost++
		}
	}
	return im, lost
}

// tear writes some of the units of w.
func tear(r *rand.Rand, content []byte, w taped, tears bool) []byte {
	first, end := w.offset, w.offset+int64(len(w.data))
	if tears {
		for at := first &^ (blockSize - 1); at < end; at += blockSize {
			if r.IntN(3) > 0 {
				continue
			}
			for i := max(at, 0); i < min(at+blockSize, int64(len(content))); i++ {
				if i < first || i >= end {
					content[i] = byte(r.Uint32())
				}
			}
		}
	}
	for at := first; at < end; {
		stop := min((at/tornUnit+1)*tornUnit, end)
		if r.IntN(2) == 0 {
			content = lay(content, at, w.data[at-first:stop-first])
		}
		at = stop
	}
	return content
}

// weight is how much a moment is worth a cut. Pages, frames and filler take many
// operations of which each is like the other; what is decided is decided by a slot
// or a sync.
func (op taped) weight() float64 {
	if op.op == opSync || op.op == opCreate || slotWrite(op.access) {
		return 6
	}
	return 1
}

// The power goes at any moment. What was synced is there; of the rest anything
// may be lost, in any order, in pieces of 512 bytes, and where the device does not
// promise otherwise with its neighbours in the same sector.
func TestPowerLoss(t *testing.T) {
	for _, tears := range []bool{false, true} {
		t.Run(fmt.Sprintf("tears neighbours %v", tears), func(t *testing.T) {
			t.Parallel()
			c := startCampaign(t, fmt.Sprintf("power/tears neighbours %v", tears))
			r := recordLife(t, campaignPath(t), tears)
			path := campaignPath(t)
			cuts := size(20, 300, 5000)
			device := &platter{}
			total, due := 0.0, c.Float64()
			for _, op := range r.ops {
				total += op.weight()
			}
			for i, op := range r.ops {
				device.apply(op)
				after := op.promise
				if i+1 < len(r.ops) {
					after = r.ops[i+1].promise
				}
				// In a long run there is more than one cut behind an operation.
				for due += op.weight() / total * float64(cuts); due >= 1 && c.TimeLeft(); due-- {
					loss := c.IntN(len(losses))
					im, lost := device.cut(c.Rand, loss, tears)
					im.put(t, path)
					note, err := after.inspect(path)
					if err != nil {
						c.failed("operation %d of %d (%d on file %d at %d), %s, %s: %v", i, len(r.ops), op.op, op.file, op.offset, after.doing, losses[loss].name, err)
					}
					c.ran(lost > 0 || op.op != opSync, note)
				}
			}
		})
	}
}

// inspect opens what the power cut left, twice.
func (p promise) inspect(path string) (note string, err error) {
	ctx := context.Background()
	schema := ledgerSchema(p.migrations)
	d, err := Open(ctx, path, ledgerID, ledgerKey, schema, Options{})
	if err != nil {
		if !p.created && (errors.Is(err, ErrUnfinished) || errors.Is(err, ErrDamaged) || errors.Is(err, ErrNotExist)) {
			return "unfinished", nil
		}
		return "refused", fmt.Errorf("opening: %w", err)
	}
	note = "whole"
	if repairs := d.Repairs(); len(repairs) > 0 {
		note = fmt.Sprint(repairs)
	}
	n, err := audit(ctx, d)
	if n != p.acknowledged && n != p.tried {
		err = errors.Join(err, fmt.Errorf("%d transactions, acknowledged %d, tried %d", n, p.acknowledged, p.tried))
	}
	err = errors.Join(err, d.Close())
	if err == nil {
		err = lookAgain(path, schema, n, &watcher{})
	}
	return note, err
}

// Where a device tears neighbours, SQLite writes a commit's last frame twice so
// that no later write shares a sector with the first one. That holds at every
// length of the log, also where SQLite's frames, which are shorter than ours,
// happen to end with a sector.
func TestPowerLossBesideCommit(t *testing.T) {
	t.Parallel()
	c := startCampaign(t, "power/beside a commit")
	ctx := context.Background()
	path := campaignPath(t)
	r := &tape{promise: promise{created: true}}
	o := Options{hooks: &hooks{access: r.record, tearsNeighbours: true}}
	d, err := Create(ctx, path, ledgerID, ledgerKey, ledgerSchema(0), o)
	if err != nil {
		t.Fatal(err)
	}
	device := &platter{}
	played := 0
	play := func(ops []taped) {
		for _, op := range ops {
			device.apply(op)
		}
		played += len(ops)
	}
	play(r.ops)
	random := rand.New(rand.NewPCG(3, 4))
	const frames = 512 // after so many, logical and physical places repeat
	for d.store.frames.committed < frames {
		n := r.promise.acknowledged + 1
		r.promise.tried = n
		if err := post(ctx, d, n); err != nil {
			t.Fatal(err)
		}
		// Cut in the middle of this commit's first frame: the last one of the
		// commit before lies beside it.
		for i, op := range r.ops[played:] {
			if op.op == opWrite && op.file == logFile && op.length == frameRecordSize {
				play(r.ops[played : played+i])
				im := device.durable.clone()
				first := op.offset &^ (blockSize - 1)
				for at := first; at < op.offset; at++ {
					im[logFile][at] = byte(random.Uint32())
				}
				copyPath := campaignPath(t)
				im.put(t, copyPath)
				if _, err := op.promise.inspect(copyPath); err != nil {
					c.failed("beside frame %d: %v", int(op.offset-blockSize)/frameRecordSize, err)
				}
				c.ran(true, "cut")
				break
			}
		}
		play(r.ops[played:])
		r.promise.acknowledged = n
	}
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
}
