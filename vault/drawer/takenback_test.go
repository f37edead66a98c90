package drawer

import (
	"context"
	"errors"
	"syscall"
	"testing"
)

// failing opens a copy of a stand on a disk on which the operation fails for
// which fail says so.
func failing(t *testing.T, s *stand, fail func(access) bool) (*Drawer, string) {
	t.Helper()
	path := campaignPath(t)
	s.im.put(t, path)
	d, err := Open(t.Context(), path, ledgerID, ledgerKey, ledgerSchema(0), Options{hooks: &hooks{access: func(a access) (int, error) {
		if fail(a) {
			return 0, syscall.EIO
		}
		return 0, nil
	}}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { d.Close() })
	return d, path
}

// A commit fails after its last frame was written, but before it is whole. It
// does not count, and neither do its frames when a shorter one takes their place.
func TestShorterCommitAfterOneThatFailed(t *testing.T) {
	ctx := t.Context()
	s := makeStands(t, ledgerID, ledgerKey).named("bound")
	armed := false
	var d *Drawer
	d, path := failing(t, s, func(a access) bool {
		if !armed || a.op != opRead || a.file != logFile {
			return false
		}
		// SQLite reads frames again once it has written the last one.
		if list := d.store.frames.list; list[len(list)-1].pagesAfter == 0 || len(list) == d.store.frames.committed {
			return false
		}
		armed = false
		return true
	})
	if err := d.ownSQL(ctx, "PRAGMA cache_size = 10"); err != nil {
		t.Fatal(err)
	}
	d.store.frames.kept.first = keptFrames + 1 // read every frame from the disk
	armed = true
	err := d.Update(ctx, func(tx *Tx) error {
		for k := s.high + 1; k <= s.high+60; k++ {
			if err := postIn(ctx, tx, k); err != nil {
				return err
			}
		}
		return nil
	})
	if !errors.Is(err, syscall.EIO) || armed {
		t.Fatalf("the long transaction: %v", err)
	}
	if err := post(ctx, d, s.high+1); err != nil {
		t.Fatal(err)
	}
	if d.store.frames.committed != len(d.store.frames.list) {
		t.Errorf("%d frames count, of %d", d.store.frames.committed, len(d.store.frames.list))
	}
	if err := d.Checkpoint(ctx); err != nil {
		t.Error(err)
	}
	if err := d.Close(); err != nil {
		t.Error(err)
	}
	if v := look(path, &watcher{}, true); v.err != nil || v.again != nil || v.posted != s.high+1 {
		t.Errorf("%d transactions, %v, %v; want %d", v.posted, v.err, v.again, s.high+1)
	}
}

// SQLite takes a transaction back when a page cannot be read, in the middle of a
// statement of a full-text index; nothing of it stays in the index's memory.
func TestIndexAfterFault(t *testing.T) {
	s := makeStands(t, ledgerID, ledgerKey).named("clean")
	for at := 1; ; at++ {
		count, armed := 0, false
		d, _ := failing(t, s, func(a access) bool {
			if armed && a.op == opRead {
				count++
			}
			return armed && count == at
		})
		armed = true
		err := post(t.Context(), d, s.high+1)
		armed = false
		if (err != nil) != (count >= at) {
			t.Fatalf("fault at read %d: %v", at, err)
		}
		if err == nil {
			if at < 5 {
				t.Errorf("only %d reads", at-1)
			}
			return
		}
		if n, err := audit(t.Context(), d); n != s.high || err != nil {
			t.Errorf("after a fault at read %d: %d transactions, %v", at, n, err)
		}
		if err := d.Close(); err != nil {
			t.Error(err)
		}
	}
}

// A caller that goes on after such an error writes nothing: there is no
// transaction any more that could be taken back.
func TestNothingIsWrittenAfterATransactionWasTakenBack(t *testing.T) {
	ctx := context.Background()
	s := makeStands(t, ledgerID, ledgerKey).named("clean")
	armed := false
	d, _ := failing(t, s, func(a access) bool {
		failed := armed && a.op == opRead
		armed = armed && !failed
		return failed
	})
	err := d.Update(ctx, func(tx *Tx) error {
		armed = true
		if err := postIn(ctx, tx, s.high+1); err == nil {
			t.Error("no error")
		}
		if _, err := tx.Exec(ctx, `UPDATE account SET posted = 1`); err == nil {
			t.Error("Exec goes on")
		}
		if rows, err := tx.Query(ctx, `DELETE FROM line RETURNING id`); err == nil {
			t.Error("Query goes on")
			rows.Close()
		}
		var id int
		if err := tx.QueryRow(ctx, `UPDATE account SET posted = 2 RETURNING posted`).Scan(&id); err == nil {
			t.Error("QueryRow goes on")
		}
		return nil
	})
	if !errors.Is(err, syscall.EIO) {
		t.Errorf("the transaction: %v", err)
	}
	if n, err := audit(ctx, d); n != s.high || err != nil {
		t.Errorf("%d transactions, %v; want %d", n, err, s.high)
	}
	if err := post(ctx, d, s.high+1); err != nil {
		t.Errorf("afterwards: %v", err)
	}
}
