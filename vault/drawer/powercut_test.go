package drawer

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"
)

// recorder notes every physical write and sync, and how many transactions had
// been acknowledged by then.
type recorder struct {
	ops          []recordedOp
	acknowledged int
}

type recordedOp struct {
	access
	data         []byte
	acknowledged int
}

func (r *recorder) access(a access) (int, error) {
	if a.op != opRead {
		r.ops = append(r.ops, recordedOp{a, append([]byte(nil), a.data...), r.acknowledged})
	}
	return 0, nil
}

const sector = 512

// applySome does to image what a power cut leaves of a write that was not synced:
// some of its sectors, chosen by keep.
func applySome(image []byte, op recordedOp, keep func() bool) []byte {
	for len(image) < int(op.offset)+len(op.data) {
		image = append(image, 0)
	}
	for at := int(op.offset); at < int(op.offset)+len(op.data); {
		end := min((at/sector+1)*sector, int(op.offset)+len(op.data))
		if keep() {
			copy(image[at:end], op.data[at-int(op.offset):])
		}
		at = end
	}
	return image
}

// A power cut loses, reorders and tears whatever was not synced; what had been
// acknowledged is there afterwards.
func TestPowerCut(t *testing.T) {
	for _, tears := range []bool{false, true} {
		for _, small := range []bool{false, true} {
			t.Run(fmt.Sprintf("tears neighbours %v, small %v", tears, small), func(t *testing.T) { powerCut(t, tears, small) })
		}
	}
}

func powerCut(t *testing.T, tears, small bool) {
	const cuts = 40
	base := filepath.Join(t.TempDir(), "drawer")
	d := create(t, base, Options{Small: small})
	insert(t, d, "first")
	closeDrawer(t, d)
	start := [2][]byte{}
	for role, suffix := range []string{"", logSuffix} {
		var err error
		if start[role], err = os.ReadFile(base + suffix); err != nil {
			t.Fatal(err)
		}
	}

	r := &recorder{}
	d = open1(t, base, Options{Small: small, hooks: &hooks{access: r.access, tearsNeighbours: tears}})
	var all []string
	for i := range 14 {
		insert(t, d, fmt.Sprint("text ", i))
		all = append(all, fmt.Sprint("text ", i))
		r.acknowledged++
		if i%5 == 3 {
			if err := d.Checkpoint(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
	}
	closeDrawer(t, d)

	random := rand.New(rand.NewPCG(1, 2))
	for n := range cuts {
		cut := len(r.ops) * n / cuts
		durable := [2][]byte{append([]byte(nil), start[0]...), append([]byte(nil), start[1]...)}
		var pending [2][]recordedOp
		acknowledged := 0
		for _, op := range r.ops[:cut] {
			acknowledged = op.acknowledged
			switch op.op {
			case opWrite:
				pending[op.file] = append(pending[op.file], op)
			case opSync:
				for _, w := range pending[op.file] {
					durable[op.file] = applySome(durable[op.file], w, func() bool { return true })
				}
				pending[op.file] = nil
			}
		}
		for role := range pending {
			whole := random.IntN(3)
			for _, w := range pending[role] {
				lost := random.IntN(2) == 0
				durable[role] = applySome(durable[role], w, func() bool {
					if whole == 0 {
						return !lost
					}
					return random.IntN(whole+1) == 0
				})
			}
		}
		path := filepath.Join(t.TempDir(), "cut")
		for role, suffix := range []string{"", logSuffix} {
			if err := os.WriteFile(path+suffix, durable[role], 0o600); err != nil {
				t.Fatal(err)
			}
		}
		mustHoldAs(t, fmt.Sprintf("cut after %d of %d operations", cut, len(r.ops)), path, all[:acknowledged], Options{Small: small})
		_ = os.Remove(path)
		_ = os.Remove(path + logSuffix)
	}
}
