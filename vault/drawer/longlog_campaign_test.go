package drawer

import (
	"context"
	"fmt"
	"syscall"
	"testing"
)

// A log grows beyond its smallest class only in one long transaction, or where
// checkpoints fail while commits do not. longLogs makes drawers with such logs, each
// as a kill leaves it.
func longLogs(t testing.TB) (all []*stand) {
	t.Helper()
	ctx := context.Background()
	path := campaignPath(t)
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	d, err := Create(ctx, path, ledgerID, ledgerKey, ledgerSchema(0), Options{})
	must(err)
	must(postUpTo(ctx, d, 0, 10))
	must(d.Close())
	begin := takeImage(t, path)

	// life opens the drawer on a disk that does what disk says, and lets do write.
	life := func(name string, disk func(access) error, do func(d *Drawer, w *watcher) (low, high int)) *stand {
		t.Helper()
		begin.put(t, path)
		w := &watcher{}
		o := Options{hooks: &hooks{access: func(a access) (int, error) {
			if err := disk(a); err != nil {
				return 0, err
			}
			return w.access(a)
		}}}
		d, err := Open(ctx, path, ledgerID, ledgerKey, ledgerSchema(0), o)
		must(err)
		s := &stand{name: name}
		s.low, s.high = do(d, w)
		s.pages = int(d.store.tags.pages())
		s.ends = []int{d.store.frames.committed}
		s.im = crash(t, path, d, w)
		all = append(all, s)
		return s
	}
	works := func(access) error { return nil }
	full := func(a access) error {
		if pageWrite(a) {
			return syscall.ENOSPC
		}
		return nil
	}
	// writes posts transaction by transaction until the log is so long.
	writes := func(length int64) func(*Drawer, *watcher) (int, int) {
		return func(d *Drawer, _ *watcher) (int, int) {
			n := 10
			for d.store.log.size < length || frameAt(d.store.frames.committed+1) < length/2+length/4 {
				n++
				must(post(ctx, d, n))
			}
			return n, n
		}
	}
	// large posts ten transactions, and one more together with much else, in one that
	// is cut off.
	large := func(cut func(int, access) bool) func(*Drawer, *watcher) (int, int) {
		return func(d *Drawer, w *watcher) (int, int) {
			must(postUpTo(ctx, d, 10, 20))
			w.at = cut
			err := d.Update(ctx, func(tx *Tx) error {
				_, err := tx.Exec(ctx, `CREATE TABLE much (b BLOB) STRICT; INSERT INTO much VALUES (randomblob(?)), (randomblob(?))`, smallestClass, smallestClass)
				if err != nil {
					return err
				}
				return postIn(ctx, tx, 21)
			})
			if !w.dead {
				t.Fatalf("the long transaction was not cut off: %v", err)
			}
			return 20, 21
		}
	}
	life("checkpoints fail, two classes", full, writes(2*smallestClass))
	life("checkpoints fail, three classes", full, writes(4*smallestClass))
	// Commits find a disk that works, checkpoints one that cannot declare them, from
	// the first on or after some that could.
	for _, first := range []int{0, 30} {
		name, slots := fmt.Sprintf("checkpoints are not declared, from state %d on", first), 0
		life(name, func(a access) error {
			if slotWrite(a) {
				if slots++; slots > first && (slots-first)%3 == 0 {
					return syscall.EIO
				}
			}
			return full(a)
		}, func(d *Drawer, w *watcher) (int, int) {
			_, n := writes(2*smallestClass)(d, w)
			if !d.store.doubtful {
				t.Fatalf("%s: they are", name)
			}
			return n - 1, n // what was acknowledged last is named with the next commit
		})
	}
	life("a long transaction, before its checkpoint", works, large(nth(1, slotWrite)))
	life("a long transaction, in its checkpoint", works, large(nth(40, pageWrite)))
	life("the log grows", works, large(nth(17, func(a access) bool { return a.op == opWrite && a.file == logFile && a.length == diskChunk })))
	return all
}

// A log that is longer than its smallest class ends anywhere, and all files got one
// size meanwhile or did not: what was acknowledged is there, or the drawer is refused.
func TestTamperLongLog(t *testing.T) {
	t.Parallel()
	c := startCampaign(t, "tamper/long log")
	var attacks []func()
	for _, s := range longLogs(t) {
		b := newBench(t, s.im)
		length := int64(len(s.im[logFile]))
		t.Logf("%-45s log of %d bytes, %d frames count, %d to %d transactions", s.name, length, s.ends[0], s.low, s.high)
		cuts := []int64{length, length - 1, smallestClass + 1, smallestClass, smallestClass - 1}
		for class := int64(2 * smallestClass); class < length; class *= 2 {
			cuts = append(cuts, class-1, class, class+1)
		}
		var more []int64
		for frame := 1; frameAt(frame) < length; frame++ {
			more = append(more, frameAt(frame)-1, frameAt(frame), frameAt(frame)+1, frameAt(frame)+int64(c.IntN(frameRecordSize)))
		}
		for _, cut := range append(cuts, sample(c, more, size(10, 12, len(more)))...) {
			for _, evened := range []bool{false, true} {
				attacks = append(attacks, func() {
					v := b.try(c.IntN(8) == 0, func(p *patch) {
						p.truncate(logFile, cut)
						if evened {
							if err := Even([]string{b.path}, evenTime); err != nil {
								t.Fatal(err)
							}
						}
					})
					c.judge(s, fmt.Sprintf("log of %d bytes cut at %d, evened %v", length, cut, evened), v, rule{open: cut == length})
				})
			}
		}
	}
	c.each(attacks)
}
